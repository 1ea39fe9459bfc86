//! Where one stands in a log: the event under the cursor and where it is on the screen.
//!
//! Everything hangs on the cursor and its line on the screen: whatever comes in before or behind it, what is looked at
//! stays where it is.

use std::borrow::Cow;

use super::sieve::{Sieve, Step};
use super::store::{Mark, Store, WORDS};
use super::{rows, sgr};
use crate::model::text_view::Window;

/// What is looked at, and how.
#[derive(Debug, Default)]
pub struct View {
    cursor: Option<Mark>,
    /// How many rows are above the cursor's first.
    above: usize,
    /// The newest event is kept in sight.
    follow: bool,
    /// Events that came behind the last one since it is not.
    waits: usize,
    /// The last one before them.
    seen: Option<Mark>,
    /// Cells left out at the left of the messages.
    pub left: usize,
    /// Long lines go on in the next row.
    pub wrap: bool,
}

/// An event on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its place in the store.
    pub event: usize,
    /// The first of its rows that is on the screen.
    pub first: usize,
    /// How many of its rows are.
    pub rows: usize,
}

/// What the screen shows of a log.
pub struct Scene<'a> {
    /// The events.
    pub store: &'a Store,
    /// Which of them are shown.
    pub sieve: &'a Sieve,
    /// The room there is for messages, in cells.
    pub window: Window,
    /// Colours that programs wrote take no room.
    pub colours: bool,
    /// The paths of members that have a column on the screen.
    pub shown: Vec<&'a str>,
}

impl View {
    /// At the newest event, or at the oldest.
    pub fn new(follow: bool, wrap: bool) -> Self {
        Self { follow, wrap, ..Self::default() }
    }

    /// The event under the cursor.
    pub fn cursor(&self) -> Option<Mark> {
        self.cursor
    }

    /// The newest event is kept in sight.
    pub fn follows(&self) -> bool {
        self.follow
    }

    /// How many events came since the newest one is not kept in sight.
    pub fn waits(&self) -> usize {
        self.waits
    }

    /// Notes that so many shown events came behind the one that was the last.
    pub fn came(&mut self, events: usize, last: Option<Mark>) {
        if !self.follow {
            self.seen = if self.waits == 0 { last } else { self.seen };
            self.waits += events;
        }
    }

    /// Notes that an event is not shown any more.
    pub fn went(&mut self, mark: Mark) {
        if Some(mark) > self.seen {
            self.waits = self.waits.saturating_sub(1);
        }
    }

    /// Goes to the newest event and stays there.
    pub fn follow(&mut self) {
        (self.follow, self.waits) = (true, 0);
    }

    /// Stays where it is.
    pub fn hold(&mut self) {
        self.follow = false;
    }

    /// Puts the cursor on an event, in the middle of the screen.
    pub fn go_to(&mut self, mark: Mark, scene: &Scene<'_>) {
        self.follow = false;
        self.cursor = Some(mark);
        self.above = scene.window.height / 2;
    }

    /// Puts the cursor on an event where it stands on the screen; where it does not, in the middle.
    pub fn reveal(&mut self, mark: Mark, scene: &Scene<'_>) {
        match self.line_of(mark, scene) {
            Some(above) => (self.follow, self.cursor, self.above) = (false, Some(mark), above),
            None => self.go_to(mark, scene),
        }
    }

    /// The line of the screen that the cursor is on, from 0.
    pub fn cursor_line(&self, scene: &Scene<'_>) -> Option<usize> {
        self.line_of(self.cursor?, scene)
    }

    /// The line of the screen that an event begins at, from 0.
    fn line_of(&self, mark: Mark, scene: &Scene<'_>) -> Option<usize> {
        let placed = self.placed(scene);
        let n = placed.iter().position(|placed| scene.store.mark(placed.event) == Some(mark) && placed.first == 0)?;
        Some(placed.iter().take(n).map(|placed| placed.rows).sum())
    }

    /// After anything changed: the cursor is on an event that is shown, and on the screen.
    pub fn arrange(&mut self, scene: &Scene<'_>) {
        let last = scene.store.len().checked_sub(1);
        let Some(last) = last else {
            self.cursor = None;
            return;
        };
        if self.follow {
            if let Step::To(n) = scene.sieve.next(scene.store, last, false) {
                self.cursor = scene.store.mark(n);
            }
            self.above = usize::MAX;
        } else {
            let n = self.cursor.map_or(0, |mark| scene.store.place(mark).unwrap_or_else(|n| n.min(last)));
            // What is folded has its header behind it.
            let newer = scene.store.is_folded(n);
            let near = [scene.sieve.next(scene.store, n, newer), scene.sieve.next(scene.store, n, !newer)];
            let near = near.into_iter().find_map(|step| if let Step::To(n) = step { Some(n) } else { None });
            if let Some(n) = near {
                self.cursor = scene.store.mark(n);
            }
        }
        let height = self.cursor_place(scene.store).map_or(1, |n| self.rows_of(n, scene));
        self.above = self.above.min(scene.window.height.saturating_sub(height.min(scene.window.height)));
    }

    /// Where the cursor is in the store.
    pub fn cursor_place(&self, store: &Store) -> Option<usize> {
        self.cursor.and_then(|mark| store.place(mark).ok())
    }

    fn rows_of(&self, n: usize, scene: &Scene<'_>) -> usize {
        let event = scene.store.get(n).filter(|event| self.wrap && event.source != WORDS);
        let rows = event.map_or(1, |event| {
            let words = rows::words(event.message, &scene.shown);
            let (plain, _) = if scene.colours { sgr::read(&words) } else { (Cow::Borrowed(&*words), Vec::new()) };
            rows::count(&plain, scene.window.width)
        });
        // A rule stands above a group.
        rows + usize::from(scene.sieve.begins_group(scene.store, n))
    }

    /// Moves the cursor by so many events, up if negative; the newest is followed until it has moved up. `false` when
    /// there are no more that way.
    pub fn go(&mut self, by: isize, scene: &Scene<'_>) -> bool {
        let Some(mut n) = self.cursor_place(scene.store) else { return false };
        let newer = by > 0;
        let mut moved = false;
        for _ in 0..by.unsigned_abs() {
            let next = if newer { Some(n + 1) } else { n.checked_sub(1) };
            let Some(Step::To(next)) = next.map(|next| scene.sieve.next(scene.store, next, newer)) else { break };
            let passed = self.rows_of(if newer { n } else { next }, scene);
            self.above = if newer { self.above.saturating_add(passed) } else { self.above.saturating_sub(passed) };
            (n, moved) = (next, true);
        }
        self.cursor = scene.store.mark(n);
        self.follow &= newer || !moved;
        moved
    }

    /// Moves the cursor by so many events and keeps its line on the screen.
    pub fn page(&mut self, by: isize, scene: &Scene<'_>) -> bool {
        let above = self.above;
        let moved = self.go(by, scene);
        self.above = if moved { above } else { self.above };
        moved
    }

    /// Goes to the oldest event.
    pub fn top(&mut self, scene: &Scene<'_>) {
        (self.above, self.left) = (0, 0);
        if let Step::To(n) = scene.sieve.next(scene.store, 0, true) {
            let before = std::mem::replace(&mut self.cursor, scene.store.mark(n));
            self.follow &= before == self.cursor;
        }
    }

    /// What is on the screen, from above.
    pub fn placed(&self, scene: &Scene<'_>) -> Vec<Placed> {
        let Some(cursor) = self.cursor_place(scene.store) else { return Vec::new() };
        let height = scene.window.height;
        let mut down: Vec<Placed> = Vec::new();
        // As much as fits beneath the cursor decides how much is above it.
        let beneath = self.walk(cursor, true, height, scene, &mut down);
        let above = self.above.max(height.saturating_sub(beneath));
        let mut up = Vec::new();
        let found = match cursor.checked_sub(1) {
            Some(n) => self.walk(n, false, above, scene, &mut up),
            None => 0,
        };
        if let Some(top) = up.last_mut() {
            let cut = found.saturating_sub(above);
            (top.first, top.rows) = (cut, top.rows - cut.min(top.rows));
        }
        up.reverse();
        up.extend(down);
        let mut left = height;
        up.retain_mut(|placed| {
            placed.rows = placed.rows.min(left);
            left -= placed.rows;
            placed.rows > 0
        });
        up
    }

    /// Collects shown events until they fill so many rows; tells how many rows they take.
    fn walk(&self, from: usize, newer: bool, rows: usize, scene: &Scene<'_>, out: &mut Vec<Placed>) -> usize {
        let (mut n, mut taken) = (from, 0);
        while taken < rows {
            let Step::To(event) = scene.sieve.next(scene.store, n, newer) else { break };
            let height = self.rows_of(event, scene);
            out.push(Placed { event, first: 0, rows: height });
            taken += height;
            n = if newer {
                event + 1
            } else if let Some(n) = event.checked_sub(1) {
                n
            } else {
                break;
            };
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::LogEvent;
    use crate::model::logs::store::End;

    fn event(at: i64, message: &str) -> LogEvent {
        LogEvent::of(at, "s".into(), &at.to_string(), message)
    }

    fn store(range: std::ops::Range<i64>) -> Store {
        let mut store = Store::default();
        store.take(0, &range.map(|at| event(at, &format!("line {at}"))).collect::<Vec<_>>(), End::New);
        store
    }

    const WINDOW: Window = Window { width: 20, height: 4 };

    fn shown(view: &View, store: &Store, sieve: &Sieve) -> Vec<i64> {
        let scene = Scene { store, sieve, window: WINDOW, colours: false, shown: Vec::new() };
        view.placed(&scene).iter().map(|placed| store.get(placed.event).unwrap().at).collect()
    }

    #[test]
    fn the_newest_is_followed_until_one_goes_up_and_again_at_the_end() {
        let (mut store, sieve) = (store(0..10), Sieve::default());
        let mut view = View::new(true, false);
        view.arrange(&Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() });
        assert_eq!(shown(&view, &store, &sieve), [6, 7, 8, 9]);
        view.go(-1, &Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() });
        store.take(0, &[event(10, "new")], End::New);
        view.came(1, None);
        view.arrange(&Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() });
        assert_eq!((shown(&view, &store, &sieve), view.waits()), (vec![6, 7, 8, 9], 1));
        store.take(0, &[event(-1, "old")], End::Old);
        view.arrange(&Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() });
        assert_eq!(shown(&view, &store, &sieve), [6, 7, 8, 9], "nothing jumps");
        view.follow();
        view.arrange(&Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() });
        assert_eq!((shown(&view, &store, &sieve), view.waits()), (vec![7, 8, 9, 10], 0));
    }

    #[test]
    fn the_screen_is_filled_as_far_as_there_is_something() {
        let (store, sieve) = (store(0..3), Sieve::default());
        let mut view = View::new(false, false);
        let scene = Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() };
        view.arrange(&scene);
        assert_eq!(shown(&view, &store, &sieve), [0, 1, 2]);
        assert!(view.page(9, &scene) && !view.page(1, &scene));
        view.arrange(&scene);
        assert_eq!(shown(&view, &store, &sieve), [0, 1, 2]);
        assert_eq!(view.cursor_place(&store), Some(2));
    }

    #[test]
    fn a_wrapped_event_takes_its_rows() {
        let mut store = Store::default();
        store.take(0, &[event(1, &"x".repeat(50)), event(2, "a\nb")], End::New);
        let sieve = Sieve::default();
        let scene = Scene { store: &store, sieve: &sieve, window: WINDOW, colours: false, shown: Vec::new() };
        let mut view = View::new(true, true);
        view.arrange(&scene);
        let placed = view.placed(&scene);
        assert_eq!(placed, [Placed { event: 0, first: 1, rows: 2 }, Placed { event: 1, first: 0, rows: 2 }]);
    }

    proptest::proptest! {
        #[test]
        fn no_move_leaves_the_screen(moves in proptest::collection::vec(-7_isize..8, 0..20), lines in 1_i64..12, height in 0_usize..6) {
            let (store, sieve) = (store(0..lines), Sieve::default());
            let mut view = View::new(true, false);
            let scene = Scene { store: &store, sieve: &sieve, window: Window { width: 9, height }, colours: false, shown: Vec::new() };
            for by in moves {
                view.go(by, &scene);
                view.arrange(&scene);
                let placed = view.placed(&scene);
                proptest::prop_assert_eq!(placed.len(), height.min(usize::try_from(lines).unwrap()));
                let cursor = view.cursor_place(&store).unwrap();
                proptest::prop_assert!(height == 0 || placed.iter().any(|placed| placed.event == cursor));
            }
        }
    }
}
