//! The last runs of the function in one line, and what can be done with them.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, glyphs};
use crate::model::Model;

/// Draws the line as the model lays it out, so that clicks hit what is seen.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let strip = model.strip(area.width);
    let mut spans = vec![Span::raw(" "), ink.span(Role::Muted, "Runs"), Span::raw("  ")];
    if strip.more.0 {
        spans.push(ink.span(Role::Muted, format!("{} ", glyphs::BACK)));
    }
    if model.console.own_runs().next().is_none() {
        spans.push(ink.span(Role::Muted, "none yet"));
    }
    for run in strip.runs {
        spans.push(Span::styled(format!("{} ", glyphs::of_outcome(run.tone)), ink.tone(run.tone)));
        spans.push(ink.span(if run.on_show { Role::Title } else { Role::Muted }, run.words));
        spans.push(Span::raw("  "));
    }
    if strip.more.1 {
        spans.push(ink.span(Role::Muted, glyphs::STEP));
    }
    ink.line(canvas, area, 0, spans);
    let ways = strip.ways.into_iter().flat_map(|(key, word, open)| {
        let role = if open { Role::Accent } else { Role::Muted };
        [ink.span(role, format!("  {key}")), Span::raw(" "), ink.span(Role::Muted, word)]
    });
    ink.line_right(canvas, area, 0, ways.chain([Span::raw(" ")]).collect());
}
