//! Words of our own between the events: a live tail was cut there.

use super::same::Wanted;
use super::{End, Mark, Store};
use crate::aws::Text;

/// The source of what is no event but words of our own.
pub const WORDS: u8 = u8::MAX;

impl Store {
    /// How many entries are no events but words of our own.
    pub fn notes(&self) -> usize {
        self.notes
    }

    /// Puts words of our own between the events, where their moment is.
    pub fn note(&mut self, at: i64, words: &str) -> Mark {
        let (stream, hash) = (self.stream(&Text::known("lambdash")), 0);
        let note = Wanted { at, source: WORDS, stream, hash, text: words, changes: "", live: false };
        let note = self.write(&note, End::New);
        self.notes += 1;
        self.merge(vec![note]);
        note.mark()
    }

    /// The mark of the newest event.
    pub fn last(&self) -> Option<Mark> {
        self.mark(self.len().checked_sub(1)?)
    }
}
