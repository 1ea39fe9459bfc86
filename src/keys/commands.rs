//! The commands of the palette: their names, what follows them, and what they mean.

use super::bindings::Action;
use crate::panes;

/// What a typed command means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The same as a key.
    Do(Action),
    /// Save what is on show.
    Save,
    /// Show a pane.
    Pane(panes::PaneId),
    /// Go to another region.
    Region(String),
    /// Go to another profile.
    Profile(String),
    /// Sort by a column, by its heading.
    Sort(String),
    /// Filter the list.
    Filter(String),
    /// Change the colours.
    Theme(String),
    /// The logs of functions and log groups, their names one behind the other; none is that of the row.
    Logs(String),
    /// Ask the logs of these functions or log groups; of what is under the cursor when none are named.
    Insights(String),
}

/// What follows a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument {
    None,
    Region,
    Profile,
    Column,
    Text,
    Theme,
    /// Names of functions, as many as one likes, or of log groups.
    Logs,
}

/// One command.
pub(super) struct Entry {
    pub names: &'static [&'static str],
    pub argument: Argument,
    pub help: &'static str,
    pub command: fn(String) -> Command,
}

/// One with nothing after it.
const fn bare(names: &'static [&'static str], help: &'static str, command: fn(String) -> Command) -> Entry {
    Entry { names, argument: Argument::None, help, command }
}

/// All commands, in the order in which they are suggested; panes come before them.
pub(super) static COMMANDS: &[Entry] = &[
    Entry { names: &["region"], argument: Argument::Region, help: "go to another region", command: Command::Region },
    Entry {
        names: &["profile", "ctx"],
        argument: Argument::Profile,
        help: "go to another profile",
        command: Command::Profile,
    },
    Entry { names: &["sort"], argument: Argument::Column, help: "sort by a column", command: Command::Sort },
    Entry { names: &["filter"], argument: Argument::Text, help: "filter the list", command: Command::Filter },
    Entry { names: &["theme"], argument: Argument::Theme, help: "change the colours", command: Command::Theme },
    Entry {
        names: &["logs", "log"],
        argument: Argument::Logs,
        help: "the logs of functions, of any log groups, or of all with a tag (tag:team=orders), in one",
        command: Command::Logs,
    },
    Entry {
        names: &["insights", "query"],
        argument: Argument::Logs,
        help: "Logs Insights: query the logs of functions or log groups",
        command: Command::Insights,
    },
    bare(&["invoke"], "open the invoke console", |_| Command::Do(Action::Invoke)),
    bare(&["refresh"], "ask AWS again now", |_| Command::Do(Action::Refresh)),
    bare(&["problems"], "only rows with a problem", |_| Command::Do(Action::ProblemsOnly)),
    bare(&["messages", "errors"], "errors of this session and calls made", |_| Command::Do(Action::Messages)),
    bare(&["mouse"], "mouse on or off", |_| Command::Do(Action::Mouse)),
    bare(&["suspend"], "stop; fg comes back", |_| Command::Do(Action::Suspend)),
    bare(&["w", "write", "save"], "save what the log, the query or the console shows to a file", |_| Command::Save),
    bare(&["help"], "the keys of this screen", |_| Command::Do(Action::Help)),
    bare(&["q", "quit", "q!", "wq", "exit"], "quit", |_| Command::Do(Action::Quit)),
];
