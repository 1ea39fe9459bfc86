//! What the command palette completes with, and what it offers.

/// What arguments can be completed with.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// Region codes.
    pub regions: Vec<String>,
    /// Profiles of the AWS files.
    pub profiles: Vec<String>,
    /// Why those could not be read.
    pub unread: Option<String>,
    /// The headings of the pane on show.
    pub columns: Vec<String>,
    /// The region in use.
    pub region: String,
    /// The profile in use.
    pub profile: String,
    /// The theme in use.
    pub theme: String,
    /// The account is the one in memory.
    pub demo: bool,
    /// Functions, log groups and tags, while a command is typed that takes some, each with what is to be said of it.
    pub logs: Vec<(String, String)>,
    /// What is to be said where none of these fits.
    pub looking: String,
}

/// One line of the palette's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What the line would be.
    pub line: String,
    /// What it does.
    pub help: String,
}
