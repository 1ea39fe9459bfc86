//! From an event as a function gets it to the records that filters look at.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::mapping::SourceKind;
use super::Record;
use super::node::Node;

/// The field that Lambda's filters look at for a source.
fn data_field(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Sqs => "body",
        SourceKind::DynamoDb => "dynamodb",
        SourceKind::Msk | SourceKind::Kafka => "value",
        SourceKind::Kinesis | SourceKind::Mq | SourceKind::DocumentDb | SourceKind::Other => "data",
    }
}

/// The records in a sample: a whole event, one record of it, or a record with its data already decoded.
///
/// # Errors
/// When the sample is no JSON object.
pub fn records(kind: SourceKind, sample: &str) -> Result<Vec<Record>, String> {
    let node = Node::parse(sample)?;
    if !matches!(node, Node::Object(_)) {
        return Err("a sample is an object: an event, or one record of it".to_owned());
    }
    // Kafka groups records by topic and partition.
    let lists = ["Records", "records", "messages"].iter().find_map(|name| node.get(name));
    let found = match lists {
        Some(Node::List(items)) => items.clone(),
        Some(Node::Object(groups)) => {
            let lists =
                groups.iter().filter_map(|(_, list)| if let Node::List(items) = list { Some(items) } else { None });
            lists.flatten().cloned().collect()
        }
        _ => vec![node],
    };
    if found.is_empty() {
        return Err("the event has no record".to_owned());
    }
    Ok(found.into_iter().map(|record| Record(decoded(kind, record))).collect())
}

/// The record with its data as filters see it: JSON where it is JSON, else plain text.
fn decoded(kind: SourceKind, record: Node) -> Node {
    let field = data_field(kind);
    let Node::Object(mut members) = record else { return record };
    // Kinesis keeps the data one level deeper than filters name it.
    if let Some(Node::Object(inner)) = members.iter().find(|(name, _)| name == "kinesis").map(|(_, node)| node.clone())
    {
        members.extend(inner.into_iter().filter(|(name, _)| name == field));
    }
    for (name, node) in &mut members {
        if name == field
            && let Node::Text(text) = node
        {
            *node = payload(kind, text);
        }
    }
    Node::Object(members)
}

fn payload(kind: SourceKind, text: &str) -> Node {
    let encoded = matches!(kind, SourceKind::Kinesis | SourceKind::Mq | SourceKind::Msk | SourceKind::Kafka);
    let bytes = encoded.then(|| STANDARD.decode(text).ok()).flatten();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned());
    match Node::parse(&text) {
        Ok(json @ (Node::Object(_) | Node::List(_))) => json,
        _ => Node::Text(text),
    }
}

/// A record to begin with.
pub fn sample(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Sqs => {
            "{\n  \"messageId\": \"1\",\n  \"body\": \"{\\\"type\\\": \\\"order.placed\\\", \\\"total\\\": 42}\"\n}"
        }
        SourceKind::DynamoDb => {
            "{\n  \"eventName\": \"INSERT\",\n  \"dynamodb\": {\n    \"Keys\": {\"id\": {\"S\": \"42\"}},\n    \"NewImage\": {\"total\": {\"N\": \"42\"}}\n  }\n}"
        }
        SourceKind::Msk | SourceKind::Kafka => {
            "{\n  \"topic\": \"orders\",\n  \"value\": {\"type\": \"order.placed\", \"total\": 42}\n}"
        }
        _ => "{\n  \"data\": {\"type\": \"order.placed\", \"total\": 42}\n}",
    }
}

/// The fields of a pattern that Lambda does not look at for this source.
pub fn unseen<'a>(kind: SourceKind, fields: impl Iterator<Item = &'a str>) -> Option<String> {
    // The stream of a table also tells what happened: eventName and its like.
    if kind == SourceKind::DynamoDb {
        return None;
    }
    let field = data_field(kind);
    let others: Vec<&str> = fields.filter(|name| *name != field).collect();
    (!others.is_empty())
        .then(|| format!("AWS documents filters of {} on \"{field}\" only, not on {}", kind.word(), others.join(", ")))
}
