//! How bad a line of a log is: from the words that loggers of all languages use, and from JSON records. Pure.

use serde_json::{Map, Value};

/// How bad a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For those who look for a fault: `TRACE`, `DEBUG`.
    Debug,
    /// News: `INFO`, `NOTICE`.
    Info,
    /// `WARN`, `WARNING`.
    Warn,
    /// `ERROR`, `FATAL`, `CRITICAL`, and what runtimes write when a function ends badly.
    Error,
}

/// Only the beginning of a line says how bad it is; the rest is what it is about.
const BEGINNING: usize = 120;

/// Where records keep their level.
const LEVELS: [&str; 5] = ["level", "log.level", "severity", "lvl", "levelname"];
/// Where they keep what they say.
const MESSAGES: [&str; 3] = ["message", "msg", "errorMessage"];
/// Where they keep their time.
const TIMES: [&str; 4] = ["timestamp", "time", "@timestamp", "ts"];

impl Level {
    /// The level of a line; `None` when it does not say.
    pub fn of(line: &str) -> Option<Self> {
        if let Some(record) = record(line) {
            return LEVELS.iter().find_map(|name| record.get(*name)).and_then(Self::of_value);
        }
        let beginning = line.get(..line.floor_char_boundary(BEGINNING)).unwrap_or(line);
        let ends_badly = ["Task timed out after", "Traceback (most recent call last)", "Runtime exited with error"];
        if ends_badly.iter().any(|words| line.contains(words)) {
            return Some(Self::Error);
        }
        let word = |c: char| c.is_ascii_alphabetic();
        beginning.split(|c: char| !word(c)).find_map(Self::loud)
    }

    /// A level in capitals: in small letters it may be any word.
    fn loud(word: &str) -> Option<Self> {
        let all = word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        all.then(|| Self::named(word)).flatten()
    }

    fn named(word: &str) -> Option<Self> {
        match word.to_ascii_uppercase().as_str() {
            "TRACE" | "DEBUG" | "FINE" | "VERBOSE" => Some(Self::Debug),
            "INFO" | "NOTICE" | "INFORMATION" => Some(Self::Info),
            "WARN" | "WARNING" => Some(Self::Warn),
            "ERROR" | "FATAL" | "CRITICAL" | "SEVERE" | "PANIC" => Some(Self::Error),
            _ => None,
        }
    }

    /// A word, or a number as bunyan and pino write it.
    fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(word) => Self::named(word),
            Value::Number(number) => match number.as_i64()? {
                ..30 => Some(Self::Debug),
                30..40 => Some(Self::Info),
                40..50 => Some(Self::Warn),
                50.. => Some(Self::Error),
            },
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}

/// A record of JSON as a person reads it: time, level, message, and the rest as it was. `None` for what
/// is no record with a message.
pub fn readable(line: &str) -> Option<String> {
    let record = record(line)?;
    let message = MESSAGES.iter().find_map(|name| record.get(*name))?;
    let message = message.as_str().map_or_else(|| message.to_string(), str::to_owned);
    let time = TIMES.iter().find_map(|name| record.get(*name)).and_then(Value::as_str).unwrap_or_default();
    // The day is the same in every line.
    let time = time.split_once('T').map_or(time, |(_, time)| time.trim_end_matches('Z'));
    let level = LEVELS.iter().find_map(|name| record.get(*name)).and_then(Level::of_value).map_or("", Level::word);
    let told = |name: &str| {
        LEVELS.contains(&name)
            || MESSAGES.contains(&name)
            || TIMES.contains(&name)
            || matches!(name, "requestId" | "AWSRequestId")
    };
    let rest: Map<String, Value> =
        record.iter().filter(|(name, _)| !told(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    let rest = if rest.is_empty() { String::new() } else { format!("  {}", Value::Object(rest)) };
    Some(format!("{time} {level:5} {message}{rest}").trim_start().to_owned())
}

fn record(line: &str) -> Option<Map<String, Value>> {
    let line = line.trim();
    if !(line.starts_with('{') && line.ends_with('}')) {
        return None;
    }
    serde_json::from_str(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loggers_of_all_languages_are_understood() {
        for (line, level) in [
            ("[ERROR] OrderRejected: no stock", Some(Level::Error)),
            ("2026-11-21T12:00:00.000Z\t8f0c\tWARN\tquantity below zero", Some(Level::Warn)),
            ("12:04:31 INFO  com.shop.Handler - received", Some(Level::Info)),
            ("DEBUG:root:x", Some(Level::Debug)),
            ("2026-11-21T12:00:00Z id Task timed out after 3.00 seconds", Some(Level::Error)),
            (r#"{"level":"warn","message":"m"}"#, Some(Level::Warn)),
            (r#"{"level":50,"msg":"m"}"#, Some(Level::Error)),
            (r#"{"message":"an ERROR in words"}"#, None),
            ("no error here, for your information", None),
            ("ERRORS are not errors", None),
            ("", None),
        ] {
            assert_eq!(Level::of(line), level, "{line}");
        }
    }

    #[test]
    fn a_record_is_read_as_a_line() {
        let line =
            r#"{"timestamp":"2026-11-21T12:04:31.120Z","level":"INFO","message":"received","requestId":"r","order":7}"#;
        assert_eq!(readable(line).unwrap(), "12:04:31.120 INFO  received  {\"order\":7}");
        assert_eq!(readable(r#"{"msg":{"a":1}}"#).unwrap(), "{\"a\":1}");
        assert_eq!(readable(r#"{"order":7}"#), None);
        assert_eq!(readable("plain"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_line_panics(line in "\\PC*|\\{\"(level|msg|time)\":[^}]{0,20}\\}") {
            let _ = (Level::of(&line), readable(&line));
        }
    }
}
