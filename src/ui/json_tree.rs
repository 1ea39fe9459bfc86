//! A JSON tree on the screen: folded members are counted, the cursor is a marker in the first column.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::text_view::{ended, marked};
use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::model::json_tree::TreeRow;
use crate::model::text_view::Window;
use crate::model::tree_view::TreeView;

/// Deeper levels are not indented further: the depth is written instead.
const DEEPEST: usize = 20;

/// Draws the rows of a tree. The cursor is marked where the keyboard is.
pub fn draw(canvas: &mut Canvas, area: Rect, view: &TreeView, window: Window, focus: bool, ink: &Ink) {
    for (line, (n, row)) in view.rows(window).enumerate() {
        let Ok(line) = u16::try_from(line) else { break };
        let here = focus && n == view.cursor();
        let mark = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
        let mut spans = spans(&row, window.width + view.left(), ink);
        if let Some(needle) = view.needle() {
            let text: String = spans.iter().map(|span| span.content.as_ref()).collect();
            spans = marked(spans, &needle.hits(&text), ink);
        }
        spans = skipped(spans, view.left());
        spans.insert(0, mark);
        spans = ended(spans, area, false, ink);
        if here {
            let weight = ink.style(Role::Selection);
            for span in spans.iter_mut().skip(1) {
                span.style = span.style.patch(weight);
            }
        }
        ink.line(canvas, area, line, spans);
    }
}

fn spans<'a>(row: &TreeRow<'a>, cells: usize, ink: &Ink) -> Vec<Span<'a>> {
    let mut spans = vec![Span::raw("  ".repeat(row.depth.min(DEEPEST)))];
    if row.depth > DEEPEST {
        spans.push(ink.span(Role::Muted, format!("{}{} ", glyphs::CUT, row.depth)));
    }
    let sign = if row.folded.is_some() { format!("{} ", glyphs::FOLDED) } else { "  ".to_owned() };
    spans.push(ink.span(Role::Accent, sign));
    let enough = |text: &'a str| fit::enough(text, cells);
    if let Some(key) = row.key {
        spans.push(ink.span(Role::Accent, enough(key)));
        spans.push(Span::raw(": "));
    }
    let role = match row.value.as_bytes().first() {
        Some(b'"') => Role::Good,
        Some(b'{' | b'[' | b'}' | b']') | None => Role::Text,
        Some(_) => Role::Warn,
    };
    spans.push(ink.span(role, enough(row.value)));
    if let Some(members) = row.folded {
        spans.push(ink.span(Role::Muted, format!(" {members} ")));
        spans.push(Span::raw(row.closes()));
    }
    if row.comma {
        spans.push(Span::raw(","));
    }
    spans
}

/// The spans without their first cells.
fn skipped(spans: Vec<Span<'_>>, cells: usize) -> Vec<Span<'_>> {
    let mut left = cells;
    let mut out = Vec::new();
    for span in spans {
        let wide = fit::width(&span.content);
        if wide <= left && left > 0 {
            left -= wide;
            continue;
        }
        if left > 0 {
            out.push(Span::styled(fit::skip(&span.content, left).to_owned(), span.style));
            left = 0;
        } else {
            out.push(span);
        }
    }
    out
}
