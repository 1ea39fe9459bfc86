//! Everything that can happen, and everything that can be done: plain values that print.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::console::{Answer, HistoryAsk, Past};
use super::insights::{InsightsAsk, InsightsTold, Kept, KeptAsk};
use super::lookup::{LookupAsk, LookupTold};
use super::payloads::{PayloadAsk, PayloadTold};
use super::store::Question;
use crate::aws::{
    AfterEvent, Call, Done, Identity, Invocation, LogLine, LogPage, LogQuery, Problem, TailEnd, TailNews, TailQuery,
    Target, Text, Traffic,
};
use crate::keys::Chord;
use crate::panes::{LateRow, Piece, Row, RowKey};

/// The time, told: the core reads no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Since the program started. Never goes back; all deadlines are such moments.
    pub since: Duration,
    /// By the wall clock, for ages.
    pub wall: DateTime<Utc>,
}

/// The number of a request. An answer is believed only if it carries the number last given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(u64);

#[cfg(test)]
impl Ticket {
    /// A ticket for a test.
    pub fn test(number: u64) -> Self {
        Self(number)
    }
}

/// Gives out tickets, each once.
#[derive(Debug, Default)]
pub struct Tickets(u64);

impl Tickets {
    /// The next one.
    pub fn next(&mut self) -> Ticket {
        self.0 += 1;
        Ticket(self.0)
    }

    /// The one last given; whatever is asked from now on has a higher number.
    pub fn last(&self) -> Ticket {
        Ticket(self.0)
    }
}

/// The size of the terminal in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Lines.
    pub height: u16,
}

/// What the mouse did, where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// Column of the cell, from 0.
    pub x: u16,
    /// Line of the cell, from 0.
    pub y: u16,
    /// What it did there.
    pub what: Gesture,
}

/// What the mouse can do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The left button went down.
    Click,
    /// The pointer moved with the left button down.
    Drag,
    /// The wheel turned towards the top.
    WheelUp,
    /// The wheel turned towards the bottom.
    WheelDown,
}

/// A session that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The profile in use.
    pub profile: Text,
    /// The region in use.
    pub region: Text,
    /// The endpoint in use, if it is not AWS's own.
    pub endpoint: Option<Text>,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: Text,
}

/// Everything that can happen.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Chord),
    /// A key was pressed together with others, faster than anybody types: perhaps a short paste.
    Hasty(Chord),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The choice was clicked that is so many steps below the chosen one of what lies on top.
    Pointed(isize),
    /// The terminal has a new size.
    Resize(Size),
    /// The terminal got or lost the focus.
    Focus(bool),
    /// Time passed; nobody asks for it but `wake_at`.
    Tick,
    /// A session is ready, or is not to be had.
    Connected { ticket: Ticket, answer: Result<Connection, Problem> },
    /// The profiles of the AWS files, for the palette; or why these cannot be read.
    Profiles(Result<Vec<String>, Problem>),
    /// Who we are.
    Identified { ticket: Ticket, answer: Result<Identity, Problem> },
    /// A list kept from an earlier run, with the account it was of.
    Recalled { question: Question, ticket: Ticket, rows: Vec<Row>, at: DateTime<Utc>, account: Option<Text> },
    /// A page of a list, or the length of the list once known.
    Page { question: Question, ticket: Ticket, rows: Vec<Row>, piece: Piece },
    /// The end of a list.
    Loaded { question: Question, ticket: Ticket, answer: Result<(), Problem> },
    /// The second question about one row.
    Late { question: Question, key: RowKey, ticket: Ticket, answer: Result<LateRow, Problem> },
    /// One row, read again by itself; `None` when it is gone.
    Again { question: Question, key: RowKey, ticket: Ticket, answer: Result<Option<Row>, Problem> },
    /// A change was made, or not.
    Called { ticket: Ticket, answer: Result<Done, Problem> },
    /// So many bytes of a file that goes with a change have left, of so many.
    Leaving { ticket: Ticket, left: u64, of: u64 },
    /// An invocation ended.
    Invoked { ticket: Ticket, answer: Result<Box<Answer>, Problem> },
    /// More of a streamed answer came: how many bytes, and those of them that are kept.
    Streamed { ticket: Ticket, news: u64, shown: Vec<u8> },
    /// What becomes of a queued event.
    AfterEvent { ticket: Ticket, answer: Result<AfterEvent, Problem> },
    /// The whole log of a run.
    WholeRun { ticket: Ticket, answer: Result<Vec<LogLine>, Problem> },
    /// A page of a log.
    LogEvents { ticket: Ticket, answer: Result<LogPage, Problem> },
    /// A live tail told something.
    LiveTail { ticket: Ticket, news: TailNews },
    /// A live tail ended, or did not begin.
    LiveTailEnded { ticket: Ticket, answer: Result<TailEnd, Problem> },
    /// A file was written, or not: its name, or what went wrong.
    Saved(Result<String, String>),
    /// What came of payloads on disk.
    Payloads { ticket: Ticket, answer: Result<PayloadTold, String> },
    /// The runs of a function on disk; after one was added, none.
    History { ticket: Ticket, answer: Result<Past, String> },
    /// Something that was looked up, or could not be.
    Lookup { ticket: Ticket, told: LookupTold },
    /// What came of something that Logs Insights was asked.
    Insights { ticket: Ticket, told: InsightsTold },
    /// Earlier queries on disk; after one was added, none.
    Queries { ticket: Ticket, answer: Result<Vec<Kept>, String> },
    /// The editor came back, with the text or with what went wrong.
    Edited(Result<String, String>),
    /// A page was opened in the browser, or could not be.
    Browsed(Result<String, String>),
    /// Something went to or came from AWS.
    Traffic(Traffic),
    /// The terminal is ours again after a stop.
    Resumed,
    /// How far the text on top can be scrolled, as it is laid out now.
    TextEnds(usize),
}

impl Msg {
    /// What AWS refused, and the number of the request, if this is an answer of it.
    pub fn refusal(&self) -> Option<(Ticket, &Problem)> {
        let (ticket, problem) = match self {
            Self::Identified { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::Loaded { ticket, answer, .. } => (ticket, answer.as_ref().err()),
            // What is missing of a row may have been refused though the row was not.
            Self::Late { ticket, answer, .. } => (ticket, answer.as_ref().map_or_else(Some, |row| row.lacks.as_ref())),
            Self::Again { ticket, answer, .. } => (ticket, answer.as_ref().err()),
            Self::Called { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::Invoked { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::AfterEvent { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::WholeRun { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::LogEvents { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::LiveTailEnded { ticket, answer } => (ticket, answer.as_ref().err()),
            Self::Lookup { ticket, told } => (ticket, told.problem()),
            Self::Insights { ticket, told } => (ticket, told.problem()),
            // What goes on while something is asked; the end of it is above.
            Self::Page { .. } | Self::Leaving { .. } | Self::Streamed { .. } | Self::LiveTail { .. } => return None,
            // The disk and the system, not AWS. Reading profile and credentials is no use of them.
            Self::Connected { .. } | Self::Profiles(_) | Self::Recalled { .. } | Self::Payloads { .. } => return None,
            Self::History { .. } | Self::Queries { .. } | Self::Saved(_) | Self::Edited(_) => return None,
            Self::Browsed(_) | Self::Traffic(_) | Self::Tick | Self::Resumed | Self::TextEnds(_) => return None,
            // The person.
            Self::Key(_) | Self::Hasty(_) | Self::Paste(_) | Self::Mouse(_) | Self::Pointed(_) => return None,
            Self::Resize(_) | Self::Focus(_) => return None,
        };
        Some((*ticket, problem?))
    }
}

/// Everything that can be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Build a session; one that `renews` another takes its place when it is ready.
    Connect { target: Target, ticket: Ticket, renews: bool },
    /// Ask who we are.
    Identify { ticket: Ticket },
    /// Load a list, from the `place` on where the last try broke off, showing the one kept from an earlier run first if `recall`, and keeping it for the
    /// next run if `keep`.
    Load { question: Question, ticket: Ticket, place: Option<Text>, recall: bool, keep: bool },
    /// Ask the second question about one row, or only what can be had of it (`rest`); before that of all others if the
    /// person did something to the row (`first`).
    LoadLate { question: Question, key: RowKey, ticket: Ticket, rest: bool, first: bool },
    /// Read one row again, in place of the whole list.
    Again { question: Question, key: RowKey, ticket: Ticket },
    /// Make a change.
    Call { call: Call, ticket: Ticket },
    /// Invoke a function. `counted`: of its answer no more is wanted than what a burst counts.
    Invoke { invocation: Invocation, ticket: Ticket, counted: bool },
    /// Read what becomes of a function's queued events.
    AfterEvent { function: Text, qualifier: Option<Text>, ticket: Ticket },
    /// Fetch all log lines of a run.
    WholeRun { log_group: Text, request_id: Text, since: DateTime<Utc>, ticket: Ticket },
    /// Read a page of a log.
    LogEvents { query: LogQuery, ticket: Ticket },
    /// Listen to log groups until it is cancelled.
    LiveTail { query: TailQuery, ticket: Ticket },
    /// Do something with payloads on disk.
    Payloads { ask: PayloadAsk, ticket: Ticket },
    /// Do something with the runs on disk.
    History { ask: HistoryAsk, ticket: Ticket },
    /// Look up log groups or tags.
    Lookup { ask: LookupAsk, ticket: Ticket },
    /// Ask Logs Insights something.
    Insights { ask: InsightsAsk, ticket: Ticket },
    /// Do something with the earlier queries on disk.
    Queries { ask: KeptAsk, ticket: Ticket },
    /// Stop waiting for an answer.
    Cancel(Ticket),
    /// Read which profiles there are by now.
    Profiles,
    /// Forget all kept lists of the session: they are of another account.
    Unkeep,
    /// Give the text to the editor.
    Edit(String),
    /// Put the text on the clipboard.
    Copy(String),
    /// Write bytes to a new file that only the person can read. `~/` is their home.
    Save { path: String, bytes: Arc<Vec<u8>> },
    /// Copy a file to a new one.
    SaveFile { path: String, from: String },
    /// Open a page in the browser.
    Browse(String),
    /// Switch the capture of the mouse.
    Mouse(bool),
    /// Stop the program as ctrl-z does.
    Suspend,
    /// End the program.
    Quit,
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
