//! What the filter said of each event, kept with the event.

use super::{Entry, Store, TOLD_LIVE, UNNUMBERED};

/// What the filter said of the event: it shows it.
const HIT: u8 = 4;
/// Which filter said it: the bits above the others, so that a new filter need not touch a million events.
const FILTER_SHIFT: u8 = 3;
/// There are so many numbers for filters; none has 0.
const FILTERS: u8 = 31;

impl Store {
    /// Another filter will look at the events: nothing is known of it yet.
    pub fn forget_hits(&mut self) {
        self.hits = 0;
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
        let known = entry.flags >> FILTER_SHIFT == self.filter && entry.flags & HIT != 0;
        let told = entry.flags & (UNNUMBERED | TOLD_LIVE);
        entry.flags = told | (self.filter << FILTER_SHIFT) | if hit { HIT } else { 0 };
        self.hits = self.hits + usize::from(hit) - usize::from(known);
    }

    /// How many of the events that the filter has looked at it shows.
    pub fn hits(&self) -> usize {
        self.hits
    }

    /// An event goes.
    pub(super) fn forget_hit(&mut self, entry: Entry) {
        let hit = entry.flags >> FILTER_SHIFT == self.filter && entry.flags & HIT != 0;
        self.hits -= usize::from(hit);
    }
}
