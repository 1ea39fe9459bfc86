//! Answers that lie in the inbox while something else is taken in: a change that was made meanwhile, another session.

use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};
use lambdash::testing::Msg;
use serde_json::json;

use crate::support::server::Server;
use crate::support::{Harness, READ, clock, ready, soon, words};

/// Longer than any list stays as it is.
const REFRESH: Duration = Duration::from_mins(10);

/// A function with versions, aliases, a reservation, a layer and an event source mapping.
fn account() -> Demo {
    let demo = Demo::empty(clock());
    let api = FunctionSeed::named("orders-api").with("MemorySize", 512).published(12).reserved(200);
    demo.put_function(api.weighted_alias("live", "11", "12", 0.1));
    let version = |day: u32| json!({"CreatedDate": format!("2026-11-{day:02}T08:00:00.000+0000"), "Policy": []});
    demo.put_layer(json!({"LayerName": "common", "Versions": [version(1), version(9), version(18)]}));
    let queue = "arn:aws:sqs:{region}:123456789012:orders";
    demo.put_mapping(json!({"FunctionName": "orders-api:live", "EventSourceArn": queue, "AgeMinutes": 4320}));
    demo
}

async fn started(demo: &Demo) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(200, 40).rest().await;
    (server, app)
}

/// The end of an answer about a pane: of its list, or of a row of it.
fn ends(pane: &str) -> impl Fn(&Msg) -> bool {
    move |msg| match msg {
        Msg::Loaded { question, answer, .. } => question.pane == pane && answer.is_ok(),
        Msg::Late { question, answer, .. } => question.pane == pane && answer.is_ok(),
        _ => false,
    }
}

/// Lets the refresh of a pane be answered, and holds the answer.
async fn refreshed(app: &mut Harness, pane: &str) -> Vec<Msg> {
    app.later(REFRESH).hold(ends(pane)).await
}

/// A change of a row, and what its pane says before and after it.
struct Change {
    pane: &'static str,
    open: &'static [&'static str],
    keys: &'static str,
    confirm: &'static str,
    before: &'static str,
    after: &'static str,
}

const CHANGES: [Change; 6] = [
    Change {
        pane: "functions",
        open: &[],
        keys: "e<ctrl-u>1024<enter>",
        confirm: "<tab><enter>",
        before: " 512 MB",
        after: " 1,024 MB",
    },
    Change {
        pane: "versions",
        open: &["3", "jjj"],
        keys: "D",
        confirm: "10<enter>",
        before: "Versions  13",
        after: "Versions  12",
    },
    Change { pane: "aliases", open: &["4"], keys: "p", confirm: "<tab><enter>", before: " 90 %", after: "100 %" },
    Change {
        pane: "concurrency",
        open: &[":concurrency<enter>"],
        keys: "e<ctrl-u>250<enter>",
        confirm: "<tab><enter>",
        before: " 200 ",
        after: " 250 ",
    },
    Change {
        pane: "layerversions",
        open: &[":layers<enter>", "<enter>", "j"],
        keys: "D",
        confirm: "common:2<enter>",
        before: "Versions  3",
        after: "Versions  2",
    },
    Change {
        pane: "mappings",
        open: &[":mappings<enter>"],
        keys: "<space>",
        confirm: "<tab><enter>",
        before: "enabled",
        after: "disabling",
    },
];

#[tokio::test]
async fn an_answer_from_before_a_change_is_not_believed_after_it() {
    for Change { pane, open, keys, confirm, before, after } in CHANGES {
        let demo = account();
        let (_server, mut app) = started(&demo).await;
        for keys in open {
            app.keys(keys).rest().await;
        }
        let says = |app: &Harness, what: &str| {
            let rows = app.screen();
            assert!(rows.contains(what), "{pane}, {what}:\n{rows}");
        };
        says(&app, before);
        let late = refreshed(&mut app, pane).await;
        app.keys(keys).later(READ).keys(confirm).idle().await;
        says(&app, after);
        for answer in late {
            app.message(answer);
            says(&app, after);
        }
        app.idle().await;
        says(&app, after);
    }
}

#[tokio::test]
async fn an_answer_of_the_session_before_is_not_believed_in_the_next_one() {
    for (pane, open, fresh) in [("functions", "1", " 1,024 MB"), ("concurrency", ":concurrency<enter>", " 250 ")] {
        let demo = account();
        let (_server, mut app) = started(&demo).await;
        app.keys(open).rest().await;
        let late = refreshed(&mut app, pane).await;
        demo.put_function(FunctionSeed::named("orders-api").with("MemorySize", 1024).reserved(250));
        app.keys(":region us-east-1<enter>").idle().await;
        assert!(app.cursor_line().contains(fresh), "{}", app.screen());
        for answer in late {
            app.message(answer);
            assert!(app.cursor_line().contains(fresh), "{pane}:\n{}", app.screen());
        }
    }
}

#[tokio::test]
async fn who_we_were_is_not_taken_for_who_we_are() {
    let demo = account();
    let gate = demo.gate("GetCallerIdentity");
    let mut app = Harness::in_process(demo.clone(), |_, _| {});
    app.message(Msg::Profiles(Ok(vec!["default".to_owned(), "acme-prod".to_owned()])));
    app.until("Functions  1").await;
    soon(gate.arrived(1)).await;
    gate.open();
    let late = app.hold(|msg| matches!(msg, Msg::Identified { .. })).await;
    demo.account_number("999999999999");
    app.keys(":profile acme-prod<enter>").idle().await;
    for answer in late {
        app.message(answer);
    }
    let header = app.line_with("acme-prod");
    assert!(header.contains("999999999999") && !header.contains("123456789012"), "{}", app.screen());
}

#[tokio::test]
async fn a_change_of_the_session_before_is_told_with_its_region_and_makes_nothing_untrue() {
    let demo = account();
    let (_server, mut app) = started(&demo).await;
    app.keys("4").rest().await.keys("p");
    ready(&mut app).keys("<tab><enter>");
    let late = app.hold(|msg| matches!(msg, Msg::Called { .. })).await;
    app.keys(":region us-east-1<enter>").idle().await;
    demo.clear_journal();
    for answer in late {
        app.message(answer);
    }
    app.idle().await;
    assert!(words(&app).contains("done in eu-west-1: UpdateAlias live"), "{}", app.screen());
    assert_eq!(demo.journal(), [""; 0], "nothing is read again here for that");
}
