//! A part of the console laid out: the lines that it says, the view below or beside them, and how far both are scrolled.
//!
//! Lines and view are read as one text: what is said comes first and makes room as it is scrolled past.

use std::time::Duration;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

use super::said::fitted;
use super::{Console, LogText, Part, Places, Run, card};
use crate::model::body::{Body, View};
use crate::model::console::{Live, Progress};
use crate::model::text_view::{Motion, Window};
use crate::model::{Model, Screen};
use crate::panes::Tone;

/// One line: its parts, each with its tone.
pub type Line = Vec<(Tone, String)>;

/// A log as wide as this has room for the run card beside it.
const BESIDE: u16 = 110;
/// How many columns the card takes.
const CARD: u16 = 50;
/// The columns at the edges of a part that its lines leave blank.
const EDGES: u16 = 2;
/// The cells that the name of the log's part takes in its heading.
const NAME: usize = 6;
/// What is said gets so many lines above a view at least: two, and how many more there are.
const LEAST: u16 = 3;

/// How far the lines of a run are scrolled, in each part.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scrolled {
    response: usize,
    log: usize,
}

impl Scrolled {
    fn of(&mut self, part: Part) -> &mut usize {
        if part == Part::Log { &mut self.log } else { &mut self.response }
    }
}

/// A part in its place on the screen.
#[derive(Debug, Default)]
pub struct Laid {
    /// What stands beside the name of the part.
    pub heading: Option<(Tone, String)>,
    lines: Vec<Line>,
    /// The first line that is shown, and the last one that can be.
    first: usize,
    last: usize,
    /// Where the lines stand.
    pub said: Rect,
    /// Where the view stands; empty if there is none.
    pub view: Rect,
}

impl Laid {
    /// Lines that have the place for themselves, from the one that they are scrolled to.
    fn alone(lines: Vec<Line>, at: usize, place: Rect) -> Self {
        let whole = lines.len() <= usize::from(place.height);
        // The last row is left to say how many more there are.
        let said = if whole { place } else { Rect { height: place.height.saturating_sub(1), ..place } };
        let last = lines.len().saturating_sub(usize::from(said.height));
        Self { first: at.min(last), last, lines, said, ..Self::default() }
    }

    /// Lines above a view, a row between them. However many they are, the view keeps half of the place; what has no
    /// room is scrolled to, and in the end the view has all of it.
    fn above(lines: Vec<Line>, at: usize, place: Rect) -> Self {
        if lines.is_empty() {
            return Self { view: place, ..Self::default() };
        }
        let most = (place.height / 2).max(LEAST).min(place.height);
        let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let last = if count < most { 0 } else { lines.len() };
        let first = at.min(last);
        let left = u16::try_from(lines.len() - first).unwrap_or(u16::MAX);
        let said = Rect { height: left.min(most.saturating_sub(1)), ..place };
        let top = said.height + u16::from(left > 0);
        let view = Rect { y: place.y + top, height: place.height.saturating_sub(top), ..place };
        Self { first, last, lines, said, view, heading: None }
    }

    /// The lines that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().skip(self.first).take(usize::from(self.said.height))
    }

    /// How many lines are below those, and the row that says so.
    pub fn below(&self) -> (usize, Rect) {
        let shown = usize::from(self.said.height);
        (self.lines.len().saturating_sub(self.first + shown), Rect { y: self.said.bottom(), height: 1, ..self.said })
    }

    /// The room that a page of the keys is measured by: of the lines, as long as there are more of them.
    pub fn window(&self) -> Window {
        window(if self.first < self.last { self.said } else { self.view })
    }

    /// What of a motion moves the lines: the first one shown then, and what is left for the view. `at_top`: the view
    /// cannot go up.
    fn take(&self, motion: Motion, at_top: bool) -> (usize, Option<Motion>) {
        match motion {
            Motion::Top => (0, Some(motion)),
            Motion::Bottom => (self.last, Some(motion)),
            Motion::By(rows) if rows < 0 && at_top => (self.first.saturating_sub(rows.unsigned_abs()), None),
            Motion::By(rows) if rows > 0 => {
                let rows = rows.unsigned_abs();
                let taken = rows.min(self.last - self.first);
                let rest = isize::try_from(rows - taken).unwrap_or(isize::MAX);
                (self.first + taken, (rest > 0).then_some(Motion::By(rest)))
            }
            motion => (self.first, Some(motion)),
        }
    }
}

impl Console {
    /// The view that keys of the part with the keyboard move.
    pub fn view_mut(&mut self) -> Option<&mut View> {
        self.view_of(self.part)
    }

    /// The view of a part.
    pub fn view_of(&mut self, part: Part) -> Option<&mut View> {
        let run = self.run_mut()?;
        match part {
            Part::Request => None,
            Part::Log => run.log_mut().map(LogText::view_mut),
            Part::Response => match &mut run.progress {
                Progress::Answered(answer) => answer.body.view_mut(),
                Progress::Running | Progress::Abandoned => run.live.as_mut().map(Live::view_mut),
                Progress::Failed(_) | Progress::Burst(_) => None,
            },
        }
    }

    /// The body of the run on show.
    pub fn body_mut(&mut self) -> Option<&mut Body> {
        match &mut self.run_mut()?.progress {
            Progress::Answered(answer) => Some(&mut answer.body),
            _ => None,
        }
    }
}

impl Run {
    /// What came back can be looked at, or will be.
    fn has_view(&self) -> bool {
        match &self.progress {
            Progress::Answered(answer) => answer.body.view().is_some(),
            Progress::Running | Progress::Abandoned => self.live.is_some(),
            Progress::Failed(_) | Progress::Burst(_) => false,
        }
    }
}

impl Model {
    /// A part laid out in its place.
    pub fn laid(&self, part: Part, area: Rect) -> Laid {
        match (self.console.run(), part) {
            (Some(run), Part::Response) => of_response(run, area, self.clock.now().since),
            (Some(run), Part::Log) => self.of_log(run, area),
            (None, _) | (_, Part::Request) => Laid::default(),
        }
    }

    /// A part laid out where it is on the screen.
    pub fn laid_on_screen(&self, part: Part) -> Laid {
        let body = Screen::of(self.size, false).map(|screen| screen.body).unwrap_or_default();
        self.laid(part, Places::of(&self.console, body).part(part))
    }

    /// The room that the view with the keyboard has on the screen.
    pub fn console_window(&self) -> Window {
        window(self.laid_on_screen(self.console.part).view)
    }

    /// Moves what a part shows as it is laid out on the screen: its lines first, then its view; up the other way round.
    pub fn scroll_console(&mut self, part: Part, laid: &Laid, motion: Motion) {
        let window_before = window(laid.view);
        let at_top = self.console.view_of(part).is_none_or(|view| view.is_at_top(window_before));
        let (first, rest) = laid.take(motion, at_top);
        if let Some(run) = self.console.run_mut() {
            *run.scrolled.of(part) = first;
        }
        // What was scrolled past has made room.
        let window = if first == laid.first { window_before } else { window(self.laid_on_screen(part).view) };
        if let (Some(motion), Some(view)) = (rest, self.console.view_of(part)) {
            view.go(motion, window);
        }
    }

    /// The run card stands beside the log where there is room, and above it where there is not.
    fn of_log(&self, run: &Run, area: Rect) -> Laid {
        let asked = u16::from(self.console.ask.is_some() && self.console.part == Part::Log);
        let place = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + asked), ..area };
        let heading = run.log_words(self.clock.now().since);
        let at = run.scrolled.log;
        if area.width >= BESIDE {
            let beside = Rect { x: area.right() - CARD, width: CARD, ..place };
            let lines = card(run, width(beside));
            let view = if lines.is_empty() { place } else { Rect { width: area.width - CARD, ..place } };
            return Laid { heading, view, ..Laid::alone(lines, at, beside) };
        }
        // What does not fit beside the name of the part is said below it.
        let room = usize::from(area.width).saturating_sub(NAME);
        let (said, heading): (Option<_>, Option<_>) = match heading {
            Some(words) if words.1.width() > room => (Some(words), None),
            heading => (None, heading),
        };
        let mut lines = fitted(said, width(area));
        lines.extend(card(run, width(area)));
        let laid = if run.log().is_some() { Laid::above(lines, at, place) } else { Laid::alone(lines, at, place) };
        Laid { heading, ..laid }
    }
}

/// What is said stands above the body; the last row names the views, or is typed into.
fn of_response(run: &Run, area: Rect, now: Duration) -> Laid {
    let place = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let (lines, at) = (run.said(width(area), now), run.scrolled.response);
    if run.has_view() {
        Laid::above(lines, at, Rect { height: place.height.saturating_sub(1), ..place })
    } else {
        Laid::alone(lines, at, place)
    }
}

/// The cells that lines have within a place.
fn width(place: Rect) -> usize {
    usize::from(place.width.saturating_sub(EDGES))
}

/// The room within a place: its first column is the cursor's.
pub fn window(place: Rect) -> Window {
    Window { width: usize::from(place.width.saturating_sub(1)), height: usize::from(place.height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> Vec<Line> {
        (0..count).map(|n| vec![(Tone::Plain, n.to_string())]).collect()
    }

    fn shown(laid: &Laid) -> (Vec<String>, usize, u16) {
        let shown = laid.shown().map(|line| line[0].1.clone()).collect();
        (shown, laid.below().0, laid.view.height)
    }

    const PLACE: Rect = Rect { x: 0, y: 1, width: 40, height: 6 };

    #[test]
    fn what_is_scrolled_past_makes_room_for_the_view() {
        let laid = |at| shown(&Laid::above(lines(4), at, PLACE));
        let says = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(laid(0), (says(&["0", "1"]), 2, 3));
        assert_eq!(laid(2), (says(&["2", "3"]), 0, 3));
        assert_eq!(laid(3), (says(&["3"]), 0, 4));
        assert_eq!(laid(9), (says(&[]), 0, 6));
        assert_eq!(shown(&Laid::above(lines(2), 9, PLACE)), (says(&["0", "1"]), 0, 3), "all of it has room: it stays");
    }

    #[test]
    fn lines_without_a_view_end_at_the_end_of_their_place() {
        let laid = |count, at| shown(&Laid::alone(lines(count), at, PLACE));
        assert_eq!(laid(6, 9).1, 0);
        assert_eq!((laid(7, 0).0.len(), laid(7, 0).1), (5, 2), "a row says how many more there are");
        assert_eq!((laid(7, 9).0.last().cloned(), laid(7, 9).1), (Some("6".to_owned()), 0));
    }

    #[test]
    fn down_the_lines_come_first_and_up_the_view_does() {
        let at = |first| Laid::above(lines(4), first, PLACE);
        assert_eq!(at(0).take(Motion::By(1), true), (1, None));
        assert_eq!(at(3).take(Motion::By(3), true), (4, Some(Motion::By(2))));
        assert_eq!(at(4).take(Motion::By(-1), false), (4, Some(Motion::By(-1))));
        assert_eq!(at(4).take(Motion::By(-1), true), (3, None));
        assert_eq!(at(1).take(Motion::Bottom, true), (4, Some(Motion::Bottom)));
        assert_eq!(at(4).take(Motion::Top, false), (0, Some(Motion::Top)));
    }
}
