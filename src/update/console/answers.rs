//! What came back of runs: their answers, their whole logs, and what becomes of events.

use crate::aws::{AfterEvent, LogLine, Problem};
use crate::model::console::{Answer, Arrival, WholeLog};
use crate::model::{Effect, Model, Place, Ticket};

/// The answer of a run, or of one of a burst.
pub fn answered(model: &mut Model, ticket: Ticket, answer: Result<Box<Answer>, Problem>) -> Vec<Effect> {
    if let Some(effects) = super::burst_answered(model, ticket, &answer) {
        return effects;
    }
    let now = model.clock.now();
    if let Err(problem) = &answer {
        model.notices.remember(problem, now);
    }
    let here = model.console.run().is_some_and(|run| run.ticket == ticket)
        || model.pair().is_some_and(|pair| pair.runs.contains(&ticket));
    if !model.console.finish(ticket, answer, now) {
        return Vec::new();
    }
    let on_show = here && model.views.place() == Place::Console;
    if !on_show {
        tell_unseen(model, ticket);
    }
    Vec::new()
}

/// Says that a run ended that was not looked at, and where it is found: it stays with the session that sent it.
pub(super) fn tell_unseen(model: &mut Model, ticket: Ticket) {
    let (now, here) = (model.clock.now(), model.session.site());
    let Some(run) = model.console.ended_unseen(ticket) else { return };
    let (what, how) = match (run.burst().is_some(), run.failed()) {
        (false, false) => ("run", "succeeded"),
        (false, true) => ("run", "failed"),
        (true, false) => ("burst", "ended"),
        (true, true) => ("burst", "ended with failures"),
    };
    let name = &run.invokee.function.name;
    let said = match run.site.beside(&here) {
        None => format!("the {what} of {name} {how}: i opens it"),
        Some(place) => format!("the {what} of {name} {how} in {place}: i opens it there"),
    };
    model.notices.say(said, now);
}

/// The log of a run, or as much of it as has arrived.
pub fn whole_run(model: &mut Model, ticket: Ticket, answer: Result<Vec<LogLine>, Problem>) -> Vec<Effect> {
    let now = model.clock.now();
    let Some(run) = model.console.run_awaiting_log(ticket) else { return Vec::new() };
    match answer {
        Ok(lines) => {
            if run.whole_log.take(&lines, now.since) == Arrival::GivenUp {
                let waited = WholeLog::PATIENCE.as_secs();
                let why = if run.whole_log.lines.is_some() {
                    format!("no end of this run after {waited} s: L asks again")
                } else {
                    "nothing of this run yet: L asks again, l opens the log around it".to_owned()
                };
                let name = run.invokee.function.name.clone();
                model.notices.warn(format!("{name}: CloudWatch Logs has {why}"), now);
            }
        }
        Err(problem) => {
            run.whole_log.fail();
            model.notices.fail(&problem, now);
        }
    }
    Vec::new()
}

/// What the function's configuration says becomes of an event.
pub fn after_event(model: &mut Model, ticket: Ticket, answer: Result<AfterEvent, Problem>) -> Vec<Effect> {
    let now = model.clock.now();
    if let Err(problem) = &answer {
        model.notices.remember(problem, now);
    }
    if let Some(asking) = model.console.run_asking(ticket) {
        asking.next.accept(ticket, answer, now.since);
    }
    Vec::new()
}
