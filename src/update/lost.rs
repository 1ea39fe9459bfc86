//! Changes whose answers were lost: what is read to see whether they were made, and what is said then.

use std::time::Duration;

use crate::aws::Text;
use crate::model::{GRACE, Lost, Model, Question, Sent, Slot};
use crate::panes::{self, RowKey, Tone};

use super::follow;

/// Begins to look for what came of a change. `said` is what the person was told so far.
pub fn begin(model: &mut Model, sent: Sent, said: Text) {
    let since = model.clock.now().since;
    model.lost.push(Lost { sent, said, since });
}

/// The row whose second question tells of it, where every row of the pane has one; else its list does.
fn late_row(sent: &Sent) -> Option<(&Question, &RowKey)> {
    let key = sent.key.as_ref().filter(|_| panes::find(sent.question.pane).late_all())?;
    Some((&sent.question, key))
}

/// The lists that are loaded for that.
pub fn lists(model: &Model) -> impl Iterator<Item = Question> {
    model.lost.iter().flat_map(|lost| [lost.sent.question.clone(), model.source(&lost.sent.question)])
}

/// The rows whose second question is asked for that.
pub fn late(model: &Model) -> impl Iterator<Item = (Question, RowKey)> {
    model.lost.iter().filter_map(|lost| late_row(&lost.sent)).map(|(question, key)| (question.clone(), key.clone()))
}

/// When a list is read once more for that, if none is on its way.
pub fn list_due(model: &Model, question: &Question) -> Option<Duration> {
    let slot = model.store.list(question).filter(|slot| !slot.in_flight())?;
    let of_it = |lost: &&Lost| late_row(&lost.sent).is_none() && model.source(&lost.sent.question) == *question;
    model.lost.iter().filter(of_it).filter_map(|lost| lost.again(slot.at())).min()
}

/// The same of the second question about a row.
pub fn late_due(model: &Model, question: &Question, key: &RowKey) -> Option<Duration> {
    let slot = model.store.late(question, key).filter(|slot| !slot.in_flight())?;
    let of_it = |lost: &&Lost| late_row(&lost.sent) == Some((question, key));
    model.lost.iter().filter(of_it).filter_map(|lost| lost.again(slot.at())).min()
}

/// What is known of a change by now.
enum Verdict {
    Waits,
    Made,
    NotMade,
    NotTold,
}

/// Says of each change what came of it, once that can be seen.
pub fn settle(model: &mut Model) {
    let verdicts: Vec<Verdict> = model.lost.iter().map(|lost| verdict(model, lost)).collect();
    for (lost, verdict) in std::mem::take(&mut model.lost).into_iter().zip(verdicts) {
        match verdict {
            Verdict::Waits => model.lost.push(lost),
            Verdict::NotTold => {}
            Verdict::Made => made(model, &lost),
            Verdict::NotMade => not_made(model, &lost),
        }
    }
}

fn verdict(model: &Model, lost: &Lost) -> Verdict {
    if model.clock.now().since >= lost.until() {
        return Verdict::NotTold;
    }
    let (question, pane) = (&lost.sent.question, panes::find(lost.sent.question.pane));
    let Some(at) = read_at(model, &lost.sent).filter(|at| *at >= lost.since) else { return Verdict::Waits };
    let late = lost.sent.key.as_ref().and_then(|key| model.store.late(question, key)?.answer());
    match pane.made(&lost.sent.call, lost.sent.key.as_ref(), model.store.rows(question), late) {
        Some(true) => Verdict::Made,
        Some(false) if at < lost.since + GRACE => Verdict::Waits,
        Some(false) => Verdict::NotMade,
        None => Verdict::NotTold,
    }
}

/// When that which tells of a change was last read as a whole, if nothing speaks against it.
fn read_at(model: &Model, sent: &Sent) -> Option<Duration> {
    if let Some((question, key)) = late_row(sent) {
        return model.store.late(question, key).filter(|slot| slot.holds())?.at();
    }
    let slot = model.behind(&sent.question).filter(|slot| slot.holds())?;
    slot.answer().filter(|list| list.complete)?;
    slot.at()
}

/// It was done: what waits for the key that began it is done with, and what AWS goes on with is followed.
fn made(model: &mut Model, lost: &Lost) {
    let Sent { question, key, sentence, .. } = &lost.sent;
    model.notices.unsay(&lost.said);
    model.notices.settled(format!("it was done, though its answer was lost: {sentence}"));
    model.draft.take_if(|draft| draft.prepared.key == *key && draft.question == *question);
    let goes_on = |key: &RowKey| {
        let late = model.store.late(question, key).and_then(Slot::answer).is_some_and(|late| late.unsettled);
        late || model.store.rows(question).iter().any(|row| row.key == *key && row.unsettled)
    };
    if key.as_ref().is_some_and(goes_on) {
        follow::begin(model, &lost.sent, None);
    }
}

fn not_made(model: &mut Model, lost: &Lost) {
    let now = model.clock.now();
    model.notices.unsay(&lost.said);
    let said = format!("it was not done: {}; read again, nothing of it is to be seen", lost.sent.sentence);
    model.notices.ended(Tone::Bad, &said, "The same key begins it again, as it was filled in.", now);
}
