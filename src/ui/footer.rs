//! What can I do here: the most useful keys of the place that has the keyboard.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, fit};
use crate::keys;
use crate::model::{Model, Offer, Overlay};

/// Draws as many hints as fit, the most useful first. What cannot be done to this row is dim; what
/// nothing on the screen could take is left out.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut spans = vec![Span::raw(" ")];
    if matches!(model.overlays.last(), Some(Overlay::Yank)) {
        spans.push(ink.span(Role::Title, "copy:  "));
        room = room.saturating_sub(7);
    }
    for hint in keys::hints(model.context(), &model.operations()) {
        let role = match model.offer(hint.action) {
            Offer::Open => Role::Accent,
            Offer::Dimmed => Role::Muted,
            Offer::Absent => continue,
        };
        let width = fit::width(hint.key) + fit::width(hint.word) + 3;
        if width > room + 2 {
            break;
        }
        room = room.saturating_sub(width);
        spans.push(ink.span(role, hint.key));
        spans.push(Span::raw(" "));
        spans.push(ink.span(Role::Muted, hint.word));
        spans.push(Span::raw("  "));
    }
    ink.line(buffer, area, 0, spans);
}
