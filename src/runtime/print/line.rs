//! One event as it is printed: words for a person, or a JSON object for a program.

use std::io::{self, Write};

use crate::aws::{self, Level, LogEvent, Text};
use crate::model::logs::{Record, moment};

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
    /// Prints one event and a line end. Messages of several lines keep them. `around` is the request of the invocation
    /// around it, if that is known.
    pub fn write(&self, out: &mut impl Write, event: &LogEvent, around: Option<&str>) -> io::Result<()> {
        if self.json {
            return out.write_all(Record::of(event, &self.group, around).line().as_bytes());
        }
        let time = moment(event.at);
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(message: &str, json: bool, colour: bool) -> String {
        let event = LogEvent::of(7, "s".into(), "e", message);
        let mut out = Vec::new();
        Form { group: "/g".into(), json, colour }.write(&mut out, &event, None).unwrap();
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
        assert!(printed("a", true, true).starts_with('{'), "records have no colours");
    }
}
