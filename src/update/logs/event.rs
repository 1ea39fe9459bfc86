//! One event over the whole screen.

use crate::keys::{Action, Logs as Key};
use crate::model::body::View as Opened;
use crate::model::text_view::Motion;
use crate::model::{Effect, Model};
use crate::update::overlays;

/// Does what a key means on an opened event.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let window = model.logs.opened_window(model.size);
    let half = isize::try_from(window.height / 2).unwrap_or(isize::MAX).max(1);
    let motion = match action {
        Action::Logs(Key::Copy) => return copy(model),
        Action::Logs(Key::NextEvent | Key::PreviousEvent) => {
            step(model, action == Action::Logs(Key::NextEvent));
            return Vec::new();
        }
        Action::Back => {
            model.logs.opened = None;
            return Vec::new();
        }
        Action::Up => Motion::By(-1),
        Action::Down => Motion::By(1),
        Action::HalfUp => Motion::By(-half),
        Action::HalfDown => Motion::By(half),
        Action::Top => Motion::Top,
        Action::Bottom => Motion::Bottom,
        Action::Left => Motion::Left,
        Action::Right => Motion::Right,
        other => {
            change(model, other);
            return Vec::new();
        }
    };
    if let Some(view) = &mut model.logs.opened {
        view.go(motion, window);
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
    let text = model.logs.event().map(|event| event.message.to_owned()).unwrap_or_default();
    overlays::copy(model, "the event", text)
}
