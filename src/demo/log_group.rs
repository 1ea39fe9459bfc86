//! A log group: what was written to it, and what its functions log by themselves as time goes by.

use chrono::{DateTime, TimeDelta, Utc};

use super::log_source::{Flood, Traffic, WRITTEN, Ways, events_of};
use super::record::Record;
use super::run_log::RunLog;

/// How far back the lines go that functions logged by themselves.
const PAST: TimeDelta = TimeDelta::hours(6);

/// Events are made up in slices of time this long, shorter ones where there are many.
const SLICE_MS: i64 = 600_000;
/// About how many events a slice has at most.
const SLICE_EVENTS: i64 = 10_000;

/// How long it takes at most until a line that was logged can be read.
const LATEST_MS: i64 = 2_000;

/// One log event. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub at: i64,
    /// When it can be read for the first time.
    pub ingested: i64,
    pub stream: String,
    pub message: String,
    /// Tells events of one millisecond apart, in their order.
    pub serial: u64,
}

impl Event {
    /// `eventId`: 56 digits, rising with time.
    pub fn id(&self) -> String {
        format!("{:020}{:036}", self.at.cast_unsigned(), self.serial)
    }

    /// Its place among all of a group.
    pub fn place(&self) -> (i64, u64) {
        (self.at, self.serial)
    }
}

/// A log group.
#[derive(Debug, Clone)]
pub(super) struct LogGroup {
    pub created: DateTime<Utc>,
    written: Vec<Event>,
    traffic: Vec<Traffic>,
    floods: Vec<Flood>,
}

impl LogGroup {
    /// An empty group, made `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { created: now, written: Vec::new(), traffic: Vec::new(), floods: Vec::new() }
    }

    /// From six hours before now on, for ever, the function is invoked every so many seconds.
    pub fn add_traffic(&mut self, record: &Record, every_seconds: u32) {
        if self.traffic.is_empty() {
            self.created -= PAST;
        }
        self.traffic.push(Traffic::of(record, every_seconds));
    }

    /// From now on the callers of a function reach it by other ways.
    pub fn reroute(&mut self, function: &str, now: DateTime<Utc>, ways: &Ways) {
        for traffic in self.traffic.iter_mut().filter(|traffic| traffic.function == function) {
            traffic.reroute(now.timestamp_millis(), ways.clone());
        }
    }

    /// From `from` on, for ever, so many lines come a second, each as its number says.
    pub fn add_flood(&mut self, stream: &str, from: DateTime<Utc>, per_second: u32, says: fn(i64) -> String) {
        self.created = self.created.min(from);
        let (from, per_second) = (from.timestamp_millis(), i64::from(per_second.max(1)));
        self.floods.push(Flood { stream: stream.to_owned(), from, per_second, says });
    }

    /// Writes lines into a stream, which say that they are of `at` (milliseconds since 1970) and can be read from `now` on.
    pub fn write(&mut self, stream: &str, at: i64, now: DateTime<Utc>, lines: impl IntoIterator<Item = String>) {
        for message in lines {
            let serial = WRITTEN | self.written.len() as u64;
            let ingested = now.timestamp_millis();
            self.written.push(Event { at, ingested, stream: stream.to_owned(), message, serial });
        }
    }

    /// Writes the log of a run, which can be read so many milliseconds `late`: all at its beginning, or spread over its
    /// time when the caller waits for it.
    pub fn write_run(&mut self, stream: &str, log: &RunLog, spread: bool, late: i64) {
        let from = WRITTEN | self.written.len() as u64;
        self.written.extend(events_of(log, stream, from, spread, late));
    }

    /// How many lines were written so far.
    pub fn written(&self) -> usize {
        self.written.len()
    }

    /// What can be read `now` of the time from `from` (inclusive) to `to` (exclusive), oldest first, made up only as far
    /// as it is read.
    pub fn events(&self, from: i64, to: i64, now: i64) -> impl Iterator<Item = Event> + '_ {
        self.events_from(from, to, now, false)
    }

    /// The same, oldest or newest first.
    pub fn events_from(&self, from: i64, to: i64, now: i64, newest: bool) -> impl Iterator<Item = Event> + '_ {
        let readable = move |event: &Event| event.ingested <= now;
        let mut written: Vec<Event> =
            self.written.iter().filter(|event| (from..to).contains(&event.at) && readable(event)).cloned().collect();
        written.sort_by_key(Event::place);
        if newest {
            written.reverse();
        }
        let mut written = written.into_iter().peekable();
        let mut made_up = self.made_up(from, to.min(now.saturating_add(1)), newest).filter(readable).peekable();
        std::iter::from_fn(move || match (written.peek(), made_up.peek()) {
            (Some(one), Some(other)) if (one.place() < other.place()) != newest => written.next(),
            (Some(_), None) => written.next(),
            _ => made_up.next(),
        })
    }

    /// What came since: lines written after the first `seen`, and those that could be read only `after` then and `now`.
    pub fn news(&self, seen: usize, after: i64, now: i64) -> Vec<Event> {
        // Lines of a run that still goes on are written ahead of their time.
        let written = self.written.iter().enumerate();
        let written =
            written.filter(|(at, event)| if event.ingested > after { event.ingested <= now } else { *at >= seen });
        let made_up = self.made_up(after.saturating_sub(LATEST_MS), now.saturating_add(1), false);
        let made_up = made_up.filter(|event| event.ingested > after && event.ingested <= now);
        let mut news: Vec<Event> = written.map(|(_, event)| event.clone()).chain(made_up).collect();
        news.sort_by_key(Event::place);
        news
    }

    fn made_up(&self, from: i64, to: i64, newest: bool) -> impl Iterator<Item = Event> + '_ {
        let nothing = self.traffic.is_empty() && self.floods.is_empty();
        let from = from.max(if nothing { to } else { self.created.timestamp_millis() });
        let rate: i64 = self.floods.iter().map(|flood| flood.per_second).sum();
        let length = (SLICE_EVENTS * 1000).checked_div(rate).unwrap_or(SLICE_MS).clamp(1, SLICE_MS);
        let slices = if from < to { (to - from + length - 1) / length } else { 0 };
        (0..slices).flat_map(move |slice| {
            let start = from + if newest { slices - 1 - slice } else { slice } * length;
            let mut events = self.slice(start, to.min(start + length));
            if newest {
                events.reverse();
            }
            events
        })
    }

    /// The streams that have events before `now`, with the times of their first and last event.
    pub fn streams(&self, now: i64) -> Vec<(String, i64, i64)> {
        let mut streams: Vec<(String, i64, i64)> = Vec::new();
        for event in self.events(i64::MIN, i64::MAX, now) {
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
        let flood: i64 =
            self.floods.iter().map(|flood| (now - flood.from).max(0) / 1000 * flood.per_second * 120).sum();
        i64::try_from(written).unwrap_or(i64::MAX).saturating_add(made_up + flood)
    }

    fn slice(&self, from: i64, to: i64) -> Vec<Event> {
        let within = |at: i64| (from..to).contains(&at);
        let mut events = Vec::new();
        let start = self.created.timestamp_millis();
        for (traffic, which) in self.traffic.iter().zip(0_u64..) {
            // Some invocations earlier than the slice: their lines may reach into it.
            let first = ((from - start) / traffic.every_ms - 2).max(0);
            let last = (to - start) / traffic.every_ms;
            let made_up = (first..=last).flat_map(|number| traffic.invocation(number, start, which));
            events.extend(made_up.filter(|event| within(event.at)));
        }
        for flood in &self.floods {
            events.extend(flood.lines(from, to));
        }
        events.sort_by_key(Event::place);
        events
    }
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

    const DAY: i64 = 86_400_000;

    #[test]
    fn events_come_in_order_and_the_same_however_they_are_cut() {
        let group = group();
        let read = |from, to| group.events(from, to, DAY + 10_000);
        let whole: Vec<Event> = read(DAY - 3_600_000, DAY).collect();
        let halves: Vec<Event> = read(DAY - 3_600_000, DAY - 1_234_567).chain(read(DAY - 1_234_567, DAY)).collect();
        assert_eq!(whole, halves);
        let mut backwards: Vec<Event> = group.events_from(DAY - 3_600_000, DAY, DAY + 10_000, true).collect();
        backwards.reverse();
        assert_eq!(whole, backwards);
        assert!(whole.is_sorted_by_key(Event::place));
        assert!(whole.len() > 3_000, "{}", whole.len());
    }

    #[test]
    fn a_group_grows_with_the_clock_and_what_came_is_news_once() {
        let mut group = group();
        group.write("old", -5, DateTime::from_timestamp_millis(DAY + 500).unwrap(), ["from before 1970".to_owned()]);
        let before: Vec<Event> = group.events(i64::MIN, i64::MAX, DAY).collect();
        let after: Vec<Event> = group.events(i64::MIN, i64::MAX, DAY + 60_000).collect();
        let mut news = group.news(0, DAY, DAY + 30_000);
        news.extend(group.news(1, DAY + 30_000, DAY + 60_000));
        assert!(news.len() > 30 && news.iter().all(|event| !before.contains(event)), "{}", news.len());
        let mut all = [before, news].concat();
        all.sort_by_key(Event::place);
        assert_eq!(all, after);
    }

    #[test]
    fn a_flood_has_its_rate_and_each_line_once() {
        let born = DateTime::from_timestamp_millis(DAY).unwrap();
        let mut group = LogGroup::new(born);
        group.add_flood("s", born, 10_000, super::super::log_source::any_line);
        let all: Vec<Event> = group.events(0, DAY + 3_000, DAY + 60_000).collect();
        assert_eq!(all.len(), 30_000);
        assert!(all.windows(2).all(|two| two[0].serial + 1 == two[1].serial && two[0].at <= two[1].at));
    }
}
