//! The last 4 KB of a run's log, decoded from base64 and read. Pure.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::log_line::{self, LineKind};
use super::report::Report;
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
        let text = Text::block(line);
        let reading = log_line::read(&text);
        if let Some(report) = reading.report() {
            self.report = Some(report);
        } else if let (Some(report), Some(trace)) = (&mut self.report, line.strip_prefix("XRAY TraceId: ")) {
            report.trace_id = trace.split_whitespace().next().map(Text::line);
        }
        // A line that begins as only a whole line can is not partial.
        let whole = reading.kind != LineKind::Text;
        self.lines.push(TailLine { kind: reading.kind, partial: first_after_cut && !whole, text });
    }
}

/// The newer form: where the log is, in place of the log.
fn place(text: &str) -> Option<LogPlace> {
    let told: Value = serde_json::from_str(text.trim()).ok()?;
    let word = |name: &str| told.get(name)?.as_str().map(Text::line);
    Some(LogPlace { group: word("logGroup")?, stream: word("logStreamName")? })
}

#[cfg(test)]
#[path = "log_tail_tests.rs"]
mod tests;
