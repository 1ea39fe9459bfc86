//! One event of a log, read: who wrote it, how bad it is, whose request it belongs to, what it says. Pure.
//!
//! A reading points into the message, so that a million of them cost no memory. The message has passed
//! `Text::block`: its tabs are spaces, its escape sequences visible.

mod failure;
mod head;
mod members;
mod record;

use std::borrow::Cow;

pub use self::failure::{Failure, Named};
use self::members::Members;
use self::record::Record;
use super::level::Level;
use super::report::{self, Report};
use super::text::harmless;

/// Who wrote an event, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The function: words.
    Text,
    /// The function: a JSON object.
    Json,
    /// Lambda: an environment starts, or is restored from a snapshot.
    Init,
    /// Lambda: an invocation begins.
    Start,
    /// Lambda: it ended.
    End,
    /// Lambda: what it cost.
    Report,
    /// Lambda, about something else.
    Platform,
}

/// What an event tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading<'a> {
    /// Who wrote it.
    pub kind: LineKind,
    /// How bad it is; `None` when it does not say.
    pub level: Option<Level>,
    /// The number of the request, where the event carries it. Lines that a function prints do not: they
    /// belong to the invocation around them in their stream.
    pub request: Option<&'a str>,
    /// The message without what the other fields say. In a record it is as JSON has it: [`Reading::words`]
    /// takes the escapes out.
    pub body: &'a str,
    /// The message is one JSON object.
    record: bool,
    /// The body stands in quotes there.
    quoted: bool,
    /// The whole message.
    whole: &'a str,
}

impl LineKind {
    /// The function wrote it.
    pub fn is_output(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }
}

/// Reads one event. Whatever it holds, its body can be shown.
pub fn read(message: &str) -> Reading<'_> {
    let message = message.trim_end();
    record::read(message).map_or_else(|| of_text(message), |record| of_record(message, &record))
}

/// Who writes lines that begin so.
const STARTS: [(&str, LineKind); 8] = [
    ("START RequestId: ", LineKind::Start),
    ("END RequestId: ", LineKind::End),
    ("REPORT RequestId: ", LineKind::Report),
    ("INIT_START ", LineKind::Init),
    ("INIT_REPORT ", LineKind::Init),
    ("RESTORE_START ", LineKind::Init),
    ("RESTORE_REPORT ", LineKind::Init),
    ("XRAY TraceId: ", LineKind::Platform),
];

fn of_text(message: &str) -> Reading<'_> {
    let platform = STARTS.iter().find_map(|(start, kind)| Some((*kind, message.strip_prefix(start)?)));
    let reading = Reading::plain(message);
    if let Some((kind, rest)) = platform {
        if matches!(kind, LineKind::Init | LineKind::Platform) {
            return Reading { kind, level: report::ended_badly(rest).then_some(Level::Error), ..reading };
        }
        let (request, body) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let bad = kind == LineKind::Report && report::ended_badly(body);
        return Reading {
            kind,
            level: bad.then_some(Level::Error),
            request: Some(request),
            body: body.trim_start(),
            ..reading
        };
    }
    if ["EXTENSION", "TELEMETRY", "LOGS"].iter().any(|word| is_about_extension(message, word)) {
        let failed = message.contains("Error Type: ") || message.contains("State: Failed");
        return Reading { kind: LineKind::Platform, level: failed.then_some(Level::Error), ..reading };
    }
    let head = head::of(message);
    let level = head.level.or_else(|| Level::of_words(head.rest));
    Reading { level, request: head.request, body: head.rest, ..reading }
}

/// `EXTENSION Name: tracer State: Ready Events: [INVOKE]`, its tabs expanded or not.
fn is_about_extension(message: &str, word: &str) -> bool {
    let rest = message.strip_prefix(word).filter(|rest| rest.starts_with([' ', '\t']));
    rest.is_some_and(|rest| rest.trim_start().starts_with("Name: ") && rest.contains("State: "))
}

fn of_record<'a>(message: &'a str, record: &Record<'a>) -> Reading<'a> {
    let (kind, request) = (LineKind::Json, record.request);
    let reading = Reading { kind, request, level: record.level(), record: true, ..Reading::plain(message) };
    let Some(kind) = record.platform() else {
        let (body, quoted) = record.message.unwrap_or((message, false));
        let level = reading.level.or_else(|| record.failure.then_some(Level::Error));
        return Reading { level, body, quoted, ..reading };
    };
    let inner = record.inner.and_then(Members::of).map(record::read_members).unwrap_or_default();
    // That the handler failed is said once, by the report.
    let bad = kind != LineKind::End && inner.status.is_some_and(|status| status != "success");
    let level = if bad { Some(Level::Error) } else { record.trouble() };
    Reading { kind, level, request: inner.request, body: record.inner.unwrap_or(message), ..reading }
}

impl<'a> Reading<'a> {
    fn plain(message: &'a str) -> Self {
        let (kind, body, whole) = (LineKind::Text, message, message);
        Self { kind, level: None, request: None, body, record: false, quoted: false, whole }
    }

    /// What it says, as it is shown: a record's message without its escapes, and behind it the members that
    /// no column shows. Has line ends where the message has.
    pub fn words(&self) -> Cow<'a, str> {
        self.words_beside(&[])
    }

    /// The same where a person has columns of the members at these paths.
    pub fn words_beside(&self, shown: &[&str]) -> Cow<'a, str> {
        if self.kind != LineKind::Json || std::ptr::eq(self.body, self.whole) {
            return Cow::Borrowed(self.body);
        }
        let message = if self.quoted { unescaped(self.body) } else { Cow::Borrowed(self.body) };
        let rest = record::untold(self.whole, shown);
        if rest.is_empty() { message } else { Cow::Owned(format!("{message}  {rest}")) }
    }

    /// The time that a record tells, as it is written.
    pub fn told_time(&self) -> Option<&'a str> {
        if self.kind == LineKind::Json { record::time(self.whole) } else { None }
    }

    /// Lambda writes it for every invocation, and it tells of no trouble: whoever sees the report, or the start of an
    /// invocation that goes on, misses nothing without it.
    pub fn is_routine(&self) -> bool {
        match self.kind {
            LineKind::Start | LineKind::End | LineKind::Report => true,
            LineKind::Init | LineKind::Platform => self.level.is_none(),
            LineKind::Text | LineKind::Json => false,
        }
    }

    /// The version that an event of kind [`LineKind::Start`] names.
    pub fn version(&self) -> Option<&'a str> {
        if self.kind != LineKind::Start {
            return None;
        }
        let told = self.member("record.version").and_then(members::inside_quotes);
        told.or_else(|| self.body.strip_prefix("Version: "))
    }

    /// What the invocation cost, of an event of kind [`LineKind::Report`].
    pub fn report(&self) -> Option<Report> {
        if self.kind != LineKind::Report {
            return None;
        }
        let record = self.whole.starts_with('{').then(|| serde_json::from_str(self.whole).ok()).flatten();
        Some(record.as_ref().map_or_else(|| report::of_line(self.whole), report::of_record))
    }

    /// What it says about the end of its invocation, if that was a bad one.
    pub fn failure(&self) -> Option<Failure> {
        failure::of(self)
    }

    /// It tells of an error that ended its invocation if nothing follows, not even a report.
    pub fn may_end(&self) -> bool {
        failure::may_end(self)
    }

    /// It tells of a failure as one line amid a trace; another event names the error.
    pub fn frame(&self) -> Option<Named> {
        failure::frame(self)
    }

    /// The message is one JSON object.
    pub fn is_record(&self) -> bool {
        self.record
    }

    /// The value at a path of members, `order.id`, as it was written; `None` where there is none.
    pub fn member(&self, path: &str) -> Option<&'a str> {
        if self.record { record::member(self.whole, path) } else { None }
    }

    /// The paths of its members that [`Reading::member`] leads by, but for those that the other fields tell.
    pub fn paths(&self) -> Vec<String> {
        if self.record { record::paths(self.whole) } else { Vec::new() }
    }
}

/// A JSON string without its escapes, harmless again: what was an escape may be a control character now.
pub fn unescaped(inside: &str) -> Cow<'_, str> {
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    match serde_json::from_str::<String>(&format!("\"{inside}\"")) {
        Ok(plain) => Cow::Owned(harmless(&plain, true).into_owned()),
        Err(_) => Cow::Borrowed(inside),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
