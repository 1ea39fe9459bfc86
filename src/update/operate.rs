//! From a key on a row to a confirmed call.

use tui_input::Input;

use crate::keys::Action;
use crate::model::payloads::PayloadTold;
use crate::model::{Confirm, Effect, Form, Model, Now, Overlay, READ_ONLY, Scroll, Sent, Ticket};
use crate::panes::{self, Known, Plan, Prepared};

use super::{called, overlays, steps};

/// Starts the n-th operation of the pane on the row under the cursor.
pub fn start(model: &mut Model, n: usize) {
    match model.prepare(n) {
        None => {}
        Some(Err(why)) => {
            let now = model.clock.now();
            model.notices.warn(why, now);
        }
        Some(Ok(prepared)) => begin(model, &prepared),
    }
}

/// Opens the form of an operation, or its confirmation when there is nothing to fill in.
pub fn begin(model: &mut Model, prepared: &Prepared) {
    let Some(question) = model.question() else { return };
    let form = match model.draft.take_if(|draft| draft.is_of(prepared, &question)) {
        // As it was filled in, but for the thing as it is now.
        Some(draft) => draft.again(prepared.clone()),
        None => Form::new(prepared.clone(), question.clone(), &model.known_to(prepared, &question)),
    };
    if form.fields.is_empty() {
        ask(model, form);
    } else {
        model.overlays.push(Overlay::Form(form));
    }
}

/// The fields and what they come to, after anything that may have changed them.
pub fn arrange(model: &mut Model) {
    told_anew(model);
    let form = model.overlays.pop_if(|top| matches!(top, Overlay::Form(_)));
    let Some(Overlay::Form(mut form)) = form else { return };
    let look = std::mem::take(&mut form.look);
    let known = Known { file: look.seen.as_ref(), ..model.known_to(&form.prepared, &form.question) };
    form.arrange(&known, &look.paths);
    form.look = look;
    model.overlays.push(Overlay::Form(form));
}

/// What a confirmation says beside its call, with what has come in since it opened. What it sends stays what was shown.
fn told_anew(model: &mut Model) {
    let confirm = model.overlays.pop_if(|top| matches!(top, Overlay::Confirm(_)));
    let Some(Overlay::Confirm(mut confirm)) = confirm else { return };
    let form = match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    };
    let file = form.and_then(|form| form.look.seen.as_ref());
    let known = Known { file, ..model.known_to(&confirm.prepared, &confirm.question) };
    let answers = form.map(Form::answers).unwrap_or_default();
    if let Some(plan) = confirm.prepared.plan(&known, &answers).ok().filter(|plan| plan.call == confirm.plan.call) {
        confirm.plan = Plan { preview: plan.preview, warnings: plan.warnings, ..confirm.plan };
    }
    model.overlays.push(Overlay::Confirm(confirm));
}

/// What the open form wants looked up on the disk.
pub fn reads(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    let Some((path, wanted)) = form.file() else { return Vec::new() };
    let tickets = &mut model.tickets;
    let asks = form.look.asks(&path, wanted, || tickets.next());
    asks.into_iter().map(|(ask, ticket)| Effect::Payloads { ask, ticket }).collect()
}

/// Takes what the disk told; `false` if no form asked.
pub fn told(model: &mut Model, ticket: Ticket, answer: &Result<PayloadTold, String>) -> bool {
    let forms = model.overlays.iter_mut().filter_map(|overlay| match overlay {
        Overlay::Form(form) => Some(form),
        _ => None,
    });
    forms.into_iter().any(|form| form.look.take(ticket, answer))
}

/// A key in a form.
pub fn form(model: &mut Model, action: Action) -> Vec<Effect> {
    match (action, model.overlays.last_mut()) {
        (Action::NextField | Action::PreviousField, Some(Overlay::Form(form))) => {
            form.move_focus(action == Action::NextField);
        }
        (Action::Down | Action::Up, Some(Overlay::Form(form))) => {
            form.step(|at, last| steps::round(at, action, last, 0));
        }
        (Action::Editor, Some(Overlay::Form(form))) => {
            return form.lines().map(Effect::Edit).into_iter().collect();
        }
        (Action::Back, _) => {
            model.overlays.pop();
        }
        (Action::Accept, Some(Overlay::Form(_))) if model.session.target.read_only => {
            let now = model.clock.now();
            model.notices.warn(READ_ONLY, now);
        }
        (Action::Accept, Some(Overlay::Form(form))) => {
            if form.plan.is_ok() {
                go_on(model);
            } else {
                form.show_complaint();
            }
        }
        _ => {}
    }
    Vec::new()
}

/// The form stays underneath its confirmation: Esc goes back to it.
fn go_on(model: &mut Model) {
    let confirm = match model.overlays.last() {
        Some(Overlay::Form(form)) => confirmation(model, form),
        _ => None,
    };
    model.overlays.extend(confirm.map(Overlay::Confirm));
}

/// Nothing is to be filled in: only a yes is missing.
fn ask(model: &mut Model, form: Form) {
    match confirmation(model, &form) {
        Some(confirm) => model.overlays.push(Overlay::Confirm(confirm)),
        // What is needed is not in yet, or what it is for does not allow it: the form says so, and waits.
        None => model.overlays.push(Overlay::Form(form)),
    }
}

/// The exact call, with what to know before it is sent.
fn confirmation(model: &Model, form: &Form) -> Option<Confirm> {
    let plan = form.plan.clone().ok()?;
    let prepared = form.prepared.clone();
    let level = plan.confirm.map_or(prepared.confirm, |raised| raised.max(prepared.confirm));
    let level = if model.session.is_production() { level.raised() } else { level };
    let target = plan.target.clone().unwrap_or_else(|| prepared.target.clone());
    Some(Confirm {
        question: form.question.clone(),
        changes: if plan.preview.is_empty() || form.is_for_new() { form.changes() } else { Vec::new() },
        prepared,
        target,
        level,
        plan,
        typed: Input::default(),
        sends: false,
        warned: false,
        opened: model.clock.now().since,
        scroll: Scroll::default(),
    })
}

/// A key in a confirmation.
pub fn confirm(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.clock.now();
    let Some(Overlay::Confirm(confirm)) = model.overlays.last_mut() else { return Vec::new() };
    match action {
        Action::NextField if !confirm.types() => confirm.sends = !confirm.sends,
        Action::YankCommand => {
            let command = confirm.plan.call.command();
            let command = model.session.as_command(&command);
            return overlays::copy(model, "the AWS CLI command that does the same", command);
        }
        Action::Accept if confirm.ready() => return send(model, now),
        Action::Accept if confirm.types() => {
            let why = format!("nothing is sent before {} is typed, all of it and nothing else", confirm.target.name);
            model.notices.warn(why, now);
        }
        // The warnings were read: now the name.
        Action::Accept if confirm.sends && confirm.level == panes::Confirm::Warned => {
            confirm.warned = true;
            confirm.opened = now.since;
            confirm.scroll = Scroll::default();
        }
        // The chosen button is Cancel.
        Action::Accept => cancel(model, now, true),
        Action::Back => cancel(model, now, false),
        // Its end is held by those who lay it out.
        action => return overlays::text(model, action),
    }
    Vec::new()
}

/// Back to the form. Where there is none, and where the button was pressed, which may have been meant to send, it is
/// said that nothing was sent.
fn cancel(model: &mut Model, now: Now, pressed: bool) {
    let Some(Overlay::Confirm(confirm)) = model.overlays.pop() else { return };
    if pressed || !matches!(model.overlays.last(), Some(Overlay::Form(_))) {
        model.notices.tell(format!("cancelled, nothing was sent: {}", confirm.title()), now);
    }
}

/// Sends the call, once, and closes its dialogs.
fn send(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(Overlay::Confirm(confirm)) = model.overlays.pop() else { return Vec::new() };
    let form = match model.overlays.pop_if(|below| matches!(below, Overlay::Form(_))) {
        Some(Overlay::Form(form)) => Some(Box::new(form)),
        _ => None,
    };
    let ticket = model.tickets.next();
    let Confirm { prepared, question, plan, target, .. } = confirm;
    let sentence = plan.call.to_string();
    model.notices.go_on();
    model.notices.tell(called::sending(&sentence), now);
    let (name, key, spoils) = (target.name, prepared.key, prepared.spoils);
    let (remember, since, region) = (plan.remember, now.since, model.session.region());
    model.calls.push(Sent {
        ticket,
        call: plan.call.clone(),
        sentence,
        name,
        question,
        key,
        spoils,
        remember,
        form,
        since,
        gone: None,
        region,
        left: false,
    });
    vec![Effect::Call { call: plan.call, ticket }]
}

/// A key in the menu of what can be done to the row.
pub fn menu(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(Overlay::Actions(menu)) = model.overlays.last_mut() else { return Vec::new() };
    let last = menu.entries.len().saturating_sub(1);
    match action {
        Action::Up => menu.chosen = menu.chosen.saturating_sub(1),
        Action::Down => menu.chosen = (menu.chosen + 1).min(last),
        Action::Top => menu.chosen = 0,
        Action::Bottom => menu.chosen = last,
        Action::Accept => {
            let chosen = menu.chosen;
            return choose(model, chosen);
        }
        Action::Back | Action::Leave => {
            model.overlays.pop();
        }
        _ => {}
    }
    Vec::new()
}

/// The key of an operation in the menu does what it does on the row.
pub fn menu_key(model: &mut Model, chord: crate::keys::Chord) -> Vec<Effect> {
    let Some(Overlay::Actions(menu)) = model.overlays.last() else { return Vec::new() };
    match menu.entries.iter().position(|(head, _)| head.key.parse() == Ok(chord)) {
        Some(place) => choose(model, place),
        None => Vec::new(),
    }
}

/// Begins what was chosen, on the row the menu was opened for.
fn choose(model: &mut Model, place: usize) -> Vec<Effect> {
    let Some(Overlay::Actions(menu)) = model.overlays.last() else { return Vec::new() };
    match menu.entries.get(place).map(|(_, prepared)| prepared.clone()) {
        Some(Ok(prepared)) => {
            model.overlays.pop();
            begin(model, &prepared);
        }
        Some(Err(why)) => {
            let now = model.clock.now();
            model.notices.warn(why, now);
        }
        None => {}
    }
    Vec::new()
}
