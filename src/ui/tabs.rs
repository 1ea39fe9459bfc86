//! The panes, by number.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, glyphs};
use crate::model::{Model, Place, TabPart};

/// Draws the tabs where `model::tabs` places them, so that clicks hit them.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let mut spans = Vec::new();
    let marked = model.views.tab();
    for tab in model.tabs(area.width) {
        let here = matches!(model.views.place(), Place::Pane(_)) && tab.pane.id() == marked;
        let (number, title) = if here { (Role::Accent, Role::Title) } else { (Role::Muted, Role::Muted) };
        match tab.part {
            TabPart::Tab(n) => {
                spans.push(ink.span(number, format!(" {n} ")));
                spans.push(ink.span(title, tab.pane.title()));
                spans.push(Span::raw("  "));
            }
            TabPart::Alone(n, of) => {
                let space = if spans.is_empty() { " " } else { "" };
                spans.push(ink.span(number, format!("{space}{n}/{of} ")));
                spans.push(ink.span(title, tab.pane.title()));
            }
            TabPart::Before => spans.push(ink.span(Role::Muted, format!("{} ", glyphs::BACK))),
            TabPart::Behind => spans.push(ink.span(Role::Muted, format!(" {}", glyphs::STEP))),
        }
    }
    if let Some(room) = model.views.place().room() {
        let near = spans.last().is_none_or(|last| last.content.trim().is_empty());
        spans.push(ink.span(Role::Title, format!("{}{room}", if near { "" } else { "  " })));
    }
    ink.line(canvas, area, 0, spans);
}
