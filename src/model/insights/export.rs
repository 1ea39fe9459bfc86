//! What was found, as text that other programs read: CSV and JSON, in the order and with the rows that are shown.

use serde_json::{Map, Value};

use super::results::Results;
use crate::model::csv;
use crate::panes::Row;

/// The rows as CSV (RFC 4180), with a line of headings.
pub fn csv<'a>(found: &Results, rows: impl Iterator<Item = &'a Row>) -> String {
    let columns = &found.answer.columns;
    let mut out = String::new();
    csv::line(&mut out, columns.iter().map(|column| column.name.as_str()));
    for row in rows {
        csv::line(&mut out, (0..columns.len()).map(|n| found.written(row, n).map_or("", |text| text.as_str())));
    }
    out
}

/// The rows as lines of JSON, one object a row.
pub fn json<'a>(found: &Results, rows: impl Iterator<Item = &'a Row>) -> String {
    rows.map(|row| format!("{}\n", object(found, row))).collect()
}

/// One row as an object, laid out. A value that is JSON itself stands there as such.
pub fn row_json(fields: impl Iterator<Item = (String, String)>) -> String {
    let fields: Map<String, Value> = fields.map(|(name, text)| (name, opened(text))).collect();
    serde_json::to_string_pretty(&Value::Object(fields)).unwrap_or_default()
}

fn opened(text: String) -> Value {
    let whole = text.trim_start().starts_with(['{', '[']);
    whole.then(|| serde_json::from_str(&text).ok()).flatten().unwrap_or(Value::String(text))
}

/// Numbers are numbers, as far as JSON has them.
fn object(found: &Results, row: &Row) -> Value {
    let columns = found.answer.columns.iter().enumerate();
    let fields = columns.filter_map(|(n, column)| {
        let text = found.written(row, n)?;
        let number = || text.parse::<f64>().ok().filter(|_| column.numeric).and_then(|n| serde_json::to_value(n).ok());
        Some((column.name.to_string(), number().unwrap_or_else(|| Value::String(text.to_string()))))
    });
    Value::Object(fields.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Text;
    use crate::aws::insights::{QueryColumn, QueryResults, QueryRow, QueryStatus, Scanned};

    fn found() -> Results {
        let column = |name, numeric| QueryColumn { name: Text::known(name), numeric, width: 5 };
        let row = |what: Option<&'static str>, n| QueryRow {
            pointer: None,
            cells: vec![what.map(Text::known), Some(Text::known(n))],
        };
        Results::of(QueryResults {
            status: QueryStatus::Complete,
            scanned: Scanned::default(),
            columns: vec![column("what", false), column("n", true)],
            rows: vec![row(Some("a \"b\", c"), "1.28E8"), row(None, "2")],
            more: false,
        })
    }

    #[test]
    fn commas_and_quotes_stay_in_their_cells() {
        let found = found();
        assert_eq!(csv(&found, found.rows.iter()), "what,n\r\n\"a \"\"b\"\", c\",1.28E8\r\n,2\r\n");
    }

    #[test]
    fn numbers_are_numbers_and_what_is_missing_is_left_out() {
        let found = found();
        assert_eq!(json(&found, found.rows.iter()), "{\"what\":\"a \\\"b\\\", c\",\"n\":128000000.0}\n{\"n\":2.0}\n");
    }

    #[test]
    fn json_in_a_field_is_opened() {
        let fields = [("@message", "{\"a\":1}"), ("n", "1")];
        let told = row_json(fields.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert!(told.contains("\"a\": 1") && told.contains("\"n\": \"1\""), "{told}");
    }
}
