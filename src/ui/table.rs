//! A list: headings, the rows on the screen, and a remark beneath.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, fit, glyphs, title, vacancy};
use crate::model::{Cells, Filter, GAP, Model, Placed, Question, Screen, TableView, columns_at, needed};
use crate::panes::{ColumnHead, Row, Value, Width};

/// Draws the pane on show.
pub fn draw(buffer: &mut Buffer, screen: &Screen, model: &Model, ink: &Ink) {
    let Some(question) = model.question() else {
        return vacancy::draw(buffer, screen.body, model, None, ink);
    };
    let Some(table) = model.views.table(question.pane) else { return };
    let rows = model.store.rows(&question);
    title::draw(buffer, screen, model, &question, table, ink);
    if table.order().is_empty() {
        return vacancy::draw(buffer, screen.rows, model, Some(&question), ink);
    }
    let columns = model.pane().columns();
    let placed = columns_at(model, screen.rows.width);
    let filter = Filter::parse(table.filter.value(), &columns);
    let view =
        View { model, question: &question, table, rows, columns: &columns, placed: &placed, filter: &filter, ink };
    view.heads(buffer, screen.heads);
    view.rows(buffer, screen.rows);
    view.remark(buffer, screen.remark);
}

/// One list being drawn.
struct View<'a> {
    model: &'a Model,
    question: &'a Question,
    table: &'a TableView,
    rows: &'a [Row],
    columns: &'a [ColumnHead],
    placed: &'a [Placed],
    filter: &'a Filter,
    ink: &'a Ink,
}

impl<'a> View<'a> {
    fn cells(&self) -> Cells<'a> {
        self.model.cells(self.question, self.columns)
    }

    /// The rows on the screen, with their place in the order.
    fn on_screen(&self, height: u16) -> impl Iterator<Item = (usize, &'a Row)> {
        let rows = self.rows;
        let order = self.table.order().iter().enumerate().skip(self.table.offset()).take(usize::from(height));
        order.filter_map(move |(place, index)| rows.get(*index).map(|row| (place, row)))
    }

    fn heads(&self, buffer: &mut Buffer, area: Rect) {
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
            let right = first.is_some_and(|row| self.right(*placed, &self.cells().get(row, placed.column)));
            let style = if arrow.is_empty() { self.ink.style(Role::Muted) } else { self.ink.style(Role::Accent) };
            put(buffer, area, 0, with_arrow(*placed, fit::width(&text), right), &text, style, right);
        }
    }

    fn rows(&self, buffer: &mut Buffer, area: Rect) {
        let mut above: Option<&Row> = None;
        for (line, (place, row)) in self.on_screen(area.height).enumerate() {
            let Ok(line) = u16::try_from(line) else { break };
            let under_cursor = place == self.table.position();
            if under_cursor {
                let marker = self.ink.style(Role::Accent);
                self.ink.line(buffer, area, line, vec![Span::styled(glyphs::CURSOR, marker)]);
            }
            if self.table.marks().contains(&row.key) {
                self.mark(buffer, area, line, under_cursor);
            }
            for placed in self.placed {
                self.cell(buffer, area, line, *placed, row, above, under_cursor);
            }
            if self.model.store.is_gone(&self.model.source(self.question), &row.key) {
                self.strike(buffer, area, line);
            }
            above = Some(row);
        }
    }

    /// Somebody deleted the row while it was shown.
    fn strike(&self, buffer: &mut Buffer, area: Rect, line: u16) {
        let after_marker = area.width.min(1);
        let row = Rect { x: area.x + after_marker, y: area.y + line, width: area.width - after_marker, height: 1 };
        let style = self.ink.style(Role::Muted).add_modifier(Modifier::CROSSED_OUT);
        buffer.set_style(row.intersection(buffer.area), style);
        let word = vec![self.ink.span(Role::Warn, " deleted ")];
        self.ink.line_right(buffer, area, line, word);
    }

    /// The sign of a marked row stands in the cursor's place, or behind it.
    fn mark(&self, buffer: &mut Buffer, area: Rect, line: u16, under_cursor: bool) {
        let mark = self.ink.span(Role::Warn, glyphs::MARK);
        let spans = if under_cursor { vec![self.ink.span(Role::Accent, glyphs::CURSOR), mark] } else { vec![mark] };
        self.ink.line(buffer, area, line, spans);
    }

    #[expect(clippy::too_many_arguments, reason = "one cell and where it stands")]
    fn cell(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        line: u16,
        placed: Placed,
        row: &'a Row,
        above: Option<&'a Row>,
        under_cursor: bool,
    ) {
        let value = self.cells().get(row, placed.column);
        let once = self.columns.get(placed.column).is_some_and(|head| head.once);
        if once && above.is_some_and(|above| self.cells().get(above, placed.column) == value) {
            return;
        }
        let text = self.text(row, &value);
        let mut style = self.ink.tone(value.tone(self.ink.now));
        if under_cursor && matches!(value, Value::Name(_)) {
            style = style.patch(self.ink.style(Role::Selection));
        }
        put(buffer, area, line, placed, &text, style, self.right(placed, &value));
        if !self.filter.is_empty() {
            self.mark_hits(buffer, area, line, placed, &value, &text);
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
        let revealed = self.model.views.reveal.as_ref();
        match value {
            Value::State(tone, word) => format!("{} {word}", glyphs::of_tone(*tone)).into(),
            Value::Secret(secret) if revealed.is_some_and(|r| r.key == row.key && r.question == *self.question) => {
                secret.reveal().as_str().to_owned().into()
            }
            value => value.shown(now),
        }
    }

    /// Marks what the filter found, where it stands.
    fn mark_hits(&self, buffer: &mut Buffer, area: Rect, line: u16, placed: Placed, value: &Value, text: &str) {
        if value.right_aligned() {
            return;
        }
        let (shown, _) = fit::fit(text, usize::from(placed.width), glyphs::CUT);
        for hit in self.filter.hits(placed.column, shown) {
            let (Some(before), Some(found)) = (shown.get(..hit.start), shown.get(hit)) else { continue };
            let x = area.x + placed.x + u16::try_from(fit::width(before)).unwrap_or(u16::MAX);
            let width = u16::try_from(fit::width(found)).unwrap_or(0);
            let spot = Rect { x, y: area.y + line, width, height: 1 }.intersection(area);
            buffer.set_style(spot, self.ink.style(Role::Match));
        }
    }

    /// Under the rows: why the list is not fresh, why a column is empty, or what is odd in the row.
    fn remark(&self, buffer: &mut Buffer, area: Rect) {
        let list = self.model.behind(self.question).and_then(|slot| slot.problem());
        let (store, pane) = (&self.model.store, self.question.pane);
        let refused = store.refused(pane).or_else(|| store.lacking(pane));
        let row = self.table.row(self.rows);
        let odd =
            row.and_then(|row| (0..self.columns.len()).find_map(|n| self.cells().get(row, n).remark(self.ink.now)));
        // What the rows hang on beside their own list.
        let needed = self.model.pane().needs().iter().find_map(|pane| {
            let needed = needed(pane, &self.question.scope, None)?;
            self.model.store.list(&needed)?.problem()
        });
        // Where the whole sentence stands, if there is no room for it here.
        let (role, text, whole) = match (list.or(refused).or(needed), odd) {
            (Some(problem), _) => (Role::Bad, problem.brief(), "!"),
            (None, Some(odd)) => (Role::Warn, odd, "d"),
            (None, None) => return,
        };
        let room = usize::from(area.width).saturating_sub(4);
        let mut spans = vec![self.ink.span(role, " ! ")];
        if fit::width(&text) <= room {
            spans.push(self.ink.span(role, text));
        } else {
            let (head, cut) = fit::fit(&text, room.saturating_sub(12), glyphs::CUT);
            let pointer = [self.ink.span(Role::Accent, whole), self.ink.span(Role::Muted, " shows all")];
            spans.extend([self.ink.span(role, format!("{head}{cut} "))].into_iter().chain(pointer));
        }
        self.ink.line(buffer, area, 0, spans);
    }
}

/// Room for the arrow of a heading that fills its column: the cells between it and the next one.
fn with_arrow(placed: Placed, needed: usize, right: bool) -> Placed {
    let needed = u16::try_from(needed).unwrap_or(u16::MAX);
    let more = needed.saturating_sub(placed.width).min(GAP);
    Placed { x: if right { placed.x.saturating_sub(more) } else { placed.x }, width: placed.width + more, ..placed }
}

/// Writes a cell, cut to its width, at the left or right end of it.
fn put(buffer: &mut Buffer, area: Rect, line: u16, placed: Placed, text: &str, style: Style, right: bool) {
    let (head, cut) = fit::fit(text, usize::from(placed.width), glyphs::CUT);
    let width = u16::try_from(fit::width(head) + fit::width(cut)).unwrap_or(placed.width);
    let x = placed.x + if right { placed.width.saturating_sub(width) } else { 0 };
    let area = Rect { x: area.x + x, width: placed.width, ..area }.intersection(buffer.area);
    if line < area.height {
        fit::write(buffer, area.x, area.y + line, area.width, [Span::styled(head, style), Span::styled(cut, style)]);
    }
}
