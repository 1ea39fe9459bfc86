//! Which events were printed: what is new is asked for with an overlap, since events arrive out of order.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher as _, RandomState};

use crate::aws::LogEvent;

/// So much of what is known is asked for again by each poll, in milliseconds.
const OVERLAP: i64 = 60_000;
/// And at most so many events: those of busy logs would come again page by page.
const MOST: usize = 5_000;
/// So long an event is remembered, in milliseconds: what is sent late is looked for among the last five minutes.
const KEPT: i64 = 300_000;
/// And at most so many are: no more are read again.
const MOST_KEPT: usize = 300_000;

/// The events of the last minutes, each known by stream and number. Moments are milliseconds since 1970.
#[derive(Debug)]
pub struct Seen {
    hasher: RandomState,
    known: HashSet<u64>,
    by_time: BTreeSet<(i64, u64)>,
    /// What is older was forgotten.
    from: i64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { hasher: RandomState::new(), known: HashSet::new(), by_time: BTreeSet::new(), from: i64::MIN }
    }
}

impl Seen {
    /// Notes an event; `false` if it was there before. One without a number is known by its words.
    pub fn is_new(&mut self, event: &LogEvent) -> bool {
        let words = if event.id.is_empty() { event.message.as_str() } else { "" };
        let hash = self.hasher.hash_one((event.stream.as_str(), &event.id, event.at, words));
        let new = self.known.insert(hash);
        if new {
            self.by_time.insert((event.at, hash));
        }
        new
    }

    /// The newest event. Whoever writes events may date them into the future, so none is newer than `now`.
    pub fn newest(&self, now: i64) -> Option<i64> {
        self.by_time.last().map(|(newest, _)| (*newest).min(now))
    }

    /// From when on all events are remembered.
    pub fn whole_from(&self) -> i64 {
        self.from
    }

    /// From when on to ask what is new, not before `first`.
    pub fn go_on_from(&self, first: i64, now: i64) -> i64 {
        let Some(newest) = self.newest(now) else { return first };
        newest.saturating_sub(OVERLAP).max(self.nth_before(newest, MOST)).max(first)
    }

    /// Forgets what will not be asked for again.
    pub fn forget(&mut self, now: i64) {
        let Some(newest) = self.newest(now) else { return };
        let most = if self.by_time.len() > MOST_KEPT { self.nth_before(newest, MOST_KEPT) } else { i64::MIN };
        let from = newest.saturating_sub(KEPT).max(most);
        let kept = self.by_time.split_off(&(from, 0));
        let gone = std::mem::replace(&mut self.by_time, kept);
        if !gone.is_empty() {
            self.from = self.from.max(from);
        }
        for (_, hash) in gone {
            self.known.remove(&hash);
        }
    }

    /// The moment of the n-th event before one.
    fn nth_before(&self, at: i64, n: usize) -> i64 {
        self.by_time.range(..=(at, u64::MAX)).rev().nth(n).map_or(i64::MIN, |(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, id: &str, message: &'static str) -> LogEvent {
        LogEvent::of(at, "s".into(), id, message)
    }

    #[test]
    fn an_event_is_new_once() {
        let mut seen = Seen::default();
        assert!(seen.is_new(&event(5, "a", "x")) && seen.is_new(&event(5, "b", "x")));
        assert!(!seen.is_new(&event(5, "a", "x")));
        assert!(seen.is_new(&event(5, "", "x")) && seen.is_new(&event(5, "", "y")) && !seen.is_new(&event(5, "", "x")));
    }

    #[test]
    fn what_is_new_is_asked_for_from_a_little_before_the_newest_on() {
        let mut seen = Seen::default();
        assert_eq!(seen.go_on_from(7, 900_000), 7);
        for at in [1_000, 500_000, 700_000] {
            assert!(seen.is_new(&event(at, &at.to_string(), "x")));
        }
        assert_eq!((seen.go_on_from(7, 900_000), seen.whole_from()), (640_000, i64::MIN));
        seen.forget(900_000);
        assert_eq!((seen.by_time.len(), seen.known.len(), seen.whole_from()), (2, 2, 400_000));
        assert!(!seen.is_new(&event(500_000, "500000", "x")), "what may come again is remembered");
    }

    #[test]
    fn events_of_the_future_do_not_hold_up_what_comes_now() {
        let mut seen = Seen::default();
        for at in [200_000, 9_000_000] {
            assert!(seen.is_new(&event(at, &at.to_string(), "x")));
        }
        assert_eq!(seen.go_on_from(7, 210_000), 150_000);
        seen.forget(210_000);
        assert!(!seen.is_new(&event(9_000_000, "9000000", "x")), "it comes with each poll, and is printed once");
    }

    #[test]
    fn a_busy_log_is_not_read_twice_and_takes_no_more_memory_the_longer_it_is_read() {
        let mut seen = Seen::default();
        for at in 0..400_000 {
            seen.is_new(&event(at, &at.to_string(), "x"));
        }
        assert_eq!(seen.go_on_from(0, 400_000), 394_999);
        seen.forget(400_000);
        assert_eq!((seen.known.len(), seen.whole_from()), (300_001, 99_999));
    }
}
