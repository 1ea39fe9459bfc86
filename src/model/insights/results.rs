//! What a query found, as a table: columns and cells made from the answer.

use std::collections::HashSet;

use crate::aws::Text;
use crate::aws::insights::{QueryColumn, QueryResults};
use crate::panes::{ColumnHead, Item, Row, RowKey, Value, Width};

/// A column of words gets no more room than this before others have theirs, and a narrow one no less.
const WIDEST: usize = 40;
const NARROWEST: usize = 4;
/// Words beside longer ones get no more than this, in cells.
const BESIDE: u16 = 28;

/// What a query found.
#[derive(Debug)]
pub struct Results {
    /// As AWS answered.
    pub answer: QueryResults,
    /// The rows, known by what leads to their log event, or by their place.
    pub rows: Vec<Row>,
    /// The headings.
    pub heads: Vec<ColumnHead>,
}

impl Results {
    /// Makes a table of an answer.
    pub fn of(answer: QueryResults) -> Self {
        let mut seen = HashSet::new();
        let rows = answer.rows.iter().enumerate().map(|(n, row)| {
            let mut key = row.pointer.clone().unwrap_or_else(|| Text::line(n.to_string()));
            // An event may stand there twice; rows are told apart all the same.
            if !seen.insert(key.clone()) {
                key = Text::line(format!("{key}#{n}"));
            }
            Row { key: RowKey(key), unsettled: false, item: Item::new(n) }
        });
        let rows = rows.collect();
        let widest = answer.columns.iter().map(|column| column.width).max().unwrap_or_default();
        let heads = answer.columns.iter().enumerate().map(|(n, column)| head(n, column, widest)).collect();
        Self { answer, rows, heads }
    }

    /// The place of a row in the answer.
    pub fn place(row: &Row) -> usize {
        row.item.get::<usize>().copied().unwrap_or_default()
    }

    /// A cell as AWS wrote it; `None` where the event has no such field.
    pub fn written(&self, row: &Row, column: usize) -> Option<&Text> {
        self.answer.rows.get(Self::place(row))?.cells.get(column)?.as_ref()
    }

    /// A cell as it is shown, sorted and filtered.
    pub fn cell(&self, row: &Row, column: usize) -> Value {
        let Some(written) = self.written(row, column) else { return Value::Missing };
        let numeric = self.answer.columns.get(column).is_some_and(|column| column.numeric);
        match written.parse::<f64>() {
            Ok(number) if numeric => Value::Number(number),
            _ => Value::Text(in_one_line(written)),
        }
    }
}

/// Words of several lines side by side.
fn in_one_line(text: &Text) -> Text {
    if !text.contains('\n') {
        return text.clone();
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Text::line(lines.join(" "))
}

/// Numbers take the room they need; the longest words take what the others leave. What comes first in the query stays
/// longest.
fn head(n: usize, column: &QueryColumn, widest: usize) -> ColumnHead {
    let title = column.name.chars().count();
    let least = column.width.max(title).clamp(NARROWEST, WIDEST);
    let cells = u16::try_from(least).unwrap_or(u16::MAX);
    // A time is of use whole or not at all.
    let fixed = column.numeric || column.width <= 24;
    let width = match fixed {
        true => Width::Fixed(cells),
        false if column.width == widest => Width::Rather(cells.min(12), cells),
        false => Width::Upto(cells.min(12), cells.min(BESIDE)),
    };
    let priority = u8::try_from(n).unwrap_or(u8::MAX);
    ColumnHead { title: column.name.clone(), width, priority, once: false, late: None }
}
