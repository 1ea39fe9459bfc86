//! An editor for a text of any size: one string, a cursor, a selection, undo.
//!
//! Every step costs at most one pass over the text, most only a look at the line: 5 MB on one line can
//! be typed into. What is drawn is found by line and cell, so drawing looks at the screen only.

mod buffer;
mod cells;
mod search;
mod sight;
mod undo;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

pub use buffer::Buffer;
pub use cells::{at_column, shown, width};
pub use search::pattern;
use search::search;
use undo::{Edit, Undo};

use crate::keys::{Typing, Way};

/// A text being edited.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    buffer: Buffer,
    /// The cursor, in bytes, on the border of a character.
    at: usize,
    /// The other end of the selection.
    anchor: Option<usize>,
    /// The column that moving up and down aims at, in cells.
    goal: Option<usize>,
    undo: Undo,
    /// Counts the changes of the text.
    revision: u64,
    /// The revision in which all of it was last typed over.
    origin: u64,
    /// The first line and the first cell shown.
    offset: (usize, usize),
    /// The lines of the last view: how far a page goes.
    page: usize,
    /// The wheel turned: the view stays until the cursor moves.
    loose: bool,
}

impl Editor {
    /// An editor with a text in it, the cursor at its start.
    pub fn new(text: String) -> Self {
        Self { buffer: Buffer::new(text), ..Self::default() }
    }

    /// The text as it stands, byte for byte.
    pub fn text(&self) -> &str {
        self.buffer.text()
    }

    /// How many lines it has, at least one.
    pub fn count(&self) -> usize {
        self.buffer.count()
    }

    /// A line without its end.
    pub fn line(&self, line: usize) -> &str {
        self.buffer.line(line)
    }

    /// Another number after each change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Another number once nothing is left of the text that there was: all of it was typed over. Undo brings the old
    /// number back with the text.
    pub fn origin(&self) -> u64 {
        self.origin
    }

    /// The first line and the first cell on the screen.
    pub fn offset(&self) -> (usize, usize) {
        self.offset
    }

    /// Line and column of the cursor, in cells, both from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let line = self.buffer.line_at(self.at);
        (line, width(self.buffer.slice(self.buffer.start(line)..self.at)))
    }

    /// What is selected, in bytes.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.at)?;
        Some(anchor.min(self.at)..anchor.max(self.at))
    }

    /// The part of a line that is selected, in bytes of the line.
    pub fn selected_in(&self, line: usize) -> Option<Range<usize>> {
        let (selected, start, length) = (self.selection()?, self.buffer.start(line), self.line(line).len());
        let (from, to) = (selected.start.max(start), selected.end.min(start + length));
        let whole = selected.start <= start && selected.end > start + length;
        (from < to || (whole && length == 0)).then(|| from.saturating_sub(start)..to.saturating_sub(start))
    }

    /// The text that is selected; empty when none is.
    pub fn selected(&self) -> &str {
        self.selection().map_or("", |range| self.buffer.slice(range))
    }

    /// Takes the selected text out; one step of undo.
    pub fn cut(&mut self) -> String {
        let text = self.selected().to_owned();
        if !text.is_empty() {
            self.insert("");
        }
        text
    }

    /// Puts another text in place of all; one step of undo.
    pub fn set(&mut self, text: &str) {
        if text != self.text() {
            self.replace(0..self.text().len(), text);
        }
        self.place(0);
        self.offset = (0, 0);
    }

    /// Puts in a text that was pasted: line ends become LF, other controls go. One step of undo.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        self.undo.rest();
        self.insert(&text);
        self.undo.rest();
    }

    /// Does what a key does.
    pub fn type_key(&mut self, typing: Typing) {
        match typing {
            Typing::Insert(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Typing::Newline => {
                let line = self.line(self.buffer.line_at(self.at));
                let indent = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
                // A cursor within the indentation takes only what stands before it along.
                let column = self.at - self.buffer.start(self.buffer.line_at(self.at));
                let text = format!("\n{}", indent.get(..indent.len().min(column)).unwrap_or(indent));
                self.insert(&text);
            }
            Typing::Delete(way) => {
                let to = self.target(way);
                let range = self.selection().unwrap_or(self.at.min(to)..self.at.max(to));
                if !range.is_empty() {
                    self.type_over(range, "");
                }
            }
            Typing::Go(way, selects) => self.go(way, selects),
            Typing::SelectAll => {
                self.place(self.text().len());
                self.anchor = Some(0);
            }
        }
    }

    /// Takes back the last change.
    pub fn undo(&mut self) -> bool {
        let Some(edit) = self.undo.back() else { return false };
        self.buffer.replace(edit.at..edit.at + edit.inserted.len(), &edit.removed);
        self.place(edit.cursor);
        self.origin = edit.origins.0;
        self.undo.undone(edit);
        self.revision += 1;
        true
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> bool {
        let Some(edit) = self.undo.forth() else { return false };
        self.buffer.replace(edit.at..edit.at + edit.removed.len(), &edit.inserted);
        self.place(edit.at + edit.inserted.len());
        self.origin = edit.origins.1;
        self.undo.redone(edit);
        self.revision += 1;
        true
    }

    /// Goes to the next occurrence of some words, or the previous one, round the end. `true` if there is one.
    /// `here` counts one that begins at the cursor or at the selection: for words that are still being typed.
    pub fn find(&mut self, words: &str, forward: bool, here: bool) -> bool {
        let from = self.selection().map_or(self.at, |selection| selection.start);
        let Some(found) = search(self.text(), words, from, forward, here) else { return false };
        self.place(found.end);
        self.anchor = Some(found.start);
        true
    }

    fn insert(&mut self, text: &str) {
        let range = self.selection().unwrap_or(self.at..self.at);
        self.type_over(range, text);
    }

    /// Replaces what a person selected: all of it is the end of the text that it was.
    fn type_over(&mut self, range: Range<usize>, with: &str) {
        let all = !range.is_empty() && range == (0..self.text().len());
        self.replace(range, with);
        if all {
            self.origin = self.revision;
            self.undo.begun_anew(self.origin);
        }
    }

    fn replace(&mut self, range: Range<usize>, with: &str) {
        let cursor = self.at;
        let removed = self.buffer.replace(range.clone(), with);
        let origins = (self.origin, self.origin);
        self.undo.note(Edit { at: range.start, removed, inserted: with.to_owned(), cursor, origins });
        self.at = range.start + with.len();
        (self.anchor, self.goal, self.loose) = (None, None, false);
        self.revision += 1;
    }

    /// Puts the cursor somewhere.
    fn place(&mut self, at: usize) {
        self.at = self.text().floor_char_boundary(at);
        (self.anchor, self.goal, self.loose) = (None, None, false);
        self.undo.rest();
    }

    fn go(&mut self, way: Way, selects: bool) {
        let anchor = selects.then(|| self.anchor.unwrap_or(self.at));
        let goal = match way {
            Way::Up | Way::Down | Way::PageUp | Way::PageDown => Some(self.goal.unwrap_or(self.cursor().1)),
            _ => None,
        };
        self.goal = goal;
        let to = match (way, self.selection().filter(|_| !selects)) {
            // Without a hold on the selection the cursor goes to its end.
            (Way::Left, Some(selection)) => selection.start,
            (Way::Right, Some(selection)) => selection.end,
            _ => self.target(way),
        };
        self.place(to);
        (self.anchor, self.goal) = (anchor, goal);
    }

    /// Where a way leads from the cursor.
    fn target(&self, way: Way) -> usize {
        let line = self.buffer.line_at(self.at);
        let end = |line: usize| self.buffer.start(line) + self.line(line).len();
        let before = self.buffer.slice(0..self.at);
        let after = self.buffer.slice(self.at..self.text().len());
        match way {
            // A CR LF is one step.
            Way::Left => self.at - before.graphemes(true).next_back().map_or(0, str::len),
            Way::Right => self.at + after.graphemes(true).next().map_or(0, str::len),
            Way::WordLeft => before.len() - word(before.chars().rev()),
            Way::WordRight => self.at + word(after.chars()),
            Way::Up => self.aimed(line.checked_sub(1)),
            Way::Down => self.aimed(Some(line + 1)),
            Way::PageUp => self.aimed(Some(line.saturating_sub(self.page.max(1)))),
            Way::PageDown => self.aimed(Some((line + self.page.max(1)).min(self.count() - 1))),
            Way::LineStart => {
                let start = self.buffer.start(line);
                let text = self.line(line);
                let indented = start + text.len() - text.trim_start_matches([' ', '\t']).len();
                if self.at == indented { start } else { indented }
            }
            Way::LineEnd => end(line),
            Way::Start => 0,
            Way::End => self.text().len(),
        }
    }

    /// The place in a line under the column aimed at; the ends of the text beyond its lines.
    fn aimed(&self, line: Option<usize>) -> usize {
        match line {
            None => 0,
            Some(line) if line >= self.count() => self.text().len(),
            Some(line) => self.buffer.start(line) + at_column(self.line(line), self.goal.unwrap_or_default()),
        }
    }
}

/// The bytes up to the end of a word: the spaces or signs before it count along.
fn word(chars: impl Iterator<Item = char>) -> usize {
    let mut inside = false;
    let mut length = 0;
    for c in chars {
        let part = c.is_alphanumeric() || c == '_';
        if inside && !part {
            break;
        }
        inside |= part;
        length += c.len_utf8();
    }
    length
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
