//! The log part of the invoke console: the tail that came along or the whole run, and what the run cost.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::theme::Role;
use super::super::{Ink, text_view};
use super::heading;
use crate::aws::{Level, LogTail};
use crate::model::Model;
use crate::model::body::View;
use crate::model::console::{LogText, Part, Progress, card, window};

/// Draws the log of the run on show.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let head = |buffer: &mut Buffer, rest| heading(buffer, area, Part::Log, "Log", rest, model, ink);
    let Some(run) = model.console.run() else { return head(buffer, Vec::new()) };
    if run.burst().is_some() {
        return head(buffer, vec![ink.span(Role::Muted, "a burst keeps no logs; the function's log group has them")]);
    }
    let tail = match &run.progress {
        Progress::Answered(answer) => answer.tail.as_ref(),
        _ => return head(buffer, Vec::new()),
    };
    let waited = run.whole_log.since().map(|since| model.clock.now().since.saturating_sub(since));
    let (role, words) = match (waited, &run.whole_log.lines, tail) {
        (Some(waited), lines, _) => (Role::Accent, waiting(waited, lines.as_ref())),
        (None, Some(log), _) if !run.whole_log.is_whole() => (Role::Warn, so_far(log)),
        (None, Some(log), _) if run.is_event() => (Role::Muted, of_event(log)),
        (None, Some(log), tail) => (Role::Muted, place(log, tail)),
        (None, None, None) if is_dry(&run.progress) => {
            (Role::Muted, "nothing was executed: there is no log".to_owned())
        }
        (None, None, None) => (Role::Muted, "no log came along · L asks CloudWatch Logs".to_owned()),
        (None, None, Some(tail)) => (Role::Muted, came_along(tail)),
    };
    head(buffer, vec![ink.span(role, words)]);
    let (lines, beside) = model.console.log_places(area);
    if let Some(log) = run.log() {
        draw_lines(buffer, lines, log, ink);
    }
    for (n, (tone, text)) in card(run, &model.session.region()).into_iter().enumerate() {
        if let Ok(n) = u16::try_from(n) {
            ink.line(buffer, beside, n, vec![Span::raw(" "), Span::styled(text, ink.tone(tone))]);
        }
    }
}

/// Only permissions were checked.
fn is_dry(progress: &Progress) -> bool {
    matches!(progress, Progress::Answered(answer) if answer.status == 204)
}

/// The whole log is on its way: `CloudWatch` Logs has lines some seconds after they were written.
fn waiting(waited: Duration, lines: Option<&LogText>) -> String {
    /// Lines are seldom later than this; a server of others may not number them as the answer is numbered.
    const LATE: Duration = Duration::from_secs(4);
    if lines.is_none() && waited >= LATE {
        return format!("nothing of this run yet, waiting for {} s · l opens the log around it", waited.as_secs());
    }
    let have = lines.map(|log| format!("{} lines so far, ", log.len())).unwrap_or_default();
    format!("asking CloudWatch Logs … {have}waiting for {} s (lines arrive late)", waited.as_secs())
}

/// What came along with the answer, and what did not.
fn came_along(tail: &LogTail) -> String {
    match (&tail.place, tail.raw, tail.cut) {
        (Some(place), _, _) => format!("the log is in {} · L reads it", place.group),
        (None, true, _) => "what came along is not base64: shown as it came · L the whole run".to_owned(),
        (None, false, true) => "last 4 KB, the first line is cut · L the whole run".to_owned(),
        (None, false, false) => String::new(),
    }
}

/// The lines of a log: by how bad they are; what Lambda wrote is muted.
fn draw_lines(buffer: &mut Buffer, place: Rect, log: &LogText, ink: &Ink) {
    let View::Text(view) = log.view() else { return };
    text_view::draw(buffer, place, view, window(place), ink, |row| {
        let role = match (log.kind(row.line).is_output(), log.level(row.line)) {
            (true, Some(Level::Error)) => Role::Bad,
            (true, Some(Level::Warn)) => Role::Warn,
            (true, Some(Level::Info) | None) => Role::Text,
            _ => Role::Muted,
        };
        vec![ink.span(role, row.text)]
    });
}

/// Its last line did not come while it was waited for.
fn so_far(log: &LogText) -> String {
    format!("{} lines so far, no REPORT yet · L asks again", log.len())
}

/// A run that failed is tried again, minutes later.
fn of_event(log: &LogText) -> String {
    format!("the whole run, {} lines · L asks again (for retries)", log.len())
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
