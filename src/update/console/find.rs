//! Looking for words in the payload.

use crate::model::Model;
use crate::model::console::{Ask, Part, Wanted};

/// Asks for words; those of before are likely.
pub(super) fn open(model: &mut Model) {
    let words = model.console.request().map(|request| request.words.clone()).unwrap_or_default();
    model.console.ask = Some(Ask::with(Wanted::Find, &words));
    if !words.is_empty() {
        typed(model);
    }
}

/// The words changed: goes to the first place from the cursor on.
pub(super) fn typed(model: &mut Model) {
    let Some(words) = model.console.ask.as_ref().map(|ask| ask.input.value().to_owned()) else { return };
    let Some(request) = model.console.request_mut() else { return };
    let found = request.editor.find(&words, true, true);
    request.words.clone_from(&words);
    if let Some(ask) = &mut model.console.ask {
        ask.complaint = (!found && !words.is_empty()).then(|| "not found".to_owned());
    }
}

/// Goes to the next place or to the previous one.
pub(super) fn step(model: &mut Model, forward: bool) {
    let now = model.clock.now();
    let Some(request) = model.console.request_mut() else { return };
    let words = request.words.clone();
    if words.is_empty() {
        model.notices.warn("nothing is looked for yet: ctrl-f asks for words", now);
    } else if !request.editor.find(&words, forward, false) {
        model.notices.warn(format!("the payload has no {words:?}"), now);
    }
}

/// Looks for nothing any more; `false` if nothing was looked for.
pub(super) fn close(model: &mut Model) -> bool {
    if model.console.part != Part::Request {
        return false;
    }
    let words = model.console.request_mut().map(|request| std::mem::take(&mut request.words));
    words.is_some_and(|words| !words.is_empty())
}
