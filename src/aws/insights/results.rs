//! What a query found, as columns and rows. Made in a task: ten thousand rows must not hold up a key.

use std::collections::HashMap;

use aws_sdk_cloudwatchlogs::operation::get_query_results::GetQueryResultsOutput;
use aws_sdk_cloudwatchlogs::types::{QueryStatistics, ResultField};
use unicode_width::UnicodeWidthStr as _;

use super::super::text::Text;

/// The field that leads to a whole record; it is no column.
const POINTER: &str = "@ptr";
/// A column is measured up to this many cells.
const WIDEST: usize = 200;

/// How a query stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryStatus {
    /// It waits for its turn.
    Scheduled,
    /// It reads.
    Running,
    /// It has read everything.
    Complete,
    /// It broke off; AWS does not say why.
    Failed,
    /// Somebody stopped it.
    Cancelled,
    /// It took longer than AWS allows (60 minutes).
    Timeout,
    /// A word that this program does not know.
    Unknown,
}

impl QueryStatus {
    fn of(word: &str) -> Self {
        match word {
            "Scheduled" => Self::Scheduled,
            "Running" => Self::Running,
            "Complete" => Self::Complete,
            "Failed" => Self::Failed,
            "Cancelled" => Self::Cancelled,
            "Timeout" => Self::Timeout,
            _ => Self::Unknown,
        }
    }

    /// It goes on. A word that is not known is followed: it may become one that is.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Scheduled | Self::Running | Self::Unknown)
    }
}

/// What a query has read so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scanned {
    /// Log events that fit.
    pub matched: i64,
    /// Log events looked at.
    pub events: i64,
    /// Bytes looked at: what is paid.
    pub bytes: i64,
}

impl Scanned {
    fn of(told: &QueryStatistics) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "counts that AWS writes as numbers with a point")]
        let whole = |count: f64| count.max(0.0) as i64;
        Self {
            matched: whole(told.records_matched()),
            events: whole(told.records_scanned()),
            bytes: whole(told.bytes_scanned()),
        }
    }
}

/// One column of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryColumn {
    /// The field, as the query names it.
    pub name: Text,
    /// All its values are numbers.
    pub numeric: bool,
    /// The cells that its widest value takes, at most 200.
    pub width: usize,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRow {
    /// What leads to the whole log event; `None` for a row that sums up several.
    pub pointer: Option<Text>,
    /// A value for each column; `None` where the event has none.
    pub cells: Vec<Option<Text>>,
}

/// How a query stands, and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryResults {
    /// How it stands.
    pub status: QueryStatus,
    /// What it read.
    pub scanned: Scanned,
    /// The columns, in the order of the query.
    pub columns: Vec<QueryColumn>,
    /// The rows, in the order of the query.
    pub rows: Vec<QueryRow>,
    /// There are more rows than one answer brings.
    pub more: bool,
}

impl QueryResults {
    /// Reads an answer.
    pub(super) fn of(answer: GetQueryResultsOutput) -> Self {
        let status = answer.status().map_or(QueryStatus::Unknown, |status| QueryStatus::of(status.as_str()));
        let scanned = answer.statistics().map(Scanned::of).unwrap_or_default();
        let more = answer.next_token().is_some();
        let (columns, rows) = table(answer.results.unwrap_or_default());
        Self { status, scanned, columns, rows, more }
    }
}

/// Rows name their fields one by one, and leave out those that an event lacks: a column that comes up late stands behind
/// the one that it follows in its row.
fn columns(results: &[Vec<ResultField>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for fields in results {
        let mut next = 0;
        for name in fields.iter().filter_map(ResultField::field).filter(|name| *name != POINTER) {
            next = 1 + match names.get(next).filter(|known| *known == name) {
                Some(_) => next,
                None => names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.insert(next.min(names.len()), name.to_owned());
                    next
                }),
            };
        }
    }
    names
}

fn table(results: Vec<Vec<ResultField>>) -> (Vec<QueryColumn>, Vec<QueryRow>) {
    let names = columns(&results);
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(n, name)| (name.as_str(), n)).collect();
    let mut columns: Vec<QueryColumn> =
        names.iter().map(|name| QueryColumn { name: Text::line(name), numeric: true, width: 0 }).collect();
    let rows = results.into_iter().map(|fields| {
        let mut row = QueryRow { pointer: None, cells: vec![None; names.len()] };
        for field in fields {
            let (name, value) = (field.field.unwrap_or_default(), field.value.unwrap_or_default());
            if name == POINTER {
                row.pointer = Some(Text::line(value));
                continue;
            }
            let Some(place) = places.get(name.as_str()) else { continue };
            let value = Text::block(value.trim_end());
            if let (Some(column), Some(cell)) = (columns.get_mut(*place), row.cells.get_mut(*place)) {
                column.measure(&value);
                *cell = Some(value);
            }
        }
        row
    });
    let rows = rows.collect();
    (columns, rows)
}

impl QueryColumn {
    fn measure(&mut self, value: &Text) {
        // An empty value is no number, nor does it make words of the others.
        self.numeric &= value.is_empty() || value.parse::<f64>().is_ok_and(f64::is_finite);
        if self.width < WIDEST {
            let end = value.floor_char_boundary(WIDEST * 4);
            self.width = self.width.max(value.get(..end).unwrap_or_default().width()).min(WIDEST);
        }
    }
}
