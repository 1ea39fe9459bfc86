//! Looking for words in a log without hiding the rest, and what stands around what a filter keeps.

use std::time::Duration;

use crate::assert_screen;
use crate::support::logged::{Logged as Account, messages};

/// Forty lines, every tenth of which says that something failed.
async fn told() -> Account {
    let account = Account::new().await;
    for n in 0..40 {
        account.write(n - 100, &if n % 10 == 3 { format!("order {n} failed") } else { format!("order {n} done") });
    }
    account
}

#[tokio::test]
async fn what_is_found_is_marked_among_the_rest_and_keys_go_round() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("Ffailed");
    assert!(app.screen().contains("find failed  4 found"), "while it is typed: {}", app.screen());
    app.keys("<enter>").idle().await;
    assert!(app.cursor_line().contains("order 33 failed"), "the nearest: {}", app.screen());
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("N").idle().await;
    assert!(app.cursor_line().contains("order 23 failed") && app.screen().contains("3 of 4"), "{}", app.screen());
    app.keys("nn").idle().await;
    assert!(app.cursor_line().contains("order 3 failed"), "{}", app.screen());
    assert!(app.screen().contains("1 of 4 · from the beginning again"), "{}", app.screen());
    app.keys("N").idle().await;
    assert!(app.screen().contains("4 of 4 · from the end again"), "{}", app.screen());
    account.write(1, "one more failed");
    account.later(&mut app, 3).await;
    assert!(app.screen().contains("4 of 5"), "what comes is found too: {}", app.screen());
    app.keys("F<ctrl-u>nowhere<enter>").idle().await;
    assert!(app.screen().contains("not found"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("find nowhere") && app.screen().contains("› Log"), "{}", app.screen());
}

#[tokio::test]
async fn a_filter_becomes_a_search_and_a_search_a_filter() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/failed");
    assert_eq!(messages(&app).len(), 4, "{}", app.screen());
    app.keys("<tab>");
    assert!(messages(&app).len() > 4 && app.screen().contains("find failed"), "{}", app.screen());
    app.keys("<tab><enter>");
    assert_eq!(messages(&app).len(), 4, "{}", app.screen());
    // What is looked for is looked for in what the filter keeps.
    app.keys("F/3[0-9]/<enter>").idle().await;
    assert!(app.cursor_line().contains("order 33 failed") && app.screen().contains("1 of 1"), "{}", app.screen());
    app.keys("<esc>");
    assert_eq!(messages(&app).len(), 4, "esc ends the search first: {}", app.screen());
    app.keys("Fx<esc>");
    assert!(!app.screen().contains("find x"), "{}", app.screen());
}

#[tokio::test]
async fn lines_around_what_a_filter_keeps_stand_in_groups() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("C");
    assert!(app.screen().contains("there is no filter yet"), "{}", app.screen());
    app.later(Duration::from_secs(10)).keys("/failed<enter>C");
    assert!(app.screen().contains("/failed · 2 around  4 of 40"), "{}", app.screen());
    let shown = messages(&app);
    assert_eq!(
        shown[..6],
        ["order 1 done", "order 2 done", "order 3 failed", "order 4 done", "order 5 done", "order 11 done"]
    );
    assert_eq!(shown.len(), 20, "{}", app.screen());
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("gn");
    assert!(app.cursor_line().contains("order 3 failed"), "{}", app.screen());
    app.keys("nN");
    assert!(app.cursor_line().contains("order 3 failed"), "{}", app.screen());
    account.write(1, "order 41 failed").write(2, "order 42 done");
    account.later(&mut app, 3).await;
    app.keys("f").idle().await;
    assert_eq!(
        messages(&app)[messages(&app).len() - 4..],
        ["order 38 done", "order 39 done", "order 41 failed", "order 42 done"]
    );
    app.keys("CC");
    assert!(app.screen().contains("all around  5 of 42"), "{}", app.screen());
    app.keys("C");
    assert_eq!(messages(&app).len(), 5, "{}", app.screen());
}
