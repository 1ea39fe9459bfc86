//! The whole log of one run, from `CloudWatch` Logs.

use aws_sdk_cloudwatchlogs::operation::filter_log_events::builders::FilterLogEventsFluentBuilder;
use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;
use chrono::{DateTime, TimeDelta, Utc};

use super::connect::Aws;
use super::marker::Marker;
use super::problem::Problem;
use super::text::Text;

/// More lines than this are not read.
const MOST: usize = 10_000;
/// How far the clocks of this computer and of AWS may be apart.
const SKEW: TimeDelta = TimeDelta::minutes(5);

/// One line of a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogLine {
    /// When it was written; `None` for words of our own.
    pub at: Option<DateTime<Utc>>,
    /// The line.
    pub message: Text,
}

/// Reads all lines of a run (`FilterLogEvents`, twice): first those that carry its number, which tell the
/// stream and the time, then everything in that stream between its START and its REPORT, since what
/// a function prints carries no number. `since` is when the run was sent. Empty while `CloudWatch`
/// Logs has nothing of it yet.
///
/// # Errors
/// As every request.
pub async fn whole_run(aws: Aws, group: Text, request_id: Text, since: DateTime<Utc>) -> Result<Vec<LogLine>, Problem> {
    let from = (since - SKEW).timestamp_millis();
    let numbered = aws.logs().filter_log_events().log_group_name(group.as_str()).start_time(from);
    let numbered = read(&aws, &group, numbered.filter_pattern(format!("\"{request_id}\""))).await?;
    let Some(span) = Span::of(&numbered) else { return Ok(lines(&numbered)) };
    let all = aws.logs().filter_log_events().log_group_name(group.as_str()).log_stream_names(span.stream);
    let all = read(&aws, &group, all.start_time(span.first).end_time(span.last.saturating_add(1))).await?;
    Ok(lines(between(&all, &request_id)))
}

/// Where a run is: its stream, and its first and last moment, in milliseconds.
struct Span {
    stream: String,
    first: i64,
    last: i64,
}

impl Span {
    /// The span of the lines that carry the run's number; `None` unless its beginning is among them.
    fn of(numbered: &[FilteredLogEvent]) -> Option<Self> {
        let start = numbered.iter().find(|event| is_start(event.message().unwrap_or_default()))?;
        let stream = start.log_stream_name()?.to_owned();
        let times = numbered
            .iter()
            .filter(|event| event.log_stream_name() == Some(&stream))
            .filter_map(FilteredLogEvent::timestamp);
        Some(Self { first: start.timestamp()?, last: times.max()?, stream })
    }
}

fn is_start(message: &str) -> bool {
    message.starts_with("START RequestId: ") || message.contains("\"platform.start\"")
}

/// The events from the first to the last that carry the number: lines of the same millisecond may
/// belong to the runs before and after.
fn between<'a>(all: &'a [FilteredLogEvent], request_id: &str) -> &'a [FilteredLogEvent] {
    let carries = |event: &FilteredLogEvent| event.message().is_some_and(|message| message.contains(request_id));
    let first = all.iter().position(carries).unwrap_or_default();
    let end = all.iter().rposition(carries).map_or(all.len(), |last| last + 1);
    all.get(first..end).unwrap_or(all)
}

async fn read(
    aws: &Aws,
    group: &Text,
    request: FilterLogEventsFluentBuilder,
) -> Result<Vec<FilteredLogEvent>, Problem> {
    let (mut events, mut marker, mut token) = (Vec::new(), Marker::default(), None);
    loop {
        let page = request.clone().set_next_token(token).send().await;
        let page =
            page.map_err(|error| aws.problem(format!("read the log group {group}"), "logs:FilterLogEvents", &error))?;
        token = marker.next(page.next_token());
        events.extend(page.events.unwrap_or_default());
        if token.is_none() || events.len() > MOST {
            return Ok(events);
        }
    }
}

/// One line for each line of each event, and a word when there were too many.
fn lines(events: &[FilteredLogEvent]) -> Vec<LogLine> {
    let each = |event: &FilteredLogEvent| {
        let at = event.timestamp().and_then(DateTime::from_timestamp_millis);
        let message = event.message().unwrap_or_default().trim_end();
        message.lines().map(|line| LogLine { at, message: Text::block(line) }).collect::<Vec<_>>()
    };
    let mut lines: Vec<LogLine> = events.iter().flat_map(each).take(MOST + 1).collect();
    if lines.len() > MOST {
        lines.truncate(MOST);
        lines.push(LogLine { at: None, message: Text::line(format!("(only the first {MOST} lines are shown)")) });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    fn page(events: &[(i64, &str)], token: Option<&str>) -> Reply {
        let events: Vec<_> = events
            .iter()
            .map(|(at, message)| serde_json::json!({"timestamp": at, "message": message, "logStreamName": "s1", "eventId": "e"}))
            .collect();
        Reply::json(&serde_json::json!({"events": events, "nextToken": token}).to_string())
    }

    async fn run(script: Vec<Reply>) -> (Result<Vec<LogLine>, Problem>, FarEnd) {
        let far_end = FarEnd::of(script);
        let since = DateTime::from_timestamp_millis(1_000_000).unwrap();
        (whole_run(far_end.aws().await, "/aws/lambda/f".into(), "r1".into(), since).await, far_end)
    }

    #[tokio::test]
    async fn lines_without_the_number_belong_to_the_run_around_them() {
        let (lines, far_end) = run(vec![
            page(&[], Some("t")),
            page(&[(5, "START RequestId: r1 Version: 1\n"), (9, "REPORT RequestId: r1\tDuration: 4 ms\n")], None),
            page(
                &[
                    (5, "REPORT RequestId: r0\n"),
                    (5, "START RequestId: r1\n"),
                    (6, "printed\ntwice\n"),
                    (9, "REPORT RequestId: r1\n"),
                    (9, "START RequestId: r2"),
                ],
                None,
            ),
        ])
        .await;
        let told: Vec<String> = lines.unwrap().iter().map(|line| line.message.to_string()).collect();
        assert_eq!(told, ["START RequestId: r1", "printed", "twice", "REPORT RequestId: r1"]);
        let journal = far_end.journal();
        assert!(
            journal[0].contains(r#""filterPattern":"\"r1\"""#) && journal[0].contains(r#""startTime":700000"#),
            "{journal:?}"
        );
        assert!(journal[1].contains(r#""nextToken":"t""#), "{journal:?}");
        assert!(
            journal[2].contains(r#""logStreamNames":["s1"]"#) && journal[2].contains(r#""endTime":10"#),
            "{journal:?}"
        );
    }

    #[tokio::test]
    async fn without_a_beginning_the_numbered_lines_are_all_there_is() {
        let (lines, far_end) = run(vec![page(&[(7, "r1 working")], None)]).await;
        assert_eq!((lines.unwrap().len(), far_end.journal().len()), (1, 1));
    }

    #[tokio::test]
    async fn a_log_group_that_does_not_exist_is_missing() {
        let missing = Reply::Answer(
            400,
            vec![],
            r#"{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}"#.into(),
        );
        assert_eq!(run(vec![missing]).await.0.unwrap_err().kind, Kind::Missing);
    }

    #[tokio::test]
    async fn a_throttle_answer_that_names_itself_in_the_body_is_seen() {
        let throttle =
            Reply::Answer(400, vec![], r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#.into());
        let (lines, far_end) = run(vec![throttle, page(&[], None)]).await;
        assert_eq!(lines, Ok(vec![]));
        assert!(far_end.traffic().iter().any(|event| event.event == super::super::TrafficEvent::Throttled));
    }

    #[test]
    fn too_many_lines_are_cut_and_it_is_said() {
        let many = FilteredLogEvent::builder().timestamp(i64::MAX).message("x\n".repeat(MOST + 5)).build();
        let lines = lines(&[many]);
        assert_eq!((lines.len(), lines[0].at), (MOST + 1, None));
        assert!(lines[MOST].message.contains("only the first 10000"));
    }
}
