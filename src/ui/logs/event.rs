//! One event of a log: a row, or several where long lines are wrapped.

use std::borrow::Cow;

use chrono::{DateTime, Local, Utc};
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use super::row::Row;
use super::title::short;
use super::words;
use crate::aws::LineKind;
use crate::model::logs::{Event, Lead, Logs, Placed, Scene, Stamps, WORDS, rows, sgr};

/// How long the rule above a group of events is, in cells.
const RULE: usize = 12;

/// Draws what of an event is on the screen, from a line of the area on.
pub fn draw(canvas: &mut Canvas, area: Rect, line: u16, placed: &Placed, logs: &Logs, scene: &Scene<'_>, ink: &Ink) {
    let Some((event, mark)) = scene.store.get(placed.event).zip(scene.store.mark(placed.event)) else { return };
    let rule = usize::from(scene.sieve.begins_group(scene.store, placed.event));
    let ruled = placed.first < rule;
    if ruled {
        ink.line(canvas, area, line, vec![Span::raw("  "), ink.span(Role::Muted, glyphs::RULE.repeat(RULE))]);
    }
    let (line, first) = (line + u16::from(ruled), placed.first.saturating_sub(rule));
    let here = logs.view.cursor() == Some(mark);
    if event.source == WORDS {
        return draw_note(canvas, area, line, event.message, here, ink);
    }
    let columns = logs.lead(area.width);
    let mut row = Row::of(event, mark, logs, &scene.shown, columns, ink.now.timestamp_millis());
    if scene.sieve.is_around(scene.store, placed.event) {
        row.role = Role::Muted;
    }
    let said = std::mem::take(&mut row.words);
    let (plain, looks) = if logs.colours { sgr::read(&said) } else { (Cow::Borrowed(&*said), Vec::new()) };
    let single = (!logs.view.wrap).then(|| fit::skip(rows::first_line(&plain), logs.view.left));
    let shown: Vec<&str> = match single {
        Some(line) => vec![line],
        None => rows::cut(&plain, scene.window.width).skip(first).take(placed.rows - usize::from(ruled)).collect(),
    };
    let style = ink.style(row.role);
    let style = if here { style.patch(ink.style(Role::Selection)) } else { style };
    for (text, n) in shown.into_iter().zip(0_u16..) {
        let mut spans = gutter(here, n == 0 && logs.picks.has(mark), ink).to_vec();
        if n == 0 && first == 0 {
            spans.extend(lead(&row, columns, logs, ink));
        } else {
            spans.push(Span::raw(" ".repeat(columns.cells().saturating_sub(2))));
        }
        spans.extend(words::spans(text, &plain, &looks, style, scene.window.width, logs, ink));
        ink.line(canvas, area, line + n, spans);
    }
    if let Some(said) = single {
        let room = usize::from(area.width).saturating_sub(columns.cells());
        draw_more(canvas, area, line, &more(&plain, row.reading.kind), said, room, ink);
    }
}

/// The cursor, and whether the event is marked.
fn gutter(here: bool, marked: bool, ink: &Ink) -> [Span<'static>; 2] {
    let sign = |on, role, sign| if on { ink.span(role, sign) } else { Span::raw(" ") };
    [sign(here, Role::Accent, glyphs::CURSOR), sign(marked, Role::Warn, glyphs::MARK)]
}

/// Words of our own between the events, across the screen.
fn draw_note(canvas: &mut Canvas, area: Rect, line: u16, words: &str, here: bool, ink: &Ink) {
    let [cursor, blank] = gutter(here, false, ink);
    let room = usize::from(area.width).saturating_sub(9);
    let (head, cut) = fit::fit(words, room, glyphs::CUT);
    let rule = glyphs::RULE.repeat(room.saturating_sub(fit::width(head) + fit::width(cut)) + 2);
    let words = format!("{lead} {head}{cut} {rule}", lead = glyphs::RULE.repeat(2));
    ink.line(canvas, area, line, vec![cursor, blank, ink.span(Role::Warn, words)]);
}

/// What there is more of an event than its first line.
fn more(words: &str, kind: LineKind) -> String {
    match (words.lines().filter(|line| !line.trim().is_empty()).count(), kind) {
        (lines @ 2.., _) => format!("  {} {lines} lines ", glyphs::FOLDED),
        (_, LineKind::Json) => format!("  {} JSON ", glyphs::FOLDED),
        _ => String::new(),
    }
}

/// That there is more of an event than is shown, and that its line is cut, which has so much room.
fn draw_more(canvas: &mut Canvas, area: Rect, line: u16, more: &str, said: &str, room: usize, ink: &Ink) {
    let left = room.saturating_sub(fit::width(more));
    let cut = if fit::width(fit::enough(said, left)) > left { glyphs::CUT } else { "" };
    ink.line_right(canvas, area, line, vec![ink.span(Role::Muted, cut), ink.span(Role::Accent, more.to_owned())]);
}

/// What stands before a message: moment, label of its source, request, level, chosen members.
fn lead<'a>(row: &Row<'_>, columns: Lead, logs: &Logs, ink: &Ink) -> Vec<Span<'a>> {
    let source = logs.sources.get(usize::from(row.event.source));
    let colour = COLOURS.get(usize::from(row.event.source) % COLOURS.len()).copied().unwrap_or(Role::Text);
    let stamp = stamp(row.event.at, logs.stamps, logs.local);
    let cells = [
        // A narrow screen leaves the fraction out.
        (columns.stamp, Role::Muted, stamp.get(..columns.stamp).unwrap_or(&stamp)),
        (columns.label, colour, source.map_or("", |source| source.label.as_str())),
        (columns.stream, Role::Muted, environment(row.event.stream)),
        (columns.request, Role::Muted, row.reading.request.map_or("", short)),
        (columns.level, row.role, row.sign),
    ];
    let shown = cells.into_iter().filter(|(cells, ..)| *cells > 0);
    let own = shown.flat_map(|(cells, role, text)| cell(text, cells, columns.gap, role, ink));
    let chosen = logs.columns.chosen().iter().zip(columns.members).filter(|(_, cells)| *cells > 0);
    let chosen = chosen.flat_map(|(column, cells)| cell(&column.of(&row.reading), cells, columns.gap, Role::Text, ink));
    own.chain(chosen).collect()
}

/// A text in its column, cut to its cells, and the space behind it.
pub(super) fn cell<'a>(text: &str, cells: usize, gap: usize, role: Role, ink: &Ink) -> [Span<'a>; 2] {
    let (head, cut) = fit::fit(text, cells, glyphs::CUT);
    let text = format!("{head}{cut}");
    let blank = " ".repeat(cells.saturating_sub(fit::width(&text)) + gap);
    [ink.span(role, text), Span::raw(blank)]
}

/// What of a stream's name tells it from others: `[7]0a1b2c` of `2026/11/21/[7]0a1b2c`.
fn environment(stream: &str) -> &str {
    stream.rsplit('/').next().unwrap_or(stream)
}

/// The colours of the sources; the label says the same.
pub(super) const COLOURS: [Role; 4] = [Role::Accent, Role::Good, Role::Title, Role::Warn];

/// A moment in its column. One that is no time of any calendar is a number.
pub(super) fn stamp(at: i64, stamps: Stamps, local: bool) -> String {
    let (format, width) = if stamps == Stamps::Day { ("%m-%d %H:%M:%S%.3f", 18) } else { ("%H:%M:%S%.3f", 12) };
    let words = DateTime::<Utc>::from_timestamp_millis(at).map_or_else(
        || at.to_string(),
        |time| {
            if local { time.with_timezone(&Local).format(format).to_string() } else { time.format(format).to_string() }
        },
    );
    let (head, cut) = fit::fit(&words, width, glyphs::CUT);
    format!("{head}{cut}")
}

/// Where an event is: moment and stream.
pub fn place(event: &Event<'_>, logs: &Logs) -> String {
    let day = DateTime::<Utc>::from_timestamp_millis(event.at).map(|time| time.format("%Y-").to_string());
    let zone = logs.zone();
    let moment = stamp(event.at, Stamps::Day, logs.local);
    format!("{}{moment} {zone} · {}", day.unwrap_or_default(), event.stream)
}
