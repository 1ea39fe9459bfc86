//! One invocation, put together from its events.

use std::time::Duration;

use crate::aws::{self, Failure, Level, LineKind, Named, Reading, Text};
use crate::model::logs::store::{Event, Mark, Store};

/// The name of an error is looked for so many events away from a line of its trace.
const FRAMES: usize = 256;

/// No invocation may take longer, in milliseconds; one that began before that and has no report will have none.
const LONGEST: i64 = 16 * 60 * 1000;

/// An invocation as its events tell of it. What they do not tell is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Invocation {
    /// The number of the request; empty while no event told it.
    pub request: Box<str>,
    /// The number of its source.
    pub source: u8,
    /// Its stream.
    pub stream: Text,
    /// Its first event and its last; in its stream nobody else's are between them, unless an environment
    /// takes several requests at once: their events carry their numbers.
    pub events: (Mark, Mark),
    /// When it began, in milliseconds since 1970; `None` if that is older than what is loaded.
    pub begun: Option<i64>,
    /// Its environment was made for it.
    pub cold: bool,
    /// How long the handler ran.
    pub duration: Option<Duration>,
    /// What of it is charged.
    pub billed: Option<Duration>,
    /// How long its environment took to start, or its snapshot to be restored.
    pub init: Option<Duration>,
    /// The function's memory, and the most it used, in MB.
    pub memory: (Option<i64>, Option<i64>),
    /// The report is there: it is over.
    pub over: bool,
    /// How it failed, as an event says for certain.
    certain: Option<Failure>,
    /// The last event that the function wrote tells of an error that may have ended it.
    may_have_ended: bool,
    /// Its environment went on to another one.
    pub followed: bool,
    /// How many events tell of an error.
    pub errors: u32,
    /// How many events the function wrote.
    pub lines: u32,
    /// The line of Lambda that stands for all of them, and what kind of line it is.
    pub header: Option<(Rank, Mark)>,
    /// The event that tells best what went wrong, and whether it told of the end.
    pub(super) told: Option<(Mark, bool)>,
}

/// Which line of Lambda stands for an invocation: the one that tells most of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// About its environment, or that it ended.
    Other,
    /// It began.
    Start,
    /// What it cost.
    Report,
}

impl Rank {
    fn of(kind: LineKind) -> Self {
        match kind {
            LineKind::Report => Self::Report,
            LineKind::Start => Self::Start,
            _ => Self::Other,
        }
    }
}

impl Invocation {
    /// Begins with an event of a stream.
    pub fn new(source: u8, stream: &Text, mark: Mark, request: &str) -> Self {
        Self {
            request: request.into(),
            source,
            stream: stream.clone(),
            events: (mark, mark),
            begun: None,
            cold: false,
            duration: None,
            billed: None,
            init: None,
            memory: (None, None),
            over: false,
            certain: None,
            may_have_ended: false,
            followed: false,
            errors: 0,
            lines: 0,
            header: None,
            told: None,
        }
    }

    /// When it began, as far as is known, in milliseconds since 1970.
    pub fn at(&self) -> i64 {
        self.begun.unwrap_or_else(|| self.events.0.at())
    }

    /// It is not over, nor its environment with the next one, so it may still run. `now` is in milliseconds since 1970.
    pub fn is_running(&self, now: i64) -> bool {
        !self.over && !self.followed && now.saturating_sub(self.at()) < LONGEST
    }

    /// How it failed, if it did, in words.
    pub fn failed(&self) -> Option<&'static str> {
        self.failure().map(|failure| match failure {
            Failure::Error => "failed",
            Failure::Timeout => "timed out",
            Failure::Memory => "out of memory",
        })
    }

    /// How it stands, in words. `now` is in milliseconds since 1970.
    pub fn result(&self, now: i64) -> &'static str {
        match (self.failed(), self.over) {
            (Some(failed), _) => failed,
            (None, true) => "ok",
            (None, false) if self.is_running(now) => "running",
            (None, false) => "no report",
        }
    }

    /// How it failed, if it did.
    pub fn failure(&self) -> Option<Failure> {
        self.certain.or_else(|| (self.may_have_ended && !self.over).then_some(Failure::Error))
    }

    /// The event that tells best what went wrong.
    pub fn told(&self, store: &Store) -> Option<Mark> {
        let (mark, _) = self.told?;
        let Some(side) = aws::read_event(store.marked(mark)?.message).frame() else { return Some(mark) };
        let at = store.place(mark).ok()?;
        let is_named = |n: &usize| {
            let own = |event: &Event<'_>| event.source == self.source && *event.stream == self.stream;
            store.get(*n).is_some_and(|event| own(&event) && !event.message.starts_with(' '))
        };
        let found = match side {
            Named::Before => (at.saturating_sub(FRAMES)..at).rev().find(is_named),
            Named::Behind => (at + 1..at + FRAMES).find(is_named),
        };
        found.and_then(|n| store.mark(n)).or(Some(mark))
    }

    /// No event has told yet whose it is.
    pub fn is_unnamed(&self) -> bool {
        self.request.is_empty()
    }

    /// Its environment starts; who it is for has not been told.
    fn is_starting(&self) -> bool {
        self.cold && self.begun.is_none() && self.is_unnamed()
    }

    /// What is told of it begins in its middle.
    pub fn is_headless(&self) -> bool {
        self.begun.is_none() && !self.cold
    }

    /// The next event is still about the start of the same environment, or about what that was made for.
    pub fn awaits(&self, kind: LineKind) -> bool {
        self.is_starting() && matches!(kind, LineKind::Init | LineKind::Start)
    }

    /// An event that carries this number belongs to it.
    pub fn answers_to(&self, request: &str) -> bool {
        *self.request == *request || (self.is_unnamed() && self.is_headless())
    }

    /// Takes an event in that belongs to it; the line of Lambda that another one stands for now.
    pub fn add(&mut self, mark: Mark, reading: &Reading<'_>) -> Option<Mark> {
        self.events = (self.events.0.min(mark), self.events.1.max(mark));
        self.followed = false;
        if let Some(request) = reading.request.filter(|_| self.is_unnamed()) {
            self.request = request.into();
        }
        let failure = reading.failure();
        match reading.kind {
            LineKind::Start => self.begun = Some(mark.at()),
            LineKind::Init => self.cold = true,
            LineKind::Report => self.report(reading),
            LineKind::Text | LineKind::Json => self.output(mark, reading, failure.is_some()),
            LineKind::End | LineKind::Platform => {}
        }
        self.certain = self.certain.max(failure);
        reading.is_routine().then(|| self.head((Rank::of(reading.kind), mark))).flatten()
    }

    /// Takes in what the function wrote, and whether it tells that the invocation `ended` badly.
    fn output(&mut self, mark: Mark, reading: &Reading<'_>, ended: bool) {
        let error = reading.level == Some(Level::Error);
        self.lines += 1;
        self.errors += u32::from(error);
        self.may_have_ended = reading.may_end();
        if error || ended {
            self.tell((mark, ended));
        }
    }

    /// What ended it tells best what went wrong, the first of that; else the last that was logged is next to the end.
    fn tell(&mut self, next: (Mark, bool)) {
        if self.told.is_none_or(|(_, ended)| !ended) {
            self.told = Some(next);
        }
    }

    /// Takes in a line that may stand for all of Lambda's; the one of two that does not.
    fn head(&mut self, line: (Rank, Mark)) -> Option<Mark> {
        if self.header.is_some_and(|(known, _)| known >= line.0) {
            return Some(line.1);
        }
        self.header.replace(line).map(|(_, mark)| mark)
    }

    fn report(&mut self, reading: &Reading<'_>) {
        let Some(report) = reading.report() else { return };
        self.over = true;
        (self.duration, self.billed) = (report.duration, report.billed);
        (self.init, self.memory) = (report.init.or(report.restore), (report.memory, report.peak));
        self.cold |= self.init.is_some();
    }

    /// What follows in the same stream is the rest of it.
    pub fn goes_on_in(&self, next: &Self) -> bool {
        let same = self.request == next.request || self.is_unnamed() || next.is_unnamed();
        let starts = self.is_starting() && (next.begun.is_some() || next.cold);
        (next.is_headless() && same) || starts
    }

    /// Takes the rest of it in; the line of Lambda that another one stands for now.
    pub fn join(&mut self, next: Self) -> Option<Mark> {
        self.events.1 = self.events.1.max(next.events.1);
        if self.is_unnamed() {
            self.request = next.request;
        }
        self.begun = self.begun.or(next.begun);
        self.cold |= next.cold;
        if next.over {
            (self.duration, self.billed, self.init) = (next.duration, next.billed, next.init);
            (self.memory, self.over) = (next.memory, true);
        }
        self.certain = self.certain.max(next.certain);
        self.followed = next.followed;
        if next.lines > 0 {
            self.may_have_ended = next.may_have_ended;
        }
        (self.errors, self.lines) = (self.errors + next.errors, self.lines + next.lines);
        if let Some(told) = next.told {
            self.tell(told);
        }
        next.header.and_then(|line| self.head(line))
    }

    /// An event of its stream is one of its own.
    pub fn owns(&self, mark: Mark, request: Option<&str>) -> bool {
        (self.events.0..=self.events.1).contains(&mark)
            && request.is_none_or(|request| self.is_unnamed() || *self.request == *request)
    }

    /// Its events and nobody else's.
    pub fn only(&self) -> Only {
        let Self { request, source, stream, events, .. } = self;
        Only { request: request.clone(), source: *source, stream: stream.clone(), events: *events }
    }
}

/// The events of one invocation and nobody else's.
#[derive(Debug, Clone, PartialEq)]
pub struct Only {
    /// The number of the request; may be empty.
    pub request: Box<str>,
    /// The number of its source.
    pub source: u8,
    /// Its stream.
    pub stream: Text,
    /// Its first event and its last.
    pub events: (Mark, Mark),
}

impl Only {
    /// An event is one of them.
    pub fn owns(&self, event: &Event<'_>, mark: Mark) -> bool {
        let here = event.source == self.source && (self.events.0..=self.events.1).contains(&mark);
        let others = |number: &str| !self.request.is_empty() && *self.request != *number;
        here && *event.stream == self.stream && !aws::read_event(event.message).request.is_some_and(others)
    }
}
