//! Changes of aliases: each from the key to the one request, and what comes of it.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed};
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, changes, clock, ready, soon, words};

const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

fn account() -> Demo {
    let demo = Demo::empty(clock());
    let api = FunctionSeed::named("orders-api").with("Description", "REST API of the shop").published(12);
    demo.put_function(api.weighted_alias("live", "11", "12", 0.1).alias("staging", "12").alias("dev", "$LATEST"));
    demo
}

/// The aliases of `orders-api`, the cursor on the one that is named.
async fn at(alias: &str, demo: &Demo) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys("/orders-api<enter>4").rest().await;
    for _ in 0..3 {
        if !app.cursor_line().contains(&format!(" {alias} ")) {
            app.keys("j");
        }
    }
    assert!(app.cursor_line().contains(alias), "{}", app.screen());
    demo.clear_journal();
    (server, app)
}

#[tokio::test]
async fn shifting_weight_shows_both_shares_and_sends_them_once() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("w<right><right><right>").idle().await;
    assert_screen!(app);
    app.keys("<enter>");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(100, 30);
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["UpdateAlias orders-api:live"]);
    let sent = demo.bodies("UpdateAlias");
    assert_eq!(sent[0]["RoutingConfig"], json!({"AdditionalVersionWeights": {"12": 0.25}}));
    assert!(sent[0]["RevisionId"].is_string() && sent[0].get("FunctionVersion").is_none(), "{sent:?}");
    assert!(app.screen().contains("done: UpdateAlias live of orders-api: 75 % to 11, 25 % to 12"), "{}", app.screen());
    assert!(!app.screen().contains("sending:"), "what is done is not being sent any more:\n{}", app.screen());
    assert!(app.line_with("live").contains("25 %"), "the list is read again:\n{}", app.screen());
}

#[tokio::test]
async fn a_weight_is_typed_with_one_decimal_place_and_complained_about_while_it_is_typed() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("w<ctrl-u>101");
    assert!(app.screen().contains("0 to 100 %, with at most one decimal place"), "{}", app.screen());
    app.keys("<ctrl-u>10");
    assert!(app.screen().contains("version 12 gets 10 % already"), "{}", app.screen());
    app.keys("<ctrl-u>33.3<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(demo.bodies("UpdateAlias")[0]["RoutingConfig"]["AdditionalVersionWeights"]["12"], 0.333);
    assert!(app.line_with("live").contains("66.7 %"), "{}", app.screen());
}

#[tokio::test]
async fn weight_nought_ends_the_split() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("w<ctrl-u>0<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(demo.bodies("UpdateAlias")[0]["RoutingConfig"], json!({"AdditionalVersionWeights": {}}));
    assert!(app.line_with("live").contains("100 %"), "{}", app.screen());
}

#[tokio::test]
async fn an_alias_without_a_second_version_gets_one() {
    let demo = account();
    let (_server, mut app) = at("staging", &demo).await;
    app.keys("w").idle().await;
    assert!(app.screen().contains("second") && app.screen().contains("11"), "{}", app.screen());
    app.keys("<right><tab><ctrl-u>5<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(demo.bodies("UpdateAlias")[0]["RoutingConfig"], json!({"AdditionalVersionWeights": {"10": 0.05}}));
}

#[tokio::test]
async fn latest_shares_no_calls_and_says_so() {
    let demo = account();
    let (_server, mut app) = at("dev", &demo).await;
    app.keys("w");
    assert!(app.screen().contains("dev points to $LATEST, which shares no calls"), "{}", app.screen());
    app.keys("p");
    assert!(app.screen().contains("dev has no second version to promote"), "{}", app.screen());
    app.keys("b");
    assert!(
        words(&app).contains("dev has no second version, and this session remembers none to go back to"),
        "{}",
        app.screen()
    );
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn a_canary_is_shifted_promoted_and_rolled_back() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("p");
    assert!(app.screen().contains("UpdateAlias live of orders-api: all to 12"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(app.line_with("live").contains("12 ") && app.line_with("live").contains("100 %"), "{}", app.screen());
    app.keys("b");
    assert!(app.screen().contains("UpdateAlias live of orders-api: all to 11"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    let sent = demo.bodies("UpdateAlias");
    assert_eq!((&sent[0]["FunctionVersion"], &sent[1]["FunctionVersion"]), (&json!("12"), &json!("11")));
    assert_eq!(sent[0]["RoutingConfig"], json!({"AdditionalVersionWeights": {}}));
    assert!(sent[1].get("RoutingConfig").is_none(), "{sent:?}");
    assert_ne!(sent[0]["RevisionId"], sent[1]["RevisionId"], "each carries the revision that was read last");
    assert!(app.line_with("live").contains("11 "), "{}", app.screen());
}

#[tokio::test]
async fn the_way_back_goes_by_what_was_done_not_by_which_version_is_newer() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    // To an older version; the split with 12 ends.
    app.keys("e").idle().await.keys("10<enter>");
    assert!(words(&app).contains("all to 10"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    for (title, version) in [("roll back live", 11), ("undo the roll back of live", 10), ("roll back live", 11)] {
        app.keys("b");
        assert!(app.screen().contains(&format!("┌ {title} of orders-api")), "{}", app.screen());
        assert!(words(&app).contains(&format!("all to {version}")), "{}", app.screen());
        ready(&mut app).keys("<tab><enter>").idle().await;
    }
}

#[tokio::test]
async fn rolling_back_a_split_leaves_all_calls_with_the_main_version() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("b");
    ready(&mut app).keys("<tab><enter>").idle().await;
    let sent = demo.bodies("UpdateAlias");
    assert_eq!(sent[0]["RoutingConfig"], json!({"AdditionalVersionWeights": {}}));
    assert!(sent[0].get("FunctionVersion").is_none(), "{sent:?}");
}

#[tokio::test]
async fn pointing_elsewhere_is_a_choice_of_versions_with_their_ages_and_code() {
    let demo = account();
    let (_server, mut app) = at("staging", &demo).await;
    app.keys("e").idle().await;
    assert_screen!(app);
    app.keys("9<enter>");
    assert!(app.screen().contains("UpdateAlias staging of orders-api: all to 9"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    let sent = demo.bodies("UpdateAlias");
    assert_eq!(sent[0]["FunctionVersion"], "9");
    assert!(sent[0].get("Description").is_none() && sent[0].get("RoutingConfig").is_none(), "{sent:?}");
}

#[tokio::test]
async fn pointing_a_split_alias_elsewhere_ends_the_split_and_says_so() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("e").idle().await;
    app.keys("10<enter>");
    assert!(app.screen().contains("the split ends: version 12 gets nothing more"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    let sent = demo.bodies("UpdateAlias");
    assert_eq!(
        (&sent[0]["FunctionVersion"], &sent[0]["RoutingConfig"]),
        (&json!("10"), &json!({"AdditionalVersionWeights": {}}))
    );
}

#[tokio::test]
async fn an_alias_is_made_with_a_second_version() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("n").idle().await;
    app.keys("live");
    assert!(app.screen().contains("there is an alias live already"), "{}", app.screen());
    app.keys("<ctrl-u>77");
    assert!(app.screen().contains("not digits alone"), "{}", app.screen());
    app.keys("<ctrl-u>next").idle().await;
    assert_screen!(app);
    app.keys("<tab><tab>11<tab><ctrl-u>20<tab>the next one<enter>");
    assert!(app.screen().contains("CreateAlias next of orders-api: 80 % to 12, 20 % to 11"), "{}", app.screen());
    ready(&mut app).keys("<tab><enter>").idle().await;
    let expected = json!({
        "Name": "next", "FunctionVersion": "12", "Description": "the next one",
        "RoutingConfig": {"AdditionalVersionWeights": {"11": 0.2}},
    });
    assert_eq!(demo.bodies("CreateAlias"), [expected]);
    assert_eq!(changes(&demo), ["CreateAlias orders-api"]);
    assert!(app.line_with("next").contains("80 %"), "{}", app.screen());
}

#[tokio::test]
async fn an_alias_is_deleted_once_its_name_is_typed() {
    let demo = account();
    let (_server, mut app) = at("staging", &demo).await;
    app.keys("D");
    assert_screen!(app);
    ready(&mut app).keys("<enter>stagin<enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    app.keys("g<enter>").idle().await;
    assert_eq!(changes(&demo), ["DeleteAlias orders-api:staging"]);
    app.later(Duration::from_secs(6)).idle().await;
    assert!(!app.screen().contains("staging  "), "{}", app.screen());
}

#[tokio::test]
async fn what_feeds_an_alias_is_said_before_it_goes() {
    let demo = account();
    let source = "arn:aws:sqs:{region}:123456789012:orders";
    demo.put_mapping(json!({"FunctionName": "orders-api:live", "EventSourceArn": source}));
    let (_server, mut app) = at("live", &demo).await;
    app.keys("D");
    assert!(words(&app).contains("which event source mappings feed it is being read"), "{}", app.screen());
    app.idle().await;
    let said = "an event source mapping feeds it, and will fail: sqs orders";
    assert!(words(&app).contains(said), "{}", app.screen());
}

#[tokio::test]
async fn that_it_cannot_be_told_what_feeds_an_alias_is_said_with_the_reason() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    demo.fail("ListEventSourceMappings", Fault::Denied { action: "lambda:ListEventSourceMappings".to_owned() });
    app.keys("D").idle().await;
    let said =
        "which event source mappings feed it is not known. Could not list the event source mappings: not allowed";
    assert!(words(&app).contains(said), "{}", app.screen());
    assert!(!words(&app).contains("being read"), "{}", app.screen());
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_shown_and_not_overwritten() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    app.keys("w<ctrl-u>50<enter>");
    assert!(demo.patch_alias("orders-api", "live", &json!({"FunctionVersion": "10"})));
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["UpdateAlias orders-api:live"], "it is not sent again");
    let said = "calls went 90 % to 11, 10 % to 12, and now go 90 % to 10, 10 % to 12";
    app.keys("!");
    app.resize(160, 40);
    assert!(words(&app).contains(said) && words(&app).contains("Nothing was overwritten"), "{}", app.screen());
    app.keys("<esc>").idle().await;
    assert!(app.cursor_line().contains(" 10 "), "the list is read again:\n{}", app.screen());
}

#[tokio::test]
async fn an_alias_that_changed_meanwhile_is_not_deleted() {
    let demo = account();
    let (_server, mut app) = at("staging", &demo).await;
    app.keys("D");
    assert!(demo.patch_alias("orders-api", "staging", &json!({"FunctionVersion": "9"})));
    ready(&mut app).keys("staging<enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    assert!(words(&app).contains("It was not deleted"), "{}", app.screen());
}

#[tokio::test]
async fn a_change_that_crosses_a_refresh_is_what_the_list_shows() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    let gate = demo.gate("ListAliases");
    app.keys("r");
    soon(gate.arrived(1)).await;
    app.keys("p");
    ready(&mut app).keys("<tab><enter>").until("done: UpdateAlias").await;
    // The answer of the refresh was asked before the change: it must not be believed.
    gate.open();
    app.idle().await;
    assert!(app.line_with("live").contains("100 %"), "{}", app.screen());
    assert!(demo.counts()["ListAliases"] >= 2, "{:?}", demo.counts());
}

#[tokio::test]
async fn a_new_session_hears_nothing_of_a_change_of_the_old_one() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    let gate = demo.gate("UpdateAlias");
    app.keys("p");
    ready(&mut app).keys("<tab><enter>");
    soon(gate.arrived(1)).await;
    app.keys(":region us-east-1<enter>");
    gate.open();
    app.idle().await;
    app.keys("/orders-api<enter>4").rest().await;
    for _ in 0..3 {
        if !app.cursor_line().contains(" live ") {
            app.keys("j");
        }
    }
    assert_eq!(demo.bodies("UpdateAlias").len(), 1);
    app.keys("b").idle().await;
    assert!(!app.screen().contains("all to 11"), "what another session replaced is not offered:\n{}", app.screen());
}

#[tokio::test]
async fn an_unknown_outcome_is_said_and_never_tried_again() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    demo.fail("UpdateAlias", Fault::ResetAfter);
    let gate = demo.gate("ListAliases");
    app.keys("p");
    ready(&mut app).keys("<tab><enter>").until("had left").await;
    gate.open();
    app.idle().await;
    assert_eq!(changes(&demo).len(), 1);
    assert!(app.line_with("live ").contains("100 %"), "{}", app.screen());
    assert!(words(&app).contains("it was done, though its answer was lost: UpdateAlias live"), "{}", app.screen());
    assert!(!words(&app).contains("may have been"), "the list tells what came of it:\n{}", app.screen());
    app.keys("b");
    assert!(words(&app).contains("roll back live"), "the way back is known all the same:\n{}", app.screen());
    assert!(words(&app).contains("all to 11"), "{}", app.screen());
    demo.clear_faults();
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo).len(), 2);
    assert!(!words(&app).contains("its answer was lost"), "it was of the change before:\n{}", app.screen());
}

#[tokio::test]
async fn after_an_unknown_outcome_nobody_is_asked_to_send_again_and_an_old_refusal_goes() {
    let demo = account();
    let (_server, mut app) = at("live", &demo).await;
    demo.fail("UpdateAlias", Fault::Reset);
    app.keys("w<ctrl-u>50<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(words(&app).contains("it may have been done"), "too early to tell: {}", app.screen());
    assert!(!words(&app).contains("what you filled in is kept"), "{}", app.screen());
    app.later(Duration::from_secs(3)).idle().await;
    assert!(words(&app).contains("it was not done: UpdateAlias live of orders-api: 50 % to 11"), "{}", app.screen());
    assert!(!words(&app).contains("may have been"), "{}", app.screen());
    demo.clear_faults();
    demo.fail("UpdateAlias", Fault::Denied { action: "lambda:UpdateAlias".to_owned() });
    app.keys("<esc>w<ctrl-u>30<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(app.screen().contains('✖'), "{}", app.screen());
    app.keys("<ctrl-u>20");
    assert!(!app.screen().contains('✖'), "20 was not refused:\n{}", app.screen());
}

#[tokio::test]
async fn a_form_that_comes_back_has_the_version_that_was_chosen_or_says_that_it_is_gone() {
    let demo = account();
    let (_server, mut app) = at("staging", &demo).await;
    app.keys("w").idle().await.keys("<down><tab><ctrl-u>5<enter>");
    assert!(demo.patch_alias("orders-api", "staging", &json!({"Description": "changed"})));
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert!(words(&app).contains("what you filled in is kept"), "{}", app.screen());
    let delete = http::Request::delete("/2015-03-31/functions/orders-api?Qualifier=10").body(Vec::new()).unwrap();
    let _ = demo.handle(delete).await;
    // What is gone from a list stays on the screen for five seconds.
    app.keys("<esc>3").rest().await.keys("r").rest().await.later(Duration::from_secs(6)).idle().await;
    app.keys("4").rest().await.keys("w").idle().await;
    assert!(app.screen().contains("10 is not there any more: choose another"), "{}", app.screen());
    app.keys("<enter>").idle().await;
    assert!(!app.screen().contains("Send it"), "nothing else is sent in its place:\n{}", app.screen());
}

#[tokio::test]
async fn production_asks_for_the_name_and_read_only_for_nothing() {
    let demo = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |session, _| session.production = vec!["default".to_owned()]).await;
    app.keys("/orders-api<enter>4").rest().await;
    app.keys("jp");
    assert!(app.screen().contains("type live to go on"), "{}", app.screen());
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys("/orders-api<enter>4").rest().await;
    app.keys("jpwebDn").idle().await;
    assert!(app.screen().contains("this session is read-only"), "{}", app.screen());
    assert!(!app.screen().contains("UpdateAlias"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn the_command_that_does_the_same_is_copied() {
    let demo = account();
    let (server, mut app) = at("live", &demo).await;
    app.keys("p");
    ready(&mut app).keys("<ctrl-y>");
    let Some(Demand::Copy(command)) = app.demands().last() else { panic!("nothing was copied") };
    let start = format!(
        "aws lambda update-alias --function-name {ARN} --name live --function-version 12 --routing-config '{{\"AdditionalVersionWeights\":{{}}}}' --revision-id "
    );
    assert!(command.starts_with(&start) && command.contains(&server.url), "{command}");
}

#[tokio::test]
async fn in_an_open_list_the_arrows_choose_and_the_footer_says_so() {
    let demo = account();
    let (_server, mut app) = at("staging", &demo).await;
    app.keys("w").idle().await;
    let footer = |app: &Harness| app.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer(&app).contains("down choose") && footer(&app).contains("tab next field"), "{}", app.screen());
    app.keys("<down><down><up>").idle().await;
    assert!(app.screen().contains("▌10"), "{}", app.screen());
    app.keys("2").idle().await;
    assert!(app.screen().contains("▌2 "), "the version called so, not the first that has it:\n{}", app.screen());
    app.keys("<tab>").idle().await;
    assert!(!footer(&app).contains("down choose"), "there is no list here:\n{}", app.screen());
    app.keys("<ctrl-u>5<enter>");
    ready(&mut app).keys("<tab><enter>").idle().await;
    assert_eq!(demo.bodies("UpdateAlias")[0]["RoutingConfig"], json!({"AdditionalVersionWeights": {"2": 0.05}}));
}
