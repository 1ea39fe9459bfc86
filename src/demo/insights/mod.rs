//! `CloudWatch` Logs Insights: queries that run for a while, answer in part, and are read to their end.
//!
//! A small engine of its own: the commands and functions that lambdash and most people use. What it does not know it
//! refuses as AWS refuses what it does not understand, with the place.

mod cell;
mod expr;
mod lex;
mod parse;
mod pipeline;
mod rows;
mod stats;
mod syntax;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::account::Account;
use super::answer::{Refusal, Reply};
use super::noise;
use super::request::Asked;
use lex::Malformed;
use rows::Source;
use syntax::Command;

/// Queries at once, and how many that ended are remembered.
const AT_ONCE: usize = 100;
const REMEMBERED: usize = 500;
/// The most rows of an answer.
const MOST: usize = 10_000;
/// How much of its time a query waits for its turn.
const WAITS: f64 = 0.15;

/// The queries of an account.
#[derive(Debug)]
pub(super) struct Queries {
    /// How long a query takes.
    pub last: TimeDelta,
    all: VecDeque<Query>,
    count: u64,
}

impl Default for Queries {
    fn default() -> Self {
        Self { last: TimeDelta::milliseconds(2_400), all: VecDeque::new(), count: 0 }
    }
}

#[derive(Debug)]
struct Query {
    id: String,
    commands: Vec<Command>,
    groups: Vec<String>,
    /// In milliseconds, the end not included.
    from: i64,
    to: i64,
    most: usize,
    started: DateTime<Utc>,
    /// How long it takes.
    lasts: TimeDelta,
    cancelled: Option<DateTime<Utc>>,
}

impl Query {
    /// How much of it is done, 0.0 to 1.0.
    fn progress(&self, now: DateTime<Utc>) -> f64 {
        let spent = self.cancelled.unwrap_or(now) - self.started;
        let whole = self.lasts.as_seconds_f64();
        if spent >= self.lasts || whole <= 0.0 { 1.0 } else { (spent.as_seconds_f64() / whole).clamp(0.0, 1.0) }
    }

    fn status(&self, now: DateTime<Utc>) -> &'static str {
        match (self.cancelled, self.progress(now)) {
            (Some(_), _) => "Cancelled",
            (None, done) if done >= 1.0 => "Complete",
            (None, done) if done < WAITS => "Scheduled",
            _ => "Running",
        }
    }
}

/// Answers the operations of Logs Insights; `None` for those of others.
pub(super) fn answer(account: &mut Account, asked: &Asked) -> Option<Result<Reply, Refusal>> {
    let body = asked.json();
    Some(match asked.operation.as_str() {
        "StartQuery" => start(account, asked, &body),
        "GetQueryResults" => results(account, asked, &body),
        "StopQuery" => stop(account, asked, &body),
        "GetLogRecord" => record(account, &body),
        _ => return None,
    })
}

fn start(account: &mut Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let groups = group_names(body);
    if groups.is_empty() || groups.len() > 50 {
        return Err(invalid("1 to 50 log groups must be named"));
    }
    for group in &groups {
        if !account.groups.contains_key(group) {
            let message = format!(
                "Log group '{group}' does not exist for account ID '{}' (Service: AWSLogs; Status Code: 400)",
                super::identity::ACCOUNT_ID
            );
            return Err(Refusal::new(400, "ResourceNotFoundException", message));
        }
    }
    let number = |field: &str| body.get(field).and_then(Value::as_i64);
    let (Some(from), Some(to)) = (number("startTime"), number("endTime")) else {
        return Err(invalid("startTime and endTime are required"));
    };
    if from > to {
        return Err(invalid("Query's start date must be before its end date"));
    }
    let commands = match parse::parse(body.get("queryString").and_then(Value::as_str).unwrap_or_default()) {
        Ok(commands) => commands,
        Err(flaw) => return Ok(malformed(&flaw)),
    };
    let queries = &mut account.queries;
    let running = |query: &&Query| query.cancelled.is_none() && query.progress(asked.now) < 1.0;
    if queries.all.iter().filter(running).count() >= AT_ONCE {
        return Err(Refusal::new(400, "LimitExceededException", format!("{AT_ONCE} queries run already")));
    }
    queries.count += 1;
    let id = noise::uuid(noise::mix(noise::seed("StartQuery") ^ queries.count));
    let most = number("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(MOST).min(MOST);
    let now = asked.now.timestamp_millis() + 1;
    // Both ends are seconds, and both belong to the window.
    let (from, to) = (from.saturating_mul(1000), to.saturating_mul(1000).saturating_add(1000).min(now));
    let lasts = queries.last;
    let query = Query { id: id.clone(), commands, groups, from, to, most, started: asked.now, lasts, cancelled: None };
    queries.all.push_back(query);
    if queries.all.len() > REMEMBERED {
        queries.all.pop_front();
    }
    Ok(json!({"queryId": id}).into())
}

/// The groups of a query, by name or by ARN.
fn group_names(body: &Value) -> Vec<String> {
    let list = ["logGroupNames", "logGroupIdentifiers"].iter().find_map(|field| body.get(field)?.as_array());
    let one = ["logGroupName"].iter().filter_map(|field| body.get(field));
    let names = list.into_iter().flatten().chain(one).filter_map(Value::as_str);
    names.map(|name| name.split(":log-group:").last().unwrap_or(name).trim_end_matches(":*").to_owned()).collect()
}

/// A query that is not understood: the one error of this service that says where.
fn malformed(flaw: &Malformed) -> Reply {
    let body = json!({
        "__type": "MalformedQueryException",
        "message": flaw.message,
        "queryCompileError": {
            "location": {"startCharOffset": flaw.start, "endCharOffset": flaw.end},
            "message": flaw.message,
        },
    });
    Reply::of(400, body.to_string().into_bytes())
}

fn results(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let query = find(account, body)?;
    let (status, done) = (query.status(asked.now), query.progress(asked.now));
    let (sources, bytes) = if status == "Scheduled" {
        (Vec::new(), 0)
    } else {
        sources(account, query, done, asked.now.timestamp_millis())
    };
    let found = pipeline::run(&query.commands, &sources, query.most);
    let rows: Vec<Value> = found.rows.iter().map(|row| wire(row, &found.shown)).collect();
    #[expect(clippy::cast_precision_loss, reason = "the service writes counts as doubles")]
    let double = |count: usize| count as f64;
    Ok(json!({
        "queryLanguage": "CWLI",
        "results": rows,
        "statistics": {
            "recordsMatched": double(found.matched),
            "recordsScanned": double(sources.len()),
            "estimatedRecordsSkipped": 0.0,
            "bytesScanned": double(bytes),
            "estimatedBytesSkipped": 0.0,
            "logGroupsScanned": double(query.groups.len()),
        },
        "status": status,
    })
    .into())
}

/// What a query has read by now, and how many bytes that is.
fn sources(account: &Account, query: &Query, done: f64, now: i64) -> (Vec<Source>, usize) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a part of a window of time")]
    let to = if done < 1.0 { query.from + ((query.to - query.from) as f64 * done) as i64 } else { query.to };
    let (mut sources, mut bytes) = (Vec::new(), 0);
    for name in &query.groups {
        let Some(group) = account.groups.get(name) else { continue };
        for event in group.events(query.from, to, now) {
            bytes += event.message.len() + 26;
            sources.push(Source::new(event, name));
        }
    }
    (sources, bytes)
}

/// A row as a list of its fields; those that an event lacks are left out.
fn wire(row: &rows::Row<'_>, shown: &[String]) -> Value {
    let field = |name: &str, value: String| json!({"field": name, "value": value});
    let mut fields: Vec<Value> = shown.iter().filter_map(|name| Some(field(name, row.get(name).text()?))).collect();
    fields.extend(row.source.map(|source| field("@ptr", pointer(source))));
    Value::Array(fields)
}

/// What leads back to an event. Opaque to all others.
fn pointer(source: &Source) -> String {
    STANDARD.encode(format!("{}/{}/{}", source.event.at, source.event.serial, source.group))
}

fn stop(account: &mut Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let id = find(account, body)?.id.clone();
    let query = account.queries.all.iter_mut().find(|query| query.id == id);
    match query.filter(|query| query.cancelled.is_none() && query.progress(asked.now) < 1.0) {
        Some(query) => {
            query.cancelled = Some(asked.now);
            Ok(json!({"success": true}).into())
        }
        None => Err(invalid("The query is not running and cannot be stopped")),
    }
}

fn record(account: &Account, body: &Value) -> Result<Reply, Refusal> {
    let source = body.get("logRecordPointer").and_then(Value::as_str).and_then(|pointer| found_at(account, pointer));
    let source = source.ok_or_else(|| invalid("The log record pointer is invalid"))?;
    let fields: Map<String, Value> = source.all().into_iter().map(|(name, value)| (name, value.into())).collect();
    Ok(json!({"logRecord": fields}).into())
}

fn found_at(account: &Account, pointer: &str) -> Option<Source> {
    let text = String::from_utf8(STANDARD.decode(pointer).ok()?).ok()?;
    let mut parts = text.splitn(3, '/');
    let (at, serial): (i64, u64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let name = parts.next()?;
    let event = account.groups.get(name)?.events(at, at + 1, i64::MAX).find(|event| event.serial == serial)?;
    Some(Source::new(event, name))
}

fn find<'a>(account: &'a Account, body: &Value) -> Result<&'a Query, Refusal> {
    let id = body.get("queryId").and_then(Value::as_str).unwrap_or_default();
    account
        .queries
        .all
        .iter()
        .find(|query| query.id == id)
        .ok_or_else(|| Refusal::new(400, "ResourceNotFoundException", format!("Query with id {id} does not exist")))
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "InvalidParameterException", message)
}
