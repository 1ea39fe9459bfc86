//! A log on the screen.
//!
//! ```text
//!  orders-api › Log   last 15 m · following          /error  41 of 12,480   UTC    title
//!    12:04:31.120  INFO   received order A-1001                                    events
//!  ▌ 12:04:31.140  ERROR  total must be positive                      ▸ 14 lines
//!  reading older events …                                                          remark
//! ```

mod event;
mod row;
mod runs;
mod vacancy;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, fit, glyphs, json_tree, text_view};
use crate::aws::{Kind, live_tail_price};
use crate::model::body::View as Opened;
use crate::model::logs::{Ask, Logs, REQUEST};
use crate::model::{Model, Size};
use crate::panes::grouped;

/// Draws the log.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let size = Size { width: buffer.area.width, height: buffer.area.height };
    let logs = &model.logs;
    draw_title(buffer, area, model, ink);
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(opened) = &logs.opened {
        return draw_opened(buffer, inside, opened, logs, size, ink);
    }
    if logs.listing {
        return runs::draw(buffer, inside, model, ink);
    }
    let window = logs.window(size);
    let rows = Rect { height: u16::try_from(window.height).unwrap_or(inside.height), ..inside };
    let scene = logs.scene(size);
    let placed = logs.view.placed(&scene);
    if placed.is_empty() {
        vacancy::draw(buffer, rows, model, ink);
    }
    let mut line = 0;
    for placed in placed {
        event::draw(buffer, rows, line, &placed, logs, &scene, ink);
        line += u16::try_from(placed.rows).unwrap_or(u16::MAX);
    }
    let foot = Rect { y: rows.bottom(), height: inside.height.saturating_sub(rows.height), ..inside };
    ink.line(buffer, foot, 0, remark(logs, ink));
    if let Some(ask) = &logs.ask {
        let last = inside.height.saturating_sub(1);
        draw_ask(buffer, inside, last, ask, ink);
    }
}

fn count(n: usize) -> String {
    grouped(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Below this width only what one looks for when a log stands still has room.
const ROOMY: u16 = 60;
/// Names are cut to this many cells, not further.
const SHORTEST: usize = 10;

/// Whose log, from when, and how much of it is shown.
fn draw_title(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    let logs = &model.logs;
    let right = tally(logs, area.width, ink);
    let standing = standing(model, area.width);
    // The state is what one looks for when a log stands still: the names give way first.
    let beside = fit::cells(&right) + fit::width(&standing) + if logs.listing { 25 } else { 11 };
    let room = usize::from(area.width).saturating_sub(beside).max(SHORTEST);
    let names: Vec<&str> = logs.sources.iter().map(|source| source.subject.name.as_str()).collect();
    let name = names.join(" + ");
    let (head, cut) = fit::fit(&name, room, glyphs::CUT);
    let mut spans = vec![Span::raw(format!(" {head}{cut} {} ", glyphs::STEP))];
    // What is on show, and the way to it.
    let last = match (logs.listing, logs.sieve.only()) {
        (true, _) => Some("Invocations".to_owned()),
        (false, Some(only)) => Some(format!("Invocation {}", short(&only.request))),
        (false, None) => None,
    };
    match last {
        Some(last) => spans.extend([Span::raw(format!("Log {} ", glyphs::STEP)), ink.span(Role::Title, last)]),
        None => spans.push(ink.span(Role::Title, "Log")),
    }
    spans.push(ink.span(Role::Muted, format!("   {standing}")));
    ink.line(buffer, area, 0, spans);
    ink.line_right(buffer, area, 0, right);
}

/// The beginning of a request's number, as the column has it.
fn short(request: &str) -> &str {
    request.get(..REQUEST).unwrap_or(request)
}

/// From when, and whether it goes on.
fn standing(model: &Model, width: u16) -> String {
    let logs = &model.logs;
    let follows = match (logs.paused, logs.view.follows()) {
        (true, _) => "paused",
        (false, true) => "following",
        (false, false) => "not following",
    };
    let sources = logs.sources.len();
    let on = logs.sources.iter().zip(0_u8..).filter(|(_, number)| !logs.sieve.is_off(*number)).count();
    let sources = match sources {
        0 | 1 => String::new(),
        _ if on < sources => format!(" · {on} of {sources} sources"),
        _ => format!(" · {sources} sources"),
    };
    let pattern = logs.pattern.as_ref().map(|pattern| format!(" · only {pattern}")).unwrap_or_default();
    let reach = if width < ROOMY { String::new() } else { format!("{} · ", logs.reach.words()) };
    format!("{reach}{follows}{}{pattern}{sources}", live(model))
}

/// The live tail, and that it costs.
fn live(model: &Model) -> String {
    let (tail, now) = (&model.logs.tail, model.clock.now().since);
    match (tail.is_live(), tail.again()) {
        (true, _) if tail.is_sampled() => " · live · sampled, polling reads the rest".to_owned(),
        (true, _) => {
            let price = live_tail_price(&model.session.region());
            format!(" · live{}", price.map(|price| format!(" · ${}/min", price.minute)).unwrap_or_default())
        }
        (false, Some(until)) if until > now => {
            format!(" · live tail again in {} s", until.saturating_sub(now).as_secs_f64().ceil())
        }
        (false, _) if tail.is_on() && !model.logs.paused => " · live tail …".to_owned(),
        _ => String::new(),
    }
}

/// The filter, and how much of what is here it shows.
fn tally(logs: &Logs, width: u16, ink: &Ink) -> Vec<Span<'static>> {
    let zone = if logs.local { "local" } else { "UTC" };
    let all = logs.store.len() - logs.store.notes();
    let mut spans = vec![Span::raw("  ")];
    if logs.listing {
        return runs::tally(logs, width, ink);
    }
    let (shown, folded) = (logs.sieve.shown(&logs.store), logs.sieve.folded(&logs.store));
    if logs.sieve.hides() || folded > 0 {
        let more = if logs.sieve.is_looking() { " …" } else { "" };
        if width >= ROOMY && !logs.words.is_empty() {
            spans.push(ink.span(Role::Accent, format!("/{}  ", logs.words)));
        }
        spans.push(Span::raw(format!("{} of {}{more} ", count(shown), count(all))));
    } else {
        spans.push(Span::raw(format!("{} ", count(all))));
    }
    if width >= ROOMY && folded > 0 {
        spans.push(ink.span(Role::Muted, format!("· {} folded ", count(folded))));
    }
    if width >= ROOMY {
        spans.push(ink.span(Role::Muted, format!("  {zone} ")));
    }
    spans
}

/// What is to be said of the log: a problem, what is read, what waits.
fn remark<'a>(logs: &Logs, ink: &Ink) -> Vec<Span<'a>> {
    let (role, words) = if let Some((source, problem)) = logs.problem().filter(|_| !logs.store.is_empty()) {
        let role = if problem.kind == Kind::Throttled { Role::Warn } else { Role::Bad };
        (role, format!("! {}: {}", source.subject.name, problem.brief()))
    } else if logs.view.waits() > 0 && !logs.listing {
        (Role::Accent, format!("{} new below · f follows", count(logs.view.waits())))
    } else if logs.sources.iter().any(|source| source.feed.is_loading() && source.feed.problem().is_none()) {
        (Role::Muted, format!("reading … {} events so far · x stops", count(logs.store.len())))
    } else if logs.store.dropped() > 0 {
        let dropped = grouped(i64::try_from(logs.store.dropped()).unwrap_or(i64::MAX));
        (Role::Warn, format!("{dropped} older events were let go: 64 MB are held"))
    } else {
        return Vec::new();
    };
    vec![Span::raw(" "), ink.span(role, words)]
}

/// The line that is being typed.
fn draw_ask(buffer: &mut Buffer, area: Rect, line: u16, ask: &Ask, ink: &Ink) {
    let lead = format!(" {}", ask.wanted.lead());
    let room = usize::from(area.width).saturating_sub(fit::width(&lead) + 2);
    let typed = fit::skip(ask.input.value(), fit::width(ask.input.value()).saturating_sub(room));
    ink.line(buffer, area, line, vec![Span::raw(" ".repeat(usize::from(area.width)))]);
    let mut spans =
        vec![ink.span(Role::Accent, lead), Span::raw(typed.to_owned()), ink.span(Role::Selection, glyphs::CURSOR)];
    if let Some(complaint) = &ask.complaint {
        spans.push(ink.span(Role::Warn, format!(" ! {complaint}")));
    }
    ink.line(buffer, area, line, spans);
}

/// One event, whole.
fn draw_opened(buffer: &mut Buffer, area: Rect, opened: &Opened, logs: &Logs, size: Size, ink: &Ink) {
    if let Some(event) = logs.event() {
        let place = event::place(&event, logs);
        ink.line(buffer, area, 0, vec![Span::raw(" "), ink.span(Role::Muted, place)]);
    }
    let inside = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let window = logs.opened_window(size);
    match opened {
        Opened::Tree(view) => json_tree::draw(buffer, inside, view, window, true, ink),
        Opened::Text(view) => text_view::draw(buffer, inside, view, window, ink, |row| vec![Span::raw(row.text)]),
        Opened::Hex(_) => {}
    }
}
