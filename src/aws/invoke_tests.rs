//! Invocations against a scripted far end: above all, how often they are sent.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::super::far_end::{FarEnd, Reply};
use super::super::{TrafficEvent, identity};
use super::*;

fn invocation(kind: InvocationType) -> Invocation {
    Invocation {
        function: "orders-api".into(),
        qualifier: Some("live".into()),
        payload: br#"{"a": 1e400}"#.as_slice().into(),
        kind,
        tail: true,
        tenant: None,
        client_context: None,
        execution: None,
        timeout: Duration::from_secs(40),
    }
}

async fn invoked(reply: Reply) -> (Result<Outcome, Problem>, FarEnd) {
    let far_end = FarEnd::of([reply]);
    let answer = invoke(far_end.aws().await, invocation(InvocationType::RequestResponse)).await;
    (answer, far_end)
}

#[tokio::test]
async fn an_answer_comes_with_version_error_and_log() {
    let log = BASE64_STANDARD.encode("REPORT RequestId: r\tDuration: 2 ms\n");
    let headers = vec![
        ("x-amz-executed-version", "7".to_owned()),
        ("x-amz-function-error", "Unhandled".to_owned()),
        ("x-amz-log-result", log),
        ("x-amzn-requestid", "run-1".to_owned()),
    ];
    let (answer, far_end) = invoked(Reply::Answer(200, headers, "not json".to_owned())).await;
    let outcome = answer.unwrap();
    assert_eq!((outcome.status, outcome.payload.as_slice()), (200, b"not json".as_slice()));
    assert_eq!(outcome.executed_version.as_deref(), Some("7"));
    assert_eq!(outcome.function_error.as_deref(), Some("Unhandled"));
    assert_eq!(outcome.request_id.as_deref(), Some("run-1"));
    assert_eq!(outcome.tail.unwrap().report.unwrap().duration, Some(Duration::from_millis(2)));
    let journal = far_end.journal();
    assert_eq!(
        journal,
        [r#"POST /2015-03-31/functions/orders-api/invocations?Qualifier=live {"a": 1e400}"#],
        "the payload as typed"
    );
}

#[tokio::test]
async fn whatever_goes_wrong_it_is_sent_exactly_once() {
    for reply in [
        Reply::error(500, "ServiceException", "internal"),
        Reply::error(502, "EC2UnexpectedException", "x"),
        Reply::error(429, "TooManyRequestsException", "limit"),
        Reply::error(400, "ThrottlingException", "limit"),
        Reply::Answer(503, vec![], "<html>".to_owned()),
        Reply::Reset,
        Reply::Refused,
    ] {
        let (answer, far_end) = invoked(reply.clone()).await;
        assert!(answer.is_err(), "{reply:?}");
        assert_eq!(far_end.journal().len(), 1, "{reply:?}");
        assert!(
            far_end.traffic().iter().all(|event| event.event != TrafficEvent::Throttled),
            "invocations are not rationed"
        );
    }
}

#[tokio::test]
async fn when_the_request_left_and_no_answer_came_the_outcome_is_unknown() {
    let (answer, _) = invoked(Reply::Reset).await;
    let problem = answer.unwrap_err();
    assert_eq!(problem.kind, Kind::OutcomeUnknown);
    assert!(problem.hint.contains("may have run"));
    let far_end = FarEnd::of([Reply::Silence]);
    let impatient = Invocation { timeout: Duration::from_secs(1), ..invocation(InvocationType::RequestResponse) };
    let problem = invoke(far_end.aws().await, impatient).await.unwrap_err();
    assert_eq!((problem.kind, problem.said.as_str()), (Kind::OutcomeUnknown, "no answer within 1 s"));
    assert_eq!(far_end.journal().len(), 1);
}

#[tokio::test]
async fn when_nobody_could_be_reached_the_function_did_not_run() {
    let (answer, _) = invoked(Reply::Refused).await;
    assert_eq!(answer.unwrap_err().kind, Kind::Unreachable);
}

#[tokio::test]
async fn a_throttled_invocation_says_which_limit() {
    let body =
        r#"{"message":"Rate Exceeded.","Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}"#.to_owned();
    let (answer, _) =
        invoked(Reply::Answer(429, vec![("x-amzn-errortype", "TooManyRequestsException".to_owned())], body)).await;
    let problem = answer.unwrap_err();
    assert_eq!(problem.kind, Kind::Throttled);
    assert!(problem.hint.contains("reserved for this function"), "{problem}");
}

#[tokio::test]
async fn a_read_only_session_sends_nothing_but_reads_and_dry_runs() {
    let far_end = FarEnd::of([Reply::Answer(204, vec![], String::new())]);
    let aws = far_end.read_only().await;
    for kind in [InvocationType::RequestResponse, InvocationType::Event] {
        let problem = invoke(aws.clone(), invocation(kind)).await.unwrap_err();
        assert_eq!(problem.kind, Kind::ReadOnly);
        assert!(problem.said.contains("nothing was sent"));
    }
    assert!(far_end.journal().is_empty());
    assert_eq!(invoke(aws.clone(), invocation(InvocationType::DryRun)).await.unwrap().status, 204);
    let _ = identity(aws).await;
    assert_eq!(far_end.journal().len(), 2);
}

#[test]
fn payloads_and_answers_do_not_show_when_printed() {
    let printed = format!("{:?}", invocation(InvocationType::Event));
    assert!(printed.contains("12 bytes") && !printed.contains("1e400"), "{printed}");
}

#[test]
fn the_command_does_the_same() {
    let invocation = Invocation {
        function: Text::known("arn:aws:lambda:eu-west-1:123456789012:function:orders-api"),
        qualifier: Some(Text::known("live")),
        payload: br#"{"it's": 1}"#.as_slice().into(),
        kind: InvocationType::RequestResponse,
        tail: true,
        tenant: Some("blue team".to_owned()),
        client_context: None,
        execution: None,
        timeout: Duration::from_secs(1),
    };
    assert_eq!(
        invocation.command(),
        "AWS_MAX_ATTEMPTS=1 aws lambda invoke --function-name arn:aws:lambda:eu-west-1:123456789012:function:orders-api --qualifier live \
         --invocation-type RequestResponse --log-type Tail --tenant-id 'blue team' \
         --cli-binary-format raw-in-base64-out --payload '{\"it'\\''s\": 1}' --cli-read-timeout 0 /dev/stdout"
    );
}
