//! The headings and rows of a table, whatever it lists.

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::model::{GAP, Placed, TableView};
use crate::panes::{ColumnHead, Row, RowKey, Value, Width};

/// One table being drawn.
pub struct Grid<'a> {
    /// How it is looked at.
    pub table: &'a TableView,
    /// Its rows, in the order of AWS.
    pub rows: &'a [Row],
    /// Its columns.
    pub columns: &'a [ColumnHead],
    /// Where those stand that fit.
    pub placed: &'a [Placed],
    /// The n-th cell of a row.
    pub cell: &'a dyn Fn(&Row, usize) -> Value,
    /// The row was deleted while it was shown.
    pub gone: &'a dyn Fn(&RowKey) -> bool,
    /// The row whose secret is shown in clear.
    pub revealed: Option<&'a RowKey>,
    /// Colours and the time.
    pub ink: &'a Ink,
}

impl<'a> Grid<'a> {
    /// The rows on the screen, with their place in the order.
    fn on_screen(&self, height: u16) -> impl Iterator<Item = (usize, &'a Row)> {
        let rows = self.rows;
        let order = self.table.order().iter().enumerate().skip(self.table.offset()).take(usize::from(height));
        order.filter_map(move |(place, index)| rows.get(*index).map(|row| (place, row)))
    }

    /// Draws the headings.
    pub fn heads(&self, canvas: &mut Canvas, area: Rect) {
        let first = self.on_screen(1).next().map(|(_, row)| row);
        for placed in self.placed {
            let Some(head) = self.columns.get(placed.column) else { continue };
            let arrow = match self.table.sort {
                Some(sort) if sort.column == placed.column => {
                    if sort.reverse {
                        glyphs::DOWN
                    } else {
                        glyphs::UP
                    }
                }
                _ => "",
            };
            let space = if arrow.is_empty() { "" } else { " " };
            let text = format!("{}{space}{arrow}", head.title);
            let right = first.is_some_and(|row| self.right(*placed, &(self.cell)(row, placed.column)));
            let style = if arrow.is_empty() { self.ink.style(Role::Muted) } else { self.ink.style(Role::Accent) };
            put(canvas, area, 0, with_arrow(*placed, fit::width(&text), right), &text, style, right);
        }
    }

    /// Draws the rows on the screen.
    pub fn rows(&self, canvas: &mut Canvas, area: Rect) {
        let mut above: Option<&Row> = None;
        for (line, (place, row)) in self.on_screen(area.height).enumerate() {
            let Ok(line) = u16::try_from(line) else { break };
            let under_cursor = place == self.table.position();
            if under_cursor {
                let marker = self.ink.style(Role::Accent);
                self.ink.line(canvas, area, line, vec![Span::styled(glyphs::CURSOR, marker)]);
            }
            if self.table.marks().contains(&row.key) {
                self.mark(canvas, area, line, under_cursor);
            }
            for placed in self.placed {
                self.cell(canvas, area, line, *placed, row, above, under_cursor);
            }
            if (self.gone)(&row.key) {
                self.strike(canvas, area, line);
            }
            above = Some(row);
        }
    }

    /// Somebody deleted the row while it was shown.
    fn strike(&self, canvas: &mut Canvas, area: Rect, line: u16) {
        let after_marker = area.width.min(1);
        let row = Rect { x: area.x + after_marker, y: area.y + line, width: area.width - after_marker, height: 1 };
        let style = self.ink.style(Role::Muted).add_modifier(Modifier::CROSSED_OUT);
        canvas.set_style(row.intersection(canvas.area), style);
        let word = vec![self.ink.span(Role::Warn, " deleted ")];
        self.ink.line_right(canvas, area, line, word);
    }

    /// The sign of a marked row stands in the cursor's place, or behind it.
    fn mark(&self, canvas: &mut Canvas, area: Rect, line: u16, under_cursor: bool) {
        let mark = self.ink.span(Role::Warn, glyphs::MARK);
        let spans = if under_cursor { vec![self.ink.span(Role::Accent, glyphs::CURSOR), mark] } else { vec![mark] };
        self.ink.line(canvas, area, line, spans);
    }

    #[expect(clippy::too_many_arguments, reason = "one cell and where it stands")]
    fn cell(
        &self,
        canvas: &mut Canvas,
        area: Rect,
        line: u16,
        placed: Placed,
        row: &'a Row,
        above: Option<&'a Row>,
        under_cursor: bool,
    ) {
        let value = (self.cell)(row, placed.column);
        let once = self.columns.get(placed.column).is_some_and(|head| head.once);
        if once && above.is_some_and(|above| (self.cell)(above, placed.column) == value) {
            return;
        }
        let text = self.text(row, &value);
        let brief = value.brief().filter(|_| fit::width(&text) > usize::from(placed.width));
        let text = brief.map_or(text, Cow::Owned);
        let mut style = self.ink.tone(value.tone(self.ink.now));
        if under_cursor && matches!(value, Value::Name(_)) {
            style = style.patch(self.ink.style(Role::Selection));
        }
        put(canvas, area, line, placed, &text, style, self.right(placed, &value));
        if !self.table.shown_by().is_empty() {
            self.mark_hits(canvas, area, line, placed, &value, &text);
        }
    }

    /// Numbers stand at the right end of a column of numbers; in one of mixed values, which grows,
    /// they stand where the words begin.
    fn right(&self, placed: Placed, value: &Value) -> bool {
        let grows = self.columns.get(placed.column).is_some_and(|head| matches!(head.width, Width::Grow(_)));
        value.right_aligned() && !grows
    }

    /// What the cell says: a state has its sign before its word, a revealed secret is in clear.
    fn text<'v>(&self, row: &Row, value: &'v Value) -> Cow<'v, str> {
        let now = self.ink.now;
        match value {
            Value::State(tone, word) => format!("{} {word}", glyphs::of_tone(*tone)).into(),
            Value::Secret(secret) if self.revealed == Some(&row.key) => secret.reveal().as_str().to_owned().into(),
            value => value.shown(now),
        }
    }

    /// Marks what the filter found, where it stands.
    fn mark_hits(&self, canvas: &mut Canvas, area: Rect, line: u16, placed: Placed, value: &Value, text: &str) {
        if value.right_aligned() {
            return;
        }
        let (shown, _) = fit::fit(text, usize::from(placed.width), glyphs::CUT);
        for hit in self.table.shown_by().hits(placed.column, shown) {
            let (Some(before), Some(found)) = (shown.get(..hit.start), shown.get(hit)) else { continue };
            let x = area.x + placed.x + u16::try_from(fit::width(before)).unwrap_or(u16::MAX);
            let width = u16::try_from(fit::width(found)).unwrap_or(0);
            let spot = Rect { x, y: area.y + line, width, height: 1 }.intersection(area);
            canvas.set_style(spot, self.ink.style(Role::Match));
        }
    }
}

/// Room for the arrow of a heading that fills its column: the cells between it and the next one.
fn with_arrow(placed: Placed, needed: usize, right: bool) -> Placed {
    let needed = u16::try_from(needed).unwrap_or(u16::MAX);
    let more = needed.saturating_sub(placed.width).min(GAP);
    Placed { x: if right { placed.x.saturating_sub(more) } else { placed.x }, width: placed.width + more, ..placed }
}

/// Writes a cell, cut to its width, at the left or right end of it.
fn put(canvas: &mut Canvas, area: Rect, line: u16, placed: Placed, text: &str, style: Style, right: bool) {
    let (head, cut) = fit::fit(text, usize::from(placed.width), glyphs::CUT);
    let taken = || u16::try_from(fit::width(head) + fit::width(cut)).unwrap_or(placed.width);
    let x = placed.x + if right { placed.width.saturating_sub(taken()) } else { 0 };
    let area = Rect { x: area.x + x, width: placed.width, ..area }.intersection(canvas.area);
    if line < area.height {
        canvas.write(area.x, area.y + line, area.width, [Span::styled(head, style), Span::styled(cut, style)]);
    }
}
