//! What is said in a log that is too busy to be read again for what was sent late.

use std::ops::Range;

use super::Logs;

impl Logs {
    /// Says behind a time that late events of a source may be missing in it. What had to go anyway needs no words.
    pub(super) fn tell_left_out(&mut self, source: u8, left_out: Range<i64>) {
        let Range { start, end } = left_out;
        let start = start.max(self.store.let_go().unwrap_or(start));
        if start >= end {
            return;
        }
        let label = self.sources.get(usize::from(source)).filter(|_| self.sources.len() > 1);
        let of = label.map(|source| format!(" of {}", source.label)).unwrap_or_default();
        let time = |at: i64| chrono::DateTime::from_timestamp_millis(at).unwrap_or_default().format("%H:%M:%S");
        let (from, to) = (time(start), time(end));
        let words = format!("late events {from}–{to} UTC{of} may be missing: the log is too busy");
        let mark = self.store.note(end, &words);
        self.sieve.look_at(&mut self.store, &[mark]);
    }
}
