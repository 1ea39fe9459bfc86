//! A list with nothing to show: loading, empty, filtered away, failed, denied, not supported: each says
//! what is so and what to do.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit};
use crate::aws::{Kind, Problem};
use crate::keys;
use crate::model::{Filter, Link, Model, Question, READ_ONLY, State};
use crate::panes::Pane;

/// Draws one line of what and one of what to do.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, question: Option<&Question>, ink: &Ink) {
    explain(canvas, area, picture(model, question), ink);
}

/// Draws what is so in its tone, and what to do.
pub fn explain(canvas: &mut Canvas, area: Rect, (role, what, advice): (Role, String, String), ink: &Ink) {
    let width = usize::from(area.width).saturating_sub(4);
    let mut line = 1.min(area.height.saturating_sub(2));
    for (role, text) in [(role, what), (Role::Muted, advice)] {
        for part in fit::wrap(&text, width) {
            ink.line(canvas, area, line, vec![ink.span(Role::Text, "  "), ink.span(role, part)]);
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
            let advice = table.map_or_else(String::new, |table| misread(pane, table.shown_by()));
            (Role::Muted, format!("no {} fit the filter", pane.rows()), format!("{advice}esc clears the filter"))
        }
        State::Failed { problem } => failed(problem),
        State::NotAsked | State::Loading { .. } => {
            (Role::Muted, format!("loading the {} …", pane.rows()), String::new())
        }
        State::Loaded { .. } => {
            let (what, advice) = pane.empty();
            // Advice that begins with the key of a change is none where nothing may be changed.
            let key = advice.split_whitespace().next();
            let operation = pane.operations().iter().position(|head| Some(head.key) == key);
            let barred = operation.is_some_and(|n| model.is_barred(n));
            (Role::Text, what.to_owned(), if barred { READ_ONLY } else { advice }.to_owned())
        }
    }
}

/// What of a filter was taken for a plain word: no column is called so, or what is compared is no number.
fn misread(pane: &dyn Pane, filter: &Filter) -> String {
    if let Some(stranger) = filter.stranger() {
        let name = &stranger.name;
        let columns: Vec<String> = pane.columns().iter().map(|column| column.title.to_lowercase()).collect();
        let near = keys::nearest(&name.to_lowercase(), columns.iter().map(String::as_str));
        let near = near.map(|near| format!(", perhaps {near}:")).unwrap_or_default();
        return format!("there is no column {name:?}{near}; there are {}; ", columns.join(", "));
    }
    let wordy = filter.wordy().map(|word| format!("{word} compares with no number, as >512, <=30s or >2d do; "));
    wordy.unwrap_or_default()
}

fn failed(problem: &Problem) -> (Role, String, String) {
    let role = match problem.kind {
        Kind::Unsupported => Role::Muted,
        Kind::Throttled => Role::Warn,
        _ => Role::Bad,
    };
    let again = match problem.kind {
        _ if says_r(&problem.hint) => "",
        kind if kind.backs_off() => "It is tried again by itself; r tries now.",
        _ => "r tries again.",
    };
    (role, problem.what(), format!("{} {again}", problem.hint).trim().to_owned())
}

/// The hint names the key already: `press r`, with whatever behind it.
fn says_r(hint: &str) -> bool {
    let behind = |(at, word): (usize, &str)| hint.get(at + word.len()..).and_then(|rest| rest.chars().next());
    hint.match_indices("ress r").any(|found| behind(found).is_none_or(|next| !next.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_named_once() {
        assert!(says_r("Sign in, then press r.") && says_r("Press r after it.") && says_r("then press r"));
        assert!(!says_r("Press return.") && !says_r("Sign in."));
    }
}
