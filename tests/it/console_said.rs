//! What is said of a run is read to its end on the smallest screen too, line by line, there and back.

use std::collections::BTreeSet;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::Gesture;
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("a-fail").behaviour("fail-long"));
    demo.put_function(FunctionSeed::named("b-refused"));
    let events = json!({"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 1, "DestinationConfig":
        {"OnSuccess": {"Destination": "arn:aws:sqs:eu-west-1:123456789012:done"},
         "OnFailure": {"Destination": "arn:aws:sns:eu-west-1:123456789012:orders-failed"}}});
    let mut queued = FunctionSeed::named("c-queued");
    queued.access.event_invoke = events.as_object().cloned();
    demo.put_function(queued);
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

/// The words below the heading of the part, on a screen that shows one part.
fn words(app: &Harness) -> BTreeSet<String> {
    let screen = app.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let body = lines.get(4..lines.len() - 1).unwrap_or_default();
    body.join(" ").split_whitespace().map(str::to_owned).collect()
}

/// The words that are seen while a key is pressed as often as there may be lines.
fn seen(app: &mut Harness, key: &str) -> BTreeSet<String> {
    let mut seen = words(app);
    for _ in 0..60 {
        app.keys(key);
        seen.extend(words(app));
    }
    seen
}

/// All that a large screen says is met on the way down and on the way up of a small one.
fn is_read_on_a_small_screen(app: &mut Harness, part: &str, said: &[&str]) {
    app.resize(79, 60);
    let all = words(app);
    for word in said {
        assert!(all.contains(*word), "{part}: no {word}\n{}", app.screen());
    }
    for (width, height) in [(79, 24), (40, 10)] {
        app.resize(width, height).keys("g");
        let top = app.screen();
        for (way, key) in [("down", "j"), ("up", "k")] {
            let seen = seen(app, key);
            for word in said {
                // A word longer than a line is broken.
                let met = seen.contains(*word) || (word.len() > 30 && seen.iter().any(|part| word.starts_with(part)));
                assert!(met, "{part} at {width}x{height}, {way}: never {word} in {seen:?}\n{}", app.screen());
            }
        }
        assert_eq!(app.screen(), top, "{part} at {width}x{height}: back at the top");
    }
}

#[tokio::test]
async fn a_refusal_is_read_to_its_end() {
    let (demo, server) = account().await;
    let words = "Lambda was unable to decrypt the environment variables because KMS access was denied.";
    demo.fail("Invoke", Fault::Status { code: 502, error: "KMSAccessDeniedException".into(), message: words.into() });
    let mut app = Harness::new(&server).await;
    app.resize(79, 60).keys("ji<f5>").idle().await;
    is_read_on_a_small_screen(&mut app, "refusal", &["KMSAccessDeniedException", "decrypt", "kms:Decrypt", "request"]);
    app.keys("gj");
    assert_screen!(app);
    app.keys("<end>").keys("G");
    assert!(app.screen().contains("request") && !app.screen().contains("more below"), "{}", app.screen());
}

#[tokio::test]
async fn the_status_of_a_refusal_is_the_one_that_came() {
    let (demo, server) = account().await;
    let error = |code| Fault::Status { code, error: "KMSAccessDeniedException".into(), message: "no".into() };
    demo.fail("Invoke", error(418));
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("ji<f5>").idle().await;
    assert!(app.screen().contains("✖ KMSAccessDeniedException · HTTP 418"), "{}", app.screen());
}

#[tokio::test]
async fn what_becomes_of_an_event_is_read_to_its_end() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(79, 60).keys("jji<ctrl-t><f5>").idle().await;
    let said =
        ["once", "arn:aws:sns:eu-west-1:123456789012:orders-failed.", "arn:aws:sqs:eu-west-1:123456789012:done."];
    is_read_on_a_small_screen(&mut app, "event", &said);
}

#[tokio::test]
async fn a_trace_and_the_answer_below_it_are_one_text() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(79, 60).keys("i<f5>").idle().await;
    is_read_on_a_small_screen(&mut app, "failure", &["\"errorType\":", "\"stackTrace\":", "]"]);
    app.keys("g");
    assert_screen!(app);
    // The answer has all of the place once the trace is scrolled past.
    app.keys("G");
    assert!(!app.screen().contains("✖ OrderRejected"), "{}", app.screen());
    app.resize(79, 24).keys("g").mouse(5, 8, Gesture::WheelDown);
    assert!(!app.screen().contains("more below"), "{}", app.screen());
}

#[tokio::test]
async fn the_run_card_and_the_log_below_it_are_one_text() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(79, 60).keys("i<f5>").idle().await.keys("<tab>");
    is_read_on_a_small_screen(&mut app, "log", &["cold", "billed", "memory", "request", "ran"]);
    app.keys("g");
    assert_screen!(app);
}
