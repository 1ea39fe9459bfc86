//! What is written to a busy log and arrives late.

use chrono::{DateTime, TimeDelta, Utc};
use lambdash::demo::Fault;

use crate::assert_screen;
use crate::support::START;
use crate::support::logged::{GROUP, Logged as Account, STREAM, messages};

/// Writes so many lines, evenly over the last seconds before a moment, in seconds after the start.
fn flood(account: &Account, lines: i64, until: i64, seconds: i64) {
    let start: DateTime<Utc> = START.parse().unwrap();
    let from = (start + TimeDelta::seconds(until - seconds)).timestamp_millis();
    for n in 0..lines {
        let at = from + n * seconds * 1000 / lines;
        account.demo.put_log_event_at(GROUP, STREAM, at, &format!("busy {n}"));
    }
}

#[tokio::test]
async fn what_is_late_in_a_busy_log_is_found_where_it_belongs() {
    let account = Account::new().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    for round in 1..=4 {
        account.later(&mut app, 2).await;
        flood(&account, 4_000, round * 2, 2);
    }
    account.later(&mut app, 6).await;
    for n in 0..5 {
        account.write(0, &format!("late {n}"));
    }
    // It is looked for every 30 s, a page a second.
    for seconds in [30, 1, 1, 1] {
        account.later(&mut app, seconds).await;
    }
    app.keys("/late<enter>").idle().await;
    assert_eq!(messages(&app), ["late 0", "late 1", "late 2", "late 3", "late 4"], "{}", app.screen());
    assert!(!app.screen().contains("may be missing"), "{}", app.screen());
}

/// Of eight logs each may read fewer pages again. Seven are refused, so that the test waits only for the one.
#[tokio::test]
async fn a_log_too_busy_to_be_read_again_says_where_late_events_may_be_missing() {
    let account = Account::new().await;
    flood(&account, 140, -40, 240);
    account.write(0, "the newest");
    let others: Vec<String> = (1..=7).map(|n| format!("/shop/{n}")).collect();
    for group in &others {
        let fault = Fault::Denied { action: "logs:FilterLogEvents".to_owned() };
        account.demo.fail(&format!("FilterLogEvents {group}"), fault);
    }
    let mut app = account.app().await;
    app.keys(&format!(":logs orders-api {}<enter>", others.join(" "))).idle().await;
    account.demo.page_size(4);
    for seconds in [30, 8, 8] {
        account.later(&mut app, seconds).await;
    }
    app.keys("/nothing<enter>").idle().await;
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
}
