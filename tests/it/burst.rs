//! Bursts: so many runs, so many of them at once, and what came of them in numbers.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::Session;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, invocations, ready, soon, words};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("a-echo").behaviour("echo").published(2).alias("live", "2"));
    demo.put_function(FunctionSeed::named("b-flaky").behaviour("flaky"));
    demo.put_function(FunctionSeed::named("c-few").behaviour("echo").reserved(2));
    demo.put_function(FunctionSeed::named("d-none").behaviour("echo").reserved(0));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

/// Opens the form for so many runs and goes on to the confirmation.
async fn plan(app: &mut Harness, runs: u32, at_once: u32) {
    app.keys("<f9><end><backspace><backspace><backspace><backspace>").keys(&format!("{runs}<tab><end>"));
    app.keys("<backspace><backspace><backspace>").keys(&at_once.to_string()).idle().await;
    app.keys("<enter>");
}

/// The same, and says yes.
async fn begin(app: &mut Harness, runs: u32, at_once: u32) {
    plan(app, runs, at_once).await;
    ready(app).keys("<tab><enter>");
}

/// A burst of the first function, on its way.
async fn burst(server: &Server, runs: u32, at_once: u32) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(120, 30).keys("i");
    begin(&mut app, runs, at_once).await;
    app
}

#[tokio::test]
async fn the_form_says_what_a_burst_would_cost_and_whether_there_is_room() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("i<f9>").idle().await;
    assert!(words(&app).contains("cost at most $") && words(&app).contains("no run is known yet"), "{}", app.screen());
    app.keys("<esc><f5>").idle().await;
    app.keys("B").idle().await;
    assert!(words(&app).contains("as the last run was billed"), "{}", app.screen());
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.resize(120, 30).keys("<end><backspace><backspace><backspace>1001");
    assert!(app.screen().contains("a number from 1 to 1,000"), "{}", app.screen());
    app.keys("<enter>");
    assert!(!app.screen().contains("Cancel"), "nothing goes on with a wrong number: {}", app.screen());
    assert_eq!(invocations(&demo).len(), 1);
}

#[tokio::test]
async fn a_burst_is_confirmed_always() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("i<ctrl-q>live").idle().await;
    app.keys("<enter>");
    plan(&mut app, 50, 5).await;
    assert_screen!(app);
    let screen = app.screen();
    for told in ["default 123456789012 · eu-west-1", "function:a-echo:live", "Invoke 50 times, 5 at once", "Send 50"] {
        assert!(screen.contains(told), "{told}:\n{screen}");
    }
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.keys("<tab><enter>");
    assert_eq!(invocations(&demo).len(), 0, "what was typed before it could be read was not meant");
    ready(&mut app).keys("<enter>").idle().await;
    assert_eq!(invocations(&demo).len(), 0, "Cancel is chosen at first");
}

#[tokio::test]
async fn exactly_as_many_run_and_never_more_at_once() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = burst(&server, 7, 3).await;
    for done in 0..7 {
        let sent = (3 + done).min(7);
        soon(gate.arrived(sent)).await;
        assert!(app.screen().contains(&format!("{} on their way", sent - done)), "{}", app.screen());
        assert_eq!(gate.count(), sent);
        gate.let_through(1);
        app.until(&format!("{} of 7", done + 1)).await;
    }
    app.idle().await;
    assert!(app.screen().contains("took "), "{}", app.screen());
    assert_eq!(invocations(&demo).len(), 7);
    assert!(app.screen().contains("✔ 7 succeeded"), "{}", app.screen());
    assert!(app.screen().contains("3 cold starts in 7 reported runs"), "{}", app.screen());
}

#[tokio::test]
async fn what_came_of_a_burst_is_told_in_numbers_on_every_size() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("ji");
    begin(&mut app, 200, 8).await;
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 200);
    assert_screen!(app);
    let screen = app.screen();
    assert!(screen.contains("OrderRejected") && screen.contains("Runtime.ExitError"), "{screen}");
    app.keys("t");
    assert!(app.screen().contains("round trip, from here"), "{}", app.screen());
    app.keys("t").resize(80, 24);
    assert_screen!(app);
    app.resize(40, 10);
    assert_screen!(app);
    app.keys("G");
    assert!(app.screen().contains("run ") && app.screen().contains("✖"), "{}", app.screen());
    app.resize(120, 30).keys("<f4>");
    assert_screen!(app);
}

#[tokio::test]
async fn stopping_sends_nothing_more_and_waits_for_what_is_on_its_way() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = burst(&server, 100, 4).await;
    soon(gate.arrived(4)).await;
    app.keys("fx");
    assert!(app.screen().contains("4 on their way, 96 will not be sent"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 4);
    let screen = app.screen();
    assert!(screen.contains("4 of 100") && screen.contains("96 were not sent"), "{screen}");
}

#[tokio::test]
async fn stopping_twice_waits_for_nothing() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = burst(&server, 100, 4).await;
    soon(gate.arrived(4)).await;
    app.keys("xx").idle().await;
    soon(gate.gone(4)).await;
    assert!(app.screen().contains("4 not awaited: they go on in AWS"), "{}", app.screen());
    assert_eq!(invocations(&demo).len(), 4);
}

#[tokio::test]
async fn what_is_throttled_is_counted_and_never_sent_again() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("jji");
    plan(&mut app, 5, 5).await;
    assert!(app.screen().contains("2 executions are reserved for it"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>");
    soon(gate.arrived(5)).await;
    gate.open();
    app.idle().await;
    let screen = app.screen();
    assert!(screen.contains("✔ 2 succeeded") && screen.contains("! 3 throttled"), "{screen}");
    assert!(screen.contains("reserved for this function is used up"), "{screen}");
    assert_eq!(invocations(&demo).len(), 5);
}

#[tokio::test]
async fn an_outcome_that_nobody_knows_is_not_called_a_failure_of_the_function() {
    let (demo, server) = account().await;
    demo.fail_times("Invoke", 2, Fault::ResetAfter);
    let mut app = burst(&server, 5, 1).await;
    app.idle().await;
    let screen = app.screen();
    assert!(screen.contains("✔ 3 succeeded") && screen.contains("? 2 with an unknown outcome"), "{screen}");
    assert_eq!(invocations(&demo).len(), 5);
}

#[tokio::test]
async fn what_is_refused_to_one_is_not_tried_with_the_others() {
    let (demo, server) = account().await;
    demo.fail("Invoke", Fault::Denied { action: "lambda:InvokeFunction".into() });
    let mut app = burst(&server, 100, 2).await;
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 2);
    let said = words(&app);
    assert!(said.contains("AccessDenied") && said.contains("98 were not"), "{said}");
}

#[tokio::test]
async fn another_session_gets_nothing_of_a_burst() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = burst(&server, 100, 3).await;
    soon(gate.arrived(3)).await;
    app.keys(":region us-east-1<enter>");
    gate.open();
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 3);
    app.keys("i").idle().await;
    assert!(app.unfinished().is_empty(), "{:?}", app.unfinished());
}

#[tokio::test]
async fn a_burst_goes_on_behind_the_lists_and_is_named_when_the_program_ends() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = burst(&server, 10, 3).await;
    soon(gate.arrived(3)).await;
    app.keys("<esc><esc>j");
    assert_eq!(app.under_cursor(), "b-flaky");
    assert_eq!(app.unfinished(), ["the burst of a-echo: 3 runs go on in AWS, 7 were not sent"]);
    app.keys("k");
    app.keys("i<f5>");
    assert!(app.screen().contains("a burst of it is on its way"), "{}", app.screen());
    app.keys("<f9>");
    assert!(app.screen().contains("3 on their way"), "the burst is shown, not planned anew: {}", app.screen());
    app.keys("<esc><esc>");
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("the burst of a-echo ended"), "{}", app.screen());
    assert_eq!((invocations(&demo).len(), app.unfinished().len()), (10, 0));
}

#[tokio::test]
async fn the_history_has_a_burst_as_one_line_with_its_numbers() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let before = {
        let mut app = Harness::saving(&server, data.path().to_owned()).await;
        app.resize(120, 30).keys("ji");
        begin(&mut app, 60, 6).await;
        app.idle().await;
        app.screen()
    };
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("ji<ctrl-g>").idle().await;
    assert_eq!(app.screen().matches(" of 60 succeeded").count(), 1, "{}", app.screen());
    app.keys("<enter>");
    let bars = |screen: &str| screen.lines().filter(|line| line.contains('█')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(bars(&app.screen()), bars(&before), "{}", app.screen());
    assert!(bars(&before).len() > 3, "{before}");
    app.keys("H").idle().await;
    app.keys("r").idle().await;
    let screen = app.screen();
    assert!(screen.contains("burst of b-flaky") && screen.contains("60") && screen.contains("at once"), "{screen}");
    assert_eq!(invocations(&demo).len(), 60, "again asks first");
}

#[tokio::test]
async fn two_bursts_are_compared_by_their_numbers() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 36).keys("ji");
    begin(&mut app, 40, 4).await;
    app.idle().await;
    app.later(Duration::from_mins(1));
    begin(&mut app, 20, 2).await;
    app.idle().await;
    app.keys("d").idle().await;
    app.keys("<enter>");
    let screen = app.screen();
    assert!(screen.contains("~ duration p50") && screen.contains("~ runs"), "{screen}");
    assert!(screen.contains("! the responses are not compared") && screen.contains("keeps no answers"), "{screen}");
}

#[tokio::test]
async fn a_burst_is_compared_with_another_burst_alone() {
    let (_, server) = account().await;
    let mut app = burst(&server, 4, 2).await;
    app.idle().await;
    app.later(Duration::from_mins(1)).keys("<f5>").idle().await;
    app.keys("d").idle().await;
    assert!(words(&app).contains("there is no other run to compare it with"), "{}", app.screen());
    app.keys("<esc>[d").idle().await;
    assert!(app.screen().contains("compare the burst of 12:00:00 UTC with"), "{}", app.screen());
    assert!(words(&app).contains("there is no other burst to compare it with"), "{}", app.screen());
    app.keys("<esc>H").idle().await;
    app.keys("gmj=");
    assert!(words(&app).contains("a burst is compared with another burst"), "{}", app.screen());
}

#[tokio::test]
async fn the_parts_stay_as_they_were_and_the_footer_says_how_to_stop() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("i");
    assert!(!app.screen().contains("x stop"), "{}", app.screen());
    begin(&mut app, 40, 2).await;
    assert!(app.screen().contains("  x stop  "), "{}", app.screen());
    assert!(app.screen().contains(" Request  ") && app.screen().contains(" Log  a burst keeps no logs"));
    app.keys("x");
    assert!(app.screen().contains("  x stop waiting  "), "{}", app.screen());
    app.idle().await;
    assert!(!app.screen().contains("  x stop"), "{}", app.screen());
}

#[tokio::test]
async fn a_read_only_session_and_what_is_not_waited_for_have_no_burst() {
    let (demo, server) = account().await;
    let mut app = Harness::with(&server, |session: &mut Session, _| session.target.read_only = true).await;
    app.keys("i<f9>").idle().await;
    assert!(app.screen().contains("read-only: nothing is invoked"), "{}", app.screen());
    let mut app = Harness::new(&server).await;
    app.keys("i<ctrl-t><f9>").idle().await;
    assert!(app.screen().contains("ctrl-t chooses synchronous"), "{}", app.screen());
    assert_eq!(invocations(&demo).len(), 0);
}

#[tokio::test]
async fn production_and_what_stands_in_the_way_are_said_before() {
    let (_, server) = account().await;
    let mut app =
        Harness::with(&server, |session: &mut Session, _| session.production = vec!["default".to_owned()]).await;
    app.resize(120, 30).keys("jjj").rest().await;
    app.keys("i");
    plan(&mut app, 5, 5).await;
    let screen = app.screen();
    assert!(screen.contains("PROD default") && screen.contains("production profile"), "{screen}");
    assert!(screen.contains("every invocation is throttled"), "{screen}");
}

#[tokio::test]
async fn a_burst_ends_where_the_credentials_are_read_anew() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = burst(&server, 100, 4).await;
    soon(gate.arrived(4)).await;
    let (error, message) = ("ExpiredTokenException".to_owned(), "The security token is expired".to_owned());
    demo.fail("ListFunctions", Fault::Status { code: 403, error, message });
    app.keys("<esc>r").until("redentials expired").await;
    demo.clear_faults();
    app.keys("r");
    while words(&app).contains("redentials expired") {
        app.next().await;
    }
    gate.open();
    app.idle().await.keys("i");
    assert_eq!(invocations(&demo).len(), 4);
    assert!(words(&app).contains("the credentials were read anew"), "{}", app.screen());
}
