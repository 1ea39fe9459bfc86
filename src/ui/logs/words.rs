//! A row of an event's words: in its program's colours, with what was filtered by and looked for marked.

use std::ops::Range;

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;

use super::super::text_view::marked;
use super::super::{Ink, fit};
use crate::model::logs::Logs;
use crate::model::logs::sgr::{Colour, Look};

/// A row, which is a part of a text whose looks are told. No more is handed on than a screen of that width shows: a line
/// may be megabytes long.
pub fn spans<'a>(
    row: &'a str,
    text: &str,
    looks: &[(Range<usize>, Look)],
    style: Style,
    width: usize,
    logs: &Logs,
    ink: &Ink,
) -> Vec<Span<'a>> {
    let row = fit::enough(row, width);
    let at = row.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    marked(coloured(row, at, looks, style), &hits(row, logs), ink)
}

/// What was filtered by and looked for, where it stands in a text.
fn hits(text: &str, logs: &Logs) -> Vec<Range<usize>> {
    let found = logs.search.iter().flat_map(|search| search.what().hits(text));
    logs.sieve.filter().hits(text).into_iter().chain(found).collect()
}

/// A part of a text in the colours that its program gave it; `at` is where it begins there, in bytes.
fn coloured<'a>(text: &'a str, at: usize, looks: &[(Range<usize>, Look)], style: Style) -> Vec<Span<'a>> {
    let (mut spans, mut done) = (Vec::new(), 0);
    let within = |place: usize| place.clamp(at, at + text.len()) - at;
    for (range, look) in looks {
        let (from, to) = (within(range.start), within(range.end));
        spans.push(Span::styled(text.get(done..from).unwrap_or_default(), style));
        spans.push(Span::styled(text.get(from..to).unwrap_or_default(), style.patch(look_of(*look))));
        done = to;
    }
    spans.push(Span::styled(text.get(done..).unwrap_or_default(), style));
    spans
}

fn look_of(look: Look) -> Style {
    let parts = [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underlined, Modifier::UNDERLINED),
    ];
    let set = parts.into_iter().filter(|(on, _)| *on).fold(Modifier::empty(), |all, (_, one)| all | one);
    let style = Style::new().add_modifier(set);
    match look.colour {
        // Black on a dark terminal could not be read.
        Some(Colour::Indexed(0)) => style.fg(Color::DarkGray),
        Some(Colour::Indexed(n)) => style.fg(Color::Indexed(n)),
        Some(Colour::Rgb(red, green, blue)) => style.fg(Color::Rgb(red, green, blue)),
        None => style,
    }
}
