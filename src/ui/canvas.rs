//! What is to be on the screen, as it was asked for: strokes, line by line.
//!
//! A screen of 200x50 is 800 KB of cells, of the last frame and of this one, and after a rest none of them is in the
//! caches any more. Its strokes are a tenth of that, and say as well which lines are as they were: only the others are
//! put into cells.

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols;
use ratatui::text::Span;
use ratatui::widgets::{Block, Borders};
use unicode_segmentation::UnicodeSegmentation;

use super::{fit, glyphs, theme};
use crate::model::Size;

/// One frame before it is put into cells.
#[derive(Debug, Default)]
pub struct Canvas {
    /// All of it, from 0, 0.
    pub area: Rect,
    /// What is done to every cell in the end.
    pub finish: Finish,
    /// Where the choices of what lies on top are, and how many steps down from the chosen one each is.
    pub choices: Vec<(Rect, isize)>,
    lines: Vec<Line>,
}

/// What is done to every cell in the end.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Finish {
    /// What is not ASCII gives way to what stands for it.
    pub ascii: bool,
    /// Only weights, no colours.
    pub no_color: bool,
}

/// The strokes of one line, and the text in them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Line {
    strokes: Vec<Stroke>,
    text: String,
}

/// A line on which nothing is.
static BLANK: Line = Line { strokes: Vec::new(), text: String::new() };

/// What happens to the cells from `x` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stroke {
    x: u16,
    end: u16,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The next so many bytes of the text are written, one into each cell or, where they are not plain, as they are wide.
    Text { bytes: u16, plain: bool, style: Style },
    /// They get a style beside their own.
    Style(Style),
    /// They are emptied.
    Blank,
}

impl Canvas {
    /// Begins a frame: nothing is on it.
    pub fn begin(&mut self, Size { width, height }: Size) {
        self.area = Rect { x: 0, y: 0, width, height };
        self.finish = Finish::default();
        self.choices.clear();
        self.lines.resize_with(usize::from(height), Line::default);
        for line in &mut self.lines {
            line.strokes.clear();
            line.text.clear();
        }
    }

    /// Writes parts of text one after the other, into at most `room` cells of a line.
    pub fn write<'s>(&mut self, mut x: u16, y: u16, room: u16, spans: impl IntoIterator<Item = Span<'s>>) {
        let limit = x.saturating_add(room).min(self.area.width);
        let Some(line) = self.lines.get_mut(usize::from(y)) else { return };
        for span in spans {
            let text = span.content.as_ref();
            let text = text.get(..text.floor_char_boundary(usize::from(u16::MAX))).unwrap_or(text);
            if text.is_empty() || x >= limit {
                continue;
            }
            let plain = fit::plain(text);
            // What is behind the edge need neither be kept nor compared.
            let text = if plain { text.get(..usize::from(limit - x)).unwrap_or(text) } else { text };
            let end = x.saturating_add(u16::try_from(cells(text, plain)).unwrap_or(u16::MAX));
            // What comes behind a sign that has no room has none either, though a cell be left.
            let end = end.min(limit);
            line.text.push_str(text);
            let bytes = u16::try_from(text.len()).unwrap_or(u16::MAX);
            line.strokes.push(Stroke { x, end, what: What::Text { bytes, plain, style: span.style } });
            x = end;
        }
    }

    /// Gives the cells of an area a style beside their own.
    pub fn set_style(&mut self, area: Rect, style: Style) {
        self.each_line(area, What::Style(style));
    }

    /// Empties the cells of an area.
    pub fn clear(&mut self, area: Rect) {
        self.each_line(area, What::Blank);
    }

    /// Draws lines around an area, inside of it, on the sides that are asked for, and gives what they enclose.
    pub fn border(&mut self, area: Rect, sides: Borders, style: Style) -> Rect {
        let lines = symbols::line::NORMAL;
        let side = |canvas: &mut Self, x, y, sign| canvas.write(x, y, 1, [Span::styled(sign, style)]);
        let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
        for y in area.y..area.bottom() {
            let (left_sign, right_sign, across) = match y {
                y if y == area.y && sides.contains(Borders::TOP) => (lines.top_left, lines.top_right, true),
                y if y == bottom && sides.contains(Borders::BOTTOM) => (lines.bottom_left, lines.bottom_right, true),
                _ => (lines.vertical, lines.vertical, false),
            };
            if across {
                let width = area.width;
                self.write(area.x, y, width, [Span::styled(lines.horizontal.repeat(usize::from(width)), style)]);
            }
            if sides.contains(Borders::LEFT) {
                side(self, area.x, y, left_sign);
            }
            if sides.contains(Borders::RIGHT) {
                side(self, right, y, right_sign);
            }
        }
        Block::new().borders(sides).inner(area)
    }

    fn each_line(&mut self, area: Rect, what: What) {
        let area = area.intersection(self.area);
        let stroke = Stroke { x: area.x, end: area.right(), what };
        let lines = self.lines.iter_mut().skip(usize::from(area.y)).take(usize::from(area.height));
        lines.filter(|_| !area.is_empty()).for_each(|line| line.strokes.push(stroke));
    }

    /// The part of a line that is not as it is in another canvas of the same size. Beyond it no cell differs.
    pub fn changed(&self, other: &Self, y: u16) -> Option<Rect> {
        let (now, before) = (self.lines.get(usize::from(y))?, other.lines.get(usize::from(y)));
        let before = before.unwrap_or(&BLANK);
        let (x, end) = if self.finish == other.finish { now.changed(before)? } else { (0, self.area.width) };
        Some(Rect { x, y, width: end.saturating_sub(x), height: 1 })
    }

    /// The cells of a part of a line that [`Canvas::changed`] gave, or of whole lines. Of another part, what is not
    /// plain and lies across its edge would be missing.
    pub fn cells(&self, area: Rect) -> Buffer {
        let mut cells = Buffer::empty(area.intersection(self.area));
        for (y, line) in (0..).zip(&self.lines).skip(usize::from(area.y)).take(usize::from(area.height)) {
            line.paint(y, &mut cells);
        }
        cells.content.chunks_mut(usize::from(cells.area.width).max(1)).for_each(without_halves);
        self.finish.apply(&mut cells.content);
        cells
    }
}

impl Line {
    /// From where on and to where it is not another one.
    fn changed(&self, other: &Self) -> Option<(u16, u16)> {
        if self == other {
            return None;
        }
        let (now, before): (Vec<_>, Vec<_>) = (self.pieces().collect(), other.pieces().collect());
        let alike = now.iter().zip(&before).take_while(|(now, before)| now == before).count();
        let (now, before) = (now.get(alike..).unwrap_or_default(), before.get(alike..).unwrap_or_default());
        let behind = now.iter().rev().zip(before.iter().rev()).take_while(|(now, before)| now == before).count();
        let others = |pieces: &[(Stroke, &str)]| pieces.len() - behind;
        let changed = now.iter().take(others(now)).chain(before.iter().take(others(before)));
        let range = changed.fold((u16::MAX, 0), |(x, end), (stroke, _)| (x.min(stroke.x), end.max(stroke.end)));
        Some(self.whole(range))
    }

    /// The strokes, each with its text.
    fn pieces(&self) -> impl Iterator<Item = (Stroke, &str)> {
        let mut rest = self.text.as_str();
        self.strokes.iter().map(move |stroke| {
            let What::Text { bytes, .. } = stroke.what else { return (*stroke, "") };
            let (text, behind) = rest.split_at_checked(usize::from(bytes)).unwrap_or((rest, ""));
            rest = behind;
            (*stroke, text)
        })
    }

    /// A range with all of what is not plain in it: that cannot be written in part.
    fn whole(&self, (mut x, mut end): (u16, u16)) -> (u16, u16) {
        loop {
            let cut = |stroke: &&Stroke| {
                let foreign = matches!(stroke.what, What::Text { plain: false, .. });
                foreign && stroke.x < end && x < stroke.end && (stroke.x < x || end < stroke.end)
            };
            let Some(stroke) = self.strokes.iter().find(cut) else { return (x, end) };
            (x, end) = (x.min(stroke.x), end.max(stroke.end));
        }
    }

    /// Puts it into cells that are empty. Those of a part of it begin and end where [`Line::whole`] says.
    fn paint(&self, y: u16, cells: &mut Buffer) {
        for (Stroke { x, end, what }, text) in self.pieces() {
            match what {
                What::Text { plain: true, style, .. } => {
                    let bytes = text.bytes().skip(usize::from(cells.area.x.saturating_sub(x)));
                    for (cell, byte) in run(cells, x, end, y).iter_mut().zip(bytes) {
                        cell.set_char(char::from(byte)).set_style(style);
                    }
                }
                What::Text { style, .. } if cells.area.x <= x && end <= cells.area.right() => {
                    cells.set_stringn(x, y, text, usize::from(end - x), style);
                }
                What::Text { .. } => {}
                What::Style(style) => run(cells, x, end, y).iter_mut().for_each(|cell| {
                    cell.set_style(style);
                }),
                What::Blank => run(cells, x, end, y).iter_mut().for_each(Cell::reset),
            }
        }
    }
}

impl Finish {
    fn apply(self, cells: &mut [Cell]) {
        if self.ascii {
            cells.iter_mut().for_each(glyphs::to_ascii);
        }
        if self.no_color {
            for cell in cells {
                let plain = theme::without_colour(cell.style());
                (cell.fg, cell.bg) = (plain.fg.unwrap_or_default(), plain.bg.unwrap_or_default());
            }
        }
    }
}

/// How many cells are written for a text. Of what ratatui leaves out, nothing counts.
fn cells(text: &str, plain: bool) -> usize {
    let written = || text.graphemes(true).filter(|sign| !sign.contains(char::is_control));
    if plain {
        text.len()
    } else {
        fit::single(text).unwrap_or_else(|| written().map(|sign| usize::from(sign.cell_width())).sum())
    }
}

/// Takes away what is wide and has something in its other half: each terminal has its own idea of what it shows then.
fn without_halves(line: &mut [Cell]) {
    let mut rest = line;
    while let Some((cell, behind)) = rest.split_first_mut() {
        // One byte is one cell.
        if cell.symbol().len() > 1 {
            let halves = behind.iter().take(usize::from(cell.cell_width().saturating_sub(1)));
            if halves.into_iter().any(|half| half.symbol() != " ") {
                cell.set_symbol(" ");
            }
        }
        rest = behind;
    }
}

/// The cells of a line from one to before another, as far as they are there.
fn run(cells: &mut Buffer, x: u16, end: u16, y: u16) -> &mut [Cell] {
    let area = cells.area;
    let line = usize::from(y.saturating_sub(area.y)) * usize::from(area.width);
    let at = |x: u16| line + usize::from(x.clamp(area.x, area.right()) - area.x);
    cells.content.get_mut(at(x)..at(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier};
    use ratatui::text::Line as Words;

    use super::*;

    const SIZE: Size = Size { width: 12, height: 3 };

    fn drawn(draw: impl FnOnce(&mut Canvas)) -> Canvas {
        let mut canvas = Canvas::default();
        canvas.begin(SIZE);
        draw(&mut canvas);
        canvas
    }

    fn symbols(canvas: &Canvas, y: u16) -> String {
        canvas.cells(Rect { y, height: 1, ..canvas.area }).content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn nothing_stands_behind_what_was_cut() {
        let parts = [Span::raw("ab\u{e9}"), Span::raw("\u{65e5}"), Span::raw(",")];
        let canvas = drawn(|canvas| canvas.write(0, 0, 4, parts));
        assert_eq!(symbols(&canvas, 0).trim_end(), "ab\u{e9}", "the comma would seem to follow the letter");
    }

    #[test]
    fn of_a_wide_sign_that_is_covered_no_half_is_left() {
        let canvas = drawn(|canvas| {
            canvas.write(0, 0, 9, [Span::raw("a日b日")]);
            canvas.write(2, 0, 1, [Span::raw("│")]);
        });
        assert_eq!(symbols(&canvas, 0).trim_end(), "a │b日");
    }

    #[test]
    fn marks_of_half_width_take_a_cell_each() {
        let canvas = drawn(|canvas| canvas.write(0, 0, 9, [Span::raw("ﾃﾞｰﾀ"), Span::raw("|")]));
        assert_eq!(symbols(&canvas, 0).split_whitespace().collect::<String>(), "ﾃﾞｰﾀ|");
    }

    #[test]
    fn later_strokes_lie_over_earlier_ones() {
        let canvas = drawn(|canvas| {
            canvas.write(0, 1, 12, [Span::raw("abcdefghijklmn")]);
            canvas.clear(Rect { x: 2, y: 0, width: 3, height: 2 });
            canvas.write(3, 1, 1, [Span::raw("xyz")]);
            canvas.set_style(Rect { x: 0, y: 1, width: 4, height: 9 }, Style::new().fg(Color::Red));
        });
        assert_eq!(symbols(&canvas, 1), "ab x fghijkl");
        let red = |x| canvas.cells(canvas.area)[(x, 1)].fg == Color::Red;
        assert!(red(0) && red(3) && !red(4));
    }

    #[test]
    fn borders_are_those_of_ratatui() {
        use ratatui::widgets::Widget;
        for sides in [Borders::ALL, Borders::LEFT, Borders::ALL - Borders::BOTTOM] {
            for area in [Rect { x: 1, y: 0, width: 6, height: 3 }, Rect { x: 0, y: 1, width: 2, height: 2 }] {
                let style = Style::new().fg(Color::Blue);
                let mut inside = Rect::ZERO;
                let canvas = drawn(|canvas| inside = canvas.border(area, sides, style));
                assert_eq!(inside, Block::new().borders(sides).inner(area));
                let mut theirs = Buffer::empty(canvas.area);
                Block::new().borders(sides).border_style(style).render(area, &mut theirs);
                assert_eq!(canvas.cells(canvas.area), theirs, "{sides:?} of {area:?}");
            }
        }
    }

    #[test]
    fn a_line_is_what_it_was_only_with_the_same_finish() {
        let line = || drawn(|canvas| canvas.write(0, 0, 9, [Span::raw("●")]));
        let mut ascii = line();
        ascii.finish.ascii = true;
        assert!(line().changed(&line(), 0).is_none() && line().changed(&ascii, 0).is_some());
        assert_eq!(symbols(&ascii, 0).trim_end(), "*");
    }

    fn strokes() -> impl Strategy<Value = Vec<(u8, u16, u16, String, u8)>> {
        prop::collection::vec((0_u8..6, 0_u16..12, 0_u16..9, "[ab]{0,5}|[a日 ]{0,4}", 1_u8..4), 0..6)
    }

    fn line_of(strokes: &[(u8, u16, u16, String, u8)]) -> Canvas {
        drawn(|canvas| {
            for (kind, x, width, text, colour) in strokes {
                let style = Style::new().fg(Color::Indexed(*colour));
                let area = Rect { x: *x, y: 0, width: *width, height: 1 };
                match kind {
                    0 => canvas.set_style(area, style),
                    1 => canvas.clear(area),
                    _ => canvas.write(*x, 0, *width, [Span::styled(text.as_str(), style), Span::raw("|")]),
                }
            }
        })
    }

    proptest! {
        #[test]
        fn beyond_the_part_that_changed_no_cell_differs(one in strokes(), more in strokes(), at in 0_usize..6, gone in 0_usize..3) {
            let mut other = one.clone();
            let at = at.min(one.len());
            other.splice(at..(at + gone).min(one.len()), more);
            let (before, now) = (line_of(&one), line_of(&other));
            let mut cells = before.cells(before.area);
            if let Some(part) = now.changed(&before, 0) {
                cells.merge(&now.cells(part));
            }
            prop_assert_eq!(cells, now.cells(now.area));
        }
        #[test]
        fn text_is_written_as_ratatui_writes_it(text in "[ -~]{0,14}|\\PC{0,6}|[a\u{7f}\t]{0,3}|[ﾃﾞﾟ日]{0,4}", x in 0_u16..15, room in 0_u16..14) {
            // What stands behind a wide sign without room would be written into the cell that is left.
            let left = usize::from(room.min(12 - x.min(12))).saturating_sub(2);
            let plain = fit::plain(&text);
            prop_assume!(plain || cells(&text, plain) <= left);
            let spans = vec![Span::raw("ab"), Span::styled(text, Modifier::BOLD), Span::raw("|")];
            let ours = drawn(|canvas| canvas.write(x, 2, room, spans.clone()));
            let mut theirs = Buffer::empty(ours.area);
            if x < SIZE.width {
                theirs.set_line(x, 2, &Words::from(spans), room);
            }
            prop_assert_eq!(ours.cells(ours.area), theirs);
        }
    }
}
