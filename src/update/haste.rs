//! Keys that came together with others: they may have been pasted, and nobody sends anything, quits or goes elsewhere by
//! a paste.

use crate::keys::{self, Action, Chord, Context};
use crate::model::console::{Picks, Sheet};
use crate::model::{Effect, Model, Overlay};

use super::palette;

/// Does what the key means, unless that wants a key by itself.
pub fn key(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let context = model.context();
    let action = keys::resolve(context, &model.operations(), chord);
    if !action.is_some_and(|action| is_deliberate(model, context, action)) {
        return super::key(model, chord);
    }
    // What is typed ahead of a question is dropped without a word.
    if !super::too_early(model, chord) {
        let now = model.clock.now();
        model.notices.warn(format!("{chord} came together with other keys, as in a paste: press it by itself"), now);
    }
    Vec::new()
}

/// Only a key by itself means that here.
fn is_deliberate(model: &Model, context: Context, action: Action) -> bool {
    agrees(model, context, action) || (action == Action::Accept && palette::leaves(model))
}

/// It sends or agrees to something here: neither a click nor a key that came with others means that.
pub fn agrees(model: &Model, context: Context, action: Action) -> bool {
    // To choose the other side of A/B is to send to both.
    let sends =
        matches!(model.overlays.last(), Some(Overlay::Console(Sheet::Pick(picker))) if picker.picks == Picks::Second);
    action.is_deliberate(context) || (action == Action::Accept && sends)
}
