//! What comes into a log group by itself: the lines of invocations, and floods.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde_json::{Map, Value};

use super::lambda::aliases;
use super::log_group::Event;
use super::noise;
use super::record::Record;
use super::run_log::{Ending, RunLog};

/// What tells the events of one millisecond apart: lines that were written, floods, and invocations have numbers of
/// their own.
pub(super) const WRITTEN: u64 = 1 << 63;
const FLOOD: u64 = 1 << 62;

/// Invocations that come by themselves.
#[derive(Debug, Clone)]
pub(super) struct Traffic {
    pub function: String,
    /// What stands in the names of its streams before the version.
    owner: String,
    runtime: String,
    /// The ways to it, each from a moment on, in milliseconds since 1970.
    ways: Vec<(i64, Ways)>,
    pub every_ms: i64,
    memory: i64,
    json: bool,
    fails: Fails,
}

/// The ways that callers reach a function by.
#[derive(Debug, Clone)]
pub(super) enum Ways {
    /// Its aliases, the first of them most; some reach the function itself.
    Aliases(Vec<Map<String, Value>>),
    /// It is not there any more.
    None,
}

/// Which invocations fail.
#[derive(Debug, Clone, Copy)]
enum Fails {
    /// One in so many, nobody knows which.
    OneIn(u64),
    /// Each so many-th.
    Every(i64),
}

/// Lines that come at a rate, one like the other.
#[derive(Debug, Clone)]
pub(super) struct Flood {
    pub stream: String,
    pub from: i64,
    pub per_second: i64,
    /// What the line of a number says.
    pub says: fn(i64) -> String,
}

impl Flood {
    /// The lines of the time from `from` to `to`.
    pub fn lines(&self, from: i64, to: i64) -> impl Iterator<Item = Event> + '_ {
        // The first line at or after a moment.
        let number = |at: i64| ((at - self.from).max(0) * self.per_second + 999) / 1000;
        (number(from)..number(to)).map(|number| {
            let at = self.from + number * 1000 / self.per_second;
            let serial = FLOOD | number.unsigned_abs();
            Event { at, ingested: at + 300, stream: self.stream.clone(), message: (self.says)(number), serial }
        })
    }
}

/// What a flood says unless it is told, as long as lines are.
pub(super) fn any_line(number: i64) -> String {
    let word = ["INFO", "INFO", "INFO", "WARN", "INFO", "INFO", "DEBUG", "ERROR"];
    let word = word.get(usize::try_from(number % 8).unwrap_or_default()).unwrap_or(&"INFO");
    let (order, took) = (number % 90_001, number % 397);
    format!(
        "[{word}] line {number:09} of the flood: order {order} took {took} ms and then some more words to be as long as lines are"
    )
}

impl Traffic {
    /// A function that is invoked every so many seconds.
    pub fn of(record: &Record, every_seconds: u32) -> Self {
        let fails = match (record.seed.life.fails_every, record.seed.behaviour.as_str()) {
            (Some(every), _) => Fails::Every(i64::from(every.max(1))),
            (None, "fail" | "fail-long") => Fails::OneIn(2),
            (None, "timeout" | "memory" | "exit") => Fails::OneIn(5),
            (None, _) => Fails::OneIn(47),
        };
        Self {
            function: record.name().to_owned(),
            owner: owner(record),
            ways: vec![(i64::MIN, Ways::Aliases(record.seed.aliases.clone()))],
            runtime: record.text("Runtime").to_owned(),
            every_ms: i64::from(every_seconds.max(1)) * 1000,
            memory: record.number("MemorySize"),
            json: record.inner_text("LoggingConfig", "LogFormat") == Some("JSON"),
            fails,
        }
    }

    /// From a moment on, in milliseconds since 1970, callers reach it by other ways.
    pub fn reroute(&mut self, from: i64, ways: Ways) {
        self.ways.push((from, ways));
    }

    /// The version that answers the `number`th invocation; `None` when nobody does.
    fn version(&self, at: i64, number: i64, seed: u64) -> Option<&str> {
        let (_, ways) = self.ways.iter().rev().find(|(from, _)| *from <= at)?;
        let Ways::Aliases(aliases) = ways else { return None };
        let alias = if noise::below(seed ^ 8, 10) > 0 {
            aliases.first()
        } else {
            let way = noise::below(seed ^ 9, aliases.len() as u64 + 1);
            aliases.get(usize::try_from(way).unwrap_or_default())
        };
        Some(alias.and_then(|alias| aliases::behind(alias, number.unsigned_abs())).unwrap_or("$LATEST"))
    }

    /// The lines of the `number`th invocation.
    pub fn invocation(&self, number: i64, start: i64, which: u64) -> Vec<Event> {
        let seed = noise::seed(&self.function) ^ number.unsigned_abs();
        let jitter =
            i64::try_from(noise::below(seed, u64::try_from(self.every_ms / 2).unwrap_or(1))).unwrap_or_default();
        let at = DateTime::from_timestamp_millis(start + number * self.every_ms + jitter).unwrap_or_default();
        let Some(version) = self.version(at.timestamp_millis(), number, seed) else { return Vec::new() };
        let failed = match self.fails {
            Fails::OneIn(many) => noise::below(seed ^ 1, many) == 0,
            Fails::Every(many) => number % many == many - 1,
        };
        let took = 3_000 + noise::below(seed ^ 2, 400_000);
        let log = RunLog {
            request_id: noise::uuid(seed),
            version: version.to_owned(),
            at,
            duration: TimeDelta::microseconds(i64::try_from(took).unwrap_or(3_000)),
            init: (noise::below(seed ^ 3, 40) == 0).then(|| TimeDelta::milliseconds(310)),
            memory: (self.memory, self.memory.min(58 + self.memory / 8)),
            json: self.json,
            ending: if failed { Ending::Error } else { Ending::Success },
            printed: printed((&self.function, &self.runtime), seed, (!failed).then_some(took / 1_100)),
        };
        let late = i64::try_from(200 + noise::below(seed ^ 7, 1_500)).unwrap_or_default();
        let first = which << 48 | number.unsigned_abs() << 8;
        events_of(&log, &stream((&self.function, &self.owner), version, at), first, true, late)
    }
}

/// The stream a function's environment writes to: a new one every hour.
pub(super) fn stream_name(record: &Record, version: &str, at: DateTime<Utc>) -> String {
    stream((record.name(), &owner(record)), version, at)
}

/// `2026/11/21/[7]0a1b…`; in a group that is not the function's own `2026/11/21/orders-api[7][0a1b…]` ("Log group naming"
/// in Lambda's documentation).
fn stream((function, owner): (&str, &str), version: &str, at: DateTime<Utc>) -> String {
    let seed = noise::seed(function) ^ noise::seed(version) ^ u64::from(at.hour());
    let (day, number) = (at.format("%Y/%m/%d"), noise::hex(seed, 32));
    if owner.is_empty() { format!("{day}/[{version}]{number}") } else { format!("{day}/{owner}[{version}][{number}]") }
}

/// What the names of its streams say a function is called; nothing in a log group of its own.
fn owner(record: &Record) -> String {
    let own = record.log_group() == format!("/aws/lambda/{}", record.name());
    if own { String::new() } else { record.name().to_owned() }
}

/// The lines of a run, which can be read so many milliseconds `late`: each at its time if `spread`, else all at the
/// beginning.
pub(super) fn events_of(log: &RunLog, stream: &str, first: u64, spread: bool, late: i64) -> Vec<Event> {
    let begun = log.at.timestamp_millis();
    let event = |((time, message), serial): ((TimeDelta, String), u64)| {
        let at = if spread { begun + time.num_milliseconds() } else { begun };
        Event { at, ingested: at + late, stream: stream.to_owned(), message, serial }
    };
    log.timed().into_iter().zip(first..).map(event).collect()
}

/// What a function of this name would print when it is done after so many milliseconds, or when it fails.
fn printed((function, runtime): (&str, &str), seed: u64, done: Option<u64>) -> Vec<String> {
    let item = noise::below(seed ^ 4, 90_000) + 10_000;
    let thing = match function.split('-').next().unwrap_or_default() {
        "orders" => "order",
        "billing" => "invoice",
        "search" => "document",
        "media" => "picture",
        _ => "record",
    };
    let mut lines = vec![format!("[INFO] {thing} {item} received")];
    if noise::below(seed ^ 5, 3) == 0 {
        lines.push(format!("[INFO] {thing} {item} found in the cache"));
    }
    lines.push(match done {
        Some(milliseconds) => format!("[INFO] {thing} {item} done in {milliseconds} ms"),
        None => {
            format!("[ERROR] UpstreamError: {thing} {item} failed: the far end answered 503\n{}", stack(runtime, thing))
        }
    });
    lines
}

/// The stack of a failure, as runtimes of its kind print it.
fn stack(runtime: &str, thing: &str) -> String {
    if runtime.starts_with("python") {
        return format!(
            "Traceback (most recent call last):\n  File \"/var/task/app.py\", line 9, in handler\n    place({thing})\n  \
             File \"/var/task/{thing}.py\", line 42, in place\n    raise UpstreamError(answer.status)"
        );
    }
    format!(
        "    at attempt (/var/task/{thing}.js:42:11)\n    at retry (/var/task/node_modules/retry/index.js:17:5)\n    \
         at Runtime.handler (/var/task/index.js:9:3)"
    )
}
