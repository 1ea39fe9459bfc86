//! A change before it is sent: the exact call, where it goes, what follows, and the way out.

use std::borrow::Cow;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::form::{prospects, wrapped};
use super::theme::Role;
use super::{Ink, Lines, dialog, fit, glyphs};
use crate::model::{Confirm, Model, Scroll};
use crate::panes;

/// A confirmation, laid out.
pub(super) struct Laid {
    pub(super) title: String,
    pub(super) outer: Rect,
    /// What is read, and scrolls where there is no room for all of it.
    pub(super) body: Lines,
    /// What stays at the bottom: the buttons, or the name being typed.
    pub(super) buttons: Lines,
}

impl Laid {
    /// How many lines of the body are seen at once.
    fn room(&self, screen: Rect) -> usize {
        dialog::room(screen, self.outer).saturating_sub(self.buttons.len())
    }

    /// The first line shown when it is scrolled to its end.
    pub(super) fn end(&self, screen: Rect) -> usize {
        self.body.len().saturating_sub(self.room(screen))
    }

    /// Draws it from a line on, and says where.
    pub(super) fn draw(self, canvas: &mut Canvas, scroll: Scroll, ink: &Ink) -> Rect {
        let inside = dialog::open(canvas, self.outer, &self.title, ink);
        let (room, first) = (self.room(canvas.area), scroll.line.min(self.end(canvas.area)));
        let below = self.body.len().saturating_sub(first + room);
        for (n, line) in (0..inside.height).zip(self.body.into_iter().skip(first).take(room)) {
            ink.line(canvas, inside, n, line);
        }
        let foot = inside.height.saturating_sub(u16::try_from(self.buttons.len()).unwrap_or(inside.height));
        for (n, line) in (foot..inside.height).zip(self.buttons) {
            ink.line(canvas, inside, n, line);
        }
        dialog::more(canvas, self.outer, (first, below), ink);
        self.outer
    }
}

/// Draws the confirmation, and says where.
pub fn draw(canvas: &mut Canvas, confirm: &Confirm, model: &Model, ink: &Ink) -> Rect {
    laid(canvas.area, confirm, model, ink).draw(canvas, confirm.scroll, ink)
}

/// The first line shown when it is scrolled to its end.
pub fn end(screen: Rect, confirm: &Confirm, model: &Model, ink: &Ink) -> usize {
    laid(screen, confirm, model, ink).end(screen)
}

/// Where it goes and what is sent come first; where there is no room for all, the ARN is cut in its middle there and
/// stands in whole further below.
fn laid(screen: Rect, confirm: &Confirm, model: &Model, ink: &Ink) -> Laid {
    let width = usize::from(dialog::area(screen, 84, 16).width).saturating_sub(4);
    let place = if model.session.is_production() { Role::Bad } else { Role::Text };
    let call = wrapped(&confirm.plan.call.to_string(), width, Role::Title, ink);
    let prospects = prospects(&confirm.plan, width, ink);
    let changes = changes(confirm, width, ink);
    let command = model.session.as_command(&confirm.plan.call.command());
    let command = wrapped(&command, width, Role::Muted, ink);
    let buttons = buttons(confirm, width, ink);
    let arn = wrapped(&confirm.target.arn, width, Role::Muted, ink);
    let target = wrapped(&where_to(model), width, place, ink);

    let room = usize::from(screen.height).saturating_sub(4 + buttons.len());
    let count = |groups: &[&Lines]| groups.iter().map(|group| group.len()).sum::<usize>();
    let all = [&target, &arn, &call, &prospects, &changes, &command];
    let cut = count(&all) > room && arn.len() > 1;
    let groups = if cut && count(&all[..3]) > room {
        let short = vec![vec![ink.span(Role::Muted, fit::middle(&confirm.target.arn, width))]];
        vec![[target, short].concat(), call, arn, prospects, changes, command]
    } else {
        vec![[target, arn].concat(), call, prospects, changes, command]
    };
    let groups: Vec<Lines> = groups.into_iter().filter(|group| !group.is_empty()).collect();
    let used: usize = groups.iter().map(Vec::len).sum();
    let airy = used + groups.len() < room;
    let mut body = Lines::new();
    for group in groups {
        if airy {
            body.push(Vec::new());
        }
        body.extend(group);
    }
    if airy {
        body.push(Vec::new());
    }
    let wanted = u16::try_from(body.len() + buttons.len() + 2).unwrap_or(u16::MAX);
    let title = confirm.title();
    Laid { title, outer: dialog::area(screen, 84, wanted), body, buttons }
}

/// What was changed in the form, before and after; of what is new only what it will be.
fn changes(confirm: &Confirm, width: usize, ink: &Ink) -> Lines {
    let changes = confirm.changes.iter().flat_map(|(label, before, after)| {
        let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.replace('\n', " ") };
        let before =
            before.as_deref().map(|before| format!("{}  {}  ", said(before), glyphs::STEP)).unwrap_or_default();
        wrapped(&format!("{label:<13} {before}{}", said(after)), width, Role::Accent, ink)
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
        let ask = format!("type {} to go on: ", confirm.target.name);
        let typed =
            vec![ink.span(Role::Text, confirm.typed.value().to_owned()), ink.span(Role::Accent, glyphs::CURSOR)];
        // A long name takes a line of its own: the end of what is typed must be seen.
        if fit::width(&ask) + fit::width(confirm.target.name.as_str()) < width {
            return vec![[vec![ink.span(Role::Warn, ask)], typed].concat()];
        }
        let mut lines = wrapped(ask.trim_end(), width, Role::Warn, ink);
        lines.push(typed);
        return lines;
    }
    let word = if confirm.level == panes::Confirm::Warned { " I have read this " } else { " Send it " };
    vec![answers(confirm.sends, word, ink)]
}

/// The two buttons: the way out, and the one that goes on, with its word. `goes_on` tells which of them Enter presses.
pub(super) fn answers(goes_on: bool, word: impl Into<Cow<'static, str>>, ink: &Ink) -> Vec<Span<'static>> {
    let role = |chosen: bool| if chosen { Role::BadgeWarn } else { Role::Muted };
    vec![ink.span(role(!goes_on), " Cancel "), Span::raw("  "), ink.span(role(goes_on), word)]
}
