//! Amazon `CloudWatch` Logs: groups, streams, and searching them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::account::Account;
use super::answer::{Refusal, Reply};
use super::identity::ACCOUNT_ID;
use super::log_group::{Event, LogGroup};
use super::paging::Cut;
use super::record::partition;
use super::request::Asked;

/// Events on a page, and events looked at for a page: a search that finds little gives short pages that go on.
const MOST_EVENTS: usize = 10_000;

/// Answers one operation of the awsJson protocol.
pub(super) fn answer(account: &Account, asked: &Asked) -> Result<Reply, Refusal> {
    let body = asked.json();
    match asked.operation.as_str() {
        "DescribeLogGroups" => describe_groups(account, asked, &body),
        "DescribeLogStreams" => describe_streams(account, asked, &body),
        "FilterLogEvents" => filter_events(account, asked, &body),
        "GetLogEvents" => get_events(account, asked, &body),
        other => Err(Refusal::new(400, "UnknownOperationException", format!("Unknown operation: {other}"))),
    }
}

fn describe_groups(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let prefix = text(body, "logGroupNamePrefix").unwrap_or_default();
    let pattern = text(body, "logGroupNamePattern").unwrap_or_default().to_lowercase();
    let now = asked.now.timestamp_millis();
    let groups =
        account.groups.iter().filter(|(name, _)| name.starts_with(prefix) && name.to_lowercase().contains(&pattern));
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

/// `FilterLogEvents`: the page's window and place are in its token, so a group that grows does not shift the pages.
fn filter_events(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let (_, group) = find(account, asked)?;
    let pattern = Pattern::read(text(body, "filterPattern").unwrap_or_default())?;
    let (to, start) = match text(body, "nextToken") {
        Some(token) => place(token).ok_or_else(|| bad("The specified nextToken is invalid."))?,
        None => (window_end(body, asked), 0),
    };
    let only: Option<Vec<&str>> = body
        .get("logStreamNames")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect());
    let limit = limit(body, MOST_EVENTS).min(account.page_size.unwrap_or(MOST_EVENTS));
    let from = body.get("startTime").and_then(Value::as_i64).unwrap_or(0);
    let mut events = group.events(from, to).skip(start);
    let (mut found, mut looked) = (Vec::new(), 0);
    while found.len() < limit && looked < MOST_EVENTS {
        let Some(event) = events.next() else { break };
        looked += 1;
        let here = only.as_ref().is_none_or(|only| only.contains(&event.stream.as_str()));
        if here && pattern.finds(&event.message) {
            found.push(wire(&event, true));
        }
    }
    let mut answer = json!({"events": found, "searchedLogStreams": []});
    if let (Some(_), Some(members)) = (events.next(), answer.as_object_mut()) {
        members.insert("nextToken".into(), URL_SAFE_NO_PAD.encode(format!("{to}/{}", start + looked)).into());
    }
    Ok(answer.into())
}

/// `GetLogEvents` of one stream, from its end unless `startFromHead`; at either end the token repeats.
fn get_events(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let (_, group) = find(account, asked)?;
    let stream = text(body, "logStreamName").unwrap_or_default();
    let from = body.get("startTime").and_then(Value::as_i64).unwrap_or(0);
    let events: Vec<Event> =
        group.events(from, window_end(body, asked)).filter(|event| event.stream == stream).collect();
    if events.is_empty() && !group.streams(asked.now.timestamp_millis()).iter().any(|(name, _, _)| name == stream) {
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
    let page: Vec<Value> = events.get(start..end).unwrap_or_default().iter().map(|event| wire(event, false)).collect();
    Ok(json!({
        "events": page,
        "nextForwardToken": format!("f/{end:056}"),
        "nextBackwardToken": format!("b/{start:056}"),
    })
    .into())
}

/// A filter pattern: terms that must all be there, `?` terms of which one must, `-` terms that must not.
struct Pattern {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl Pattern {
    fn read(text: &str) -> Result<Self, Refusal> {
        let mut pattern = Self { all: Vec::new(), any: Vec::new(), none: Vec::new() };
        if text.trim_start().starts_with(['{', '[', '%']) {
            return Err(bad("Invalid filter pattern: the demo account searches for terms and quoted phrases only"));
        }
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let (list, tail) = match first {
                '?' => (&mut pattern.any, rest.strip_prefix('?')),
                '-' => (&mut pattern.none, rest.strip_prefix('-')),
                _ => (&mut pattern.all, None),
            };
            rest = tail.unwrap_or(rest);
            let (term, tail) = match rest.strip_prefix('"') {
                Some(quoted) => {
                    quoted.split_once('"').ok_or_else(|| bad("Invalid filter pattern: unclosed quotation mark"))?
                }
                None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
            };
            list.push(term.to_owned());
            rest = tail.trim_start();
        }
        Ok(pattern)
    }

    fn finds(&self, message: &str) -> bool {
        let has = |term: &String| message.contains(term.as_str());
        self.all.iter().all(has) && (self.any.is_empty() || self.any.iter().any(has)) && !self.none.iter().any(has)
    }
}

fn wire(event: &Event, found: bool) -> Value {
    if found {
        json!({
            "logStreamName": event.stream,
            "timestamp": event.at,
            "message": event.message,
            "ingestionTime": event.at + 900,
            "eventId": event.id(),
        })
    } else {
        json!({"timestamp": event.at, "message": event.message, "ingestionTime": event.at + 900})
    }
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

/// The first millisecond that is not searched: the future is not written yet.
fn window_end(body: &Value, asked: &Asked) -> i64 {
    let now = asked.now.timestamp_millis() + 1;
    body.get("endTime").and_then(Value::as_i64).map_or(now, |end| end.min(now))
}

fn place(token: &str) -> Option<(i64, usize)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (to, start) = text.split_once('/')?;
    Some((to.parse().ok()?, start.parse().ok()?))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_finds_phrases_alternatives_and_leaves_out() {
        let finds = |pattern: &str, message: &str| Pattern::read(pattern).unwrap().finds(message);
        assert!(finds("\"order 42\" done", "order 42 is done"));
        assert!(!finds("\"order 42\"", "order 7 and 42"));
        assert!(finds("?ERROR ?WARN", "[WARN] late"));
        assert!(!finds("order -done", "order 42 is done"));
        assert!(finds("", "anything"));
        assert!(Pattern::read("\"open").is_err());
    }
}
