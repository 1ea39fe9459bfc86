//! `StartLiveTail`: what comes into up to ten groups, an update a second, for three hours at most.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::sleep;

use super::super::Demo;
use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::log_group::Event;
use super::super::noise;
use super::super::pieces::{Piece, Pieces, event, exception};
use super::super::request::Asked;
use super::filter::names;
use super::pattern::Pattern;
use super::{bad, missing, text};

/// The most groups of a session.
const MOST_GROUPS: usize = 10;
/// The most events of an update; of more, so many are drawn.
const MOST_EVENTS: usize = 500;
/// How often an update comes, whether there is something in it or not.
const EVERY: Duration = Duration::from_secs(1);
/// A session is ended after this long.
const LONGEST: TimeDelta = TimeDelta::hours(3);

/// How a live tail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TailEnd {
    /// `SessionTimeoutException`, as after three hours.
    TimedOut,
    /// `SessionStreamingException`.
    Failed,
    /// The connection is dropped.
    Reset,
    /// Nothing more comes, not even empty updates.
    Silence,
}

/// What goes wrong with one session.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Flaws {
    /// It ends after so many updates that had events.
    pub end: Option<(usize, TailEnd)>,
    /// Every other event is left out, and the updates say that they are samples.
    pub sampled: bool,
}

/// One group of a session, and how much of it went out.
#[derive(Debug, Clone)]
struct Source {
    name: String,
    seen: usize,
    until: i64,
}

/// A session.
#[derive(Clone)]
pub(in super::super) struct LiveTail {
    /// The account and its bell, once the session is on its way.
    line: Option<(Demo, watch::Receiver<u64>)>,
    sources: Vec<Source>,
    pattern: Pattern,
    streams: Option<Vec<String>>,
    prefixes: Option<Vec<String>>,
    pub flaws: Flaws,
    updates: usize,
    end: DateTime<Utc>,
}

impl fmt::Debug for LiveTail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveTail").field("sources", &self.sources).field("flaws", &self.flaws).finish_non_exhaustive()
    }
}

/// Opens a session: `initial-response`, `sessionStart`, and then what comes.
pub(super) fn start(account: &Account, asked: &Asked, body: &Value, id: &str) -> Result<Reply, Refusal> {
    let arns = names(body, "logGroupIdentifiers").unwrap_or_default();
    if arns.is_empty() || arns.len() > MOST_GROUPS {
        return Err(bad("1 to 10 log group identifiers must be given."));
    }
    let now = asked.now.timestamp_millis();
    let source = |arn: &String| {
        let name = arn.split_once(":log-group:").map(|(_, name)| name.to_owned());
        let name = name.filter(|name| arn.starts_with("arn:") && !name.ends_with('*'));
        let name = name.ok_or_else(|| bad("Each log group identifier must be the ARN of a log group."))?;
        let group = account.groups.get(&name).ok_or_else(|| missing("The specified log group does not exist."))?;
        Ok(Source { name, seen: group.written(), until: now })
    };
    let sources = arns.iter().map(source).collect::<Result<Vec<Source>, Refusal>>()?;
    let (streams, prefixes) = (names(body, "logStreamNames"), names(body, "logStreamNamePrefixes"));
    if (streams.is_some() || prefixes.is_some()) && sources.len() > 1 || streams.is_some() && prefixes.is_some() {
        return Err(bad("Log streams can be chosen of a single log group, by names or by prefixes."));
    }
    let pattern = text(body, "logEventFilterPattern").unwrap_or_default();
    let start = json!({
        "requestId": id,
        "sessionId": noise::uuid(noise::seed(id)),
        "logGroupIdentifiers": arns,
        "logStreamNames": streams.clone().unwrap_or_default(),
        "logStreamNamePrefixes": prefixes.clone().unwrap_or_default(),
        "logEventFilterPattern": pattern,
    });
    let (pattern, flaws) = (Pattern::read(pattern)?, Flaws::default());
    let end = asked.now + LONGEST;
    let tail = LiveTail { line: None, sources, pattern, streams, prefixes, flaws, updates: 0, end };
    let pieces = VecDeque::from([
        Piece::Bytes(event("initial-response", &json!({}))),
        Piece::Bytes(event("sessionStart", &start)),
        Piece::Live(Box::new(tail)),
    ]);
    Ok(Reply {
        headers: vec![("content-type", "application/vnd.amazon.eventstream".to_owned())],
        pieces: Some(Pieces(pieces)),
        ..Reply::of(200, Vec::new())
    })
}

impl LiveTail {
    /// Connects the session with the account it listens to.
    pub fn listen(&mut self, demo: &Demo) {
        self.line = Some((demo.clone(), demo.inner.bell.subscribe()));
    }

    /// The next frame; what comes after it is put in front of the pieces.
    pub async fn next(mut self, pieces: &mut VecDeque<Piece>) -> Option<Vec<u8>> {
        let (demo, mut bell) = self.line.take()?;
        if let Some((_, how)) = self.flaws.end.filter(|(updates, _)| self.updates >= *updates) {
            return ended(how, pieces).await;
        }
        loop {
            let due = tokio::select! {
                _ = bell.changed() => false,
                () = sleep(EVERY) => true,
            };
            if demo.now() >= self.end {
                return ended(TailEnd::TimedOut, pieces).await;
            }
            let update = self.update(&demo);
            if let Some(update) = update.or_else(|| due.then(|| self.wire(&[], false))) {
                self.line = Some((demo, bell));
                pieces.push_front(Piece::Live(Box::new(self)));
                return Some(event("sessionUpdate", &update));
            }
        }
    }

    /// What came since the last update, if anything did.
    fn update(&mut self, demo: &Demo) -> Option<Value> {
        let now = demo.now().timestamp_millis();
        let account = demo.lock_account();
        let mut found: Vec<(String, Event)> = Vec::new();
        for source in &mut self.sources {
            let Some(group) = account.groups.get(&source.name) else { continue };
            let mut news = group.news(source.seen, source.until, now);
            (source.seen, source.until) = (group.written(), now);
            let starts =
                |prefixes: &Vec<String>, stream: &str| prefixes.iter().any(|prefix| stream.starts_with(prefix));
            news.retain(|event| {
                self.streams.as_ref().is_none_or(|streams| streams.contains(&event.stream))
                    && self.prefixes.as_ref().is_none_or(|prefixes| starts(prefixes, &event.stream))
                    && self.pattern.finds(&event.message)
            });
            account.log_quirks.order(&mut news);
            found.extend(news.into_iter().map(|event| (source.name.clone(), event)));
        }
        if found.is_empty() {
            return None;
        }
        self.updates += 1;
        let step = found.len().div_ceil(MOST_EVENTS).max(if self.flaws.sampled { 2 } else { 1 });
        let drawn: Vec<(String, Event)> = found.into_iter().step_by(step).collect();
        Some(self.wire(&drawn, step > 1))
    }

    fn wire(&self, events: &[(String, Event)], sampled: bool) -> Value {
        let event = |(group, event): &(String, Event)| {
            json!({
                "logStreamName": event.stream,
                "logGroupIdentifier": format!("{ACCOUNT_ID}:{group}"),
                "message": event.message,
                "timestamp": event.at,
                "ingestionTime": event.ingested,
            })
        };
        let events: Vec<Value> = events.iter().map(event).collect();
        json!({"sessionMetadata": {"sampled": sampled || self.flaws.sampled}, "sessionResults": events})
    }
}

/// The last of a session.
async fn ended(how: TailEnd, pieces: &mut VecDeque<Piece>) -> Option<Vec<u8>> {
    pieces.clear();
    match how {
        TailEnd::TimedOut => {
            Some(exception("SessionTimeoutException", "The session has been open for more than 3 hours."))
        }
        TailEnd::Failed => Some(exception("SessionStreamingException", "An unknown error occurred.")),
        TailEnd::Reset => {
            pieces.push_back(Piece::Break);
            Some(Vec::new())
        }
        TailEnd::Silence => std::future::pending().await,
    }
}
