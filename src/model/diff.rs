//! Two things side by side, field by field.

use std::collections::HashMap;

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
    /// What could not be compared, in sentences.
    pub remarks: Vec<String>,
    /// Fields that are the same are shown too.
    pub unfolded: bool,
    /// The first line shown.
    pub scroll: Scroll,
}

impl Diff {
    /// Compares two things: their names and their fields.
    pub fn of(left: (Text, Vec<Part>), right: (Text, Vec<Part>)) -> Self {
        let mut names: Vec<&'static str> = Vec::new();
        for part in left.1.iter().chain(&right.1) {
            if !names.contains(&part.group) {
                names.push(part.group);
            }
        }
        let of =
            |parts: &[Part], name: &str| parts.iter().filter(|part| part.group == name).cloned().collect::<Vec<_>>();
        let groups = names.into_iter().map(|name| Group { name, pairs: pairs(of(&left.1, name), of(&right.1, name)) });
        let groups = groups.collect();
        Self { names: (left.0, right.0), groups, remarks: Vec::new(), unfolded: false, scroll: Scroll::default() }
    }

    /// How many fields differ, and how many are the same.
    pub fn counts(&self) -> (usize, usize) {
        let all = self.groups.iter().map(|group| group.pairs.len()).sum::<usize>();
        let same = self.groups.iter().flat_map(|group| &group.pairs).filter(|pair| pair.change == Change::Same).count();
        (all - same, same)
    }
}

/// The fields under one heading: in the order of the left thing; what only the right one has goes behind the field that
/// stands before it there.
fn pairs(left: Vec<Part>, right: Vec<Part>) -> Vec<Pair> {
    let mut places: HashMap<Text, usize> = HashMap::new();
    for (n, part) in left.iter().enumerate() {
        places.entry(part.label.clone()).or_insert(n);
    }
    // Those before all fields of the left thing, and those behind each.
    let (mut first, mut behind): (Vec<Pair>, HashMap<usize, Vec<Pair>>) = (Vec::new(), HashMap::new());
    let mut met: HashMap<usize, Value> = HashMap::new();
    let mut last = None;
    for Part { label, value, .. } in right {
        if let Some(n) = places.get(&label) {
            last = Some(*n);
            met.insert(*n, value);
            continue;
        }
        let added = Pair { change: change(&Value::Missing, &value), label, left: Value::Missing, right: value };
        last.map_or(&mut first, |n| behind.entry(n).or_default()).push(added);
    }
    let mut pairs = first;
    for (n, Part { label, value: left, .. }) in left.into_iter().enumerate() {
        let right = met.remove(&n).unwrap_or(Value::Missing);
        pairs.push(Pair { change: change(&left, &right), label, left, right });
        pairs.extend(behind.remove(&n).unwrap_or_default());
    }
    pairs
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
