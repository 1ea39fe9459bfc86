//! Bytes on the screen: number of the first, eight or sixteen in hexadecimal, and what of them is ASCII.

use ratatui::layout::Rect;

use super::Ink;
use super::canvas::Canvas;
use super::theme::Role;
use crate::model::hex_view::{HexView, row_of};
use crate::model::text_view::Window;

/// Draws the rows of the window.
pub fn draw(canvas: &mut Canvas, area: Rect, view: &HexView, window: Window, ink: &Ink) {
    for (line, (at, bytes)) in view.rows(window).enumerate() {
        let Ok(line) = u16::try_from(line) else { break };
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x} ")).collect();
        let ascii = bytes.iter().map(|byte| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '·' });
        let spans = vec![
            ink.span(Role::Muted, format!(" {at:08x}  ")),
            ink.span(Role::Text, format!("{hex:width$} ", width = row_of(window) * 3)),
            ink.span(Role::Muted, ascii.collect::<String>()),
        ];
        ink.line(canvas, area, line, spans);
    }
}
