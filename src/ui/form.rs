//! An operation's fields, with the live complaint and what the answers come to.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, Lines, detail, dialog, fit, glyphs};
use crate::aws::Kind;
use crate::model::{self, Entry, Filled, Form, Model, Slot};
use crate::panes::{self, FieldKind, Plan, Tone};

/// So many things to choose from are shown at once, and lines of a text.
const WINDOW: usize = 7;

/// Draws the form: fields on top, what they come to at the bottom; where there is no room for all, the field
/// with the keyboard stays in sight.
pub fn draw(canvas: &mut Canvas, form: &Form, model: &Model, ink: &Ink) -> Rect {
    let width = usize::from(dialog::area(canvas.area, 84, 10).width).saturating_sub(4);
    let columns = (label(form, width), width);
    let (fields, focus) = fields(form, columns, ink);
    let mut outcome = outcome(form, model, width, ink);
    if outcome.is_empty() {
        // A complaint that moves to its field must not move the fields.
        outcome.push(Vec::new());
    }
    let refusal = refusal(form, width, ink);
    let wanted = u16::try_from(refusal.len() + tallest(form, columns, ink) + outcome.len() + 4).unwrap_or(u16::MAX);
    let outer = dialog::area(canvas.area, 84, wanted);
    let mut inside = dialog::open(canvas, outer, &form.title(), ink);
    // Where there is no room for all of it, `!` has the rest.
    let (most, count) = (usize::from(inside.height / 3).max(1), refusal.len());
    for (n, line) in refusal.into_iter().take(most).enumerate() {
        ink.line(canvas, inside, 0, line);
        if n + 1 == most && count > most {
            ink.line_right(canvas, inside, 0, vec![ink.span(Role::Bad, glyphs::CUT)]);
        }
        inside = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    }
    let height = usize::from(inside.height);
    let roomy = height > fields.len() + outcome.len() + 1;
    // A single line belongs to the field with the keyboard.
    let below = outcome.len().min(if roomy { outcome.len() } else { height / 2 });
    let room = height.saturating_sub(below + usize::from(roomy) * 2).max(1);
    let first = (focus.end.saturating_sub(room)).min(focus.start).min(fields.len().saturating_sub(room));
    let pad = u16::from(roomy);
    let hidden = (first, fields.len().saturating_sub(first + room));
    for (n, line) in (pad..).zip(fields.into_iter().skip(first).take(room)) {
        ink.line(canvas, inside, n, line);
    }
    let at = inside.height.saturating_sub(u16::try_from(below).unwrap_or(0));
    for (n, line) in (at..inside.height).zip(outcome) {
        ink.line(canvas, inside, n, line);
    }
    dialog::more(canvas, outer, hidden, ink);
    outer
}

/// Why AWS did not take it when it was sent; what was tried stands in the title.
fn refusal(form: &Form, width: usize, ink: &Ink) -> Lines {
    let Some(problem) = &form.refusal else { return Lines::new() };
    let said = problem.said.trim_end_matches('.');
    // The list is not on show here: `r` would be text.
    let hint = if problem.kind == Kind::Missing { "Choose one that is there." } else { &*problem.hint };
    wrapped(&format!("✖ {said}. {hint}"), width, Role::Bad, ink)
}

/// How wide the names of the fields stand.
fn label(form: &Form, width: usize) -> usize {
    let longest = form.fields.iter().map(|filled| fit::width(filled.field.label)).max().unwrap_or(0);
    // What is filled in needs more room than its name.
    (longest.clamp(8, 24) + 2).min((width / 2).max(6))
}

/// How many lines the fields take at the most, wherever the keyboard is and whatever is complained about: the box keeps
/// its size while the keyboard goes from one field to the next.
fn tallest(form: &Form, columns: (usize, usize), ink: &Ink) -> usize {
    let lines = |filled, focused| field(filled, focused, form.flaw(filled), columns, ink).len();
    let both: Vec<_> = form.fields.iter().map(|filled| (lines(filled, false), lines(filled, true))).collect();
    let without: usize = both.iter().map(|(without, _)| without).sum();
    both.iter().map(|(own, with)| without - own + with).max().unwrap_or(0)
}

/// The lines of all fields, and which of them are those of the field with the keyboard.
fn fields(form: &Form, columns: (usize, usize), ink: &Ink) -> (Lines, std::ops::Range<usize>) {
    let (mut lines, mut at) = (Lines::new(), 0..0);
    for (n, filled) in form.fields.iter().enumerate() {
        let start = lines.len();
        lines.extend(field(filled, n == form.focus, form.complaint(filled), columns, ink));
        if n == form.focus {
            at = start..lines.len();
        }
    }
    (lines, at)
}

/// One field as it stands, with what is wrong with it or what it means; with the keyboard, what it may be.
fn field(filled: &Filled, focused: bool, complaint: Option<&str>, columns: (usize, usize), ink: &Ink) -> Lines {
    let ((label, width), mut lines) = (columns, Lines::new());
    value(&mut lines, filled, focused, columns, ink);
    let (role, text) = match complaint {
        // A sign as well: the hint stands in the same place, and colour alone would tell them apart.
        Some(why) => (Role::Warn, format!("! {why}")),
        None => (Role::Muted, filled.field.hint.clone()),
    };
    if (focused || complaint.is_some()) && !text.is_empty() {
        for part in fit::wrap(&text, width.saturating_sub(label)) {
            lines.push(vec![Span::raw(" ".repeat(label)), ink.span(role, part)]);
        }
    }
    if focused {
        lines.extend(offers(filled, columns, ink));
    }
    lines
}

/// What the field with the keyboard may be, in as many words as fit on a line.
fn offers(filled: &Filled, (label, width): (usize, usize), ink: &Ink) -> Option<Vec<Span<'static>>> {
    let (offers, room) = (filled.offers(), width.saturating_sub(label));
    let mut shown = String::new();
    for (n, offer) in offers.iter().enumerate() {
        let part = if n == 0 { (*offer).to_owned() } else { format!(" · {offer}") };
        if fit::width(&shown) + fit::width(&part) + 6 > room {
            shown.push_str(&format!(" +{}", offers.len() - n));
            break;
        }
        shown.push_str(&part);
    }
    (!shown.is_empty()).then(|| vec![Span::raw(" ".repeat(label)), ink.span(Role::Muted, shown)])
}

/// What stands in a field.
fn value(lines: &mut Lines, filled: &Filled, focused: bool, (label, width): (usize, usize), ink: &Ink) {
    let (head, cut) = fit::fit(filled.field.label, label.saturating_sub(1), glyphs::CUT);
    let role = if focused { Role::Accent } else { Role::Muted };
    let name = ink.span(role, format!("{:<label$}", format!("{head}{cut}")));
    let room = width.saturating_sub(label + 1);
    match &filled.entry {
        Entry::Line(input) => {
            let (before, after) = split(input.value(), if focused { input.cursor() } else { 0 }, room);
            let mut spans = vec![name, ink.span(Role::Text, before)];
            if focused {
                spans.push(ink.span(Role::Accent, glyphs::CURSOR));
            }
            spans.push(ink.span(Role::Text, after));
            if focused && matches!(filled.field.kind, FieldKind::Number { .. }) {
                spans.push(ink.span(Role::Muted, "  ‹ ›"));
            }
            if let Some(meaning) = filled.meaning() {
                spans.push(ink.span(Role::Muted, format!("  {meaning}")));
            }
            if let Some(rest) = filled.rest().filter(|_| focused) {
                spans.push(ink.span(Role::Muted, format!("{rest}  {} takes it", "right")));
            }
            lines.push(spans);
        }
        Entry::Choice { search, .. } => choices(lines, filled, search, focused, name, (label, room), ink),
        Entry::Lines(area) => {
            let (row, column) = (area.cursor().0, area.cursor().1);
            let first = row.saturating_sub(WINDOW - 1);
            for (n, text) in area.lines().iter().enumerate().skip(first).take(WINDOW) {
                let here = focused && n == row;
                let (before, after) = split(text, if here { column } else { 0 }, room);
                let head = if n == first { name.clone() } else { Span::raw(" ".repeat(label)) };
                let caret = if here { glyphs::CURSOR } else { "" };
                let role = Role::Text;
                lines.push(vec![head, ink.span(role, before), ink.span(Role::Accent, caret), ink.span(role, after)]);
            }
        }
    }
}

/// The text around the cursor, as much as fits with the cursor in sight.
fn split(text: &str, cursor: usize, room: usize) -> (String, String) {
    let before: String = text.chars().take(cursor).collect();
    let after: String = text.chars().skip(cursor).collect();
    let before = fit::skip(&before, fit::width(&before).saturating_sub(room.saturating_sub(2))).to_owned();
    let (head, cut) = fit::fit(&after, room.saturating_sub(fit::width(&before) + 1), glyphs::CUT);
    (before, format!("{head}{cut}"))
}

/// What is chosen; with the keyboard, what else there is.
fn choices(
    lines: &mut Lines,
    filled: &Filled,
    search: &str,
    focused: bool,
    name: Span<'static>,
    (label, room): (usize, usize),
    ink: &Ink,
) {
    let Some((choices, at)) = filled.choices() else { return };
    let text = |choice: &panes::Choice| match choice.note.as_str() {
        "" => choice.words.clone(),
        note => format!("{}  {note}", choice.words),
    };
    let cut = |text: String| {
        let (head, cut) = fit::fit(&text, room.saturating_sub(2), glyphs::CUT);
        format!("{head}{cut}")
    };
    let chosen = at.and_then(|at| choices.get(at)).map_or_else(|| filled.entry.answer(), text);
    let found = if search.is_empty() { String::new() } else { format!("  /{search}") };
    if !focused || choices.len() < 2 {
        return lines.push(vec![name, ink.span(Role::Text, cut(chosen)), ink.span(Role::Muted, found)]);
    }
    let first = at.unwrap_or(0).saturating_sub(WINDOW / 2).min(choices.len().saturating_sub(WINDOW));
    for (n, choice) in choices.iter().enumerate().skip(first).take(WINDOW) {
        let head = if n == first { name.clone() } else { Span::raw(" ".repeat(label)) };
        let (sign, role) = if Some(n) == at { (glyphs::CURSOR, Role::Text) } else { (" ", Role::Muted) };
        let mut line = vec![head, ink.span(Role::Accent, sign), ink.span(role, cut(text(choice)))];
        if n == first {
            line.push(ink.span(Role::Accent, found.clone()));
        }
        lines.push(line);
    }
    let shown = choices.len().min(WINDOW);
    if shown < choices.len() {
        let count = match at {
            Some(at) => format!("{} of {}", at + 1, choices.len()),
            None => format!("{} to choose from", choices.len()),
        };
        lines.push(vec![Span::raw(" ".repeat(label)), ink.span(Role::Muted, count)]);
    }
}

/// What is still being read, and what the answers come to.
fn outcome(form: &Form, model: &Model, width: usize, ink: &Ink) -> Lines {
    let mut lines = waiting(form, model, width, ink);
    match &form.plan {
        Ok(plan) => {
            lines.extend(prospects(plan, width, ink));
            lines.extend(wrapped(&plan.call.to_string(), width, Role::Title, ink));
        }
        Err(_) => lines.extend(form.obstacle().into_iter().flat_map(|why| wrapped(why, width, Role::Muted, ink))),
    }
    lines
}

/// The lists it needs that are not in: being read, or why they cannot be had.
fn waiting(form: &Form, model: &Model, width: usize, ink: &Ink) -> Lines {
    let mut lines = Lines::new();
    for pane in form.prepared.needs {
        let about = form.prepared.about.as_ref();
        let Some(question) = model::needed(pane, &form.question.scope, about) else { continue };
        let slot = model.store.list(&question);
        if let Some(problem) = slot.and_then(Slot::problem) {
            lines.extend(wrapped(&problem.brief(), width, Role::Bad, ink));
        } else if slot.and_then(Slot::answer).is_none_or(|list| !list.complete) {
            lines.extend(wrapped(&format!("reading the {} …", panes::find(pane).rows()), width, Role::Muted, ink));
        }
    }
    lines
}

/// How things are, how they will be, and what speaks for thinking twice.
pub fn prospects(plan: &Plan, width: usize, ink: &Ink) -> Lines {
    let label = plan.preview.iter().map(|(label, _)| fit::width(label)).max().unwrap_or(0).max(6) + 2;
    let mut lines = Lines::new();
    for (name, value) in &plan.preview {
        let (text, style) = detail::shown(value, false, ink);
        for (n, part) in fit::wrap(&text, width.saturating_sub(label)).into_iter().enumerate() {
            let name = if n == 0 { name } else { "" };
            lines.push(vec![ink.span(Role::Muted, format!("{name:<label$}")), Span::styled(part, style)]);
        }
    }
    for (tone, text) in &plan.warnings {
        let sign = if *tone == Tone::Plain { "" } else { "! " };
        for part in fit::wrap(&format!("{sign}{text}"), width) {
            lines.push(vec![Span::styled(part, ink.tone(*tone))]);
        }
    }
    lines
}

/// A sentence over as many lines as it needs.
pub fn wrapped(text: &str, width: usize, role: Role, ink: &Ink) -> Lines {
    fit::wrap(text, width).into_iter().map(|part| vec![ink.span(role, part)]).collect()
}
