//! A/B: two runs in two columns, what differs marked; on a narrow screen one at a time.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use super::{elapsed, said};
use crate::model::align::Row;
use crate::model::console::{Brief, Likeness, Line, Pair, Progress, Run};
use crate::model::{Model, Screen};
use crate::panes::bytes;

/// Draws both runs over the console.
pub fn draw(canvas: &mut Canvas, pair: &Pair, model: &Model, ink: &Ink) {
    let Some(screen) = Screen::of(model.size, false) else { return };
    let body = screen.body.intersection(canvas.area);
    canvas.clear(body);
    canvas.set_style(body, ink.theme.base());
    let [title, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(body);
    draw_title(canvas, title, pair, model, ink);
    let cards = model.pair_cards();
    let head = model.pair_head(&cards);
    let [one, other] = cards;
    if Pair::is_beside(rest.width) {
        let parts = [Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)];
        let [left, gap, right] = Layout::horizontal(parts).areas(rest);
        for line in 0..gap.height {
            ink.line(canvas, gap, line, vec![ink.span(Role::Border, "│")]);
        }
        column(canvas, left, (pair, 0), (&one, head), model, ink);
        column(canvas, right, (pair, 1), (&other, head), model, ink);
    } else {
        let card = if pair.side == 0 { one } else { other };
        column(canvas, rest, (pair, pair.side), (&card, head), model, ink);
    }
}

/// `orders-api › A/B   live and 8`, and how much differs.
fn draw_title(canvas: &mut Canvas, area: Rect, pair: &Pair, model: &Model, ink: &Ink) {
    let runs: Vec<&Run> = pair.runs.iter().filter_map(|ticket| model.console.run_of(*ticket)).collect();
    let name = runs.first().map(|run| run.invokee.function.name.to_string()).unwrap_or_default();
    let told = pair.likeness.map_or_else(|| "waiting for both answers".to_owned(), Likeness::words) + " ";
    let room = usize::from(area.width).saturating_sub(fit::width(&told) + 10);
    let (head, cut) = fit::fit(&name, room, glyphs::CUT);
    let spans = vec![Span::raw(format!(" {head}{cut} {} ", glyphs::STEP)), ink.span(Role::Title, "A/B")];
    ink.line(canvas, area, 0, spans);
    let alike = matches!(pair.likeness, None | Some(Likeness::Same));
    let role = if alike { Role::Accent } else { Role::Warn };
    ink.line_right(canvas, area, 0, vec![ink.span(role, told)]);
}

/// One run: whom, how it ended, its card, its answer. `head`: how many lines stand above the answer.
fn column(
    canvas: &mut Canvas,
    area: Rect,
    (pair, side): (&Pair, usize),
    (card, head): (&[Line], usize),
    model: &Model,
    ink: &Ink,
) {
    let Some(run) = pair.runs.get(side).and_then(|ticket| model.console.run_of(*ticket)) else {
        return ink.line(canvas, area, 0, vec![ink.span(Role::Muted, " this run is not here any more")]);
    };
    heading(canvas, area, run, pair.side == side, Pair::is_beside(model.size.width), model, ink);
    for (n, line) in (1..u16::MAX).zip(card) {
        ink.line(canvas, area, n, said::spans(line, "  ", ink));
    }
    let top = u16::try_from(head).unwrap_or(u16::MAX).min(area.height);
    let place = Rect { y: area.y + top, height: area.height - top, ..area };
    match &run.progress {
        Progress::Failed(_) => failed(canvas, place, run, model, ink),
        _ => answer(canvas, place, (pair, side), ink),
    }
}

/// A call that failed has no answer.
fn failed(canvas: &mut Canvas, place: Rect, run: &Run, model: &Model, ink: &Ink) {
    let lines = run.said(usize::from(place.width).saturating_sub(3), model.clock.now().since);
    let height = usize::from(place.height);
    let room = if lines.len() > height { height.saturating_sub(1) } else { height };
    for (n, line) in (0..place.height).zip(lines.iter().take(room)) {
        ink.line(canvas, place, n, said::spans(line, "  ", ink));
    }
    if lines.len() > room {
        let words = format!("{} more lines: enter opens the run ", lines.len() - room);
        ink.line_right(canvas, place, place.height.saturating_sub(1), vec![ink.span(Role::Muted, words)]);
    }
}

/// What came back, line by line.
fn answer(canvas: &mut Canvas, place: Rect, (pair, side): (&Pair, usize), ink: &Ink) {
    // The last line says how much is below.
    let room = place.height.saturating_sub(1);
    let first = pair.scroll.min(pair.rows.len().saturating_sub(usize::from(room)));
    for (n, row) in (0..room).zip(pair.rows.iter().skip(first)) {
        ink.line(canvas, place, n, line(pair, side, *row, ink));
    }
    let below = pair.rows.len().saturating_sub(first + usize::from(room));
    let words = match (below, pair.cut) {
        (0, false) => return,
        (0, true) => "not all of the answers is here: enter opens a run, d compares ".to_owned(),
        (below, _) => format!("{below} more below "),
    };
    ink.line_right(
        canvas,
        Rect { y: place.bottom().saturating_sub(1), height: 1, ..place },
        0,
        vec![ink.span(Role::Muted, words)],
    );
}

/// Whom, and how it ended; where there is room for one, which of the two it is.
fn heading(canvas: &mut Canvas, area: Rect, run: &Run, here: bool, beside: bool, model: &Model, ink: &Ink) {
    let brief = Brief::of(run);
    let (tone, words) = brief.outcome();
    let outcome = match &run.progress {
        Progress::Running => format!("running, {}", elapsed(run, model)),
        Progress::Answered(answer) => {
            format!("{words} · {}", bytes(i64::try_from(answer.body.bytes().len()).unwrap_or(i64::MAX)))
        }
        _ => words,
    };
    let sign = glyphs::of_outcome(tone);
    let marker = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
    let spans = vec![
        marker,
        ink.span(if here { Role::Title } else { Role::Text }, brief.whom()),
        Span::raw("   "),
        Span::styled(format!("{sign} {outcome}"), ink.tone(tone)),
    ];
    ink.line(canvas, area, 0, spans);
    if !beside {
        ink.line_right(canvas, area, 0, vec![ink.span(Role::Muted, "tab the other one ")]);
    }
}

/// One line of an answer: what only this one has, or has otherwise, is marked.
fn line(pair: &Pair, side: usize, row: Row, ink: &Ink) -> Vec<Span<'static>> {
    let number = if side == 0 { row.left } else { row.right };
    let text = number.and_then(|n| pair.lines.get(side)?.get(n)).cloned();
    let (sign, role) = match (row.same, row.left.is_some() && row.right.is_some(), side) {
        (true, ..) => (" ", Role::Text),
        (false, true, _) => ("~", Role::Warn),
        (false, false, 0) => ("-", Role::Bad),
        (false, false, _) => ("+", Role::Good),
    };
    match text {
        Some(text) => vec![ink.span(role, format!("{sign} {text}"))],
        None => Vec::new(),
    }
}
