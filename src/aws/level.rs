//! How bad a line of a log is, from the words that loggers of all languages use. Pure.

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

impl Level {
    /// The level of the words of a line; `None` when they do not say.
    pub(super) fn of_words(words: &str) -> Option<Self> {
        let beginning = words.get(..words.floor_char_boundary(BEGINNING)).unwrap_or(words);
        let ends_badly = ["Task timed out after", "Traceback (most recent call last)", "Runtime exited with error"];
        if ends_badly.iter().any(|phrase| words.contains(phrase)) {
            return Some(Self::Error);
        }
        let letter = |c: char| c.is_ascii_alphabetic();
        let loud = beginning.split(|c: char| !letter(c)).find_map(Self::loud);
        // `level=warn msg="low stock"`
        let named = || {
            let (_, value) = ["level=", "lvl="].iter().find_map(|name| beginning.split_once(name))?;
            value.split(|c: char| !letter(c)).find(|word| !word.is_empty()).and_then(Self::named)
        };
        loud.or_else(named)
    }

    /// A level in capitals: in small letters it may be any word.
    fn loud(word: &str) -> Option<Self> {
        let all = word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        all.then(|| Self::named(word)).flatten()
    }

    /// The level that a logger's word stands for, in capitals or not.
    pub(super) fn named(word: &str) -> Option<Self> {
        let one_of = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        match word.len() {
            4..=11 if one_of(&["INFO", "NOTICE", "INFORMATION"]) => Some(Self::Info),
            4..=11 if one_of(&["WARN", "WARNING"]) => Some(Self::Warn),
            4..=11 if one_of(&["TRACE", "DEBUG", "FINE", "VERBOSE", "TRCE", "DBUG"]) => Some(Self::Debug),
            4..=11 if one_of(&["ERROR", "FATAL", "CRITICAL", "SEVERE", "PANIC", "FAIL", "CRIT"]) => Some(Self::Error),
            _ => None,
        }
    }

    /// A word, or a number as bunyan and pino write it.
    pub(super) fn of_value(value: &str) -> Option<Self> {
        match value.parse::<i64>() {
            Ok(..30) => Some(Self::Debug),
            Ok(30..40) => Some(Self::Info),
            Ok(40..50) => Some(Self::Warn),
            Ok(50..) => Some(Self::Error),
            Err(_) => Self::named(value),
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}
