//! Copying and saving what is shown, in its order.

use std::sync::Arc;

use crate::model::insights::{Results, csv, json};
use crate::model::{Effect, Model};
use crate::panes::Row;
use crate::update::overlays;

/// Copies the row under the cursor.
pub(super) fn row(model: &mut Model, as_csv: bool) -> Vec<Effect> {
    let row = model.insights.found().and_then(|found| Some((found, model.insights.table.row(&found.rows)?)));
    let text = row.map(|(found, row)| written(found, std::iter::once(row), as_csv)).unwrap_or_default();
    let text = text.trim_end().to_owned();
    overlays::copy(model, "the row", text)
}

/// Copies all rows that are shown.
pub(super) fn all(model: &mut Model, as_csv: bool) -> Vec<Effect> {
    let text = shown(model, as_csv).unwrap_or_default();
    overlays::copy(model, "all rows shown", text)
}

/// Saves all rows that are shown to a new file: as lines of JSON if its name says so, else as CSV.
pub(super) fn save(model: &mut Model, path: &str) -> Vec<Effect> {
    let as_csv = ![".json", ".jsonl", ".ndjson"].iter().any(|end| path.to_lowercase().ends_with(end));
    let Some(text) = shown(model, as_csv) else { return Vec::new() };
    vec![Effect::Save { path: path.to_owned(), bytes: Arc::new(text.into_bytes()) }]
}

/// A name for the file: when the query was sent.
pub(super) fn file_name(model: &Model) -> Option<String> {
    let run = model.insights.run.as_ref()?;
    let some = run.found().is_some_and(|found| !found.rows.is_empty());
    some.then(|| format!("insights-{}.csv", run.started.wall.format("%Y%m%d-%H%M%S")))
}

fn shown(model: &Model, as_csv: bool) -> Option<String> {
    let found = model.insights.found()?;
    let order = model.insights.table.order();
    Some(written(found, order.iter().filter_map(|index| found.rows.get(*index)), as_csv))
}

fn written<'a>(found: &Results, rows: impl Iterator<Item = &'a Row>, as_csv: bool) -> String {
    if as_csv { csv(found, rows) } else { json(found, rows) }
}
