//! What is said of a run in lines: above its answer, or in its place.

use std::time::Duration;

use super::{Answer, Line, Live, Progress, Run, call_failed, panel};
use crate::model::wrap;
use crate::panes::Tone;

/// How far the rest of a line that is too long stands in.
const HANGS: usize = 2;
/// A line gets no narrower than this, however far it stands in.
const NARROWEST: usize = 8;

impl Run {
    /// What is said of what came back, in lines of so many cells.
    /// `now`: since the program began.
    pub fn said(&self, width: usize, now: Duration) -> Vec<Line> {
        let comes = |comes: fn(&Live) -> bool| self.live.as_ref().is_some_and(comes);
        let lines = match &self.progress {
            Progress::Burst(_) => return panel(self, width),
            Progress::Running if comes(|live| live.begun) => Vec::new(),
            Progress::Running => self.waits(now),
            Progress::Abandoned if comes(|live| live.bytes > 0) => Vec::new(),
            Progress::Abandoned => said("the function itself goes on until it ends; its log has the rest"),
            Progress::Failed(problem) => call_failed::lines(problem),
            Progress::Answered(answer) => of_answer(answer, width),
        };
        fitted(lines, width)
    }

    /// What can be done while it runs, and how long it is waited for once its own time is over.
    fn waits(&self, now: Duration) -> Vec<(Tone, String)> {
        let mut lines = said("esc leaves it running; x stops waiting, the function goes on");
        let limit = self.invokee.timeout.map(|limit| Duration::from_secs(limit.into()));
        if let Some(limit) = limit.filter(|limit| now.saturating_sub(self.started.since) > *limit) {
            let (limit, patience) = (limit.as_secs(), self.invocation.timeout.as_secs());
            let words =
                format!("! its own time is over, {limit} s: an answer that is late is waited for until {patience} s");
            lines.push((Tone::Warn, words));
        }
        lines
    }
}

fn said(words: &str) -> Vec<(Tone, String)> {
    vec![(Tone::Muted, words.to_owned())]
}

/// An answer of no bytes is named, unless something else was said of it.
fn of_answer(answer: &Answer, width: usize) -> Vec<(Tone, String)> {
    let lines = answer.said(width);
    match (answer.body.view(), answer.status) {
        (None, 204) if lines.is_empty() => said("the call would be allowed; the function was not run"),
        (None, _) if lines.is_empty() => said("the answer is empty"),
        _ => lines,
    }
}

/// Lines in so many cells: what is too long goes on in the next one, a little further in.
pub(super) fn fitted(lines: impl IntoIterator<Item = (Tone, String)>, width: usize) -> Vec<Line> {
    lines.into_iter().flat_map(|(tone, text)| hung(tone, &text, width)).collect()
}

fn hung(tone: Tone, text: &str, width: usize) -> Vec<Line> {
    let parts = wrap(text, width.max(NARROWEST));
    let [_, _, ..] = parts.as_slice() else { return vec![vec![(tone, text.to_owned())]] };
    let inner = text.trim_start();
    let lead = " ".repeat(text.len() - inner.len());
    let further = " ".repeat(lead.len() + HANGS);
    // The first line is as wide as those that hang from it: what is left of it would have to be wrapped again.
    let parts = wrap(inner, width.saturating_sub(further.len()).max(NARROWEST)).into_iter().enumerate();
    parts.map(|(n, part)| vec![(tone, format!("{}{part}", if n == 0 { &lead } else { &further }))]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        hung(Tone::Plain, text, width).into_iter().flatten().map(|(_, text)| text).collect()
    }

    #[test]
    fn what_is_too_long_hangs_from_where_its_line_begins() {
        assert_eq!(lines("  app.py:41  total", 30), ["  app.py:41  total"]);
        assert_eq!(lines("! one two three four", 12), ["! one two", "  three four"]);
        assert_eq!(lines("  one two three", 12), ["  one two", "    three"]);
        assert_eq!(lines("", 12), [""]);
    }

    #[test]
    fn no_line_is_wider_than_there_is_room() {
        for width in 12..60 {
            let long = lines("  handler.py:1204  handler  return total(order, currency, taxes, discounts)", width);
            assert!(long.iter().all(|line| line.chars().count() <= width), "{width}: {long:?}");
        }
    }
}
