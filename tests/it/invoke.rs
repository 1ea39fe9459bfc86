//! The invoke console: what it sends, once, and how it shows what came back.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, failing_calls, invocations};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    let behaviours = [
        ("a-echo", "echo"),
        ("b-fail", "fail"),
        ("c-text", "text"),
        ("d-noisy", "noisy"),
        ("e-slow", "slow:600000"),
        ("f-empty", "empty"),
        ("g-escapes", "escapes"),
    ];
    for (name, behaviour) in behaviours {
        demo.put_function(FunctionSeed::named(name).behaviour(behaviour));
    }
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

#[tokio::test]
async fn a_payload_goes_out_and_the_answer_comes_back() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<f5>").idle().await;
    assert_screen!(app);
    assert_eq!(invocations(&demo), ["Invoke a-echo RequestResponse"]);
}

#[tokio::test]
async fn a_function_error_is_not_a_failed_call() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("ji<f5>").idle().await;
    assert_screen!(app);
}

#[tokio::test]
async fn a_narrow_screen_shows_one_part_at_a_time() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("i<f5>").idle().await;
    assert!(app.screen().contains("▌ response"), "{}", app.screen());
    app.keys("<tab>");
    assert_screen!(app);
}

#[tokio::test]
async fn what_is_typed_is_what_is_sent() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i").paste("[1.000000000000000000001, {\"z\":1, \"a\":2}]");
    app.keys("<ctrl-x>");
    assert!(app.screen().contains("the payload is not JSON, line 1"), "{}", app.screen());
    app.later(Duration::from_secs(1)).keys("<esc><ctrl-u>");
    assert!(app.screen().contains("✔ JSON"), "{}", app.screen());
}

#[tokio::test]
async fn five_presses_send_once() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.keys("i<f5><f5><f5><f5><f5>");
    gate.arrived(1).await;
    assert!(app.screen().contains("sent once"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 1);
}

#[tokio::test]
async fn a_failing_call_is_sent_once_and_says_what_came_back() {
    let half = (Fault::Truncated, "✖ incomplete: the answer broke off after 52 of 104 bytes");
    for (fault, words) in failing_calls().into_iter().chain([half]) {
        let (demo, server) = account().await;
        demo.fail("Invoke", fault.clone());
        let mut app = Harness::new(&server).await;
        app.resize(130, 34).keys("i<f5>").idle().await;
        assert_eq!(invocations(&demo).len(), 1, "{fault:?}");
        assert!(app.screen().contains(words), "{fault:?}: no {words:?}\n{}", app.screen());
    }
}

#[tokio::test]
async fn a_connection_lost_after_sending_leaves_the_outcome_unknown() {
    let (demo, server) = account().await;
    demo.fail("Invoke", Fault::ResetAfter);
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<f5>").idle().await;
    assert!(app.screen().contains("✖ outcome unknown"), "{}", app.screen());
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_kept_as_far_as_it_came() {
    let (demo, server) = account().await;
    demo.fail("Invoke", Fault::Truncated);
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(130, 34).keys("i<f5>").idle().await;
    assert_screen!(app);
    app.keys("L").idle().await;
    assert!(app.screen().contains("the whole run"), "its id came in the headers: {}", app.screen());
    let mut later = Harness::saving(&server, data.path().to_owned()).await;
    later.resize(130, 34).keys("i<ctrl-g>").idle().await.keys("<enter>");
    let screen = later.screen();
    assert!(screen.contains("✖ incomplete: the answer broke off after 52 of 104 bytes"), "{screen}");
}

#[tokio::test]
async fn the_time_goes_on_while_it_runs_and_the_screen_stays_alive() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.keys("i<f5>");
    gate.arrived(1).await;
    assert_eq!(app.wake_in(), Some(Duration::from_millis(100)));
    app.later(Duration::from_millis(800));
    assert!(app.screen().contains("800 ms of 3 s"), "{}", app.screen());
    app.keys("<esc>j");
    assert_eq!(app.under_cursor(), "b-fail");
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("the run of a-echo succeeded"), "{}", app.screen());
}

#[tokio::test]
async fn giving_up_says_that_the_function_goes_on() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.keys("i<f5>");
    gate.arrived(1).await;
    app.keys("x").idle().await;
    let screen = app.screen();
    assert!(screen.contains("not awaited") && screen.contains("goes on until it ends"), "{screen}");
}

#[tokio::test]
async fn events_and_dry_runs_say_what_happened() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<ctrl-t><f5>").idle().await;
    assert!(app.screen().contains("✔ accepted as an event"), "{}", app.screen());
    app.keys("<shift-tab><ctrl-t><f5>").idle().await;
    assert!(app.screen().contains("✔ allowed (dry run)"), "{}", app.screen());
    assert_eq!(invocations(&demo), ["Invoke a-echo Event", "Invoke a-echo DryRun"]);
}

#[tokio::test]
async fn the_whole_log_of_a_run_can_be_fetched() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("jjji<f5>").idle().await;
    assert!(app.screen().contains("the first line is cut"), "{}", app.screen());
    app.keys("L").idle().await;
    assert!(app.screen().contains("the whole run,"), "{}", app.screen());
    let asked = |demo: &Demo| demo.journal().iter().filter(|call| call.starts_with("FilterLogEvents")).count();
    let once = asked(&demo);
    assert!(once > 0);
    let card = |screen: &str| ["cold start ", "ran ", "billed ", " of 128 MB"].iter().all(|word| screen.contains(word));
    let whole = app.screen();
    assert!(card(&whole) && whole.contains("line 0000"), "{whole}");
    app.keys("L").idle().await;
    let tail = app.screen();
    assert!(card(&tail) && tail.contains("the whole run, from line 19") && tail.contains("line 1925"), "{tail}");
    app.keys("L").idle().await;
    assert_eq!(app.screen(), whole);
    assert_eq!(asked(&demo), once, "what is here is not asked for again");
}

#[tokio::test]
async fn a_long_line_of_the_response_is_read_by_scrolling_to_the_right() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("ji<f5>").idle().await;
    let end = r#"raise OrderRejected(order.id, \"no stock\")"#;
    assert!(!app.screen().contains(end), "{}", app.screen());
    app.keys("<right><right><right><right><right><right>");
    assert!(app.screen().contains(end), "{}", app.screen());
    app.keys("<left>hhhhh");
    assert!(app.screen().contains("errorMessage"), "{}", app.screen());
}

#[tokio::test]
async fn keys_during_a_run_are_about_the_run_and_not_typed() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<f5>");
    gate.arrived(1).await;
    app.keys("jkx").idle().await;
    let screen = app.screen();
    assert!(screen.contains("not awaited") && screen.contains("44 B  ✔ JSON"), "{screen}");
    app.keys("<shift-tab>z");
    assert!(app.screen().contains("45 B"), "the payload is a key away: {}", app.screen());
}

#[tokio::test]
async fn an_answer_leaves_the_keyboard_in_the_part_that_was_chosen_meanwhile() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("i<f5>");
    gate.arrived(1).await;
    app.keys("<tab>");
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("▌ log"), "{}", app.screen());
}

#[tokio::test]
async fn an_answer_that_is_not_json_or_is_empty_is_shown_as_it_is() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("jji<f5>").idle().await;
    assert_screen!(app);
    app.keys("<esc>jjji<f5>").idle().await;
    assert!(app.screen().contains("the answer is empty"), "{}", app.screen());
}

#[tokio::test]
async fn what_a_function_prints_is_harmless() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("Gi<f5>").idle().await;
    assert!(app.screen().contains("^["), "{}", app.screen());
    assert!(app.buffer().content.iter().all(|cell| !cell.symbol().chars().any(char::is_control)));
}

#[tokio::test]
async fn payloads_and_runs_stay_with_their_function() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<ctrl-o>sqs<enter><f5>").idle().await;
    app.keys("<esc>ji");
    assert!(app.screen().contains("\"name\": \"world\""), "{}", app.screen());
    assert!(app.screen().contains("f5 sends the payload"), "{}", app.screen());
    app.keys("<esc>ki");
    assert!(app.screen().contains("Records") && app.screen().contains("✔ success"), "{}", app.screen());
}

#[tokio::test]
async fn the_payload_goes_to_the_editor_and_comes_back() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.keys("i<ctrl-e>");
    assert!(matches!(app.demands().last(), Some(Demand::Edit(text)) if text.contains("world")));
    app.message(lambdash::testing::Msg::Edited(Ok("{\"from\": \"the editor\"".to_owned())));
    assert!(app.screen().contains("the editor") && app.screen().contains("not JSON yet"), "{}", app.screen());
}

#[tokio::test]
async fn a_read_only_session_invokes_nothing_but_may_try() {
    let (demo, server) = account().await;
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys("i<f5>").idle().await;
    assert!(app.screen().contains("read-only"), "{}", app.screen());
    assert_eq!(invocations(&demo), Vec::<String>::new());
    app.keys("<ctrl-t><ctrl-t><f5>").idle().await;
    assert_eq!(invocations(&demo), ["Invoke a-echo DryRun"]);
}

#[tokio::test]
async fn production_is_invoked_only_after_a_yes_that_could_be_meant() {
    let (demo, server) = account().await;
    let mut app = Harness::with(&server, |session, _| session.production = vec!["default".to_owned()]).await;
    app.resize(100, 30).keys("i<f5><tab><enter>").idle().await;
    assert_screen!(app);
    assert_eq!(invocations(&demo), Vec::<String>::new(), "what was typed ahead was not meant for it");
    app.later(Duration::from_secs(1)).keys("<enter><f5>").later(Duration::from_secs(1)).keys("<tab><enter>");
    app.idle().await;
    assert_eq!(invocations(&demo).len(), 1);
}

#[tokio::test]
async fn an_answer_does_not_take_the_keyboard_from_the_payload() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.keys("i<f5>");
    gate.arrived(1).await;
    app.keys("<shift-tab>");
    assert!(app.screen().contains("▌ request"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("▌ request"), "{}", app.screen());
}

#[tokio::test]
async fn a_run_that_ended_unseen_is_opened_at_its_answer() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("i<f5>");
    gate.arrived(1).await;
    app.keys("<esc>i");
    assert!(app.screen().contains("▌ response"), "while it runs: {}", app.screen());
    app.keys("<esc>");
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("the run of a-echo succeeded: i opens it"), "{}", app.screen());
    app.keys("<esc>i");
    assert!(app.screen().contains("▌ response") && app.screen().contains("✔ success"), "{}", app.screen());
    app.keys("<esc>i");
    assert!(app.screen().contains("▌ request"), "it was seen: {}", app.screen());
}
