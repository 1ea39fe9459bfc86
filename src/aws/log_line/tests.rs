//! Events as the runtimes and people's loggers write them.

use std::time::Duration;

use proptest::prelude::*;

use super::super::Text;
use super::*;

const ID: &str = "8f0c1e7a-0000-4000-8000-000000000001";

fn told(message: &str) -> (LineKind, Option<Level>, Option<&str>, String) {
    let reading = read(message);
    (reading.kind, reading.level, reading.request, reading.words().into_owned())
}

#[test]
fn lambdas_own_lines_say_whose_they_are() {
    let start = format!("START RequestId: {ID} Version: $LATEST\n");
    assert_eq!(told(&start), (LineKind::Start, None, Some(ID), "Version: $LATEST".to_owned()));
    let end = format!("END RequestId: {ID}\n");
    assert_eq!(told(&end), (LineKind::End, None, Some(ID), String::new()));
    for (line, kind) in [
        ("INIT_START Runtime Version: python:3.13.v1", LineKind::Init),
        ("RESTORE_START Runtime Version: java:21.v2", LineKind::Init),
        ("XRAY TraceId: 1-5bef SegmentId: 6f", LineKind::Platform),
        ("EXTENSION\tName: tracer\tState: Ready\tEvents: [INVOKE]", LineKind::Platform),
        ("EXTENSION of the order", LineKind::Text),
        ("STARTED", LineKind::Text),
    ] {
        assert_eq!(read(line).kind, kind, "{line}");
    }
}

#[test]
fn a_report_is_read_with_its_tabs_expanded_and_on_two_lines() {
    let line = format!(
        "REPORT RequestId: {ID}\tDuration: 3000.00 ms\tBilled Duration: 3412 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB\t\
         Init Duration: 411.20 ms\tStatus: timeout\t\nXRAY TraceId: 1-5bef\tSegmentId: 6f\tSampled: true\t\n"
    );
    for message in [line.as_str(), Text::block(&line).as_str()] {
        let reading = read(message);
        assert_eq!((reading.kind, reading.level, reading.request), (LineKind::Report, Some(Level::Error), Some(ID)));
        let report = reading.report().unwrap();
        assert_eq!((report.memory, report.peak), (Some(128), Some(65)));
        assert_eq!(report.init, Some(Duration::from_micros(411_200)));
        assert_eq!((report.status.as_deref(), report.trace_id.as_deref()), (Some("timeout"), Some("1-5bef")));
    }
    assert_eq!(read("REPORT RequestId: a\tDuration: 1 ms").level, None);
}

#[test]
fn records_of_the_platform_are_the_same_lines() {
    let start = format!(r#"{{"time":"t","type":"platform.start","record":{{"requestId":"{ID}","version":"7"}}}}"#);
    assert_eq!((read(&start).kind, read(&start).request), (LineKind::Start, Some(ID)));
    let report = format!(
        r#"{{"type":"platform.report","record":{{"requestId":"{ID}","status":"timeout","metrics":{{"durationMs":2.5}}}}}}"#
    );
    let reading = read(&report);
    assert_eq!((reading.kind, reading.level, reading.request), (LineKind::Report, Some(Level::Error), Some(ID)));
    assert_eq!(reading.report().unwrap().duration, Some(Duration::from_micros(2_500)));
    for (kind, line) in [
        (LineKind::End, r#"{"type":"platform.runtimeDone","record":{}}"#),
        (LineKind::Init, r#"{"type":"platform.initStart","record":{}}"#),
        (LineKind::Init, r#"{"type":"platform.restoreReport"}"#),
        (LineKind::Platform, r#"{"type":"platform.logsDropped","record":{}}"#),
        (LineKind::Json, r#"{"type":"order.report","record":{}}"#),
    ] {
        assert_eq!(read(line).kind, kind, "{line}");
    }
}

#[test]
fn records_of_loggers_are_read_by_the_names_they_use() {
    let line = format!(
        r#"{{"timestamp":"2026-11-21T12:04:31.120Z","level":"WARN","message":"low \"stock\"\n\u001b[2J","requestId":"{ID}","order":{{"id":7}}}}"#
    );
    let reading = read(&line);
    assert_eq!((reading.kind, reading.level, reading.request), (LineKind::Json, Some(Level::Warn), Some(ID)));
    assert_eq!(reading.words(), "low \"stock\"\n^[[2J  {\"order\":{\"id\":7}}");
    assert_eq!((reading.told_time(), reading.member("order.id")), (Some("2026-11-21T12:04:31.120Z"), Some("7")));
    assert_eq!((reading.member("order.no"), reading.member("order.id.x")), (None, None));
    // The name that says it best wins, wherever it stands.
    assert_eq!(read(r#"{"severity":"ERROR","log.level":"info"}"#).level, Some(Level::Info));
    assert_eq!(read(r#"{"log.level":"info"}"#).member("log.level"), Some("\"info\""));
    let python =
        r#"{"timestamp":"t","log_level":"ERROR","errorMessage":"division by zero","errorType":"ZeroDivisionError"}"#;
    assert_eq!(told(python).3, r#"division by zero  {"errorType":"ZeroDivisionError"}"#);
    assert_eq!(told(r#"{"order":7}"#), (LineKind::Json, None, None, r#"{"order":7}"#.to_owned()));
}

#[test]
fn loggers_of_all_languages_are_understood() {
    for (line, level) in [
        ("[ERROR] OrderRejected: no stock", Some(Level::Error)),
        ("2026-11-21T12:00:00.000Z\t8f0c\tWARN\tquantity below zero", Some(Level::Warn)),
        ("12:04:31 INFO  com.shop.Handler - received", Some(Level::Info)),
        ("DEBUG:root:x", Some(Level::Debug)),
        ("2026-11-21T12:00:00Z id Task timed out after 3.00 seconds", Some(Level::Error)),
        ("time=\"2026-11-21\" level=warning msg=low", Some(Level::Warn)),
        (r#"{"level":"warn","message":"m"}"#, Some(Level::Warn)),
        (r#"{"level":50,"msg":"m"}"#, Some(Level::Error)),
        (r#"{"message":"an ERROR in words"}"#, None),
        ("no error here, for your information", None),
        ("ERRORS are not errors", None),
        ("{not json: ERROR}", Some(Level::Error)),
        ("", None),
    ] {
        assert_eq!(read(line).level, level, "{line}");
    }
}

proptest! {
    #[test]
    fn no_message_panics(message in "(START RequestId: |REPORT RequestId: |\\{\"(level|msg|time|type|record)\":[^}]{0,20}\\}|\\PC){0,9}") {
        let reading = read(&message);
        let _ = (reading.report(), reading.told_time(), reading.member("a.b"));
        let escapes = reading.words().contains('\u{1b}');
        prop_assert!(!escapes || message.contains('\u{1b}'), "an escape came out of its quotes");
    }

    #[test]
    fn what_a_person_wrote_is_never_lost(words in "[a-z]{3,8}( [a-z]{3,8}){0,4}") {
        let line = format!("2026-11-21T12:04:31.120Z {ID} INFO {words}");
        prop_assert_eq!(read(&line).body, words);
    }
}
