//! A change before it is sent: the exact call, where it goes, and the way out.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, dialog, fit, glyphs};
use crate::model::{Confirm, Model};
use crate::panes;

/// Draws the confirmation.
pub fn draw(buffer: &mut Buffer, confirm: &Confirm, model: &Model, ink: &Ink) {
    let title = format!("{} {}", confirm.prepared.label, confirm.prepared.target.name);
    let width = usize::from(dialog::area(buffer.area, 84, 16).width).saturating_sub(4);
    let account = model.session.identity().map_or("account not known", |identity| &*identity.account);
    let place = format!("{} {account} · {}", model.session.profile(), model.session.region());
    let mut lines: Vec<Vec<Span<'_>>> = Vec::new();
    lines.extend(fit::wrap(&confirm.call.to_string(), width).into_iter().map(|part| vec![ink.span(Role::Text, part)]));
    for (label, before, after) in &confirm.changes {
        let before = if before.is_empty() { "nothing" } else { before };
        let line = format!("{label:<13} {before}  {}  {after}", glyphs::STEP);
        lines.extend(fit::wrap(&line, width).into_iter().map(|part| vec![ink.span(Role::Accent, part)]));
    }
    lines.push(Vec::new());
    lines.push(vec![ink.span(if model.session.is_production() { Role::Bad } else { Role::Text }, place)]);
    lines.extend(
        fit::wrap(&confirm.prepared.target.arn, width).into_iter().map(|part| vec![ink.span(Role::Muted, part)]),
    );
    let height = u16::try_from(lines.len() + 6).unwrap_or(u16::MAX);
    let inside = dialog::open(buffer, dialog::area(buffer.area, 84, height), &title, ink);
    // Where it is too low for everything, the choice stays.
    let last = inside.height.saturating_sub(1);
    let roomy = usize::from(inside.height) >= lines.len() + 4;
    let room = last.saturating_sub(u16::from(inside.height > 4));
    for (n, line) in (u16::from(roomy)..room).zip(lines) {
        ink.line(buffer, inside, n, line);
    }
    ink.line(buffer, inside, if roomy { last.saturating_sub(1) } else { last }, buttons(confirm, ink));
}

fn buttons(confirm: &Confirm, ink: &Ink) -> Vec<Span<'static>> {
    let role = |chosen: bool| if chosen { Role::BadgeWarn } else { Role::Muted };
    match confirm.prepared.confirm {
        panes::Confirm::Ask => vec![
            ink.span(role(!confirm.sends), " Cancel "),
            Span::raw("  "),
            ink.span(role(confirm.sends), " Send it "),
        ],
        panes::Confirm::TypeName => vec![
            ink.span(Role::Warn, format!("type {} to go on: ", confirm.prepared.target.name)),
            ink.span(Role::Text, confirm.typed.value().to_owned()),
            ink.span(Role::Accent, glyphs::CURSOR),
        ],
    }
}
