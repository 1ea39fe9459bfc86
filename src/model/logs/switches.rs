//! The sources of a log: which are on show.

use super::{Logs, Sieve, Source, Store};
use crate::aws::Kind;
use crate::model::logs::store::Mark;

impl Logs {
    /// It has a source of this function.
    pub fn has(&self, function: &str) -> bool {
        self.sources.iter().any(|source| source.subject.function.as_deref() == Some(function))
    }

    /// Sources whose log group is not there, and that are of no function which would make it.
    pub fn strays(&self) -> impl Iterator<Item = &Source> {
        let missing = |source: &&Source| self.problem_of(source).is_some_and(|problem| problem.kind == Kind::Missing);
        self.sources.iter().filter(missing).filter(|source| source.subject.function.is_none())
    }

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
