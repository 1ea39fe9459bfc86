//! The keys of the screen that the help was called from: of what lies on top first, of what holds everywhere last.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::dialog::{self, Page};
use super::theme::Role;
use super::{Ink, fit};
use crate::keys::{self, Context};
use crate::model::Model;

/// Below this width what a key does stands beneath it.
const NARROW: usize = 30;

/// The whole help. What holds elsewhere is in the help of there, and all of it in the README.
pub fn page(screen: Rect, model: &Model, ink: &Ink) -> Page {
    let area = dialog::area(screen, 96, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let mut lines = Vec::new();
    for context in model.contexts_below_help().into_iter().chain([Context::Everywhere]) {
        // The changes of the pane on show are keys of its list.
        if context == Context::Table {
            let open = model.operations().into_iter().enumerate().filter(|(n, _)| !model.is_barred(*n));
            let heads = open.map(|(_, head)| (head.key.to_owned(), head.label));
            section(&mut lines, model.pane().title(), heads, width, ink);
        }
        // Of the keys of lists only those that do something in the pane on show.
        let lists = context == Context::Table;
        let bound = keys::bindings().filter(|binding| binding.when == context);
        let bound = bound.filter(|binding| !(lists && model.lacks(binding.action)));
        section(&mut lines, context.title(), bound.map(|binding| (keys::keys_of(binding), binding.help)), width, ink);
    }
    Page { title: "Help".to_owned(), area, lines }
}

/// A heading and its keys; what does not fit in a column goes on beneath.
fn section(
    lines: &mut Vec<Vec<Span<'static>>>,
    title: &'static str,
    keys: impl Iterator<Item = (String, &'static str)>,
    width: usize,
    ink: &Ink,
) {
    let mut keys = keys.peekable();
    if keys.peek().is_none() {
        return;
    }
    if !lines.is_empty() {
        lines.push(Vec::new());
    }
    lines.push(vec![ink.span(Role::Title, title)]);
    let column = if width < 60 { 12 } else { 24 };
    for (key, what) in keys {
        if width < NARROW {
            lines.push(vec![ink.span(Role::Accent, format!(" {key}"))]);
            let what = fit::wrap(what, width.saturating_sub(3)).into_iter();
            lines.extend(what.map(|part| vec![ink.span(Role::Text, format!("   {part}"))]));
            continue;
        }
        let (keys, what) = (fit::wrap(&key, column), fit::wrap(what, width.saturating_sub(column + 3)));
        for n in 0..keys.len().max(what.len()) {
            let part = |parts: &[String]| parts.get(n).cloned().unwrap_or_default();
            let key = format!("  {:<column$} ", part(&keys));
            lines.push(vec![ink.span(Role::Accent, key), ink.span(Role::Text, part(&what))]);
        }
    }
}
