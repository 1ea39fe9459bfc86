//! The last time we were told, and what hangs on it.

use std::time::Duration;

use chrono::DateTime;

use super::msg::Now;

/// How long the cursor must rest before what belongs to its row is asked for: holding `j` across
/// fifty functions costs one set of requests, not fifty.
pub const REST: Duration = Duration::from_millis(150);

/// The time as the program knows it.
#[derive(Debug)]
pub struct Clock {
    now: Now,
    moving_until: Duration,
}

impl Default for Clock {
    fn default() -> Self {
        Self { now: Now { since: Duration::ZERO, wall: DateTime::UNIX_EPOCH }, moving_until: Duration::ZERO }
    }
}

impl Clock {
    /// Takes the time in. It never goes back.
    pub fn tell(&mut self, now: Now) {
        self.now = Now { since: now.since.max(self.now.since), wall: now.wall };
    }

    /// The last time told.
    pub fn now(&self) -> Now {
        self.now
    }

    /// Notes a move of the cursor.
    pub fn moved(&mut self) {
        self.moving_until = self.now.since + REST;
    }

    /// Notes that rows came in and what is on the screen may have changed: what belongs to it is asked
    /// for in bundles, however many pages follow.
    pub fn shifted(&mut self) {
        if self.moving().is_none() {
            self.moving_until = self.now.since + REST + REST;
        }
    }

    /// The cursor does not rest yet; until when.
    pub fn moving(&self) -> Option<Duration> {
        (self.moving_until > self.now.since).then_some(self.moving_until)
    }
}
