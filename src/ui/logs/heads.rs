//! What stands above the events when a person chose columns, and the paths that one can choose.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use crate::model::Size;
use crate::model::logs::{Ask, Logs};

/// Draws the headings of the columns.
pub fn draw(canvas: &mut Canvas, area: Rect, logs: &Logs, ink: &Ink) {
    let lead = logs.lead(area.width);
    let own = [
        ("TIME", lead.stamp),
        ("SOURCE", lead.label),
        ("STREAM", lead.stream),
        ("REQUEST", lead.request),
        ("LEVEL", lead.level),
    ];
    // Of a title that is too long nothing would be left to read.
    let own = own.into_iter().map(|(title, cells)| (if cells < title.len() { "" } else { title }.to_owned(), cells));
    let chosen = logs.columns.chosen().iter().zip(lead.members);
    let chosen = chosen.map(|(column, cells)| (fit::middle(&column.path, cells), cells));
    let heads = own.chain(chosen).filter(|(_, cells)| *cells > 0);
    let heads = heads.flat_map(|(title, cells)| super::event::cell(&title, cells, lead.gap, Role::Header, ink));
    let spans = std::iter::once(Span::raw("  ")).chain(heads).chain([ink.span(Role::Header, "MESSAGE")]);
    ink.line(canvas, area, 0, spans.collect());
}

/// The paths that the line being typed can go on with, as many as have room beside it.
pub fn offers<'a>(logs: &Logs, ask: &Ask, size: Size, ink: &Ink) -> Vec<Span<'a>> {
    let typed = ask.input.value();
    let offers = logs.offers(typed, size).join("  ");
    let room = usize::from(size.width).saturating_sub(fit::width(ask.wanted.lead()) + fit::width(typed) + 6);
    let (head, cut) = fit::fit(&offers, room, glyphs::CUT);
    vec![ink.span(Role::Muted, format!("{head}{cut} "))]
}
