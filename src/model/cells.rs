//! The cells of a list as they are shown: those of the rows, and what the second questions about them brought.

use std::cell::RefCell;

use super::Model;
use super::map::Map;
use super::slot::Slot;
use super::store::Question;
use crate::panes::{self, ColumnHead, LateRow, Pane, Row, RowKey, Value};

impl Model {
    /// The cells of a list, its late ones among them.
    pub fn cells<'a>(&'a self, question: &Question, columns: &'a [ColumnHead]) -> Cells<'a> {
        Cells {
            late: self.store.late_of(question),
            refused: self.store.refused(question.pane).is_some(),
            columns,
            pane: panes::find(question.pane),
            last: RefCell::default(),
        }
    }
}

/// The cells of one list.
pub struct Cells<'a> {
    late: Option<&'a Map<RowKey, Slot<LateRow>>>,
    /// The second question was refused: what is not known yet will not be.
    refused: bool,
    columns: &'a [ColumnHead],
    pane: &'static dyn Pane,
    /// The row that was looked up last: its cells are asked for one after the other, and there may be thousands of rows.
    last: RefCell<Option<(RowKey, Answer<'a>)>>,
}

/// What is known of the second question about a row, if it was ever asked.
type Answer<'a> = Option<&'a Slot<LateRow>>;

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
        match self.slot(&row.key) {
            Some(slot) if slot.answer().is_some() => {
                slot.answer().and_then(|late| late.cells.get(n)).cloned().unwrap_or(Value::Missing)
            }
            Some(slot) if slot.problem().is_some() => Value::Unknown,
            _ if self.refused => Value::Unknown,
            _ => Value::Pending,
        }
    }

    /// What is known of a row by the second question.
    fn slot(&self, key: &RowKey) -> Option<&Slot<LateRow>> {
        let rows = self.late?;
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, slot)) if known == key => *slot,
            _ => {
                let slot = rows.get(key);
                *last = Some((key.clone(), slot));
                slot
            }
        }
    }
}
