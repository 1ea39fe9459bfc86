//! The log part of the invoke console: the tail that came along or the whole run, and what the run cost.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, text_view};
use super::{heading, said};
use crate::aws::Level;
use crate::model::Model;
use crate::model::body::View;
use crate::model::console::{LogText, Part, Run, window};

/// Draws the log of the run on show.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let laid = model.laid(Part::Log, area);
    let words = laid.heading.iter().map(|(tone, words)| Span::styled(words.as_str(), ink.tone(*tone)));
    heading(canvas, area, Part::Log, "Log", words.collect(), model, ink);
    said::draw(canvas, &laid, ink);
    if let Some(log) = model.console.run().and_then(Run::log) {
        draw_lines(canvas, laid.view, log, ink);
    }
}

/// The lines of a log: by how bad they are; what Lambda wrote is muted.
fn draw_lines(canvas: &mut Canvas, place: Rect, log: &LogText, ink: &Ink) {
    let View::Text(view) = log.view() else { return };
    text_view::draw(canvas, place, view, window(place), ink, |row| {
        let role = match (log.kind(row.line).is_output(), log.level(row.line)) {
            (true, Some(Level::Error)) => Role::Bad,
            (true, Some(Level::Warn)) => Role::Warn,
            (true, Some(Level::Info) | None) => Role::Text,
            _ => Role::Muted,
        };
        vec![ink.span(role, row.text)]
    });
}
