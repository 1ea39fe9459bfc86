//! The keys of the screen that the help was called from: of what lies on top first, of what holds everywhere last.

use ratatui::layout::Rect;

use super::dialog::{self, Page};
use super::pager::{self, Entry};
use super::theme::Role;
use super::{Ink, Lines, fit};
use crate::keys::{self, Context};
use crate::model::{Model, Pager};

/// Below this width what a key does stands beneath it.
const NARROW: usize = 30;

/// The whole help. What holds elsewhere is in the help of there, and all of it in the README.
pub fn page(screen: Rect, pager: &Pager, model: &Model, ink: &Ink) -> Page {
    let area = dialog::area(screen, 96, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let mut entries = Vec::new();
    for context in model.contexts_below_help().into_iter().chain([Context::Everywhere]) {
        // The changes of the pane on show are keys of its list.
        if context == Context::Table {
            let open = model.operations().into_iter().enumerate().filter(|(n, _)| !model.is_barred(*n));
            let heads = open.map(|(_, head)| (head.key.to_owned(), head.label));
            section(&mut entries, model.pane().title(), heads, width, ink);
        }
        // Of the keys of lists only those that do something in the pane on show.
        let lists = matches!(context, Context::Table | Context::Yank);
        let bound = keys::bindings().filter(|binding| binding.when == context);
        let bound = bound.filter(|binding| !(lists && model.lacks(binding.action)));
        section(&mut entries, context.title(), bound.map(|binding| (keys::keys_of(binding), binding.help)), width, ink);
    }
    pager::page("Help", area, entries, pager, ink)
}

/// A heading and its keys.
fn section(
    entries: &mut Vec<Entry>,
    title: &'static str,
    keys: impl Iterator<Item = (String, &'static str)>,
    width: usize,
    ink: &Ink,
) {
    let mut keys = keys.peekable();
    if keys.peek().is_some() {
        entries.push(Entry::heading(vec![ink.span(Role::Title, title)]));
        entries.extend(keys.map(|(key, what)| Entry::of(told(&key, what, width, ink))));
    }
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
