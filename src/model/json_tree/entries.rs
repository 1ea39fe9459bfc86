//! The entries of a JSON text: one pass over its bytes, no recursion.

use super::super::json;

/// A line of the text, were it laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Where its key, or else its value, begins.
    pub(super) start: u32,
    /// Of an opening bracket the entry of the closing one, and the other way round; else itself.
    pub(super) link: u32,
    /// How many members an opening bracket has.
    pub(super) members: u32,
    pub(super) depth: u16,
    pub(super) kind: Kind,
    /// A key stands before the value.
    pub(super) keyed: bool,
    pub(super) folded: bool,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value on one line: a scalar, or a pair of brackets with nothing in it.
    Value,
    Open,
    Close,
}

/// Finds the entries of a text that is known to be JSON.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    /// The entries of the brackets that are open.
    open: Vec<usize>,
    /// A key was read, and its value has not begun.
    after_key: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, entries: Vec::with_capacity(bytes.len() / 48), open: Vec::new(), after_key: false }
    }

    pub(super) fn entries(mut self) -> Vec<Entry> {
        let mut at = 0;
        while let Some(byte) = self.bytes.get(at) {
            let rest = self.bytes.get(at..).unwrap_or_default();
            at += match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => 1,
                // What came before it was a key, and its entry is the one of the value to come.
                b':' => {
                    self.after_key = true;
                    if let Some(entry) = self.entries.last_mut() {
                        entry.keyed = true;
                    }
                    1
                }
                b'{' | b'[' => {
                    self.opens(at);
                    1
                }
                b'}' | b']' => {
                    self.closes(at);
                    1
                }
                b'"' => {
                    self.value(at);
                    json::string_end(rest)
                }
                _ => {
                    self.value(at);
                    let ends = |c: &u8| b" \t\n\r,:{}[]\"".contains(c);
                    rest.iter().position(ends).unwrap_or(rest.len()).max(1)
                }
            };
        }
        self.entries
    }

    fn value(&mut self, at: usize) {
        if std::mem::take(&mut self.after_key) {
            return;
        }
        if let Some(open) = self.open.last().and_then(|open| self.entries.get_mut(*open)) {
            open.members += 1;
        }
        self.push(at, Kind::Value, self.open.len());
    }

    fn opens(&mut self, at: usize) {
        self.value(at);
        self.open.push(self.entries.len().saturating_sub(1));
    }

    fn closes(&mut self, at: usize) {
        let Some(open) = self.open.pop() else { return };
        // With nothing in between, the pair is a value like any other.
        if open + 1 == self.entries.len() {
            return;
        }
        let close = self.entries.len();
        self.push(at, Kind::Close, self.open.len());
        if let Some(entry) = self.entries.get_mut(open) {
            (entry.kind, entry.link) = (Kind::Open, u32::try_from(close).unwrap_or(u32::MAX));
        }
        if let Some(entry) = self.entries.get_mut(close) {
            entry.link = u32::try_from(open).unwrap_or(u32::MAX);
        }
    }

    fn push(&mut self, at: usize, kind: Kind, depth: usize) {
        let here = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let start = u32::try_from(at).unwrap_or(u32::MAX);
        let depth = u16::try_from(depth).unwrap_or(u16::MAX);
        self.entries.push(Entry { start, link: here, members: 0, depth, kind, keyed: false, folded: false });
    }
}
