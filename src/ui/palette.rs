//! The command palette: the line being typed, what it could become, and what is wrong with it.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, dialog, fit, glyphs, typed};
use crate::keys;
use crate::model::{Model, Palette, Screen};

/// How many suggestions are shown.
const SHOWN: usize = 8;

/// Draws the palette over the bottom of the screen.
pub fn draw(canvas: &mut Canvas, screen: &Screen, model: &Model, palette: &Palette, ink: &Ink) {
    let suggestions = keys::suggest(palette.input.value(), &model.words());
    let fitting = SHOWN.min(usize::from(screen.footer.y).saturating_sub(3));
    let chosen = palette.chosen.unwrap_or(0);
    let first = chosen.saturating_sub(fitting.saturating_sub(1));
    let shown: Vec<_> = suggestions.iter().enumerate().skip(first).take(fitting).collect();
    let empty = keys::no_choice(palette.input.value(), &model.words());
    let empty = fit::wrap(&empty.unwrap_or_default(), usize::from(screen.footer.width).saturating_sub(3));
    let empty: Vec<String> = empty.into_iter().filter(|line| !line.is_empty()).collect();
    let height = u16::try_from(shown.len() + empty.len() + 2).unwrap_or(2);
    let area = Rect { x: 0, y: screen.footer.y.saturating_sub(height), width: screen.footer.width, height };
    canvas.clear(area.intersection(canvas.area));
    canvas.set_style(area, ink.theme.base());
    let rule = "─".repeat(usize::from(area.width));
    ink.line(canvas, area, 0, vec![ink.span(Role::Border, rule)]);
    let complaint = palette.complaint.as_deref().map(|why| format!("   {why}")).unwrap_or_default();
    let mut line = vec![ink.span(Role::Accent, " :")];
    let room = usize::from(area.width).saturating_sub(3);
    line.extend(typed::spans(&palette.input, room, (Role::Text, Role::Accent), ink));
    line.push(ink.span(Role::Bad, complaint));
    ink.line(canvas, area, 1, line);
    for (line, text) in empty.into_iter().enumerate() {
        let line = u16::try_from(line + 2).unwrap_or(u16::MAX);
        ink.line(canvas, area, line, vec![Span::raw("  "), ink.span(Role::Muted, text)]);
    }
    let column = shown.iter().map(|(_, suggestion)| fit::width(suggestion.line.trim_end())).max().unwrap_or(0).min(30);
    for (line, (n, suggestion)) in shown.into_iter().enumerate() {
        let here = palette.chosen == Some(n);
        let marker = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
        // Of many names the last one is what it is about.
        let text = fit::middle(suggestion.line.trim_end(), column);
        let role = if here { Role::Selection } else { Role::Text };
        let spans = vec![
            marker,
            Span::raw(" "),
            ink.span(role, format!("{text:<column$}  ")),
            ink.span(Role::Muted, suggestion.help.clone()),
        ];
        if let Ok(line) = u16::try_from(line + 2) {
            dialog::choice(canvas, area, line, n, palette.chosen);
            ink.line(canvas, area, line, spans);
        }
    }
}
