//! Answers: each is filed under the question that was asked, and believed only by its ticket.

use crate::aws::{Identity, Kind, Problem};
use crate::model::{
    Connection, Effect, LINGERS, Link, List, Model, Msg, Place, Profiles, Question, TableView, Ticket, Who,
};
use crate::panes::{self, LateRow, RowKey};

use super::{again, called, reconcile, session};

/// Takes an answer in.
pub fn take(model: &mut Model, answer: Msg) -> Vec<Effect> {
    let now = model.clock.now();
    session::note_refusal(model, &answer);
    match answer {
        Msg::Connected { ticket, answer } => connected(model, ticket, answer),
        Msg::Profiles(profiles) => {
            model.profiles = match profiles {
                Ok(names) => Profiles { names, unread: None },
                Err(problem) => Profiles { names: Vec::new(), unread: Some(problem) },
            };
            Vec::new()
        }
        Msg::Identified { ticket, answer } => identified(model, ticket, answer),
        Msg::Recalled { question, ticket, rows, at, account } => {
            // Who we are may be known before a slow disk has answered.
            let ours = model
                .session
                .identity()
                .is_none_or(|identity| account.as_ref().is_none_or(|of| *of == identity.account));
            if ours {
                model.store.list_mut(&question).recall(ticket, |list| List::recall(list, rows, at, account));
                outdate(model, &question);
            }
            Vec::new()
        }
        Msg::Page { question, ticket, rows, piece } => {
            let slot = model.store.list_mut(&question);
            let first = slot.answer().is_none_or(|list| list.so_far() == 0);
            slot.amend(ticket, |list| list.get_or_insert_default().page(rows, piece));
            slot.answered(ticket);
            // The first page is an answer, however the list ends.
            model.store.outage.note(&Ok(()), now.since);
            outdate(model, &question);
            if !first {
                model.clock.shifted();
            }
            Vec::new()
        }
        Msg::Loaded { question, ticket, answer } => loaded(model, &question, ticket, answer),
        Msg::Late { question, key, ticket, answer } => late(model, &question, &key, ticket, answer),
        Msg::Again { question, key, ticket, answer } => again::take(model, &question, &key, ticket, answer),
        Msg::Leaving { ticket, left, of } => called::leaving(model, ticket, left, of),
        Msg::Called { ticket, answer } => called::take(model, ticket, answer),
        Msg::Invoked { ticket, answer } => super::console::answered(model, ticket, answer),
        Msg::Streamed { ticket, news, shown } => {
            model.console.stream(ticket, news, &shown, now);
            Vec::new()
        }
        Msg::AfterEvent { ticket, answer } => super::console::after_event(model, ticket, answer),
        Msg::WholeRun { ticket, answer } => super::console::whole_run(model, ticket, answer),
        Msg::LogEvents { ticket, answer } => super::logs::told(model, ticket, answer),
        Msg::Payloads { ticket, answer } if super::operate::told(model, ticket, &answer) => Vec::new(),
        Msg::LiveTail { ticket, news } => super::logs::heard(model, ticket, &news),
        Msg::LiveTailEnded { ticket, answer } => super::logs::tail_ended(model, ticket, answer),
        Msg::Payloads { ticket, answer } => super::console::told(model, ticket, answer),
        Msg::History { ticket, answer } => super::console::history_told(model, ticket, answer),
        Msg::Lookup { ticket, told } => super::lookup::told(model, ticket, told),
        Msg::Insights { ticket, told } => super::insights::told(model, ticket, told),
        Msg::Queries { ticket, answer } => super::insights::queries_told(model, ticket, answer),
        Msg::Traffic(traffic) => {
            model.meter.count(&traffic, now.since);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn connected(model: &mut Model, ticket: Ticket, answer: Result<Connection, Problem>) -> Vec<Effect> {
    if model.session.renewal == Some(ticket) {
        return session::renewed(model, answer);
    }
    if !matches!(model.session.link, Link::Connecting(awaited) if awaited == ticket) {
        return Vec::new();
    }
    model.session.link = match answer {
        Ok(connection) => Link::Up(connection),
        Err(problem) => {
            model.notices.remember(&problem, model.clock.now());
            Link::Failed(problem)
        }
    };
    Vec::new()
}

fn identified(model: &mut Model, ticket: Ticket, answer: Result<Identity, Problem>) -> Vec<Effect> {
    if !matches!(model.session.who, Who::Asked(awaited) if awaited == ticket) {
        return Vec::new();
    }
    let mut effects = Vec::new();
    model.session.who = match answer {
        Ok(identity) => {
            if let Some(effects) = session::of_another_account(model, &identity.account) {
                return effects;
            }
            let strangers = model.store.forget_kept_of_others(&identity.account);
            if !strangers.is_empty() {
                effects.push(Effect::Unkeep);
                session::outdate_all(model);
            }
            effects.extend(strangers.into_iter().map(Effect::Cancel));
            Who::Known(identity)
        }
        // Without STS the account stays unknown; everything else works.
        Err(problem) => Who::Unknown { problem, at: model.clock.now().since },
    };
    effects
}

fn loaded(model: &mut Model, question: &Question, ticket: Ticket, answer: Result<(), Problem>) -> Vec<Effect> {
    let now = model.clock.now();
    let known = model.store.outage.note(&answer, now.since);
    let problem = answer.as_ref().err().cloned();
    // What is missing from a list that nobody looks at goes without a word.
    let looked_at = model.question().is_some_and(|shown| shown == *question || model.source(&shown) == *question);
    let shown = matches!(model.views.place(), Place::Pane(_)) && looked_at;
    let slot = model.store.list_mut(question);
    let whole = answer.is_ok();
    let mut missing = None;
    slot.amend(ticket, |list| missing = whole.then(|| list.get_or_insert_default().complete()));
    if let Some(mut missing) = missing {
        missing.retain(|(_, row)| shown && !model.store.is_ours(question.pane, &row.key, now.since));
        model.store.list_mut(question).mend(|list| list.linger(missing, now.since + LINGERS));
    }
    let slot = model.store.list_mut(question);
    if let Some(problem) = &problem {
        // AWS may know a place no more: then the list is read from its start.
        slot.amend(ticket, |list| {
            if let Some(list) = list.as_mut() {
                list.break_off(problem.kind != Kind::Invalid);
            }
        });
    }
    if !slot.settle(ticket, answer, now.since) {
        return Vec::new();
    }
    if let Some(problem) = problem {
        // What only a line of the facts hangs on is said there.
        if !known && reconcile::visible(model).contains(question) {
            model.notices.remember(&problem, now);
        }
        return Vec::new();
    }
    outdate(model, question);
    let mut disowned = model.store.prune_late(question);
    disowned.extend(model.store.forget_again(question));
    disowned.into_iter().map(Effect::Cancel).collect()
}

fn late(
    model: &mut Model,
    question: &Question,
    key: &RowKey,
    ticket: Ticket,
    answer: Result<LateRow, Problem>,
) -> Vec<Effect> {
    let now = model.clock.now();
    let known = model.store.outage.note(&answer, now.since);
    let problem = answer.as_ref().err().cloned();
    let lacks = answer.as_ref().ok().and_then(|row| row.lacks.clone());
    if !model.store.late_mut(question, key).accept(ticket, answer, now.since) {
        return Vec::new();
    }
    if let Some(problem) = lacks
        && model.store.lack(question.pane, problem.clone())
    {
        model.notices.remember(&problem, now);
    }
    if let Some(problem) = problem {
        match problem.kind {
            // One refusal speaks for the column, and one of the credentials for all: the other rows are not asked.
            Kind::Denied | Kind::Unsupported | Kind::Expired | Kind::NoCredentials => {
                model.notices.remember(&problem, now);
                model.store.refuse(question.pane, problem);
            }
            // The row is gone: the list is no longer true.
            Kind::Missing => {
                let source = model.source(question);
                model.store.list_mut(&source).doubt();
            }
            _ if known => {}
            _ => model.notices.remember(&problem, now),
        }
    }
    outdate_if_late(model, question);
    Vec::new()
}

/// The rows of a list changed: its view must be put in order.
pub fn outdate(model: &mut Model, question: &Question) {
    if model.question_of(panes::find(question.pane)).as_ref() == Some(question)
        && let Some(table) = model.views.table_mut(question.pane)
    {
        table.outdated = true;
    }
}

/// Late cells changed: the order changes only if it hangs on them.
fn outdate_if_late(model: &mut Model, question: &Question) {
    let (rows, now) = (model.store.rows(question).len(), model.clock.now().since);
    let hangs = |table: &&mut TableView| table.by_late.is_some() || !table.filter.value().is_empty();
    if model.question_of(panes::find(question.pane)).as_ref() == Some(question)
        && let Some(table) = model.views.table_mut(question.pane).filter(hangs)
    {
        table.late_came(rows, now);
    }
}
