//! Words that are looked for among the events on show: the others stay, and keys go from one to the next.

use std::collections::VecDeque;

use super::filter::{LogFilter, NoFilter};
use super::sieve::Sieve;
use super::store::{Mark, Store, WORDS};
use super::sweep::{EACH, Sweep, TURN};
use super::{Logs, Scene, View};
use crate::model::msg::Size;

/// Where to go from the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the nearest: the cursor's own event, one before it, one behind it.
    Nearest,
    /// To the next one.
    Next,
    /// To the one before.
    Previous,
}

/// Where a way leads.
#[derive(Debug, PartialEq, Eq)]
enum Led {
    /// To an event; past an end of the log, or not.
    To(Mark, bool),
    /// Not known before more was looked at.
    Later,
    /// Nothing was found.
    Nowhere,
}

/// What is looked for, and where it was found.
#[derive(Debug)]
pub struct Search {
    /// As typed.
    words: String,
    what: LogFilter,
    /// The events that have it, oldest first.
    found: VecDeque<Mark>,
    sweep: Sweep,
    /// What was on show when it began to look.
    shown: u64,
    /// Where to go as soon as that is known.
    wanted: Option<Way>,
    /// The last step went past this end of the log: `true` past the newest event.
    round: Option<bool>,
}

impl Search {
    /// As typed.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// What is looked for.
    pub fn what(&self) -> &LogFilter {
        &self.what
    }

    /// Events are left that were not looked at.
    pub fn is_looking(&self) -> bool {
        !self.sweep.is_over()
    }

    /// How many events were found by now.
    pub fn found(&self) -> usize {
        self.found.len()
    }

    /// Which of them an event is, from 1 on.
    pub fn nth(&self, mark: Mark) -> Option<usize> {
        self.found.binary_search(&mark).ok().map(|n| n + 1)
    }

    /// The last step went past an end of the log: `true` past the newest event.
    pub fn round(&self) -> Option<bool> {
        self.round
    }

    /// Begins anew when something else is on show, and looks at the next events.
    fn go_on(&mut self, store: &Store, sieve: &Sieve, from: Option<Mark>) {
        if self.shown != sieve.state() {
            (self.shown, self.sweep) = (sieve.state(), Sweep::from(store, from));
            self.found.clear();
        }
        let oldest = store.mark(0);
        while self.found.front().is_some_and(|mark| Some(*mark) < oldest) {
            self.found.pop_front();
        }
        let mut left = TURN;
        while left > 0 {
            let Some(n) = self.sweep.next(store) else { return };
            left = left.saturating_sub(self.look(store, sieve, n) + EACH);
        }
    }

    /// Looks at events that just came, and at what they brought to the screen.
    fn look_at(&mut self, store: &Store, sieve: &Sieve, fresh: &[Mark]) {
        if self.shown != sieve.state() {
            return;
        }
        // Where all are shown, none of them comes to the screen by another.
        let around = if sieve.around() == usize::MAX { 0 } else { sieve.around() };
        for n in fresh.iter().filter_map(|mark| store.place(*mark).ok()) {
            for n in n.saturating_sub(around)..=n.saturating_add(around).min(store.len() - 1) {
                self.look(store, sieve, n);
            }
        }
    }

    /// Looks at one event; how long it is.
    fn look(&mut self, store: &Store, sieve: &Sieve, n: usize) -> usize {
        let Some((event, mark)) = store.get(n).zip(store.mark(n)) else { return 0 };
        if event.source != WORDS && self.what.keeps(sieve.candidate(&event, Some(mark))) && sieve.shows(store, n) {
            self.note(mark);
        }
        event.message.len()
    }

    /// Notes that an event has it. Nearly all come at one of the ends.
    fn note(&mut self, mark: Mark) {
        if let Err(place) = self.found.binary_search(&mark) {
            self.found.insert(place, mark);
        }
    }

    /// An event is not shown any more.
    fn forget(&mut self, mark: Mark) {
        if let Ok(place) = self.found.binary_search(&mark) {
            self.found.remove(place);
        }
    }

    /// Where a way leads from the cursor.
    fn lead(&self, way: Way, cursor: Mark) -> Led {
        let at = self.found.partition_point(|mark| *mark < cursor);
        let here = self.found.get(at) == Some(&cursor);
        let before = at.checked_sub(1).and_then(|n| self.found.get(n));
        let behind = self.found.get(at + usize::from(here));
        let (near, forward) = match way {
            Way::Nearest if here => (Some(&cursor), true),
            Way::Nearest => (before.or(behind).filter(|_| before.is_some() || !self.is_looking()), true),
            Way::Next => (behind, true),
            Way::Previous => (before, false),
        };
        if self.is_looking() && (near.is_none() || !self.sweep.covers(cursor)) {
            return Led::Later;
        }
        let end = || if forward { self.found.front() } else { self.found.back() };
        match (near, end()) {
            (Some(near), _) => Led::To(*near, false),
            (None, Some(end)) => Led::To(*end, true),
            (None, None) => Led::Nowhere,
        }
    }
}

impl Logs {
    /// Looks for words, in the language of filters; no words end the search.
    ///
    /// # Errors
    /// When they are not understood; then what was looked for before still is.
    pub fn find(&mut self, words: &str) -> Result<(), NoFilter> {
        let what = LogFilter::parse(words)?;
        let words = words.trim().to_owned();
        self.search = (!what.is_empty()).then(|| Search {
            words,
            what,
            found: VecDeque::new(),
            sweep: Sweep::from(&self.store, self.view.cursor()),
            shown: self.sieve.state(),
            wanted: None,
            round: None,
        });
        Ok(())
    }

    /// Goes to an event that was found, as soon as it is known which; `false` when nothing is looked for.
    pub fn seek(&mut self, way: Way) -> bool {
        let Some(search) = &mut self.search else { return false };
        (search.wanted, search.round) = (Some(way), None);
        true
    }

    /// Looks at events that just came.
    pub(super) fn search_in(&mut self, fresh: &[Mark]) {
        if let Some(search) = &mut self.search {
            search.look_at(&self.store, &self.sieve, fresh);
        }
    }

    /// An event is not shown any more.
    pub(super) fn unfind(&mut self, mark: Mark) {
        if let Some(search) = &mut self.search {
            search.forget(mark);
        }
    }

    /// After every message: looks further, and goes where one wanted to.
    pub fn arrange_search(&mut self, size: Size) {
        let cursor = self.view.cursor();
        let Some(search) = &mut self.search else { return };
        search.go_on(&self.store, &self.sieve, cursor);
        let Some((way, cursor)) = search.wanted.zip(cursor) else { return };
        match search.lead(way, cursor) {
            Led::Later => {}
            Led::Nowhere => search.wanted = None,
            Led::To(mark, round) => {
                search.wanted = None;
                search.round = (round && way != Way::Nearest).then_some(way == Way::Next);
                if mark != cursor {
                    self.look(size, |view: &mut View, scene: &Scene<'_>| view.reveal(mark, scene));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::LogEvent;
    use crate::model::logs::store::End;

    fn event(at: i64, message: &str) -> LogEvent {
        LogEvent::of(at, "s".into(), &at.to_string(), message)
    }

    /// A log of so many kilobytes a line; every tenth says `found`.
    fn logs(lines: i64) -> Logs {
        let mut logs = Logs::default();
        let line = |at| event(at, &format!("{} {}", if at % 10 == 0 { "found" } else { "not" }, "x".repeat(1_000)));
        logs.store.take(0, &(0..lines).map(line).collect::<Vec<_>>(), End::New);
        logs
    }

    fn mark(logs: &Logs, n: usize) -> Mark {
        logs.store.mark(n).unwrap()
    }

    fn all(logs: &mut Logs) -> &Search {
        while logs.search.as_ref().is_some_and(Search::is_looking) {
            logs.arrange_search(Size { width: 80, height: 24 });
        }
        logs.search.as_ref().unwrap()
    }

    #[test]
    fn it_looks_in_turns_and_knows_the_way_before_it_has_looked_at_all() {
        let mut logs = logs(5_000);
        let middle = mark(&logs, 2_005);
        logs.find("FOUND").unwrap();
        assert_eq!(logs.find("/(/").unwrap_err().term, "/(/");
        assert_eq!(logs.search.as_ref().unwrap().found(), 0, "a capital is meant as it stands");
        logs.find("found").unwrap();
        let (store, sieve) = (&logs.store, &logs.sieve);
        let search = logs.search.as_mut().unwrap();
        search.sweep = Sweep::from(store, Some(middle));
        search.go_on(store, sieve, Some(middle));
        assert!(search.is_looking() && search.found() < 500, "{}", search.found());
        assert_eq!(search.lead(Way::Previous, middle), Led::Later);
        let at = [0, 2_000, 2_010, 4_990].map(|n| mark(&logs, n));
        let search = all(&mut logs);
        assert_eq!((search.found(), search.nth(at[2])), (500, Some(202)));
        assert_eq!(search.lead(Way::Previous, middle), Led::To(at[1], false));
        assert_eq!(search.lead(Way::Next, middle), Led::To(at[2], false));
        assert_eq!(search.lead(Way::Nearest, middle), Led::To(at[1], false));
        assert_eq!(search.lead(Way::Next, at[3]), Led::To(at[0], true));
        assert_eq!(search.lead(Way::Previous, at[0]), Led::To(at[3], true));
    }

    #[test]
    fn what_comes_and_what_goes_is_counted_once() {
        let mut logs = logs(30);
        logs.find("found").unwrap();
        assert_eq!(all(&mut logs).found(), 3);
        let fresh = logs.store.take(0, &[event(40, "found"), event(5, "found late"), event(41, "no")], End::New).fresh;
        logs.search_in(&fresh);
        logs.search_in(&fresh);
        assert_eq!(all(&mut logs).found(), 5);
        logs.unfind(mark(&logs, 0));
        assert_eq!(all(&mut logs).found(), 4);
        logs.filter_by("late").unwrap();
        logs.arrange_search(Size { width: 80, height: 24 });
        assert_eq!(all(&mut logs).found(), 1, "only what is on show is looked for");
    }
}
