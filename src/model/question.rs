//! Questions that lists answer.

use crate::panes::{PaneId, Scope};

/// A list somebody wants to see: which pane, of what. Answers are filed under it, so that one that
/// comes late can land only where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    /// The pane.
    pub pane: PaneId,
    /// What the list is of.
    pub scope: Scope,
}

/// A state of a list's rows; `None` where there is no list. Equal stamps are equal rows.
pub type Stamp = Option<(u64, u64)>;
