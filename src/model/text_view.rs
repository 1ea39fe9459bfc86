//! A long text being read: where the window stands, wrapped or cut, and what was found in it.
//!
//! Only the rows in the window are ever looked at: a line of megabytes costs what a short one does.

mod lines;

use std::ops::Range;

use super::needle::Needle;
use super::wrap::enough;
use crate::aws::Text;
pub use lines::Lines;

/// How far the window goes sideways with one press, in cells.
const ASIDE: usize = 8;
/// More hits than this are not counted.
pub const COUNTED: usize = 10_000;

/// The room there is to show something, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// Columns.
    pub width: usize,
    /// Lines.
    pub height: usize,
}

/// How a window moves over what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// By so many rows, up if negative.
    By(isize),
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A row of the window, as the text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRow<'a> {
    /// The line it is of, from 0.
    pub line: usize,
    /// It begins its line: the rest of a wrapped line follows in rows that do not.
    pub first: bool,
    /// Where it begins in the text, in bytes.
    pub byte: usize,
    /// Cells to leave blank before it: a wide character was cut there.
    pub blank: usize,
    /// What stands in it, at most a little more than fits.
    pub text: &'a str,
    /// Its line goes on behind it, and not in the next row.
    pub more: bool,
}

/// A text and the window over it.
#[derive(Debug, Clone, Default)]
pub struct TextView {
    lines: Lines,
    /// The row at the top: its line, and which row of the line while it is wrapped.
    top: (usize, usize),
    /// Cells left out at the left, while lines are cut.
    left: usize,
    /// Long lines go on in the next row.
    wrap: bool,
    /// New text at the end is followed.
    follow: bool,
    needle: Option<Needle>,
    hit: Option<Range<usize>>,
}

impl TextView {
    /// A window at the beginning of a text.
    pub fn of(text: &Text) -> Self {
        Self::new(Lines::of(text))
    }

    /// The same, of a text that is cut already.
    pub fn new(lines: Lines) -> Self {
        Self { lines, ..Self::default() }
    }

    /// The same with long lines wrapped.
    #[must_use]
    pub fn wrapped(self) -> Self {
        Self { wrap: true, ..self }
    }

    /// The text.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Puts more text at the end.
    pub fn append(&mut self, more: &Text) {
        self.lines.append(more);
    }

    /// The window stays at the end as the text grows.
    pub fn follow(&mut self, follow: bool) {
        self.follow = follow;
    }

    /// Whether the window stays at the end.
    pub fn follows(&self) -> bool {
        self.follow
    }

    /// Long lines go on in the next row.
    pub fn wraps(&self) -> bool {
        self.wrap
    }

    /// Wraps long lines, or cuts them.
    pub fn toggle_wrap(&mut self) {
        self.wrap = !self.wrap;
        self.top.1 = 0;
        self.left = 0;
    }

    /// The line at the top of the window, from 0.
    pub fn first_line(&self) -> usize {
        self.top.0
    }

    /// Goes to a line.
    pub fn go_to_line(&mut self, line: usize, window: Window) {
        self.follow = false;
        self.top = (line, 0).min(self.last_top(window));
    }

    /// Moves the window, never beyond the ends.
    pub fn go(&mut self, motion: Motion, window: Window) {
        let start = self.start(window);
        self.follow = false;
        match motion {
            Motion::By(rows) if rows < 0 => self.top = self.back(start, rows.unsigned_abs(), window),
            Motion::By(rows) => {
                let last = self.last_top(window);
                self.top = self.on(start, rows.unsigned_abs(), window).min(last);
            }
            Motion::Top => (self.top, self.left) = ((0, 0), 0),
            Motion::Bottom => {
                self.top = self.last_top(window);
                self.follow = true;
            }
            Motion::Left => self.left = self.left.saturating_sub(ASIDE),
            Motion::Right if !self.wrap => self.left = (self.left + ASIDE).min(self.widest(window)),
            Motion::Right => {}
        }
    }

    /// The rows that the window shows.
    pub fn rows(&self, window: Window) -> impl Iterator<Item = TextRow<'_>> {
        let mut at = Some(self.start(window)).filter(|at| at.0 < self.lines.len());
        std::iter::from_fn(move || {
            let (line, row) = at?;
            let from = if self.wrap { row * stride(window) } else { self.left };
            let (byte, blank) = self.lines.at_cell(line, from);
            let range = self.lines.range(line);
            let text = self.lines.text().get(byte..range.end).unwrap_or_default();
            let shown =
                if self.wrap { self.wrapped_end(line, row, window) - byte } else { enough(text, window.width).len() };
            let more = !self.wrap && shown < text.len();
            let text = text.get(..shown).unwrap_or(text);
            at = Some(self.on((line, row), 1, window)).filter(|next| *next != (line, row));
            Some(TextRow { line, first: row == 0, byte, blank, text, more })
        })
        .take(window.height)
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

    /// Where the window went last for a hit, in bytes of the text.
    pub fn hit(&self) -> Option<&Range<usize>> {
        self.hit.as_ref()
    }

    /// Goes to the next or the previous hit, from the end on from the other end. `false`: there is none.
    pub fn next_hit(&mut self, forward: bool, window: Window) -> bool {
        let Some(needle) = &self.needle else { return false };
        let text: &str = self.lines.text();
        let here = self.lines.range(self.start(window).0).start;
        let found = match (&self.hit, forward) {
            (Some(hit), true) => needle.first(text, hit.start + 1),
            (Some(hit), false) => needle.last(text, hit.start),
            (None, true) => needle.first(text, here),
            (None, false) => needle.last(text, here),
        };
        let found = found.or_else(|| if forward { needle.first(text, 0) } else { needle.last(text, text.len()) });
        let Some(found) = found else { return false };
        self.show(&found, window);
        self.hit = Some(found);
        true
    }

    /// In how many places the words stand, counted up to [`COUNTED`].
    pub fn hits(&self) -> usize {
        self.needle.as_ref().map_or(0, |needle| needle.count(self.lines.text(), COUNTED))
    }

    /// Moves the window only as far as it takes to see a place.
    fn show(&mut self, place: &Range<usize>, window: Window) {
        self.follow = false;
        let line = self.lines.line_at(place.start);
        let cell = self.lines.cells_before(line, place.start);
        let row = if self.wrap { cell / stride(window) } else { 0 };
        let last = self.on(self.top, window.height.saturating_sub(1), window);
        if (line, row) < self.top || (line, row) > last {
            self.top = self.back((line, row), window.height / 3, window);
        }
        let width = self.lines.cells_before(line, place.end).saturating_sub(cell);
        if !self.wrap && (cell < self.left || cell + width > self.left + window.width) {
            self.left = (cell + width).saturating_sub(window.width * 2 / 3);
        }
    }

    /// The row at the top as it is now: the text may have grown, the window may be another one.
    fn start(&self, window: Window) -> (usize, usize) {
        let last = self.last_top(window);
        if self.follow { last } else { self.top.min(last) }
    }

    /// How many rows a line takes.
    fn rows_of(&self, line: usize, window: Window) -> usize {
        if self.wrap { self.lines.cells(line).div_ceil(stride(window)).max(1) } else { 1 }
    }

    /// Where a row of a wrapped line ends: where the next one begins.
    fn wrapped_end(&self, line: usize, row: usize, window: Window) -> usize {
        self.lines.at_cell(line, (row + 1) * stride(window)).0
    }

    fn on(&self, (mut line, mut row): (usize, usize), by: usize, window: Window) -> (usize, usize) {
        let mut left = by;
        while left > 0 {
            let room = self.rows_of(line, window).saturating_sub(row + 1);
            if left <= room {
                return (line, row + left);
            }
            if line + 1 >= self.lines.len() {
                return (line, row + room);
            }
            left -= room + 1;
            (line, row) = (line + 1, 0);
        }
        (line, row)
    }

    fn back(&self, (mut line, mut row): (usize, usize), by: usize, window: Window) -> (usize, usize) {
        let mut left = by;
        while left > row {
            if line == 0 {
                return (0, 0);
            }
            left -= row + 1;
            line -= 1;
            row = self.rows_of(line, window).saturating_sub(1);
        }
        (line, row - left)
    }

    /// The top row of the window that ends with the end of the text.
    fn last_top(&self, window: Window) -> (usize, usize) {
        let Some(last) = self.lines.len().checked_sub(1) else { return (0, 0) };
        let end = (last, self.rows_of(last, window).saturating_sub(1));
        self.back(end, window.height.saturating_sub(1), window)
    }

    /// How far to the right there is something in the window.
    fn widest(&self, window: Window) -> usize {
        let lines = (self.start(window).0..self.lines.len()).take(window.height);
        let widest = lines.map(|line| self.lines.cells(line)).max().unwrap_or_default();
        widest.saturating_sub(window.width.saturating_sub(ASIDE)).max(self.left)
    }
}

/// How many cells of a wrapped line a row takes: one is left for a wide character that begins in the last.
fn stride(window: Window) -> usize {
    window.width.saturating_sub(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { width: 11, height: 3 };

    fn view(text: &str) -> TextView {
        TextView::of(&Text::block(text))
    }

    fn shown(view: &TextView) -> Vec<&str> {
        view.rows(WINDOW).map(|row| row.text).collect()
    }

    #[test]
    fn the_window_stays_within_the_text() {
        let mut view = view("1\n2\n3\n4\n5\n");
        view.go(Motion::By(-1), WINDOW);
        assert_eq!(shown(&view), ["1", "2", "3"]);
        view.go(Motion::By(99), WINDOW);
        assert_eq!(shown(&view), ["3", "4", "5"]);
        view.go(Motion::By(-1), WINDOW);
        assert_eq!(shown(&view), ["2", "3", "4"]);
        view.go(Motion::Bottom, WINDOW);
        view.append(&Text::block("6\n7"));
        assert_eq!(shown(&view), ["5", "6", "7"], "the end is followed");
        view.go(Motion::Top, WINDOW);
        assert_eq!(shown(&view), ["1", "2", "3"]);
    }

    #[test]
    fn a_wrapped_line_loses_nothing_and_scrolls_by_rows() {
        let text = "0123456789abcdefghijKLMN\n日本語日本語";
        let mut view = view(text).wrapped();
        assert_eq!(shown(&view), ["0123456789", "abcdefghij", "KLMN"]);
        view.go(Motion::Bottom, WINDOW);
        assert_eq!(shown(&view), ["KLMN", "日本語日本", "語"]);
        view.go(Motion::By(-1), WINDOW);
        assert_eq!(shown(&view), ["abcdefghij", "KLMN", "日本語日本"]);
        view.toggle_wrap();
        assert_eq!(view.rows(WINDOW).count(), 2);
    }

    #[test]
    fn a_character_on_the_border_of_two_rows_is_in_one_of_them() {
        let view = view("a日本語日本語日本語").wrapped();
        assert_eq!(shown(&view), ["a日本語日本", "語日本語"]);
    }

    #[test]
    fn sideways_it_goes_as_far_as_there_is_text() {
        let mut view = view(&"x".repeat(30));
        for _ in 0..9 {
            view.go(Motion::Right, WINDOW);
        }
        assert!(!shown(&view)[0].is_empty() && shown(&view)[0].len() <= 11, "{:?}", shown(&view));
        view.go(Motion::Left, WINDOW);
        view.go(Motion::Top, WINDOW);
        assert_eq!(shown(&view), ["x".repeat(30)]);
    }

    #[test]
    fn hits_are_gone_to_in_turn_and_around() {
        let mut view = view("a hit\nb\nc\nd\ne hit\nf\nsomething to the right of all, a hit");
        assert!(view.search("HIT".to_lowercase().as_str(), WINDOW));
        assert_eq!((view.hits(), view.hit().cloned()), (3, Some(2..5)));
        assert!(view.next_hit(true, WINDOW));
        assert!(shown(&view).contains(&"e hit"), "{:?}", shown(&view));
        assert!(view.next_hit(true, WINDOW));
        assert!(shown(&view).iter().any(|row| row.contains("hit")), "{:?}", shown(&view));
        assert!(view.next_hit(true, WINDOW));
        assert_eq!(view.hit().cloned(), Some(2..5));
        assert!(view.next_hit(false, WINDOW));
        assert!(!view.search("nowhere", WINDOW));
        assert!(view.search("", WINDOW) && view.needle().is_none());
    }

    proptest::proptest! {
        #[test]
        fn no_window_panics_and_rows_of_a_wrapped_text_join_to_it(
            text in "[a-z日é\u{301} \n]{0,200}", width in 0_usize..30, height in 0_usize..10, by in -20_isize..20
        ) {
            let window = Window { width, height };
            let mut view = view(&text).wrapped();
            for motion in [Motion::By(by), Motion::Right, Motion::Bottom, Motion::By(-by), Motion::Left, Motion::By(by)] {
                view.go(motion, window);
                proptest::prop_assert!(view.rows(window).count() <= height);
            }
            let all = Window { width, height: 1000 };
            let joined: String = view.rows(all).map(|row| row.text).collect();
            proptest::prop_assert_eq!(joined, Text::block(&text).replace('\n', ""));
        }
    }
}
