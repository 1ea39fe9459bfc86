//! The cells of a list as they are shown: those of the rows, and what the second questions about them brought.

use super::Model;
use super::store::{Question, Store};
use crate::panes::{self, ColumnHead, Pane, Row, Value};

impl Model {
    /// The cells of a list, its late ones among them.
    pub fn cells<'a>(&'a self, question: &'a Question, columns: &'a [ColumnHead]) -> Cells<'a> {
        Cells { store: &self.store, question, columns, pane: panes::find(question.pane) }
    }
}

/// The cells of one list.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    store: &'a Store,
    question: &'a Question,
    columns: &'a [ColumnHead],
    pane: &'static dyn Pane,
}

impl Cells<'_> {
    /// The n-th cell of a row.
    pub fn get(&self, row: &Row, column: usize) -> Value {
        match self.columns.get(column).and_then(|head| head.late) {
            None => self.pane.cell(row, column),
            Some(n) => self.late(row, n),
        }
    }

    /// The n-th late cell of a row: not in yet, not to be had, or the value.
    pub fn late(&self, row: &Row, n: usize) -> Value {
        let slot = self.store.late(self.question, &row.key);
        match slot {
            Some(slot) if slot.answer().is_some() => {
                slot.answer().and_then(|late| late.cells.get(n)).cloned().unwrap_or(Value::Missing)
            }
            Some(slot) if slot.problem().is_some() => Value::Unknown,
            _ if self.store.refused(self.question.pane).is_some() => Value::Unknown,
            _ => Value::Pending,
        }
    }
}
