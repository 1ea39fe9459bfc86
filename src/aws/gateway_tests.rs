//! What is a read, and which budget it draws on.

use super::super::far_end::{FarEnd, Reply};
use super::super::identity;
use super::*;

#[test]
fn reads_are_known_by_their_verb_and_all_else_is_a_change() {
    for read in
        ["GetFunction", "ListFunctions", "FilterLogEvents", "DescribeLogGroups", "StartLiveTail", "GetCallerIdentity"]
    {
        assert!(is_read(read, None), "{read}");
    }
    let changes = [
        "Invoke",
        "InvokeAsync",
        "InvokeWithResponseStream",
        "UpdateFunctionConfiguration",
        "DeleteFunction",
        "PutFunctionConcurrency",
        "TagResource",
        "UntagResource",
        "PublishVersion",
        "CreateAlias",
        "AddPermission",
        "RemovePermission",
        "SendDurableExecutionCallbackSuccess",
        "StopDurableExecution",
        "CheckpointDurableExecution",
        "",
    ];
    for change in changes {
        assert!(!is_read(change, None), "{change}");
    }
}

#[test]
fn a_dry_run_is_a_read() {
    let input = |kind| Input::erase(InvokeInput::builder().function_name("f").invocation_type(kind).build().unwrap());
    assert!(is_read("Invoke", Some(&input(InvocationType::DryRun))));
    assert!(!is_read("Invoke", Some(&input(InvocationType::RequestResponse))));
    assert!(!is_read("Invoke", Some(&input(InvocationType::Event))));
}

#[test]
fn each_operation_draws_on_the_budget_aws_counts_it_in() {
    assert_eq!(class_of("Lambda", "GetFunction"), Class::GetFunction);
    assert_eq!(class_of("Lambda", "GetFunctionConcurrency"), Class::Control);
    assert_eq!(class_of("Lambda", "Invoke"), Class::Free);
    assert_eq!(class_of("CloudWatch Logs", "FilterLogEvents"), Class::Logs);
    assert_eq!(class_of("STS", "GetCallerIdentity"), Class::Free);
}

#[tokio::test]
async fn a_request_that_nobody_waits_for_any_more_is_counted_as_given_up() {
    let far_end = FarEnd::of([Reply::Silence]);
    let asking = tokio::spawn(identity(far_end.aws().await));
    while far_end.journal().is_empty() {
        tokio::task::yield_now().await;
    }
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    let events: Vec<TrafficEvent> = far_end.traffic().iter().map(|traffic| traffic.event).collect();
    assert_eq!(events, [TrafficEvent::Sent, TrafficEvent::GivenUp]);
}
