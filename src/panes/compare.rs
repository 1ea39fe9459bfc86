//! Comparing two rows: what there is to compare of each, as data.

use super::value::Value;
use crate::aws::Text;

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

/// How rows of a pane are compared.
pub struct Compare<T: 'static> {
    /// The fields of a row, in the order they are shown.
    pub parts: fn(&T) -> Vec<Part>,
}
