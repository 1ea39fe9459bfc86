//! Notices: one box in the bottom right corner, never over the line of the cursor.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::Borders;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, dialog, fit, glyphs};
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

/// One notice: its lines, each behind its sign or the room of one.
type Said = Vec<(&'static str, String, Style)>;

/// Draws the notices, newest at the bottom, beside a dialog. Where there is no room beside it, over its lower border and
/// the footer: there is nothing of it that is typed into or chosen from.
pub fn draw(canvas: &mut Canvas, screen: &Screen, dialog: Option<Rect>, model: &Model, ink: &Ink) {
    let room = |frame: u16| usize::from(WIDEST.min(screen.footer.width).saturating_sub(frame));
    let mut notices = notices(model, room(FRAME), ink);
    let count = |notices: &[Said]| notices.iter().map(Vec::len).sum::<usize>();
    // A border that leaves no room for the words helps nobody.
    let beside = dialog.map(|dialog| beside(screen, dialog));
    let framed = !is_low(screen) && beside.is_none_or(|(_, most)| most >= count(&notices) + 2);
    let frame = if framed { FRAME } else { RULE };
    if !framed {
        notices = newest(model, room(RULE), ink).into_iter().collect();
    }
    let border = if framed { 2 } else { 0 };
    let wanted = count(&notices) + border;
    let (bottom, most) = match (dialog, beside) {
        (Some(_), Some(beside)) if beside.1 >= wanted => beside,
        (Some(dialog), _) => {
            let bottom = screen.footer.bottom();
            // A box without a lower border ends in what is chosen from.
            let border = u16::from(canvas.area.height >= dialog::SHORT);
            (bottom, usize::from(bottom.saturating_sub(dialog.bottom().saturating_sub(border))))
        }
        (None, _) => place(screen, model, wanted),
    };
    let lines = fitting(notices, most.saturating_sub(border), room(frame).saturating_sub(SIGN));
    let widest = lines.iter().map(|(sign, text, _)| fit::width(sign) + fit::width(text)).max();
    let Some(width) = widest.and_then(|width| u16::try_from(width).ok()).map(|width| width + frame) else { return };
    let height = u16::try_from(lines.len() + border).unwrap_or(u16::MAX);
    let area = Rect {
        x: screen.footer.right().saturating_sub(width),
        y: bottom.saturating_sub(height),
        width: width.min(screen.footer.width),
        height,
    };
    let inside = frame_of(canvas, area.intersection(canvas.area), framed, model, ink);
    for (n, (sign, text, style)) in lines.into_iter().enumerate() {
        let Ok(n) = u16::try_from(n) else { break };
        ink.line(canvas, inside, n, vec![Span::styled(sign, style), Span::styled(text, style)]);
    }
}

/// There is no room to spare for a border; what can be done here gives way to a notice.
fn is_low(screen: &Screen) -> bool {
    screen.footer.y < TALL
}

/// Every notice.
fn notices(model: &Model, room: usize, ink: &Ink) -> Vec<Said> {
    let of = |notice: &Notice| in_lines(notice, fit::wrap(&notice.text, room.saturating_sub(SIGN)), ink);
    model.notices.shown().map(of).collect()
}

/// The newest notice alone, for a place that has few lines: good news in one, as nothing is to be done about it.
fn newest(model: &Model, room: usize, ink: &Ink) -> Option<Said> {
    let notice = model.notices.shown().last()?;
    let room = room.saturating_sub(SIGN);
    let good = notice.tone == Tone::Good;
    let (head, cut) = fit::fit(&notice.text, room, glyphs::CUT);
    Some(in_lines(notice, if good { vec![format!("{head}{cut}")] } else { fit::wrap(&notice.text, room) }, ink))
}

fn in_lines(notice: &Notice, text: Vec<String>, ink: &Ink) -> Said {
    let sign = match notice.tone {
        Tone::Bad => "✖ ",
        Tone::Warn => "! ",
        Tone::Plain => "… ",
        _ => "✔ ",
    };
    let style = ink.tone(notice.tone);
    let text = text.into_iter().enumerate();
    text.map(|(n, text)| (if n == 0 { sign } else { "  " }, text, style)).collect()
}

/// The lines there is room for: the newest notices are the ones to read, each from its beginning.
fn fitting(mut notices: Vec<Said>, room: usize, width: usize) -> Said {
    while notices.len() > 1 && notices.iter().map(Vec::len).sum::<usize>() > room {
        notices.remove(0);
    }
    let mut lines = notices.concat();
    if lines.len() > room {
        lines.truncate(room);
        if let Some((_, text, _)) = lines.last_mut() {
            let head = fit::first(text, width.saturating_sub(1));
            *text = format!("{}{}", head.trim_end(), glyphs::CUT);
        }
    }
    lines
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
    let bottom = match (is_typed_into(model), is_low(screen)) {
        (true, _) => screen.footer.y.saturating_sub(1),
        (false, true) => screen.footer.bottom(),
        (false, false) => screen.footer.y,
    };
    let top = screen.header.bottom();
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

/// The lowest line above the footer is typed into.
fn is_typed_into(model: &Model) -> bool {
    match model.views.place() {
        Place::Logs => model.logs.ask.is_some(),
        Place::Insights => model.insights.line.is_some(),
        Place::Pane(_) | Place::Console => false,
    }
}

/// Clears the area, sets it off from what is around it, and gives the inside.
fn frame_of(canvas: &mut Canvas, area: Rect, framed: bool, model: &Model, ink: &Ink) -> Rect {
    canvas.clear(area);
    canvas.set_style(area, ink.theme.base());
    let borders = if framed { Borders::ALL } else { Borders::LEFT };
    let inside = canvas.border(area, borders, ink.style(Role::Border));
    if framed && model.notices.waits() {
        let foot = Rect { y: area.bottom().saturating_sub(1), height: 1, width: area.width.saturating_sub(2), ..area };
        ink.line_right(canvas, foot, 0, vec![ink.span(Role::Accent, " esc"), ink.span(Role::Muted, " closes ")]);
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

/// The line of the screen that the cursor of the list is on, or that is typed into.
fn cursor_line(screen: &Screen, model: &Model) -> Option<u16> {
    let pane = match model.views.place() {
        Place::Pane(pane) => pane,
        Place::Console => return model.console_line(),
        Place::Logs | Place::Insights => return None,
    };
    let table = model.views.table(pane).filter(|table| !table.order().is_empty())?;
    let line = u16::try_from(table.position().checked_sub(table.offset())?).ok()?;
    (line < screen.rows.height).then_some(screen.rows.y + line)
}
