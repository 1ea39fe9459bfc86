//! What is looked for in a log, and where one is among what was found.

use ratatui::text::Span;

use super::super::Ink;
use super::super::theme::Role;
use super::count;
use crate::model::logs::Logs;

/// `find stock  3 of 41+`: a plus while not all was looked at.
pub fn found(logs: &Logs, ink: &Ink) -> Vec<Span<'static>> {
    let Some(search) = &logs.search else { return Vec::new() };
    let more = if search.is_looking() { "+" } else { "" };
    let nth = logs.view.cursor().and_then(|mark| search.nth(mark));
    let (role, where_from) = match (search.found(), nth) {
        (0, _) if search.is_looking() => (Role::Muted, "looking …".to_owned()),
        (0, _) => (Role::Warn, "not found".to_owned()),
        (all, None) => (Role::Text, format!("{}{more} found", count(all))),
        (all, Some(nth)) => (Role::Text, format!("{} of {}{more}", count(nth), count(all))),
    };
    let round = match search.round() {
        Some(true) => " · from the beginning again",
        Some(false) => " · from the end again",
        None => "",
    };
    vec![
        ink.span(Role::Accent, format!("  find {}  ", search.words())),
        ink.span(role, where_from),
        ink.span(Role::Warn, round),
        Span::raw(" "),
    ]
}

/// How many events around what the filter keeps are shown, behind its words.
pub fn around(logs: &Logs) -> String {
    match logs.sieve.around() {
        0 => String::new(),
        usize::MAX => " · all around".to_owned(),
        n => format!(" · {n} around"),
    }
}
