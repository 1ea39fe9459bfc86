//! How a list is looked at: cursor by key, sort, filter, the order that follows, and the scroll.

use std::cmp::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tui_input::Input;

use super::filter::{Filter, Fuzzy};
use super::store::{Question, Stamp};
use crate::panes::{ColumnHead, Row, RowKey, Value};

/// Which column sorts, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The column's number.
    pub column: usize,
    /// Largest, latest, last first.
    pub reverse: bool,
}

/// Why what is on show hangs on late cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByLate {
    /// Only rows with certain cells are shown, or only those with problems.
    Filter,
    /// They are sorted by one.
    Sort,
}

/// What an order was made of.
type SortedOf = (Question, Stamp, Option<Sort>);

/// One view of one list. The cursor is a key, never an index: it survives refresh, sort and filter;
/// if its row is gone, it moves to the row that took its place.
#[derive(Debug, Default)]
pub struct TableView {
    cursor: Option<RowKey>,
    /// Where the cursor stands in `order`.
    position: usize,
    /// The first line on the screen, in `order`.
    offset: usize,
    /// A row that was only just made, and gets the cursor when it comes, unless the person moves before.
    awaited: Option<RowKey>,
    /// The person moved, or did something with the row: before that, the cursor stays on top while rows come in.
    moved: bool,
    /// Columns scrolled out on the left, the first one excepted.
    pub scrolled: usize,
    /// The column sorted by; `None` keeps the order of AWS.
    pub sort: Option<Sort>,
    /// What was typed after `/`.
    pub filter: Input,
    /// Show only rows with a problem.
    pub problems_only: bool,
    /// Rows, sort, filter or late cells changed since `order` was made.
    pub outdated: bool,
    /// Late cells came in: when the order is to be made anew, at the latest.
    pub settles: Option<Duration>,
    /// What is on show hangs on late cells, and why.
    pub by_late: Option<ByLate>,
    order: Vec<usize>,
    /// All rows in the order of the column sorted by, and what they were sorted of: while a filter is typed none is
    /// sorted again.
    sorted: (Option<SortedOf>, Vec<usize>),
    /// What the filter meant when `order` was made.
    shown: Filter,
    /// Rows that belong together: to be compared, or to have their logs read as one. In the order they were marked.
    marks: Vec<RowKey>,
    /// The rows after the cursor and before it, the nearest first: if its row goes, the first of these
    /// that is still there gets the cursor.
    neighbours: Vec<RowKey>,
}

/// How many neighbours are remembered on either side.
const NEIGHBOURS: usize = 8;
/// The most rows of which all may be asked about, and put in order, at once: it takes AWS ten seconds to answer.
pub const SHORT: usize = 1000;
/// How long the order of a longer list may lag behind its late cells.
const SETTLING: Duration = Duration::from_millis(250);

/// The rows of a list, in the order of AWS.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The rows.
    pub rows: &'a [Row],
    /// Which list they are of, and its state: while both are the same, the rows are. `None` where nobody tells.
    pub state: Option<(&'a Question, Stamp)>,
}

/// Where a view finds the cells of a row: its own and the late ones.
pub type CellOf<'a> = dyn Fn(&Row, usize) -> Value + 'a;

impl TableView {
    /// A view that sorts as its pane wants it at first.
    pub fn new(sorted: Option<(usize, bool)>) -> Self {
        Self { sort: sorted.map(|(column, reverse)| Sort { column, reverse }), outdated: true, ..Self::default() }
    }

    /// The rows in the order they are shown, as indices into the list.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// What made the rows of the order stay: to be marked in them.
    pub fn shown_by(&self) -> &Filter {
        &self.shown
    }

    /// The cursor's place in the order.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The first line on the screen.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What the cursor is on.
    pub fn cursor(&self) -> Option<&RowKey> {
        self.cursor.as_ref()
    }

    /// The marked rows, in the order they were marked.
    pub fn marks(&self) -> &[RowKey] {
        &self.marks
    }

    /// Marks a row, or takes its mark away. One more than `most` takes the place of the first.
    pub fn mark(&mut self, key: RowKey, most: usize) {
        if let Some(place) = self.marks.iter().position(|marked| *marked == key) {
            self.marks.remove(place);
            return;
        }
        self.marks.push(key);
        if self.marks.len() > most {
            self.marks.remove(0);
        }
    }

    /// Takes all marks away; `false` if there were none.
    pub fn unmark(&mut self) -> bool {
        let marked = !self.marks.is_empty();
        self.marks.clear();
        marked
    }

    /// The row under the cursor.
    pub fn row<'a>(&self, rows: &'a [Row]) -> Option<&'a Row> {
        let row = self.order.get(self.position).and_then(|index| rows.get(*index))?;
        (Some(&row.key) == self.cursor.as_ref()).then_some(row)
    }

    /// Makes the order anew: filter, then sort, then put the cursor back on its row.
    pub fn arrange(&mut self, listed: Listed<'_>, columns: &[ColumnHead], now: DateTime<Utc>, cell: &CellOf<'_>) {
        let filter = Filter::parse(self.filter.value(), columns);
        let mut fuzzy = Fuzzy::default();
        self.by_late = self.hangs_on_late(columns, &filter);
        let bad = |row: &Row| (0..columns.len()).any(|n| cell(row, n).is_problem(now));
        self.sort_rows(listed, columns, cell);
        let rows = listed.rows;
        let mut keeps = |row: &Row| filter.is_empty() || filter.keeps(&mut fuzzy, columns.len(), now, |n| cell(row, n));
        // In the order of AWS, as they lie in memory: in another one it takes twice as long.
        let shown: Vec<bool> = rows.iter().map(|row| keeps(row) && (!self.problems_only || bad(row))).collect();
        self.order = self.sorted.1.iter().copied().filter(|index| shown.get(*index) == Some(&true)).collect();
        self.shown = filter;
        (self.outdated, self.settles) = (false, None);
        self.find_cursor(rows);
    }

    /// Puts all rows in order, unless they are. Late cells change while the list stays what it is.
    fn sort_rows(&mut self, Listed { rows, state }: Listed<'_>, columns: &[ColumnHead], cell: &CellOf<'_>) {
        let late = |sort: Sort| columns.get(sort.column).is_some_and(|head| head.late.is_some());
        let state = state.filter(|(_, stamp)| stamp.is_some() && !self.sort.is_some_and(late));
        let of = state.map(|(question, stamp)| (question.clone(), stamp, self.sort));
        if of.is_some() && self.sorted.0 == of {
            return;
        }
        let sorted = match self.sort {
            None => (0..rows.len()).collect(),
            Some(sort) => {
                let mut keyed: Vec<(Value, usize)> =
                    rows.iter().zip(0..).map(|(row, index)| (cell(row, sort.column), index)).collect();
                // Stable, so rows that are equal in the column keep the order of AWS.
                keyed.sort_by(|(a, _), (b, _)| compare(sort, a, b));
                keyed.into_iter().map(|(_, index)| index).collect()
            }
        };
        self.sorted = (of, sorted);
    }

    fn hangs_on_late(&self, columns: &[ColumnHead], filter: &Filter) -> Option<ByLate> {
        let late = || columns.iter().enumerate().filter(|(_, head)| head.late.is_some()).map(|(n, _)| n);
        let sorted = self.sort.map(|sort| sort.column);
        let filtered = late().any(|n| self.problems_only || filter.names(n)).then_some(ByLate::Filter);
        filtered.or_else(|| late().any(|n| sorted == Some(n)).then_some(ByLate::Sort))
    }

    /// Late cells came in. A list of up to [`SHORT`] rows is put in order at once, a longer one a few times a second:
    /// cells come by the hundred.
    pub fn late_came(&mut self, rows: usize, now: Duration) {
        if rows <= SHORT {
            self.outdated = true;
        } else {
            self.settles.get_or_insert(now + SETTLING);
        }
    }

    /// A row was made: the cursor goes to it when it comes.
    pub fn await_row(&mut self, key: RowKey) {
        self.awaited = Some(key);
        self.outdated = true;
    }

    /// The row that was made is here, and not among those shown: said once.
    pub fn hides_made<'a>(&mut self, rows: &'a [Row]) -> Option<&'a Row> {
        let made = rows.iter().find(|row| Some(&row.key) == self.awaited.as_ref())?;
        self.awaited = None;
        Some(made)
    }

    /// Puts the position where the cursor's row is now; the line on the screen stays the same.
    fn find_cursor(&mut self, rows: &[Row]) {
        let before = self.position;
        let key_at = |position: usize| self.order.get(position).and_then(|index| rows.get(*index)).map(|row| &row.key);
        let is_shown = |key: &mut RowKey| (0..self.order.len()).any(|n| key_at(n) == Some(key));
        if let Some(made) = self.awaited.take_if(is_shown) {
            (self.cursor, self.moved) = (Some(made), true);
        }
        let found = self.cursor.as_ref().filter(|_| self.moved).and_then(|key| {
            if key_at(before) == Some(key) {
                Some(before)
            } else {
                (0..self.order.len()).find(|n| key_at(*n) == Some(key))
            }
        });
        let last = self.order.len().saturating_sub(1);
        let neighbour =
            || self.neighbours.iter().find_map(|key| (0..self.order.len()).find(|n| key_at(*n) == Some(key)));
        let place = if self.moved { found.or_else(neighbour).unwrap_or(before.min(last)) } else { 0 };
        let cursor = key_at(place).cloned();
        self.position = place;
        self.cursor = cursor.or_else(|| self.cursor.take().filter(|_| self.order.is_empty() && rows.is_empty()));
        self.offset = (self.offset + place).saturating_sub(before).min(last);
        self.remember_neighbours(rows);
    }

    fn remember_neighbours(&mut self, rows: &[Row]) {
        let key = |place: usize| self.order.get(place).and_then(|index| rows.get(*index)).map(|row| row.key.clone());
        let after = (self.position + 1..).take(NEIGHBOURS);
        let before = (0..self.position).rev().take(NEIGHBOURS);
        self.neighbours = after.chain(before).filter_map(key).collect();
    }

    /// Moves the cursor to a place in the order, held to its ends, and scrolls so that it is among
    /// the `height` lines on the screen.
    pub fn go(&mut self, place: usize, rows: &[Row], height: usize) {
        let place = place.min(self.order.len().saturating_sub(1));
        self.position = place;
        self.moved = true;
        self.awaited = None;
        self.cursor = self.order.get(place).and_then(|index| rows.get(*index)).map(|row| row.key.clone());
        self.remember_neighbours(rows);
        self.scroll_to_cursor(height);
    }

    /// The row under the cursor is meant: it keeps the cursor, whatever comes in above it.
    pub fn hold(&mut self) {
        self.moved |= self.cursor.is_some();
    }

    /// Puts the cursor on a key; it will be found when the rows are there.
    pub fn aim(&mut self, key: RowKey) {
        self.cursor = Some(key);
        self.moved = true;
        self.outdated = true;
    }

    /// Scrolls the least that shows the cursor.
    pub fn scroll_to_cursor(&mut self, height: usize) {
        let height = height.max(1);
        if self.position < self.offset {
            self.offset = self.position;
        } else if self.position >= self.offset + height {
            self.offset = self.position + 1 - height;
        }
        // No empty lines at the bottom while there are rows above.
        self.offset = self.offset.min(self.order.len().saturating_sub(height));
    }
}

/// The order of two cells. What is not known stays last whichever way the column is sorted.
fn compare(sort: Sort, a: &Value, b: &Value) -> Ordering {
    let unknown = |value: &Value| matches!(value, Value::Pending | Value::Unknown | Value::Missing | Value::NotSet(_));
    let order = a.order(b);
    if sort.reverse && !unknown(a) && !unknown(b) { order.reverse() } else { order }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Text;
    use crate::panes::{FunctionRef, Item, Scope, Width};

    fn rows(names: &[&'static str]) -> Vec<Row> {
        let row = |name: &&'static str| Row { key: RowKey(Text::known(name)), unsettled: false, item: Item::new(()) };
        names.iter().map(row).collect()
    }

    fn arrange(view: &mut TableView, rows: &[Row]) {
        let columns =
            [ColumnHead { title: Text::known("NAME"), width: Width::Grow(8), priority: 0, once: false, late: None }];
        let listed = Listed { rows, state: None };
        view.arrange(listed, &columns, DateTime::UNIX_EPOCH, &|row, _| Value::Name(row.key.0.clone()));
    }

    fn under_cursor(view: &TableView, rows: &[Row]) -> String {
        view.row(rows).map(|row| row.key.0.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_cursor_follows_its_row_through_refresh_and_sort() {
        let first = rows(&["b", "a", "c"]);
        let mut view = TableView::new(Some((0, false)));
        arrange(&mut view, &first);
        view.go(1, &first, 10);
        assert_eq!(under_cursor(&view, &first), "b");
        let second = rows(&["aa", "c", "b", "a"]);
        arrange(&mut view, &second);
        assert_eq!(under_cursor(&view, &second), "b");
        view.sort = Some(Sort { column: 0, reverse: true });
        arrange(&mut view, &second);
        assert_eq!((under_cursor(&view, &second).as_str(), view.position()), ("b", 1));
    }

    #[test]
    fn a_filter_sorts_nothing_and_a_changed_list_is_sorted_again() {
        let asked = std::cell::Cell::new(0);
        let columns =
            [ColumnHead { title: Text::known("NAME"), width: Width::Grow(8), priority: 0, once: false, late: None }];
        let mut view = TableView::new(Some((0, false)));
        let list =
            |name| Question { pane: "versions", scope: Scope::Function(FunctionRef { name, arn: Text::known("") }) };
        let (one, other) = (list(Text::known("one")), list(Text::known("other")));
        let mut order = |rows: &[Row], state: (&Question, u64), filter: &str, reverse: bool| {
            asked.set(0);
            view.filter = filter.into();
            view.sort = Some(Sort { column: 0, reverse });
            view.arrange(
                Listed { rows, state: Some((state.0, Some((0, state.1)))) },
                &columns,
                DateTime::UNIX_EPOCH,
                &|row, _| {
                    asked.set(asked.get() + 1);
                    Value::Name(row.key.0.clone())
                },
            );
            let shown = view.order().iter().map(|n| rows[*n].key.0.to_string()).collect::<String>();
            (shown, asked.get())
        };
        let first = rows(&["b", "a", "c"]);
        assert_eq!(order(&first, (&one, 1), "", false), ("abc".to_owned(), 3));
        assert_eq!(order(&first, (&one, 1), "", false), ("abc".to_owned(), 0), "nothing changed");
        assert_eq!(
            order(&first, (&one, 1), "!c", false),
            ("ab".to_owned(), 3),
            "each is looked at by the filter alone"
        );
        assert_eq!(order(&first, (&one, 1), "!c", true), ("ba".to_owned(), 6));
        assert_eq!(order(&rows(&["d", "b"]), (&one, 2), "", true), ("db".to_owned(), 2));
        assert_eq!(
            order(&rows(&["x", "e"]), (&other, 2), "", true),
            ("xe".to_owned(), 2),
            "another list in the same state"
        );
    }

    #[test]
    fn two_rows_are_marked_at_most_and_a_mark_survives_a_refresh() {
        let mut view = TableView::new(None);
        let key = |name| RowKey(Text::known(name));
        for name in ["a", "b", "c", "b", "d"] {
            view.mark(key(name), 2);
        }
        arrange(&mut view, &rows(&["x", "d"]));
        assert_eq!(view.marks(), [key("c"), key("d")]);
        assert_eq!((view.unmark(), view.unmark()), (true, false));
    }

    #[test]
    fn a_row_that_is_gone_leaves_the_cursor_to_its_neighbour() {
        let first = rows(&["a", "b", "c"]);
        let mut view = TableView::new(Some((0, false)));
        arrange(&mut view, &first);
        view.go(1, &first, 10);
        let second = rows(&["a", "c"]);
        arrange(&mut view, &second);
        assert_eq!(under_cursor(&view, &second), "c");
        let none = rows(&[]);
        arrange(&mut view, &none);
        assert!(view.row(&none).is_none());
    }

    #[test]
    fn the_neighbour_is_found_where_it_is_now_also_when_it_moved_or_went_too() {
        let first = rows(&["b", "c", "d", "e"]);
        let mut view = TableView::new(Some((0, false)));
        arrange(&mut view, &first);
        view.go(1, &first, 10);
        let second = rows(&["a", "b", "e"]);
        arrange(&mut view, &second);
        assert_eq!(under_cursor(&view, &second), "e");
        let third = rows(&["0", "a", "b"]);
        arrange(&mut view, &third);
        assert_eq!(under_cursor(&view, &third), "b");
    }

    #[test]
    fn the_cursor_stays_on_top_until_the_person_moves() {
        let first = rows(&["m"]);
        let mut view = TableView::new(Some((0, false)));
        arrange(&mut view, &first);
        let more = rows(&["m", "a"]);
        arrange(&mut view, &more);
        assert_eq!(under_cursor(&view, &more), "a");
    }

    #[test]
    fn the_line_of_the_cursor_does_not_jump_when_rows_come_in_above() {
        let first = rows(&["d", "e", "f", "g", "h"]);
        let mut view = TableView::new(Some((0, false)));
        arrange(&mut view, &first);
        view.go(3, &first, 3);
        let line = view.position() - view.offset();
        let more = rows(&["a", "b", "c", "d", "e", "f", "g", "h"]);
        arrange(&mut view, &more);
        assert_eq!(view.position() - view.offset(), line);
        assert_eq!(under_cursor(&view, &more), "g");
    }

    #[test]
    fn unknown_values_stay_last_in_reverse() {
        let sort = Sort { column: 0, reverse: true };
        assert_eq!(compare(sort, &Value::Count(1), &Value::Missing), Ordering::Less);
        assert_eq!(compare(sort, &Value::Count(1), &Value::Count(2)), Ordering::Greater);
    }
}
