//! `FilterLogEvents`: a window of a group, page by page, as unevenly as AWS does it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::log_group::Event;
use super::super::noise;
use super::super::request::Asked;
use super::pattern::Pattern;
use super::{MOST_EVENTS, bad, find, limit, text};

/// A page ends after so many bytes: messages and what `CloudWatch` counts besides for each.
const MOST_BYTES: usize = 1_048_576;
const BESIDES: usize = 26;
/// From 2024-01-01T00:00:00Z on the newest events can be asked for first.
const NEWEST_SINCE: i64 = 1_704_067_200_000;

/// How pages of log events come, worse than usual; all of it has been seen of AWS or is allowed to it.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogQuirks {
    /// So many events from the end of a page come again at the beginning of the next one.
    pub repeated: usize,
    /// Every other page is empty and goes on with a token.
    pub hollow: bool,
    /// The events of a page, and of an update of a live tail, are in no order.
    pub shuffled: bool,
    /// So many milliseconds pass until what an invocation logged can be read.
    pub late: i64,
}

impl LogQuirks {
    /// What becomes of the order of events.
    pub(super) fn order(self, events: &mut [Event]) {
        if self.shuffled {
            events.sort_by_key(|event| noise::mix(event.serial ^ event.at.cast_unsigned()));
        }
    }
}

/// Where a page begins. It is in the token, so a group that grows does not shift the pages.
struct Place {
    /// The page begins after the event of this place.
    after: Option<(i64, u64)>,
    /// It is an empty one.
    hollow: bool,
}

impl Place {
    fn read(token: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
        let mut parts = text.split('/');
        let (at, serial, hollow) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { after: Some((at.parse().ok()?, serial.parse().ok()?)), hollow: hollow == "hollow" })
    }

    fn token((at, serial): (i64, u64), hollow: bool) -> String {
        URL_SAFE_NO_PAD.encode(format!("{at}/{serial}/{}", if hollow { "hollow" } else { "full" }))
    }
}

/// A page of what a pattern finds.
pub(super) fn answer(account: &Account, asked: &Asked, body: &Value) -> Result<Reply, Refusal> {
    let (_, group) = find(account, asked)?;
    let pattern = Pattern::read(text(body, "filterPattern").unwrap_or_default())?;
    let place = match text(body, "nextToken") {
        Some(token) => Place::read(token).ok_or_else(|| bad("The specified nextToken is invalid."))?,
        None => Place { after: None, hollow: false },
    };
    let quirks = account.log_quirks;
    if let (true, Some(after)) = (place.hollow, place.after) {
        return Ok(page(&[], Some(Place::token(after, false))));
    }
    let time = |field| body.get(field).and_then(Value::as_i64);
    let (from, to) =
        (time("startTime").unwrap_or(i64::MIN), time("endTime").map_or(i64::MAX, |end| end.saturating_add(1)));
    let newest = body.get("startFromHead").and_then(Value::as_bool) == Some(false);
    if newest && from < NEWEST_SINCE {
        return Err(bad("startFromHead can be false only if startTime is on or after Jan 1, 2024 00:00:00 UTC."));
    }
    let (from, to) = match place.after {
        Some((at, _)) if newest => (from, to.min(at.saturating_add(1))),
        Some((at, _)) => (from.max(at), to),
        None => (from, to),
    };
    let only = names(body, "logStreamNames");
    let prefix = text(body, "logStreamNamePrefix").unwrap_or_default();
    let most = limit(body, MOST_EVENTS).min(account.page_size.unwrap_or(MOST_EVENTS));
    let passed = |event: &Event| {
        place.after.is_some_and(|after| if newest { event.place() >= after } else { event.place() <= after })
    };
    let events = group.events_from(from, to, asked.now.timestamp_millis(), newest);
    let mut events = events.skip_while(passed).peekable();
    let (mut found, mut looked, mut bytes, mut trail) = (Vec::new(), 0, 0, Vec::new());
    while found.len() < most && looked < MOST_EVENTS && bytes < MOST_BYTES {
        let Some(event) = events.next() else { break };
        looked += 1;
        trail.push(event.place());
        let here = event.stream.starts_with(prefix) && only.as_ref().is_none_or(|only| only.contains(&event.stream));
        if here && pattern.finds(&event.message) {
            bytes += event.message.len() + BESIDES;
            found.push(event);
        }
    }
    // A page that says some again must still get on.
    let back = quirks.repeated.min(trail.len().saturating_sub(1));
    let last = trail.iter().rev().nth(back).or(place.after.as_ref()).copied();
    let next = last.filter(|_| events.peek().is_some()).map(|last| Place::token(last, quirks.hollow));
    quirks.order(&mut found);
    Ok(page(&found, next))
}

fn page(events: &[Event], next: Option<String>) -> Reply {
    let events: Vec<Value> = events.iter().map(wire).collect();
    let mut answer = json!({"events": events, "searchedLogStreams": []});
    if let (Some(next), Some(members)) = (next, answer.as_object_mut()) {
        members.insert("nextToken".into(), next.into());
    }
    answer.into()
}

fn wire(event: &Event) -> Value {
    json!({
        "logStreamName": event.stream,
        "timestamp": event.at,
        "message": event.message,
        "ingestionTime": event.ingested,
        "eventId": event.id(),
    })
}

/// A list of texts, if it is there.
pub(super) fn names(body: &Value, field: &str) -> Option<Vec<String>> {
    let names = body.get(field)?.as_array()?;
    Some(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
