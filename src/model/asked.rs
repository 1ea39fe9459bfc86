//! Which rows the second question is asked about.

use std::collections::HashSet;

use super::table::SHORT;
use super::{ByLate, Model, Question, Slot};
use crate::panes::{self, Row, RowKey};

impl Model {
    /// The rows whose late cells are asked for at once: those on the screen and a page of look-ahead; where what is
    /// shown of a short list hangs on late cells, all of them. Those of a long one have their turn.
    pub fn rows_asked(&self) -> Vec<RowKey> {
        let Some(question) = self.question() else { return Vec::new() };
        let mut asked = self.rows_near();
        // Of what is gone AWS knows nothing.
        if let Some(list) = self.store.list(&question).and_then(Slot::answer) {
            asked.retain(|key| !list.is_gone(key));
        }
        if self.by_late(&question).is_some() && !self.asks_all(&question) {
            let known: HashSet<RowKey> = asked.iter().cloned().collect();
            let all = self.store.rows(&question).iter().map(|row| &row.key);
            asked.extend(all.filter(|key| !known.contains(*key)).cloned());
        }
        asked
    }

    /// The rows behind the screen are asked about too, a few at a time: where the pane wants it, and where what is
    /// shown of a long list hangs on what they answer.
    pub fn asks_all(&self, question: &Question) -> bool {
        let long = || self.store.rows(question).len() > SHORT;
        panes::find(question.pane).late_all() || (self.by_late(question).is_some() && long())
    }

    /// What is shown of a list hangs on late cells, and why.
    pub fn by_late(&self, question: &Question) -> Option<ByLate> {
        self.views.table(question.pane)?.by_late
    }

    /// How many rows of a list have told their late cells, where all are asked and not all have.
    pub fn answered(&self, question: &Question) -> Option<usize> {
        if self.asks_all(question) {
            return self.store.answered(question);
        }
        self.by_late(question).filter(|_| self.store.refused(question.pane).is_none())?;
        let rows = self.store.rows(question);
        let told = |row: &&Row| self.store.late(question, &row.key).is_some_and(|slot| !slot.is_open());
        Some(rows.iter().filter(told).count()).filter(|told| *told < rows.len())
    }

    /// The keys of all rows on the screen, plus one page of look-ahead.
    pub fn rows_near(&self) -> Vec<RowKey> {
        let Some(question) = self.question() else { return Vec::new() };
        let Some(table) = self.views.table(question.pane) else { return Vec::new() };
        let rows = self.store.rows(&question);
        let page = self.page();
        let near = table.order().iter().skip(table.offset()).take(page * 2);
        near.filter_map(|index| rows.get(*index)).map(|row| row.key.clone()).collect()
    }
}
