//! Changes that AWS goes on with: what is asked to follow them, and what is said when they have ended.

use std::time::Duration;

use crate::aws::Kind;
use crate::model::{Follow, Model, PATIENCE, Question, Sent, Slot};
use crate::panes::{self, Row, RowKey, Tone};

/// Begins to follow a change of a row, or of what was `made` by it, that was accepted, if its pane knows how changes
/// end.
pub fn begin(model: &mut Model, sent: &Sent, made: Option<RowKey>) {
    let pane = panes::find(sent.question.pane);
    let Some(key) = sent.key.clone().or(made).filter(|_| pane.has_outcome()) else { return };
    let (question, sentence, since) = (sent.question.clone(), sent.sentence.clone(), model.clock.now().since);
    let name = row(model, &question, &key).map_or_else(|| sent.name.clone(), |row| pane.name(row));
    // A newer change of the same thing takes the place of the older one.
    let target = sent.name.clone();
    model.follows.retain(|follow| follow.key != key || follow.question != question || follow.target != target);
    model.follows.push(Follow { question, key, name, target, sentence, since, listed: sent.key.is_some() });
}

fn row<'a>(model: &'a Model, question: &Question, key: &RowKey) -> Option<&'a Row> {
    model.store.rows(question).iter().find(|row| row.key == *key)
}

/// The rows whose second question is asked for that.
pub fn late(model: &Model) -> impl Iterator<Item = (Question, RowKey)> {
    by(model, Way::Late).map(|follow| (follow.question.clone(), follow.key.clone()))
}

/// The rows that are read again by themselves for that.
pub fn again(model: &Model) -> impl Iterator<Item = (Question, RowKey)> {
    by(model, Way::Again).map(|follow| (follow.question.clone(), follow.key.clone()))
}

/// The lists that are loaded for that: those that can be read in no smaller part, and those that lack a row still.
pub fn lists(model: &Model) -> impl Iterator<Item = Question> {
    let whole = |follow: &&Follow| !follow.listed || way(&follow.question) == Way::List;
    model.follows.iter().filter(whole).map(|follow| follow.question.clone())
}

/// What tells how a row is, the smallest question first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Late,
    Again,
    List,
}

fn way(question: &Question) -> Way {
    match panes::find(question.pane) {
        pane if pane.has_late() => Way::Late,
        pane if pane.has_again() => Way::Again,
        _ => Way::List,
    }
}

fn by(model: &Model, wanted: Way) -> impl Iterator<Item = &Follow> {
    model.follows.iter().filter(move |follow| way(&follow.question) == wanted)
}

/// Says of each change that has ended how, and follows it no further.
pub fn settle(model: &mut Model) {
    let now = model.clock.now();
    let listed = model.follows.iter().map(|follow| row(model, &follow.question, &follow.key).is_some());
    let listed: Vec<bool> = listed.collect();
    for (follow, listed) in model.follows.iter_mut().zip(listed) {
        follow.listed |= listed;
    }
    let ended: Vec<_> = model.follows.iter().map(|follow| end(model, follow)).collect();
    for (follow, end) in std::mem::take(&mut model.follows).into_iter().zip(ended) {
        match end {
            None => model.follows.push(follow),
            Some((tone, said)) => model.notices.ended(tone, &said, &follow.sentence, now),
        }
    }
}

/// How a change has ended, if it has.
fn end(model: &Model, follow: &Follow) -> Option<(Tone, String)> {
    let (question, key) = (&follow.question, &follow.key);
    let pane = panes::find(question.pane);
    let late = model.store.late(question, key);
    let row = row(model, question, key);
    let name = row.map_or_else(|| follow.name.clone(), |row| pane.name(row));
    let unsettled = late.and_then(Slot::answer).is_some_and(|late| late.unsettled);
    if follow.listed && told(model, follow) && !unsettled && row.is_none_or(|row| !row.unsettled) {
        return Some(match row.and_then(|row| pane.outcome(row, late.and_then(Slot::answer), &follow.target)) {
            Some((tone, said)) => (tone, format!("{name}: {said}")),
            None => (Tone::Good, format!("{name} is gone")),
        });
    }
    match late.and_then(Slot::problem) {
        Some(problem) if problem.kind == Kind::Missing => return Some((Tone::Warn, format!("{name} is gone"))),
        Some(problem) if !problem.kind.passes() => {
            return Some((Tone::Warn, format!("{name}: how it ends cannot be read. {}", problem.brief())));
        }
        _ => {}
    }
    let over = model.clock.now().since >= follow.until();
    let minutes = PATIENCE.as_secs() / 60;
    over.then(|| (Tone::Warn, format!("{name}: AWS is still at it after {minutes} minutes; it is watched no longer")))
}

/// Something was read of the row that was asked after the change.
fn told(model: &Model, follow: &Follow) -> bool {
    let (question, key) = (&follow.question, &follow.key);
    let after = |holds: bool, at: Option<Duration>| holds && at >= Some(follow.since);
    let list = || model.store.list(question).is_some_and(|slot| after(slot.holds(), slot.at()));
    match way(question) {
        Way::Late => model.store.late(question, key).is_some_and(|slot| after(slot.holds(), slot.at())),
        Way::Again => list() || model.store.again(question, key).is_some_and(|slot| after(slot.holds(), slot.at())),
        Way::List => list(),
    }
}
