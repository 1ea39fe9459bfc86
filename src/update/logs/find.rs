//! Looking for words in a log, and what stands around what the filter keeps.

use crate::model::Model;
use crate::model::logs::{Scene, Step, View, Way};

/// Goes to the next event with what is looked for, or to the one before; else to the next that the filter keeps.
pub(super) fn step(model: &mut Model, forward: bool) {
    let (now, size) = (model.clock.now(), model.size);
    if model.logs.seek(if forward { Way::Next } else { Way::Previous }) {
        return;
    }
    if model.logs.words.is_empty() {
        return model.notices.warn("nothing is looked for yet: F asks for words", now);
    }
    let found = model.logs.look(size, |view: &mut View, scene: &Scene<'_>| {
        let from = view.cursor_place(scene.store)?;
        let from = if forward { Some(from + 1) } else { from.checked_sub(1) };
        let Step::To(n) = scene.sieve.next_kept(scene.store, from?, forward) else { return None };
        scene.store.mark(n).map(|mark| view.reveal(mark, scene))
    });
    if found.is_none() {
        let end = if forward { "behind" } else { "before" };
        model.notices.warn(format!("the filter keeps nothing more {end} this event"), now);
    }
}

/// Shows more around what the filter keeps.
pub(super) fn turn_around(model: &mut Model) {
    let now = model.clock.now();
    if model.logs.words.is_empty() {
        return model.notices.warn("events around what a filter keeps: there is no filter yet, / asks for one", now);
    }
    model.logs.sieve.turn_around();
}
