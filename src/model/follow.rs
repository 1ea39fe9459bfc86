//! A change that AWS goes on with: looked after until it has ended, whatever is on the screen.

use std::time::Duration;

use super::store::Question;
use crate::aws::Text;
use crate::panes::RowKey;

/// How long a change is looked after.
pub const PATIENCE: Duration = Duration::from_mins(15);

/// One change that was accepted and is not done yet.
#[derive(Debug)]
pub struct Follow {
    /// The list it was started from.
    pub question: Question,
    /// Its row.
    pub key: RowKey,
    /// The name of the row.
    pub name: Text,
    /// The name of what is changed: the row, or a part of it.
    pub target: Text,
    /// The change, in words.
    pub sentence: String,
    /// When AWS accepted it.
    pub since: Duration,
    /// Its row has been in the list. What was only just made may not be in it yet, and is not taken to be gone.
    pub listed: bool,
}

impl Follow {
    /// When it is given up.
    pub fn until(&self) -> Duration {
        self.since + PATIENCE
    }
}
