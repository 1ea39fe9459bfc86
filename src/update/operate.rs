//! From a key on a row to a confirmed call.

use tui_input::Input;

use crate::keys::Action;
use crate::model::{Confirm, Effect, Form, Model, Overlay};
use crate::panes::{self, Prepared};

use super::overlays;

/// Starts the n-th operation of the pane on the row under the cursor.
pub fn start(model: &mut Model, n: usize) {
    let now = model.clock.now();
    let Some((question, row)) = model.row() else { return };
    match model.pane().prepare(n, &question.scope, row) {
        None => {}
        Some(Err(why)) => model.notices.warn(why, now),
        Some(Ok(prepared)) if prepared.fields.is_empty() => ask(model, prepared, &[]),
        Some(Ok(prepared)) => model.overlays.push(Overlay::Form(Form::new(prepared))),
    }
}

/// A key in a form.
pub fn form(model: &mut Model, action: Action) -> Vec<Effect> {
    match (action, model.overlays.last_mut()) {
        (Action::NextField | Action::PreviousField, Some(Overlay::Form(form))) => {
            form.move_focus(action == Action::NextField);
        }
        (Action::Back, _) => {
            model.overlays.pop();
        }
        (Action::Accept, Some(Overlay::Form(form))) => {
            if let Err(invalid) = form.call() {
                form.focus = invalid.field;
            } else {
                let answers: Vec<String> = form.inputs.iter().map(|input| input.value().to_owned()).collect();
                let prepared = form.prepared.clone();
                ask(model, prepared, &answers);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Shows the exact call and waits for a yes. The form stays underneath: Esc goes back to it.
fn ask(model: &mut Model, prepared: Prepared, answers: &[String]) {
    let opened = model.clock.now().since;
    if let Ok(call) = prepared.call(answers) {
        let both = prepared.fields.iter().zip(answers).filter(|((_, _, before), after)| before != *after);
        let changes = both.map(|((label, _, before), after)| (*label, before.clone(), after.clone())).collect();
        let level = if model.session.is_production() { panes::Confirm::TypeName } else { prepared.confirm };
        let confirm = Confirm { prepared, level, call, changes, typed: Input::default(), sends: false, opened };
        model.overlays.push(Overlay::Confirm(confirm));
    }
}

/// A key in a confirmation.
pub fn confirm(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(Overlay::Confirm(confirm)) = model.overlays.last_mut() else { return Vec::new() };
    match action {
        Action::NextField if confirm.level == panes::Confirm::Ask => confirm.sends = !confirm.sends,
        Action::YankCommand => {
            let command = confirm.call.command();
            let command = model.session.as_command(&command);
            return overlays::copy(model, "the AWS CLI command that does the same", command);
        }
        Action::Accept if confirm.ready() => return send(model),
        // The chosen button is Cancel.
        Action::Accept if confirm.level == panes::Confirm::Ask => {
            model.overlays.pop();
        }
        Action::Back => {
            model.overlays.pop();
        }
        _ => {}
    }
    Vec::new()
}

/// Sends the call, once, and closes its dialogs.
fn send(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Confirm(confirm)) = model.overlays.pop() else { return Vec::new() };
    if matches!(model.overlays.last(), Some(Overlay::Form(_))) {
        model.overlays.pop();
    }
    let ticket = model.tickets.next();
    let sentence = confirm.call.to_string();
    let now = model.clock.now();
    model.notices.say(format!("sending: {sentence}"), now);
    model.calls.push((ticket, sentence, confirm.prepared.spoils));
    vec![Effect::Call { call: confirm.call, ticket }]
}
