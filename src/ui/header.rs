//! Where am I, is it safe, is it fresh.

use std::time::Duration;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit};
use crate::aws::Kind;
use crate::model::{Link, List, Model, Place, SLOW, Slot};
use crate::panes::{bytes_of, grouped};

/// Below this width words are shortened.
const NARROW: u16 = 60;

/// Draws the header line.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let mut right = badges(model, ink);
    right.extend(sending(model, ink));
    // Where there is no room for all, how old it is and how often it failed yields to where this is.
    let least = fit::width(&shortest(model)).min(usize::from(area.width) / 2);
    let gap = if right.is_empty() { 4 } else { 3 };
    let left = usize::from(area.width).saturating_sub(fit::cells(&right) + least + gap);
    let mut fresh = freshness(model, false, ink);
    if fit::cells(&fresh) > left {
        fresh = freshness(model, true, ink);
        fresh.truncate(fit::fitting(&fresh, left));
    }
    right.extend(fresh);
    right.push(Span::raw(" "));
    let room = usize::from(area.width).saturating_sub(fit::cells(&right) + 2);
    let place = place(model, room);
    let (head, cut) = fit::fit(&place, room, super::glyphs::CUT);
    ink.line(canvas, area, 0, vec![Span::raw(" "), ink.span(Role::Title, head), Span::raw(cut)]);
    ink.line_right(canvas, area, 0, right);
}

/// Profile and region: what is shown however narrow the screen is.
fn shortest(model: &Model) -> String {
    let (profile, region) = (model.session.profile(), model.session.region());
    format!("{profile}{}{region}", if region.is_empty() { "" } else { " · " })
}

/// Profile, account, region, who: as much of it as fits, the most telling first.
fn place(model: &Model, room: usize) -> String {
    let session = &model.session;
    let (profile, region) = (session.profile(), session.region());
    let (account, who) = session.identity().map_or(("", ""), |identity| (&*identity.account, &*identity.who));
    let endpoint = session.connection().and_then(|connection| connection.endpoint.as_deref()).unwrap_or_default();
    let space = if account.is_empty() { "" } else { " " };
    let longest: Vec<&str> = [&*region, who, endpoint].into_iter().filter(|part| !part.is_empty()).collect();
    let dot = if region.is_empty() { "" } else { " · " };
    let full = [format!("{profile}{space}{account}")].into_iter().chain(longest.into_iter().map(str::to_owned));
    let full = full.collect::<Vec<_>>().join(" · ");
    let shorter = format!("{profile}{space}{account}{dot}{region}");
    [full, shorter].into_iter().find(|text| fit::width(text) <= room).unwrap_or_else(|| shortest(model))
}

fn badges(model: &Model, ink: &Ink) -> Vec<Span<'static>> {
    let session = &model.session;
    let now = model.clock.now().since;
    let offline = matches!(&session.link, Link::Failed(problem) if problem.kind == Kind::Unreachable)
        || problem_on_show(model).is_some_and(|kind| matches!(kind, Kind::Unreachable | Kind::TimedOut));
    let narrow = model.size.width < NARROW;
    let all = [
        (session.demo, Role::BadgeOk, " DEMO "),
        (session.target.read_only, Role::BadgeOk, " READ-ONLY "),
        (session.is_production(), Role::BadgeBad, " PROD "),
        (offline, Role::BadgeBad, " OFFLINE "),
        // On a narrow screen one of the two is enough, and the other has the older news.
        (model.meter.throttled(now) && !(offline && narrow), Role::BadgeWarn, " THROTTLED "),
    ];
    let shown = all.into_iter().filter(|(on, _, _)| *on);
    shown
        .flat_map(|(_, role, word)| {
            // The word is shortened, never dropped.
            let word = if narrow && word == " READ-ONLY " { " RO " } else { word };
            [ink.span(role, word), Span::raw(" ")]
        })
        .collect()
}

/// What went wrong with what is on show: of what lies behind it, which nobody asks meanwhile, the news is old.
fn problem_on_show(model: &Model) -> Option<Kind> {
    let problem = match model.views.place() {
        Place::Pane(_) => model.behind(&model.question()?)?.problem(),
        Place::Console => None,
        Place::Logs => model.logs.problem().map(|(_, problem)| problem),
        Place::Insights => model.insights.problem(),
    };
    Some(problem?.kind)
}

/// How far a change is that takes long.
fn sending(model: &Model, ink: &Ink) -> Option<Span<'static>> {
    let now = model.clock.now().since;
    let sent = model.calls.first().filter(|sent| now >= sent.since + SLOW)?;
    let seconds = now.saturating_sub(sent.since).as_secs();
    let what = match sent.gone {
        Some((left, of)) if sent.can_stop() => format!("sending {}", bytes_of(left, of)),
        // The request is out: what is waited for is AWS.
        Some(_) => "all sent".to_owned(),
        None => "sending".to_owned(),
    };
    Some(ink.span(Role::Warn, format!("{what}, {seconds} s  ")))
}

/// Progress while a list loads, else its age; and how many problems the session had. `terse` leaves out what explains.
fn freshness(model: &Model, terse: bool, ink: &Ink) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    if let Some((text, role)) = age_or_progress(model, terse) {
        spans.push(ink.span(role, text));
    }
    let problems = model.notices.problems();
    if problems > 0 {
        spans.push(ink.span(Role::Bad, format!("  !{}", grouped(i64::try_from(problems).unwrap_or(i64::MAX)))));
    }
    spans
}

fn age_or_progress(model: &Model, terse: bool) -> Option<(String, Role)> {
    match &model.session.link {
        Link::None | Link::Connecting(_) => return Some(("connecting …".to_owned(), Role::Muted)),
        Link::Failed(_) => return Some(("not connected".to_owned(), Role::Bad)),
        Link::Up(_) => {}
    }
    // The age of the list behind would be taken for that of the log.
    if matches!(model.views.place(), Place::Logs | Place::Insights) {
        return None;
    }
    let question = model.question()?;
    let slot = model.behind(&question)?;
    // The list behind the console is not asked again: how it failed is an old story there.
    if model.views.place() == Place::Console && slot.problem().is_some() {
        return None;
    }
    let list = slot.answer();
    let number = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    if let Some(list) = list.filter(|list| slot.in_flight() && list.so_far() > 0) {
        let total =
            list.total.and_then(|total| i64::try_from(total).ok()).map(|total| format!(" of {}", grouped(total)));
        return Some((format!("{}{} …", number(list.so_far()), total.unwrap_or_default()), Role::Muted));
    }
    if let Some(age) = model.kept_for() {
        let asking = if slot.in_flight() { " · asking …" } else { "" };
        let text = if terse { "kept".to_owned() } else { format!("kept from {} ago{asking}", at_least(age)) };
        return Some((text, Role::Warn));
    }
    age(model, slot, terse)
}

/// How old the list is, in words that say whether it should be so old.
fn age(model: &Model, slot: &Slot<List>, terse: bool) -> Option<(String, Role)> {
    let failed = slot.problem().map(|problem| problem.kind);
    Some(match (model.age(), failed) {
        (Some(age), None) if age.is_zero() => ("now".to_owned(), Role::Muted),
        (Some(age), failed) if terse => (at_least(age), if failed.is_some() { Role::Warn } else { Role::Muted }),
        (Some(age), None) => (format!("{} ago", at_least(age)), Role::Muted),
        (Some(age), Some(kind)) => (format!("{}{} old", why(kind), at_least(age)), Role::Warn),
        (None, None) if slot.in_flight() => ("loading …".to_owned(), Role::Muted),
        (None, Some(_)) if slot.in_flight() => ("trying again …".to_owned(), Role::Warn),
        (None, _) => return None,
    })
}

/// What was reached of an age: it is told in steps, so in the first minute it is so much and perhaps more.
fn at_least(age: Duration) -> String {
    match age.as_secs() {
        0 => "<5 s".to_owned(),
        seconds @ 1..60 => format!("{seconds}+ s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..86_400 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

/// Why a list is not fresh, where no badge says it.
fn why(kind: Kind) -> &'static str {
    if kind.backs_off() { "" } else { "failed · " }
}
