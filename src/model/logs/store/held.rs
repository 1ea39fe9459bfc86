//! The events of each source: how many are held, and from when on.

use super::Store;

impl Store {
    /// How many events of a source are held.
    pub fn held(&self, source: u8) -> usize {
        self.held.get(usize::from(source)).copied().unwrap_or_default()
    }

    /// The moment of the n-th newest event of some sources among the newest `within` events.
    pub fn nth_newest(&self, is_one: impl Fn(u8) -> bool, n: usize, within: usize) -> Option<i64> {
        let newest = self.entries.iter().rev().take(within);
        newest.filter(|entry| is_one(entry.source)).nth(n).map(|entry| entry.at)
    }

    /// Up to this moment events had to go, if some had.
    pub fn let_go(&self) -> Option<i64> {
        self.entries.front().filter(|_| self.dropped > 0).map(|entry| entry.at)
    }

    /// An event came.
    pub(super) fn count(&mut self, source: u8) {
        let source = usize::from(source);
        if self.held.len() <= source {
            self.held.resize(source + 1, 0);
        }
        if let Some(held) = self.held.get_mut(source) {
            *held += 1;
        }
    }

    /// An event goes.
    pub(super) fn uncount(&mut self, source: u8) {
        if let Some(held) = self.held.get_mut(usize::from(source)) {
            *held = held.saturating_sub(1);
        }
    }
}
