//! Changes of concurrency against a scripted far end.

use super::super::call::Call;
use super::super::far_end::{FarEnd, Reply};
use super::*;

fn whose() -> Whose {
    Whose { name: "orders-api".into(), arn: "arn:aws:lambda:eu-west-1:1:function:orders-api".into() }
}

fn reserve(seen: Option<u32>, executions: u32) -> Call {
    Call::Concurrency(ConcurrencyCall::Reserve { of: whose(), seen, executions })
}

fn provision(seen: Option<u32>, executions: u32) -> Call {
    Call::Concurrency(ConcurrencyCall::Provision { of: whose(), qualifier: "live".into(), seen, executions })
}

#[test]
fn a_call_prints_as_a_sentence_and_as_a_command() {
    assert_eq!(reserve(None, 20).to_string(), "PutFunctionConcurrency orders-api: reserve 20");
    assert_eq!(reserve(Some(20), 0).to_string(), "PutFunctionConcurrency orders-api: 0, every invocation is throttled");
    assert_eq!(
        provision(None, 5).command(),
        "aws lambda put-provisioned-concurrency-config --function-name arn:aws:lambda:eu-west-1:1:function:orders-api \
         --qualifier live --provisioned-concurrent-executions 5"
    );
}

#[tokio::test]
async fn what_changed_since_it_was_seen_is_not_overwritten() {
    let far_end = FarEnd::of([Reply::json(r#"{"ReservedConcurrentExecutions":50}"#)]);
    let problem = reserve(Some(200), 0).perform(far_end.aws().await).await.unwrap_err();
    assert_eq!(problem.kind, Kind::Conflict);
    assert_eq!(&*problem.said, "the reserved concurrency is 50 by now, and was 200 when you looked");
    assert_eq!(far_end.journal().len(), 1, "nothing was sent: {:?}", far_end.journal());
}

#[tokio::test]
async fn zero_and_unreserved_differ_before_a_change_too() {
    let far_end = FarEnd::of([Reply::json("{}")]);
    let problem = reserve(Some(0), 5).perform(far_end.aws().await).await.unwrap_err();
    assert_eq!(&*problem.said, "the reserved concurrency is none by now, and was 0 when you looked");
}

#[tokio::test]
async fn what_is_as_it_was_seen_is_changed_once() {
    let far_end = FarEnd::of([Reply::json("{}"), Reply::json(r#"{"ReservedConcurrentExecutions":20}"#)]);
    let done = reserve(None, 20).perform(far_end.aws().await).await.unwrap();
    assert_eq!(done, Done::default());
    let journal = far_end.journal();
    assert_eq!(journal.len(), 2, "{journal:?}");
    assert!(journal[1].starts_with("PUT /2017-10-31/functions/arn"), "{journal:?}");
    assert!(journal[1].ends_with(r#"{"ReservedConcurrentExecutions":20}"#), "{journal:?}");
}

#[tokio::test]
async fn provisioning_goes_on_in_the_background() {
    let none = Reply::error(404, "ProvisionedConcurrencyConfigNotFoundException", "none");
    let far_end = FarEnd::of([none, Reply::json(r#"{"Status":"IN_PROGRESS"}"#)]);
    let done = provision(None, 5).perform(far_end.aws().await).await.unwrap();
    assert!(done.in_progress);
    assert!(far_end.journal()[1].contains("Qualifier=live"), "{:?}", far_end.journal());
}

#[tokio::test]
async fn a_read_only_session_reads_and_changes_nothing() {
    let far_end = FarEnd::of([Reply::json("{}")]);
    let problem = reserve(None, 20).perform(far_end.read_only().await).await.unwrap_err();
    assert_eq!(problem.kind, Kind::ReadOnly);
    assert!(far_end.journal().iter().all(|line| line.starts_with("GET")), "{:?}", far_end.journal());
}
