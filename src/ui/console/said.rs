//! What a part says in lines, as far as it is scrolled.

use ratatui::text::Span;

use super::super::Ink;
use super::super::canvas::Canvas;
use super::super::theme::Role;
use crate::model::console::{Laid, Line};

/// Draws the lines, and how many more there are below.
pub fn draw(canvas: &mut Canvas, laid: &Laid, ink: &Ink) {
    for (n, line) in (0..laid.said.height).zip(laid.shown()) {
        ink.line(canvas, laid.said, n, spans(line, " ", ink));
    }
    let (below, row) = laid.below();
    if below > 0 {
        ink.line_right(canvas, row, 0, vec![ink.span(Role::Muted, format!("{below} more below "))]);
    }
}

/// One line, behind a lead.
pub fn spans<'a>(line: &'a Line, lead: &'static str, ink: &Ink) -> Vec<Span<'a>> {
    let parts = line.iter().map(|(tone, text)| Span::styled(text.as_str(), ink.tone(*tone)));
    std::iter::once(Span::raw(lead)).chain(parts).collect()
}
