//! The invoke console: request, response and log.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::theme::Role;
use super::{Ink, console_log, fit, glyphs};
use crate::aws::{InvocationType, Problem, Text};
use crate::model::console::{Answer, Part, Progress, Run};
use crate::model::{Model, WIDE, json};
use crate::panes::bytes;

/// The longest line of the payload that is drawn in colour and checked as it is typed.
const CHECKED: usize = 256 * 1024;

/// Draws the console.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let [title, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    draw_title(buffer, title, model, ink);
    let part = model.console.part;
    if model.console.full || area.width < WIDE || area.height < 16 {
        let [tabs, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(body);
        draw_parts(buffer, tabs, part, ink);
        return draw_part(buffer, body, part, model, ink);
    }
    let [upper, log] = Layout::vertical([Constraint::Fill(3), Constraint::Fill(2)]).areas(body);
    let [request, gap, response] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)]).areas(upper);
    draw_part(buffer, request, Part::Request, model, ink);
    for line in 0..gap.height {
        ink.line(buffer, gap, line, vec![ink.span(Role::Border, "│")]);
    }
    draw_part(buffer, response, Part::Response, model, ink);
    draw_part(buffer, log, Part::Log, model, ink);
}

/// Where only one part fits, all three are named.
fn draw_parts(buffer: &mut Buffer, area: Rect, here: Part, ink: &Ink) {
    let name = |part| match part {
        Part::Request => " request ",
        Part::Response => " response ",
        Part::Log => " log ",
    };
    let spans = Part::ALL.into_iter().flat_map(|part| {
        let role = if part == here { Role::Accent } else { Role::Muted };
        let marker = if part == here { glyphs::CURSOR } else { " " };
        [ink.span(Role::Accent, marker), ink.span(role, name(part))]
    });
    ink.line(buffer, area, 0, spans.collect());
}

fn draw_part(buffer: &mut Buffer, area: Rect, part: Part, model: &Model, ink: &Ink) {
    match part {
        Part::Request => request(buffer, area, model, ink),
        Part::Response => response(buffer, area, model, ink),
        Part::Log => console_log::draw(buffer, area, model, ink),
    }
}

/// `orders-api › Invoke   synchronous   0.8 s of 30 s`
fn draw_title(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let Some(invokee) = &model.console.invokee else { return };
    let qualifier = invokee.qualifier.as_deref().map(|q| format!(":{q}")).unwrap_or_default();
    let kind = match model.console.kind {
        InvocationType::RequestResponse => "synchronous, waits for the answer",
        InvocationType::Event => "asynchronous event",
        InvocationType::DryRun => "dry run: nothing is executed",
    };
    let time = model.console.run().map(|run| elapsed(run, model)).unwrap_or_default();
    let room = usize::from(area.width).saturating_sub(fit::width(&time) + 14);
    let name = format!("{}{qualifier}", invokee.function.name);
    let (head, cut) = fit::fit(&name, room, glyphs::CUT);
    let spans = vec![
        Span::raw(format!(" {head}{cut} {} ", glyphs::STEP)),
        ink.span(Role::Title, "Invoke"),
        ink.span(Role::Muted, format!("   {kind}")),
    ];
    ink.line(buffer, area, 0, spans);
    ink.line_right(buffer, area, 0, vec![ink.span(Role::Accent, format!("  {time} "))]);
}

/// How long the run took, or takes, of what it may take.
fn elapsed(run: &Run, model: &Model) -> String {
    let end = run.ended.map_or(model.clock.now().since, |ended| ended.since);
    let took = end.saturating_sub(run.started.since);
    match run.progress {
        Progress::Running => match run.invokee.timeout {
            Some(limit) => format!("{} of {limit} s", seconds(took)),
            None => seconds(took),
        },
        _ => seconds(took),
    }
}

fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// The heading of a part, accented where the keyboard is.
pub fn heading(buffer: &mut Buffer, area: Rect, part: Part, word: &str, rest: Vec<Span<'_>>, model: &Model, ink: &Ink) {
    let role = if model.console.part == part { Role::Title } else { Role::Muted };
    let mut spans = vec![Span::raw(" "), ink.span(role, word), Span::raw("  ")];
    spans.extend(rest);
    ink.line(buffer, area, 0, spans);
}

fn request(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
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

fn response(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let Some(run) = model.console.run() else {
        heading(
            buffer,
            area,
            Part::Response,
            "Response",
            vec![ink.span(Role::Muted, "f5 sends the payload")],
            model,
            ink,
        );
        return;
    };
    match &run.progress {
        Progress::Running => {
            let rest = vec![ink.span(Role::Accent, format!("running, {}", elapsed(run, model)))];
            heading(buffer, area, Part::Response, "Response", rest, model, ink);
            remark(buffer, area, Role::Muted, "esc leaves it running; x stops waiting, the function goes on", ink);
        }
        Progress::Abandoned => {
            heading(buffer, area, Part::Response, "Response", vec![ink.span(Role::Warn, "not awaited")], model, ink);
            remark(buffer, area, Role::Muted, "the function itself goes on until it ends; its log has the rest", ink);
        }
        Progress::Failed(problem) => failed(buffer, area, run, problem, model, ink),
        Progress::Answered(answer) => answered(buffer, area, answer, model, ink),
    }
}

fn remark(buffer: &mut Buffer, area: Rect, role: Role, text: &str, ink: &Ink) {
    let width = usize::from(area.width).saturating_sub(4);
    for (n, part) in fit::wrap(text, width).into_iter().enumerate() {
        if let Ok(n) = u16::try_from(n + 2) {
            ink.line(buffer, area, n, vec![Span::raw("  "), ink.span(role, part)]);
        }
    }
}

/// The call failed: nobody knows more than this sentence.
fn failed(buffer: &mut Buffer, area: Rect, run: &Run, problem: &Problem, model: &Model, ink: &Ink) {
    let word = if run.outcome_unknown() { "outcome unknown" } else { "the call failed" };
    heading(buffer, area, Part::Response, "Response", vec![ink.span(Role::Bad, format!("✖ {word}"))], model, ink);
    let id = problem.request_id.as_deref().map(|id| format!(" Request {id}.")).unwrap_or_default();
    let text = format!("{}{id}", problem.sentence());
    remark(buffer, area, Role::Bad, &text, ink);
}

/// The call succeeded; the function may have failed all the same.
fn answered(buffer: &mut Buffer, area: Rect, answer: &Answer, model: &Model, ink: &Ink) {
    let mut rest = vec![match (&answer.function_error, answer.status) {
        (Some(error), _) => ink.span(Role::Bad, format!("✖ function error: {error}")),
        (None, 202) => ink.span(Role::Good, "✔ accepted as an event"),
        (None, 204) => ink.span(Role::Good, "✔ allowed (dry run)"),
        (None, _) => ink.span(Role::Good, "✔ success"),
    }];
    let version = answer.executed_version.as_deref().map(|version| format!(" · version {version}")).unwrap_or_default();
    let size = bytes(i64::try_from(answer.size).unwrap_or(i64::MAX));
    // A 200 says no more than the verdict does, and its room is short.
    let status = if answer.status == 200 { String::new() } else { format!(" · HTTP {}", answer.status) };
    rest.push(ink.span(Role::Muted, format!("{status}{version} · {size}")));
    heading(buffer, area, Part::Response, "Response", rest, model, ink);
    if answer.lines.is_empty() {
        let text = match answer.status {
            202 => "Lambda runs it when it can and tries twice more if it fails; there is no answer to show here",
            204 => "the call would be allowed; the function was not run",
            _ => "the answer is empty",
        };
        return remark(buffer, area, Role::Muted, text, ink);
    }
    let colours = answer.is_json;
    lines(buffer, area, &answer.lines, model.console.response_at, ink, |line| {
        if colours { coloured(line, ink) } else { vec![ink.span(Role::Text, line)] }
    });
}

/// The lines of a text from `at` on: only those on the screen are looked at.
pub fn lines<'a, L>(
    buffer: &mut Buffer,
    area: Rect,
    all: &'a [L],
    at: (usize, usize),
    ink: &Ink,
    spans: impl Fn(&'a str) -> Vec<Span<'a>>,
) where
    L: AsLine + 'a,
{
    let inside = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(1),
        height: area.height.saturating_sub(1),
    };
    // A line may be megabytes long: no more of it than fits is cut into pieces.
    let longest = usize::from(inside.width) * 8;
    for (n, line) in all.iter().skip(at.0).take(usize::from(inside.height)).enumerate() {
        let text = fit::skip(line.line(), at.1);
        let text = text.get(..text.floor_char_boundary(longest)).unwrap_or(text);
        if let Ok(n) = u16::try_from(n) {
            ink.line(buffer, inside, n, spans(text));
        }
    }
}

/// Something with a line of text.
pub trait AsLine {
    fn line(&self) -> &str;
}

impl AsLine for Text {
    fn line(&self) -> &str {
        self
    }
}

fn coloured<'a>(line: &'a str, ink: &Ink) -> Vec<Span<'a>> {
    let role = |part| match part {
        json::Part::Key => Role::Accent,
        json::Part::String => Role::Good,
        json::Part::Word => Role::Warn,
        json::Part::Punctuation => Role::Text,
    };
    json::parts(line).into_iter().map(|(part, text)| ink.span(role(part), text)).collect()
}
