//! Which rows the second question is asked about, and which are still to be judged by its answer.

use std::collections::HashSet;

use super::{Model, Question, Slot};
use crate::panes::{self, Row, RowKey};

impl Model {
    /// The rows whose late cells are asked for: those on the screen and a page of look-ahead; where
    /// what is shown hangs on late cells, the first thousand of the list.
    pub fn rows_asked(&self) -> Vec<RowKey> {
        /// At 100 a second more would keep a person waiting for what may no longer be wanted.
        const MOST: usize = 1000;
        let Some(question) = self.question() else { return Vec::new() };
        let mut asked = self.rows_near();
        // Of what is gone AWS knows nothing.
        if let Some(list) = self.store.list(&question).and_then(Slot::answer) {
            asked.retain(|key| !list.is_gone(key));
        }
        if self.by_late(&question) {
            let known: HashSet<RowKey> = asked.iter().cloned().collect();
            let all = self.store.rows(&question).iter().take(MOST).map(|row| &row.key);
            asked.extend(all.filter(|key| !known.contains(*key)).cloned());
        }
        asked
    }

    /// What is shown of a list hangs on late cells, of which those of the first rows are asked at once; where all are
    /// asked anyhow, they come in their turn.
    fn by_late(&self, question: &Question) -> bool {
        let by_late = self.views.table(question.pane).is_some_and(|table| table.by_late);
        by_late && !panes::find(question.pane).late_all()
    }

    /// How many rows of a list are judged by late cells that are not in yet; 0 where nothing is.
    pub fn not_judged(&self, question: &Question) -> usize {
        let by_late = self.by_late(question);
        let answered = |row: &&Row| self.store.late(question, &row.key).is_some_and(|slot| slot.answer().is_some());
        if by_late { self.store.rows(question).iter().filter(|row| !answered(row)).count() } else { 0 }
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
