//! The first line of a log: whose it is, from when, how it stands, and how much of it is shown.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit, glyphs};
use super::sources::trouble;
use super::{count, find, runs};
use crate::aws::{Kind, Problem, live_tail_price};
use crate::model::Model;
use crate::model::logs::{Feed, Logs, REQUEST, Reach};
use crate::model::lookup::{AliasOf, Wish};

/// Below this width what is not looked for first is left out.
const ROOMY: u16 = 60;
/// Names are cut to this many cells, not further.
const SHORTEST: usize = 10;

/// Draws the line.
///
/// What a log does now is what one looks for when it stands still: the names give way first, then the range, then the
/// price of a live tail. On a narrow screen that has the place of the counts: it is paid for.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let logs = &model.logs;
    let right = tally(model, area.width, ink);
    let room = usize::from(area.width).saturating_sub(fit::cells(&right));
    let way = way(logs);
    let around = way.iter().map(|step| fit::width(step) + 3).sum::<usize>() + 4;
    let (name, others, standing) = fitting(model, room.saturating_sub(around));
    let left = room.saturating_sub(around + fit::width(&standing) + fit::width(&others));
    let (head, cut) = fit::fit(&name, left.max(SHORTEST), glyphs::CUT);
    let mut spans = vec![Span::raw(format!(" {head}{cut}{others}"))];
    // What has no room even so ends in a mark, never inside a word as if that were all.
    let cut = |spans: &[Span<'_>], text: &str| {
        let (head, cut) = fit::fit(text, room.saturating_sub(fit::cells(spans)), glyphs::CUT);
        format!("{head}{cut}")
    };
    for (n, step) in way.iter().enumerate() {
        let role = if n + 1 == way.len() { Role::Title } else { Role::Text };
        spans.push(Span::raw(format!(" {} ", glyphs::STEP)));
        spans.push(ink.span(role, cut(&spans, step)));
    }
    if room.saturating_sub(fit::cells(&spans)) > SHORTEST {
        spans.push(ink.span(Role::Muted, cut(&spans, &format!("   {standing}"))));
    }
    ink.line(canvas, area, 0, spans);
    ink.line_right(canvas, area, 0, right);
}

/// The steps that lead to what is on show.
fn way(logs: &Logs) -> Vec<String> {
    let last = match (logs.listing, logs.sieve.only()) {
        (true, _) => Some("Invocations".to_owned()),
        (false, Some(only)) => Some(format!("Invocation {}", short(&only.request))),
        // Not here yet: it is shown alone once it is.
        (false, None) => logs.sought.as_deref().map(|request| format!("Invocation {} …", short(request))),
    };
    std::iter::once("Log".to_owned()).chain(last).collect()
}

/// The beginning of a request's number, as the column has it.
pub(super) fn short(request: &str) -> &str {
    request.get(..REQUEST).unwrap_or(request)
}

/// Name, how many others there are, and standing, as long as they have room.
fn fitting(model: &Model, room: usize) -> (String, String, String) {
    let tags: Vec<String> = model.logs.tags.iter().map(Wish::words).collect();
    let aliases: Vec<String> = model.logs.aliases.iter().map(AliasOf::words).collect();
    let names = model.logs.sources.iter().filter(|_| tags.is_empty()).map(|source| source.subject.name.as_str());
    let names: Vec<&str> = tags.iter().chain(&aliases).map(String::as_str).chain(names).collect();
    let joined = names.join(" + ");
    let whole = standing(model, true, true);
    if fit::width(&joined) + fit::width(&whole) <= room {
        return (joined, String::new(), whole);
    }
    let first = names.first().copied().unwrap_or_default().to_owned();
    let others = if names.len() > 1 { format!(" +{}", names.len() - 1) } else { String::new() };
    let named = fit::width(&first).min(SHORTEST) + fit::width(&others);
    let shorter = [whole, standing(model, false, true), standing(model, false, false)];
    let fitting = shorter.iter().find(|standing| named + fit::width(standing) <= room).or(shorter.last());
    (first, others, fitting.cloned().unwrap_or_default())
}

/// From when, whether it goes on, and which sources are hidden.
fn standing(model: &Model, reach: bool, price: bool) -> String {
    let logs = &model.logs;
    // A range that has an end is read to it, and no further; what is not known yet is not read.
    let ends = matches!(logs.reach, Reach::Between { to: Some(_), .. });
    let follows = match (refused(logs), logs.paused, logs.view.follows()) {
        (Some(refused), ..) => Some(refused),
        (None, true, _) => Some("paused".to_owned()),
        (None, false, _) if ends || logs.sources.is_empty() => None,
        // It has an end of its own.
        (None, false, false) if logs.sieve.only().is_some() => None,
        // Where there is little room, what is live follows.
        (None, false, true) if !reach && price && logs.tail.is_live() => None,
        (None, false, true) => Some("following".to_owned()),
        (None, false, false) => Some("not following".to_owned()),
    };
    let (all, on) = (logs.sources.len(), logs.shown_sources());
    let sources = match all {
        0 | 1 if logs.tags.is_empty() => None,
        _ if on < all => Some(format!("{on} of {all} sources")),
        1 => Some("1 source".to_owned()),
        _ if reach => Some(format!("{all} sources")),
        _ => None,
    };
    let pattern = logs.pattern.as_ref().map(|pattern| format!("only {pattern}"));
    let live = live(model, price, reach);
    let reach = reach.then(|| logs.reach.words());
    let parts = [reach, follows, live, pattern, sources];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Why nothing of it is read, if no source is. A group that is not there yet is looked for.
fn refused(logs: &Logs) -> Option<String> {
    let first = logs.feeds.first().and_then(refusal)?;
    logs.feeds.iter().all(|feed| refusal(feed).is_some()).then(|| trouble(first).1)
}

fn refusal(feed: &Feed) -> Option<&Problem> {
    feed.problem().filter(|problem| problem.kind != Kind::Missing)
}

/// The live tail, and that it costs; where there is room, also that it is not all that is asked.
fn live(model: &Model, price: bool, roomy: bool) -> Option<String> {
    let (tail, now) = (&model.logs.tail, model.clock.now().since);
    match (tail.is_live(), tail.again()) {
        (true, _) if tail.is_sampled() => Some("live · sampled, polling reads the rest".to_owned()),
        (true, _) => {
            let price = if price { price_of(model) } else { String::new() };
            Some(format!("live{}{price}", if roomy && tail.misses() { ", polled too" } else { "" }))
        }
        (false, Some(until)) if until > now => {
            Some(format!("live tail again in {} s", until.saturating_sub(now).as_secs_f64().ceil()))
        }
        (false, _) if tail.is_on() && !model.logs.paused => Some("live tail …".to_owned()),
        _ => None,
    }
}

/// What a live tail costs, behind its name.
fn price_of(model: &Model) -> String {
    live_tail_price(&model.session.region()).map(|price| format!(" · ${}/min", price.minute)).unwrap_or_default()
}

/// The filter, and how much of what is here it shows.
fn tally(model: &Model, width: u16, ink: &Ink) -> Vec<Span<'static>> {
    let logs = &model.logs;
    let zone = logs.zone();
    let all = logs.store.len() - logs.store.notes();
    let mut spans = vec![Span::raw("  ")];
    if width < ROOMY && logs.tail.is_live() {
        return vec![ink.span(Role::Warn, format!("  live{} ", price_of(model)))];
    }
    if logs.listing {
        return runs::tally(logs, width, ink);
    }
    if width < ROOMY && logs.search.is_some() {
        return find::found(logs, ink);
    }
    let (shown, folded) = (logs.sieve.shown(&logs.store), logs.sieve.folded(&logs.store));
    if logs.sieve.hides() || folded > 0 {
        let more = if logs.sieve.is_looking() { " …" } else { "" };
        if width >= ROOMY && !logs.words.is_empty() {
            spans.push(ink.span(Role::Accent, format!("/{}{}  ", logs.words, find::around(logs))));
        }
        spans.push(Span::raw(format!("{} of {}{more} ", count(shown), count(all))));
    } else {
        spans.push(Span::raw(format!("{} ", count(all))));
    }
    if !logs.picks.is_empty() {
        spans.push(ink.span(Role::Warn, format!("· {} marked ", count(logs.picks.len()))));
    }
    if width >= ROOMY && folded > 0 {
        spans.push(ink.span(Role::Muted, format!("· {} folded ", count(folded))));
    }
    if width >= ROOMY {
        spans.push(ink.span(Role::Muted, format!("  {zone} ")));
    }
    spans
}
