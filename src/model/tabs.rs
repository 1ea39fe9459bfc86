//! The line of the tabs: all of them where there is room, else those around the marked one.

use super::Model;
use crate::panes::{self, Pane, PaneId};

/// Below this width there is no room for neighbours: only the marked tab is shown, and how many there are.
const LEAST: usize = 60;
/// `‹ ` and ` ›`: more tabs that way.
const SIGN: usize = 2;

/// What stands in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TabPart {
    /// ` 3 Versions  `: a tab, by its number from 1.
    Tab(usize),
    /// `3/7 Versions`: the marked one alone, its number and that of all; a space before it where it is the first.
    Alone(usize, usize),
    /// `‹ `: there are more before it.
    Before,
    /// ` ›`: there are more behind it.
    Behind,
}

/// One part of the line.
#[derive(Clone, Copy)]
pub struct PlacedTab {
    /// Its first cell.
    pub x: usize,
    /// How many cells it takes.
    pub width: usize,
    /// What it is.
    pub part: TabPart,
    /// The pane it is of or, for a sign, the nearest one that way: a click leads there.
    pub pane: &'static dyn Pane,
}

impl Model {
    /// The tabs as they are placed in a line of that many cells. A room that is no pane is named behind them.
    pub fn tabs(&self, width: u16) -> Vec<PlacedTab> {
        let room = self.views.place().room().map_or(0, |room| room.len() + 2);
        tabs_at(tab_number(self.views.tab()).unwrap_or(1) - 1, usize::from(width).saturating_sub(room))
    }
}

/// The number of a pane's tab, from 1; `None` for panes without one.
pub fn tab_number(pane: PaneId) -> Option<usize> {
    panes::tabs().position(|tab| tab.id() == pane).map(|n| n + 1)
}

/// The line in so many cells, from the left. The marked tab is in it, with the one after it where that fits too.
fn tabs_at(marked: usize, room: usize) -> Vec<PlacedTab> {
    let all: Vec<&'static dyn Pane> = panes::tabs().collect();
    let marked = marked.min(all.len().saturating_sub(1));
    let widths: Vec<usize> = all.iter().enumerate().map(|(n, pane)| tab_width(n, pane.title())).collect();
    let (from, to) = if room < LEAST { (marked, marked + 1) } else { window(&widths, marked, room) };
    let mut line = Line { all: &all, x: 0, parts: Vec::new() };
    if widths.iter().sum::<usize>() <= room {
        widths.iter().enumerate().for_each(|(n, width)| line.put(n, *width, TabPart::Tab(n + 1)));
        return line.parts;
    }
    if let Some(before) = from.checked_sub(1) {
        line.put(before, SIGN, TabPart::Before);
    }
    if room < LEAST {
        let words = format!("{}/{} ", marked + 1, all.len()).len() + title_width(&all, marked) + usize::from(from == 0);
        line.put(marked, words, TabPart::Alone(marked + 1, all.len()));
    } else {
        widths.iter().enumerate().take(to).skip(from).for_each(|(n, width)| line.put(n, *width, TabPart::Tab(n + 1)));
    }
    if to < all.len() {
        line.put(to, SIGN, TabPart::Behind);
    }
    line.parts
}

/// The tabs that fit between the signs: from the smallest first one on with which the marked one and the next are there.
fn window(widths: &[usize], marked: usize, room: usize) -> (usize, usize) {
    let end = |from: usize| {
        let mut left = room.saturating_sub(if from == 0 { SIGN } else { 2 * SIGN });
        let fits = |width: &&usize| left.checked_sub(**width).inspect(|rest| left = *rest).is_some();
        from + widths.iter().skip(from).take_while(fits).count()
    };
    let wanted = (marked + 2).min(widths.len());
    let from = (0..=marked).find(|from| end(*from) >= wanted).unwrap_or(marked);
    (from, end(from))
}

/// How many cells the tab of the n-th pane takes: ` 1 Title  `.
fn tab_width(n: usize, title: &str) -> usize {
    4 + (n + 1).to_string().len() + title.chars().count()
}

fn title_width(all: &[&'static dyn Pane], n: usize) -> usize {
    all.get(n).map_or(0, |pane| pane.title().chars().count())
}

/// The line as it grows.
struct Line<'a> {
    all: &'a [&'static dyn Pane],
    x: usize,
    parts: Vec<PlacedTab>,
}

impl Line<'_> {
    /// Puts a part at the end, for the n-th pane.
    fn put(&mut self, n: usize, width: usize, part: TabPart) {
        if let Some(pane) = self.all.get(n) {
            self.parts.push(PlacedTab { x: self.x, width, part, pane: *pane });
            self.x += width;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(marked: usize, room: usize) -> Vec<TabPart> {
        tabs_at(marked, room).iter().map(|placed| placed.part).collect()
    }

    #[test]
    fn all_tabs_are_there_where_they_fit() {
        let count = panes::tabs().count();
        assert_eq!(parts(0, 200), (1..=count).map(TabPart::Tab).collect::<Vec<_>>());
        assert_eq!(parts(3, 200), parts(0, 200));
    }

    #[test]
    fn the_marked_tab_is_there_at_every_width_and_nothing_leaves_the_line() {
        let count = panes::tabs().count();
        for room in 24..200 {
            for marked in 0..count {
                let line = tabs_at(marked, room);
                let here = |placed: &&PlacedTab| match placed.part {
                    TabPart::Tab(n) | TabPart::Alone(n, _) => n == marked + 1,
                    TabPart::Before | TabPart::Behind => false,
                };
                assert_eq!(line.iter().filter(here).count(), 1, "{marked} in {room}");
                assert!(line.iter().all(|placed| placed.x + placed.width <= room), "{marked} in {room}");
                let mut ends = line.iter().zip(line.iter().skip(1));
                assert!(ends.all(|(one, next)| one.x + one.width == next.x), "{marked} in {room}");
            }
        }
    }

    #[test]
    fn signs_lead_to_the_nearest_tab_that_is_not_there() {
        let last = panes::tabs().count() - 1;
        let titles = |marked: usize, room: usize| -> Vec<&str> {
            let signs = |placed: &PlacedTab| matches!(placed.part, TabPart::Before | TabPart::Behind);
            tabs_at(marked, room).iter().filter(|placed| signs(placed)).map(|placed| placed.pane.title()).collect()
        };
        assert_eq!(titles(0, 40), ["Configuration"]);
        assert_eq!(titles(2, 40), ["Configuration", "Aliases"]);
        assert_eq!(titles(last, 40).len(), 1);
        assert_eq!(titles(0, 80).len(), 1, "only more behind");
        assert_eq!(titles(last, 80).len(), 1, "only more before");
    }
}
