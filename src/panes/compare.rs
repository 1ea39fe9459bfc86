//! Comparing two things: what there is to compare of each, as data.

use super::operation::On;
use super::value::Value;
use crate::aws::{Setting, Text};

/// One field of a thing that can be compared with another.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// The heading it stands under: "runtime", "environment".
    pub group: &'static str,
    /// What it is. Unique in its group; fields of the same name are compared.
    pub label: Text,
    /// The value. Secrets are compared, and never shown.
    pub value: Value,
}

impl Part {
    /// A setting of a function or a version.
    pub(super) fn of(setting: &Setting) -> Self {
        let value = super::configuration::value(setting);
        Self { group: setting.group, label: setting.name.clone(), value }
    }
}

/// What a row may be compared with although nothing is marked.
#[derive(Clone, PartialEq, Debug)]
pub struct Counterpart {
    /// What it is to a person: `live, 90 %`.
    pub words: String,
    /// Its name in the comparison.
    pub name: Text,
    /// Its fields.
    pub parts: Vec<Part>,
}

/// How rows of a pane are compared.
pub struct Compare<T: 'static> {
    /// The fields of a row, in the order they are shown; `Err` says what is missing for it.
    pub parts: fn(&On<'_, T>) -> Result<Vec<Part>, String>,
    /// What is worth comparing a row with, given all rows of its list: the most telling first.
    pub with: fn(&On<'_, T>, &[&T]) -> Vec<Counterpart>,
}
