//! What fits on a screen of a log: the columns before a message, and the room for it.

use super::columns::MOST;
use super::{Logs, Stamps};
use crate::model::msg::Size;
use crate::model::screen::Screen;
use crate::model::text_view::Window;

/// A screen of so many lines has one for what is to be said of the log.
const TALL: u16 = 12;
/// Cells of a moment: `12:04:31.120`, and of one with its day.
const TIME: usize = 12;
const DAY: usize = 6;
/// The longest label of a source, in cells.
pub(super) const LABEL: usize = 12;
/// Cells of a level, and of the beginning of a request's number.
const LEVEL: usize = 6;
pub const REQUEST: usize = 8;
/// Cells of a stream's name: version and beginning of a number.
const STREAM: usize = 20;
/// From this width on there is room for a level as a word and for the fraction of a second, and for a request.
const ROOMY: u16 = 60;
const ROOM_FOR_REQUEST: u16 = 100;
/// Cells of a fraction of a second: `.120`.
const FRACTION: usize = 4;

/// The columns before a message, in cells; 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// The moment.
    pub stamp: usize,
    /// The label of the source.
    pub label: usize,
    /// The end of the stream's name.
    pub stream: usize,
    /// The beginning of the request's number.
    pub request: usize,
    /// How bad it is, or what Lambda says with it: a word, or where there is little room a letter.
    pub level: usize,
    /// The chosen members of records.
    pub members: [usize; MOST],
    /// The space behind each.
    pub gap: usize,
}

impl Lead {
    /// All of them, with the cursor before and the space between.
    pub fn cells(self) -> usize {
        let columns = [self.stamp, self.label, self.stream, self.request, self.level];
        2 + columns
            .into_iter()
            .chain(self.members)
            .filter(|cells| *cells > 0)
            .map(|cells| cells + self.gap)
            .sum::<usize>()
    }
}

impl Logs {
    /// Headings stand above the events: of members nobody could tell by their values alone which they are.
    pub fn has_headings(&self, size: Size) -> bool {
        self.headed(size, self.lead(size.width))
    }

    fn headed(&self, size: Size, lead: Lead) -> bool {
        size.height >= TALL && !self.listing && lead.members.iter().any(|cells| *cells > 0)
    }

    /// The room there is for messages.
    pub fn window(&self, size: Size) -> Window {
        self.window_beside(size, self.lead(size.width))
    }

    /// The same where it is known what stands before them.
    pub(super) fn window_beside(&self, size: Size, lead: Lead) -> Window {
        let Some(screen) = Screen::of(size, false) else { return Window::default() };
        let around = if size.height >= TALL { 2 } else { 1 } + usize::from(self.headed(size, lead));
        Window {
            width: usize::from(screen.body.width).saturating_sub(lead.cells()),
            height: usize::from(screen.body.height).saturating_sub(around),
        }
    }

    /// The room there is for an event that is opened.
    pub fn opened_window(&self, size: Size) -> Window {
        let Some(screen) = Screen::of(size, false) else { return Window::default() };
        let height = usize::from(screen.body.height).saturating_sub(1);
        Window { width: usize::from(screen.body.width).saturating_sub(1), height }
    }

    /// What stands before a message on a screen of that width.
    pub fn lead(&self, width: u16) -> Lead {
        let stamp = match self.stamps {
            Stamps::Time => TIME,
            Stamps::Day => TIME + DAY,
            Stamps::None => 0,
        };
        let (stamp, level, gap) =
            if width >= ROOMY { (stamp, LEVEL, 2) } else { (stamp.saturating_sub(FRACTION), 1, 1) };
        let request = if width >= ROOM_FOR_REQUEST { REQUEST } else { 0 };
        let stream = match width {
            _ if !self.streams => 0,
            ROOM_FOR_REQUEST.. => STREAM,
            _ => STREAM / 2,
        };
        let lead = Lead { stamp, label: self.label_width(), stream, request, level, members: [0; MOST], gap };
        let room = usize::from(width).saturating_sub(lead.cells());
        Lead { members: self.columns.shares(room, gap), ..lead }
    }

    /// How wide the labels of the sources are; 0 where there is but one.
    pub fn label_width(&self) -> usize {
        let widths = self.sources.iter().map(|source| source.label.chars().count());
        if self.sources.len() > 1 { widths.max().unwrap_or_default().min(LABEL) } else { 0 }
    }
}
