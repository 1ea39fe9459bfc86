//! The geometry of the screen, shared by `update`, which scrolls and clicks in it, and `ui`, which draws.

use ratatui::layout::{Position, Rect};

use super::msg::Size;

/// From this width on the detail stands beside the list.
pub const WIDE: u16 = 120;
/// The detail beside the list gets no more: its facts need none, the list's columns do.
const DETAIL: u16 = 56;
/// Nor less: a list of 80 cells shows as much beside it as alone on a narrow screen.
const LEAST_DETAIL: u16 = 40;
/// Below this nothing fits but one line that says so.
const LEAST: Size = Size { width: 20, height: 5 };
/// The least at which a confirmation shows where it goes, to what, and what is sent.
pub const READABLE: Size = Size { width: 40, height: 10 };
/// Below this height the tabs and the headings make room for rows.
const TALL: u16 = 14;

/// Where everything is. A part that does not fit is empty (zero lines).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// Where am I, is it safe, is it fresh.
    pub header: Rect,
    /// The panes.
    pub tabs: Rect,
    /// What is listed, filter and count.
    pub title: Rect,
    /// What stands above the list: words, and a bar.
    pub banner: Rect,
    /// The headings of the columns.
    pub heads: Rect,
    /// The rows.
    pub rows: Rect,
    /// A line under the rows for the pane's problem.
    pub remark: Rect,
    /// The facts of the row under the cursor.
    pub detail: Rect,
    /// Everything between tabs and footer: for a room that is no table.
    pub body: Rect,
    /// What can I do here.
    pub footer: Rect,
}

/// What a click can hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The tabs.
    Tabs,
    /// The headings of a list of that width.
    Heads {
        /// In cells.
        width: u16,
    },
    /// A line of the list, from 0.
    Row(usize),
    /// Nothing that can be clicked.
    Nowhere,
}

impl Screen {
    /// The layout at a size, with the list `alone` or the detail beside it where there is room; `None`
    /// when it is too small for any.
    pub fn of(size: Size, alone: bool) -> Option<Self> {
        if size.width < LEAST.width || size.height < LEAST.height {
            return None;
        }
        let Size { width, height } = size;
        let tall = height >= TALL;
        let line = |y: u16, height: u16| Rect { x: 0, y, width, height };
        let header = line(0, 1);
        let tabs = line(1, u16::from(tall));
        let top = 1 + tabs.height + u16::from(tall);
        let footer = line(height.saturating_sub(1), 1);
        let body = line(top, height.saturating_sub(top + 1));
        let beside = if width >= WIDE && !alone { (width / 3).clamp(LEAST_DETAIL, DETAIL) } else { 0 };
        let list = width - beside;
        let part = |y: u16, height: u16| Rect { x: 0, y: body.y + y, width: list, height };
        let heads = u16::from(height > 10);
        let remark = u16::from(tall);
        let detail =
            Rect { x: list + 1, width: beside.saturating_sub(1), height: body.height.saturating_sub(remark), ..body };
        let rows = body.height.saturating_sub(1 + heads + remark);
        Some(Self {
            header,
            tabs,
            title: part(0, 1),
            banner: Rect::default(),
            heads: part(1, heads),
            rows: part(1 + heads, rows),
            remark: Rect { width, ..part(1 + heads + rows, remark) },
            detail: if beside > 0 { detail } else { Rect::default() },
            body,
            footer,
        })
    }

    /// The same with lines above the list, as many as there is room for.
    #[must_use]
    pub fn with_banner(self) -> Self {
        let lines = match self.rows.height {
            0..5 => 0,
            5..10 => 1,
            _ => 2,
        };
        let down = |part: Rect| Rect { y: part.y + lines, ..part };
        Self {
            banner: Rect { y: self.title.bottom(), height: lines, ..self.title },
            heads: down(self.heads),
            rows: Rect { height: self.rows.height - lines, ..down(self.rows) },
            ..self
        }
    }

    /// The same with a line for the list's problem under the rows, where there is none and some rows are left.
    #[must_use]
    pub fn with_remark(self) -> Self {
        if self.remark.height > 0 || self.rows.height < 3 {
            return self;
        }
        let rows = Rect { height: self.rows.height - 1, ..self.rows };
        let remark = Rect { y: rows.bottom(), height: 1, width: self.footer.width, ..self.rows };
        let detail = Rect { height: self.detail.height.saturating_sub(1), ..self.detail };
        Self { rows, remark, detail, ..self }
    }

    /// What stands at a cell.
    pub fn at(&self, x: u16, y: u16) -> Spot {
        let cell = Position { x, y };
        if self.tabs.contains(cell) {
            Spot::Tabs
        } else if self.heads.contains(cell) {
            Spot::Heads { width: self.heads.width }
        } else if self.rows.contains(cell) {
            Spot::Row(usize::from(y.saturating_sub(self.rows.y)))
        } else {
            Spot::Nowhere
        }
    }

    /// How many rows are on the screen at this size.
    pub fn page(size: Size) -> usize {
        Self::of(size, false).map_or(1, |screen| usize::from(screen.rows.height).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_a_layout_inside_itself_or_none() {
        for width in 0..260 {
            for height in 0..80 {
                let size = Size { width, height };
                let (Some(screen), Some(alone)) = (Screen::of(size, false), Screen::of(size, true)) else { continue };
                assert_eq!((alone.rows.width, alone.rows.height), (width, screen.rows.height));
                let told = screen.with_remark();
                assert_eq!(told.rows.height + told.remark.height, screen.rows.height + screen.remark.height);
                assert!(told.remark.bottom() <= height && told.rows.height > 0 || screen.rows.height == 0);
                assert!(!told.remark.intersects(told.detail) && !told.remark.intersects(told.rows), "{width}x{height}");
                let with_banner = screen.with_banner();
                assert_eq!(with_banner.rows.bottom(), screen.rows.bottom(), "{width}x{height}");
                assert!(with_banner.rows.height + with_banner.banner.height == screen.rows.height);
                for part in [
                    screen.header,
                    screen.tabs,
                    screen.title,
                    screen.heads,
                    screen.rows,
                    screen.remark,
                    screen.detail,
                    screen.body,
                    screen.footer,
                ] {
                    assert!(part.right() <= width && part.bottom() <= height, "{part:?} at {width}x{height}");
                }
            }
        }
    }

    #[test]
    fn the_list_gets_what_the_detail_does_not_need() {
        let list = |width| Screen::of(Size { width, height: 40 }, false).map(|screen| screen.rows.width);
        assert_eq!([119, 120, 160, 200].map(list), [Some(119), Some(80), Some(107), Some(144)]);
    }

    #[test]
    fn forty_by_ten_still_shows_seven_rows() {
        let screen = Screen::of(Size { width: 40, height: 10 }, false).unwrap();
        assert_eq!((screen.rows.height, screen.with_banner().rows.height), (7, 6));
    }
}
