//! A line being typed: a range of time, a filter, words, the name of a file.

use tui_input::InputRequest;

use crate::keys::Action;
use crate::model::insights::{Line, Wanted, check_range};
use crate::model::{Effect, Model};

use super::{copy, record};

/// Asks for a line.
pub(super) fn ask(model: &mut Model, wanted: Wanted) {
    let now = model.clock.now();
    let likely = match wanted {
        Wanted::Range => Some(model.insights.range.clone()),
        Wanted::Filter => model.insights.found().map(|_| model.insights.table.filter.value().to_owned()),
        Wanted::Words => Some(String::new()),
        Wanted::File => copy::file_name(model),
    };
    match likely {
        Some(likely) => model.insights.line = Some(Line::with(wanted, &likely)),
        None => model.notices.warn("there are no rows yet: f5 runs the query", now),
    }
}

/// A key that is typed into the line. A filter and words take effect as they are typed.
pub fn type_line(model: &mut Model, request: Option<InputRequest>) {
    let now = model.clock.now().wall;
    let (Some(line), Some(request)) = (&mut model.insights.line, request) else { return };
    line.input.handle(request);
    line.complaint = None;
    let (wanted, typed) = (line.wanted, line.input.value().to_owned());
    let complaint = match wanted {
        Wanted::Filter => {
            set_filter(model, &typed);
            None
        }
        Wanted::Words => (!search(model, &typed) && !typed.is_empty()).then(|| "not found".to_owned()),
        Wanted::Range => check_range(&typed, now).err().filter(|_| !typed.trim().is_empty()),
        Wanted::File => None,
    };
    if let Some(line) = &mut model.insights.line {
        line.complaint = complaint;
    }
}

/// A file was written, so its name is not needed any more.
pub fn saved(model: &mut Model) {
    model.insights.line.take_if(|line| line.wanted == Wanted::File);
}

fn set_filter(model: &mut Model, typed: &str) {
    model.insights.table.filter = typed.into();
    model.insights.table.outdated = true;
}

fn search(model: &mut Model, words: &str) -> bool {
    let window = record::window(model);
    let view = model.insights.record.as_mut().and_then(|record| record.body.view_mut());
    view.is_some_and(|view| view.search(words, window))
}

/// A key that ends the line.
pub fn asked(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.clock.now().wall;
    match action {
        Action::Accept => {
            let Some(line) = &mut model.insights.line else { return Vec::new() };
            let typed = line.input.value().trim().to_owned();
            if line.wanted == Wanted::Range
                && let Err(why) = check_range(&typed, now)
            {
                line.complaint = Some(why);
                return Vec::new();
            }
            if line.wanted == Wanted::File && !typed.is_empty() {
                // The name stays until the file is written: it can be mended, too.
                return copy::save(model, &typed);
            }
            if line.wanted == Wanted::Range {
                model.insights.range = typed;
            }
            model.insights.line = None;
        }
        Action::Back => {
            let Some(line) = model.insights.line.take() else { return Vec::new() };
            match line.wanted {
                Wanted::Filter => set_filter(model, &line.before),
                Wanted::Words => drop(search(model, "")),
                Wanted::Range | Wanted::File => {}
            }
        }
        _ => {}
    }
    Vec::new()
}
