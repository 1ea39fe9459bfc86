//! Invocations, changes, gates and faults.

use std::sync::atomic::Ordering;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use serde_json::{Value, json};

use super::super::request::Asked;
use super::super::{Answer, Demo, Fault, FunctionSeed};
use super::{clock, empty, get, header, invoke, json_of, send};

#[tokio::test]
async fn an_invocation_tells_version_result_and_log_tail() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a").published(2).alias("live", "2"));
    let first = invoke(&demo, "a:live", "{\"n\": 1.0}").await;
    assert_eq!(header(&first, "x-amz-executed-version"), Some("2"));
    assert!(String::from_utf8_lossy(first.body()).contains("\"event\":{\"n\": 1.0}"));
    let tail =
        |response| String::from_utf8(STANDARD.decode(header(response, "x-amz-log-result").unwrap()).unwrap()).unwrap();
    assert!(tail(&first).contains("START RequestId") && tail(&first).contains("Init Duration"));
    let second = invoke(&demo, "a:live", "{}").await;
    assert!(tail(&second).contains("REPORT RequestId") && !tail(&second).contains("Init Duration"));
}

#[tokio::test]
async fn runs_at_once_start_an_environment_each_and_no_more_than_are_reserved() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a").reserved(2));
    let gate = demo.gate("Invoke");
    let runs: Vec<_> = (0..3)
        .map(|_| {
            let demo = demo.clone();
            tokio::spawn(async move { invoke(&demo, "a", "{}").await })
        })
        .collect();
    gate.arrived(3).await;
    gate.open();
    let mut told = Vec::new();
    for run in runs {
        let response = run.await.unwrap();
        let tail = header(&response, "x-amz-log-result").and_then(|tail| STANDARD.decode(tail).ok());
        let cold = tail.is_some_and(|tail| String::from_utf8_lossy(&tail).contains("Init Duration"));
        told.push((response.status().as_u16(), cold));
    }
    assert_eq!(told, [(200, true), (200, true), (429, false)]);
    let after = invoke(&demo, "a", "{}").await;
    let tail = STANDARD.decode(header(&after, "x-amz-log-result").unwrap()).unwrap();
    assert!(!String::from_utf8_lossy(&tail).contains("Init Duration"), "an environment is free");
}

#[tokio::test]
async fn the_log_tail_is_cut_at_4096_bytes() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a").behaviour("noisy"));
    let response = invoke(&demo, "a", "").await;
    assert_eq!(STANDARD.decode(header(&response, "x-amz-log-result").unwrap()).unwrap().len(), 4096);
}

#[tokio::test]
async fn events_and_dry_runs_are_accepted_without_a_result() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    let uri = "/2015-03-31/functions/a/invocations";
    let event = send(&demo, "POST", uri, &[("x-amz-invocation-type", "Event")], "{}").await;
    let dry = send(&demo, "POST", uri, &[("x-amz-invocation-type", "DryRun")], "{}").await;
    assert_eq!((event.status().as_u16(), event.body().len()), (202, 0));
    assert_eq!((dry.status().as_u16(), dry.body().len()), (204, 0));
    assert_eq!(demo.journal(), ["Invoke a Event", "Invoke a DryRun"]);
}

#[tokio::test]
async fn what_keeps_a_function_from_running_is_said_by_name() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("frozen").reserved(0));
    demo.put_function(FunctionSeed::named("new").state("Pending", "The function is being created.", "Creating"));
    demo.put_function(FunctionSeed::named("a"));
    let refusal = async |name: &str, payload: &str| {
        let response = invoke(&demo, name, payload).await;
        (response.status().as_u16(), header(&response, "x-amzn-errortype").unwrap_or_default().to_owned())
    };
    assert_eq!(refusal("frozen", "").await, (429, "TooManyRequestsException".into()));
    assert_eq!(refusal("new", "").await, (409, "ResourceConflictException".into()));
    assert_eq!(refusal("a", "{\"a\":}").await, (400, "InvalidRequestContentException".into()));
    let large = format!("\"{}\"", "x".repeat(6_291_456));
    assert_eq!(refusal("a", &large).await, (413, "RequestTooLargeException".into()));
}

#[tokio::test]
async fn an_inactive_function_wakes_when_it_is_invoked() {
    let (clock, time) = clock();
    let demo = Demo::empty(clock);
    demo.put_function(FunctionSeed::named("a").state("Inactive", "The function is inactive.", "Idle"));
    assert_eq!(invoke(&demo, "a", "").await.status(), 502);
    assert_eq!(get(&demo, "/2015-03-31/functions/a/configuration").await["StateReasonCode"], "Restoring");
    time.fetch_add(10, Ordering::SeqCst);
    assert_eq!(invoke(&demo, "a", "").await.status(), 200);
}

#[tokio::test]
async fn an_update_is_checked_and_takes_its_time() {
    let (clock, time) = clock();
    let demo = Demo::empty(clock);
    demo.put_function(FunctionSeed::named("a"));
    let uri = "/2015-03-31/functions/a/configuration";
    let put = async |body: Value| send(&demo, "PUT", uri, &[], &body.to_string()).await;
    let before = get(&demo, uri).await;
    assert_eq!(put(json!({"MemorySize": 512, "RevisionId": "stale"})).await.status(), 412);
    assert_eq!(put(json!({"MemorySize": 64})).await.status(), 400);
    let taken = json_of(&put(json!({"MemorySize": 512, "RevisionId": before["RevisionId"]})).await);
    assert_eq!((&taken["MemorySize"], &taken["LastUpdateStatus"]), (&json!(512), &json!("InProgress")));
    assert_ne!(taken["RevisionId"], before["RevisionId"]);
    assert_eq!(put(json!({"MemorySize": 256})).await.status(), 409);
    time.fetch_add(3, Ordering::SeqCst);
    assert_eq!(get(&demo, uri).await["LastUpdateStatus"], "Successful");
}

#[tokio::test]
async fn faults_are_acted_out_and_cleared() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    demo.fail("GetFunction a", Fault::Denied { action: "lambda:GetFunction".into() });
    demo.fail_times("ListFunctions", 1, Fault::Throttled { retry_after: Some(2) });
    let denied = send(&demo, "GET", "/2015-03-31/functions/a", &[], "").await;
    assert_eq!(denied.status(), 403);
    assert!(json_of(&denied)["Message"].as_str().unwrap().contains("not authorized to perform: lambda:GetFunction"));
    let throttled = send(&demo, "GET", "/2015-03-31/functions", &[], "").await;
    assert_eq!((throttled.status().as_u16(), header(&throttled, "retry-after")), (429, Some("2")));
    assert_eq!(json_of(&throttled)["Reason"], "CallerRateLimitExceeded");
    assert_eq!(send(&demo, "GET", "/2015-03-31/functions", &[], "").await.status(), 200);
    demo.clear_faults();
    assert_eq!(send(&demo, "GET", "/2015-03-31/functions/a", &[], "").await.status(), 200);
}

#[tokio::test]
async fn a_reset_after_carries_the_operation_out_and_a_reset_does_not() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    let uri = "/2015-03-31/functions/a/configuration";
    let put = async |memory: u32| {
        let body = json!({"MemorySize": memory}).to_string().into_bytes();
        demo.handle(Request::put(uri).body(body).unwrap()).await
    };
    demo.fail_times("UpdateFunctionConfiguration", 1, Fault::Reset);
    demo.fail_times("UpdateFunctionConfiguration", 1, Fault::ResetAfter);
    assert!(matches!(put(256).await, Answer::Reset));
    assert_eq!(get(&demo, uri).await["MemorySize"], 128);
    assert!(matches!(put(512).await, Answer::Reset));
    assert_eq!(get(&demo, uri).await["MemorySize"], 512);
}

#[tokio::test]
async fn an_answer_behind_a_gate_is_as_old_as_its_request() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    let gate = demo.gate("GetFunctionConfiguration");
    let late = tokio::spawn({
        let demo = demo.clone();
        async move { get(&demo, "/2015-03-31/functions/a/configuration").await }
    });
    gate.arrived(1).await;
    demo.patch_function("a", &json!({"MemorySize": 1024}));
    gate.open();
    assert_eq!(late.await.unwrap()["MemorySize"], 128);
    assert_eq!(get(&demo, "/2015-03-31/functions/a/configuration").await["MemorySize"], 1024);
}

#[tokio::test]
async fn an_invocation_writes_its_lines_into_the_log_group() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    let id = header(&invoke(&demo, "a", "").await, "x-amzn-requestid").unwrap().to_owned();
    let search = json!({"logGroupName": "/aws/lambda/a", "filterPattern": format!("\"{id}\"")}).to_string();
    let target = [("x-amz-target", "Logs_20140328.FilterLogEvents")];
    let found = json_of(&send(&demo, "POST", "/", &target, &search).await);
    let messages: Vec<&str> =
        found["events"].as_array().unwrap().iter().filter_map(|event| event["message"].as_str()).collect();
    // All lines of an environment's first millisecond are there; the search found those with the id.
    assert!(messages.iter().any(|line| line.starts_with("START")), "{messages:?}");
}

#[tokio::test]
async fn a_cold_run_takes_longer_than_a_warm_one_where_the_account_is_as_slow_as_aws() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    let time = || {
        let request = Request::post("/2015-03-31/functions/a/invocations").body(b"{}".to_vec()).unwrap();
        demo.decide(&Asked::read(request, demo.now()), None, "id").1
    };
    demo.latency(Duration::from_millis(80));
    let (cold, warm) = (time(), time());
    assert!(cold >= warm + Duration::from_millis(120) && !warm.is_zero(), "{cold:?} {warm:?}");
    demo.latency(Duration::ZERO);
    assert_eq!(time(), Duration::ZERO);
}
