//! JSON as a tree that folds, made of its own bytes: one pass, no recursion, no values.
//!
//! Every key, value and closing bracket is an entry of a few bytes that says where it begins. What an
//! entry looks like is read from the text when it is drawn: megabytes cost one pass, a frame costs
//! its rows.

mod entries;
mod walk;

use std::ops::Range;
use std::sync::Arc;

use super::json;
use entries::{Entry, Kind, Reader};

/// A tree of entries, some of them folded, and those of them that are shown.
#[derive(Debug, Clone, Default)]
pub struct JsonTree {
    text: Arc<String>,
    entries: Vec<Entry>,
    /// The values that are shown: the whole, or what a path led to.
    roots: Vec<u32>,
    /// The entries that are shown, in their order.
    shown: Vec<u32>,
}

/// What there is to draw of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeRow<'a> {
    /// How deep below its root.
    pub depth: usize,
    /// Its key with the quotes, as written.
    pub key: Option<&'a str>,
    /// Its value, or a bracket.
    pub value: &'a str,
    /// How many members are folded away behind the bracket.
    pub folded: Option<usize>,
    /// It can be folded and is not.
    pub open: bool,
    /// Another member follows.
    pub comma: bool,
}

impl TreeRow<'_> {
    /// The bracket that closes what is folded away.
    pub fn closes(&self) -> &'static str {
        if self.value == "{" { "}" } else { "]" }
    }
}

impl JsonTree {
    /// Reads a text. `None` when it is not JSON.
    pub fn read(text: &Arc<String>) -> Option<Self> {
        json::check(text).ok()?;
        let entries = Reader::new(text.as_bytes()).entries();
        if entries.is_empty() {
            return None;
        }
        let mut tree = Self { text: text.clone(), entries, roots: vec![0], shown: Vec::new() };
        tree.arrange();
        Some(tree)
    }

    /// The text.
    pub fn text(&self) -> &Arc<String> {
        &self.text
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// There are no rows.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The n-th row that is shown.
    pub fn row(&self, n: usize) -> Option<TreeRow<'_>> {
        let at = *self.shown.get(n)? as usize;
        let entry = self.entry(at)?;
        let root = self.root_of(at);
        let (key, value, comma) = self.parts(at);
        let is_root = root == Some(at);
        let base = root.and_then(|root| self.entry(root)).map_or(0, |root| root.depth);
        let ends = if entry.folded { self.parts(entry.link as usize).2 } else { comma };
        let closes_root = entry.kind == Kind::Close && root == Some(entry.link as usize);
        Some(TreeRow {
            depth: usize::from(entry.depth.saturating_sub(base)),
            // What a path led to stands for itself: its key is in the path.
            key: key.filter(|_| !is_root),
            value: pair(value),
            folded: entry.folded.then_some(entry.members as usize),
            open: entry.kind == Kind::Open && !entry.folded,
            comma: ends && !is_root && !closes_root,
        })
    }

    /// Folds what is open, and opens what is folded. On a closing bracket and on a value it folds
    /// what they stand in. Gives the row that it happened to.
    pub fn toggle(&mut self, n: usize) -> Option<usize> {
        let at = *self.shown.get(n)? as usize;
        let entry = *self.entry(at)?;
        let target = match entry.kind {
            Kind::Open => at,
            Kind::Close => entry.link as usize,
            Kind::Value => self.parent(at)?,
        };
        let entry = self.entries.get_mut(target)?;
        entry.folded = !entry.folded;
        self.arrange();
        self.row_of(target)
    }

    /// Whether a row can be opened or folded by itself.
    pub fn folds(&self, n: usize) -> bool {
        self.shown.get(n).and_then(|at| self.entry(*at as usize)).is_some_and(|entry| entry.kind == Kind::Open)
    }

    /// Folds everything from that depth on, counted from 0, and opens what lies above.
    pub fn fold_from(&mut self, depth: usize) {
        for entry in self.entries.iter_mut().filter(|entry| entry.kind == Kind::Open) {
            entry.folded = usize::from(entry.depth) >= depth;
        }
        self.arrange();
    }

    /// The row of an entry, or of the folded one that hides it.
    fn row_of(&self, at: usize) -> Option<usize> {
        // Rows of one root are in order; several roots are as well, since a path walks forwards.
        let n = self.shown.partition_point(|shown| *shown as usize <= at);
        n.checked_sub(1)
    }

    /// The rows whose text holds a byte: opens whatever is folded around it, and gives the row.
    /// `None` when it is not within what is shown.
    pub fn reveal(&mut self, byte: usize) -> Option<usize> {
        let at = self.entries.partition_point(|entry| entry.start as usize <= byte).checked_sub(1)?;
        self.root_of(at)?;
        let mut above = at;
        let mut opened = false;
        while let Some(parent) = self.parent(above) {
            if let Some(entry) = self.entries.get_mut(parent) {
                opened |= std::mem::take(&mut entry.folded);
            }
            above = parent;
        }
        if opened {
            self.arrange();
        }
        self.row_of(at)
    }

    /// What is shown, folded or not, laid out: one value after the other.
    pub fn laid_out(&self) -> String {
        let values = self.roots.iter().filter_map(|root| self.source_of(*root as usize));
        values.filter_map(json::lay_out).map(|lines| lines.join("\n") + "\n").collect()
    }

    /// The row that a byte of the text is in, or the last one before it.
    pub fn row_before(&self, byte: usize) -> usize {
        let at = self.entries.partition_point(|entry| entry.start as usize <= byte).saturating_sub(1);
        self.row_of(at).unwrap_or_default()
    }

    /// Where a row begins in the text, in bytes.
    pub fn byte(&self, n: usize) -> usize {
        self.shown.get(n).and_then(|at| self.entry(*at as usize)).map_or(0, |entry| entry.start as usize)
    }

    /// Puts the shown entries in order.
    fn arrange(&mut self) {
        self.shown.clear();
        for root in &self.roots {
            let mut at = *root as usize;
            let end = self.after(at);
            while let Some(entry) = self.entries.get(at).filter(|_| at < end) {
                self.shown.push(u32::try_from(at).unwrap_or(u32::MAX));
                at = if entry.folded { entry.link as usize + 1 } else { at + 1 };
            }
        }
    }

    /// The shown value that an entry is part of.
    fn root_of(&self, at: usize) -> Option<usize> {
        let n = self.roots.partition_point(|root| *root as usize <= at).checked_sub(1)?;
        let root = *self.roots.get(n)? as usize;
        (at < self.after(root)).then_some(root)
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    /// The bytes of an entry, without what separates it from the next one.
    fn span(&self, at: usize) -> Range<usize> {
        let (start, end) = self.whole_span(at);
        let text = self.text.get(start..end).unwrap_or_default().trim_end();
        let text = text.strip_suffix(',').unwrap_or(text).trim_end();
        start..start + text.len()
    }

    fn whole_span(&self, at: usize) -> (usize, usize) {
        let start = self.entry(at).map_or(self.text.len(), |entry| entry.start as usize);
        let next = self.entry(at + 1).map_or(self.text.len(), |entry| entry.start as usize);
        (start, next)
    }

    /// Key, value, and whether a comma follows.
    fn parts(&self, at: usize) -> (Option<&str>, &str, bool) {
        let (start, next) = self.whole_span(at);
        let whole = self.text.get(start..next).unwrap_or_default();
        let comma = whole.trim_end().ends_with(',');
        let text = self.text.get(self.span(at)).unwrap_or_default();
        let keyed = self.entry(at).is_some_and(|entry| entry.keyed);
        let split = keyed.then(|| json::string_end(text.as_bytes())).and_then(|end| text.split_at_checked(end));
        let Some((key, rest)) = split else { return (None, text, comma) };
        let value = rest.trim_start().strip_prefix(':').unwrap_or(rest).trim_start();
        (Some(key), value, comma)
    }
}

/// A pair of brackets with nothing but space between them is shown without the space.
fn pair(value: &str) -> &str {
    let mut inside = value.bytes().filter(|c| !c.is_ascii_whitespace());
    match (inside.next(), inside.next()) {
        (Some(b'{'), Some(b'}')) => "{}",
        (Some(b'['), Some(b']')) => "[]",
        _ => value,
    }
}

#[cfg(test)]
mod tests;
