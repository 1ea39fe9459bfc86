//! Rows that somebody deleted while they were shown: they stay for a moment and say so.

use std::collections::HashSet;
use std::time::Duration;

use crate::panes::{Row, RowKey};

/// How long a row that is gone stays on the screen.
pub const LINGERS: Duration = Duration::from_secs(5);

/// The rows of one list that are gone, and until when they are shown.
#[derive(Debug, Default)]
pub struct Gone(Vec<(RowKey, Duration)>);

impl Gone {
    /// The rows of `before` that `now` lacks, with their places.
    pub fn missing(before: Vec<Row>, now: &[Row]) -> Vec<(usize, Row)> {
        let present: HashSet<&RowKey> = now.iter().map(|row| &row.key).collect();
        before.into_iter().enumerate().filter(|(_, row)| !present.contains(&row.key)).collect()
    }

    /// These are gone, and no others. One that was gone before keeps its time.
    pub fn keep<'a>(&mut self, keys: impl Iterator<Item = &'a RowKey>, until: Duration) {
        let before = std::mem::take(&mut self.0);
        let since = |key: &RowKey| before.iter().find(|(known, _)| known == key).map_or(until, |(_, until)| *until);
        self.0 = keys.map(|key| (key.clone(), since(key))).collect();
    }

    /// One more is gone.
    pub fn add(&mut self, key: RowKey, until: Duration) {
        self.0.push((key, until));
    }

    /// The row is gone.
    pub fn has(&self, key: &RowKey) -> bool {
        self.0.iter().any(|(gone, _)| gone == key)
    }

    /// How many are gone.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// When the next one leaves.
    pub fn next(&self) -> Option<Duration> {
        self.0.iter().map(|(_, until)| *until).min()
    }

    /// Those whose time is over.
    pub fn leave(&mut self, now: Duration) -> HashSet<RowKey> {
        let (over, left) = std::mem::take(&mut self.0).into_iter().partition(|(_, until)| *until <= now);
        self.0 = left;
        let over: Vec<(RowKey, Duration)> = over;
        over.into_iter().map(|(key, _)| key).collect()
    }
}
