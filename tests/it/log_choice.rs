//! Choosing logs by name: log groups as they are typed, functions by their tags, and names that lead nowhere.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, asked, clock, soon, words};

/// Functions with tags, and log groups that belong to none.
async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    for (name, team) in [("billing", "money"), ("orders-api", "orders"), ("orders-enrich", "orders")] {
        demo.put_function(FunctionSeed::named(name).tag("team", team).tag("stage", "prod"));
        demo.put_log_event(&format!("/aws/lambda/{name}"), "2026/11/21/[$LATEST]0a", &format!("of {name}"));
    }
    for group in ["/shop/audit", "/shop/payments", "api-gateway"] {
        demo.put_log_event(group, "one", &format!("of {group}"));
    }
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

async fn app(server: &Server) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(120, 30).rest().await;
    app
}

#[tokio::test]
async fn log_groups_are_suggested_by_what_is_typed_once_it_rests() {
    let (demo, server) = account().await;
    let mut app = app(&server).await;
    app.keys(":logs /shop/");
    assert_eq!(asked(&demo, "DescribeLogGroups"), 0, "who types on is not done");
    assert!(app.screen().contains("looking for log groups …"), "{}", app.screen());
    app.later(Duration::from_millis(200)).idle().await;
    assert_screen!(app);
    assert_eq!(demo.bodies("DescribeLogGroups")[0]["logGroupNamePrefix"], "/shop/");
    app.keys("au").later(Duration::from_secs(1)).idle().await;
    assert_eq!(asked(&demo, "DescribeLogGroups"), 1, "all that begin so are known");
    app.keys("<tab> gatew").later(Duration::from_secs(1)).idle().await;
    assert_eq!(demo.bodies("DescribeLogGroups")[1]["logGroupNamePattern"], "gatew");
    app.keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("/shop/audit + api-gateway › Log"), "{}", app.screen());
    assert!(app.screen().contains("of /shop/audit") && app.screen().contains("of api-gateway"), "{}", app.screen());
}

#[tokio::test]
async fn a_slow_search_for_groups_holds_up_no_key_and_a_refused_one_says_why() {
    let (demo, server) = account().await;
    let mut app = app(&server).await;
    let gate = demo.gate("DescribeLogGroups");
    app.keys(":logs shop").later(Duration::from_secs(1));
    soon(gate.arrived(1)).await;
    app.keys("<backspace><backspace><backspace><backspace>bill<tab>");
    assert!(app.screen().contains(":logs billing"), "{}", app.screen());
    soon(gate.gone(1)).await;
    gate.open();
    app.keys("<esc>").idle().await;
    demo.fail("DescribeLogGroups", Fault::Denied { action: "logs:DescribeLogGroups".to_owned() });
    app.keys(":logs /nowhere").later(Duration::from_secs(1)).idle().await;
    assert!(words(&app).contains("needs logs:DescribeLogGroups"), "{}", app.screen());
    let denied = asked(&demo, "DescribeLogGroups");
    app.keys("/else").later(Duration::from_secs(1)).idle().await;
    assert_eq!(asked(&demo, "DescribeLogGroups"), denied, "what is denied is not asked again by itself");
}

#[tokio::test]
async fn a_group_that_is_not_there_gets_its_nearest_ones_and_a_function_that_never_ran_is_told_apart() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("never-ran"));
    let mut app = app(&server).await;
    app.keys(":logs /shop/paymnets<enter>").idle().await;
    app.later(Duration::from_secs(1)).idle().await;
    assert!(words(&app).contains("there is no log group /shop/paymnets Nearest: /shop/payments."), "{}", app.screen());
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys(":logs never-ran<enter>").idle().await;
    assert!(words(&app).contains("never-ran has logged nothing yet: there is no log group /aws/lambda/never-ran"));
    assert!(words(&app).contains("i on the function invokes it"), "{}", app.screen());
}

#[tokio::test]
async fn versions_aliases_and_arns_are_names_of_logs_and_what_is_no_name_is_said_at_once() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("orders-api").published(8).weighted_alias("live", "7", "8", 0.1));
    for version in ["6", "7", "8"] {
        demo.put_log_event("/aws/lambda/orders-api", &format!("2026/11/21/[{version}]0a"), &format!("from {version}"));
    }
    let mut app = app(&server).await;
    app.keys(":logs orders-api:7<enter>").idle().await;
    assert!(app.screen().contains("orders-api:7 › Log") && app.screen().contains("from 7"), "{}", app.screen());
    assert!(!app.screen().contains("from 8") && !app.screen().contains("from 6"), "{}", app.screen());
    app.keys(":logs arn:aws:lambda:eu-west-1:123456789012:function:orders-api<enter>").idle().await;
    assert!(app.screen().contains("orders-api › Log") && app.screen().contains("of orders-api"), "{}", app.screen());
    app.keys(":logs arn:aws:logs:eu-west-1:123456789012:log-group:/shop/audit:*<enter>").idle().await;
    assert!(app.screen().contains("/shop/audit › Log") && app.screen().contains("of /shop/audit"), "{}", app.screen());
    let asked_before = asked(&demo, "FilterLogEvents");
    for wrong in ["a+b", "orders-api:", "arn:aws:s3:::bucket"] {
        app.keys(&format!(":logs {wrong}<enter>")).idle().await;
        assert!(words(&app).contains(&format!("\"{wrong}\" can be the name of no function")), "{}", app.screen());
        app.keys("<esc>");
    }
    app.keys(":logs arn:aws:lambda:us-east-1:123456789012:function:orders-api<enter>").idle().await;
    assert!(words(&app).contains("orders-api is of the region us-east-1, and this session of eu-west-1"));
    assert_eq!(asked(&demo, "FilterLogEvents"), asked_before, "nothing was opened");
}

#[tokio::test]
async fn an_alias_goes_by_its_name_once_the_versions_behind_it_are_known() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("orders-api").published(8).weighted_alias("live", "7", "8", 0.1));
    for version in ["6", "7", "8"] {
        demo.put_log_event("/aws/lambda/orders-api", &format!("2026/11/21/[{version}]0a"), &format!("from {version}"));
    }
    let mut app = app(&server).await;
    let gate = demo.gate("GetAlias");
    app.keys(":logs orders-api:live<enter>");
    soon(gate.arrived(1)).await;
    assert!(words(&app).contains("looking for the versions of orders-api:live"), "{}", app.screen());
    assert!(app.screen().contains("orders-api:live › Log"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("orders-api:7 + orders-api:8 › Log"), "{}", app.screen());
    assert!(app.screen().contains("from 7") && app.screen().contains("from 8"), "{}", app.screen());
    assert!(!app.screen().contains("from 6") && !app.screen().contains("of orders-api"), "{}", app.screen());
    app.keys("<esc>:logs orders-api:live<enter>").idle().await;
    assert_eq!((asked(&demo, "GetAlias"), app.screen().contains("from 7")), (1, true), "it is as it was left");
    app.keys(":logs orders-api:nobody<enter>").idle().await;
    assert!(
        words(&app).contains(
            "orders-api has no alias nobody, or there is no such function 4 on the function lists those it has"
        ),
        "{}",
        app.screen()
    );
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
}

#[tokio::test]
async fn sources_of_one_log_group_read_it_once_and_one_that_joins_them_later_has_all_of_its_events() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("orders-api").published(8).weighted_alias("live", "7", "8", 0.1));
    for version in ["6", "7", "8"] {
        demo.put_log_event("/aws/lambda/orders-api", &format!("2026/11/21/[{version}]0a"), &format!("from {version}"));
    }
    let mut app = app(&server).await;
    app.keys(":logs orders-api:7 orders-api:8 orders-api<enter>").idle().await;
    assert_eq!(asked(&demo, "FilterLogEvents"), 1);
    let shown = |words: &str| app.screen().matches(words).count();
    assert_eq!(["from 6", "from 7", "from 8"].map(shown), [1, 2, 2], "{}", app.screen());
    let gate = demo.gate("GetAlias");
    app.keys(":logs orders-api:6 orders-api:live<enter>");
    soon(gate.arrived(1)).await;
    app.until("from 6").await;
    gate.open();
    app.idle().await;
    let shown = |words: &str| app.screen().matches(words).count();
    assert_eq!(["from 6", "from 7", "from 8"].map(shown), [1, 1, 1], "{}", app.screen());
    assert_eq!(asked(&demo, "FilterLogEvents"), 3, "the group is read once more, for all of them");
}

#[tokio::test]
async fn one_function_whose_tags_may_not_be_read_does_not_hide_that_no_other_has_the_tag() {
    let (demo, server) = account().await;
    demo.fail("GetFunction billing", Fault::Denied { action: "lambda:GetFunction".to_owned() });
    let mut app = app(&server).await;
    app.keys(":logs tag:team=nobody<enter>").idle().await;
    let told = "no function has tag:team=nobody as far as is known: the tags of billing could not be read";
    assert!(words(&app).contains(told), "{}", app.screen());
}

#[tokio::test]
async fn all_functions_with_a_tag_are_one_log_that_grows_as_they_are_found() {
    let (demo, server) = account().await;
    let mut app = app(&server).await;
    let gate = demo.gate("GetFunction orders-enrich");
    app.keys(":logs tag:team=orders<enter>");
    app.until("2 of 3 functions looked at so far").await;
    app.until("of orders-api").await;
    assert!(app.screen().contains("tag:team=orders › Log"), "{}", app.screen());
    assert!(app.screen().contains("1 source"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("of orders-enrich") && !app.screen().contains("of billing"), "{}", app.screen());
    assert!(!app.screen().contains("so far"), "{}", app.screen());
    assert_screen!(app);
    app.keys("<esc>:logs tag:team=orders<enter>").idle().await;
    assert_eq!(asked(&demo, "ListTags"), 0);
    assert!(app.screen().contains("2 sources"), "{}", app.screen());
    app.keys(":logs tag:team=orders tag:stage=test<enter>").idle().await;
    assert!(app.screen().contains("no function has tag:team=orders tag:stage=test"), "{}", app.screen());
}

#[tokio::test]
async fn a_tag_with_spaces_stands_in_quotes_and_is_completed_so() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("returns").tag("team", "the back office"));
    let mut app = app(&server).await;
    app.keys(":logs tag:team=the").idle().await;
    app.keys("<tab>");
    assert!(app.screen().contains("tag:team=\"the back office\""), "{}", app.screen());
    app.keys("<enter>").idle().await;
    assert!(app.screen().contains("tag:team=\"the back office\" › Log"), "{}", app.screen());
    assert!(app.screen().contains("1 source"), "{}", app.screen());
}

#[tokio::test]
async fn more_logs_than_can_be_shown_are_counted() {
    let (demo, server) = account().await;
    for n in 0..40 {
        demo.put_function(FunctionSeed::named(&format!("crowd-{n}")).tag("crowd", "yes"));
    }
    let mut app = app(&server).await;
    app.keys("r").idle().await;
    app.keys(":logs tag:crowd=yes<enter>").idle().await;
    assert!(app.screen().contains("32 sources"), "{}", app.screen());
    assert!(app.screen().contains("32 logs are shown together at most: 8 more are left out"), "{}", app.screen());
}

#[tokio::test]
async fn a_function_that_takes_the_place_of_another_is_looked_at() {
    let (demo, server) = account().await;
    let mut app = app(&server).await;
    app.keys(":logs tag:crowd=yes<enter>").idle().await;
    assert!(app.screen().contains("no function has tag:crowd=yes"), "{}", app.screen());
    assert!(demo.remove_function("billing"));
    demo.put_function(FunctionSeed::named("crowd-0").tag("crowd", "yes"));
    // By itself, not by `r`, which forgets all that is known of tags.
    app.keys(":functions<enter>").later(Duration::from_secs(61)).idle().await;
    assert!(app.line_with("crowd-0").contains("python"), "the list is on show, and read anew: {}", app.screen());
    // Now there are as many functions again as were looked at.
    app.later(Duration::from_secs(6));
    assert!(app.screen().contains("Functions  3") && !app.screen().contains("billing"), "{}", app.screen());
    app.keys(":logs tag:crowd=yes<enter>").idle().await;
    assert!(app.screen().contains("1 source"), "{}", app.screen());
}

#[tokio::test]
async fn tags_are_completed_with_what_is_known_of_them_and_a_refusal_is_said() {
    let (demo, server) = account().await;
    let mut app = app(&server).await;
    app.keys(":logs tag:te").idle().await;
    assert_screen!(app);
    app.keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("tag:team=money › Log"), "{}", app.screen());
    demo.fail("GetFunction", Fault::Denied { action: "lambda:GetFunction".to_owned() });
    app.keys("r").idle().await;
    app.keys(":logs tag:team=orders<enter>").idle().await;
    assert!(words(&app).contains("The identity needs lambda:GetFunction"), "{}", app.screen());
}
