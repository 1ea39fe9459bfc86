//! What is looked up while logs are chosen by name. Asked for by `reconcile`, as all reads.

use std::time::Duration;

use crate::aws::{Kind, Problem, Text};
use crate::model::logs::{Name, Named};
use crate::model::lookup::{AliasOf, LookupAsk, LookupTold, TAG, stem};
use crate::model::{Effect, Model, Place, Ticket};

use super::logs;

/// When something is to be looked up, if ever.
pub fn due(model: &Model) -> Option<Duration> {
    let open = wants_tags(model) && !model.knows_all_tags();
    let tags = if open { model.lookup.tags.due(model.function_list().iter()) } else { None };
    let aliases = model.lookup.aliases.due(wanted_aliases(model));
    [model.lookup.groups.due(), aliases, tags].into_iter().flatten().min()
}

/// What is to be looked up now; what nobody wants any more is given up.
pub fn reads(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now().since;
    let part = part(model);
    model.lookup.groups.want(part, now);
    let mut effects: Vec<Effect> = model.lookup.groups.cancel().map(Effect::Cancel).into_iter().collect();
    if let Some((part, ticket)) = model.lookup.groups.ask(now, &mut model.tickets) {
        effects.push(Effect::Lookup { ask: LookupAsk::Groups(part), ticket });
    }
    let aliases = wanted_aliases(model).to_vec();
    effects.extend(model.lookup.aliases.cancel(&aliases).into_iter().map(Effect::Cancel));
    let asked = model.lookup.aliases.ask(&aliases, now, &mut model.tickets);
    effects.extend(asked.into_iter().map(|(of, ticket)| Effect::Lookup { ask: LookupAsk::Alias(of), ticket }));
    if !wants_tags(model) {
        effects.extend(model.lookup.tags.cancel().into_iter().map(Effect::Cancel));
        return effects;
    }
    let mut tags = std::mem::take(&mut model.lookup.tags);
    tags.turn_to(model.functions_read(), || model.function_list());
    model.lookup.tags = tags;
    if model.knows_all_tags() {
        return effects;
    }
    let functions = model.function_list();
    let asked = model.lookup.tags.ask(functions.iter(), now, &mut model.tickets);
    effects.extend(asked.into_iter().map(|(name, ticket)| Effect::Lookup { ask: LookupAsk::Tags(name), ticket }));
    effects
}

/// What log groups are looked for by: what is typed, as far as it can be the name of one, or a name that led nowhere.
fn part(model: &Model) -> Option<String> {
    if let Some(typed) = model.typed_log() {
        return match Name::read(typed).ok()?.of {
            Named::Group(name) | Named::Either(name) => Some(name.to_string()),
            Named::Function { .. } => None,
        };
    }
    let gone = model.logs.strays().next().filter(|_| model.views.place() == Place::Logs)?;
    Some(stem(&gone.subject.group))
}

/// The aliases of the log on show whose versions are not known.
fn wanted_aliases(model: &Model) -> &[AliasOf] {
    if model.views.place() == Place::Logs { &model.logs.aliases } else { &[] }
}

/// Somebody types a tag, or looks at the logs of all that have one.
fn wants_tags(model: &Model) -> bool {
    let shown = model.views.place() == Place::Logs && !model.logs.tags.is_empty();
    shown || model.typed_log().is_some_and(|typed| typed.starts_with(TAG))
}

/// An answer came, or did not.
pub fn told(model: &mut Model, ticket: Ticket, told: LookupTold) -> Vec<Effect> {
    let now = model.clock.now();
    // A function that is gone has no tags.
    let no_news = |problem: &Problem| matches!(told, LookupTold::Tags(_)) && problem.kind == Kind::Missing;
    if let Some(problem) = told.problem().filter(|problem| !no_news(problem)) {
        model.notices.remember(problem, now);
    }
    match told {
        LookupTold::Groups(answer) => model.lookup.groups.take(ticket, answer),
        LookupTold::Alias(answer) => {
            if let Some((of, versions)) = model.lookup.aliases.take(ticket, answer, now.since) {
                return logs::resolve(model, &of, &versions);
            }
        }
        LookupTold::Tags(answer) => {
            model.lookup.tags.take(ticket, answer, now.since);
            return logs::gather(model);
        }
    }
    Vec::new()
}

/// The functions that have all tags of the log on show and are not in it yet.
pub fn tagged(model: &Model) -> Vec<Text> {
    if model.logs.tags.is_empty() {
        return Vec::new();
    }
    let fits = |name: &Text| {
        let tags = model.lookup.tags.of(name);
        tags.is_some_and(|tags| model.logs.tags.iter().all(|wish| wish.fits(tags))) && !model.logs.has(name)
    };
    model.function_list().into_iter().filter(fits).collect()
}
