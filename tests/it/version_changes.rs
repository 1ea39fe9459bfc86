//! Changes of versions: publishing and deleting, from the key to the one request.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use lambdash::demo::{Clock, Demo, Fault, FunctionSeed};
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, changes, clock, ready, soon, words};

fn account(clock: Clock) -> Demo {
    let demo = Demo::empty(clock);
    let api = FunctionSeed::named("orders-api").with("Description", "REST API of the shop").published(12);
    demo.put_function(api.weighted_alias("live", "11", "12", 0.1).alias("staging", "12"));
    demo
}

async fn versions(demo: &Demo) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys("/orders-api<enter>3").rest().await;
    demo.clear_journal();
    (server, app)
}

/// The account with a function that has changed since its last version, and its seconds, which a test tells.
fn changed() -> (Arc<AtomicI64>, Demo) {
    let time = Arc::new(AtomicI64::new(0));
    let (shown, start) = (time.clone(), clock()());
    let demo = account(Arc::new(move || start + chrono::TimeDelta::seconds(shown.load(Ordering::SeqCst))));
    demo.patch_function("orders-api", &json!({"Timeout": 30}));
    (time, demo)
}

#[tokio::test]
async fn a_version_is_published_with_its_guards_and_followed_until_it_is_active() {
    let (time, demo) = changed();
    let (_server, mut app) = versions(&demo).await;
    app.keys("n").idle().await;
    app.keys("timeout raised");
    assert_screen!(app);
    app.keys("<enter>");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(100, 30);
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["PublishVersion orders-api"]);
    let sent = demo.bodies("PublishVersion");
    assert_eq!(sent[0]["Description"], "timeout raised");
    assert!(sent[0]["CodeSha256"].is_string() && sent[0]["RevisionId"].is_string(), "{sent:?}");
    assert!(words(&app).contains("it is version 13"), "{}", app.screen());
    app.rest().await;
    assert!(app.line_with("timeout raised").contains("13 "), "{}", app.screen());
    app.resize(200, 40).rest().await;
    assert!(app.line_with("timeout raised").contains("pending"), "{}", app.screen());
    time.store(10, Ordering::SeqCst);
    app.later(Duration::from_secs(2)).idle().await;
    assert!(app.line_with("timeout raised").contains("active"), "{}", app.screen());
}

#[tokio::test]
async fn a_version_is_followed_on_other_panes_too() {
    let (time, demo) = changed();
    let (_server, mut app) = versions(&demo).await;
    app.keys("n").idle().await;
    app.keys("<enter>");
    let gate = demo.gate("PublishVersion");
    ready(&mut app).keys("<tab><enter>");
    crate::support::soon(gate.arrived(1)).await;
    app.keys("1");
    gate.open();
    app.idle().await;
    assert!(!app.screen().contains("is gone"), "{}", app.screen());
    time.store(10, Ordering::SeqCst);
    app.later(Duration::from_secs(2)).idle().await;
    assert!(app.screen().contains("✔ orders-api:13: it is active"), "{}", app.screen());
    let before = demo.journal().len();
    app.later(Duration::from_secs(4)).idle().await;
    assert_eq!(demo.journal().len(), before, "what has ended is followed no further");
}

#[tokio::test]
async fn publishing_what_did_not_change_is_warned_of_and_said() {
    let demo = account(clock());
    let (_server, mut app) = versions(&demo).await;
    app.keys("n").idle().await;
    assert!(app.screen().contains("AWS makes no version then, and returns 12"), "{}", app.screen());
    app.keys("<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(words(&app).contains("nothing had changed since version 12"), "{}", app.screen());
    assert_eq!(demo.counts()["PublishVersion"], 1);
}

#[tokio::test]
async fn nothing_is_published_by_half_a_list_of_versions() {
    let demo = account(clock());
    demo.page_size(5);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    let gate = demo.gate("ListVersionsByFunction");
    gate.let_through(1);
    app.keys("/orders-api<enter>3");
    soon(gate.arrived(2)).await;
    demo.fail("ListVersionsByFunction", Fault::Denied { action: "lambda:ListVersionsByFunction".to_owned() });
    gate.open();
    app.rest().await.keys("n").idle().await;
    assert!(words(&app).contains("Could not list the versions of orders-api: not allowed"), "{}", app.screen());
    app.keys("<enter>").idle().await;
    assert!(!app.screen().contains("Send it") && changes(&demo).is_empty(), "{}", app.screen());
}

#[tokio::test]
async fn latest_that_changed_meanwhile_is_not_published() {
    let demo = account(clock());
    let (_server, mut app) = versions(&demo).await;
    app.keys("n<enter>");
    demo.patch_function("orders-api", &json!({"MemorySize": 1024}));
    ready(&mut app).keys("<tab><enter>").idle().await;
    app.resize(180, 40).keys("!");
    assert!(words(&app).contains("other values in MemorySize. Nothing was published"), "{}", app.screen());
    assert_eq!(changes(&demo), ["PublishVersion orders-api"]);
}

#[tokio::test]
async fn a_version_is_deleted_once_its_number_is_typed() {
    let demo = account(clock());
    let (_server, mut app) = versions(&demo).await;
    app.keys("jjjD");
    assert_screen!(app);
    ready(&mut app).keys("1<enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    app.keys("0<enter>").idle().await;
    assert_eq!(changes(&demo), ["DeleteFunction orders-api:10"]);
    app.later(Duration::from_secs(6)).idle().await;
    assert!(app.cursor_line().contains(" 9 "), "{}", app.screen());
    assert!(app.screen().contains("Versions  12"), "{}", app.screen());
}

#[tokio::test]
async fn what_was_deleted_leaves_the_cursor_to_its_neighbour_though_another_row_came_above() {
    let (_, demo) = changed();
    let (_server, mut app) = versions(&demo).await;
    app.keys("jjjD");
    let publish = http::Request::post("/2015-03-31/functions/orders-api/versions").body(b"{}".to_vec()).unwrap();
    let _ = demo.handle(publish).await;
    ready(&mut app).keys("10<enter>").idle().await;
    assert!(app.screen().contains("\n  13 ") && !app.screen().contains("\n  10 "), "{}", app.screen());
    assert!(app.cursor_line().contains(" 9 "), "{}", app.screen());
}

#[tokio::test]
async fn a_version_in_use_and_latest_are_not_deleted_and_say_why() {
    let demo = account(clock());
    let (_server, mut app) = versions(&demo).await;
    app.keys("D");
    assert!(app.screen().contains("$LATEST goes only with the whole function"), "{}", app.screen());
    app.keys("jD");
    assert!(app.screen().contains("the aliases live, staging send calls to 12"), "{}", app.screen());
    app.keys("jD");
    assert!(app.screen().contains("the alias live sends calls to 11: point it elsewhere first"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn an_alias_that_came_meanwhile_keeps_its_version() {
    let demo = account(clock());
    let (_server, mut app) = versions(&demo).await;
    app.keys("jjjD");
    assert!(demo.patch_alias("orders-api", "staging", &json!({"FunctionVersion": "10"})));
    ready(&mut app).keys("10<enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    assert!(words(&app).contains("aliases send calls to orders-api:10: staging"), "{}", app.screen());
}

#[tokio::test]
async fn without_the_aliases_the_rest_is_there() {
    let demo = account(clock());
    demo.fail("ListAliases", Fault::Denied { action: "lambda:ListAliases".to_owned() });
    let (_server, mut app) = versions(&demo).await;
    assert!(app.line_with(" 11 ").contains("REST API"), "{}", app.screen());
    app.resize(119, 30);
    assert!(app.screen().contains("lambda:ListAliases"), "what is missing is said:\n{}", app.screen());
    app.keys("jjjD");
    assert!(app.screen().contains("the aliases may not be read"), "{}", app.screen());
}

#[tokio::test]
async fn which_version_serves_production_is_seen_at_once() {
    let demo = account(clock());
    let (_server, app) = versions(&demo).await;
    assert!(app.line_with(" 11 ").contains("live 90 %"), "{}", app.screen());
    assert!(app.line_with(" 12 ").contains("live 10 %, staging"), "{}", app.screen());
}
