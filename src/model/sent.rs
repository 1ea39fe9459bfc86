//! A change on its way.

use super::msg::Ticket;
use super::store::Question;
use crate::aws::Text;
use crate::panes::{PaneId, Remember, RowKey};

/// A change that was sent and whose answer is awaited.
#[derive(Debug)]
pub struct Sent {
    /// The number its answer will carry.
    pub ticket: Ticket,
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
}
