//! The versions pane: order, columns, facts, and invoking one version.

use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, handed_out, invocations, showcase};

/// The versions of the function whose name is typed.
async fn versions_of(server: &Server, function: &str) -> Harness {
    let mut app = Harness::new(server).await;
    app.keys(&format!("/{function}<enter>3")).rest().await;
    app
}

/// The words in the first column of the list.
fn first_column(app: &Harness) -> Vec<String> {
    let lines = app.screen();
    let rows = lines.lines().skip_while(|line| !line.contains("VERSION")).skip(1).take_while(|line| !line.is_empty());
    rows.filter_map(|line| line.trim_start_matches('▌').split_whitespace().next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn versions_are_shown_on_every_size_of_screen() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    assert_screen!(app);
    for (width, height) in [(130, 34), (60, 15), (40, 10)] {
        app.resize(width, height).keys("<down>");
        assert_screen!(app);
    }
}

#[tokio::test]
async fn latest_stands_on_top_and_numbers_count_down() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    let newest_first = ["$LATEST", "12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1"];
    assert_eq!(first_column(&app), newest_first);
    app.keys("S");
    let mut oldest_first = newest_first;
    oldest_first.reverse();
    assert_eq!(first_column(&app), oldest_first, "reversed, the newest is last");
}

#[tokio::test]
async fn equal_code_is_seen_by_its_hash() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(3));
    let server = Server::start(demo).await.unwrap();
    let app = versions_of(&server, "orders-api").await;
    let codes = |app: &Harness| -> Vec<String> {
        let screen = app.screen();
        let head = screen.lines().find(|line| line.contains("CODE")).unwrap();
        let at = head.split("CODE").next().unwrap().chars().count();
        let rows = screen.lines().skip_while(|line| !line.contains("CODE")).skip(1).take(4);
        rows.map(|line| line.chars().skip(at).take(8).collect()).collect()
    };
    let shown = codes(&app);
    assert!(shown.iter().all(|code| code.trim().len() == 8), "{shown:?} in\n{}", app.screen());
    assert_eq!(shown[0], shown[1], "$LATEST is what was published last");
    assert_ne!(shown[1], shown[2]);
}

#[tokio::test]
async fn all_pages_of_versions_are_shown_and_counted() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(130));
    let server = Server::start(demo.clone()).await.unwrap();
    let app = versions_of(&server, "orders-api").await;
    assert!(app.line_with(" › Versions").contains("131"), "{}", app.screen());
    assert_eq!(demo.counts().get("ListVersionsByFunction"), Some(&3));
    assert_eq!(first_column(&app).first().map(String::as_str), Some("$LATEST"));
}

#[tokio::test]
async fn a_version_is_invoked_by_its_number() {
    let (demo, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("ji");
    assert!(app.screen().contains("orders-api:12 › Invoke"), "{}", app.screen());
    app.keys("<f5>").idle().await;
    let sent = invocations(&demo);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].starts_with("Invoke orders-api:12"), "{sent:?}");
    assert!(app.screen().contains("version 12"), "{}", app.screen());
}

#[tokio::test]
async fn a_version_is_copied_and_opened_under_its_own_name() {
    let (_, server) = showcase().await;
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("jYycyno");
    assert_eq!(
        handed_out(&app),
        [
            "arn:aws:lambda:eu-west-1:123456789012:function:orders-api:12",
            &format!(
                "aws lambda get-function --function-name orders-api --qualifier '12' --region eu-west-1 --endpoint-url {}",
                server.url
            ),
            "orders-api:12",
            "https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders-api/versions/12",
        ]
    );
    app.keys("yy");
    let Some(Demand::Copy(json)) = app.demands().last() else { panic!("nothing was copied") };
    let whole: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(whole["Version"], "12");
}

#[tokio::test]
async fn versions_that_may_not_be_listed_cost_only_their_pane() {
    let (demo, server) = showcase().await;
    demo.fail("ListVersionsByFunction", Fault::Denied { action: "lambda:ListVersionsByFunction".to_owned() });
    let mut app = versions_of(&server, "orders-api").await;
    assert!(app.screen().contains("lambda:ListVersionsByFunction"), "{}", app.screen());
    assert!(app.screen().contains("list the versions of orders-api"), "{}", app.screen());
    assert_eq!(app.screen().matches("The identity needs").count(), 1, "what to do is said once:\n{}", app.screen());
    app.keys("4").rest().await;
    assert!(app.cursor_line().contains("live"), "{}", app.screen());
}

#[tokio::test]
async fn without_a_function_the_pane_says_what_to_do() {
    let server = Server::start(Demo::empty(clock())).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys("3");
    assert!(app.screen().contains("choose a function first: Versions is about one"), "{}", app.screen());
}

#[tokio::test]
async fn aliases_that_may_not_be_read_are_not_no_aliases() {
    let (demo, server) = showcase().await;
    demo.fail("ListAliases", Fault::Denied { action: "lambda:ListAliases".to_owned() });
    let mut app = versions_of(&server, "orders-api").await;
    app.keys("<down>").rest().await;
    assert!(app.cursor_line().starts_with("▌ 12         ?"), "{}", app.screen());
    let said = app.screen();
    assert!(said.contains("! Could not list the aliases of orders-api: not allowed; needs"), "{said}");
    demo.clear_faults();
    app.keys("r").rest().await;
    assert!(app.cursor_line().contains("live 10 %"), "{}", app.screen());
}
