//! Choosing a query.

use tui_input::InputRequest;

use crate::keys::Action;
use crate::model::insights::{Picker, Picks, picks};
use crate::model::{Effect, Model, Overlay};
use crate::update::steps;

/// How far a page of the list goes.
const PAGE: usize = 10;

/// Opens a list to choose from.
pub(super) fn open(model: &mut Model, what: Picks) {
    model.overlays.push(Overlay::Queries(Picker::new(what)));
}

/// A key that is typed: the list narrows.
pub fn typed(model: &mut Model, request: InputRequest) {
    if let Some(Overlay::Queries(picker)) = model.overlays.last_mut() {
        picker.input.handle(request);
        picker.chosen = 0;
    }
}

/// A key on the list.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.clock.now();
    let Some(Overlay::Queries(picker)) = model.overlays.last_mut() else { return Vec::new() };
    let found = picks(picker, &model.insights.kept, now.wall);
    let last = found.len().saturating_sub(1);
    let at = picker.chosen.min(last);
    picker.chosen = match action {
        Action::Back => {
            model.overlays.pop();
            return Vec::new();
        }
        Action::Accept => {
            if let Some(pick) = found.into_iter().nth(at) {
                model.overlays.pop();
                let choice = pick.choice;
                let before = model.insights.editor.revision();
                model.insights.put(&choice.text);
                model.insights.range = choice.range.unwrap_or_else(|| model.insights.range.clone());
                let same = model.insights.editor.revision() == before;
                let words = if same { "f5 runs it" } else { "ctrl-u brings the query before it back; f5 runs it" };
                model.notices.say(words, now);
            }
            return Vec::new();
        }
        action => steps::round(at, action, last, PAGE).unwrap_or(at),
    };
    Vec::new()
}
