//! A log group: what was written to it, and what its functions log by themselves as time goes by.

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::noise;
use super::record::Record;
use super::run_log::{Ending, RunLog};

/// How far back the lines go that functions logged by themselves.
const PAST: TimeDelta = TimeDelta::hours(6);

/// Events are made up in slices of time this long.
const SLICE_MS: i64 = 600_000;

/// One log event. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub at: i64,
    pub stream: String,
    pub message: String,
    /// Tells events of one millisecond apart, in their order.
    pub serial: u64,
}

impl Event {
    /// `eventId`: 56 digits, rising with time.
    pub fn id(&self) -> String {
        format!("{:020}{:036}", self.at, self.serial)
    }
}

/// Invocations that come by themselves.
#[derive(Debug, Clone)]
struct Traffic {
    function: String,
    every_ms: i64,
    memory: i64,
    json: bool,
    /// One in so many fails; 0 is none.
    fails_one_in: u64,
}

/// A log group.
#[derive(Debug, Clone)]
pub(super) struct LogGroup {
    pub created: DateTime<Utc>,
    written: Vec<Event>,
    traffic: Vec<Traffic>,
}

impl LogGroup {
    /// An empty group, made `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { created: now, written: Vec::new(), traffic: Vec::new() }
    }

    /// From six hours before now on, for ever, the function is invoked every so many seconds.
    pub fn add_traffic(&mut self, record: &Record, every_seconds: u32) {
        if self.traffic.is_empty() {
            self.created -= PAST;
        }
        let fails_one_in = match record.seed.behaviour.as_str() {
            "fail" => 2,
            "timeout" | "memory" | "exit" => 5,
            _ => 47,
        };
        self.traffic.push(Traffic {
            function: record.name().to_owned(),
            every_ms: i64::from(every_seconds.max(1)) * 1000,
            memory: record.number("MemorySize"),
            json: record.inner_text("LoggingConfig", "LogFormat") == Some("JSON"),
            fails_one_in,
        });
    }

    /// Writes lines of one time into a stream.
    pub fn write(&mut self, stream: &str, at: DateTime<Utc>, lines: impl IntoIterator<Item = String>) {
        for message in lines {
            let serial = self.written.len() as u64;
            self.written.push(Event { at: at.timestamp_millis(), stream: stream.to_owned(), message, serial });
        }
    }

    /// Writes the log of a run: all at its beginning, or spread over its time when the caller waits for it.
    pub fn write_run(&mut self, stream: &str, log: &RunLog, spread: bool) {
        let from = self.written.len() as u64;
        let time = if spread { log.duration } else { TimeDelta::zero() };
        self.written.extend(events_of(log, stream, from, time));
    }

    /// Everything from `from` (inclusive) to `to` (exclusive), oldest first, made up only as far as it is read.
    pub fn events(&self, from: i64, to: i64) -> impl Iterator<Item = Event> + '_ {
        let first = self.written.iter().map(|event| event.at).min().unwrap_or(i64::MAX);
        let first = if self.traffic.is_empty() { first } else { first.min(self.created.timestamp_millis()) };
        let from = from.max(first);
        let slices = if from < to { (to - from + SLICE_MS - 1) / SLICE_MS } else { 0 };
        (0..slices).flat_map(move |slice| {
            let start = from + slice * SLICE_MS;
            self.slice(start, to.min(start + SLICE_MS))
        })
    }

    /// The streams that have events before `now`, with the times of their first and last event.
    pub fn streams(&self, now: i64) -> Vec<(String, i64, i64)> {
        let mut streams: Vec<(String, i64, i64)> = Vec::new();
        for event in self.events(i64::MIN, now) {
            match streams.iter_mut().rev().find(|(name, _, _)| *name == event.stream) {
                Some((_, _, last)) => *last = event.at,
                None => streams.push((event.stream, event.at, event.at)),
            }
        }
        streams
    }

    /// Bytes stored: a guess that grows with time, as AWS's own figure is.
    pub fn stored_bytes(&self, now: i64) -> i64 {
        let written: usize = self.written.iter().map(|event| event.message.len() + 26).sum();
        let age = (now - self.created.timestamp_millis()).max(0);
        let made_up: i64 = self.traffic.iter().map(|traffic| age / traffic.every_ms * 700).sum();
        i64::try_from(written).unwrap_or(i64::MAX).saturating_add(made_up)
    }

    fn slice(&self, from: i64, to: i64) -> Vec<Event> {
        let within = |at: i64| (from..to).contains(&at);
        let mut events: Vec<Event> = self.written.iter().filter(|event| within(event.at)).cloned().collect();
        let start = self.created.timestamp_millis();
        for traffic in &self.traffic {
            // One invocation earlier and later than the slice: its lines may reach into it.
            let first = ((from - start) / traffic.every_ms - 1).max(0);
            let last = (to - start) / traffic.every_ms;
            let made_up = (first..=last).flat_map(|number| traffic.invocation(number, start));
            events.extend(made_up.filter(|event| within(event.at)));
        }
        events.sort_by_key(|event| (event.at, event.serial));
        events
    }
}

impl Traffic {
    /// The lines of the `number`th invocation.
    fn invocation(&self, number: i64, start: i64) -> Vec<Event> {
        let seed = noise::seed(&self.function) ^ number.unsigned_abs();
        let jitter =
            i64::try_from(noise::below(seed, u64::try_from(self.every_ms / 2).unwrap_or(1))).unwrap_or_default();
        let at = DateTime::from_timestamp_millis(start + number * self.every_ms + jitter).unwrap_or_default();
        let failed = self.fails_one_in > 0 && noise::below(seed ^ 1, self.fails_one_in) == 0;
        let log = RunLog {
            request_id: noise::uuid(seed),
            version: "$LATEST".to_owned(),
            at,
            duration: TimeDelta::microseconds(i64::try_from(3_000 + noise::below(seed ^ 2, 400_000)).unwrap_or(3_000)),
            init: (noise::below(seed ^ 3, 40) == 0).then(|| TimeDelta::milliseconds(310)),
            memory: (self.memory, self.memory.min(58 + self.memory / 8)),
            json: self.json,
            ending: if failed { Ending::Error } else { Ending::Success },
            printed: printed(&self.function, seed, failed),
        };
        events_of(&log, &stream_name(&self.function, "$LATEST", at), number.unsigned_abs() << 8, log.duration)
    }
}

/// The stream a function's environment writes to: a new one every hour.
pub(super) fn stream_name(function: &str, version: &str, at: DateTime<Utc>) -> String {
    let seed = noise::seed(function) ^ noise::seed(version) ^ u64::from(at.hour());
    format!("{}/[{version}]{}", at.format("%Y/%m/%d"), noise::hex(seed, 32))
}

fn events_of(log: &RunLog, stream: &str, first: u64, time: TimeDelta) -> Vec<Event> {
    let lines = log.lines();
    let step = time.num_milliseconds() / i64::try_from(lines.len().max(1)).unwrap_or(1);
    let times = (0_i64..).map(|line| log.at.timestamp_millis() + line * step);
    let event = |((message, at), serial)| Event { at, stream: stream.to_owned(), message, serial };
    lines.into_iter().zip(times).zip(first..).map(event).collect()
}

/// What a function of this name would print.
fn printed(function: &str, seed: u64, failed: bool) -> Vec<String> {
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
    if failed {
        lines.push(format!(
            "[ERROR] {thing} {item} failed: the far end answered 503\n  at process (/var/task/index.js:42:11)"
        ));
    } else {
        lines.push(format!("[INFO] {thing} {item} done in {} ms", 3 + noise::below(seed ^ 6, 380)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::seed::FunctionSeed;
    use super::*;

    fn group() -> LogGroup {
        let born = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        let mut group = LogGroup::new(born);
        group.add_traffic(&Record::new(FunctionSeed::named("orders-api"), born), 5);
        group
    }

    #[test]
    fn events_come_in_order_and_the_same_however_they_are_cut() {
        let (group, day) = (group(), 86_400_000);
        let whole: Vec<Event> = group.events(day - 3_600_000, day).collect();
        let halves: Vec<Event> =
            group.events(day - 3_600_000, day - 1_234_567).chain(group.events(day - 1_234_567, day)).collect();
        assert_eq!(whole, halves);
        assert!(whole.is_sorted_by_key(|event| event.at));
        assert!(whole.len() > 3_000, "{}", whole.len());
    }

    #[test]
    fn a_group_grows_with_the_clock() {
        let (group, day) = (group(), 86_400_000);
        assert!(group.events(0, day + 60_000).count() > group.events(0, day).count());
    }
}
