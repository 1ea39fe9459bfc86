//! How often it is asked what is new.

use std::time::Duration;

use super::{Feed, POLL};

impl Feed {
    /// Asks what is new so often from now on, or as often as usual.
    pub fn turn_to(&mut self, pace: Option<Duration>, now: Duration) {
        let pace = pace.unwrap_or(POLL);
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
