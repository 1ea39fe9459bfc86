//! A long text in lines: any line, and any column of it, is found without looking at the rest.

use std::ops::Range;
use std::sync::Arc;

use unicode_width::UnicodeWidthChar as _;

use crate::aws::Text;

/// How far apart the marks in a long line are, in bytes. Shorter lines have none.
const APART: usize = 4096;

/// A text of any length. It may grow at its end.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    text: Arc<String>,
    /// Where each line begins.
    starts: Vec<u32>,
    /// Places in long lines that are not ASCII. A long line without marks has a cell for each byte.
    marks: Vec<Mark>,
}

/// A place in a line.
#[derive(Debug, Clone, Copy)]
struct Mark {
    byte: u32,
    /// How many cells of the line lie before it.
    cells: usize,
}

impl Lines {
    /// Cuts a text into lines. At most 4 GiB, which no answer of Lambda reaches.
    pub fn of(text: &Text) -> Self {
        let mut lines = Self::default();
        lines.append(text);
        lines
    }

    /// Puts more text at the end; a line that was not ended goes on.
    pub fn append(&mut self, more: &Text) {
        if more.is_empty() {
            return;
        }
        let from = self.text.len();
        let goes_on = !self.text.is_empty() && !self.text.ends_with('\n');
        Arc::make_mut(&mut self.text).push_str(more);
        let first = self.starts.len().saturating_sub(usize::from(goes_on));
        let ends = more.match_indices('\n').map(|(at, _)| from + at + 1);
        let begins = (!goes_on).then_some(from).into_iter().chain(ends.filter(|start| *start < self.text.len()));
        self.starts.extend(begins.map(short));
        for line in first..self.starts.len() {
            self.mark(line);
        }
    }

    /// Sets the marks of a line, going on behind the last one.
    fn mark(&mut self, line: usize) {
        let range = self.range(line);
        if range.len() <= APART {
            return;
        }
        let last = self.marks.last().copied().filter(|mark| range.contains(&(mark.byte as usize)));
        let whole = self.text.get(range.clone()).unwrap_or_default();
        if last.is_none() && whole.is_ascii() {
            return;
        }
        let mut at = last.unwrap_or(Mark { byte: short(range.start), cells: 0 });
        if last.is_none() {
            self.marks.push(at);
        }
        let rest = self.text.get(at.byte as usize..range.end).unwrap_or_default();
        let (begin, mut cells, mut due) = (at.byte as usize, at.cells, at.byte as usize + APART);
        for (offset, c) in rest.char_indices() {
            if begin + offset >= due {
                at = Mark { byte: short(begin + offset), cells };
                self.marks.push(at);
                due += APART;
            }
            cells += c.width().unwrap_or_default();
        }
    }

    /// The whole text, to be shared.
    pub fn text(&self) -> &Arc<String> {
        &self.text
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// There is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Where a line stands in the text, without its end.
    pub fn range(&self, line: usize) -> Range<usize> {
        let Some(start) = self.starts.get(line) else { return self.text.len()..self.text.len() };
        let start = *start as usize;
        let end = match self.starts.get(line + 1) {
            Some(next) => (*next as usize).saturating_sub(1),
            None => self.text.len() - usize::from(self.text.ends_with('\n')),
        };
        start..end.max(start)
    }

    /// One line.
    pub fn line(&self, line: usize) -> &str {
        self.text.get(self.range(line)).unwrap_or_default()
    }

    /// The line that a byte of the text stands in.
    pub fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= byte).saturating_sub(1)
    }

    /// How many cells wide a line is.
    pub fn cells(&self, line: usize) -> usize {
        let range = self.range(line);
        self.cells_before(line, range.end)
    }

    /// How many cells of a line lie before a byte of the text.
    pub fn cells_before(&self, line: usize, byte: usize) -> usize {
        let range = self.range(line);
        let byte = byte.clamp(range.start, range.end);
        let marks = self.marks_in(&range);
        if marks.is_empty() && range.len() > APART {
            return byte - range.start;
        }
        let at = marks.partition_point(|mark| mark.byte as usize <= byte).checked_sub(1);
        let mark = at.and_then(|at| marks.get(at)).copied().unwrap_or(Mark { byte: short(range.start), cells: 0 });
        mark.cells + width(self.text.get(mark.byte as usize..byte).unwrap_or_default())
    }

    /// The rest of a line from a cell on: the byte of the text where it begins, and how many cells
    /// are blank before it because a wide character was cut.
    pub fn at_cell(&self, line: usize, cell: usize) -> (usize, usize) {
        let range = self.range(line);
        let marks = self.marks_in(&range);
        if marks.is_empty() && range.len() > APART {
            return ((range.start + cell).min(range.end), 0);
        }
        let at = marks.partition_point(|mark| mark.cells <= cell).checked_sub(1);
        let mark = at.and_then(|at| marks.get(at)).copied().unwrap_or(Mark { byte: short(range.start), cells: 0 });
        let mut cells = mark.cells;
        let rest = self.text.get(mark.byte as usize..range.end).unwrap_or_default();
        for (offset, c) in rest.char_indices() {
            let wide = c.width().unwrap_or_default();
            // A mark of no width stays with the character before it.
            if cells >= cell && (wide > 0 || cell == 0) {
                return (mark.byte as usize + offset, cells - cell);
            }
            cells += wide;
        }
        (range.end, 0)
    }

    fn marks_in(&self, range: &Range<usize>) -> &[Mark] {
        if range.len() <= APART {
            return &[];
        }
        let from = self.marks.partition_point(|mark| (mark.byte as usize) < range.start);
        let to = self.marks.partition_point(|mark| (mark.byte as usize) < range.end);
        self.marks.get(from..to).unwrap_or_default()
    }
}

fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(|c| c.width().unwrap_or_default()).sum() }
}

/// A place in the text; beyond 4 GiB it would be the last one.
fn short(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Lines {
        Lines::of(&Text::block(text))
    }

    #[test]
    fn a_text_is_cut_as_everybody_cuts_it() {
        for text in ["", "a", "a\n", "a\nb", "\n", "\n\n", "a\n\nb\n"] {
            let lines = lines(text);
            let cut: Vec<&str> = (0..lines.len()).map(|line| lines.line(line)).collect();
            assert_eq!(cut, text.lines().collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn columns_of_a_line_of_megabytes_are_found_from_marks() {
        let lines = lines(&format!("x\n{}", "日本é".repeat(50_000)));
        assert_eq!(lines.cells(1), 250_000);
        assert!(lines.marks.len() > 90, "{}", lines.marks.len());
        let (byte, blank) = lines.at_cell(1, 200_000);
        assert_eq!((byte, blank), (2 + 40_000 * 8, 0));
        assert_eq!(lines.at_cell(1, 200_001), (2 + 40_000 * 8 + 3, 1), "a wide character was cut");
        assert_eq!(lines.cells_before(1, byte), 200_000);
        assert_eq!(lines.at_cell(1, 999_999).0, lines.text.len());
    }

    #[test]
    fn a_byte_beyond_the_text_is_in_the_last_line() {
        let lines = lines("a\nb");
        assert_eq!((lines.line_at(0), lines.line_at(2), lines.line_at(99)), (0, 1, 1));
        assert_eq!((lines.line(7), lines.cells(7)), ("", 0));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_in_which_pieces_a_text_came(
            pieces in proptest::collection::vec("[a-zé日\n]{0,20}|[x日]{3000,3100}", 0..12)
        ) {
            let mut grown = Lines::default();
            for piece in &pieces {
                grown.append(&Text::block(piece));
            }
            let whole = lines(&pieces.concat());
            prop_assert_eq!(&grown.starts, &whole.starts);
            for line in 0..whole.len() {
                prop_assert_eq!(grown.line(line), whole.line(line));
                prop_assert_eq!(grown.cells(line), width(whole.line(line)));
                for cell in [0, 1, 2, 7, 4095, 4096, 5000, 9000] {
                    prop_assert_eq!(grown.at_cell(line, cell), whole.at_cell(line, cell));
                }
            }
        }
    }
}
