//! One row in full.

use crate::keys::{Action, Console as C};
use crate::model::body::View;
use crate::model::insights::{Places, Record, Wanted};
use crate::model::text_view::Window;
use crate::model::{Effect, Model, NO_TEXT, NO_TREE, ONE_VIEW, Screen, json};
use crate::update::{overlays, steps};

use super::{line, results};

/// Opens the row under the cursor.
pub(super) fn open(model: &mut Model) {
    let room = &model.insights;
    let record = room.found().and_then(|found| Some(Record::of(found, room.table.row(&found.rows)?)));
    if record.is_none() {
        let now = model.clock.now();
        model.notices.warn("there is no row under the cursor", now);
    }
    model.insights.record = record;
}

/// The room that a record has.
pub(super) fn window(model: &Model) -> Window {
    let body = Screen::of(model.size, false).map(|screen| screen.body).unwrap_or_default();
    let place = Places::of(&model.insights, body).record();
    Window { width: usize::from(place.width.saturating_sub(1)), height: usize::from(place.height) }
}

/// A key on a record.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let window = window(model);
    match action {
        Action::Back => return close(model),
        Action::NextBeside | Action::PreviousBeside => {
            results::step(model, if action == Action::NextBeside { Action::Down } else { Action::Up });
            open(model);
        }
        Action::Console(C::CopyPart) => {
            let text = model.insights.record.as_ref().map(|record| record.body.as_text()).unwrap_or_default();
            return overlays::copy(model, "the record", text);
        }
        Action::Console(C::CopyValue) => return copy_value(model),
        Action::Console(C::Search) => line::ask(model, Wanted::Words),
        Action::Console(key) => press(model, key, window),
        action => scroll(model, action, window),
    }
    Vec::new()
}

fn press(model: &mut Model, key: C, window: Window) {
    let now = model.clock.now();
    let Some(body) = model.insights.record.as_mut().map(|record| &mut record.body) else { return };
    if key == C::NextView {
        if !body.next_view() {
            model.notices.warn(ONE_VIEW, now);
        }
        return;
    }
    match (key, body.view_mut()) {
        (C::Unfold, _) => body.open(window),
        (C::UnfoldAll, Some(View::Tree(view))) => view.toggle_all(window),
        (C::UnfoldAll, _) => model.notices.warn(NO_TREE, now),
        (C::Wrap, Some(View::Text(view))) => view.toggle_wrap(),
        (C::Wrap, _) => model.notices.warn(NO_TEXT, now),
        (C::NextHit | C::PreviousHit, Some(view)) => {
            if view.hits().is_none() {
                model.notices.warn("nothing is looked for yet: / asks for words", now);
            } else if !view.next_hit(key == C::NextHit, window) {
                model.notices.warn("not found in this record", now);
            }
        }
        _ => {}
    }
}

fn scroll(model: &mut Model, action: Action, window: Window) {
    let Some(motion) = steps::motion(action, window) else { return };
    if let Some(view) = model.insights.record.as_mut().and_then(|record| record.body.view_mut()) {
        view.go(motion, window);
    }
}

/// Closes the nearest thing that was opened: a value by itself, a search, the record.
fn close(model: &mut Model) -> Vec<Effect> {
    let window = window(model);
    if model.notices.dismiss() {
        return Vec::new();
    }
    let Some(record) = model.insights.record.as_mut() else { return Vec::new() };
    if record.body.close() {
        return Vec::new();
    }
    if let Some(view) = record.body.view_mut().filter(|view| view.hits().is_some()) {
        view.search("", window);
        return Vec::new();
    }
    let asked = record.asked;
    model.insights.record = None;
    asked.map(Effect::Cancel).into_iter().collect()
}

fn copy_value(model: &mut Model) -> Vec<Effect> {
    let found = match model.insights.record.as_ref().and_then(|record| record.body.view()) {
        Some(View::Tree(view)) => {
            let path = view.tree().path(view.cursor()).unwrap_or_default();
            view.tree().source(view.cursor()).map(|source| (path, source.to_owned()))
        }
        _ => None,
    };
    let now = model.clock.now();
    let Some((path, source)) = found else {
        model.notices.warn("there is no value under the cursor; y copies the record", now);
        return Vec::new();
    };
    overlays::copy(model, &path, plain(source))
}

/// A text without its quotation marks; anything else as it is written.
fn plain(source: String) -> String {
    if source.starts_with('"') { json::unquoted(&source) } else { source }
}
