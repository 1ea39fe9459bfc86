//! What is listed: the way here, the filter, how many rows, and how many of them are known.

use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit, glyphs, typed};
use crate::model::{ByLate, List, Model, Overlay, Question, Screen, TableView, tab_number};
use crate::panes::{self, Pane, Scope, ScopeKind, Tab, grouped};

/// A name that is cut to fewer cells tells nothing.
const LEAST: usize = 2;

/// `Functions  /orders  12 of 1,250`, with the way here before it.
pub fn draw(canvas: &mut Canvas, screen: &Screen, model: &Model, question: &Question, table: &TableView, ink: &Ink) {
    let counts = counts(model, question, table, ink);
    // The blank before it, the number of its tab, the sign of a filter: numbers are not cut for what is typed.
    let taken = fit::width(model.pane().title()) + fit::cells(&counts) + 9;
    let mut behind = chosen(model, question, table, usize::from(screen.title.width).saturating_sub(taken), ink);
    behind.extend(counts);
    let mut spans = place(screen, model.pane(), question, fit::cells(&behind), ink);
    spans.extend(behind);
    spans.extend(beside(model.pane()).map(|text| ink.span(Role::Muted, text)));
    ink.line(canvas, screen.title, 0, spans);
}

/// The pane, and what it is about, with room for so many cells behind it. Where there is no line of tabs, the pane's number tells
/// where it stands among them.
fn place(screen: &Screen, pane: &dyn Pane, question: &Question, behind: usize, ink: &Ink) -> Vec<Span<'static>> {
    let number = tab_number(pane.id()).filter(|_| screen.tabs.height == 0);
    let number = number.map(|n| format!("{n}/{} ", panes::tabs().count())).unwrap_or_default();
    let mut spans = vec![Span::raw(" ")];
    let scope = question.scope.name();
    if !scope.is_empty() {
        // The blank before it, the step behind it, and one cell to spare.
        let taken = fit::width(pane.title()) + number.len() + behind + 5;
        let room = usize::from(screen.title.width).saturating_sub(taken);
        let (head, cut) = fit::fit(&scope, room, glyphs::CUT);
        // Words are cut before numbers are; of a name that is cut to nothing nothing is left.
        if cut.is_empty() && !head.is_empty() || fit::width(head) >= LEAST {
            spans.push(Span::raw(format!("{head}{cut} {} ", glyphs::STEP)));
        }
    }
    spans.push(ink.span(Role::Accent, number));
    spans.push(ink.span(Role::Title, pane.title()));
    spans
}

/// Which of its rows were chosen to be shown; the filter in so many cells.
fn chosen(model: &Model, question: &Question, table: &TableView, room: usize, ink: &Ink) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let editing = matches!(model.overlays.last(), Some(Overlay::Filter(_)));
    if editing || !table.filter.value().is_empty() {
        spans.push(ink.span(Role::Accent, "  /"));
        if editing {
            spans.extend(typed::spans(&table.filter, room, (Role::Accent, Role::Selection), ink));
        } else {
            let (head, cut) = fit::fit(table.filter.value(), room, glyphs::CUT);
            spans.push(ink.span(Role::Accent, format!("{head}{cut}")));
        }
    }
    // Where the word must occur, a list that is empty says why.
    if let Some(stranger) = table.shown_by().stranger().filter(|stranger| stranger.not) {
        spans.push(ink.span(Role::Warn, format!("  no column {:?}", stranger.name)));
    }
    if table.problems_only {
        spans.push(ink.span(Role::Warn, "  problems only"));
    }
    if model.pane().scope() == ScopeKind::Either && question.scope == Scope::Account {
        spans.push(ink.span(Role::Muted, "  of all functions"));
    }
    spans
}

/// How many there are, and what is not known of them yet.
fn counts(model: &Model, question: &Question, table: &TableView, ink: &Ink) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let list = model.store.list(question).and_then(|slot| slot.answer());
    let all = list.map_or(0, List::count);
    let number = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let gone = model.store.rows(question).len().saturating_sub(all);
    let shown = table.order().len().saturating_sub(gone);
    let count = if shown == all { number(all) } else { format!("{} of {}", number(shown), number(all)) };
    if all > 0 {
        spans.push(ink.span(Role::Muted, format!("  {count}")));
    }
    let marks = table.marks().len();
    if marks > 0 {
        spans.push(ink.span(Role::Warn, format!("  {marks} marked")));
    }
    if let Some(answered) = model.answered(question) {
        // Rows that are not known yet may belong elsewhere, or here.
        let (role, stop) = match model.by_late(question) {
            None => (Role::Muted, ""),
            Some(ByLate::Filter) => (Role::Warn, ", esc stops"),
            Some(ByLate::Sort) => (Role::Warn, ", s sorts otherwise"),
        };
        spans.push(ink.span(role, format!(" · {} of {} read{stop}", number(answered), number(all))));
    }
    if model.behind(question).is_some_and(|slot| !slot.in_flight() && slot.answer().is_some_and(List::broke_off)) {
        spans.push(ink.span(Role::Warn, "  list incomplete"));
    }
    spans
}

/// The next pane about the same thing, where no tab leads to it, with the key that does.
fn beside(pane: &dyn Pane) -> Option<String> {
    let all: Vec<_> = panes::beside(pane).filter(|_| pane.tab() == Tab::Behind).collect();
    let at = all.iter().position(|other| other.id() == pane.id())?;
    let next = all.get((at + 1) % all.len())?;
    (next.id() != pane.id()).then(|| format!("   ] {}", next.title()))
}
