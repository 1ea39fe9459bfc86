//! Filters as people type them.

use proptest::prelude::*;

use super::*;

const RECORD: &str =
    r#"{"level":"WARN","message":"low stock","order":{"id":7,"path":"/orders/7"},"ms":250.0,"ok":true}"#;

fn keeps(filter: &str, message: &str) -> bool {
    let event = Candidate { message, stream: "2026/11/21/[7]8f0c", request: None };
    LogFilter::parse(filter).unwrap().keeps(event)
}

#[test]
fn words_phrases_and_patterns_occur() {
    let line = "[ERROR] Order 42 rejected: no stock in /api/orders";
    for filter in [
        "order",
        "order reject",
        "Order !order.42",
        "\"no stock\"",
        "!\"in stock\"",
        r"/order \d+/",
        "/api/orders",
        r"/^\[ERROR\S/ stock",
        "",
        "  ",
        "!",
        "\"",
        "/",
        "\"no st",
        r"/Order \d+ rej",
        "!/timeout/",
    ] {
        assert!(keeps(filter, line), "{filter}");
    }
    for filter in ["ORDER", "!order", "orders.", "\"stock no\"", r"/order \s+/", "!/42/", "stock empty"] {
        assert!(!keeps(filter, line), "{filter}");
    }
}

#[test]
fn a_level_is_that_bad_or_worse() {
    assert!(keeps("level:warn", RECORD) && keeps("level:w", RECORD) && keeps("level:info", RECORD));
    assert!(keeps("level:warning !level:error", RECORD) && keeps("level:", RECORD));
    assert!(!keeps("level:error", RECORD) && !keeps("level:debug", "says nothing"));
    assert_eq!(
        LogFilter::parse("x level:loud").unwrap_err().to_string(),
        "level:loud: levels are debug, info, warn, error"
    );
}

#[test]
fn members_of_records_are_looked_into() {
    for filter in [
        "order.id=7",
        "order.id=7.0",
        "order.id!=8",
        "ms>=250",
        "ms>249.5",
        "ms<251",
        "ok=true",
        "order.path=/orders/*",
        "order.path=*/7",
        "order.path=/*d*s/*",
        "message=\"LOW stock\"",
        "order.id=",
        "order.no!=1",
        "!order.no=",
    ] {
        assert!(keeps(filter, RECORD), "{filter}");
    }
    for filter in
        ["order.id=8", "order.id!=7", "ms>250", "ms<abc", "order.path=orders", "order.no=", "ok=false", "order.id<1"]
    {
        assert!(!keeps(filter, RECORD), "{filter}");
    }
}

#[test]
fn plain_lines_may_say_name_and_value() {
    let line = "level=info user=42 msg=\"no stock\" url=/a?b=1&c=2";
    assert!(keeps("user=42", line) && keeps("msg=\"no stock\"", line) && keeps("b=1", line) && keeps("user=", line));
    assert!(!keeps("user=4", line) && !keeps("ser=42", line) && !keeps("user>41", line));
    assert!(keeps("user!=42", "nothing of the kind"));
    assert!(keeps("a->b", "from a->b") && keeps("x==y", "if x==y") && keeps("=7", "is =7"));
}

#[test]
fn a_request_and_a_stream_are_asked_for_by_name() {
    assert!(keeps("request:8F0C", "START RequestId: 8f0c1e7a Version: 7"));
    assert!(!keeps("request:8f1", "START RequestId: 8f0c1e7a Version: 7"));
    assert!(keeps("stream:[7] !stream:[8]", "x"));
    let event = Candidate { message: "printed", stream: "", request: Some("8f0c1e7a") };
    assert!(LogFilter::parse("request:8f0c").unwrap().keeps(event), "known from around it");
}

#[test]
fn a_pattern_that_is_none_says_why() {
    assert_eq!(
        LogFilter::parse("a /b(c/").unwrap_err(),
        NoFilter { term: "/b(c/".into(), why: "unclosed group".into() }
    );
    assert_eq!(LogFilter::parse(r"/(\w{900}){900}/").unwrap_err().why, "the pattern is too big");
}

#[test]
fn what_is_found_is_marked() {
    assert_eq!(LogFilter::parse("stock !x /no?/").unwrap().hits("No stock"), [0..2, 3..8]);
    assert!(LogFilter::parse("/x*/").unwrap().hits("abc").is_empty());
}

#[test]
fn a_word_being_typed_narrows() {
    let narrows = |new: &str, old: &str| LogFilter::parse(new).unwrap().narrows(&LogFilter::parse(old).unwrap());
    assert!(narrows("orders", "order") && narrows("order x", "order") && narrows("Order", "ord") && narrows("x", ""));
    assert!(narrows("level:error", "level:warn") && narrows("!level:warn", "!level:error"));
    assert!(!narrows("order", "orders") && !narrows("!orders", "!order") && !narrows("/ab/", "/a/"));
    assert!(!narrows("order", "Order") && !narrows("", "x"));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(!|/|\"|level:|request:|a\\.b|=|<|>|\\\\|\\*| |\\PC){0,10}", message in "(\\{\"a\":\\{\"b\":[0-9\"x]{0,4}\\}\\}|\\PC{0,20})") {
        if let Ok(filter) = LogFilter::parse(&text) {
            let _ = (filter.keeps(Candidate { message: &message, stream: "s", request: None }), filter.hits(&message));
        }
    }

    #[test]
    fn what_narrows_keeps_nothing_more(old in "[!aB/]{0,3}( [ab]{1,2})?", more in "[abB ]{0,3}", message in "[abAB ]{0,8}") {
        let event = Candidate { message: &message, stream: "", request: None };
        if let (Ok(before), Ok(after)) = (LogFilter::parse(&old), LogFilter::parse(&format!("{old}{more}"))) {
            prop_assert!(!after.narrows(&before) || !after.keeps(event) || before.keeps(event));
        }
    }
}
