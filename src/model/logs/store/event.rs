//! An event that is held, to be looked at.

use std::borrow::Cow;

use super::{Entry, Store};
use crate::aws::{self, Text};

/// One event, to be looked at.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
    /// The number of its source.
    pub source: u8,
    /// Its stream.
    pub stream: &'a Text,
    /// What was written, harmless; may be of several lines.
    pub message: &'a str,
    /// What made it harmless.
    changes: &'a str,
}

impl<'a> Event<'a> {
    /// The message as it was written: for programs, not for a terminal.
    pub fn as_written(&self) -> Cow<'a, str> {
        aws::as_written(self.message, self.changes)
    }
}

impl Store {
    /// An event that is held.
    pub(super) fn event(&self, entry: &Entry) -> Event<'_> {
        static NONE: Text = Text::known("…");
        let stream = self.streams.get(usize::from(entry.stream)).unwrap_or(&NONE);
        let (message, changes) = (self.text(entry), self.changes(entry));
        Event { at: entry.at, source: entry.source, stream, message, changes }
    }

    /// Its text.
    pub(super) fn text(&self, entry: &Entry) -> &str {
        self.texts.read(entry.piece, entry.offset as usize, entry.length as usize)
    }

    /// What made a text harmless, and whatever stands behind that.
    pub(super) fn changes(&self, entry: &Entry) -> &str {
        if !entry.changed {
            return "";
        }
        self.texts.behind(entry.piece, entry.offset as usize + entry.length as usize)
    }
}
