//! The history of the invoke console: runs of this session and of earlier ones, and what can be done with them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::Remember;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, arguments, clock, soon};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    let echo = FunctionSeed::named("a-echo").behaviour("echo").published(2).alias("dev", "$LATEST");
    demo.put_function(echo.weighted_alias("live", "1", "2", 0.1));
    demo.put_function(FunctionSeed::named("b-fail").behaviour("fail"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

fn invocations(demo: &Demo) -> usize {
    demo.journal().iter().filter(|call| call.starts_with("Invoke ")).count()
}

/// What a folder and those below it hold.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn kept(folder: &Path) -> String {
    let histories = files(folder).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "jsonl"));
    histories.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// A session with a run that was answered, an event, a dry run and a call that failed, a minute apart.
async fn busy(server: &Server, demo: &Demo, data: &Path) -> Harness {
    let mut app = Harness::saving(server, data.to_owned()).await;
    app.resize(120, 30).keys("i<f5>").idle().await;
    app.later(Duration::from_mins(1)).keys("<shift-tab><ctrl-t><f5>").idle().await;
    app.later(Duration::from_mins(1)).keys("<shift-tab><ctrl-t><f5>").idle().await;
    demo.fail("Invoke", Fault::Throttled { retry_after: None });
    app.later(Duration::from_mins(1)).keys("<shift-tab><ctrl-p><left><left><enter><f5>").idle().await;
    app
}

#[tokio::test]
async fn runs_of_this_session_are_a_list() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = busy(&server, &demo, data.path()).await;
    app.keys("H").idle().await;
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
}

#[tokio::test]
async fn runs_of_an_earlier_session_are_in_the_same_list_and_are_shown_as_they_were() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let before = {
        let mut app = busy(&server, &demo, data.path()).await;
        app.keys("[[[[<f4><f4>");
        app.screen()
    };
    let answer =
        |screen: &str| screen.lines().filter(|line| line.contains("\"ok\"") || line.contains("billed")).count();
    assert_eq!(answer(&before), 2, "{before}");
    let sent = invocations(&demo);
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i").later(Duration::from_mins(9)).keys("<f5>").idle().await;
    app.keys("H").idle().await;
    let lines = |screen: &str| screen.lines().filter(|line| line.contains("2026-11-21 12:")).count();
    assert_eq!(lines(&app.screen()), 5, "{}", app.screen());
    app.keys("G<enter>");
    assert!(app.screen().contains("run of 2026-11-21 12:00:00 UTC"), "{}", app.screen());
    assert_eq!(answer(&app.screen()), 2, "{}", app.screen());
    assert_screen!(app);
    app.keys("]");
    assert!(!app.screen().contains("run of 2026"), "{}", app.screen());
    assert_eq!(invocations(&demo), sent + 1, "looking sends nothing");
}

#[tokio::test]
async fn a_run_is_run_again_as_it_was() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-q>live").idle().await;
    app.keys("<enter><ctrl-a>[1.50, \"marker\"]<f5>").idle().await;
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-g>").idle().await;
    app.keys("r").idle().await;
    assert_eq!(invocations(&demo), 2);
    assert!(app.screen().contains("a-echo:live"), "{}", app.screen());
    assert!(app.screen().contains("1.50") && app.screen().contains("\"marker\""), "{}", app.screen());
    app.keys("H").idle().await;
    assert_eq!(app.screen().lines().filter(|line| line.contains("live → ")).count(), 2, "{}", app.screen());
}

#[tokio::test]
async fn a_run_is_edited_before_it_is_run_again() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-q>live").idle().await;
    app.keys("<enter><ctrl-a>[1.50, \"marker\"]<ctrl-t><f5>").idle().await;
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-g>").idle().await;
    app.keys("e");
    let screen = app.screen();
    assert!(screen.contains("a-echo:live") && screen.contains("[1.50, \"marker\"]"), "{screen}");
    assert!(screen.contains("event") && screen.contains("run of 2026-11-21"), "{screen}");
    app.keys("<ctrl-end><backspace>,2]<f5>").idle().await;
    assert!(kept(data.path()).contains(r#"[1.50, \"marker\",2]"#), "{}", kept(data.path()));
    assert_eq!(invocations(&demo), 2);
}

/// What stands behind an option.
fn option(arguments: &[String], name: &str) -> String {
    let place = arguments.iter().position(|argument| argument == name).unwrap();
    arguments[place + 1].clone()
}

#[tokio::test]
async fn a_payload_of_several_lines_is_one_line_of_the_command_and_arrives_as_it_was_sent() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    let payload = "{\n\t\"name\": \"it's \\u00e9 日本\",\n  \"cost\": \"$5 `x` !!\"\n}";
    app.resize(120, 30).keys("i<ctrl-p><tab><tab><tab>");
    app.paste("{\"custom\":{\"a\":\"b c\"}}").keys("<enter><ctrl-a><backspace>").paste(payload).keys("<f5>");
    app.idle().await;
    app.keys("H").idle().await;
    app.keys("c");
    let Some(Demand::Copy(command)) = app.demands().last() else { panic!("nothing was copied") };
    assert_eq!(command.lines().count(), 1, "{command}");
    let arguments = arguments(command);
    assert_eq!(option(&arguments, "--payload"), payload);
    assert_eq!(option(&arguments, "--client-context"), "eyJjdXN0b20iOnsiYSI6ImIgYyJ9fQ==");
    assert_eq!(arguments.iter().filter(|argument| argument.starts_with("--")).count() * 2 + 3, arguments.len());
}

#[tokio::test]
async fn the_command_that_does_the_same_is_copied_and_reads_a_long_payload_from_a_file() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.keys("i<ctrl-q>dev").idle().await;
    app.keys("<enter><ctrl-a>\"it's\"<f5>").idle().await;
    app.keys("H").idle().await;
    app.keys("c");
    let Some(Demand::Copy(command)) = app.demands().last() else { panic!("nothing was copied") };
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:a-echo";
    let start = format!("AWS_MAX_ATTEMPTS=1 aws lambda invoke --function-name {arn} --qualifier dev");
    assert!(command.starts_with(&start), "{command}");
    assert!(
        command.contains(r#"--payload '"it'\''s"' --cli-read-timeout 0 /dev/stdout --region eu-west-1"#),
        "{command}"
    );
    assert_eq!(option(&arguments(command), "--payload"), "\"it's\"");
    app.keys("<esc><shift-tab><ctrl-a><backspace>")
        .paste(&format!("\"{}\"", "x".repeat(40_000)))
        .keys("<f5>")
        .idle()
        .await;
    app.later(Duration::from_secs(1)).keys("H").idle().await;
    app.keys("c").idle().await;
    let name = "a-echo-20261121-120000.000.payload.json";
    let saved = std::fs::read(name);
    let _ = std::fs::remove_file(name);
    assert_eq!(saved.unwrap().len(), 40_002);
    let Some(Demand::Copy(command)) = app.demands().last() else { panic!("nothing was copied") };
    assert!(command.contains(&format!("--payload fileb://{name} --cli-read-timeout 0 /dev/stdout")), "{command}");
}

#[tokio::test]
async fn a_read_only_session_lists_runs_and_runs_none_again() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    Harness::saving(&server, data.path().to_owned()).await.keys("i<f5>").idle().await;
    let read_only = |session: &mut lambdash::testing::Session, _: &mut _| session.target.read_only = true;
    let mut app = Harness::saving_with(&server, data.path().to_owned(), read_only).await;
    app.keys("i<ctrl-g>").idle().await;
    assert!(app.screen().contains("success"), "{}", app.screen());
    app.keys("r").idle().await;
    assert!(app.screen().contains("read-only"), "{}", app.screen());
    assert_eq!(invocations(&demo), 1);
}

#[tokio::test]
async fn production_asks_before_a_run_is_run_again() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    Harness::saving(&server, data.path().to_owned()).await.keys("i<f5>").idle().await;
    let production =
        |session: &mut lambdash::testing::Session, _: &mut _| session.production = vec!["default".to_owned()];
    let mut app = Harness::saving_with(&server, data.path().to_owned(), production).await;
    app.keys("i<ctrl-g>").idle().await;
    app.keys("r").idle().await;
    assert!(app.screen().contains("production profile"), "{}", app.screen());
    assert_eq!(invocations(&demo), 1);
    app.later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert_eq!(invocations(&demo), 2);
}

#[tokio::test]
async fn what_is_kept_is_as_much_as_was_allowed() {
    let (_, server) = account().await;
    for (history, canary, any) in
        [(Remember::Full, true, true), (Remember::NoPayloads, false, true), (Remember::Off, false, false)]
    {
        let data = tempfile::tempdir().unwrap();
        let change = |_: &mut _, options: &mut lambdash::testing::Options| options.history = history;
        let mut app = Harness::saving_with(&server, data.path().to_owned(), change).await;
        app.resize(120, 30).keys("i<ctrl-a>\"canary\"<f5>").idle().await;
        let kept = kept(data.path());
        assert_eq!((kept.contains("canary"), kept.contains("RequestResponse")), (canary, any), "{kept}");
        let mut app = Harness::saving_with(&server, data.path().to_owned(), change).await;
        app.resize(120, 30).keys("i<ctrl-g>").idle().await;
        assert_eq!(app.screen().contains("2026-11-21 12:00:00"), any, "{}", app.screen());
        assert_eq!(app.screen().contains("the history is off"), !any, "{}", app.screen());
        if history == Remember::NoPayloads {
            app.keys("r");
            assert!(app.screen().contains("the payload of this run was not kept"), "{}", app.screen());
            app.keys("<enter>");
            let screen = app.screen();
            for words in ["B is not kept: payloads are off", "✔ success", "version $LATEST", " · ran ", " of 128 MB"]
            {
                assert!(screen.contains(words), "no {words:?} in\n{screen}");
            }
        }
    }
}

#[tokio::test]
async fn functions_that_failed_are_told_apart_by_the_type_of_their_error() {
    let (_, server) = account().await;
    for (history, words) in
        [(Remember::Full, "OrderRejected (function error)"), (Remember::NoPayloads, "function error: Unhandled")]
    {
        let data = tempfile::tempdir().unwrap();
        let change = |_: &mut _, options: &mut lambdash::testing::Options| options.history = history;
        let mut app = Harness::saving_with(&server, data.path().to_owned(), change).await;
        app.resize(120, 30).keys("ji<f5>").idle().await.keys("H").idle().await;
        assert!(app.screen().contains("OrderRejected (function error)"), "{}", app.screen());
        let mut app = Harness::saving_with(&server, data.path().to_owned(), change).await;
        app.resize(120, 30).keys("ji<ctrl-g>").idle().await;
        assert!(app.screen().contains(words), "no {words:?} in\n{}", app.screen());
    }
}

#[tokio::test]
async fn the_durable_execution_that_a_run_began_is_named_also_in_another_session() {
    let demo = Demo::empty(clock());
    let durable = serde_json::json!({"ExecutionTimeout": 3600, "RetentionPeriodInDays": 14});
    demo.put_function(FunctionSeed::named("a-saga").with("DurableConfig", durable).behaviour("echo"));
    let server = Server::start(demo).await.unwrap();
    let data = tempfile::tempdir().unwrap();
    let named =
        "· durable execution arn:aws:lambda:eu-west-1:123456789012:function:a-saga:$LATEST/durable-execution/order-42/";
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(400, 40).keys("i<ctrl-p><shift-tab>order-42<enter>");
    for kind in ["RequestResponse", "Event"] {
        app.keys("<f5>").idle().await;
        assert!(app.screen().contains(named), "{kind}:\n{}", app.screen());
        app.later(Duration::from_mins(1)).keys("<ctrl-t>");
    }
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(400, 40).keys("i<ctrl-g>").idle().await.keys("<enter>");
    assert!(app.screen().contains(named), "{}", app.screen());
}

#[tokio::test]
async fn the_list_of_runs_is_narrowed_by_words() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = busy(&server, &demo, data.path()).await;
    app.keys("H").idle().await;
    app.keys("/dry");
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("<esc>");
    assert!(app.screen().contains("accepted") && !app.screen().contains("/dry"), "{}", app.screen());
    app.keys("/success<enter>");
    let screen = app.screen();
    assert!(screen.contains("1 found") && !screen.contains("accepted"), "{screen}");
    // What is marked is compared also when it is not among those that are left.
    app.keys("m<esc>/accepted<enter>=");
    assert!(app.screen().contains("compared with"), "{}", app.screen());
    app.keys("<esc>/nowhere");
    assert!(app.screen().contains("no run here has these words"), "{}", app.screen());
    app.keys("<enter><esc>");
    assert!(app.screen().contains("accepted"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("runs of a-echo"), "{}", app.screen());
}

#[tokio::test]
async fn damaged_lines_are_counted_and_a_disk_that_refuses_is_news_once() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    Harness::saving(&server, data.path().to_owned()).await.keys("i<f5>").idle().await;
    let file = files(data.path()).into_iter().find(|path| path.extension().is_some()).unwrap();
    let mut damaged = std::fs::read(&file).unwrap();
    damaged.extend_from_slice(b"{\"at\":\n\xff\n");
    std::fs::write(&file, &damaged).unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.keys("i<ctrl-g>").idle().await;
    assert!(app.screen().contains("2 lines of the history could not be read"), "{}", app.screen());
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    app.keys("<esc><f5>").idle().await;
    assert!(app.screen().contains("the run was not kept"), "{}", app.screen());
    app.later(Duration::from_mins(1)).keys("<f5>").idle().await;
    assert!(!app.screen().contains("the run was not kept"), "{}", app.screen());
    app.keys("H").idle().await;
    assert!(app.screen().contains("it is not a file"), "{}", app.screen());
}

/// Three runs a minute apart: two of what was published with other payloads, one that fails.
async fn three_runs(server: &Server, data: &Path) -> Harness {
    let mut app = Harness::saving(server, data.to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-a>{\"sku\": \"pen\", \"qty\": 1}<f5>").idle().await;
    app.later(Duration::from_mins(1)).keys("<ctrl-q>dev").idle().await;
    app.keys("<enter><shift-tab><ctrl-a>{\"sku\": \"pen\", \"qty\": 2, \"gift\": true}<f5>").idle().await;
    app.later(Duration::from_mins(1)).keys("<ctrl-q>live").idle().await;
    app.keys("<enter><f5>").idle().await;
    app
}

#[tokio::test]
async fn the_last_runs_stand_in_one_line_with_what_can_be_done_with_them() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = three_runs(&server, data.path()).await;
    demo.fail("Invoke", Fault::Throttled { retry_after: None });
    app.later(Duration::from_mins(1)).keys("<f5>").idle().await;
    assert_screen!(app);
    let strip = app.line_with(" Runs  ");
    assert!(
        strip.contains("✖ 12:03 live") && strip.contains("✔ 12:01 dev") && strip.contains("d diff with…"),
        "{strip}"
    );
    app.keys("<shift-tab>");
    assert!(app.line_with(" Runs  ").contains("f7 diff with…"), "where keys are text, another key does it");
    app.resize(80, 24);
    assert!(!app.screen().contains(" Runs  "), "{}", app.screen());
}

#[tokio::test]
async fn two_runs_are_compared_by_path_from_the_response() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = three_runs(&server, data.path()).await;
    let sent = invocations(&demo);
    app.keys("d").idle().await;
    assert!(app.screen().contains("compare the run of 12:02:00 UTC with"), "{}", app.screen());
    app.keys("j<enter>");
    assert_screen!(app);
    let screen = app.screen();
    assert!(screen.contains(".event.qty") && screen.contains(".event.gift"), "{screen}");
    assert!(!screen.contains(".event.sku"), "what is the same is folded: {screen}");
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.keys("<esc>");
    assert!(app.screen().contains("compare the run of"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("compare the run of"), "{}", app.screen());
    assert_eq!(invocations(&demo), sent, "comparing sends nothing");
}

#[tokio::test]
async fn two_marked_runs_of_an_earlier_session_are_compared() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    three_runs(&server, data.path()).await;
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-g>").idle().await;
    app.keys("=");
    assert!(app.screen().contains("m marks a run"), "{}", app.screen());
    app.keys("m=");
    assert!(app.screen().contains("this is the marked run"), "{}", app.screen());
    app.keys("jjm=");
    let screen = app.screen();
    assert!(screen.contains("12:00:00") && screen.contains("compared with 12:02:00 live"), "{screen}");
    assert!(screen.contains(".event.gift") && screen.contains(".event.qty"), "{screen}");
}

#[tokio::test]
async fn answers_that_were_not_kept_are_not_called_the_same() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let bare = |_: &mut _, options: &mut lambdash::testing::Options| options.history = Remember::NoPayloads;
    Harness::saving_with(&server, data.path().to_owned(), bare).await.keys("i<f5>").idle().await;
    let mut app = Harness::saving_with(&server, data.path().to_owned(), bare).await;
    app.resize(120, 30).later(Duration::from_mins(1)).keys("i<ctrl-a>[2]<f5>").idle().await;
    app.keys("d").idle().await;
    app.keys("<enter>");
    let screen = app.screen();
    assert!(screen.contains("! the responses are not compared: 12:00:00"), "{screen}");
    assert!(screen.contains("is not kept") && !screen.contains(".event"), "{screen}");
}

#[tokio::test]
async fn a_run_on_its_way_is_not_compared() {
    let (demo, server) = account().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.keys("i<f7>");
    assert!(app.screen().contains("no run yet to compare"), "{}", app.screen());
    app.keys("<f5>");
    soon(gate.arrived(1)).await;
    app.keys("d");
    assert!(app.screen().contains("on its way"), "{}", app.screen());
    gate.open();
    app.idle().await;
}

#[tokio::test]
async fn a_run_that_is_on_its_way_when_the_program_ends_is_noted_as_not_awaited() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let gate = demo.gate("Invoke");
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<f5>");
    soon(gate.arrived(1)).await;
    app.keys("<esc><ctrl-c>");
    assert_eq!(app.leave().await, ["the run of a-echo goes on in AWS"]);
    gate.open();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("iH").keys("<ctrl-g>").idle().await;
    assert!(app.line_with("2026-11-21 12:00:00").contains("not awaited"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("the function itself goes on until it ends"), "{}", app.screen());
}

#[tokio::test]
async fn nothing_is_noted_at_the_end_where_the_history_is_off() {
    let (demo, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let gate = demo.gate("Invoke");
    let off = |_: &mut _, options: &mut lambdash::testing::Options| options.history = Remember::Off;
    let mut app = Harness::saving_with(&server, data.path().to_owned(), off).await;
    app.keys("i<f5>");
    soon(gate.arrived(1)).await;
    app.leave().await;
    assert_eq!(files(data.path()), Vec::<PathBuf>::new());
    gate.open();
}

#[tokio::test]
async fn tenants_of_earlier_sessions_are_offered_again() {
    let demo = Demo::empty(clock());
    let isolated = serde_json::json!({"TenantIsolationMode": "PER_TENANT"});
    demo.put_function(FunctionSeed::named("c-tenants").with("TenancyConfig", isolated));
    let server = Server::start(demo).await.unwrap();
    let data = tempfile::tempdir().unwrap();
    for tenant in ["blue", "green"] {
        let mut app = Harness::saving(&server, data.path().to_owned()).await;
        app.resize(120, 30).keys("i<ctrl-p><tab><tab><ctrl-u>").keys(&format!("{tenant}<enter><f5>")).idle().await;
        assert!(app.screen().contains("✔ success"), "{}", app.screen());
        app.later(Duration::from_mins(1));
    }
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(120, 30).keys("i<ctrl-p><tab><tab>").idle().await;
    app.keys("b");
    assert!(app.screen().contains("lue  right takes it"), "{}", app.screen());
    app.keys("<right><enter>");
    assert!(app.screen().contains("tenant blue"), "{}", app.screen());
}

#[tokio::test]
async fn the_run_on_show_is_named_and_seen_among_the_others() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = three_runs(&server, data.path()).await;
    for seconds in 1..=7 {
        app.later(Duration::from_secs(seconds)).keys("<f5>").idle().await;
    }
    app.resize(120, 40);
    assert!(!app.screen().contains("of 10"), "the newest needs no name: {}", app.screen());
    assert!(app.line_with(" Runs  ").contains("12:02:28 live"), "{}", app.screen());
    app.keys("[[[[[[[");
    assert!(app.screen().contains("run of 12:02:00 UTC, 3 of 10 · "), "{}", app.screen());
    let strip = app.line_with(" Runs ");
    assert!(strip.contains("‹ ") && strip.contains("12:02:00 live") && strip.contains(" › "), "{strip}");
    app.keys("[");
    assert!(app.line_with(" Invoke ").contains("run of 12:01:00 UTC, 2 of 10 · 0 ms"), "{}", app.screen());
    app.keys("[");
    assert!(
        app.line_with(" Invoke ").contains("12:00:00 UTC, 1 of 10 · of another payload · 0 ms"),
        "{}",
        app.screen()
    );
    assert_screen!(app, [(200, 60), (120, 40), (80, 24), (40, 10)]);
    app.keys("H").idle().await;
    assert!(app.line_with("▌").contains("12:00:00"), "the list opens at the run on show: {}", app.screen());
    assert_screen!(app, [(40, 10)]);
}

#[tokio::test]
async fn a_run_in_the_line_is_shown_by_a_click() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = three_runs(&server, data.path()).await;
    app.resize(120, 40);
    let line = app.line_with(" Runs  ");
    let x = line.split("12:01").next().unwrap().chars().count();
    let y = app.screen().lines().position(|line| line.starts_with(" Runs  ")).unwrap();
    app.mouse(u16::try_from(x).unwrap(), u16::try_from(y).unwrap(), lambdash::testing::Gesture::Click);
    assert!(app.screen().contains("run of 12:01:00 UTC, 2 of 3"), "{}", app.screen());
}
