//! The live tail of a log: offered with its price, told at once, cut in every way, filled from polling.

use std::time::Duration;

use chrono::{DateTime, Utc};
use lambdash::demo::{Demo, Fault, FunctionSeed, TailEnd};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, START, asked, clock, soon};

const GROUP: &str = "/aws/lambda/orders-api";
const STREAM: &str = "2026/11/21/[$LATEST]0a1b";

/// A function with one line in its log, and its log on the screen.
async fn log() -> (Harness, Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    demo.put_log_event(GROUP, STREAM, "before");
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("l").idle().await;
    (app, demo, server)
}

/// The same with a live tail.
async fn live() -> (Harness, Demo, Server) {
    let (mut app, demo, server) = log().await;
    app.keys("LL");
    app.until("· live · $").await;
    (app, demo, server)
}

fn write(demo: &Demo, line: &str) {
    demo.put_log_event(GROUP, STREAM, line);
}

/// The messages on the screen, and what is said between them.
fn told(app: &Harness) -> Vec<String> {
    let screen = app.screen();
    let lines = screen
        .lines()
        .filter(|line| line.contains("── ") || line.chars().skip(2).collect::<String>().starts_with("12:"));
    let message = |line: &str| line.chars().skip(16).collect::<String>().trim().to_owned();
    lines.map(|line| if line.contains("── ") { line.to_owned() } else { message(line) }).collect()
}

/// Waits until no session is open at the far end.
async fn none_open(demo: &Demo) {
    soon(async {
        while demo.live_tails() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn its_price_is_said_before_it_begins_and_lines_come_without_a_poll() {
    let (mut app, demo, _server) = log().await;
    app.keys("L");
    assert!(app.screen().contains("$0.01 a minute") && app.screen().contains("1,800"), "{}", app.screen());
    assert_screen!(app);
    assert_eq!(asked(&demo, "StartLiveTail"), 0);
    app.keys("L");
    app.until("· live · $").await.idle().await;
    let polled = asked(&demo, "FilterLogEvents");
    write(&demo, "at once");
    app.until("at once").await;
    assert_eq!((asked(&demo, "FilterLogEvents"), asked(&demo, "StartLiveTail")), (polled, 1));
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
    assert!(demo.journal().contains(&format!("StartLiveTail {GROUP}")));
}

#[tokio::test]
async fn what_is_told_live_and_read_as_well_is_shown_once() {
    let (mut app, demo, _server) = live().await;
    write(&demo, "twice the same");
    write(&demo, "twice the same");
    write(&demo, "and another");
    app.until("and another").await;
    app.later(Duration::from_secs(12)).idle().await;
    assert_eq!(told(&app), ["before", "twice the same", "twice the same", "and another"]);
    assert!(asked(&demo, "FilterLogEvents") > 1, "it is read as well");
}

#[tokio::test]
async fn a_cut_leaves_a_line_is_filled_from_polling_and_opened_again() {
    for (how, why) in [
        (TailEnd::Reset, "the connection was lost"),
        (TailEnd::Failed, "SessionStreamingException"),
        (TailEnd::TimedOut, "AWS ends it after three hours"),
    ] {
        let (mut app, demo, _server) = log().await;
        demo.fail_times("StartLiveTail", 1, Fault::TailEnds { after: 1, how });
        app.keys("LL");
        app.until("· live · $").await;
        write(&demo, "the last one told");
        app.until("── live tail was cut").await;
        assert!(
            app.line_with("── live tail was cut").contains("live tail was cut at 12:00:00")
                && app.line_with("── live tail was cut").contains(why),
            "{}",
            app.screen()
        );
        assert!(app.line_with("── live tail was cut").contains("filled from polling"), "{}", app.screen());
        write(&demo, "between two sessions");
        app.later(Duration::from_secs(1)).until("· live · $").await;
        app.until("between two sessions").await;
        write(&demo, "told again");
        app.until("told again").await;
        app.later(Duration::from_secs(11)).idle().await;
        let mut lines = told(&app);
        lines.retain(|line| !line.contains("── "));
        assert_eq!(lines, ["before", "the last one told", "between two sessions", "told again"], "{how:?}");
        assert_eq!(asked(&demo, "StartLiveTail"), 2, "{how:?}");
    }
}

#[tokio::test]
async fn a_session_that_says_nothing_is_given_up_and_said_so() {
    let (mut app, demo, _server) = log().await;
    demo.fail_times("StartLiveTail", 1, Fault::TailEnds { after: 1, how: TailEnd::Silence });
    app.keys("LL");
    app.until("· live · $").await;
    write(&demo, "the last one told");
    app.until("the last one told").await;
    write(&demo, "not told");
    app.later(Duration::from_secs(16)).idle().await;
    assert!(app.line_with("── live tail was cut").contains("nothing came for 15 s"), "{}", app.screen());
    assert!(app.screen().contains("not told"), "{}", app.screen());
    app.later(Duration::from_secs(2)).until("· live · $").await;
    none_but_one(&demo).await;
    assert_eq!(asked(&demo, "StartLiveTail"), 2);
}

async fn none_but_one(demo: &Demo) {
    soon(async {
        while demo.live_tails() != 1 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_refusal_for_good_is_said_and_polling_goes_on() {
    for (fault, why) in [
        (Fault::Denied { action: "logs:StartLiveTail".to_owned() }, "logs:StartLiveTail"),
        (
            Fault::Status {
                code: 400,
                error: "LimitExceededException".into(),
                message: "15 sessions are open.".into(),
            },
            "15 sessions are open",
        ),
    ] {
        let (mut app, demo, _server) = log().await;
        demo.fail("StartLiveTail", fault);
        app.keys("LL");
        app.until("── no live tail, polling goes on").await;
        assert!(app.screen().contains(why), "{}", app.screen());
        assert!(app.screen().contains("· following"), "{}", app.screen());
        write(&demo, "polled");
        app.later(Duration::from_mins(1)).idle().await;
        assert!(app.screen().contains("polled"), "{}", app.screen());
        assert_eq!(asked(&demo, "StartLiveTail"), 1, "{why}");
    }
}

#[tokio::test]
async fn one_that_passes_is_tried_again_later_each_time() {
    let (mut app, demo, _server) = log().await;
    let throttled =
        || Fault::Status { code: 400, error: "ThrottlingException".into(), message: "Rate exceeded".into() };
    demo.fail_times("StartLiveTail", 2, throttled());
    app.keys("LL");
    app.until("again in 1 s").await;
    app.later(Duration::from_secs(1)).until("again in 2 s").await;
    app.later(Duration::from_secs(1)).idle().await;
    assert_eq!(asked(&demo, "StartLiveTail"), 2);
    app.later(Duration::from_secs(1)).until("· live · $").await;
    assert_eq!(asked(&demo, "StartLiveTail"), 3);
}

#[tokio::test]
async fn a_sample_is_called_one_and_the_rest_comes_from_polling() {
    let (mut app, demo, _server) = log().await;
    demo.fail_times("StartLiveTail", 1, Fault::Sampled);
    app.keys("LL");
    app.until("· live · $").await;
    let lines: Vec<String> = (0..20).map(|n| format!("line {n:02}")).collect();
    let start: DateTime<Utc> = START.parse().unwrap();
    for (line, at) in lines.iter().zip(start.timestamp_millis()..) {
        demo.put_log_event_at(GROUP, STREAM, at, line);
    }
    app.until("sampled").await;
    app.later(Duration::from_secs(3)).idle().await;
    assert_eq!(told(&app)[1..], lines[..], "{}", app.screen());
}

#[tokio::test]
async fn nobody_pays_for_a_log_that_is_paused_left_or_ended() {
    for (keys, again) in [("L", None), ("<esc>", None), ("<space>", Some("<space>"))] {
        let (mut app, demo, _server) = live().await;
        assert_eq!(demo.live_tails(), 1);
        app.keys(keys);
        none_open(&demo).await;
        app.later(Duration::from_mins(2)).idle().await;
        assert_eq!((demo.live_tails(), asked(&demo, "StartLiveTail")), (0, 1), "{keys}");
        if let Some(again) = again {
            app.keys(again).until("· live · $").await;
            assert_eq!(asked(&demo, "StartLiveTail"), 2);
        }
    }
}

#[tokio::test]
async fn a_read_only_session_may_listen() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    demo.put_log_event(GROUP, STREAM, "before");
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.resize(120, 30).keys("l").idle().await.keys("LL").until("· live · $").await;
}

#[tokio::test]
async fn the_demo_is_listened_to_without_a_socket_too() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    demo.put_log_event(GROUP, STREAM, "before");
    let mut app = Harness::in_process(demo.clone(), |_, _| {});
    app.idle().await.resize(120, 30).keys("l").idle().await.keys("LL").until("· live · $").await;
    write(&demo, "at once");
    app.until("at once").await;
}
