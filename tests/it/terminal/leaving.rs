//! Every way out leaves the terminal as it was, and soon.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use rustix::process::Signal;

use crate::support::clock;
use crate::support::pty::{Pty, Start};
use crate::support::server::Server;

/// Within this time the prompt is back. The promise is one second and the bench measures it; what hangs in these
/// tests hangs for ever, so five tell a program that waits for it from one that does not, on a busy machine too.
const SOON: Duration = Duration::from_secs(5);

fn at_work() -> Pty {
    let pty = Start::demo().go();
    pty.until("billing-");
    pty.assert_taken();
    pty
}

#[test]
fn q_and_ctrl_c_give_the_terminal_back() {
    for key in ["q", "\x03", ":q"] {
        let mut pty = at_work();
        pty.keys(key);
        if key == ":q" {
            pty.until("esc close");
            pty.keys("\r");
        }
        let (code, time) = pty.ended();
        assert_eq!(code, 0, "{key:?}");
        assert!(time < SOON, "{time:?}");
        pty.assert_sane();
    }
}

#[test]
fn signals_give_the_terminal_back_and_their_number_is_in_the_exit_code() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let mut pty = at_work();
        pty.signal(signal);
        let (ended, time) = pty.ended();
        assert_eq!(ended, code, "{signal:?}");
        assert!(time < SOON, "{time:?}");
        pty.assert_sane();
    }
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_of_the_screen_gives_the_terminal_back_and_quotes_nothing() {
    let start = Start::demo();
    let file = start.home().join("panic");
    let mut pty = start.env("LAMBDASH_TEST_PANIC_SCREEN", &file.display().to_string()).go();
    pty.until("billing-");
    std::fs::write(&file, "").unwrap();
    pty.keys("j");
    assert_eq!(pty.ended().0, 101);
    pty.until("lambdash: ended by a bug of its own, at src/main.rs").until("--log FILE");
    assert!(!pty.screen().contains("payload"), "{}", pty.screen());
    pty.assert_sane();
    let text = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert_eq!(text.matches("\x1b[?1049l").count(), 1, "given back once");
    assert!(!text.split("\x1b[?1049l").nth(1).unwrap().contains("\x1b[?2026h"), "a piece of a frame after the end");
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_of_a_task_is_an_error_in_its_pane_and_the_program_lives_on() {
    let start = Start::demo();
    let file = start.home().join("panic");
    let log = start.home().join("log");
    let mut pty = start
        .env("LAMBDASH_TEST_PANIC_TASK", &file.display().to_string())
        .env("LAMBDASH_LOG", &log.display().to_string())
        .go();
    pty.until("billing-");
    std::fs::write(&file, "").unwrap();
    pty.keys("r").until("lambdash made a mistake");
    pty.until("billing-").assert_taken();
    std::fs::remove_file(&file).unwrap();
    pty.keys("r").until_gone("lambdash made a mistake");
    pty.keys("q");
    assert_eq!(pty.ended().0, 0);
    pty.assert_sane();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("src/main.rs") && !log.contains("a panic may quote"), "{log}");
}

#[test]
fn no_wish_for_a_longer_log_brings_a_secret_or_a_link_into_it() {
    let start = Start::demo();
    let log = start.home().join("log");
    let mut pty = start
        .env("RUST_LOG", "trace,aws_smithy_runtime=trace,aws_smithy_runtime_api=trace,aws_sdk_lambda=trace,hyper=trace")
        .env("LAMBDASH_LOG", &log.display().to_string())
        .go();
    pty.until("billing-");
    pty.keys("/orders-api\r").until("orders-api");
    pty.keys("\r").until("LastUpdateStatus");
    pty.keys("i").until("Request");
    pty.keys("\x1b[15~").until("success");
    pty.keys("\x03");
    pty.ended();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("lambdash::") && log.lines().count() > 20, "{log}");
    let leaks: Vec<&str> = log.lines().filter(|line| line.contains("X-Amz-") || line.contains("corr3ct")).collect();
    assert!(leaks.is_empty(), "{} lines, the first: {}", leaks.len(), leaks[0].chars().take(300).collect::<String>());
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let mut pty = at_work();
    pty.vanish();
    let (code, time) = pty.ended();
    assert_eq!(code, 129);
    assert!(time < SOON, "{time:?}");
}

#[test]
fn a_terminal_that_goes_away_ends_it_without_any_signal_too() {
    // The shell leads the session and gets the hang-up; the program only loses its terminal.
    let script = "trap '' HUP; $LAMBDASH --demo; echo $? >code; exit 7";
    let mut pty = Start::script(script).go();
    pty.until("billing-");
    pty.vanish();
    let (code, time) = pty.ended();
    assert_eq!(code, 7);
    assert!(time < SOON, "{time:?}");
    assert_eq!(std::fs::read_to_string(pty.home().join("code")).unwrap(), "129\n");
}

/// crossterm reads the end of an input that it was reading over and over, and never comes back.
#[test]
fn keys_on_their_way_do_not_keep_a_program_whose_terminal_goes_away() {
    for _ in 0..4 {
        let mut pty = Start::script("trap '' HUP; $LAMBDASH --demo; echo $? >code; exit 7").go();
        pty.until("billing-");
        pty.keys(&"j".repeat(3000));
        pty.vanish();
        let (_, time) = pty.ended();
        assert!(time < SOON, "{time:?}");
    }
}

async fn orders() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_hangs_holds_up_neither_the_first_screen_nor_the_end() {
    for key in ["q", "\x03"] {
        let (demo, server) = orders().await;
        demo.fail("ListFunctions", Fault::Hang);
        demo.fail("GetCallerIdentity", Fault::Hang);
        let arrived = demo.gate("ListFunctions");
        arrived.open();
        let mut pty = Start::at(&server.url).go();
        pty.until("loading the functions");
        arrived.arrived(1).await;
        pty.keys(key);
        let (code, time) = pty.ended();
        assert_eq!(code, 0);
        assert!(time < SOON, "{time:?}");
        pty.assert_sane();
    }
}

/// A program that waits for an invocation, which the far end holds back.
async fn with_a_run_on_its_way() -> (Server, Pty) {
    let (demo, server) = orders().await;
    let gate = demo.gate("Invoke");
    let mut pty = Start::at(&server.url).go();
    pty.until("orders-api");
    pty.keys("i").until("Invoke");
    pty.keys("\x18");
    gate.arrived(1).await;
    (server, pty)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_left_behind_is_named_in_the_last_line() {
    let (_server, mut pty) = with_a_run_on_its_way().await;
    pty.keys("\x03");
    let (code, time) = pty.ended();
    assert_eq!(code, 0);
    assert!(time < SOON, "{time:?}");
    pty.until("lambdash: the run of orders-api goes on in AWS");
    pty.assert_sane();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn q_asks_once_more_while_a_run_is_on_its_way() {
    let (_server, mut pty) = with_a_run_on_its_way().await;
    pty.keys("\x1b").until("STATE");
    pty.keys("q").until("press q again");
    pty.keys("q");
    assert_eq!(pty.ended().0, 0);
    pty.until("the run of orders-api goes on in AWS");
    pty.assert_sane();
}
