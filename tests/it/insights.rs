//! Logs Insights: from a function to a query, its results, and its end; what it costs, and what goes wrong.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lambdash::Demand;
use lambdash::demo::{Clock, Demo, Fault, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, START};

const SECOND: Duration = Duration::from_secs(1);

/// The account's time, which a test lets pass.
#[derive(Clone)]
struct Wall(Arc<Mutex<DateTime<Utc>>>);

impl Wall {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(START.parse().unwrap())))
    }

    fn clock(&self) -> Clock {
        let at = self.0.clone();
        Arc::new(move || *at.lock().unwrap())
    }

    /// Lets a second pass here and there, and takes in what comes of it.
    async fn tick(&self, app: &mut Harness) {
        *self.0.lock().unwrap() += TimeDelta::seconds(1);
        app.later(SECOND).idle().await;
    }
}

/// An account with two functions that logged something: one REPORT each, an error, a line of JSON.
async fn account() -> (Wall, Demo, Server) {
    let wall = Wall::new();
    let demo = Demo::empty(wall.clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    demo.put_function(FunctionSeed::named("orders-job"));
    demo.put_function(FunctionSeed::named("quiet"));
    for (name, ms) in [("orders-api", 120), ("orders-job", 80)] {
        let group = format!("/aws/lambda/{name}");
        demo.put_log_event(&group, "s", "START RequestId: 5f9c1b1e-0000-4000-8000-00000000000a Version: 7");
        demo.put_log_event(
            &group,
            "s",
            "[ERROR] order 42 failed: the far end answered 503\n  at process (/var/task/index.js:42:11)",
        );
        demo.put_log_event(
            &group,
            "s",
            r#"{"level":"ERROR","message":"card declined","order":{"id":43,"total":12.5}}"#,
        );
        demo.put_log_event(&group, "s", &format!("REPORT RequestId: 5f9c1b1e-0000-4000-8000-00000000000a\tDuration: {ms}.34 ms\tBilled Duration: {} ms\tMemory Size: 512 MB\tMax Memory Used: 87 MB\tInit Duration: 210.00 ms\t", ms + 211));
    }
    let server = Server::start(demo.clone()).await.unwrap();
    (wall, demo, server)
}

/// The program on the first function's queries.
async fn room(server: &Server) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(120, 30).keys("Q").idle().await;
    app
}

/// Runs the query in the editor to its end.
async fn run(app: &mut Harness, wall: &Wall) {
    app.keys("<f5>").idle().await;
    for _ in 0..4 {
        wall.tick(app).await;
    }
}

fn calls(demo: &Demo, operation: &str) -> Vec<String> {
    demo.journal().into_iter().filter(|call| call.starts_with(operation)).collect()
}

/// Puts another query in place of the one in the editor.
fn ask(app: &mut Harness, query: &str) {
    app.keys("<ctrl-a><backspace>").paste(query);
}

#[tokio::test]
async fn a_query_says_what_it_may_cost_before_it_is_sent() {
    let (_wall, demo, server) = account().await;
    let app = room(&server).await;
    assert_eq!(calls(&demo, "DescribeLogGroups").len(), 1);
    assert!(calls(&demo, "StartQuery").is_empty(), "nothing is paid by looking");
    let state = app.line_with("f5 runs the query");
    assert!(state.contains("the log group holds ") && state.contains("costs less than $0.0001"), "{state}");
    assert_screen!(app);
}

#[tokio::test]
async fn a_query_waits_runs_and_ends_with_what_it_read() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    app.keys("<f5>").idle().await;
    assert!(app.screen().contains("◐ waits for its turn 0 s · x stops it"), "{}", app.screen());
    wall.tick(&mut app).await;
    assert!(app.screen().contains("◐ running 1 s"), "{}", app.screen());
    wall.tick(&mut app).await;
    wall.tick(&mut app).await;
    assert!(app.line_with("complete in 3.0 s").contains("4 of 4 events fit"), "{}", app.screen());
    assert_eq!(calls(&demo, "StartQuery"), ["StartQuery /aws/lambda/orders-api"]);
    let asked = calls(&demo, "GetQueryResults").len();
    wall.tick(&mut app).await;
    assert_eq!(calls(&demo, "GetQueryResults").len(), asked, "a query that ended is not asked about");
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
}

#[tokio::test]
async fn several_functions_are_asked_at_once() {
    let (wall, demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("mjmQ").idle().await;
    ask(&mut app, "stats count(*) as lines, max(@duration) as ms by @log | sort ms desc");
    run(&mut app, &wall).await;
    assert_eq!(calls(&demo, "StartQuery"), ["StartQuery /aws/lambda/orders-api+/aws/lambda/orders-job"]);
    let sent = demo.bodies("StartQuery").pop().unwrap();
    assert_eq!(sent["endTime"].as_i64().unwrap() - sent["startTime"].as_i64().unwrap(), 3600);
    let (first, second) = (app.line_with("lambda/orders-api "), app.line_with("lambda/orders-job "));
    assert!(first.contains("120.34") && second.contains("80.34"), "{}", app.screen());
    app.keys("<esc>:insights quiet /aws/lambda/orders-job<enter>").idle().await;
    assert!(app.screen().contains("quiet + orders-job › Logs Insights"), "{}", app.screen());
    assert!(
        app.screen().contains("there is no log group /aws/lambda/quiet: the function never ran"),
        "{}",
        app.screen()
    );
    // One that does not exist does not keep the others from being asked.
    run(&mut app, &wall).await;
    assert_eq!(calls(&demo, "StartQuery").pop().unwrap(), "StartQuery /aws/lambda/orders-job");
    assert!(app.screen().contains("complete in 3.0 s · 1 log group does not exist"), "{}", app.screen());
}

#[tokio::test]
async fn a_command_takes_all_names_of_logs() {
    let (_wall, _demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(160, 30);
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";
    app.keys(&format!(":insights {arn} quiet:3<enter>")).idle().await;
    assert!(app.screen().contains("orders-api + quiet › Logs Insights"), "{}", app.screen());
    assert!(app.screen().contains("filter @logStream like '[3]' keeps"), "{}", app.screen());
    for (typed, said) in [
        ("tag:team=x", "first :logs tag:team=x, then Q asks the logs of all that have the tag"),
        ("a+b", "\"a+b\" can be the name of no function"),
        ("arn:aws:lambda:us-east-1:123456789012:function:quiet", "quiet is of the region us-east-1"),
    ] {
        app.keys(&format!("<esc><esc>:insights {typed}<enter>")).idle().await;
        assert!(app.screen().contains(said), "{typed}: {}", app.screen());
    }
}

#[tokio::test]
async fn results_sort_filter_and_scroll_like_every_list() {
    let (wall, _demo, server) = account().await;
    let mut app = room(&server).await;
    ask(
        &mut app,
        "parse @message \"[*] *\" as kind, rest | fields strlen(@message) as length, @message | display length, kind, @message",
    );
    run(&mut app, &wall).await;
    app.keys("s");
    let lengths = |app: &Harness| -> Vec<u32> {
        let screen = app.screen();
        let rows = screen.lines().skip_while(|line| !line.trim_start().starts_with("length ")).skip(1);
        let rows = rows.take_while(|line| !line.is_empty());
        rows.filter_map(|line| line.trim_start_matches('▌').split_whitespace().next()?.parse().ok()).collect()
    };
    assert!(lengths(&app).is_sorted() && lengths(&app).len() == 4, "{}", app.screen());
    app.keys("S");
    assert!(lengths(&app).is_sorted_by(|a, b| a >= b), "{}", app.screen());
    app.keys("/declined<enter>");
    assert!(app.screen().contains("1 of 4 rows  /declined"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains(" 4 rows"), "{}", app.screen());
}

#[tokio::test]
async fn a_record_opens_in_full_and_its_values_are_copied() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    ask(&mut app, "fields order.id | filter order.id = 43");
    run(&mut app, &wall).await;
    app.keys("<enter>").idle().await;
    assert_eq!(calls(&demo, "GetLogRecord").len(), 1);
    let screen = app.screen();
    assert!(
        screen.contains("@logStream") && screen.contains("card declined") && screen.contains("order.total"),
        "{screen}"
    );
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.resize(120, 30).keys("/declined<enter>Y");
    assert!(
        matches!(app.demands().last(), Some(Demand::Copy(text)) if text == "card declined"),
        "{:?}",
        app.demands().last()
    );
    app.keys("<esc><esc>");
    assert!(app.screen().contains(" 1 row"), "{}", app.screen());
}

#[tokio::test]
async fn rows_are_copied_and_saved_as_csv_and_json() {
    let (wall, _demo, server) = account().await;
    let folder = tempfile::tempdir().unwrap();
    let mut app = room(&server).await;
    ask(&mut app, "filter level = \"ERROR\" | fields message, order.total as total");
    run(&mut app, &wall).await;
    let copied = |app: &Harness| match app.demands().last() {
        Some(Demand::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    app.keys("y");
    assert_eq!(copied(&app), r#"{"message":"card declined","total":12.5}"#);
    app.keys("V");
    assert_eq!(copied(&app), "message,total\r\ncard declined,12.5\r\n");
    for name in ["rows.csv", "rows.json"] {
        let path = folder.path().join(name);
        app.keys("w<ctrl-u>").paste(path.to_str().unwrap());
        app.keys("<enter>").idle().await;
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("card declined") && text.starts_with('{') == name.ends_with("json"), "{name}: {text}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}

#[tokio::test]
async fn a_query_that_is_not_understood_shows_where_and_keeps_what_was_found() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    run(&mut app, &wall).await;
    app.keys("<tab>");
    ask(&mut app, "fields @message\n| fliter level = \"ERROR\"");
    app.keys("<f5>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("✖ line 2, column 3: unexpected symbol found fliter"), "{screen}");
    assert!(screen.contains("complete in") && screen.contains(" 4 rows"), "{screen}");
    assert_screen!(app);
    // The keys are the editor's again, and a change takes the complaint away.
    app.keys("x");
    assert!(!app.screen().contains("unexpected symbol"), "{}", app.screen());
    assert_eq!(calls(&demo, "StopQuery"), [""; 0]);
}

#[tokio::test]
async fn a_query_is_stopped_by_a_key_and_by_leaving_once_each() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    app.keys("<f5>").idle().await;
    wall.tick(&mut app).await;
    app.keys("x").idle().await;
    wall.tick(&mut app).await;
    assert_eq!(calls(&demo, "StopQuery").len(), 1);
    assert!(app.screen().contains("○ stopped after 1.0 s"), "{}", app.screen());
    app.keys("x<f5>").idle().await;
    app.keys("<esc><esc><esc>").idle().await;
    app.keys("j").idle().await;
    wall.tick(&mut app).await;
    assert_eq!(calls(&demo, "StopQuery").len(), 2, "{:?}", demo.journal());
    assert!(app.screen().contains("orders-job"), "{}", app.screen());
}

#[tokio::test]
async fn a_query_that_runs_when_the_program_ends_is_stopped_first() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    app.keys("<f5>").idle().await;
    wall.tick(&mut app).await;
    assert_eq!(app.leave().await, [""; 0]);
    assert_eq!(calls(&demo, "StopQuery").len(), 1);

    // One that was being sent is stopped once its number is known.
    let mut app = room(&server).await;
    let gate = demo.gate("StartQuery");
    app.keys("<f5>");
    gate.arrived(1).await;
    let (unfinished, ()) = tokio::join!(app.leave(), async { gate.open() });
    assert_eq!(unfinished, [""; 0]);
    assert_eq!(calls(&demo, "StopQuery").len(), 2);

    // The prompt does not wait for an answer that does not come.
    let mut app = room(&server).await;
    app.keys("<f5>").idle().await;
    let gate = demo.gate("StopQuery");
    let unfinished = app.leave().await;
    assert_eq!(unfinished, ["the query of Logs Insights goes on in AWS: what it still reads is paid"]);
    gate.open();
}

#[tokio::test]
async fn the_time_of_a_log_is_asked_about_from_there_and_nothing_is_said_before_it_is_known() {
    let (_wall, demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("l").idle().await;
    app.keys("Q").idle().await;
    assert!(app.screen().contains("last 15m"), "{}", app.screen());
    let gate = demo.gate("GetQueryResults");
    app.keys("<f5>").until("sent, no answer yet").await;
    assert!(!app.screen().contains("of 0 events"), "{}", app.screen());
    gate.open();
    app.until("waits for its turn").await.idle().await;
}

#[tokio::test]
async fn a_limit_that_is_reached_is_said() {
    let (wall, _demo, server) = account().await;
    let mut app = room(&server).await;
    ask(&mut app, "fields @message | limit 3");
    run(&mut app, &wall).await;
    assert!(app.screen().contains("3 rows · there may be more: limit reached"), "{}", app.screen());
    app.keys("<tab>");
    ask(&mut app, "fields @message | limit 300");
    run(&mut app, &wall).await;
    assert!(app.screen().contains("rows") && !app.screen().contains("limit reached"), "{}", app.screen());
}

#[tokio::test]
async fn a_query_left_before_its_number_came_is_stopped_when_it_comes() {
    let (_wall, demo, server) = account().await;
    let mut app = room(&server).await;
    let gate = demo.gate("StartQuery");
    app.keys("<f5>");
    gate.arrived(1).await;
    app.keys("<esc><esc>");
    gate.open();
    app.idle().await;
    assert_eq!(calls(&demo, "StopQuery").len(), 1, "{:?}", demo.journal());
    assert_eq!(calls(&demo, "GetQueryResults").len(), 0);
}

#[tokio::test]
async fn the_answer_of_an_older_query_is_not_shown_for_a_newer_one() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    ask(&mut app, "stats count(*) as older");
    app.keys("<f5>").idle().await;
    let gate = demo.gate("GetQueryResults");
    *wall.0.lock().unwrap() += TimeDelta::seconds(1);
    app.later(SECOND);
    gate.arrived(1).await;
    // The older answer is held back; the newer query is sent and its start is seen.
    app.keys("e");
    ask(&mut app, "stats count(*) as newer");
    app.keys("<f5>").until("sent, no answer yet").await;
    gate.open();
    for _ in 0..4 {
        wall.tick(&mut app).await;
    }
    let screen = app.screen();
    assert!(screen.contains("newer") && !screen.lines().any(|line| line.trim() == "older"), "{screen}");
    assert_eq!(calls(&demo, "StopQuery").len(), 1, "the older query is stopped: it would go on to be paid");
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_with_what_to_do() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    demo.fail("StartQuery", Fault::Denied { action: "logs:StartQuery".to_owned() });
    app.keys("<f5>").idle().await;
    assert!(app.screen().contains("The identity needs logs:StartQuery"), "{}", app.screen());
    demo.clear_faults();
    let full = Fault::Status { code: 400, error: "LimitExceededException".to_owned(), message: "too many".to_owned() };
    demo.fail("StartQuery", full);
    app.keys("<f5>").idle().await;
    assert!(app.screen().contains("An account runs 100 queries at once"), "{}", app.screen());
    assert_eq!(calls(&demo, "StartQuery").len(), 2, "a query is never sent again by itself");
    demo.clear_faults();
    // A throttled question is asked again; the query goes on meanwhile.
    app.keys("<f5>").idle().await;
    demo.fail_times("GetQueryResults", 4, Fault::Throttled { retry_after: None });
    wall.tick(&mut app).await;
    for _ in 0..4 {
        wall.tick(&mut app).await;
    }
    assert!(app.screen().contains("complete in"), "{}", app.screen());
}

#[tokio::test]
async fn a_function_that_never_ran_is_explained() {
    let (_wall, _demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("GQ").idle().await;
    app.keys("<f5>").idle().await;
    let screen = app.screen();
    assert!(
        screen.contains("Log group '/aws/lambda/quiet' does not exist") && screen.contains("never ran"),
        "{screen}"
    );
    assert_screen!(app);
}

#[tokio::test]
async fn ready_queries_are_chosen_and_all_of_them_are_understood() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    app.keys("<ctrl-o>");
    assert_screen!(app);
    app.resize(40, 10);
    assert_screen!(app);
    app.resize(120, 30).keys("headroom<enter>");
    assert!(app.screen().contains("Memory headroom"), "{}", app.screen());
    run(&mut app, &wall).await;
    assert!(app.screen().contains("configuredMB") && app.screen().contains("512"), "{}", app.screen());
    for n in 0..11 {
        app.keys("<ctrl-o>").keys(&"<down>".repeat(n)).keys("<enter>");
        run(&mut app, &wall).await;
        let screen = app.screen();
        assert!(screen.contains("complete in") && !screen.contains("✖ line"), "{n}: {screen}");
    }
    assert_eq!(calls(&demo, "StartQuery").len(), 12);
}

#[tokio::test]
async fn rows_that_are_not_of_what_stands_above_say_of_what_they_are() {
    let (wall, _demo, server) = account().await;
    let mut app = room(&server).await;
    run(&mut app, &wall).await;
    assert!(!app.line_with("complete in").contains("· of "), "{}", app.screen());
    app.keys("9");
    assert!(app.line_with("complete in").contains("· of last 1h"), "{}", app.screen());
    app.keys("t<ctrl-u>1h<enter>");
    assert!(!app.line_with("complete in").contains("· of "), "{}", app.screen());
    app.keys("<ctrl-o>cold<enter>");
    assert!(app.line_with("complete in").contains("· of Newest events"), "{}", app.screen());
}

#[tokio::test]
async fn ranges_are_keys_or_typed_and_nothing_runs_by_them() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    app.keys("<tab>3");
    assert!(app.screen().contains("› Logs Insights   last 5m"), "{}", app.screen());
    app.keys("t<ctrl-u>5 parsecs");
    assert!(app.screen().contains("! \"5 parsecs\" is no time"), "{}", app.screen());
    app.keys("<enter><ctrl-u>2026-11-21 11:00..2026-11-21 12:00<enter>");
    assert!(app.screen().contains("2026-11-21 11:00..2026-11-21 12:00"), "{}", app.screen());
    assert_eq!(calls(&demo, "StartQuery").len(), 0);
    run(&mut app, &wall).await;
    let sent = demo.bodies("StartQuery").pop().unwrap();
    let start: DateTime<Utc> = START.parse().unwrap();
    assert_eq!(
        (sent["startTime"].as_i64(), sent["endTime"].as_i64()),
        (Some(start.timestamp() - 3600), Some(start.timestamp()))
    );
}

#[tokio::test]
async fn earlier_queries_are_kept_for_the_next_session() {
    let (wall, _demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("Q").idle().await;
    ask(&mut app, "stats count(*) as mine");
    run(&mut app, &wall).await;
    let mut next = Harness::saving(&server, data.path().to_owned()).await;
    next.resize(120, 30).keys("Q").idle().await;
    next.keys("<ctrl-g>");
    assert!(
        next.screen().contains("stats count(*) as mine") && next.screen().contains("1h · orders-api"),
        "{}",
        next.screen()
    );
    next.keys("<enter>");
    assert!(next.screen().contains("stats count(*) as mine"), "{}", next.screen());
}

#[tokio::test]
async fn a_read_only_session_may_ask() {
    let (wall, demo, server) = account().await;
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.resize(120, 30).keys("Q").idle().await;
    run(&mut app, &wall).await;
    assert!(app.screen().contains("complete in"), "{}", app.screen());
    assert_eq!(calls(&demo, "StartQuery").len(), 1);
}

#[tokio::test]
async fn going_to_another_region_stops_the_query_where_it_runs() {
    let (wall, demo, server) = account().await;
    let mut app = room(&server).await;
    app.keys("<f5>").idle().await;
    wall.tick(&mut app).await;
    app.keys(":region us-east-1<enter>").idle().await;
    assert_eq!(calls(&demo, "StopQuery").len(), 1);
    assert!(!app.screen().contains("Logs Insights"), "{}", app.screen());
}
