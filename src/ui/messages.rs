//! What went wrong in this session, newest first, and the calls made.

use std::collections::BTreeSet;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::dialog::{self, Page};
use super::pager::{self, Entry};
use super::theme::Role;
use super::{Ink, Lines, fit};
use crate::model::{Calls, Message, Model, Pager};
use crate::panes::ago;

/// So many of what failed in the same way are named.
const NAMED: usize = 3;

/// Messages and call counters.
pub fn page(screen: Rect, pager: &Pager, model: &Model, ink: &Ink) -> Page {
    let area = dialog::area(screen, 100, 60);
    let width = usize::from(area.width).saturating_sub(4);
    let mut entries = vec![Entry::heading(vec![ink.span(Role::Title, "Problems of this session, newest first")])];
    if model.notices.problems() == 0 {
        entries.push(Entry::of(vec![vec![ink.span(Role::Good, "  none")]]));
    }
    entries.extend(model.notices.messages().map(|message| Entry::of(told(message, width, ink))));
    entries.extend(calls(model, width, ink));
    pager::page("Messages", area, entries, pager, ink)
}

/// One problem, and what to do about it.
fn told(message: &Message, width: usize, ink: &Ink) -> Lines {
    let times = if message.times > 1 { format!(" (x{})", message.times) } else { String::new() };
    let text = format!("{}{times}  {}{}", ago(message.at, ink.now), message.text, also(&message.others));
    let text = fit::wrap(&text, width.saturating_sub(2)).into_iter();
    let text = text.map(|part| vec![Span::raw("  "), Span::styled(part, ink.tone(message.tone))]);
    let hint = if message.hint.is_empty() { Vec::new() } else { fit::wrap(&message.hint, width.saturating_sub(4)) };
    let hint = hint.into_iter().map(|part| vec![Span::raw("    "), ink.span(Role::Muted, part)]);
    text.chain(hint).collect()
}

/// What else failed in the same way: the first by name, the rest by number.
fn also(others: &BTreeSet<String>) -> String {
    let named: Vec<&str> = others.iter().take(NAMED).map(String::as_str).collect();
    match (named.is_empty(), others.len() - named.len()) {
        (true, _) => String::new(),
        (false, 0) => format!(" Nor could lambdash {}.", named.join(", ")),
        (false, rest) => format!(" Nor could lambdash {}, and {rest} more.", named.join(", ")),
    }
}

/// What can come of a call, and how wide its column is.
const OUTCOMES: [(&str, usize); 5] =
    [("sent", 8), ("answered", 10), ("throttled", 11), ("no answer", 11), ("given up", 10)];

fn numbers(calls: &Calls) -> [u64; 5] {
    [calls.sent, calls.answered, calls.throttled, calls.failed, calls.given_up]
}

/// How often each operation was called and what came of it: a table, or sentences where it is narrow.
fn calls(model: &Model, width: usize, ink: &Ink) -> Vec<Entry> {
    let longest = model.meter.calls().map(|(operation, _)| fit::width(operation)).max().unwrap_or(0).max(8);
    let table = OUTCOMES.iter().map(|(_, wide)| wide).sum::<usize>();
    if width < longest + 2 + table {
        return sentences(model, width, ink);
    }
    let heads: String = OUTCOMES.iter().map(|(head, wide)| format!("{head:>wide$}")).collect();
    let mut entries = vec![Entry::heading(vec![
        ink.span(Role::Title, format!("{:<wide$}", "Calls", wide = longest + 2)),
        ink.span(Role::Muted, heads),
    ])];
    for (operation, calls) in model.meter.calls() {
        let cells = numbers(calls).into_iter().zip(OUTCOMES).map(|(number, (_, wide))| format!("{number:>wide$}"));
        let cells: String = cells.collect();
        let line = vec![ink.span(Role::Text, format!("  {operation:<longest$}")), ink.span(Role::Muted, cells)];
        entries.push(Entry::of(vec![line]));
    }
    entries
}

/// An operation on one line, beneath it all that came of its calls.
fn sentences(model: &Model, width: usize, ink: &Ink) -> Vec<Entry> {
    let mut entries = vec![Entry::heading(vec![ink.span(Role::Title, "Calls")])];
    for (operation, calls) in model.meter.calls() {
        let mut lines = vec![vec![ink.span(Role::Text, format!("  {operation}"))]];
        let told = numbers(calls).into_iter().zip(OUTCOMES).filter(|(number, _)| *number > 0);
        let told = told.map(|(number, (word, _))| format!("{number} {word}")).collect::<Vec<_>>().join(", ");
        let told = fit::wrap(&told, width.saturating_sub(4));
        lines.extend(told.into_iter().map(|part| vec![ink.span(Role::Muted, format!("    {part}"))]));
        entries.push(Entry::of(lines));
    }
    entries
}
