//! The aliases pane: weights, facts, and invoking through an alias.

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, handed_out, invocations, showcase};

/// The aliases of the function whose name is typed.
async fn aliases_of(server: &Server, function: &str) -> Harness {
    let mut app = Harness::new(server).await;
    app.keys(&format!("/{function}<enter>4")).rest().await;
    app
}

#[tokio::test]
async fn aliases_are_shown_on_every_size_of_screen() {
    let (_, server) = showcase().await;
    let mut app = aliases_of(&server, "orders-api").await;
    assert_screen!(app);
    assert_screen!(app, [(130, 34), (60, 15), (40, 10)]);
}

#[tokio::test]
async fn a_weighted_alias_shows_both_versions_and_their_shares() {
    let (_, server) = showcase().await;
    let mut app = aliases_of(&server, "orders-api").await;
    let live = app.line_with("live");
    for part in ["11", "12", "90 %", "10 %", "serves production"] {
        assert!(live.contains(part), "{part} is not in {live:?}");
    }
    assert!(app.line_with("previous").contains("100 %"), "{}", app.screen());
    app.keys("d");
    assert!(app.screen().contains("90 % to 11, 10 % to 12"), "{}", app.screen());
}

#[tokio::test]
async fn weights_sort_by_number() {
    let demo = Demo::empty(clock());
    let seed = FunctionSeed::named("orders-api").published(9).weighted_alias("most", "8", "9", 0.05);
    demo.put_function(
        seed.weighted_alias("few", "8", "9", 0.95).alias("all", "9").weighted_alias("half", "8", "9", 0.5),
    );
    let server = Server::start(demo).await.unwrap();
    let mut app = aliases_of(&server, "orders-api").await;
    app.keys(":sort weight<enter>");
    let screen = app.screen();
    let names: Vec<&str> = screen
        .lines()
        .skip_while(|line| !line.contains("WEIGHT"))
        .skip(1)
        .take(4)
        .filter_map(|line| line.trim_start_matches('▌').split_whitespace().next())
        .collect();
    assert_eq!(names, ["few", "half", "most", "all"], "{screen}");
}

#[tokio::test]
async fn an_alias_is_invoked_by_its_name() {
    let (demo, server) = showcase().await;
    let mut app = aliases_of(&server, "orders-api").await;
    assert!(app.cursor_line().contains("live"), "{}", app.screen());
    app.keys("i");
    assert!(app.screen().contains("orders-api:live › Invoke"), "{}", app.screen());
    app.keys("<f5>").idle().await;
    let sent = invocations(&demo);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].starts_with("Invoke orders-api:live"), "{sent:?}");
}

#[tokio::test]
async fn a_run_through_an_alias_is_waited_for_as_long_as_its_version_may_take() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(2).alias("live", "2"));
    let gate = demo.gate("Invoke orders-api");
    let server = Server::start(demo).await.unwrap();
    let mut app = aliases_of(&server, "orders-api").await;
    app.resize(130, 34).keys("i<f5>");
    gate.arrived(1).await;
    assert!(app.screen().contains(" of 3 s"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(app.line_with("billed").contains("≈ $"), "the architecture decides the price: {}", app.screen());
}

#[tokio::test]
async fn the_whole_log_of_a_run_through_an_alias_is_read_from_the_functions_own_log_group() {
    let demo = Demo::empty(clock());
    let seed = FunctionSeed::named("orders-api").published(2).alias("live", "2");
    demo.put_function(
        seed.with("LoggingConfig", serde_json::json!({"LogFormat": "Text", "LogGroup": "/teams/orders"})),
    );
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = aliases_of(&server, "orders-api").await;
    app.keys("i<f5>").idle().await;
    app.keys("L").idle().await;
    let asked: Vec<String> = demo.journal().into_iter().filter(|call| call.starts_with("FilterLogEvents")).collect();
    assert!(!asked.is_empty() && asked.iter().all(|call| call.contains("/teams/orders")), "{asked:?}");
    assert!(app.screen().contains("the whole run"), "{}", app.screen());
}

#[tokio::test]
async fn an_alias_is_copied_and_opened_under_its_own_name() {
    let (_, server) = showcase().await;
    let mut app = aliases_of(&server, "orders-api").await;
    app.keys("Yyco");
    assert_eq!(
        handed_out(&app),
        [
            "arn:aws:lambda:eu-west-1:123456789012:function:orders-api:live",
            &format!(
                "aws lambda get-alias --function-name orders-api --name live --region eu-west-1 --endpoint-url {}",
                server.url
            ),
            "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders-api/aliases/live",
        ]
    );
    app.keys("yy");
    let Some(Demand::Copy(json)) = app.demands().last() else { panic!("nothing was copied") };
    let whole: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(whole["RoutingConfig"]["AdditionalVersionWeights"]["12"], 0.1);
}

#[tokio::test]
async fn a_function_without_aliases_says_so() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo).await.unwrap();
    let app = aliases_of(&server, "orders-api").await;
    assert!(app.screen().contains("this function has no aliases"), "{}", app.screen());
}
