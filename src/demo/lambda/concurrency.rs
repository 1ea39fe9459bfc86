//! Reserved and provisioned concurrency: read, changed, and settling.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::super::account::{Account, missing_function};
use super::super::answer::{Refusal, Reply};
use super::super::record::{Record, Warming, function_arn};
use super::super::request::Asked;
use super::versions::resolve;

/// Concurrent executions the account may have.
pub(super) const LIMIT: u64 = 1000;

/// So many of them no function can take for itself.
const MUST_STAY: u64 = 100;

/// How many updates of a configuration the warming of environments takes.
const SLOWER: i32 = 3;

/// `GetFunctionConcurrency`: an empty object when nothing is reserved.
pub(super) fn get_reserved(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let reserved = account.asked_record(asked)?.seed.concurrency.reserved;
    Ok(reserved.map_or_else(|| json!({}), |reserved| json!({"ReservedConcurrentExecutions": reserved})).into())
}

/// `PutFunctionConcurrency`: 100 executions must stay for the others.
pub(super) fn put_reserved(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let wanted = asked.json().get("ReservedConcurrentExecutions").and_then(Value::as_u64);
    let wanted = wanted.ok_or_else(|| Refusal::invalid("ReservedConcurrentExecutions must be a number, 0 or more"))?;
    let record = account.asked_record(asked)?;
    let own = taken(record);
    if wanted > 0 && wanted < provisioned(record) {
        return Err(Refusal::invalid(
            "Requested Reserved Concurrency should not be less than the Provisioned Concurrency of the function",
        ));
    }
    if unreserved(account) + own < wanted.max(provisioned(record)) + MUST_STAY && wanted > own {
        return Err(below_the_minimum("ReservedConcurrentExecutions"));
    }
    let name = record.name().to_owned();
    if let Some(record) = account.record_mut(&name) {
        record.seed.concurrency.reserved = Some(u32::try_from(wanted).unwrap_or(u32::MAX));
    }
    Ok(json!({"ReservedConcurrentExecutions": wanted}).into())
}

/// `DeleteFunctionConcurrency`: the same whether there was a reservation or not.
pub(super) fn delete_reserved(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let name = account.asked_record(asked)?.name().to_owned();
    if let Some(record) = account.record_mut(&name) {
        record.seed.concurrency.reserved = None;
    }
    Ok(Reply::of(204, Vec::new()))
}

/// `ListProvisionedConcurrencyConfigs`.
pub(super) fn list_provisioned(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let configs = record.seed.concurrency.provisioned.iter().map(|config| {
        let mut members = told(config, record, account.born, asked.now);
        let arn = format!("{}:{}", function_arn(&asked.region, record.name()), qualifier(config));
        members.insert("FunctionArn".into(), arn.into());
        Value::Object(members)
    });
    Ok(account.cut(asked, 50)?.answer("ProvisionedConcurrencyConfigs", configs).into())
}

/// `GetProvisionedConcurrencyConfig` of a version or alias.
pub(super) fn get_provisioned(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let wanted = asked.qualifier.as_deref().ok_or_else(|| Refusal::invalid("Qualifier is required"))?;
    let config = record.seed.concurrency.provisioned.iter().find(|config| qualifier(config) == wanted);
    let config = config.ok_or_else(none)?;
    Ok(Value::Object(told(config, record, account.born, asked.now)).into())
}

/// `PutProvisionedConcurrencyConfig`: 202, and then `IN_PROGRESS` for a while.
pub(super) fn put_provisioned(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let wanted = asked.json().get("ProvisionedConcurrentExecutions").and_then(Value::as_u64).filter(|n| *n > 0);
    let wanted = wanted.ok_or_else(|| Refusal::invalid("ProvisionedConcurrentExecutions must be 1 or more"))?;
    let record = account.asked_record(asked)?;
    let (name, place) = (record.name().to_owned(), place(record, asked)?);
    let before = record.seed.concurrency.provisioned.iter().find(|config| qualifier(config) == place);
    let before = before.map_or(0, |config| number(config, "RequestedProvisionedConcurrentExecutions"));
    let sum = provisioned(record) - before + wanted;
    match record.seed.concurrency.reserved {
        Some(reserved) if sum > u64::from(reserved) => {
            return Err(Refusal::invalid(
                "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
            ));
        }
        None if unreserved(account) + before < wanted + MUST_STAY => {
            return Err(below_the_minimum("ConcurrentExecutions"));
        }
        _ => {}
    }
    let until = asked.now + account.update_lasts * SLOWER;
    if let Some(record) = account.record_mut(&name) {
        let config = json!({"Qualifier": place, "RequestedProvisionedConcurrentExecutions": wanted});
        let Value::Object(config) = config else { return Err(Refusal::invalid("no object")) };
        record.seed.concurrency.provisioned.retain(|config| qualifier(config) != place);
        record.seed.concurrency.provisioned.push(config);
        record.warming.insert(place.clone(), Warming { at: asked.now, until, before });
    }
    let record = account.asked_record(asked)?;
    let config = record.seed.concurrency.provisioned.iter().find(|config| qualifier(config) == place);
    let answer = told(config.ok_or_else(none)?, record, account.born, asked.now);
    Ok(Reply::of(202, Value::Object(answer).to_string().into_bytes()))
}

/// `DeleteProvisionedConcurrencyConfig`.
pub(super) fn delete_provisioned(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let name = account.asked_record(asked)?.name().to_owned();
    let wanted = asked.qualifier.clone().ok_or_else(|| Refusal::invalid("Qualifier is required"))?;
    let Some(record) = account.record_mut(&name) else { return Err(missing_function(asked)) };
    let before = record.seed.concurrency.provisioned.len();
    forget(record, &wanted);
    let gone = record.seed.concurrency.provisioned.len() < before;
    if gone { Ok(Reply::of(204, Vec::new())) } else { Err(none()) }
}

/// Executions that no function has for itself. What is kept warm for functions without a reservation is
/// taken from the pool too.
pub(super) fn unreserved(account: &Account) -> u64 {
    LIMIT.saturating_sub(account.functions.values().map(taken).sum())
}

/// What a function takes out of the pool.
fn taken(record: &Record) -> u64 {
    record.seed.concurrency.reserved.map_or_else(|| provisioned(record), u64::from)
}

/// What is provisioned for a version or an alias goes with it.
pub(super) fn forget(record: &mut Record, place: &str) {
    record.seed.concurrency.provisioned.retain(|config| qualifier(config) != place);
    record.warming.remove(place);
}

fn provisioned(record: &Record) -> u64 {
    let all = record.seed.concurrency.provisioned.iter();
    all.map(|config| number(config, "RequestedProvisionedConcurrentExecutions")).sum()
}

/// The version or alias to be kept warm: a published one, and not warm under another name already.
fn place(record: &Record, asked: &Asked) -> Result<String, Refusal> {
    let wanted = asked.qualifier.as_deref().ok_or_else(|| Refusal::invalid("Qualifier is required"))?;
    let version = resolve(record, Some(wanted)).ok_or_else(|| missing_function(asked))?;
    if version == "$LATEST" {
        return Err(Refusal::invalid(
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
        ));
    }
    let others = record.seed.concurrency.provisioned.iter().map(qualifier).filter(|other| *other != wanted);
    let same = |other: &str| resolve(record, Some(other)).as_deref() == Some(version.as_str());
    if others.into_iter().any(same) {
        return Err(Refusal::invalid(
            "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
        ));
    }
    Ok(wanted.to_owned())
}

fn below_the_minimum(what: &str) -> Refusal {
    Refusal::invalid(format!(
        "Specified {what} for function decreases account's UnreservedConcurrentExecution below its minimum value of \
         [{MUST_STAY}]."
    ))
}

fn none() -> Refusal {
    let missing = "No Provisioned Concurrency Config found for this function";
    Refusal::new(404, "ProvisionedConcurrencyConfigNotFoundException", missing)
}

fn qualifier(config: &Map<String, Value>) -> &str {
    config.get("Qualifier").and_then(Value::as_str).unwrap_or_default()
}

fn number(config: &Map<String, Value>, field: &str) -> u64 {
    config.get(field).and_then(Value::as_u64).unwrap_or_default()
}

/// A configuration as it stands by now.
fn told(config: &Map<String, Value>, record: &Record, born: DateTime<Utc>, now: DateTime<Utc>) -> Map<String, Value> {
    let mut members = config.clone();
    members.remove("Qualifier");
    let warming = record.warming.get(qualifier(config));
    if let Some(warming) = warming {
        let wanted = number(config, "RequestedProvisionedConcurrentExecutions");
        members.extend(warmed(*warming, wanted, record, now));
    }
    let modified = warming.map_or(born - TimeDelta::minutes(45), |warming| warming.at);
    members.insert("LastModified".into(), modified.format("%Y-%m-%dT%H:%M:%S+0000").to_string().into());
    members
}

/// How far the warming of environments has come. Code that cannot start fails at its end.
fn warmed(warming: Warming, wanted: u64, record: &Record, now: DateTime<Utc>) -> Map<String, Value> {
    let over = now >= warming.until;
    let fails = over && record.seed.behaviour == "exit";
    let whole = u64::try_from((warming.until - warming.at).num_milliseconds()).unwrap_or(0).max(1);
    let passed = u64::try_from((now - warming.at).num_milliseconds()).unwrap_or(0).min(whole);
    let ready = match (over, fails) {
        (_, true) => 0,
        (true, false) => wanted,
        (false, false) => warming.before.min(wanted) + wanted.saturating_sub(warming.before) * passed / whole,
    };
    let status = match (over, fails) {
        (_, true) => "FAILED",
        (true, false) => "READY",
        (false, false) => "IN_PROGRESS",
    };
    let mut members = Map::new();
    members.insert("AllocatedProvisionedConcurrentExecutions".into(), ready.into());
    members.insert("AvailableProvisionedConcurrentExecutions".into(), ready.into());
    members.insert("Status".into(), status.into());
    if fails {
        members.insert("StatusReason".into(), "FUNCTION_ERROR_INIT_FAILURE".into());
    }
    members
}
