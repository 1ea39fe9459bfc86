//! A box over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, Clear, Widget};

use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::model::Scroll;

/// The middle of the screen, at most so large.
pub fn area(screen: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(screen.width);
    let height = height.min(screen.height.saturating_sub(2)).max(3).min(screen.height);
    Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}

/// Clears the area, draws a border with a title, and gives the inside.
pub fn open(buffer: &mut Buffer, area: Rect, title: &str, ink: &Ink) -> Rect {
    let (head, cut) = fit::fit(title, usize::from(area.width).saturating_sub(6), glyphs::CUT);
    Clear.render(area, buffer);
    buffer.set_style(area, ink.theme.base());
    let title = vec![Span::raw(" "), ink.span(Role::Title, head), Span::raw(cut), Span::raw(" ")];
    let block = Block::bordered().border_style(ink.style(Role::Border)).title(title);
    let inside = block.inner(area);
    block.render(area, buffer);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// A box with lines that scroll, and how far they go.
pub fn text(buffer: &mut Buffer, area: Rect, title: &str, lines: &[Vec<Span<'static>>], scroll: Scroll, ink: &Ink) {
    let needed = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let outer = self::area(buffer.area, area.width, area.height.min(needed));
    let inside = open(buffer, outer, title, ink);
    let height = usize::from(inside.height);
    let first = scroll.line.min(lines.len().saturating_sub(height));
    for (n, line) in lines.iter().skip(first).take(height).enumerate() {
        if let Ok(n) = u16::try_from(n) {
            ink.line(buffer, inside, n, line.clone());
        }
    }
    if lines.len() > height {
        let below = lines.len().saturating_sub(first + height);
        let place = Rect { y: outer.bottom().saturating_sub(1), height: 1, x: outer.x, width: outer.width.saturating_sub(2) };
        let word = if below == 0 { " end ".to_owned() } else { format!(" {below} more below ") };
        ink.line_right(buffer, place, 0, vec![ink.span(Role::Muted, word)]);
    }
}
