//! The request part of the invoke console: the payload as it is typed.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use super::editor::{self, Look};
use super::heading;
use crate::model::console::{HEADING, Part, Places, Request, Verdict};
use crate::model::{Model, json};

/// A name cut shorter than this says nothing.
const SHORTEST: usize = 8;

/// Draws the payload.
pub fn draw(canvas: &mut Canvas, places: &Places, model: &Model, ink: &Ink) {
    let area = places.request;
    let Some(request) = model.console.request() else { return };
    let (flaw_place, flaw_lines) = places.flaw(&model.console);
    for (n, line) in (0..flaw_place.height).zip(flaw_lines) {
        ink.line(canvas, flaw_place, n, vec![Span::raw(" "), ink.span(Role::Warn, line)]);
    }
    let verdict = match request.verdict() {
        None => ink.span(Role::Muted, "is checked once you rest"),
        Some(Verdict::Json) => ink.span(Role::Good, "✔ JSON"),
        Some(Verdict::Empty) => ink.span(Role::Muted, "empty"),
        Some(Verdict::Flawed(_)) if !flaw_place.is_empty() => ink.span(Role::Warn, "! not JSON"),
        Some(Verdict::Flawed(flaw)) => ink.span(Role::Warn, format!("! {flaw}")),
    };
    let rest = named(request, verdict, usize::from(area.width).saturating_sub(HEADING), ink);
    heading(canvas, area, Part::Request, "Request", rest, model, ink);
    let inside = places.editor(&model.console);
    let numbers = Rect { x: area.x, width: inside.x.saturating_sub(area.x), ..inside };
    let flaw = match request.verdict() {
        Some(Verdict::Flawed(flaw)) => Some(flaw),
        _ => None,
    };
    let look = Look {
        focused: model.console.part == Part::Request,
        flaw,
        words: Some(request.words.as_str()).filter(|words| !words.is_empty()),
        parts: json::parts,
    };
    editor::draw(canvas, inside, numbers, &request.editor, &look, ink);
}

/// What the payload came from, its size and what was found in it, in so many cells: the name is the first to give way,
/// then the size.
fn named<'a>(request: &'a Request, verdict: Span<'a>, room: usize, ink: &Ink) -> Vec<Span<'a>> {
    let size = request.size();
    let left = room.saturating_sub(fit::cells(std::slice::from_ref(&verdict)));
    let Some(left) = left.checked_sub(fit::width(&size) + 2) else { return vec![verdict] };
    let mut spans = vec![ink.span(Role::Muted, size), Span::raw("  "), verdict];
    let Some((name, _)) = request.source() else { return spans };
    let edited = request.edited();
    let left = left.saturating_sub(edited.len() + 2);
    let (head, cut) = fit::fit(name, left, glyphs::CUT);
    if cut.is_empty() || left >= SHORTEST {
        let name =
            [ink.span(Role::Text, head), ink.span(Role::Text, cut), ink.span(Role::Muted, edited), Span::raw("  ")];
        spans.splice(0..0, name);
    }
    spans
}
