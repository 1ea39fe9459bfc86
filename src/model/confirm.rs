//! A change that waits for a yes.

use std::time::Duration;

use tui_input::Input;

use super::overlay::Scroll;
use super::store::Question;
use crate::panes::{self, Plan, Prepared, Target};

/// A change that waits for a yes. What it is aimed at does not move any more, whatever the lists do.
#[derive(Debug)]
pub struct Confirm {
    /// The operation.
    pub prepared: Prepared,
    /// What it is aimed at: the row, or what the answers chose.
    pub target: Target,
    /// The list it was started from.
    pub question: Question,
    /// How sure a person must be here: as the operation and its answers say, more where mistakes cost.
    pub level: panes::Confirm,
    /// The exact call, and what to know before it is sent.
    pub plan: Plan,
    /// The fields that were changed: label, what stood there, what was typed.
    pub changes: Vec<(&'static str, Option<String>, String)>,
    /// The name, as far as it is typed.
    pub typed: Input,
    /// The button that Enter presses is the one that goes on. At first it is Cancel.
    pub sends: bool,
    /// The warnings that come before the name were read.
    pub warned: bool,
    /// When the dialog opened.
    pub opened: Duration,
    /// Where there is no room for all of it: the first line shown.
    pub scroll: Scroll,
}

impl Confirm {
    /// What it does, and to what.
    pub fn title(&self) -> String {
        format!("{} {}", self.plan.label.unwrap_or(self.prepared.label), self.target.title)
    }

    /// What it asks for now: a button, or the name.
    pub fn types(&self) -> bool {
        match self.level {
            panes::Confirm::Ask => false,
            panes::Confirm::TypeName => true,
            panes::Confirm::Warned => self.warned,
        }
    }

    /// Whether Enter sends now.
    pub fn ready(&self) -> bool {
        match self.level {
            panes::Confirm::Ask => self.sends,
            panes::Confirm::TypeName | panes::Confirm::Warned => {
                self.types() && self.typed.value() == &*self.target.name
            }
        }
    }
}
