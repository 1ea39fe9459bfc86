//! Bytes being read as hexadecimal numbers.

use std::sync::Arc;

use super::text_view::{Motion, Window};

/// A window that is narrower has room for half of a row of sixteen bytes.
const WIDE: usize = 78;

/// How many bytes stand in a row.
pub fn row_of(window: Window) -> usize {
    if window.width >= WIDE { 16 } else { 8 }
}

/// Bytes and the window over them.
#[derive(Debug, Clone)]
pub struct HexView {
    bytes: Arc<Vec<u8>>,
    /// The first byte shown.
    top: usize,
}

impl HexView {
    /// A window at the beginning.
    pub fn of(bytes: Arc<Vec<u8>>) -> Self {
        Self { bytes, top: 0 }
    }

    /// Moves the window, never beyond the ends.
    pub fn go(&mut self, motion: Motion, window: Window) {
        let last = self.last_top(window);
        let top = self.first_row(window);
        let top = match motion {
            Motion::By(rows) => top.saturating_add_signed(rows).min(last),
            Motion::Top => 0,
            Motion::Bottom => last,
            Motion::Left | Motion::Right => top,
        };
        self.top = top * row_of(window);
    }

    /// The rows that the window shows: the number of their first byte, and their bytes.
    pub fn rows(&self, window: Window) -> impl Iterator<Item = (usize, &[u8])> {
        let row = row_of(window);
        let rows = self.bytes.chunks(row).enumerate().skip(self.first_row(window));
        rows.take(window.height).map(move |(n, bytes)| (n * row, bytes))
    }

    /// The first row is shown.
    pub fn is_at_top(&self, window: Window) -> bool {
        self.first_row(window) == 0
    }

    fn first_row(&self, window: Window) -> usize {
        (self.top / row_of(window)).min(self.last_top(window))
    }

    fn last_top(&self, window: Window) -> usize {
        self.bytes.len().div_ceil(row_of(window)).saturating_sub(window.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_numbers_and_the_window_stays_within() {
        let window = Window { width: 80, height: 2 };
        let mut view = HexView::of(Arc::new((0..=255).chain(0..10).collect()));
        view.go(Motion::Bottom, window);
        let rows: Vec<(usize, usize)> = view.rows(window).map(|(at, bytes)| (at, bytes.len())).collect();
        assert_eq!(rows, [(240, 16), (256, 10)]);
        view.go(Motion::By(-1), window);
        assert_eq!(view.rows(window).next().unwrap().0, 224);
        view.go(Motion::By(99), window);
        view.go(Motion::Right, window);
        assert_eq!(view.rows(window).next().unwrap().0, 240);
    }
}
