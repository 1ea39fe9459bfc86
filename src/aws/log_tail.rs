//! The last 4 KB of a run's log, decoded from base64 and read. Pure.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::report::{self, Report};
use super::text::Text;

/// How much of a log AWS sends along.
const WHOLE: usize = 4096;

/// What came along with the answer of a run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LogTail {
    /// Its lines, oldest first.
    pub lines: Vec<TailLine>,
    /// What the run cost, if the log got as far.
    pub report: Option<Report>,
    /// Earlier lines were left out: only the last 4 KB come along.
    pub cut: bool,
    /// It was not base64; the lines show it as it came.
    pub raw: bool,
    /// Where the log is, if AWS said that in place of the log.
    pub place: Option<LogPlace>,
}

/// A log stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogPlace {
    /// The log group.
    pub group: Text,
    /// The stream in it.
    pub stream: Text,
}

/// One line of a log tail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TailLine {
    /// The line.
    pub text: Text,
    /// Who wrote it, and for what.
    pub kind: LineKind,
    /// Its beginning was cut off.
    pub partial: bool,
}

/// Who wrote a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineKind {
    /// The function.
    Output,
    /// Lambda: a run begins.
    Start,
    /// Lambda: it ended.
    End,
    /// Lambda: what it cost.
    Report,
    /// Lambda, about something else.
    Platform,
}

impl LineKind {
    /// Who wrote a line, from the line alone.
    pub fn of(line: &str) -> Self {
        record(line).as_ref().map_or_else(|| plain_kind(line), record_kind)
    }
}

impl LogTail {
    /// Reads the header `X-Amz-Log-Result`. Whatever it holds, something can be shown.
    pub fn decode(header: &str) -> Self {
        let packed: String = header.split_ascii_whitespace().collect();
        match BASE64_STANDARD.decode(packed) {
            Ok(bytes) => Self::read(&bytes),
            Err(_) => Self { raw: true, ..Self::read(header.as_bytes()) },
        }
    }

    /// A tail that was read before, from its lines: what is in columns there is not told by tabs any more.
    pub fn again(text: &str, cut: bool, report: Option<Report>) -> Self {
        let mut tail = Self { cut, ..Self::default() };
        for (number, line) in text.lines().enumerate() {
            tail.add(line, cut && number == 0);
        }
        Self { report, ..tail }
    }

    fn read(bytes: &[u8]) -> Self {
        // The cut may fall inside a character: its remains are no text.
        let remains = bytes.iter().take_while(|byte| (0x80..0xc0).contains(*byte)).count().min(3);
        let text = String::from_utf8_lossy(bytes.get(remains..).unwrap_or_default());
        if let Some(place) = place(&text) {
            return Self { place: Some(place), ..Self::default() };
        }
        let cut = bytes.len() >= WHOLE || remains > 0;
        let mut tail = Self { cut, ..Self::default() };
        for (number, line) in text.lines().enumerate() {
            tail.add(line, cut && number == 0);
        }
        tail
    }

    fn add(&mut self, line: &str, first_after_cut: bool) {
        let record = record(line);
        let kind = record.as_ref().map_or_else(|| plain_kind(line), record_kind);
        if kind == LineKind::Report {
            self.report = Some(record.as_ref().map_or_else(|| report::of_line(line), report::of_record));
        } else if let (Some(report), Some(trace)) = (&mut self.report, line.strip_prefix("XRAY TraceId: ")) {
            report.trace_id = trace.split('\t').next().map(Text::line);
        }
        // A line that begins as only a whole line can is not partial.
        let whole = kind != LineKind::Output || record.is_some();
        self.lines.push(TailLine { text: Text::block(line), kind, partial: first_after_cut && !whole });
    }
}

/// The newer form: where the log is, in place of the log.
fn place(text: &str) -> Option<LogPlace> {
    let told = record(text.trim())?;
    let word = |name: &str| told.get(name)?.as_str().map(Text::line);
    Some(LogPlace { group: word("logGroup")?, stream: word("logStreamName")? })
}

fn record(line: &str) -> Option<Value> {
    let line = line.trim();
    if !(line.starts_with('{') && line.ends_with('}')) {
        return None;
    }
    serde_json::from_str(line).ok()
}

fn plain_kind(line: &str) -> LineKind {
    const STARTS: [(&str, LineKind); 7] = [
        ("START RequestId: ", LineKind::Start),
        ("END RequestId: ", LineKind::End),
        ("REPORT RequestId: ", LineKind::Report),
        ("INIT_START ", LineKind::Platform),
        ("INIT_REPORT ", LineKind::Platform),
        ("RESTORE_START ", LineKind::Platform),
        ("XRAY TraceId: ", LineKind::Platform),
    ];
    STARTS.iter().find(|(start, _)| line.starts_with(start)).map_or(LineKind::Output, |(_, kind)| *kind)
}

fn record_kind(record: &Value) -> LineKind {
    match record.get("type").and_then(Value::as_str) {
        Some("platform.start") => LineKind::Start,
        Some("platform.runtimeDone" | "platform.end") => LineKind::End,
        Some("platform.report") => LineKind::Report,
        Some(other) if other.starts_with("platform.") => LineKind::Platform,
        _ => LineKind::Output,
    }
}

#[cfg(test)]
#[path = "log_tail_tests.rs"]
mod tests;
