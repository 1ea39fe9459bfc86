//! A log on the screen.
//!
//! ```text
//!  orders-api › Log   last 15 m · following          /error  41 of 12,480   UTC    title
//!    12:04:31.120  INFO   received order A-1001                                    events
//!  ▌ 12:04:31.140  ERROR  total must be positive                      ▸ 14 lines
//!  reading older events …                                                          remark
//! ```

mod event;
mod find;
mod foot;
mod heads;
mod row;
mod runs;
mod sources;
mod title;
mod vacancy;
mod words;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit, glyphs, json_tree, text_view};
use crate::model::body::{Body, View};
use crate::model::logs::{Ask, Logs, Wanted};
use crate::model::{Model, Size};
use crate::panes::grouped;

pub use sources::draw as sources;

/// Draws the log.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let size = Size { width: canvas.area.width, height: canvas.area.height };
    let logs = &model.logs;
    title::draw(canvas, area, model, ink);
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(opened) = &logs.opened {
        return draw_opened(canvas, inside, &opened.body, logs, size, ink);
    }
    if logs.listing {
        runs::draw(canvas, inside, model, ink);
        return draw_typed(canvas, inside, logs, size, ink);
    }
    let window = logs.window(size);
    let heads = u16::from(logs.has_headings(size));
    let rows = Rect { y: inside.y + heads, height: u16::try_from(window.height).unwrap_or(inside.height), ..inside };
    let scene = logs.scene(size);
    let placed = logs.view.placed(&scene);
    if placed.is_empty() {
        vacancy::draw(canvas, rows, model, ink);
    }
    let mut line = 0;
    for placed in placed {
        event::draw(canvas, rows, line, &placed, logs, &scene, ink);
        line += u16::try_from(placed.rows).unwrap_or(u16::MAX);
    }
    if heads > 0 {
        heads::draw(canvas, inside, logs, ink);
    }
    let foot = Rect { y: rows.bottom(), height: inside.height.saturating_sub(rows.height + heads), ..inside };
    foot::draw(canvas, foot, rows, model, ink);
    draw_typed(canvas, inside, logs, size, ink);
}

/// The line that is being typed, if one is.
fn draw_typed(canvas: &mut Canvas, inside: Rect, logs: &Logs, size: Size, ink: &Ink) {
    if let Some(ask) = &logs.ask {
        let last = inside.height.saturating_sub(1);
        draw_ask(canvas, inside, last, ask, ink);
        ink.line_right(canvas, inside, last, beside(ask, logs, size, ink));
    }
}

/// What stands at the right of the line that is being typed.
fn beside<'a>(ask: &Ask, logs: &Logs, size: Size, ink: &Ink) -> Vec<Span<'a>> {
    match ask.wanted {
        _ if ask.complaint.is_some() => Vec::new(),
        Wanted::Find => find::found(logs, ink),
        Wanted::Columns => heads::offers(logs, ask, size, ink),
        _ => Vec::new(),
    }
}

fn count(n: usize) -> String {
    grouped(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The line that is being typed.
fn draw_ask(canvas: &mut Canvas, area: Rect, line: u16, ask: &Ask, ink: &Ink) {
    let lead = format!(" {}", ask.wanted.lead());
    let room = usize::from(area.width).saturating_sub(fit::width(&lead) + 2);
    let typed = fit::skip(ask.input.value(), fit::width(ask.input.value()).saturating_sub(room));
    ink.line(canvas, area, line, vec![Span::raw(" ".repeat(usize::from(area.width)))]);
    let mut spans =
        vec![ink.span(Role::Accent, lead), Span::raw(typed.to_owned()), ink.span(Role::Selection, glyphs::CURSOR)];
    if let Some(complaint) = &ask.complaint {
        spans.push(ink.span(Role::Warn, format!(" ! {complaint}")));
    }
    ink.line(canvas, area, line, spans);
}

/// One event, whole.
fn draw_opened(canvas: &mut Canvas, area: Rect, opened: &Body, logs: &Logs, size: Size, ink: &Ink) {
    if let Some(event) = logs.opened_event() {
        let place = event::place(&event, logs);
        let value = opened.opened().map(|path| format!(" {} {path}", glyphs::STEP)).unwrap_or_default();
        let spans = [Span::raw(" "), ink.span(Role::Muted, place), ink.span(Role::Title, value)];
        ink.line(canvas, area, 0, spans.into());
    }
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let window = logs.opened_window(size);
    match opened.view() {
        Some(View::Tree(view)) => json_tree::draw(canvas, inside, view, window, true, ink),
        Some(View::Text(view)) => text_view::draw(canvas, inside, view, window, ink, |row| vec![Span::raw(row.text)]),
        Some(View::Hex(_)) | None => {}
    }
}
