//! The list of the sources of a log: which of them are on show.

use super::press;
use crate::keys::{Action, Logs as Key};
use crate::model::{Effect, Model, Overlay};
use crate::update::steps;

/// How far a page of the list goes.
const PAGE: usize = 10;

/// Opens the list, at the source of the event under the cursor.
pub(super) fn open(model: &mut Model) {
    model.overlays.push(Overlay::Sources(model.logs.event().map_or(0, |event| usize::from(event.source))));
}

/// Shows the source of the event under the cursor alone, or all of them again.
pub(super) fn alone(model: &mut Model) {
    if let Some(source) = model.logs.event().map(|event| event.source) {
        model.logs.alone(source);
    }
}

/// A key on the list.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let last = model.logs.sources.len().saturating_sub(1);
    let Some(Overlay::Sources(chosen)) = model.overlays.last_mut() else { return Vec::new() };
    *chosen = steps::round(*chosen, action, last, PAGE).unwrap_or(*chosen).min(last);
    let here = u8::try_from(*chosen).unwrap_or(u8::MAX);
    match action {
        Action::Mark => model.logs.switch(here),
        Action::Logs(Key::Source) => model.logs.alone(here),
        Action::Logs(key) => return press(model, key),
        Action::Back => {
            model.overlays.pop();
        }
        _ => {}
    }
    Vec::new()
}
