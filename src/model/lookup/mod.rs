//! What is looked up while logs are chosen by name: log groups, the versions behind aliases, and the tags of functions.

mod aliases;
mod groups;
mod offer;
mod tags;

use crate::aws::{LogGroups, Problem, Tag, Text};

pub use aliases::{AliasOf, Aliases};
pub use groups::{Groups, stem};
pub use tags::{LEAD as TAG, Tags, Wish};

/// Something to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupAsk {
    /// Log groups with this part in their names.
    Groups(Text),
    /// The versions behind an alias.
    Alias(AliasOf),
    /// The tags of the function of this name.
    Tags(Text),
}

/// What came of it.
#[derive(Debug)]
pub enum LookupTold {
    /// The log groups.
    Groups(Result<LogGroups, Problem>),
    /// The versions.
    Alias(Result<Vec<Text>, Problem>),
    /// The tags.
    Tags(Result<Vec<Tag>, Problem>),
}

impl LookupAsk {
    /// The answer to this when it was not to be had.
    pub fn failed(&self, problem: Problem) -> LookupTold {
        match self {
            Self::Groups(_) => LookupTold::Groups(Err(problem)),
            Self::Alias(_) => LookupTold::Alias(Err(problem)),
            Self::Tags(_) => LookupTold::Tags(Err(problem)),
        }
    }
}

impl LookupTold {
    /// Why it was not to be had.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Groups(answer) => answer.as_ref().err(),
            Self::Alias(answer) => answer.as_ref().err(),
            Self::Tags(answer) => answer.as_ref().err(),
        }
    }
}

/// All that is looked up in a session.
#[derive(Debug, Default)]
pub struct Lookup {
    /// Log groups.
    pub groups: Groups,
    /// The versions behind aliases.
    pub aliases: Aliases,
    /// Tags of functions.
    pub tags: Tags,
}
