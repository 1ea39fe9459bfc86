//! What is known of each event's being shown, kept with the event: what the filter said of it, and whether it is folded.

use super::{Entry, Mark, Store, TOLD_LIVE, UNNUMBERED};

/// What the filter said of the event: it shows it.
const HIT: u8 = 4;
/// Which filter said it: the bits above the others, so that a new filter need not touch a million events.
const FILTER_SHIFT: u8 = 3;
/// There are so many numbers for filters; none has 0.
const FILTERS: u8 = 31;

impl Store {
    /// Another filter will look at the events: nothing is known of it yet.
    pub fn forget_hits(&mut self) {
        (self.hits, self.folded_hits) = (0, 0);
        self.filter = self.filter % FILTERS + 1;
        if self.filter == 1 {
            // The numbers begin again: what the first one said is long untrue.
            for entry in &mut self.entries {
                entry.flags &= (1 << FILTER_SHIFT) - 1;
            }
        }
    }

    /// Whether the filter shows the n-th event; `None` while it has not looked at it.
    pub fn hit(&self, n: usize) -> Option<bool> {
        let entry = self.entries.get(n)?;
        (entry.flags >> FILTER_SHIFT == self.filter).then_some(entry.flags & HIT != 0)
    }

    /// Notes whether the filter shows the n-th event.
    pub fn note_hit(&mut self, n: usize, hit: bool) {
        let Some(entry) = self.entries.get_mut(n) else { return };
        let known = entry.is_hit(self.filter);
        let told = entry.flags & (UNNUMBERED | TOLD_LIVE);
        entry.flags = told | (self.filter << FILTER_SHIFT) | if hit { HIT } else { 0 };
        self.hits = self.hits + usize::from(hit) - usize::from(known);
        if entry.folded {
            self.folded_hits = self.folded_hits + usize::from(hit) - usize::from(known);
        }
    }

    /// Folds an event away, or takes that back.
    pub fn fold(&mut self, mark: Mark, folded: bool) {
        let filter = self.filter;
        let entry = self.place(mark).ok().and_then(|n| self.entries.get_mut(n));
        let Some(entry) = entry.filter(|entry| entry.folded != folded) else { return };
        entry.folded = folded;
        let hit = usize::from(entry.is_hit(filter));
        if folded {
            (self.folded, self.folded_hits) = (self.folded + 1, self.folded_hits + hit);
        } else {
            (self.folded, self.folded_hits) = (self.folded - 1, self.folded_hits - hit);
        }
    }

    /// The n-th event is folded.
    pub fn is_folded(&self, n: usize) -> bool {
        self.entries.get(n).is_some_and(|entry| entry.folded)
    }

    /// How many events are folded, and how many of those that the filter shows.
    pub fn folded(&self) -> (usize, usize) {
        (self.folded, self.folded_hits)
    }

    /// How many of the events that the filter has looked at it shows.
    pub fn hits(&self) -> usize {
        self.hits
    }

    /// An event goes.
    pub(super) fn forget_hit(&mut self, entry: Entry) {
        let hit = usize::from(entry.is_hit(self.filter));
        self.hits -= hit;
        if entry.folded {
            (self.folded, self.folded_hits) = (self.folded - 1, self.folded_hits - hit);
        }
    }
}

impl Entry {
    /// The filter of that number has looked at it, and shows it.
    fn is_hit(&self, filter: u8) -> bool {
        self.flags >> FILTER_SHIFT == filter && self.flags & HIT != 0
    }
}
