//! Who may call a function and how: resource policy, function URL, asynchronous invocation.

use chrono::{DateTime, TimeDelta};
use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::noise;
use super::super::record::{Record, function_arn, localise};
use super::super::request::Asked;

/// `GetPolicy`: the statements as a JSON text inside the JSON answer.
pub(super) fn policy(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let statements = &record.seed.access.policy;
    if statements.is_empty() {
        return Err(Refusal::missing("The resource you requested does not exist."));
    }
    let mut policy = json!({"Version": "2012-10-17", "Id": "default", "Statement": statements});
    localise(&mut policy, &asked.region);
    let revision = noise::uuid(noise::seed(record.name()) ^ noise::seed("policy"));
    Ok(json!({"Policy": policy.to_string(), "RevisionId": revision}).into())
}

/// `GetFunctionUrlConfig`.
pub(super) fn url(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let url = record.seed.access.url.as_ref().filter(|_| asked.qualifier.is_none());
    let url = url.ok_or_else(|| Refusal::missing("The resource you requested does not exist."))?;
    Ok(whole_url(url, record, account, asked).into())
}

/// `ListFunctionUrlConfigs`.
pub(super) fn list_urls(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let urls = record.seed.access.url.iter().map(|url| whole_url(url, record, account, asked));
    Ok(account.cut(asked, 50)?.answer("FunctionUrlConfigs", urls).into())
}

/// `GetFunctionEventInvokeConfig`.
pub(super) fn event_invoke(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let arn = function_arn(&asked.region, record.name());
    let missing = || Refusal::missing(format!("The function {arn} doesn't have an EventInvokeConfig"));
    let mut config = record.seed.access.event_invoke.clone().ok_or_else(missing)?;
    config.insert("FunctionArn".into(), format!("{arn}:$LATEST").into());
    let modified = account.born - TimeDelta::days(3);
    config.insert("LastModified".into(), (modified - DateTime::UNIX_EPOCH).as_seconds_f64().into());
    let mut config = Value::Object(config);
    localise(&mut config, &asked.region);
    Ok(config.into())
}

fn whole_url(url: &Map<String, Value>, record: &Record, account: &Account, asked: &Asked) -> Value {
    let mut whole = url.clone();
    let made = (account.born - TimeDelta::days(20)).format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let host = noise::hex(noise::seed(record.name()), 32);
    whole.insert("FunctionUrl".into(), format!("https://{host}.lambda-url.{}.on.aws/", asked.region).into());
    whole.insert("FunctionArn".into(), function_arn(&asked.region, record.name()).into());
    whole.insert("CreationTime".into(), made.clone().into());
    whole.insert("LastModifiedTime".into(), made.into());
    whole.entry("AuthType").or_insert_with(|| "AWS_IAM".into());
    whole.entry("InvokeMode").or_insert_with(|| "BUFFERED".into());
    Value::Object(whole)
}
