//! What is known beside a row: other panes' lists, what came back about the row, what this session remembers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::row::{LateRow, PaneId, Row, Scope};
use crate::aws::{Problem, Text, ZipFile};

/// Values that changes of this session replaced, so that they can be put back: by what they are and whose
/// (an ARN, which names its account and region). Gone when the program ends.
#[derive(Debug, Default)]
pub struct Memory(BTreeMap<(&'static str, Text), Vec<Text>>);

impl Memory {
    /// Keeps a value in place of those kept before: the change that replaced it was made.
    pub fn keep(&mut self, remembered: Remember) {
        self.0.insert((remembered.what, remembered.of), vec![remembered.value]);
    }

    /// Keeps a value beside those kept before: nobody knows whether the change that may have replaced it was made.
    pub fn keep_perhaps(&mut self, remembered: Remember) {
        let kept = self.0.entry((remembered.what, remembered.of)).or_default();
        kept.retain(|value| *value != remembered.value);
        kept.push(remembered.value);
    }

    /// The value that was replaced last. Where the thing still has the value that a change of unknown outcome was to
    /// replace, it is `now`, and the one before it counts.
    pub fn get(&self, what: &'static str, of: &Text, now: &str) -> Option<&Text> {
        let kept = self.0.get(&(what, of.clone()))?;
        kept.iter().rfind(|value| ***value != *now).or(kept.last())
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

impl<'a> KnownList<'a> {
    /// The things of the rows, if they are `T`s.
    pub fn things<T: 'static>(&self) -> impl Iterator<Item = &'a T> + use<'a, T> {
        self.rows.iter().filter_map(|row| row.item.get::<T>())
    }
}

/// The lists that the facts of a row hang on, each with what it is of.
#[derive(Clone, Debug, Default)]
pub struct FactLists<'a>(pub Vec<(Scope, KnownList<'a>)>);

impl<'a> FactLists<'a> {
    /// A list, as far as it is in.
    pub fn get(&self, pane: PaneId, scope: &Scope) -> Option<KnownList<'a>> {
        self.0.iter().find(|(of, list)| list.pane == pane && of == scope).map(|(_, list)| *list)
    }
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
    /// What it is, `None` where there is none yet; or why it will not do.
    pub found: Result<Option<ZipFile>, String>,
}

impl<'a> Known<'a> {
    /// The rows of a pane's list, if they are `T`s; none when the list is not in or not needed.
    pub fn rows<T: 'static>(&self, pane: PaneId) -> impl Iterator<Item = &'a T> + use<'a, T> {
        self.list(pane).into_iter().flat_map(|list| list.things())
    }

    /// The list is in to its end: what it lacks does not exist.
    pub fn whole(&self, pane: PaneId) -> bool {
        self.list(pane).is_some_and(|list| list.whole)
    }

    /// Why a list cannot be had, or had anew.
    pub fn problem(&self, pane: PaneId) -> Option<&'a Problem> {
        self.list(pane)?.problem
    }

    /// The value that a change of this session replaced, of a thing that has the value `now`.
    pub fn remembered(&self, what: &'static str, of: &Text, now: &str) -> Option<&'a Text> {
        self.memory.get(what, of, now)
    }

    /// A file that the form names, once it was looked at.
    ///
    /// # Errors
    /// Why it will not do, or that it is still being looked at.
    pub fn file(&self, path: &str) -> Result<Option<ZipFile>, String> {
        let seen = self.file.filter(|file| file.path == path);
        seen.map_or_else(|| Err("looking at the file …".to_owned()), |file| file.found.clone())
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
    fn the_last_value_replaced_is_remembered_also_where_it_is_not_known_whether_it_was() {
        let mut memory = Memory::default();
        let (what, of) = ("version", Text::known("arn"));
        let value = |value| Remember { what, of: of.clone(), value: Text::known(value) };
        let told = |memory: &Memory, now| memory.get(what, &of, now).map(ToString::to_string);
        assert_eq!(told(&memory, "7"), None);
        memory.keep(value("6"));
        memory.keep(value("7"));
        assert_eq!([told(&memory, "8"), told(&memory, "7")].map(Option::unwrap), ["7", "7"]);
        // From 8 to 9, and the answer was lost.
        memory.keep_perhaps(value("8"));
        assert_eq!([told(&memory, "9"), told(&memory, "8")].map(Option::unwrap), ["8", "7"]);
        memory.keep(value("8"));
        assert_eq!(told(&memory, "8").unwrap(), "8");
        assert_eq!(memory.get("reserved", &of, "8"), None);
    }
}
