//! A thing that somebody deletes while its row is shown: the row says so, and goes.

use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};
use ratatui::style::Modifier;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock};

fn account() -> Demo {
    let demo = Demo::empty(clock());
    for name in ["billing-ledger", "orders-api", "orders-worker"] {
        demo.put_function(FunctionSeed::named(name));
    }
    demo
}

async fn started(demo: &Demo) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.rest().await;
    (server, app)
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn is_struck(app: &Harness, text: &str) -> bool {
    let screen = app.screen();
    let line = screen.lines().position(|line| line.contains(text)).unwrap();
    let column = screen.lines().nth(line).unwrap().find(text).unwrap();
    let width = usize::from(app.buffer().area.width);
    let column = screen.lines().nth(line).unwrap()[..column].chars().count();
    app.buffer().content[line * width + column].modifier.contains(Modifier::CROSSED_OUT)
}

#[tokio::test]
async fn a_row_that_is_deleted_says_so_for_five_seconds_and_goes() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    demo.remove_function("orders-api");
    app.later(seconds(60)).idle().await;
    assert!(app.line_with("orders-api").ends_with("deleted"), "{}", app.screen());
    assert!(is_struck(&app, "orders-api") && !is_struck(&app, "orders-worker"));
    assert!(app.screen().contains("\n Functions  2\n"), "what is gone is not counted: {}", app.screen());
    assert_screen!(app);
    assert_eq!(app.wake_in(), Some(seconds(5)));
    app.later(seconds(4));
    assert!(app.screen().contains("orders-api"), "{}", app.screen());
    app.later(seconds(1));
    assert!(!app.screen().contains("orders-api"), "{}", app.screen());
}

#[tokio::test]
async fn nothing_is_done_to_a_row_that_is_deleted_and_nothing_is_asked_about_it() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("j");
    demo.remove_function("orders-api");
    app.keys("r").idle().await;
    demo.clear_journal();
    app.keys("e").rest().await;
    assert!(app.screen().contains("orders-api was deleted: nothing can be done to it"), "{}", app.screen());
    assert!(!demo.journal().iter().any(|line| line.contains("orders-api")), "{:?}", demo.journal());
}

#[tokio::test]
async fn a_row_that_comes_back_is_one_like_any_other() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    demo.remove_function("orders-api");
    app.keys("r").idle().await;
    assert!(app.screen().contains("deleted"), "{}", app.screen());
    demo.put_function(FunctionSeed::named("orders-api"));
    app.keys("r").idle().await;
    assert!(!app.screen().contains("deleted"), "{}", app.screen());
    app.later(seconds(6)).idle().await;
    assert!(app.screen().contains("orders-api"), "{}", app.screen());
}

#[tokio::test]
async fn another_session_strikes_nothing_out() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    app.keys(":region us-east-1<enter>");
    demo.remove_function("orders-api");
    app.rest().await;
    assert!(!app.screen().contains("deleted") && !app.screen().contains("orders-api"), "{}", app.screen());
}
