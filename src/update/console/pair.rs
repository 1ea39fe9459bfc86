//! A/B: choosing the second one, sending to both, and the keys on the two runs.

use crate::aws::{Invocation, InvocationType};
use crate::keys::{Action, Console as Key};
use crate::model::console::{Pair, Part, Picks, Refusal, Sending, Sheet, Side, Wish, contrast};
use crate::model::{Effect, Model, Overlay, Screen, Ticket};
use crate::panes::Invokee;
use crate::update::steps;

use super::{request, sheet};

/// Opens the list to choose the second one from, or says why nothing can be compared.
pub(super) fn open(model: &mut Model) {
    let way = model.console.way();
    let unfit = match way.kind {
        _ if model.session.target.read_only => Some("read-only: nothing is invoked"),
        InvocationType::Event | InvocationType::DryRun => Some("A/B compares answers: ctrl-t chooses synchronous"),
        _ if !way.execution.is_empty() => {
            Some("a durable execution runs once by its name: clear the name (ctrl-p) for A/B")
        }
        _ => None,
    };
    match unfit {
        Some(why) => {
            let now = model.clock.now();
            model.notices.warn(why, now);
        }
        None => sheet::pick(model, Picks::Second),
    }
}

/// Shows the two runs of the last time again.
pub(super) fn reopen(model: &mut Model, runs: [Ticket; 2]) {
    model.overlays.push(Overlay::Console(Sheet::Pair(Pair::of(runs))));
}

/// The second one was chosen: what a person should know is said first, once for both.
pub(super) fn submit(model: &mut Model, second: Invokee) -> Vec<Effect> {
    let Some(first) = model.console.invokee.clone() else { return Vec::new() };
    let (second, isolated) = (model.completed(second), model.isolates_tenants());
    let invocations = [&first, &second].map(|invokee| model.console.invocation_for(invokee, isolated));
    match invocations {
        [Ok(one), Ok(other)] => {
            let reasons = request::reasons(model, &one);
            let both = Box::new([(first, one), (second, other)]);
            if reasons.is_empty() {
                return start(model, *both);
            }
            let sending = Sending::new(Wish::Both(both), reasons, model.clock.now().since);
            model.overlays.push(Overlay::Console(Sheet::Sending(sending)));
        }
        [Err(refusal), _] | [_, Err(refusal)] => request::refuse(model, &refusal),
    }
    Vec::new()
}

/// Sends to both at once: two runs, each in the history.
pub(super) fn start(model: &mut Model, both: [(Invokee, Invocation); 2]) -> Vec<Effect> {
    let now = model.clock.now();
    let [(one, first), (other, second)] = both;
    let runs = [model.tickets.next(), model.tickets.next()];
    let [left, right] = runs;
    model.console.start_for(left, one, first.clone(), now);
    model.console.start_for(right, other, second.clone(), now);
    model.console.pair = Some(runs);
    model.console.part = Part::Response;
    reopen(model, runs);
    let invoke = |invocation, ticket| Effect::Invoke { invocation, ticket, counted: false };
    vec![invoke(first, left), invoke(second, right)]
}

/// A key on the two runs.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let page = pair_window(model);
    let Some(Overlay::Console(Sheet::Pair(pair))) = model.overlays.last_mut() else { return Vec::new() };
    let (last, half) = (pair.rows.len().saturating_sub(page), (page / 2).max(1));
    let at = pair.scroll.min(last);
    let ([left, right], here) = (pair.runs, pair.here());
    pair.scroll = steps::from(at, action, page, half).unwrap_or(at).min(last);
    match action {
        Action::NextField => pair.side = 1 - pair.side.min(1),
        Action::Back => drop(model.overlays.pop()),
        Action::Accept => {
            model.overlays.pop();
            model.console.show(here);
            // From the payload an earlier A/B can be opened: what is typed next is about the run.
            model.console.part = Part::Response;
        }
        Action::Compare => compare(model, [left, right]),
        Action::Console(Key::Abandon) => return abandon(model, here),
        Action::Console(Key::Again) => return again(model, [left, right]),
        _ => {}
    }
    Vec::new()
}

/// Both field by field.
fn compare(model: &mut Model, runs: [Ticket; 2]) {
    let [left, right] = runs.map(|ticket| model.console.run_of(ticket).map(Side::of));
    let diff = match (left, right) {
        (Some(Ok(left)), Some(Ok(right))) => contrast(left, right),
        (Some(Err(why)), _) | (_, Some(Err(why))) => Err(why),
        _ => Err("one of the runs is not here any more".to_owned()),
    };
    match diff {
        Ok(diff) => model.overlays.push(Overlay::Diff(Box::new(diff))),
        Err(why) => {
            let now = model.clock.now();
            model.notices.warn(why, now);
        }
    }
}

/// Stops waiting for one of them.
fn abandon(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    let now = model.clock.now();
    if !model.console.abandon_run(ticket, now) {
        return Vec::new();
    }
    model.notices.warn("stopped waiting; the function itself goes on until it ends", now);
    vec![Effect::Cancel(ticket)]
}

/// The same once more, with what is the payload now.
fn again(model: &mut Model, runs: [Ticket; 2]) -> Vec<Effect> {
    let [first, second] = runs.map(|ticket| model.console.run_of(ticket).map(|run| run.invokee.clone()));
    let (Some(first), Some(second)) = (first, second) else { return Vec::new() };
    // What is refused leaves both on the screen.
    if model.console.is_running(&first) || model.console.is_running(&second) {
        request::refuse(model, &Refusal::Running);
        return Vec::new();
    }
    model.overlays.pop();
    model.console.turn_to(first);
    submit(model, second)
}

/// How many lines of the answers are on the screen.
fn pair_window(model: &Model) -> usize {
    let body = Screen::of(model.size, false).map(|screen| screen.body).unwrap_or_default();
    usize::from(body.height).saturating_sub(model.pair_head(&model.pair_cards()) + 2)
}

/// Lays the answers side by side as they come.
pub(super) fn arrange(model: &mut Model) {
    let console = &model.console;
    let pairs = model.overlays.iter_mut().filter_map(|overlay| match overlay {
        Overlay::Console(Sheet::Pair(pair)) => Some(pair),
        _ => None,
    });
    pairs.for_each(|pair| pair.arrange(console));
}
