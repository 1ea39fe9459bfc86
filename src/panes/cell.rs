//! Columns and lines of the detail box, as the table of a pane writes them.

use super::spec::{Column, Fact, Source, Width};
use super::value::Value;

/// A column that the row itself fills.
pub(super) const fn own<T>(title: &'static str, width: Width, priority: u8, value: fn(&T) -> Value) -> Column<T> {
    Column { title, width, priority, once: false, value: Source::Own(value) }
}

/// A column that the second question about the row fills: with the n-th of its cells.
pub(super) const fn told_late<T>(title: &'static str, width: Width, priority: u8, n: usize) -> Column<T> {
    Column { title, width, priority, once: false, value: Source::Late(n) }
}

/// A line that the row itself fills.
pub(super) const fn fact<T>(label: &'static str, value: fn(&T) -> Value) -> Fact<T> {
    Fact { label, value: Source::Own(value) }
}

/// A line that not every row has.
pub(super) const fn perhaps<T>(label: &'static str, value: fn(&T) -> Option<Value>) -> Fact<T> {
    Fact { label, value: Source::Perhaps(value) }
}

/// A line that the second question about the row fills: with the n-th of its cells.
pub(super) const fn late_fact<T>(label: &'static str, n: usize) -> Fact<T> {
    Fact { label, value: Source::Late(n) }
}
