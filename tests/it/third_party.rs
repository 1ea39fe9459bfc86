//! The same program against a server that nobody here wrote: ministack, started by `scripts/ministack.sh`
//! and filled by `scripts/seed_account.py`. `LAMBDASH_THIRD_PARTY` says where it is; CI sets it.

use std::path::PathBuf;
use std::time::Duration;

use crate::support::Harness;

async fn program() -> Harness {
    let url = std::env::var("LAMBDASH_THIRD_PARTY").expect("LAMBDASH_THIRD_PARTY: the URL of a seeded ministack");
    let mut app = Harness::at(&url, None::<PathBuf>, |session, _| session.target.region = Some("us-east-1".to_owned()));
    app.idle().await.rest().await;
    app.resize(130, 40).rest().await;
    app
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn two_hundred_functions_are_listed_with_their_states() {
    let app = program().await;
    let screen = app.screen();
    let title = app.line_with(" Functions  2");
    let count: u32 = title.split_whitespace().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    assert!(count >= 200, "{screen}");
    assert!(screen.contains("● active"), "{screen}");
    assert!(!app.line_with("▌").contains('…'), "{screen}");
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_function_is_read_in_full() {
    let mut app = program().await;
    app.keys("/seed-hello<enter><enter>").rest().await;
    let screen = app.screen();
    assert!(screen.contains("seed-hello › Configuration") && screen.contains("FunctionArn"), "{screen}");
    app.keys("/runtime<enter>");
    assert!(app.screen().contains("python3"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_python_handler_runs_and_its_printed_line_is_in_the_tail() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>i<f5>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("✔ success"), "{screen}");
    assert!(screen.contains("hello from seed-hello"), "{screen}");
    assert!(screen.contains("\"ok\": true"), "{screen}");
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_handler_that_raises_is_a_function_error() {
    let mut app = program().await;
    app.keys("/seed-raises<enter>i<f5>").idle().await;
    assert!(app.screen().contains("✖ function error: Unhandled"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_change_is_made_and_read_back() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>").rest().await;
    // Another value than it has: the server may have been used before.
    let wanted = if app.line_with("timeout   ").contains("77 s") { "78" } else { "77" };
    app.keys("e<tab>").keys(&"<backspace>".repeat(4)).keys(&format!("{wanted}<enter>"));
    app.later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("done: UpdateFunctionConfiguration seed-hello"), "{}", app.screen());
    app.rest().await;
    assert!(app.line_with("timeout   ").contains(&format!("{wanted} s")), "{}", app.screen());
}

/// It keeps the log of a run under ids of its own, and other operations it lacks altogether: what
/// cannot be had is said, and everything else goes on.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn what_the_server_lacks_costs_nothing_else() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>i<f5>").idle().await;
    app.keys("L").idle().await;
    app.keys("<esc><esc><esc>").rest().await;
    assert!(app.screen().contains("● active"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_mapping_is_resumed_and_paused() {
    let mut app = program().await;
    app.resize(200, 40).keys(":mappings<enter>/sqs<enter>").rest().await;
    assert!(app.cursor_line().contains("seed-orders"), "{}", app.screen());
    for _ in 0..2 {
        let was_on = app.cursor_line().contains("enabled");
        app.keys("<space>").later(Duration::from_secs(1));
        // Pausing sends with Enter; resuming has Cancel chosen.
        app.keys(if was_on { "<enter>" } else { "<tab><enter>" }).idle().await;
        assert!(app.screen().contains("done: UpdateEventSourceMapping"), "{}", app.screen());
        app.later(Duration::from_secs(3)).idle().await.later(Duration::from_secs(3)).idle().await;
        assert_ne!(app.cursor_line().contains("enabled"), was_on, "{}", app.screen());
    }
}
