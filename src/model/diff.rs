//! Two things side by side, field by field.

use super::overlay::Scroll;
use crate::aws::Text;
use crate::panes::{Counterpart, Part, Value};

/// What became of a field on the way from the left thing to the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Same,
    /// It has another value.
    Other,
    /// Only the right thing has it.
    Added,
    /// Only the left thing has it.
    Removed,
}

/// One field on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What it is.
    pub label: Text,
    /// Its value on the left; `Value::Missing` where the left thing lacks it.
    pub left: Value,
    /// Its value on the right.
    pub right: Value,
    /// What became of it.
    pub change: Change,
}

/// Fields under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The heading.
    pub name: &'static str,
    /// The fields.
    pub pairs: Vec<Pair>,
}

/// What a row may be compared with, to choose from.
#[derive(Debug)]
pub struct Counterparts {
    /// The row: its name and its fields, as they were when it opened.
    pub own: (Text, Vec<Part>),
    /// What there is to choose from.
    pub entries: Vec<Counterpart>,
    /// The one that Enter takes.
    pub chosen: usize,
}

/// A comparison on the screen. What is compared was fixed when it opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The names of the two things.
    pub names: (Text, Text),
    /// All fields, in the order of the left thing; what it lacks stands where the right thing has it.
    pub groups: Vec<Group>,
    /// Fields that are the same are shown too.
    pub unfolded: bool,
    /// The first line shown.
    pub scroll: Scroll,
}

impl Diff {
    /// Compares two things: their names and their fields.
    pub fn of(left: (Text, Vec<Part>), right: (Text, Vec<Part>)) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for part in left.1 {
            let pair = Pair { label: part.label, left: part.value, right: Value::Missing, change: Change::Removed };
            pairs_of(&mut groups, part.group, |pairs| pairs.push(pair));
        }
        // Where the field before this one stands: what only the right thing has goes behind it.
        let mut before: Option<(&'static str, Text)> = None;
        for Part { group, label, value } in right.1 {
            let neighbour = before.filter(|(name, _)| *name == group).map(|(_, label)| label);
            before = Some((group, label.clone()));
            pairs_of(&mut groups, group, |pairs| meet(pairs, label, value, neighbour.as_ref()));
        }
        for pair in groups.iter_mut().flat_map(|group| &mut group.pairs) {
            pair.change = change(&pair.left, &pair.right);
        }
        Self { names: (left.0, right.0), groups, unfolded: false, scroll: Scroll::default() }
    }

    /// How many fields differ, and how many are the same.
    pub fn counts(&self) -> (usize, usize) {
        let all = self.groups.iter().map(|group| group.pairs.len()).sum::<usize>();
        let same = self.groups.iter().flat_map(|group| &group.pairs).filter(|pair| pair.change == Change::Same).count();
        (all - same, same)
    }
}

/// Works on the fields under a heading, which is added if it is not there yet.
fn pairs_of(groups: &mut Vec<Group>, name: &'static str, work: impl FnOnce(&mut Vec<Pair>)) {
    if let Some(group) = groups.iter_mut().find(|group| group.name == name) {
        return work(&mut group.pairs);
    }
    let mut pairs = Vec::new();
    work(&mut pairs);
    groups.push(Group { name, pairs });
}

/// Puts a field of the right thing beside that of the left one, or behind its neighbour.
fn meet(pairs: &mut Vec<Pair>, label: Text, value: Value, neighbour: Option<&Text>) {
    if let Some(pair) = pairs.iter_mut().find(|pair| pair.label == label) {
        pair.right = value;
        return;
    }
    let place = neighbour.and_then(|label| pairs.iter().position(|pair| pair.label == *label));
    let added = Pair { label, left: Value::Missing, right: value, change: Change::Added };
    pairs.insert(place.map_or(0, |place| place + 1), added);
}

fn change(left: &Value, right: &Value) -> Change {
    let absent = |value: &Value| matches!(value, Value::Missing | Value::NotSet(_));
    match (absent(left), absent(right)) {
        (true, true) => Change::Same,
        (true, false) => Change::Added,
        (false, true) => Change::Removed,
        (false, false) if left == right => Change::Same,
        (false, false) => Change::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Secret;

    fn part(group: &'static str, label: &'static str, value: Value) -> Part {
        Part { group, label: Text::known(label), value }
    }

    fn diff(left: Vec<Part>, right: Vec<Part>) -> Diff {
        Diff::of((Text::known("11"), left), (Text::known("12"), right))
    }

    fn told(diff: &Diff) -> Vec<(&'static str, String, Change)> {
        let pairs = |group: &Group| {
            let name = group.name;
            group.pairs.iter().map(move |pair| (name, pair.label.to_string(), pair.change)).collect::<Vec<_>>()
        };
        diff.groups.iter().flat_map(pairs).collect()
    }

    #[test]
    fn each_field_is_the_same_another_added_or_removed() {
        let left = vec![
            part("runtime", "MemorySize", Value::Mebibytes(256)),
            part("runtime", "Timeout", Value::Seconds(3)),
            part("network", "VpcId", Value::Text("vpc-1".into())),
        ];
        let right = vec![
            part("runtime", "MemorySize", Value::Mebibytes(512)),
            part("runtime", "Timeout", Value::Seconds(3)),
            part("storage", "EphemeralStorage", Value::Mebibytes(512)),
        ];
        let diff = diff(left, right);
        let expected = [
            ("runtime", "MemorySize".to_owned(), Change::Other),
            ("runtime", "Timeout".to_owned(), Change::Same),
            ("network", "VpcId".to_owned(), Change::Removed),
            ("storage", "EphemeralStorage".to_owned(), Change::Added),
        ];
        assert_eq!((told(&diff), diff.counts()), (expected.to_vec(), (3, 1)));
    }

    #[test]
    fn what_only_the_right_has_stands_where_the_right_has_it() {
        let parts =
            |labels: &[&'static str]| labels.iter().map(|label| part("g", label, Value::Count(1))).collect::<Vec<_>>();
        let diff = diff(parts(&["b", "d", "e"]), parts(&["a", "b", "c", "e", "f"]));
        let labels: Vec<String> = told(&diff).into_iter().map(|(_, label, _)| label).collect();
        assert_eq!(labels, ["a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn secrets_are_compared_by_what_they_hide() {
        let secret = |words: &str| vec![part("environment", "KEY", Value::Secret(Secret::new(words)))];
        assert_eq!(diff(secret("a"), secret("b")).counts(), (1, 0));
        assert_eq!(diff(secret("a"), secret("a")).counts(), (0, 1));
    }

    #[test]
    fn not_set_in_two_ways_is_no_difference() {
        let left = vec![part("g", "a", Value::NotSet("3 s")), part("g", "b", Value::Missing)];
        assert_eq!(diff(left, vec![part("g", "b", Value::NotSet(""))]).counts(), (0, 2));
    }
}
