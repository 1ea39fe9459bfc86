//! The events of a log group, a page at a time (`FilterLogEvents`).

use std::collections::HashMap;
use std::fmt;

use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;

use super::connect::Aws;
use super::problem::Problem;
use super::text::Text;
use super::written::Written;

/// Before 2024-01-01T00:00:00Z the newest events cannot be asked for first (`startFromHead` in the API reference of
/// `CloudWatch` Logs). Milliseconds since 1970.
pub const NEWEST_FIRST_SINCE: i64 = 1_704_067_200_000;

/// The most events of a page (`FilterLogEvents` in the API reference of `CloudWatch` Logs).
const MOST: i32 = 10_000;

/// One event of a log group as AWS gave it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct LogEvent {
    /// When it was written, in milliseconds since 1970. Whoever writes events chooses it: any value is possible.
    pub at: i64,
    /// When AWS had it, in milliseconds since 1970.
    pub ingested: Option<i64>,
    /// The stream it is in. Events of one page share the words.
    pub stream: Text,
    /// AWS's number of the event; empty when the service gives none.
    pub id: Box<str>,
    /// What was written, harmless, of as many lines as it has; the line end behind it is left out.
    pub message: Text,
    /// How it was written.
    pub written: Written,
}

impl LogEvent {
    /// An event by what was written, made harmless and without the line end behind it: the same words whichever way
    /// they came.
    pub fn of(at: i64, stream: Text, id: &str, raw: &str) -> Self {
        let (message, written) = Written::of(raw.trim_end_matches(['\n', '\r']));
        Self { at, ingested: None, stream, id: id.into(), message, written }
    }
}

impl fmt::Debug for LogEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What functions log is nobody's business but the person's.
        f.debug_struct("LogEvent").field("at", &self.at).field("bytes", &self.message.len()).finish_non_exhaustive()
    }
}

/// What is asked of a log group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogQuery {
    /// The log group.
    pub group: Text,
    /// From this moment on, in milliseconds since 1970.
    pub from: i64,
    /// Up to this moment and not with it; `None` is up to the newest.
    pub to: Option<i64>,
    /// The newest events on the first page. Only from [`NEWEST_FIRST_SINCE`] on; some endpoints do not know it and
    /// give the oldest first all the same.
    pub newest_first: bool,
    /// Only what this filter pattern of `CloudWatch` Logs lets through.
    pub pattern: Option<Text>,
    /// At most so many events, 1 to 10,000.
    pub limit: i32,
    /// The page after the one that gave this token.
    pub token: Option<Text>,
}

impl LogQuery {
    /// All events from a moment on, oldest first, in the longest pages there are.
    pub fn since(group: Text, from: i64) -> Self {
        let (to, newest_first, pattern, token) = (None, false, None, None);
        Self { group, from, to, newest_first, pattern, limit: MOST, token }
    }
}

/// A page of events.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogPage {
    /// The events, in the order in which they came.
    pub events: Vec<LogEvent>,
    /// Where the next page begins. A page may be empty and have one all the same.
    pub next: Option<Text>,
}

/// Reads one page of the events of a log group.
///
/// # Errors
/// As every request; the log group is missing until something is written to it.
pub async fn log_events(aws: Aws, query: LogQuery) -> Result<LogPage, Problem> {
    let mut request = aws
        .logs()
        .filter_log_events()
        .log_group_name(query.group.as_str())
        .start_time(query.from)
        .set_end_time(query.to.map(|to| to.saturating_sub(1)))
        .set_filter_pattern(query.pattern.as_deref().map(str::to_owned))
        .limit(query.limit)
        .set_next_token(query.token.as_deref().map(str::to_owned));
    if query.newest_first {
        request = request.start_from_head(false);
    }
    let page = request
        .send()
        .await
        .map_err(|error| aws.problem(format!("read the log group {}", query.group), "logs:FilterLogEvents", &error))?;
    let next = page.next_token().filter(|token| !token.is_empty() && Some(*token) != query.token.as_deref());
    let next = next.map(Text::line);
    let mut streams = Streams::default();
    Ok(LogPage {
        events: page.events.unwrap_or_default().iter().map(|event| read(event, &mut streams)).collect(),
        next,
    })
}

/// The names of streams that came so far: each is kept once.
#[derive(Default)]
pub(super) struct Streams(HashMap<String, Text>);

impl Streams {
    /// The text of a name.
    pub(super) fn named(&mut self, name: &str) -> Text {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let text = Text::line(name);
        self.0.insert(name.to_owned(), text.clone());
        text
    }
}

fn read(event: &FilteredLogEvent, streams: &mut Streams) -> LogEvent {
    let stream = streams.named(event.log_stream_name().unwrap_or_default());
    let (at, id) = (event.timestamp().unwrap_or_default(), event.event_id().unwrap_or_default());
    let message = event.message().unwrap_or_default();
    LogEvent { ingested: event.ingestion_time(), ..LogEvent::of(at, stream, id, message) }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::as_written;
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    fn query() -> LogQuery {
        LogQuery {
            group: Text::known("/aws/lambda/f"),
            from: 5,
            to: Some(9),
            newest_first: true,
            pattern: None,
            limit: 10_000,
            token: Some(Text::known("t")),
        }
    }

    #[tokio::test]
    async fn a_page_is_read_with_what_every_event_is_known_by() {
        let event =
            r#"{"timestamp":-7,"ingestionTime":8,"message":"a\u001b[31m\tb\nc\n","logStreamName":"s","eventId":"e1"}"#;
        let bare = r#"{"message":"x"}"#;
        let far_end = FarEnd::of([Reply::json(&format!(r#"{{"events":[{event},{bare}],"nextToken":"n"}}"#))]);
        let page = log_events(far_end.aws().await, query()).await.unwrap();
        assert_eq!(page.next.as_deref(), Some("n"));
        let first = &page.events[0];
        assert_eq!((first.at, first.ingested, &*first.id, &*first.stream), (-7, Some(8), "e1", "s"));
        assert_eq!(first.message, "a^[[31m b\nc");
        assert_eq!(as_written(&first.message, first.written.as_str()), "a\u{1b}[31m\tb\nc");
        assert_eq!((page.events[1].at, &*page.events[1].id), (0, ""));
        let asked = far_end.journal();
        for part in [r#""startTime":5"#, r#""endTime":8"#, r#""startFromHead":false"#, r#""nextToken":"t""#] {
            assert!(asked[0].contains(part), "no {part} in {asked:?}");
        }
        assert!(!format!("{page:?}").contains("31m"), "what was logged is not printed");
    }

    #[tokio::test]
    async fn a_token_that_repeats_ends_the_pages() {
        let far_end = FarEnd::of([Reply::json(r#"{"events":[],"nextToken":"t"}"#)]);
        assert_eq!(log_events(far_end.aws().await, query()).await.unwrap(), LogPage::default());
    }

    #[tokio::test]
    async fn a_group_that_is_not_there_is_missing() {
        let missing = Reply::Answer(400, vec![], r#"{"__type":"ResourceNotFoundException","message":"no"}"#.into());
        assert_eq!(log_events(FarEnd::of([missing]).aws().await, query()).await.unwrap_err().kind, Kind::Missing);
    }
}
