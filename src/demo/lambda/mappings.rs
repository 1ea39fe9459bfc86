//! Event source mappings: what feeds which function.

use chrono::DateTime;
use serde_json::Value;

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::mapping_record::MappingRecord;
use super::super::record::{function_arn, localise, partition};
use super::super::request::Asked;

/// `ListEventSourceMappings`: pages of 100, of one function or one source if asked for. Filters that are
/// encrypted are left out.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    account.settle_mappings(asked.now);
    let source = asked.parameter("EventSourceArn");
    let mappings = account
        .mappings
        .iter()
        .filter(|mapping| asked.name.as_deref().is_none_or(|name| mapping.function() == name))
        .map(|mapping| {
            let mut mapping = whole(mapping, asked);
            if let Some(members) = mapping.as_object_mut().filter(|members| members.contains_key("KMSKeyArn")) {
                members.remove("FilterCriteria");
            }
            mapping
        })
        .filter(|mapping| source.is_none_or(|arn| mapping.get("EventSourceArn").is_some_and(|found| found == arn)));
    Ok(account.cut(asked, 100)?.answer("EventSourceMappings", mappings).into())
}

/// `GetEventSourceMapping`: its filters in clear.
pub(super) fn get(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    account.settle_mappings(asked.now);
    let wanted = asked.name.as_deref().unwrap_or_default();
    let mapping = account.mappings.iter().find(|mapping| mapping.uuid == wanted).ok_or_else(missing)?;
    Ok(whole(mapping, asked).into())
}

/// 404 for a mapping that does not exist.
pub(super) fn missing() -> Refusal {
    Refusal::missing("The resource you requested does not exist.")
}

/// A mapping as every operation answers it.
pub(super) fn whole(mapping: &MappingRecord, asked: &Asked) -> Value {
    let mut whole = mapping.members.clone();
    let name = whole.remove("FunctionName").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    whole.insert("FunctionArn".into(), function_arn(&asked.region, &name).into());
    // restJson1 writes these times as seconds since 1970, with a fraction.
    whole.insert("LastModified".into(), (mapping.modified - DateTime::UNIX_EPOCH).as_seconds_f64().into());
    let uuid = &mapping.uuid;
    let arn =
        format!("arn:{}:lambda:{}:{ACCOUNT_ID}:event-source-mapping:{uuid}", partition(&asked.region), asked.region);
    whole.insert("EventSourceMappingArn".into(), arn.into());
    whole.insert("UUID".into(), uuid.as_str().into());
    let mut whole = Value::Object(whole);
    localise(&mut whole, &asked.region);
    whole
}
