//! Where the parts of the room are on the screen: for those who draw and for those who scroll.

use ratatui::layout::{Constraint, Layout, Rect};

use super::{Insights, Part};

/// A body lower than this shows one part at a time.
const LOW: u16 = 14;
/// The query gets at most this part of the height beside the results, and at least so many lines.
const SHARE: u16 = 3;
const LEAST: u16 = 3;

/// The places of the parts. What is not on the screen is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    /// Whom it is about, and the range of time.
    pub title: Rect,
    /// The query.
    pub query: Rect,
    /// What is wrong with the query.
    pub flaw: Rect,
    /// How the query stands and what it costs.
    pub state: Rect,
    /// The headings of the results.
    pub heads: Rect,
    /// The rows, or a record in place of them.
    pub rows: Rect,
    /// The line below: what is typed, or what a record is.
    pub remark: Rect,
}

impl Places {
    /// The places within the body of the screen.
    pub fn of(room: &Insights, body: Rect) -> Self {
        let [title, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(body);
        let flaw = u16::from(room.flaw().is_some());
        if body.height < LOW || room.full {
            return match room.part {
                Part::Query => {
                    let parts = [
                        Constraint::Fill(1),
                        Constraint::Length(flaw),
                        Constraint::Length(1),
                        Constraint::Length(u16::from(room.line.is_some())),
                    ];
                    let [query, flaw, state, remark] = Layout::vertical(parts).areas(rest);
                    Self { title, query, flaw, state, remark, ..Self::default() }
                }
                Part::Results => Self { title, ..Self::results(rest) },
            };
        }
        let lines = u16::try_from(room.editor.count()).unwrap_or(u16::MAX);
        let query = lines.clamp(LEAST, (body.height / SHARE).max(LEAST));
        let parts = [Constraint::Length(query), Constraint::Length(flaw), Constraint::Length(1), Constraint::Fill(1)];
        let [query, flaw, gap, rest] = Layout::vertical(parts).areas(rest);
        let _ = gap;
        Self { title, query, flaw, ..Self::results(rest) }
    }

    fn results(area: Rect) -> Self {
        let heads = u16::from(area.height > 6);
        let parts = [Constraint::Length(1), Constraint::Length(heads), Constraint::Fill(1), Constraint::Length(1)];
        let [state, heads, rows, remark] = Layout::vertical(parts).areas(area);
        Self { state, heads, rows, remark, ..Self::default() }
    }

    /// The lines and cells of the query: beside the numbers of its lines.
    pub fn editor(&self) -> Rect {
        let left = NUMBERS.min(self.query.width);
        Rect { x: self.query.x + left, width: self.query.width - left, ..self.query }
    }

    /// The numbers of the lines.
    pub fn numbers(&self) -> Rect {
        Rect { width: NUMBERS.min(self.query.width), ..self.query }
    }

    /// The place of a record: the headings' too.
    pub fn record(&self) -> Rect {
        Rect { y: self.heads.y, height: self.heads.height + self.rows.height, ..self.rows }
    }
}

/// The cells of a line's number, with the blank behind it.
const NUMBERS: u16 = 4;
