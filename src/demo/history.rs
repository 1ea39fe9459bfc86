//! What moves while one watches: deployments that start by themselves, computed from the clock.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// A new deployment starts somewhere every so many seconds.
const EVERY_SECONDS: i64 = 30;

/// How long a deployment is `InProgress`.
const LASTS_SECONDS: i64 = 6;

/// One deployment that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deployment {
    /// 1 for the first since the account was made.
    pub number: u64,
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// The functions that are deployed in turn.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    turns: BTreeMap<String, usize>,
}

impl History {
    /// Deploys these functions one after the other, in this order, for ever.
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        Self { turns: names.into_iter().enumerate().map(|(turn, name)| (name, turn)).collect() }
    }

    /// The last deployment of a function that has begun by `now`.
    pub fn last(&self, name: &str, born: DateTime<Utc>, now: DateTime<Utc>) -> Option<Deployment> {
        let round = i64::try_from(self.turns.len()).ok()?;
        let turn = i64::try_from(*self.turns.get(name)?).ok()?;
        // Deployment n (from 0) begins at (n + 1) * EVERY_SECONDS and is the turn of n modulo round.
        let begun = (now - born).num_seconds() / EVERY_SECONDS;
        let laps = (begun - 1 - turn).div_euclid(round);
        if begun < 1 || laps < 0 {
            return None;
        }
        let number = laps * round + turn;
        let at = born + TimeDelta::seconds((number + 1) * EVERY_SECONDS);
        Some(Deployment { number: u64::try_from(number + 1).ok()?, at, until: at + TimeDelta::seconds(LASTS_SECONDS) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_deployed_in_turn_every_thirty_seconds() {
        let history = History::of(["a".to_owned(), "b".to_owned()]);
        let born = DateTime::UNIX_EPOCH;
        let number = |name, seconds| {
            history.last(name, born, born + TimeDelta::seconds(seconds)).map(|deployment| deployment.number)
        };
        assert_eq!(
            [number("a", 29), number("a", 30), number("b", 59), number("b", 60)],
            [None, Some(1), None, Some(2)]
        );
        assert_eq!([number("a", 89), number("a", 90), number("b", 1000)], [Some(1), Some(3), Some(32)]);
        assert_eq!(number("stranger", 1000), None);
    }
}
