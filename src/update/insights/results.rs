//! Moving among the rows, sorting them, scrolling their columns.

use crate::keys::Action;
use crate::model::insights::Places;
use crate::model::{Model, Screen, Sort, scrolled_columns};
use crate::update::steps;

/// How many rows are on the screen.
fn page(model: &Model) -> usize {
    let screen = Screen::of(model.size, false);
    screen.map_or(1, |screen| usize::from(Places::of(&model.insights, screen.body).rows.height).max(1))
}

/// Moves the cursor.
pub(super) fn step(model: &mut Model, action: Action) {
    let (page, at) = (page(model), model.insights.table.position());
    let Some(to) = steps::from(at, action, page, page.div_ceil(2)) else { return };
    let room = &mut model.insights;
    let mut table = std::mem::take(&mut room.table);
    if let Some(found) = room.found() {
        table.go(to, &found.rows, page);
    }
    room.table = table;
}

/// Sorts by the next column, or the other way round.
pub(super) fn sort(model: &mut Model, reverse: bool) {
    let Some(columns) = model.insights.found().map(|found| found.heads.len()).filter(|columns| *columns > 0) else {
        return;
    };
    let table = &mut model.insights.table;
    table.sort = match (table.sort, reverse) {
        (None, reverse) => Some(Sort { column: 0, reverse }),
        (Some(sort), true) => Some(Sort { reverse: !sort.reverse, ..sort }),
        (Some(sort), false) => Some(Sort { column: (sort.column + 1) % columns, reverse: false }),
    };
    table.outdated = true;
}

/// Scrolls the columns.
pub(super) fn scroll(model: &mut Model, right: bool) {
    let body = Screen::of(model.size, false).map(|screen| screen.body).unwrap_or_default();
    let width = Places::of(&model.insights, body).rows.width;
    let Some(found) = model.insights.found() else { return };
    model.insights.table.scrolled = scrolled_columns(&found.heads, width, model.insights.table.scrolled, right);
}
