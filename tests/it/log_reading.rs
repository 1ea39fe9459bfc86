//! Reading events: what is packed into them, their streams and colours, and what lies over them.

use std::time::Duration;

use crate::assert_screen;
use crate::support::handed_out;
use crate::support::logged::{GROUP, Logged as Account, messages};

const PACKED: &str = r#"{"level":"ERROR","message":"no stock","stack":"Error: no stock\n    at total (app.js:7:11)\n    at handler (app.js:3:3)","body":"{\"order\":{\"id\":7}}"}"#;

#[tokio::test]
async fn a_string_of_several_lines_and_json_in_a_string_open_by_themselves() {
    let account = Account::new().await;
    account.write(-9, PACKED);
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("<enter>jjj<enter>");
    assert!(app.screen().contains(" › .stack"), "{}", app.screen());
    let lines: Vec<String> = app.screen().lines().map(|line| line.trim().to_owned()).collect();
    assert!(lines.iter().any(|line| line == "at total (app.js:7:11)"), "each line on its own: {}", app.screen());
    app.keys("y");
    assert_eq!(
        handed_out(&app).last().unwrap(),
        "Error: no stock\n    at total (app.js:7:11)\n    at handler (app.js:3:3)"
    );
    app.keys("<esc>j<enter>");
    assert!(app.screen().contains(" › .body") && app.screen().contains("\"id\": 7"), "{}", app.screen());
    app.keys("j<enter>");
    assert!(!app.screen().contains("\"id\": 7"), "it folds: {}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("\"stack\""), "back to the event: {}", app.screen());
    app.keys("y");
    assert_eq!(handed_out(&app).last().unwrap(), PACKED, "the event as it was written");
    app.keys("<esc>");
    assert_eq!(messages(&app).len(), 1, "{}", app.screen());
}

#[tokio::test]
async fn the_stream_of_each_event_is_a_column_on_a_key() {
    let account = Account::new().await;
    account.write_to(GROUP, "2026/11/21/[7]0a1b2c3d4e5f60718293a4b5c6d7e8f9", -9, "of seven");
    account.write_to(GROUP, "mine", -8, "of mine");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("e");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("e");
    assert!(!app.screen().contains("[7]0a1b"), "{}", app.screen());
}

#[tokio::test]
async fn colours_of_a_program_are_shown_on_a_key_and_nothing_else_of_it_is() {
    let account = Account::new().await;
    account.write(-9, "\u{1b}[31mred\u{1b}[0m and \u{1b}[2Jplain");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_eq!(messages(&app), ["^[[31mred^[[0m and ^[[2Jplain"]);
    app.keys("A");
    assert_eq!(messages(&app), ["red and ^[[2Jplain"]);
    assert_screen!(app);
    app.keys("/red");
    assert_eq!(messages(&app), ["red and ^[[2Jplain"]);
    app.keys("<esc>Aw");
    assert_eq!(messages(&app), ["^[[31mred^[[0m and ^[[2Jplain"]);
}

#[tokio::test]
async fn notices_lie_over_the_oldest_events_and_the_price_of_a_live_tail_beneath_them() {
    let account = Account::new().await;
    for n in 0..30 {
        account.write(n - 90, &format!("line {n}"));
    }
    let mut app = account.app().await;
    app.resize(40, 10).keys("l").idle().await;
    app.keys("C");
    assert_screen!(app);
    assert!(app.screen().contains("line 29") && app.screen().contains("line 28"), "{}", app.screen());
    app.later(Duration::from_secs(10)).keys("L");
    assert!(app.screen().contains("$0.01 a minute · L starts it"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("L starts it"), "it stays in the log: {}", app.screen());
    app.keys("lL").later(Duration::from_secs(21)).idle().await;
    assert!(!app.screen().contains("L starts it"), "the offer is over: {}", app.screen());
}
