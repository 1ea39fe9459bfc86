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
    Entry {
        names: &["invoke"],
        argument: Argument::None,
        help: "open the invoke console",
        command: |_| Command::Do(Action::Invoke),
    },
    Entry {
        names: &["refresh"],
        argument: Argument::None,
        help: "ask AWS again now",
        command: |_| Command::Do(Action::Refresh),
    },
    Entry {
        names: &["problems"],
        argument: Argument::None,
        help: "only rows with a problem",
        command: |_| Command::Do(Action::ProblemsOnly),
    },
    Entry {
        names: &["messages", "errors"],
        argument: Argument::None,
        help: "errors of this session and calls made",
        command: |_| Command::Do(Action::Messages),
    },
    Entry {
        names: &["mouse"],
        argument: Argument::None,
        help: "mouse on or off",
        command: |_| Command::Do(Action::Mouse),
    },
    Entry {
        names: &["suspend"],
        argument: Argument::None,
        help: "stop; fg comes back",
        command: |_| Command::Do(Action::Suspend),
    },
    Entry {
        names: &["w", "write", "save"],
        argument: Argument::None,
        help: "save what the log, the query or the console shows to a file",
        command: |_| Command::Save,
    },
    Entry {
        names: &["help"],
        argument: Argument::None,
        help: "the keys of this screen",
        command: |_| Command::Do(Action::Help),
    },
    Entry {
        names: &["q", "quit", "q!", "wq", "exit"],
        argument: Argument::None,
        help: "quit",
        command: |_| Command::Do(Action::Quit),
    },
];
