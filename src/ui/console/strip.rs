//! The last runs of the function in one line, and what can be done with them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use crate::aws::InvocationType;
use crate::keys::{self, Action, Console as Key, Context};
use crate::model::console::{Brief, Part};
use crate::model::{Model, Offer};
use crate::panes::Tone;

/// What can be done with runs, the most telling first.
const WAYS: [(Action, &str); 4] = [
    (Action::Compare, "diff with…"),
    (Action::Console(Key::Both), "A/B"),
    (Action::Console(Key::Burst), "burst"),
    (Action::Console(Key::History), "history"),
];

/// Draws the line: as many runs as there is room for, the newest first.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let context = if model.console.part == Part::Request { Context::Editor } else { Context::Console };
    let ways = WAYS.into_iter().filter_map(|(action, word)| Some((action, keys::key_for(context, action)?, word)));
    let ways = ways.flat_map(|(action, key, word)| {
        let role = if model.offer(action) == Offer::Open { Role::Accent } else { Role::Muted };
        [ink.span(role, format!("  {key}")), Span::raw(" "), ink.span(Role::Muted, word)]
    });
    let ways: Vec<Span<'_>> = ways.chain([Span::raw(" ")]).collect();
    let mut room = usize::from(area.width).saturating_sub(fit::cells(&ways) + 8);
    let mut spans = vec![Span::raw(" "), ink.span(Role::Muted, "Runs"), Span::raw("  ")];
    let mut runs = model.console.own_runs().peekable();
    if runs.peek().is_none() {
        spans.push(ink.span(Role::Muted, "none yet"));
    }
    for run in runs {
        let brief = Brief::of(run);
        let (tone, _) = brief.ending.words();
        let sign = if tone == Tone::Good { "✔" } else { glyphs::of_tone(tone) };
        let whom = brief.qualifier.as_ref().or(brief.version.as_ref());
        let whom = whom.map(|whom| format!(" {whom}")).unwrap_or_default();
        let what = match (run.burst(), brief.kind) {
            (Some(_), _) => " burst",
            (None, InvocationType::Event) => " event",
            (None, InvocationType::DryRun) => " dry run",
            (None, InvocationType::RequestResponse | InvocationType::ResponseStream) => "",
        };
        let words = format!("{}{whom}{what}", brief.at.format("%H:%M"));
        let width = fit::width(&words) + 4;
        if width > room {
            break;
        }
        room -= width;
        let on_show = model.console.run().is_some_and(|shown| shown.ticket == run.ticket);
        spans.push(Span::styled(format!("{sign} "), ink.tone(tone)));
        spans.push(ink.span(if on_show { Role::Title } else { Role::Muted }, words));
        spans.push(Span::raw("  "));
    }
    ink.line(buffer, area, 0, spans);
    ink.line_right(buffer, area, 0, ways);
}
