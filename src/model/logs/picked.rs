//! The events that were marked, to be copied or saved by themselves.

use std::collections::BTreeSet;

use super::store::Mark;
use super::{Logs, WORDS};

/// The marks, in the order of the events.
#[derive(Debug, Default)]
pub struct Picks(BTreeSet<Mark>);

impl Picks {
    /// Nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many events are marked.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// This event is.
    pub fn has(&self, mark: Mark) -> bool {
        self.0.contains(&mark)
    }
}

impl Logs {
    /// Marks the event under the cursor, or takes its mark away.
    pub fn pick(&mut self) {
        let event = self.event().is_some_and(|event| event.source != WORDS);
        let Some(mark) = self.view.cursor().filter(|_| event) else { return };
        if !self.picks.0.remove(&mark) {
            self.picks.0.insert(mark);
        }
    }

    /// Takes all marks away; `false` if there were none.
    pub fn unpick(&mut self) -> bool {
        !std::mem::take(&mut self.picks).is_empty()
    }

    /// Where the marked events stand, as far as they are still held, with what is folded into them.
    pub fn picked(&self) -> BTreeSet<usize> {
        self.picks.0.iter().flat_map(|mark| self.stands_for(*mark)).collect()
    }
}
