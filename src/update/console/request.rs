//! The request: sending it once, and laying its payload out.

use std::time::Duration;

use crate::aws::InvocationType;
use crate::keys::Console as Key;
use crate::model::console::{Part, Refusal};
use crate::model::{Effect, Model, TYPE_AHEAD, json};
use crate::panes::bytes;

/// Sends the payload, once. A second press while the run is on its way sends nothing.
pub(super) fn send(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    if model.session.target.read_only && model.console.kind != InvocationType::DryRun {
        model.notices.warn("read-only: nothing is invoked; ctrl-t chooses a dry run", now);
        return Vec::new();
    }
    match model.console.invocation() {
        Ok(_) if !sure(model) => Vec::new(),
        Ok(invocation) => {
            let ticket = model.tickets.next();
            model.console.start(ticket, now);
            // What is pressed while it runs is about the run, and must not end up in the payload.
            model.console.part = Part::Response;
            vec![Effect::Invoke { invocation, ticket }]
        }
        Err(refusal) => {
            model.notices.warn(sentence(&refusal), now);
            Vec::new()
        }
    }
}

/// In production the first press says where it would run; the second one, once that could be read,
/// sends. A dry run executes nothing and needs no second press.
fn sure(model: &mut Model) -> bool {
    /// How long the warning counts.
    const COUNTS: Duration = Duration::from_secs(10);
    let now = model.clock.now();
    if !model.session.is_production() || model.console.kind == InvocationType::DryRun {
        return true;
    }
    if let Some(at) = model.console.warned.filter(|at| now.since < *at + COUNTS) {
        let read = now.since >= at + TYPE_AHEAD;
        if read {
            model.console.warned = None;
        }
        return read;
    }
    model.console.warned = Some(now.since);
    let arn = model.console.invokee.as_ref().map(|invokee| invokee.function.arn.to_string()).unwrap_or_default();
    let account = model.session.identity().map_or("account not known", |identity| &*identity.account);
    let place = format!("{} {account} · {}", model.session.profile(), model.session.region());
    model.notices.warn(format!("PROD {place}: press send again to invoke {arn}"), now);
    false
}

fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Nobody => "there is nobody to invoke: choose a function and press i".to_owned(),
        Refusal::Running => "the run is on its way: sent once; x stops waiting".to_owned(),
        Refusal::NotJson(flaw) => {
            format!("not sent: the payload is not JSON, line {} column {}: {}", flaw.line, flaw.column, flaw.why)
        }
        Refusal::TooLong { size, name, .. } => {
            let size = bytes(i64::try_from(*size).unwrap_or(i64::MAX));
            format!("not sent: the payload has {size}; the limit is {name}")
        }
    }
}

/// Lays the payload out, or puts it on one line; what is not JSON stays and is complained about.
pub(super) fn relay(model: &mut Model, key: Key) {
    let now = model.clock.now();
    let payload = model.console.payload().to_owned();
    let text =
        if key == Key::Format { json::lay_out(&payload).map(|lines| lines.join("\n")) } else { json::minify(&payload) };
    match (text, json::check(&payload)) {
        (Some(text), _) => model.console.set_payload(&text),
        (None, Err(flaw)) => model.notices.warn(sentence(&Refusal::NotJson(flaw)), now),
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
        model
            .notices
            .warn(format!("the payload is not JSON yet: line {} column {}: {}", flaw.line, flaw.column, flaw.why), now);
    }
}
