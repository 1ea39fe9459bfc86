//! Going to another account, region or profile: everything asked there is unknown here.

use crate::aws::{Kind, Problem, Target, Text};
use crate::keys::Action;
use crate::model::console::Sheet;
use crate::model::logs::Store as LogStore;
use crate::model::{Connection, Effect, Link, Logs, Lookup, Model, Msg, Overlay, Ticket, Who};

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
    model.session.asked_before = model.tickets.last();
    outdate_all(model);
    stopped.into_iter().chain(cancelled.into_iter().map(Effect::Cancel)).collect()
}

/// Reads profile and credentials anew where those in use were refused: whoever asks again has signed in meanwhile.
/// What is known stays where they lead to the same place.
pub fn renew(model: &mut Model) -> Option<Effect> {
    let session = &mut model.session;
    if !session.signed_out || session.renewal.is_some() || session.connection().is_none() {
        return None;
    }
    let ticket = model.tickets.next();
    session.renewal = Some(ticket);
    Some(Effect::Connect { target: session.target.clone(), ticket, renews: true })
}

/// They were read anew, or could not be: what is on show is asked again, and who we are. Nobody has agreed to anything
/// with these credentials, so what waits for a yes is closed, and a burst sends nothing more.
pub fn renewed(model: &mut Model, answer: Result<Connection, Problem>) -> Vec<Effect> {
    let now = model.clock.now();
    let session = &mut model.session;
    (session.renewal, session.signed_out) = (None, false);
    let connection = match answer {
        Ok(connection) => connection,
        Err(problem) => {
            model.notices.fail(&problem, now);
            session.signed_out = true;
            return Vec::new();
        }
    };
    close_questions(model);
    if model.session.connection() != Some(&connection) {
        return elsewhere(model, connection);
    }
    model.console.stop_bursts("the credentials were read anew", now);
    let session = &mut model.session;
    session.asked_before = model.tickets.last();
    let who = std::mem::take(&mut session.who);
    if let Who::Known(identity) = &who {
        session.before = Some(identity.account.clone());
    }
    let cancelled = if let Who::Asked(ticket) = who { Some(Effect::Cancel(ticket)) } else { None };
    // What lies on top does not ask: the room behind it does.
    let (room, behind) = model.room();
    cancelled.into_iter().chain(super::act(model, behind.unwrap_or(room), Action::Refresh)).collect()
}

/// What waits for a yes named an account that may be another one now.
fn close_questions(model: &mut Model) {
    let questions = model.overlays.len();
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Confirm(_) | Overlay::Console(Sheet::Sending(_))));
    if model.overlays.len() < questions {
        let now = model.clock.now();
        model.notices.warn("nothing was sent: the credentials were read anew, so the question was closed", now);
    }
}

/// The profile that was read anew leads to another region or endpoint: nothing that is known holds there.
fn elsewhere(model: &mut Model, connection: Connection) -> Vec<Effect> {
    let (before, now) = (model.session.site(), model.clock.now());
    let target = model.session.target.clone();
    let effects = switch(model, target);
    model.session.link = Link::Up(connection);
    let site = model.session.site();
    if let (Some(there), Some(here)) = (site.beside(&before), before.beside(&site)) {
        model.notices.warn(format!("the profile leads to {there} now, before to {here}"), now);
    }
    effects
}

/// The credentials that were read anew are those of another account: nothing that is known holds there.
pub fn of_another_account(model: &mut Model, account: &Text) -> Option<Vec<Effect>> {
    let before = model.session.before.take().filter(|before| before != account)?;
    let now = model.clock.now();
    let target = model.session.target.clone();
    close_questions(model);
    let effects = switch(model, target);
    model.notices.warn(format!("the credentials are those of account {account} now, before of {before}"), now);
    Some(effects)
}

/// Notes that credentials were refused, whatever was asked with them. What was asked with others says nothing of these.
pub fn note_refusal(model: &mut Model, msg: &Msg) {
    let Some((ticket, problem)) = msg.refusal() else { return };
    let refused = matches!(problem.kind, Kind::Expired | Kind::NoCredentials);
    model.session.signed_out |= refused && ticket > model.session.asked_before;
}

/// Every view must be put in order again.
pub fn outdate_all(model: &mut Model) {
    for (_, table) in model.views.tables_mut() {
        table.outdated = true;
    }
}
