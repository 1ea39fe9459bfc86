//! Answers that come late, out of order, or for somebody who has left.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::Refresh;

use crate::support::server::Server;
use crate::support::{Harness, READ, asked, clock, soon};

fn account() -> Demo {
    let demo = Demo::empty(clock());
    for name in ["billing-ledger", "orders-api", "orders-worker"] {
        demo.put_function(FunctionSeed::named(name).with("Description", format!("what {name} does")));
    }
    demo
}

async fn started(demo: &Demo) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.rest().await;
    demo.clear_journal();
    (server, app)
}

#[tokio::test]
async fn a_late_answer_never_shows_under_another_function() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("GetFunction billing-ledger");
    // So tall that every setting is on it.
    app.resize(100, 150).keys("<enter>");
    soon(gate.arrived(1)).await;
    app.keys("<esc>j<enter>").later(Duration::from_secs(1)).until("what orders-api does").await;
    gate.open();
    app.idle().await;
    let screen = app.screen();
    assert!(screen.contains("what orders-api does"), "{screen}");
    assert!(!screen.contains("billing-ledger"), "{screen}");
}

#[tokio::test]
async fn of_two_refreshes_that_cross_the_one_asked_last_is_believed() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("ListFunctions");
    app.keys("r");
    soon(gate.arrived(1)).await;
    demo.patch_function("orders-worker", &serde_json::json!({"MemorySize": 2048}));
    app.keys("r");
    soon(gate.arrived(2)).await;
    soon(gate.gone(1)).await;
    gate.let_through(1);
    app.idle().await;
    assert!(app.line_with("orders-worker").contains("2,048 MB"), "{}", app.screen());
}

#[tokio::test]
async fn a_failure_that_comes_after_a_newer_success_is_not_shown() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("ListFunctions");
    demo.fail_times("ListFunctions", 1, Fault::Denied { action: "lambda:ListFunctions".to_owned() });
    app.keys("r");
    soon(gate.arrived(1)).await;
    app.keys("r");
    soon(gate.arrived(2)).await;
    gate.open();
    app.idle().await;
    assert!(!app.screen().contains("ListFunctions"), "{}", app.screen());
    assert_eq!(app.model().notices.problems(), 0);
}

#[tokio::test]
async fn an_answer_asked_for_before_a_change_is_never_shown_as_fresh() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("ListFunctions");
    app.keys("r");
    soon(gate.arrived(1)).await;
    app.keys("e<ctrl-u>1024<enter>").later(READ).keys("<tab><enter>").until("accepted: ").await;
    soon(gate.arrived(2)).await;
    soon(gate.gone(1)).await;
    gate.let_through(1);
    app.idle().await;
    assert!(app.line_with("billing-ledger").contains("1,024 MB"), "{}", app.screen());
    assert_eq!(asked(&demo, "UpdateFunctionConfiguration"), 1);
}

#[tokio::test]
async fn a_row_deleted_under_the_cursor_leaves_it_to_the_neighbour() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("j");
    assert_eq!(app.under_cursor(), "orders-api");
    demo.remove_function("orders-api");
    demo.put_function(FunctionSeed::named("aaa-first"));
    app.keys("r").idle().await;
    assert_eq!(app.under_cursor(), "orders-api", "it says so first: {}", app.screen());
    app.later(Duration::from_secs(5)).idle().await;
    assert_eq!(app.under_cursor(), "orders-worker", "{}", app.screen());
}

#[tokio::test]
async fn a_confirmation_keeps_its_target_whatever_the_list_does() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("je<ctrl-u>1024<enter>");
    demo.remove_function("billing-ledger");
    demo.remove_function("orders-api");
    app.later(Duration::from_secs(61)).idle().await;
    assert!(app.screen().contains("edit orders-api"), "{}", app.screen());
    app.keys("<tab><enter>").idle().await;
    let changes: Vec<String> = demo.journal().into_iter().filter(|call| call.starts_with("Update")).collect();
    assert_eq!(changes, ["UpdateFunctionConfiguration orders-api"]);
    assert!(app.screen().contains("ResourceNotFoundException"), "{}", app.screen());
    app.later(Duration::from_secs(5)).idle().await;
    assert_eq!(app.under_cursor(), "orders-worker");
}

#[tokio::test]
async fn five_presses_of_f5_send_one_invocation() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("Invoke");
    app.keys("i<f5><f5><f5><f5><f5>");
    soon(gate.arrived(1)).await;
    app.keys("<f5>");
    gate.open();
    app.idle().await;
    assert_eq!(asked(&demo, "Invoke"), 1);
}

#[tokio::test]
async fn a_run_belongs_to_the_function_it_was_started_for() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("Invoke");
    app.keys("i<f5>");
    soon(gate.arrived(1)).await;
    app.keys("<esc>ji");
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("the run of billing-ledger succeeded"), "{}", app.screen());
    assert_eq!(app.model().console.own_runs().count(), 0);
    app.keys("<esc><esc>ki");
    assert!(app.screen().contains("\"ok\": true"), "{}", app.screen());
}

#[tokio::test]
async fn quitting_while_a_change_is_on_its_way_asks_once_and_names_it() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("UpdateFunctionConfiguration");
    app.keys("e<ctrl-u>1024<enter>").later(READ).keys("<tab><enter>");
    soon(gate.arrived(1)).await;
    app.keys("q");
    assert!(!app.has_quit());
    assert!(app.screen().contains("press q again"), "{}", app.screen());
    app.keys("q");
    assert!(app.has_quit());
    assert!(
        app.unfinished().iter().any(|line| line.contains("billing-ledger") && line.contains("not awaited")),
        "{:?}",
        app.unfinished()
    );
}

#[tokio::test]
async fn ctrl_c_quits_at_once_whatever_is_on_its_way() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("Invoke");
    app.keys("i<f5>");
    soon(gate.arrived(1)).await;
    app.keys("<ctrl-c>");
    assert!(app.has_quit());
    assert_eq!(app.unfinished(), ["the run of billing-ledger goes on in AWS"]);
}

#[tokio::test]
async fn holding_j_over_fifty_functions_costs_one_set_of_requests() {
    let demo = Demo::with_functions(clock(), 200);
    let (_server, mut app) = started(&demo).await;
    for _ in 0..150 {
        app.keys("j").later(Duration::from_millis(30)).some(50).await;
    }
    assert_eq!(asked(&demo, "GetFunction"), 0, "nothing is asked while the cursor moves");
    app.rest().await;
    let mut rows: Vec<String> = demo.journal();
    let asked = rows.len();
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), asked, "no row is asked twice");
    assert!((20..=60).contains(&asked), "{asked}");
}

#[tokio::test]
async fn pages_of_a_list_that_is_left_and_come_back_to_are_not_mixed() {
    let demo = Demo::with_functions(clock(), 120);
    let server = Server::start(demo.clone()).await.unwrap();
    let gate = demo.gate("ListFunctions");
    let mut app = Harness::unasked(&server, |_, options| options.refresh = Refresh::Off);
    gate.let_through(1);
    app.until("50 of 120 …").await;
    app.keys("r");
    soon(gate.gone(1)).await;
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("Functions  120"), "{}", app.screen());
}
