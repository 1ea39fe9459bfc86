//! The response part of the invoke console: what came back, or what went wrong.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::theme::Role;
use super::super::{Ink, fit, hex_view, json_tree, text_view};
use super::{burst, elapsed, heading};
use crate::aws::{self, Problem};
use crate::model::body::{Body, View};
use crate::model::console::{Answer, Live, Part, Progress, Run, took, window};
use crate::model::text_view::COUNTED;
use crate::model::{Model, json};
use crate::panes::bytes;

/// Draws the response of the run on show.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let Some(run) = model.console.run() else {
        let barred = model.bars(model.console.way().kind);
        let rest =
            vec![ink.span(Role::Muted, if barred { "read-only: nothing is invoked" } else { "f5 sends the payload" })];
        return heading(buffer, area, Part::Response, "Response", rest, model, ink);
    };
    match &run.progress {
        Progress::Running => {
            if let Some(live) = run.live.as_ref().filter(|live| live.begun) {
                // The time is in the title; here the room is for how it comes.
                let rest = vec![ink.span(Role::Accent, "running")];
                return streaming(buffer, area, live, rest, run, model, ink);
            }
            let rest = vec![ink.span(Role::Accent, format!("running, {}", elapsed(run, model)))];
            heading(buffer, area, Part::Response, "Response", rest, model, ink);
            remark(buffer, area, Role::Muted, "esc leaves it running; x stops waiting, the function goes on", ink);
        }
        Progress::Abandoned => {
            let rest = vec![ink.span(Role::Warn, "not awaited")];
            if let Some(live) = run.live.as_ref().filter(|live| live.bytes > 0) {
                return streaming(buffer, area, live, rest, run, model, ink);
            }
            heading(buffer, area, Part::Response, "Response", rest, model, ink);
            remark(buffer, area, Role::Muted, "the function itself goes on until it ends; its log has the rest", ink);
        }
        Progress::Failed(problem) => failed(buffer, area, run, problem, model, ink),
        Progress::Burst(open) => burst::draw(buffer, area, run, open, model, ink),
        Progress::Answered(answer) => answered(buffer, area, answer, model, ink),
    }
}

/// What has come of a stream, and how it comes.
fn streaming(
    buffer: &mut Buffer,
    area: Rect,
    live: &Live,
    mut rest: Vec<Span<'_>>,
    run: &Run,
    model: &Model,
    ink: &Ink,
) {
    /// A stream is called silent after this: models think for some seconds.
    const SILENT: Duration = Duration::from_secs(5);
    let silent = live.last.map_or(run.started.since, |last| last.since);
    let silent = model.clock.now().since.saturating_sub(silent);
    if silent >= SILENT && matches!(run.progress, Progress::Running) {
        rest.push(ink.span(Role::Warn, format!(" · silent for {} s", silent.as_secs())));
    }
    let size = bytes(i64::try_from(live.bytes).unwrap_or(i64::MAX));
    let first = live.first.map(|first| first.since.saturating_sub(run.started.since));
    let first = first.map(|first| format!(" · first byte {}", took(first))).unwrap_or_default();
    rest.push(ink.span(Role::Muted, format!(" · {size}{first}")));
    heading(buffer, area, Part::Response, "Response", rest, model, ink);
    let place = model.console.body_place(area);
    if let View::Text(view) = live.view() {
        text_view::draw(buffer, place, view, window(place), ink, |row| vec![ink.span(Role::Text, row.text)]);
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

/// The call failed: what it means, AWS's own words, what to do, and the number of the request.
fn failed(buffer: &mut Buffer, area: Rect, run: &Run, problem: &Problem, model: &Model, ink: &Ink) {
    let word = if run.outcome_unknown() { "outcome unknown" } else { "the call failed" };
    heading(buffer, area, Part::Response, "Response", vec![ink.span(Role::Bad, format!("✖ {word}"))], model, ink);
    let meaning = problem.code.as_deref().and_then(aws::meaning);
    let name = problem.code.as_deref().unwrap_or("no answer");
    let status = meaning.map(|meaning| format!(" · HTTP {}", meaning.status)).unwrap_or_default();
    let mut lines = vec![(Role::Bad, format!("✖ {name}{status}"))];
    lines.extend(meaning.map(|meaning| (Role::Text, meaning.sentence.to_owned())));
    if !problem.said.is_empty() {
        let who = if problem.code.is_some() { "AWS: " } else { "" };
        lines.push((Role::Muted, format!("{who}{}", problem.said)));
    }
    // What is known of the one limit that was met says more than what is known of the error.
    let hint = match meaning {
        Some(meaning) if !matches!(meaning.name, "TooManyRequestsException" | "ServiceException") => meaning.hint,
        _ => &*problem.hint,
    };
    lines.push((Role::Warn, hint.to_owned()));
    if model.is_throttled() {
        lines.push((Role::Accent, "C shows what this function and the account have reserved".to_owned()));
    }
    lines.extend(problem.request_id.as_deref().map(|id| (Role::Muted, format!("request {id}"))));
    let width = usize::from(area.width).saturating_sub(4);
    let wrapped =
        lines.iter().flat_map(|(role, text)| fit::wrap(text, width).into_iter().map(move |line| (*role, line)));
    for (n, (role, line)) in wrapped.enumerate() {
        if let Ok(n) = u16::try_from(n + 1) {
            ink.line(buffer, area, n, vec![Span::raw("  "), ink.span(role, line)]);
        }
    }
}

/// The call succeeded; the function may have failed all the same.
fn answered(buffer: &mut Buffer, area: Rect, answer: &Answer, model: &Model, ink: &Ink) {
    let mut rest = vec![match (&answer.function_error, answer.status) {
        (Some(error), _) => ink.span(Role::Bad, format!("✖ function error: {error}")),
        (None, _) if answer.incomplete().is_some() => ink.span(Role::Bad, "✖ incomplete"),
        (None, 202) => ink.span(Role::Good, "✔ accepted as an event"),
        (None, 204) => ink.span(Role::Good, "✔ allowed (dry run)"),
        (None, _) => ink.span(Role::Good, "✔ success"),
    }];
    let version = answer.executed_version.as_deref().map(|version| format!(" · version {version}")).unwrap_or_default();
    let size = bytes(i64::try_from(answer.size()).unwrap_or(i64::MAX));
    // A 200 says no more than the verdict does, and its room is short.
    let status = if answer.status == 200 { String::new() } else { format!(" · HTTP {}", answer.status) };
    rest.push(ink.span(Role::Muted, format!("{status}{version} · {size}")));
    heading(buffer, area, Part::Response, "Response", rest, model, ink);
    for (n, (tone, text)) in answer.panel(usize::from(area.width)).into_iter().enumerate() {
        let spans = vec![Span::raw(" "), Span::styled(text, ink.tone(tone))];
        if let Ok(n) = u16::try_from(n + 1) {
            ink.line(buffer, area, n, spans);
        }
    }
    let place = model.console.body_place(area);
    // Whatever of the panel had no room is under the body.
    clear(buffer, place);
    if let Some(view) = answer.body.view() {
        return body(buffer, place, &answer.body, view, model, ink);
    }
    let text = match answer.status {
        _ if !answer.panel(usize::from(area.width)).is_empty() => return,
        204 => "the call would be allowed; the function was not run",
        _ => "the answer is empty",
    };
    remark(buffer, area, Role::Muted, text, ink);
}

/// What came back, in the view that was chosen; the names of the views stand at the right of the heading.
fn body(buffer: &mut Buffer, place: Rect, body: &Body, view: &View, model: &Model, ink: &Ink) {
    let window = window(place);
    let focus = model.console.part == Part::Response;
    match view {
        View::Tree(view) => json_tree::draw(buffer, place, view, window, focus, ink),
        View::Hex(view) => hex_view::draw(buffer, place, view, window, ink),
        View::Text(view) => {
            let coloured = body.opened().is_none() && body.what().starts_with("JSON");
            text_view::draw(buffer, place, view, window, ink, |row| {
                if coloured { json_spans(row.text, ink) } else { vec![ink.span(Role::Text, row.text)] }
            });
        }
    }
    ways(buffer, Rect { y: place.bottom(), height: 1, ..place }, body, view, ink);
}

/// At the lower right: what the bytes are, the views there are, the path, and what was found.
pub fn ways(buffer: &mut Buffer, area: Rect, body: &Body, view: &View, ink: &Ink) {
    let mut spans = Vec::new();
    if let Some((words, hits)) = view.hits() {
        let many = if hits >= COUNTED { format!("{COUNTED} and more") } else { hits.to_string() };
        spans.push(ink.span(Role::Match, format!(" /{words}")));
        spans.push(ink.span(Role::Muted, format!(" {many} · ")));
    }
    match (body.opened(), view) {
        (Some(path), _) => spans.push(ink.span(Role::Accent, format!(" {path} · esc closes "))),
        (None, View::Tree(tree)) if !tree.path().is_empty() => {
            spans.push(ink.span(Role::Accent, format!(" {} · esc shows all ", tree.path())));
        }
        (None, _) => {
            spans.push(ink.span(Role::Muted, format!(" {} ", body.what())));
            for (name, chosen) in body.names() {
                let (role, name) =
                    if chosen { (Role::Accent, format!("[{name}]")) } else { (Role::Muted, format!(" {name} ")) };
                spans.push(ink.span(role, name));
            }
        }
    }
    ink.line_right(buffer, area, 0, spans);
}

fn json_spans<'a>(text: &'a str, ink: &Ink) -> Vec<Span<'a>> {
    let role = |part| match part {
        json::Part::Key => Role::Accent,
        json::Part::String => Role::Good,
        json::Part::Word => Role::Warn,
        json::Part::Punctuation => Role::Text,
    };
    json::parts(text).into_iter().map(|(part, text)| ink.span(role(part), text)).collect()
}

fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.set_symbol(" ");
            }
        }
    }
}
