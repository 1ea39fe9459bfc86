//! How many requests a second: kept below AWS's limits by ourselves, and lower still when it complains.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// After this long without a complaint the rate goes one step up again.
const STEP: Duration = Duration::from_secs(5);
/// How much a step is.
const RISE: f64 = 1.5;
/// Never slower than this share of the full rate.
const FLOOR: f64 = 1.0 / 8.0;
/// Complaints within this time are one complaint: they come from requests sent at the old rate.
const ONE: Duration = Duration::from_millis(500);

/// Who asks. Each goes before those that stand behind it here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asker {
    /// A person sent this one.
    Person,
    /// The program asks for a list, or for what follows something that a person did.
    Program,
    /// The program fills in cells of rows, of which there may be thousands.
    Behind,
}

/// A bucket of tokens, one for each request. Waiting is in turn, and giving up takes nothing.
#[derive(Debug)]
pub(super) struct Budget {
    /// Requests a second when all is well.
    full: f64,
    /// Tokens that each asker leaves to those before it.
    kept: f64,
    level: Mutex<Level>,
    /// The program's own requests wait here, one behind the other.
    program: tokio::sync::Mutex<()>,
    /// And here those that may wait longest.
    behind: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Level {
    tokens: f64,
    rate: f64,
    /// When `tokens` was true; `None` before the first request, so that building needs no clock.
    at: Option<Instant>,
    /// When the rate last went down or up.
    changed: Option<Instant>,
}

impl Budget {
    /// `rate` requests a second, as many at once, of which each asker leaves `kept` to those before it.
    pub fn new(rate: f64, kept: f64) -> Self {
        let (level, program, behind) = (Mutex::new(Level::new(rate)), Default::default(), Default::default());
        Self { full: rate, kept, level, program, behind }
    }

    /// Waits until one more request is within the budget, and takes its token.
    pub async fn take(&self, asker: Asker) {
        let (kept, _turn) = match asker {
            Asker::Person => (0.0, None),
            Asker::Program => (self.kept, Some(self.program.lock().await)),
            Asker::Behind => (self.kept * 2.0, Some(self.behind.lock().await)),
        };
        while let Err(at) = self.try_take(kept) {
            sleep_until(at).await;
        }
    }

    fn try_take(&self, kept: f64) -> Result<(), Instant> {
        self.level().take(Instant::now(), self.full, kept)
    }

    /// AWS asked us to slow down.
    pub fn throttled(&self) {
        self.level().slow(Instant::now(), self.full);
    }

    /// The rate is lower than it could be.
    pub fn is_slowed(&self) -> bool {
        self.level().is_slowed(Instant::now(), self.full)
    }

    fn level(&self) -> MutexGuard<'_, Level> {
        // A panic while it was held cannot have left the numbers unusable.
        self.level.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The arithmetic, on a clock that is told.
impl Level {
    fn new(rate: f64) -> Self {
        Self { tokens: rate, rate, at: None, changed: None }
    }

    /// Takes a token above `kept`, or says when there may be one.
    fn take(&mut self, now: Instant, full: f64, kept: f64) -> Result<(), Instant> {
        self.fill(now, full);
        let missing = 1.0 + kept - self.tokens;
        if missing <= 1e-9 {
            self.tokens -= 1.0;
            return Ok(());
        }
        Err(now + Duration::from_secs_f64(missing / self.rate).max(Duration::from_millis(1)))
    }

    fn slow(&mut self, now: Instant, full: f64) {
        self.fill(now, full);
        if self.rate < full && self.changed.is_some_and(|at| now < at + ONE) {
            return;
        }
        self.tokens = self.tokens.min(0.0);
        self.rate = (self.rate / 2.0).max(full * FLOOR);
        self.changed = Some(now);
    }

    fn is_slowed(&mut self, now: Instant, full: f64) -> bool {
        if self.rate < full {
            self.fill(now, full);
        }
        self.rate < full
    }

    /// Adds what has come since the last look, and lets the rate recover.
    fn fill(&mut self, now: Instant, full: f64) {
        let since = self.at.map_or(Duration::ZERO, |at| now.saturating_duration_since(at));
        self.at = Some(now);
        self.tokens = (self.tokens + since.as_secs_f64() * self.rate).min(full);
        while let Some(step) = self.changed.map(|at| at + STEP).filter(|step| *step <= now && self.rate < full) {
            self.rate = (self.rate * RISE).min(full);
            self.changed = Some(step);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Seconds that `count` requests take, one as soon as the other has gone, from `start` on.
    fn spend(level: &mut Level, count: usize, full: f64, start: Instant) -> f64 {
        let mut now = start;
        for _ in 0..count {
            while let Err(at) = level.take(now, full, 0.0) {
                now = at;
            }
        }
        (now - start).as_secs_f64()
    }

    #[test]
    fn a_burst_is_free_and_what_follows_is_spaced() {
        let (mut level, start) = (Level::new(15.0), Instant::now());
        assert!(spend(&mut level, 15, 15.0, start) < 0.001);
        let took = spend(&mut level, 85, 15.0, start);
        assert!((5.6..5.8).contains(&took), "{took}");
    }

    #[test]
    fn a_complaint_halves_the_rate_once_and_time_restores_it() {
        let (mut level, start) = (Level::new(16.0), Instant::now());
        assert!(!level.is_slowed(start, 16.0));
        level.slow(start, 16.0);
        level.slow(start + ONE / 2, 16.0);
        assert!(level.is_slowed(start, 16.0));
        let took = spend(&mut level, 8, 16.0, start + ONE / 2);
        assert!((0.4..1.1).contains(&took), "half the rate, not a quarter: {took}");
        assert!(level.is_slowed(start + STEP, 16.0));
        assert!(!level.is_slowed(start + STEP * 2, 16.0));
    }

    #[test]
    fn many_complaints_never_stop_us() {
        let (mut level, mut now) = (Level::new(16.0), Instant::now());
        for _ in 0..50 {
            level.slow(now, 16.0);
            now += ONE;
        }
        assert!(spend(&mut level, 4, 16.0, now) < 4.0);
    }

    #[test]
    fn each_asker_leaves_something_to_those_before_it() {
        let (mut level, now) = (Level::new(10.0), Instant::now());
        let mut taken = |kept| (0..20).filter(|_| level.take(now, 10.0, kept).is_ok()).count();
        assert_eq!([taken(2.0), taken(1.0), taken(0.0)], [8, 1, 1]);
    }

    #[tokio::test]
    async fn nobody_waits_behind_those_that_may_wait_longer() {
        let budget = Arc::new(Budget::new(10.0, 1.0));
        for _ in 0..8 {
            budget.take(Asker::Behind).await;
        }
        let queue: Vec<_> = (0..20)
            .map(|_| {
                let budget = Arc::clone(&budget);
                tokio::spawn(async move { budget.take(Asker::Behind).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let start = Instant::now();
        budget.take(Asker::Program).await;
        budget.take(Asker::Person).await;
        assert!(start.elapsed() < Duration::from_millis(50));
        assert!(!queue.iter().any(tokio::task::JoinHandle::is_finished));
        queue.iter().for_each(tokio::task::JoinHandle::abort);
    }

    #[tokio::test]
    async fn giving_up_takes_nothing_and_lets_the_next_one_go() {
        let budget = Arc::new(Budget::new(5.0, 0.0));
        for _ in 0..5 {
            budget.take(Asker::Program).await;
        }
        let one = Arc::clone(&budget);
        let start = Instant::now();
        let waiting = tokio::spawn(async move { one.take(Asker::Program).await });
        tokio::task::yield_now().await;
        waiting.abort();
        budget.take(Asker::Program).await;
        let took = start.elapsed().as_secs_f64();
        assert!((0.1..0.39).contains(&took), "one token, not two: {took}");
    }
}
