//! The invoke console: whom to invoke, with what, and the runs there were.

mod ask;
mod failure;
mod layout;
mod log;
mod request;
mod response;
mod runs;

use std::collections::HashMap;
use std::time::Duration;

use super::msg::Ticket;
use crate::aws::{InvocationType, Text};
use crate::panes::Invokee;

pub use ask::{Ask, Wanted};
pub use layout::Places;
pub use log::{LogText, WholeLog};
pub use request::{Refusal, Request, Verdict};
pub use response::{Answer, window};
pub use runs::{Progress, Run};

/// A part of the console's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// The payload.
    #[default]
    Request,
    /// What the function answered.
    Response,
    /// What the run logged.
    Log,
}

impl Part {
    /// All of them, in the order of tab.
    pub const ALL: [Self; 3] = [Self::Request, Self::Response, Self::Log];

    /// The next one, or the previous one.
    pub fn step(self, forward: bool) -> Self {
        match (self, forward) {
            (Self::Request, true) | (Self::Log, false) => Self::Response,
            (Self::Response, true) | (Self::Request, false) => Self::Log,
            (Self::Log, true) | (Self::Response, false) => Self::Request,
        }
    }
}

/// The state of the console.
#[derive(Debug, Default)]
pub struct Console {
    /// Whom the payload is for.
    pub invokee: Option<Invokee>,
    /// The part that has the keyboard.
    pub part: Part,
    /// One part fills the screen.
    pub full: bool,
    /// How to invoke.
    pub kind: InvocationType,
    /// The line that is being typed about a response or a log.
    pub ask: Option<Ask>,
    /// When the person was told that the next press invokes in production.
    pub warned: Option<Duration>,
    /// The number of the template last put in.
    template: usize,
    /// What is to be sent to each function, kept while the program runs.
    requests: HashMap<Text, Request>,
    runs: Vec<Run>,
    /// The run on show; `None` shows the newest of the function.
    shown: Option<Ticket>,
}

impl Console {
    /// Turns to a function. Its payload and its runs are as they were left.
    pub fn open(&mut self, invokee: Invokee) {
        let same = self.invokee.as_ref() == Some(&invokee);
        let key = invokee.function.arn.clone();
        self.invokee = Some(invokee);
        self.part = Part::Request;
        self.full = false;
        self.warned = None;
        self.ask = None;
        if !same {
            self.shown = None;
        }
        self.requests.entry(key).or_insert_with(Request::first);
    }
}
