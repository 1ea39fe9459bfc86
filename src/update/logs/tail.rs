//! The live tail of a log: offered with its price, kept open while somebody looks, and never ended in silence.

use std::time::Duration;

use crate::aws::{Problem, TailEnd, TailNews, TailQuery};
use crate::model::logs::Pressed;
use crate::model::{Effect, Model, Ticket};

/// The key for it: says what it costs, begins, or ends it.
pub(super) fn press(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    if !model.logs.reach.follows() {
        model
            .notices
            .warn("a live tail tells what comes from now on: choose a time up to now first (0, or 2 to 6)", now);
        return Vec::new();
    }
    match model.logs.tail.press(now.since) {
        // The log says what it costs.
        Pressed::Offered => {}
        Pressed::Begun => super::follow(model),
        Pressed::Ended(ticket) => {
            model.logs.feeds.iter_mut().for_each(|feed| feed.hurry(now.since));
            return ticket.map(Effect::Cancel).into_iter().collect();
        }
    }
    Vec::new()
}

/// When something is to be done about it or shown of it, if ever.
pub(super) fn due(model: &Model) -> Option<Duration> {
    let (now, tail) = (model.clock.now().since, &model.logs.tail);
    // The seconds to the next try are counted on the screen.
    let second = tail.again().filter(|until| *until > now).map(|_| now + Duration::from_secs(1));
    let wanted = !model.logs.paused && model.session.connection().is_some();
    let session = [tail.due(), second].into_iter().flatten().min().filter(|_| wanted && tail.is_on());
    let offer = tail.offered().filter(|until| *until > now);
    [session, offer].into_iter().flatten().min()
}

/// Nobody looks at the log any more, so nobody pays for it; the session to give up.
pub(super) fn leave(model: &mut Model) -> Option<Ticket> {
    if model.logs.tail.is_on() {
        let now = model.clock.now();
        let words = format!("live tail ended at {}: the log was left", now.wall.format("%H:%M:%S"));
        model.logs.note(&words, now);
    }
    model.logs.tail.end()
}

/// Opens a session where one is wanted, and gives up what is not, or says nothing any more.
pub(super) fn listen(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    let mut effects = Vec::new();
    let wanted = model.logs.tail.is_on() && model.logs.follows() && model.logs.reach.follows();
    let wanted = wanted && model.session.connection().is_some();
    let groups = if wanted { model.logs.tailed() } else { Vec::new() };
    if model.logs.tail.groups() != groups {
        effects.extend(model.logs.tail.rest(now.since).map(Effect::Cancel));
    }
    if let Some(ticket) = model.logs.tail.silent(now.since) {
        effects.push(Effect::Cancel(ticket));
        cut(model, ticket, "nothing came for 15 s");
    }
    if !groups.is_empty() && model.logs.tail.again().is_some_and(|until| until <= now.since) {
        let ticket = model.tickets.next();
        let account = model.session.identity().map(|identity| identity.account.clone());
        model.logs.tail.ask(ticket, groups.clone(), now.since);
        effects.push(Effect::LiveTail {
            query: TailQuery { groups, account, pattern: model.logs.pattern.clone() },
            ticket,
        });
    }
    model.logs.pace(now.since);
    effects
}

/// A session told something.
pub fn heard(model: &mut Model, ticket: Ticket, news: &TailNews) -> Vec<Effect> {
    let now = model.clock.now();
    model.logs.hear(ticket, news, now.since);
    Vec::new()
}

/// A session ended, or did not begin.
pub fn ended(model: &mut Model, ticket: Ticket, answer: Result<TailEnd, Problem>) -> Vec<Effect> {
    match answer {
        Ok(TailEnd::Expired) => cut(model, ticket, "AWS ends it after three hours"),
        Ok(TailEnd::Cut { why }) => cut(model, ticket, &why),
        Err(problem) => refused(model, ticket, &problem),
    }
    Vec::new()
}

/// A session that was open is not any more.
fn cut(model: &mut Model, ticket: Ticket, why: &str) {
    let now = model.clock.now();
    if model.logs.tail.cut(ticket, now.since) == Some(true) {
        let words = format!("live tail was cut at {} ({why}), filled from polling", now.wall.format("%H:%M:%S"));
        model.logs.note(&words, now);
    }
}

fn refused(model: &mut Model, ticket: Ticket, problem: &Problem) {
    let now = model.clock.now();
    let before = model.logs.tail.refused().is_some();
    let Some(over) = model.logs.tail.refuse(ticket, problem, now.since) else { return };
    if over {
        let reads = model.logs.feeds.iter().any(|feed| feed.problem().is_none());
        let goes_on = if reads { ", polling goes on" } else { "" };
        model.logs.note(&format!("no live tail{goes_on}: {}", problem.brief()), now);
    }
    if over || !before {
        model.notices.remember(problem, now);
    }
}
