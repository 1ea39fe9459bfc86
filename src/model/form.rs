//! Fields being filled in, and the confirmation that follows.

use std::time::Duration;

use tui_input::Input;

use crate::aws::Call;
use crate::panes::{self, Invalid, Prepared};

/// An operation whose fields are being filled in. Its target was fixed when it opened.
#[derive(Debug)]
pub struct Form {
    /// The operation.
    pub prepared: Prepared,
    /// One text for each field.
    pub inputs: Vec<Input>,
    /// The field that has the keyboard.
    pub focus: usize,
}

impl Form {
    /// The form of an operation, with its first contents.
    pub fn new(prepared: Prepared) -> Self {
        let inputs = prepared.fields.iter().map(|(_, _, initial)| Input::new(initial.clone())).collect();
        Self { prepared, inputs, focus: 0 }
    }

    /// What the answers mean now: the exact call, or what is wrong with which field.
    pub fn call(&self) -> Result<Call, Invalid> {
        let answers: Vec<String> = self.inputs.iter().map(|input| input.value().to_owned()).collect();
        self.prepared.call(&answers)
    }

    /// The next field, or the previous one.
    pub fn move_focus(&mut self, forward: bool) {
        let count = self.inputs.len().max(1);
        self.focus = if forward { (self.focus + 1) % count } else { (self.focus + count - 1) % count };
    }
}

/// A change that waits for a yes. What it is aimed at does not move any more, whatever the lists do.
#[derive(Debug)]
pub struct Confirm {
    /// The operation.
    pub prepared: Prepared,
    /// How sure a person must be here: as the operation says, more where mistakes cost.
    pub level: panes::Confirm,
    /// The exact call.
    pub call: Call,
    /// The fields that were changed: label, what stood there, what was typed.
    pub changes: Vec<(&'static str, String, String)>,
    /// The name, as far as it is typed.
    pub typed: Input,
    /// The button that Enter presses is the one that sends. At first it is Cancel.
    pub sends: bool,
    /// When the dialog opened.
    pub opened: Duration,
}

impl Confirm {
    /// Whether Enter sends now.
    pub fn ready(&self) -> bool {
        match self.level {
            panes::Confirm::Ask => self.sends,
            panes::Confirm::TypeName => self.typed.value() == &*self.prepared.target.name,
        }
    }
}
