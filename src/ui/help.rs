//! All keys of the place the help was called from, then all others.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, dialog, fit};
use crate::keys::{self, BINDINGS, Context};
use crate::model::{Model, Place, Scroll, console::Part};

/// Draws the help.
pub fn draw(buffer: &mut Buffer, scroll: Scroll, model: &Model, ink: &Ink) {
    let area = dialog::area(buffer.area, 96, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let place = match (model.views.place(), model.console.part) {
        (Place::Pane(_), _) => Context::Table,
        (Place::Console, Part::Request) => Context::Editor,
        (Place::Console, _) => Context::Console,
    };
    let mut lines = Vec::new();
    if place == Context::Table {
        section(&mut lines, model.pane().title(), model.operations().iter().map(|head| (head.key.to_owned(), head.label)), width, ink);
    }
    let others = Context::ALL.into_iter().filter(|context| *context != place);
    for context in std::iter::once(place).chain(others) {
        let bound = BINDINGS.iter().filter(|binding| binding.when == context);
        section(&mut lines, context.title(), bound.map(|binding| (keys::keys_of(binding), binding.help)), width, ink);
    }
    dialog::text(buffer, area, "Help", &lines, scroll, ink);
}

/// A heading and its keys; what does not fit beside a key goes on beneath.
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
    let column = if width < 60 { 14 } else { 24 };
    for (key, what) in keys {
        for (n, part) in fit::wrap(what, width.saturating_sub(column + 2)).into_iter().enumerate() {
            let key = if n == 0 { key.as_str() } else { "" };
            lines.push(vec![ink.span(Role::Accent, format!("  {key:<column$}")), ink.span(Role::Text, part)]);
        }
    }
}
