//! The request of the invoke console: editing a payload and choosing how it is sent.

use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("a-echo").behaviour("echo"));
    demo.put_function(FunctionSeed::named("b-echo").behaviour("echo"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

/// The console of the first function with an empty payload.
async fn emptied(server: &Server) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(130, 34).keys("i<ctrl-a><backspace>");
    app
}

#[tokio::test]
async fn a_flaw_is_shown_as_it_is_typed_and_where_it_is() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    assert!(app.line_with("Request").contains("0 B  empty"), "{}", app.screen());
    app.keys("{<enter>  \"日本\": tru");
    assert!(app.line_with("Request").contains("! line 2 column"), "{}", app.screen());
    assert_screen!(app);
    app.keys("e<enter>}");
    assert!(app.line_with("Request").contains("✔ JSON"), "{}", app.screen());
}

#[tokio::test]
async fn changes_are_taken_back_and_made_again() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    app.keys("[1]<ctrl-u>");
    assert!(app.line_with("Request").contains("empty"), "{}", app.screen());
    app.keys("<ctrl-r>");
    assert!(app.line_with("Request").contains("3 B  ✔ JSON"), "{}", app.screen());
    app.keys("<ctrl-r>");
    assert!(app.screen().contains("nothing to make again"), "{}", app.screen());
    app.keys("<ctrl-u><ctrl-u>");
    assert!(app.screen().contains("\"name\": \"world\""), "{}", app.screen());
}

#[tokio::test]
async fn five_megabytes_are_pasted_in_one_step_and_checked_when_the_keys_rest() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    let long = format!("[{}0]", "1234567,".repeat(640 * 1024));
    app.paste(&long);
    assert!(app.line_with("Request").contains("is checked once you rest"), "{}", app.screen());
    app.keys("x");
    assert!(app.wake_in().is_some_and(|wake| wake <= Duration::from_millis(200)));
    app.later(Duration::from_millis(200));
    assert!(app.line_with("Request").contains("! line 1 column 5242884"), "{}", app.screen());
    app.keys("<backspace>").later(Duration::from_millis(200));
    assert!(app.line_with("Request").contains("✔ JSON"), "{}", app.screen());
    app.keys("<ctrl-u><ctrl-u><ctrl-u>");
    assert!(app.line_with("Request").contains("empty"), "{}", app.screen());
}
