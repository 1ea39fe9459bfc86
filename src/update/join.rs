//! Lists that hang on other lists: filled in again whenever one of them changed.

use crate::model::{Effect, List, Model, Question, Stamp, needed};
use crate::panes;

use super::answers::outdate;
use super::reconcile::visible;

/// Joins the lists that the screen asks for with those they need, where one of them changed since.
pub fn join(model: &mut Model) -> Vec<Effect> {
    let joined = |question: &Question| panes::find(question.pane).joins();
    // What others need is joined before them.
    let open: Vec<Question> = visible(model).into_iter().rev().filter(joined).collect();
    open.iter().flat_map(|question| one(model, question)).collect()
}

fn one(model: &mut Model, question: &Question) -> Vec<Effect> {
    let pane = panes::find(question.pane);
    let stamps = stamps(model, question);
    let list = model.store.list(question).and_then(|slot| slot.answer());
    // Without rows of its own there is nothing to join yet, unless they are made of others.
    let source = model.behind(question).and_then(|slot| slot.answer());
    if source.is_none() || list.is_some_and(|list| list.joined == stamps) {
        return Vec::new();
    }
    let whole = source.is_some_and(|source| source.complete && source.kept.is_none());
    let own = list.map_or(&[][..], |list| &list.rows);
    let Some(rows) = pane.join(&question.scope, own, &model.known_to_list(question)) else { return Vec::new() };
    let list: &mut List = model.store.list_mut(question).made();
    list.rejoin(rows);
    let made = pane.made_of().is_some();
    if made {
        list.complete = whole;
    }
    let stamps = self::stamps(model, question);
    model.store.list_mut(question).made().joined = stamps;
    outdate(model, question);
    // Rows that are made of others are judged here; those that were loaded, where they came in.
    let gone = if made && whole { model.store.prune_late(question) } else { Vec::new() };
    gone.into_iter().map(Effect::Cancel).collect()
}

/// The state of a list and of those it needs.
fn stamps(model: &Model, question: &Question) -> Vec<Stamp> {
    let needs = panes::find(question.pane).needs().iter();
    let others = needs.map(|pane| needed(pane, &question.scope, None).and_then(|other| model.store.stamp(&other)));
    std::iter::once(model.store.stamp(question)).chain(others).collect()
}
