//! What lies on top of the console: a list to choose from, the options, the question before sending.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::confirm::Laid;
use super::super::theme::Role;
use super::super::{Ink, Lines, confirm, dialog, fit, form, glyphs};
use super::{burst, history, kind_words, pair};
use crate::aws::Invocation;
use crate::model::Model;
use crate::model::console::{Field, Options, Pick, Picker, Picks, Sending, Sheet, Wish};

/// A command with a longer payload, in bytes, is copied and not read.
const READABLE: usize = 1024;
/// How wide a sheet is where there is room.
const WIDTH: u16 = 84;

/// Draws what lies on top; where, if nothing may lie over that.
pub fn draw(canvas: &mut Canvas, sheet: &Sheet, model: &Model, ink: &Ink) -> Option<Rect> {
    let area = match sheet {
        Sheet::Pick(picker) => pick(canvas, picker, model, ink),
        Sheet::Pair(open) => {
            pair::draw(canvas, open, model, ink);
            return None;
        }
        Sheet::Plan(open) => burst::plan(canvas, open, model, ink),
        Sheet::Options(open) => options(canvas, open, model, ink),
        Sheet::Sending(open) => sending(canvas.area, open, model, ink).draw(canvas, open.scroll, ink),
        Sheet::History(open) => history::draw(canvas, open, model, ink),
    };
    Some(area)
}

pub(super) fn title(model: &Model, what: &str) -> String {
    let name = model.console.invokee.as_ref().map(|invokee| invokee.function.name.to_string()).unwrap_or_default();
    format!("{what} {name}")
}

fn pick(canvas: &mut Canvas, picker: &Picker, model: &Model, ink: &Ink) -> Rect {
    let (title, ask) = match picker.picks {
        Picks::Payload => (title(model, "payload for"), "words, or a path "),
        Picks::Qualifier => (title(model, "version or alias of"), "words "),
        Picks::Second => (title(model, "A/B: the other version or alias of"), "words "),
        Picks::Name => (title(model, "save the payload for"), "name "),
    };
    let picks = model.picks(picker);
    let (lines, cursor) = list(&picks, picker.chosen, usize::from(dialog::area(canvas.area, WIDTH, 10).width), ink);
    // For a name there is little to choose.
    let area = match picker.picks {
        Picks::Name => dialog::area(canvas.area, WIDTH, canvas.area.height.saturating_sub(4).min(10)),
        _ => dialog::steady(canvas.area, WIDTH),
    };
    let inside = dialog::open(canvas, area, &title, ink);
    let typed = fit::skip(
        picker.input.value(),
        fit::width(picker.input.value()).saturating_sub(usize::from(inside.width).saturating_sub(fit::width(ask) + 2)),
    );
    let line = vec![ink.span(Role::Muted, ask), Span::raw(typed.to_owned()), ink.span(Role::Accent, glyphs::CURSOR)];
    ink.line(canvas, inside, 0, line);
    let complaint = picker.complaint.as_ref().map(|why| fit::wrap(why, usize::from(inside.width).saturating_sub(2)));
    // However long it is, something to choose from is on the screen.
    let complaint: Vec<String> = complaint.into_iter().flatten().take(usize::from(inside.height / 2)).collect();
    let room = usize::from(inside.height.saturating_sub(1)).saturating_sub(complaint.len());
    let first = dialog::first_seen(cursor, lines.len(), room);
    dialog::more(canvas, area, (first, lines.len().saturating_sub(first + room)), ink);
    let complaint = complaint.into_iter().enumerate().map(|(n, line)| {
        let sign = if n == 0 { "! " } else { "  " };
        vec![ink.span(Role::Warn, sign), ink.span(Role::Warn, line)]
    });
    let heads = complaint.len();
    for (n, line) in (1..inside.height).zip(complaint.chain(lines.into_iter().skip(first))) {
        ink.line(canvas, inside, n, line);
    }
    let lines = choice_lines(&picks);
    let last = lines.len().saturating_sub(1);
    for (n, line) in lines.into_iter().enumerate().filter(|(_, line)| *line >= first) {
        let y = u16::try_from(1 + heads + line - first).unwrap_or(u16::MAX);
        if y < inside.height {
            dialog::choice(canvas, inside, y, n, Some(picker.chosen.min(last)));
        }
    }
    area
}

/// On which lines of the list its choices are.
fn choice_lines(picks: &[Pick]) -> Vec<usize> {
    let (mut lines, mut line, mut section) = (Vec::new(), 0, "");
    for pick in picks {
        line += usize::from(pick.section != section);
        section = pick.section;
        if pick.is_choice() {
            lines.push(line);
        }
        line += 1;
    }
    lines
}

/// The lines of a list under their headings, and which of them has the cursor.
fn list(picks: &[Pick], chosen: usize, width: usize, ink: &Ink) -> (Lines, usize) {
    let column = picks.iter().map(|pick| fit::width(&pick.name)).max().unwrap_or(0).clamp(8, (width / 2).clamp(8, 32));
    let (mut lines, mut cursor, mut section) = (Lines::new(), 0, "");
    let mut n = 0;
    for pick in picks {
        if pick.section != section {
            section = pick.section;
            lines.push(vec![ink.span(Role::Muted, section)]);
        }
        let here = pick.is_choice() && n == chosen;
        n += usize::from(pick.is_choice());
        if here {
            cursor = lines.len();
        }
        let marker = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
        let (name, cut) = fit::fit(&pick.name, column, glyphs::CUT);
        let pad = " ".repeat(column.saturating_sub(fit::width(name) + fit::width(cut)) + 2);
        let role = if here { Role::Selection } else { Role::Text };
        // Border, blank, marker and the blanks around the name.
        let room = width.saturating_sub(if pick.is_choice() { column + 8 } else { 6 });
        let (remark, mark) = fit::fit(&pick.remark, room, glyphs::CUT);
        let remark = ink.span(Role::Muted, format!("{remark}{mark}"));
        lines.push(if pick.is_choice() {
            vec![marker, Span::raw(" "), ink.span(role, format!("{name}{cut}")), Span::raw(pad), remark]
        } else {
            vec![marker, Span::raw(" "), remark]
        });
    }
    (lines, cursor)
}

fn options(canvas: &mut Canvas, options: &Options, model: &Model, ink: &Ink) -> Rect {
    let width = usize::from(dialog::area(canvas.area, WIDTH, 14).width).saturating_sub(4);
    let label = if width < 50 { 10 } else { 17 };
    let (mut lines, mut focus) = (Lines::new(), 0);
    for field in Field::ALL {
        let here = field == options.focus;
        if here {
            focus = lines.len();
        }
        lines.push(option(options, field, label, width, ink));
        let complaint = options.way.complaint(field, options.isolated);
        let (role, text) = match &complaint {
            Some(why) => (Role::Warn, why.as_str()),
            None => (Role::Muted, field.hint()),
        };
        if here || complaint.is_some() {
            let hint = fit::wrap(text, width.saturating_sub(label)).into_iter();
            lines.extend(hint.map(|part| vec![Span::raw(" ".repeat(label)), ink.span(role, part)]));
        }
    }
    let wanted = u16::try_from(lines.len() + 3).unwrap_or(u16::MAX).max(13);
    let area = dialog::area(canvas.area, WIDTH, wanted);
    let inside = dialog::open(canvas, area, &title(model, "options for"), ink);
    let pad = u16::from(usize::from(inside.height) > lines.len());
    let room = usize::from(inside.height);
    let first = (focus + 3).saturating_sub(room).min(lines.len().saturating_sub(room)).min(focus);
    for (n, line) in (pad..inside.height).zip(lines.into_iter().skip(first)) {
        ink.line(canvas, inside, n, line);
    }
    area
}

/// One option as it stands.
fn option(options: &Options, field: Field, label: usize, width: usize, ink: &Ink) -> Vec<Span<'static>> {
    let here = field == options.focus;
    let (name, cut) = fit::fit(field.label(), label - 1, glyphs::CUT);
    let name = format!("{:<label$}", format!("{name}{cut}"));
    let mut spans = vec![ink.span(if here { Role::Accent } else { Role::Muted }, name)];
    let room = width.saturating_sub(label + 2);
    match field {
        Field::Kind => spans.push(ink.span(Role::Text, kind_words(options.way.kind).1)),
        Field::Tail => spans.push(ink.span(Role::Text, if options.way.tail { "on" } else { "off" })),
        field => {
            let text = options.text(field);
            let typed = if here {
                fit::skip(text, fit::width(text).saturating_sub(room))
            } else {
                fit::fit(text, room, glyphs::CUT).0
            };
            spans.push(ink.span(Role::Text, typed.to_owned()));
            if here {
                spans.push(ink.span(Role::Accent, glyphs::CURSOR));
            }
            if let Some(rest) = options.offered().filter(|_| here).and_then(|offered| offered.strip_prefix(text)) {
                spans.push(ink.span(Role::Muted, format!("{rest}  {} takes it", "right")));
            }
        }
    }
    if here && matches!(field, Field::Kind | Field::Tail) {
        spans.push(ink.span(Role::Muted, "  ‹ ›"));
    }
    spans
}

/// What is asked for, and the word on the button.
fn calls(wish: &Wish) -> (String, String) {
    let how = |one: &Invocation| kind_words(one.kind).1;
    match wish {
        Wish::One(one) => (format!("Invoke, {}", how(one)), " Send it ".to_owned()),
        Wish::Both(both) => {
            let [(_, one), _] = both.as_ref();
            (format!("Invoke both at once, {}", how(one)), " Send to both ".to_owned())
        }
        Wish::Burst(one, amount) => {
            let many = crate::panes::grouped(i64::from(amount.runs));
            (format!("Invoke {}: {}", amount.words(), one.kind.word()), format!(" Send {many} "))
        }
    }
}

/// The first line of the question shown when it is scrolled to its end.
pub fn end_of_sending(screen: Rect, open: &Sending, model: &Model, ink: &Ink) -> usize {
    sending(screen, open, model, ink).end(screen)
}

/// The question before sending: where it goes and what is sent come first, then why it is asked.
fn sending(screen: Rect, sending: &Sending, model: &Model, ink: &Ink) -> Laid {
    let width = usize::from(dialog::area(screen, WIDTH, 14).width).saturating_sub(4);
    let wrapped = |role, text: &str| form::wrapped(text, width, role, ink);
    let place = if model.session.is_production() { Role::Bad } else { Role::Text };
    let (call, button) = calls(&sending.wish);
    let (names, call) = (names(&sending.wish), wrapped(Role::Title, &call));
    let whole: Lines = names.iter().flat_map(|name| wrapped(Role::Muted, name)).collect();
    let mut head = wrapped(place, &confirm::where_to(model));
    let reasons = reasons(sending, width, ink);
    // Borders, buttons, and what is left free around the box.
    let room = usize::from(screen.height).saturating_sub(5);
    let cut = head.len() + whole.len() + call.len() + reasons.len() > room && whole.len() > names.len();
    let mut body = if cut {
        head.extend(names.iter().map(|name| vec![ink.span(Role::Muted, fit::middle(name, width))]));
        [head, call, reasons, whole].concat()
    } else {
        [head, whole, call, vec![Vec::new()], reasons].concat()
    };
    body.extend(command(&sending.wish, width, room.saturating_sub(body.len() + 2), model, ink));
    if body.len() > room {
        body.retain(|line| !line.is_empty());
    }
    let buttons = confirm::answers(sending.sends, button, ink);
    // A blank line stands above the buttons, where there is room.
    let outer = dialog::area(screen, WIDTH, u16::try_from(body.len() + 4).unwrap_or(u16::MAX));
    Laid { title: title(model, "invoke"), outer, body, buttons: vec![buttons] }
}

/// Whom it invokes, in full.
fn names(wish: &Wish) -> Vec<String> {
    let name = |one: &Invocation| match &one.qualifier {
        Some(qualifier) => format!("{}:{qualifier}", one.function),
        None => one.function.to_string(),
    };
    wish.invocations().into_iter().map(name).collect()
}

/// Why it is asked, each behind its sign.
fn reasons(sending: &Sending, width: usize, ink: &Ink) -> Lines {
    let mut lines = Lines::new();
    for (tone, why) in &sending.reasons {
        let sign = format!("{} ", glyphs::of_tone(*tone));
        let parts = fit::wrap(why, width.saturating_sub(2)).into_iter().enumerate();
        let lead = |n| if n == 0 { sign.clone() } else { "  ".to_owned() };
        lines.extend(parts.map(|(n, part)| {
            let style = ink.tone(*tone);
            vec![Span::styled(lead(n), style), Span::styled(part, style)]
        }));
    }
    lines
}

/// The command that does the same and a blank line before it, where it can be read and so many lines hold it.
fn command(wish: &Wish, width: usize, room: usize, model: &Model, ink: &Ink) -> Lines {
    let Wish::One(invocation) = wish else { return Lines::new() };
    if invocation.payload.len() > READABLE {
        return Lines::new();
    }
    let command = fit::wrap(&model.session.as_command(&invocation.command()), width).into_iter();
    let command: Lines = command.map(|part| vec![ink.span(Role::Muted, part)]).collect();
    if command.len() > room { Lines::new() } else { [vec![Vec::new()], command].concat() }
}
