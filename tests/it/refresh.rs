//! What is on the screen is kept fresh, and nothing else is asked.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::Refresh;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, soon};

fn account() -> Demo {
    let demo = Demo::empty(clock());
    for name in ["billing-ledger", "orders-api", "orders-worker"] {
        demo.put_function(FunctionSeed::named(name));
    }
    demo
}

async fn started(demo: &Demo, refresh: Refresh) -> (Server, Harness) {
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |_, options| options.refresh = refresh).await;
    app.rest().await;
    demo.clear_journal();
    (server, app)
}

fn asked(demo: &Demo, line: &str) -> usize {
    demo.journal().iter().filter(|call| call.starts_with(line)).count()
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn broken() -> Fault {
    Fault::Status { code: 500, error: "ServiceException".to_owned(), message: "the dog ate it".to_owned() }
}

#[tokio::test]
async fn functions_are_asked_again_every_minute() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    app.later(seconds(59)).idle().await;
    assert_eq!(asked(&demo, "ListFunctions"), 0);
    app.later(seconds(1)).idle().await;
    assert_eq!(asked(&demo, "ListFunctions"), 1);
    demo.put_function(FunctionSeed::named("media-new"));
    app.later(seconds(60)).idle().await;
    assert!(app.screen().contains("media-new"), "{}", app.screen());
}

#[tokio::test]
async fn the_refresh_option_sets_the_rhythm() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::Every(seconds(10))).await;
    for _ in 0..3 {
        app.later(seconds(10)).idle().await;
    }
    assert_eq!(asked(&demo, "ListFunctions"), 3);
}

#[tokio::test]
async fn with_refresh_off_nothing_is_asked_and_nothing_wakes_us() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::Off).await;
    for _ in 0..20 {
        // The age in the header goes on, in few steps.
        assert!(app.wake_in().is_none_or(|wait| wait >= seconds(4)), "{:?}", app.wake_in());
        app.later(seconds(60)).idle().await;
    }
    assert_eq!(demo.journal(), Vec::<String>::new());
    app.keys("r").idle().await;
    assert_eq!(asked(&demo, "ListFunctions"), 1);
}

#[tokio::test]
async fn what_is_changing_is_looked_at_every_two_seconds_until_it_has_settled() {
    let demo = account();
    demo.set_state("orders-api", "Pending", "The function is being created.", "Creating");
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    assert!(app.line_with("orders-api").contains("pending"), "{}", app.screen());
    for _ in 0..3 {
        app.later(seconds(2)).idle().await;
    }
    assert_eq!((asked(&demo, "GetFunction orders-api"), demo.journal().len()), (3, 3), "only the row that changes");
    demo.set_state("orders-api", "Active", "", "");
    app.later(seconds(2)).idle().await;
    assert!(app.line_with("orders-api").contains("active"), "{}", app.screen());
    demo.clear_journal();
    app.later(seconds(2)).idle().await.later(seconds(2)).idle().await;
    assert_eq!(demo.journal(), Vec::<String>::new());
}

#[tokio::test]
async fn an_update_in_progress_is_followed_to_its_end() {
    let demo = account();
    demo.set_last_update_status("orders-api", "InProgress", "", "");
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    app.keys("j<enter>").rest().await;
    demo.clear_journal();
    app.later(seconds(2)).idle().await;
    assert_eq!(asked(&demo, "GetFunction orders-api"), 1, "the configuration too");
    demo.set_last_update_status("orders-api", "Successful", "", "");
    app.later(seconds(2)).idle().await;
    demo.clear_journal();
    app.later(seconds(3)).idle().await;
    assert_eq!(demo.journal(), Vec::<String>::new());
}

#[tokio::test]
async fn one_question_never_has_two_requests_on_the_way() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    let gate = demo.gate("ListFunctions");
    app.later(seconds(60));
    soon(gate.arrived(1)).await;
    for _ in 0..5 {
        app.later(seconds(60)).some(50).await;
    }
    assert_eq!(gate.count(), 1);
    gate.open();
    app.idle().await;
}

#[tokio::test]
async fn what_goes_out_of_sight_is_cancelled_and_the_far_end_sees_it() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    let gate = demo.gate("GetFunction billing-ledger");
    app.keys("<enter>");
    soon(gate.arrived(1)).await;
    app.keys("<esc>");
    soon(gate.gone(1)).await;
    app.idle().await;
    assert_eq!(gate.count(), 1);
}

#[tokio::test]
async fn a_failed_refresh_keeps_the_rows_and_says_why() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    demo.fail("ListFunctions", broken());
    app.keys("r").idle().await;
    assert!(app.screen().contains("orders-worker"), "{}", app.screen());
    assert_screen!(app);
    demo.clear_faults();
    app.later(seconds(60)).idle().await;
    assert!(!app.screen().contains("the dog ate it"), "{}", app.screen());
}

#[tokio::test]
async fn throttling_is_said_backed_off_from_and_over_by_itself() {
    let demo = account();
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    demo.fail("ListFunctions", Fault::Throttled { retry_after: None });
    app.keys("r").idle().await;
    assert!(app.line_with("THROTTLED").contains("default"), "{}", app.screen());
    assert!(app.screen().contains("orders-worker"), "{}", app.screen());
    assert_screen!(app);
    demo.clear_faults();
    let wait = app.wake_in().unwrap();
    assert!(wait <= seconds(1), "{wait:?}");
    app.later(wait).idle().await;
    assert!(!app.screen().contains("Could not"), "{}", app.screen());
    app.later(seconds(11)).idle().await;
    assert!(!app.screen().contains("THROTTLED"), "{}", app.screen());
}

#[tokio::test]
async fn a_server_pulled_away_and_brought_back_costs_no_row() {
    let demo = account();
    let (server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    server.stop().await;
    app.keys("r").idle().await;
    assert!(app.screen().contains("OFFLINE"), "{}", app.screen());
    for name in ["billing-ledger", "orders-api", "orders-worker"] {
        assert!(app.screen().contains(name), "{}", app.screen());
    }
    assert_screen!(app);
    server.restart().await.unwrap();
    app.later(seconds(2)).idle().await;
    assert!(!app.screen().contains("OFFLINE"), "{}", app.screen());
    assert!(!app.screen().contains("Could not"), "{}", app.screen());
    assert!(app.screen().contains("Functions  3"), "{}", app.screen());
}

#[tokio::test]
async fn the_first_page_that_comes_again_ends_offline() {
    let demo = Demo::with_functions(clock(), 120);
    let (server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    server.stop().await;
    app.keys("r").idle().await;
    assert!(app.screen().contains("OFFLINE") && app.screen().contains("Could not"), "{}", app.screen());
    server.restart().await.unwrap();
    let gate = demo.gate("ListFunctions");
    gate.let_through(1);
    app.later(seconds(2)).until("50 of 120 …").await;
    assert!(!app.screen().contains("OFFLINE") && !app.screen().contains("Could not"), "{}", app.screen());
    soon(gate.arrived(2)).await;
    server.stop().await;
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("OFFLINE"), "{}", app.screen());
}

#[tokio::test]
async fn in_a_log_the_header_speaks_of_the_log_and_not_of_the_list_behind() {
    let demo = account();
    let (server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    server.stop().await;
    // Of the list nobody asked anything: it is as it was.
    app.keys("l").idle().await;
    assert!(app.screen().contains("› Log") && app.screen().contains("OFFLINE"), "{}", app.screen());
    server.restart().await.unwrap();
    app.later(seconds(2)).idle().await;
    assert!(app.screen().contains("› Log") && !app.screen().contains("OFFLINE"), "{}", app.screen());
}

#[tokio::test]
async fn the_header_tells_the_age_of_the_list_in_few_steps_that_are_true() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |_, options| options.refresh = Refresh::Off).await;
    app.rest().await;
    let first = |app: &Harness| app.screen().lines().next().unwrap_or_default().trim().to_owned();
    let mut told = Vec::new();
    let mut wakes = 0;
    let end = Duration::from_secs(125);
    let mut passed = Duration::ZERO;
    while passed < end {
        let wait = app.wake_in().unwrap();
        passed += wait;
        wakes += 1;
        app.later(wait);
        told.extend(first(&app).rsplit("  ").next().map(str::to_owned));
    }
    assert_eq!(told, ["5+ s ago", "10+ s ago", "20+ s ago", "30+ s ago", "1 min ago", "2 min ago", "3 min ago"]);
    assert_eq!(wakes, told.len(), "an idle screen is woken for nothing else");
}

#[tokio::test]
async fn a_lost_network_is_said_with_the_age_of_what_is_shown() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    server.stop().await;
    app.keys("r").idle().await;
    let first = |app: &Harness| app.screen().lines().next().unwrap_or_default().to_owned();
    assert!(first(&app).contains("OFFLINE  <5 s old"), "{}", first(&app));
    app.later(Duration::from_secs(11)).idle().await;
    assert!(first(&app).contains("OFFLINE  10+ s old"), "{}", first(&app));
    app.resize(40, 10);
    assert!(first(&app).contains("eu-west-1") && first(&app).contains("OFFLINE  10+ s"), "{}", first(&app));
}

/// How often it was tried to ask for functions one by one, retries of the SDK among them.
fn tries(app: &Harness) -> u64 {
    app.model().meter.calls().filter(|(operation, _)| &***operation == "GetFunction").map(|(_, calls)| calls.sent).sum()
}

#[tokio::test]
async fn while_nobody_answers_one_row_is_tried_and_all_are_asked_as_soon_as_somebody_does() {
    let demo = Demo::with_functions(clock(), 60);
    let (server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    app.resize(120, 50).rest().await;
    server.stop().await;
    app.keys("r").idle().await;
    let before = tries(&app);
    for _ in 0..10 {
        app.later(Duration::from_secs(1)).idle().await;
    }
    // Four rows, three times each.
    assert!((3..=12).contains(&(tries(&app) - before)), "{}:\n{}", tries(&app) - before, app.screen());
    assert!(app.screen().contains("OFFLINE"), "{}", app.screen());
    server.restart().await.unwrap();
    app.later(Duration::from_secs(5)).idle().await;
    assert!(!app.screen().contains("OFFLINE") && asked(&demo, "GetFunction") > 40, "{:?}", demo.counts());
}

#[tokio::test]
async fn a_log_that_answers_is_not_offline_whatever_the_list_behind_it_met() {
    let demo = account();
    let (server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    server.stop().await;
    app.keys("r").idle().await;
    assert!(app.screen().contains("OFFLINE"), "{}", app.screen());
    server.restart().await.unwrap();
    app.keys("l").idle().await;
    assert!(app.screen().contains("› Log") && !app.screen().contains("OFFLINE"), "{}", app.screen());
    app.keys("<esc>").keys("i").idle().await;
    assert!(app.screen().contains("› Invoke") && !app.screen().contains(" old "), "{}", app.screen());
}

#[tokio::test]
async fn one_refusal_of_the_credentials_speaks_for_all_rows_until_the_person_asks_again() {
    let demo = Demo::with_functions(clock(), 60);
    let (_server, mut app) = started(&demo, Refresh::AsPanesSay).await;
    app.resize(120, 50).rest().await;
    let message = "The security token included in the request is expired".to_owned();
    let expired = Fault::Status { code: 403, error: "ExpiredTokenException".to_owned(), message };
    demo.fail("GetFunction", expired.clone());
    demo.fail("ListFunctions", expired);
    app.keys("r").idle().await;
    demo.clear_journal();
    app.keys("G").rest().await;
    app.later(Duration::from_mins(2)).idle().await;
    assert_eq!(demo.counts().get("GetFunction"), None, "{}", app.screen());
    assert!(app.model().notices.problems() <= 3, "{}", app.screen());
    demo.clear_faults();
    app.keys("r").idle().await;
    assert!(asked(&demo, "GetFunction") > 30, "{:?}", demo.counts());
}

#[tokio::test]
async fn asking_again_while_the_list_comes_in_for_the_first_time_drops_no_row() {
    let demo = Demo::with_functions(clock(), 120);
    let server = Server::start(demo.clone()).await.unwrap();
    let gate = demo.gate("ListFunctions");
    let mut app = Harness::unasked(&server, |_, _| {});
    gate.let_through(2);
    app.until("100 of 120 …").await;
    soon(gate.arrived(3)).await;
    let rows = |app: &Harness| app.model().views.table("functions").map_or(0, |table| table.order().len());
    app.keys("G");
    let cursor = app.under_cursor();
    app.keys("r");
    assert_eq!((rows(&app), app.under_cursor()), (100, cursor.clone()), "{}", app.screen());
    soon(gate.arrived(4)).await;
    gate.let_through(1);
    soon(gate.arrived(5)).await;
    app.some(100).await;
    assert_eq!((rows(&app), app.under_cursor()), (100, cursor.clone()), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert_eq!((rows(&app), app.under_cursor()), (120, cursor), "{}", app.screen());
}
