//! The functions pane: what it shows, how it is sorted, filtered and moved in.

use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, asked, clock, shop};

async fn orders() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    for (name, minutes) in [("orders-api", 120), ("orders-archive", 12_960), ("billing-ledger", 60)] {
        demo.put_function(FunctionSeed::named(name).age_minutes(minutes));
    }
    demo.set_state("orders-archive", "Failed", "the image was deleted", "ImageDeleted");
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

#[tokio::test]
async fn the_list_shows_what_the_account_has_and_how_it_is() {
    let (_, server) = orders().await;
    let app = Harness::new(&server).await;
    assert_screen!(app);
}

#[tokio::test]
async fn a_wide_screen_has_the_facts_beside_the_list() {
    let (_, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.resize(130, 30).keys("j").rest().await;
    assert_screen!(app);
}

#[tokio::test]
async fn every_page_is_listed_and_an_empty_account_says_so() {
    let demo = Demo::with_functions(clock(), 120);
    demo.page_size(7);
    let server = Server::start(demo.clone()).await.unwrap();
    let app = Harness::new(&server).await;
    assert!(app.screen().contains("Functions  120"), "{}", app.screen());
    let pages = demo.journal().iter().filter(|call| call.starts_with("ListFunctions")).count();
    assert_eq!(pages, 18);

    let empty = Server::start(Demo::empty(clock())).await.unwrap();
    assert_screen!(Harness::new(&empty).await);
}

#[tokio::test]
async fn the_first_page_is_shown_when_it_arrives_and_progress_has_an_end() {
    let demo = Demo::with_functions(clock(), 120);
    let server = Server::start(demo.clone()).await.unwrap();
    let gate = demo.gate("ListFunctions");
    let mut app = Harness::unasked(&server, |_, _| {});
    gate.let_through(1);
    app.until("50 of 120 …").await;
    assert!(app.screen().contains("Functions  50"), "{}", app.screen());
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("Functions  120"), "{}", app.screen());
}

#[tokio::test]
async fn states_are_asked_only_for_rows_near_the_screen() {
    let demo = Demo::with_functions(clock(), 300);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.rest().await;
    let asked = asked(&demo, "GetFunction");
    assert!((20..=60).contains(&asked), "{asked} of 300 were asked");
}

#[tokio::test]
async fn a_filter_keeps_the_cursor_and_shows_what_it_found() {
    let (_, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.keys("G/orders");
    assert_screen!(app);
    assert!(app.cursor_line().contains("orders-archive"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.line_with(" Functions  /").contains("/orders  2 of 3"));
    app.keys("<esc>");
    assert!(app.screen().contains("billing-ledger"));
}

#[tokio::test]
async fn a_filter_that_fits_nothing_says_what_to_do() {
    let (_, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.keys("/nothing<enter>");
    assert!(app.screen().contains("no functions fit the filter"), "{}", app.screen());
    assert!(app.screen().contains("esc clears the filter"));
}

#[tokio::test]
async fn columns_sort_both_ways_and_the_heading_says_so() {
    let (_, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.keys(":sort age<enter>");
    assert!(app.line_with("NAME").contains("AGE ↑"), "{}", app.screen());
    let names = |app: &Harness| {
        let lines: Vec<String> = app.screen().lines().skip(5).take(3).map(str::to_owned).collect();
        lines
            .iter()
            .filter_map(|line| line.split_whitespace().find(|word| word.contains('-')).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&app), ["billing-ledger", "orders-api", "orders-archive"]);
    app.keys("S");
    assert_eq!(names(&app), ["orders-archive", "orders-api", "billing-ledger"]);
}

#[tokio::test]
async fn sort_filter_and_cursor_survive_a_refresh() {
    let (demo, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.keys("/orders<enter>jS").rest().await;
    assert_eq!(app.under_cursor(), "orders-archive");
    demo.put_function(FunctionSeed::named("orders-aaa"));
    demo.put_function(FunctionSeed::named("orders-zzz"));
    app.keys("r").idle().await;
    assert_eq!(app.under_cursor(), "orders-archive", "{}", app.screen());
    assert!(app.line_with(" Functions  /").contains("/orders  4 of 5"), "{}", app.screen());
}

#[tokio::test]
async fn only_rows_with_a_problem_can_be_shown() {
    let (_, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.keys("f");
    assert!(app.screen().contains("problems only"));
    assert!(app.screen().contains("orders-archive") && !app.screen().contains("orders-api"), "{}", app.screen());
}

#[tokio::test]
async fn strings_from_aws_are_harmless() {
    let demo = Demo::empty(clock());
    let nasty = "red \u{1b}[31m\u{1b}]52;c;ZXZpbA==\u{7} c1 \u{9b}2J rtl \u{202e}end";
    demo.put_function(FunctionSeed::named("nasty").with("Description", nasty));
    let server = Server::start(demo).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys("d");
    let screen = app.screen();
    assert!(screen.contains("^[[31m") && screen.contains("<U+202E>"), "{screen}");
    assert!(app.buffer().content.iter().all(|cell| !cell.symbol().chars().any(char::is_control)));
}

#[tokio::test]
async fn a_filter_by_state_asks_for_the_rows_off_the_screen_too() {
    let demo = Demo::with_functions(clock(), 120);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(200, 30).rest().await.keys("G");
    let far = app.under_cursor();
    app.keys("gg").rest().await;
    assert!(demo.set_state(&far, "Failed", "gone", ""), "{far}");
    app.keys("/state:failed<enter>");
    assert!(app.screen().contains(" of 120 read, esc stops"), "{}", app.screen());
    app.rest().await;
    assert!(!app.screen().contains(" read"), "{}", app.screen());
    assert_eq!(app.under_cursor(), far, "{}", app.screen());
}

#[tokio::test]
async fn a_filter_by_state_reads_a_long_list_in_turns_says_how_far_it_is_and_stops() {
    let demo = Demo::with_functions(clock(), 1300);
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(200, 30).rest().await;
    let rows = app.model().store.rows(&app.model().question().unwrap());
    let far = rows[100].key.0.rsplit(':').next().unwrap().to_owned();
    assert!(demo.set_state(&far, "Failed", "gone", ""), "{far}");
    demo.clear_journal();
    app.keys("/state:failed<enter>");
    let mut told = Vec::new();
    while app.under_cursor() != far {
        app.next().await.later(Duration::from_millis(20));
        let line = app.line_with(" of 1,300 read, esc stops");
        let read = line.split(" of 1,300 read").next().and_then(|line| line.split_whitespace().last());
        told.push(read.and_then(|number| number.replace(',', "").parse::<u32>().ok()).unwrap_or(u32::MAX));
    }
    assert!(told.is_sorted() && told.first() < told.last() && told.last() < Some(&1300), "{told:?}");
    app.keys("<esc>").idle().await;
    assert!(!app.screen().contains(" read") && !app.screen().contains("/state"), "{}", app.screen());
    let asked = demo.counts()["GetFunction"];
    assert!((30..300).contains(&asked), "{asked} functions were asked about");
}

#[tokio::test]
async fn production_wants_the_name_typed_and_says_so() {
    let (demo, server) = orders().await;
    let mut app = Harness::with(&server, |session, _| session.production = vec!["default".to_owned()]).await;
    app.keys("e<backspace><backspace><backspace>512<enter>").later(std::time::Duration::from_secs(1));
    let screen = app.screen();
    assert!(screen.contains("PROD default 123456789012 · eu-west-1"), "{screen}");
    assert!(screen.contains("type billing-ledger to go on"), "{screen}");
    app.keys("<enter>").idle().await;
    assert!(!demo.journal().iter().any(|call| call.starts_with("Update")));
    app.keys("billing-ledger<enter>").idle().await;
    assert!(demo.journal().iter().any(|call| call.starts_with("UpdateFunctionConfiguration billing-ledger")));
}

#[tokio::test]
async fn copied_commands_name_the_session_they_are_for() {
    let (_, server) = orders().await;
    let mut app = Harness::new(&server).await;
    app.keys("yc");
    let copied = app.demands().iter().find_map(|demand| match demand {
        lambdash::Demand::Copy(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap_or_default();
    assert!(
        copied.contains("--region eu-west-1") && copied.contains(&format!("--endpoint-url {}", server.url)),
        "{copied}"
    );
}

#[tokio::test]
async fn a_filter_knows_numbers_by_their_size_and_says_what_is_no_column() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    for (filter, count) in [("memory:1024", "1 of 5"), ("memory:>512", "1 of 5"), ("timeout:15min", "1 of 5")] {
        app.keys(&format!("/{filter}<enter>")).idle().await;
        assert!(app.line_with(" Functions  /").contains(count), "{filter}:\n{}", app.screen());
        app.keys("<esc>");
    }
    app.keys("/mem:1024");
    assert!(app.screen().contains("there is no column \"mem\", perhaps memory:"), "{}", app.screen());
    app.keys("<esc>/!mem:1024");
    assert!(app.line_with(" Functions  /").contains("no column \"mem\"  5"), "{}", app.screen());
}

#[tokio::test]
async fn the_palette_takes_the_short_names_and_the_only_suggestion() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys(":fn");
    assert!(app.screen().contains("the functions pane"), "{}", app.screen());
    app.keys("<esc>:sort mem<enter>").idle().await;
    assert!(app.screen().contains("MEMORY ↑"), "{}", app.screen());
    app.keys(":w<enter>");
    assert!(app.screen().contains("there is nothing to save here"), "{}", app.screen());
}
