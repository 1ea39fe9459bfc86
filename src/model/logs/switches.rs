//! Which sources of a log are on show.

use super::{Logs, Sieve, Store};
use crate::model::logs::store::Mark;

impl Logs {
    /// Shows a source, or hides it.
    pub fn switch(&mut self, source: u8) {
        self.sift(|sieve, store, from| sieve.switch(source, store, from));
    }

    /// Shows a source alone, or all of them again.
    pub fn alone(&mut self, source: u8) {
        if self.sources.len() > 1 {
            self.sift(|sieve, store, from| sieve.alone(source, store, from));
        }
    }

    /// Shows all sources.
    pub fn all_sources(&mut self) {
        self.sift(Sieve::all);
    }

    /// How many sources are shown.
    pub fn shown_sources(&self) -> usize {
        self.sources.iter().zip(0_u8..).filter(|(_, number)| !self.sieve.is_off(*number)).count()
    }

    fn sift(&mut self, change: impl FnOnce(&mut Sieve, &mut Store, Option<Mark>)) {
        let from = self.view.cursor();
        change(&mut self.sieve, &mut self.store, from);
    }
}
