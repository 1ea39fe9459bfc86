//! Listing and reading functions against a scripted far end.

use super::super::far_end::{FarEnd, Reply};
use super::super::{Kind, TrafficEvent, account};
use super::*;

fn page(names: &[&str], marker: Option<&str>) -> Reply {
    let functions: Vec<String> = names.iter().map(|name| format!(r#"{{"FunctionName":"{name}"}}"#)).collect();
    let marker = marker.map(|marker| format!(r#","NextMarker":"{marker}""#)).unwrap_or_default();
    Reply::json(&format!(r#"{{"Functions":[{}]{marker}}}"#, functions.join(",")))
}

async fn listed(far_end: &FarEnd) -> (Vec<(usize, bool)>, Result<(), Problem>) {
    let mut pages = Vec::new();
    let answer = list(far_end.aws().await, None, |page, next| pages.push((page.len(), next.is_some()))).await;
    (pages, answer)
}

#[tokio::test]
async fn pages_are_handed_on_as_they_come_until_an_empty_marker() {
    let far_end = FarEnd::of([page(&["a", "b"], Some("m1")), page(&[], Some("m2")), page(&["c"], Some(""))]);
    assert_eq!(listed(&far_end).await, (vec![(2, true), (0, true), (1, false)], Ok(())));
    let journal = far_end.journal();
    assert_eq!(journal.len(), 3);
    assert!(journal[0].starts_with("GET /2015-03-31/functions") && journal[1].contains("Marker=m1"), "{journal:?}");
}

#[tokio::test]
async fn a_marker_that_repeats_ends_the_list() {
    let far_end = FarEnd::of([page(&["a"], Some("m1"))]);
    assert_eq!(listed(&far_end).await, (vec![(1, true), (1, false)], Ok(())));
}

#[tokio::test]
async fn when_a_later_page_fails_the_first_ones_stand_and_the_problem_says_they_are_not_all() {
    let far_end =
        FarEnd::of([page(&["a"], Some("1")), page(&["b"], Some("2")), Reply::error(500, "ServiceException", "boom")]);
    let (pages, answer) = listed(&far_end).await;
    assert_eq!(pages, [(1, true), (1, true)]);
    let problem = answer.unwrap_err();
    assert!(problem.said.starts_with("the list is incomplete, 2 functions had come"), "{problem}");
    assert_eq!(far_end.journal().len(), 2 + 4, "reads are retried");
}

#[tokio::test]
async fn every_field_of_the_list_is_read_and_none_is_needed() {
    let full = r#"{"FunctionName":"orders-api","FunctionArn":"arn:f","Runtime":"python9.9","Role":"arn:role","Handler":"app.main",
        "CodeSize":123,"Description":"a\u001b[31mb","Timeout":30,"MemorySize":512,"LastModified":"2020-04-10T19:06:32.563+0000",
        "CodeSha256":"sha","Version":"$LATEST","VpcConfig":{"SubnetIds":["s1","s2"],"SecurityGroupIds":["g"],"VpcId":"vpc-1"},
        "DeadLetterConfig":{"TargetArn":"arn:dlq"},"Environment":{"Variables":{"KEY":"secret-value","B":"c"}},"KMSKeyArn":"",
        "TracingConfig":{"Mode":"Active"},"RevisionId":"rev","Layers":[{"Arn":"arn:layer:1","CodeSize":1}],"PackageType":"Zip",
        "Architectures":["arm64"],"EphemeralStorage":{"Size":1024},"SnapStart":{"ApplyOn":"PublishedVersions","OptimizationStatus":"Off"},
        "LoggingConfig":{"LogFormat":"JSON","LogGroup":"/my/group"},"DurableConfig":{"RetentionPeriodInDays":3},
        "TenancyConfig":{"TenantIsolationMode":"PER_TENANT"},"FileSystemConfigs":[{"Arn":"arn:fs","LocalMountPath":"/mnt/x"}]}"#;
    let far_end = FarEnd::of([Reply::json(&format!(
        r#"{{"Functions":[{full},{{"FunctionName":"bare","VpcConfig":{{"VpcId":""}}}}]}}"#
    ))]);
    let mut all = Vec::new();
    list(far_end.aws().await, None, |page, _| all.extend(page)).await.unwrap();
    let f = &all[0];
    assert_eq!(
        (f.common.runtime.as_deref(), f.memory, f.timeout, f.common.architecture.as_str()),
        (Some("python9.9"), 512, 30, "arm64")
    );
    assert_eq!((f.description.as_str(), f.environment, f.common.subnets, f.common.layers.len()), ("a^[[31mb", 2, 2, 1));
    assert_eq!(f.last_modified.map(|at| at.to_rfc3339()).as_deref(), Some("2020-04-10T19:06:32.563+00:00"));
    assert_eq!((f.log_group().as_str(), f.common.kms_key_arn.as_ref(), f.common.durable), ("/my/group", None, true));
    assert_eq!(
        (f.common.tenant_isolation.as_deref(), f.common.file_systems, f.common.snap_start.as_deref()),
        (Some("PER_TENANT"), 1, Some("PublishedVersions"))
    );
    let bare = &all[1];
    assert_eq!(
        (bare.log_group().as_str(), bare.common.vpc_id.as_ref(), bare.common.package_type.as_str()),
        ("/aws/lambda/bare", None, "Zip")
    );
    let kept = serde_json::to_string(f).unwrap();
    assert!(!kept.contains("secret-value"));
    assert_eq!(&serde_json::from_str::<Function>(&kept).unwrap(), f);
}

#[tokio::test]
async fn what_functions_of_a_list_have_in_common_is_kept_once() {
    let function =
        |name, vpc| format!(r#"{{"FunctionName":"{name}","Runtime":"python3.13","VpcConfig":{{"VpcId":"{vpc}"}}}}"#);
    let page = |functions: [String; 2], marker| {
        Reply::json(&format!(r#"{{"Functions":[{}],"NextMarker":"{marker}"}}"#, functions.join(",")))
    };
    let far_end = FarEnd::of([
        page([function("a", "v"), function("b", "w")], "1"),
        page([function("c", "v"), function("d", "v")], ""),
    ]);
    let mut all = Vec::new();
    list(far_end.aws().await, None, |page, _| all.extend(page)).await.unwrap();
    let with_first: Vec<bool> = all.iter().map(|function| Arc::ptr_eq(&function.common, &all[0].common)).collect();
    assert_eq!(with_first, [true, false, true, true]);
}

#[test]
fn five_thousand_functions_fit_into_a_few_megabytes() {
    assert!(size_of::<Function>() <= 224, "{}", size_of::<Function>());
}

#[test]
fn times_are_read_with_and_without_a_fraction() {
    for told in ["2019-12-31T20:28:49+0000", "2019-12-31T20:28:49.000+0000", "2019-12-31T20:28:49Z"] {
        assert_eq!(time(told).unwrap().timestamp(), 1_577_824_129, "{told}");
    }
    assert_eq!(time("yesterday"), None);
}

#[tokio::test]
async fn health_is_read_from_get_function() {
    let far_end = FarEnd::of([Reply::json(
        r#"{"Configuration":{"State":"Dreaming","StateReasonCode":"Idle","LastUpdateStatus":"InProgress","RevisionId":"r"},
            "Code":{"Location":"https://signed.example/?token"},"Concurrency":{"ReservedConcurrentExecutions":0}}"#,
    )]);
    let health = health(far_end.aws().await, "orders-api".into()).await.unwrap();
    assert_eq!((health.state.as_deref(), health.reserved_concurrency), (Some("Dreaming"), Some(0)));
    assert!(health.unsettled());
    assert!(!format!("{health:?}").contains("token"));
    assert_eq!(far_end.journal(), ["GET /2015-03-31/functions/orders-api"]);
    let settled =
        Health { last_update_status: Some("Successful".into()), state: Some("Active".into()), ..Health::default() };
    assert!(!settled.unsettled());
}

#[tokio::test]
async fn a_deleted_function_is_missing_and_a_forbidden_one_names_the_action() {
    let aws = FarEnd::of([Reply::error(
        404,
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:eu-west-1:1:function:f",
    )])
    .aws()
    .await;
    assert_eq!(health(aws, "f".into()).await.unwrap_err().kind, Kind::Missing);
    let aws = FarEnd::of([Reply::error(403, "AccessDeniedException", "no")]).aws().await;
    let problem = health(aws, "f".into()).await.unwrap_err();
    assert_eq!((problem.kind, problem.request_id.as_deref()), (Kind::Denied, Some("req-1")));
    assert!(problem.hint.contains("lambda:GetFunction"));
}

#[tokio::test]
async fn a_throttle_answer_is_retried_reported_and_slows_us_down() {
    let far_end = FarEnd::of([
        Reply::error(429, "TooManyRequestsException", "slow down"),
        Reply::json(r#"{"AccountLimit":{},"AccountUsage":{"FunctionCount":1250,"TotalCodeSize":7}}"#),
    ]);
    assert_eq!(account::count(far_end.aws().await).await.unwrap(), 1250);
    let traffic = far_end.traffic();
    let events: Vec<_> = traffic.iter().map(|event| (event.event, event.rate_halved)).collect();
    assert_eq!(
        events,
        [
            (TrafficEvent::Sent, false),
            (TrafficEvent::Throttled, true),
            (TrafficEvent::Sent, true),
            (TrafficEvent::Answered { status: 200 }, true),
        ]
    );
    assert!(traffic.iter().all(|event| event.operation == "GetAccountSettings"));
}

#[tokio::test]
async fn the_rate_budget_lets_a_burst_through_and_spaces_the_rest() {
    let pages = (0..19).map(|n| page(&["f"], Some(&format!("m{n}")))).chain([page(&["f"], None)]);
    let far_end = FarEnd::of(pages);
    let start = tokio::time::Instant::now();
    let (pages, answer) = listed(&far_end).await;
    assert_eq!((pages.len(), answer), (20, Ok(())));
    // 14 at once (one is kept for the person), then 6 at 15 a second.
    let took = start.elapsed().as_secs_f64();
    assert!((0.35..1.5).contains(&took), "{took}");
}
