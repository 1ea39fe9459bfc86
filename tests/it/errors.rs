//! What goes wrong costs only its own pane or column, and is one plain sentence.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed, LastMarker};
use lambdash::testing::Refresh;
use serde_json::json;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, READ, asked, clock, soon, words};

fn account() -> Demo {
    let demo = Demo::empty(clock());
    for name in ["billing-ledger", "orders-api", "orders-worker"] {
        demo.put_function(FunctionSeed::named(name));
    }
    demo
}

fn denied(action: &str) -> Fault {
    Fault::Denied { action: action.to_owned() }
}

async fn serve(demo: &Demo) -> Server {
    Server::start(demo.clone()).await.unwrap()
}

/// Half an hour of refreshes.
async fn wait_long(app: &mut Harness) {
    for _ in 0..6 {
        app.later(Duration::from_mins(5)).idle().await;
    }
}

#[tokio::test]
async fn a_denied_list_names_the_action_and_is_not_asked_again_until_the_person_does() {
    let demo = account();
    demo.fail("ListFunctions", denied("lambda:ListFunctions"));
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    assert_screen!(app);
    wait_long(&mut app).await;
    assert_eq!(asked(&demo, "ListFunctions"), 1);
    demo.clear_faults();
    app.keys("r").idle().await;
    assert!(app.screen().contains("Functions  3"), "{}", app.screen());
}

#[tokio::test]
async fn a_denied_get_function_costs_the_state_column_alone() {
    let demo = account();
    demo.fail("GetFunction", denied("lambda:GetFunction"));
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    app.rest().await;
    assert_screen!(app);
    let before = asked(&demo, "GetFunction");
    wait_long(&mut app).await;
    assert_eq!(asked(&demo, "GetFunction"), before);
    assert!(asked(&demo, "ListFunctions") > 1, "the list goes on");
    app.keys("<enter>").rest().await;
    assert!(app.screen().contains("lambda:GetFunction"), "{}", app.screen());
    demo.clear_faults();
    app.keys("r").idle().await;
    assert!(app.screen().contains("Runtime") || app.screen().contains("MemorySize"), "{}", app.screen());
    app.keys("<esc>r").idle().await;
    assert!(app.line_with("orders-api").contains("active"), "{}", app.screen());
}

#[tokio::test]
async fn without_the_accounts_settings_or_a_name_the_list_is_whole() {
    let demo = Demo::with_functions(clock(), 120);
    demo.fail("GetAccountSettings", denied("lambda:GetAccountSettings"));
    demo.fail("GetCallerIdentity", denied("sts:GetCallerIdentity"));
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    assert!(app.screen().contains("Functions  120") && !app.screen().contains("Could not"), "{}", app.screen());
    wait_long(&mut app).await;
    assert_eq!(asked(&demo, "GetCallerIdentity"), 1);
}

#[tokio::test]
async fn a_denied_change_and_a_denied_run_name_their_actions_and_were_sent_once() {
    let demo = account();
    demo.fail("UpdateFunctionConfiguration", denied("lambda:UpdateFunctionConfiguration"));
    demo.fail("Invoke", denied("lambda:InvokeFunction"));
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    app.keys("e<ctrl-u>1024<enter>").later(READ).keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("lambda:UpdateFunctionConfiguration"), "{}", app.screen());
    app.keys("<esc>i<f5>").idle().await;
    assert!(app.screen().contains("lambda:InvokeFunction"), "{}", app.screen());
    assert_eq!((asked(&demo, "UpdateFunctionConfiguration"), asked(&demo, "Invoke")), (1, 1));
}

/// A list of 120 functions whose third page fails.
async fn broken_off(fault: Fault) -> (Demo, Server, Harness) {
    let demo = Demo::with_functions(clock(), 120);
    let server = serve(&demo).await;
    let gate = demo.gate("ListFunctions");
    let mut app = Harness::unasked(&server, |_, _| {});
    gate.let_through(1);
    app.until("50 of 120 …").await;
    soon(gate.arrived(2)).await;
    demo.fail("ListFunctions", fault);
    gate.open();
    app.idle().await;
    (demo, server, app)
}

#[tokio::test]
async fn when_page_three_fails_two_pages_stay_and_the_list_says_that_it_is_incomplete() {
    let (demo, _server, mut app) = broken_off(denied("lambda:ListFunctions")).await;
    assert!(app.screen().contains("Functions  100") && app.screen().contains("incomplete"), "{}", app.screen());
    assert_screen!(app);
    demo.clear_faults();
    assert_eq!((asked(&demo, "ListFunctions"), asked(&demo, "GetAccountSettings")), (3, 1));
    app.keys("r").idle().await;
    assert!(app.screen().contains("Functions  120") && !app.screen().contains("incomplete"), "{}", app.screen());
    assert_eq!(
        (asked(&demo, "ListFunctions"), asked(&demo, "GetAccountSettings")),
        (4, 1),
        "what came before the break is not asked for again"
    );
    // A change makes what came untrue, and so does a minute: the whole list is read again.
    app.later(Duration::from_secs(61)).idle().await;
    assert_eq!(asked(&demo, "ListFunctions"), 7);
}

#[tokio::test]
async fn a_list_that_broke_off_is_taken_up_by_itself_and_rows_stay() {
    let demo = Demo::with_functions(clock(), 120);
    let server = serve(&demo).await;
    let gate = demo.gate("ListFunctions");
    let mut app = Harness::unasked(&server, |_, _| {});
    gate.let_through(2);
    app.until("100 of 120 …").await;
    soon(gate.arrived(3)).await;
    server.stop().await;
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("Functions  100") && app.screen().contains("incomplete"), "{}", app.screen());
    server.restart().await.unwrap();
    let before = asked(&demo, "ListFunctions");
    app.later(Duration::from_secs(5)).idle().await;
    assert!(app.screen().contains("Functions  120") && !app.screen().contains("incomplete"), "{}", app.screen());
    assert_eq!(asked(&demo, "ListFunctions"), before + 1);
}

#[tokio::test]
async fn an_answer_that_is_none_is_a_plain_sentence() {
    let page = Fault::Status { code: 500, error: "ServiceException".to_owned(), message: String::new() };
    for (fault, sentence) in [
        (Fault::BrokenJson, "the answer could not be understood"),
        (Fault::HtmlBody, "a web page came instead of an answer"),
        (page, "ServiceException"),
        (Fault::Truncated, "broke off"),
        (Fault::Reset, "connection"),
    ] {
        let demo = account();
        demo.fail("ListFunctions", fault.clone());
        let server = serve(&demo).await;
        let mut app = Harness::new(&server).await;
        let screen = app.screen();
        assert!(screen.contains("Could not list the functions") && screen.contains(sentence), "{fault:?}:\n{screen}");
        for word in ["SdkError", "hyper", "Unhandled", "{", "os error"] {
            assert!(!screen.contains(word), "{fault:?} says {word}:\n{screen}");
        }
        demo.clear_faults();
        app.keys("r").idle().await;
        assert!(app.screen().contains("Functions  3"), "{fault:?}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn an_answer_that_is_torn_is_a_connection_that_broke_off_in_lists_and_logs_with_and_without_a_socket() {
    let demo = account();
    let server = serve(&demo).await;
    for operation in ["ListFunctions", "FilterLogEvents"] {
        demo.clear_faults();
        let apps = [Harness::new(&server).await, Harness::in_process(demo.clone(), |_, _| {})];
        for mut app in apps {
            app.idle().await;
            demo.fail(operation, Fault::Truncated);
            app.keys("rl").idle().await;
            if operation == "ListFunctions" {
                app.keys("<esc>").idle().await;
            }
            assert!(words(&app).contains("broke off"), "{operation}:\n{}", app.screen());
            assert!(app.screen().contains("OFFLINE"), "{operation}:\n{}", app.screen());
            demo.clear_faults();
        }
    }
}

/// What goes wrong, what is to be done about it where there is one line, and what is left of that at 40 columns.
fn troubles() -> [(Fault, &'static str, &'static str); 5] {
    let status =
        |code, error: &str, message: &str| Fault::Status { code, error: error.to_owned(), message: message.to_owned() };
    let expired = "The security token included in the request is expired";
    [
        (status(403, "ExpiredTokenException", expired), "credentials expired; sign in again, then r", "sign in again"),
        (
            status(500, "ServiceException", "An internal error occurred that we are very sorry for."),
            "ServiceException; AWS's fault: r asks again",
            "AWS's fault: r asks again",
        ),
        (Fault::HtmlBody, "a web page came; check endpoint and proxy", "check endpoint and proxy"),
        (denied("lambda:ListFunctions"), "not allowed; needs lambda:ListFunctions", "needs lambda:ListFunctions"),
        (Fault::BrokenJson, "answer not understood; r asks again", "r asks again"),
    ]
}

#[tokio::test]
async fn what_to_do_about_a_failed_refresh_stands_whole_on_every_screen() {
    for (fault, brief, act) in troubles() {
        let demo = account();
        let server = serve(&demo).await;
        let mut app = Harness::new(&server).await;
        demo.fail("ListFunctions", fault.clone());
        app.keys("r").idle().await;
        for (width, words) in [(120, brief), (80, brief), (60, brief), (40, act)] {
            let line = app.resize(width, 24).line_with(" ! ");
            assert!(line.contains(words), "{fault:?} at {width}: {line}");
            assert!(width < 80 || line.contains("Could not list the functions"), "{fault:?} at {width}: {line}");
        }
    }
}

#[tokio::test]
async fn a_list_that_broke_off_says_how_old_it_is_and_what_to_do_at_80_columns() {
    let (_demo, _server, mut app) = broken_off(troubles()[1].0.clone()).await;
    app.resize(80, 24).later(Duration::from_secs(12)).idle().await;
    let first = app.screen().lines().next().unwrap_or_default().to_owned();
    assert!(first.contains("failed · 10+ s old"), "{first}");
    assert!(app.screen().contains("list incomplete"), "{}", app.screen());
    assert!(app.line_with("Could not").contains("AWS's fault: r asks again"), "{}", app.screen());
}

#[tokio::test]
async fn a_far_end_that_never_answers_leaves_every_key_alive() {
    let demo = account();
    demo.fail("ListFunctions", Fault::Hang);
    let server = serve(&demo).await;
    let mut app = Harness::unasked(&server, |_, _| {});
    app.until("loading the functions").await;
    app.keys("?");
    assert!(app.screen().contains("Lists"), "{}", app.screen());
    demo.clear_faults();
    app.keys("<esc>r").idle().await;
    assert!(app.screen().contains("Functions  3"), "{}", app.screen());
}

#[tokio::test]
async fn an_operation_the_endpoint_lacks_is_not_supported_and_nothing_is_wrong() {
    let demo = account();
    let lacks =
        Fault::Status { code: 501, error: "NotImplemented".to_owned(), message: "not implemented yet".to_owned() };
    demo.fail("GetFunction", lacks.clone());
    demo.fail("GetCallerIdentity", lacks);
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    app.rest().await;
    assert!(app.screen().contains("this endpoint does not offer it"), "{}", app.screen());
    let before = asked(&demo, "GetFunction");
    wait_long(&mut app).await;
    assert_eq!(asked(&demo, "GetFunction"), before);
    app.keys("<enter>").rest().await;
    assert_screen!(app);
}

#[tokio::test]
async fn a_marker_that_is_empty_or_repeats_ends_the_list() {
    for marker in [LastMarker::Empty, LastMarker::Repeated] {
        let demo = Demo::with_functions(clock(), 120);
        demo.last_marker(marker);
        let server = serve(&demo).await;
        let app = Harness::new(&server).await;
        assert!(app.screen().contains("Functions  1"), "{marker:?}:\n{}", app.screen());
        assert!(asked(&demo, "ListFunctions") <= 4, "{marker:?}");
    }
}

#[tokio::test]
async fn a_marker_that_repeats_brings_no_row_twice() {
    let demo = Demo::with_functions(clock(), 120);
    demo.last_marker(LastMarker::Repeated);
    let server = serve(&demo).await;
    let app = Harness::new(&server).await;
    assert!(app.screen().contains("Functions  120"), "{}", app.screen());
}

#[tokio::test]
async fn a_function_deleted_since_it_was_listed_goes_and_the_cursor_moves_on() {
    let demo = account();
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    app.keys("j").rest().await;
    demo.remove_function("orders-api");
    app.later(Duration::from_mins(1)).idle().await;
    assert!(app.line_with("orders-api").contains("deleted"), "{}", app.screen());
    app.later(Duration::from_secs(5)).idle().await;
    assert!(!app.screen().contains("orders-api"), "{}", app.screen());
    assert_eq!(app.under_cursor(), "orders-worker", "{}", app.screen());
    assert!(!app.screen().contains("Could not"), "{}", app.screen());
}

#[tokio::test]
async fn twenty_functions_deleted_at_once_cost_two_lists_and_not_twenty() {
    let demo = Demo::with_functions(clock(), 40);
    let server = serve(&demo).await;
    let mut app = Harness::with(&server, |_, options| options.refresh = Refresh::Every(Duration::from_hours(1))).await;
    app.rest().await;
    let names: Vec<String> = demo
        .journal()
        .iter()
        .filter_map(|call| call.strip_prefix("GetFunction ").map(str::to_owned))
        .take(20)
        .collect();
    for name in &names {
        demo.set_state(name, "Pending", "", "");
    }
    app.later(Duration::from_hours(1)).idle().await;
    for name in &names {
        demo.remove_function(name);
    }
    demo.clear_journal();
    app.later(Duration::from_secs(2)).idle().await;
    assert!(app.screen().contains("Functions  20"), "{}", app.screen());
    assert!((1..=2).contains(&asked(&demo, "ListFunctions")), "{:?}", demo.counts());
}

#[tokio::test]
async fn a_function_found_missing_by_get_function_alone_takes_its_row_along() {
    let demo = account();
    let server = serve(&demo).await;
    let gate = demo.gate("GetFunction orders-api");
    let mut app = Harness::unasked(&server, |_, _| {});
    app.until("Functions  3").await;
    gate.open();
    app.idle().await;
    demo.set_state("orders-api", "Pending", "", "");
    app.keys("jr").rest().await;
    demo.remove_function("orders-api");
    demo.clear_journal();
    app.later(Duration::from_secs(2)).idle().await;
    assert_eq!(asked(&demo, "ListFunctions"), 1, "{:?}", demo.journal());
    assert!(app.line_with("orders-api").contains("deleted"), "{}", app.screen());
    app.later(Duration::from_secs(5)).idle().await;
    assert!(!app.screen().contains("orders-api"), "{}", app.screen());
    assert_eq!(app.under_cursor(), "orders-worker");
}

#[tokio::test]
async fn fields_that_aws_leaves_out_are_dashes_and_not_a_panic() {
    let demo = account();
    let nothing = json!({
        "Runtime": null, "Handler": null, "Role": null, "Description": null, "MemorySize": null, "Timeout": null, "CodeSize": null,
        "CodeSha256": null, "Version": null, "Architectures": null, "PackageType": null, "TracingConfig": null, "EphemeralStorage": null,
        "LoggingConfig": null, "State": null, "LastUpdateStatus": null, "RuntimeVersionConfig": null, "SnapStart": null, "Environment": null,
    });
    assert!(demo.patch_function("billing-ledger", &nothing));
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    app.resize(160, 30).rest().await;
    assert_screen!(app);
    app.keys("<enter>").rest().await;
    assert!(app.screen().contains("not set"), "{}", app.screen());
    app.keys("<esc>d<esc>i");
    assert!(!app.has_quit());
}

#[tokio::test]
async fn a_read_only_session_sends_nothing_that_changes_the_account() {
    let demo = account();
    let server = serve(&demo).await;
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    assert!(app.screen().contains("READ-ONLY"), "{}", app.screen());
    app.keys("e");
    assert!(app.screen().contains("this session is read-only: nothing can be changed"), "{}", app.screen());
    app.keys("e<ctrl-u>1024<enter>").later(READ).keys("<tab><enter><esc><esc><esc>").idle().await;
    app.keys("i<f5><ctrl-x><ctrl-enter><ctrl-t><f5>").idle().await;
    assert!(app.screen().contains("read-only"), "{}", app.screen());
    app.keys("<ctrl-t><f5>").idle().await;
    let writes = |call: &String| !["Get", "List"].iter().any(|verb| call.starts_with(verb));
    let changes: Vec<String> = demo.journal().into_iter().filter(writes).collect();
    assert_eq!(changes, ["Invoke billing-ledger DryRun"]);
}

#[tokio::test]
async fn on_a_low_screen_the_reason_has_a_line_and_where_this_is_stays_in_the_header() {
    let demo = account();
    let server = serve(&demo).await;
    let mut app = Harness::new(&server).await;
    for name in ["ListFunctions", "GetFunction"] {
        demo.fail(name, Fault::Status { code: 500, error: "ServiceException".to_owned(), message: String::new() });
    }
    for _ in 0..3 {
        app.later(Duration::from_mins(2)).idle().await;
    }
    app.later(Duration::from_secs(10));
    for (width, height) in [(120, 12), (60, 10), (40, 10)] {
        app.resize(width, height);
        assert_screen!(app);
        assert!(app.screen().contains(" ! ") && app.screen().contains("eu-west-1"), "{}", app.screen());
    }
}

#[tokio::test]
async fn a_count_is_never_cut_where_words_can_be() {
    let (_, server) = crate::support::shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(40, 10).keys("/orders-api<enter><enter>").idle().await;
    app.keys("/env");
    let line = app.line_with("Configuration");
    let count = app.screen().lines().filter(|line| line.contains(" of ")).count();
    assert!(count == 1 && line.split(" of ").nth(1).is_some_and(|all| all.trim().len() == 2), "{}", app.screen());
}
