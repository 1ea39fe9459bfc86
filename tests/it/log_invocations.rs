//! The invocations of a log: which failed, how long each took, and the events of one.

use chrono::{DateTime, Utc};
use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, START, clock};

const GROUP: &str = "/aws/lambda/orders-api";

/// An account with a function that fails every tenth time, in two environments.
struct Account {
    demo: Demo,
    server: Server,
}

impl Account {
    async fn new() -> Self {
        let demo = Demo::empty(clock());
        demo.put_function(FunctionSeed::named("orders-api"));
        let server = Server::start(demo.clone()).await.unwrap();
        Self { demo, server }
    }

    /// Writes lines so many milliseconds before now, one a millisecond.
    fn write(&self, stream: &str, before: i64, lines: &[String]) {
        let start = START.parse::<DateTime<Utc>>().unwrap().timestamp_millis();
        for (line, n) in lines.iter().zip(0..) {
            self.demo.put_log_event_at(GROUP, stream, start - before + n, line);
        }
    }

    /// The `n`th invocation.
    fn invocation(&self, n: i64, end: &[&str]) {
        let id = id(n);
        let mut lines = vec![format!("START RequestId: {id} Version: $LATEST"), format!("order A-{n} received")];
        if n == 0 {
            lines.insert(0, "INIT_START Runtime Version: python:3.13.v1".to_owned());
        }
        lines.extend(end.iter().map(|line| line.replace("ID", &id)));
        self.write(&format!("2026/11/21/[$LATEST]{}", n % 2), 60_000 - n * 1_000, &lines);
    }

    /// Twelve of them; the third fails, the eighth times out, the eleventh logs an error and ends well.
    fn furnish(&self) {
        for n in 0..12 {
            let report = format!(
                "REPORT RequestId: ID\tDuration: {n}0.25 ms\tBilled Duration: {n}1 ms\tMemory Size: 128 MB\tMax Memory Used: {} MB\t",
                60 + n
            );
            let cold = format!("{report}Init Duration: 412.50 ms\t");
            match n {
                0 => self.invocation(n, &["END RequestId: ID", &cold]),
                2 => self.invocation(n, &["[ERROR] ValueError: total must be positive\nTraceback (most recent call last):\n  File \"app.py\", line 7", "END RequestId: ID", &report]),
                7 => self.invocation(n, &["2026-11-21T11:59:07.000Z ID Task timed out after 3.00 seconds", "END RequestId: ID", "REPORT RequestId: ID\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 127 MB\tStatus: timeout"]),
                10 => self.invocation(n, &["[ERROR]\t2026-11-21T11:59:10.000Z\tID\tthe far end is slow", "END RequestId: ID", &report]),
                11 => self.invocation(n, &[]),
                _ => self.invocation(n, &["END RequestId: ID", &report]),
            }
        }
    }

    async fn app(&self) -> Harness {
        let mut app = Harness::new(&self.server).await;
        app.resize(140, 30).rest().await;
        app
    }
}

fn id(n: i64) -> String {
    format!("8f0c{n:04}-0000-4000-8000-000000000000")
}

#[tokio::test]
async fn two_keys_from_a_function_show_which_invocations_failed() {
    let account = Account::new().await;
    account.furnish();
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    assert_screen!(app);
    app.resize(80, 24).rest().await;
    assert_screen!(app);
    app.resize(40, 10).rest().await;
    assert_screen!(app);
}

#[tokio::test]
async fn the_list_is_sorted_and_narrowed_to_what_failed() {
    let account = Account::new().await;
    account.furnish();
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    assert!(app.cursor_line().contains("8f0c0011"), "{}", app.screen());
    app.keys("s");
    assert!(app.cursor_line().contains("timed out"), "failed first:\n{}", app.screen());
    app.keys("ss");
    assert!(app.cursor_line().contains("127/128 MB"), "most memory first:\n{}", app.screen());
    app.keys("sf");
    let screen = app.screen();
    assert!(screen.contains("failed only · newest first"), "{screen}");
    assert_eq!(screen.lines().filter(|line| line.contains("8f0c00")).count(), 2, "{screen}");
}

#[tokio::test]
async fn one_invocation_is_isolated_and_one_comes_back_to_where_one_was() {
    let account = Account::new().await;
    account.furnish();
    let mut app = account.app().await;
    app.keys("lvs").idle().await;
    app.keys("j");
    assert!(app.cursor_line().contains("total must be positive"), "{}", app.screen());
    app.keys("<enter>").idle().await;
    assert_screen!(app);
    // The whole stack trace of it, and back, step by step.
    app.keys("j<enter>");
    assert!(app.screen().contains("line 7"), "{}", app.screen());
    app.keys("<esc><esc>").idle().await;
    assert!(app.cursor_line().contains("total must be positive"), "{}", app.screen());
    assert!(app.screen().contains("failed first"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("order A-11 received"), "{}", app.screen());
}

#[tokio::test]
async fn a_line_without_a_number_belongs_to_the_invocation_around_it() {
    let account = Account::new().await;
    account.furnish();
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/A-2 rec<enter>").idle().await;
    assert!(app.cursor_line().contains("order A-2 received"), "{}", app.screen());
    app.keys("i").idle().await;
    let screen = app.screen();
    assert!(screen.contains("Invocation 8f0c0002") && screen.contains("total must be positive"), "{screen}");
    assert!(!screen.contains("order A-0 received") && !screen.contains("order A-4"), "{screen}");
    app.keys("<esc>").idle().await;
    assert!(app.cursor_line().contains("order A-2 received"), "the filter is there again:\n{}", app.screen());
    assert!(app.screen().contains("/A-2 rec"), "{}", app.screen());
}

#[tokio::test]
async fn an_invocation_that_goes_on_grows() {
    let account = Account::new().await;
    account.furnish();
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    assert!(app.cursor_line().contains("running"), "{}", app.screen());
    app.keys("<enter>").idle().await;
    account.write(
        "2026/11/21/[$LATEST]1",
        40_000,
        &["still here".to_owned(), format!("REPORT RequestId: {}\tDuration: 7 ms", id(11))],
    );
    app.later(std::time::Duration::from_secs(3)).idle().await;
    assert!(app.screen().contains("still here"), "{}", app.screen());
    app.keys("<esc>").idle().await;
    assert!(app.cursor_line().contains("ok"), "{}", app.screen());
}

#[tokio::test]
async fn a_log_without_invocations_says_so() {
    let account = Account::new().await;
    account.demo.put_log_event(GROUP, "mine", "[app] started");
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    app.keys("f");
    assert!(app.screen().contains("no invocation failed; f lists all"), "{}", app.screen());
}
