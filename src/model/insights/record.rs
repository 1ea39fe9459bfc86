//! One row in full: its fields, and those that the query left out, as a tree of JSON.

use super::export::row_json;
use super::results::Results;
use crate::aws::{Problem, Text};
use crate::model::body::Body;
use crate::model::msg::Ticket;
use crate::panes::Row;

/// One row in full.
#[derive(Debug)]
pub struct Record {
    /// Its fields, as far as they are known.
    pub body: Body,
    /// The request for the fields that the query left out.
    pub asked: Option<Ticket>,
    /// Where it is asked; `None` for a row that sums up several events.
    pub pointer: Option<Text>,
    /// Why they are not to be had.
    pub problem: Option<Problem>,
}

impl Record {
    /// A row as the query found it.
    pub fn of(found: &Results, row: &Row) -> Self {
        let columns = found.answer.columns.iter().enumerate();
        let fields =
            columns.filter_map(|(n, column)| Some((column.name.to_string(), found.written(row, n)?.to_string())));
        let pointer = found.answer.rows.get(Results::place(row)).and_then(|row| row.pointer.clone());
        Self { body: Body::of(row_json(fields).into_bytes()), asked: None, pointer, problem: None }
    }

    /// All fields of the event came.
    pub fn fill(&mut self, fields: &[(Text, Text)]) {
        let fields = fields.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        self.body = Body::of(row_json(fields).into_bytes());
    }
}
