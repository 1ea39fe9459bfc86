//! The keys of the screen that the help was called from: of what lies on top first, of what holds everywhere last.

use ratatui::layout::Rect;

use super::dialog::{self, Page};
use super::pager::{self, Entry};
use super::theme::Role;
use super::{Ink, Lines, fit};
use crate::model::{Model, Pager};

/// Below this width what a key does stands beneath it.
const NARROW: usize = 30;

/// The whole help.
pub fn page(screen: Rect, pager: &Pager, model: &Model, ink: &Ink) -> Page {
    let area = dialog::area(screen, 96, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let mut entries = Vec::new();
    for section in model.help() {
        entries.push(Entry::heading(vec![ink.span(Role::Title, section.title)]));
        entries.extend(section.lines.iter().map(|(key, what)| Entry::of(told(key, what, width, ink))));
    }
    pager::page("Help", area, entries, pager, ink)
}

/// A key and what it does side by side; what does not fit in a column goes on beneath.
fn told(key: &str, what: &str, width: usize, ink: &Ink) -> Lines {
    if width < NARROW {
        let what = fit::wrap(what, width.saturating_sub(3)).into_iter();
        let what = what.map(|part| vec![ink.span(Role::Text, format!("   {part}"))]);
        return std::iter::once(vec![ink.span(Role::Accent, format!(" {key}"))]).chain(what).collect();
    }
    let column = if width < 60 { 12 } else { 24 };
    let (keys, what) = (fit::wrap(key, column), fit::wrap(what, width.saturating_sub(column + 3)));
    let part = |parts: &[String], n: usize| parts.get(n).cloned().unwrap_or_default();
    let line = |n| {
        let key = format!("  {:<column$} ", part(&keys, n));
        vec![ink.span(Role::Accent, key), ink.span(Role::Text, part(&what, n))]
    };
    (0..keys.len().max(what.len())).map(line).collect()
}
