//! A message in rows of the screen, where long lines go on in the next one.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

use crate::aws;

/// A longer message is shown as it is: reading it for every frame would hold up the screen.
const READ: usize = 64 * 1024;

/// What is shown of a message: what no column before it says.
pub fn words(message: &str) -> Cow<'_, str> {
    if message.len() > READ { Cow::Borrowed(message) } else { aws::read_event(message).words() }
}

/// An event takes no more rows than this; Enter shows it whole.
const MOST: usize = 40;

/// The rows of a message, each at most so many cells wide.
pub fn cut(message: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut lines = message.split('\n');
    let mut rest = lines.next();
    let width = width.max(2);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = end_of_row(line, width);
        let (row, left) = line.split_at_checked(end).unwrap_or((line, ""));
        rest = if left.is_empty() { lines.next() } else { Some(left) };
        Some(row)
    })
    .take(MOST)
}

/// How many rows a message takes.
pub fn count(message: &str, width: usize) -> usize {
    cut(message, width).count().max(1)
}

fn end_of_row(line: &str, width: usize) -> usize {
    if line.len() <= width {
        return line.len();
    }
    let mut cells = 0;
    for (at, c) in line.char_indices() {
        cells += c.width().unwrap_or(0);
        if cells > width {
            return at;
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lose_nothing_and_are_no_wider_than_asked() {
        assert_eq!(cut("abcdef\ng", 4).collect::<Vec<_>>(), ["abcd", "ef", "g"]);
        assert_eq!(cut("日本語", 4).collect::<Vec<_>>(), ["日本", "語"]);
        assert_eq!((count("", 4), count("\n", 4), count(&"x".repeat(9999), 4)), (1, 2, MOST));
    }
}
