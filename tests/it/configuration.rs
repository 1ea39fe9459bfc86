//! The configuration pane: every setting, its default where it has none, and secrets that stay secret.

use std::cell::RefCell;
use std::io::Write;
use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};
use lambdash::testing::Msg;
use serde_json::json;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, showcase};

/// What must never be seen unless a person asks.
const CANARY: &str = "canary-hunter2";

/// The configuration of the function whose name is typed, on a screen that shows it all.
async fn configuration_of(server: &Server, function: &str) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(118, 100).keys(&format!("/{function}<enter><enter>")).idle().await;
    app
}

/// A function with two secrets and a link to its code.
fn vault() -> Demo {
    let demo = Demo::empty(clock());
    let seed = FunctionSeed::named("vault").variable("DB_PASSWORD", CANARY).variable("STAGE", "prod-canary");
    demo.put_function(seed.tag("team", "billing"));
    demo
}

async fn open_vault() -> (Demo, Server, Harness) {
    let demo = vault();
    let server = Server::start(demo.clone()).await.unwrap();
    let app = configuration_of(&server, "vault").await;
    (demo, server, app)
}

/// Puts the cursor on the setting of that name.
fn go_to(app: &mut Harness, setting: &str) {
    app.keys("g");
    for _ in 0..100 {
        if app.cursor_line().contains(setting) {
            return;
        }
        app.keys("j");
    }
    panic!("no {setting} in\n{}", app.screen());
}

#[tokio::test]
async fn every_setting_is_shown_in_its_group_with_its_default() {
    let (_, _server, app) = open_vault().await;
    assert_screen!(app);
    let groups = [
        "state",
        "identity",
        "runtime",
        "code",
        "network",
        "storage",
        "environment",
        "logging",
        "concurrency",
        "durability",
        "tracing",
        "failures",
        "tags",
    ];
    for group in groups {
        assert!(
            app.screen().lines().any(|line| line.trim_start_matches('▌').trim_start().starts_with(group)),
            "{group}"
        );
    }
    for default in [
        "not set (not in a VPC)",
        "not set (the account's pool)",
        "not set (failed events are dropped)",
        "not set (not durable)",
    ] {
        assert!(app.screen().contains(default), "{default} is not in\n{}", app.screen());
    }
    assert!(app.line_with("team").contains("billing"));
}

#[tokio::test]
async fn a_function_with_everything_set_shows_everything() {
    let demo = vault();
    let arn = "arn:aws:lambda:eu-west-1:123456789012";
    let fields = json!({
        "VpcConfig": {"VpcId": "vpc-0a1", "SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"], "Ipv6AllowedForDualStack": true},
        "DeadLetterConfig": {"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dead"},
        "TracingConfig": {"Mode": "Active"},
        "EphemeralStorage": {"Size": 2048},
        "FileSystemConfigs": [{"Arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1", "LocalMountPath": "/mnt/data"}],
        "LoggingConfig": {"LogFormat": "JSON", "LogGroup": "/acme/vault", "ApplicationLogLevel": "DEBUG", "SystemLogLevel": "WARN"},
        "SnapStart": {"ApplyOn": "PublishedVersions", "OptimizationStatus": "On"},
        "DurableConfig": {"ExecutionTimeout": 3600, "RetentionPeriodInDays": 14},
        "Layers": [{"Arn": format!("{arn}:layer:powertools:79"), "CodeSize": 1024}],
        "KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1",
    });
    assert!(demo.patch_function("vault", &fields));
    let server = Server::start(demo).await.unwrap();
    let mut app = configuration_of(&server, "vault").await;
    app.resize(200, 100);
    for told in [
        "vpc-0a1",
        "subnet-1, subnet-2",
        "sg-1",
        ":dead",
        "Active",
        "2,048 MB",
        "/mnt/data from",
        "JSON",
        "/acme/vault",
        "DEBUG",
        "WARN",
        "PublishedVersions",
        "3600 s",
        "14 days",
        "powertools:79",
        "key/1",
    ] {
        assert!(app.screen().contains(told), "{told} is not in\n{}", app.screen());
    }
}

#[tokio::test]
async fn errors_inside_a_good_answer_stand_where_they_belong() {
    let (_, server) = showcase().await;
    for (function, setting, said) in [
        ("billing-card-vault", "Environment.Error", "KMSDisabledException: Lambda was unable to decrypt"),
        ("search-ranker", "ImageConfigResponse.Error", "ImageAccessDenied: Lambda does not have permission"),
        ("search-geo", "RuntimeVersionConfig.Error", "RuntimeVersionNotFound: The runtime version"),
        ("data-tags-unreadable", "TagsError", "AccessDeniedException: User is not authorized"),
    ] {
        let mut app = configuration_of(&server, function).await;
        app.resize(200, 100);
        let line = app.line_with(setting);
        assert!(line.contains(said), "{function}: {line:?} in\n{}", app.screen());
        assert!(app.screen().contains("MemorySize"), "the rest of {function} is there");
    }
}

#[tokio::test]
async fn secrets_are_masked_and_one_is_revealed_for_half_a_minute() {
    let (_, _server, mut app) = open_vault().await;
    assert!(!app.screen().contains("canary"), "{}", app.screen());
    assert!(app.line_with("DB_PASSWORD").contains("********"));
    go_to(&mut app, "DB_PASSWORD");
    app.keys("v");
    assert!(app.line_with("DB_PASSWORD").contains(CANARY), "{}", app.screen());
    assert!(!app.screen().contains("prod-canary"), "one at a time:\n{}", app.screen());
    app.later(Duration::from_secs(29)).idle().await;
    assert!(app.screen().contains(CANARY));
    assert_eq!(app.wake_in().map(|time| time <= Duration::from_secs(1)), Some(true), "the mask comes back by itself");
    app.later(Duration::from_secs(1));
    assert!(!app.screen().contains(CANARY), "{}", app.screen());
    app.keys("vv");
    assert!(!app.screen().contains(CANARY), "the key hides it again");
}

#[tokio::test]
async fn a_revealed_secret_is_masked_when_nobody_looks_at_it() {
    let leave = [
        ("the next pane", "<tab><shift-tab>"),
        ("going back", "<esc><enter>"),
        ("the console", "i<esc>"),
        ("another secret", "jv"),
        ("another region", ":region us-east-1<enter>"),
        ("no focus", ""),
    ];
    for (how, keys) in leave {
        let (_, _server, mut app) = open_vault().await;
        go_to(&mut app, "DB_PASSWORD");
        app.keys("v");
        assert!(app.screen().contains(CANARY), "{how}");
        if keys.is_empty() {
            app.message(Msg::Focus(false));
        }
        app.keys(keys).idle().await;
        assert!(!app.screen().contains(CANARY), "{how}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn a_row_without_a_secret_says_so() {
    let (_, _server, mut app) = open_vault().await;
    app.keys("gv");
    assert!(app.screen().contains("nothing is masked in this row"));
}

#[tokio::test]
async fn copied_json_is_whole_and_keeps_secrets_and_code_to_itself() {
    let (_, _server, mut app) = open_vault().await;
    go_to(&mut app, "DB_PASSWORD");
    app.keys("vyyycynya");
    let copied: Vec<&str> = app
        .demands()
        .iter()
        .filter_map(|demand| if let Demand::Copy(text) = demand { Some(text.as_str()) } else { None })
        .collect();
    assert_eq!(copied.len(), 4);
    let whole: serde_json::Value = serde_json::from_str(copied[0]).unwrap();
    assert_eq!(whole["Configuration"]["Environment"]["Variables"]["DB_PASSWORD"], "********");
    assert_eq!(whole["Configuration"]["FunctionName"], "vault");
    assert!(whole["Code"].get("Location").is_none(), "{whole:#}");
    assert_eq!(whole["Tags"]["team"], "billing");
    let all = copied.join("\n");
    assert!(!all.contains("canary") && !all.contains("X-Amz-"), "{all}");
}

thread_local! {
    /// What this thread logged, where it is kept.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Writes into the log of the thread that logs.
struct OfThisThread;

impl Write for OfThisThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.as_mut().map(|log| log.extend_from_slice(bytes)));
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// From here on everything that this thread logs is kept, down to traces.
///
/// The subscriber is the whole process's, for all its tests: with one of this thread alone, a line that another
/// test's thread reaches first is found to have nobody listening, and `tracing` remembers that for every thread.
fn keep_the_log() {
    let kept = dynamic_filter_fn(|_, _| LOG.with_borrow(Option::is_some));
    let layer = tracing_subscriber::fmt::layer().with_writer(|| OfThisThread).with_filter(kept);
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer)).unwrap();
    LOG.set(Some(Vec::new()));
}

#[tokio::test]
async fn neither_the_link_to_the_code_nor_a_secret_is_ever_logged() {
    // One thread runs the program and its tasks here, so all they log is this thread's.
    keep_the_log();
    let (demo, _server, mut app) = open_vault().await;
    go_to(&mut app, "DB_PASSWORD");
    app.keys("vyyd<esc>i").message(Msg::Edited(Ok("{\"pin\": \"canary-payload\"}".to_owned())));
    app.paste(" ").keys("<ctrl-e><f5>").idle().await;
    assert!(demo.journal().iter().any(|call| call.starts_with("Invoke vault")), "{}", app.screen());
    let text = String::from_utf8(LOG.take().unwrap()).unwrap();
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("lambdash")).collect();
    assert!(ours.len() > 20, "the log says something");
    let leaks: Vec<&&str> = ours
        .iter()
        .filter(|line| line.contains("canary") || line.contains("X-Amz-") || line.contains("snapshots/"))
        .collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
    app.keys("<esc><esc>");
    assert!(!app.screen().contains("X-Amz-"));
}

#[tokio::test]
async fn a_function_that_is_changing_is_looked_at_until_it_settles() {
    let (demo, server) = showcase().await;
    assert!(demo.set_state("orders-preview-1842", "Pending", "The function is being created.", "Creating"));
    let mut app = configuration_of(&server, "orders-preview-1842").await;
    assert!(app.line_with("  State ").contains("Pending"), "{}", app.screen());
    let asked = |demo: &Demo| demo.journal().iter().filter(|call| *call == "GetFunction orders-preview-1842").count();
    let before = asked(&demo);
    app.later(Duration::from_secs(2)).idle().await;
    assert_eq!(asked(&demo), before + 1, "2 s later it is asked again");
    assert!(demo.set_state("orders-preview-1842", "Active", "", ""));
    app.later(Duration::from_secs(2)).idle().await;
    assert!(app.line_with("  State ").contains("Active"), "{}", app.screen());
    let before = asked(&demo);
    app.later(Duration::from_secs(10)).idle().await;
    assert_eq!(asked(&demo), before, "settled, it is left alone");
}
