//! Whether a change was made, as far as what was read after it tells: asked where its own answer was lost.

use serde_json::Value;

use super::alias::Alias;
use super::alias_call::AliasCall;
use super::call::FunctionCall;
use super::concurrency::Concurrency;
use super::concurrency_call::ConcurrencyCall;
use super::function::Function;
use super::layer::{LayerVersion, owner};
use super::layer_call::LayerCall;
use super::layer_policy::LayerStatement;
use super::mapping::{Change, Filters, Mapping, MappingCall, NewMapping};
use super::version::Version;
use super::version_call::VersionCall;

impl FunctionCall {
    /// The function, as it is now, is what it was to become.
    pub fn made(&self, now: &Function) -> bool {
        let Self::Configure { memory, timeout, description, .. } = self;
        let is = |wanted: Option<i32>, now: u32| wanted.is_none_or(|wanted| u32::try_from(wanted) == Ok(now));
        is(*memory, now.memory)
            && is(*timeout, now.timeout)
            && description.as_ref().is_none_or(|words| *words == *now.description)
    }
}

impl VersionCall {
    /// What it publishes or deletes is there or gone. `None` where it would leave nothing to be seen: AWS publishes
    /// nothing that is published.
    pub fn made(&self, all: &[&Version]) -> Option<bool> {
        match self {
            Self::Publish { seen, newest, .. } => {
                let is_newer = |version: &&&Version| version.number() > *newest;
                let before = all.iter().find(|version| version.number().is_some() && version.number() == *newest);
                match all.iter().find(is_newer) {
                    None if before.is_some_and(|before| before.settings == seen.settings) => None,
                    newer => Some(newer.is_some()),
                }
            }
            Self::Delete { seen } => Some(all.iter().all(|version| version.version != seen.version)),
        }
    }
}

impl AliasCall {
    /// The alias, if there is one, is what it was to become.
    pub fn made(&self, all: &[&Alias]) -> bool {
        match self {
            Self::Create { name, version, .. } => {
                all.iter().any(|alias| alias.name == *name && alias.version == *version)
            }
            Self::Update { seen, version, second, description } => {
                let wanted = seen.with(version.as_ref(), second.as_ref());
                all.iter().find(|alias| alias.arn == seen.arn).is_some_and(|now| {
                    now.routes() == wanted.routes()
                        && description.as_ref().is_none_or(|words| *words == *now.description)
                })
            }
            Self::Delete { seen } => all.iter().all(|alias| alias.arn != seen.arn),
        }
    }
}

impl ConcurrencyCall {
    /// What is set aside for the function is what was asked for. `None` where it may not be read.
    pub fn made(&self, now: &Concurrency) -> Option<bool> {
        let kept = |qualifier: &str| now.provisioned.as_ref().map(|_| now.of(qualifier).map(|part| part.requested));
        match self {
            Self::Reserve { executions, .. } => Some(now.reserved == Some(*executions)),
            Self::Release { .. } => Some(now.reserved.is_none()),
            Self::Provision { qualifier, executions, .. } => Some(kept(qualifier)? == Some(*executions)),
            Self::Unprovision { qualifier, .. } => Some(kept(qualifier)?.is_none()),
        }
    }
}

impl LayerCall {
    /// Of the versions of a layer, one is there or gone.
    pub fn made_version<'a>(&self, mut all: impl Iterator<Item = &'a LayerVersion>) -> Option<bool> {
        match self {
            Self::Publish { newest, .. } => Some(all.any(|version| Some(version.version) > *newest)),
            Self::Delete { version, .. } => Some(all.all(|known| known.version != *version)),
            Self::Share { .. } | Self::Unshare { .. } => None,
        }
    }

    /// Of the statements of a policy, one is there or gone.
    pub fn made_statement<'a>(&self, mut all: impl Iterator<Item = &'a LayerStatement>) -> Option<bool> {
        match self {
            Self::Share { sid, .. } => Some(all.any(|known| known.sid == *sid)),
            Self::Unshare { sid, .. } => Some(all.all(|known| known.sid != *sid)),
            Self::Publish { .. } | Self::Delete { .. } => None,
        }
    }

    /// It is about the layer of this name.
    pub fn is_of(&self, name: &str) -> bool {
        let (Self::Share { layer, .. }
        | Self::Unshare { layer, .. }
        | Self::Delete { layer, .. }
        | Self::Publish { layer, .. }) = self;
        owner(layer).map_or(layer.as_str(), |(_, name)| name) == name
    }
}

impl MappingCall {
    /// The mapping, if there is one, is what it was to become. `None` where it does not tell.
    pub fn made(&self, all: &[&Mapping]) -> Option<bool> {
        let find = |seen: &Mapping| all.iter().find(|mapping| mapping.uuid == seen.uuid);
        match self {
            Self::Switch { seen, on } => Some(find(seen)?.is_on() == *on),
            Self::Edit { seen, changes, function } => {
                let now = find(seen)?;
                let feeds = function.as_ref().is_none_or(|function| feeds(now, function));
                Some(feeds && changes.iter().all(|change| is_made(now, change)))
            }
            Self::Filter { seen, patterns } => match &find(seen)?.filters {
                Filters::Hidden => None,
                Filters::None => Some(patterns.is_empty()),
                Filters::Patterns(now) => {
                    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
                    let same = |(now, wanted): (_, _)| read(now) == read(wanted);
                    let both = now.iter().map(super::Text::as_str).zip(patterns.iter().map(String::as_str));
                    Some(now.len() == patterns.len() && both.into_iter().all(same))
                }
            },
            Self::Create(new) => Some(all.iter().any(|mapping| is_it(mapping, new))),
            Self::Delete { seen, .. } => Some(find(seen).is_none_or(|now| now.state == "Deleting")),
        }
    }
}

/// One setting is what it was to become; what was taken back is not reported any more, or as AWS's default.
fn is_made(now: &Mapping, Change { setting, from, to }: &Change) -> bool {
    match now.setting(*setting) {
        Some(word) if to.is_empty() => **word != **from,
        Some(word) => **word == **to,
        None => to.is_empty() || to == "off",
    }
}

/// A mapping feeds the function, version or alias of this name or ARN.
fn feeds(mapping: &Mapping, function: &str) -> bool {
    let name = function.split_once("function:").map_or(function, |(_, name)| name);
    *mapping.function() == *name
}

/// A mapping is the one that was to be made: AWS allows one for a source and a function.
fn is_it(mapping: &Mapping, new: &NewMapping) -> bool {
    let (now, wanted) = (&mapping.source, &new.source);
    let source = (&now.arn, &now.part, &now.endpoints) == (&wanted.arn, &wanted.part, &wanted.endpoints);
    source && feeds(mapping, &new.function)
}

#[cfg(test)]
#[path = "made_tests.rs"]
mod tests;
