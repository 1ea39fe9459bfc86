//! The log of a run and its card: what came along, what is waited for, and what becomes of an event.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, words};

async fn account(seed: FunctionSeed) -> (Harness, Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(seed);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(130, 34);
    (app, demo, server)
}

fn asked(demo: &Demo) -> usize {
    demo.journal().iter().filter(|call| call.starts_with("FilterLogEvents")).count()
}

#[tokio::test]
async fn the_card_says_what_a_run_was_and_what_it_cost() {
    let (mut app, _demo, _server) = account(FunctionSeed::named("orders-api").behaviour("fail").published(3)).await;
    app.keys("i<f5>").idle().await;
    let screen = app.screen();
    for words in ["cold start ", " · ran ", "billed ", "≈ $0.00000", "(prices 2025-10)", "memory █", " of 128 MB"]
    {
        assert!(screen.contains(words), "no {words:?} in\n{screen}");
    }
    for words in ["✖ error", "version $LATEST · round trip 0 ms", "request 09230eb5"] {
        assert!(screen.contains(words), "no {words:?} in\n{screen}");
    }
    assert!(!screen.contains("REPORT RequestId"), "what the card says is not said twice:\n{screen}");
    app.keys("<f5>").idle().await;
    assert!(app.screen().contains("warm · ran "), "{}", app.screen());
    app.keys("<tab>f");
    assert_screen!(app);
    app.keys("f").resize(80, 24);
    assert_screen!(app);
    app.resize(40, 10);
    assert_screen!(app);
}

#[tokio::test]
async fn records_of_json_are_read_as_lines() {
    let seed = FunctionSeed::named("orders-api").behaviour("fail");
    let logging = serde_json::json!({"LogFormat": "JSON", "LogGroup": "/aws/lambda/orders-api"});
    let (mut app, _demo, _server) = account(seed.with("LoggingConfig", logging)).await;
    app.keys("i<f5>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("12:00:00.486 INFO  placing order 42"), "{screen}");
    assert!(screen.contains("cold start ") && !screen.contains("platform."), "{screen}");
    app.keys("<tab>y");
    let Some(Demand::Copy(copied)) = app.demands().last() else { panic!("nothing was copied: {}", app.screen()) };
    let first: serde_json::Value = serde_json::from_str(copied.lines().next().unwrap()).unwrap();
    assert_eq!(first["message"], "placing order 42", "it is copied as it was logged: {copied}");
}

#[tokio::test]
async fn a_whole_log_is_waited_for_and_the_waiting_is_said() {
    let (mut app, demo, _server) = account(FunctionSeed::named("slow").behaviour("slow:600")).await;
    app.keys("i<f5>").idle().await;
    app.keys("L").idle().await;
    // The account's clock stands still: the end of the run never arrives.
    assert!(app.screen().contains("waiting for 0 s (lines arrive late)"), "{}", app.screen());
    let once = asked(&demo);
    assert_eq!(app.wake_in(), Some(Duration::from_secs(1)));
    app.later(Duration::from_secs(3)).idle().await;
    assert!(app.screen().contains("waiting for 3 s"), "{}", app.screen());
    assert!(asked(&demo) > once);
    app.later(Duration::from_secs(2)).idle().await;
    assert!(app.screen().contains("waiting for 5 s · l opens the log around it"), "{}", app.screen());
    app.later(Duration::from_mins(1)).idle().await;
    assert!(
        app.screen().contains("slow: CloudWatch Logs has nothing of this run yet: L asks again"),
        "{}",
        app.screen()
    );
    let all = asked(&demo);
    app.later(Duration::from_mins(5)).idle().await;
    assert_eq!(asked(&demo), all, "nobody waits any more");
}

#[tokio::test]
async fn a_queued_event_says_what_becomes_of_it() {
    let (mut app, demo, _server) = account(FunctionSeed::named("orders-api")).await;
    app.keys("i<ctrl-t><f5>").idle().await;
    let said = words(&app);
    assert!(said.contains("If it fails it is tried 2 times more; it waits at most 6 h."), "{said}");
    assert!(said.contains("! No destination and no dead-letter queue: an event that fails is lost."), "{said}");
    assert_eq!(demo.counts().get("GetFunctionEventInvokeConfig"), Some(&1));
    app.later(Duration::from_mins(10)).idle().await;
    assert_eq!(demo.counts().get("GetFunctionEventInvokeConfig"), Some(&1), "it is asked once");
}

#[tokio::test]
async fn the_card_of_an_event_comes_with_its_log_and_neither_it_nor_a_dry_run_looks_like_a_success() {
    let (mut app, _demo, _server) = account(FunctionSeed::named("orders-api")).await;
    app.keys("i<ctrl-t><f5>").idle().await;
    assert!(!app.screen().contains("ran "), "{}", app.screen());
    app.later(Duration::from_mins(1)).keys("L").idle().await;
    let screen = app.screen();
    for words in ["cold start ", " · ran ", "billed ", "memory █"] {
        assert!(screen.contains(words), "no {words:?} in\n{screen}");
    }
    app.keys("<f6>").idle().await;
    let strip = app.line_with("Runs");
    assert!(strip.contains("○ 12:01 $LATEST dry run  · 12:00 $LATEST event"), "{strip}");
}

#[tokio::test]
async fn a_log_that_was_waited_for_long_enough_is_asked_for_again_by_the_same_key() {
    let (mut app, demo, _server) = account(FunctionSeed::named("slow").behaviour("slow:600")).await;
    app.keys("i<f5>").idle().await;
    app.keys("L").idle().await;
    app.later(Duration::from_mins(1)).idle().await;
    assert!(words(&app).contains("L asks again"), "{}", app.screen());
    let before = asked(&demo);
    app.keys("L").idle().await;
    assert!(asked(&demo) > before, "{}", app.screen());
}

#[tokio::test]
async fn a_log_without_its_end_is_never_called_whole_and_can_be_asked_for_again() {
    let (mut app, demo, _server) = account(FunctionSeed::named("slow").behaviour("slow:600")).await;
    app.keys("i<f5>").idle().await;
    let screen = app.screen();
    let id = screen.split("request ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    demo.put_log_event("/aws/lambda/slow", "s1", &format!("START RequestId: {id} Version: $LATEST\n"));
    app.keys("L").idle().await;
    // Its first line is here, and for two polls nothing comes after it.
    for _ in 0..2 {
        app.later(Duration::from_secs(3)).idle().await;
        let screen = app.screen();
        assert!(screen.contains("1 line so far, waiting for") && !screen.contains("the whole run,"), "{screen}");
    }
    app.later(Duration::from_mins(1)).idle().await;
    assert!(app.screen().contains("1 line so far, no REPORT yet · L asks again"), "{}", app.screen());
    let before = asked(&demo);
    app.keys("L").idle().await;
    assert!(asked(&demo) > before, "{}", app.screen());
}

#[tokio::test]
async fn the_log_of_an_event_can_be_asked_for_again_since_it_is_tried_again_later() {
    let (mut app, demo, _server) = account(FunctionSeed::named("orders-api")).await;
    app.keys("i<ctrl-t><f5>").idle().await;
    app.later(Duration::from_mins(1)).keys("L").idle().await;
    assert!(app.screen().contains("lines · L asks again (for retries)"), "{}", app.screen());
    let before = asked(&demo);
    app.keys("L").idle().await;
    assert!(asked(&demo) > before, "{}", app.screen());
}

#[tokio::test]
async fn where_events_go_that_fail_is_read_from_the_function() {
    let seed = FunctionSeed::named("orders-api")
        .with("DeadLetterConfig", serde_json::json!({"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:orders-dead"}))
        .event_invoke(serde_json::json!({
            "MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 600,
            "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sns:eu-west-1:123456789012:orders-failed"}},
        }));
    let (mut app, _demo, _server) = account(seed).await;
    app.keys("i<ctrl-t><f5>").idle().await;
    assert_screen!(app);
}
