//! A query that was sent: how it stands, what it found, what it costs.

use std::time::Duration;

use super::results::Results;
use crate::aws::insights::{Query, QueryStatus, Scanned};
use crate::aws::{Problem, Text};
use crate::model::msg::{Now, Ticket};
use crate::model::slot::Slot;

/// How often it is asked how a query stands.
pub const EVERY: Duration = Duration::from_secs(1);

/// How far a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Being started; nobody knows its number yet.
    Starting(Ticket),
    /// It runs, under this number.
    Going(Text),
    /// We stopped it.
    Stopped,
    /// It ended, well or not.
    Over(QueryStatus),
    /// It could not be started.
    Refused(Problem),
}

/// A query that was sent.
#[derive(Debug)]
pub struct Run {
    /// What was sent.
    pub query: Query,
    /// The revision of the text that was sent.
    pub revision: u64,
    /// When.
    pub started: Now,
    /// When its end was seen.
    pub ended: Option<Now>,
    /// How far it is.
    pub stage: Stage,
    /// What it found so far. Failures to ask are kept beside it.
    pub results: Slot<Results>,
}

impl Run {
    /// A query on its way.
    pub fn new(query: Query, revision: u64, ticket: Ticket, now: Now) -> Self {
        Self { query, revision, started: now, ended: None, stage: Stage::Starting(ticket), results: Slot::default() }
    }

    /// It has not ended.
    pub fn goes_on(&self) -> bool {
        matches!(self.stage, Stage::Starting(_) | Stage::Going(_))
    }

    /// When it should be asked how it stands, if ever.
    pub fn due(&self) -> Option<Duration> {
        matches!(self.stage, Stage::Going(_)).then(|| self.results.due(Some(EVERY), false)).flatten()
    }

    /// What was found so far.
    pub fn found(&self) -> Option<&Results> {
        self.results.answer()
    }

    /// What was read so far.
    pub fn scanned(&self) -> Scanned {
        self.found().map(|found| found.answer.scanned).unwrap_or_default()
    }

    /// How long it took, or takes.
    pub fn took(&self, now: Now) -> Duration {
        self.ended.map_or(now.since, |ended| ended.since).saturating_sub(self.started.since)
    }

    /// It ended.
    pub fn end(&mut self, stage: Stage, now: Now) {
        self.stage = stage;
        self.ended = Some(now);
    }
}
