//! Reserved and provisioned concurrency.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::record::function_arn;
use super::super::request::Asked;

/// `GetFunctionConcurrency`: an empty object when nothing is reserved.
pub(super) fn get_reserved(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let reserved = account.asked_record(asked)?.seed.concurrency.reserved;
    Ok(reserved.map_or_else(|| json!({}), |reserved| json!({"ReservedConcurrentExecutions": reserved})).into())
}

/// `ListProvisionedConcurrencyConfigs`.
pub(super) fn list_provisioned(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let configs = record.seed.concurrency.provisioned.iter().map(|config| {
        let mut members = stripped(config, account);
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
    let missing = "No Provisioned Concurrency Config found for this function";
    let config = config.ok_or_else(|| Refusal::new(404, "ProvisionedConcurrencyConfigNotFoundException", missing))?;
    Ok(Value::Object(stripped(config, account)).into())
}

fn qualifier(config: &Map<String, Value>) -> &str {
    config.get("Qualifier").and_then(Value::as_str).unwrap_or_default()
}

fn stripped(config: &Map<String, Value>, account: &Account) -> Map<String, Value> {
    let mut members = config.clone();
    members.remove("Qualifier");
    let modified = account.born - TimeDelta::minutes(45);
    members.insert("LastModified".into(), modified.format("%Y-%m-%dT%H:%M:%S+0000").to_string().into());
    members
}
