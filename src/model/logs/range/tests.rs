//! Ranges as people type them. Now is a Saturday, 12:04 in UTC.

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;

const NOW: &str = "2026-11-21T12:04:31Z";

fn utc() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn range(text: &str) -> String {
    shown(parse(text, &utc()))
}

fn shown(range: Result<Range, String>) -> String {
    let time = |at: DateTime<Utc>| at.format("%d %H:%M:%S").to_string();
    range.map_or_else(|why| why, |range| format!("{} - {}", time(range.from), range.to.map(time).unwrap_or_default()))
}

#[test]
fn a_duration_reaches_back_from_now() {
    assert_eq!(range("2h"), "21 10:04:31 - ");
    assert_eq!(range("last 30m"), "21 11:34:31 - ");
    assert_eq!(range("1h30m"), "21 10:34:31 - ");
    assert_eq!(range("1w"), "14 12:04:31 - ");
    assert_eq!(range("3h..2h"), "21 09:04:31 - 21 10:04:31");
    assert_eq!(range("90s ago"), "21 12:03:01 - ");
}

#[test]
fn a_moment_is_open_and_a_day_is_whole() {
    assert_eq!(range("11:00"), "21 11:00:00 - ");
    assert_eq!(range("14:00"), "20 14:00:00 - ", "not yet today: yesterday");
    assert_eq!(range("yesterday"), "20 00:00:00 - 21 00:00:00");
    assert_eq!(range("today"), "21 00:00:00 - ");
    assert_eq!(range("2026-11-19"), "19 00:00:00 - 20 00:00:00");
    assert_eq!(range("2026-11-19 08:30"), "19 08:30:00 - ");
    assert_eq!(range("thursday"), "19 00:00:00 - 20 00:00:00");
    assert_eq!(range("1795262400"), "21 12:00:00 - ");
    assert_eq!(range("1795262400000"), "21 12:00:00 - ");
}

#[test]
fn an_end_takes_its_day_from_the_beginning() {
    assert_eq!(range("yesterday 14:00..15:00"), "20 14:00:00 - 20 15:00:00");
    assert_eq!(range("yesterday 23:00..01:00"), "20 23:00:00 - 21 01:00:00");
    assert_eq!(range("10:00 .. 11:30:15"), "21 10:00:00 - 21 11:30:15");
    assert_eq!(range("2026-11-18T14:00Z..+15m"), "18 14:00:00 - 18 14:15:00");
    assert_eq!(range("2026-11-18..2026-11-19"), "18 00:00:00 - 20 00:00:00");
    assert_eq!(range("yesterday.."), "20 00:00:00 - ");
    assert_eq!(range("11:00..now"), "21 11:00:00 - ");
    assert_eq!(range("2h..11:00"), "21 10:04:31 - 21 11:00:00");
    assert_eq!(range("..11:00"), "01 00:00:00 - 21 11:00:00");
}

#[test]
fn times_are_of_the_zone_that_is_told_unless_they_say_theirs() {
    let there = utc().with_timezone(&FixedOffset::east_opt(3600).unwrap());
    let range = |text| shown(parse(text, &there));
    assert_eq!(range("11:00..11:30"), "21 10:00:00 - 21 10:30:00");
    assert_eq!(range("11:00Z..11:30"), "21 11:00:00 - 21 11:30:00");
    assert_eq!(range("2026-11-20T11:00:00.5+02:00..+1s"), "20 09:00:00 - 20 09:00:01");
    assert_eq!(range("11:00 UTC"), "21 11:00:00 - ");
    assert_eq!(range("yesterday"), "19 23:00:00 - 20 23:00:00");
    assert_eq!(range("2026-11-20 11:00-05:00"), "20 16:00:00 - ");
}

#[test]
fn what_is_no_range_is_named() {
    assert_eq!(range("soon"), format!("\"soon\" is no time: {EXAMPLES}"));
    assert_eq!(range("10:00..later"), format!("\"later\" is no time: {EXAMPLES}"));
    assert_eq!(range("  "), format!("a range is wanted: {EXAMPLES}"));
    assert_eq!(range("2026-11-20..2026-11-18"), "it ends before it begins");
    assert_eq!(range("2026-12-24"), "it begins in the future");
    assert_eq!(range("11:00..+99999999999999w"), format!("\"+99999999999999w\" is no time: {EXAMPLES}"));
    for text in ["25:00", "2026-02-30", "2026-13-01", "9999999999999w", "T", "..x", "5", "Z", "+"] {
        assert!(parse(text, &utc()).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "([0-9]{1,20}|:|-|\\.\\.|\\+|T|Z|h|w| |yesterday|UTC|\\PC){0,8}") {
        let _ = parse(&text, &utc());
    }

    #[test]
    fn no_moment_at_the_ends_of_time_panics(text in "[0-9]{1,13}[smhdw](\\.\\.\\+[0-9]{1,13}[smhdw])?|[+-]?[0-9]{1,7}-[0-9]{2}-[0-9]{2}(\\.\\.)?", far in any::<bool>()) {
        let now = if far { DateTime::<Utc>::MAX_UTC } else { DateTime::<Utc>::MIN_UTC };
        let _ = parse(&text, &now);
    }
}
