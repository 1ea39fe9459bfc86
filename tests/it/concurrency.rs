//! The concurrency pane: one question for each function, the account's budget, and changes that settle.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed};
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, READ, START, asked, changes, clock, words};

/// The question that is asked for each function.
const WARM: &str = "ListProvisionedConcurrencyConfigs";

/// An account with a bit of everything.
fn office(clock: lambdash::demo::Clock) -> Demo {
    let demo = Demo::empty(clock);
    let api = FunctionSeed::named("orders-api").with("MemorySize", 512).published(12).reserved(200);
    demo.put_function(api.weighted_alias("live", "11", "12", 0.1).alias("next", "12"));
    demo.put_function(FunctionSeed::named("orders-export").reserved(0));
    demo.put_function(FunctionSeed::named("billing-ledger"));
    let exits = FunctionSeed::named("search-index").published(3).alias("live", "3");
    demo.put_function(exits.behaviour("exit"));
    demo.put_function(FunctionSeed::named("media-thumbs").reserved(120));
    demo
}

/// The account, its server, and a clock that is turned by hand.
async fn moving() -> (Demo, Server, Arc<Mutex<DateTime<Utc>>>) {
    let time: Arc<Mutex<DateTime<Utc>>> = Arc::new(Mutex::new(START.parse().unwrap()));
    let told = time.clone();
    let demo = office(Arc::new(move || *told.lock().unwrap()));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server, time)
}

async fn pane(server: &Server) -> Harness {
    let mut app = Harness::new(server).await;
    app.keys(":concurrency<enter>").idle().await;
    app
}

/// Puts the cursor on a function.
fn on<'a>(app: &'a mut Harness, function: &str) -> &'a mut Harness {
    app.keys(&format!("/<ctrl-u>{function}<enter>"))
}

/// Sends what a confirmation asks about.
async fn send(app: &mut Harness) -> &mut Harness {
    app.later(READ).keys("<tab><enter>").idle().await
}

/// Stops a function: its name is typed.
async fn stop<'a>(app: &'a mut Harness, function: &str) -> &'a mut Harness {
    on(app, function).keys("0").later(READ).keys(&format!("{function}<enter>")).idle().await
}

/// Turns the clock of the account on by a minute, and the program looks again.
async fn turned<'a>(app: &'a mut Harness, time: &Mutex<DateTime<Utc>>) -> &'a mut Harness {
    *time.lock().unwrap() += TimeDelta::seconds(60);
    app.later(Duration::from_secs(2)).idle().await
}

/// What was last set aside for a function.
fn last_reserved(demo: &Demo) -> Option<i64> {
    demo.bodies("PutFunctionConcurrency").last()?["ReservedConcurrentExecutions"].as_i64()
}

#[tokio::test]
async fn concurrency_is_shown_on_every_size_of_screen() {
    let server = Server::start(office(clock())).await.unwrap();
    let mut app = pane(&server).await;
    for (width, height) in [(130, 30), (80, 24), (40, 10)] {
        app.resize(width, height).idle().await;
        assert_screen!(app);
    }
}

#[tokio::test]
async fn absent_is_unreserved_and_zero_is_stopped() {
    let server = Server::start(office(clock())).await.unwrap();
    let app = pane(&server).await;
    assert!(app.line_with("orders-export").contains("0 STOPPED"), "{}", app.screen());
    assert!(app.line_with("billing-ledger").contains("unreserved"), "{}", app.screen());
    assert!(app.screen().contains("680 of 1,000 unreserved · 320 reserved · 100 must stay"), "{}", app.screen());
}

#[tokio::test]
async fn all_rows_are_asked_about_in_their_turn_and_remembered() {
    let demo = Demo::with_functions(clock(), 75);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(80, 24);
    let gate = demo.gate(WARM);
    app.rest().await.keys(":concurrency<enter>").some(200).await;
    assert!(app.line_with("Concurrency  75").contains("0 of 75 read"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert_eq!(asked(&demo, WARM), 75, "each once");
    assert!(!app.screen().contains("75 read"), "{}", app.screen());
    app.keys("1").idle().await;
    app.keys(":concurrency<enter>").idle().await;
    assert_eq!(asked(&demo, WARM), 75, "what was read is remembered");
}

#[tokio::test]
async fn the_row_of_a_change_is_read_before_all_that_wait() {
    let demo = Demo::with_functions(clock(), 300);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(120, 60).keys(":concurrency<enter>").later(READ).until(" of 300 read").await;
    // The first one is read, and dozens wait for their turn.
    app.until("1 of 300 read").await;
    let row = |app: &Harness| app.cursor_line().split_whitespace().nth(1).unwrap_or_default().to_owned();
    let name = row(&app);
    app.keys("e<ctrl-u>7<enter>").later(READ).keys("<tab><enter>").until("done: Put").await;
    let before = demo.journal().len();
    while !app.cursor_line().contains(" 7 ") {
        app.next().await;
    }
    let journal = demo.journal();
    let others =
        journal[before..].iter().filter(|line| line.starts_with(WARM)).take_while(|line| !line.ends_with(&name));
    let others = others.count();
    assert!(others < 8, "{others} rows were read before {name}: {:?}", &journal[before..]);
}

#[tokio::test]
async fn rows_that_nobody_looks_at_are_not_asked_about_any_more() {
    let demo = Demo::with_functions(clock(), 75);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    let gate = demo.gate(WARM);
    app.rest().await.keys(":concurrency<enter>").some(200).await;
    app.keys("1").some(20).await;
    gate.open();
    app.idle().await;
    let asked = asked(&demo, WARM);
    assert!(asked > 0 && asked < 75, "{asked} were asked about");
}

#[tokio::test]
async fn one_refusal_speaks_for_all_and_the_rest_of_the_pane_stays() {
    let demo = office(clock());
    demo.fail(WARM, Fault::Denied { action: format!("lambda:{WARM}") });
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    assert!(app.screen().contains("680 of 1,000 unreserved"), "{}", app.screen());
    assert!(app.screen().contains("320 reserved or provisioned"), "{}", app.screen());
    assert!(!app.screen().contains("5 read"), "nobody waits for more: {}", app.screen());
    // It costs its own columns and no others.
    assert!(app.line_with("orders-export").contains("0 STOPPED"), "{}", app.screen());
    assert!(app.line_with("media-thumbs").contains("120") && app.line_with("media-thumbs").contains('?'));
    assert!(
        app.screen().contains(" ! not allowed; needs lambda:ListProvisionedConcurrencyConfigs"),
        "{}",
        app.screen()
    );
    on(&mut app, "media-thumbs").keys("n");
    assert!(app.screen().contains("what is provisioned may not be read"), "{}", app.screen());
    app.keys("0");
    assert!(app.screen().contains("What is provisioned for it may not be read here"), "{}", app.screen());
    app.later(READ).keys("<esc>!");
    assert!(app.screen().contains("lambda:ListProvisionedConcurrencyConfigs"), "{}", app.screen());
}

#[tokio::test]
async fn what_will_be_refused_is_not_asked_for_every_row() {
    let demo = Demo::with_functions(clock(), 75);
    demo.fail(WARM, Fault::Denied { action: format!("lambda:{WARM}") });
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    app.rest().await;
    // Those on the screen and a page more are on their way when the first refusal comes.
    assert!((1..60).contains(&asked(&demo, WARM)), "{} were asked", asked(&demo, WARM));
    let before = asked(&demo, WARM);
    demo.clear_faults();
    app.keys("r").idle().await;
    assert!(asked(&demo, WARM) > before, "the person asked again");
    assert!(!app.screen().contains("reserved or provisioned"), "{}", app.screen());
}

#[tokio::test]
async fn what_a_function_of_the_pool_keeps_warm_returns_to_the_pool() {
    let (_, server, time) = moving().await;
    let mut app = pane(&server).await;
    on(&mut app, "search-index").keys("n").idle().await;
    app.keys("<tab><ctrl-u>30<enter>");
    assert!(app.screen().contains("function:search-index:live"), "the ARN of what is chosen: {}", app.screen());
    send(&mut app).await;
    turned(&mut app, &time).await.keys("r").idle().await;
    let words = "650 of 1,000 unreserved · 320 reserved · 30 provisioned beside that";
    assert!(app.screen().contains(words), "{}", app.screen());
    app.resize(80, 24);
    let words = "650 of 1,000 unreserved · 320 reserved + 30 provisioned · 100 must stay";
    assert!(app.screen().contains(words), "{}", app.screen());
    app.resize(40, 12);
    assert!(app.screen().contains("650 of 1,000 unreserved"), "{}", app.screen());
    app.resize(100, 30).keys("e<ctrl-u>40");
    assert!(app.screen().contains("0 to 580: 650 unreserved + 30 its own"), "{}", app.screen());
    assert!(app.screen().contains("40 reserved; 640 left for the others"), "{}", app.screen());
    // What failed is not there, and costs nothing.
    app.keys("<esc>0");
    assert!(!app.screen().contains("environments stay, and cost"), "{}", app.screen());
    app.later(READ).keys("<esc>D");
    assert!(app.screen().contains("It failed, and costs nothing."), "{}", app.screen());
}

#[tokio::test]
async fn the_limits_that_are_refused_are_said_where_they_would_stand() {
    let demo = office(clock());
    demo.fail("GetAccountSettings", Fault::Denied { action: "lambda:GetAccountSettings".to_owned() });
    let server = Server::start(demo).await.unwrap();
    let app = pane(&server).await;
    assert!(app.screen().contains("Could not read the account's limits: not allowed; needs"), "{}", app.screen());
    assert!(app.line_with("media-thumbs").contains("120"), "{}", app.screen());
}

#[tokio::test]
async fn a_reservation_is_set_within_what_the_account_has_left() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    app.resize(100, 30);
    on(&mut app, "orders-api").keys("e<ctrl-u>781<enter>");
    assert!(app.screen().contains("0 to 780"), "{}", app.screen());
    assert_screen!(app);
    app.keys("<ctrl-u>250<enter>");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    send(app.resize(100, 30)).await;
    assert_eq!(changes(&demo), ["PutFunctionConcurrency orders-api"]);
    assert_eq!(demo.bodies("PutFunctionConcurrency"), [json!({"ReservedConcurrentExecutions": 250})]);
    assert!(app.cursor_line().contains("250"), "{}", app.screen());
    assert!(app.screen().contains("630 of 1,000 unreserved"), "the budget is read again: {}", app.screen());
}

#[tokio::test]
async fn a_runaway_function_is_stopped_by_name_and_put_back_by_one_key() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    on(&mut app, "orders-api").keys("0");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(100, 30).later(READ).keys("<enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0], "the name was not typed");
    app.keys("orders-api<enter>").idle().await;
    assert_eq!(demo.bodies("PutFunctionConcurrency"), [json!({"ReservedConcurrentExecutions": 0})]);
    assert!(app.cursor_line().contains("0 STOPPED"), "{}", app.screen());
    app.keys("0");
    assert!(app.screen().contains("orders-api is stopped already"), "{}", app.screen());
    send(app.keys("b")).await;
    assert_eq!(last_reserved(&demo), Some(200));
    assert!(app.cursor_line().contains("200"), "{}", app.screen());
    assert_eq!(changes(&demo).len(), 2);
}

#[tokio::test]
async fn a_stop_is_put_back_once_what_it_did_is_read_and_not_called_undone_before() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    let gate = demo.gate(WARM);
    on(&mut app, "orders-api").keys("0").later(READ).keys("orders-api<enter>").until("done: Put").await;
    app.keys("b");
    assert!(app.screen().contains("what is set aside for orders-api is being read"), "{}", app.screen());
    gate.open();
    app.idle().await;
    send(app.keys("b")).await;
    assert_eq!(last_reserved(&demo), Some(200));
}

#[tokio::test]
async fn what_a_stop_replaced_is_put_back_also_after_another_change() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    stop(&mut app, "orders-api").await;
    send(app.keys("e<ctrl-u>20<enter>")).await;
    assert!(app.cursor_line().contains(" 20 "), "{}", app.screen());
    send(app.keys("b")).await;
    assert_eq!(last_reserved(&demo), Some(200));
}

#[tokio::test]
async fn a_stop_that_may_not_have_been_made_does_not_cost_what_the_first_one_replaced() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    stop(&mut app, "orders-api").await;
    send(app.keys("e<ctrl-u>20<enter>")).await;
    demo.fail("PutFunctionConcurrency", Fault::Reset);
    stop(&mut app, "orders-api").await;
    assert!(app.cursor_line().contains(" 20 "), "it was not made:\n{}", app.screen());
    demo.clear_faults();
    send(app.keys("<esc>b")).await;
    assert_eq!(last_reserved(&demo), Some(200));
}

#[tokio::test]
async fn a_stop_whose_answer_is_lost_is_put_back_all_the_same() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    demo.fail("PutFunctionConcurrency", Fault::ResetAfter);
    stop(&mut app, "orders-api").await;
    assert!(app.cursor_line().contains("0 STOPPED"), "{}", app.screen());
    demo.clear_faults();
    send(app.keys("<esc>b")).await;
    assert_eq!(last_reserved(&demo), Some(200));
}

#[tokio::test]
async fn a_function_of_the_pool_that_was_stopped_goes_back_into_the_pool() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    stop(&mut app, "billing-ledger").await;
    send(app.keys("b")).await;
    assert_eq!(changes(&demo), ["PutFunctionConcurrency billing-ledger", "DeleteFunctionConcurrency billing-ledger"]);
    assert!(app.cursor_line().contains("unreserved"), "{}", app.screen());
}

#[tokio::test]
async fn a_reservation_is_given_back_and_a_stopped_function_is_said_to_start() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    on(&mut app, "orders-export").keys("u");
    assert!(app.screen().contains("it starts to run again"), "{}", app.screen());
    send(&mut app).await;
    assert_eq!(changes(&demo), ["DeleteFunctionConcurrency orders-export"]);
    assert!(app.cursor_line().contains("unreserved"), "{}", app.screen());
    app.keys("u");
    assert!(app.screen().contains("nothing is reserved for orders-export"), "{}", app.screen());
}

#[tokio::test]
async fn what_somebody_else_changed_is_not_overwritten() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    on(&mut app, "media-thumbs").keys("e<ctrl-u>50<enter>").later(READ);
    // Somebody else takes the reservation away meanwhile.
    demo.put_function(FunctionSeed::named("media-thumbs").reserved(7));
    app.keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    assert!(app.screen().contains("is 7 by now, and was 120 when you looked"), "{}", app.screen());
    assert!(app.cursor_line().contains(" 7 "), "it is read again: {}", app.screen());
}

#[tokio::test]
async fn environments_kept_warm_are_followed_until_they_are_ready() {
    let (demo, server, time) = moving().await;
    let mut app = pane(&server).await;
    app.resize(100, 30);
    on(&mut app, "orders-api").keys("n").idle().await;
    app.keys("<tab><ctrl-u>20");
    assert_screen!(app);
    send(app.keys("<enter>")).await;
    assert_eq!(changes(&demo), ["PutProvisionedConcurrencyConfig orders-api:live"]);
    assert_eq!(demo.bodies("PutProvisionedConcurrencyConfig"), [json!({"ProvisionedConcurrentExecutions": 20})]);
    assert!(app.cursor_line().contains("in progress"), "{}", app.screen());
    // Whatever pane is on show, it is looked after.
    app.keys("<esc>1").idle().await;
    turned(&mut app, &time).await;
    assert!(app.screen().contains("provisioned concurrency of live: ready · 20 asked"), "{}", app.screen());
    let before = demo.journal().len();
    app.later(Duration::from_secs(4)).idle().await;
    assert_eq!(demo.journal().len(), before, "what has ended is followed no further");
}

#[tokio::test]
async fn what_came_of_one_alias_is_not_told_of_another() {
    let time: Arc<Mutex<DateTime<Utc>>> = Arc::new(Mutex::new(START.parse().unwrap()));
    let told = time.clone();
    let demo = Demo::account(Arc::new(move || *told.lock().unwrap()));
    let server = Server::start(demo).await.unwrap();
    let mut app = pane(&server).await;
    app.resize(100, 30);
    on(&mut app, "billing-api").rest().await.keys("n").idle().await;
    send(app.keys("<tab><ctrl-u>12<enter>")).await;
    turned(&mut app, &time).await;
    assert!(words(&app).contains("provisioned concurrency of live: ready · 12 asked"), "{}", app.screen());
    assert!(!words(&app).contains("concurrency of next"), "{}", app.screen());
}

#[tokio::test]
async fn environments_that_cannot_start_end_as_an_error_with_the_reason() {
    let (_, server, time) = moving().await;
    let mut app = pane(&server).await;
    on(&mut app, "search-index").keys("n").idle().await;
    send(app.keys("<enter>")).await;
    turned(&mut app, &time).await;
    assert!(app.screen().contains("FUNCTION_ERROR_INIT_FAILURE"), "{}", app.screen());
    assert!(app.cursor_line().contains("failed"), "{}", app.screen());
    app.later(Duration::from_secs(30)).keys("<esc><esc>!");
    assert!(app.screen().contains("FUNCTION_ERROR_INIT_FAILURE"), "it is among the messages: {}", app.screen());
}

#[tokio::test]
async fn a_change_that_never_settles_is_given_up_with_a_sentence() {
    let (demo, server, _) = moving().await;
    demo.update_lasts(Duration::from_secs(100_000));
    let mut app = pane(&server).await;
    on(&mut app, "orders-api").keys("n").idle().await;
    send(app.keys("<enter>")).await;
    app.later(Duration::from_mins(15)).idle().await;
    assert!(app.screen().contains("AWS is still at it after 15 minutes"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_kept_warm_is_removed_and_only_several_are_asked_about() {
    let (demo, server, time) = moving().await;
    let mut app = pane(&server).await;
    app.resize(100, 30);
    for rounds in ["", "<right>"] {
        on(&mut app, "orders-api").keys("n").idle().await;
        send(app.keys(rounds).keys("<tab><ctrl-u>5<enter>")).await;
        turned(&mut app, &time).await;
    }
    assert!(app.cursor_line().contains("+1"), "{}", app.screen());
    send(app.keys("D<right><enter>")).await;
    send(app.keys("D")).await;
    assert_eq!(
        changes(&demo).split_off(2),
        ["DeleteProvisionedConcurrencyConfig orders-api:next", "DeleteProvisionedConcurrencyConfig orders-api:live"]
    );
    app.keys("D");
    assert!(app.screen().contains("nothing is provisioned for orders-api"), "{}", app.screen());
}

#[tokio::test]
async fn a_read_only_session_changes_nothing() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys(":concurrency<enter>").idle().await;
    for key in ["e", "0", "b", "u", "n", "D"] {
        app.keys(key).later(READ).keys("<tab><enter>orders-api<enter><esc><esc>").idle().await;
    }
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn a_function_that_is_deleted_goes_with_its_row_and_a_form_for_it_says_so() {
    let demo = office(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = pane(&server).await;
    on(&mut app, "media-thumbs");
    demo.remove_function("media-thumbs");
    app.keys("r").idle().await;
    assert!(app.cursor_line().contains("deleted"), "{}", app.screen());
    app.keys("e");
    assert!(app.screen().contains("media-thumbs was deleted: nothing can be done to it"), "{}", app.screen());
    app.later(Duration::from_secs(6)).keys("<esc><esc>").idle().await;
    assert!(!app.screen().contains("  media-thumbs"), "{}", app.screen());
}

#[tokio::test]
async fn the_row_is_copied_as_a_command() {
    let server = Server::start(office(clock())).await.unwrap();
    let mut app = pane(&server).await;
    on(&mut app, "orders-api").keys("yc");
    let Some(Demand::Copy(command)) = app.demands().last() else { panic!("nothing was copied") };
    assert!(command.starts_with("aws lambda get-function-concurrency --function-name orders-api"), "{command}");
}
