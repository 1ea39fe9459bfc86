//! One event over the whole screen.

use crate::keys::{Action, Logs as Key};
use crate::model::body::{Body, View};
use crate::model::{Effect, Model, NO_TEXT, NO_TREE};
use crate::update::{overlays, steps};

/// What is copied, in words.
const EVENT: &str = "the event";
/// What to do with an event that is too long for that.
const SAVES: &str = "in the log m marks the event, and S then saves it to a file";

/// Does what a key means on an opened event.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let window = model.logs.opened_window(model.size);
    match action {
        Action::Logs(Key::Copy) => return copy_opened(model),
        Action::Logs(Key::NextEvent | Key::PreviousEvent) => {
            step(model, action == Action::Logs(Key::NextEvent));
        }
        Action::Back => {
            if !body(model).is_some_and(Body::close) {
                model.logs.opened = None;
            }
        }
        other => {
            let view = body(model).and_then(Body::view_mut);
            match (steps::motion(other, window), view) {
                (Some(motion), Some(view)) => view.go(motion, window),
                _ => change(model, other),
            }
        }
    }
    Vec::new()
}

/// What is over the screen.
fn body(model: &mut Model) -> Option<&mut Body> {
    model.logs.opened.as_mut().map(|opened| &mut opened.body)
}

fn change(model: &mut Model, action: Action) {
    let now = model.clock.now();
    let window = model.logs.opened_window(model.size);
    let Some(body) = body(model) else { return };
    match (action, body.view_mut()) {
        (Action::Open, _) => body.open(window),
        (Action::Logs(Key::UnfoldAll), Some(View::Tree(view))) => view.toggle_all(window),
        (Action::Logs(Key::UnfoldAll), _) => model.notices.warn(NO_TREE, now),
        (Action::Logs(Key::Wrap), Some(View::Text(view))) => view.toggle_wrap(),
        (Action::Logs(Key::Wrap), _) => model.notices.warn(NO_TEXT, now),
        _ => {}
    }
}

/// Copies what is over the screen: the event, or the value of it that was opened by itself.
fn copy_opened(model: &mut Model) -> Vec<Effect> {
    let Some(opened) = &model.logs.opened else { return Vec::new() };
    let body = &opened.body;
    let (what, text) = match body.opened() {
        Some(path) => (path.to_owned(), body.as_text()),
        None => (EVENT.to_owned(), String::from_utf8_lossy(body.bytes()).into_owned()),
    };
    overlays::copy_or(model, &what, text, SAVES)
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
    overlays::copy_or(model, EVENT, text, SAVES)
}
