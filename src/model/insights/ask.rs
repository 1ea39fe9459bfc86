//! What the room asks of AWS and of the person.

use tui_input::Input;

use crate::aws::insights::{GroupSize, Query, QueryResults, Started};
use crate::aws::{Problem, Text};

/// Something asked of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsightsAsk {
    /// Start a query: this is paid.
    Start(Query),
    /// How does the query of this number stand, and what did it find?
    Results(Text),
    /// Stop it.
    Stop(Text),
    /// All fields of the log event that a pointer leads to.
    Record(Text),
    /// How much do these log groups hold?
    Sizes(Vec<Text>),
}

/// What came of it.
#[derive(Debug)]
pub enum InsightsTold {
    /// It was started, or not.
    Started(Result<Started, Problem>),
    /// How it stands.
    Results(Result<QueryResults, Problem>),
    /// It was stopped, or not.
    Stopped(Result<(), Problem>),
    /// The fields of a log event.
    Record(Result<Vec<(Text, Text)>, Problem>),
    /// What the log groups hold.
    Sizes(Result<Vec<GroupSize>, Problem>),
}

impl InsightsAsk {
    /// The answer to this when it was not to be had.
    pub fn failed(&self, problem: Problem) -> InsightsTold {
        match self {
            Self::Start(_) => InsightsTold::Started(Err(problem)),
            Self::Results(_) => InsightsTold::Results(Err(problem)),
            Self::Stop(_) => InsightsTold::Stopped(Err(problem)),
            Self::Record(_) => InsightsTold::Record(Err(problem)),
            Self::Sizes(_) => InsightsTold::Sizes(Err(problem)),
        }
    }
}

impl InsightsTold {
    /// Why it was not to be had.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Started(answer) => answer.as_ref().err(),
            Self::Results(answer) => answer.as_ref().err(),
            Self::Stopped(answer) => answer.as_ref().err(),
            Self::Record(answer) => answer.as_ref().err(),
            Self::Sizes(answer) => answer.as_ref().err(),
        }
    }
}

/// What a line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A range of time.
    Range,
    /// Words that rows must have.
    Filter,
    /// Words to look for in a record.
    Words,
    /// Where to save the rows.
    File,
}

impl Wanted {
    /// What stands before the line.
    pub fn lead(self) -> &'static str {
        match self {
            Self::Range => "range ",
            Self::Filter | Self::Words => "/",
            Self::File => "save as ",
        }
    }
}

/// A line being typed.
#[derive(Debug)]
pub struct Line {
    /// What for.
    pub wanted: Wanted,
    /// What is typed.
    pub input: Input,
    /// What it was before, to go back to.
    pub before: String,
    /// What is wrong with it.
    pub complaint: Option<String>,
}

impl Line {
    /// Asks, with an answer that is likely.
    pub fn with(wanted: Wanted, likely: &str) -> Self {
        Self { wanted, input: likely.into(), before: likely.to_owned(), complaint: None }
    }
}
