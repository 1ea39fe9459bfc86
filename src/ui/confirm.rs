//! A change before it is sent: the exact call, where it goes, what follows, and the way out.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::form::{prospects, wrapped};
use super::theme::Role;
use super::{Ink, dialog, fit, glyphs};
use crate::model::{Confirm, Model};
use crate::panes;

type Lines = Vec<Vec<Span<'static>>>;

/// Draws the confirmation. Where it goes comes first: that is never cut for want of room.
pub fn draw(buffer: &mut Buffer, confirm: &Confirm, model: &Model, ink: &Ink) {
    let title = format!("{} {}", confirm.prepared.label, confirm.prepared.target.name);
    let width = usize::from(dialog::area(buffer.area, 84, 16).width).saturating_sub(4);
    let place = if model.session.is_production() { Role::Bad } else { Role::Text };
    let call = wrapped(&confirm.plan.call.to_string(), width, Role::Title, ink);
    let prospects = prospects(&confirm.plan, width, ink);
    let changes = changes(confirm, width, ink);
    let command = model.session.as_command(&confirm.plan.call.command());
    let command = wrapped(&command, width, Role::Muted, ink);
    let buttons = buttons(confirm, width, ink);

    let screen = usize::from(buffer.area.height).saturating_sub(4);
    let mut target = wrapped(&where_to(model), width, place, ink);
    let arn = &confirm.prepared.target.arn;
    let whole = wrapped(arn, width, Role::Muted, ink);
    // What is sent must be read: where there is no room for all, the ARN is told by its end.
    if target.len() + whole.len() + call.len() + buttons.len() <= screen {
        target.extend(whole);
    } else {
        let end = fit::skip(arn, fit::width(arn).saturating_sub(width.saturating_sub(1)));
        target.push(vec![ink.span(Role::Muted, format!("{}{end}", glyphs::CUT))]);
    }

    // What is optional comes in while there is room for it, and blank lines with what is left.
    let least = target.len() + call.len() + buttons.len();
    let mut groups = vec![target, call];
    let mut used = least;
    for group in [prospects, changes, command] {
        let room = screen.saturating_sub(used);
        let group: Lines = if group.len() <= room { group } else { group.into_iter().take(room).collect() };
        used += group.len();
        groups.push(group);
    }
    groups.retain(|group| !group.is_empty());
    let airy = used + groups.len() < screen;
    let wanted = u16::try_from(used + 2 + if airy { groups.len() + 1 } else { 0 }).unwrap_or(u16::MAX);
    let inside = dialog::open(buffer, dialog::area(buffer.area, 84, wanted), &title, ink);
    let mut lines = Lines::new();
    for group in groups {
        if airy {
            lines.push(Vec::new());
        }
        lines.extend(group);
    }
    lines.truncate(usize::from(inside.height).saturating_sub(buttons.len()));
    lines.resize(usize::from(inside.height).saturating_sub(buttons.len()), Vec::new());
    lines.extend(buttons);
    for (n, line) in (0..inside.height).zip(lines) {
        ink.line(buffer, inside, n, line);
    }
}

/// What was changed in the form, before and after.
fn changes(confirm: &Confirm, width: usize, ink: &Ink) -> Lines {
    let changes = confirm.changes.iter().flat_map(|(label, before, after)| {
        let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.replace('\n', " ") };
        wrapped(&format!("{label:<13} {}  {}  {}", said(before), glyphs::STEP, said(after)), width, Role::Accent, ink)
    });
    changes.collect()
}

/// Profile, account and region, and the word where mistakes cost.
pub(super) fn where_to(model: &Model) -> String {
    let session = &model.session;
    let account = session.identity().map_or("account not known", |identity| &*identity.account);
    let word = if session.is_production() { "PROD " } else { "" };
    format!("{word}{} {account} · {}", session.profile(), session.region())
}

fn buttons(confirm: &Confirm, width: usize, ink: &Ink) -> Lines {
    if confirm.types() {
        let ask = format!("type {} to go on: ", confirm.prepared.target.name);
        let typed =
            vec![ink.span(Role::Text, confirm.typed.value().to_owned()), ink.span(Role::Accent, glyphs::CURSOR)];
        // A long name takes a line of its own: the end of what is typed must be seen.
        if fit::width(&ask) + fit::width(confirm.prepared.target.name.as_str()) < width {
            return vec![[vec![ink.span(Role::Warn, ask)], typed].concat()];
        }
        let mut lines = wrapped(ask.trim_end(), width, Role::Warn, ink);
        lines.push(typed);
        return lines;
    }
    let role = |chosen: bool| if chosen { Role::BadgeWarn } else { Role::Muted };
    let word = if confirm.level == panes::Confirm::Warned { " I have read this " } else { " Send it " };
    vec![vec![ink.span(role(!confirm.sends), " Cancel "), Span::raw("  "), ink.span(role(confirm.sends), word)]]
}
