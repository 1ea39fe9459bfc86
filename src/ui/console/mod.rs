//! The invoke console: request, response and log.

mod burst;
pub mod editor;
mod history;
mod log;
mod pair;
mod request;
mod response;
mod said;
mod sheet;
mod strip;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::aws::InvocationType;
use crate::model::Model;
use crate::model::console::{Part, Places, Progress, Run, Way, took};

pub use response::ways as body_ways;
pub use sheet::{draw as sheet, end_of_sending};

/// The cells that the names of the parts take, and the keys at the right of them.
const TABS: u16 = 28;
const HINTS: u16 = 44;

/// Draws the console.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let places = Places::of(&model.console, area);
    draw_title(canvas, places.title, model, ink);
    draw_parts(canvas, places.tabs, model.console.part, ink);
    for line in 0..places.gap.height {
        ink.line(canvas, places.gap, line, vec![ink.span(Role::Border, "│")]);
    }
    rule(canvas, &places, ink);
    strip::draw(canvas, places.runs, model, ink);
    for part in Part::ALL {
        let area = places.part(part);
        if !area.is_empty() {
            match part {
                Part::Request => request::draw(canvas, &places, model, ink),
                Part::Response => response::draw(canvas, area, model, ink),
                Part::Log => log::draw(canvas, area, model, ink),
            }
            if part == model.console.part {
                draw_ask(canvas, area, model, ink);
            }
        }
    }
}

/// The line above the log; it joins the one between request and response.
fn rule(canvas: &mut Canvas, places: &Places, ink: &Ink) {
    if places.rule.is_empty() {
        return;
    }
    let left = "─".repeat(usize::from(places.gap.x.saturating_sub(places.rule.x)));
    let right = "─".repeat(usize::from(places.rule.right().saturating_sub(places.gap.right())));
    ink.line(canvas, places.rule, 0, vec![ink.span(Role::Border, format!("{left}┴{right}"))]);
}

/// Where only one part fits, all three are named.
fn draw_parts(canvas: &mut Canvas, area: Rect, here: Part, ink: &Ink) {
    let spans = Part::ALL.into_iter().flat_map(|part| {
        let role = if part == here { Role::Accent } else { Role::Muted };
        let marker = if part == here { glyphs::CURSOR } else { " " };
        [ink.span(Role::Accent, marker), ink.span(role, format!(" {} ", part.name()))]
    });
    ink.line(canvas, area, 0, spans.collect());
    // Beside the payload these stand in the footer.
    if here != Part::Request && area.width >= TABS + HINTS {
        let hints = [("ctrl-o", "open"), ("ctrl-s", "save"), ("ctrl-p", "options")];
        let spans = hints
            .into_iter()
            .flat_map(|(key, word)| [ink.span(Role::Accent, key), ink.span(Role::Muted, format!(" {word}  "))]);
        ink.line_right(canvas, area, 0, spans.collect());
    }
}

/// The line that is being typed, at the lower edge of its part.
fn draw_ask(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let Some(ask) = &model.console.ask else { return };
    let lead = format!(" {}", ask.wanted.lead());
    // A long line shows its end, where the cursor is.
    let room = usize::from(area.width).saturating_sub(fit::width(&lead) + 2);
    let typed = fit::skip(ask.input.value(), fit::width(ask.input.value()).saturating_sub(room));
    let mut spans = vec![ink.span(Role::Accent, lead), Span::raw(typed.to_owned()), ink.span(Role::Selection, "▌")];
    if let Some(complaint) = &ask.complaint {
        spans.push(ink.span(Role::Warn, format!(" ! {complaint}")));
    }
    let line = area.height.saturating_sub(1);
    ink.line(canvas, area, line, vec![Span::raw(" ".repeat(usize::from(area.width)))]);
    ink.line(canvas, area, line, spans);
}

/// `orders-api › Invoke   synchronous · tail on   0.8 s of 30 s`
fn draw_title(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    /// A name cut shorter than this says nothing.
    const SHORTEST: usize = 12;
    let Some(invokee) = &model.console.invokee else { return };
    let qualifier = invokee.qualifier.as_deref().map(|q| format!(":{q}")).unwrap_or_default();
    let name = format!("{}{qualifier}", invokee.function.name);
    let (step, room) = (format!(" {} ", glyphs::STEP), usize::from(area.width));
    let fixed = " ".len() + fit::width(&step) + "Invoke".len() + 3;
    let needed = fit::width(&name).min(SHORTEST) + fixed;
    let times = model.console.run().map(|run| times(run, model)).unwrap_or_default();
    let fits = times.iter().find(|time| fit::width(time) + 1 + needed <= room).or(times.last());
    let time = fits.cloned().unwrap_or_default();
    let room = room.saturating_sub(fit::width(&time) + 1 + fixed);
    let (head, cut) = fit::fit(&name, room, glyphs::CUT);
    let way = way_words(&model.console.way());
    let (way, way_cut) = fit::fit(&way, room.saturating_sub(fit::width(head) + fit::width(cut) + 3), glyphs::CUT);
    let spans = vec![
        Span::raw(format!(" {head}{cut}{step}")),
        ink.span(Role::Title, "Invoke"),
        ink.span(Role::Muted, format!("   {way}{way_cut}")),
    ];
    ink.line(canvas, area, 0, spans);
    ink.line_right(canvas, area, 0, vec![ink.span(Role::Accent, format!("{time} "))]);
}

/// How long the run on show took, and which one it is unless it is the newest: in fewer words from one to the next.
fn times(run: &Run, model: &Model) -> Vec<String> {
    let elapsed = elapsed(run, model);
    let other = if model.console.sent_other() { "of another payload · " } else { "" };
    let at = |format| run.started.wall.format(format);
    if model.console.shows_earlier() {
        let long = format!("run of {} UTC · ", at("%Y-%m-%d %H:%M:%S"));
        return vec![format!("{long}{other}{elapsed}"), format!("{long}{elapsed}"), at("%m-%d %H:%M:%S").to_string()];
    }
    let Some((place, count)) = model.console.place() else { return vec![format!("{other}{elapsed}"), elapsed] };
    let (at, place) = (at("%H:%M:%S"), format!("{place} of {count}"));
    vec![
        format!("run of {at} UTC, {place} · {other}{elapsed}"),
        format!("run of {at} UTC, {place} · {elapsed}"),
        format!("{at}, {place} · {elapsed}"),
        format!("{place} · {elapsed}"),
    ]
}

/// A kind of invocation in a word and in a sentence.
fn kind_words(kind: InvocationType) -> (&'static str, &'static str) {
    match kind {
        InvocationType::RequestResponse => ("synchronous", "RequestResponse: synchronous, waits for the answer"),
        InvocationType::Event => ("event", "Event: asynchronous, put into the function's queue"),
        InvocationType::DryRun => {
            ("dry run: nothing is executed", "DryRun: nothing is executed, only permissions are checked")
        }
        InvocationType::ResponseStream => {
            ("response stream", "InvokeWithResponseStream: synchronous, the answer is shown as it comes")
        }
    }
}

/// How the payload is sent, as far as it is not as usual.
fn way_words(way: &Way) -> String {
    let waits = matches!(way.kind, InvocationType::RequestResponse | InvocationType::ResponseStream);
    let tail = if way.tail { "tail on" } else { "tail off" };
    let set = |text: &str, word: &str| (!text.is_empty()).then(|| word.to_owned());
    let parts = [
        Some(kind_words(way.kind).0.to_owned()),
        waits.then(|| tail.to_owned()),
        (!way.tenant.is_empty()).then(|| format!("tenant {}", way.tenant)),
        set(&way.context, "client context"),
        (!way.execution.is_empty()).then(|| format!("execution {}", way.execution)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The heading of a part, accented where the keyboard is.
pub fn heading(canvas: &mut Canvas, area: Rect, part: Part, word: &str, rest: Vec<Span<'_>>, model: &Model, ink: &Ink) {
    let role = if model.console.part == part { Role::Title } else { Role::Muted };
    let mut spans = vec![Span::raw(" "), ink.span(role, word), Span::raw("  ")];
    spans.extend(rest);
    ink.line(canvas, area, 0, spans);
}

/// How long the run took, or takes, of what it may take.
fn elapsed(run: &Run, model: &Model) -> String {
    let end = run.ended.map_or(model.clock.now().since, |ended| ended.since);
    let spent = end.saturating_sub(run.started.since);
    match run.progress {
        Progress::Running => match run.invokee.timeout {
            Some(limit) => format!("{} of {limit} s", took(spent)),
            None => took(spent),
        },
        _ => took(spent),
    }
}
