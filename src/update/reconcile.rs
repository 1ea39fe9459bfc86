//! What is visible deserves to be loaded: the only author of loads and of the cancels of reads.

use std::collections::HashSet;
use std::time::Duration;

use crate::model::{self, Effect, Link, List, Model, Overlay, Place, Question, Slot, Ticket, Who};
use crate::panes::{self, RowKey};

use super::{again, console, follow, insights, logs, lookup, lost, operate};

/// Compares what the screen asks with what the store holds, and emits what follows.
pub fn reconcile(model: &mut Model) -> Vec<Effect> {
    let mut effects: Vec<Effect> = connect(model).into_iter().collect();
    effects.extend(console::reads(model));
    effects.extend(console::history_reads(model));
    effects.extend(console::keep(model));
    effects.extend(operate::reads(model));
    if model.session.connection().is_none() {
        return effects;
    }
    go_on(model);
    let mut visible = visible(model);
    let seen = visible.len();
    visible.extend(fact_lists(model, &visible));
    // While the cursor moves no row's second question is due: a hand that walks through a list need not have the rows
    // looked at for every key.
    let rests = model.clock.moving().is_none();
    let wanted = if rests || model.store.late_in_flight().next().is_some() { late_wanted(model) } else { Vec::new() };
    effects.extend(cancel_unseen(model, &visible, &wanted).into_iter().map(Effect::Cancel));
    effects.extend(cancel_again(model).into_iter().map(Effect::Cancel));
    let now = model.clock.now().since;
    // What the facts hang on waits, as all that belongs to a row, until the cursor rests.
    for question in visible.iter().take(if rests { visible.len() } else { seen }) {
        if list_due(model, question).is_some_and(|due| due <= now) {
            effects.extend(load(model, question));
        }
    }
    effects.extend(identify(model));
    if rests {
        for (question, key) in wanted {
            if late_due(model, &question, &key).is_some_and(|due| due <= now) {
                effects.extend(load_late(model, question, key));
            }
        }
    }
    for (question, key) in again::wanted(model) {
        if again::due(model, &question, &key).is_some_and(|due| due <= now) {
            effects.extend(again::load(model, question, key));
        }
    }
    effects.extend(console::run_reads(model));
    effects.extend(lookup::reads(model));
    effects.extend(logs::reads(model));
    effects.extend(insights::reads(model));
    model.store.trim();
    effects
}

/// The lists that the screen asks for. The first pane is loaded once even behind another one: it
/// names the functions that the others are about.
pub fn visible(model: &Model) -> Vec<Question> {
    let mut visible = Vec::new();
    if matches!(model.views.place(), Place::Pane(_)) {
        visible.extend(model.question());
    }
    visible.extend(model.console_questions());
    let first = panes::ALL.first().and_then(|pane| model.question_of(*pane));
    let needed: Vec<Question> = needed(model).into_iter().filter(|question| !visible.contains(question)).collect();
    visible.extend(needed);
    let unknown = |question: &Question| model.store.list(question).is_none_or(|slot| slot.at().is_none());
    visible.extend(first.filter(|question| unknown(question) && !visible.contains(question)));
    for question in follow::lists(model).chain(lost::lists(model)) {
        if !visible.contains(&question) {
            visible.push(question);
        }
    }
    visible
}

/// The lists that the facts of the row under the cursor hang on, besides those that are loaded anyway.
pub fn fact_lists(model: &Model, visible: &[Question]) -> Vec<Question> {
    model.fact_questions().into_iter().filter(|question| !visible.contains(question)).collect()
}

/// The lists of other panes that what is on the screen hangs on: the pane's, and the open form's.
fn needed(model: &Model) -> Vec<Question> {
    let shown = model.question().filter(|_| matches!(model.views.place(), Place::Pane(_)));
    let shown = shown.iter().flat_map(|question| {
        panes::find(question.pane).needs().iter().filter_map(|pane| model::needed(pane, &question.scope, None))
    });
    let form = model.overlays.iter().rev().find_map(|overlay| match overlay {
        Overlay::Form(form) => Some((&form.prepared, &form.question)),
        Overlay::Confirm(confirm) => Some((&confirm.prepared, &confirm.question)),
        _ => None,
    });
    let form = form.iter().flat_map(|(prepared, question)| {
        let about = prepared.about.as_ref();
        prepared.needs.iter().filter_map(move |pane| model::needed(pane, &question.scope, about))
    });
    let mut needed: Vec<Question> = Vec::new();
    for question in shown.chain(form) {
        if !needed.contains(&question) {
            needed.push(question);
        }
    }
    needed
}

/// When a list should be asked again, if ever. A list is opened by a key of its own, never by the
/// cursor passing by, so it does not wait for the cursor to rest.
pub fn list_due(model: &Model, question: &Question) -> Option<Duration> {
    let pane = panes::find(question.pane);
    if pane.made_of().is_some() {
        return None;
    }
    let slot = model.store.list(question);
    let unsettled = slot.and_then(Slot::answer).is_some_and(|list| list.unsettled);
    let unsettled = unsettled && !again::by_itself(model, question);
    let due = slot.map_or(Some(Duration::ZERO), |slot| slot.due(model.every(pane), unsettled));
    let due = model.store.outage.over(slot, due);
    due.into_iter().chain(lost::list_due(model, question)).min()
}

/// The rows whose second question is asked: those on the screen, then the rest where a pane wants all, and those
/// that a change is followed by.
pub fn late_wanted(model: &Model) -> Vec<(Question, RowKey)> {
    let mut wanted = on_screen(model);
    for row in follow::late(model).chain(lost::late(model)) {
        if !wanted.contains(&row) {
            wanted.push(row);
        }
    }
    if model.store.outage.lasts() { tried(model, wanted) } else { wanted }
}

/// The one row that is asked about while nobody answers: that on its way, else one that failed least.
fn tried(model: &Model, mut wanted: Vec<(Question, RowKey)>) -> Vec<(Question, RowKey)> {
    let rank = |(question, key): &(Question, RowKey)| {
        let slot = model.store.late(question, key);
        let known = slot.is_some_and(|slot| !slot.is_open());
        (!slot.is_some_and(Slot::in_flight), known, slot.map_or(0, Slot::failures))
    };
    let best = (0..wanted.len()).min_by_key(|n| wanted.get(*n).map(rank));
    best.map(|n| wanted.swap_remove(n)).into_iter().collect()
}

fn on_screen(model: &Model) -> Vec<(Question, RowKey)> {
    if model.views.place() == Place::Console {
        let refused = |question: &Question| model.store.refused(question.pane).is_some();
        return model.console_late().into_iter().filter(|(question, _)| !refused(question)).collect();
    }
    let Some(question) = model.question().filter(|question| asks_late(model, question)) else { return Vec::new() };
    let near = model.rows_asked();
    let turn = if model.asks_all(&question) { model.store.turn(&question) } else { &[] };
    let known: HashSet<&RowKey> = if turn.is_empty() { HashSet::new() } else { near.iter().collect() };
    let rest: Vec<RowKey> = turn.iter().filter(|key| !known.contains(key)).cloned().collect();
    near.into_iter().chain(rest).map(|key| (question.clone(), key)).collect()
}

/// Where all rows are asked about, those behind the screen have their turn.
fn go_on(model: &mut Model) {
    let all = |question: &Question| model.asks_all(question) && asks_late(model, question);
    let Some(question) = model.question().filter(all) else { return };
    if let Some(table) = model.views.table(question.pane) {
        model.store.go_on(&question, table.order());
    }
}

fn asks_late(model: &Model, question: &Question) -> bool {
    matches!(model.views.place(), Place::Pane(_))
        && panes::find(question.pane).has_late()
        && model.store.refused(question.pane).is_none()
}

/// When a row's second question should be asked again, if ever, once the cursor rests.
pub fn late_due(model: &Model, question: &Question, key: &RowKey) -> Option<Duration> {
    let every = model.every(panes::find(question.pane));
    let slot = model.store.late(question, key);
    let unsettled = slot.and_then(Slot::answer).is_some_and(|late| late.unsettled);
    let due = slot.map_or(Some(Duration::ZERO), |slot| slot.due(every, unsettled));
    let due = model.store.outage.tried(slot, due);
    due.into_iter().chain(lost::late_due(model, question, key)).min()
}

fn connect(model: &mut Model) -> Option<Effect> {
    if !matches!(model.session.link, Link::None) {
        return None;
    }
    let ticket = model.tickets.next();
    model.session.link = Link::Connecting(ticket);
    Some(Effect::Connect { target: model.session.target.clone(), ticket, renews: false })
}

/// Who we are is asked after the first rows: they matter more. What nobody answered is asked again with them.
fn identify(model: &mut Model) -> Option<Effect> {
    let first = panes::ALL.first().and_then(|pane| model.question_of(*pane))?;
    let slot = model.store.list(&first)?;
    let answered =
        slot.problem().is_some() || slot.at().is_some() || slot.answer().is_some_and(|list| list.so_far() > 0);
    if !answered || !model.session.asks_who(slot.at()) {
        return None;
    }
    let ticket = model.tickets.next();
    model.session.who = Who::Asked(ticket);
    Some(Effect::Identify { ticket })
}

fn load(model: &mut Model, question: &Question) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let now = model.clock.now().since;
    let pane = panes::find(question.pane);
    let keep = pane.keeps() && model.options.cache && !model.session.demo;
    let slot = model.store.list_mut(question);
    let recall = keep && slot.answer().is_none();
    let displaced = slot.ask(ticket, now);
    let mut place = None;
    slot.amend(ticket, |list| place = list.as_mut().and_then(List::begin));
    // The second half alone is no list to keep.
    let keep = keep && place.is_none();
    let mut effects: Vec<Effect> = displaced.map(Effect::Cancel).into_iter().collect();
    effects.push(Effect::Load { question: question.clone(), ticket, place, recall, keep });
    effects
}

fn load_late(model: &mut Model, question: Question, key: RowKey) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let now = model.clock.now().since;
    let displaced = model.store.ask_late(&question, &key, ticket, now);
    let mut effects: Vec<Effect> = displaced.map(Effect::Cancel).into_iter().collect();
    let rest = model.store.lacking(question.pane).is_some();
    let first = model.store.is_ours(question.pane, &key, now);
    effects.push(Effect::LoadLate { question, key, ticket, rest, first });
    effects
}

/// Whatever is on its way for nobody is given up. What was loaded stays.
fn cancel_unseen(model: &mut Model, visible: &[Question], wanted: &[(Question, RowKey)]) -> Vec<Ticket> {
    let unseen: Vec<Question> =
        model.store.lists_in_flight().filter(|question| !visible.contains(question)).cloned().collect();
    let mut cancelled: Vec<Ticket> =
        unseen.iter().filter_map(|question| model.store.list_mut(question).cancel()).collect();
    let mut gone: Vec<(Question, RowKey)> = model.store.late_in_flight().map(owned).collect();
    if !gone.is_empty() {
        let wanted: HashSet<&(Question, RowKey)> = wanted.iter().collect();
        gone.retain(|row| !wanted.contains(row));
    }
    cancelled.extend(gone.iter().filter_map(|(question, key)| model.store.late_mut(question, key).cancel()));
    cancelled
}

/// A row is read again only as long as its list wants it.
fn cancel_again(model: &mut Model) -> Vec<Ticket> {
    let wanted = again::wanted(model);
    let unwanted =
        |(question, key): &(&Question, &RowKey)| !wanted.iter().any(|(asked, row)| asked == *question && row == *key);
    let idle: Vec<(Question, RowKey)> = model.store.again_in_flight().filter(unwanted).map(owned).collect();
    idle.iter().filter_map(|(question, key)| model.store.again_mut(question, key).cancel()).collect()
}

fn owned((question, key): (&Question, &RowKey)) -> (Question, RowKey) {
    (question.clone(), key.clone())
}

#[cfg(test)]
#[path = "reconcile_tests.rs"]
mod tests;
