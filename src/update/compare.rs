//! Marking rows and comparing them.

use crate::keys::Action;
use crate::model::{Diff, Effect, Model, Overlay};
use crate::panes::Row;

use super::overlays;

/// Marks the row under the cursor, or takes its mark away.
pub fn mark(model: &mut Model) {
    let now = model.clock.now();
    if !model.pane().compares() {
        return model.notices.warn(format!("{} have nothing to compare", model.pane().title()), now);
    }
    let Some(key) = model.row().map(|(_, row)| row.key.clone()) else { return };
    if let Some(table) = model.views.table_mut(model.views.pane()) {
        table.mark(key);
    }
}

/// Compares the two marked rows, or the marked one with the row under the cursor.
pub fn compare(model: &mut Model) {
    let now = model.clock.now();
    let pane = model.pane();
    if !pane.compares() {
        return model.notices.warn(format!("{} have nothing to compare", pane.title()), now);
    }
    match pair(model) {
        Ok(diff) => model.overlays.push(Overlay::Diff(Box::new(diff))),
        Err(why) => model.notices.warn(why, now),
    }
}

/// The comparison, or why there is none.
fn pair(model: &Model) -> Result<Diff, &'static str> {
    let pane = model.pane();
    let (question, row) = model.row().ok_or("there is no row to compare")?;
    let rows = model.store.rows(&question);
    let marks = model.views.table(question.pane).map_or(&[][..], |table| table.marks());
    let marked: Vec<&Row> = marks.iter().filter_map(|key| rows.iter().find(|row| row.key == *key)).collect();
    let (left, right) = match marked.as_slice() {
        [left, right, ..] => (*left, *right),
        [left] if left.key != row.key => (*left, row),
        [_] => return Err("this is the marked row: go to another one and press = there"),
        [] if marks.is_empty() => return Err("mark a row first: m marks, = compares"),
        [] => return Err("the marked row is gone: mark another one"),
    };
    let side = |row: &Row| (pane.name(row), pane.parts(row));
    Ok(Diff::of(side(left), side(right)))
}

/// A key on a comparison.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match (action, model.overlays.last_mut()) {
        (Action::Unfold, Some(Overlay::Diff(diff))) => {
            diff.unfolded = !diff.unfolded;
            Vec::new()
        }
        _ => overlays::text(model, action),
    }
}
