//! One event as it is printed: words for a person, or a JSON object for a program.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;

use crate::aws::{self, Level, LogEvent, Text};

/// How events are printed.
pub struct Form {
    /// The log group.
    pub group: Text,
    /// As a JSON object.
    pub json: bool,
    /// With colours.
    pub colour: bool,
}

impl Form {
    /// Prints one event and a line end. Messages of several lines keep them.
    pub fn write(&self, out: &mut impl Write, event: &LogEvent) -> io::Result<()> {
        if self.json {
            return writeln!(out, "{}", self.record(event));
        }
        let time = stamp(event.at);
        if !self.colour {
            return writeln!(out, "{time} {}", event.message);
        }
        let reading = aws::read_event(&event.message);
        let colour = match reading.level {
            Some(Level::Error) => "31",
            Some(Level::Warn) => "33",
            Some(Level::Debug) => "2",
            _ if !reading.kind.is_output() => "2",
            _ => return writeln!(out, "\x1b[2m{time}\x1b[0m {}", event.message),
        };
        writeln!(out, "\x1b[2m{time}\x1b[0m \x1b[{colour}m{}\x1b[0m", event.message)
    }

    /// The words AWS uses, and what was read out of the message.
    fn record(&self, event: &LogEvent) -> String {
        let reading = aws::read_event(&event.message);
        json!({
            "timestamp": stamp(event.at),
            "ingestionTime": event.ingested.map(stamp),
            "logGroup": self.group.as_str(),
            "logStreamName": event.stream.as_str(),
            "eventId": event.id,
            "level": reading.level.map(Level::word),
            "requestId": reading.request,
            "message": event.message.as_str(),
        })
        .to_string()
    }
}

/// A moment in UTC; one that no calendar has is a number.
fn stamp(at: i64) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(at);
    time.map_or_else(|| at.to_string(), |time| time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(message: &str, json: bool, colour: bool) -> String {
        let event =
            LogEvent { at: 7, ingested: None, stream: "s".into(), id: "e".into(), message: Text::block(message) };
        let mut out = Vec::new();
        Form { group: "/g".into(), json, colour }.write(&mut out, &event).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn without_a_terminal_there_are_no_colours() {
        assert_eq!(printed("[ERROR] a\nb", false, false), "1970-01-01T00:00:00.007Z [ERROR] a\nb\n");
        assert_eq!(
            printed("[ERROR] a", false, true),
            "\x1b[2m1970-01-01T00:00:00.007Z\x1b[0m \x1b[31m[ERROR] a\x1b[0m\n"
        );
        assert!(!printed("\x1b[2J", false, false).contains('\x1b'), "what was logged does nothing to a terminal");
        assert_eq!(stamp(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn a_record_is_one_line() {
        let line = printed("START RequestId: r1 Version: 7\n", true, true);
        assert_eq!(line.lines().count(), 1);
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&told["requestId"], &told["level"], &told["logStreamName"]),
            (&"r1".into(), &().into(), &"s".into())
        );
        assert_eq!(told["timestamp"], "1970-01-01T00:00:00.007Z");
    }
}
