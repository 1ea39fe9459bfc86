//! The log part of the invoke console: the tail that came along or the whole run, and what the run cost.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::theme::Role;
use super::super::{Ink, glyphs, text_view};
use super::heading;
use crate::aws::{LineKind, LogTail, Report};
use crate::model::Model;
use crate::model::body::View;
use crate::model::console::{LogText, Part, Progress, WholeLog, window};

/// Draws the log of the run on show.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let head = |buffer: &mut Buffer, rest| heading(buffer, area, Part::Log, "Log", rest, model, ink);
    let Some(run) = model.console.run() else { return head(buffer, Vec::new()) };
    let tail = match &run.progress {
        Progress::Answered(answer) => answer.tail.as_ref(),
        _ => return head(buffer, Vec::new()),
    };
    let words = match (&run.whole_log, tail) {
        (WholeLog::Lines(log), tail) => place(log, tail),
        (WholeLog::Asked(_), _) => "asking CloudWatch Logs …".to_owned(),
        (_, None) => "no log came along; L asks CloudWatch Logs".to_owned(),
        (_, Some(tail)) if tail.cut => "last 4 KB, the first line is cut · L the whole run".to_owned(),
        (_, Some(_)) => String::new(),
    };
    let mut rest = vec![ink.span(Role::Muted, words)];
    rest.extend(tail.and_then(|tail| cost(tail, ink)));
    head(buffer, rest);
    if let Some(log) = run.log() {
        lines(buffer, model.console.log_place(area), log, ink);
    }
}

/// The lines of a log: what the function wrote in full weight, what Lambda wrote muted.
fn lines(buffer: &mut Buffer, place: Rect, log: &LogText, ink: &Ink) {
    let View::Text(view) = log.view() else { return };
    text_view::draw(buffer, place, view, window(place), ink, |row| {
        let role = match log.kind(row.line) {
            LineKind::Output => Role::Text,
            _ => Role::Muted,
        };
        vec![ink.span(role, row.text)]
    });
}

/// Where in the whole log the screen begins, and where `L` goes from there.
fn place(log: &LogText, tail: Option<&LogTail>) -> String {
    let many = log.len();
    let first = match log.view() {
        View::Text(view) => view.first_line(),
        _ => 0,
    };
    match (first, tail) {
        // What came along was everything: there is no tail to go to.
        (0, Some(tail)) if !tail.cut => format!("the whole run, {many} lines"),
        (0, _) => format!("the whole run, {many} lines · L the tail"),
        (_, _) => format!("the whole run, from line {} of {many} · L the start", first + 1),
    }
}

fn cost(tail: &LogTail, ink: &Ink) -> Option<Span<'static>> {
    tail.report.as_ref().map(|report| ink.span(Role::Text, format!("  {}", card(report))))
}

/// What the run cost, in one line.
fn card(report: &Report) -> String {
    let time = |time: Option<Duration>| time.map(|time| format!("{:.0} ms", time.as_secs_f64() * 1000.0));
    let start = match (time(report.init), time(report.restore)) {
        (Some(init), _) => Some(format!("cold start {init}")),
        (None, Some(restore)) => Some(format!("restored in {restore}")),
        (None, None) => Some("warm".to_owned()),
    };
    let memory =
        report.peak.zip(report.memory).map(|(peak, memory)| format!("{} {peak} of {memory} MB", bar(peak, memory)));
    let parts = [
        start,
        time(report.duration).map(|time| format!("ran {time}")),
        time(report.billed).map(|time| format!("billed {time}")),
        memory,
        report.status.as_ref().map(ToString::to_string),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn bar(part: i64, whole: i64) -> String {
    const CELLS: i64 = 10;
    let full = if whole > 0 { (part * CELLS / whole).clamp(0, CELLS) } else { 0 };
    let times = |n: i64| usize::try_from(n).unwrap_or(0);
    format!("{}{}", glyphs::FULL.repeat(times(full)), glyphs::EMPTY.repeat(times(CELLS - full)))
}
