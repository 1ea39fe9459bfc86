//! The line beneath the events: what is to be said of the log, and what is looked for in it.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit};
use super::event::stamp;
use super::title::short;
use super::{count, find};
use crate::aws::{Kind, live_tail_price, prices_as_of};
use crate::model::Model;
use crate::model::logs::{Feed, Stamps};
use crate::panes::grouped;

/// Draws the line; on a screen that has none, an offer or a problem stands over the oldest of the rows.
pub fn draw(canvas: &mut Canvas, foot: Rect, rows: Rect, model: &Model, ink: &Ink) {
    let width = usize::from(rows.width);
    let offer = offer(model, width).map(|offer| ink.span(Role::Warn, offer));
    if foot.height > 0 && offer.is_none() {
        ink.line(canvas, foot, 0, remark(model, width, ink));
        ink.line_right(canvas, foot, 0, find::found(&model.logs, ink));
        return;
    }
    let Some(words) = offer.or_else(|| trouble(model, width, ink)) else { return };
    let blank = width.saturating_sub(fit::width(&words.content));
    let spans = vec![words, Span::raw(" ".repeat(blank))];
    ink.line(canvas, if foot.height > 0 { foot } else { rows }, 0, spans);
}

/// What went wrong, in as many words as fit beside what to do; nothing where there are no rows: there it stands whole.
fn trouble<'a>(model: &Model, width: usize, ink: &Ink) -> Option<Span<'a>> {
    let logs = Some(&model.logs).filter(|logs| !logs.store.is_empty())?;
    let Some((source, problem)) = logs.problem() else {
        return unanswered(model).map(|words| ink.span(Role::Warn, format!(" ! {words}")));
    };
    let role = if problem.kind == Kind::Throttled { Role::Warn } else { Role::Bad };
    let name = if logs.sources.len() > 1 { format!("{}: ", source.label) } else { String::new() };
    let read = logs.feed_of(source).and_then(Feed::read).map(|at| stamp(at, Stamps::Time, logs.local));
    let read = read.map(|read| format!(" · last read {}", read.get(..8).unwrap_or(&read))).unwrap_or_default();
    let forms = problem.forms();
    let said = forms.iter().flat_map(|form| [read.as_str(), ""].map(|read| format!(" ! {name}{form}{read}")));
    Some(ink.span(role, fit::longest(said, width)?))
}

/// That nobody answers, where that takes longer than it should.
pub(super) fn unanswered(model: &Model) -> Option<String> {
    let waited = model.logs.unanswered(model.clock.now().since)?;
    Some(format!("no answer for {} s; r asks anew", waited.as_secs()))
}

/// What a live tail costs, as long as the same key begins it: in as many words as fit.
fn offer(model: &Model, width: usize) -> Option<String> {
    model.logs.tail.offered().filter(|until| *until > model.clock.now().since)?;
    let ways = live_tail_price(&model.session.region()).map_or_else(
        || vec!["live tail: paid by the minute, polling is free".to_owned(), "live tail: paid".to_owned()],
        |price| {
            let (minute, free) = (price.minute, grouped(i64::from(price.free)));
            let about = format!("live tail: about ${minute} a minute after {free} free ones a month");
            let long = format!("{about} ({}); polling is free", prices_as_of());
            vec![long, about, format!("live tail: ${minute} a minute"), format!("${minute}/min")]
        },
    );
    fit::longest(ways.into_iter().map(|way| format!(" {way} · L starts it")), width)
}

/// What is to be said of the log: a problem, what is read, what waits.
pub(super) fn remark<'a>(model: &Model, width: usize, ink: &Ink) -> Vec<Span<'a>> {
    let logs = &model.logs;
    if let Some(trouble) = trouble(model, width, ink) {
        return vec![trouble];
    }
    let (role, words) = if logs.view.waits() > 0 && !logs.listing {
        (Role::Accent, format!("{} new below · f follows", count(logs.view.waits())))
    } else if let Some(request) = logs.sought.as_deref().filter(|_| !logs.is_begun()) {
        let request = short(request);
        let comes = logs.reach.follows() && logs.follows();
        let words = if comes { "is read as soon as AWS has it · esc waits no longer" } else { "is not in this range" };
        (Role::Muted, format!("the log of {request} {words}"))
    } else if let Some(words) = gathering(model).filter(|_| !logs.sources.is_empty()) {
        (Role::Muted, words)
    } else if logs.feeds.iter().any(|feed| feed.is_loading() && feed.problem().is_none()) {
        (Role::Muted, format!("reading … {} events so far · x stops", count(logs.store.len())))
    } else if logs.beyond > 0 {
        (
            Role::Warn,
            format!("{} logs are shown together at most: {} more are left out", logs.sources.len(), logs.beyond),
        )
    } else if logs.store.dropped() > 0 {
        let dropped = grouped(i64::try_from(logs.store.dropped()).unwrap_or(i64::MAX));
        let held = logs.store.cap() >> 20;
        (Role::Warn, format!("{dropped} older events were let go: {held} MB are held"))
    } else {
        return Vec::new();
    };
    vec![Span::raw(" "), ink.span(role, words)]
}

/// How far the functions of a tag are known, while they are not.
pub(super) fn gathering(model: &Model) -> Option<String> {
    let tags = &model.logs.tags;
    if tags.is_empty() {
        return None;
    }
    match model.lookup.tags.problem() {
        Some(problem) => Some(problem.brief()),
        None => model.tags_so_far().map(|far| format!("looking for functions with the tag: {far}")),
    }
}
