//! An event as a JSON object in a line, for programs: what `S` saves and `lambdash logs --json` prints.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::store::Event;
use crate::aws::{self, Level, LogEvent};

/// One event, in the words of `FilterLogEvents`. What is not known is left out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    /// When it was written, in milliseconds since 1970.
    timestamp: i64,
    /// The same as people read it, in UTC.
    time: String,
    /// When AWS had it, in milliseconds since 1970. A log on the screen does not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    ingestion_time: Option<i64>,
    log_group: &'a str,
    log_stream_name: &'a str,
    /// AWS's number of the event. A log on the screen does not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    /// What was written, as it was written, without the line end behind it.
    message: Cow<'a, str>,
}

impl<'a> Record<'a> {
    /// An event as AWS gave it. `around` is the request of the invocation around it, if that is known.
    pub fn of(event: &'a LogEvent, group: &'a str, around: Option<&'a str>) -> Self {
        let message = aws::as_written(&event.message, event.written.as_str());
        Self {
            ingestion_time: event.ingested,
            event_id: Some(&*event.id).filter(|id| !id.is_empty()),
            ..Self::new(event.at, group, &event.stream, (&event.message, message), around)
        }
    }

    /// The same of an event that is held.
    pub fn of_held(event: Event<'a>, group: &'a str, around: Option<&'a str>) -> Self {
        Self::new(event.at, group, event.stream, (event.message, event.as_written()), around)
    }

    fn new(
        at: i64,
        group: &'a str,
        stream: &'a str,
        (words, message): (&'a str, Cow<'a, str>),
        around: Option<&'a str>,
    ) -> Self {
        let reading = aws::read_event(words);
        Self {
            timestamp: at,
            time: moment(at),
            ingestion_time: None,
            log_group: group,
            log_stream_name: stream,
            event_id: None,
            level: reading.level.map(Level::word),
            request_id: reading.request.or(around),
            message,
        }
    }

    /// The object and a line end. Whatever was written, the line does nothing to a terminal.
    pub fn line(&self) -> String {
        // Words and numbers can always be written as JSON.
        let json = serde_json::to_string(self).unwrap_or_default();
        let mut line = aws::harmless_json(&json).into_owned();
        line.push('\n');
        line
    }
}

/// A moment in UTC, from milliseconds since 1970; one that no calendar has is a number.
pub fn moment(at: i64) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(at);
    time.map_or_else(|| at.to_string(), |time| time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::logs::store::{End, Store};

    fn event(raw: &str) -> LogEvent {
        LogEvent { ingested: Some(9), ..LogEvent::of(7, "s".into(), "e", raw) }
    }

    #[test]
    fn a_record_is_one_line_of_what_was_written_and_harmless() {
        let raw = "START RequestId: r1\tVersion: 7\u{202e}\n\x1b[2J\u{9b}1m";
        let event = event(raw);
        let line = Record::of(&event, "/g", None).line();
        assert!(line.ends_with('\n') && line.lines().count() == 1);
        assert!(!line.chars().any(|c| c == '\u{202e}' || (c.is_control() && c != '\n')), "{line}");
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        let wanted = serde_json::json!({
            "timestamp": 7, "time": "1970-01-01T00:00:00.007Z", "ingestionTime": 9, "logGroup": "/g",
            "logStreamName": "s", "eventId": "e", "requestId": "r1", "message": raw,
        });
        assert_eq!(told, wanted);
        assert_eq!(moment(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn an_event_that_is_held_has_the_same_members_but_what_is_not_kept() {
        let event = event("[ERROR]\tno stock");
        let mut store = Store::default();
        store.take(0, std::slice::from_ref(&event), End::New);
        let told = |line: String| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&line).unwrap();
        let held = told(Record::of_held(store.get(0).unwrap(), "/g", None).line());
        let mut given = told(Record::of(&event, "/g", None).line());
        given.retain(|name, _| !matches!(name.as_str(), "ingestionTime" | "eventId"));
        assert_eq!(held, given);
        assert_eq!(held["message"], "[ERROR]\tno stock");
    }
}
