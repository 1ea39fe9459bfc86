//! A change whose answer was lost: it may have been made or not.

use std::time::Duration;

use super::follow::PATIENCE;
use super::sent::Sent;
use crate::aws::Text;

/// A request may be worked on still when its connection is gone: that nothing was changed is believed of what was read
/// so long after.
pub const GRACE: Duration = Duration::from_secs(3);

/// A change that had left when the connection went: what is read of its thing next tells whether it was made.
#[derive(Debug)]
pub struct Lost {
    /// The change.
    pub sent: Sent,
    /// What was said when the answer was lost: it is taken back once more is known.
    pub said: Text,
    /// When it was lost.
    pub since: Duration,
}

impl Lost {
    /// When its thing is read once more, if what was read at `at` tells of no change.
    pub fn again(&self, at: Option<Duration>) -> Option<Duration> {
        let early = at.is_some_and(|at| (self.since..self.since + GRACE).contains(&at));
        early.then_some(self.since + GRACE)
    }

    /// When it is given up.
    pub fn until(&self) -> Duration {
        self.since + PATIENCE
    }
}
