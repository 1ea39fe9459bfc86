//! A change before it is sent: the exact call, where it goes, and the way out.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, dialog, fit, glyphs};
use crate::model::{Confirm, Model};
use crate::panes;

/// Draws the confirmation.
pub fn draw(buffer: &mut Buffer, confirm: &Confirm, model: &Model, ink: &Ink) {
    let area = dialog::area(buffer.area, 84, 16);
    let title = format!("{} {}", confirm.prepared.label, confirm.prepared.target.name);
    let inside = dialog::open(buffer, area, &title, ink);
    let width = usize::from(inside.width);
    let account = model.session.identity().map_or("account not known", |identity| &*identity.account);
    let place = format!("{} {account} · {}", model.session.profile(), model.session.region());
    let mut lines: Vec<Vec<Span<'_>>> = vec![Vec::new()];
    lines.extend(fit::wrap(&confirm.call.to_string(), width).into_iter().map(|part| vec![ink.span(Role::Text, part)]));
    lines.push(Vec::new());
    lines.push(vec![ink.span(if model.session.is_production() { Role::Bad } else { Role::Text }, place)]);
    lines.extend(fit::wrap(&confirm.prepared.target.arn, width).into_iter().map(|part| vec![ink.span(Role::Muted, part)]));
    lines.push(Vec::new());
    lines.push(buttons(confirm, ink));
    for (n, line) in lines.into_iter().enumerate() {
        if let Ok(n) = u16::try_from(n) {
            ink.line(buffer, inside, n, line);
        }
    }
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
