//! Tails as AWS sends them, and as it might.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn tail(log: &str) -> LogTail {
    LogTail::decode(&BASE64_STANDARD.encode(log))
}

#[test]
fn a_short_log_is_whole_and_its_report_is_read() {
    let tail = tail(
        "START RequestId: 8f5 Version: $LATEST\nhello\tworld\nEND RequestId: 8f5\nREPORT RequestId: 8f5\tDuration: 12.34 ms\t\
         Billed Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB\tInit Duration: 155.11 ms\t\n\
         XRAY TraceId: 1-5bef\tSegmentId: 6f\tSampled: true\n",
    );
    let kinds: Vec<LineKind> = tail.lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [LineKind::Start, LineKind::Text, LineKind::End, LineKind::Report, LineKind::Platform]);
    assert!(!tail.cut && !tail.raw && tail.lines.iter().all(|line| !line.partial));
    let report = tail.report.unwrap();
    assert_eq!(report.duration, Some(Duration::from_micros(12_340)));
    assert_eq!((report.billed, report.memory, report.peak), (Some(Duration::from_millis(13)), Some(128), Some(65)));
    assert_eq!(report.init, Some(Duration::from_micros(155_110)));
    assert_eq!((report.restore, report.status), (None, None));
    assert_eq!(report.trace_id.as_deref(), Some("1-5bef"));
}

#[test]
fn a_failed_restored_run_says_so() {
    let report = tail(
        "REPORT RequestId: a\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tRestore Duration: 800.1 ms\t\
         Billed Restore Duration: 9 ms\tStatus: timeout\tError Type: Runtime.ExitError\tNew Thing: 7 units",
    )
    .report
    .unwrap();
    assert_eq!(report.status.as_deref(), Some("timeout"));
    assert_eq!(report.error_type.as_deref(), Some("Runtime.ExitError"));
    assert_eq!(report.restore, Some(Duration::from_micros(800_100)));
    assert_eq!((report.init, report.memory), (None, None));
}

#[test]
fn json_records_give_the_same_figures() {
    let tail = tail(concat!(
        r#"{"time":"2026-01-01T00:00:00Z","type":"platform.start","record":{"requestId":"b"}}"#,
        "\n",
        r#"{"level":"INFO","message":"paid"}"#,
        "\n",
        r#"{"type":"platform.report","record":{"requestId":"b","status":"success","metrics":{"durationMs":2.5,"billedDurationMs":3,"memorySizeMB":256,"maxMemoryUsedMB":70,"initDurationMs":100.0}}}"#,
    ));
    let kinds: Vec<LineKind> = tail.lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [LineKind::Start, LineKind::Json, LineKind::Report]);
    let report = tail.report.unwrap();
    assert_eq!((report.duration, report.peak), (Some(Duration::from_micros(2_500)), Some(70)));
    assert_eq!((report.init, report.status), (Some(Duration::from_millis(100)), None));
}

#[test]
fn a_log_cut_inside_a_character_loses_only_its_remains() {
    let mut bytes = vec![0xa4, 0xb8];
    bytes.extend("né\n".as_bytes());
    bytes.extend("x".repeat(WHOLE).as_bytes());
    let tail = LogTail::decode(&BASE64_STANDARD.encode(bytes));
    assert!(tail.cut);
    assert_eq!((tail.lines[0].text.as_str(), tail.lines[0].partial, tail.lines[1].partial), ("né", true, false));
}

#[test]
fn a_full_log_that_begins_with_its_start_line_has_no_partial_line() {
    let tail = tail(&format!("START RequestId: c Version: 1\n{}", "y".repeat(WHOLE)));
    assert!(tail.cut && !tail.lines[0].partial);
}

#[test]
fn a_pointer_to_the_log_is_understood() {
    let tail = tail(r#"{"logGroup":"/aws/lambda/f","logStreamName":"2026/01/01/[1]ab"}"#);
    assert_eq!(tail.place.unwrap().stream, "2026/01/01/[1]ab");
    assert!(tail.lines.is_empty());
}

#[test]
fn what_is_not_base64_is_shown_as_it_came() {
    let tail = LogTail::decode("not base64 at all!");
    assert!(tail.raw);
    assert_eq!(tail.lines[0].text, "not base64 at all!");
    assert_eq!(LogTail::decode(""), LogTail::default());
}

#[test]
fn numbers_that_are_none_are_left_out() {
    let report = tail(
        "REPORT RequestId: d\tDuration: -1 ms\tBilled Duration: NaN ms\tMemory Size: x MB\tInit Duration: 1e300 ms",
    )
    .report;
    assert_eq!(report, Some(Report { request_id: Some("d".into()), ..Report::default() }));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_or_reach_the_terminal(bytes in proptest::collection::vec(any::<u8>(), 0..6000)) {
        let tail = LogTail::decode(&BASE64_STANDARD.encode(&bytes));
        prop_assert!(tail.lines.iter().all(|line| !line.text.chars().any(char::is_control)));
    }

    #[test]
    fn no_header_makes_it_panic(header in any::<String>(), report in "REPORT RequestId: [ -~\t]{0,200}") {
        let _ = LogTail::decode(&header);
        let _ = tail(&report);
    }
}
