//! Which events are shown: those of the sources that are on, and of those what the filter lets through.
//!
//! A filter looks at what is on the screen at once and at everything else in turns, so that a million lines hold up no
//! key.

mod around;

use super::asked::Asked;
use super::filter::{Candidate, LogFilter};
use super::invocations::Only;
use super::store::{Event, Mark, Store, WORDS};
use super::sweep::{EACH, Sweep, TURN};

/// A walk to the next event that is shown gives up after so much text nobody looked at, in bytes. A frame has several,
/// and what they see is not remembered.
const WALK: usize = 4 << 20;
/// The same for a filter that has to read events: that takes several times as long.
const READ: usize = 256 << 10;

/// What is shown, and how far the filter has looked.
#[derive(Debug, Default)]
pub struct Sieve {
    filter: LogFilter,
    /// Only the events of one invocation.
    only: Option<Only>,
    /// The invocations whose requests the filter asks for.
    asked: Asked,
    /// Sources that are switched off, a bit each.
    off: u64,
    /// What invocations' headers tell as well is shown too.
    unfolded: bool,
    /// So many events around each that the filter keeps are shown too.
    around: usize,
    /// How far the filter has looked.
    sweep: Sweep,
    /// Grows whenever something else is shown.
    state: u64,
}

/// The end of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next event that is shown.
    To(usize),
    /// There is none.
    End,
    /// There is much to look at first.
    Later,
}

impl Sieve {
    /// The filter; one without terms lets everything through.
    pub fn filter(&self) -> &LogFilter {
        &self.filter
    }

    /// Shows the lines of Lambda that are folded into the headers of invocations, or hides them again.
    pub fn unfold(&mut self, unfolded: bool) {
        self.unfolded = unfolded;
        self.state += 1;
    }

    /// The lines of Lambda are shown one by one.
    pub fn is_unfolded(&self) -> bool {
        self.unfolded
    }

    /// Tells whether something else is shown than when it was asked before.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// Filter, sources or an invocation may hide something.
    pub fn hides(&self) -> bool {
        !self.filter.is_empty() || self.off != 0 || self.only.is_some()
    }

    /// The invocation whose events alone are shown, if it is one's.
    pub fn only(&self) -> Option<&Only> {
        self.only.as_ref()
    }

    /// Shows only the events of one invocation, or those of all again.
    pub fn isolate(&mut self, only: Option<Only>, store: &mut Store, from: Option<Mark>) {
        self.only = only;
        self.again(store, from);
    }

    /// These are the invocations whose requests the filter asks for.
    pub(super) fn ask_for(&mut self, asked: Asked, store: &mut Store, from: Option<Mark>) {
        if self.asked != asked {
            self.asked = asked;
            self.again(store, from);
        }
    }

    /// The sources that are switched off, a bit each.
    pub fn off(&self) -> u64 {
        self.off
    }

    /// The source is switched off.
    pub fn is_off(&self, source: u8) -> bool {
        self.off & bit(source) != 0
    }

    /// Filters by something else from now on; looks first from the marked event on.
    pub fn turn_to(&mut self, filter: LogFilter, store: &mut Store, from: Option<Mark>) {
        self.filter = filter;
        self.again(store, from);
    }

    /// Switches all sources but one off, or all of them on.
    pub fn alone(&mut self, source: u8, store: &mut Store, from: Option<Mark>) {
        self.off = if self.off == 0 { !bit(source) } else { 0 };
        self.again(store, from);
    }

    /// Switches a source off, or on again.
    pub fn switch(&mut self, source: u8, store: &mut Store, from: Option<Mark>) {
        self.off ^= bit(source);
        self.again(store, from);
    }

    /// Switches all sources on.
    pub fn all(&mut self, store: &mut Store, from: Option<Mark>) {
        self.off = 0;
        self.again(store, from);
    }

    /// Looks at all events again.
    pub fn again(&mut self, store: &mut Store, from: Option<Mark>) {
        store.forget_hits();
        self.state += 1;
        self.sweep = if self.hides() { Sweep::from(store, from) } else { Sweep::default() };
    }

    /// Looks at events that just came.
    pub fn look_at(&self, store: &mut Store, fresh: &[Mark]) {
        if self.hides() {
            for mark in fresh {
                if let Ok(n) = store.place(*mark) {
                    self.look(store, n);
                }
            }
        }
    }

    fn look(&self, store: &mut Store, n: usize) -> usize {
        let Some(event) = store.get(n) else { return 0 };
        let (hit, bytes) = (self.lets_through(&event, store.mark(n)), event.message.len());
        store.note_hit(n, hit);
        bytes
    }

    fn lets_through(&self, event: &Event<'_>, mark: Option<Mark>) -> bool {
        if event.source == WORDS {
            return true;
        }
        self.is_open_to(event, mark) && self.filter.keeps(self.candidate(event, mark))
    }

    /// An event, with the request it belongs to if that is asked for.
    pub(super) fn candidate<'e>(&'e self, event: &Event<'e>, mark: Option<Mark>) -> Candidate<'e> {
        let request = mark.and_then(|mark| self.asked.request(event, mark));
        Candidate { message: event.message, stream: event.stream, request }
    }

    /// The event's source is on, and it is of the invocation whose events alone are shown.
    fn is_open_to(&self, event: &Event<'_>, mark: Option<Mark>) -> bool {
        let only = || self.only.as_ref().is_none_or(|only| mark.is_some_and(|mark| only.owns(event, mark)));
        !self.is_off(event.source) && only()
    }

    /// Events are left that the filter has not looked at.
    pub fn is_looking(&self) -> bool {
        !self.sweep.is_over()
    }

    /// Looks at the next events: first to the newest, then back to the oldest.
    pub fn go_on(&mut self, store: &mut Store) {
        let mut left = TURN;
        while left > 0 {
            let Some(n) = self.sweep.next(store) else { return };
            let bytes = if store.hit(n).is_none() { self.look(store, n) } else { 0 };
            left = left.saturating_sub(bytes + EACH);
        }
    }

    /// Whether an event is shown; what nobody looked at yet is looked at now.
    pub fn shows(&self, store: &Store, n: usize) -> bool {
        if self.surrounds() {
            return self.could_show(store, n) && (self.keeps(store, n) || self.is_near(store, n));
        }
        (self.unfolded || !store.is_folded(n)) && self.keeps(store, n)
    }

    /// Whether the filter, the sources and the invocation let an event through, folded or not.
    pub fn keeps(&self, store: &Store, n: usize) -> bool {
        !self.hides()
            || store
                .hit(n)
                .unwrap_or_else(|| store.get(n).is_some_and(|event| self.lets_through(&event, store.mark(n))))
    }

    /// The next event that is shown, from the n-th on and with it.
    pub fn next(&self, store: &Store, n: usize, newer: bool) -> Step {
        if self.surrounds() { self.next_around(store, n, newer) } else { self.next_kept(store, n, newer) }
    }

    /// The next event that is shown and that the filter keeps by itself, from the n-th on and with it.
    pub fn next_kept(&self, store: &Store, n: usize, newer: bool) -> Step {
        self.walk(store, n, newer, |n| (self.unfolded || !store.is_folded(n)) && self.keeps(store, n))
    }

    /// Goes from the n-th event on to one that is wanted. What nobody looked at makes the way long.
    fn walk(&self, store: &Store, n: usize, newer: bool, wanted: impl Fn(usize) -> bool) -> Step {
        let (mut n, mut left) = (n, if self.filter.needs_reading() { READ } else { WALK });
        while n < store.len() {
            match store.hit(n).filter(|_| self.hides()) {
                None if left == 0 => return Step::Later,
                None => left = left.saturating_sub(EACH + store.get(n).map_or(0, |event| event.message.len())),
                Some(_) => {}
            }
            if wanted(n) {
                return Step::To(n);
            }
            n = if newer {
                n + 1
            } else if let Some(n) = n.checked_sub(1) {
                n
            } else {
                return Step::End;
            };
        }
        Step::End
    }

    /// How many events are shown, as far as they were looked at.
    pub fn shown(&self, store: &Store) -> usize {
        self.kept(store) - self.folded(store)
    }

    /// The same with those that are folded.
    pub fn kept(&self, store: &Store) -> usize {
        // Words of our own are always shown, and are no events.
        if self.hides() { store.hits().saturating_sub(store.notes()) } else { store.len() - store.notes() }
    }

    /// How many events are not shown because they are folded, as far as they were looked at.
    pub fn folded(&self, store: &Store) -> usize {
        match (self.unfolded, store.folded()) {
            (true, _) => 0,
            (false, (_, hits)) if self.hides() => hits.min(self.kept(store)),
            (false, (all, _)) => all,
        }
    }
}

fn bit(source: u8) -> u64 {
    1_u64.checked_shl(u32::from(source)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::{LogEvent, Text};
    use crate::model::logs::store::End;

    fn store(lines: usize) -> Store {
        let event = |n: usize| LogEvent {
            at: i64::try_from(n).unwrap(),
            stream: Text::known("s"),
            id: n.to_string().into(),
            message: Text::line(format!(
                "{} {}",
                if n.is_multiple_of(10) { "ERROR" } else { "fine" },
                "x".repeat(2000)
            )),
            ..LogEvent::default()
        };
        let mut store = Store::default();
        for batch in (0..lines).collect::<Vec<_>>().chunks(500) {
            store.take(0, &batch.iter().copied().map(event).collect::<Vec<_>>(), End::New);
        }
        store
    }

    fn words(text: &str) -> LogFilter {
        LogFilter::parse(text).unwrap()
    }

    #[test]
    fn a_filter_looks_in_turns_and_misses_nothing() {
        let mut store = store(3_000);
        let mut sieve = Sieve::default();
        assert_eq!((sieve.shown(&store), sieve.next(&store, 5, true)), (3_000, Step::To(5)));
        sieve.turn_to(words("error"), &mut store, None);
        assert_eq!(sieve.next(&store, 2_999, false), Step::To(2_990), "what is near is found before its turn");
        let mut turns = 0;
        while sieve.is_looking() {
            sieve.go_on(&mut store);
            turns += 1;
        }
        assert!(turns > 3, "{turns}");
        assert_eq!(sieve.shown(&store), 300);
        assert_eq!((sieve.next(&store, 1, true), sieve.next(&store, 2_991, true)), (Step::To(10), Step::End));
        sieve.alone(1, &mut store, None);
        while sieve.is_looking() {
            sieve.go_on(&mut store);
        }
        assert_eq!(sieve.shown(&store), 0);
    }

    #[test]
    fn a_walk_over_much_that_nobody_looked_at_is_for_later() {
        let mut store = store(4_000);
        let mut sieve = Sieve::default();
        sieve.turn_to(words("nowhere"), &mut store, None);
        assert_eq!(sieve.next(&store, 3_999, false), Step::Later);
        while sieve.is_looking() {
            sieve.go_on(&mut store);
        }
        assert_eq!(sieve.next(&store, 3_999, false), Step::End);
    }

    #[test]
    fn after_many_filters_nothing_of_an_old_one_is_left() {
        let mut store = store(20);
        let mut sieve = Sieve::default();
        for n in 0..100 {
            sieve.turn_to(words(if n % 2 == 0 { "error" } else { "fine" }), &mut store, None);
            sieve.go_on(&mut store);
            assert_eq!(sieve.shown(&store), if n % 2 == 0 { 2 } else { 18 }, "{n}");
        }
    }
}
