//! Which columns fit and where they stand: shared by drawing and by clicks on headings.

use super::Model;
use crate::panes::ColumnHead;

/// Cells before the first column: the cursor's marker and a space.
pub const MARGIN: u16 = 2;
/// Cells between two columns.
pub const GAP: u16 = 2;
/// How wide a growing column gets at most before others get their share.
const COMFORT: u16 = 40;
/// From this priority on a column gets room only when those before it have all the room they want.
const LUXURY: u8 = 5;

/// One column on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its number in the pane.
    pub column: usize,
    /// Its first cell, from the left edge of the list.
    pub x: u16,
    /// Its width in cells.
    pub width: u16,
}

/// The columns of the pane on show in a list of that width.
pub fn columns_at(model: &Model, width: u16) -> Vec<Placed> {
    let scrolled = model.views.table(model.views.pane()).map_or(0, |table| table.scrolled);
    place(&model.pane().columns(), width, scrolled)
}

/// Chooses the columns that fit, by priority, and shares out what is left.
pub fn place(columns: &[ColumnHead], width: u16, scrolled: usize) -> Vec<Placed> {
    let room = width.saturating_sub(MARGIN);
    let mut chosen: Vec<usize> =
        (0..columns.len()).filter(|n| *n == first(columns) || *n > scrolled || scrolled == 0).collect();
    let priority = |n: &usize| columns.get(*n).map_or(0, |head| head.priority);
    // The last of those that matter least goes first.
    while let Some(worst) = (0..chosen.len()).max_by_key(|at| (chosen.get(*at).map(priority), *at)) {
        let luxury = chosen.get(worst).map_or(0, priority) >= LUXURY;
        if needed(columns, &chosen, luxury) <= room + GAP || chosen.len() == 1 {
            break;
        }
        chosen.remove(worst);
    }
    let roomy = needed(columns, &chosen, true) <= room + GAP;
    let mut widths: Vec<(usize, u16, bool)> = chosen
        .iter()
        .filter_map(|n| columns.get(*n).map(|head| (*n, head.width)))
        .map(|(n, width)| (n, if roomy { width.wanted() } else { width.least() }, width.grows()))
        .collect();
    let used: u16 = widths.iter().map(|(_, width, _)| width + GAP).sum();
    share(&mut widths, (room + GAP).saturating_sub(used));
    let mut x = MARGIN;
    let mut placed = Vec::new();
    for (column, wide, _) in widths {
        let wide = wide.min(width.saturating_sub(x));
        placed.push(Placed { column, x, width: wide });
        x = x.saturating_add(wide).saturating_add(GAP).min(width);
    }
    placed
}

/// How far the columns are scrolled after one step aside: to where others than now have room, so that no press is in
/// vain.
pub fn scrolled(columns: &[ColumnHead], width: u16, from: usize, right: bool) -> usize {
    let shown = |at| place(columns, width, at).iter().map(|placed| placed.column).collect::<Vec<_>>();
    let (now, last) = (shown(from), columns.len().saturating_sub(2));
    if right {
        (from + 1..=last).find(|at| shown(*at) != now).unwrap_or(from)
    } else {
        (0..from).rev().find(|at| shown(*at) != now).unwrap_or(0)
    }
}

/// The cells that columns take, each with the gap after it: at the least, or as they want it.
fn needed(columns: &[ColumnHead], chosen: &[usize], wanted: bool) -> u16 {
    let width = |head: &ColumnHead| if wanted { head.width.wanted() } else { head.width.least() };
    chosen.iter().filter_map(|n| columns.get(*n)).map(|head| width(head) + GAP).sum()
}

/// The column that stays on the left while others scroll: the first that always stays.
fn first(columns: &[ColumnHead]) -> usize {
    columns.iter().position(|head| head.priority == 0 && head.width.grows()).unwrap_or(0)
}

/// Gives what is left to the growing columns: to all alike up to a comfortable width, then to the last.
fn share(widths: &mut [(usize, u16, bool)], mut left: u16) {
    loop {
        let mut given = 0;
        for (_, width, _) in widths.iter_mut().filter(|(_, width, grows)| *grows && *width < COMFORT) {
            if left == given {
                break;
            }
            *width += 1;
            given += 1;
        }
        left -= given;
        if given == 0 || left == 0 {
            break;
        }
    }
    if let Some((_, width, _)) = widths.iter_mut().rfind(|(_, _, grows)| *grows) {
        *width += left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Text;
    use crate::panes::Width;

    fn heads() -> Vec<ColumnHead> {
        let head =
            |title, width, priority| ColumnHead { title: Text::known(title), width, priority, once: false, late: None };
        vec![
            head("STATE", Width::Fixed(10), 1),
            head("NAME", Width::Grow(20), 0),
            head("RUNTIME", Width::Fixed(14), 2),
            head("ROLE", Width::Grow(10), 9),
        ]
    }

    fn shown(width: u16) -> Vec<usize> {
        place(&heads(), width, 0).into_iter().map(|placed| placed.column).collect()
    }

    #[test]
    fn what_matters_least_goes_first() {
        assert_eq!(shown(100), [0, 1, 2, 3]);
        assert_eq!(shown(55), [0, 1, 2]);
        assert_eq!(shown(40), [0, 1]);
        assert_eq!(shown(24), [1]);
        assert_eq!(shown(5), [1]);
    }

    #[test]
    fn columns_stay_inside_the_list_and_use_it() {
        for width in 0..240 {
            let placed = place(&heads(), width, 0);
            assert!(placed.iter().all(|column| column.x + column.width <= width.max(MARGIN)), "{width}");
        }
        let last = place(&heads(), 150, 0).last().copied().unwrap();
        assert_eq!(last.x + last.width, 150);
    }

    #[test]
    fn a_luxury_never_narrows_what_wants_more_room() {
        let mut heads = heads();
        heads[1].width = Width::Rather(20, 28);
        let name = |width| place(&heads, width, 0).into_iter().find(|placed| placed.column == 1).unwrap().width;
        assert_eq!((name(50), name(65), name(70), name(72)), (20, 35, 28, 29));
        assert_eq!(place(&heads, 69, 0).len(), 3);
        assert_eq!(place(&heads, 70, 0).len(), 4);
    }

    #[test]
    fn a_step_aside_shows_other_columns_or_stays() {
        assert_eq!((scrolled(&heads(), 40, 0, true), scrolled(&heads(), 40, 1, false)), (1, 0));
        // There is room for the name alone, wherever one is.
        assert_eq!((scrolled(&heads(), 24, 0, true), scrolled(&heads(), 24, 2, false)), (0, 0));
    }

    #[test]
    fn scrolling_keeps_the_name() {
        let columns: Vec<usize> = place(&heads(), 100, 2).into_iter().map(|placed| placed.column).collect();
        assert_eq!(columns, [1, 3]);
    }
}
