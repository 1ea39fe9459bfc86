//! The lines that Lambda writes about an invocation, folded into one that stands for it.

use crate::assert_screen;
use crate::support::logged::{GROUP, Logged as Account, messages};

const ID: &str = "8f0c1e7a-0000-4000-8000-000000000001";
const OTHER: &str = "02b7d9c4-0000-4000-8000-000000000002";

/// A cold start, an invocation that failed, and one that is running; the other format in a stream of its own.
async fn told() -> Account {
    let account = Account::new().await;
    let stream = "2026/11/21/[$LATEST]0a1b";
    let text = [
        "INIT_START Runtime Version: python:3.13.v1".to_owned(),
        format!("START RequestId: {ID} Version: $LATEST"),
        "order A-1 received".to_owned(),
        "[ERROR] ValueError: no stock\nTraceback (most recent call last):\n  File \"app.py\", line 7".to_owned(),
        format!("END RequestId: {ID}"),
        format!(
            "REPORT RequestId: {ID}\tDuration: 214.25 ms\tBilled Duration: 627 ms\tMemory Size: 512 MB\tMax Memory Used: 161 MB\tInit Duration: 412.50 ms\t"
        ),
        format!("START RequestId: {OTHER} Version: $LATEST"),
        "order A-2 received".to_owned(),
    ];
    for (line, at) in text.iter().zip(-90..) {
        account.write_to(GROUP, stream, at, line);
    }
    account
}

const RECORDS: [&str; 5] = [
    r#"{"time":"t","type":"platform.initStart","record":{"phase":"init","runtimeVersion":"python:3.13.v1"}}"#,
    r#"{"time":"t","type":"platform.start","record":{"requestId":"8f0c1e7a-0000-4000-8000-000000000001","version":"7"}}"#,
    r#"{"timestamp":"t","level":"INFO","message":"order A-1 received","requestId":"8f0c1e7a-0000-4000-8000-000000000001"}"#,
    r#"{"time":"t","type":"platform.runtimeDone","record":{"requestId":"8f0c1e7a-0000-4000-8000-000000000001","status":"timeout"}}"#,
    r#"{"time":"t","type":"platform.report","record":{"requestId":"8f0c1e7a-0000-4000-8000-000000000001","metrics":{"durationMs":3000,"memorySizeMB":128,"maxMemoryUsedMB":87},"status":"timeout"}}"#,
];

#[tokio::test]
async fn one_line_stands_for_an_invocation_and_a_key_shows_them_all() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("u");
    assert!(app.screen().contains(" 8   UTC"), "all are counted, none is folded: {}", app.screen());
    for line in ["INIT    INIT_START Runtime", "START   version $LATEST", "  END"] {
        assert!(app.screen().contains(line), "{line}: {}", app.screen());
    }
    app.keys("u");
    assert!(app.screen().contains(" 5 of 8 · 3 folded"), "{}", app.screen());
}

#[tokio::test]
async fn the_header_opens_with_all_that_lambda_wrote_about_its_invocation() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("kk<enter>");
    let screen = app.screen();
    let at = |words: &str| screen.find(words).unwrap_or_else(|| panic!("no {words} in {screen}"));
    assert!(at("INIT_START") < at(&format!("START RequestId: {ID}")), "{screen}");
    assert!(at(&format!("END RequestId: {ID}")) < at("Billed Duration: 627 ms"), "{screen}");
    assert!(!screen.contains("order A-1") && !screen.contains(OTHER), "nothing else: {screen}");
}

#[tokio::test]
async fn records_of_lambda_are_folded_as_lines_are() {
    let account = Account::new().await;
    for (line, at) in RECORDS.iter().take(3).zip(-90..) {
        account.write(at, line);
    }
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_eq!((messages(&app).len(), &*messages(&app)[0]), (2, "running · version 7"), "{}", app.screen());
    for (line, at) in RECORDS.iter().skip(3).zip(1..) {
        account.write(at, line);
    }
    account.later(&mut app, 3).await;
    assert_eq!(
        (messages(&app).len(), &*messages(&app)[1]),
        (2, "timed out · 3,000 ms · 87/128 MB"),
        "{}",
        app.screen()
    );
    app.keys("<enter>");
    assert!(app.screen().contains("platform.initStart") && app.screen().contains("\"version\": \"7\""));
    app.keys("<esc>u");
    assert!(app.screen().contains("START   version 7"), "{}", app.screen());
}

#[tokio::test]
async fn trouble_of_lambda_is_never_folded() {
    let account = told().await;
    account
        .write(-80, "INIT_REPORT Init Duration: 3000.00 ms\tPhase: init\tStatus: timeout\tError Type: Sandbox.Timeout");
    account.write(-79, r#"{"time":"t","type":"platform.logsDropped","record":{"droppedRecords":12,"reason":"slow"}}"#);
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert!(app.screen().contains("Phase: init") && app.screen().contains("droppedRecords"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_folded_is_saved_and_found_when_it_is_all_that_fits() {
    let account = told().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evidence.log");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
    let saved = std::fs::read_to_string(path).unwrap();
    assert!(saved.contains("INIT_START") && saved.contains(&format!("END RequestId: {ID}")), "{saved}");
    app.keys("/INIT_START<enter>");
    assert!(app.screen().contains("only lines of Lambda that are folded away fit"), "{}", app.screen());
    app.keys("u");
    assert!(app.screen().contains("1 of 8") && app.screen().contains("INIT    INIT_START"), "{}", app.screen());
}

#[tokio::test]
async fn what_waits_below_is_what_will_be_seen_there_and_only_what_is_new() {
    let account = told().await;
    let mut app = account.app().await;
    // From the beginning on: what was there all the time is not new.
    app.keys("l").idle().await;
    app.keys("1").idle().await;
    assert!(!app.screen().contains("new below"), "{}", app.screen());
    account.write(1, &format!("END RequestId: {OTHER}"));
    account
        .write(2, &format!("REPORT RequestId: {OTHER}\tDuration: 12 ms\tMemory Size: 512 MB\tMax Memory Used: 61 MB"));
    account.later(&mut app, 3).await;
    assert!(app.screen().contains("1 new below · f follows"), "{}", app.screen());
}

#[tokio::test]
async fn a_filter_by_request_finds_what_the_function_printed_without_its_number() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/request:02b7<enter>").idle().await;
    assert_eq!(messages(&app), ["running · version $LATEST", "order A-2 received"]);
    account.write_to(GROUP, "2026/11/21/[$LATEST]0a1b", 1, "order A-2 sold");
    account.write_to(GROUP, "2026/11/21/[$LATEST]ffff", 1, "of another environment");
    account.later(&mut app, 3).await;
    assert_eq!(messages(&app)[1..], ["order A-2 received", "order A-2 sold"], "{}", app.screen());
    app.keys("/<ctrl-u>!request:8F0C<enter>").idle().await;
    assert!(!app.screen().contains("order A-1") && app.screen().contains("of another env"), "{}", app.screen());
    app.keys("<esc>Frequest:8f<enter>").idle().await;
    assert!(app.screen().contains(" of 3"), "two printed lines, and the one that stands for all: {}", app.screen());
}
