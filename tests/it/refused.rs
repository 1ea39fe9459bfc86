//! Changes that AWS does not take: what was typed for them is not lost.

use lambdash::demo::{Demo, Fault, FunctionSeed, Gate};
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, changes, clock, ready, soon, words};

const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

async fn aliases() -> (Demo, Server, Harness) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(12).weighted_alias("live", "11", "12", 0.1));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys("/orders-api<enter>4").rest().await;
    demo.clear_journal();
    (demo, server, app)
}

/// Somebody else was faster: the list does not have it yet.
fn taken(demo: &Demo, alias: &str) {
    let message = format!("Alias already exists: {ARN}:{alias}");
    demo.fail_times("CreateAlias", 1, Fault::Status { code: 409, error: "ResourceConflictException".into(), message });
}

/// An alias on its way that will be refused when the gate opens.
async fn refused_in_a_while() -> (Demo, Server, Harness, Gate) {
    let (demo, server, mut app) = aliases().await;
    taken(&demo, "next");
    let gate = demo.gate("CreateAlias");
    app.keys("n").idle().await;
    app.keys("next<enter>");
    ready(&mut app).keys("<tab><enter>");
    soon(gate.arrived(1)).await;
    (demo, server, app, gate)
}

#[tokio::test]
async fn a_form_comes_back_with_the_reason_and_all_that_was_typed() {
    let (demo, _server, mut app) = aliases().await;
    taken(&demo, "next");
    app.keys("n").idle().await;
    app.keys("next<tab><tab>11<tab><ctrl-u>20<tab>the next one<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    let screen = words(&app);
    assert!(screen.contains("Alias already exists") && screen.contains("Choose another"), "{}", app.screen());
    assert_screen!(app, [(100, 30), (80, 24), (40, 10)]);
    app.resize(100, 30).keys("<shift-tab><shift-tab><shift-tab><shift-tab>2<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    let sent = demo.bodies("CreateAlias");
    let mut wanted = sent[0].clone();
    wanted["Name"] = json!("next2");
    assert_eq!((sent.len(), &sent[1]), (2, &wanted));
    assert!(app.line_with("next2").contains("80 %"), "{}", app.screen());
}

#[tokio::test]
async fn a_form_does_not_come_between_what_a_person_does_by_then() {
    let (_demo, _server, mut app, gate) = refused_in_a_while().await;
    app.keys("/live");
    gate.open();
    app.idle().await;
    assert!(app.line_with("/live").contains("/live"), "the filter is still typed:\n{}", app.screen());
    assert!(words(&app).contains("what you filled in is kept"), "{}", app.screen());
    app.keys("<esc>n").idle().await;
    assert!(app.line_with("name ").contains("next"), "{}", app.screen());
    assert!(words(&app).contains("✖ Alias already exists"), "{}", app.screen());
    app.keys("<esc>n").idle().await;
    assert!(!words(&app).contains("✖ Alias already"), "what was given up is gone:\n{}", app.screen());
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_looked_at_before_the_form_comes_back() {
    let (demo, _server, mut app) = aliases().await;
    app.keys("w<ctrl-u>50<enter>");
    assert!(demo.patch_alias("orders-api", "live", &json!({"FunctionVersion": "10"})));
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(app.cursor_line().contains(" 10 "), "the list is read again:\n{}", app.screen());
    app.keys("<esc>w").idle().await;
    assert!(words(&app).contains("UpdateAlias live of orders-api: 50 % to 10, 50 % to 12"), "{}", app.screen());
    app.keys("<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo).len(), 2, "{:?}", changes(&demo));
    assert!(app.line_with("live").contains("50 %"), "{}", app.screen());
}

#[tokio::test]
async fn what_was_filled_in_is_not_carried_into_another_session() {
    let (_demo, _server, mut app, gate) = refused_in_a_while().await;
    app.keys(":region us-east-1<enter>").until("us-east-1").await;
    gate.open();
    app.idle().await;
    assert!(words(&app).contains("Alias already exists"), "it is said all the same:\n{}", app.screen());
    assert!(!words(&app).contains("is kept"), "{}", app.screen());
}

#[tokio::test]
async fn a_form_complains_of_what_a_person_came_to() {
    let (_demo, _server, mut app) = aliases().await;
    app.keys("n").idle().await;
    let complaint = "1 to 128 letters, digits";
    assert!(!words(&app).contains(complaint), "nothing was typed yet:\n{}", app.screen());
    app.keys("<tab>");
    assert!(words(&app).contains(complaint), "the name was passed over:\n{}", app.screen());
    app.keys("<esc>n<enter>");
    assert!(words(&app).contains(complaint), "to go on was tried:\n{}", app.screen());
}

#[tokio::test]
async fn a_mapping_that_is_there_already_is_not_typed_again() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-worker"));
    let queue = "arn:aws:sqs:eu-west-1:123456789012:orders";
    demo.put_mapping(json!({"FunctionName": "orders-worker", "EventSourceArn": queue}));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys(":mappings<enter>").rest().await;
    app.keys(&format!("n<tab>{queue}")).idle().await;
    assert!(words(&app).contains("this is an ARN of sqs, not of a function"), "{}", app.screen());
    app.keys(&format!("<ctrl-u>orders-worker<tab>{queue}<enter>")).idle().await;
    ready(&mut app).keys("<tab><enter>").idle().await;
    let screen = words(&app);
    assert!(screen.contains("already exists") && screen.contains("Choose another"), "{}", app.screen());
    assert!(app.line_with("source ARN").contains(queue), "{}", app.screen());
    assert!(app.line_with("function  ").contains("orders-worker"), "{}", app.screen());
}
