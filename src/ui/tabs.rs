//! The panes, by number.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::Ink;
use super::theme::Role;
use crate::model::{Model, Place};
use crate::panes;

/// Draws the tabs as ` 1 Title  `: `model::tab_width` knows their width for clicks.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let mut spans = Vec::new();
    let marked = model.views.tab();
    for (n, pane) in panes::tabs().enumerate() {
        let here = matches!(model.views.place(), Place::Pane(_)) && pane.id() == marked;
        let (number, title) = if here { (Role::Accent, Role::Title) } else { (Role::Muted, Role::Muted) };
        spans.push(ink.span(number, format!(" {} ", n + 1)));
        spans.push(ink.span(title, pane.title()));
        spans.push(Span::raw("  "));
    }
    if model.views.place() == Place::Console {
        spans.push(ink.span(Role::Title, "Invoke"));
    }
    ink.line(buffer, area, 0, spans);
}
