//! Copying, cutting and putting in again: within the program, and through the terminal for others.

use crate::model::{Effect, Model};
use crate::update::overlays;

/// Copies what is selected in the payload, or cuts it out.
pub(super) fn copy(model: &mut Model, cuts: bool) -> Vec<Effect> {
    let Some(editor) = model.console.editor() else { return Vec::new() };
    let text = if cuts { editor.cut() } else { editor.selected().to_owned() };
    if text.is_empty() {
        let now = model.clock.now();
        model.notices.warn("nothing is selected: shift and arrows, the mouse, or ctrl-a for all of it", now);
        return Vec::new();
    }
    model.console.clipboard.clone_from(&text);
    if text.len() > overlays::LONGEST {
        let (now, size) = (model.clock.now(), text.chars().count());
        let said =
            format!("kept {size} characters: ctrl-v puts them in; a terminal takes at most 74 KB onto its clipboard");
        model.notices.say(said, now);
        return Vec::new();
    }
    overlays::copy(model, "the selection", text)
}

/// Puts in what was copied or cut last, in place of what is selected.
pub(super) fn put_in(model: &mut Model) {
    let text = model.console.clipboard.clone();
    if text.is_empty() {
        let now = model.clock.now();
        model.notices.warn("nothing was copied here yet; your terminal's own key pastes what others copied", now);
    } else if let Some(editor) = model.console.editor() {
        editor.paste(&text);
    }
}
