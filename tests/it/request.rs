//! The request of the invoke console: editing a payload and choosing how it is sent.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, invocations};

async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    let echo = FunctionSeed::named("a-echo").behaviour("echo").published(2).alias("dev", "$LATEST");
    demo.put_function(echo.weighted_alias("live", "1", "2", 0.1));
    demo.put_function(FunctionSeed::named("b-echo").behaviour("echo"));
    let isolated = FunctionSeed::named("c-tenants").behaviour("echo");
    demo.put_function(isolated.with("TenancyConfig", serde_json::json!({"TenantIsolationMode": "PER_TENANT"})));
    demo.put_function(FunctionSeed::named("d-asleep").state("Inactive", "It was idle.", "Idle"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

/// The console of the first function with an empty payload.
async fn emptied(server: &Server) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(130, 34).keys("i<ctrl-a><backspace>");
    app
}

#[tokio::test]
async fn a_flaw_is_shown_as_it_is_typed_and_where_it_is() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    assert!(app.line_with("Request").contains("0 B  empty"), "{}", app.screen());
    app.keys("{<enter>  \"日本\": tru");
    assert!(app.line_with("Request").contains("! line 2 column"), "{}", app.screen());
    assert_screen!(app);
    app.keys("e<enter>}");
    assert!(app.line_with("Request").contains("✔ JSON"), "{}", app.screen());
}

#[tokio::test]
async fn changes_are_taken_back_and_made_again() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    app.keys("[1]<ctrl-u>");
    assert!(app.line_with("Request").contains("empty"), "{}", app.screen());
    app.keys("<ctrl-r>");
    assert!(app.line_with("Request").contains("3 B  ✔ JSON"), "{}", app.screen());
    app.keys("<ctrl-r>");
    assert!(app.screen().contains("nothing to make again"), "{}", app.screen());
    app.keys("<ctrl-u><ctrl-u>");
    assert!(app.screen().contains("\"name\": \"world\""), "{}", app.screen());
}

#[tokio::test]
async fn five_megabytes_are_pasted_in_one_step_and_checked_when_the_keys_rest() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    let long = format!("[{}0]", "1234567,".repeat(640 * 1024));
    app.paste(&long);
    assert!(app.line_with("Request").contains("is checked once you rest"), "{}", app.screen());
    app.keys("x");
    assert!(app.wake_in().is_some_and(|wake| wake <= Duration::from_millis(200)));
    app.later(Duration::from_millis(200));
    assert!(app.line_with("Request").contains("! line 1 column 5242884"), "{}", app.screen());
    app.keys("<backspace>").later(Duration::from_millis(200));
    assert!(app.line_with("Request").contains("✔ JSON"), "{}", app.screen());
    app.keys("<ctrl-u><ctrl-u><ctrl-u>");
    assert!(app.line_with("Request").contains("empty"), "{}", app.screen());
}

#[tokio::test]
async fn a_payload_is_chosen_from_a_list_with_names() {
    let (_, server) = account().await;
    for (width, height) in [(120, 30), (80, 24), (40, 10)] {
        let mut app = Harness::new(&server).await;
        app.resize(width, height).keys("i<ctrl-o>").idle().await;
        insta::assert_snapshot!(format!("choosing_a_payload_{width}x{height}"), app.styled());
    }
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<ctrl-o>gateway v2<enter>").idle().await;
    assert!(app.line_with("Request").contains("API Gateway HTTP (v2)"), "{}", app.screen());
    assert!(app.screen().contains("\"version\": \"2.0\""), "{}", app.screen());
    app.keys("<ctrl-u>");
    assert!(app.screen().contains("\"name\": \"world\""), "{}", app.screen());
}

#[tokio::test]
async fn what_was_sent_last_can_be_taken_again() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    app.keys("[7]<f5>").idle().await;
    app.keys("<shift-tab><ctrl-a>[8]<ctrl-o>last<enter>");
    assert!(app.line_with("Request").contains("last payload  3 B"), "{}", app.screen());
    assert!(app.screen().contains(" [7] "), "{}", app.screen());
}

#[tokio::test]
async fn an_event_is_saved_and_loaded_byte_for_byte() {
    let (_, server) = account().await;
    let folder = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, folder.path().to_owned()).await;
    app.resize(130, 34).keys("i<ctrl-a>{\"a\": 1.0}<ctrl-s>").idle().await;
    assert!(app.screen().contains("give it a name"), "{}", app.screen());
    app.keys("one order<enter>").idle().await;
    let path = folder.path().join("events/a-echo/one order.json");
    assert_eq!(std::fs::read(&path).unwrap(), b"{\"a\": 1.0}");
    assert!(app.screen().contains("saved as "), "{}", app.screen());
    std::fs::write(&path, b"{\r\n\"b\": 2}\r\n").unwrap();
    app.keys("<ctrl-o>order").idle().await;
    assert!(app.line_with("▌ one order").contains("12 B"), "{}", app.screen());
    app.keys("<enter>").idle().await;
    assert!(app.line_with("Request").contains("one order  12 B  ✔ JSON"), "{}", app.screen());
    app.keys("<ctrl-s>").idle().await;
    assert!(app.screen().contains("replace"), "{}", app.screen());
    app.keys("<enter>").idle().await;
    assert_eq!(std::fs::read(&path).unwrap(), b"{\r\n\"b\": 2}\r\n");
    app.later(Duration::from_secs(30)).keys("<esc>ji<ctrl-o>").idle().await;
    assert!(!app.screen().contains("one order"), "another function has events of its own: {}", app.screen());
}

#[tokio::test]
async fn a_file_is_found_by_its_path_and_loaded() {
    let (_, server) = account().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("orders")).unwrap();
    std::fs::write(folder.path().join("orders/first.json"), "[1]").unwrap();
    std::fs::write(folder.path().join("orders/first.txt"), "not it").unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<ctrl-o>").paste(&format!("{}/o", folder.path().display()));
    app.idle().await.keys("<tab>").idle().await.keys("f<tab>");
    assert!(app.screen().contains("first.json") && app.screen().contains("first.txt"), "{}", app.screen());
    assert!(app.screen().contains("orders/first.▌"), "{}", app.screen());
    app.keys("j<enter>").idle().await;
    assert!(app.line_with("Request").contains("first.json  3 B  ✔ JSON"), "{}", app.screen());
    app.keys("<ctrl-o>/no/such/folder/x").idle().await;
    assert!(app.screen().contains("/no/such/folder/ cannot be read: No such file"), "{}", app.screen());
}

#[tokio::test]
async fn versions_and_aliases_are_chosen_from_the_lists_of_their_panes() {
    let (demo, server) = account().await;
    for (width, height) in [(120, 30), (80, 24), (40, 10)] {
        let mut app = Harness::new(&server).await;
        app.resize(width, height).keys("i<ctrl-q>").idle().await;
        insta::assert_snapshot!(format!("choosing_a_qualifier_{width}x{height}"), app.styled());
    }
    let mut app = Harness::new(&server).await;
    let asked = |demo: &Demo| demo.journal().iter().filter(|call| call.starts_with("ListAliases")).count();
    let before = asked(&demo);
    app.resize(130, 34).keys("i<ctrl-q>").idle().await;
    app.keys("shifted<enter><f5>").idle().await;
    assert!(app.screen().contains("a-echo:live › Invoke"), "{}", app.screen());
    assert_eq!(invocations(&demo), ["Invoke a-echo:live RequestResponse"]);
    app.keys("<ctrl-q>itself<enter>");
    assert!(app.screen().contains("a-echo › Invoke"), "{}", app.screen());
    assert_eq!(asked(&demo), before + 1, "a list that is here is not asked for again");
}

#[tokio::test]
async fn options_are_chosen_on_one_sheet_and_sent() {
    let (demo, server) = account().await;
    for (width, height) in [(120, 30), (80, 24), (40, 10)] {
        let mut app = Harness::new(&server).await;
        app.resize(width, height).keys("jji<ctrl-p><tab><tab>");
        insta::assert_snapshot!(format!("options_{width}x{height}"), app.styled());
    }
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("jji<f5>").idle().await;
    assert!(app.screen().contains("not sent: tenant id: this function keeps its tenants apart"), "{}", app.screen());
    assert_eq!(invocations(&demo), Vec::<String>::new());
    app.keys("blue<tab>{\"custom\": 1<enter>");
    assert!(app.screen().contains("not JSON, column"), "{}", app.screen());
    app.keys("}<enter>");
    assert!(app.screen().contains("tail on · tenant blue · client context"), "{}", app.screen());
    app.keys("<f5>").idle().await;
    assert_eq!(invocations(&demo), ["Invoke c-tenants RequestResponse"]);
    assert!(app.screen().contains("✔ success"), "{}", app.screen());
    app.keys("<shift-tab><ctrl-p><tab><tab><ctrl-u>").keys("b");
    assert!(app.screen().contains("lue  right takes it"), "{}", app.screen());
}

#[tokio::test]
async fn a_function_that_would_not_run_is_said_before_it_is_sent() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("Gi").idle().await;
    app.keys("<f5>");
    assert!(app.screen().contains("the function's state is inactive: It was idle; the call will"), "{}", app.screen());
    app.later(Duration::from_secs(1)).keys("<enter>").idle().await;
    assert_eq!(invocations(&demo), Vec::<String>::new(), "the chosen button is Cancel");
    app.keys("<f5>").later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert_eq!(invocations(&demo), ["Invoke d-asleep RequestResponse"]);
}

#[tokio::test]
async fn what_is_not_json_is_sent_as_it_is_after_a_yes() {
    let (demo, server) = account().await;
    let mut app = emptied(&server).await;
    app.keys("{,}<f5>").later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert_eq!(invocations(&demo), ["Invoke a-echo RequestResponse"]);
    assert!(app.screen().contains("Could not parse request body into json"), "{}", app.screen());
}

#[tokio::test]
async fn why_it_is_asked_can_be_read_on_the_smallest_screen() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    app.resize(40, 10).keys("{,}<f5>").later(Duration::from_secs(1));
    assert_screen!(app);
    let mut read = app.screen();
    for _ in 0..12 {
        read.push_str(&app.keys("<down>").screen());
    }
    for words in ["the payload is not JSON", "takes only JSON", "2:function:a-echo"] {
        assert!(read.contains(words), "no {words:?} in\n{read}");
    }
    app.keys("<pageup><pageup><pageup><pageup>");
    assert!(app.screen().contains("▼") && !app.screen().contains("▲"), "{}", app.screen());
}

#[tokio::test]
async fn a_payload_beyond_the_limit_of_its_type_is_not_sent() {
    let (demo, server) = account().await;
    let mut app = emptied(&server).await;
    app.paste(&format!("\"{}\"", "x".repeat(1024 * 1024 - 1)));
    app.keys("<ctrl-t><f5>").idle().await;
    assert!(app.screen().contains("has 1,048,577 bytes; the limit is 1,048,576"), "{}", app.screen());
    app.keys("<backspace><f5>").later(Duration::from_secs(1)).keys("<esc>");
    assert_eq!(invocations(&demo), Vec::<String>::new());
}

#[tokio::test]
async fn a_key_in_the_list_tries_at_once() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("I").idle().await;
    assert!(app.screen().contains("✔ allowed (dry run)"), "{}", app.screen());
    assert_eq!(invocations(&demo), ["Invoke a-echo DryRun"]);
    assert!(app.screen().contains("synchronous · tail on"), "it is no choice for later: {}", app.screen());
}

#[tokio::test]
async fn a_dry_run_that_was_refused_leaves_the_type_as_it_was() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("jjI").idle().await;
    assert!(app.screen().contains("not sent: tenant id"), "{}", app.screen());
    assert!(app.screen().contains("RequestResponse: synchronous"), "{}", app.screen());
    app.keys("blue<enter><f5>").idle().await;
    assert_eq!(invocations(&demo), ["Invoke c-tenants RequestResponse"]);
}

#[tokio::test]
async fn where_one_part_fills_the_screen_anyway_one_esc_leaves() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(100, 30).keys("i<tab>f<esc>");
    assert_eq!(app.under_cursor(), "a-echo");
}

#[tokio::test]
async fn borders_move_and_one_part_fills_the_screen() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i");
    let border = |app: &Harness| app.line_with("Request").chars().position(|c| c == '│');
    let before = border(&app).unwrap();
    app.keys("<alt-left><alt-left>");
    assert!(border(&app).unwrap() + 10 < before);
    let rule = |app: &Harness| app.screen().lines().position(|line| line.contains('┴')).unwrap();
    let before = rule(&app);
    app.keys("<alt-up>");
    assert!(rule(&app) < before);
    app.keys("<f4>");
    assert!(border(&app).is_none() && app.screen().contains("▌ request"), "{}", app.screen());
    app.keys("<f4>");
    assert!(border(&app).is_some(), "{}", app.screen());
}

#[tokio::test]
async fn words_are_found_in_the_payload_as_they_are_typed() {
    let (_, server) = account().await;
    let mut app = emptied(&server).await;
    app.keys("[\"one\", \"two\", \"One\"]<ctrl-home><ctrl-f>on");
    assert_screen!(app);
    app.keys("<down>e<enter>1");
    assert!(app.screen().contains(r#"["one", "two", "1"]"#), "{}", app.screen());
    app.keys("<ctrl-home><f3><f3>2");
    assert!(app.screen().contains(r#"["2", "two", "1"]"#), "round the end: {}", app.screen());
    app.keys("<ctrl-f>x");
    assert!(app.screen().contains("! not found"), "{}", app.screen());
    app.keys("<esc><f3>");
    assert!(app.screen().contains("nothing is looked for yet"), "{}", app.screen());
}

#[tokio::test]
async fn every_sheet_fits_the_smallest_screen() {
    let (_, server) = account().await;
    let mut app = Harness::with(&server, |session, _| session.production = vec!["default".to_owned()]).await;
    app.keys("ji");
    for open in
        ["<ctrl-o>", "<ctrl-o>a very long line that is typed", "<ctrl-q>", "<ctrl-s>", "<ctrl-p>", "<f5>", "<ctrl-f>x"]
    {
        app.resize(100, 30).keys(open).idle().await;
        for (width, height) in [(40, 10), (30, 7), (20, 5), (1, 1), (200, 60)] {
            app.resize(width, height);
        }
        app.later(Duration::from_secs(1)).keys("<esc>");
    }
}

#[tokio::test]
async fn a_payload_that_was_edited_is_not_called_what_it_came_from() {
    let (_, server) = account().await;
    let data = tempfile::tempdir().unwrap();
    let mut app = Harness::saving(&server, data.path().to_owned()).await;
    app.resize(130, 34).keys("i<ctrl-o>sqs<enter>").idle().await;
    assert!(!app.line_with(" Request").contains("edited"), "{}", app.screen());
    app.keys("<f5>").idle().await;
    app.keys("H").idle().await;
    app.keys("e");
    assert!(app.line_with(" Request").contains("run of 2026-11-21 12:00:00 UTC  "), "{}", app.screen());
    app.keys(" ");
    assert!(app.line_with(" Request").contains("run of 2026-11-21 12:00:00 UTC, edited"), "{}", app.screen());
    app.keys("<ctrl-s>").idle().await;
    assert!(app.line_with("│ name ").contains("name ▌"), "a run's name names no file: {}", app.screen());
    app.keys("order").idle().await;
    app.keys("<enter>").idle().await;
    assert!(app.line_with(" Request").contains("order  "), "{}", app.screen());
    app.keys(" ");
    assert!(app.line_with(" Request").contains("order, edited"), "{}", app.screen());
    app.keys("<ctrl-a>{{");
    assert!(!app.line_with(" Request").contains("order"), "nothing is left of it: {}", app.screen());
    app.keys("<ctrl-u><ctrl-u>");
    assert!(app.line_with(" Request").contains("order, edited"), "it is back: {}", app.screen());
    app.keys("<ctrl-r>");
    assert!(!app.line_with(" Request").contains("order"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_wrong_with_a_payload_is_said_whole_however_little_room_its_name_leaves() {
    let (_, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 40).keys("i<f5>").idle().await;
    app.keys("H").idle().await;
    app.keys("e<ctrl-end><backspace>");
    assert!(app.line_with(" Request").contains("…, edited  43 B  ! not JSON"), "{}", app.screen());
    assert!(app.screen().contains(" ! line 4 column 0: a } is missing "), "{}", app.screen());
    app.resize(40, 10);
    assert!(app.line_with(" Request").contains("! not JSON"), "{}", app.screen());
    assert_screen!(app);
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_its_path_to_be_mended() {
    let (_, server) = account().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.json"), "[1]").unwrap();
    std::fs::write(folder.path().join("packed.json"), [0x1f, 0x8b, 8]).unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<ctrl-o>").paste(&format!("{}/packed", folder.path().display()));
    app.idle().await.keys("<enter>").idle().await;
    assert!(app.screen().contains("packed.json was not loaded: byte 1 is not UTF-8"), "{}", app.screen());
    assert!(app.screen().contains("/packed▌"), "{}", app.screen());
    app.keys(&"<backspace>".repeat("packed".len()));
    assert!(!app.screen().contains("was not loaded"), "{}", app.screen());
    app.keys("g<enter>").idle().await;
    assert!(app.line_with(" Request").contains("good.json  3 B  ✔ JSON"), "{}", app.screen());
}

#[tokio::test]
async fn beside_the_response_too_a_payload_is_opened_saved_and_its_options_are_set() {
    let (demo, server) = account().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<f5>").idle().await;
    app.keys("<ctrl-o>sqs<enter>");
    assert!(app.screen().contains("Records"), "{}", app.screen());
    app.keys("z<ctrl-u><tab>");
    for (key, title) in
        [("<ctrl-s>", "save the payload for"), ("<ctrl-p>", "options for"), ("<ctrl-q>", "version or alias")]
    {
        app.keys(key).idle().await;
        assert!(app.screen().contains(title), "{key}: {}", app.screen());
        app.keys("<esc>");
    }
    app.keys("<f6>").idle().await;
    assert!(app.screen().contains("✔ allowed (dry run)"), "{}", app.screen());
    assert_eq!(invocations(&demo), ["Invoke a-echo RequestResponse", "Invoke a-echo DryRun"]);
    app.resize(80, 24);
    assert_screen!(app);
}

#[tokio::test]
async fn before_an_invocation_in_production_the_command_that_does_the_same_is_read_and_copied() {
    let (demo, server) = account().await;
    let mut app = Harness::with(&server, |session, _| session.production = vec!["default".to_owned()]).await;
    app.resize(130, 34).keys("i<ctrl-a>[1]<f5>");
    assert_screen!(app);
    app.later(Duration::from_secs(1)).keys("<ctrl-y>");
    let copied = app.demands().iter().any(|demand| matches!(demand, Demand::Copy(text) if text.contains("'[1]'")));
    assert!(copied, "{:?}", app.demands());
    assert_eq!(invocations(&demo), Vec::<String>::new());
}
