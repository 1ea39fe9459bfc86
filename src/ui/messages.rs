//! What went wrong in this session, newest first, and the calls made.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::dialog::{self, Page};
use super::theme::Role;
use super::{Ink, fit};
use crate::model::{Calls, Model};
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
        let others = match message.others.len() {
            0 => String::new(),
            1 => " The same of another.".to_owned(),
            count => format!(" The same of {count} others."),
        };
        let text = format!("{}{times}  {}{others}", ago(message.at, ink.now), message.text);
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

/// What can come of a call, and how wide its column is.
const OUTCOMES: [(&str, usize); 5] =
    [("sent", 8), ("answered", 10), ("throttled", 11), ("no answer", 11), ("given up", 10)];

fn numbers(calls: &Calls) -> [u64; 5] {
    [calls.sent, calls.answered, calls.throttled, calls.failed, calls.given_up]
}

/// How often each operation was called and what came of it: a table, or sentences where it is narrow.
fn calls(model: &Model, width: usize, ink: &Ink) -> Vec<Vec<Span<'static>>> {
    let longest = model.meter.calls().map(|(operation, _)| fit::width(operation)).max().unwrap_or(0).max(8);
    let table = OUTCOMES.iter().map(|(_, wide)| wide).sum::<usize>();
    if width < longest + 2 + table {
        return sentences(model, width, ink);
    }
    let heads: String = OUTCOMES.iter().map(|(head, wide)| format!("{head:>wide$}")).collect();
    let mut lines = vec![vec![
        ink.span(Role::Title, format!("{:<wide$}", "Calls", wide = longest + 2)),
        ink.span(Role::Muted, heads),
    ]];
    for (operation, calls) in model.meter.calls() {
        let cells = numbers(calls).into_iter().zip(OUTCOMES).map(|(number, (_, wide))| format!("{number:>wide$}"));
        let cells: String = cells.collect();
        lines.push(vec![ink.span(Role::Text, format!("  {operation:<longest$}")), ink.span(Role::Muted, cells)]);
    }
    lines
}

/// An operation on one line, beneath it all that came of its calls.
fn sentences(model: &Model, width: usize, ink: &Ink) -> Vec<Vec<Span<'static>>> {
    let mut lines = vec![vec![ink.span(Role::Title, "Calls")]];
    for (operation, calls) in model.meter.calls() {
        lines.push(vec![ink.span(Role::Text, format!("  {operation}"))]);
        let told = numbers(calls).into_iter().zip(OUTCOMES).filter(|(number, _)| *number > 0);
        let told = told.map(|(number, (word, _))| format!("{number} {word}")).collect::<Vec<_>>().join(", ");
        let told = fit::wrap(&told, width.saturating_sub(4));
        lines.extend(told.into_iter().map(|part| vec![ink.span(Role::Muted, format!("    {part}"))]));
    }
    lines
}
