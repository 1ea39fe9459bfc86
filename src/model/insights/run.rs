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
    /// Its range of time, as it was typed.
    pub range: String,
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
    pub fn new(query: Query, range: String, revision: u64, ticket: Ticket, now: Now) -> Self {
        Self {
            query,
            range,
            revision,
            started: now,
            ended: None,
            stage: Stage::Starting(ticket),
            results: Slot::default(),
        }
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

    /// What was read so far, once AWS has told it.
    pub fn scanned(&self) -> Option<Scanned> {
        Some(self.found()?.answer.scanned)
    }

    /// It gave as many rows as it asks for: there may be more.
    pub fn limit_reached(&self) -> bool {
        let rows = self.found().map_or(0, |found| found.rows.len());
        rows > 0 && limit(&self.query.text).is_some_and(|limit| rows >= limit)
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

/// How many rows the text of a query asks for at most, if it says so: its last `limit` counts.
fn limit(text: &str) -> Option<usize> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let commands = lines.flat_map(|line| line.split('|'));
    let mut limits = commands.filter_map(|command| {
        let mut words = command.split_whitespace();
        let named = words.next()?.eq_ignore_ascii_case("limit");
        words.next().filter(|_| named)?.parse().ok()
    });
    limits.next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_limit_of_a_query_counts() {
        assert_eq!(limit("fields @message\n| sort @timestamp desc | LIMIT 20\n| limit 200"), Some(200));
        assert_eq!(limit("fields limit\n# | limit 3\n| filter a like /limit 5/"), None);
        assert_eq!(limit("limit 7"), Some(7));
    }
}
