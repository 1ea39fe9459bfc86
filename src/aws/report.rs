//! What a run cost, as Lambda reports it: a line of text or a JSON record. Pure.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::text::Text;

/// What a run cost. What is not in the report is `None`: no `init` means a warm start.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// The run's number.
    pub request_id: Option<Text>,
    /// How long the handler ran.
    pub duration: Option<Duration>,
    /// What of it is charged.
    pub billed: Option<Duration>,
    /// The function's memory, in MB.
    pub memory: Option<i64>,
    /// The most it used, in MB.
    pub peak: Option<i64>,
    /// How long the environment took to start.
    pub init: Option<Duration>,
    /// How long a snapshot took to be restored.
    pub restore: Option<Duration>,
    /// What of that is charged.
    pub billed_restore: Option<Duration>,
    /// How it ended, if not well: `timeout`, `error`.
    pub status: Option<Text>,
    /// What ended it: `Runtime.ExitError`.
    pub error_type: Option<Text>,
    /// The X-Ray trace.
    pub trace_id: Option<Text>,
}

/// Reads `REPORT RequestId: … Duration: 12.34 ms …`, fields apart by tabs.
pub(super) fn of_line(line: &str) -> Report {
    let mut report = Report::default();
    for field in line.trim_start_matches("REPORT ").split('\t') {
        let Some((name, value)) = field.split_once(": ") else { continue };
        let value = value.trim();
        match name.trim() {
            "RequestId" => report.request_id = Some(Text::line(value)),
            "Duration" => report.duration = milliseconds(value),
            "Billed Duration" => report.billed = milliseconds(value),
            "Memory Size" => report.memory = megabytes(value),
            "Max Memory Used" => report.peak = megabytes(value),
            "Init Duration" => report.init = milliseconds(value),
            "Restore Duration" => report.restore = milliseconds(value),
            "Billed Restore Duration" => report.billed_restore = milliseconds(value),
            "Status" => report.status = Some(Text::line(value)),
            "Error Type" => report.error_type = Some(Text::line(value)),
            "XRAY TraceId" => report.trace_id = Some(Text::line(value)),
            _ => {}
        }
    }
    report
}

/// Reads the record `platform.report` of functions that log in JSON.
pub(super) fn of_record(told: &Value) -> Report {
    let record = told.get("record");
    let word = |name: &str| record?.get(name)?.as_str().map(Text::line);
    let metrics = record.and_then(|record| record.get("metrics"));
    let time = |name: &str| metrics?.get(name)?.as_f64().and_then(of_milliseconds);
    Report {
        request_id: word("requestId"),
        duration: time("durationMs"),
        billed: time("billedDurationMs"),
        memory: metrics.and_then(|m| m.get("memorySizeMB")?.as_i64()),
        peak: metrics.and_then(|m| m.get("maxMemoryUsedMB")?.as_i64()),
        init: time("initDurationMs"),
        restore: time("restoreDurationMs"),
        billed_restore: time("billedRestoreDurationMs"),
        // The record always has one; "success" is no news, as in the line.
        status: word("status").filter(|status| *status != "success"),
        error_type: word("errorType"),
        trace_id: record.and_then(|r| r.get("tracing")?.get("value")?.as_str().map(Text::line)),
    }
}

fn milliseconds(value: &str) -> Option<Duration> {
    of_milliseconds(value.strip_suffix("ms")?.trim().parse().ok()?)
}

/// `None` for what is no duration: negative, infinite, not a number.
fn of_milliseconds(value: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(value / 1000.0).ok()
}

fn megabytes(value: &str) -> Option<i64> {
    value.strip_suffix("MB")?.trim().parse().ok()
}
