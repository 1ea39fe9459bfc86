//! One question and its answer: the load state machine, the same for lists and for single rows.

use std::time::Duration;

use super::msg::Ticket;
use crate::aws::{Kind, Problem};

/// How soon to look again at what AWS is still working on.
pub const UNSETTLED: Duration = Duration::from_secs(2);
/// The longest pause between two tries of a failing question.
const LONGEST_BACK_OFF: Duration = Duration::from_mins(1);

/// A question, its last good answer, and what is going on about it. Times are the program's own
/// moments (see [`super::Now`]). Only the methods change it, so that only legal states occur.
#[derive(Debug)]
pub struct Slot<A> {
    answer: Option<A>,
    /// When the answer was complete.
    at: Option<Duration>,
    /// When the part of an answer that is here was asked for, while the rest failed.
    begun: Option<Duration>,
    asked: Option<Asked>,
    problem: Option<Problem>,
    /// Failures in a row; sets the back-off.
    failures: u32,
    /// The request that failed last, and when.
    failed: Option<(Ticket, Duration)>,
    /// We changed something, or the person wants it new: the answer no longer holds.
    untrue: bool,
    /// While the request is on its way something came up that its answer may not know of yet.
    doubted: bool,
}

/// The one request in flight.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ticket: Ticket,
    since: Duration,
}

/// What a view may ask of a slot.
#[derive(Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// Nobody asked yet.
    NotAsked,
    /// On its way for the first time.
    Loading {
        /// Since when.
        since: Duration,
    },
    /// Here, complete at that moment.
    Loaded {
        /// When.
        at: Duration,
    },
    /// The last try failed; an older answer may still be shown.
    Failed {
        /// Why.
        problem: &'a Problem,
    },
}

impl<A> Default for Slot<A> {
    fn default() -> Self {
        Self {
            answer: None,
            at: None,
            begun: None,
            asked: None,
            problem: None,
            failures: 0,
            failed: None,
            untrue: false,
            doubted: false,
        }
    }
}

impl<A> Slot<A> {
    /// The last good answer, kept through refreshes and failures.
    pub fn answer(&self) -> Option<&A> {
        self.answer.as_ref()
    }

    /// The answer, to be worked on by those who made it; made if need be.
    pub fn made(&mut self) -> &mut A
    where
        A: Default,
    {
        self.answer.get_or_insert_default()
    }

    /// When the answer was complete.
    pub fn at(&self) -> Option<Duration> {
        self.at
    }

    /// From when on what is here grows old: since it was complete; a part of it, since that was first asked for.
    pub fn aged_from(&self) -> Option<Duration> {
        self.at.or(self.begun)
    }

    /// The answer is in and nothing speaks against it.
    pub fn holds(&self) -> bool {
        self.at.is_some() && !self.untrue
    }

    /// Nobody answered yet, for good or ill, and it may be that somebody will: not asked, on its way, or to be
    /// tried again soon by itself.
    pub fn is_open(&self) -> bool {
        match &self.problem {
            Some(problem) => problem.kind.backs_off(),
            None => !self.holds(),
        }
    }

    /// Why the last try failed.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// When the last try failed, if the last one did.
    pub fn failed_at(&self) -> Option<Duration> {
        self.failed.map(|(_, at)| at)
    }

    /// How often it failed in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// A request is on its way.
    pub fn in_flight(&self) -> bool {
        self.asked.is_some()
    }

    /// The request with that number is the one on its way.
    pub fn asked(&self, ticket: Ticket) -> bool {
        self.asked.is_some_and(|asked| asked.ticket == ticket)
    }

    /// How it stands.
    pub fn state(&self) -> State<'_> {
        match (&self.problem, self.at, self.asked) {
            (Some(problem), _, _) => State::Failed { problem },
            (None, Some(at), _) => State::Loaded { at },
            (None, None, Some(asked)) => State::Loading { since: asked.since },
            (None, None, None) => State::NotAsked,
        }
    }

    /// Notes that the question was asked, and gives the request that this one displaces.
    pub fn ask(&mut self, ticket: Ticket, now: Duration) -> Option<Ticket> {
        self.doubted = false;
        self.asked.replace(Asked { ticket, since: now }).map(|asked| asked.ticket)
    }

    /// Lets a part of the answer in; `false` when nobody is waiting for this ticket.
    pub fn amend(&mut self, ticket: Ticket, change: impl FnOnce(&mut Option<A>)) -> bool {
        let awaited = self.asked.is_some_and(|asked| asked.ticket == ticket);
        if awaited {
            change(&mut self.answer);
        }
        awaited
    }

    /// Lets in what was kept of an earlier answer: a refusal may be faster than the disk.
    pub fn recall(&mut self, ticket: Ticket, change: impl FnOnce(&mut Option<A>)) {
        let failed = self.failed.is_some_and(|(failed, _)| failed == ticket) && self.asked.is_none();
        if failed && self.answer.is_none() {
            change(&mut self.answer);
        } else {
            self.amend(ticket, change);
        }
    }

    /// A part of the answer came from AWS: what went wrong before, and passes by itself, is past.
    pub fn answered(&mut self, ticket: Ticket) {
        if self.asked(ticket) {
            self.problem.take_if(|problem| problem.kind.passes());
        }
    }

    /// Changes the answer that is here, not what is known of its truth.
    pub fn mend(&mut self, change: impl FnOnce(&mut A)) {
        if let Some(answer) = &mut self.answer {
            change(answer);
        }
    }

    /// Takes the end of an answer; `false` when nobody is waiting for this ticket. A failure keeps
    /// what there was.
    pub fn settle(&mut self, ticket: Ticket, outcome: Result<(), Problem>, now: Duration) -> bool {
        let Some(asked) = self.asked.take_if(|asked| asked.ticket == ticket) else { return false };
        self.untrue = std::mem::take(&mut self.doubted) && outcome.is_ok();
        match outcome {
            Ok(()) => {
                self.at = Some(now);
                self.begun = None;
                self.problem = None;
                self.failures = 0;
                self.failed = None;
            }
            Err(problem) => {
                if self.answer.is_some() {
                    self.begun.get_or_insert(asked.since);
                }
                self.problem = Some(problem);
                self.failures = self.failures.saturating_add(1);
                self.failed = Some((ticket, now));
            }
        }
        true
    }

    /// Takes a whole answer at once.
    pub fn accept(&mut self, ticket: Ticket, answer: Result<A, Problem>, now: Duration) -> bool {
        match answer {
            Ok(answer) => self.amend(ticket, |old| *old = Some(answer)) && self.settle(ticket, Ok(()), now),
            Err(problem) => self.settle(ticket, Err(problem), now),
        }
    }

    /// The answer may not hold. One on its way is waited for and then asked again, once, however
    /// many doubts came meanwhile.
    pub fn doubt(&mut self) {
        self.doubted = self.in_flight();
        self.untrue = true;
    }

    /// Gives up waiting. What was loaded stays.
    pub fn cancel(&mut self) -> Option<Ticket> {
        self.asked.take().map(|asked| asked.ticket)
    }

    /// The answer no longer holds, and one on its way was asked too early: it is disowned.
    pub fn spoil(&mut self) -> Option<Ticket> {
        self.untrue = true;
        self.problem = None;
        self.failures = 0;
        self.failed = None;
        self.cancel()
    }

    /// Removes the answer altogether: it turned out to be about something else.
    pub fn forget(&mut self) -> Option<Ticket> {
        self.answer = None;
        (self.at, self.begun) = (None, None);
        self.spoil()
    }

    /// When it should be asked again, if ever; a moment in the past means now. `every` is how old an
    /// answer may get, `None` when only the person refreshes.
    pub fn due(&self, every: Option<Duration>, unsettled: bool) -> Option<Duration> {
        if self.asked.is_some() {
            return None;
        }
        if self.untrue {
            return Some(Duration::ZERO);
        }
        if let (Some(problem), Some(failed_at)) = (&self.problem, self.failed_at()) {
            return match problem.kind {
                // These do not mend themselves: the person asks again.
                Kind::Denied
                | Kind::Unsupported
                | Kind::ReadOnly
                | Kind::Expired
                | Kind::NoCredentials
                | Kind::Invalid => None,
                kind if kind.backs_off() => Some(failed_at + self.back_off()),
                _ => every.map(|every| failed_at + every.max(self.back_off())),
            };
        }
        let Some(at) = self.at else { return Some(Duration::ZERO) };
        if unsettled {
            return Some(at + every.map_or(UNSETTLED, |every| every.min(UNSETTLED)));
        }
        every.map(|every| at + every)
    }

    fn back_off(&self) -> Duration {
        back_off(self.failures)
    }
}

/// The pause after so many failures in a row: 1, 2, 4 ... 60 s.
pub(super) fn back_off(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(6);
    Duration::from_secs(1 << doublings).min(LONGEST_BACK_OFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Option<Duration> = Some(Duration::from_mins(1));

    fn seconds(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    fn problem(kind: Kind) -> Problem {
        Problem::new(kind, "list", "no", "")
    }

    fn asked(number: u64) -> (Slot<u32>, Ticket) {
        let mut slot = Slot::default();
        let ticket = Ticket::test(number);
        slot.ask(ticket, seconds(0));
        (slot, ticket)
    }

    #[test]
    fn only_the_last_request_is_believed_and_only_once() {
        let (mut slot, first) = asked(1);
        let second = Ticket::test(2);
        assert_eq!(slot.ask(second, seconds(1)), Some(first));
        assert!(!slot.accept(first, Ok(10), seconds(2)));
        assert_eq!(slot.answer(), None);
        assert!(slot.accept(second, Ok(20), seconds(3)));
        assert!(!slot.accept(second, Ok(30), seconds(4)));
        assert_eq!(slot.answer(), Some(&20));
    }

    #[test]
    fn an_answer_asked_for_before_a_change_is_never_fresh() {
        let (mut slot, ticket) = asked(1);
        assert_eq!(slot.spoil(), Some(ticket));
        assert!(!slot.accept(ticket, Ok(1), seconds(1)));
        assert_eq!(slot.due(EVERY, false), Some(Duration::ZERO));
    }

    #[test]
    fn doubts_never_displace_a_request_and_cost_one_more_however_many_there_are() {
        let (mut slot, first) = asked(1);
        (0..30).for_each(|_| slot.doubt());
        assert_eq!(slot.due(EVERY, false), None);
        assert!(slot.accept(first, Ok(1), seconds(1)));
        assert_eq!(slot.due(EVERY, false), Some(Duration::ZERO));
        let second = Ticket::test(2);
        slot.ask(second, seconds(1));
        slot.accept(second, Ok(2), seconds(2));
        assert_eq!(slot.due(EVERY, false), Some(seconds(62)));
    }

    #[test]
    fn a_failure_keeps_the_old_answer_and_shows_both() {
        let (mut slot, ticket) = asked(1);
        slot.accept(ticket, Ok(1), seconds(1));
        let again = Ticket::test(2);
        slot.ask(again, seconds(60));
        slot.accept(again, Err(problem(Kind::Other)), seconds(61));
        assert_eq!(slot.answer(), Some(&1));
        assert!(matches!(slot.state(), State::Failed { .. }));
    }

    #[test]
    fn what_was_kept_is_shown_though_the_refusal_was_faster_than_the_disk() {
        let (mut slot, ticket) = asked(1);
        assert!(slot.settle(ticket, Err(problem(Kind::Expired)), seconds(1)));
        slot.recall(Ticket::test(9), |answer| *answer = Some(9));
        assert_eq!(slot.answer(), None, "another request's");
        slot.recall(ticket, |answer| *answer = Some(1));
        assert_eq!((slot.answer(), slot.problem().map(|problem| problem.kind)), (Some(&1), Some(Kind::Expired)));
        slot.recall(ticket, |answer| *answer = Some(2));
        assert_eq!(slot.answer(), Some(&1), "something is there already");
    }

    #[test]
    fn a_part_of_an_answer_is_as_old_as_its_question() {
        let (mut slot, first) = asked(1);
        slot.settle(first, Err(problem(Kind::Other)), seconds(3));
        assert_eq!(slot.aged_from(), None, "nothing came");
        for (number, now) in [(2, 10), (3, 20)] {
            let ticket = Ticket::test(number);
            slot.ask(ticket, seconds(now));
            slot.amend(ticket, |answer| *answer = Some(1));
            slot.settle(ticket, Err(problem(Kind::Other)), seconds(now + 1));
            assert_eq!(slot.aged_from(), Some(seconds(10)));
        }
        let last = Ticket::test(4);
        slot.ask(last, seconds(30));
        slot.accept(last, Ok(2), seconds(31));
        assert_eq!(slot.aged_from(), Some(seconds(31)));
    }

    #[test]
    fn a_refusal_is_not_asked_again_until_the_person_does() {
        let (mut slot, ticket) = asked(1);
        slot.accept(ticket, Err(problem(Kind::Denied)), seconds(1));
        assert_eq!(slot.due(EVERY, false), None);
        slot.spoil();
        assert_eq!(slot.due(EVERY, false), Some(Duration::ZERO));
    }

    #[test]
    fn throttling_backs_off_and_stops_at_a_minute() {
        let (mut slot, _) = asked(1);
        let mut pauses = Vec::new();
        for number in 2..10 {
            let ticket = Ticket::test(number);
            slot.ask(ticket, seconds(0));
            slot.accept(ticket, Err(problem(Kind::Throttled)), seconds(100));
            pauses.push(slot.due(EVERY, false).map(|due| due.checked_sub(seconds(100)).unwrap().as_secs()));
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60].map(Some));
    }

    #[test]
    fn what_is_changing_is_looked_at_again_soon() {
        let (mut slot, ticket) = asked(1);
        slot.accept(ticket, Ok(1), seconds(10));
        assert_eq!(slot.due(EVERY, false), Some(seconds(70)));
        assert_eq!(slot.due(EVERY, true), Some(seconds(12)));
        assert_eq!(slot.due(None, true), Some(seconds(12)));
        assert_eq!(slot.due(None, false), None);
    }
}
