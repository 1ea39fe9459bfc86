//! Runs of real handlers, in Python and in Node, on the third-party server.

use super::{confirm, program, words};
use crate::support::Harness;

/// The console of a function, invoked once; the keys before the one that sends choose how.
async fn run(function: &str, how: &str) -> Harness {
    let mut app = program().await;
    app.keys(&format!("/{function}<enter>")).rest().await;
    // The exact name: others begin with it.
    while !app.cursor_line().contains(&format!(" {function} ")) {
        let before = app.cursor_line();
        app.keys("j");
        assert_ne!(app.cursor_line(), before, "no {function}:\n{}", app.screen());
    }
    app.keys("i").keys(how).keys("<f5>").idle().await;
    app
}

/// Presses of ctrl-t from a synchronous invocation to a response stream.
const STREAM: &str = "<ctrl-t><ctrl-t><ctrl-t>";

/// The server runs Node handlers with the `node` on its path. Without one there is nothing to test.
fn has_node() -> bool {
    let found = std::process::Command::new("node").arg("--version").output().is_ok_and(|told| told.status.success());
    if !found {
        eprintln!("skipped: there is no node on the path, so the server cannot run Node handlers");
    }
    found
}

fn is_harmless(app: &Harness) {
    let control = |cell: &ratatui::buffer::Cell| cell.symbol().chars().any(char::is_control);
    assert!(!app.buffer().content.iter().any(control), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn an_exception_in_python_is_laid_out_with_its_printed_line() {
    let mut app = run("seed-raises", "").await;
    let said = words(&app);
    assert!(said.contains("✖ function error: Unhandled") && said.contains("total must be positive"), "{said}");
    app.keys("<tab>").idle().await;
    assert!(app.screen().contains("about to fail"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_handler_that_sleeps_past_its_timeout_says_so() {
    let app = run("seed-late", "").await;
    let said = words(&app);
    assert!(said.contains("✖ function error: Unhandled"), "{said}");
    assert!(said.contains("Task timed out after 1.00 seconds"), "{said}");
    assert!(said.contains("waiting for the payment provider"), "{said}");
}

/// The tail is the last 4,096 bytes: it begins within a line, and here within a character.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn of_two_thousand_lines_the_last_ones_come_along_and_a_broken_character_is_marked() {
    let mut app = run("seed-noisy", "").await;
    assert!(app.screen().contains("\"lines\": 2000"), "{}", app.screen());
    assert!(app.screen().contains("the first line is cut"), "{}", app.screen());
    app.keys("<tab><f4>G");
    assert!(app.screen().contains("line 1999 Größe 注文を受け付けました"), "{}", app.screen());
    app.keys("g");
    assert!(app.screen().contains("line 19") && !app.screen().contains("line 0001"), "{}", app.screen());
    is_harmless(&app);
}

/// From the console to the log, from its newest event to the invocation of that, and out to a file.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn all_of_two_thousand_lines_are_in_the_log_in_their_order() {
    let mut app = run("seed-noisy", "").await;
    app.keys("<tab>l").idle().await.keys("Gi").idle().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.jsonl");
    app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
    let saved = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}", app.screen()));
    let messages = saved.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let messages: Vec<String> = messages.map(|event| event["message"].as_str().unwrap().to_owned()).collect();
    let printed: Vec<&str> = messages.iter().filter_map(|message| message.strip_prefix("line ")?.get(..4)).collect();
    let wanted: Vec<String> = (0..2000).map(|n| format!("{n:04}")).collect();
    assert_eq!(printed, wanted, "{}", app.screen());
    assert!(messages.first().unwrap().starts_with("START ") && messages.last().unwrap().starts_with("REPORT "));
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn four_megabytes_are_read_as_a_tree_and_to_their_end() {
    let mut app = run("seed-large", "").await;
    let screen = app.screen();
    assert!(screen.contains("✔ success") && screen.contains("\"rows\": ["), "{screen}");
    assert!(screen.contains(" · 3.87 MB"), "{screen}");
    app.keys(".<backspace>").paste(".rows[37999].id").keys("<enter>");
    assert!(app.line_with("▌").contains("37999"), "{}", app.screen());
    app.keys("<esc>tt").idle().await;
    assert!(app.screen().contains("7b 22 72 6f 77 73"), "in hexadecimal from its beginning: {}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn colours_titles_and_marks_of_direction_reach_no_terminal() {
    let mut app = run("seed-escapes", "").await;
    assert!(app.screen().contains("✔ success") && app.screen().contains("^["), "{}", app.screen());
    is_harmless(&app);
    app.keys("<tab><f4>");
    let screen = app.screen();
    assert!(screen.contains("override ") && !screen.contains('\u{202e}'), "{screen}");
    assert!(screen.contains("日本語"), "{screen}");
    is_harmless(&app);
}

/// The server itself cannot read what is not UTF-8 and calls that an error of the function; this program shows it.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn bytes_that_are_not_utf_8_are_an_error_there_and_harmless_here() {
    let app = run("seed-bytes", "").await;
    let said = words(&app);
    assert!(said.contains("✖ function error: Unhandled") && said.contains("codec can't decode byte 0xe9"), "{said}");
    is_harmless(&app);
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_node_handler_runs_and_one_that_throws_is_a_function_error() {
    if !has_node() {
        return;
    }
    let app = run("seed-node", "").await;
    let screen = app.screen();
    assert!(screen.contains("✔ success") && screen.contains("hello from seed-node"), "{screen}");
    assert!(screen.contains("\"ok\": true") && screen.contains("^[[32mgreen"), "{screen}");
    let app = run("seed-node-raises", "").await;
    let said = words(&app);
    assert!(said.contains("✖ function error: Unhandled") && said.contains("total must be positive"), "{said}");
    assert!(said.contains("about to fail"), "{said}");
}

/// The server answers a stream as one piece and an end, in the frames of AWS, and sends no log along.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_stream_in_one_piece_is_an_answer_and_says_that_no_log_came() {
    let app = run("seed-hello", STREAM).await;
    let said = words(&app);
    assert!(said.contains("✔ success") && said.contains("in 1 chunk"), "{said}");
    assert!(said.contains("\"ok\": true"), "{said}");
    assert!(said.contains("no log came along"), "{said}");
    let app = run("seed-large", STREAM).await;
    assert!(words(&app).contains("in 1 chunk") && app.screen().contains("\"rows\": ["), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_long_run_can_be_left_and_its_end_is_told() {
    let mut app = program().await;
    app.keys("/seed-slow<enter>").rest().await.keys("i<f5><esc>");
    assert!(app.screen().contains("seed-slow") && !app.screen().contains("Request"), "{}", app.screen());
    app.idle().await;
    assert!(app.screen().contains("the run of seed-slow succeeded"), "{}", app.screen());
    app.keys("i");
    assert!(app.screen().contains("tick 5") && app.screen().contains("\"slept\": 3"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn an_event_is_accepted_and_a_dry_run_allowed() {
    let app = run("seed-hello", "<ctrl-t>").await;
    assert!(app.screen().contains("✔ accepted as an event"), "{}", app.screen());
    let app = run("seed-hello", "<ctrl-t><ctrl-t>").await;
    assert!(app.screen().contains("✔ allowed (dry run)"), "{}", app.screen());
}

/// What was run before on the same server is in the log too; of that every tenth failed as well.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn every_tenth_invocation_that_raised_is_listed_as_failed_with_its_trace() {
    let mut app = program().await;
    app.keys("/seed-tenth<enter>").rest().await;
    app.keys("i<f9><end><backspace><backspace><backspace><backspace>20<tab><end><backspace><backspace><backspace>1");
    app.idle().await.keys("<enter>");
    confirm(&mut app).await;
    assert!(words(&app).contains("18 succeeded"), "{}", app.screen());
    app.keys("<esc><esc><esc>").rest().await;
    app.keys(":logs seed-tenth<enter>").rest().await;
    app.keys("v").idle().await;
    let title = app.line_with(" failed");
    let numbers: Vec<usize> = title.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert!(matches!(numbers[..], [.., all, failed] if failed >= 2 && all == failed * 10), "{title}");
    app.keys("f").idle().await;
    assert!(app.screen().contains("failed only"), "{}", app.screen());
    let listed = app.screen().lines().filter(|line| line.contains("ValueError: order ")).count();
    assert_eq!(listed, app.screen().lines().filter(|line| line.contains(" MB ")).count(), "{}", app.screen());
    app.keys("<enter>").idle().await;
    let screen = app.screen();
    for line in ["Traceback (most recent call last):", "check(count)", "raise ValueError(", "ValueError: order "] {
        assert!(screen.contains(line), "no {line}:\n{screen}");
    }
}
