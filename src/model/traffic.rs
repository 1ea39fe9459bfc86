//! What went to AWS and came back: the call counters and the THROTTLED badge.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::aws::{Text, Traffic, TrafficEvent};

/// How long the badge stays after the last throttle answer.
const BADGE: Duration = Duration::from_secs(10);

/// The calls of one operation.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Calls {
    /// Requests sent, retries included.
    pub sent: u64,
    /// Answers that were not throttle answers.
    pub answered: u64,
    /// Throttle answers.
    pub throttled: u64,
    /// Requests that got no answer.
    pub failed: u64,
    /// Requests that we gave up before an answer came: nobody wanted it any more, or it took too long.
    pub given_up: u64,
}

/// All counters of the session.
#[derive(Debug, Default)]
pub struct Meter {
    calls: BTreeMap<Text, Calls>,
    throttled_until: Option<Duration>,
}

impl Meter {
    /// Counts one event.
    pub fn count(&mut self, traffic: &Traffic, now: Duration) {
        let calls = self.calls.entry(traffic.operation.clone()).or_default();
        match traffic.event {
            TrafficEvent::Sent => calls.sent += 1,
            TrafficEvent::Answered { .. } => calls.answered += 1,
            TrafficEvent::Throttled => {
                calls.throttled += 1;
                self.throttled_until = Some(now + BADGE);
            }
            TrafficEvent::Failed => calls.failed += 1,
            TrafficEvent::GivenUp => calls.given_up += 1,
        }
    }

    /// The counters by operation.
    pub fn calls(&self) -> impl Iterator<Item = (&Text, &Calls)> {
        self.calls.iter()
    }

    /// AWS asked us to slow down a moment ago.
    pub fn throttled(&self, now: Duration) -> bool {
        self.throttled_until.is_some_and(|until| until > now)
    }

    /// When the badge goes.
    pub fn badge_expiry(&self) -> Option<Duration> {
        self.throttled_until
    }

    /// Drops a badge that is over.
    pub fn expire(&mut self, now: Duration) {
        self.throttled_until = self.throttled_until.filter(|until| *until > now);
    }
}
