//! The lines of a long text: only those on the screen are looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::{Ink, fit};
use crate::aws::Text;

/// The lines of a text from `at` on: only those on the screen are looked at.
pub fn lines<'a, L>(
    buffer: &mut Buffer,
    area: Rect,
    all: &'a [L],
    at: (usize, usize),
    ink: &Ink,
    spans: impl Fn(&'a str) -> Vec<Span<'a>>,
) where
    L: AsLine + 'a,
{
    let inside = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(1),
        height: area.height.saturating_sub(1),
    };
    // A line may be megabytes long: no more of it than fits is cut into pieces.
    let longest = usize::from(inside.width) * 8;
    for (n, line) in all.iter().skip(at.0).take(usize::from(inside.height)).enumerate() {
        let text = fit::skip(line.line(), at.1);
        let text = text.get(..text.floor_char_boundary(longest)).unwrap_or(text);
        if let Ok(n) = u16::try_from(n) {
            ink.line(buffer, inside, n, spans(text));
        }
    }
}

/// Something with a line of text.
pub trait AsLine {
    fn line(&self) -> &str;
}

impl AsLine for Text {
    fn line(&self) -> &str {
        self
    }
}
