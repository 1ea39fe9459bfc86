//! A list: headings, the rows on the screen, and a remark beneath.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::grid::Grid;
use super::theme::Role;
use super::{Ink, fit, glyphs, title, vacancy};
use crate::aws::Kind;
use crate::model::{Cells, Model, Question, Screen, Slot, TableView, columns_at, needed};
use crate::panes::{ColumnHead, Row};

/// Draws the pane on show.
pub fn draw(canvas: &mut Canvas, screen: &Screen, model: &Model, ink: &Ink) {
    let Some(question) = model.question() else {
        return vacancy::draw(canvas, screen.body, model, None, ink);
    };
    let Some(table) = model.views.table(question.pane) else { return };
    let rows = model.store.rows(&question);
    title::draw(canvas, screen, model, &question, table, ink);
    if table.order().is_empty() {
        return vacancy::draw(canvas, screen.rows, model, Some(&question), ink);
    }
    let columns = model.pane().columns();
    let placed = columns_at(model, screen.rows.width);
    let list = model.store.list(&model.source(&question)).and_then(Slot::answer);
    let cells = model.cells(&question, &columns);
    let revealed = model.views.reveal.as_ref().filter(|reveal| reveal.question == question);
    let grid = Grid {
        table,
        rows,
        columns: &columns,
        placed: &placed,
        cell: &|row, n| cells.get(row, n),
        gone: &|key| list.is_some_and(|list| list.is_gone(key)),
        revealed: revealed.map(|reveal| &reveal.key),
        ink,
    };
    grid.heads(canvas, screen.heads);
    grid.rows(canvas, screen.rows);
    View { model, question: &question, table, rows, columns: &columns, ink }.remark(canvas, screen.remark);
}

/// One list being drawn.
struct View<'a> {
    model: &'a Model,
    question: &'a Question,
    table: &'a TableView,
    rows: &'a [Row],
    columns: &'a [ColumnHead],
    ink: &'a Ink,
}

impl<'a> View<'a> {
    fn cells(&self) -> Cells<'a> {
        self.model.cells(self.question, self.columns)
    }

    /// Under the rows: why the list is not fresh, why a column is empty, or what is odd in the row.
    fn remark(&self, canvas: &mut Canvas, area: Rect) {
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
        let (role, forms, whole) = match (list.or(refused).or(needed), odd) {
            (Some(problem), _) => (Role::Bad, problem.forms(), "!"),
            (None, Some(odd)) => (Role::Warn, vec![odd], "d"),
            (None, None) => return,
        };
        // What is throttled says so itself.
        let again = list.is_some_and(|problem| problem.kind.backs_off() && problem.kind != Kind::Throttled);
        let room = usize::from(area.width).saturating_sub(4);
        let mut spans = vec![self.ink.span(role, " ! ")];
        spans.extend(self.in_room(&forms, role, (again, whole), room));
        self.ink.line(canvas, area, 0, spans);
    }

    /// The first of the forms that fits, that it is tried `again` by itself, and the key that shows the `whole`: as
    /// much of it as there is room for.
    fn in_room(
        &self,
        forms: &[String],
        role: Role,
        (again, whole): (bool, &'static str),
        room: usize,
    ) -> Vec<Span<'static>> {
        let pointer = [self.ink.span(Role::Accent, whole), self.ink.span(Role::Muted, " shows all")];
        let needs = fit::cells(&pointer) + 2;
        let Some(n) = forms.iter().position(|form| fit::width(form) <= room) else {
            let last = forms.last().map_or("", String::as_str);
            let (head, cut) = fit::fit(last, room.saturating_sub(needs - 1), glyphs::CUT);
            return [self.ink.span(role, format!("{head}{cut} "))].into_iter().chain(pointer).collect();
        };
        let mut text = forms.get(n).cloned().unwrap_or_default();
        let by_itself = "; tried again by itself";
        if again && fit::width(&text) + by_itself.len() <= room {
            text = format!("{}{by_itself}", text.trim_end_matches('.'));
        }
        let more = n > 0 && fit::width(&text) + needs <= room;
        let text = self.ink.span(role, if more { format!("{text}  ") } else { text });
        [text].into_iter().chain(pointer.into_iter().filter(|_| more)).collect()
    }
}
