//! Bursts: the form, the start, sending on as answers come, and stopping.

use crate::aws::{Invocation, InvocationType, Problem};
use crate::model::console::{Amount, Answer, Halt, Part, Plan, Sending, Sheet, Wish, panel};
use crate::model::{Effect, Model, Overlay, Place, Ticket};

use super::{answers, request};

/// Opens the form; a burst of the function that is on its way is shown instead.
pub(super) fn open(model: &mut Model) {
    if let Some(ticket) = model.console.burst_on_its_way() {
        model.console.show(ticket);
        model.console.part = Part::Response;
        return;
    }
    open_with(model, model.console.amount);
}

/// Opens the form with these numbers, or says why no burst can be sent.
pub(super) fn open_with(model: &mut Model, amount: Amount) {
    match unfit(model) {
        Some(why) => {
            let now = model.clock.now();
            model.notices.warn(why, now);
        }
        None => model.overlays.push(Overlay::Console(Sheet::Plan(Plan::of(amount)))),
    }
}

fn unfit(model: &Model) -> Option<&'static str> {
    let way = model.console.way();
    match way.kind {
        _ if model.session.target.read_only => Some("read-only: nothing is invoked"),
        InvocationType::RequestResponse if way.execution.is_empty() => None,
        InvocationType::RequestResponse => {
            Some("a durable execution runs once by its name: clear the name (ctrl-p) for a burst")
        }
        _ => Some("a burst waits for whole answers: ctrl-t chooses synchronous"),
    }
}

/// Enter in the form: what is planned waits for a yes.
pub(super) fn plan(model: &mut Model) {
    let Some(Overlay::Console(Sheet::Plan(plan))) = model.overlays.last_mut() else { return };
    let amount = match plan.amount() {
        Ok(amount) => amount,
        Err((field, _)) => {
            plan.focus = field;
            return;
        }
    };
    let (Some(invokee), now) = (model.console.invokee.clone(), model.clock.now()) else { return };
    match model.console.invocation(model.isolates_tenants()) {
        Ok(invocation) => {
            let mut reasons = request::reasons(model, &invocation);
            reasons.extend(model.burst_remarks(&invocation));
            reasons.extend(model.burst_cost(&invokee, amount));
            reasons.extend(model.burst_room(amount));
            let wish = Wish::Burst(invocation, amount);
            let sending = Sending::new(wish, reasons, now.since);
            model.overlays.push(Overlay::Console(Sheet::Sending(sending)));
        }
        Err(refusal) => request::refuse(model, &refusal),
    }
}

/// Begins a burst: as many are sent as are wanted at once.
pub(super) fn start(model: &mut Model, invocation: Invocation, amount: Amount) -> Vec<Effect> {
    let Some(invokee) = model.console.invokee.clone() else { return Vec::new() };
    let (ticket, now) = (model.tickets.next(), model.clock.now());
    model.console.amount = amount;
    model.console.begin_burst(ticket, invokee, invocation, amount, now);
    model.console.part = Part::Response;
    send_on(model, ticket)
}

/// Sends as many as are wanted now.
fn send_on(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    let now = model.clock.now().since;
    let mut effects = Vec::new();
    while let Some((burst, invocation)) = model.console.burst_mut(ticket).filter(|(burst, _)| burst.wants()) {
        let next = model.tickets.next();
        burst.send(next, now);
        effects.push(Effect::Invoke { invocation: invocation.clone(), ticket: next, counted: true });
    }
    effects
}

/// What came of one run of a burst, and what is sent in its place; `None` if it is not of one.
pub fn burst_answered(model: &mut Model, ticket: Ticket, answer: &Result<Box<Answer>, Problem>) -> Option<Vec<Effect>> {
    let now = model.clock.now();
    let burst = model.console.burst_answered(ticket, answer, now)?;
    let bad = model.console.burst_mut(burst).map_or(0, |(burst, _)| burst.tally.bad());
    if let Err(problem) = answer
        && bad == 1
    {
        // The first one speaks for the others.
        model.notices.remember(problem, now);
    }
    let effects = send_on(model, burst);
    let here = model.console.run().is_some_and(|run| run.ticket == burst) && model.views.place() == Place::Console;
    if model.console.end_burst(burst, now) && !here {
        answers::tell_unseen(model, burst);
    }
    Some(effects)
}

/// Stops a burst, or waits no longer for what is on its way; `None` if none is on show.
pub(super) fn halt(model: &mut Model) -> Option<Vec<Effect>> {
    let now = model.clock.now();
    match model.console.halt_burst(now)? {
        Halt::Stopped(0) => model.notices.say("stopped: nothing more is sent", now),
        Halt::Stopped(_) => {
            model.notices.say("nothing more is sent; what is on its way is waited for, x again gives it up", now);
        }
        Halt::Abandoned(tickets) => {
            model.notices.warn("stopped waiting; what was on its way goes on in AWS until it ends", now);
            return Some(tickets.into_iter().map(Effect::Cancel).collect());
        }
    }
    Some(Vec::new())
}

/// Shows the round trips in place of the durations, or the other way round; `false` if no burst is on show.
pub(super) fn turn(model: &mut Model) -> bool {
    let Some(burst) = model.console.burst_on_show() else { return false };
    burst.trips = !burst.trips;
    true
}

/// The numbers of the burst on show, as text.
pub(super) fn text(model: &Model) -> Option<String> {
    let run = model.console.run().filter(|run| run.burst().is_some())?;
    let line = |line: Vec<(crate::panes::Tone, String)>| {
        let parts: String = line.into_iter().map(|(_, text)| text).collect();
        format!("{}\n", parts.trim_end())
    };
    Some(panel(run, 100).into_iter().map(line).collect())
}
