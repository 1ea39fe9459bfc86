//! The log of one run: START, what the function printed, END and REPORT, or the same as JSON records.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

/// The bytes of a run's log that an invocation gets back.
const TAIL_BYTES: usize = 4096;

/// How a run ended, in the words of `platform.report`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Success,
    Error,
    Timeout,
}

impl Ending {
    fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Error => "error",
            Self::Timeout => "timeout",
        }
    }
}

/// What there is to say about a run.
#[derive(Debug, Clone)]
pub(super) struct RunLog {
    pub request_id: String,
    pub version: String,
    pub at: DateTime<Utc>,
    pub duration: TimeDelta,
    /// The time before the first run in a new environment.
    pub init: Option<TimeDelta>,
    /// MB the function has, and MB it used at most.
    pub memory: (i64, i64),
    /// `LoggingConfig.LogFormat` is `JSON`.
    pub json: bool,
    pub ending: Ending,
    /// What the function printed.
    pub printed: Vec<String>,
}

impl RunLog {
    /// The log's lines, in order.
    pub fn lines(&self) -> Vec<String> {
        self.timed().into_iter().map(|(_, line)| line).collect()
    }

    /// The same, each with its time since the run began: it ends with END and REPORT.
    pub fn timed(&self) -> Vec<(TimeDelta, String)> {
        if self.json { self.records() } else { self.texts() }
    }

    /// When the function itself begins, once its environment is there.
    fn start(&self) -> TimeDelta {
        self.init.unwrap_or_default()
    }

    fn end(&self) -> TimeDelta {
        self.start() + self.duration
    }

    /// What the function printed, evenly over its time.
    fn printed(&self) -> impl Iterator<Item = (TimeDelta, &String)> {
        let parts = i32::try_from(self.printed.len() + 1).unwrap_or(i32::MAX);
        self.printed.iter().zip(1..).map(move |(text, n)| (self.start() + self.duration * n / parts, text))
    }

    /// The last 4 KB of the log, which may begin inside a character.
    pub fn tail(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for line in self.lines() {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        bytes.split_off(bytes.len().saturating_sub(TAIL_BYTES))
    }

    fn texts(&self) -> Vec<(TimeDelta, String)> {
        let (id, start, end) = (&self.request_id, self.start(), self.end());
        let mut lines = Vec::with_capacity(self.printed.len() + 4);
        if self.init.is_some() {
            let line =
                "INIT_START Runtime Version: demo:1.v1\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:demo";
            lines.push((TimeDelta::zero(), line.to_owned()));
        }
        lines.push((start, format!("START RequestId: {id} Version: {}", self.version)));
        lines.extend(self.printed().map(|(at, text)| (at, text.clone())));
        if self.ending == Ending::Timeout {
            let (time, seconds) = (stamp(self.at + end), milliseconds(self.duration) / 1000.0);
            lines.push((end, format!("{time} {id} Task timed out after {seconds:.2} seconds")));
        }
        lines.push((end, format!("END RequestId: {id}")));
        lines.push((end, self.report_text()));
        lines
    }

    fn report_text(&self) -> String {
        let (duration, (size, used)) = (milliseconds(self.duration), self.memory);
        let mut line = format!(
            "REPORT RequestId: {}\tDuration: {duration:.2} ms\tBilled Duration: {:.0} ms\tMemory Size: {size} MB\tMax Memory Used: {used} MB\t",
            self.request_id,
            self.billed(),
        );
        if let Some(init) = self.init {
            // Writing into a String cannot fail, here and below.
            let _ = write!(line, "Init Duration: {:.2} ms\t", milliseconds(init));
        }
        if self.ending != Ending::Success {
            let _ = write!(line, "Status: {}\t", self.ending.word());
        }
        line
    }

    fn records(&self) -> Vec<(TimeDelta, String)> {
        let (id, start, end) = (&self.request_id, self.start(), self.end());
        let platform = |at, kind, record| (at, platform(self.at + at, kind, &record));
        let mut lines = Vec::with_capacity(self.printed.len() + 3);
        if self.init.is_some() {
            let record = json!({"initializationType": "on-demand", "phase": "init", "runtimeVersion": "demo:1.v1"});
            lines.push(platform(TimeDelta::zero(), "platform.initStart", record));
        }
        lines.push(platform(start, "platform.start", json!({"requestId": id, "version": self.version})));
        lines.extend(self.printed().map(|(at, text)| (at, self.record(self.at + at, text))));
        let mut metrics = json!({
            "durationMs": milliseconds(self.duration),
            "billedDurationMs": self.billed(),
            "memorySizeMB": self.memory.0,
            "maxMemoryUsedMB": self.memory.1,
        });
        if let (Some(init), Some(members)) = (self.init, metrics.as_object_mut()) {
            members.insert("initDurationMs".into(), milliseconds(init).into());
        }
        let report = json!({"requestId": id, "metrics": metrics, "status": self.ending.word()});
        lines.push(platform(end, "platform.report", report));
        lines
    }

    /// What was printed as the runtimes write it in JSON: the level beside the message, a stack as a list.
    fn record(&self, at: DateTime<Utc>, printed: &str) -> String {
        let levelled = printed.strip_prefix('[').and_then(|rest| rest.split_once("] "));
        let (level, text) = levelled.unwrap_or(("INFO", printed));
        let mut lines = text.lines();
        let message = lines.next().unwrap_or_default();
        let mut record = json!({"timestamp": stamp(at), "level": level, "requestId": self.request_id});
        let stack: Vec<&str> = lines.map(str::trim).collect();
        if let Some(members) = record.as_object_mut() {
            members.insert("message".into(), message.into());
            if !stack.is_empty() {
                members.insert("errorType".into(), message.split_once(": ").map_or("Error", |(kind, _)| kind).into());
                members.insert("errorMessage".into(), message.into());
                members.insert("stackTrace".into(), stack.into());
            }
        }
        record.to_string()
    }

    /// AWS bills the init phase of every run since August 2025; the sum is rounded up, not its parts.
    fn billed(&self) -> f64 {
        milliseconds(self.duration + self.init.unwrap_or_default()).ceil()
    }
}

fn platform(time: DateTime<Utc>, kind: &str, record: &Value) -> String {
    json!({"time": stamp(time), "type": kind, "record": record}).to_string()
}

fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// With three decimals, as AWS tells it.
fn milliseconds(time: TimeDelta) -> f64 {
    (time.as_seconds_f64() * 1_000_000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(json: bool, printed: Vec<String>) -> RunLog {
        RunLog {
            request_id: "id".into(),
            version: "7".into(),
            at: DateTime::UNIX_EPOCH,
            duration: TimeDelta::microseconds(12_340),
            init: Some(TimeDelta::milliseconds(210)),
            memory: (512, 87),
            json,
            ending: Ending::Success,
            printed,
        }
    }

    #[test]
    fn the_tail_is_the_last_4096_bytes_even_inside_a_character() {
        let tail = log(false, vec!["日本語".repeat(700)]).tail();
        assert_eq!(tail.len(), 4096);
        let text = String::from_utf8_lossy(&tail);
        assert!(text.starts_with('\u{fffd}') || text.starts_with(['日', '本', '語']));
        assert!(text.ends_with("Init Duration: 210.00 ms\t\n"));
    }

    #[test]
    fn a_report_says_what_a_run_cost() {
        let lines = log(false, vec!["hello".into()]).lines();
        assert_eq!(lines[1], "START RequestId: id Version: 7");
        assert_eq!(lines[2], "hello");
        assert_eq!(
            lines[4],
            "REPORT RequestId: id\tDuration: 12.34 ms\tBilled Duration: 223 ms\tMemory Size: 512 MB\tMax Memory Used: 87 MB\tInit Duration: 210.00 ms\t"
        );
    }

    #[test]
    fn in_json_every_line_is_a_record() {
        let lines = log(true, vec!["hello".into()]).lines();
        let kinds: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(kinds[0]["type"], "platform.initStart");
        assert_eq!(kinds[2]["message"], "hello");
        assert_eq!(kinds[3]["record"]["metrics"]["billedDurationMs"], 223.0);
    }

    #[test]
    fn a_time_has_three_decimals() {
        let warm = RunLog { duration: TimeDelta::microseconds(93_695), init: None, ..log(true, Vec::new()) };
        let report = warm.lines().pop().unwrap();
        assert!(report.contains(r#""durationMs":93.695,"#), "{report}");
    }

    #[test]
    fn the_times_of_a_log_follow_each_other_and_the_report_has_the_last() {
        let cold = log(true, vec!["one".into(), "two".into()]);
        let times: Vec<i64> = cold.timed().iter().map(|(at, _)| at.num_milliseconds()).collect();
        assert_eq!(times, [0, 210, 214, 218, 222]);
        let said = |line: &str| {
            let record: Value = serde_json::from_str(line).unwrap();
            record.get("time").or(record.get("timestamp")).and_then(Value::as_str).unwrap().to_owned()
        };
        let told: Vec<String> = cold.lines().iter().map(|line| said(line)).collect();
        assert_eq!((told[0].as_str(), told[4].as_str()), ("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.222Z"));
        assert!(told.is_sorted(), "{told:?}");
        assert!(log(false, vec!["one".into()]).timed().is_sorted_by_key(|(at, _)| *at));
    }

    #[test]
    fn what_is_billed_includes_a_cold_start_and_is_rounded_up_once() {
        let cold = RunLog { init: Some(TimeDelta::microseconds(210_660)), ..log(false, Vec::new()) };
        assert!(cold.report_text().contains("Billed Duration: 223 ms"), "{}", cold.report_text());
        let cold = RunLog { init: Some(TimeDelta::microseconds(210_661)), ..cold };
        assert!(cold.report_text().contains("Billed Duration: 224 ms"), "{}", cold.report_text());
        let warm = RunLog { init: None, ..cold };
        assert!(warm.report_text().contains("Billed Duration: 13 ms"), "{}", warm.report_text());
    }
}
