//! Changes of event source mappings: each answers at once and takes a while.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::mapping_record::{MappingRecord, Then};
use super::super::noise;
use super::super::request::Asked;
use super::mappings::{missing, whole};

/// What an update may say; the source, its topics and where reading starts are fixed.
const CHANGEABLE: [&str; 20] = [
    "BatchSize",
    "MaximumBatchingWindowInSeconds",
    "ParallelizationFactor",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "BisectBatchOnFunctionError",
    "TumblingWindowInSeconds",
    "DestinationConfig",
    "FunctionResponseTypes",
    "FilterCriteria",
    "ScalingConfig",
    "ProvisionedPollerConfig",
    "LoggingConfig",
    "MetricsConfig",
    "KMSKeyArn",
    "SourceAccessConfigurations",
    "DocumentDBEventSourceConfig",
    "AmazonManagedKafkaEventSourceConfig",
    "SelfManagedKafkaEventSourceConfig",
    "FunctionName",
];

/// Only when a mapping is made.
const FIXED: [&str; 6] =
    ["EventSourceArn", "SelfManagedEventSource", "Topics", "Queues", "StartingPosition", "StartingPositionTimestamp"];

/// `CreateEventSourceMapping`: 202, `Creating`, then `Enabled` or `Disabled`.
pub(super) fn create(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    account.settle_mappings(asked.now);
    let body = asked.json().as_object().cloned().unwrap_or_default();
    let function = function(account, &body)?;
    let kind = kind(&body);
    check_start(kind, &body)?;
    check_settings(kind, &body, &Map::new())?;
    let same = |mapping: &&MappingRecord| {
        let source = body.get("EventSourceArn");
        source.is_some()
            && mapping.members.get("EventSourceArn") == source
            && mapping.members.get("FunctionName").is_some_and(|name| *name == function)
    };
    if let Some(mapping) = account.mappings.iter().find(same) {
        let source = body.get("EventSourceArn").and_then(Value::as_str).unwrap_or_default();
        let function = function.rsplit_once(":function:").map_or(&*function, |(_, name)| name);
        // Queues are spoken of in other words than streams are.
        let what = if kind == "sqs" {
            format!(
                "An event source mapping with SQS arn (\" {source} \") and function (\" {function} \") already exists"
            )
        } else {
            format!(
                "The event source arn (\" {source} \") and function (\" {function} \") provided mapping already exists"
            )
        };
        let uuid = &mapping.uuid;
        return Err(Refusal::conflict(format!(
            "{what}. Please update or delete the existing mapping with UUID {uuid}"
        )));
    }
    let mut members = Map::from_iter([("FunctionName".to_owned(), json!(function))]);
    lay_over(&mut members, &body, &FIXED);
    lay_over(&mut members, &body, &CHANGEABLE);
    members.insert("FunctionName".to_owned(), json!(function));
    complete(kind, &mut members);
    let uuid = noise::uuid(noise::mix(noise::seed(&function) ^ noise::seed(&format!("{body:?}{}", asked.now))));
    members.insert("UUID".to_owned(), json!(uuid));
    let mut record = MappingRecord::of(Value::Object(members), asked.now);
    let on = body.get("Enabled").and_then(Value::as_bool).unwrap_or(true);
    record.change("Creating", if on { Then::Enabled } else { Then::Disabled }, asked.now, account.mapping_lasts);
    let answer = whole(&record, asked);
    account.mappings.push(record);
    Ok(accepted(&answer))
}

/// `UpdateEventSourceMapping`: 202; pausing goes through `Disabling`, resuming through `Enabling`, all else through
/// `Updating`.
pub(super) fn update(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    account.settle_mappings(asked.now);
    let body = asked.json().as_object().cloned().unwrap_or_default();
    let function = if body.contains_key("FunctionName") { Some(function(account, &body)?) } else { None };
    let lasts = account.mapping_lasts;
    let mapping = settled(account, asked, "update")?;
    check_settings(kind(&mapping.members), &body, &mapping.members)?;
    let was_on = mapping.state() == "Enabled";
    let on = body.get("Enabled").and_then(Value::as_bool).unwrap_or(was_on);
    let state = match (was_on, on) {
        (true, false) => "Disabling",
        (false, true) => "Enabling",
        _ => "Updating",
    };
    lay_over(&mut mapping.members, &body, &CHANGEABLE);
    if let Some(function) = function {
        mapping.members.insert("FunctionName".to_owned(), json!(function));
    }
    drop_empty(&mut mapping.members);
    mapping.change(state, if on { Then::Enabled } else { Then::Disabled }, asked.now, lasts);
    Ok(accepted(&whole(mapping, asked)))
}

/// `DeleteEventSourceMapping`: 202, `Deleting`, then gone.
pub(super) fn delete(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    account.settle_mappings(asked.now);
    let lasts = account.mapping_lasts;
    let mapping = settled(account, asked, "delete")?;
    mapping.change("Deleting", Then::Gone, asked.now, lasts);
    Ok(accepted(&whole(mapping, asked)))
}

fn accepted(body: &Value) -> Reply {
    Reply::of(202, body.to_string().into_bytes())
}

/// The mapping asked about, unless something is being done to it.
fn settled<'a>(account: &'a mut Account, asked: &Asked, what: &str) -> Result<&'a mut MappingRecord, Refusal> {
    let wanted = asked.name.as_deref().unwrap_or_default();
    let mapping = account.mappings.iter_mut().find(|mapping| mapping.uuid == wanted).ok_or_else(missing)?;
    if matches!(mapping.state(), "Enabled" | "Disabled") {
        return Ok(mapping);
    }
    let message = format!("Cannot {what} the event source mapping because it is in use.");
    Err(Refusal::new(400, "ResourceInUseException", message))
}

/// The function to feed, as this account names it: `orders-worker:live`.
fn function(account: &Account, body: &Map<String, Value>) -> Result<String, Refusal> {
    let given = body.get("FunctionName").and_then(Value::as_str).unwrap_or_default();
    let name = given.split_once("function:").map_or(given, |(_, name)| name);
    let bare = name.split(':').next().unwrap_or(name);
    match account.record(bare) {
        Some(_) => Ok(name.to_owned()),
        None => Err(Refusal::missing(format!("Function not found: {given}"))),
    }
}

/// The service of the source; `self-managed` when there is no ARN.
fn kind(body: &Map<String, Value>) -> &str {
    let arn = body.get("EventSourceArn").and_then(Value::as_str);
    arn.map_or("self-managed", |arn| arn.split(':').nth(2).unwrap_or_default())
}

fn check_start(kind: &str, body: &Map<String, Value>) -> Result<(), Refusal> {
    let start = body.get("StartingPosition").and_then(Value::as_str);
    match (kind, start) {
        ("kinesis" | "dynamodb", None) => Err(Refusal::invalid(
            "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
        )),
        ("sqs" | "mq", Some(_)) => Err(Refusal::invalid("StartingPosition is not valid for this event source.")),
        ("dynamodb", Some("AT_TIMESTAMP")) => {
            Err(Refusal::invalid("Unsupported starting position for stream type: AT_TIMESTAMP"))
        }
        (_, Some("AT_TIMESTAMP")) if !body.contains_key("StartingPositionTimestamp") => {
            Err(Refusal::invalid("StartingPositionTimestamp is required for AT_TIMESTAMP."))
        }
        _ => Ok(()),
    }
}

/// The rules that hold between settings and source.
fn check_settings(kind: &str, body: &Map<String, Value>, before: &Map<String, Value>) -> Result<(), Refusal> {
    let number = |field: &str| body.get(field).or_else(|| before.get(field)).and_then(Value::as_i64);
    let arn = body.get("EventSourceArn").or_else(|| before.get("EventSourceArn")).and_then(Value::as_str);
    let fifo = arn.is_some_and(|arn| arn.rsplit('.').next() == Some("fifo"));
    let (batch, window) = (number("BatchSize"), number("MaximumBatchingWindowInSeconds").unwrap_or(0));
    if fifo && batch.is_some_and(|batch| batch > 10) {
        return Err(Refusal::invalid("Batch size for FIFO queues cannot be greater than 10."));
    }
    // Streams may have larger batches without a window; their default is 100.
    if kind == "sqs" && batch.is_some_and(|batch| batch > 10) && window == 0 {
        return Err(Refusal::invalid(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
        ));
    }
    let streams = ["kinesis", "dynamodb"];
    for (field, allowed) in [
        ("ParallelizationFactor", &streams[..]),
        ("TumblingWindowInSeconds", &streams[..]),
        ("ScalingConfig", &["sqs"][..]),
        ("BisectBatchOnFunctionError", &["kinesis", "dynamodb", "kafka", "self-managed"][..]),
    ] {
        if body.contains_key(field) && !allowed.contains(&kind) {
            return Err(Refusal::invalid(format!(
                "Unsupported {field} parameter for given event source mapping type."
            )));
        }
    }
    let pollers = body.get("ProvisionedPollerConfig").is_some_and(|config| config != &json!({}));
    if pollers && before.contains_key("ScalingConfig") && body.get("ScalingConfig") != Some(&json!({})) {
        return Err(Refusal::invalid("MaximumConcurrency and ProvisionedPollerConfig cannot be used together."));
    }
    Ok(())
}

fn lay_over(members: &mut Map<String, Value>, body: &Map<String, Value>, fields: &[&str]) {
    for field in fields {
        if let Some(value) = body.get(*field) {
            members.insert((*field).to_owned(), value.clone());
        }
    }
}

/// An empty group, or an empty address in it, takes the setting away.
fn drop_empty(members: &mut Map<String, Value>) {
    let gone = json!({"OnFailure": {"Destination": ""}});
    members.retain(|_, value| *value != json!({}) && *value != gone && *value != json!([]));
}

/// What AWS fills in.
fn complete(kind: &str, members: &mut Map<String, Value>) {
    let mut default = |field: &str, value: Value| {
        members.entry(field).or_insert(value);
    };
    default("BatchSize", json!(if kind == "sqs" { 10 } else { 100 }));
    match kind {
        "kinesis" | "dynamodb" => {
            for (field, value) in [
                ("MaximumBatchingWindowInSeconds", json!(0)),
                ("ParallelizationFactor", json!(1)),
                ("MaximumRecordAgeInSeconds", json!(-1)),
                ("MaximumRetryAttempts", json!(-1)),
                ("BisectBatchOnFunctionError", json!(false)),
                ("TumblingWindowInSeconds", json!(0)),
                ("LastProcessingResult", json!("No records processed")),
            ] {
                default(field, value);
            }
        }
        "sqs" => default("MaximumBatchingWindowInSeconds", json!(0)),
        // Half a second, which is no number of seconds.
        _ => {}
    }
    drop_empty(members);
}
