//! Which events were printed: what is new is asked for with an overlap, since events arrive out of order.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher as _, RandomState};

use crate::aws::LogEvent;

/// So much of what is known is asked for again, in milliseconds.
const OVERLAP: i64 = 60_000;
/// And at most so many events: those of busy logs would come again page by page.
const MOST: usize = 5_000;

/// The events of the last minute, each known by stream and number.
#[derive(Debug, Default)]
pub struct Seen {
    hasher: RandomState,
    known: HashSet<u64>,
    by_time: BTreeSet<(i64, u64)>,
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

    /// From when on to ask what is new, not before `first`; what is older is forgotten. Whoever writes events may date
    /// them into the future, so what comes `now` is asked for all the same.
    pub fn go_on_from(&mut self, first: i64, now: i64) -> i64 {
        let Some((newest, _)) = self.by_time.last() else { return first };
        let newest = (*newest).min(now);
        let most = self.by_time.range(..=(newest, u64::MAX)).rev().nth(MOST).map_or(i64::MIN, |(at, _)| *at);
        let from = newest.saturating_sub(OVERLAP).max(most).max(first);
        let kept = self.by_time.split_off(&(from, 0));
        for (_, hash) in std::mem::replace(&mut self.by_time, kept) {
            self.known.remove(&hash);
        }
        from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, id: &str, message: &'static str) -> LogEvent {
        LogEvent { at, ingested: None, stream: "s".into(), id: id.into(), message: message.into() }
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
        assert_eq!(seen.go_on_from(7, 300_000), 7);
        for at in [1_000, 200_000] {
            assert!(seen.is_new(&event(at, &at.to_string(), "x")));
        }
        assert_eq!((seen.go_on_from(7, 300_000), seen.by_time.len(), seen.known.len()), (140_000, 1, 1));
        assert!(!seen.is_new(&event(200_000, "200000", "x")), "what may come again is remembered");
    }

    #[test]
    fn events_of_the_future_do_not_hold_up_what_comes_now() {
        let mut seen = Seen::default();
        for at in [200_000, 9_000_000] {
            assert!(seen.is_new(&event(at, &at.to_string(), "x")));
        }
        assert_eq!(seen.go_on_from(7, 210_000), 150_000);
        assert!(!seen.is_new(&event(9_000_000, "9000000", "x")), "it comes with each poll, and is printed once");
    }

    #[test]
    fn a_busy_log_is_not_read_twice() {
        let mut seen = Seen::default();
        for at in 0..20_000 {
            seen.is_new(&event(at, &at.to_string(), "x"));
        }
        assert_eq!(seen.go_on_from(0, 30_000), 14_999);
        assert_eq!(seen.known.len(), 5_001);
    }
}
