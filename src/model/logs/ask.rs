//! A line that a log asks for: a filter, a range of time, a pattern, columns, a file.

use tui_input::Input;

/// What is asked for in a line that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Words to filter by, as they are typed.
    Filter,
    /// Words to look for among what is shown.
    Find,
    /// From when to when.
    Reach,
    /// What `CloudWatch` Logs is to search for.
    Pattern,
    /// Which members of records have columns.
    Columns,
    /// Where to save what is shown.
    File,
}

impl Wanted {
    /// What stands before the line.
    pub fn lead(self) -> &'static str {
        match self {
            Self::Filter => "/",
            Self::Find => "find ",
            Self::Reach => "range ",
            Self::Pattern => "filter pattern ",
            Self::Columns => "columns ",
            Self::File => "save as ",
        }
    }
}

/// A line being typed.
#[derive(Debug)]
pub struct Ask {
    /// What for.
    pub wanted: Wanted,
    /// What is typed.
    pub input: Input,
    /// The filter, or what was looked for, that esc brings back.
    pub before: String,
    /// What is wrong with it.
    pub complaint: Option<String>,
}
