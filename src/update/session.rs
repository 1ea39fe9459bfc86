//! Going to another account, region or profile: everything asked there is unknown here.

use crate::aws::Target;
use crate::model::logs::Store as LogStore;
use crate::model::{Effect, Logs, Lookup, Model, Ticket};

use super::insights;

/// Begins a new session. Runs of functions go on and are filed in the console, a burst sends nothing more: it would
/// go to another account. Everything else on its way is given up.
pub fn switch(model: &mut Model, target: Target) -> Vec<Effect> {
    let lists: Vec<_> = model.store.lists_in_flight().cloned().collect();
    let rows: Vec<_> = model.store.late_in_flight().map(|(question, key)| (question.clone(), key.clone())).collect();
    let mut cancelled: Vec<Ticket> =
        lists.iter().filter_map(|question| model.store.list_mut(question).cancel()).collect();
    cancelled.extend(rows.iter().filter_map(|(question, key)| model.store.late_mut(question, key).cancel()));
    let again: Vec<_> = model.store.again_in_flight().map(|(question, key)| (question.clone(), key.clone())).collect();
    cancelled.extend(again.iter().filter_map(|(question, key)| model.store.again_mut(question, key).cancel()));
    let now = model.clock.now();
    model.console.stop_bursts("the session was left", now);
    cancelled.extend(model.logs.cancel());
    cancelled.extend(model.logs.tail.end());
    let store = LogStore::new(model.logs.store.cap());
    model.logs = Logs::default();
    model.logs.store = store;
    cancelled.extend(model.lookup.tags.cancel());
    cancelled.extend(model.lookup.aliases.cancel(&[]));
    model.lookup.groups.want(None, now.since);
    cancelled.extend(model.lookup.groups.cancel());
    model.lookup = Lookup::default();
    // Stopped in the session that it runs in.
    let stopped = insights::stop(model);
    model.insights.leave();
    model.store = model.store.after();
    model.follows.clear();
    model.lost.clear();
    for sent in &mut model.calls {
        sent.left = true;
    }
    model.draft = None;
    model.overlays.clear();
    model.views.restart();
    cancelled.extend(model.session.retarget(target));
    outdate_all(model);
    stopped.into_iter().chain(cancelled.into_iter().map(Effect::Cancel)).collect()
}

/// Every view must be put in order again.
pub fn outdate_all(model: &mut Model) {
    for (_, table) in model.views.tables_mut() {
        table.outdated = true;
    }
}
