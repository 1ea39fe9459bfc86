//! Writes what changed on the screen, in as few bytes as that takes: over a slow line every byte is time.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr as _;

/// A move of the cursor takes 6 to 10 bytes: so many cells that stay as they are cost no more than a leap over them.
const GAP: u16 = 6;

/// The backend of crossterm, with a copy of what is on the screen.
pub struct Painter<W: Write> {
    inner: CrosstermBackend<W>,
    shown: Shown,
}

/// The cells that were drawn since the screen was cleared, line by line; what is not here is blank. `None` is the other
/// half of what is wide: once that is written over, each terminal has its own idea of what stands there.
#[derive(Default)]
struct Shown(Vec<Vec<Option<Cell>>>);

impl<W: Write> Painter<W> {
    /// A screen that is clear.
    pub const fn new(outlet: W) -> Self {
        Self { inner: CrosstermBackend::new(outlet), shown: Shown(Vec::new()) }
    }
}

impl Shown {
    fn at(&self, x: u16, y: u16) -> Option<&Cell> {
        const BLANK: &Cell = &Cell::EMPTY;
        self.0.get(usize::from(y)).and_then(|line| line.get(usize::from(x))).map_or(Some(BLANK), Option::as_ref)
    }

    fn keep(&mut self, x: u16, y: u16, cell: Cell) {
        let (x, y) = (usize::from(x), usize::from(y));
        if self.0.len() <= y {
            self.0.resize_with(y + 1, Vec::new);
        }
        let Some(line) = self.0.get_mut(y) else { return };
        let end = x + cell.symbol().width().max(1);
        if line.len() < end {
            line.resize(end, Some(Cell::EMPTY));
        }
        let mut cell = Some(cell);
        line.iter_mut().take(end).skip(x).for_each(|place| *place = cell.take());
    }

    /// The cells between two that changed, if writing them anew is cheaper than leaping over them: few, of the same
    /// style, and all of one byte, so that nobody argues about their width.
    fn bridge(&self, from: (u16, u16, &Cell), to: (u16, u16)) -> Vec<(u16, u16, &Cell)> {
        let (x, y, pen) = from;
        if y != to.1 || to.0 <= x + 1 || to.0 - x > GAP + 1 || pen.symbol().len() != 1 {
            return Vec::new();
        }
        let between: Option<Vec<_>> = (x + 1..to.0).map(|x| self.at(x, y).map(|cell| (x, y, cell))).collect();
        let same = |cell: &Cell| {
            let style = (cell.fg, cell.bg, cell.underline_color, cell.modifier);
            style == (pen.fg, pen.bg, pen.underline_color, pen.modifier) && cell.symbol().len() == 1
        };
        between.filter(|between| between.iter().all(|(_, _, cell)| same(cell))).unwrap_or_default()
    }
}

impl<W: Write> Write for Painter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changed: Vec<(u16, u16, &Cell)> = content.collect();
        let Some(first) = changed.first() else { return Ok(()) };
        let mut written = vec![*first];
        for (pen, next) in changed.iter().zip(changed.iter().skip(1)) {
            written.extend(self.shown.bridge(*pen, (next.0, next.1)));
            written.push(*next);
        }
        self.inner.draw(written.into_iter())?;
        for (x, y, cell) in changed {
            self.shown.keep(x, y, cell.clone());
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.shown.0.clear();
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use ratatui::Terminal;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};
    use ratatui::{TerminalOptions, Viewport};

    use super::*;

    const AREA: Rect = Rect { x: 0, y: 0, width: 30, height: 4 };

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
        terminal: Terminal<Painter<Sink>>,
        sink: Sink,
    }

    fn screen() -> Screen {
        let (sink, options) = (Sink::default(), TerminalOptions { viewport: Viewport::Fixed(AREA) });
        Screen { terminal: Terminal::with_options(Painter::new(sink.clone()), options).unwrap(), sink }
    }

    /// Draws lines of text, each in a colour, and gives what was written.
    fn draw(Screen { terminal, sink }: &mut Screen, lines: &[(&str, Color)]) -> Vec<u8> {
        for (y, (text, colour)) in (0..).zip(lines) {
            terminal.get_frame().buffer_mut().set_stringn(0, y, text, 30, Style::new().fg(*colour));
        }
        terminal.flush().unwrap();
        terminal.swap_buffers();
        sink.0.take()
    }

    fn parser() -> vt100::Parser {
        let size = |n| std::num::NonZeroU16::new(n).unwrap();
        vt100::Parser::new(size(AREA.height), size(AREA.width), 0)
    }

    fn moves(bytes: &[u8]) -> usize {
        String::from_utf8_lossy(bytes).matches('H').count()
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
    fn the_screen_shows_every_frame_whatever_was_there_before() {
        let frames: [&[(&str, Color)]; 6] = [
            &[("letters before", Color::Red), ("what is wide", Color::Green), ("stands over letters", Color::Reset)],
            &[("cart-api 00012", Color::Red), ("● active", Color::Green), ("日本 x 日本 y", Color::Reset)],
            &[("bart-ap  10013", Color::Red), ("● bctivf", Color::Reset), ("日本 y 日x 本", Color::Reset)],
            &[("", Color::Reset), ("◐ bztive", Color::Green), ("a b c d e f g", Color::Blue)],
            &[("x", Color::Red), ("◐ bztiv", Color::Green), ("a c c e e h 日", Color::Blue)],
            &[("y       z", Color::Red), ("● aztiva", Color::Green), ("日 c c e f h 日", Color::Reset)],
        ];
        let (mut screen, mut plain) = (screen(), parser());
        for frame in frames {
            plain.process(&draw(&mut screen, frame));
            let mut fresh = parser();
            fresh.process(&draw(&mut self::screen(), frame));
            for (row, column) in (0..AREA.height).flat_map(|row| (0..AREA.width).map(move |column| (row, column))) {
                let seen = |parser: &vt100::Parser| {
                    let cell = parser.screen().cell(row, column).unwrap();
                    let text = cell.contents().trim().to_owned();
                    let colour = (!text.is_empty()).then(|| cell.fgcolor());
                    (text, colour)
                };
                assert_eq!(seen(&plain), seen(&fresh), "{row}, {column} of {frame:?}");
            }
        }
    }
}
