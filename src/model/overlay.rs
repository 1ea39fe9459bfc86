//! What lies on top of the screen. A stack: the top one has the keyboard.

use std::time::Duration;

use tui_input::Input;

use super::confirm::Confirm;
use super::console::Sheet;
use super::diff::{Counterparts, Diff};
use super::form::Form;
use super::insights::Picker;
use super::pager::Pager;
use crate::keys::Context;
use crate::panes::{Head, Prepared, RowKey};

/// One thing on top. Closed: panes do not add overlays.
#[derive(Debug)]
pub enum Overlay {
    /// The filter of the list is being typed; holds what it was before, and where the cursor was.
    Filter(Before),
    /// A command is being typed.
    Palette(Palette),
    /// All keys of this place.
    Help(Pager),
    /// What went wrong in this session, and the calls made.
    Messages(Pager),
    /// The facts of the row under the cursor.
    Detail(Pager),
    /// What to compare the row with.
    Counterparts(Box<Counterparts>),
    /// Two rows compared.
    Diff(Box<Diff>),
    /// What to copy.
    Yank,
    /// What can be done to the row.
    Actions(Menu),
    /// Fields of an operation.
    Form(Form),
    /// A change waits for a yes.
    Confirm(Confirm),
    /// Something on top of the console.
    Console(Sheet),
    /// A list to choose a query of Logs Insights from.
    Queries(Picker),
    /// The sources of the log, with the one under the cursor.
    Sources(usize),
}

/// What can be done to the row that the menu was opened for.
#[derive(Debug)]
pub struct Menu {
    /// The operations, ready, or why they are not allowed.
    pub entries: Vec<(Head, Result<Prepared, String>)>,
    /// The one that Enter begins.
    pub chosen: usize,
}

/// The first line shown of a text that scrolls. Its end is told after each change, by those who lay
/// it out (`Msg::TextEnds`).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    /// The first line shown.
    pub line: usize,
}

/// A list before its filter was changed.
#[derive(Debug, Default)]
pub struct Before {
    /// The filter.
    pub filter: String,
    /// The row under the cursor.
    pub cursor: Option<RowKey>,
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
    /// Holds a text that scrolls to its end.
    pub fn hold(&mut self, end: usize) {
        if let Some(scroll) = self.scroll() {
            scroll.line = scroll.line.min(end);
        }
    }

    /// The place in a text that scrolls.
    pub fn scroll(&mut self) -> Option<&mut Scroll> {
        match self {
            Self::Help(pager) | Self::Messages(pager) | Self::Detail(pager) => Some(&mut pager.scroll),
            Self::Diff(diff) => Some(&mut diff.scroll),
            Self::Confirm(confirm) => Some(&mut confirm.scroll),
            Self::Console(Sheet::Sending(sending)) => Some(&mut sending.scroll),
            _ => None,
        }
    }

    /// A text that can be narrowed.
    pub fn pager(&mut self) -> Option<&mut Pager> {
        match self {
            Self::Help(pager) | Self::Messages(pager) | Self::Detail(pager) => Some(pager),
            _ => None,
        }
    }

    /// Which bindings hold while it is on top.
    pub fn context(&self) -> Context {
        match self {
            Self::Filter(_) => Context::Filter,
            Self::Palette(_) => Context::Palette,
            Self::Help(pager) | Self::Messages(pager) | Self::Detail(pager) if pager.types() => Context::Filter,
            Self::Help(_) | Self::Messages(_) | Self::Detail(_) => Context::Text,
            Self::Counterparts(_) => Context::Counterparts,
            Self::Diff(_) => Context::Diff,
            Self::Yank => Context::Yank,
            Self::Actions(_) => Context::Actions,
            Self::Form(form) if form.takes_lines() => Context::Lines,
            Self::Form(form) if form.is_list_open() => Context::Choices,
            Self::Form(_) => Context::Form,
            Self::Confirm(_) => Context::Confirm,
            Self::Console(sheet) => sheet.context(),
            Self::Queries(_) => Context::Pick,
            Self::Sources(_) => Context::Sources,
        }
    }
}

/// How long a confirmation ignores keys after it opened: what was typed ahead was not meant for it.
pub const TYPE_AHEAD: Duration = Duration::from_millis(300);
