//! Logs that are chosen by name: functions, their versions and aliases, log groups, and all functions with a tag.

use super::{MOST, leave_out, open, show, subjects, subjects_of};
use crate::aws::{Text, default_log_group};
use crate::keys;
use crate::model::logs::{Name, Named, Reach, Subject, is_version};
use crate::model::lookup::{AliasOf, TAG, Wish};
use crate::model::{Effect, Model, Place};
use crate::update::lookup;

/// What was typed, as far as it is known.
#[derive(Default)]
pub struct Chosen {
    /// Functions, their versions, and log groups.
    pub subjects: Vec<Subject>,
    /// Aliases, whose versions are to be looked up.
    pub aliases: Vec<AliasOf>,
    /// Tags, whose functions are to be looked up.
    pub tags: Vec<Wish>,
}

/// Opens the logs of what was typed: names, and tags.
pub fn open_named(model: &mut Model, typed: &str) -> Vec<Effect> {
    let typed = typed.trim().to_owned();
    if typed.is_empty() {
        open(model);
        return Vec::new();
    }
    let chosen = match chosen(model, &typed) {
        Ok(chosen) => chosen,
        Err(why) => {
            let now = model.clock.now();
            model.notices.warn(&why, now);
            return Vec::new();
        }
    };
    let looked_up = !chosen.aliases.is_empty() || !chosen.tags.is_empty();
    if looked_up && typed == model.logs.named {
        model.views.go(Place::Logs);
        return Vec::new();
    }
    show(model, &chosen.subjects, Reach::default());
    if !looked_up {
        return Vec::new();
    }
    (model.logs.named, model.logs.aliases, model.logs.tags) = (typed, chosen.aliases, chosen.tags);
    gather(model)
}

/// Reads what was typed.
///
/// # Errors
/// What is wrong with it, in words.
pub fn chosen(model: &Model, typed: &str) -> Result<Chosen, String> {
    let mut chosen = Chosen::default();
    for word in keys::quoted_words(typed) {
        if word.starts_with(TAG) {
            let wish = Wish::read(word).ok_or("a tag is written tag:key=value, or tag:key for all its values")?;
            chosen.tags.push(wish);
            continue;
        }
        let name = Name::read(word)?;
        let account = model.session.identity().map(|identity| identity.account.as_str());
        if let Some(why) = name.elsewhere(&model.session.region(), account) {
            return Err(format!("{why}: R chooses a region, P a profile"));
        }
        match name.of {
            Named::Function { name, qualifier: Some(alias) } if !is_version(&alias) => {
                chosen.aliases.push(AliasOf { function: name, alias });
            }
            Named::Function { name, qualifier } => {
                let versions: Vec<Text> = qualifier.iter().cloned().collect();
                chosen.subjects.extend(subjects_of(&group_of(model, &name), &name, qualifier.as_ref(), &versions));
            }
            Named::Either(name) => chosen.subjects.extend(named(model, &name)),
            Named::Group(group) => chosen.subjects.push(Subject::of_group(group)),
        }
    }
    Ok(chosen)
}

/// The log group of a function; Lambda's default where it is not in the list.
pub fn group_of(model: &Model, function: &Text) -> Text {
    let told = model.invokee_named(function).and_then(|invokee| invokee.log_group);
    told.unwrap_or_else(|| default_log_group(function))
}

/// The function of that name, or else the log group.
fn named(model: &Model, name: &Text) -> Vec<Subject> {
    match model.invokee_named(name) {
        Some(invokee) => subjects(model, &invokee),
        None => vec![Subject::of_group(name.clone())],
    }
}

/// The versions behind an alias of the log on show are known: their logs are shown with it.
pub fn resolve(model: &mut Model, of: &AliasOf, versions: &[Text]) -> Vec<Effect> {
    let now = model.clock.now();
    let mut effects = Vec::new();
    model.logs.aliases.retain(|alias| alias != of);
    let subjects = subjects_of(&group_of(model, &of.function), &of.function, Some(&of.alias), versions);
    for subject in subjects {
        let known = model.logs.sources.iter().any(|source| source.subject == subject);
        if !known && model.logs.sources.len() < MOST {
            effects.extend(model.logs.add(subject, now).into_iter().map(Effect::Cancel));
        }
    }
    effects
}

/// Puts the logs of the functions that have the tags asked for, as far as they are known, to those on show.
pub fn gather(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    let mut effects = Vec::new();
    let mut names = lookup::tagged(model).into_iter();
    while model.logs.sources.len() < MOST {
        let Some(name) = names.next() else { return effects };
        for subject in named(model, &name) {
            effects.extend(model.logs.add(subject, now).into_iter().map(Effect::Cancel));
        }
    }
    leave_out(model, names.len());
    effects
}
