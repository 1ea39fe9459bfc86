//! What becomes of a log group that could not be read, and of a request that nobody answers.

use std::time::Duration;

use super::super::super::msg::Ticket;
use super::super::Logs;
use super::Feed;
use crate::aws::{Kind, Problem};

/// How soon a group that is not there is looked for again: the first event makes it.
const NOT_THERE: Duration = Duration::from_secs(5);
/// How soon it is asked again what was not allowed: rights are given and people sign in again without a word to us.
const NOT_ALLOWED: Duration = Duration::from_mins(1);

/// An answer that takes longer is said to be missing.
const SLOW: Duration = Duration::from_secs(5);

impl Feed {
    /// Why the last request failed.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// A request failed. `false` when nobody waits for it.
    pub fn fail(&mut self, ticket: Ticket, problem: Problem, now: Duration) -> bool {
        let job = [&mut self.back, &mut self.on].into_iter().flatten().find(|job| job.asked == Some(ticket));
        match job {
            Some(job) => job.asked = None,
            None if self.late.waits_for(ticket) => drop(self.late.give_up()),
            None => return false,
        }
        self.failures += 1;
        let wait = Duration::from_secs(1 << self.failures.clamp(1, 6)).min(Duration::from_mins(1));
        self.again = match problem.kind {
            Kind::Missing => Some(now + NOT_THERE),
            kind if kind.passes() => Some(now + wait),
            Kind::Denied | Kind::Expired | Kind::NoCredentials => Some(now + NOT_ALLOWED),
            // Nothing makes a wrong question right.
            _ => None,
        };
        self.problem = Some(problem);
        true
    }

    /// Asks again now, also what was denied. What is on its way is given up: it may be what nobody answers.
    pub fn retry(&mut self, now: Duration) -> Vec<Ticket> {
        (self.problem, self.again, self.poll) = (None, None, now);
        self.cancel()
    }

    /// After a failure: asks again now.
    pub fn hasten(&mut self, now: Duration) {
        self.again = Some(now);
    }

    /// A request is on its way.
    pub(super) fn is_asked(&self) -> bool {
        self.asked_since().is_some()
    }

    /// Since when an answer is waited for, if one is.
    fn asked_since(&self) -> Option<Duration> {
        let jobs = [&self.back, &self.on].into_iter().flatten().chain(self.late.job());
        jobs.filter(|job| job.asked.is_some()).map(|job| job.since).min()
    }
}

impl Logs {
    /// How long nobody has answered, where that is longer than it should be.
    pub fn unanswered(&self, now: Duration) -> Option<Duration> {
        self.asked_since().map(|since| now.saturating_sub(since)).filter(|waited| *waited >= SLOW)
    }

    /// When that is to be said, or said anew.
    pub fn unanswered_at(&self, now: Duration) -> Option<Duration> {
        self.asked_since().map(|since| (since + SLOW).max(now + Duration::from_secs(1)))
    }

    fn asked_since(&self) -> Option<Duration> {
        self.feeds.iter().filter_map(Feed::asked_since).min()
    }
}
