//! A list with nothing to show: loading, empty, filtered away, failed, denied, not supported: each says
//! what is so and what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::Role;
use super::{Ink, fit};
use crate::aws::{Kind, Problem};
use crate::keys;
use crate::model::{Link, Model, Question, READ_ONLY, State};
use crate::panes::Pane;

/// Draws one line of what and one of what to do.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, question: Option<&Question>, ink: &Ink) {
    explain(buffer, area, picture(model, question), ink);
}

/// Draws what is so in its tone, and what to do.
pub fn explain(buffer: &mut Buffer, area: Rect, (role, what, advice): (Role, String, String), ink: &Ink) {
    let width = usize::from(area.width).saturating_sub(4);
    let mut line = 1.min(area.height.saturating_sub(2));
    for (role, text) in [(role, what), (Role::Muted, advice)] {
        for part in fit::wrap(&text, width) {
            ink.line(buffer, area, line, vec![ink.span(Role::Text, "  "), ink.span(role, part)]);
            line += 1;
        }
    }
}

fn picture(model: &Model, question: Option<&Question>) -> (Role, String, String) {
    match &model.session.link {
        Link::Failed(problem) => return failed(problem),
        Link::None | Link::Connecting(_) => return (Role::Muted, "connecting …".to_owned(), String::new()),
        Link::Up(_) => {}
    }
    let pane = model.pane();
    let Some(question) = question else {
        let what = "no function is chosen".to_owned();
        return (Role::Muted, what, format!("1 shows the functions; choose one to see its {}", pane.rows()));
    };
    let state = model.behind(question).map_or(State::NotAsked, |slot| slot.state());
    let table = model.views.table(question.pane);
    let filtered = table.is_some_and(|table| !table.filter.value().is_empty() || table.problems_only);
    match state {
        _ if filtered && !model.store.rows(question).is_empty() => {
            let stranger = table.and_then(|table| table.shown_by().stranger());
            let advice =
                stranger.map_or_else(|| "esc clears it".to_owned(), |stranger| no_column(pane, &stranger.name));
            (Role::Muted, format!("no {} fit the filter", pane.rows()), advice)
        }
        State::Failed { problem } => failed(problem),
        State::NotAsked | State::Loading { .. } => {
            (Role::Muted, format!("loading the {} …", pane.rows()), String::new())
        }
        State::Loaded { .. } => {
            let (what, advice) = pane.empty();
            // Advice that begins with the key of a change is none where nothing may be changed.
            let key = advice.split_whitespace().next();
            let changes = pane.operations().iter().any(|head| Some(head.key) == key);
            let barred = changes && model.session.target.read_only;
            (Role::Text, what.to_owned(), if barred { READ_ONLY } else { advice }.to_owned())
        }
    }
}

/// A filter looked for a word, as no column is called so.
fn no_column(pane: &dyn Pane, name: &str) -> String {
    let columns: Vec<String> = pane.columns().iter().map(|column| column.title.to_lowercase()).collect();
    let near = keys::nearest(&name.to_lowercase(), columns.iter().map(String::as_str));
    let near = near.map(|near| format!(", perhaps {near}:")).unwrap_or_default();
    format!("there is no column {name:?}{near}; esc clears the filter")
}

fn failed(problem: &Problem) -> (Role, String, String) {
    let role = match problem.kind {
        Kind::Unsupported => Role::Muted,
        Kind::Throttled => Role::Warn,
        _ => Role::Bad,
    };
    let again = match problem.kind {
        _ if problem.hint.contains("ress r ") => "",
        kind if kind.backs_off() => "It is tried again by itself; r tries now.",
        _ => "r tries again.",
    };
    (role, problem.what(), format!("{} {again}", problem.hint).trim().to_owned())
}
