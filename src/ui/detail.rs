//! The facts of the row under the cursor: beside the list on wide screens, over it elsewhere.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::dialog::{self, Page};
use super::pager::{self, Entry};
use super::theme::Role;
use super::{Ink, Lines, fit, glyphs};
use crate::model::{Model, Pager};
use crate::panes::Value;

/// Cells of the labels.
const LABELS: usize = 13;

/// Draws the facts beside the list.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let Some((_, row)) = model.row().filter(|_| area.width > 20) else { return };
    let name = model.pane().name(row);
    let width = usize::from(area.width);
    let (head, cut) = fit::fit(&name, width.saturating_sub(2), glyphs::CUT);
    ink.line(canvas, area, 0, vec![Span::raw(" "), ink.span(Role::Title, head), Span::raw(cut)]);
    for (n, line) in facts(model, width.saturating_sub(1), Long::Cut, ink).into_iter().flatten().enumerate() {
        let Ok(n) = u16::try_from(n + 2) else { break };
        let mut spans = vec![Span::raw(" ")];
        spans.extend(line);
        ink.line(canvas, area, n, spans);
    }
}

/// The facts, to lie over the list.
pub fn page(screen: Rect, pager: &Pager, model: &Model, ink: &Ink) -> Option<Page> {
    let (_, row) = model.row()?;
    let area = dialog::area(screen, 78, 40);
    let facts = facts(model, usize::from(area.width).saturating_sub(4), Long::Whole, ink);
    let entries = facts.into_iter().map(Entry::of).collect();
    Some(pager::page(&model.pane().name(row), area, entries, pager, ink))
}

/// What becomes of a value that is longer than its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Long {
    /// It goes on below.
    Whole,
    /// It is cut, so that a fact stands in the same place for every row; sentences and the last fact go on.
    Cut,
}

/// Label and value, each on as many lines as it takes.
fn facts(model: &Model, width: usize, long: Long, ink: &Ink) -> Vec<Lines> {
    let Some((question, row)) = model.row() else { return Vec::new() };
    let columns = model.pane().columns();
    let cells = model.cells(&question, &columns);
    let late = model.store.late(&question, &row.key).and_then(|slot| slot.answer());
    let told = late.into_iter().flat_map(|late| &late.facts).map(|(label, value)| (label.to_string(), value.clone()));
    let own = model.pane().facts(row, &model.fact_lists(row)).into_iter();
    let own: Vec<(String, Value)> =
        own.map(|fact| (fact.label.to_owned(), fact.value.unwrap_or_else(|late| cells.late(row, late)))).collect();
    let last = own.len().saturating_sub(1);
    let room = width.saturating_sub(LABELS);
    let revealed = model.views.reveals(&question, &row.key);
    let mut facts = Vec::new();
    for (place, (label, value)) in own.into_iter().chain(told).enumerate() {
        let (text, style) = shown(&value, revealed, ink);
        let whole = long == Long::Whole || place >= last || matches!(value, Value::Prose(_));
        let (head, cut) = fit::fit(&text, room, glyphs::CUT);
        let parts = if whole { fit::wrap(&text, room) } else { vec![format!("{head}{cut}")] };
        let lines = parts.into_iter().enumerate().map(|(n, part)| {
            let (label, _) = fit::fit(if n == 0 { &label } else { "" }, LABELS - 1, glyphs::CUT);
            vec![ink.span(Role::Muted, format!("{label:<LABELS$}")), Span::styled(part, style)]
        });
        facts.push(lines.collect());
    }
    facts
}

/// A value as it stands by itself, with its style.
pub fn shown(value: &Value, revealed: bool, ink: &Ink) -> (String, Style) {
    let style = ink.tone(value.tone(ink.now));
    let text = match value {
        Value::State(tone, word) => format!("{} {word}", glyphs::of_tone(*tone)),
        Value::Secret(secret) if revealed => secret.reveal().to_string(),
        Value::Time(at) => format!("{} · {}", crate::panes::ago(*at, ink.now), at.format("%Y-%m-%d %H:%M:%S UTC")),
        other => other.remark(ink.now).unwrap_or_else(|| other.shown(ink.now).into_owned()),
    };
    (text, style)
}
