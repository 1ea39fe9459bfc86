//! Reading events: what is packed into them, their streams and colours, and what lies over them.

use std::time::Duration;

use crate::assert_screen;
use crate::support::handed_out;
use crate::support::logged::{GROUP, Logged as Account, messages};
use lambdash::demo::FunctionSeed;

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

/// A log of JSON and plain lines.
async fn orders() -> Account {
    let account = Account::new().await;
    account.write(-9, r#"{"level":"INFO","message":"received","order":{"id":"A-1001","total":12.5},"user":{"id":7}}"#);
    account.write(-8, "a plain line order.id=A-9");
    account.write(-7, r#"{"level":"ERROR","message":"no stock","order":{"id":"日本語日本語日本語日本語日本語\n"}}"#);
    account
}

#[tokio::test]
async fn chosen_members_are_columns_before_the_message_as_far_as_there_is_room() {
    let account = orders().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("Jorder.id, $.user.id<enter>");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("w");
    assert_screen!(app);
    app.keys("v");
    assert!(!app.screen().contains("MESSAGE"), "the list of invocations has headings of its own: {}", app.screen());
    app.keys("<esc>y");
    let copied = handed_out(&app).last().unwrap().clone();
    assert!(copied.starts_with(r#"{"level":"ERROR""#), "the event as it was written: {copied}");
    app.keys("J<ctrl-u><enter>");
    assert!(!app.screen().contains("order.id  "), "an empty line takes them away: {}", app.screen());
}

#[tokio::test]
async fn what_has_a_column_is_not_told_twice() {
    let account = Account::new().await;
    account.write(-1, r#"{"level":"INFO","message":"sold","order":{"id":7,"total":3},"user":{"id":9}}"#);
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert!(app.screen().contains(r#"sold  {"order":{"id":7,"total":3},"user":{"id":9}}"#), "{}", app.screen());
    app.keys("Jorder.id user.id<enter>");
    assert!(app.screen().contains(r#"sold  {"order":{"total":3}}"#), "{}", app.screen());
    // Where a column has no room its member is told as before.
    app.resize(40, 10).idle().await;
    app.keys("w");
    assert!(app.screen().replace(['\n', ' '], "").contains(r#"{"order":{"id":7"#), "{}", app.screen());
}

#[tokio::test]
async fn paths_are_completed_by_those_of_the_events_on_the_screen() {
    let account = orders().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("J");
    assert_screen!(app, [(120, 30), (40, 10)]);
    app.resize(120, 30).keys("user.id, or<tab>");
    assert!(app.screen().contains("columns user.id, order.▌"), "{}", app.screen());
    app.keys("to<tab>");
    assert!(app.screen().contains("columns user.id, order.total▌"), "{}", app.screen());
    app.keys(" a b c d e");
    assert!(app.screen().contains("! 6 columns at most"), "{}", app.screen());
    app.keys("<enter><esc>");
    assert!(!app.screen().contains("user.id"), "a line with a complaint is not taken: {}", app.screen());
}

#[tokio::test]
async fn columns_stay_with_their_log_and_what_cannot_be_seen_of_them_is_said() {
    let account = orders().await;
    account.demo.put_function(FunctionSeed::named("search-index"));
    account.write_to("/aws/lambda/search-index", "mine", -9, r#"{"message":"another log"}"#);
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("Jorder.di<enter>");
    assert!(app.screen().contains("no event on the screen has order.di"), "{}", app.screen());
    app.keys("J<ctrl-u>order.total<enter><esc>jl").idle().await;
    assert!(app.screen().contains("another log") && !app.screen().contains("order.total"), "{}", app.screen());
    app.keys("<esc>kl").idle().await;
    assert!(app.screen().contains("order.total") && app.screen().contains("12.5  "), "{}", app.screen());
    app.resize(40, 10).keys("J<enter>");
    assert!(app.screen().contains("no room for columns"), "{}", app.screen());
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
