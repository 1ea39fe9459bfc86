//! What went wrong in this session, newest first, and the calls made.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::dialog::{self, Page};
use super::theme::Role;
use super::{Ink, fit};
use crate::model::Model;
use crate::panes::ago;

/// Messages and call counters.
pub fn page(screen: Rect, model: &Model, ink: &Ink) -> Page {
    let area = dialog::area(screen, 100, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let mut lines = vec![vec![ink.span(Role::Title, "Problems of this session, newest first")]];
    if model.notices.problems() == 0 {
        lines.push(vec![ink.span(Role::Good, "  none")]);
    }
    for message in model.notices.messages() {
        let times = if message.times > 1 { format!(" (x{})", message.times) } else { String::new() };
        let text = format!("{}{times}  {}", ago(message.at, ink.now), message.text);
        lines.extend(
            fit::wrap(&text, width.saturating_sub(2))
                .into_iter()
                .map(|part| vec![Span::raw("  "), Span::styled(part, ink.tone(message.tone))]),
        );
        if !message.hint.is_empty() {
            let hint = fit::wrap(&message.hint, width.saturating_sub(4));
            lines.extend(hint.into_iter().map(|part| vec![Span::raw("    "), ink.span(Role::Muted, part)]));
        }
    }
    lines.push(Vec::new());
    lines.extend(calls(model, width, ink));
    Page { title: "Messages".to_owned(), area, lines }
}

/// How often each operation was called and what came of it; where it is narrow, how often alone.
fn calls(model: &Model, width: usize, ink: &Ink) -> Vec<Vec<Span<'static>>> {
    let longest = model.meter.calls().map(|(operation, _)| fit::width(operation)).max().unwrap_or(0).max(8);
    let columns = if width >= longest + 40 { 4 } else { 1 };
    let row = |cells: [String; 4]| -> String {
        cells.iter().zip([8, 10, 11, 11]).take(columns).map(|(cell, wide)| format!("{cell:>wide$}")).collect()
    };
    let heads = row(["sent", "answered", "throttled", "no answer"].map(str::to_owned));
    let mut lines = vec![vec![
        ink.span(Role::Title, format!("{:<wide$}", "Calls", wide = longest + 2)),
        ink.span(Role::Muted, heads),
    ]];
    for (operation, calls) in model.meter.calls() {
        let numbers = row([calls.sent, calls.answered, calls.throttled, calls.failed].map(|number| number.to_string()));
        lines.push(vec![ink.span(Role::Text, format!("  {operation:<longest$}")), ink.span(Role::Muted, numbers)]);
    }
    lines
}
