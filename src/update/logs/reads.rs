//! What a log reads by itself: older events, and what is new. Asked for by `reconcile`, as all reads.

use std::time::Duration;

use super::tail;
use crate::aws::{Kind, LogPage, Problem};
use crate::model::logs::Search;
use crate::model::{Effect, Model, Place, Ticket};

/// When the log wants something read or looked at, if ever.
pub fn due(model: &Model) -> Option<Duration> {
    if model.views.place() != Place::Logs {
        return None;
    }
    let reads = model.logs.due().filter(|_| model.session.connection().is_some());
    let searches = model.logs.search.as_ref().is_some_and(Search::is_looking);
    let busy = searches || model.logs.sieve.is_looking() || model.logs.invocations.is_reading();
    let now = model.clock.now().since;
    let waits = model.logs.unanswered_at(now);
    let looks = busy.then_some(now);
    [reads, looks, waits, tail::due(model)].into_iter().flatten().min()
}

/// What is due now; what nobody looks at any more is given up.
pub fn reads(model: &mut Model) -> Vec<Effect> {
    if model.views.place() != Place::Logs {
        let given_up = model.logs.cancel().into_iter().chain(tail::leave(model));
        return given_up.map(Effect::Cancel).collect();
    }
    let mut effects = tail::listen(model);
    let now = model.clock.now();
    let queries = model.logs.queries(now, &mut model.tickets);
    effects.extend(queries.into_iter().map(|(query, ticket)| Effect::LogEvents { query, ticket }));
    effects
}

/// A page came, or did not.
pub fn told(model: &mut Model, ticket: Ticket, answer: Result<LogPage, Problem>) -> Vec<Effect> {
    let now = model.clock.now();
    match answer {
        Ok(page) => model.logs.take(ticket, &page, now),
        Err(problem) => {
            // A group that is not there yet is no fault, and what is tried again by itself is said in the log.
            let first = model.logs.fail(ticket, &problem, now.since);
            if first == Some(true) && problem.kind != Kind::Missing {
                model.notices.remember(&problem, now);
            }
        }
    }
    Vec::new()
}
