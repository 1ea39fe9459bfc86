//! A query is sent, followed and stopped.

use std::time::Duration;

use crate::aws::{Text, scan_price};
use crate::model::insights::{InsightsAsk, Kept, KeptAsk, Part, Run, Stage, Whose};
use crate::model::{Effect, Model, Place, Remember, Who};
use crate::panes::bytes;

/// From this many US dollars on, a query asks for a second press.
const DEAR: f64 = 1.0;

/// Sends the query. One that runs is stopped first.
pub(super) fn start(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    let query = match model.insights.query(now.wall) {
        Ok(query) => query,
        Err(why) => {
            model.notices.warn(why, now);
            return Vec::new();
        }
    };
    let revision = model.insights.editor.revision();
    if model.insights.warned != Some(revision)
        && let Some(price) = dear(model)
    {
        model.insights.warned = Some(revision);
        model.notices.warn(price, now);
        return Vec::new();
    }
    let mut effects = stop(model);
    let ticket = model.tickets.next();
    let room = &mut model.insights;
    (room.flaw, room.warned, room.record) = (None, None, None);
    let names = room.targets.names.iter().map(Text::to_string).collect();
    room.kept.add(Kept { at: now.wall, text: query.text.clone(), range: room.range.clone(), names });
    room.before = room.run.replace(Run::new(query.clone(), room.range.clone(), revision, ticket, now));
    room.part = Part::Results;
    effects.push(Effect::Insights { ask: InsightsAsk::Start(query), ticket });
    effects
}

/// What a query may cost, if that is much: the log groups hold so much, and a query reads what is in its range.
fn dear(model: &Model) -> Option<String> {
    let stored = model.insights.stored()?;
    let price = scan_price(&model.session.region(), stored).filter(|price| price.dollars >= DEAR)?;
    Some(format!(
        "the log groups hold {}: reading all of it costs ≈ ${:.2}; a shorter range reads less. Press f5 again to run it",
        bytes(stored),
        price.dollars
    ))
}

/// The person stops the query.
pub(super) fn stop_asked(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    if !model.insights.run.as_ref().is_some_and(Run::goes_on) {
        model.notices.warn("no query runs", now);
        return Vec::new();
    }
    model.notices.say("the query is stopped; what it read until now is paid", now);
    stop(model)
}

/// Stops the query that runs, once. One whose number is not known yet is stopped as soon as it is.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    let room = &mut model.insights;
    let Some(run) = room.run.as_mut().filter(|run| run.goes_on()) else { return Vec::new() };
    let stage = std::mem::replace(&mut run.stage, Stage::Stopped);
    run.end(Stage::Stopped, now);
    let polled = run.results.cancel().map(Effect::Cancel);
    match stage {
        Stage::Starting(ticket) => {
            room.given_up.push(ticket);
            Vec::new()
        }
        Stage::Going(id) => {
            let stop = Effect::Insights { ask: InsightsAsk::Stop(id), ticket: model.tickets.next() };
            polled.into_iter().chain([stop]).collect()
        }
        _ => Vec::new(),
    }
}

/// When the room wants something read, if ever.
pub fn due(model: &Model) -> Option<Duration> {
    let here = model.views.place() == Place::Insights;
    let room = &model.insights;
    let run = room.run.as_ref().filter(|_| here);
    let clock = run.filter(|run| run.goes_on()).map(|_| model.clock.now().since + Duration::from_secs(1));
    let sizes = here.then(|| room.sizes.due(None, false)).flatten();
    [run.and_then(Run::due), clock, sizes].into_iter().flatten().min()
}

/// What is due now: how the query stands, what the log groups hold, a record in full. A query that nobody looks at any
/// more is stopped: it would go on to be paid.
pub fn reads(model: &mut Model) -> Vec<Effect> {
    let mut effects = disk(model);
    if model.views.place() != Place::Insights {
        effects.extend(stop(model));
        return effects;
    }
    let now = model.clock.now().since;
    let (for_run, for_sizes, for_record) = (model.tickets.next(), model.tickets.next(), model.tickets.next());
    let room = &mut model.insights;
    if room.sizes.due(None, false).is_some_and(|due| due <= now) && !room.targets.groups.is_empty() {
        effects.extend(room.sizes.ask(for_sizes, now).map(Effect::Cancel));
        let ask = InsightsAsk::Sizes(room.targets.groups.clone());
        effects.push(Effect::Insights { ask, ticket: for_sizes });
    }
    if let Some(run) = &mut room.run
        && run.due().is_some_and(|due| due <= now)
        && let Stage::Going(id) = &run.stage
    {
        let ask = InsightsAsk::Results(id.clone());
        effects.extend(run.results.ask(for_run, now).map(Effect::Cancel));
        effects.push(Effect::Insights { ask, ticket: for_run });
    }
    if let Some(record) = room.record.as_mut().filter(|record| record.asked.is_none())
        && let Some(pointer) = record.pointer.clone()
    {
        record.asked = Some(for_record);
        effects.push(Effect::Insights { ask: InsightsAsk::Record(pointer), ticket: for_record });
    }
    effects
}

/// Earlier queries are read once the room is first opened, and new ones kept.
fn disk(model: &mut Model) -> Vec<Effect> {
    let Some(whose) = whose(model).filter(|_| model.options.history != Remember::Off) else { return Vec::new() };
    let new = std::mem::take(&mut model.insights.kept.new);
    let mut asks: Vec<KeptAsk> = Vec::new();
    if model.insights.kept.asked.is_none() && model.views.place() == Place::Insights {
        asks.push(KeptAsk::Read(whose.clone()));
    }
    asks.extend(new.into_iter().map(|kept| KeptAsk::Keep(whose.clone(), kept)));
    let mut effects = Vec::new();
    for ask in asks {
        let ticket = model.tickets.next();
        if matches!(ask, KeptAsk::Read(_)) {
            model.insights.kept.asked = Some(ticket);
        }
        effects.push(Effect::Queries { ask, ticket });
    }
    effects
}

/// Where the queries of this session are filed; `None` until it is known whose it is.
fn whose(model: &Model) -> Option<Whose> {
    let connection = model.session.connection()?;
    let account = match &model.session.who {
        Who::Known(identity) => identity.account.clone(),
        Who::Unknown { .. } => Text::known("unknown"),
        Who::NotAsked | Who::Asked(_) => return None,
    };
    Some(Whose { account, region: connection.region.clone(), endpoint: connection.endpoint.clone() })
}
