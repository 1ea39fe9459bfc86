//! What is said of the log of a run: what of it is here, and how the rest is had.

use std::time::Duration;

use super::{LogText, Run};
use crate::aws::LogTail;
use crate::model::body::View;
use crate::panes::Tone;

impl Run {
    /// In a line, as far as there is something to say. `now`: since the program began.
    pub fn log_words(&self, now: Duration) -> Option<(Tone, String)> {
        let said = |words: &str| (Tone::Muted, words.to_owned());
        if self.burst().is_some() {
            return Some(said("a burst keeps no logs; the function's log group has them"));
        }
        let answer = self.answer()?;
        let tail = answer.tail.as_ref();
        let waited = self.whole_log.since().map(|since| now.saturating_sub(since));
        let words = match (waited, &self.whole_log.lines, tail) {
            (Some(waited), lines, _) => (Tone::Warn, waiting(waited, lines.as_ref())),
            (None, Some(log), _) if !self.whole_log.is_whole() => (Tone::Warn, so_far(log)),
            (None, Some(log), _) if self.is_event() => (Tone::Muted, of_event(log)),
            (None, Some(log), tail) => (Tone::Muted, place(log, tail)),
            // Only permissions were checked.
            (None, None, None) if answer.status == 204 => said("nothing was executed: there is no log"),
            (None, None, None) => said("no log came along · L asks CloudWatch Logs"),
            (None, None, Some(tail)) => (Tone::Muted, came_along(tail)),
        };
        Some(words).filter(|(_, words)| !words.is_empty())
    }
}

/// The whole log is on its way: `CloudWatch` Logs has lines some seconds after they were written.
fn waiting(waited: Duration, lines: Option<&LogText>) -> String {
    /// Lines are seldom later than this; a server of others may not number them as the answer is numbered.
    const LATE: Duration = Duration::from_secs(4);
    if lines.is_none() && waited >= LATE {
        return format!("nothing of this run yet, waiting for {} s · l opens the log around it", waited.as_secs());
    }
    let have = lines.map(|log| format!("{} so far, ", lines_of(log))).unwrap_or_default();
    format!("asking CloudWatch Logs … {have}waiting for {} s (lines arrive late)", waited.as_secs())
}

/// What came along with the answer, and what did not.
fn came_along(tail: &LogTail) -> String {
    match (&tail.place, tail.raw, tail.cut) {
        (Some(place), _, _) => format!("the log is in {} · L reads it", place.group),
        (None, true, _) => "what came along is not base64: shown as it came · L the whole run".to_owned(),
        (None, false, true) => "last 4 KB, the first line is cut · L the whole run".to_owned(),
        (None, false, false) => String::new(),
    }
}

/// How many lines there are, in words.
fn lines_of(log: &LogText) -> String {
    let many = log.len();
    format!("{many} line{}", if many == 1 { "" } else { "s" })
}

/// Its last line did not come while it was waited for.
fn so_far(log: &LogText) -> String {
    format!("{} so far, no REPORT yet · L asks again", lines_of(log))
}

/// A run that failed is tried again, minutes later.
fn of_event(log: &LogText) -> String {
    format!("the whole run, {} · L asks again (for retries)", lines_of(log))
}

/// Where in the whole log the screen begins, and where `L` goes from there.
fn place(log: &LogText, tail: Option<&LogTail>) -> String {
    let (many, lines) = (log.len(), lines_of(log));
    let first = match log.view() {
        View::Text(view) => view.first_line(),
        _ => 0,
    };
    match (first, tail) {
        // What came along was everything: there is no tail to go to.
        (0, Some(tail)) if !tail.cut => format!("the whole run, {lines}"),
        (0, _) => format!("the whole run, {lines} · L the tail"),
        (_, _) => format!("the whole run, from line {} of {many} · L the start", first + 1),
    }
}
