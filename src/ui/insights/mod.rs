//! Logs Insights: the query, how it stands and what it costs, and what it found.

mod picks;
mod results;
mod state;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::console::editor::{self, Look};
use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::model::insights::{Insights, Part, Places, Wanted, parts, place, ready};
use crate::model::{Model, json};

pub use picks::draw as picks;

/// Draws the room.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let room = &model.insights;
    let places = Places::of(room, area);
    title(canvas, places.title, room, ink);
    if !places.query.is_empty() {
        query(canvas, &places, room, ink);
    }
    state::draw(canvas, places.state, model, ink);
    if !places.rows.is_empty() {
        results::draw(canvas, &places, model, ink);
    }
    line(canvas, places.remark, room, ink);
}

/// `orders-api › Logs Insights   last 1h   Slowest invocations`
fn title(canvas: &mut Canvas, area: Rect, room: &Insights, ink: &Ink) {
    let names = &room.targets.names;
    let whom = match names.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first, second] => format!("{first} + {second}"),
        [first, others @ ..] => format!("{first} and {} others", others.len()),
    };
    let range = spoken(&room.range);
    let room_left = usize::from(area.width).saturating_sub(fit::width(&range) + 22);
    let (head, cut) = fit::fit(&whom, room_left.max(8), glyphs::CUT);
    let mut spans = vec![
        Span::raw(format!(" {head}{cut} {} ", glyphs::STEP)),
        ink.span(Role::Title, "Logs Insights"),
        ink.span(Role::Accent, format!("   {range}")),
    ];
    if let Some(title) = ready_title(room.editor.text()) {
        spans.push(ink.span(Role::Muted, format!("   {title}")));
    }
    ink.line(canvas, area, 0, spans);
}

/// A range of time that was typed, in words: `last 1h`.
fn spoken(range: &str) -> String {
    let last = range.ends_with(char::is_alphabetic) && !range.contains("..");
    format!("{}{range}", if last { "last " } else { "" })
}

/// What a query is called, if it is one of those that are ready.
fn ready_title(text: &str) -> Option<&'static str> {
    ready().iter().find(|ready| ready.text.trim() == text.trim()).map(|ready| ready.title.as_str())
}

fn query(canvas: &mut Canvas, places: &Places, room: &Insights, ink: &Ink) {
    let text = room.editor.text();
    let flaw = room.flaw().and_then(|flaw| {
        let (line, column) = place(text, flaw.at?.0);
        Some(json::Flaw { line, column, why: flaw.said.to_string() })
    });
    let look =
        Look { focused: room.part == Part::Query && room.line.is_none(), flaw: flaw.as_ref(), words: None, parts };
    editor::draw(canvas, places.editor(), places.numbers(), &room.editor, &look, ink);
    if let Some(found) = room.flaw() {
        let at = flaw.as_ref().map(|flaw| format!("line {}, column {}: ", flaw.line, flaw.column)).unwrap_or_default();
        ink.line(canvas, places.flaw, 0, vec![ink.span(Role::Bad, format!(" ✖ {at}{}", found.said))]);
    }
}

/// The line that is being typed, at the lower edge.
fn line(canvas: &mut Canvas, area: Rect, room: &Insights, ink: &Ink) {
    let Some(line) = &room.line else { return };
    let lead = format!(" {}", line.wanted.lead());
    // A long line shows its end, where the cursor is.
    let width = usize::from(area.width).saturating_sub(fit::width(&lead) + 2);
    let typed = fit::skip(line.input.value(), fit::width(line.input.value()).saturating_sub(width));
    let mut spans = vec![ink.span(Role::Accent, lead), Span::raw(typed.to_owned()), ink.span(Role::Selection, "▌")];
    match (&line.complaint, line.wanted) {
        (Some(complaint), _) => spans.push(ink.span(Role::Warn, format!(" ! {complaint}"))),
        (None, Wanted::File) => spans.push(ink.span(Role::Muted, "  .csv, or .json for lines of JSON")),
        (None, Wanted::Range) => spans.push(ink.span(Role::Muted, "  enter takes it; f5 then runs the query")),
        (None, _) => {}
    }
    ink.line(canvas, area, 0, vec![Span::raw(" ".repeat(usize::from(area.width)))]);
    ink.line(canvas, area, 0, spans);
}
