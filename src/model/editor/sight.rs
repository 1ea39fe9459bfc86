//! What of a text is on the screen: it follows the cursor, unless the wheel moved it; and where the mouse points.

use super::Editor;
use super::cells::at_column;

impl Editor {
    /// Scrolls so that the cursor is on a screen of so many lines and cells.
    pub fn see(&mut self, lines: usize, cells: usize) {
        if lines == 0 || cells == 0 {
            return;
        }
        self.page = lines;
        if self.loose {
            self.offset.0 = self.offset.0.min(self.count().saturating_sub(1));
            return;
        }
        let (line, column) = self.cursor();
        let (top, left) = self.offset;
        let top = top.clamp((line + 1).saturating_sub(lines), line);
        // Beyond an edge it goes on by more than a cell, so that not every key moves the whole screen.
        let step = (cells / 4).max(1);
        let left = if column < left {
            column.saturating_sub(step)
        } else if column >= left + cells {
            column + 1 + step - cells.min(column + 1 + step)
        } else {
            left
        };
        self.offset = (top.min(self.count().saturating_sub(1)), left);
    }

    /// Scrolls by so many lines, up if negative. The cursor stays where it is, until the next key maybe off the screen.
    pub fn turn(&mut self, lines: isize) {
        let last = self.count().saturating_sub(self.page.max(1));
        let top = self.offset.0.saturating_add_signed(lines).min(last.max(self.offset.0));
        self.loose |= top != self.offset.0;
        self.offset.0 = top;
    }

    /// Puts the cursor where the mouse points: line and cell of the view, either may lie beyond it. `selects`:
    /// everything between is selected.
    pub fn point(&mut self, line: isize, cell: isize, selects: bool) {
        let anchor = selects.then(|| self.anchor.unwrap_or(self.at));
        let (top, left) = self.offset;
        let line = top.saturating_add_signed(line);
        let at = if line >= self.count() {
            self.text().len()
        } else {
            self.buffer.start(line) + at_column(self.line(line), left.saturating_add_signed(cell))
        };
        self.place(at);
        self.anchor = anchor;
    }
}
