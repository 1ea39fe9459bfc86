//! Changes that AWS goes on with: what is asked to follow them, and what is said when they have ended.

use std::time::Duration;

use crate::aws::Kind;
use crate::model::{Follow, Model, PATIENCE, Question, Sent, Slot};
use crate::panes::{self, RowKey, Tone};

/// Begins to follow a change that was accepted, if its pane knows how changes end.
pub fn begin(model: &mut Model, sent: &Sent) {
    let Some(key) = sent.key.clone().filter(|_| panes::find(sent.question.pane).has_outcome()) else { return };
    let (question, name, sentence) = (sent.question.clone(), sent.name.clone(), sent.sentence.clone());
    // A newer change of the same thing takes the place of the older one.
    model.follows.retain(|follow| follow.key != key || follow.question != question);
    model.follows.push(Follow { question, key, name, sentence, since: model.clock.now().since });
}

/// The rows whose second question is asked for that.
pub fn late(model: &Model) -> impl Iterator<Item = (Question, RowKey)> {
    by(model, Way::Late).map(|follow| (follow.question.clone(), follow.key.clone()))
}

/// The rows that are read again by themselves for that.
pub fn again(model: &Model) -> impl Iterator<Item = (Question, RowKey)> {
    by(model, Way::Again).map(|follow| (follow.question.clone(), follow.key.clone()))
}

/// The lists that are loaded for that: those that can be read in no smaller part.
pub fn lists(model: &Model) -> impl Iterator<Item = Question> {
    by(model, Way::List).map(|follow| follow.question.clone())
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
    let name = &follow.name;
    let (question, key) = (&follow.question, &follow.key);
    let pane = panes::find(question.pane);
    let late = model.store.late(question, key);
    let row = model.store.rows(question).iter().find(|row| row.key == *key);
    let unsettled = late.and_then(Slot::answer).is_some_and(|late| late.unsettled);
    if told(model, follow) && !unsettled && row.is_none_or(|row| !row.unsettled) {
        return Some(match row.and_then(|row| pane.outcome(row, late.and_then(Slot::answer))) {
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
