//! One row that AWS is still at is read again by itself, where its pane can do that.

use std::time::Duration;

use crate::aws::Problem;
use crate::model::{Effect, LINGERS, Model, Place, Question, Slot, Ticket, UNSETTLED};
use crate::panes::{self, Row, RowKey};

use super::answers::outdate;
use super::follow;

/// With more rows than this on their way the list is cheaper: it brings a hundred at once.
const FEW: usize = 8;

/// The rows to be read again by themselves: the unsettled ones of the list on show, while it is not
/// itself on its way, and those that a change is followed by.
pub fn wanted(model: &Model) -> Vec<(Question, RowKey)> {
    let mut wanted = shown(model);
    let followed: Vec<(Question, RowKey)> = follow::again(model).filter(|row| !wanted.contains(row)).collect();
    wanted.extend(followed);
    // While nobody answers one is enough to find out.
    if model.store.outage.lasts() {
        wanted.truncate(1);
    }
    wanted
}

fn shown(model: &Model) -> Vec<(Question, RowKey)> {
    let Some(question) = model.question().filter(|_| matches!(model.views.place(), Place::Pane(_))) else {
        return Vec::new();
    };
    if !by_itself(model, &question) || model.store.list(&question).is_none_or(Slot::in_flight) {
        return Vec::new();
    }
    let unsettled = model.store.rows(&question).iter().filter(|row| row.unsettled);
    unsettled.map(|row| (question.clone(), row.key.clone())).collect()
}

/// The unsettled rows of a list are read one by one: its pane can, and they are few.
pub fn by_itself(model: &Model, question: &Question) -> bool {
    let list = model.store.list(question).and_then(Slot::answer);
    panes::find(question.pane).has_again()
        && list.is_some_and(|list| {
            list.unsettled && list.rows.iter().filter(|row| row.unsettled).take(FEW + 1).count() <= FEW
        })
}

/// When a row should be read again.
pub fn due(model: &Model, question: &Question, key: &RowKey) -> Option<Duration> {
    let every = model.every(panes::find(question.pane));
    if let Some(slot) = model.store.again(question, key) {
        return model.store.outage.over(Some(slot), slot.due(every, true));
    }
    let at = model.store.list(question)?.at()?;
    Some(at + every.map_or(UNSETTLED, |every| every.min(UNSETTLED)))
}

/// Asks for a row.
pub fn load(model: &mut Model, question: Question, key: RowKey) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let now = model.clock.now().since;
    let displaced = model.store.again_mut(&question, &key).ask(ticket, now);
    let mut effects: Vec<Effect> = displaced.map(Effect::Cancel).into_iter().collect();
    effects.push(Effect::Again { question, key, ticket });
    effects
}

/// Takes a row in: it is as AWS says now, or it is gone.
pub fn take(
    model: &mut Model,
    question: &Question,
    key: &RowKey,
    ticket: Ticket,
    answer: Result<Option<Row>, Problem>,
) -> Vec<Effect> {
    let now = model.clock.now();
    let told = answer.as_ref().map(|_| ()).map_err(Clone::clone);
    let known = model.store.outage.note(&answer, now.since);
    if !model.store.again_mut(question, key).accept(ticket, told, now.since) {
        return Vec::new();
    }
    let row = match answer {
        Ok(row) => row,
        Err(problem) => {
            if !known {
                model.notices.remember(&problem, now);
            }
            return Vec::new();
        }
    };
    let ours = model.store.is_ours(question.pane, key, now.since);
    let shown = model.question().as_ref() == Some(question) && !ours;
    model.store.list_mut(question).mend(|list| {
        if let Some((place, row)) = list.again(key, row).filter(|_| shown) {
            list.linger_one(place, row, now.since + LINGERS);
        }
    });
    outdate(model, question);
    Vec::new()
}
