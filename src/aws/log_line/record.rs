//! The members of a record that loggers agree on, under the names they give them. Pure.

use super::super::level::Level;
use super::LineKind;
use super::members::{Members, inside_quotes};

/// Where records keep their level.
const LEVELS: [&str; 6] = ["level", "log.level", "log_level", "severity", "lvl", "levelname"];
/// Where they keep what they say.
const MESSAGES: [&str; 3] = ["message", "msg", "errorMessage"];
/// Where they keep their time.
const TIMES: [&str; 4] = ["timestamp", "time", "@timestamp", "ts"];
/// Where they keep the request's number: Lambda itself, its Java library, Powertools, and what people write.
const REQUESTS: [&str; 5] = ["requestId", "AWSRequestId", "function_request_id", "awsRequestId", "request_id"];

/// So many objects inside each other are looked into for paths.
const DEEP: usize = 4;

/// What loggers agree on, found in one pass. Strings are without their quotes and with their escapes.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Record<'a> {
    /// The level's value, and which of the names it has.
    level: Option<(usize, &'a str)>,
    /// What it says, and whether it stood in quotes.
    pub message: Option<(&'a str, bool)>,
    message_rank: usize,
    /// The request's number.
    pub request: Option<&'a str>,
    /// Lambda's word for what it tells: `platform.start`.
    kind: Option<&'a str>,
    /// What it tells of that.
    pub inner: Option<&'a str>,
    /// How an invocation ended.
    pub status: Option<&'a str>,
    /// It tells of an exception, as runtimes do when a function ends badly.
    pub failure: bool,
}

/// Reads a message that is one JSON object.
pub(super) fn read(message: &str) -> Option<Record<'_>> {
    let mut members = Members::of(message)?;
    let record = take(&mut members);
    members.ended().then_some(record)
}

/// Reads an object inside a record.
pub(super) fn read_members(mut members: Members<'_>) -> Record<'_> {
    take(&mut members)
}

fn take<'a>(members: &mut Members<'a>) -> Record<'a> {
    let mut record = Record { message_rank: MESSAGES.len(), ..Record::default() };
    for (name, value) in members {
        record.take(name, value);
    }
    record
}

impl<'a> Record<'a> {
    fn take(&mut self, name: &str, value: &'a str) {
        let word = inside_quotes(value);
        if let Some(rank) = rank(&LEVELS, name) {
            if self.level.is_none_or(|(known, _)| rank < known) {
                self.level = Some((rank, word.unwrap_or(value)));
            }
        } else if let Some(rank) = rank(&MESSAGES, name) {
            self.failure |= name == "errorMessage";
            if rank < self.message_rank {
                (self.message, self.message_rank) = (Some((word.unwrap_or(value), word.is_some())), rank);
            }
        } else if REQUESTS.contains(&name) {
            self.request = self.request.or(word.filter(|word| !word.is_empty()));
        } else {
            match name {
                "type" => self.kind = word,
                "record" => self.inner = value.starts_with('{').then_some(value),
                "status" => self.status = word,
                "stackTrace" => self.failure = true,
                _ => {}
            }
        }
    }

    /// How bad it is, as it says.
    pub fn level(&self) -> Option<Level> {
        let (_, value) = self.level?;
        Level::of_value(value)
    }

    /// What Lambda tells; `None` for what the function wrote.
    pub fn platform(&self) -> Option<LineKind> {
        Some(match self.kind?.strip_prefix("platform.")? {
            "start" => LineKind::Start,
            "runtimeDone" | "end" => LineKind::End,
            "report" => LineKind::Report,
            word if word.starts_with("init") || word.starts_with("restore") => LineKind::Init,
            _ => LineKind::Platform,
        })
    }

    /// How bad it is when Lambda tells of trouble of its own: a process that ended, lines that are not in the log.
    pub fn trouble(&self) -> Option<Level> {
        match self.kind? {
            "platform.fault" => Some(Level::Error),
            "platform.logsDropped" => Some(Level::Warn),
            _ => None,
        }
    }
}

fn rank(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}

/// The time a record tells.
pub(super) fn time(record: &str) -> Option<&str> {
    let mut members = Members::of(record)?;
    members.find(|(name, _)| TIMES.contains(name)).and_then(|(_, value)| inside_quotes(value))
}

/// The members that no column shows, as one object; nothing if there are none. `shown` are the paths that a person has
/// columns of.
pub(super) fn untold(record: &str, shown: &[&str]) -> String {
    rest(untold_members(record), shown).unwrap_or_default()
}

/// Members as one object, without those at the paths that are shown; `None` if none is left.
fn rest<'a>(members: impl Iterator<Item = (&'a str, &'a str)>, shown: &[&str]) -> Option<String> {
    let left = members.filter_map(|(name, value)| {
        if shown.contains(&name) {
            return None;
        }
        let inside: Vec<&str> = shown.iter().filter_map(|path| path.strip_prefix(name)?.strip_prefix('.')).collect();
        match Members::of(value).filter(|_| !inside.is_empty()) {
            Some(members) => rest(members, &inside).map(|value| format!("\"{name}\":{value}")),
            None => Some(format!("\"{name}\":{value}")),
        }
    });
    let left: Vec<String> = left.collect();
    (!left.is_empty()).then(|| format!("{{{}}}", left.join(",")))
}

fn untold_members(record: &str) -> impl Iterator<Item = (&str, &str)> {
    let told = |name: &str| [&LEVELS[..], &MESSAGES, &TIMES, &REQUESTS].iter().any(|names| names.contains(&name));
    Members::of(record).into_iter().flatten().filter(move |(name, _)| !told(name))
}

/// The paths of the members that no column shows; those inside objects down to [`DEEP`].
pub(super) fn paths(record: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in untold_members(record) {
        paths_of(name.to_owned(), value, DEEP, &mut found);
    }
    found
}

fn paths_of(path: String, value: &str, deep: usize, found: &mut Vec<String>) {
    match Members::of(value).filter(|_| deep > 0) {
        Some(members) => {
            for (name, value) in members {
                paths_of(format!("{path}.{name}"), value, deep - 1, found);
            }
        }
        None => found.push(path),
    }
}

/// The value at the end of a path of names. A name may hold dots itself: `log.level`.
pub(super) fn member<'a>(record: &'a str, path: &str) -> Option<&'a str> {
    let mut found = None;
    for (name, value) in Members::of(record)? {
        match path.strip_prefix(name) {
            Some("") => return Some(value),
            Some(more) => found = more.strip_prefix('.').and_then(|more| member(value, more)).or(found),
            None => {}
        }
    }
    found
}
