//! Marking rows and comparing them.

use crate::keys::Action;
use crate::model::{Counterparts, Diff, Effect, Model, Overlay};
use crate::panes::{Row, RowKey};

use super::overlays;

/// How many rows are marked at most, for their logs: as many as one session of a live tail takes.
const LOGS: usize = 10;

/// Marks the row under the cursor, or takes its mark away: for a comparison, or for one log of several.
pub fn mark(model: &mut Model) {
    let logged = model.obstacle(Action::OpenLog).is_none();
    if let Some(why) = not_compared(model).filter(|_| !logged) {
        let now = model.clock.now();
        return model.notices.warn(why, now);
    }
    let most = if model.pane().compares() { 2 } else { LOGS };
    let Some(key) = model.row().map(|(_, row)| row.key.clone()) else { return };
    if let Some(table) = model.views.table_mut(model.views.pane()) {
        table.mark(key, most);
    }
}

/// Compares the two marked rows, or the marked one with the row under the cursor; with nothing marked it offers what
/// is worth comparing with.
pub fn compare(model: &mut Model) {
    let opened = not_compared(model).map_or_else(|| open(model), Err);
    match opened {
        Ok(overlay) => model.overlays.push(overlay),
        Err(why) => {
            let now = model.clock.now();
            model.notices.warn(why, now);
        }
    }
}

fn not_compared(model: &Model) -> Option<String> {
    let pane = model.pane();
    (!pane.compares()).then(|| format!("{} have nothing to compare", pane.title()))
}

/// The comparison or the offer, or why there is none.
fn open(model: &Model) -> Result<Overlay, String> {
    let pane = model.pane();
    let (question, row) = model.row().ok_or("there is no row to compare")?;
    let rows = model.store.rows(&question);
    let marks: &[RowKey] = model.views.table(question.pane).map_or(&[], |table| table.marks());
    let marked: Vec<&Row> = marks.iter().filter_map(|key| rows.iter().find(|row| row.key == *key)).collect();
    let known = model.known_to_list(&question);
    let side = |row: &Row| -> Result<_, String> { Ok((pane.name(row), pane.parts(&question.scope, row, &known)?)) };
    let (left, right) = match marked.as_slice() {
        [left, right, ..] => (*left, *right),
        [left] if left.key != row.key => (*left, row),
        [_] => return Err("this is the marked row: go to another one and press = there".to_owned()),
        [] if marks.is_empty() => {
            let entries = pane.counterparts(&question.scope, row, rows, &known);
            if entries.is_empty() {
                return Err("there is nothing else to compare it with".to_owned());
            }
            return Ok(Overlay::Counterparts(Box::new(Counterparts { own: side(row)?, entries, chosen: 0 })));
        }
        [] => return Err("the marked row is gone: mark another one".to_owned()),
    };
    Ok(Overlay::Diff(Box::new(Diff::of(side(left)?, side(right)?))))
}

/// A key on what is offered to compare with.
pub fn counterparts(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(Overlay::Counterparts(offer)) = model.overlays.last_mut() else { return Vec::new() };
    let last = offer.entries.len().saturating_sub(1);
    match action {
        Action::Down => offer.chosen = (offer.chosen + 1).min(last),
        Action::Up => offer.chosen = offer.chosen.saturating_sub(1),
        Action::Top => offer.chosen = 0,
        Action::Bottom => offer.chosen = last,
        Action::Accept => {
            let diff = offer
                .entries
                .get(offer.chosen)
                .map(|other| Diff::of((other.name.clone(), other.parts.clone()), offer.own.clone()));
            model.overlays.pop();
            model.overlays.extend(diff.map(|diff| Overlay::Diff(Box::new(diff))));
        }
        Action::Back => drop(model.overlays.pop()),
        _ => {}
    }
    Vec::new()
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
