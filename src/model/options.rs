//! What was chosen at the start and can be changed while the program runs.

use std::time::Duration;

use super::console::Remember;

/// How often lists are refreshed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Refresh {
    /// As each pane says.
    #[default]
    AsPanesSay,
    /// All in the same rhythm.
    Every(Duration),
    /// Only when the person asks.
    Off,
}

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Colours {
    /// Its own 16.
    Sixteen,
    /// 256: a cube of colours and a ramp of greys besides.
    Indexed,
    /// 24 bits each.
    #[default]
    True,
}

impl Colours {
    /// A theme has colours of its own, and there are enough for it.
    pub fn are_enough_for(self, theme: &str) -> bool {
        theme == "terminal" || self > Self::Sixteen
    }
}

/// How much text of a log is held in memory unless another number is set, in MB.
const LOG_MEMORY: usize = 64;

/// What was chosen at the start and can be changed while the program runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How often lists are refreshed.
    pub refresh: Refresh,
    /// The theme's name.
    pub theme: String,
    /// How many colours there are for it.
    pub colours: Colours,
    /// No colours: weight, underline and words carry every meaning.
    pub no_color: bool,
    /// Only ASCII on the screen.
    pub ascii: bool,
    /// Keep lists on disk between runs.
    pub cache: bool,
    /// What is kept of runs on disk.
    pub history: Remember,
    /// How much text of a log is held in memory, in MB, 1 to 4,096.
    pub log_memory: usize,
    /// The mouse is ours; off leaves selecting text to the terminal.
    pub mouse: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            refresh: Refresh::default(),
            theme: "terminal".to_owned(),
            colours: Colours::default(),
            no_color: false,
            ascii: false,
            cache: true,
            history: Remember::default(),
            log_memory: LOG_MEMORY,
            mouse: true,
        }
    }
}
