//! Looking at all events in turns: from one on to the newest, then back to the oldest.

use super::store::{Mark, Store};

/// So much text is looked at in one turn, in bytes.
pub(super) const TURN: usize = 1 << 20;
/// What an event costs beside its text: one without text costs as well.
pub(super) const EACH: usize = 64;

/// How far it came.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    /// Everything newer has still to be looked at, and this event.
    newer: Option<Mark>,
    /// Everything older, and this event.
    older: Option<Mark>,
}

impl Sweep {
    /// Begins at an event, or at the newest.
    pub fn from(store: &Store, from: Option<Mark>) -> Self {
        let from = from.or_else(|| store.last());
        Self { newer: from, older: from }
    }

    /// All were looked at.
    pub fn is_over(&self) -> bool {
        self.newer.is_none() && self.older.is_none()
    }

    /// Events beside this one, whichever way, were looked at.
    pub fn covers(&self, mark: Mark) -> bool {
        self.newer.is_none_or(|newer| mark < newer) && self.older.is_none_or(|older| mark > older)
    }

    /// The place of the next event to look at.
    pub fn next(&mut self, store: &Store) -> Option<usize> {
        let (mark, newer) = match (self.newer, self.older) {
            (Some(mark), _) => (mark, true),
            (None, Some(mark)) => (mark, false),
            (None, None) => return None,
        };
        let n = store.place(mark).unwrap_or_else(|n| n);
        let next = if newer { Some(n + 1) } else { n.checked_sub(1) };
        let next = next.and_then(|n| store.mark(n));
        *(if newer { &mut self.newer } else { &mut self.older }) = next;
        Some(n)
    }
}
