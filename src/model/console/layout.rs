//! Where the parts of the console are on the screen: for those who draw and for those who scroll.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use unicode_width::UnicodeWidthStr as _;

use super::{Console, Part, Request, Verdict};
use crate::model::{Model, Screen, WIDE, wrap};

/// A body lower than this shows one part at a time.
const LOW: u16 = 16;
/// A body as high as this has a line to spare for the runs.
const HIGH: u16 = 20;

/// The cells of the word that heads the payload, with the blanks around it.
pub const HEADING: usize = 10;

/// The borders are counted in twentieths, so that each key moves them visibly and the same at every size.
const WHOLE: u16 = 20;

/// Where the borders between the parts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Borders {
    /// The twentieths of the width that the request has.
    column: u16,
    /// The twentieths of the height that request and response have.
    row: u16,
}

impl Default for Borders {
    fn default() -> Self {
        Self { column: 10, row: 12 }
    }
}

impl Borders {
    /// Moves a border by so many twentieths; no part gets smaller than a fifth.
    pub fn shift(&mut self, columns: i16, rows: i16) {
        let held = |at: u16, by: i16| at.saturating_add_signed(by).clamp(WHOLE / 5, WHOLE - WHOLE / 5);
        (self.column, self.row) = (held(self.column, columns), held(self.row, rows));
    }
}

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
    /// The line above the log.
    pub rule: Rect,
    /// What the run logged.
    pub log: Rect,
    /// The last runs in one line.
    pub runs: Rect,
}

impl Model {
    /// All parts of the console fit side by side on the screen.
    pub fn holds_all_parts(&self) -> bool {
        Screen::of(self.size, false).is_some_and(|screen| Places::holds_all(screen.body))
    }

    /// The line of the screen that is typed into: that of the payload's cursor, or the one that is asked for.
    pub fn console_line(&self) -> Option<u16> {
        let places = Places::of(&self.console, Screen::of(self.size, false)?.body);
        if self.console.ask.is_some() {
            return places.part(self.console.part).bottom().checked_sub(1);
        }
        let editor = self.console.request().map(|request| &request.editor)?;
        let place = places.editor(&self.console);
        let line = u16::try_from(editor.cursor().0.checked_sub(editor.offset().0)?).ok()?;
        (self.console.part == Part::Request && line < place.height).then_some(place.y + line)
    }
}

impl Places {
    /// The places within the body of the screen.
    pub fn of(console: &Console, body: Rect) -> Self {
        let [title, rest] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(body);
        if console.full || !Self::holds_all(body) {
            let [tabs, whole] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(rest);
            let places = Self { title, tabs, ..Self::default() };
            return match console.part {
                Part::Request => Self { request: whole, ..places },
                Part::Response => Self { response: whole, ..places },
                Part::Log => Self { log: whole, ..places },
            };
        }
        let Borders { column, row } = console.borders;
        let strip = Constraint::Length(u16::from(body.height >= HIGH));
        let [rest, runs] = Layout::vertical([Constraint::Fill(1), strip]).areas(rest);
        // A burst keeps no log, and has more to show than a part has lines.
        let burst = console.run().is_some_and(|run| run.burst().is_some());
        let log = if burst { Constraint::Length(1) } else { Constraint::Fill(WHOLE - row) };
        let parts = [Constraint::Fill(row), Constraint::Length(1), log];
        let [upper, rule, log] = Layout::vertical(parts).areas(rest);
        let parts = [Constraint::Fill(column), Constraint::Length(1), Constraint::Fill(WHOLE - column)];
        let [request, gap, response] = Layout::horizontal(parts).areas(upper);
        Self { title, request, gap, response, rule, log, runs, ..Self::default() }
    }

    /// All parts fit side by side into the body of the screen.
    fn holds_all(body: Rect) -> bool {
        body.width >= WIDE && body.height >= LOW
    }

    /// Where it stands what is wrong with the payload, in the lines it takes: below it, so that no line of it moves.
    /// Nothing where the heading has room for that.
    pub fn flaw(&self, console: &Console) -> (Rect, Vec<String>) {
        let Some(Verdict::Flawed(flaw)) = console.request().and_then(|request| request.verdict()) else {
            return Default::default();
        };
        let (words, width) = (format!("! {flaw}"), usize::from(self.request.width));
        let named = console.request().map_or(0, Request::named_cells);
        if HEADING + named + words.width() <= width {
            return Default::default();
        }
        let lines = wrap(&words, width.saturating_sub(2));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(self.request.height / 3);
        (Rect { y: self.request.bottom() - height, height, ..self.request }, lines)
    }

    /// The lines and cells of the payload: below the heading, beside the numbers of the lines.
    pub fn editor(&self, console: &Console) -> Rect {
        let lines = console.request().map_or(1, |request| request.editor.count());
        let numbers = numbers(self.request.width, lines);
        let (left, top) = (numbers.min(self.request.width), 1.min(self.request.height));
        let flaw = self.flaw(console).0.height;
        Rect {
            x: self.request.x + left,
            y: self.request.y + top,
            width: self.request.width - left,
            height: self.request.height - top - flaw.min(self.request.height - top),
        }
    }

    /// The part that is at a cell of the screen, with the name of the part where only one fits.
    pub fn part_at(&self, x: u16, y: u16) -> Option<Part> {
        let at = Position { x, y };
        if self.tabs.contains(at) {
            let mut end = self.tabs.x;
            return Part::ALL.into_iter().find(|part| {
                end = end.saturating_add(part.tab_width());
                x < end
            });
        }
        Part::ALL.into_iter().find(|part| self.part(*part).contains(at))
    }

    /// Line and cell of the payload's view that are at a cell of the screen; negative before its beginning.
    pub fn in_editor(&self, console: &Console, x: u16, y: u16) -> (isize, isize) {
        let place = self.editor(console);
        let from = |at: u16, start: u16| isize::from(at.cast_signed()) - isize::from(start.cast_signed());
        (from(y, place.y), from(x, place.x))
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

/// The cells that the numbers of so many lines take, a blank on either side; one blank where there is no room.
fn numbers(width: u16, lines: usize) -> u16 {
    /// Below this the payload needs the room.
    const ROOM: u16 = 50;
    let digits = u16::try_from(lines.max(100).ilog10() + 1).unwrap_or(u16::MAX);
    if width < ROOM { 1 } else { digits + 2 }
}

impl Part {
    /// What it is called where only one fits.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Log => "log",
        }
    }

    /// The cells of its name: a marker before it, and a blank on either side.
    fn tab_width(self) -> u16 {
        u16::try_from(self.name().len()).unwrap_or(u16::MAX).saturating_add(3)
    }
}
