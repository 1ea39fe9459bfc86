//! What lies on top of the screen. A stack: the top one has the keyboard.

use std::time::Duration;

use tui_input::Input;

use super::form::{Confirm, Form};
use crate::keys::Context;

/// One thing on top. Closed: panes do not add overlays.
#[derive(Debug)]
pub enum Overlay {
    /// The filter of the list is being typed; holds what it was before.
    Filter(String),
    /// A command is being typed.
    Palette(Palette),
    /// All keys of this place.
    Help(Scroll),
    /// What went wrong in this session, and the calls made.
    Messages(Scroll),
    /// The facts of the row under the cursor.
    Detail(Scroll),
    /// What to copy.
    Yank,
    /// Fields of an operation.
    Form(Form),
    /// A change waits for a yes.
    Confirm(Confirm),
}

/// The first line shown of a text that scrolls, and its length as last drawn is not kept: drawing
/// holds the offset to the end.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    /// The first line shown.
    pub line: usize,
}

impl Scroll {
    /// Moves by lines, held to the length of the text.
    pub fn by(&mut self, lines: isize, length: usize, height: usize) {
        let last = length.saturating_sub(height.max(1));
        self.line = self.line.saturating_add_signed(lines).min(last);
    }
}

/// The command palette.
#[derive(Debug, Default)]
pub struct Palette {
    /// What is typed after the colon.
    pub input: Input,
    /// The chosen suggestion, if the person went into the list.
    pub chosen: Option<usize>,
    /// What is wrong with the command that was tried.
    pub complaint: Option<String>,
}

impl Overlay {
    /// Which bindings hold while it is on top.
    pub fn context(&self) -> Context {
        match self {
            Self::Filter(_) => Context::Filter,
            Self::Palette(_) => Context::Palette,
            Self::Help(_) | Self::Messages(_) | Self::Detail(_) => Context::Text,
            Self::Yank => Context::Yank,
            Self::Form(_) => Context::Form,
            Self::Confirm(_) => Context::Confirm,
        }
    }
}

/// How long a confirmation ignores keys after it opened: what was typed ahead was not meant for it.
pub const TYPE_AHEAD: Duration = Duration::from_millis(300);
