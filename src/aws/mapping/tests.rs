use super::super::far_end::{FarEnd, Reply};
use super::*;
use crate::aws::Call;

const SQS: &str = r#"{"UUID":"8f0c1e7a-1111-4222-8333-444455556666","FunctionArn":"arn:aws:lambda:eu-west-1:123456789012:function:orders-worker:live",
    "EventSourceArn":"arn:aws:sqs:eu-west-1:123456789012:orders","State":"Enabled","StateTransitionReason":"USER_INITIATED","LastModified":1569284520.333,
    "BatchSize":10,"MaximumBatchingWindowInSeconds":0,"FunctionResponseTypes":["ReportBatchItemFailures"],"ScalingConfig":{"MaximumConcurrency":50},
    "FilterCriteria":{"Filters":[{"Pattern":"{\n \"body\": {\"type\": [\"placed\"]}}"}]}}"#;

async fn told(body: &str) -> Mapping {
    let far_end = FarEnd::of([Reply::json(body)]);
    mapping(&far_end.aws().await, "x").await.unwrap().unwrap()
}

#[tokio::test]
async fn a_mapping_is_read_with_the_settings_that_its_source_has() {
    let mapping = told(SQS).await;
    assert_eq!((&*mapping.short(), &*mapping.function()), ("8f0c1e7a", "orders-worker:live"));
    assert_eq!(&*mapping.unqualified(), "arn:aws:lambda:eu-west-1:123456789012:function:orders-worker");
    assert_eq!(
        &*mapping.arn,
        "arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:8f0c1e7a-1111-4222-8333-444455556666"
    );
    assert_eq!(mapping.joins(), "sqs orders to orders-worker:live");
    let settings: Vec<String> =
        mapping.settings.iter().map(|(setting, word)| format!("{} {word}", setting.label())).collect();
    assert_eq!(settings, ["batch size 10", "window 0", "concurrency 50", "item reports on"]);
    assert_eq!(mapping.filters, Filters::Patterns(vec![r#"{"body":{"type":["placed"]}}"#.into()]));
    assert_eq!(mapping.last_modified.unwrap().timestamp(), 1_569_284_520);
    assert!(mapping.is_on() && !mapping.is_settling() && !mapping.is_troubled());
}

#[tokio::test]
async fn a_missing_filter_of_an_encrypted_mapping_is_not_no_filter() {
    let plain = r#"{"UUID":"u","FunctionArn":"f","EventSourceArn":"arn:aws:sqs:r:1:q","State":"Enabled"}"#;
    assert_eq!(told(plain).await.filters, Filters::None);
    let encrypted = plain.replace("\"State\"", "\"KMSKeyArn\":\"arn:aws:kms:r:1:key/k\",\"State\"");
    assert_eq!(told(&encrypted).await.filters, Filters::Hidden);
    let empty = encrypted.replace("\"State\"", "\"FilterCriteria\":{},\"State\"");
    assert_eq!(told(&empty).await.filters, Filters::None);
}

#[tokio::test]
async fn what_is_not_known_to_be_good_is_trouble() {
    for (result, trouble) in
        [("OK", false), ("No records processed", false), ("", false), ("PROBLEM: x", true), ("Odd", true)]
    {
        let body = SQS.replace("\"BatchSize\"", &format!("\"LastProcessingResult\":\"{result}\",\"BatchSize\""));
        assert_eq!(told(&body).await.is_troubled(), trouble, "{result}");
    }
}

#[tokio::test]
async fn a_function_is_fed_under_its_name_its_versions_and_its_aliases_only() {
    let mapping = told(SQS).await;
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-worker";
    assert!(mapping.feeds(arn) && !mapping.feeds(arn.trim_end_matches("er")));
}

#[tokio::test]
async fn one_that_is_gone_is_none() {
    let far_end = FarEnd::of([Reply::error(404, "ResourceNotFoundException", "x")]);
    assert_eq!(mapping(&far_end.aws().await, "x").await.unwrap(), None);
}

fn changes() -> Vec<Change> {
    let change = |setting, from: &str, to: &str| Change { setting, from: from.to_owned(), to: to.to_owned() };
    vec![
        change(MappingSetting::BatchSize, "10", "100"),
        change(MappingSetting::Window, "0", "5"),
        change(MappingSetting::Concurrency, "50", ""),
        change(MappingSetting::ItemFailures, "on", "off"),
    ]
}

#[tokio::test]
async fn calls_print_as_sentences_and_as_commands() {
    let seen = Box::new(told(SQS).await);
    let uuid = "8f0c1e7a-1111-4222-8333-444455556666";
    let source = EventSource {
        start: Some("LATEST".into()),
        ..told(
            &SQS.replace("aws:sqs:eu-west-1:123456789012:orders", "aws:kinesis:eu-west-1:123456789012:stream/clicks"),
        )
        .await
        .source
    };
    let new = NewMapping {
        function: "f:live".to_owned(),
        source,
        start_at: None,
        enabled: false,
        settings: vec![changes().remove(0)],
        patterns: vec!["{\"a\":[1]}".to_owned()],
    };
    for (call, sentence, command) in [
        (
            MappingCall::Switch { seen: seen.clone(), on: false },
            "UpdateEventSourceMapping 8f0c1e7a: pause sqs orders to orders-worker:live (Enabled false)".to_owned(),
            format!("aws lambda update-event-source-mapping --uuid {uuid} --no-enabled"),
        ),
        (
            MappingCall::Edit { seen: seen.clone(), changes: changes(), function: None },
            "UpdateEventSourceMapping 8f0c1e7a: batch size to 100, window to 5 s, concurrency to nothing, item reports to off".to_owned(),
            format!("aws lambda update-event-source-mapping --uuid {uuid} --batch-size 100 --maximum-batching-window-in-seconds 5 --scaling-config '{{}}' --function-response-types '[]'"),
        ),
        (
            MappingCall::Filter { seen: seen.clone(), patterns: vec!["{\"a\":[1]}".to_owned()] },
            "UpdateEventSourceMapping 8f0c1e7a: filter {\"a\":[1]}".to_owned(),
            format!("aws lambda update-event-source-mapping --uuid {uuid} --filter-criteria '{{\"Filters\":[{{\"Pattern\":\"{{\\\"a\\\":[1]}}\"}}]}}'"),
        ),
        (
            MappingCall::Delete { seen, save: Some("x.json".to_owned()) },
            "DeleteEventSourceMapping 8f0c1e7a: sqs orders to orders-worker:live, saved to x.json first".to_owned(),
            format!("aws lambda delete-event-source-mapping --uuid {uuid}"),
        ),
        (
            MappingCall::Create(Box::new(new)),
            "CreateEventSourceMapping kinesis clicks to f:live, disabled".to_owned(),
            "aws lambda create-event-source-mapping --function-name f:live --event-source-arn arn:aws:kinesis:eu-west-1:123456789012:stream/clicks \
             --starting-position LATEST --no-enabled --batch-size 100 --filter-criteria '{\"Filters\":[{\"Pattern\":\"{\\\"a\\\":[1]}\"}]}'".to_owned(),
        ),
    ] {
        assert_eq!((call.to_string(), call.command()), (sentence, command));
    }
}

#[tokio::test]
async fn an_edit_reads_again_and_sends_only_what_changes() {
    let seen = Box::new(told(SQS).await);
    let far_end = FarEnd::of([Reply::json(SQS), Reply::json(&SQS.replace("Enabled", "Updating"))]);
    let call = Call::Mapping(MappingCall::Edit { seen, changes: changes(), function: None });
    assert!(call.perform(far_end.aws().await).await.unwrap().in_progress);
    let journal = far_end.journal();
    assert_eq!(journal.len(), 2, "{journal:?}");
    assert!(journal[1].starts_with("PUT /2015-03-31/event-source-mappings/8f0c1e7a"), "{journal:?}");
    let (_, body) = journal[1].split_once('{').unwrap();
    let body = &format!("{{{body}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"BatchSize": 100, "MaximumBatchingWindowInSeconds": 5, "ScalingConfig": {}, "FunctionResponseTypes": []})
    );
}

#[tokio::test]
async fn a_difference_stops_the_change_and_is_told() {
    let seen = Box::new(told(SQS).await);
    let other = SQS
        .replace("\"BatchSize\":10", "\"BatchSize\":7")
        .replace("\"Enabled\"", "\"Disabled\"")
        .replace("placed", "sold");
    for (call, said) in [
        (MappingCall::Switch { seen: seen.clone(), on: false }, "the state was Enabled, is Disabled"),
        (MappingCall::Edit { seen: seen.clone(), changes: changes(), function: None }, "batch size was 10, is 7"),
        (MappingCall::Filter { seen: seen.clone(), patterns: vec![] }, "the filters was"),
        (MappingCall::Delete { seen: seen.clone(), save: None }, "batch size was 10, is 7"),
    ] {
        let far_end = FarEnd::of([Reply::json(&other)]);
        let problem = call.perform(far_end.aws().await).await.unwrap_err();
        assert_eq!((problem.kind, far_end.journal().len()), (Kind::Conflict, 1), "{problem}");
        assert!(problem.said.contains(said), "{problem}");
    }
    // What the change is not about may have changed.
    let far_end = FarEnd::of([Reply::json(&SQS.replace("\"BatchSize\":10", "\"BatchSize\":7")), Reply::json("{}")]);
    assert!(MappingCall::Switch { seen: seen.clone(), on: false }.perform(far_end.aws().await).await.is_ok());
    let far_end = FarEnd::of([Reply::error(404, "ResourceNotFoundException", "x")]);
    let problem = MappingCall::Delete { seen, save: None }.perform(far_end.aws().await).await.unwrap_err();
    assert_eq!((problem.kind, far_end.journal().len()), (Kind::Missing, 1));
}

#[tokio::test]
async fn a_deletion_saves_the_configuration_first_and_never_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mapping.json").to_string_lossy().into_owned();
    let body = SQS.replace("\"BatchSize\"", "\"NobodyKnows\":1,\"BatchSize\"");
    let seen = Box::new(told(SQS).await);
    let delete = || MappingCall::Delete { seen: seen.clone(), save: Some(path.clone()) };
    let far_end = FarEnd::of([Reply::json(&body), Reply::json(&body), Reply::json("{\"State\":\"Deleting\"}")]);
    assert!(delete().perform(far_end.aws().await).await.unwrap().in_progress);
    let saved: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!((&saved["NobodyKnows"], &saved["BatchSize"]), (&1.into(), &10.into()));
    let far_end = FarEnd::of([Reply::json(&body)]);
    let problem = delete().perform(far_end.aws().await).await.unwrap_err();
    assert!(problem.sentence().contains("Nothing was deleted"), "{problem}");
    assert!(!far_end.journal().iter().any(|line| line.starts_with("DELETE")));
}

#[tokio::test]
async fn a_change_that_got_no_answer_may_have_been_made() {
    let seen = Box::new(told(SQS).await);
    for (reply, kind) in
        [(Reply::Reset, Kind::OutcomeUnknown), (Reply::error(400, "ResourceInUseException", "x"), Kind::Conflict)]
    {
        let far_end = FarEnd::of([Reply::json(SQS), reply]);
        let call = MappingCall::Switch { seen: seen.clone(), on: false };
        assert_eq!(call.perform(far_end.aws().await).await.unwrap_err().kind, kind);
        assert_eq!(far_end.journal().len(), 2);
    }
}

#[tokio::test]
async fn the_json_is_in_the_words_of_aws() {
    let whole: serde_json::Value = serde_json::from_str(&told(SQS).await.json()).unwrap();
    assert_eq!(whole["ScalingConfig"]["MaximumConcurrency"], 50);
    assert_eq!(whole["FunctionResponseTypes"][0], "ReportBatchItemFailures");
    assert_eq!(whole["FilterCriteria"]["Filters"][0]["Pattern"], r#"{"body":{"type":["placed"]}}"#);
}
