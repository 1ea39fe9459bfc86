//! A text being edited: its lines in colour, its cursor, what is selected and what is wrong.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::super::Ink;
use super::super::canvas::Canvas;
use super::super::theme::Role;
use crate::model::editor::{self, Editor};
use crate::model::json;

/// Lines longer than this are drawn in one colour: colours hang on what stands before them.
const COLOURED: usize = 64 * 1024;
/// No sign takes more bytes than this for each of its cells, combining marks aside.
const BYTES: usize = 16;

/// How a text is drawn.
pub struct Look<'a> {
    /// It has the keyboard: its cursor is shown.
    pub focused: bool,
    /// What is wrong with it, where.
    pub flaw: Option<&'a json::Flaw>,
    /// Words to be marked.
    pub words: Option<&'a str>,
    /// What the pieces of a line are, for their colours.
    pub parts: fn(&str) -> Vec<(json::Part, &str)>,
}

/// Draws the lines on the screen; `numbers` is the place left of them.
pub fn draw(canvas: &mut Canvas, area: Rect, numbers: Rect, editor: &Editor, look: &Look<'_>, ink: &Ink) {
    let (top, left) = editor.offset();
    let words = look.words.and_then(editor::pattern);
    for (n, row) in (top..editor.count()).zip(0..area.height) {
        let number = format!("{:>width$} ", n + 1, width = usize::from(numbers.width).saturating_sub(1));
        if numbers.width > 1 {
            ink.line(canvas, numbers, row, vec![ink.span(Role::Muted, number)]);
        }
        let line = editor.line(n);
        let seen = Seen::of(line, left, area, row);
        ink.line(canvas, area, row, seen.spans(look.parts, ink));
        for found in words.iter().flat_map(|words| seen.found(words)) {
            seen.mark(canvas, found, ink.style(Role::Match));
        }
        if let Some(selected) = editor.selected_in(n) {
            seen.mark(canvas, selected, Style::new().add_modifier(Modifier::REVERSED));
        }
        if let Some(flaw) = look.flaw.filter(|flaw| flaw.line == n + 1) {
            let at = line.char_indices().nth(flaw.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
            seen.mark(canvas, at..at + 1, ink.style(Role::Bad).add_modifier(Modifier::UNDERLINED));
        }
    }
    if look.focused {
        cursor(canvas, area, editor);
    }
}

fn cursor(canvas: &mut Canvas, area: Rect, editor: &Editor) {
    let ((line, column), (top, left)) = (editor.cursor(), editor.offset());
    let (Some(row), Some(column)) = (line.checked_sub(top), column.checked_sub(left)) else { return };
    let (Ok(row), Ok(column)) = (u16::try_from(row), u16::try_from(column)) else { return };
    if row < area.height && column < area.width {
        let cell = Rect { x: area.x + column, y: area.y + row, width: 1, height: 1 };
        canvas.set_style(cell.intersection(canvas.area), Style::new().add_modifier(Modifier::REVERSED));
    }
}

/// The part of a line on the screen.
struct Seen<'a> {
    line: &'a str,
    /// In bytes of the line.
    range: Range<usize>,
    /// The cells of a wide sign of which the left half is off the screen.
    lead: usize,
    area: Rect,
    row: u16,
}

impl<'a> Seen<'a> {
    fn of(line: &'a str, left: usize, area: Rect, row: u16) -> Self {
        let cells = usize::from(area.width);
        let mut from = editor::at_column(line, left);
        let mut lead = 0;
        if from < line.len() && editor::width(line.get(..from).unwrap_or_default()) < left {
            let rest = line.get(from..).unwrap_or_default();
            from += editor::at_column(rest, 2).max(1);
            lead = 1;
        }
        let end = line.floor_char_boundary(from + cells * BYTES);
        let to = from + editor::at_column(line.get(from..end).unwrap_or_default(), cells);
        Self { line, range: from..to, lead, area, row }
    }

    fn spans(&self, parts: fn(&str) -> Vec<(json::Part, &str)>, ink: &Ink) -> Vec<Span<'static>> {
        let mut spans = vec![Span::raw(" ".repeat(self.lead))];
        let mut at = 0;
        let pieces = if self.line.len() > COLOURED {
            at = self.range.start;
            vec![(json::Part::Punctuation, self.line.get(self.range.clone()).unwrap_or_default())]
        } else {
            parts(self.line)
        };
        for (part, text) in pieces {
            let (from, to) = (at.max(self.range.start), (at + text.len()).min(self.range.end));
            at += text.len();
            if let Some(seen) = self.line.get(from..to.max(from)).filter(|seen| !seen.is_empty()) {
                spans.push(ink.span(role(part), editor::shown(seen).into_owned()));
            }
        }
        spans
    }

    /// Where words stand in it, those that begin a little before the screen among them.
    fn found(&self, words: &regex::Regex) -> Vec<Range<usize>> {
        let start = self.line.floor_char_boundary(self.range.start.saturating_sub(256));
        let near = self.line.get(start..self.range.end).unwrap_or_default();
        words.find_iter(near).map(|found| start + found.start()..start + found.end()).collect()
    }

    /// Gives a style to the cells of a part of the line; a place at its end is one cell.
    fn mark(&self, canvas: &mut Canvas, range: Range<usize>, style: Style) {
        let column = |at: usize| {
            let at = at.clamp(self.range.start, self.range.end);
            editor::width(self.line.get(self.range.start..self.line.floor_char_boundary(at)).unwrap_or_default())
        };
        if range.end < self.range.start || range.start > self.range.end {
            return;
        }
        let (from, to) = (column(range.start), column(range.end).max(column(range.start) + 1));
        let (from, to) = (from + self.lead, to + self.lead);
        let (Ok(from), Ok(to)) = (u16::try_from(from), u16::try_from(to)) else { return };
        let width = (to - from).min(self.area.width.saturating_sub(from));
        let cells = Rect { x: self.area.x + from, y: self.area.y + self.row, width, height: 1 };
        canvas.set_style(cells.intersection(canvas.area), style);
    }
}

/// The colour of a part of JSON.
pub fn role(part: json::Part) -> Role {
    match part {
        json::Part::Key => Role::Accent,
        json::Part::String => Role::Good,
        json::Part::Word => Role::Warn,
        json::Part::Punctuation => Role::Text,
    }
}
