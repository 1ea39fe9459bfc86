//! Telling whether an event is here already: among those of its moment, by its number, or by its words where it has
//! none.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use super::{Entry, Store, TOLD_LIVE, UNNUMBERED};
use crate::aws::LogEvent;

/// So many events of a moment are looked through one by one.
const FEW: usize = 32;

/// An event that is looked for before it is taken in.
pub(super) struct Wanted<'a> {
    pub at: i64,
    pub source: u8,
    pub stream: u16,
    pub hash: u32,
    pub text: &'a str,
    /// What made the text harmless.
    pub changes: &'a str,
    pub live: bool,
}

impl<'a> Wanted<'a> {
    pub fn new(event: &'a LogEvent, source: u8, stream: u16, live: bool, same: &mut Same) -> Self {
        let text: &str = &event.message;
        let hash = if event.id.is_empty() { same.nth(hash_of(&(text, stream))) } else { hash_of(&*event.id) };
        Self { at: event.at, source, stream, hash, text, changes: event.written.as_str(), live }
    }
}

/// The events of one moment: those held, and those of the batch so far. Most moments have few.
#[derive(Default)]
pub(super) struct Same {
    at: Option<i64>,
    held: Range<usize>,
    /// Where the events of the moment begin among the fresh ones.
    fresh: usize,
    /// Some of those held have no number.
    unnumbered: bool,
    /// The numbers of them all, once they are many: only then it is worth keeping them.
    hashes: Option<HashSet<u32>>,
    /// How often the same words came without a number.
    seen: HashMap<u32, u32>,
}

impl Same {
    /// Goes on with the events of this moment.
    pub fn turn_to(&mut self, at: i64, store: &Store, fresh: &[Entry]) {
        if self.at != Some(at) {
            let from = store.entries.partition_point(|entry| entry.at < at);
            let held = from..store.entries.partition_point(|entry| entry.at <= at);
            let unnumbered = store.entries.range(held.clone()).any(|entry| entry.flags & UNNUMBERED != 0);
            *self = Self { at: Some(at), held, fresh: fresh.len(), unnumbered, ..Self::default() };
        }
        if self.hashes.is_none() && self.held.len() + fresh.len() - self.fresh > FEW {
            let held = store.entries.range(self.held.clone()).map(|entry| entry.hash);
            let fresh = fresh.iter().skip(self.fresh).map(|entry| entry.hash);
            self.hashes = Some(held.chain(fresh).collect());
        }
    }

    /// Notes that an event of the moment is new.
    pub fn note(&mut self, hash: u32) {
        if let Some(hashes) = &mut self.hashes {
            hashes.insert(hash);
        }
    }

    /// Where a service gives no numbers, the same words twice in a page are two events: they are counted.
    fn nth(&mut self, words: u32) -> u32 {
        let count = self.seen.entry(words).or_default();
        *count += 1;
        hash_of(&(words, *count))
    }

    /// Whether the event is here already. If so it is noted how it was told.
    pub fn is_here(&self, wanted: &Wanted<'_>, store: &mut Store, fresh: &mut [Entry]) -> bool {
        let may_be_numbered = !wanted.live && self.hashes.as_ref().is_none_or(|all| all.contains(&wanted.hash));
        let by_number = may_be_numbered && self.found(wanted, store, fresh, Entry::has_number_of);
        // Words alone may repeat; only where one of the two has no number they are all there is.
        by_number || ((wanted.live || self.unnumbered) && self.found(wanted, store, fresh, Entry::could_be))
    }

    /// Finds the event by a rule, and notes how it was told.
    fn found(
        &self,
        wanted: &Wanted<'_>,
        store: &mut Store,
        fresh: &mut [Entry],
        rule: fn(&Entry, &Wanted<'_>) -> bool,
    ) -> bool {
        let is = |entry: &Entry, store: &Store| {
            let place = entry.source == wanted.source && entry.stream == wanted.stream;
            place && rule(entry, wanted) && store.text(entry) == wanted.text
        };
        let held = self.held.clone().find(|n| store.entries.get(*n).is_some_and(|entry| is(entry, store)));
        let entry = match held {
            Some(n) => store.entries.get_mut(n),
            None => fresh.iter_mut().skip(self.fresh).find(|entry| is(entry, store)),
        };
        if let Some(entry) = entry {
            entry.tell(wanted);
            return true;
        }
        false
    }
}

impl Entry {
    fn has_number_of(&self, wanted: &Wanted<'_>) -> bool {
        self.flags & UNNUMBERED == 0 && self.hash == wanted.hash
    }

    /// One of the two has no number, and the other one was not told that way yet.
    fn could_be(&self, wanted: &Wanted<'_>) -> bool {
        if wanted.live { self.flags & TOLD_LIVE == 0 } else { self.flags & UNNUMBERED != 0 }
    }

    /// The same event is told once more.
    fn tell(&mut self, wanted: &Wanted<'_>) {
        if wanted.live {
            self.flags |= TOLD_LIVE;
        } else {
            self.hash = wanted.hash;
            self.flags &= !UNNUMBERED;
        }
    }
}

fn hash_of(value: &(impl std::hash::Hash + ?Sized)) -> u32 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    let hash = hasher.finish();
    u32::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or_default()
}
