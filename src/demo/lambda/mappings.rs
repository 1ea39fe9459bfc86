//! Event source mappings: what feeds which function.

use chrono::{DateTime, TimeDelta};
use serde_json::{Map, Value};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::noise;
use super::super::record::{function_arn, localise, partition};
use super::super::request::Asked;

/// `ListEventSourceMappings`: pages of 100, of one function or one source if asked for.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let source = asked.parameter("EventSourceArn");
    let mappings = account
        .mappings
        .iter()
        .filter(|mapping| asked.name.as_deref().is_none_or(|name| function(mapping) == name))
        .map(|mapping| whole(mapping, account, asked))
        .filter(|mapping| source.is_none_or(|arn| mapping.get("EventSourceArn").is_some_and(|found| found == arn)));
    Ok(account.cut(asked, 100)?.answer("EventSourceMappings", mappings).into())
}

/// `GetEventSourceMapping`.
pub(super) fn get(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let wanted = asked.name.as_deref().unwrap_or_default();
    let mapping = account.mappings.iter().find(|mapping| uuid(mapping) == wanted);
    let mapping = mapping.ok_or_else(|| Refusal::missing("The resource you requested does not exist."))?;
    Ok(whole(mapping, account, asked).into())
}

/// The name of the function that is fed, without its qualifier.
fn function(mapping: &Map<String, Value>) -> &str {
    let name = mapping.get("FunctionName").and_then(Value::as_str).unwrap_or_default();
    name.split(':').next().unwrap_or(name)
}

/// The mapping's own UUID, or one made of what it joins.
fn uuid(mapping: &Map<String, Value>) -> String {
    let own = mapping.get("UUID").and_then(Value::as_str);
    own.map_or_else(|| noise::uuid(noise::seed(&Value::Object(mapping.clone()).to_string())), str::to_owned)
}

fn whole(mapping: &Map<String, Value>, account: &Account, asked: &Asked) -> Value {
    let uuid = uuid(mapping);
    let mut whole = mapping.clone();
    let name = whole.remove("FunctionName").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    let age = whole.remove("AgeMinutes").and_then(|age| age.as_i64()).unwrap_or(90);
    let modified = account.born - TimeDelta::minutes(age);
    whole.insert("FunctionArn".into(), function_arn(&asked.region, &name).into());
    // restJson1 writes these times as seconds since 1970, with a fraction.
    whole.insert("LastModified".into(), (modified - DateTime::UNIX_EPOCH).as_seconds_f64().into());
    whole.entry("State").or_insert_with(|| "Enabled".into());
    whole.entry("StateTransitionReason").or_insert_with(|| "USER_INITIATED".into());
    let arn =
        format!("arn:{}:lambda:{}:{ACCOUNT_ID}:event-source-mapping:{uuid}", partition(&asked.region), asked.region);
    whole.insert("EventSourceMappingArn".into(), arn.into());
    whole.insert("UUID".into(), uuid.into());
    let mut whole = Value::Object(whole);
    localise(&mut whole, &asked.region);
    whole
}
