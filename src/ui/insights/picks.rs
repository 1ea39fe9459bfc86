//! A list to choose a query from, with the query under the cursor beneath.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, dialog, fit, glyphs};
use crate::model::Model;
use crate::model::insights::{Pick, Picker, Picks, picks};

/// How wide the box is where there is room.
const WIDTH: u16 = 100;
/// Lines of the query shown beneath the list, where there is room.
const PREVIEW: u16 = 9;

/// Draws the list.
pub fn draw(canvas: &mut Canvas, picker: &Picker, model: &Model, ink: &Ink) -> Rect {
    let title = match picker.picks {
        Picks::Ready => "queries that come along",
        Picks::Earlier => "earlier queries",
    };
    let found = picks(picker, &model.insights.kept, model.clock.now().wall);
    let area = dialog::steady(canvas.area, WIDTH);
    let inside = dialog::open(canvas, area, title, ink);
    let typed = picker.input.value();
    let room = usize::from(inside.width).saturating_sub(8);
    let typed = fit::skip(typed, fit::width(typed).saturating_sub(room));
    let line =
        vec![ink.span(Role::Muted, "words "), Span::raw(typed.to_owned()), ink.span(Role::Accent, glyphs::CURSOR)];
    ink.line(canvas, inside, 0, line);
    let preview = if inside.height > PREVIEW + 6 { PREVIEW } else { 0 };
    let height = usize::from(inside.height.saturating_sub(1 + preview));
    let cursor = picker.chosen.min(found.len().saturating_sub(1));
    let first = dialog::first_seen(cursor, found.len(), height);
    let widest = found.iter().map(|pick| fit::width(&pick.name)).max().unwrap_or(0);
    let width = usize::from(inside.width);
    // On a narrow screen the names matter more than what is said of them.
    let column = widest.clamp(8, if width < 60 { width.saturating_sub(4).max(8) } else { width / 2 });
    if found.is_empty() {
        ink.line(canvas, inside, 1, vec![ink.span(Role::Muted, nothing(picker))]);
    }
    for (y, (n, pick)) in (1..inside.height.saturating_sub(preview)).zip(found.iter().enumerate().skip(first)) {
        dialog::choice(canvas, inside, y, n, Some(cursor));
        ink.line(canvas, inside, y, row(pick, n == cursor, column, usize::from(inside.width), ink));
    }
    if let Some(pick) = found.get(cursor).filter(|_| preview > 0) {
        let top = inside.height - preview;
        ink.line(canvas, inside, top, vec![ink.span(Role::Border, "─".repeat(usize::from(inside.width)))]);
        for (y, text) in (top + 1..inside.height).zip(pick.choice.text.lines()) {
            let (head, cut) = fit::fit(text, usize::from(inside.width), glyphs::CUT);
            ink.line(canvas, inside, y, vec![ink.span(Role::Muted, format!("{head}{cut}"))]);
        }
    }
    area
}

fn nothing(picker: &Picker) -> &'static str {
    match picker.picks {
        Picks::Earlier if picker.input.value().is_empty() => "no query was run yet; f5 runs the one in the editor",
        _ => "nothing fits these words",
    }
}

fn row(pick: &Pick, here: bool, column: usize, width: usize, ink: &Ink) -> Vec<Span<'static>> {
    let (name, cut) = fit::fit(&pick.name, column, glyphs::CUT);
    let pad = " ".repeat(column.saturating_sub(fit::width(name) + fit::width(cut)) + 2);
    let marker = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
    let role = if here { Role::Selection } else { Role::Text };
    let (remark, mark) = fit::fit(&pick.remark, width.saturating_sub(column + 4), glyphs::CUT);
    vec![
        marker,
        Span::raw(" "),
        ink.span(role, format!("{name}{cut}")),
        Span::raw(pad),
        ink.span(Role::Muted, format!("{remark}{mark}")),
    ]
}
