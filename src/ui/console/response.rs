//! The response part of the invoke console: what came back, or what went wrong.

use std::time::Duration;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, hex_view, json_tree, text_view};
use super::{burst, elapsed, heading, said};
use crate::model::body::{Body, View};
use crate::model::console::{Answer, Live, Part, Progress, Run, took, window};
use crate::model::text_view::COUNTED;
use crate::model::{Model, json};
use crate::panes::bytes;

/// The cells that the name of the part takes in its heading.
const NAME: usize = 11;

/// Draws the response of the run on show.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let Some(run) = model.console.run() else {
        let barred = model.bars(model.console.way().kind);
        let rest =
            vec![ink.span(Role::Muted, if barred { "read-only: nothing is invoked" } else { "f5 sends the payload" })];
        return heading(canvas, area, Part::Response, "Response", rest, model, ink);
    };
    let mut standing = standing(run, model, ink);
    // The verdict stands there in any case.
    standing.truncate(fit::fitting(&standing, usize::from(area.width).saturating_sub(NAME)).max(1));
    heading(canvas, area, Part::Response, "Response", standing, model, ink);
    let laid = model.laid(Part::Response, area);
    said::draw(canvas, &laid, ink);
    let place = laid.view;
    match (&run.progress, &run.live) {
        (Progress::Answered(answer), _) => {
            if let Some(view) = answer.body.view() {
                body(canvas, place, &answer.body, view, model, ink);
            }
        }
        (Progress::Running | Progress::Abandoned, Some(live)) => {
            if let View::Text(view) = live.view() {
                text_view::draw(canvas, place, view, window(place), ink, |row| vec![ink.span(Role::Text, row.text)]);
            }
        }
        _ => {}
    }
}

/// How the run stands, the most telling first.
fn standing(run: &Run, model: &Model, ink: &Ink) -> Vec<Span<'static>> {
    let began = |live: &&Live| live.begun;
    match (&run.progress, run.live.as_ref().filter(began)) {
        (Progress::Burst(open), _) => burst::standing(run, open, ink),
        (Progress::Answered(answer), _) => answered(answer, ink),
        (Progress::Failed(_), _) if run.outcome_unknown() => vec![ink.span(Role::Bad, "✖ outcome unknown")],
        (Progress::Failed(_), _) => vec![ink.span(Role::Bad, "✖ the call failed")],
        // The time is in the title; here the room is for how it comes.
        (Progress::Running, Some(live)) => streaming(live, ink.span(Role::Accent, "running"), run, model, ink),
        (Progress::Running, None) => vec![ink.span(Role::Accent, format!("running, {}", elapsed(run, model)))],
        (Progress::Abandoned, Some(live)) => streaming(live, ink.span(Role::Warn, "not awaited"), run, model, ink),
        (Progress::Abandoned, None) => vec![ink.span(Role::Warn, "not awaited")],
    }
}

/// How a stream comes.
fn streaming(live: &Live, first: Span<'static>, run: &Run, model: &Model, ink: &Ink) -> Vec<Span<'static>> {
    /// A stream is called silent after this: models think for some seconds.
    const SILENT: Duration = Duration::from_secs(5);
    let mut parts = vec![first];
    let silent = live.last.map_or(run.started.since, |last| last.since);
    let silent = model.clock.now().since.saturating_sub(silent);
    if silent >= SILENT && matches!(run.progress, Progress::Running) {
        parts.push(ink.span(Role::Warn, format!(" · silent for {} s", silent.as_secs())));
    }
    let size = bytes(i64::try_from(live.bytes).unwrap_or(i64::MAX));
    parts.push(ink.span(Role::Muted, format!(" · {size}")));
    let first = live.first.map(|first| first.since.saturating_sub(run.started.since));
    parts.extend(first.map(|first| ink.span(Role::Muted, format!(" · first byte {}", took(first)))));
    parts
}

/// The call succeeded; the function may have failed all the same.
fn answered(answer: &Answer, ink: &Ink) -> Vec<Span<'static>> {
    let verdict = match (&answer.function_error, answer.status) {
        (Some(error), _) => ink.span(Role::Bad, format!("✖ function error: {error}")),
        (None, _) if answer.incomplete().is_some() => ink.span(Role::Bad, "✖ incomplete"),
        (None, 202) => ink.span(Role::Good, "✔ accepted as an event"),
        (None, 204) => ink.span(Role::Good, "✔ allowed (dry run)"),
        (None, _) => ink.span(Role::Good, "✔ success"),
    };
    let mut parts = vec![verdict];
    // A 200 says no more than the verdict does, and its room is short.
    parts.extend((answer.status != 200).then(|| ink.span(Role::Muted, format!(" · HTTP {}", answer.status))));
    let size = bytes(i64::try_from(answer.size()).unwrap_or(i64::MAX));
    parts.push(ink.span(Role::Muted, format!(" · {size}")));
    // The run card has it too.
    let version = answer.executed_version.as_deref();
    parts.extend(version.map(|version| ink.span(Role::Muted, format!(" · version {version}"))));
    parts
}

/// What came back, in the view that was chosen; the names of the views stand at the right of the heading.
fn body(canvas: &mut Canvas, place: Rect, body: &Body, view: &View, model: &Model, ink: &Ink) {
    let window = window(place);
    let focus = model.console.part == Part::Response;
    match view {
        View::Tree(view) => json_tree::draw(canvas, place, view, window, focus, ink),
        View::Hex(view) => hex_view::draw(canvas, place, view, window, ink),
        View::Text(view) => {
            let coloured = body.opened().is_none() && body.what().starts_with("JSON");
            text_view::draw(canvas, place, view, window, ink, |row| {
                if coloured { json_spans(row.text, ink) } else { vec![ink.span(Role::Text, row.text)] }
            });
        }
    }
    ways(canvas, Rect { y: place.bottom(), height: 1, ..place }, body, view, ink);
}

/// At the lower right: what the bytes are, the views there are, the path, and what was found.
pub fn ways(canvas: &mut Canvas, area: Rect, body: &Body, view: &View, ink: &Ink) {
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
    ink.line_right(canvas, area, 0, spans);
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
