//! Notices: one box in the bottom right corner, never over the line of the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::{Block, Borders, Clear, Widget};

use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::model::{Model, Notice, Place, Screen};
use crate::panes::Tone;

/// The widest box.
const WIDEST: u16 = 76;
/// Below this height the box has a rule on its left in place of a border.
const TALL: u16 = 14;
/// Cells of a border on both sides, with a space inside each.
const FRAME: u16 = 4;
/// Cells of a rule on the left, with a space on both sides of the words.
const RULE: u16 = 3;
/// Cells of a sign and the space after it.
const SIGN: usize = 2;

/// Draws the notices, newest at the bottom, never over a dialog: where there is no room beside it, they wait.
pub fn draw(buffer: &mut Buffer, screen: &Screen, dialog: Option<Rect>, model: &Model, ink: &Ink) {
    let room = |frame: u16| usize::from(WIDEST.min(screen.footer.width).saturating_sub(frame));
    let mut lines = lines(model, room(FRAME), ink);
    // A border that leaves no room for the words helps nobody.
    let framed = screen.footer.y >= TALL && dialog.is_none_or(|dialog| beside(screen, dialog).1 >= lines.len() + 2);
    let frame = if framed { FRAME } else { RULE };
    if !framed {
        lines = newest(model, room(RULE), ink);
    }
    let widest = lines.iter().map(|(sign, text, _)| fit::width(sign) + fit::width(text)).max();
    let Some(width) = widest.and_then(|width| u16::try_from(width).ok()).map(|width| width + frame) else { return };
    let border = if framed { 2 } else { 0 };
    let (bottom, most) = match dialog {
        Some(dialog) => beside(screen, dialog),
        None => place(screen, model, lines.len() + border),
    };
    // Where there is no room for all, the newest are the ones to read.
    let hidden = lines.len().saturating_sub(most.saturating_sub(border));
    lines.drain(..hidden);
    if lines.is_empty() {
        return;
    }
    let height = u16::try_from(lines.len() + border).unwrap_or(u16::MAX);
    let area = Rect {
        x: screen.footer.right().saturating_sub(width),
        y: bottom.saturating_sub(height),
        width: width.min(screen.footer.width),
        height,
    };
    let inside = frame_of(buffer, area.intersection(buffer.area), framed, model, ink);
    for (n, (sign, text, style)) in lines.into_iter().enumerate() {
        let Ok(n) = u16::try_from(n) else { break };
        ink.line(buffer, inside, n, vec![Span::styled(sign, style), Span::styled(text, style)]);
    }
}

/// Every notice in lines, its sign before the first.
fn lines(model: &Model, room: usize, ink: &Ink) -> Vec<(String, String, Style)> {
    let of = |notice: &Notice| in_lines(notice, fit::wrap(&notice.text, room.saturating_sub(SIGN)), ink);
    model.notices.shown().flat_map(of).collect()
}

/// The newest notice alone, for a screen that has few lines: good news in one, as nothing is to be done about it.
fn newest(model: &Model, room: usize, ink: &Ink) -> Vec<(String, String, Style)> {
    let Some(notice) = model.notices.shown().last() else { return Vec::new() };
    let room = room.saturating_sub(SIGN);
    let good = notice.tone == Tone::Good;
    let (head, cut) = fit::fit(&notice.text, room, glyphs::CUT);
    in_lines(notice, if good { vec![format!("{head}{cut}")] } else { fit::wrap(&notice.text, room) }, ink)
}

fn in_lines(notice: &Notice, text: Vec<String>, ink: &Ink) -> Vec<(String, String, Style)> {
    let sign = match notice.tone {
        Tone::Bad => "✖ ",
        Tone::Warn => "! ",
        Tone::Plain => "… ",
        _ => "✔ ",
    };
    let style = ink.tone(notice.tone);
    let text = text.into_iter().enumerate();
    text.map(|(n, text)| (if n == 0 { sign } else { "  " }.to_owned(), text, style)).collect()
}

/// The same around a dialog: beneath it, above it if there is more room.
fn beside(screen: &Screen, dialog: Rect) -> (u16, usize) {
    let above = dialog.y.saturating_sub(screen.header.bottom());
    let beneath = screen.footer.y.saturating_sub(dialog.bottom());
    if beneath >= above { (screen.footer.y, usize::from(beneath)) } else { (dialog.y, usize::from(above)) }
}

/// The line that the box ends above, and how many lines it may take: beneath the line of the cursor,
/// above it if there is more room.
fn place(screen: &Screen, model: &Model, wanted: usize) -> (u16, usize) {
    let (top, bottom) = (screen.header.bottom(), screen.footer.y);
    let lines = |from: u16, to: u16| usize::from(to.saturating_sub(from));
    if let Some(cursor) = log_line(screen, model) {
        // The newest events are at the bottom: what lies over the oldest is in nobody's way.
        let top = screen.body.y + 1;
        let (above, beneath) = (lines(top, cursor), lines(cursor + 1, bottom));
        let over = u16::try_from(wanted.min(above)).unwrap_or_default();
        return if wanted <= above || above >= beneath { (top + over, above) } else { (bottom, beneath) };
    }
    match cursor_line(screen, model) {
        Some(cursor) => {
            let (above, beneath) = (lines(top, cursor), lines(cursor + 1, bottom));
            if wanted <= beneath || beneath >= above { (bottom, beneath) } else { (cursor, above) }
        }
        None => (bottom, lines(top, bottom)),
    }
}

/// Clears the area, sets it off from what is around it, and gives the inside.
fn frame_of(buffer: &mut Buffer, area: Rect, framed: bool, model: &Model, ink: &Ink) -> Rect {
    Clear.render(area, buffer);
    buffer.set_style(area, ink.theme.base());
    let borders = if framed { Borders::ALL } else { Borders::LEFT };
    let block = Block::new().borders(borders).border_style(ink.style(Role::Border));
    let inside = block.inner(area);
    block.render(area, buffer);
    if framed && model.notices.waits() {
        let foot = Rect { y: area.bottom().saturating_sub(1), height: 1, width: area.width.saturating_sub(2), ..area };
        ink.line_right(buffer, foot, 0, vec![ink.span(Role::Accent, " esc"), ink.span(Role::Muted, " closes ")]);
    }
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(1), ..inside }
}

/// The line of the screen that the cursor is on among the events of a log.
fn log_line(screen: &Screen, model: &Model) -> Option<u16> {
    let logs = &model.logs;
    if model.views.place() != Place::Logs || logs.listing || logs.opened.is_some() {
        return None;
    }
    let line = logs.view.cursor_line(&logs.scene(model.size))?;
    Some(screen.body.y + 1 + u16::try_from(line).ok()?)
}

/// The line of the screen that the cursor of the list is on.
fn cursor_line(screen: &Screen, model: &Model) -> Option<u16> {
    let Place::Pane(pane) = model.views.place() else { return None };
    let table = model.views.table(pane).filter(|table| !table.order().is_empty())?;
    let line = u16::try_from(table.position().checked_sub(table.offset())?).ok()?;
    (line < screen.rows.height).then_some(screen.rows.y + line)
}
