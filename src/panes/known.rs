//! What is known beside a row: other panes' lists, what came back about the row, what this session remembers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::row::{LateRow, PaneId, Row};
use crate::aws::{Problem, Text, ZipFile};

/// Values that changes of this session replaced, so that they can be put back: by what they are and whose
/// (an ARN, which names its account and region). Gone when the program ends.
#[derive(Debug, Default)]
pub struct Memory(BTreeMap<(&'static str, Text), Text>);

impl Memory {
    /// Keeps a value in place of the one kept before.
    pub fn keep(&mut self, remembered: Remember) {
        self.0.insert((remembered.what, remembered.of), remembered.value);
    }

    /// The value that was kept last.
    pub fn get(&self, what: &'static str, of: &Text) -> Option<&Text> {
        self.0.get(&(what, of.clone()))
    }
}

/// A value to be remembered once the change that replaces it was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remember {
    /// What it is: `reserved concurrency`.
    pub what: &'static str,
    /// Whose: an ARN.
    pub of: Text,
    /// The value.
    pub value: Text,
}

/// One list, as far as it is in.
#[derive(Clone, Copy, Debug)]
pub struct KnownList<'a> {
    /// Whose.
    pub pane: PaneId,
    /// Its rows.
    pub rows: &'a [Row],
    /// Nothing is missing: absence from it means something.
    pub whole: bool,
    /// Why it cannot be had, or had anew.
    pub problem: Option<&'a Problem>,
}

/// What is known beside a row, at the moment it is looked at. Nothing in it is kept.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The lists that the pane or the operation needs.
    pub lists: Vec<KnownList<'a>>,
    /// What the second question about the row brought.
    pub late: Option<&'a LateRow>,
    /// What this session remembers.
    pub memory: &'a Memory,
    /// The time by the wall clock.
    pub now: DateTime<Utc>,
    /// What was found of the file that the form names.
    pub file: Option<&'a SeenFile>,
}

/// A file that a form names, as it was found on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenFile {
    /// Its path, as it is written in the form.
    pub path: String,
    /// What it is, or why it will not do.
    pub found: Result<ZipFile, String>,
}

impl<'a> Known<'a> {
    /// The rows of a pane's list, if they are `T`s; none when the list is not in or not needed.
    pub fn rows<T: 'static>(&self, pane: PaneId) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let rows = self.list(pane).map_or(&[][..], |list| list.rows);
        rows.iter().filter_map(|row| row.item.get::<T>())
    }

    /// The list is in to its end: what it lacks does not exist.
    pub fn whole(&self, pane: PaneId) -> bool {
        self.list(pane).is_some_and(|list| list.whole)
    }

    /// Why a list cannot be had, or had anew.
    pub fn problem(&self, pane: PaneId) -> Option<&'a Problem> {
        self.list(pane)?.problem
    }

    /// The value that a change of this session replaced.
    pub fn remembered(&self, what: &'static str, of: &Text) -> Option<&'a Text> {
        self.memory.get(what, of)
    }

    fn list(&self, pane: PaneId) -> Option<KnownList<'a>> {
        self.lists.iter().find(|list| list.pane == pane).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::{Item, RowKey};
    use super::*;

    #[test]
    fn rows_come_typed_and_absence_counts_only_when_the_list_is_whole() {
        let row = |n: u8| Row { key: RowKey(Text::line(n.to_string())), unsettled: false, item: Item::new(n) };
        let rows = [row(1), row(2)];
        let memory = Memory::default();
        let lists = vec![KnownList { pane: "aliases", rows: &rows, whole: false, problem: None }];
        let known = Known { lists, late: None, memory: &memory, now: DateTime::UNIX_EPOCH, file: None };
        assert_eq!(known.rows::<u8>("aliases").copied().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(known.rows::<u16>("aliases").count() + known.rows::<u8>("versions").count(), 0);
        assert!(!known.whole("aliases") && !known.whole("versions"));
    }

    #[test]
    fn the_last_value_kept_is_remembered() {
        let mut memory = Memory::default();
        for value in ["200", "150"] {
            memory.keep(Remember { what: "reserved", of: Text::known("arn"), value: Text::known(value) });
        }
        assert_eq!(memory.get("reserved", &Text::known("arn")), Some(&Text::known("150")));
        assert_eq!(memory.get("version", &Text::known("arn")), None);
    }
}
