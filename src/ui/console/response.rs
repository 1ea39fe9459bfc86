//! The response part of the invoke console: what came back, or what went wrong.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::theme::Role;
use super::super::{Ink, fit};
use super::text::lines;
use super::{elapsed, heading};
use crate::aws::Problem;
use crate::model::console::{Answer, Part, Progress, Run};
use crate::model::{Model, json};
use crate::panes::bytes;

/// Draws the response of the run on show.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
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

fn coloured<'a>(line: &'a str, ink: &Ink) -> Vec<Span<'a>> {
    let role = |part| match part {
        json::Part::Key => Role::Accent,
        json::Part::String => Role::Good,
        json::Part::Word => Role::Warn,
        json::Part::Punctuation => Role::Text,
    };
    json::parts(line).into_iter().map(|(part, text)| ink.span(role(part), text)).collect()
}
