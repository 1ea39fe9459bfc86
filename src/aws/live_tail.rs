//! What comes into log groups, as it comes (`StartLiveTail`): one session, opened once; nothing here tries again.
//!
//! Events of a live tail have no number. Whoever reads the same group by `FilterLogEvents` as well tells them by group,
//! stream, moment and words.

use std::collections::HashMap;

use aws_sdk_cloudwatchlogs::config::Config;
use aws_sdk_cloudwatchlogs::error::SdkError;
use aws_sdk_cloudwatchlogs::types::error::StartLiveTailResponseStreamError as Ended;
use aws_sdk_cloudwatchlogs::types::{LiveTailSessionUpdate, StartLiveTailResponseStream as Frame};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;

use super::connect::Aws;
use super::endpoint::is_aws;
use super::identity::identity;
use super::log_events::{LogEvent, Streams};
use super::problem::Problem;
use super::text::Text;

/// The most log groups of a session (`StartLiveTail` in the API reference of `CloudWatch` Logs).
pub const MOST_TAILED: usize = 10;

/// What to listen to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TailQuery {
    /// The log groups, 1 to [`MOST_TAILED`].
    pub groups: Vec<Text>,
    /// Whose they are; AWS is asked when nobody knows.
    pub account: Option<Text>,
    /// Only what this filter pattern of `CloudWatch` Logs lets through.
    pub pattern: Option<Text>,
}

/// What a session tells while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TailNews {
    /// It is open: what comes from now on is told.
    Open,
    /// Nothing came; AWS says so every second.
    Quiet,
    /// Events came, by log group.
    Events {
        /// Log group and its events, in the order in which AWS told them.
        groups: Vec<(Text, Vec<LogEvent>)>,
        /// More than 500 events came, and these are some of them.
        sampled: bool,
    },
}

/// How a session ended that was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TailEnd {
    /// AWS ends every session after three hours.
    Expired,
    /// Anything else.
    Cut {
        /// What, in words.
        why: Text,
    },
}

/// Listens to log groups until the session ends, and hands on what it tells. Dropping the future ends the session.
///
/// # Errors
/// As every request, as long as the session is not open. It is not sent again: who asks for it decides when.
pub async fn live_tail(
    aws: Aws,
    query: TailQuery,
    mut hand_on: impl FnMut(TailNews) + Send,
) -> Result<TailEnd, Problem> {
    let account = match query.account {
        Some(account) => account,
        None => identity(aws.clone()).await?.account,
    };
    let (partition, region) = (aws.partition(), aws.region());
    let arn = |group: &Text| format!("arn:{partition}:logs:{region}:{account}:log-group:{group}");
    let request = aws
        .logs()
        .start_live_tail()
        .set_log_group_identifiers(Some(query.groups.iter().map(arn).collect()))
        .set_log_event_filter_pattern(query.pattern.as_deref().map(str::to_owned))
        .customize()
        .interceptor(PlainHost)
        .config_override(Config::builder().retry_config(RetryConfig::disabled()));
    let session = request.send().await;
    let mut session = session.map_err(|error| aws.problem("start a live tail", "logs:StartLiveTail", &error))?;
    let mut streams = Streams::default();
    loop {
        match session.response_stream.recv().await {
            Ok(Some(Frame::SessionStart(_))) => hand_on(TailNews::Open),
            Ok(Some(Frame::SessionUpdate(update))) => hand_on(news(&query.groups, update, &mut streams)),
            // A kind of frame that is newer than this program.
            Ok(Some(_)) => {}
            Ok(None) => return Ok(TailEnd::Cut { why: Text::known("AWS closed the connection") }),
            Err(error) => return Ok(ended(&error)),
        }
    }
}

fn news(groups: &[Text], update: LiveTailSessionUpdate, streams: &mut Streams) -> TailNews {
    let sampled = update.session_metadata.is_some_and(|metadata| metadata.sampled);
    let mut told: HashMap<usize, Vec<LogEvent>> = HashMap::new();
    for event in update.session_results.unwrap_or_default() {
        let identifier = event.log_group_identifier.unwrap_or_default();
        let Some(group) = group_of(groups, &identifier) else { continue };
        let stream = streams.named(event.log_stream_name.as_deref().unwrap_or_default());
        let message = event.message.as_deref().unwrap_or_default();
        // It has no number.
        let told_live = LogEvent::of(event.timestamp.unwrap_or_default(), stream, "", message);
        told.entry(group).or_default().push(LogEvent { ingested: event.ingestion_time, ..told_live });
    }
    if told.is_empty() {
        return TailNews::Quiet;
    }
    let events = |(n, group): (usize, &Text)| Some((group.clone(), told.remove(&n)?));
    TailNews::Events { groups: groups.iter().enumerate().filter_map(events).collect(), sampled }
}

/// Which of the groups an event is of. AWS writes `123456789012:name`; the documentation allows the name and the ARN.
fn group_of(groups: &[Text], identifier: &str) -> Option<usize> {
    let is = |name: &str| groups.iter().position(|group| *group == *name);
    let tail = identifier.split(":log-group:").last().unwrap_or(identifier).trim_end_matches(":*");
    is(tail).or_else(|| is(tail.split_once(':')?.1)).or_else(|| (groups.len() == 1).then_some(0))
}

fn ended<R: std::fmt::Debug>(error: &SdkError<Ended, R>) -> TailEnd {
    let why = match error {
        SdkError::ServiceError(failure) => match failure.err() {
            Ended::SessionTimeoutException(_) => return TailEnd::Expired,
            other => Text::line(format!("{}: {}", code(other), other.meta().message().unwrap_or("no reason given"))),
        },
        SdkError::ResponseError(_) => Text::known("a piece of it was damaged on its way"),
        _ => Text::known("the connection was lost"),
    };
    TailEnd::Cut { why }
}

fn code(error: &Ended) -> &str {
    error.meta().code().unwrap_or(if error.is_session_streaming_exception() {
        "SessionStreamingException"
    } else {
        "error"
    })
}

/// The operation is asked of a host of its own, `stream-logs.eu-west-1.amazonaws.com`. An endpoint of others has no such
/// name: `stream-127.0.0.1` leads nowhere.
#[derive(Debug)]
struct PlainHost;

#[dyn_dispatch_hint]
impl Intercept for PlainHost {
    fn name(&self) -> &'static str {
        "PlainHost"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let Some(plain) = plain(request.uri()) {
            request.set_uri(plain)?;
        }
        Ok(())
    }
}

/// The same URL without the prefix, unless it is AWS's own.
fn plain(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://stream-")?;
    let plain = format!("{scheme}://{rest}");
    (!is_aws(&plain)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    fn query() -> TailQuery {
        TailQuery {
            groups: vec!["/aws/lambda/a".into(), "/aws/lambda/b".into()],
            account: Some("123456789012".into()),
            pattern: None,
        }
    }

    #[test]
    fn an_endpoint_of_others_is_asked_by_its_own_name() {
        assert_eq!(plain("http://stream-127.0.0.1:4566/").as_deref(), Some("http://127.0.0.1:4566/"));
        assert_eq!(plain("https://stream-logs.eu-west-1.amazonaws.com/"), None);
        assert_eq!(plain("https://stream-logs.cn-north-1.amazonaws.com.cn/"), None);
        assert_eq!(plain("http://localhost:4566/"), None);
    }

    #[test]
    fn an_event_belongs_to_its_group_however_that_is_written() {
        let groups = query().groups;
        for identifier in
            ["123456789012:/aws/lambda/b", "/aws/lambda/b", "arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/b:*"]
        {
            assert_eq!(group_of(&groups, identifier), Some(1), "{identifier}");
        }
        assert_eq!(group_of(&groups, "1:/aws/lambda/c"), None);
        assert_eq!(group_of(&groups[..1], "of what only they know"), Some(0));
    }

    #[tokio::test]
    async fn it_is_asked_once_by_arn_also_in_a_read_only_session() {
        for (code, kind) in [("AccessDeniedException", Kind::Denied), ("ThrottlingException", Kind::Throttled)] {
            let refusal = Reply::Answer(400, vec![], format!(r#"{{"__type":"{code}","message":"no"}}"#));
            let far_end = FarEnd::of([refusal]);
            let problem = live_tail(far_end.read_only().await, query(), |_| {}).await.unwrap_err();
            assert_eq!(problem.kind, kind);
            let asked = far_end.journal();
            assert_eq!(asked.len(), 1, "{asked:?}");
            assert!(asked[0].contains("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/b"), "{asked:?}");
        }
    }
}
