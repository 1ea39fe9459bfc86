//! The invocations of a log: which failed, how long each took, and the events of one.

use chrono::{DateTime, Utc};
use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, START, asked, clock, handed_out};

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

    /// An account with all of them.
    async fn furnished() -> Self {
        let account = Self::new().await;
        account.furnish();
        account
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
    let account = Account::furnished().await;
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
    let account = Account::furnished().await;
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
async fn from_the_list_a_key_leads_to_the_event_that_tells_what_went_wrong() {
    let account = Account::furnished().await;
    let mut app = account.app().await;
    app.keys("lvs").idle().await;
    app.keys("<enter>").idle().await;
    assert!(app.cursor_line().contains("Task timed out"), "{}", app.screen());
    app.keys("<esc>j<enter>").idle().await;
    assert!(app.cursor_line().contains("ValueError") && app.screen().contains("order A-2"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("Traceback (most recent call last):"), "{}", app.screen());
}

/// In the list, the failed first, on the one that raised.
async fn on_the_failed_one(app: &mut Harness) {
    app.keys("lvs").idle().await;
    app.keys("j");
    assert!(app.cursor_line().contains("total must be positive"), "{}", app.screen());
}

#[tokio::test]
async fn one_invocation_is_isolated_and_one_comes_back_to_where_one_was() {
    let account = Account::furnished().await;
    let mut app = account.app().await;
    on_the_failed_one(&mut app).await;
    app.keys("<enter>").idle().await;
    assert_screen!(app);
    // The whole stack trace of it, and back, step by step.
    app.keys("<enter>");
    assert!(app.screen().contains("line 7"), "{}", app.screen());
    app.keys("<esc><esc>").idle().await;
    assert!(app.cursor_line().contains("total must be positive"), "{}", app.screen());
    assert!(app.screen().contains("failed first"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("order A-11 received"), "{}", app.screen());
}

#[tokio::test]
async fn a_line_without_a_number_belongs_to_the_invocation_around_it() {
    let account = Account::furnished().await;
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
    let account = Account::furnished().await;
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
async fn the_cursor_of_the_list_stays_with_its_invocation_when_a_new_one_comes() {
    let account = Account::furnished().await;
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    assert!(app.cursor_line().contains("8f0c0011"), "{}", app.screen());
    account.invocation(12, &["END RequestId: ID"]);
    app.later(std::time::Duration::from_secs(3)).idle().await;
    assert!(app.cursor_line().contains("8f0c0011"), "{}", app.screen());
    assert!(app.screen().contains("8f0c0012"), "what is new stands above it:\n{}", app.screen());
    app.keys("g");
    assert!(app.cursor_line().contains("8f0c0012"), "{}", app.screen());
}

#[tokio::test]
async fn above_an_invocation_whose_beginning_is_known_nothing_older_is_read() {
    let account = Account::furnished().await;
    account.write("2026/11/21/[$LATEST]0", 3_600_000, &["an older line".to_owned()]);
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    app.keys("<enter>").idle().await;
    let before = asked(&account.demo, "FilterLogEvents");
    app.keys("kkk<pageup>").idle().await;
    assert_eq!(asked(&account.demo, "FilterLogEvents"), before, "{}", app.screen());
    app.keys("<esc><esc>").idle().await;
    app.keys("gk").idle().await;
    app.keys("k");
    assert!(
        asked(&account.demo, "FilterLogEvents") > before && app.screen().contains("an older line"),
        "{}",
        app.screen()
    );
}

#[tokio::test]
async fn the_beginning_of_an_invocation_is_read_when_one_goes_up_to_it() {
    let account = Account::new().await;
    let begun = format!("START RequestId: {} Version: $LATEST", id(1));
    account.write("2026/11/21/[$LATEST]0", 16 * 60_000, &[begun]);
    account.write("2026/11/21/[$LATEST]0", 14 * 60_000, &[format!("END RequestId: {}", id(1))]);
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    app.keys("<enter>u").idle().await;
    assert!(!app.screen().contains("START"), "{}", app.screen());
    app.keys("k").idle().await;
    assert!(app.screen().contains("START") && app.screen().contains("› Invocation"), "{}", app.screen());
}

#[tokio::test]
async fn a_log_without_invocations_says_so() {
    let account = Account::new().await;
    account.demo.put_log_event(GROUP, "mine", "[app] started");
    let mut app = account.app().await;
    app.keys("lv").idle().await;
    app.keys("f");
    assert!(app.screen().contains("no invocation failed; f lists all"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("no invocation is listed"), "{}", app.screen());
    app.keys("yYS");
    assert!(app.screen().contains("there is nothing to save"), "{}", app.screen());
    assert_eq!(handed_out(&app), [""; 0]);
}

#[tokio::test]
async fn an_invocation_is_copied_whole_from_the_list_and_from_any_of_its_events() {
    let account = Account::furnished().await;
    let mut app = account.app().await;
    on_the_failed_one(&mut app).await;
    app.keys("Y<esc>").idle().await;
    app.keys("/A-2 rec<enter>Y").idle().await;
    let copied = handed_out(&app);
    let lines: Vec<&str> = copied[0].lines().collect();
    assert_eq!(lines[0], format!("2026-11-21T11:59:02.000Z START RequestId: {} Version: $LATEST", id(2)));
    assert_eq!(lines[1], "2026-11-21T11:59:02.001Z order A-2 received");
    assert!(lines[4].contains("line 7") && lines[6].contains("REPORT") && lines.len() == 7, "{lines:#?}");
    assert_eq!((copied.len(), copied[1].clone()), (2, copied[0].clone()), "the filter hides nothing of what is copied");
}

#[tokio::test]
async fn marked_events_alone_are_copied_and_saved() {
    let account = Account::furnished().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marked.log");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/A-2 rec<enter><esc>").idle().await;
    // It, the error beneath it, and the one after.
    app.keys("mjmjjm").idle().await;
    assert_screen!(app);
    app.keys("y");
    let told = "2026-11-21T11:59:02.001Z order A-2 received\n2026-11-21T11:59:02.002Z [ERROR] ValueError: total must be \
                positive\nTraceback (most recent call last):\n  File \"app.py\", line 7\n";
    let copied = handed_out(&app)[0].clone();
    assert!(copied.starts_with(told) && copied.lines().count() == 5, "{copied}");
    app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
    assert_eq!(std::fs::read_to_string(path).unwrap(), copied);
    app.keys("<esc>");
    assert!(!app.screen().contains("3 marked ·") && app.screen().contains("› Log"), "{}", app.screen());
}

#[tokio::test]
async fn the_list_is_saved_as_csv_or_as_json_lines_for_the_person_alone() {
    let account = Account::furnished().await;
    let folder = tempfile::tempdir().unwrap();
    let mut app = account.app().await;
    app.keys("lvf").idle().await;
    app.keys("S");
    assert!(app.screen().contains("save as orders-api-invocations-20261121-120000.csv"), "{}", app.screen());
    app.keys("<esc>");
    for name in ["failed.csv", "failed.jsonl"] {
        let path = folder.path().join(name);
        app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let csv = std::fs::read_to_string(folder.path().join("failed.csv")).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert!(lines[0].starts_with("time,requestId,logGroup,logStreamName,result,durationMs"), "{csv}");
    let second = format!("2026-11-21T11:59:02.000Z,{},{GROUP},2026/11/21/[$LATEST]0,failed,20.25,21,,128,62,1,", id(2));
    assert!(lines[2].starts_with(&second) && lines[2].contains("total must be positive"), "{csv}");
    let json = std::fs::read_to_string(folder.path().join("failed.jsonl")).unwrap();
    let records: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((records.len(), &records[0]["result"], &records[0]["peakMb"]), (2, &"timed out".into(), &127.into()));
    assert_eq!((&records[0]["durationMs"], &records[0]["initMs"]), (&3000.0.into(), &serde_json::Value::Null));
}

#[tokio::test]
async fn the_page_in_the_web_console_has_the_same_range() {
    let account = Account::furnished().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("o").keys("T2026-11-21T11:59Z..+1m<enter>").idle().await;
    app.keys("o").keys("0").idle().await;
    app.keys("o");
    let page = "log-groups/log-group/$252Faws$252Flambda$252Forders-api";
    let urls = handed_out(&app);
    let ends: Vec<&str> = urls.iter().map(|url| url.split_once(page).unwrap().1).collect();
    assert_eq!(
        ends,
        ["/log-events$3Fstart$3D-900000", "/log-events$3Fstart$3D1795262340000$26end$3D1795262400000", ""]
    );
}
