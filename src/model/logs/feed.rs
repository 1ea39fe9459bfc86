//! What is asked of one log group, when, and how far it came: older events page by page, newer ones by polling.

mod failure;
mod job;
mod late;
mod pace;

use std::ops::Range;
use std::time::Duration;

use super::super::msg::{Now, Ticket, Tickets};
use super::reach::Reach;
use super::store::End;
use crate::aws::{LogEvent, LogPage, LogQuery, NEWEST_FIRST_SINCE, Problem, Text};
use job::{Job, PAGE, SOME};
pub use late::Late;

/// How often it is asked what is new.
const POLL: Duration = Duration::from_secs(2);
/// Events arrive out of order: so much of what is known is asked for again by each poll, in milliseconds.
const OVERLAP: i64 = 30_000;
/// And at most so many events, lest a busy log is read twice. What this leaves out is read again by [`Late`].
const AGAIN: usize = 2_000;

/// What can still be read of the older events.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Older {
    /// From here on back.
    Rest(Job),
    /// Nothing is older.
    None,
}

/// The reading of one log group.
#[derive(Debug)]
pub struct Feed {
    group: Text,
    pattern: Option<Text>,
    reach: Reach,
    /// When it began, by the wall clock, in milliseconds.
    opened: i64,
    back: Option<Job>,
    older: Older,
    on: Option<Job>,
    /// What comes behind the last event of a reach that does not follow.
    newer: Option<Job>,
    late: Late,
    poll: Duration,
    /// How often it is asked what is new.
    pace: Duration,
    polls: u32,
    newest: Option<i64>,
    came: u64,
    /// When it was answered last, by the wall clock, in milliseconds.
    read: Option<i64>,
    problem: Option<Problem>,
    failures: u32,
    again: Option<Duration>,
    full: bool,
}

/// Where an answer belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nobody waits for it.
    Nobody,
    /// Its events are expected at this end. In the time, if there is one, late events may be missing.
    At(End, Option<Range<i64>>),
}

impl Feed {
    /// Begins to read a group.
    pub fn new(group: Text, pattern: Option<Text>, reach: Reach, opened: i64) -> Self {
        let from = reach.from(opened);
        let to = if let Reach::Between { to, .. } = reach { to } else { None };
        let (whole, limit) = if reach == Reach::Tail { (false, SOME) } else { (true, PAGE) };
        let newest_first = reach != Reach::Head && from >= NEWEST_FIRST_SINCE;
        let job = Job { to, newest_first, whole, limit, ..Job::since(from) };
        let older = Older::Rest(Job { from: NEWEST_FIRST_SINCE, to: Some(from), ..job.some() });
        let older = if from > NEWEST_FIRST_SINCE { older } else { Older::None };
        let head = Job { whole: false, limit: SOME, ..job.clone() };
        let (back, on, newer) = match reach {
            Reach::Head => (None, Some(head), None),
            _ => (Some(job.clone()), None, to.map(|to| Job { from: to, to: None, newest_first: false, ..job.some() })),
        };
        Self {
            group,
            pattern,
            reach,
            opened,
            back,
            older,
            on,
            newer,
            late: Late::new(Duration::ZERO),
            poll: Duration::ZERO,
            pace: POLL,
            polls: 0,
            newest: None,
            came: 0,
            read: None,
            problem: None,
            failures: 0,
            again: None,
            full: false,
        }
    }

    /// Its log group.
    pub fn group(&self) -> &Text {
        &self.group
    }

    /// How many events came, those known before among them.
    pub fn came(&self) -> u64 {
        self.came
    }

    /// When it was answered last, in milliseconds since 1970.
    pub fn read(&self) -> Option<i64> {
        self.read
    }

    /// It was answered at this moment.
    pub fn note_read(&mut self, now: Now) {
        self.read = Some(now.wall.timestamp_millis());
    }

    /// It is being read: not only whether something is new.
    pub fn is_loading(&self) -> bool {
        self.back.is_some() || self.on.as_ref().is_some_and(|job| self.polls == 0 || job.pages > 0)
    }

    /// Older events are being read, which can be stopped.
    pub fn reads_older(&self) -> bool {
        self.back.is_some()
    }

    /// All of its reach was read once.
    pub fn has_read(&self) -> bool {
        self.back.is_none() && (self.on.is_none() || self.has_polled())
    }

    /// What was there when it was opened is read: it has begun to ask what is new.
    pub fn has_polled(&self) -> bool {
        self.polls > 0
    }

    /// Something older may be there.
    pub fn has_older(&self) -> bool {
        self.back.is_some() || matches!(self.older, Older::Rest(_))
    }

    /// There was no room for older events.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Goes on with what comes before, if anything does.
    pub fn want_older(&mut self) {
        if let (None, Older::Rest(job), false) = (&self.back, &self.older, self.full) {
            self.back = Some(job.clone());
            self.older = Older::None;
        }
    }

    /// Goes on with what comes behind, if that is not followed anyway.
    pub fn want_newer(&mut self) {
        if self.on.is_none() {
            self.on = self.newer.take();
        }
    }

    /// Stops reading older events; the way on is remembered.
    pub fn stop(&mut self) -> Option<Ticket> {
        let job = self.back.take()?;
        let asked = job.asked;
        self.older = Older::Rest(Job { asked: None, whole: false, ..job });
        asked
    }

    /// The requests on their way, given up by this.
    pub fn cancel(&mut self) -> Vec<Ticket> {
        let jobs = [&mut self.back, &mut self.on].into_iter().flatten();
        jobs.filter_map(|job| job.asked.take()).chain(self.late.give_up()).collect()
    }

    /// When it wants to ask something, if ever. What is new is asked for only if `follows`.
    pub fn due(&self, follows: bool) -> Option<Duration> {
        let waits = |job: &Option<Job>| job.as_ref().is_some_and(|job| job.asked.is_none());
        if self.problem.is_some() {
            let idle = !self.is_asked();
            return self.again.filter(|_| idle);
        }
        if waits(&self.back) || waits(&self.on) {
            return Some(Duration::ZERO);
        }
        let poll = (follows && self.polls()).then_some(self.poll);
        [poll, self.late_due(follows)].into_iter().flatten().min()
    }

    /// What is due now. `nth` tells the moment of the n-th newest event that is held: busy logs are not read twice.
    pub fn ask(
        &mut self,
        now: Now,
        follows: bool,
        tickets: &mut Tickets,
        nth: impl Fn(usize) -> Option<i64>,
    ) -> Vec<(LogQuery, Ticket)> {
        if self.due(follows).is_none_or(|due| due > now.since) {
            return Vec::new();
        }
        if self.poll.is_zero() {
            (self.poll, self.late) = (now.since + self.pace, Late::new(now.since));
        }
        let late = self.ask_late(now, follows, tickets);
        if self.problem.is_none() && follows && self.polls() && self.poll <= now.since {
            self.begin_poll(now, nth);
        }
        let (group, pattern) = (&self.group, self.pattern.as_ref());
        let jobs = [&mut self.on, &mut self.back].into_iter().flatten().filter(|job| job.asked.is_none());
        jobs.map(|job| {
            let ticket = tickets.next();
            (job.asked, job.since) = (Some(ticket), now.since);
            (job.query(group, pattern), ticket)
        })
        .chain(late)
        .collect()
    }

    /// A poll asks from a little before the newest event on: events come out of order, and some come late.
    fn begin_poll(&mut self, now: Now, nth: impl Fn(usize) -> Option<i64>) {
        self.polls += 1;
        self.poll = now.since + self.pace;
        let from = self.known(now).saturating_sub(OVERLAP).max(nth(AGAIN).unwrap_or(i64::MIN));
        let from = from.max(self.reach.from(self.opened)).max(0);
        let job = Job::since(from);
        self.on = Some(job);
    }

    /// Takes a page in: where its events belong.
    pub fn take(&mut self, ticket: Ticket, page: &LogPage) -> Told {
        let is = |job: &Option<Job>| job.as_ref().is_some_and(|job| job.asked == Some(ticket));
        let late = self.late.waits_for(ticket);
        let end = match (is(&self.back), is(&self.on) || late) {
            (true, _) => End::Old,
            (false, true) => End::New,
            (false, false) => return Told::Nobody,
        };
        (self.problem, self.failures, self.again) = (None, 0, None);
        self.came += page.events.len() as u64;
        self.newest = self.newest.max(page.events.iter().map(|event: &LogEvent| event.at).max());
        if late {
            return Told::At(end, self.late.take(page));
        }
        let job = if end == End::Old { &mut self.back } else { &mut self.on };
        if let Some(done) = job.take_if(|job| job.take(page)) {
            self.finish(done, end);
        }
        Told::At(end, None)
    }

    /// A job is done: what is left of it can be asked for.
    fn finish(&mut self, job: Job, end: End) {
        match (end, job.token.is_some()) {
            (End::Old, true) => self.older = Older::Rest(job),
            (End::New, true) => self.newer = Some(job),
            _ => {}
        }
    }

    /// There is no room for older events.
    pub fn fill(&mut self) {
        self.full = true;
        self.back = None;
        self.older = Older::None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(at: i64) -> LogPage {
        LogPage { events: vec![LogEvent::of(at, "s".into(), "e", "m")], next: None }
    }

    fn asked(feed: &mut Feed, tickets: &mut Tickets) -> Ticket {
        let now =
            Now { since: Duration::ZERO, wall: chrono::DateTime::from_timestamp_millis(1_800_000_000_000).unwrap() };
        feed.ask(now, true, tickets, |_| None).pop().unwrap().1
    }

    #[test]
    fn an_answer_is_believed_by_its_ticket_whatever_came_in_between() {
        let mut tickets = Tickets::default();
        let begin = || Feed::new("g".into(), None, Reach::Last(15), 1_800_000_000_000);
        let mut feed = begin();
        let left = asked(&mut feed, &mut tickets);
        // Another time was chosen; the answer of the one before was in the inbox already.
        feed = begin();
        let wanted = asked(&mut feed, &mut tickets);
        assert_eq!((feed.take(left, &page(5)), feed.came()), (Told::Nobody, 0));
        assert_eq!((feed.take(wanted, &page(5)), feed.came()), (Told::At(End::Old, None), 1));
        // Given up, as the room was left: what comes all the same changes nothing.
        let mut feed = begin();
        let given_up = asked(&mut feed, &mut tickets);
        assert_eq!(feed.cancel(), [given_up]);
        assert_eq!(feed.take(given_up, &page(5)), Told::Nobody);
    }
}
