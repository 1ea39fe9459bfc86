//! The log part of the invoke console: the tail that came along or the whole run, and what the run cost.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use super::heading;
use super::text::lines;
use crate::aws::{LineKind, LogTail, Report, Text};
use crate::model::Model;
use crate::model::console::{Part, Progress, WholeLog};

/// Draws the log of the run on show.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let answer = model.console.run().and_then(|run| match &run.progress {
        Progress::Answered(answer) => Some((run, answer)),
        _ => None,
    });
    let head = |buffer: &mut Buffer, rest| heading(buffer, area, Part::Log, "Log", rest, model, ink);
    let Some((run, answer)) = answer else { return head(buffer, Vec::new()) };
    let (first, column) = model.console.log_at;
    match (&run.whole_log, &answer.tail) {
        (WholeLog::Lines(all), tail) => {
            let mut rest = vec![ink.span(Role::Muted, place(all.len(), first, tail.as_ref()))];
            rest.extend(tail.as_ref().and_then(|tail| cost(tail, ink)));
            head(buffer, rest);
            let shown = all.iter().skip(first).take(usize::from(area.height));
            let texts: Vec<Text> = shown.map(|line| line.message.clone()).collect();
            lines(buffer, area, &texts, (0, column), ink, |line| vec![ink.span(Role::Text, line)]);
        }
        (asked, None) => {
            let asking = matches!(asked, WholeLog::Asked(_));
            let word = if asking { "asking CloudWatch Logs …" } else { "no log came along; L asks CloudWatch Logs" };
            head(buffer, vec![ink.span(Role::Muted, word)]);
        }
        (asked, Some(tail)) => {
            let cut = match (asked, tail.cut) {
                (WholeLog::Asked(_), _) => "asking CloudWatch Logs …",
                (_, true) => "last 4 KB, the first line is cut · L the whole run",
                (_, false) => "",
            };
            let mut rest = vec![ink.span(Role::Muted, cut)];
            rest.extend(cost(tail, ink));
            head(buffer, rest);
            draw_tail(buffer, area, tail, (first, column), ink);
        }
    }
}

/// The lines of a tail: what the function wrote in full weight, what Lambda wrote muted.
fn draw_tail(buffer: &mut Buffer, area: Rect, tail: &LogTail, (first, column): (usize, usize), ink: &Ink) {
    for (n, line) in tail.lines.iter().skip(first).take(usize::from(area.height)).enumerate() {
        let role = match line.kind {
            LineKind::Output => Role::Text,
            _ => Role::Muted,
        };
        let lead = if line.partial { glyphs::CUT } else { "" };
        let text = fit::skip(&line.text, column);
        if let Ok(n) = u16::try_from(n + 1) {
            ink.line(buffer, area, n, vec![Span::raw(" "), ink.span(Role::Muted, lead), ink.span(role, text)]);
        }
    }
}

/// Where in the whole log the screen begins, and where `L` goes from there.
fn place(many: usize, first: usize, tail: Option<&LogTail>) -> String {
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
