//! Where the parts of the console are on the screen: for those who draw and for those who scroll.

use ratatui::layout::{Constraint, Layout, Rect};

use super::{Console, Part};
use crate::model::WIDE;

/// A body lower than this shows one part at a time.
const LOW: u16 = 16;

/// The places of the console's parts. What is not on the screen is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    /// Whom the payload is for, and how.
    pub title: Rect,
    /// The names of the parts, where only one fits.
    pub tabs: Rect,
    /// The payload.
    pub request: Rect,
    /// The line between request and response.
    pub gap: Rect,
    /// What the function answered.
    pub response: Rect,
    /// What the run logged.
    pub log: Rect,
}

impl Places {
    /// The places within the body of the screen.
    pub fn of(console: &Console, body: Rect) -> Self {
        let [title, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(body);
        if console.full || body.width < WIDE || body.height < LOW {
            let [tabs, whole] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(rest);
            let places = Self { title, tabs, ..Self::default() };
            return match console.part {
                Part::Request => Self { request: whole, ..places },
                Part::Response => Self { response: whole, ..places },
                Part::Log => Self { log: whole, ..places },
            };
        }
        let [upper, log] = Layout::vertical([Constraint::Fill(3), Constraint::Fill(2)]).areas(rest);
        let [request, gap, response] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)]).areas(upper);
        Self { title, request, gap, response, log, ..Self::default() }
    }

    /// The place of one part.
    pub fn part(&self, part: Part) -> Rect {
        match part {
            Part::Request => self.request,
            Part::Response => self.response,
            Part::Log => self.log,
        }
    }
}
