//! Nobody answers: one row is asked about in place of all, until somebody does.

use std::time::Duration;

use super::slot::{Slot, back_off};
use crate::aws::{Kind, Problem};

/// Whether the far end of a session answers. Each list knows that of itself; the rows on a screen are many, and what one
/// of them finds out holds for all.
#[derive(Debug, Default)]
pub struct Outage {
    lasting: Option<Lasting>,
    /// When the last one ended that took more than one try.
    ended: Option<Duration>,
}

#[derive(Debug)]
struct Lasting {
    /// Tries in a row, those at the same time counted once.
    failures: u32,
    /// When it is tried again.
    next: Duration,
}

impl Outage {
    /// Notes what came of a request. `true` says that this is no news: nobody answered before either.
    pub fn note<T>(&mut self, answer: &Result<T, Problem>, now: Duration) -> bool {
        let lasted = self.lasts();
        match answer.as_ref().err().map(|problem| problem.kind) {
            Some(kind) if is_of_far_end(kind) => self.failed(now),
            // Nobody was asked.
            Some(Kind::ReadOnly | Kind::NoCredentials | Kind::Panicked) => {}
            _ => self.answered(now),
        }
        lasted && self.lasts() && answer.as_ref().is_err_and(|problem| is_of_far_end(problem.kind))
    }

    fn failed(&mut self, now: Duration) {
        let failures = match &self.lasting {
            // Of those that were on their way together the first has said it.
            Some(lasting) if now < lasting.next => return,
            Some(lasting) => lasting.failures.saturating_add(1),
            None => 1,
        };
        self.lasting = Some(Lasting { failures, next: now + back_off(failures) });
    }

    fn answered(&mut self, now: Duration) {
        if self.lasting.take().is_some_and(|lasting| lasting.failures > 1) {
            self.ended = Some(now);
        }
    }

    /// Nobody answers.
    pub fn lasts(&self) -> bool {
        self.lasting.is_some()
    }

    /// When a question is asked again that by itself would be at `due`: what failed while nobody answered, as soon as
    /// somebody does.
    pub fn over<A>(&self, slot: Option<&Slot<A>>, due: Option<Duration>) -> Option<Duration> {
        let failed = slot.filter(|slot| !slot.in_flight()).and_then(unreached_at);
        let over = failed.is_some_and(|failed| self.ended.is_some_and(|ended| failed <= ended));
        if over && !self.lasts() { Some(Duration::ZERO) } else { due }
    }

    /// The same of the row that is asked about in place of all.
    pub fn tried<A>(&self, slot: Option<&Slot<A>>, due: Option<Duration>) -> Option<Duration> {
        let Some(Lasting { next, .. }) = self.lasting else { return self.over(slot, due) };
        let failed = slot.is_some_and(|slot| unreached_at(slot).is_some());
        due.map(|due| if failed { next } else { due.max(next) })
    }
}

/// Nobody has answered, or not in time.
fn is_of_far_end(kind: Kind) -> bool {
    matches!(kind, Kind::Unreachable | Kind::TimedOut)
}

/// When a question failed because nobody answered.
fn unreached_at<A>(slot: &Slot<A>) -> Option<Duration> {
    slot.failed_at().filter(|_| slot.problem().is_some_and(|problem| is_of_far_end(problem.kind)))
}
