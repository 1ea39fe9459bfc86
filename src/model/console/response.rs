//! The response of a run, ready to be shown.

use std::time::Duration;

use super::failure::Failure;
use super::stream::took;
use super::{Arrived, Gone, LogText};
use crate::aws::{AfterEvent, LogTail, Outcome, StreamEnd, Streamed, Text};
use crate::model::body::Body;
use crate::model::{Slot, wrap};
use crate::panes::{Tone, bytes};

/// The most lines that a message takes above the body; the body has all of it.
const MESSAGE: usize = 4;
/// The most steps of a stack trace above the body.
const FRAMES: usize = 8;

/// What came back, ready to be shown.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status: 200, 202 (accepted as an event), 204 (dry run).
    pub status: u16,
    /// `X-Amz-Executed-Version`.
    pub executed_version: Option<Text>,
    /// `X-Amz-Function-Error`: the call succeeded, the function did not.
    pub function_error: Option<Text>,
    /// The id of the run, by which its log is found.
    pub request_id: Option<Text>,
    /// The ARN of its durable execution.
    pub durable: Option<Text>,
    /// What the function says about its failure.
    pub failure: Option<Failure>,
    /// The payload.
    pub body: Body,
    /// What is known of it, once it is not kept any more.
    pub forgotten: Option<Gone>,
    /// Why the payload is not whole, if the answer broke off.
    pub cut: Option<Text>,
    /// How the answer came, if it came in pieces.
    pub stream: Option<(Streamed, Arrived)>,
    /// What becomes of the event, if it was queued.
    pub next: Slot<AfterEvent>,
    /// The last 4 KB of the log.
    pub tail: Option<LogTail>,
    /// The lines of the tail.
    pub log: Option<LogText>,
}

impl Answer {
    /// Reads what came back: once over all of it, so this is work for a task.
    pub fn of(outcome: Outcome) -> Self {
        let failure = outcome.function_error.as_ref().and_then(|_| Failure::read(&outcome.payload));
        Self::with(outcome, failure)
    }

    /// Reads what came in pieces.
    pub fn of_stream(mut outcome: Outcome, mut arrived: Arrived) -> Self {
        let Some(streamed) = outcome.streamed.take() else { return Self::of(outcome) };
        outcome.payload = std::mem::take(&mut arrived.payload);
        let failure = match &streamed.end {
            StreamEnd::Failed { code, details } => Some(Failure::told(code, details)),
            _ => None,
        };
        Self { stream: Some((streamed, arrived)), ..Self::with(outcome, failure) }
    }

    /// Why the answer is not whole, if it broke off.
    pub fn incomplete(&self) -> Option<&Text> {
        match &self.stream {
            Some((Streamed { end: StreamEnd::Cut { why }, .. }, _)) => Some(why),
            _ => self.cut.as_ref(),
        }
    }

    pub(super) fn with(outcome: Outcome, failure: Option<Failure>) -> Self {
        Self {
            status: outcome.status,
            executed_version: outcome.executed_version,
            function_error: outcome.function_error,
            request_id: outcome.request_id,
            durable: outcome.durable,
            failure,
            cut: outcome.cut,
            stream: None,
            next: Slot::default(),
            body: Body::of(outcome.payload),
            forgotten: None,
            log: outcome.tail.as_ref().map(LogText::of_tail),
            tail: outcome.tail,
        }
    }

    /// What is said above the body: how it came, the failure, and what is odd about the body. The message is cut to a
    /// few lines of that width; the body has all of it.
    pub(super) fn said(&self, width: usize) -> Vec<(Tone, String)> {
        let mut lines = Vec::new();
        if let Some(why) = self.incomplete() {
            let function = match self.stream {
                Some(_) => "may have gone on: its log knows",
                None => "has ended, and is not run again",
            };
            lines.push((Tone::Bad, format!("✖ incomplete: {why}")));
            lines.push((Tone::Warn, format!("  what came is kept; the function {function}")));
        }
        if let Some((streamed, arrived)) = &self.stream {
            lines.extend(came(streamed, arrived));
        }
        if self.status == 202 {
            lines.extend(queued(&self.next));
        }
        if let Some(failure) = &self.failure {
            lines.extend(message(&failure.sentence(), width));
            lines.extend(frames(failure));
        }
        if self.status == 200 && self.request_id.is_none() && self.executed_version.is_none() {
            let words = "! none of Lambda's headers came along: something in between may have answered";
            lines.push((Tone::Warn, words.to_owned()));
        }
        lines.extend(self.durable.as_ref().map(|arn| (Tone::Muted, format!("· durable execution {arn}"))));
        lines.extend(self.let_go());
        lines.extend(self.body.remarks().iter().map(|remark| (Tone::Muted, format!("· {remark}"))));
        lines
    }
}

/// What becomes of a queued event.
fn queued(next: &Slot<AfterEvent>) -> Vec<(Tone, String)> {
    let mut lines =
        vec![(Tone::Plain, "Lambda runs it when it can; its answer goes nowhere else than to its log.".to_owned())];
    let Some(after) = next.answer() else {
        lines.push(match next.problem() {
            Some(problem) => (Tone::Warn, format!("! {}", problem.brief())),
            None => (Tone::Muted, "reading what happens if it fails …".to_owned()),
        });
        return lines;
    };
    let again = match after.retries {
        0 => "it is not tried again".to_owned(),
        1 => "it is tried once more".to_owned(),
        more => format!("it is tried {more} times more"),
    };
    lines.push((Tone::Plain, format!("If it fails {again}; it waits at most {}.", span(after.age))));
    let name = |arn: &Text| arn.to_string();
    lines.extend(
        after.on_success.as_ref().map(|to| (Tone::Plain, format!("On success a record goes to {}.", name(to)))),
    );
    lines.extend(
        after
            .on_failure
            .as_ref()
            .map(|to| (Tone::Plain, format!("In the end a record of the failure goes to {}.", name(to)))),
    );
    lines.extend(
        after
            .dead_letter
            .as_ref()
            .map(|to| (Tone::Plain, format!("In the end the event goes to the dead-letter queue {}.", name(to)))),
    );
    if after.on_failure.is_none() && after.dead_letter.is_none() {
        lines.push((Tone::Warn, "! No destination and no dead-letter queue: an event that fails is lost.".to_owned()));
    }
    lines.push((Tone::Muted, "L: its log".to_owned()));
    lines
}

/// `6 h`, `90 min`, `60 s`.
fn span(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds >= 3600 && seconds % 3600 == 0 => format!("{} h", seconds / 3600),
        seconds if seconds >= 120 && seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

/// What says nothing about the answer, only that it came in frames.
const FRAMES_TYPE: &str = "application/vnd.amazon.eventstream";

/// How a streamed answer came, and where all of it is.
fn came(streamed: &Streamed, arrived: &Arrived) -> Vec<(Tone, String)> {
    let size = |size: u64| bytes(i64::try_from(size).unwrap_or(i64::MAX));
    let first = arrived.first.map(|first| format!(" · first byte after {}", took(first))).unwrap_or_default();
    let kind = streamed
        .content_type
        .as_deref()
        .filter(|kind| *kind != FRAMES_TYPE)
        .map(|kind| format!(" · {kind}"))
        .unwrap_or_default();
    let chunks = if arrived.chunks == 1 { "1 chunk".to_owned() } else { format!("{} chunks", arrived.chunks) };
    let pieces = format!("· streamed: {} in {chunks}{first}{kind}", size(arrived.bytes));
    let mut lines = vec![(Tone::Muted, pieces)];
    match &arrived.file {
        Some(Ok(path)) => lines.push((Tone::Warn, format!("! only its beginning is shown; all of it is in {path}"))),
        Some(Err(why)) => {
            lines.push((Tone::Bad, format!("✖ only its beginning was kept; no file could be written ({why})")));
        }
        None => {}
    }
    lines
}

fn message(sentence: &str, width: usize) -> Vec<(Tone, String)> {
    let lines = sentence.lines().flat_map(|line| wrap(line, width.saturating_sub(2).max(8)));
    let mut lines: Vec<String> = lines.take(MESSAGE + 1).collect();
    if lines.len() > MESSAGE {
        lines.truncate(MESSAGE);
        lines.push("… (all of it is in the body)".to_owned());
    }
    let sign = |n: usize| if n == 0 { "✖ " } else { "  " };
    lines.into_iter().enumerate().map(|(n, line)| (Tone::Bad, format!("{}{line}", sign(n)))).collect()
}

fn frames(failure: &Failure) -> Vec<(Tone, String)> {
    let wide = failure.frames.iter().map(|frame| frame.place.chars().count()).filter(|wide| *wide <= 32).max();
    let wide = wide.unwrap_or_default();
    let shown = failure.frames.iter().take(FRAMES).map(|frame| {
        let tone = if frame.foreign { Tone::Muted } else { Tone::Plain };
        (tone, format!("  {:wide$}  {}", frame.place, frame.what).trim_end().to_owned())
    });
    let more = failure.frames.len().saturating_sub(FRAMES);
    shown.chain((more > 0).then(|| (Tone::Muted, format!("  … {more} more in the body")))).collect()
}
