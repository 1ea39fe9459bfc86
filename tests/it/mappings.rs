//! Event source mappings: seen, paused, resumed, edited, filtered, made and deleted.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed};
use serde_json::{Value, json};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, changes, ready, showcase, soon, words};

const ORDERS: &str = "8f0c1e7a-1111-4222-8333-444455556666";
const CLICKS: &str = "1b2c3d4e-1111-4222-8333-444455556666";
const AUDIT: &str = "99aabbcc-1111-4222-8333-444455556666";

/// The time of the account: it passes when the test says so.
#[derive(Clone)]
struct Time(Arc<Mutex<DateTime<Utc>>>);

impl Time {
    fn pass(&self, app: &mut Harness, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
        app.later(Duration::from_secs(seconds));
    }
}

/// Three functions, each fed by another sort of source.
fn account() -> (Demo, Time) {
    let time = Time(Arc::new(Mutex::new("2026-11-21T12:00:00Z".parse().unwrap())));
    let told = time.clone();
    let demo = Demo::empty(Arc::new(move || *told.0.lock().unwrap()));
    for name in ["data-audit", "orders-worker", "search-index"] {
        demo.put_function(FunctionSeed::named(name).published(2).alias("live", "2"));
    }
    demo.put_mapping(json!({
        "UUID": ORDERS, "FunctionName": "orders-worker:live", "EventSourceArn": "arn:aws:sqs:{region}:123456789012:orders",
        "AgeMinutes": 4320, "BatchSize": 10, "MaximumBatchingWindowInSeconds": 0, "ScalingConfig": {"MaximumConcurrency": 50},
        "FilterCriteria": {"Filters": [{"Pattern": "{\"body\":{\"type\":[\"order.placed\"]}}"}]},
    }));
    demo.put_mapping(json!({
        "UUID": CLICKS, "FunctionName": "search-index", "EventSourceArn": "arn:aws:kinesis:{region}:123456789012:stream/clicks",
        "AgeMinutes": 120, "BatchSize": 100, "MaximumBatchingWindowInSeconds": 0, "ParallelizationFactor": 1, "MaximumRetryAttempts": -1,
        "MaximumRecordAgeInSeconds": -1, "BisectBatchOnFunctionError": false, "TumblingWindowInSeconds": 0, "StartingPosition": "LATEST",
        "LastProcessingResult": "PROBLEM: Function call failed",
    }));
    demo.put_mapping(json!({
        "UUID": AUDIT, "FunctionName": "data-audit", "State": "Disabled", "AgeMinutes": 11520, "BatchSize": 100, "Topics": ["audit"],
        "SelfManagedEventSource": {"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": ["a.example.com:9092", "b.example.com:9092"]}},
        "StartingPosition": "TRIM_HORIZON",
    }));
    (demo, time)
}

async fn started(demo: &Demo) -> (Server, Harness) {
    started_in(demo, &[]).await
}

async fn started_in(demo: &Demo, production: &[&str]) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app =
        Harness::with(&server, |session, _| session.production.extend(production.iter().map(ToString::to_string)))
            .await;
    app.resize(200, 40).keys(":mappings<enter>").rest().await;
    demo.clear_journal();
    (server, app)
}

/// Puts the cursor on the mapping with this source.
fn aim(app: &mut Harness, source: &str) {
    app.keys("g");
    for _ in 0..20 {
        if app.cursor_line().contains(source) {
            return;
        }
        app.keys("j");
    }
    panic!("no {source}: {}", app.screen());
}

fn body(demo: &Demo, operation: &str) -> Value {
    let bodies = demo.bodies(operation);
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    bodies[0].clone()
}

#[tokio::test]
async fn mappings_are_shown_on_every_size_of_screen() {
    let (_, server) = showcase().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys(":mappings<enter>").rest().await;
    assert_screen!(app);
    for (width, height) in [(200, 60), (80, 24), (40, 10)] {
        app.resize(width, height).keys("<down>");
        assert_screen!(app);
    }
}

#[tokio::test]
async fn the_facts_are_those_that_the_source_has() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("<enter>");
    let screen = app.screen();
    assert!(screen.contains("concurrency") && screen.contains("item reports"), "{screen}");
    assert!(!screen.contains("bisect") && !screen.contains("retries"), "{screen}");
    app.keys("<esc>");
    aim(&mut app, "audit");
    app.keys("<enter>");
    assert!(app.line_with(" window").contains("not set (500 ms)"), "{}", app.screen());
    assert!(app.line_with("brokers  ").contains("a.example.com:9092, b.example.com:9092"), "{}", app.screen());
    app.keys("<esc>");
    aim(&mut app, "clicks");
    app.keys("<enter>");
    assert!(app.line_with("retries").contains("until the record expires"), "{}", app.screen());
    assert!(app.line_with("last result").contains("PROBLEM: Function call failed"), "{}", app.screen());
}

#[tokio::test]
async fn filters_that_are_encrypted_are_not_none() {
    let (demo, _) = account();
    demo.patch_mapping(ORDERS, &json!({"KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/k"}));
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    assert!(app.cursor_line().contains("hidden"), "{}", app.screen());
    app.keys("t<f5>");
    assert!(app.screen().contains("The filters are encrypted. They stay as they are."), "{}", app.screen());
    app.resize(80, 24);
    assert_screen!(app);
}

#[tokio::test]
async fn filters_that_are_encrypted_go_only_when_a_person_says_so() {
    let (demo, _) = account();
    demo.patch_mapping(ORDERS, &json!({"KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/k"}));
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("e").idle().await;
    assert!(app.screen().contains("its encrypted filters stay as they are"), "{}", app.screen());
    app.keys("<ctrl-u>5");
    assert!(app.screen().contains("Its encrypted filters are not sent"), "{}", app.screen());
    app.keys("<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(body(&demo, "UpdateEventSourceMapping"), json!({"BatchSize": 5}));
    demo.patch_mapping(ORDERS, &json!({"State": "Enabled"}));
    demo.clear_journal();
    app.later(Duration::from_secs(31)).idle().await;
    aim(&mut app, "orders");
    app.keys("t<right><f5>");
    assert!(app.screen().contains("write the filters that take their place"), "{}", app.screen());
    app.keys("<ctrl-u>");
    app.paste(r#"{"body": {"total": [1]}}"#);
    app.keys("<f5>");
    assert!(app.screen().contains("The encrypted filters go unseen"), "{}", app.screen());
    ready(&mut app).keys("8f0c1e7a<enter>").idle().await;
    let sent = demo.bodies("UpdateEventSourceMapping");
    let pattern = r#"{"body":{"total":[1]}}"#;
    assert_eq!(sent.last(), Some(&json!({"FilterCriteria": {"Filters": [{"Pattern": pattern}]}})), "{}", app.screen());
}

#[tokio::test]
async fn a_lists_all_or_those_of_the_chosen_function() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("1/orders<enter>:mappings<enter>").rest().await;
    assert!(app.screen().contains("Mappings  of all functions  3"), "{}", app.screen());
    app.keys("a").rest().await;
    assert!(app.screen().contains("orders-worker › Mappings  1"), "{}", app.screen());
    assert!(app.screen().contains("orders-worker:live") && !app.screen().contains("search-index"), "{}", app.screen());
    app.keys("a");
    assert!(app.screen().contains("Mappings  of all functions  3"), "{}", app.screen());
}

#[tokio::test]
async fn pausing_is_one_call_and_is_watched_until_it_is_over() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("<space>");
    assert_screen!(app);
    ready(&mut app).keys("<enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new(), "Cancel is the default");
    let said = words(&app);
    assert!(said.contains("nothing was sent: pause sqs orders to orders-worker:live"), "{}", app.screen());
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [format!("UpdateEventSourceMapping {ORDERS}")]);
    assert_eq!(body(&demo, "UpdateEventSourceMapping"), json!({"Enabled": false}));
    assert!(app.cursor_line().contains("disabling"), "{}", app.screen());
    demo.clear_journal();
    time.pass(&mut app, 2);
    app.idle().await;
    assert!(app.cursor_line().contains("disabling"), "{}", app.screen());
    time.pass(&mut app, 2);
    app.idle().await;
    assert!(app.cursor_line().contains("disabled"), "{}", app.screen());
    let read = format!("GetEventSourceMapping {ORDERS}");
    assert_eq!(demo.journal(), [read.clone(), read], "one row is read, not the list");
    demo.clear_journal();
    time.pass(&mut app, 4);
    app.idle().await;
    assert_eq!(demo.journal(), Vec::<String>::new(), "what is settled is left alone");
}

#[tokio::test]
async fn what_becomes_of_a_change_is_said_whatever_is_on_the_screen() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    app.keys("1").rest().await;
    demo.clear_journal();
    time.pass(&mut app, 2);
    app.idle().await;
    time.pass(&mut app, 2);
    app.idle().await;
    assert!(app.screen().contains("✔ sqs orders to orders-worker:live: disabled"), "{}", app.screen());
    let read = format!("GetEventSourceMapping {ORDERS}");
    assert_eq!(demo.journal(), [read.clone(), read], "one row is read, not the list");
}

#[tokio::test]
async fn what_is_made_is_followed_before_any_list_has_it() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("n").idle().await;
    app.keys("<tab>search-index:live<tab>arn:aws:sqs:eu-west-1:123456789012:fresh<enter>");
    let gate = demo.gate("CreateEventSourceMapping");
    ready(&mut app).keys("<tab><enter>");
    soon(gate.arrived(1)).await;
    app.keys("1");
    gate.open();
    app.idle().await;
    assert!(!app.screen().contains("is gone"), "{}", app.screen());
    time.pass(&mut app, 2);
    app.idle().await;
    time.pass(&mut app, 2);
    app.idle().await;
    assert!(app.screen().contains("✔ sqs fresh to search-index:live: disabled"), "{}", app.screen());
}

#[tokio::test]
async fn a_deletion_is_followed_until_it_is_gone() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "clicks");
    app.keys("D<enter>");
    ready(&mut app).keys("1b2c3d4e<enter>").idle().await;
    app.keys("1").rest().await;
    time.pass(&mut app, 4);
    app.idle().await;
    assert!(app.screen().contains("✔ kinesis clicks to search-index is gone"), "{}", app.screen());
}

#[tokio::test]
async fn resuming_asks_first() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "audit");
    app.keys("<space>");
    ready(&mut app).keys("<enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new(), "Cancel is the default");
    app.keys("<space>");
    assert!(app.screen().contains("What has gathered in the source"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(body(&demo, "UpdateEventSourceMapping"), json!({"Enabled": true}));
    assert!(app.cursor_line().contains("enabling"), "{}", app.screen());
}

#[tokio::test]
async fn a_mapping_that_somebody_else_paused_is_not_paused_again() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("<space>");
    demo.patch_mapping(ORDERS, &json!({"State": "Disabled"}));
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new());
    assert!(app.screen().contains("the state was Enabled, is Disabled"), "{}", app.screen());
    assert!(app.cursor_line().contains("disabled"), "the list is read again: {}", app.screen());
}

#[tokio::test]
async fn in_production_even_pausing_asks_and_deleting_warns_first() {
    let (demo, _) = account();
    let (_server, mut app) = started_in(&demo, &["default"]).await;
    aim(&mut app, "orders");
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new());
    app.keys("<esc>D<enter>");
    ready(&mut app).keys("8f0c1e7a<enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new(), "the warnings come first: {}", app.screen());
}

#[tokio::test]
async fn only_what_is_changed_is_sent() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("e").idle().await;
    // Batch size, window, concurrency.
    app.keys("<ctrl-u>20");
    assert!(app.screen().contains("a batch of more than 10 needs a window of 1 s or more"), "{}", app.screen());
    app.keys("<tab><ctrl-u>5<tab><ctrl-u>");
    assert_screen!(app);
    app.keys("<enter>");
    assert_screen!(app);
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [format!("UpdateEventSourceMapping {ORDERS}")]);
    let sent = json!({"BatchSize": 20, "MaximumBatchingWindowInSeconds": 5, "ScalingConfig": {}});
    assert_eq!(body(&demo, "UpdateEventSourceMapping"), sent);
    assert!(app.cursor_line().contains("updating"), "{}", app.screen());
}

#[tokio::test]
async fn the_half_second_of_kafka_is_lost_with_a_warning() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "audit");
    app.keys("e<tab>5");
    assert!(app.screen().contains("The window of half a second is lost"), "{}", app.screen());
}

#[tokio::test]
async fn a_setting_that_somebody_changed_meanwhile_stops_the_edit() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "clicks");
    app.keys("e<ctrl-u>200<enter>");
    demo.patch_mapping(CLICKS, &json!({"BatchSize": 500, "MaximumRetryAttempts": 3}));
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new());
    assert!(app.screen().contains("batch size was 100, is 500"), "{}", app.screen());
    assert!(!app.screen().contains("retries was"), "what is not changed may differ: {}", app.screen());
}

#[tokio::test]
async fn filters_are_tried_on_a_sample_before_they_are_sent() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("t");
    assert!(app.screen().contains(r#"fits: body.type is "order.placed""#), "{}", app.screen());
    app.keys("<ctrl-a><ctrl-k>".repeat(10).as_str());
    let pattern = r#"{"body": {"total": [{"numeric": [">", 100]}]}}"#;
    app.paste(pattern);
    app.keys("<tab>");
    assert_screen!(app);
    assert!(app.screen().contains("does not fit: body.total is 42, wanted > 100"), "{}", app.screen());
    app.keys("<f5>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [format!("UpdateEventSourceMapping {ORDERS}")]);
    let compact = r#"{"body":{"total":[{"numeric":[">",100]}]}}"#;
    assert_eq!(body(&demo, "UpdateEventSourceMapping"), json!({"FilterCriteria": {"Filters": [{"Pattern": compact}]}}));
}

#[tokio::test]
async fn a_mapping_is_made_disabled_with_what_its_type_needs() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("n").idle().await;
    assert_screen!(app);
    // The type: typing jumps.
    app.keys("Kinesis<tab>search-index:live<tab>arn:aws:kinesis:eu-west-1:123456789012:stream/orders<tab>");
    assert_screen!(app);
    app.keys("<right><enter>");
    assert_screen!(app);
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(demo.journal().iter().filter(|line| line.starts_with("CreateEventSourceMapping")).count(), 1);
    assert_eq!(
        body(&demo, "CreateEventSourceMapping"),
        json!({
            "FunctionName": "search-index:live", "EventSourceArn": "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
            "StartingPosition": "TRIM_HORIZON", "Enabled": false,
        })
    );
    let line = app.cursor_line();
    assert!(line.contains("search-index:live") && line.contains("creating"), "it has the cursor: {}", app.screen());
    time.pass(&mut app, 4);
    app.idle().await;
    assert!(app.cursor_line().contains("disabled"), "{}", app.screen());
}

#[tokio::test]
async fn what_was_made_and_is_hidden_by_the_filter_is_said_to_be() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("/clicks<enter>n").idle().await;
    app.keys("<tab>orders-worker<tab>arn:aws:sqs:eu-west-1:123456789012:fresh<enter>").idle().await;
    ready(&mut app).keys("<tab><enter>").idle().await;
    let said = "sqs fresh to orders-worker is there, and hidden by the filter: esc shows all";
    assert!(words(&app).contains(said), "{}", app.screen());
    assert!(app.cursor_line().contains("clicks"), "{}", app.screen());
    app.later(std::time::Duration::from_secs(20)).keys("r").idle().await;
    assert!(!words(&app).contains(said), "it is said once: {}", app.screen());
}

#[tokio::test]
async fn half_an_arn_and_one_of_another_region_are_refused_before_anything_is_asked() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    app.resize(100, 40).keys("n").idle().await;
    app.keys("<tab>search-index:live<tab>arn:aws:sqs:<enter>");
    assert!(
        words(&app).contains("this is not the ARN of an Amazon SQS queue: arn:aws:sqs:<region>"),
        "{}",
        app.screen()
    );
    app.keys("us-east-1:123456789012:orders<enter>");
    assert!(words(&app).contains("it is in us-east-1: a source feeds functions of its own region"), "{}", app.screen());
    app.keys("<ctrl-u>arn:aws:sqs:eu-west-1:123456789012:orders<enter>").idle().await;
    let asked = words(&app);
    assert!(asked.contains("new mapping sqs orders to search-index:live"), "{}", app.screen());
    assert!(asked.contains("arn:aws:lambda:eu-west-1:123456789012:function:search-index:live"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn the_function_is_found_in_the_known_list_with_its_versions_and_aliases() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("n").idle().await;
    app.keys("<tab>orders-w");
    assert!(app.screen().contains("orker  right takes it"), "{}", app.screen());
    app.keys("<right>").idle().await;
    assert!(app.screen().contains("orders-worker:live · orders-worker:2 · orders-worker:1"), "{}", app.screen());
    app.keys(":l<right><tab>arn:aws:sqs:eu-west-1:123456789012:fresh");
    assert!(app.screen().contains("sqs fresh to orders-worker:live"), "{}", app.screen());
}

#[tokio::test]
async fn numbers_are_told_as_people_read_them() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "clicks");
    app.keys("e").idle().await;
    assert!(app.screen().contains("record age    -1  no limit"), "{}", app.screen());
    app.keys("<ctrl-u>1000<tab><tab><tab><ctrl-u>5<tab><ctrl-u>3600");
    assert!(app.screen().contains("batch size to 1,000, retries to 5, record age"), "{}", app.screen());
    assert!(app.screen().contains("to 3,600 s"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.line_with("no limit  ›").contains("record age"), "{}", app.screen());
}

#[tokio::test]
async fn the_forms_fit_on_small_screens() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("t");
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.keys("<esc>n").idle().await;
    for (width, height) in [(80, 24), (40, 10)] {
        app.resize(width, height).keys("<tab>");
        assert_screen!(app);
    }
}

#[tokio::test]
async fn a_source_of_another_type_is_complained_about() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("n<tab>nobody<tab>arn:aws:kinesis:eu-west-1:123456789012:stream/orders");
    assert!(
        app.screen().contains("this is not the ARN of a Amazon SQS queue") || app.screen().contains("not the ARN of"),
        "{}",
        app.screen()
    );
    app.keys("<ctrl-u>arn:aws:sqs:eu-west-1:123456789012:q").idle().await;
    assert!(app.screen().contains("There is no function nobody in this account and region"), "{}", app.screen());
}

#[tokio::test]
async fn deleting_wants_the_first_block_typed_and_saves_what_it_was() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clicks.json");
    aim(&mut app, "clicks");
    app.keys(&format!("D{}", path.display())).idle().await.keys("<enter>");
    assert!(app.screen().contains("The place in the source is lost"), "{}", app.screen());
    ready(&mut app).keys("1b2c<enter>").idle().await;
    assert_eq!(changes(&demo), Vec::<String>::new());
    app.keys("3d4e<enter>").idle().await;
    assert_eq!(changes(&demo), [format!("DeleteEventSourceMapping {CLICKS}")]);
    let saved: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!((&saved["UUID"], &saved["BatchSize"]), (&json!(CLICKS), &json!(100)));
    assert!(app.cursor_line().contains("deleting"), "{}", app.screen());
    time.pass(&mut app, 4);
    app.idle().await;
    assert!(app.screen().contains("of all functions  2"), "we know that it goes: {}", app.screen());
}

#[tokio::test]
async fn a_file_in_the_home_folder_is_named_as_in_a_shell() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "clicks");
    // The folder itself is there already: nothing is asked to be typed for what cannot be written.
    app.keys("D~/.").idle().await.keys("<enter>");
    assert!(words(&app).contains("~/. is there already: choose another name"), "{}", app.screen());
    assert!(!app.screen().contains("to go on"), "{}", app.screen());
    app.keys("<ctrl-u>~/no-such-folder/m.json").idle().await;
    assert!(words(&app).contains("/no-such-folder"), "{}", app.screen());
    assert!(words(&app).contains("there is no folder /"), "{}", app.screen());
    assert_eq!(changes(&demo), Vec::<String>::new());
}

#[tokio::test]
async fn one_that_somebody_deletes_while_it_is_watched_says_so_and_goes() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    demo.patch_mapping(CLICKS, &json!({"State": "Updating"}));
    app.keys("r").idle().await;
    demo.remove_mapping(CLICKS);
    time.pass(&mut app, 2);
    app.idle().await;
    assert!(app.line_with("clicks").contains(" deleted "), "{}", app.screen());
    aim(&mut app, "clicks");
    app.keys("e");
    assert!(app.screen().contains("was deleted: nothing can be done to it"), "{}", app.screen());
    time.pass(&mut app, 5);
    assert!(!app.screen().contains("✖ updating"), "{}", app.screen());
}

#[tokio::test]
async fn what_aws_is_at_takes_no_change() {
    let (demo, _) = account();
    demo.patch_mapping(ORDERS, &json!({"State": "Disabling"}));
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("e");
    assert!(app.screen().contains("it is disabling: AWS takes no change until that is over"), "{}", app.screen());
}

#[tokio::test]
async fn a_refusal_of_aws_is_told_in_its_words() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    let fault = Fault::Status {
        code: 400,
        error: "ResourceInUseException".to_owned(),
        message: "Cannot update the event source mapping because it is in use.".to_owned(),
    };
    demo.fail_times("UpdateEventSourceMapping", 1, fault);
    aim(&mut app, "orders");
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("because it is in use"), "{}", app.screen());
    assert_eq!(changes(&demo).len(), 1, "a change is never sent twice");
}

#[tokio::test]
async fn a_row_read_before_a_change_is_not_believed_after_it() {
    let (demo, time) = account();
    demo.patch_mapping(CLICKS, &json!({"State": "Updating"}));
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    let gate = demo.gate(&format!("GetEventSourceMapping {CLICKS}"));
    time.pass(&mut app, 2);
    soon(gate.arrived(1)).await;
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>").until("accepted: ").await;
    soon(gate.gone(1)).await;
    gate.open();
    app.idle().await;
    assert!(app.cursor_line().contains("disabling"), "{}", app.screen());
}

#[tokio::test]
async fn a_pause_that_crosses_a_refresh_is_what_the_list_shows() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "clicks");
    let gate = demo.gate("ListEventSourceMappings");
    app.keys("r");
    soon(gate.arrived(1)).await;
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>").until("accepted: Update").await;
    // The answer of the refresh was asked before the change: it must not be believed.
    gate.open();
    app.idle().await;
    assert!(app.cursor_line().contains("disabling"), "{}", app.screen());
}

#[tokio::test]
async fn a_change_of_session_leaves_no_answer_behind() {
    let (demo, time) = account();
    demo.patch_mapping(CLICKS, &json!({"State": "Updating"}));
    let (_server, mut app) = started(&demo).await;
    let gate = demo.gate("GetEventSourceMapping");
    time.pass(&mut app, 2);
    soon(gate.arrived(1)).await;
    app.keys(":region us-east-1<enter>");
    soon(gate.gone(1)).await;
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("us-east-1") && !app.screen().contains("eu-west-1"), "{}", app.screen());
}

#[tokio::test]
async fn a_change_of_a_session_that_was_left_is_not_followed_in_the_new_one() {
    let (demo, time) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    let gate = demo.gate("UpdateEventSourceMapping");
    app.keys("<space>");
    ready(&mut app).keys("<tab><enter>");
    soon(gate.arrived(1)).await;
    app.keys(":region us-east-1<enter>").until("us-east-1").await;
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("accepted in eu-west-1: UpdateEventSourceMapping"), "{}", app.screen());
    // On its own pane it would be read as any row that AWS is still at.
    app.keys("1").idle().await;
    demo.clear_journal();
    time.pass(&mut app, 2);
    app.idle().await;
    assert!(!demo.journal().iter().any(|line| line.contains(ORDERS)), "{:?}", demo.journal());
}

#[tokio::test]
async fn a_read_only_session_offers_no_change() {
    let (demo, _) = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys(":mappings<enter>").rest().await;
    for key in ["<space>", "e", "t", "D", "n"] {
        app.keys(key).rest().await;
        ready(&mut app).keys("<enter><esc>").rest().await;
    }
    assert_eq!(
        changes(&demo).into_iter().filter(|line| !line.starts_with("Assume")).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn filters_are_tried_in_a_read_only_session_and_go_no_further() {
    let (demo, _) = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys(":mappings<enter>").rest().await;
    aim(&mut app, "orders");
    let footer = app.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer.contains("t filter") && !footer.contains("space"), "{footer}");
    app.keys("?");
    assert!(app.line_with(" t ").contains("filter") && !app.screen().contains("pause/resume"), "{}", app.screen());
    app.keys("<esc>t");
    assert!(app.screen().contains(r#"fits: body.type is "order.placed""#), "{}", app.screen());
    assert!(!app.screen().contains("go on"), "nothing goes on from here:\n{}", app.screen());
    app.keys("<ctrl-a><ctrl-k>".repeat(10).as_str()).paste(r#"{"body": {"total": [{"exists": false}]}}"#);
    assert!(app.screen().contains("does not fit: body.total"), "{}", app.screen());
    demo.clear_journal();
    app.keys("<f5>").idle().await;
    assert!(words(&app).contains("this session is read-only: nothing can be changed"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn a_mapping_is_copied_in_the_words_of_aws() {
    let (demo, _) = account();
    let (_server, mut app) = started(&demo).await;
    aim(&mut app, "orders");
    app.keys("Yycyy");
    let copied: Vec<&String> = app
        .demands()
        .iter()
        .filter_map(|demand| if let Demand::Copy(text) = demand { Some(text) } else { None })
        .collect();
    assert_eq!(copied[0], &format!("arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:{ORDERS}"));
    assert!(copied[1].starts_with(&format!("aws lambda get-event-source-mapping --uuid {ORDERS}")), "{}", copied[1]);
    let whole: Value = serde_json::from_str(copied[2]).unwrap();
    assert_eq!(whole["ScalingConfig"]["MaximumConcurrency"], 50);
}
