//! A box over the screen.

use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Borders;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, Lines, fit, glyphs};
use crate::model::Scroll;

/// Below this height every line counts: a box goes without its lower border.
pub const SHORT: u16 = 8;
/// From this height on something of the screen is left to be seen around a list.
const TALL: u16 = 14;

/// A text over the screen, ready to be drawn or measured.
pub struct Page {
    /// The heading.
    pub title: String,
    /// The most room it wants; less text takes less.
    pub area: Rect,
    /// Its lines.
    pub lines: Lines,
    /// How many there are before it is narrowed: the box would jump with every key.
    pub whole: usize,
}

impl Page {
    /// The box it is drawn in.
    fn outer(&self, screen: Rect) -> Rect {
        let needed = u16::try_from(self.whole.max(self.lines.len()) + 2).unwrap_or(u16::MAX);
        area(screen, self.area.width, self.area.height.min(needed))
    }

    /// The first line shown when it is scrolled to its end.
    pub fn end(&self, screen: Rect) -> usize {
        self.lines.len().saturating_sub(room(screen, self.outer(screen)))
    }
}

/// The middle of the screen, at most so large. A strip too narrow to read beside it is not left over.
pub fn area(screen: Rect, width: u16, height: u16) -> Rect {
    let width = if screen.width < width.saturating_add(8) { screen.width } else { width };
    let height = height.min(screen.height.saturating_sub(2)).max(3).min(screen.height);
    Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}

/// The middle of the screen for a list that is narrowed by typing: as high however much of it is left, since it would
/// jump with every key.
pub fn steady(screen: Rect, width: u16) -> Rect {
    area(screen, width, highest(screen).min(30))
}

/// How high a list over the screen may be.
pub fn highest(screen: Rect) -> u16 {
    screen.height.saturating_sub(if screen.height < TALL { 2 } else { 4 })
}

/// The first line of a list in a window of so many lines that keeps the cursor in sight, with the line after it
/// where there is room.
pub fn first_seen(cursor: usize, count: usize, room: usize) -> usize {
    (cursor + 2).saturating_sub(room).min(count.saturating_sub(room)).min(cursor)
}

/// How many lines there are inside a box.
pub fn room(screen: Rect, outer: Rect) -> usize {
    usize::from(outer.height.saturating_sub(if screen.height < SHORT { 1 } else { 2 }))
}

/// Clears the area, draws a border with a title, and gives the inside.
pub fn open(canvas: &mut Canvas, area: Rect, title: &str, ink: &Ink) -> Rect {
    let (head, cut) = fit::fit(title, usize::from(area.width).saturating_sub(6), glyphs::CUT);
    canvas.clear(area);
    canvas.set_style(area, ink.theme.base());
    let title = vec![Span::raw(" "), ink.span(Role::Title, head), Span::raw(cut), Span::raw(" ")];
    let borders = if canvas.area.height < SHORT { Borders::ALL - Borders::BOTTOM } else { Borders::ALL };
    let inside = canvas.border(area, borders, ink.style(Role::Border));
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    ink.line(canvas, line, 0, title);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Notes that a line is the n-th choice of a list, which a click chooses.
pub fn choice(canvas: &mut Canvas, inside: Rect, line: u16, n: usize, chosen: Option<usize>) {
    let place = |n: usize| isize::try_from(n).unwrap_or(0);
    let area = Rect { y: inside.y.saturating_add(line), height: 1, ..inside };
    canvas.choices.push((area, place(n) - chosen.map_or(-1, place)));
}

/// Says at the foot of a box how many lines there are above and below what is seen.
pub fn more(canvas: &mut Canvas, outer: Rect, (above, below): (usize, usize), ink: &Ink) {
    let part = |sign, count: usize| if count > 0 { format!(" {sign}{count}") } else { String::new() };
    let word = format!("{}{} ", part(glyphs::ABOVE, above), part(glyphs::BELOW, below));
    if above + below > 0 {
        border(canvas, outer, vec![ink.span(Role::Accent, word)], ink);
    }
}

/// Writes into the lower border of a box, where there is none into the upper one.
fn border(canvas: &mut Canvas, outer: Rect, words: Vec<Span<'_>>, ink: &Ink) {
    let y = if canvas.area.height < SHORT { outer.y } else { outer.bottom().saturating_sub(1) };
    let width = outer.width.saturating_sub(2);
    ink.line_right(canvas, Rect { y, height: 1, width, ..outer }, 0, words);
}

/// Draws a page from a line on, says how far it goes on, and where it is.
pub fn draw(canvas: &mut Canvas, page: &Page, scroll: Scroll, ink: &Ink) -> Rect {
    let outer = page.outer(canvas.area);
    let inside = open(canvas, outer, &page.title, ink);
    let (height, count) = (usize::from(inside.height), page.lines.len());
    let first = scroll.line.min(page.end(canvas.area));
    for (n, line) in page.lines.iter().skip(first).take(height).enumerate() {
        if let Ok(n) = u16::try_from(n) {
            ink.line(canvas, inside, n, line.clone());
        }
    }
    let below = count.saturating_sub(first + height);
    if below > 0 && canvas.area.height < SHORT {
        more(canvas, outer, (first, below), ink);
    } else if count > height {
        let word = if below == 0 { " end ".to_owned() } else { format!(" {below} more below ") };
        border(canvas, outer, vec![ink.span(Role::Muted, word)], ink);
    }
    outer
}
