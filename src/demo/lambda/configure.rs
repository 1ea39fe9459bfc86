//! `UpdateFunctionConfiguration`: the one change the account takes so far.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::record::{Update, function_arn};
use super::super::request::Asked;
use super::functions::placed;

/// What may be changed just by naming it.
const PLAIN: [&str; 14] = [
    "Role",
    "Handler",
    "Description",
    "Timeout",
    "MemorySize",
    "Environment",
    "Runtime",
    "DeadLetterConfig",
    "KMSKeyArn",
    "TracingConfig",
    "EphemeralStorage",
    "LoggingConfig",
    "DurableConfig",
    "FileSystemConfigs",
];

/// `UpdateFunctionConfiguration`: checked, taken, and `InProgress` for a while.
pub(super) fn update(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let body = asked.json();
    let changes = body.as_object().cloned().unwrap_or_default();
    let current = account.latest(record, asked.now);
    check_revision(&changes, &current)?;
    check_settled(&current, &function_arn(&asked.region, record.name()))?;
    check_ranges(&changes)?;
    let until = asked.now + account.update_lasts;
    let name = record.name().to_owned();
    if let Some(record) = account.record_mut(&name) {
        apply(changes, &mut record.seed.configuration);
        record.revision += 1;
        record.update = Some(Update { at: asked.now, until });
        record.runs.clear();
        record.environments.clear();
    }
    let record = account.asked_record(asked)?;
    Ok(placed(account.latest(record, asked.now), asked, record.name(), None).into())
}

/// 412 if the revision that is said is not that of what is changed.
pub(super) fn check_revision(changes: &Map<String, Value>, current: &Map<String, Value>) -> Result<(), Refusal> {
    match changes.get("RevisionId") {
        Some(revision) if Some(revision) != current.get("RevisionId") => Err(Refusal::new(
            412,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
        )),
        _ => Ok(()),
    }
}

/// 409 while AWS is still at the function.
pub(super) fn check_settled(current: &Map<String, Value>, arn: &str) -> Result<(), Refusal> {
    let sentence = "The operation cannot be performed at this time.";
    if current.get("LastUpdateStatus").is_some_and(|status| status == "InProgress") {
        return Err(Refusal::conflict(format!("{sentence} An update is in progress for resource: {arn}")));
    }
    match current.get("State").and_then(Value::as_str) {
        Some(state @ ("Pending" | "Deleting")) => {
            Err(Refusal::conflict(format!("{sentence} The function is currently in the following state: {state}")))
        }
        _ => Ok(()),
    }
}

fn check_ranges(changes: &Map<String, Value>) -> Result<(), Refusal> {
    for (field, spelled, least, most) in [("MemorySize", "memorySize", 128, 32_768), ("Timeout", "timeout", 1, 900)] {
        let Some(number) = changes.get(field).and_then(Value::as_i64) else { continue };
        if number < least {
            return complain(&number.to_string(), spelled, &format!("value greater than or equal to {least}"));
        }
        if number > most {
            return complain(&number.to_string(), spelled, &format!("value less than or equal to {most}"));
        }
    }
    check_description(changes)
}

/// 400 if a description is longer than AWS takes.
pub(super) fn check_description(said: &Map<String, Value>) -> Result<(), Refusal> {
    match said.get("Description").and_then(Value::as_str) {
        Some(text) if text.encode_utf16().count() > 256 => {
            complain(text, "description", "length less than or equal to 256")
        }
        _ => Ok(()),
    }
}

fn complain(value: &str, field: &str, rule: &str) -> Result<(), Refusal> {
    let place = "failed to satisfy constraint: Member must have";
    let message = format!("1 validation error detected: Value '{value}' at '{field}' {place} {rule}");
    Err(Refusal::new(400, "ValidationException", message))
}

fn apply(changes: Map<String, Value>, configuration: &mut Map<String, Value>) {
    for (field, value) in changes {
        let (field, value) = match field.as_str() {
            name if PLAIN.contains(&name) => (field, value),
            "Layers" => {
                let arns = value.as_array().cloned().unwrap_or_default();
                (field, arns.into_iter().map(|arn| json!({"Arn": arn, "CodeSize": 1_048_576})).collect())
            }
            "ImageConfig" => ("ImageConfigResponse".to_owned(), json!({"ImageConfig": value})),
            _ => continue,
        };
        configuration.insert(field, value);
    }
}
