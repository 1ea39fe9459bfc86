//! The request part of the invoke console: the payload as it is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::Ink;
use super::super::theme::Role;
use super::editor::{self, Look};
use super::heading;
use crate::model::console::{Part, Places, Verdict};
use crate::model::{Model, json};
use crate::panes::bytes;

/// Draws the payload.
pub fn draw(buffer: &mut Buffer, places: &Places, model: &Model, ink: &Ink) {
    let area = places.request;
    let Some(request) = model.console.request() else { return };
    let size = i64::try_from(request.editor.text().len()).unwrap_or(i64::MAX);
    let verdict = match request.verdict() {
        None => ink.span(Role::Muted, "is checked once you rest"),
        Some(Verdict::Json) => ink.span(Role::Good, "✔ JSON"),
        Some(Verdict::Empty) => ink.span(Role::Muted, "empty"),
        Some(Verdict::Flawed(flaw)) => {
            ink.span(Role::Warn, format!("! line {} column {}: {}", flaw.line, flaw.column, flaw.why))
        }
    };
    let source = request.source().map(|(name, edited)| (name.to_string(), if edited { ", edited  " } else { "  " }));
    let (source, edited) = source.unwrap_or_default();
    let rest = vec![
        ink.span(Role::Text, source),
        ink.span(Role::Muted, edited),
        ink.span(Role::Muted, bytes(size)),
        Span::raw("  "),
        verdict,
    ];
    heading(buffer, area, Part::Request, "Request", rest, model, ink);
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
    editor::draw(buffer, inside, numbers, &request.editor, &look, ink);
}
