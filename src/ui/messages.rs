//! What went wrong in this session, newest first, and the calls made.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, dialog, fit};
use crate::model::{Model, Scroll};
use crate::panes::age;

/// Draws messages and call counters.
pub fn draw(buffer: &mut Buffer, scroll: Scroll, model: &Model, ink: &Ink) {
    let area = dialog::area(buffer.area, 100, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let mut lines = vec![vec![ink.span(Role::Title, "Problems of this session, newest first")]];
    if model.notices.problems() == 0 {
        lines.push(vec![ink.span(Role::Good, "  none")]);
    }
    for message in model.notices.messages() {
        let times = if message.times > 1 { format!(" (x{})", message.times) } else { String::new() };
        let text = format!("{} ago{times}  {}", age(message.at, ink.now), message.text);
        lines.extend(fit::wrap(&text, width.saturating_sub(2)).into_iter().map(|part| vec![Span::raw("  "), Span::styled(part, ink.tone(message.tone))]));
        if !message.hint.is_empty() {
            let hint = fit::wrap(&message.hint, width.saturating_sub(4));
            lines.extend(hint.into_iter().map(|part| vec![Span::raw("    "), ink.span(Role::Muted, part)]));
        }
    }
    lines.push(Vec::new());
    lines.push(vec![ink.span(Role::Title, "Calls"), ink.span(Role::Muted, format!("{:>33} {:>10} {:>10} {:>10}", "sent", "answered", "throttled", "no answer"))]);
    for (operation, calls) in model.meter.calls() {
        let numbers = format!("{:>8} {:>10} {:>10} {:>10}", calls.sent, calls.answered, calls.throttled, calls.failed);
        lines.push(vec![ink.span(Role::Text, format!("  {operation:<28}")), ink.span(Role::Muted, numbers)]);
    }
    dialog::text(buffer, area, "Messages", &lines, scroll, ink);
}
