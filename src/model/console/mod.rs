//! The invoke console: whom to invoke, with what, and the runs there were.

mod ask;
mod brief;
mod burst;
mod call_failed;
mod card;
mod contrast;
mod failure;
mod history;
mod laid;
mod layout;
mod log;
mod log_words;
mod memory;
mod news;
mod options;
mod pair;
mod picks;
mod record;
mod request;
mod response;
mod runs;
mod said;
mod sheet;
mod standing;
mod stream;
mod strip;
mod templates;

use std::collections::HashMap;

use super::Site;
use super::msg::Ticket;
use super::payloads::{FileName, Place};
use crate::aws::Text;
use crate::panes::Invokee;

pub use ask::{Ask, Wanted};
pub use brief::{Brief, Ending, RunKey};
pub use burst::{Amount, Burst, Halt, Plan, Tally, panel};
use card::card;
pub use contrast::{Side, contrast};
pub use history::{Against, Entry, History, HistoryAsk, Origin, Past, Whose};
pub use laid::{Laid, Line, Scrolled, window};
pub use layout::{Borders, HEADING, Places};
pub use log::{Arrival, LogText, WholeLog};
pub use memory::Gone;
pub use options::{Field, Options, Way};
pub use pair::{Likeness, Pair};
pub use record::{Record, Remember};
pub use request::{Refusal, Request, Verdict};
pub use response::Answer;
pub use runs::{Progress, Run};
pub use sheet::{Choice, Pick, Picker, Picks, Sending, Sheet, Wish};
pub use stream::{Arrived, Live, took, whole_characters};
pub use templates::TEMPLATES;

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

/// The names of a place on disk, asked for or here.
#[derive(Debug)]
pub struct Listing {
    /// The number of the request.
    pub ticket: Ticket,
    /// What came of it.
    pub answer: Option<Result<Vec<FileName>, String>>,
}

/// The state of the console.
#[derive(Debug, Default)]
pub struct Console {
    /// Where the function is.
    pub site: Site,
    /// Whom the payload is for.
    pub invokee: Option<Invokee>,
    /// The part that has the keyboard.
    pub part: Part,
    /// One part fills the screen.
    pub full: bool,
    /// The line that is being typed about a response or a log.
    pub ask: Option<Ask>,
    /// Where the borders between the parts are.
    pub borders: Borders,
    /// What was read of folders and saved events for the list that is chosen from.
    pub listings: HashMap<Place, Listing>,
    /// The payload that is on its way from disk or to it: for which function, and the revision of its text then.
    pub reading: Option<(Ticket, Text, u64)>,
    /// What is to be sent to each function, kept while the program runs.
    requests: HashMap<Text, Request>,
    runs: Vec<Run>,
    /// The run on show; `None` shows the newest of the function.
    shown: Option<Ticket>,
    /// A run of an earlier session, on show in place of those of this one.
    earlier: Option<Box<Run>>,
    /// The runs of the last A/B.
    pub pair: Option<[Ticket; 2]>,
    /// How large the last burst was.
    pub amount: Amount,
    /// That runs cannot be kept on disk was said.
    pub unkept: bool,
    /// What was copied or cut from a payload last, to be put in again.
    pub clipboard: String,
    /// The mouse went down in the payload and is held.
    pub held: bool,
}

impl Console {
    /// Turns to a function. Its payload and its runs are as they were left. The keyboard goes to its payload; to the
    /// answer while a run is on its way, and if one ended unseen: what is typed then is about the run.
    pub fn open(&mut self, site: Site, invokee: Invokee) {
        let same = self.site.endpoint == site.endpoint;
        let same = same && self.invokee.as_ref().is_some_and(|here| here.is_same(&invokee));
        let key = invokee.function.arn.clone();
        self.site = site;
        self.invokee = Some(invokee);
        self.full = false;
        self.ask = None;
        self.earlier = None;
        if !same {
            self.shown = None;
        }
        let news = self.take_news();
        if news.is_some() {
            self.shown = news;
        }
        let runs = self.run().is_some_and(Run::is_running);
        self.part = if runs || news.is_some() { Part::Response } else { Part::Request };
        self.requests.entry(key).or_insert_with(Request::first);
    }

    /// Goes on with another version or alias of the same function.
    pub fn turn_to(&mut self, invokee: Invokee) {
        self.invokee = Some(invokee);
    }
}
