//! Aliases: names for versions, with a share of the calls for a second one.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::noise;
use super::super::record::{Record, function_arn};
use super::super::request::Asked;
use super::concurrency;
use super::configure::{check_description, check_revision};
use super::versions::{created, text_of};

/// `ListAliases`, of one version if one is asked for.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let only = asked.parameter("FunctionVersion");
    let aliases = record.seed.aliases.iter().filter(|alias| only.is_none_or(|version| uses(alias, version)));
    let aliases = aliases.map(|alias| whole(alias, record, asked));
    Ok(account.cut(asked, 50)?.answer("Aliases", aliases).into())
}

/// `GetAlias`.
pub(super) fn get(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let alias = asked_alias(record, asked)?;
    Ok(whole(alias, record, asked).into())
}

/// `CreateAlias`.
pub(super) fn create(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let body = asked.json();
    let mut said = body.as_object().cloned().unwrap_or_default();
    let name = text_of(&said, "Name").unwrap_or_default().to_owned();
    check_name(&name)?;
    check_description(&said)?;
    if find(record, &name).is_some() {
        let arn = function_arn(&asked.region, record.name());
        return Err(Refusal::conflict(format!("Alias already exists: {arn}:{name}")));
    }
    let version = text_of(&said, "FunctionVersion").unwrap_or_default().to_owned();
    check_version(record, &version, asked)?;
    check_routing(record, said.get("RoutingConfig"), &version, asked)?;
    said.retain(|field, _| ["Name", "FunctionVersion", "Description", "RoutingConfig"].contains(&field.as_str()));
    drop_empty_routing(&mut said);
    let function = record.name().to_owned();
    if let Some(record) = account.record_mut(&function) {
        sign(record, &mut said);
        record.seed.aliases.push(said);
    }
    account.reroute(&function, asked.now);
    let record = account.asked_record(asked)?;
    let made = find(record, &name).ok_or_else(|| missing(record, &name, asked))?;
    Ok(created(&whole(made, record, asked)))
}

/// `UpdateAlias`: what is not said stays.
pub(super) fn update(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let body = asked.json();
    let said = body.as_object().cloned().unwrap_or_default();
    let alias = asked_alias(record, asked)?;
    check_revision(&said, &object_of(whole(alias, record, asked)))?;
    check_description(&said)?;
    let mut next = alias.clone();
    for field in ["FunctionVersion", "Description", "RoutingConfig"] {
        if let Some(value) = said.get(field).filter(|value| !value.is_null()) {
            next.insert(field.to_owned(), value.clone());
        }
    }
    drop_empty_routing(&mut next);
    let version = text_of(&next, "FunctionVersion").unwrap_or_default().to_owned();
    check_version(record, &version, asked)?;
    check_routing(record, next.get("RoutingConfig"), &version, asked)?;
    let (function, name) = (record.name().to_owned(), asked.qualifier.clone().unwrap_or_default());
    if let Some(record) = account.record_mut(&function) {
        replace(record, &name, next);
    }
    account.reroute(&function, asked.now);
    get(account, asked, "")
}

/// `DeleteAlias`: one that is not there is as good as deleted.
pub(super) fn delete(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let function = account.asked_record(asked)?.name().to_owned();
    if let Some(record) = account.record_mut(&function) {
        let name = asked.qualifier.as_deref();
        record.seed.aliases.retain(|alias| text_of(alias, "Name") != name);
        concurrency::forget(record, name.unwrap_or_default());
    }
    account.reroute(&function, asked.now);
    Ok(Reply::of(204, Vec::new()))
}

/// The alias of that name.
pub(super) fn find<'a>(record: &'a Record, name: &str) -> Option<&'a Map<String, Value>> {
    record.seed.aliases.iter().find(|alias| text_of(alias, "Name") == Some(name))
}

/// The version that answers the `turn`th invocation through an alias: they are shared out by its weights.
pub(in super::super) fn behind(alias: &Map<String, Value>, turn: u64) -> Option<&str> {
    let weights = alias.get("RoutingConfig").and_then(|routing| routing.get("AdditionalVersionWeights")?.as_object());
    // From 1: the first goes to the main version, as most do.
    let mut place = share(turn + 1);
    for (other, weight) in weights.into_iter().flatten() {
        let weight = weight.as_f64().unwrap_or_default();
        if place < weight {
            return Some(other);
        }
        place -= weight;
    }
    text_of(alias, "FunctionVersion")
}

/// The `turn`th member of a sequence that fills 0 to 1 evenly, so that few invocations already show the weights.
fn share(turn: u64) -> f64 {
    let golden = turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    u32::try_from(golden).map_or(0.0, f64::from) / (f64::from(u32::MAX) + 1.0)
}

/// The names of the aliases that send calls to a version.
pub(super) fn of_version<'a>(record: &'a Record, version: &str) -> Vec<&'a str> {
    let users = record.seed.aliases.iter().filter(|alias| uses(alias, version));
    users.filter_map(|alias| text_of(alias, "Name")).collect()
}

/// Lays fields over an alias as if somebody else had changed it: `null` takes one away.
pub(in super::super) fn patch(record: &mut Record, name: &str, fields: &Value) -> bool {
    let Some(alias) = find(record, name) else { return false };
    let mut next = alias.clone();
    next.extend(fields.as_object().cloned().unwrap_or_default());
    next.retain(|_, value| !value.is_null());
    replace(record, name, next);
    true
}

fn replace(record: &mut Record, name: &str, mut next: Map<String, Value>) {
    sign(record, &mut next);
    if let Some(alias) = record.seed.aliases.iter_mut().find(|alias| text_of(alias, "Name") == Some(name)) {
        *alias = next;
    }
}

/// Gives a changed alias its new revision.
fn sign(record: &mut Record, alias: &mut Map<String, Value>) {
    record.alias_changes += 1;
    let name = noise::seed(text_of(alias, "Name").unwrap_or_default());
    let revision = noise::uuid(noise::seed(record.name()) ^ name ^ (record.alias_changes << 8));
    alias.insert("RevisionId".into(), revision.into());
}

fn uses(alias: &Map<String, Value>, version: &str) -> bool {
    text_of(alias, "FunctionVersion") == Some(version)
        || alias
            .get("RoutingConfig")
            .and_then(|routing| routing.get("AdditionalVersionWeights")?.get(version))
            .is_some()
}

fn asked_alias<'a>(record: &'a Record, asked: &Asked) -> Result<&'a Map<String, Value>, Refusal> {
    let name = asked.qualifier.as_deref().unwrap_or_default();
    find(record, name).ok_or_else(|| missing(record, name, asked))
}

fn missing(record: &Record, name: &str, asked: &Asked) -> Refusal {
    Refusal::missing(format!("Cannot find alias arn: {}:{name}", function_arn(&asked.region, record.name())))
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let digits = name.chars().all(|c| c.is_ascii_digit());
    if !name.is_empty() && name.len() <= 128 && !digits && name.chars().all(allowed) {
        return Ok(());
    }
    let message = format!(
        "1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)"
    );
    Err(Refusal::new(400, "ValidationException", message))
}

fn check_version(record: &Record, version: &str, asked: &Asked) -> Result<(), Refusal> {
    let there = version == "$LATEST" || version.parse().is_ok_and(|number| record.releases.contains_key(&number));
    let arn = function_arn(&asked.region, record.name());
    if there { Ok(()) } else { Err(Refusal::missing(format!("Function not found: {arn}:{version}"))) }
}

fn check_routing(record: &Record, routing: Option<&Value>, version: &str, asked: &Asked) -> Result<(), Refusal> {
    let weights = routing.and_then(|routing| routing.get("AdditionalVersionWeights")?.as_object());
    let Some((other, weight)) = weights.and_then(|weights| weights.iter().next()) else { return Ok(()) };
    if weights.is_some_and(|weights| weights.len() > 1) {
        return Err(Refusal::invalid("Number of items in AdditionalVersionWeights cannot be greater than 1"));
    }
    if !weight.as_f64().is_some_and(|weight| (0.0..=1.0).contains(&weight)) {
        let message = "1 validation error detected: Value at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0]";
        return Err(Refusal::new(400, "ValidationException", message));
    }
    if version == "$LATEST" || other == "$LATEST" {
        return Err(Refusal::invalid("$LATEST is not supported for an alias pointing to more than 1 version"));
    }
    if other == version {
        return Err(Refusal::invalid(format!(
            "Invalid function version {other}. Function version {other} is already included in routing configuration."
        )));
    }
    check_version(record, other, asked)?;
    let role = |number: &str| record.version(number.parse().ok()?, asked.now)?.get("Role").cloned();
    if role(other) != role(version) {
        return Err(Refusal::invalid("Specified versions must be associated with the same execution role"));
    }
    Ok(())
}

/// An empty map of weights ends a split, and is not told again.
fn drop_empty_routing(alias: &mut Map<String, Value>) {
    let weights = alias.get("RoutingConfig").and_then(|routing| routing.get("AdditionalVersionWeights"));
    if weights.and_then(Value::as_object).is_none_or(Map::is_empty) {
        alias.remove("RoutingConfig");
    }
}

fn object_of(value: Value) -> Map<String, Value> {
    if let Value::Object(members) = value { members } else { Map::new() }
}

/// An alias with what the seed leaves out.
fn whole(alias: &Map<String, Value>, record: &Record, asked: &Asked) -> Value {
    let name = text_of(alias, "Name").unwrap_or_default();
    let mut whole = alias.clone();
    whole.entry("Description").or_insert_with(|| json!(""));
    whole.insert("AliasArn".into(), format!("{}:{name}", function_arn(&asked.region, record.name())).into());
    let seed = noise::seed(record.name())
        ^ noise::seed(name)
        ^ noise::seed(text_of(alias, "FunctionVersion").unwrap_or_default());
    whole.entry("RevisionId").or_insert_with(|| noise::uuid(seed).into());
    Value::Object(whole)
}
