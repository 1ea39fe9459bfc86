//! How often it is asked what is new.

use std::time::Duration;

use super::{Feed, POLL};

impl Feed {
    /// How often it is asked what is new.
    pub fn pace(&self) -> Duration {
        self.pace
    }

    /// It is asked again and again what is new: where the newest events are is known.
    pub fn polls(&self) -> bool {
        let known = self.back.as_ref().is_none_or(|job| job.newest_first && job.pages > 0);
        self.on.is_none() && self.newer.is_none() && known
    }

    /// It ended before what comes behind: that is read once somebody goes there, and not polled.
    pub fn has_newer(&self) -> bool {
        self.newer.is_some()
    }

    /// Asks what is new so often from now on, but not more often than usual.
    pub fn turn_to(&mut self, pace: Duration, now: Duration) {
        let pace = pace.max(POLL);
        if pace < self.pace {
            self.poll = self.poll.min(now + pace);
        }
        self.pace = pace;
    }

    /// Asks what is new now.
    pub fn hurry(&mut self, now: Duration) {
        self.poll = self.poll.min(now);
    }
}
