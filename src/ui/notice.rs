//! Notices: over the bottom right corner, never over the line of the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};

use super::{Ink, fit, glyphs};
use crate::model::{Model, Screen};
use crate::panes::Tone;

/// The widest notice.
const WIDEST: u16 = 76;

/// Draws the notices, newest at the bottom.
pub fn draw(buffer: &mut Buffer, screen: &Screen, model: &Model, ink: &Ink) {
    let width = WIDEST.min(screen.footer.width);
    let mut bottom = screen.footer.y;
    let cursor = cursor_line(screen, model);
    let mut notices: Vec<_> = model.notices.shown().collect();
    notices.reverse();
    for notice in notices {
        let sign = match notice.tone {
            Tone::Bad => "✖",
            Tone::Warn => "!",
            _ => "✔",
        };
        let lines = fit::wrap(&notice.text, usize::from(width).saturating_sub(6));
        for (n, text) in lines.iter().enumerate().rev() {
            bottom = bottom.saturating_sub(1);
            if Some(bottom) == cursor {
                bottom = bottom.saturating_sub(1);
            }
            let lead = if n == 0 { sign } else { " " };
            let wide = u16::try_from(fit::width(text) + 5).unwrap_or(width).min(width);
            let area = Rect { x: screen.footer.width.saturating_sub(wide), y: bottom, width: wide, height: 1 }
                .intersection(buffer.area);
            Clear.render(area, buffer);
            buffer.set_style(area, ink.theme.base());
            let style = ink.tone(notice.tone);
            let (head, _) = fit::fit(text, usize::from(wide).saturating_sub(4), glyphs::CUT);
            ink.line(
                buffer,
                area,
                0,
                vec![Span::styled(format!(" {lead} "), style), Span::styled(head.to_owned(), style)],
            );
        }
    }
}

/// The line of the screen that the cursor of the list is on.
fn cursor_line(screen: &Screen, model: &Model) -> Option<u16> {
    let table = model.views.table(model.views.pane())?;
    let line = u16::try_from(table.position().checked_sub(table.offset())?).ok()?;
    (line < screen.rows.height).then_some(screen.rows.y + line)
}
