//! One event over the whole screen.

use crate::keys::{Action, Logs as Key};
use crate::model::body::View as Opened;
use crate::model::{Effect, Model};
use crate::update::{overlays, steps};

/// Does what a key means on an opened event.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let window = model.logs.opened_window(model.size);
    match action {
        Action::Logs(Key::Copy) => return copy(model),
        Action::Logs(Key::NextEvent | Key::PreviousEvent) => {
            step(model, action == Action::Logs(Key::NextEvent));
        }
        Action::Back => model.logs.opened = None,
        other => match (steps::motion(other, window), &mut model.logs.opened) {
            (Some(motion), Some(view)) => view.go(motion, window),
            _ => change(model, other),
        },
    }
    Vec::new()
}

fn change(model: &mut Model, action: Action) {
    let window = model.logs.opened_window(model.size);
    match (action, &mut model.logs.opened) {
        (Action::Open, Some(Opened::Tree(view))) => view.toggle(window),
        (Action::Logs(Key::UnfoldAll), Some(Opened::Tree(view))) => view.toggle_all(window),
        (Action::Logs(Key::Wrap), Some(Opened::Text(view))) => view.toggle_wrap(),
        _ => {}
    }
}

/// Opens the event behind this one, or before it.
fn step(model: &mut Model, forward: bool) {
    let size = model.size;
    let moved = model.logs.look(size, |view, scene| view.go(if forward { 1 } else { -1 }, scene));
    if moved {
        model.logs.open_event();
    }
}

/// Copies the event under the cursor.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let text = model.logs.event_text().unwrap_or_default();
    overlays::copy(model, "the event", text)
}
