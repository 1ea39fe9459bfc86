//! The command palette: completing, running, complaining.

use crate::aws::Target;
use crate::keys::{self, Action, Command};
use crate::model::{Effect, Model, Overlay};

use super::{act as do_action, browse, insights, logs, overlays, session};

/// A key while a command is typed.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Accept => return run(model),
        Action::Complete => complete(model),
        Action::Up | Action::Down => choose(model, action == Action::Down),
        Action::Back => {
            model.overlays.pop();
        }
        _ => {}
    }
    Vec::new()
}

fn typed(model: &Model) -> String {
    match model.overlays.last() {
        Some(Overlay::Palette(palette)) => palette.input.value().to_owned(),
        _ => String::new(),
    }
}

fn choose(model: &mut Model, down: bool) {
    let count = keys::suggest(&typed(model), &model.words()).len();
    if let Some(Overlay::Palette(palette)) = model.overlays.last_mut() {
        palette.chosen = match (palette.chosen, down) {
            (None, true) if count > 0 => Some(0),
            (Some(at), true) => Some((at + 1).min(count.saturating_sub(1))),
            (Some(at), false) => at.checked_sub(1),
            (at, _) => at,
        };
    }
}

/// The chosen suggestion, or the first one, becomes the line.
fn complete(model: &mut Model) {
    let suggestions = keys::suggest(&typed(model), &model.words());
    if let Some(Overlay::Palette(palette)) = model.overlays.last_mut()
        && let Some(suggestion) = suggestions.get(palette.chosen.unwrap_or(0))
    {
        palette.input = suggestion.line.clone().into();
        palette.chosen = None;
        palette.complaint = None;
    }
}

/// Enter on the line that is typed, or on the suggestion that is chosen, ends the program or leaves the session.
pub fn leaves(model: &Model) -> bool {
    let Some(Overlay::Palette(palette)) = model.overlays.last() else { return false };
    let (typed, words) = (palette.input.value(), model.words());
    let chosen = palette.chosen.and_then(|chosen| keys::suggest(typed, &words).into_iter().nth(chosen));
    let line = chosen.map_or_else(|| typed.to_owned(), |suggestion| suggestion.line);
    keys::parse_command(&line, &words).is_ok_and(|command| command.leaves())
}

fn run(model: &mut Model) -> Vec<Effect> {
    let chosen = matches!(model.overlays.last(), Some(Overlay::Palette(palette)) if palette.chosen.is_some());
    if chosen {
        complete(model);
    }
    let line = typed(model);
    if line.trim().is_empty() {
        model.overlays.pop();
        return Vec::new();
    }
    match keys::parse_command(&line, &model.words()) {
        Ok(command) => {
            model.overlays.pop();
            obey(model, command)
        }
        // A command that still wants its argument is open for it.
        Err(_) if line.ends_with(' ') && chosen => Vec::new(),
        Err(complaint) => {
            if let Some(Overlay::Palette(palette)) = model.overlays.last_mut() {
                palette.complaint = Some(complaint);
            }
            Vec::new()
        }
    }
}

fn obey(model: &mut Model, command: Command) -> Vec<Effect> {
    let target = model.session.target.clone();
    match command {
        Command::Do(action) => {
            let context = model.context();
            do_action(model, context, action)
        }
        Command::Save => save(model),
        Command::Pane(pane) => {
            overlays::show(model, pane);
            Vec::new()
        }
        Command::Region(region) => session::switch(model, Target { region: Some(region), ..target }),
        // The region of the other profile is its own business.
        Command::Profile(profile) => session::switch(model, Target { profile: Some(profile), region: None, ..target }),
        Command::Logs(names) => logs::open_named(model, &names),
        Command::Sort(column) => {
            let columns = model.pane().columns();
            if let Some(n) = columns.iter().position(|head| head.title.eq_ignore_ascii_case(&column)) {
                browse::sort_by(model, n);
            }
            Vec::new()
        }
        Command::Filter(text) => {
            if let Some(table) = model.views.table_mut(model.views.pane()) {
                table.filter = text.into();
                table.outdated = true;
            }
            Vec::new()
        }
        Command::Insights(names) => insights::open_named(model, &names),
        Command::Theme(theme) if model.options.colours.are_enough_for(&theme) => {
            model.options.theme = theme;
            Vec::new()
        }
        Command::Theme(theme) => {
            let now = model.clock.now();
            model.notices.warn(format!("this terminal has 16 colours, and {theme} wants 256"), now);
            Vec::new()
        }
    }
}

/// Saves what is on show, as the key for it does.
fn save(model: &mut Model) -> Vec<Effect> {
    let context = model.context();
    let Some(action) = keys::saving(context) else {
        let now = model.clock.now();
        model.notices.warn("there is nothing to save here: changes are sent when they are confirmed", now);
        return Vec::new();
    };
    do_action(model, context, action)
}
