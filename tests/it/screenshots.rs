//! The pictures in `screenshots/` are drawn from the same cells that the program draws, so they are
//! never stale. `UPDATE=1 cargo test screenshots` writes them; without it they are compared.

use std::path::PathBuf;
use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};

use crate::support::{Harness, clock, soon, svg};

/// The showcase account as it is at the moment when tests begin, pointed at as in `--demo`.
async fn showcase() -> Harness {
    account(Demo::account(clock()), "acme-prod", 30).await
}

/// The same, of an account in which something was set before.
async fn showcase_of(demo: Demo) -> Harness {
    account(demo, "acme-prod", 30).await
}

/// The same seen with a profile in which invoking needs no yes, in a window high enough for the console.
async fn console() -> (Harness, Demo) {
    let demo = Demo::account(clock());
    (account(demo.clone(), "acme-dev", 36).await, demo)
}

async fn account(demo: Demo, profile: &str, height: u16) -> Harness {
    demo.latency(Duration::ZERO);
    let mut app = Harness::in_process(demo, |session, _| {
        session.demo = true;
        session.target.profile = Some(profile.to_owned());
    });
    app.resize(120, height).idle().await.rest().await;
    app
}

/// Presses the keys that send, and lets the answers come after a time that a person would believe.
async fn answered_after(app: &mut Harness, demo: &Demo, keys: &str, at_once: usize, time: Duration) {
    let gate = demo.gate("Invoke");
    app.keys(keys);
    soon(gate.arrived(at_once)).await;
    app.later(time);
    gate.open();
    app.idle().await;
}

fn picture(app: &Harness, name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots").join(format!("{name}.svg"));
    let drawn = svg::picture(app.buffer());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, drawn).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "{name}.svg is not what the program draws; UPDATE=1 cargo test screenshots writes it");
}

#[tokio::test]
async fn screenshots_of_the_functions() {
    let mut app = showcase().await;
    app.keys("/orders<enter>jj").rest().await;
    picture(&app, "functions");
}

#[tokio::test]
async fn screenshots_of_the_configuration() {
    let mut app = showcase().await;
    app.keys("/orders-api<enter><enter>").rest().await;
    app.keys("jjjjjjjj");
    picture(&app, "configuration");
}

#[tokio::test]
async fn screenshots_of_an_invocation_that_fails() {
    let (mut app, demo) = console().await;
    app.keys("/crash<enter>i");
    answered_after(&mut app, &demo, "<f5>", 1, Duration::from_millis(546)).await;
    picture(&app, "invoke");
}

#[tokio::test]
async fn screenshots_of_two_versions_side_by_side() {
    let demo = Demo::account(clock());
    let mut app = showcase_of(demo.clone()).await;
    app.keys("/orders-stock<enter>i<ctrl-q>live").idle().await;
    app.keys("<enter><f8>").idle().await;
    app.keys("modified 21<enter>").later(Duration::from_secs(1)).keys("<tab>");
    answered_after(&mut app, &demo, "<enter>", 2, Duration::from_millis(471)).await;
    picture(&app, "ab");
}

#[tokio::test]
async fn screenshots_of_a_burst() {
    let demo = Demo::account(clock());
    let mut app = showcase_of(demo.clone()).await;
    app.resize(120, 36).keys("/orders-stock<enter>i<ctrl-q>live").idle().await;
    app.keys("<enter><f9><end><backspace><backspace><backspace>400<tab><end><backspace><backspace>20").idle().await;
    app.keys("<enter>").later(Duration::from_secs(1)).keys("<tab>");
    answered_after(&mut app, &demo, "<enter>", 20, Duration::from_millis(2_380)).await;
    app.keys("f");
    picture(&app, "burst");
}

#[tokio::test]
async fn screenshots_of_a_cold_run_that_fails() {
    let (mut app, demo) = console().await;
    app.keys("/data-quality<enter>i");
    answered_after(&mut app, &demo, "<f5>", 1, Duration::from_millis(1_374)).await;
    picture(&app, "cold");
}

#[tokio::test]
async fn screenshots_of_a_stream_on_its_way() {
    let (mut app, demo) = console().await;
    // The showcase takes its time between the pieces; here they come when the gate lets them.
    demo.put_function(FunctionSeed::named("media-live-chat").behaviour("stream").with("Timeout", 30));
    let gate = demo.gate("Chunk media-live-chat");
    app.keys("/live-chat<enter>i<ctrl-t><ctrl-t><ctrl-t><f5>");
    app.later(Duration::from_millis(1_240));
    app.until("01 Größe").await;
    gate.let_through(11);
    app.until("11 Größe").await;
    app.later(Duration::from_millis(2_610));
    picture(&app, "stream");
}

#[tokio::test]
async fn screenshots_of_the_log_of_three_functions() {
    let (mut app, _demo) = console().await;
    app.keys(":logs orders-api orders-checkout-saga billing-ledger<enter>").rest().await;
    picture(&app, "logs");
}

#[tokio::test]
async fn screenshots_of_the_invocations_of_a_function_that_fails_every_tenth_time() {
    let (mut app, _demo) = console().await;
    app.keys(":logs orders-checkout-saga<enter>").rest().await;
    app.keys("v").rest().await;
    picture(&app, "invocations");
}

#[tokio::test]
async fn screenshots_of_a_change_before_it_is_sent() {
    let mut app = showcase().await;
    app.keys("/orders-api<enter>e<backspace><backspace><backspace>1024<enter>");
    picture(&app, "confirm");
}

#[tokio::test]
async fn screenshots_of_the_command_palette() {
    let mut app = showcase().await;
    app.keys(":region us");
    picture(&app, "palette");
}

#[tokio::test]
async fn screenshots_of_a_small_terminal() {
    let mut app = showcase().await;
    app.resize(60, 15).rest().await;
    picture(&app, "small");
}
