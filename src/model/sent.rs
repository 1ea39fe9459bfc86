//! A change on its way.

use std::time::Duration;

use super::form::Form;
use super::msg::Ticket;
use super::store::Question;
use crate::aws::{Call, Text};
use crate::panes::{PaneId, Remember, RowKey};

/// A change that takes longer than this shows how long it takes: a package is on its way for minutes.
pub const SLOW: Duration = Duration::from_secs(2);

/// A change that was sent and whose answer is awaited.
#[derive(Debug)]
pub struct Sent {
    /// The number its answer will carry.
    pub ticket: Ticket,
    /// The call.
    pub call: Call,
    /// What it does, in words.
    pub sentence: String,
    /// The thing that is changed.
    pub name: Text,
    /// The list it was started from.
    pub question: Question,
    /// The row; `None` when it was for the whole list.
    pub key: Option<RowKey>,
    /// The panes it makes untrue.
    pub spoils: &'static [PaneId],
    /// What it replaces.
    pub remember: Option<Remember>,
    /// What was filled in for it, to give back if it is refused.
    pub form: Option<Box<Form>>,
    /// When it was sent.
    pub since: Duration,
    /// How many bytes of a file that goes with it have left, and of how many, where there is one.
    pub gone: Option<(u64, u64)>,
    /// The region it was sent to.
    pub region: Text,
    /// The session it was sent in was left: its outcome is said, and nothing on the screen hangs on it.
    pub left: bool,
}

impl Sent {
    /// Of a part of a request nothing comes: as long as some of it is here, it can be stopped.
    pub fn can_stop(&self) -> bool {
        self.gone.is_some_and(|(left, of)| left < of)
    }
}
