//! Going to another region or profile: nothing of the old session appears in the new one.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::{Connection, Msg, Text};

use crate::support::server::Server;
use crate::support::{Harness, clock, soon, words};

/// The regions in the ARNs of all rows of the functions pane.
fn regions(app: &Harness) -> Vec<String> {
    let rows = app.model().question().map(|question| app.model().store.rows(&question)).unwrap_or_default();
    let mut regions: Vec<String> =
        rows.iter().filter_map(|row| row.key.0.split(':').nth(3).map(str::to_owned)).collect();
    regions.dedup();
    regions
}

fn expired() -> Fault {
    let (error, message) = ("ExpiredTokenException".to_owned(), "The security token is expired".to_owned());
    Fault::Status { code: 403, error, message }
}

#[tokio::test]
async fn credentials_of_another_account_bring_nothing_of_the_old_one_along() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    demo.fail("ListFunctions", expired());
    app.keys("r").idle().await;
    assert!(words(&app).contains("redentials expired") && app.screen().contains("Functions  3"), "{}", app.screen());
    demo.clear_faults();
    app.keys("r").idle().await;
    assert!(!words(&app).contains("redentials expired"), "{}", app.screen());
    assert!(app.screen().contains("123456789012") && app.screen().contains("Functions  3"), "{}", app.screen());
    demo.fail("ListFunctions", expired());
    app.keys("r").idle().await;
    demo.clear_faults();
    demo.account_number("999999999999");
    let gate = demo.gate("ListFunctions");
    gate.let_through(1);
    app.keys("r").until("credentials are those of account 999999999999 now").await;
    // The list that was read before it was known whose it is goes too.
    assert!(!app.screen().contains("Functions  3"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("999999999999") && app.screen().contains("Functions  3"), "{}", app.screen());
}

/// The list was refused, and would not be any more.
async fn signed_out(demo: &Demo, app: &mut Harness) {
    demo.fail("ListFunctions", expired());
    app.keys("r").idle().await;
    assert!(words(app).contains("redentials expired"), "{}", app.screen());
    demo.clear_faults();
}

#[tokio::test]
async fn credentials_that_were_read_anew_are_used_for_what_lies_under_the_help() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    signed_out(&demo, &mut app).await;
    app.keys("r?").idle().await.keys("<esc>");
    assert!(!words(&app).contains("redentials expired"), "{}", app.screen());
}

#[tokio::test]
async fn a_question_put_before_credentials_were_read_anew_is_closed_and_nothing_is_sent() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    signed_out(&demo, &mut app).await;
    app.keys("re<ctrl-u>1024<enter>");
    assert!(app.screen().contains("Cancel"), "{}", app.screen());
    app.until("nothing was sent: the credentials were read anew").await;
    assert!(!app.screen().contains("Cancel") && app.screen().contains("1024"), "the form stays: {}", app.screen());
    app.keys("<esc>").idle().await;
    assert!(!words(&app).contains("redentials expired"), "{}", app.screen());
    assert!(!demo.journal().iter().any(|call| call.starts_with("Update")), "{:?}", demo.journal());
}

/// The renewal's answer, as it is when the file names another place by then.
#[tokio::test]
async fn a_profile_that_leads_to_another_region_brings_nothing_of_the_old_one_along() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    signed_out(&demo, &mut app).await;
    let gate = demo.gate("ListFunctions");
    app.keys("r");
    for msg in app.hold(|msg| matches!(msg, Msg::Connected { .. })).await {
        let msg = match msg {
            Msg::Connected { ticket, answer: Ok(connection) } => {
                let region = Text::known("us-east-1");
                Msg::Connected { ticket, answer: Ok(Connection { region, ..connection }) }
            }
            msg => msg,
        };
        app.message(msg);
    }
    assert!(words(&app).contains("the profile leads to us-east-1 now, before to eu-west-1"), "{}", app.screen());
    assert!(!app.screen().contains("Functions  3"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(
        app.line_with("default").contains("us-east-1") && app.screen().contains("Functions  3"),
        "{}",
        app.screen()
    );
}

#[tokio::test]
async fn whatever_is_refused_for_expired_credentials_r_reads_them_anew() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    for (operation, way) in [("DescribeLogGroups", ":logs /aws/x"), ("StartQuery", "Q<f5>")] {
        let mut app = Harness::new(&server).await;
        demo.fail(operation, expired());
        app.keys(way).later(Duration::from_secs(1)).idle().await;
        demo.clear_faults();
        assert!(app.model().session.signed_out, "{operation}: {}", app.screen());
    }
}

#[tokio::test]
async fn what_was_asked_in_a_session_that_was_left_says_nothing_of_the_new_one() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    demo.fail("Invoke", expired());
    let gate = demo.gate("Invoke");
    app.keys("i<f5>");
    soon(gate.arrived(1)).await;
    app.keys("<esc>:region us-east-1<enter>");
    gate.open();
    app.idle().await;
    assert!(words(&app).contains("the run of orders-api failed in eu-west-1"), "{}", app.screen());
    assert!(!app.model().session.signed_out);
}

#[tokio::test]
async fn who_we_are_is_asked_again_when_somebody_answers() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    server.stop().await;
    let mut app = Harness::unasked(&server, |_, _| {});
    app.idle().await;
    assert!(app.screen().contains("OFFLINE") && !app.screen().contains("123456789012"), "{}", app.screen());
    server.restart().await.unwrap();
    app.later(Duration::from_secs(2)).idle().await;
    assert!(app.screen().contains("123456789012"), "{}", app.screen());
    let asked = demo.counts()["GetCallerIdentity"];
    app.later(Duration::from_secs(61)).idle().await;
    assert_eq!(demo.counts()["GetCallerIdentity"], asked, "known is known");
}

#[tokio::test]
async fn no_row_of_the_old_region_appears_in_the_new_one() {
    let demo = Demo::with_functions(clock(), 120);
    let server = Server::start(demo.clone()).await.unwrap();
    let gate = demo.gate("ListFunctions");
    let states = demo.gate("GetFunction");
    let mut app = Harness::unasked(&server, |_, _| {});
    gate.let_through(1);
    app.until("50 of 120 …").await;
    soon(states.arrived(1)).await;
    soon(gate.arrived(2)).await;
    assert_eq!(regions(&app), ["eu-west-1"]);
    app.keys(":region us-east-1<enter>");
    gate.open();
    states.open();
    while !app.screen().contains("Functions  120") {
        assert!(regions(&app).iter().all(|region| region == "us-east-1"), "{:?}", regions(&app));
        app.next().await;
    }
    app.rest().await;
    assert_eq!(regions(&app), ["us-east-1"]);
    assert!(app.line_with("default").contains("us-east-1"), "{}", app.screen());
}

#[tokio::test]
async fn another_profile_is_another_account_and_its_warning_follows_at_once() {
    let demo = Demo::with_functions(clock(), 3);
    let gate = demo.gate("GetCallerIdentity");
    let mut app = Harness::in_process(demo.clone(), |_, _| {});
    app.message(Msg::Profiles(Ok(vec!["default".to_owned(), "acme-prod".to_owned()])));
    app.until("Functions  3").await;
    soon(gate.arrived(1)).await;
    demo.account_number("999999999999");
    app.keys(":profile acme-prod<enter>");
    assert!(app.line_with("acme-prod").contains("PROD"), "{}", app.screen());
    gate.open();
    app.idle().await;
    let header = app.line_with("acme-prod");
    assert!(header.contains("999999999999") && !app.screen().contains("123456789012"), "{}", app.screen());
}

#[tokio::test]
async fn the_second_of_two_quick_switches_counts() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys(":region us-east-1<enter>:region eu-central-1<enter>").idle().await;
    assert_eq!(regions(&app), ["eu-central-1"]);
}

#[tokio::test]
async fn after_a_switch_no_key_leads_back_to_a_console_of_the_old_session() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys("i<tab>:region us-east-1<enter>").idle().await;
    app.keys("-<f5>").idle().await;
    assert!(app.screen().contains("Functions  1"), "{}", app.screen());
    assert_eq!(demo.counts().get("Invoke"), None);
}

#[tokio::test]
async fn a_run_goes_on_through_a_switch_and_is_reported() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    let gate = demo.gate("Invoke");
    app.keys("i<f5>");
    soon(gate.arrived(1)).await;
    app.keys("<esc>:region us-east-1<enter>");
    gate.open();
    app.idle().await;
    let there = "the run of orders-api succeeded in eu-west-1: i opens it there";
    assert!(app.screen().contains(there), "{}", app.screen());
    app.keys("i");
    assert!(!app.screen().contains("✔ success"), "it is not of this function: {}", app.screen());
    app.keys("<esc>:region eu-west-1<enter>").idle().await.keys("i");
    assert!(app.screen().contains("✔ success"), "{}", app.screen());
}

#[tokio::test]
async fn a_profile_that_is_not_there_is_one_sentence_with_a_way_on() {
    let server = Server::start(Demo::empty(clock())).await.unwrap();
    let app = Harness::with(&server, |session, _| session.target.profile = Some("no-such-profile".to_owned())).await;
    assert!(app.screen().contains("not connected") && app.screen().contains("no-such-profile"), "{}", app.screen());
}

#[tokio::test]
async fn an_endpoint_that_is_none_is_one_sentence_and_no_request() {
    let server = Server::start(Demo::empty(clock())).await.unwrap();
    let app = Harness::with(&server, |session, _| session.target.endpoint = Some("localhost:4566".to_owned())).await;
    assert!(app.screen().contains("not connected") && app.screen().contains("localhost:4566"), "{}", app.screen());
}

#[tokio::test]
async fn a_command_for_a_region_or_profile_that_cannot_be_one_is_refused_in_place() {
    let demo = Demo::with_functions(clock(), 3);
    let mut app = Harness::in_process(demo.clone(), |_, _| {});
    app.message(Msg::Profiles(Ok(vec!["default".to_owned(), "acme-prod".to_owned()])));
    app.idle().await.keys(":region mars<enter>");
    assert!(app.screen().contains("there is no \"mars\""), "{}", app.screen());
    app.keys("<esc>:profile acme-prd<enter>");
    assert!(app.screen().contains("perhaps acme-prod?"), "{}", app.screen());
}
