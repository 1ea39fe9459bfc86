//! The menu of what can be done to a row.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, Lines, dialog, fit, glyphs};
use crate::model::{self, Model};

/// The menu of what can be done to the row, with why something is not allowed.
pub fn draw(canvas: &mut Canvas, menu: &model::Menu, model: &Model, ink: &Ink) -> Rect {
    let width = usize::from(dialog::area(canvas.area, 84, 10).width).saturating_sub(4);
    let name = model.row().map(|(_, row)| model.pane().name(row)).unwrap_or_default();
    let key = menu.entries.iter().map(|(head, _)| fit::width(head.key)).max().unwrap_or(1);
    let (mut lines, mut owners) = (Lines::new(), Vec::new());
    let mut at = 0;
    for (n, (head, prepared)) in menu.entries.iter().enumerate() {
        let chosen = n == menu.chosen;
        let (role, why) = match prepared {
            Ok(_) => (if chosen { Role::Title } else { Role::Text }, ""),
            Err(why) => (Role::Muted, why.as_str()),
        };
        if chosen {
            at = lines.len();
        }
        let text = if why.is_empty() { head.label.to_owned() } else { format!("{}: {why}", head.label) };
        for (part_number, part) in fit::wrap(&text, width.saturating_sub(key + 4)).into_iter().enumerate() {
            let (sign, key_shown) = match part_number {
                0 => (if chosen { glyphs::CURSOR } else { " " }, head.key),
                _ => (" ", ""),
            };
            owners.push(n);
            lines.push(vec![
                ink.span(Role::Accent, sign),
                ink.span(if why.is_empty() { Role::Accent } else { Role::Muted }, format!("{key_shown:>key$}  ")),
                ink.span(role, part),
            ]);
        }
    }
    let wanted = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let outer = dialog::area(canvas.area, 84, wanted);
    let inside: Rect = dialog::open(canvas, outer, &format!("actions {name}"), ink);
    let first = at.saturating_sub(usize::from(inside.height).saturating_sub(1));
    let height = usize::from(inside.height);
    let hidden = (first, lines.len().saturating_sub(first + height));
    for (y, (line, owner)) in (0..inside.height).zip(lines.into_iter().zip(owners).skip(first)) {
        dialog::choice(canvas, inside, y, owner, Some(menu.chosen));
        ink.line(canvas, inside, y, line);
    }
    dialog::more(canvas, outer, hidden, ink);
    outer
}
