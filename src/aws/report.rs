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
    /// What of that is charged; `billed` has it in it (159.87 ms, billed 278, billed restore 118).
    pub billed_restore: Option<Duration>,
    /// How it ended, if not well: `timeout`, `error`.
    pub status: Option<Text>,
    /// What ended it: `Runtime.ExitError`.
    pub error_type: Option<Text>,
    /// The X-Ray trace.
    pub trace_id: Option<Text>,
}

/// Reads `REPORT RequestId: … Duration: 12.34 ms …`. Its fields are apart by tabs, which are any number of
/// spaces once they were expanded; so each is found by its name.
pub(super) fn of_line(line: &str) -> Report {
    let mut report = Report::default();
    let mut words = line.split_whitespace();
    let mut name: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        name.push(word);
        if let Some(last) = word.strip_suffix(':').filter(|last| !last.is_empty()) {
            let value = words.next().unwrap_or_default();
            name.pop();
            name.push(last);
            report.take(&name, value, &mut words);
            name.clear();
        }
    }
    report
}

/// The end of a line `REPORT …` says that the run did not end well.
pub(super) fn ended_badly(line: &str) -> bool {
    line.split_once("Status: ").is_some_and(|(_, status)| !status.trim_start().starts_with("success"))
}

impl Report {
    /// Takes one field in; what stood before its name belongs to a field that we do not know.
    fn take(&mut self, name: &[&str], value: &str, rest: &mut std::str::SplitWhitespace<'_>) {
        let mut number =
            |unit: &str| rest.clone().next().filter(|word| *word == unit).and_then(|_| rest.next()).map(|_| value);
        let mut time = || of_milliseconds(number("ms")?.parse().ok()?);
        match name {
            [.., "RequestId"] => self.request_id = Some(Text::line(value)),
            [.., "Billed", "Restore", "Duration"] => self.billed_restore = time(),
            [.., "Restore", "Duration"] => self.restore = time(),
            [.., "Billed", "Duration"] => self.billed = time(),
            [.., "Init", "Duration"] => self.init = time(),
            [.., "Duration"] => self.duration = time(),
            [.., "Memory", "Size"] => self.memory = number("MB").and_then(|value| value.parse().ok()),
            [.., "Memory", "Used"] => self.peak = number("MB").and_then(|value| value.parse().ok()),
            [.., "Status"] => self.status = Some(Text::line(value)),
            [.., "Error", "Type"] => self.error_type = Some(Text::line(value)),
            [.., "XRAY", "TraceId"] => self.trace_id = Some(Text::line(value)),
            _ => {}
        }
    }
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

/// `None` for what is no duration: negative, infinite, not a number.
fn of_milliseconds(value: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(value / 1000.0).ok()
}
