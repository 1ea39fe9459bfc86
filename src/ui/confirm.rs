//! A change before it is sent: the exact call, where it goes, and the way out.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, dialog, fit, glyphs};
use crate::model::{Confirm, Model};
use crate::panes;

/// Draws the confirmation. Where it goes comes first: that is never cut for want of room.
pub fn draw(buffer: &mut Buffer, confirm: &Confirm, model: &Model, ink: &Ink) {
    let title = format!("{} {}", confirm.prepared.label, confirm.prepared.target.name);
    let width = usize::from(dialog::area(buffer.area, 84, 16).width).saturating_sub(4);
    let call = confirm.call.to_string();
    let wrapped = |role, text: &str| -> Vec<Vec<Span<'static>>> {
        fit::wrap(text, width).into_iter().map(|part| vec![ink.span(role, part)]).collect()
    };
    let place = if model.session.is_production() { Role::Bad } else { Role::Text };
    let needed = [
        wrapped(place, &where_to(model)),
        wrapped(Role::Muted, &confirm.prepared.target.arn),
        wrapped(Role::Title, &call),
    ];
    let changes = confirm.changes.iter().flat_map(|(label, before, after)| {
        let before = if before.is_empty() { "nothing" } else { before };
        wrapped(Role::Accent, &format!("{label:<13} {before}  {}  {after}", glyphs::STEP))
    });
    let mut lines = needed.concat();
    let (least, changes) = (lines.len(), changes.collect::<Vec<_>>());
    let all = u16::try_from(least + changes.len() + 7).unwrap_or(u16::MAX);
    let inside = dialog::open(buffer, dialog::area(buffer.area, 84, all), &title, ink);
    let height = usize::from(inside.height);
    if height >= least + changes.len() + 4 {
        lines.insert(least - call_lines(&call, width), Vec::new());
        lines.insert(0, Vec::new());
        lines.extend(changes);
        lines.resize(height.saturating_sub(2), Vec::new());
    } else {
        lines.extend(changes.into_iter().take(height.saturating_sub(least + 1)));
        lines.resize(height.saturating_sub(1), Vec::new());
    }
    lines.push(buttons(confirm, ink));
    for (n, line) in (0..inside.height).zip(lines) {
        ink.line(buffer, inside, n, line);
    }
}

fn call_lines(call: &str, width: usize) -> usize {
    fit::wrap(call, width).len()
}

/// Profile, account and region, and the word where mistakes cost.
fn where_to(model: &Model) -> String {
    let session = &model.session;
    let account = session.identity().map_or("account not known", |identity| &*identity.account);
    let word = if session.is_production() { "PROD " } else { "" };
    format!("{word}{} {account} · {}", session.profile(), session.region())
}

fn buttons(confirm: &Confirm, ink: &Ink) -> Vec<Span<'static>> {
    let role = |chosen: bool| if chosen { Role::BadgeWarn } else { Role::Muted };
    match confirm.level {
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
