//! The invocations that a log tells of: put together while its events come, from whichever end and in
//! whichever order they come.

mod run;
mod stretch;

use std::collections::{BTreeMap, HashMap, VecDeque};

use self::stretch::Stretch;
use super::store::{Event, Mark, Store};
use crate::aws::{self, Text};

pub use run::{Invocation, Only};

/// So much text is read in one turn, in bytes.
const TURN: usize = 1 << 20;

/// Where an invocation is among all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    stream: u32,
    run: u32,
}

/// All invocations of the events that are held.
#[derive(Debug, Default)]
pub struct Invocations {
    streams: Vec<Stretch>,
    /// Which of them is of a source's stream.
    numbers: HashMap<(u8, Text), usize>,
    /// Events that came and were not read yet, batch by batch, each oldest first.
    fresh: VecDeque<VecDeque<Mark>>,
    /// Everything newer than this was not read yet, or there is nothing.
    newest: Option<Mark>,
    /// Grows with everything that is read.
    state: u64,
    /// Which lines of Lambda are to be folded, and which no more, since somebody asked.
    folds: Vec<(Mark, bool)>,
}

impl Invocations {
    /// Notes events that came, oldest first; they are read in turns.
    pub fn note(&mut self, fresh: Vec<Mark>) {
        if !fresh.is_empty() {
            self.fresh.push_back(fresh.into());
        }
    }

    /// Events are left that were not read.
    pub fn is_reading(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// Tells whether anything changed since it was asked before.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// Which lines of Lambda are folded now, as another one stands for them, and which are not any more, since this was
    /// asked before.
    pub fn folds(&mut self) -> Vec<(Mark, bool)> {
        std::mem::take(&mut self.folds)
    }

    /// All of them, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = &Invocation> {
        self.streams.iter().flat_map(|stretch| &stretch.runs)
    }

    /// All of them, with where each is; that holds until [`Invocations::state`] changes.
    pub fn places(&self) -> impl Iterator<Item = (Place, &Invocation)> {
        let streams = self.streams.iter().zip(0_u32..);
        streams.flat_map(|(stretch, stream)| {
            stretch.runs.iter().zip(0_u32..).map(move |(run, n)| (Place { stream, run: n }, run))
        })
    }

    /// The one at a place.
    pub fn get(&self, place: Place) -> Option<&Invocation> {
        self.streams.get(place.stream as usize)?.runs.get(place.run as usize)
    }

    /// The invocation that an event belongs to.
    pub fn of(&self, event: &Event<'_>, mark: Mark) -> Option<&Invocation> {
        let stretch = self.streams.get(*self.numbers.get(&(event.source, event.stream.clone()))?)?;
        let reading = aws::read_event(event.message);
        // Those that begin before the event, the last first.
        let end = stretch.runs.partition_point(|run| run.events.0 <= mark);
        stretch.runs.range(..end).rev().take(64).find(|run| run.owns(mark, reading.request))
    }

    /// What is known by now of the invocation that these events are of.
    pub fn again(&self, only: &Only) -> Option<&Invocation> {
        let stretch = self.streams.get(*self.numbers.get(&(only.source, only.stream.clone()))?)?;
        let meets = |run: &&Invocation| run.events.0 <= only.events.1 && only.events.0 <= run.events.1;
        stretch.runs.iter().filter(meets).find(|run| run.request == only.request || only.request.is_empty())
    }

    /// Reads the next events.
    pub fn go_on(&mut self, store: &Store) {
        let Some(mut batch) = self.fresh.pop_front() else { return };
        // What is joined to what is known is read first, or there would be a gap between them.
        let older = batch.back().is_some_and(|last| Some(*last) < self.newest);
        let (mut part, mut left) = (Vec::new(), TURN);
        while left > 0 {
            let Some(mark) = (if older { batch.pop_back() } else { batch.pop_front() }) else { break };
            left = left.saturating_sub(store.marked(mark).map_or(0, |event| event.message.len()) + 64);
            part.push(mark);
        }
        if older {
            part.reverse();
        }
        if !batch.is_empty() {
            self.fresh.push_front(batch);
        }
        self.take(store, &part);
    }

    /// Reads events, oldest first.
    fn take(&mut self, store: &Store, marks: &[Mark]) {
        let mut parts: BTreeMap<(u8, Text), Vec<Mark>> = BTreeMap::new();
        for mark in marks {
            if let Some(event) = store.marked(*mark) {
                parts.entry((event.source, event.stream.clone())).or_default().push(*mark);
            }
        }
        for (key, marks) in parts {
            let number = self.take_part(store, key, &marks);
            let folded =
                number.and_then(|n| self.streams.get_mut(n)).map(|stretch| std::mem::take(&mut stretch.folded));
            self.folds.extend(folded.into_iter().flatten().map(|mark| (mark, true)));
        }
        self.newest = self.newest.max(marks.last().copied());
        self.state += 1;
        // What the store let go is no invocation any more.
        if let Some(oldest) = store.mark(0).filter(|_| store.dropped() > 0) {
            for stretch in &mut self.streams {
                let gone = stretch.runs.partition_point(|run| run.events.1 < oldest);
                stretch.runs.drain(..gone);
            }
        }
    }

    /// Reads events of one stream; its number.
    fn take_part(&mut self, store: &Store, key: (u8, Text), marks: &[Mark]) -> Option<usize> {
        let (first, last) = (marks.first()?, marks.last()?);
        let Some(number) = self.numbers.get(&key).copied() else {
            let number = self.streams.len();
            self.streams.push(stretch(store, marks.iter().copied())?);
            self.numbers.insert(key, number);
            return Some(number);
        };
        let known = self.streams.get_mut(number)?;
        if *first > known.span.1 {
            for mark in marks {
                if let Some(event) = store.marked(*mark) {
                    known.add(*mark, &aws::read_event(event.message));
                }
            }
        } else if let (true, Some(mut older)) = (*last < known.span.0, stretch(store, marks.iter().copied())) {
            older.join(std::mem::replace(known, older.clone()));
            *known = older;
        } else {
            // Late events, amid those that are known: the stream is read again.
            let from = (*first).min(known.span.0);
            let to = (*last).max(known.span.1);
            let from = store.place(from).unwrap_or_else(|n| n);
            let own = |n: &usize| store.get(*n).is_some_and(|event| event.source == key.0 && *event.stream == key.1);
            let all = (from..store.len()).filter(own).filter_map(|n| store.mark(n)).take_while(|mark| *mark <= to);
            if let Some(again) = stretch(store, all) {
                // Whose the lines are may have turned out otherwise.
                self.folds.extend(again.runs.iter().filter_map(|run| Some((run.header?.1, false))));
                *known = again;
            }
        }
        Some(number)
    }
}

/// The invocations of a part of a stream.
fn stretch(store: &Store, marks: impl Iterator<Item = Mark>) -> Option<Stretch> {
    let mut found: Option<Stretch> = None;
    for mark in marks {
        let Some(event) = store.marked(mark) else { continue };
        let reading = aws::read_event(event.message);
        match &mut found {
            Some(stretch) => stretch.add(mark, &reading),
            None => found = Some(Stretch::new(event.source, event.stream, mark, &reading)),
        }
    }
    found
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
