//! Amazon `CloudWatch` Logs: groups, streams, and searching them.

mod condition;
mod filter;
mod live;
mod pattern;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Demo;
use super::account::Account;
use super::answer::{Refusal, Reply};
use super::identity::ACCOUNT_ID;
use super::log_group::{Event, LogGroup};
use super::log_source::any_line;
use super::paging::Cut;
use super::record::partition;
use super::request::Asked;

/// Events on a page, and events looked at for a page: a search that finds little gives short pages that go on.
const MOST_EVENTS: usize = 10_000;

pub use filter::LogQuirks;
pub use live::TailEnd;
pub(super) use live::{Flaws, LiveTail};

/// What a test sets of the logs.
impl Demo {
    /// Writes a line into a log group, now.
    pub fn put_log_event(&self, group: &str, stream: &str, message: &str) {
        self.put_log_event_at(group, stream, self.now().timestamp_millis(), message);
    }

    /// Writes a line that says it is of another time, in milliseconds since 1970; it can be read from now on.
    pub fn put_log_event_at(&self, group: &str, stream: &str, at: i64, message: &str) {
        let now = self.now();
        self.lock_account().group_mut(group, now).write(stream, at, now, [message.to_owned()]);
        self.ring();
    }

    /// Tells the live tails that something was written.
    pub(super) fn ring(&self) {
        self.inner.bell.send_modify(|rung| *rung += 1);
    }

    /// Lets so many lines a second come into a log group, from `from` on and for ever.
    pub fn flood(&self, group: &str, stream: &str, from: DateTime<Utc>, per_second: u32) {
        self.flood_of(group, stream, from, per_second, any_line);
    }

    /// The same, of lines that say what is told for their numbers: 0, 1, 2 ...
    pub fn flood_of(&self, group: &str, stream: &str, from: DateTime<Utc>, per_second: u32, says: fn(i64) -> String) {
        self.lock_account().group_mut(group, from).add_flood(stream, from, per_second, says);
    }

    /// How many live tails are open.
    #[must_use]
    pub fn live_tails(&self) -> usize {
        self.inner.bell.receiver_count()
    }

    /// How pages of log events come from now on.
    pub fn log_quirks(&self, quirks: LogQuirks) {
        self.lock_account().log_quirks = quirks;
    }
}

/// Answers one operation of the awsJson protocol.
pub(super) fn answer(account: &Account, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let body = asked.json();
    match asked.operation.as_str() {
        "DescribeLogGroups" => describe_groups(account, asked, &body),
        "DescribeLogStreams" => describe_streams(account, asked, &body),
        "FilterLogEvents" => filter::answer(account, asked, &body),
        "GetLogEvents" => get_events(account, asked, &body),
        "StartLiveTail" => live::start(account, asked, &body, id),
        other => Err(Refusal::new(400, "UnknownOperationException", format!("Unknown operation: {other}"))),
    }
}

fn describe_groups(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let prefix = text(body, "logGroupNamePrefix").unwrap_or_default();
    let pattern = text(body, "logGroupNamePattern").unwrap_or_default();
    let now = asked.now.timestamp_millis();
    let groups = account.groups.iter().filter(|(name, _)| name.starts_with(prefix) && name.contains(pattern));
    let groups = groups.map(|(name, group)| {
        let arn = group_arn(asked, name);
        json!({
            "logGroupName": name,
            "creationTime": group.created.timestamp_millis(),
            "metricFilterCount": 0,
            "arn": format!("{arn}:*"),
            "storedBytes": group.stored_bytes(now),
            "logGroupClass": "STANDARD",
            "logGroupArn": arn,
        })
    });
    Ok(page(account, asked, body, "logGroups", groups)?.into())
}

fn describe_streams(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let (name, group) = find(account, asked)?;
    let prefix = text(body, "logStreamNamePrefix").unwrap_or_default();
    let mut streams = group.streams(asked.now.timestamp_millis());
    streams.retain(|(stream, _, _)| stream.starts_with(prefix));
    if text(body, "orderBy") == Some("LastEventTime") {
        streams.sort_by_key(|(_, _, last)| *last);
    } else {
        streams.sort();
    }
    if body.get("descending").and_then(Value::as_bool) == Some(true) {
        streams.reverse();
    }
    let streams = streams.into_iter().map(|(stream, first, last)| {
        json!({
            "logStreamName": stream,
            "creationTime": first,
            "firstEventTimestamp": first,
            "lastEventTimestamp": last,
            "lastIngestionTime": last + 900,
            "arn": format!("{}:log-stream:{stream}", group_arn(asked, name)),
            "storedBytes": 0,
        })
    });
    Ok(page(account, asked, body, "logStreams", streams)?.into())
}

/// `GetLogEvents` of one stream, from its end unless `startFromHead`; at either end the token repeats.
fn get_events(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let (_, group) = find(account, asked)?;
    let stream = text(body, "logStreamName").unwrap_or_default();
    let from = body.get("startTime").and_then(Value::as_i64).unwrap_or(i64::MIN);
    let now = asked.now.timestamp_millis();
    let to = body.get("endTime").and_then(Value::as_i64).unwrap_or(i64::MAX);
    let events: Vec<Event> = group.events(from, to, now).filter(|event| event.stream == stream).collect();
    if events.is_empty() && !group.streams(now).iter().any(|(name, _, _)| name == stream) {
        return Err(missing("The specified log stream does not exist."));
    }
    let limit = limit(body, MOST_EVENTS);
    let head = body.get("startFromHead").and_then(Value::as_bool) == Some(true);
    let token = text(body, "nextToken")
        .map(|token| (token.starts_with("f/"), token.get(2..).and_then(|n| n.parse::<usize>().ok())));
    let (start, end) = match token {
        Some((true, Some(start))) => (start, start.saturating_add(limit)),
        Some((false, Some(end))) => (end.saturating_sub(limit), end),
        Some(_) => return Err(bad("The specified nextToken is invalid.")),
        None if head => (0, limit),
        None => (events.len().saturating_sub(limit), events.len()),
    };
    let (start, end) = (start.min(events.len()), end.min(events.len()));
    let page: Vec<Value> = events.get(start..end).unwrap_or_default().iter().map(wire).collect();
    Ok(json!({
        "events": page,
        "nextForwardToken": format!("f/{end:056}"),
        "nextBackwardToken": format!("b/{start:056}"),
    })
    .into())
}

fn wire(event: &Event) -> Value {
    json!({"timestamp": event.at, "message": event.message, "ingestionTime": event.ingested})
}

/// The page asked for; this service calls marker and limit by other names.
fn page(
    account: &Account,
    asked: &Asked,
    body: &Value,
    list: &str,
    items: impl Iterator<Item = Value>,
) -> Result<Value, Refusal> {
    let most = account.page_size.unwrap_or(50).min(50);
    let cut = Cut::new(&asked.operation, text(body, "nextToken"), Some(limit(body, 50)), most);
    let mut answer = cut.map_err(|_| bad("The specified nextToken is invalid."))?.answer(list, items);
    if let Some(members) = answer.as_object_mut()
        && let Some(next) = members.remove("NextMarker")
    {
        members.insert("nextToken".into(), next);
    }
    Ok(answer)
}

fn find<'a>(account: &'a Account, asked: &'a Asked) -> Result<(&'a str, &'a LogGroup), Refusal> {
    let name = asked.name.as_deref().unwrap_or_default();
    let group = account.groups.get(name).ok_or_else(|| missing("The specified log group does not exist."))?;
    Ok((name, group))
}

fn limit(body: &Value, most: usize) -> usize {
    let asked = body.get("limit").and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    asked.unwrap_or(most).clamp(1, most)
}

fn group_arn(asked: &Asked, name: &str) -> String {
    format!("arn:{}:logs:{}:{ACCOUNT_ID}:log-group:{name}", partition(&asked.region), asked.region)
}

fn text<'a>(body: &'a Value, field: &str) -> Option<&'a str> {
    body.get(field).and_then(Value::as_str)
}

fn missing(message: &str) -> Refusal {
    Refusal::new(400, "ResourceNotFoundException", message)
}

fn bad(message: &str) -> Refusal {
    Refusal::new(400, "InvalidParameterException", message)
}
