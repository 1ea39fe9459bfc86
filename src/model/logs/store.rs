//! The events of a log, of one or more sources: in order, each once, in few large pieces of memory.
//!
//! An event takes 32 bytes beside its text. The texts stand one behind the other in pieces of a megabyte, as they
//! came; a piece goes when the last of its events does.

mod event;
mod held;
mod hits;
mod note;
mod order;
mod same;
mod texts;

use std::collections::{HashMap, VecDeque};

use crate::aws::{self, LogEvent, Text};
pub use event::Event;
pub use note::WORDS;
use same::{Same, Wanted};
use texts::Texts;

/// How much text is held unless a test says otherwise, in bytes.
pub const CAP: usize = 64 << 20;

/// Which event is meant, whatever comes before or behind it. Marks are in the order of the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When it was written, in milliseconds since 1970.
    at: i64,
    /// Tells events of one millisecond apart.
    serial: u32,
}

impl Mark {
    /// When the event was written, in milliseconds since 1970.
    pub fn at(self) -> i64 {
        self.at
    }
}

/// One event: 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Entry {
    at: i64,
    serial: u32,
    offset: u32,
    length: u32,
    /// Of the event's number, for telling whether it is here already.
    hash: u32,
    piece: u16,
    stream: u16,
    source: u8,
    flags: u8,
    /// What it tells is told by the header of its invocation as well.
    folded: bool,
    /// What made its text harmless stands behind it.
    changed: bool,
}

/// The event was told without a number, by Live Tail.
const UNNUMBERED: u8 = 1;
/// Live Tail told it: the next one with the same words is another event.
const TOLD_LIVE: u8 = 2;

/// Which end the events of a batch are expected at: they share pieces with what goes when they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Older than what is here.
    Old,
    /// Newer than what is here.
    New,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The events that were not here yet, oldest first.
    pub fresh: Vec<Mark>,
    /// There was no room for all: older events were left out.
    pub full: bool,
}

/// All events that are held.
#[derive(Debug)]
pub struct Store {
    entries: VecDeque<Entry>,
    texts: Texts,
    streams: Vec<Text>,
    numbers: HashMap<Text, u16>,
    serial: u32,
    bytes: usize,
    cap: usize,
    dropped: u64,
    /// How many entries are words of our own.
    notes: usize,
    /// How many are of each source.
    held: Vec<usize>,
    /// The number of the filter that looks at events now.
    filter: u8,
    /// How many events it has looked at and shows.
    hits: usize,
    /// How many events are folded, and how many of those that the filter shows.
    folded: usize,
    folded_hits: usize,
}

impl Default for Store {
    fn default() -> Self {
        Self::new(CAP)
    }
}

impl Store {
    /// Nothing held yet, and never more than `cap` bytes of text.
    pub fn new(cap: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            texts: Texts::default(),
            streams: Vec::new(),
            numbers: HashMap::new(),
            serial: 0,
            bytes: 0,
            cap,
            dropped: 0,
            notes: 0,
            held: Vec::new(),
            filter: 1,
            hits: 0,
            folded: 0,
            folded_hits: 0,
        }
    }

    /// How many events are held.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// None is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many bytes of text are held.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many bytes of text are held at the most.
    pub fn cap(&self) -> usize {
        self.cap
    }

    /// How many events had to go because there was no room for more.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The n-th event, oldest first.
    pub fn get(&self, n: usize) -> Option<Event<'_>> {
        self.entries.get(n).map(|entry| self.event(entry))
    }

    /// The event that is marked, if it is still held.
    pub fn marked(&self, mark: Mark) -> Option<Event<'_>> {
        self.get(self.place(mark).ok()?)
    }

    /// The mark of the n-th event.
    pub fn mark(&self, n: usize) -> Option<Mark> {
        self.entries.get(n).map(Entry::mark)
    }

    /// Where a marked event stands; `Err` is where it would, if it went.
    pub fn place(&self, mark: Mark) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| entry.mark().cmp(&mark))
    }

    /// Where the first event of this moment or later stands.
    pub fn place_of_time(&self, at: i64) -> usize {
        self.entries.partition_point(|entry| entry.at < at)
    }

    /// Takes in events that AWS numbered. Whatever is here already stays as it is.
    pub fn take<'e>(&mut self, source: u8, events: impl IntoIterator<Item = &'e LogEvent>, end: End) -> Taken {
        self.take_in(source, events.into_iter().collect(), end, false)
    }

    /// Takes in events of Live Tail, which have no number: one that was read before, with the same words, stream and
    /// moment, is the same.
    pub fn take_live<'e>(&mut self, source: u8, events: impl IntoIterator<Item = &'e LogEvent>) -> Taken {
        self.take_in(source, events.into_iter().collect(), End::New, true)
    }

    fn take_in(&mut self, source: u8, mut batch: Vec<&LogEvent>, end: End, live: bool) -> Taken {
        // Events of one millisecond come in their order, whichever way round the page is; where all are of one, their
        // numbers tell, which rise.
        let ends = batch.first().zip(batch.last());
        if ends.is_some_and(|(first, last)| (first.at, &first.id) > (last.at, &last.id)) {
            batch.reverse();
        }
        batch.sort_by_key(|event| event.at);
        let full = end == End::Old && self.make_fit(&mut batch);
        let mut fresh: Vec<Entry> = Vec::with_capacity(batch.len());
        let mut same = Same::default();
        for event in batch {
            let stream = self.stream(&event.stream);
            same.turn_to(event.at, self, &fresh);
            let wanted = Wanted::new(event, source, stream, live, &mut same);
            if !same.is_here(&wanted, self, &mut fresh) {
                same.note(wanted.hash);
                fresh.push(self.write(&wanted, end));
            }
        }
        let marks = fresh.iter().map(Entry::mark).collect();
        self.merge(fresh);
        self.drop_old();
        Taken { fresh: marks, full }
    }

    /// Leaves out the oldest of a batch of old events, as far as there is no room for them; `true` if there is none for
    /// some.
    fn make_fit(&self, batch: &mut Vec<&LogEvent>) -> bool {
        let mut room = self.cap.saturating_sub(self.bytes);
        let fits = batch.iter().rev().take_while(|event| {
            let bytes = event.message.len() + event.written.as_str().len();
            let fits = bytes <= room;
            room = room.saturating_sub(bytes);
            fits
        });
        let without = batch.len() - fits.count();
        batch.drain(..without);
        without > 0
    }

    /// The number of a stream's name. A log of more streams than numbers has them all under the last one.
    fn stream(&mut self, name: &Text) -> u16 {
        if let Some(n) = self.numbers.get(name) {
            return *n;
        }
        let n = u16::try_from(self.streams.len()).unwrap_or(u16::MAX);
        if n < u16::MAX {
            self.streams.push(name.clone());
            self.numbers.insert(name.clone(), n);
        }
        n
    }

    fn write(&mut self, wanted: &Wanted<'_>, end: End) -> Entry {
        let (text, changes) = (wanted.text, wanted.changes);
        let (piece, offset) = self.texts.write([text, changes], end);
        self.bytes += text.len() + changes.len();
        self.serial = self.serial.wrapping_add(1);
        let flags = if wanted.live { UNNUMBERED | TOLD_LIVE } else { 0 };
        let length = u32::try_from(text.len()).unwrap_or_default();
        let Wanted { at, source, stream, hash, .. } = *wanted;
        self.count(source);
        let changed = !changes.is_empty();
        Entry { at, serial: self.serial, offset, length, hash, piece, stream, source, flags, folded: false, changed }
    }

    /// Lets the oldest go until the rest has room.
    fn drop_old(&mut self) {
        while self.bytes > self.cap && self.entries.len() > 1 {
            let Some(entry) = self.entries.pop_front() else { return };
            let length = self.text(&entry).len() + aws::length_of_changes(self.changes(&entry));
            self.bytes = self.bytes.saturating_sub(length);
            let note = entry.source == WORDS;
            (self.dropped, self.notes) = (self.dropped + u64::from(!note), self.notes - usize::from(note));
            self.uncount(entry.source);
            self.forget_hit(entry);
            self.texts.forget(entry.piece, length);
        }
    }
}

impl Entry {
    fn mark(&self) -> Mark {
        Mark { at: self.at, serial: self.serial }
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
