//! Looking for what was sent late: the last minutes are read again page by page, beside the polls.

use std::ops::Range;
use std::time::Duration;

use super::super::super::msg::{Now, Ticket, Tickets};
use super::Feed;
use super::job::Job;
use crate::aws::{LogPage, LogQuery, NEWEST_FIRST_SINCE, Text};

/// How far back it is looked, in milliseconds.
const BACK: i64 = 300_000;
/// How often it is begun.
const EVERY: Duration = Duration::from_secs(30);
/// A page for every so long where one source is read. The polls need the rest of the five calls a second that
/// `CloudWatch` Logs answers.
const GAP: Duration = Duration::from_secs(1);

/// Looking for what was sent late. Moments of events are milliseconds since 1970.
///
/// It goes back from the newest event, since most of what is late is a little late. A log that is too busy for it is
/// not read again to the end of the time; [`Late::take`] tells what was left out.
#[derive(Debug)]
pub struct Late {
    job: Option<Job>,
    /// When the next page is asked for, or the next look begins.
    at: Duration,
    /// When the next look begins.
    next: Duration,
    gap: Duration,
    /// From the oldest to the newest event of this look.
    read: Option<(i64, i64)>,
    /// Up to this moment it was told what was left out.
    told: i64,
}

impl Late {
    /// Looks for the first time a while from now.
    pub fn new(now: Duration) -> Self {
        Self { job: None, at: now + EVERY, next: now + EVERY, gap: GAP, read: None, told: i64::MIN }
    }

    /// Shares the rate with so many sources.
    pub fn share(&mut self, sources: usize) {
        self.gap = GAP.saturating_mul(u32::try_from(sources.max(1)).unwrap_or(u32::MAX));
    }

    /// When it wants to ask for a page, unless one is on its way.
    pub fn due(&self) -> Option<Duration> {
        self.job.as_ref().is_none_or(|job| job.asked.is_none()).then_some(self.at)
    }

    /// What is asked now, with the number of the request. A look that begins goes back from `known`, the newest event,
    /// not further than to `first`.
    pub fn ask(
        &mut self,
        now: Duration,
        (first, known): (i64, i64),
        ticket: Ticket,
        (group, pattern): (&Text, Option<&Text>),
    ) -> LogQuery {
        let job = self.job.get_or_insert_with(|| {
            (self.next, self.read) = (now + EVERY, None);
            let from = known.saturating_sub(BACK).max(first).max(NEWEST_FIRST_SINCE);
            Job { to: Some(known.saturating_add(1)), newest_first: true, ..Job::since(from) }
        });
        self.at = now + self.gap;
        (job.asked, job.since) = (Some(ticket), now);
        job.query(group, pattern)
    }

    /// The look that goes on, if one does.
    pub(super) fn job(&self) -> Option<&Job> {
        self.job.as_ref()
    }

    /// A page is wanted that is not on its way.
    fn is_held_up(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.asked.is_none())
    }

    /// It waits for this answer.
    pub fn waits_for(&self, ticket: Ticket) -> bool {
        self.job.as_ref().is_some_and(|job| job.asked == Some(ticket))
    }

    /// The request on its way, given up by this: it is asked again.
    pub fn give_up(&mut self) -> Option<Ticket> {
        self.job.as_mut()?.asked.take()
    }

    /// Takes a page in. Returns the time in which late events may be missing, if it cannot be read again and that was
    /// not told before.
    pub fn take(&mut self, page: &LogPage) -> Option<Range<i64>> {
        let times = || page.events.iter().map(|event| event.at);
        if let Some((first, last)) = times().min().zip(times().max()) {
            let (oldest, newest) = self.read.unwrap_or((first, last));
            self.read = Some((oldest.min(first), newest.max(last)));
        }
        let job = self.job.as_mut()?;
        let done = job.take(page);
        let enough = u128::from(job.pages) >= EVERY.as_millis() / self.gap.as_millis().max(1);
        if !done && !enough {
            return None;
        }
        let job = self.job.take()?;
        self.at = self.at.max(self.next);
        if done {
            return None;
        }
        let (from, to) = (job.from, job.to.unwrap_or(i64::MAX));
        // Endpoints that know only the other direction leave the newest out.
        let rising = page.events.first().zip(page.events.last()).is_some_and(|(first, last)| first.at < last.at);
        let left = match self.read {
            None => from..to,
            Some((_, newest)) if rising => newest..to,
            Some((oldest, _)) => from..oldest,
        };
        let left = left.start.max(self.told)..left.end;
        self.told = self.told.max(left.end);
        (!left.is_empty()).then_some(left)
    }
}

impl Feed {
    /// When a page of what may be late is due. It is not while the past is being read.
    pub(super) fn late_due(&self, follows: bool) -> Option<Duration> {
        let reads = follows && self.polls > 0 && self.back.is_none() && self.newer.is_none();
        self.late.due().filter(|_| reads)
    }

    /// Asks for the next page of what may be late, if it is due. After a failure it is asked again with all the rest.
    pub(super) fn ask_late(&mut self, now: Now, follows: bool, tickets: &mut Tickets) -> Option<(LogQuery, Ticket)> {
        let due = match self.problem {
            Some(_) => self.late.is_held_up(),
            None => self.late_due(follows).is_some_and(|due| due <= now.since),
        };
        due.then(|| {
            let (ticket, span) = (tickets.next(), (self.reach.from(self.opened), self.known(now)));
            (self.late.ask(now.since, span, ticket, (&self.group, self.pattern.as_ref())), ticket)
        })
    }

    /// The newest event that is known. Whoever writes events may date them into the future.
    pub(super) fn known(&self, now: Now) -> i64 {
        self.newest.map_or(self.opened, |newest| newest.min(now.wall.timestamp_millis()))
    }

    /// Shares the rate with so many sources.
    pub fn share(&mut self, sources: usize) {
        self.late.share(sources);
    }
}
