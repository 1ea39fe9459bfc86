//! Writes what changed on the screen, in as few bytes as that takes: over a slow line every byte is time.

use ratatui::backend::{Backend, ClearType};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::model::Size;
use crate::ui::Canvas;

/// A move of the cursor takes 6 to 10 bytes: so many cells that stay as they are cost no more than a leap over them.
const GAP: u16 = 6;

/// A backend, and what it was given to show.
///
/// In place of ratatui's `Terminal`, which has every cell drawn and compared for every frame.
pub struct Painter<B> {
    backend: B,
    size: Size,
    shown: Canvas,
    /// The frame that is drawn; kept for what it has allocated.
    next: Canvas,
    /// The cells of what is shown.
    cells: Buffer,
}

impl<B: Backend> Painter<B> {
    /// A screen of a size.
    pub fn new(backend: B, size: Size) -> Self {
        Self { backend, size, shown: Canvas::default(), next: Canvas::default(), cells: Buffer::default() }
    }

    /// The screen has that size from the next frame on.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Where it writes to.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// The same, for what is not drawn.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// Shows a frame, on a clear screen if it has another size than the last one.
    pub fn show(&mut self, draw: impl FnOnce(&mut Canvas)) -> Result<(), B::Error> {
        self.next.begin(self.size);
        draw(&mut self.next);
        if self.next.area != self.shown.area {
            self.shown = Canvas::default();
            self.cells = Buffer::empty(self.next.area);
            self.backend.clear_region(ClearType::All)?;
        }
        let parts = (0..self.size.height).filter_map(|y| self.next.changed(&self.shown, y));
        let mut parts: Vec<Part> = parts.map(|area| Part::of(&self.next, area, &mut self.cells)).collect();
        std::mem::swap(&mut self.next, &mut self.shown);
        let changed: Vec<_> = parts.iter().flat_map(Part::written).collect();
        if !changed.is_empty() {
            self.backend.draw(changed.into_iter())?;
        }
        for Part { now, .. } in &mut parts {
            run(&mut self.cells, now.area).swap_with_slice(&mut now.content);
        }
        Ok(())
    }

    /// Somebody else had the screen: the next frame is drawn whole, on a clear one.
    pub fn forget(&mut self) {
        self.shown = Canvas::default();
    }
}

/// A part of a line that changed.
struct Part {
    before: Buffer,
    now: Buffer,
}

impl Part {
    fn of(frame: &Canvas, area: Rect, shown: &mut Buffer) -> Self {
        Self { before: Buffer { area, content: run(shown, area).to_vec() }, now: frame.cells(area) }
    }

    /// The cells that are to be written: those that changed, and some between them.
    fn written(&self) -> Vec<(u16, u16, &Cell)> {
        let mut written = Vec::new();
        for next in self.before.diff_iter(&self.now) {
            if let Some(pen) = written.last().copied() {
                written.extend(bridge(&self.now, pen, (next.0, next.1)));
            }
            written.push(next);
        }
        written
    }
}

/// The cells of a part of a line.
fn run(cells: &mut Buffer, part: Rect) -> &mut [Cell] {
    let start = usize::from(part.y) * usize::from(cells.area.width) + usize::from(part.x);
    cells.content.get_mut(start..start + usize::from(part.width)).unwrap_or_default()
}

/// The cells between two of a line that changed, if writing them anew is cheaper than leaping over them: few, of the
/// same style, and all of one byte, so that nobody argues about their width.
fn bridge<'a>(
    line: &'a Buffer,
    (x, y, last): (u16, u16, &'a Cell),
    next: (u16, u16),
) -> impl Iterator<Item = (u16, u16, &'a Cell)> {
    let style = |cell: &Cell| (cell.fg, cell.bg, cell.underline_color, cell.modifier);
    let same = |cell: &Cell| style(cell) == style(last) && cell.symbol().len() == 1;
    let between = (x + 1..next.0).filter_map(move |x| Some((x, y, line.cell((x, y))?)));
    let cheap = next.0 - x <= GAP + 1 && last.symbol().len() == 1 && between.clone().all(|(_, _, cell)| same(cell));
    between.filter(move |_| cheap)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::{self, Write};
    use std::rc::Rc;

    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::style::{Color, Style};
    use ratatui::text::Span;

    use super::*;
    use crate::testing::Size;

    const SIZE: Size = Size { width: 30, height: 4 };

    /// What was written, and can be looked at.
    #[derive(Clone, Default)]
    struct Sink(Rc<RefCell<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Screen {
        painter: Painter<CrosstermBackend<Sink>>,
        sink: Sink,
    }

    fn screen() -> Screen {
        let sink = Sink::default();
        Screen { painter: Painter::new(CrosstermBackend::new(sink.clone()), SIZE), sink }
    }

    /// Draws lines of text, each in a colour, and gives what was written.
    fn draw<T: AsRef<str>>(Screen { painter, sink }: &mut Screen, lines: &[(T, Color)]) -> Vec<u8> {
        let span = |(text, colour): &(T, Color)| Span::styled(text.as_ref().to_owned(), Style::new().fg(*colour));
        let lines = || (0..).zip(lines.iter().map(span));
        painter.show(|canvas| lines().for_each(|(y, span)| canvas.write(0, y, 30, [span]))).unwrap();
        sink.0.take()
    }

    fn parser() -> vt100::Parser {
        let size = |n| std::num::NonZeroU16::new(n).unwrap();
        vt100::Parser::new(size(SIZE.height), size(SIZE.width), 0)
    }

    fn moves(bytes: &[u8]) -> usize {
        String::from_utf8_lossy(bytes).matches('H').count()
    }

    /// Text and colours of each place of a screen. A blank has no colour that is seen.
    fn seen(parser: &vt100::Parser) -> Vec<(String, Option<vt100::Color>, vt100::Color)> {
        let places = (0..SIZE.height).flat_map(|row| (0..SIZE.width).map(move |column| (row, column)));
        let cells = places.map(|(row, column)| parser.screen().cell(row, column).unwrap());
        let text = |cell: &vt100::Cell| cell.contents().trim().to_owned();
        cells.map(|cell| (text(cell), (!text(cell).is_empty()).then(|| cell.fgcolor()), cell.bgcolor())).collect()
    }

    /// Shows frames one after the other, and compares the screen after each with one that was clear before.
    fn shows_every_frame<T: AsRef<str> + std::fmt::Debug>(frames: &[Vec<(T, Color)>]) {
        let (mut screen, mut plain) = (screen(), parser());
        for frame in frames {
            plain.process(&draw(&mut screen, frame));
            let mut fresh = parser();
            fresh.process(&draw(&mut self::screen(), frame));
            assert_eq!(seen(&plain), seen(&fresh), "{frame:?}");
        }
    }

    #[test]
    fn a_cell_or_two_that_stay_are_written_over_and_many_are_leapt_over() {
        let mut screen = screen();
        draw(&mut screen, &[("cart-api      end", Color::Reset)]);
        let bytes = draw(&mut screen, &[("bars-spi      fnd", Color::Reset)]);
        assert_eq!(moves(&bytes), 2, "{}", String::from_utf8_lossy(&bytes));
        assert!(String::from_utf8_lossy(&bytes).contains("bars-s"), "{}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn nothing_changed_is_nothing_written() {
        let mut screen = screen();
        draw(&mut screen, &[("the same", Color::Reset)]);
        assert_eq!(draw(&mut screen, &[("the same", Color::Reset)]), b"");
    }

    #[test]
    fn another_size_and_a_screen_that_others_had_are_drawn_whole_on_a_clear_one() {
        let mut screen = screen();
        let first = draw(&mut screen, &[("the same", Color::Reset)]);
        screen.painter.forget();
        assert_eq!(draw(&mut screen, &[("the same", Color::Reset)]), first);
        screen.painter.resize(Size { width: 20, height: 2 });
        assert_eq!(draw(&mut screen, &[("the same", Color::Reset)]), first);
        assert!(first.starts_with(b"\x1b[2J"), "{}", String::from_utf8_lossy(&first));
    }

    #[test]
    fn wide_signs_and_what_stands_over_them_are_shown() {
        shows_every_frame(&[
            vec![("letters before", Color::Red), ("what is wide", Color::Green), ("stands over letters", Color::Reset)],
            vec![("cart-api 00012", Color::Red), ("● active", Color::Green), ("日本 x 日本 y", Color::Reset)],
            vec![("bart-ap  10013", Color::Red), ("● bctivf", Color::Reset), ("日本 y 日x 本", Color::Reset)],
            vec![("", Color::Reset), ("◐ bztive", Color::Green), ("a b c d e f g", Color::Blue)],
            vec![("x", Color::Red), ("◐ bztiv", Color::Green), ("a c c e e h 日", Color::Blue)],
            vec![("y       z", Color::Red), ("● aztiva", Color::Green), ("日 c c e f h 日", Color::Reset)],
            vec![("y       z", Color::Red), ("● aztiva", Color::Green)],
        ]);
    }

    /// A stroke: its line, its kind, its cell, its width, its text and its colour.
    type Scribble = (u16, u8, u16, u16, String, u8);

    /// Frames of wide signs, or of backgrounds: what is behind half a wide sign that goes, each terminal sees otherwise.
    fn frames() -> impl Strategy<Value = Vec<Vec<Scribble>>> {
        let frames = |kinds, text| {
            let stroke = (0_u16..4, kinds, 0_u16..30, 0_u16..12, text, 1_u8..4);
            prop::collection::vec(prop::collection::vec(stroke, 0..12), 1..6)
        };
        prop_oneof![frames(0_u8..6, "[abé ]{0,8}"), frames(1_u8..6, "[ab]{0,8}|[a日é ]{0,6}")]
    }

    fn scribble(canvas: &mut Canvas, strokes: &[Scribble]) {
        for (y, kind, x, width, text, colour) in strokes {
            let colour = Color::Indexed(*colour);
            let area = Rect { x: *x, y: *y, width: *width, height: 1 };
            match kind {
                0 => canvas.set_style(area, Style::new().bg(colour)),
                1 => canvas.clear(area),
                _ => {
                    canvas.write(
                        *x,
                        *y,
                        *width,
                        [Span::styled(text.as_str(), Style::new().fg(colour)), Span::raw("|")],
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_screen_shows_what_a_comparison_of_whole_frames_shows(frames in frames()) {
            let (mut screen, mut ours, mut theirs) = (screen(), parser(), parser());
            let (sink, mut before) = (Sink::default(), Buffer::empty(Rect { x: 0, y: 0, width: SIZE.width, height: SIZE.height }));
            let mut plain = CrosstermBackend::new(sink.clone());
            for strokes in &frames {
                screen.painter.show(|canvas| scribble(canvas, strokes)).unwrap();
                ours.process(&screen.sink.0.take());
                let now = screen.painter.shown.cells(before.area);
                plain.draw(before.diff(&now).into_iter()).unwrap();
                theirs.process(&sink.0.take());
                before = now;
                prop_assert_eq!(seen(&ours), seen(&theirs));
            }
        }
    }
}
