//! A line that the console asks for: words to look for, a path to cut to, the name of a file.

use tui_input::Input;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Words to look for in what is shown.
    Words,
    /// Words to look for in the payload.
    Find,
    /// A path into the JSON that is shown.
    Path,
    /// Where to save what came back.
    File,
}

impl Wanted {
    /// What stands before the line.
    pub fn lead(self) -> &'static str {
        match self {
            Self::Words => "/",
            Self::Find => "find ",
            Self::Path => "path ",
            Self::File => "save as ",
        }
    }
}

/// A line being typed, on top of the part that has the keyboard.
#[derive(Debug)]
pub struct Ask {
    /// What for.
    pub wanted: Wanted,
    /// What is typed.
    pub input: Input,
    /// What is wrong with it.
    pub complaint: Option<String>,
}

impl Ask {
    /// Asks, with an answer that is likely.
    pub fn with(wanted: Wanted, likely: &str) -> Self {
        Self { wanted, input: likely.into(), complaint: None }
    }
}
