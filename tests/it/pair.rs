//! A/B: the same payload to two versions or aliases at once, side by side.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed, Gate};
use lambdash::testing::Session;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, arguments, clock, soon};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("a-echo").behaviour("echo").published(3).alias("live", "2"));
    demo.put_function(FunctionSeed::named("b-text").behaviour("text").published(2));
    demo.put_function(FunctionSeed::named("c-huge").behaviour("huge").published(2));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

fn invocations(demo: &Demo) -> Vec<String> {
    let mut calls: Vec<String> = demo.journal().into_iter().filter(|call| call.starts_with("Invoke ")).collect();
    calls.sort();
    calls
}

/// The console of `live`, and the list to choose the other one from, narrowed to one.
async fn choose(app: &mut Harness, other: &str) {
    app.resize(120, 30).keys("i<ctrl-q>live").idle().await;
    app.keys("<enter><f8>").idle().await;
    app.keys(other);
}

/// The payload sent to both; the answers wait for the gate.
async fn both_on_their_way() -> (Demo, Server, Harness, Gate) {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    choose(&mut app, "3").await;
    app.keys("<enter>");
    soon(gate.arrived(2)).await;
    (demo, server, app, gate)
}

#[tokio::test]
async fn both_are_sent_at_once_and_stand_side_by_side() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    choose(&mut app, "description3").await;
    app.keys("<esc><f8>").idle().await;
    assert_screen!(app);
    app.keys("3<enter>");
    soon(gate.arrived(2)).await;
    let screen = app.screen();
    assert!(screen.contains("waiting for both answers") && screen.matches("running, ").count() == 2, "{screen}");
    gate.open();
    app.idle().await;
    assert_eq!(invocations(&demo), ["Invoke a-echo:3 RequestResponse", "Invoke a-echo:live RequestResponse"]);
    assert!(app.screen().contains("1 line differs"), "{}", app.screen());
    assert_screen!(app);
    app.resize(80, 24);
    assert_screen!(app);
    app.keys("<tab>");
    assert!(app.screen().contains("▌3 "), "{}", app.screen());
    app.resize(40, 10);
    assert_screen!(app);
    app.resize(120, 30).keys("<esc>H").idle().await;
    assert_eq!(app.screen().matches("live → 2").count(), 1, "each is a run of its own: {}", app.screen());
    assert_eq!(app.screen().matches(" sync ").count(), 2, "{}", app.screen());
}

#[tokio::test]
async fn the_two_are_compared_field_by_field_and_each_is_opened() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    choose(&mut app, "3").await;
    app.keys("<enter>").idle().await;
    app.keys("d");
    let screen = app.screen();
    assert!(screen.contains("live → 2 compared with") && screen.contains(".version"), "{screen}");
    app.keys("<esc><tab><enter>");
    let screen = app.screen();
    assert!(screen.contains("success · 98 B · version 3") && screen.contains("[tree]"), "{screen}");
    app.keys("a").idle().await;
    assert!(app.screen().contains("live and 3"), "the last one is offered again: {}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("1 line differs"), "{}", app.screen());
}

#[tokio::test]
async fn production_asks_once_for_both_by_name() {
    let (demo, server) = account().await;
    let production = |session: &mut Session, _: &mut _| session.production = vec!["default".to_owned()];
    let mut app = Harness::with(&server, production).await;
    choose(&mut app, "3").await;
    app.keys("<enter>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("function:a-echo:live") && screen.contains("function:a-echo:3"), "{screen}");
    assert_screen!(app);
    app.later(Duration::from_secs(1)).keys("<enter>").idle().await;
    assert_eq!(invocations(&demo), [""; 0], "Cancel is chosen at first");
    app.keys("<f8>").idle().await;
    app.keys("3<enter>").later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert_eq!(invocations(&demo).len(), 2);
}

#[tokio::test]
async fn one_that_fails_stands_beside_one_that_succeeds() {
    let (demo, server) = account().await;
    demo.fail("Invoke a-echo:3 RequestResponse", Fault::Throttled { retry_after: None });
    let mut app = Harness::new(&server).await;
    choose(&mut app, "3").await;
    app.keys("<enter>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("TooManyRequestsException") && screen.contains("✔ success"), "{screen}");
    assert_eq!(invocations(&demo).len(), 2, "neither is sent again");
    app.keys("d");
    assert!(app.screen().contains("TooManyRequestsException"), "{}", app.screen());
}

#[tokio::test]
async fn one_is_given_up_and_the_other_one_is_waited_for() {
    let (_demo, _server, mut app, gate) = both_on_their_way().await;
    app.keys("d");
    assert!(app.screen().contains("on its way"), "{}", app.screen());
    app.keys("<tab>x");
    soon(gate.gone(1)).await;
    gate.open();
    app.idle().await;
    let screen = app.screen();
    assert!(screen.contains("not awaited") && screen.contains("✔ success"), "{screen}");
}

#[tokio::test]
async fn of_megabytes_the_beginning_is_shown_and_all_bytes_are_compared() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("jji<f8>").idle().await;
    app.keys("2<enter>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("the answers are the same"), "{screen}");
    assert!(screen.contains("not all of the answers is here"), "{screen}");
}

#[tokio::test]
async fn what_is_on_its_way_is_not_sent_again_and_stays_on_the_screen() {
    let (demo, _server, mut app, gate) = both_on_their_way().await;
    app.keys("r");
    let screen = app.screen();
    assert!(screen.contains("waiting for both answers") && screen.contains("sent once"), "{screen}");
    gate.open();
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 2);
}

#[tokio::test]
async fn two_calls_that_were_refused_have_no_answers_to_be_the_same() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    for _ in 0..2 {
        demo.fail("Invoke", Fault::Status { code: 403, error: "AccessDeniedException".into(), message: "no".into() });
    }
    choose(&mut app, "3").await;
    app.keys("<enter>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("there are no two answers to compare"), "{screen}");
    assert!(!screen.contains("are the same"), "{screen}");
}

#[tokio::test]
async fn text_is_laid_side_by_side_and_what_is_not_waited_for_is_not_compared() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("ji<f8>").idle().await;
    app.keys("2<enter>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("the answers are the same"), "{screen}");
    assert_eq!(screen.matches("order 42 is on its way").count(), 2, "{screen}");
    let sent = invocations(&demo).len();
    app.keys("<esc><shift-tab><ctrl-t><f8>").idle().await;
    assert!(app.screen().contains("A/B compares answers"), "{}", app.screen());
    let mut app = Harness::with(&server, |session: &mut Session, _| session.target.read_only = true).await;
    app.keys("i<f8>").idle().await;
    assert!(app.screen().contains("read-only: nothing is invoked"), "{}", app.screen());
    assert_eq!(invocations(&demo).len(), sent);
}

#[tokio::test]
async fn a_run_of_an_earlier_pair_is_opened_at_its_answer() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    choose(&mut app, "3").await;
    app.keys("<enter>").idle().await;
    app.keys("<esc>").resize(80, 24).keys("<shift-tab><f8>").idle().await;
    // The last A/B is the first choice.
    app.keys("<enter>");
    assert!(app.screen().contains("A/B"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("▌ response"), "{}", app.screen());
    assert_eq!(invocations(&demo).len(), 2, "nothing was sent again");
}

#[tokio::test]
async fn the_commands_for_both_read_a_long_payload_from_one_file() {
    let (_, server) = account().await;
    let mut app = Harness::with(&server, |session, _| session.production = vec!["default".to_owned()]).await;
    choose(&mut app, "3").await;
    app.keys("<esc><ctrl-a><backspace>").paste(&format!("\"{}\"", "p".repeat(40_000))).keys("<f8>").idle().await;
    app.keys("3<enter>").later(Duration::from_secs(1)).keys("<ctrl-y>").idle().await;
    let name = "a-echo-20261121-120001.000.payload.json";
    let saved = std::fs::read(name);
    let _ = std::fs::remove_file(name);
    assert_eq!(saved.unwrap().len(), 40_002);
    let Some(Demand::Copy(commands)) = app.demands().last() else { panic!("nothing was copied") };
    let calls: Vec<Vec<String>> = commands.lines().map(arguments).collect();
    let qualifiers: Vec<&str> = calls.iter().map(|call| call[5].as_str()).collect();
    assert_eq!(qualifiers, ["live", "3"]);
    assert!(calls.iter().all(|call| call.contains(&format!("fileb://{name}"))), "{commands}");
}

#[tokio::test]
async fn the_same_code_is_not_offered_twice_and_where_there_is_no_other_the_list_says_so() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("d-one").behaviour("echo"));
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("i<f8>").idle().await;
    let screen = app.screen();
    assert!(!screen.contains("$LATEST") && !screen.contains("the function itself"), "{screen}");
    assert!(!screen.contains("tab complete"), "a list of versions completes nothing: {screen}");
    app.keys("<esc><ctrl-q>live").idle().await;
    app.keys("<enter><f8>").idle().await;
    let screen = app.screen();
    assert_eq!(screen.matches("$LATEST").count(), 1, "{screen}");
    app.keys("nowhere");
    assert!(app.screen().contains("nothing here has these words"), "{}", app.screen());
    app.keys("<esc><esc><esc>Gi<f8>").rest().await;
    assert!(app.screen().contains("there is no other code yet"), "{}", app.screen());
}
