//! The request: sending it once, and laying its payload out.

use crate::aws::{Invocation, InvocationType};
use crate::keys::Console as Key;
use crate::model::console::{Part, Refusal, Request, Sending, Sheet, Wish};
use crate::model::{Effect, Model, NO_INVOKE, Overlay, json};
use crate::panes::{Invokee, Tone};

use super::sheet;

/// Sends the payload, once. A second press while the run is on its way sends nothing. What a person should
/// know before is said, and waits for a yes.
pub(super) fn send(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    if model.bars(model.console.way().kind) {
        model.notices.warn(NO_INVOKE, now);
        return Vec::new();
    }
    let invocation = model.console.invocation(model.isolates_tenants());
    attempt(model, invocation)
}

/// Sends what can be sent, or says why it cannot.
fn attempt(model: &mut Model, invocation: Result<Invocation, Refusal>) -> Vec<Effect> {
    match invocation {
        Ok(invocation) => return submit(model, invocation),
        Err(refusal) => refuse(model, &refusal),
    }
    Vec::new()
}

/// Says why nothing is sent; an option that will not do is opened.
pub(super) fn refuse(model: &mut Model, refusal: &Refusal) {
    let now = model.clock.now();
    let burst = *refusal == Refusal::Running && model.console.burst_on_its_way().is_some();
    let why = if burst { "a burst of it is on its way; x stops it".to_owned() } else { refusal.sentence() };
    model.notices.warn(why, now);
    if let Refusal::Option(field, _) = refusal {
        sheet::options(model, *field);
    }
}

/// Why an invocation that was sent before is not sent again now.
pub(super) fn refusal(model: &Model, invokee: &Invokee, invocation: &Invocation) -> Option<String> {
    if model.bars(invocation.kind) {
        return Some(NO_INVOKE.to_owned());
    }
    model.console.is_running(invokee).then(|| Refusal::Running.sentence())
}

/// Sends an invocation, or says first what a person should know before.
pub(super) fn submit(model: &mut Model, invocation: Invocation) -> Vec<Effect> {
    let reasons = reasons(model, &invocation);
    if reasons.is_empty() {
        return start(model, invocation);
    }
    let sending = Sending::new(Wish::One(invocation), reasons, model.clock.now().since);
    model.overlays.push(Overlay::Console(Sheet::Sending(sending)));
    Vec::new()
}

/// Sends an invocation.
pub(super) fn start(model: &mut Model, invocation: Invocation) -> Vec<Effect> {
    let (ticket, now) = (model.tickets.next(), model.clock.now());
    model.console.start(ticket, invocation.clone(), now);
    // What is pressed while it runs is about the run, and must not end up in the payload.
    model.console.part = Part::Response;
    vec![Effect::Invoke { invocation, ticket, counted: false }]
}

/// What a person should know before it is sent: production, a payload that is not JSON, a function that would not run.
/// A dry run executes nothing, so neither the place nor the state matters to it.
pub(super) fn reasons(model: &Model, invocation: &Invocation) -> Vec<(Tone, String)> {
    let mut reasons = Vec::new();
    let runs = invocation.kind != InvocationType::DryRun;
    if runs && model.session.is_production() {
        reasons.push((Tone::Bad, format!("{} is a production profile", model.session.profile())));
    }
    if runs {
        let obstacles = model.console_obstacles().into_iter();
        reasons.extend(obstacles.map(|why| (Tone::Warn, format!("{why}; the call will probably be refused"))));
    }
    if let Some(flaw) = Request::flaw_of(&invocation.payload) {
        reasons.push((
            Tone::Warn,
            format!("the payload is not JSON, {flaw}; it would be sent as it is, and Lambda takes only JSON"),
        ));
    }
    reasons
}

/// Tries at once whether an invocation would be allowed. That is no choice for later: whatever is opened or sent next
/// has the type that was chosen.
pub(super) fn dry_run(model: &mut Model) -> Vec<Effect> {
    let isolated = model.isolates_tenants();
    let Some(request) = model.console.request_mut() else { return Vec::new() };
    let kind = std::mem::replace(&mut request.way.kind, InvocationType::DryRun);
    let invocation = model.console.invocation(isolated);
    if let Some(request) = model.console.request_mut() {
        request.way.kind = kind;
    }
    attempt(model, invocation)
}

/// Lays the payload out, or puts it on one line; what is not JSON stays and is complained about.
pub(super) fn relay(model: &mut Model, key: Key) {
    let now = model.clock.now();
    let payload = model.console.payload().to_owned();
    let text =
        if key == Key::Format { json::lay_out(&payload).map(|lines| lines.join("\n")) } else { json::minify(&payload) };
    match (text, json::check(&payload)) {
        (Some(text), _) => model.console.set_payload(&text),
        (None, Err(flaw)) => model.notices.warn(format!("the payload is not JSON, {flaw}"), now),
        (None, Ok(())) => {}
    }
}

/// Takes the last change of the payload back, or makes it again.
pub(super) fn undo(model: &mut Model, key: Key) {
    let now = model.clock.now();
    let Some(editor) = model.console.editor() else { return };
    let done = if key == Key::Undo { editor.undo() } else { editor.redo() };
    if !done {
        let what = if key == Key::Undo { "nothing to take back" } else { "nothing to make again" };
        model.notices.warn(what, now);
    }
}

/// The editor came back. What it saved becomes the payload, JSON or not: nothing is lost.
pub fn edited(model: &mut Model, text: &str) {
    let now = model.clock.now();
    model.console.set_payload(text);
    if let Err(flaw) = json::check(text) {
        model.notices.warn(format!("the payload is not JSON yet: {flaw}"), now);
    }
}
