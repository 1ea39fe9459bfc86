//! The request part of the invoke console: the payload as it is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::super::Ink;
use super::super::theme::Role;
use super::heading;
use crate::model::console::Part;
use crate::model::{Model, json};
use crate::panes::bytes;

/// The longest payload that is checked as it is typed.
const CHECKED: usize = 256 * 1024;

/// Draws the payload.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let Some(draft) = model.console.draft() else { return };
    let size: usize = draft.lines().iter().map(|line| line.len() + 1).sum::<usize>().saturating_sub(1);
    let verdict = if size > CHECKED {
        ink.span(Role::Muted, "checked when it is sent")
    } else {
        match json::check(&model.console.payload()) {
            Ok(()) => ink.span(Role::Good, "✔ JSON"),
            Err(_) if size == 0 => ink.span(Role::Muted, "empty"),
            Err(flaw) => ink.span(Role::Warn, format!("! line {} column {}: {}", flaw.line, flaw.column, flaw.why)),
        }
    };
    let rest = vec![ink.span(Role::Muted, bytes(i64::try_from(size).unwrap_or(i64::MAX))), Span::raw("  "), verdict];
    heading(buffer, area, Part::Request, "Request", rest, model, ink);
    let inside = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(1),
        height: area.height.saturating_sub(1),
    };
    draft.render(inside.intersection(buffer.area), buffer);
    if model.console.part != Part::Request {
        // The editor draws its cursor; where the keyboard is not, there is none.
        unreverse(buffer, inside);
    }
}

fn unreverse(buffer: &mut Buffer, area: Rect) {
    use ratatui::style::{Modifier, Style};
    buffer.set_style(area.intersection(buffer.area), Style::new().remove_modifier(Modifier::REVERSED));
}
