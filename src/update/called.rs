//! What comes of a change: the word for it, what it made untrue, and its form again where it was refused.

use std::time::Duration;

use crate::aws::{Done, Kind, Problem, Text};
use crate::model::{Effect, Form, Model, Overlay, Place, Sent, Ticket};
use crate::panes::{self, PaneId, RowKey};

use super::{follow, lost};

/// For so long after a change of ours it is no news that its row goes: AWS may take minutes to delete.
const OURS: Duration = Duration::from_mins(5);

/// Takes the answer to a change in.
pub fn take(model: &mut Model, ticket: Ticket, answer: Result<Done, Problem>) -> Vec<Effect> {
    let Some(place) = model.calls.iter().position(|sent| sent.ticket == ticket) else { return Vec::new() };
    let mut sent = model.calls.remove(place);
    let now = model.clock.now();
    model.notices.unsay(&sending(&sent.sentence));
    match (&answer, sent.remember.take()) {
        (Ok(_), Some(replaced)) => model.memory.keep(replaced),
        // An outcome that is not known must cost neither the way back nor the one that was known before.
        (Err(problem), Some(replaced)) if may_be_done(problem) => model.memory.keep_perhaps(replaced),
        _ => {}
    }
    let lost = answer.as_ref().err().filter(|problem| may_be_done(problem)).map(|it| Text::line(it.sentence()));
    let perhaps_ours = answer.is_ok() || lost.is_some();
    match answer {
        Ok(done) => {
            if done.in_progress && !sent.left {
                follow::begin(model, &sent, done.made.clone().map(RowKey));
            }
            if let Some(key) = done.made.clone().filter(|_| !sent.left) {
                show_made(model, &sent, RowKey(key));
            }
            let word = if done.in_progress { "accepted" } else { "done" };
            let said = done.said.map(|said| format!("; {said}")).unwrap_or_default();
            let place = if sent.left { format!(" in {}", sent.region) } else { String::new() };
            model.notices.say(format!("{word}{place}: {}{said}", sent.sentence), now);
        }
        Err(problem) => refused(model, &mut sent, problem),
    }
    if sent.left {
        return Vec::new();
    }
    // After a failure too: it may have been done all the same, or somebody else changed the thing.
    let disowned: Vec<Ticket> = sent.spoils.iter().flat_map(|pane| spoil(model, &sent, pane)).collect();
    if let Some(key) = sent.key.clone().filter(|_| perhaps_ours) {
        model.store.ours(sent.question.pane, key, now.since + OURS);
    }
    if let Some(said) = lost {
        lost::begin(model, sent, said);
    }
    disowned.into_iter().map(Effect::Cancel).collect()
}

/// What was made gets the cursor when its list has it, as long as that list is the one to be seen.
fn show_made(model: &mut Model, sent: &Sent, key: RowKey) {
    let lists_it = model.question_of(panes::find(sent.question.pane)).as_ref() == Some(&sent.question);
    if let Some(table) = model.views.table_mut(sent.question.pane).filter(|_| lists_it) {
        table.await_row(key);
    }
}

/// Notes how much of a change has left.
pub fn leaving(model: &mut Model, ticket: Ticket, left: u64, of: u64) -> Vec<Effect> {
    if let Some(sent) = model.calls.iter_mut().find(|sent| sent.ticket == ticket) {
        sent.gone = Some((left, of));
    }
    Vec::new()
}

/// Stops a change while not all of it has left.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    let Some(place) = model.calls.iter().position(Sent::can_stop) else { return Vec::new() };
    let mut sent = model.calls.remove(place);
    let (left, of) = sent.gone.unwrap_or_default();
    model.notices.unsay(&sending(&sent.sentence));
    model.notices.warn(format!("stopped, {} were sent: {}", panes::bytes_of(left, of), sent.sentence), now);
    if !sent.left {
        keep(model, sent.form.take());
    }
    vec![Effect::Cancel(sent.ticket)]
}

/// What was filled in waits for the key that began it.
fn keep(model: &mut Model, form: Option<Box<Form>>) {
    if let Some(form) = form {
        let now = model.clock.now();
        model.notices.tell(format!("what you filled in is kept: begin {} again", form.title()), now);
        model.draft = Some(form);
    }
}

/// What a change made untrue of a pane: all of it, but where every row has a question of its own, only its row's.
fn spoil(model: &mut Model, sent: &Sent, pane: PaneId) -> Vec<Ticket> {
    match &sent.key {
        Some(key) if pane == sent.question.pane && panes::find(pane).late_all() => {
            // The row that it was made of was asked the same.
            let source = model.source(&sent.question);
            let rows = [model.store.spoil_row(&sent.question, key), model.store.spoil_row(&source, key)];
            rows.into_iter().flatten().collect()
        }
        _ => model.store.spoil_pane(pane),
    }
}

/// What is said while a change is on its way.
pub fn sending(sentence: &str) -> String {
    format!("sending: {sentence}")
}

/// It may have been done all the same.
fn may_be_done(problem: &Problem) -> bool {
    problem.kind == Kind::OutcomeUnknown
}

/// A change that was not made, or that nobody knows of: what was typed for it must not be lost. Where it can be mended
/// in the form, that comes back with the reason, unless something else has the keyboard by now. Else it waits for the
/// key that began it.
fn refused(model: &mut Model, sent: &mut Sent, problem: Problem) {
    let now = model.clock.now();
    let gone = problem.kind == Kind::Missing && sent.key.is_some();
    let form = sent.form.take().filter(|_| !sent.left && !gone);
    let Some(mut form) = form else { return model.notices.fail(&problem, now) };
    let looked_at = model.views.place() == Place::Pane(sent.question.pane)
        && model.question().is_some_and(|shown| shown == sent.question);
    let free = looked_at && model.overlays.is_empty();
    let mends = matches!(
        problem.kind,
        Kind::Invalid | Kind::Exists | Kind::Missing | Kind::Denied | Kind::Throttled | Kind::Unsupported
    );
    if free && mends {
        model.notices.remember(&problem, now);
        form.refusal = Some(problem);
        model.overlays.push(Overlay::Form(*form));
        return;
    }
    model.notices.fail(&problem, now);
    if may_be_done(&problem) {
        // What to do now is to look, not to send it again.
        form.refusal = None;
        model.draft = Some(form);
    } else {
        form.refusal = Some(problem);
        keep(model, Some(form));
    }
}
