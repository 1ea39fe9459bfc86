//! Mappings and their settings in AWS's words.

use serde_json::{Map, Value, json};

use super::super::command::Command;
use super::call::Change;
use super::{Filters, Mapping, MappingSetting};

/// Settings as the body of a request has them.
pub(super) fn settings<'a>(all: impl Iterator<Item = (MappingSetting, &'a str)>) -> Map<String, Value> {
    let mut body = Map::new();
    for (setting, word) in all {
        put(&mut body, setting.name(), value(setting, word));
    }
    body
}

/// Changed settings as the body of a request has them. What is taken back leaves its group empty, which
/// is how AWS removes it.
pub(super) fn changed(changes: &[Change]) -> Map<String, Value> {
    let mut body = Map::new();
    for Change { setting, to, .. } in changes {
        match (setting, to.is_empty()) {
            (MappingSetting::OnFailure, true) => put(&mut body, setting.name(), json!("")),
            (setting, true) => {
                let group = setting.name().split('.').next().unwrap_or_default();
                body.entry(group).or_insert_with(|| json!({}));
            }
            (setting, false) => put(&mut body, setting.name(), value(*setting, to)),
        }
    }
    body
}

fn value(setting: MappingSetting, word: &str) -> Value {
    match (setting, word) {
        (MappingSetting::ItemFailures, "on") => json!(["ReportBatchItemFailures"]),
        (MappingSetting::ItemFailures, _) => json!([]),
        (MappingSetting::Bisect, word) => json!(word == "on"),
        (_, word) => word.parse::<i64>().map_or_else(|_| json!(word), |number| json!(number)),
    }
}

/// Puts a value at a path of names joined by dots.
fn put(body: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            body.insert(path.to_owned(), value);
        }
        Some((head, rest)) => {
            let inner = body.entry(head).or_insert_with(|| json!({}));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// `{"Filters": [{"Pattern": "..."}]}`.
pub(super) fn criteria(patterns: impl Iterator<Item = impl AsRef<str>>) -> Value {
    let filters: Vec<Value> = patterns.map(|pattern| json!({"Pattern": pattern.as_ref()})).collect();
    if filters.is_empty() { json!({}) } else { json!({"Filters": filters}) }
}

/// Members of a body as options: `BatchSize` is `--batch-size`.
pub(super) fn options(command: Command, body: impl Iterator<Item = (String, Value)>) -> Command {
    body.fold(command, |command, (name, value)| {
        let option = option(&name);
        match value {
            Value::Bool(true) => command.flag(&format!("--{option}")),
            Value::Bool(false) => command.flag(&format!("--no-{option}")),
            Value::String(text) => command.with(&format!("--{option}"), &text),
            value => command.with(&format!("--{option}"), &value),
        }
    })
}

/// A name of the API as the CLI spells it: `DocumentDBEventSourceConfig` is `document-db-event-source-config`.
fn option(name: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let lower_follows = rest.peek().is_some_and(char::is_ascii_lowercase);
        let begins = before.is_some_and(|before: char| before.is_ascii_lowercase() || lower_follows);
        if c.is_ascii_uppercase() && begins {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
        before = Some(c);
    }
    out
}

impl Mapping {
    /// What is known of it, in AWS's words.
    pub fn json(&self) -> String {
        let source = &self.source;
        let mut body = Map::new();
        let words = [
            ("UUID", Some(&self.uuid)),
            ("EventSourceMappingArn", Some(&self.arn)),
            ("FunctionArn", Some(&self.function_arn)),
            ("EventSourceArn", source.arn.as_ref()),
            ("State", Some(&self.state)),
            ("StateTransitionReason", self.state_reason.as_ref()),
            ("LastProcessingResult", self.last_result.as_ref()),
            ("StartingPosition", source.start.as_ref()),
            ("KMSKeyArn", self.kms_key_arn.as_ref()),
        ];
        for (name, word) in words.into_iter().filter_map(|(name, word)| Some((name, word?))) {
            body.insert(name.to_owned(), json!(word));
        }
        if let Some(at) = self.last_modified {
            body.insert("LastModified".to_owned(), json!(at));
        }
        if let Some(part) = &source.part {
            let name = if source.kind == super::SourceKind::Mq { "Queues" } else { "Topics" };
            body.insert(name.to_owned(), json!([part]));
        }
        if !source.endpoints.is_empty() {
            put(&mut body, "SelfManagedEventSource.Endpoints.KAFKA_BOOTSTRAP_SERVERS", json!(source.endpoints));
        }
        if !source.access.is_empty() {
            let access: Vec<Value> =
                source.access.iter().map(|(kind, uri)| json!({"Type": kind, "URI": uri})).collect();
            body.insert("SourceAccessConfigurations".to_owned(), json!(access));
        }
        body.extend(settings(self.settings.iter().map(|(setting, word)| (*setting, word.as_str()))));
        if let Filters::Patterns(patterns) = &self.filters {
            body.insert("FilterCriteria".to_owned(), criteria(patterns.iter()));
        }
        serde_json::to_string_pretty(&body).unwrap_or_default()
    }
}
