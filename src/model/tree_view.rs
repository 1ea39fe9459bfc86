//! A JSON tree being read: the row under the cursor, the window around it, what was found, and the path it is cut to.

use std::ops::Range;
use std::sync::Arc;

use super::json_path;
use super::json_tree::{JsonTree, TreeRow};
use super::needle::Needle;
use super::text_view::{COUNTED, Motion, Window};

/// How far the window goes sideways with one press, in cells.
const ASIDE: usize = 8;

/// A tree and the window over it.
#[derive(Debug, Clone, Default)]
pub struct TreeView {
    tree: JsonTree,
    cursor: usize,
    top: usize,
    left: usize,
    /// The path that the tree is cut to, as typed; empty shows all of it.
    path: String,
    needle: Option<Needle>,
    hit: Option<Range<usize>>,
}

impl TreeView {
    /// A window at the beginning of a JSON text. `None` when it is not JSON.
    pub fn read(text: &Arc<String>) -> Option<Self> {
        Some(Self { tree: JsonTree::read(text)?, ..Self::default() })
    }

    /// The tree.
    pub fn tree(&self) -> &JsonTree {
        &self.tree
    }

    /// The row under the cursor, counted from 0 among those shown.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Cells left out at the left.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Moves the cursor, never beyond the ends, and the window with it.
    pub fn go(&mut self, motion: Motion, window: Window) {
        let last = self.tree.len().saturating_sub(1);
        match motion {
            Motion::By(rows) => self.cursor = self.cursor.saturating_add_signed(rows).min(last),
            Motion::Top => (self.cursor, self.left) = (0, 0),
            Motion::Bottom => self.cursor = last,
            Motion::Left => self.left = self.left.saturating_sub(ASIDE),
            Motion::Right => self.left += ASIDE,
        }
        self.keep_in_sight(window);
    }

    /// Puts the cursor on a row of the window, counted from its top; where it is already, folds or opens it.
    pub fn point(&mut self, line: usize, window: Window) {
        let Some((row, _)) = self.rows(window).nth(line) else { return };
        if row == self.cursor {
            self.toggle(window);
        } else {
            self.cursor = row;
            self.keep_in_sight(window);
        }
    }

    fn keep_in_sight(&mut self, window: Window) {
        let height = window.height.max(1);
        self.cursor = self.cursor.min(self.tree.len().saturating_sub(1));
        self.top = self.top.clamp((self.cursor + 1).saturating_sub(height), self.cursor);
        self.top = self.top.min(self.tree.len().saturating_sub(height));
    }

    /// The rows that the window shows: number and row.
    pub fn rows(&self, window: Window) -> impl Iterator<Item = (usize, TreeRow<'_>)> {
        // The window may have become another one since the last move.
        let height = window.height.max(1);
        let top = self.top.clamp((self.cursor + 1).saturating_sub(height), self.cursor);
        (top..self.tree.len()).take(window.height).filter_map(|n| Some((n, self.tree.row(n)?)))
    }

    /// Folds or opens what is under the cursor.
    pub fn toggle(&mut self, window: Window) {
        if let Some(row) = self.tree.toggle(self.cursor) {
            self.cursor = row;
        }
        self.keep_in_sight(window);
    }

    /// Folds all below the first level, or opens all: whichever is not so.
    pub fn toggle_all(&mut self, window: Window) {
        let byte = self.tree.byte(self.cursor);
        let folded = (0..self.tree.len()).any(|n| self.tree.row(n).is_some_and(|row| row.folded.is_some()));
        self.tree.fold_from(if folded { usize::MAX } else { 1 });
        self.cursor = self.tree.row_before(byte);
        self.keep_in_sight(window);
    }

    /// Cuts the tree to what a path leads to. Nothing typed shows the whole. Gives how many values
    /// it led to.
    ///
    /// # Errors
    /// In words: what is wrong with the path, or where it ends. Then the tree is as it was.
    pub fn cut(&mut self, path: &str, window: Window) -> Result<usize, String> {
        let steps =
            json_path::parse(path).map_err(|wrong| format!("column {}: {} expected", wrong.column, wrong.why))?;
        let found = self.tree.show(&steps).map_err(|lost| {
            let step = steps.get(lost.step).map(ToString::to_string).unwrap_or_default();
            format!("no {step}: {}", lost.there)
        })?;
        self.path = if steps.is_empty() { String::new() } else { path.trim().to_owned() };
        (self.cursor, self.top, self.left, self.hit) = (0, 0, 0, None);
        self.keep_in_sight(window);
        Ok(found)
    }

    /// The path that the tree is cut to, as typed; empty when all of it is shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Looks for words; an empty text ends the search. `true` when they were found.
    pub fn search(&mut self, words: &str, window: Window) -> bool {
        self.needle = Needle::of(words);
        self.hit = None;
        self.needle.is_none() || self.next_hit(true, window)
    }

    /// What is looked for.
    pub fn needle(&self) -> Option<&Needle> {
        self.needle.as_ref()
    }

    /// In how many places the words stand, counted up to [`COUNTED`].
    pub fn hits(&self) -> usize {
        self.needle.as_ref().map_or(0, |needle| needle.count(self.tree.text(), COUNTED))
    }

    /// Goes to the next or the previous hit, from the end on from the other end; what is folded
    /// around it opens. `false`: there is none in what is shown.
    pub fn next_hit(&mut self, forward: bool, window: Window) -> bool {
        let Some(needle) = self.needle.clone() else { return false };
        let text = self.tree.text().clone();
        let here = self.tree.byte(self.cursor);
        let mut from = self.hit.as_ref().map_or(here, |hit| if forward { hit.start + 1 } else { hit.start });
        let mut around = false;
        // Hits outside of what the path shows are passed over; a few thousand of them are enough.
        for _ in 0..COUNTED {
            let found = if forward { needle.first(&text, from) } else { needle.last(&text, from) };
            let Some(found) = found else {
                if std::mem::replace(&mut around, true) {
                    return false;
                }
                from = if forward { 0 } else { text.len() };
                continue;
            };
            from = if forward { found.start + 1 } else { found.start };
            if let Some(row) = self.tree.reveal(found.start) {
                self.cursor = row;
                self.hit = Some(found);
                self.keep_in_sight(window);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { width: 40, height: 4 };

    fn view(text: &str) -> TreeView {
        TreeView::read(&Arc::new(text.to_owned())).unwrap()
    }

    fn shown(view: &TreeView) -> Vec<String> {
        view.rows(WINDOW).map(|(_, row)| format!("{}{}", row.key.unwrap_or_default(), row.value)).collect()
    }

    const ORDER: &str = r#"{"id":1,"items":[{"sku":"X"},{"sku":"Y"},{"sku":"Z"}],"to":{"city":"Y"}}"#;

    #[test]
    fn the_window_follows_the_cursor() {
        let mut view = view(ORDER);
        view.go(Motion::By(5), WINDOW);
        assert_eq!(shown(&view), ["\"items\"[", "{", "\"sku\"\"X\"", "}"]);
        view.go(Motion::Bottom, WINDOW);
        assert_eq!(view.cursor(), view.tree().len() - 1);
        assert_eq!(shown(&view).len(), 4);
        view.go(Motion::By(-999), WINDOW);
        assert_eq!((view.cursor(), shown(&view)[0].as_str()), (0, "{"));
    }

    #[test]
    fn everything_folds_and_opens_around_the_cursor() {
        let mut view = view(ORDER);
        view.go(Motion::By(4), WINDOW);
        view.toggle_all(WINDOW);
        assert_eq!((view.tree().len(), view.cursor()), (5, 2), "the cursor is on what hides its row");
        view.toggle(WINDOW);
        assert_eq!(view.tree().len(), 9);
        view.toggle_all(WINDOW);
        assert_eq!(view.tree().len(), 17);
    }

    #[test]
    fn hits_are_gone_to_within_what_is_shown() {
        let mut view = view(ORDER);
        assert!(view.search("\"y\"", WINDOW));
        assert_eq!(view.tree().path(view.cursor()).unwrap(), ".items[1].sku");
        assert!(view.next_hit(true, WINDOW));
        assert_eq!(view.tree().path(view.cursor()).unwrap(), ".to.city");
        assert!(view.next_hit(true, WINDOW));
        assert_eq!(view.tree().path(view.cursor()).unwrap(), ".items[1].sku");
        assert!(view.next_hit(false, WINDOW));
        assert_eq!(view.tree().path(view.cursor()).unwrap(), ".to.city");
        view.cut(".items", WINDOW).unwrap();
        assert!(view.next_hit(true, WINDOW) && view.next_hit(true, WINDOW));
        assert_eq!(view.tree().path(view.cursor()).unwrap(), ".items[1].sku");
        assert!(!view.search("city", WINDOW));
        assert_eq!(view.hits(), 1, "it is somewhere else");
    }

    #[test]
    fn a_path_that_leads_nowhere_changes_nothing() {
        let mut view = view(ORDER);
        assert_eq!(view.cut(".items[].sku", WINDOW), Ok(3));
        assert_eq!(shown(&view), ["\"X\"", "\"Y\"", "\"Z\""]);
        assert_eq!(view.cut(".to.street", WINDOW).unwrap_err(), "no .street: there are city");
        assert_eq!(view.cut("[x", WINDOW).unwrap_err(), "column 1: a number, or nothing, and ] expected");
        assert_eq!((view.path(), view.tree().len()), (".items[].sku", 3));
        assert_eq!(view.cut("", WINDOW), Ok(1));
        assert_eq!(view.tree().len(), 17);
    }
}
