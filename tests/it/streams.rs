//! Answers that come in pieces: shown as they come, and what is left of them when they break off.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, failing_calls};

/// Presses of ctrl-t from a synchronous invocation to a response stream.
const STREAM: &str = "i<ctrl-t><ctrl-t><ctrl-t><f5>";

async fn account(behaviour: &str) -> (Harness, Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("teller").behaviour(behaviour));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(130, 34);
    (app, demo, server)
}

#[tokio::test]
async fn a_stream_is_shown_as_it_comes_and_no_character_is_broken() {
    let (mut app, demo, _server) = account("stream").await;
    let gate = demo.gate("Chunk teller");
    app.keys(STREAM);
    gate.arrived(1).await;
    app.until("01 Größe").await;
    let screen = app.screen();
    assert!(screen.contains("Response  running · "), "{screen}");
    assert!(!screen.contains("24 Größe") && !screen.contains('\u{fffd}'), "{screen}");
    app.later(Duration::from_secs(7));
    assert!(app.screen().contains("silent for 7 s"), "{}", app.screen());
    gate.let_through(3);
    app.until("04 Größe").await;
    gate.open();
    app.idle().await;
    assert_screen!(app);
    assert_eq!(demo.counts().get("InvokeWithResponseStream"), Some(&1));
    app.keys("G");
    assert!(app.screen().contains("24 Größe") && !app.screen().contains('\u{fffd}'), "{}", app.screen());
}

#[tokio::test]
async fn an_error_at_the_end_is_shown_although_output_came_before() {
    let (mut app, _demo, _server) = account("stream-fail").await;
    app.keys(STREAM).idle().await;
    let screen = app.screen();
    assert!(screen.contains("✖ function error: OutOfPaper"), "{screen}");
    assert!(screen.contains("✖ OutOfPaper: the printer ran out of paper") && screen.contains("01 Größe"), "{screen}");
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_kept_and_called_incomplete() {
    for (fault, why) in [(Fault::Truncated, "the connection was lost"), (Fault::Damaged, "damaged on its way")] {
        let (mut app, demo, _server) = account("stream").await;
        demo.fail("InvokeWithResponseStream", fault.clone());
        app.keys(STREAM).idle().await;
        let screen = app.screen();
        let right = |line: &str| line.split_once('│').map(|(_, right)| right.trim().to_owned());
        let said = screen.lines().filter_map(right).collect::<Vec<_>>().join(" ");
        assert!(said.contains("✖ incomplete: ") && said.contains(why), "{fault:?}\n{screen}");
        assert!(screen.contains("what came is kept") && screen.contains("01 Größe"), "{fault:?}\n{screen}");
        assert_eq!(demo.counts().get("InvokeWithResponseStream"), Some(&1), "{fault:?}");
    }
}

#[tokio::test]
async fn what_memory_does_not_hold_of_a_stream_is_counted_and_saved_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.json");
    let (mut app, _demo, _server) = account("huge:80000").await;
    app.resize(240, 40).keys(STREAM).idle().await;
    let screen = app.screen();
    let spill = screen.split("all of it is in ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let spill = spill.unwrap_or_else(|| panic!("no file is named:\n{screen}"));
    let whole = std::fs::read(spill).unwrap();
    assert!(whole.len() > 8 * 1024 * 1024);
    let size = screen.split("streamed: ").nth(1).and_then(|rest| rest.split(" in ").next()).unwrap();
    assert!(app.line_with("✔ success").contains(size), "{screen}");
    app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
    assert!(app.screen().contains("saved "), "{}", app.screen());
    assert!(std::fs::read(&path).unwrap() == whole, "what was saved is not what came");
    std::fs::remove_file(spill).unwrap();
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_given_up_by_the_person_and_keeps_the_screen_alive() {
    let (mut app, demo, _server) = account("stream").await;
    demo.fail("InvokeWithResponseStream", Fault::Silence);
    app.keys(STREAM);
    app.until("10 Größe").await;
    app.later(Duration::from_mins(1));
    assert!(app.screen().contains("silent for 60 s"), "{}", app.screen());
    app.keys("x").idle().await;
    let screen = app.screen();
    assert!(screen.contains("not awaited") && screen.contains("10 Größe"), "{screen}");
}

#[tokio::test]
async fn a_stream_of_a_function_that_does_not_stream_is_an_answer_like_any_other() {
    let (mut app, _demo, _server) = account("huge").await;
    app.keys(STREAM).idle().await;
    assert!(app.screen().contains("✔ success") && app.screen().contains("\"rows\": ["), "{}", app.screen());
    let (mut app, _demo, _server) = account("fail").await;
    app.keys(STREAM).idle().await;
    assert!(app.screen().contains("✖ OrderRejected: order 42 rejected: no stock"), "{}", app.screen());
    assert!(app.screen().contains("orders.py:118"), "{}", app.screen());
}

#[tokio::test]
async fn a_failing_call_of_a_stream_is_sent_once() {
    for (fault, words) in failing_calls() {
        let (mut app, demo, _server) = account("stream").await;
        demo.fail("InvokeWithResponseStream", fault.clone());
        app.keys(STREAM).idle().await;
        let screen = app.screen();
        assert_eq!(demo.counts().get("InvokeWithResponseStream"), Some(&1), "{fault:?}");
        assert!(screen.contains(words), "{fault:?}: no {words:?}\n{screen}");
    }
}

#[tokio::test]
async fn the_demo_streams_without_a_socket_too() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("teller").behaviour("stream"));
    let mut app = Harness::in_process(demo, |_, _| {});
    app.idle().await.resize(130, 34).keys(STREAM).idle().await;
    assert!(app.screen().contains("in 24 chunks"), "{}", app.screen());
}

#[tokio::test]
async fn nothing_is_streamed_in_a_read_only_session() {
    let (_, demo, server) = account("stream").await;
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys(STREAM).idle().await;
    assert_eq!(demo.counts().get("InvokeWithResponseStream"), None);
}
