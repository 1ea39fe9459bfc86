//! `lambdash logs`: a log without a screen, from the binary itself, through pipes.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use lambdash::demo::{Demo, Fault, FunctionSeed, LogQuirks};
use serde_json::Value;
use tempfile::TempDir;

use crate::piped;
use crate::support::PATIENCE;
use crate::support::server::Server;

const GROUP: &str = "/aws/lambda/orders-api";
const STREAM: &str = "2026/11/21/[$LATEST]8f0c";

/// An account with one function, at the time it is: the process has no other clock.
async fn account() -> (Demo, Server) {
    let demo = Demo::empty(Arc::new(Utc::now));
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

/// Writes a line so many seconds ago.
fn write(demo: &Demo, seconds: i64, message: &str) {
    demo.put_log_event_at(GROUP, STREAM, (Utc::now() - TimeDelta::seconds(seconds)).timestamp_millis(), message);
}

/// `lambdash logs` with its arguments as typed.
fn command(url: &str, arguments: &str) -> (Command, TempDir) {
    piped::command(url, &format!("logs {arguments}"))
}

async fn run(url: &str, arguments: &str) -> (i32, String, String) {
    piped::run(url, &format!("logs {arguments}")).await
}

async fn refuses(url: &str, arguments: &str, code: i32, sentence: &str) -> String {
    piped::refuses(url, &format!("logs {arguments}"), code, sentence).await
}

/// The printed messages, their times taken off.
fn messages(out: &str) -> Vec<&str> {
    out.lines().map(|line| line.split_once(' ').map_or(line, |(_, message)| message)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_is_printed_oldest_first_without_colours() {
    let (demo, server) = account().await;
    write(&demo, 3_600, "too old");
    write(&demo, 30, "START RequestId: r1 Version: 7");
    write(&demo, 29, "[ERROR] \x1b[31mno stock\n  at line 7");
    write(&demo, 28, "REPORT RequestId: r1\tDuration: 7 ms");
    let (code, out, said) = run(&server.url, "orders-api").await;
    assert_eq!((code, said.as_str()), (0, ""));
    let told = [
        "START RequestId: r1 Version: 7",
        "[ERROR] ^[[31mno stock",
        "  at line 7",
        "REPORT RequestId: r1    Duration: 7 ms",
    ];
    assert_eq!(messages(&out).iter().map(|line| line.trim_start()).collect::<Vec<_>>(), told.map(str::trim_start));
    assert!(!out.contains('\x1b'), "{out}");
    assert!(run(&server.url, "orders-api --since 2h").await.1.contains("too old"));
    let (_, until, _) = run(&server.url, "orders-api --since 2h --until 30m").await;
    assert_eq!(messages(&until), ["too old"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_is_the_one_of_the_room() {
    let (demo, server) = account().await;
    for n in 0..20 {
        let level = if n % 10 == 0 { "ERROR" } else { "INFO" };
        write(&demo, 60 - n, &format!(r#"{{"level":"{level}","message":"order","order":{{"id":{n}}}}}"#));
    }
    let count = |out: &str| out.lines().count();
    assert_eq!(count(&run(&server.url, "orders-api --filter level:error").await.1), 2);
    assert_eq!(count(&run(&server.url, "orders-api --filter 'order.id>=15 !level:error'").await.1), 5);
    let (code, out, said) = run(&server.url, "orders-api --filter nowhere").await;
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(said.starts_with("lambdash: none of the 20 events of orders-api from 20"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_range_is_said_with_the_newest_event_before_it() {
    let (demo, server) = account().await;
    write(&demo, 7_200, "two hours ago");
    let (code, out, said) = run(&server.url, "orders-api").await;
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(said.starts_with("lambdash: nothing was logged to /aws/lambda/orders-api from 20"), "{said}");
    assert!(said.contains(" to now; the newest event before is of 20"), "{said}");
    let (_, _, said) = run(&server.url, "orders-api --since 4h --until 3h").await;
    assert!(said.contains("; no event before it was found"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_goes_by_any_of_its_names_and_a_version_or_an_alias_has_its_own_log() {
    let (demo, server) = account().await;
    demo.put_function(FunctionSeed::named("orders-api").published(8).weighted_alias("live", "7", "8", 0.1));
    for version in ["$LATEST", "6", "7", "8"] {
        let at = (Utc::now() - TimeDelta::seconds(9)).timestamp_millis();
        demo.put_log_event_at(GROUP, &format!("2026/11/21/[{version}]8f0c"), at, &format!("of {version}"));
    }
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";
    let group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders-api:*";
    let cases: [(&str, &[&str]); 6] = [
        ("'orders-api:$LATEST'", &["of $LATEST"]),
        ("orders-api:live", &["of 7", "of 8"]),
        (&format!("{arn}:6"), &["of 6"]),
        (arn, &["of $LATEST", "of 6", "of 7", "of 8"]),
        (group, &["of $LATEST", "of 6", "of 7", "of 8"]),
        (GROUP, &["of $LATEST", "of 6", "of 7", "of 8"]),
    ];
    for (name, wanted) in cases {
        let (code, out, said) = run(&server.url, name).await;
        let mut told = messages(&out);
        told.sort_unstable();
        assert_eq!((code, told.as_slice(), said.as_str()), (0, wanted, ""), "{name}");
    }
    let cases = [
        ("''", 2, "a name is wanted: orders-api"),
        ("'a b'", 2, "\"a b\" can be the name of no function and of no log group"),
        (
            "arn:aws:lambda:us-east-1:123456789012:function:f",
            2,
            "f is of the region us-east-1, and this session of eu-west-1",
        ),
        (
            "arn:aws:logs:eu-west-1:999999999999:log-group:/g",
            2,
            "/g is of the account 999999999999, and this session of",
        ),
        ("orders-api:99", 1, "Could not read the configuration of orders-api:99: ResourceNotFoundException"),
        ("orders-api:nobody", 1, "Could not read the configuration of orders-api:nobody: ResourceNotFoundException"),
    ];
    for (name, code, sentence) in cases {
        refuses(&server.url, name, code, &format!("lambdash: {sentence}")).await;
    }
    assert!(demo.remove_function("orders-api"));
    let (code, out, said) = run(&server.url, "orders-api").await;
    assert_eq!((code, messages(&out).len()), (0, 4), "{said}");
    assert!(
        said.contains("no function orders-api any more, but its log group /aws/lambda/orders-api is still"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_waits_out_what_passes_and_goes_on_where_it_was() {
    let (demo, server) = account().await;
    for n in 0..30 {
        write(&demo, 100 - n, &format!("line {n}"));
    }
    demo.page_size(10);
    demo.fail_times("FilterLogEvents", 4, Fault::Throttled { retry_after: None });
    let (code, out, said) = run(&server.url, "orders-api").await;
    assert_eq!(code, 0, "{said}");
    assert_eq!(messages(&out), (0..30).map(|n| format!("line {n}")).collect::<Vec<_>>());
    assert_eq!(said.lines().count(), 1, "said once: {said}");
    assert!(said.contains("ThrottlingException") && said.contains("It is asked again for a minute."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_one_a_line_and_each_event_is_there_once() {
    let (demo, server) = account().await;
    for n in 0..50 {
        write(&demo, 100 - n, &format!("line {n}\nof two"));
    }
    demo.page_size(7);
    demo.log_quirks(LogQuirks { repeated: 3, hollow: true, ..LogQuirks::default() });
    let (code, out, _) = run(&server.url, "orders-api --json").await;
    assert_eq!(code, 0);
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<String> = records.iter().map(|record| record["message"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, (0..50).map(|n| format!("line {n}\nof two")).collect::<Vec<_>>());
    assert!(records[0]["timestamp"].is_i64() && records[0]["ingestionTime"].is_i64(), "{}", records[0]);
    let first = &records[0];
    assert_eq!((&first["logGroup"], &first["logStreamName"]), (&GROUP.into(), &STREAM.into()));
    assert!(first["time"].as_str().unwrap().ends_with('Z') && !first["eventId"].as_str().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_has_what_was_written_and_does_nothing_to_a_terminal() {
    let (demo, server) = account().await;
    let written = "REPORT\tDuration: 4 ms\t\x1b[2J\u{202e}👩\u{200d}👧\0";
    write(&demo, 9, written);
    let (_, out, _) = run(&server.url, "orders-api --json").await;
    assert!(!out.contains(['\t', '\x1b', '\u{202e}', '\u{200d}']), "{out:?}");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["message"], written);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_one_sentence_and_a_code() {
    let (demo, server) = account().await;
    let url = &server.url;
    let cases = [
        ("orders-api --since soon", 2, "lambdash: --since or --until: \"soon\" is no time: "),
        ("orders-api --since 1h --until 2h", 2, "lambdash: --since or --until: it ends before it begins\n"),
        ("orders-api --filter '/a(/'", 2, "lambdash: --filter: /a(/: unclosed group\n"),
        ("orders-api --follow --until 1h", 2, "lambdash: --until 1h and --follow: what is followed has no end\n"),
        (
            "orders-api --follow --since 2h..1h",
            2,
            "lambdash: --since 2h..1h and --follow: what is followed has no end\n",
        ),
        (
            "orders-api --since 2h..1h --until 1h",
            2,
            "lambdash: --since 2h..1h has an end of its own: leave out --until 1h\n",
        ),
        ("nobody", 1, "lambdash: Could not read the configuration of nobody: ResourceNotFoundException: "),
        ("orders-api", 1, "lambdash: Could not read the log group /aws/lambda/orders-api: ResourceNotFoundException: "),
        ("", 2, "error: the following required arguments were not provided"),
    ];
    for (arguments, code, sentence) in cases {
        let said = refuses(url, arguments, code, sentence).await;
        assert!(!said.contains("press r") && !said.contains("Press r"), "{said}");
    }
    write(&demo, 5, "here");
    demo.fail("GetFunction", Fault::Denied { action: "lambda:GetFunction".to_owned() });
    let (code, out, said) = run(url, "orders-api").await;
    assert_eq!((code, messages(&out)), (0, vec!["here"]));
    assert!(said.contains("the log group is taken to be /aws/lambda/orders-api"), "{said}");
    assert_eq!(messages(&run(url, GROUP).await.1), ["here"], "a log group goes by its name");
}

/// A process that goes on.
struct Running {
    child: Child,
    out: Option<BufReader<std::process::ChildStdout>>,
    _home: TempDir,
}

impl Running {
    fn start(url: &str, arguments: &str) -> Self {
        let (mut command, home) = command(url, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = child.stdout.take().map(BufReader::new);
        Self { child, out, _home: home }
    }

    /// The next line; waits for it.
    async fn line(&mut self) -> String {
        let mut out = self.out.take().unwrap();
        let (out, line) = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            (out, line)
        })
        .await
        .unwrap();
        self.out = Some(out);
        messages(line.trim_end()).join("")
    }

    /// How it ended, and what it said.
    async fn ended(mut self) -> (std::process::ExitStatus, String) {
        tokio::task::spawn_blocking(move || {
            let status = self.child.wait().unwrap();
            let mut said = String::new();
            self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            (status, said)
        })
        .await
        .unwrap()
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_is_followed_until_ctrl_c() {
    use std::os::unix::process::ExitStatusExt as _;
    let (demo, server) = account().await;
    write(&demo, 10, "one");
    let mut running = Running::start(&server.url, "orders-api --follow");
    assert_eq!(running.line().await, "one");
    // What comes late, and what AWS cannot tell at first.
    demo.fail_times("FilterLogEvents", 5, Fault::Throttled { retry_after: None });
    write(&demo, 20, "late");
    write(&demo, 0, "two");
    assert_eq!((running.line().await, running.line().await), ("late".to_owned(), "two".to_owned()));
    let pid = rustix::process::Pid::from_child(&running.child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let (status, said) = running.ended().await;
    assert_eq!(status.signal(), Some(2));
    assert_eq!(said.lines().count(), 1, "said once: {said}");
    assert!(said.contains("It is asked again until an answer comes."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_the_future_does_not_silence_what_comes_now() {
    let (demo, server) = account().await;
    write(&demo, -3_600, "in an hour");
    let mut running = Running::start(&server.url, "orders-api --follow");
    assert_eq!(running.line().await, "in an hour");
    write(&demo, 0, "now");
    let line = tokio::time::timeout(PATIENCE, running.line()).await;
    running.child.kill().unwrap();
    assert_eq!(line.unwrap(), "now");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_that_closes_ends_it_without_a_word() {
    let (demo, server) = account().await;
    for n in 0..3_000 {
        write(&demo, 60, &format!("line {n} {}", "x".repeat(100)));
    }
    let mut running = Running::start(&server.url, "orders-api");
    assert!(running.line().await.starts_with("line 0"));
    running.out = None;
    let (status, said) = running.ended().await;
    assert_eq!((status.code(), said.as_str()), (Some(141), ""));
}

#[cfg(unix)]
#[test]
fn the_demo_can_be_printed_too() {
    use crate::support::pty::Start;
    let script = "$LAMBDASH logs orders-api --demo --since 2m --filter received | head -1; echo over";
    let mut pty = Start::script(script).go();
    pty.until("received").until("over");
    pty.ended();
}
