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

/// Reads all lines of a run (`FilterLogEvents`): first those that carry its number, which tell the
/// streams and the times, then everything in each stream between START and REPORT, since what
/// a function prints carries no number. An event that failed is tried again, perhaps in another
/// environment: each try is read. `since` is when the run was sent. Empty while `CloudWatch` Logs has nothing of it yet.
///
/// # Errors
/// As every request.
pub async fn whole_run(aws: Aws, group: Text, request_id: Text, since: DateTime<Utc>) -> Result<Vec<LogLine>, Problem> {
    let from = (since - SKEW).timestamp_millis();
    let numbered = aws.logs().filter_log_events().log_group_name(group.as_str()).start_time(from);
    let mut numbered = read(&aws, &group, numbered.filter_pattern(format!("\"{request_id}\""))).await?;
    numbered.sort_by_key(FilteredLogEvent::timestamp);
    let tries = Span::tries(&numbered);
    if tries.is_empty() {
        return Ok(lines(&numbered));
    }
    let mut told = Vec::new();
    for span in tries {
        let all = aws.logs().filter_log_events().log_group_name(group.as_str()).log_stream_names(span.stream);
        let all = read(&aws, &group, all.start_time(span.first).end_time(span.last.saturating_add(1))).await?;
        if !told.is_empty() {
            told.push(LogLine { at: None, message: Text::known("(tried again)") });
        }
        told.extend(lines(between(&all, &request_id)));
    }
    Ok(told)
}

/// Where one try of a run is: its stream, and its first and last moment, in milliseconds.
struct Span {
    stream: String,
    first: i64,
    last: i64,
}

impl Span {
    /// One for each beginning among the lines that carry the run's number, oldest first; a try goes on to the next one in
    /// its stream.
    fn tries(numbered: &[FilteredLogEvent]) -> Vec<Self> {
        let begins = |event: &&FilteredLogEvent| is_start(event.message().unwrap_or_default());
        let tries = numbered.iter().filter(begins).filter_map(|start| {
            let (stream, first) = (start.log_stream_name()?, start.timestamp()?);
            let own = numbered.iter().filter(|event| event.log_stream_name() == Some(stream));
            let later = own.skip_while(|event| !std::ptr::eq(*event, start)).skip(1).take_while(|event| !begins(event));
            let last = later.filter_map(FilteredLogEvent::timestamp).max().unwrap_or(first);
            Some(Self { stream: stream.to_owned(), first, last })
        });
        tries.collect()
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
    async fn each_try_of_an_event_is_read_in_the_stream_that_it_has() {
        let event = |at: i64, stream: &str, message: &str| serde_json::json!({"timestamp": at, "message": message, "logStreamName": stream, "eventId": "e"});
        let answer = |events: &[serde_json::Value]| Reply::json(&serde_json::json!({"events": events}).to_string());
        let (start, report) = ("START RequestId: r1 Version: 1", "REPORT RequestId: r1");
        let first = [event(5, "s1", start), event(6, "s1", "first"), event(9, "s1", report)];
        let second = [event(60, "s2", start), event(61, "s2", "second"), event(62, "s2", report)];
        // Another run had the same environment between the tries.
        let third = [event(90, "s1", start), event(91, "s1", report)];
        let numbered: Vec<_> = [&first[..1], &first[2..], &second[..1], &second[2..], &third].concat();
        let (told, far_end) = run(vec![answer(&numbered), answer(&first), answer(&second), answer(&third)]).await;
        let told: Vec<String> = told.unwrap().iter().map(|line| line.message.to_string()).collect();
        let again = "(tried again)";
        assert_eq!(told, [start, "first", report, again, start, "second", report, again, start, report]);
        let asked = far_end.journal();
        for (n, part) in [(1, r#""endTime":10"#), (2, r#""logStreamNames":["s2"]"#), (3, r#""startTime":90"#)] {
            assert!(asked[n].contains(part), "no {part} in {asked:?}");
        }
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
