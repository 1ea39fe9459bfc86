//! Comparing rows: marks, and what differs field by field.

use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, showcase};

/// The versions of a function of the showcase.
async fn versions_of(server: &Server, function: &str) -> Harness {
    let mut app = Harness::new(server).await;
    app.keys(&format!("/{function}<enter>3")).rest().await;
    app
}

#[tokio::test]
async fn two_versions_are_compared_on_every_size_of_screen() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("Gm").keys("gj");
    assert!(app.screen().contains("1 marked"), "{}", app.screen());
    assert_screen!(app);
    app.keys("=");
    assert_screen!(app);
    assert_screen!(app, [(200, 60), (80, 24), (40, 10)]);
}

#[tokio::test]
async fn what_is_the_same_is_folded_away_until_it_is_asked_for() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.resize(120, 60).keys("Gmgj=");
    let line = app.line_with("MemorySize");
    assert!(line.contains("256 MB") && line.contains("512 MB"), "{line}");
    assert!(!app.screen().contains("Timeout "), "{}", app.screen());
    app.keys("u").idle().await;
    assert!(app.line_with("Timeout ").contains("10 s"), "{}", app.screen());
    app.keys("G");
    assert!(app.screen().contains("u folds them"), "{}", app.screen());
    app.keys("u");
    assert!(!app.screen().contains("Timeout "), "{}", app.screen());
    app.keys("=");
    assert!(app.screen().contains("orders-api › Versions"), "{}", app.screen());
}

#[tokio::test]
async fn secrets_are_compared_and_never_shown() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.resize(120, 60).keys("Gmgj=u").idle().await;
    assert!(app.line_with("DB_HOST").contains("(another value)"), "{}", app.screen());
    assert!(app.line_with("DB_PASSWORD").contains("********"), "{}", app.screen());
    assert!(app.line_with("FEATURE_RETURNS").contains('+'), "{}", app.screen());
    for secret in ["corr3ct", "rds.amazonaws", "sk_live"] {
        assert!(!app.screen().contains(secret), "{}", app.screen());
    }
}

#[tokio::test]
async fn two_marks_are_compared_wherever_the_cursor_is() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("jmjmG=");
    assert!(app.screen().contains("orders-api:12 compared with orders-api:11"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("2 marked"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("marked"), "esc takes the marks away first:\n{}", app.screen());
    assert!(app.screen().contains("› Versions"), "{}", app.screen());
}

#[tokio::test]
async fn a_mark_survives_a_refresh_and_says_so_when_its_row_is_gone() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(3));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("jm").keys("r").idle().await;
    assert!(app.cursor_line().starts_with("▌▸3 "), "{}", app.screen());
    app.keys("=");
    assert!(app.screen().contains("this is the marked row"), "{}", app.screen());
    demo.put_function(FunctionSeed::named("orders-api").published(2));
    app.keys("r").idle().await.later(Duration::from_secs(6)).keys("=");
    assert!(app.screen().contains("the marked row is gone"), "{}", app.screen());
}

#[tokio::test]
async fn marks_are_those_of_one_function() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("jm1<esc>/orders-worker<enter>3").rest().await;
    assert!(app.screen().contains("orders-worker › Versions") && !app.screen().contains("marked"), "{}", app.screen());
}

#[tokio::test]
async fn equal_versions_differ_in_nothing_and_lists_without_fields_say_so() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(1));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("mj=");
    assert!(app.screen().contains("nothing differs in"), "{}", app.screen());
    demo.patch_function("orders-api", &json!({"Timeout": 99}));
    app.keys("<esc>r").idle().await.keys("=");
    assert!(app.screen().contains("1 field differs; "), "{}", app.screen());
    app.keys("<esc><esc>1=");
    assert!(app.screen().contains("Functions have nothing to compare"), "{}", app.screen());
}

#[tokio::test]
async fn with_nothing_marked_what_is_worth_comparing_with_is_offered() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("j=");
    assert_screen!(app);
    app.keys("<enter>");
    assert!(app.screen().contains("orders-api:11 compared with orders-api:12"), "{}", app.screen());
    app.keys("<esc>=<down><down><enter>");
    assert!(app.screen().contains("compared with orders-api:12"), "{}", app.screen());
    app.keys("<esc>4").rest().await;
    app.keys("=");
    assert_screen!(app);
    app.keys("<enter>");
    assert!(app.screen().contains("orders-api:12 compared with orders-api:live"), "{}", app.screen());
}
