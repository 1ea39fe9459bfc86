//! The invocations that a log tells of, as a list.
//!
//! ```text
//!      TIME          REQUEST   RESULT         DURATION       MEMORY   START         ERRORS
//!  ▌ ✖ 12:04:31.120  8f0c1e7a  failed           214 ms   161/512 MB   cold 412 ms   total must be positive
//!    · 12:04:30.377  02b7d9c4  ok                12 ms    87/512 MB
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use super::event::{COLOURS, stamp};
use super::title::short;
use super::{foot, vacancy};
use crate::model::Model;
use crate::model::logs::rows::{memory, time_in_words};
use crate::model::logs::{Invocation, Logs, Stamps};
use crate::panes::Tone;

/// Draws the list.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let logs = &model.logs;
    let columns = columns(logs, area.width);
    let heading = columns.iter().flat_map(|column| cells(column.title, column, ink.style(Role::Header)));
    ink.line(canvas, area, 0, std::iter::once(Span::raw("    ")).chain(heading).collect());
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let shown = logs.runs.shown(&logs.invocations, logs.rows(model.size));
    if shown.is_empty() {
        empty(canvas, list, model, ink);
    }
    let now = model.clock.now().wall.timestamp_millis();
    for ((run, here), line) in shown.into_iter().zip(0_u16..) {
        let (role, tone) = standing(run, now);
        let mut spans = vec![
            if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") },
            Span::raw(" "),
            ink.span(role, glyphs::of_tone(tone)),
            Span::raw(" "),
        ];
        for column in &columns {
            let style = ink.style((column.role)(run, now));
            let style = if here { style.patch(ink.style(Role::Selection)) } else { style };
            spans.extend(cells(&(column.words)(run, logs, now), column, style));
        }
        ink.line(canvas, list, line, spans);
    }
    let foot = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    if area.height > 2 {
        ink.line(canvas, foot, 0, foot::remark(model, usize::from(area.width), ink));
    }
}

/// How many there are, how many of them failed, and what comes first.
pub fn tally(logs: &Logs, width: u16, ink: &Ink) -> Vec<Span<'static>> {
    let failed = logs.runs.failed();
    let role = if failed > 0 { Role::Bad } else { Role::Good };
    let more = if logs.invocations.is_reading() { " …" } else { "" };
    let which = if logs.runs.failed_only { "failed only · " } else { "" };
    let zone = logs.zone();
    let order = match (width, logs.runs.failed_only) {
        (60.., _) => format!(" · {which}{}   {zone} ", logs.runs.order.words()),
        (_, true) => " only ".to_owned(),
        (_, false) => " ".to_owned(),
    };
    vec![
        Span::raw(format!("  {}{more} · ", super::count(logs.runs.all()))),
        ink.span(role, format!("{} failed", super::count(failed))),
        ink.span(Role::Muted, order),
    ]
}

/// Nothing is listed: why.
fn empty(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let logs = &model.logs;
    if logs.store.is_empty() || logs.problem().is_some() {
        return vacancy::draw(canvas, area, model, ink);
    }
    let words = match (logs.invocations.is_reading(), logs.runs.failed_only) {
        (true, _) => "reading the events …",
        (false, true) => "no invocation failed; f lists all, 6 reads the last hour",
        (false, false) => "the events tell of no invocation; v goes back to them",
    };
    ink.line(canvas, area, 1, vec![ink.span(Role::Muted, format!("  {words}"))]);
}

/// One column.
struct Column {
    title: &'static str,
    width: usize,
    /// Numbers stand at the right.
    right: bool,
    words: fn(&Invocation, &Logs, i64) -> String,
    role: fn(&Invocation, i64) -> Role,
}

/// What went wrong is what one came for: the other columns give way until it has so many cells.
const TELLING: usize = 22;
/// In this order. Whose it is, where there are several, stays whatever happens; then its sign tells the result.
const GIVEN_UP: [&str; 4] = ["START", "MEMORY", "REQUEST", "DURATION"];
const GIVEN_UP_LAST: &str = "RESULT";

/// The columns that fit.
fn columns(logs: &Logs, width: u16) -> Vec<Column> {
    let plain: fn(&Invocation, i64) -> Role = |_, _| Role::Text;
    let muted: fn(&Invocation, i64) -> Role = |_, _| Role::Muted;
    let result: fn(&Invocation, i64) -> Role = |run, now| standing(run, now).0;
    let column = |title, width, words, role| Column { title, width, right: false, words, role };
    let number = |title, width, words, role| Column { title, width, right: true, words, role };
    let time = match (logs.stamps, width) {
        (Stamps::Day, 60..) => column("TIME", 18, |run, logs, _| moment(run, logs), muted),
        (_, 60..) => column("TIME", 12, |run, logs, _| moment(run, logs), muted),
        _ => column("TIME", 8, |run, logs, _| second(run, logs), muted),
    };
    let label = logs.label_width();
    let memory = |run: &Invocation, _: &Logs, _: i64| memory(run.memory.0, run.memory.1).unwrap_or_default();
    let mut columns = vec![
        time,
        column(
            "SOURCE",
            if label > 0 { label.max("SOURCE".len()) } else { 0 },
            |run, logs, _| source(run, logs),
            plain,
        ),
        column("REQUEST", 8, |run, _, _| short(&run.request).to_owned(), muted),
        column("RESULT", 13, |run, _, now| run.result(now).to_owned(), result),
        number("DURATION", 10, |run, _, _| run.duration.map(time_in_words).unwrap_or_default(), plain),
        number("MEMORY", 12, memory, |run, _| fullness(run)),
        column("START", 11, |run, _, _| start(run), |_, _| Role::Warn),
    ];
    columns.retain(|column| column.width > 0);
    let mut others = GIVEN_UP.into_iter().chain((label > 0).then_some(GIVEN_UP_LAST));
    let room = loop {
        let left = usize::from(width).saturating_sub(columns.iter().map(|column| column.width + 2).sum::<usize>() + 4);
        match others.next().filter(|_| left < TELLING) {
            Some(other) => columns.retain(|column| column.title != other),
            None => break left,
        }
    };
    columns.push(column("WHAT WENT WRONG", room, |run, logs, _| logs.wrong(run).unwrap_or_default(), result));
    if let Some(source) = columns.iter_mut().find(|column| column.title == "SOURCE") {
        source.role = |run, _| COLOURS.get(usize::from(run.source) % COLOURS.len()).copied().unwrap_or(Role::Text);
    }
    columns
}

/// What stands in a column, cut to its width.
fn cells(words: &str, column: &Column, style: ratatui::style::Style) -> [Span<'static>; 3] {
    let (head, cut) = fit::fit(words, column.width, glyphs::CUT);
    let text = format!("{head}{cut}");
    let blank = " ".repeat(column.width.saturating_sub(fit::width(&text)));
    let (before, behind) = if column.right { (blank, String::new()) } else { (String::new(), blank) };
    [Span::raw(before), Span::styled(text, style), Span::raw(format!("{behind}  "))]
}

/// How it ended, as a colour and a sign.
pub(super) fn standing(run: &Invocation, now: i64) -> (Role, Tone) {
    match (run.failure(), run.over) {
        (Some(_), _) => (Role::Bad, Tone::Bad),
        (None, true) if run.errors > 0 => (Role::Warn, Tone::Warn),
        (None, true) => (Role::Good, Tone::Good),
        (None, false) if run.is_running(now) => (Role::Accent, Tone::Plain),
        (None, false) => (Role::Muted, Tone::Muted),
    }
}

fn moment(run: &Invocation, logs: &Logs) -> String {
    let stamps = if logs.stamps == Stamps::Day { Stamps::Day } else { Stamps::Time };
    stamp(run.at(), stamps, logs.local)
}

/// The same without its fraction.
fn second(run: &Invocation, logs: &Logs) -> String {
    let moment = stamp(run.at(), Stamps::Time, logs.local);
    moment.split('.').next().unwrap_or_default().to_owned()
}

fn source(run: &Invocation, logs: &Logs) -> String {
    logs.sources.get(usize::from(run.source)).map(|source| source.label.to_string()).unwrap_or_default()
}

/// Nearly all of the memory was used.
fn fullness(run: &Invocation) -> Role {
    match run.memory {
        (Some(size), Some(peak)) if peak >= size => Role::Bad,
        (Some(size), Some(peak)) if peak.saturating_mul(10) >= size.saturating_mul(9) => Role::Warn,
        _ => Role::Text,
    }
}

fn start(run: &Invocation) -> String {
    match (run.cold, run.init) {
        (true, Some(init)) => format!("cold {}", time_in_words(init)),
        (true, None) => "cold".to_owned(),
        (false, _) => String::new(),
    }
}
