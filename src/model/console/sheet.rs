//! What lies on top of the console: a list to choose from, the options, the question before sending.

use std::time::Duration;

use tui_input::Input;

use super::options::Options;
use super::{Amount, History, Pair, Plan};
use crate::aws::{Invocation, Text};
use crate::keys::{Action, Context};
use crate::model::Scroll;
use crate::model::msg::Ticket;
use crate::model::payloads::typed_path;
use crate::panes::{Invokee, Tone};

/// One thing on top of the console.
#[derive(Debug)]
pub enum Sheet {
    /// A list to choose from.
    Pick(Picker),
    /// How the payload is sent.
    Options(Options),
    /// How large a burst is to be.
    Plan(Plan),
    /// Two runs side by side.
    Pair(Pair),
    /// What to know before it is sent.
    Sending(Sending),
    /// The runs there were.
    History(History),
}

impl Sheet {
    /// Which bindings hold while it is on top.
    pub fn context(&self) -> Context {
        match self {
            Self::Pick(_) => Context::Pick,
            Self::Options(_) | Self::Plan(_) => Context::Form,
            Self::Pair(_) => Context::Pair,
            Self::Sending(_) => Context::Confirm,
            Self::History(history) if history.words.types() => Context::Filter,
            Self::History(History { against: Some(_), .. }) => Context::Counterparts,
            Self::History(_) => Context::History,
        }
    }
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picks {
    /// A payload.
    Payload,
    /// A version or an alias.
    Qualifier,
    /// The other version or alias that the payload goes to.
    Second,
    /// A name for the payload.
    Name,
}

/// A list narrowed by typing.
#[derive(Debug)]
pub struct Picker {
    /// What can be chosen.
    pub picks: Picks,
    /// What is typed.
    pub input: Input,
    /// The place of the cursor among the lines that can be chosen.
    pub chosen: usize,
    /// What was chosen is on its way from disk or to it.
    pub waits: Option<Ticket>,
    /// Why what was chosen will not do.
    pub complaint: Option<String>,
}

impl Picker {
    /// A list of which nothing was chosen yet.
    pub fn new(picks: Picks, typed: String) -> Self {
        Self { picks, input: Input::new(typed), chosen: 0, waits: None, complaint: None }
    }

    /// Puts another line in place of what is typed.
    pub fn set(&mut self, typed: String) {
        *self = Self::new(self.picks, typed);
    }

    /// A path is being typed, which can be completed.
    pub fn completes(&self) -> bool {
        self.picks == Picks::Payload && typed_path(self.input.value()).is_some()
    }
}

/// One line of a list to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// The heading it stands under.
    pub section: &'static str,
    /// What it is called.
    pub name: Text,
    /// What else there is to say.
    pub remark: String,
    /// What choosing it does.
    pub choice: Choice,
}

impl Pick {
    /// It can be chosen: it does not only say something.
    pub fn is_choice(&self) -> bool {
        self.choice != Choice::Nothing
    }
}

/// What choosing does.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// Nothing: the line only says something.
    Nothing,
    /// Takes the payload of the last run.
    Last,
    /// Takes a template, by its number.
    Template(usize),
    /// Takes a saved event.
    Event(String),
    /// Reads a file.
    File(String),
    /// Looks into a folder.
    Folder(String),
    /// Saves the payload under a name.
    Save(String),
    /// Invokes that from now on.
    Invokee(Invokee),
    /// Sends the payload to that as well.
    Second(Invokee),
    /// Shows two runs side by side again.
    Pair([Ticket; 2]),
}

/// What is to be sent.
#[derive(Debug)]
pub enum Wish {
    /// One invocation.
    One(Invocation),
    /// The same payload to two at once.
    Both(Box<[(Invokee, Invocation); 2]>),
    /// The same one many times.
    Burst(Invocation, Amount),
}

impl Wish {
    /// The invocations, each once.
    pub fn invocations(&self) -> Vec<&Invocation> {
        match self {
            Self::Both(both) => both.iter().map(|(_, invocation)| invocation).collect(),
            Self::One(invocation) | Self::Burst(invocation, _) => vec![invocation],
        }
    }
}

/// What waits for a yes. It does not change any more.
#[derive(Debug)]
pub struct Sending {
    /// What would be sent.
    pub wish: Wish,
    /// What to know before.
    pub reasons: Vec<(Tone, String)>,
    /// The button that Enter presses is the one that sends. At first it is Cancel.
    pub sends: bool,
    /// When the question was put.
    pub opened: Duration,
    /// Where there is no room for all of it: the first line shown.
    pub scroll: Scroll,
}

impl Sending {
    /// Asks, with Cancel chosen.
    pub fn new(wish: Wish, reasons: Vec<(Tone, String)>, opened: Duration) -> Self {
        Self { wish, reasons, sends: false, opened, scroll: Scroll::default() }
    }

    /// What the footer says of a key in place of its own word: what the chosen button does.
    pub fn word(&self, action: Action) -> Option<&'static str> {
        let under_form = matches!(self.wish, Wish::Burst(..));
        match (action, self.sends, &self.wish) {
            (Action::Accept, false, _) => Some("cancel"),
            (Action::Accept, true, Wish::Both(_)) => Some("send to both"),
            (Action::Accept, true, _) => Some("send it"),
            (Action::Back, ..) if under_form => Some("back to the form"),
            _ => None,
        }
    }
}
