//! What can I do here: the most useful keys of the place that has the keyboard.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit};
use crate::keys::{self, Action, Hint};
use crate::model::{Model, Offer, Overlay};

/// Draws as many hints as fit, the most useful first. What cannot be done to this row is dim; what
/// nothing on the screen could take is left out.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut spans = vec![Span::raw(" ")];
    if matches!(model.overlays.last(), Some(Overlay::Yank)) {
        spans.push(ink.span(Role::Title, "copy:  "));
        room = room.saturating_sub(7);
    }
    let hints = keys::hints(model.context(), &model.operations());
    let typing = model.typing().map(|word| Hint { key: "letters", word, action: Action::Accept });
    let (first, rest) = hints.split_at(hints.len().min(1));
    for hint in first.iter().chain(&typing).chain(rest) {
        let word = model.word(hint.action).unwrap_or(hint.word);
        let role = match model.offer(hint.action) {
            Offer::Open => Role::Accent,
            Offer::Dimmed => Role::Muted,
            Offer::Absent => continue,
        };
        let width = fit::width(hint.key) + fit::width(word) + 3;
        if width > room + 2 {
            break;
        }
        room = room.saturating_sub(width);
        spans.push(ink.span(role, hint.key));
        spans.push(Span::raw(" "));
        spans.push(ink.span(Role::Muted, word));
        spans.push(Span::raw("  "));
    }
    ink.line(canvas, area, 0, spans);
}
