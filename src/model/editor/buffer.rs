//! A text in one piece, with the places where its lines begin.
//!
//! One string, not a list of lines: what was written is sent byte for byte, line ends included, and one
//! line of 6 MB costs no more than as many short ones.

use std::ops::Range;

/// A text and its lines.
#[derive(Debug, Clone)]
pub struct Buffer {
    text: String,
    /// Where each line begins, in bytes. The first is 0; there is always one.
    starts: Vec<usize>,
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl Buffer {
    /// The buffer of a text.
    pub fn new(text: String) -> Self {
        let starts = std::iter::once(0).chain(line_starts(&text, 0)).collect();
        Self { text, starts }
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A part of it; empty where there is none.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// How many lines it has, at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where a line begins; the end of the text for lines that are not there.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// A line without its end, be it LF or CR LF.
    pub fn line(&self, line: usize) -> &str {
        let whole = self.slice(self.start(line)..self.start(line + 1));
        let whole = whole.strip_suffix('\n').unwrap_or(whole);
        whole.strip_suffix('\r').unwrap_or(whole)
    }

    /// The line that a place in the text is on.
    pub fn line_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Puts a text in the place of another and gives back what stood there. `range` must lie on
    /// character borders; nothing happens where it does not.
    pub fn replace(&mut self, range: Range<usize>, with: &str) -> String {
        let Some(removed) = self.text.get(range.clone()).map(str::to_owned) else { return String::new() };
        self.text.replace_range(range.clone(), with);
        let first = self.starts.partition_point(|start| *start <= range.start);
        let last = self.starts.partition_point(|start| *start <= range.end);
        let later = self.starts.split_off(last);
        self.starts.truncate(first);
        self.starts.extend(line_starts(with, range.start));
        self.starts.extend(later.into_iter().map(|start| start - removed.len() + with.len()));
        removed
    }
}

fn line_starts(text: &str, from: usize) -> impl Iterator<Item = usize> {
    text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(move |(at, _)| from + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_text() {
        let buffer = Buffer::new("a\r\nbc\n\nd".to_owned());
        let lines: Vec<&str> = (0..buffer.count()).map(|n| buffer.line(n)).collect();
        assert_eq!(lines, ["a", "bc", "", "d"]);
        assert_eq!([0, 2, 3, 6, 7, 8].map(|at| buffer.line_at(at)), [0, 0, 1, 2, 3, 3]);
        assert_eq!(Buffer::default().count(), 1);
        assert_eq!(Buffer::new("a\n".to_owned()).count(), 2);
    }

    proptest::proptest! {
        #[test]
        fn the_lines_stay_true_whatever_is_replaced(
            text in "[a\n\ré]{0,30}", with in "[b\n]{0,8}", a in 0_usize..40, b in 0_usize..40,
        ) {
            let mut buffer = Buffer::new(text.clone());
            let (from, to) = (text.floor_char_boundary(a.min(b)), text.floor_char_boundary(a.max(b)));
            let removed = buffer.replace(from..to, &with);
            proptest::prop_assert_eq!(Some(&*removed), text.get(from..to));
            let fresh = Buffer::new(buffer.text().to_owned());
            proptest::prop_assert_eq!(fresh.starts, buffer.starts);
        }
    }
}
