//! Columns of the members that a person chooses.

use crate::model::Model;
use crate::model::logs::columns::{Column, completed, paths};
use crate::model::logs::{Ask, Wanted};

/// Asks for the paths of members.
pub(super) fn ask(model: &mut Model) {
    let chosen: Vec<&str> = model.logs.columns.chosen().iter().map(|column: &Column| column.path.as_str()).collect();
    let before = chosen.join(", ");
    model.logs.ask = Some(Ask { wanted: Wanted::Columns, input: before.as_str().into(), before, complaint: None });
}

/// Completes the path that is typed with those of the events on the screen.
pub(super) fn complete(model: &mut Model) {
    let size = model.size;
    let Some(ask) = &model.logs.ask else { return };
    let typed = ask.input.value();
    let line = completed(typed, &model.logs.offers(typed, size));
    if let (Some(line), Some(ask)) = (line, &mut model.logs.ask) {
        ask.complaint = paths(&line).err();
        ask.input = line.into();
    }
}

/// Makes columns of the paths; of none, takes them away. What cannot be seen of them is said.
pub(super) fn choose(model: &mut Model, typed: &str) {
    let (now, size) = (model.clock.now(), model.size);
    // A line with a complaint is never taken.
    let Ok(paths) = paths(typed) else { return };
    let missing = model.logs.missing(&paths, size).cloned();
    let any = !paths.is_empty();
    model.logs.columns.choose(paths);
    if any && model.logs.lead(size.width).members.iter().all(|cells| *cells == 0) {
        model.notices.warn("no room for columns on this screen", now);
    } else if let Some(path) = missing {
        model.notices.warn(format!("no event on the screen has {path}"), now);
    }
}
