//! Moving, opening and going back: every key of the lists does what the help says.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::Demo;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, shop, showcase};

/// 120 functions on a screen of 100x30, which shows 23 rows.
async fn many() -> (Demo, Server, Harness) {
    let demo = Demo::with_functions(clock(), 120);
    let server = Server::start(demo.clone()).await.unwrap();
    let app = Harness::new(&server).await;
    (demo, server, app)
}

/// Where the cursor stands among all rows, from 0.
fn place(app: &Harness) -> usize {
    let model = app.model();
    model.views.table(model.views.pane()).unwrap().position()
}

/// The way here, as the title of the list says it.
fn title(app: &Harness) -> String {
    app.screen().lines().nth(3).unwrap_or_default().trim().to_owned()
}

#[tokio::test]
async fn movement_keys_move_as_the_help_says() {
    let (_, _server, mut app) = many().await;
    let page = 23;
    for (keys, expected) in [
        ("j", 1),
        ("<down>", 2),
        ("k", 1),
        ("<up>", 0),
        ("k", 0),
        ("G", 119),
        ("j", 119),
        ("g", 0),
        ("<end>", 119),
        ("<home>", 0),
        ("<ctrl-d>", 12),
        ("<ctrl-d>", 24),
        ("<ctrl-u>", 12),
        ("g<ctrl-f>", page),
        ("<pagedown>", 2 * page),
        ("<ctrl-b>", page),
        ("<pageup>", 0),
    ] {
        app.keys(keys);
        assert_eq!(place(&app), expected, "after {keys}");
        assert!(!app.cursor_line().is_empty(), "the cursor is on the screen after {keys}");
    }
}

#[tokio::test]
async fn enter_opens_and_esc_comes_back_one_level_the_filter_first() {
    let (_, server) = showcase().await;
    let mut app = Harness::new(&server).await;
    app.keys("/orders<enter>jj");
    let name = app.under_cursor();
    app.keys("<enter>").idle().await;
    assert!(title(&app).starts_with(&format!("{name} › Configuration")), "{}", app.screen());
    app.keys("/memory<enter>");
    assert!(title(&app).contains("/memory"), "{}", app.screen());
    app.keys("<esc>");
    assert!(title(&app).starts_with(&format!("{name} › Configuration")) && !title(&app).contains("/memory"));
    app.keys("<esc>");
    assert!(title(&app).starts_with("Functions  /orders"), "{}", app.screen());
    assert_eq!(app.under_cursor(), name, "the cursor is where it was");
    app.keys("<esc>");
    assert!(title(&app).starts_with("Functions") && !title(&app).contains("/orders"));
    assert_eq!(app.under_cursor(), name);
    app.keys("<esc><esc><backspace>");
    assert!(!app.has_quit(), "esc never ends the program");
}

#[tokio::test]
async fn a_row_that_was_looked_for_or_opened_is_held_without_a_step() {
    let (_, server) = showcase().await;
    for keys in ["", "<enter><esc>", "i<f5><esc>", "d<esc>"] {
        let mut app = Harness::new(&server).await;
        app.keys("/search-query<enter>");
        let name = app.under_cursor();
        app.keys(keys).idle().await.keys("<esc>");
        assert_eq!(app.under_cursor(), name, "after {keys}: {}", app.screen());
    }
    // Where nothing was meant, the cursor stays on top.
    let mut app = Harness::new(&server).await;
    app.keys("/<enter>sS");
    assert_eq!(place(&app), 0);
    app.keys("dq<esc>sS");
    assert_ne!(place(&app), 0, "{}", app.screen());
}

#[tokio::test]
async fn what_is_typed_is_seen_where_it_is_typed() {
    let (_, _server, mut app) = many().await;
    app.keys("/orders<home>X");
    assert!(app.screen().contains("/X▌orders"), "{}", app.screen());
    app.keys("<esc>:region<left><left>");
    assert!(app.screen().contains(":regi▌on"), "{}", app.screen());
    app.keys("<esc>").resize(40, 10).keys("/runtime:python !3.13 memory:>1024 orders");
    let line = app.screen().lines().nth(1).unwrap_or_default().to_owned();
    assert!(line.contains("orders▌") && line.contains(" of 120"), "{line}");
    app.keys("<enter>");
    let line = app.screen().lines().nth(1).unwrap_or_default().to_owned();
    assert!(line.contains("/runtime") && line.contains('…') && line.contains(" of 120"), "{line}");
}

#[tokio::test]
async fn good_news_does_not_stand_in_the_way_of_esc_and_bad_news_goes_first() {
    let (demo, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("/api<enter>Y<esc>");
    assert!(!title(&app).contains("/api"), "{}", app.screen());
    let denied = lambdash::demo::Fault::Denied { action: "lambda:UpdateFunctionConfiguration".to_owned() };
    demo.fail("UpdateFunctionConfiguration", denied);
    app.keys("/api<enter>e<ctrl-u>256<enter>").later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("✖"), "{}", app.screen());
    app.keys("<esc>");
    assert!(
        title(&app).contains("/api") && !app.screen().contains("✖"),
        "esc took the bad news away:\n{}",
        app.screen()
    );
    app.keys("<esc>");
    assert!(!title(&app).contains("/api"));
}

#[tokio::test]
async fn tab_and_numbers_go_round_the_panes_and_minus_goes_to_the_last() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    for (key, pane) in [
        ("<tab>", "Configuration"),
        ("<tab>", "Versions"),
        ("<tab>", "Aliases"),
        ("<tab>", "Layers"),
        ("<tab>", "Concurrency"),
        ("<tab>", "Mappings"),
        ("<tab>", "Functions"),
        ("<shift-tab>", "Mappings"),
        ("2", "Configuration"),
        ("3", "Versions"),
        ("1", "Functions"),
        ("4", "Aliases"),
        ("-", "Functions"),
        ("-", "Aliases"),
        ("<esc>", "Functions"),
    ] {
        app.keys(key).idle().await;
        let named =
            title(&app).split(" › ").last().unwrap_or_default().split("  ").next().unwrap_or_default().to_owned();
        assert_eq!(named, pane, "after {key}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn q_goes_back_and_quits_at_the_top() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("<enter>q");
    assert!(!app.has_quit() && title(&app).starts_with("Functions"), "{}", app.screen());
    app.keys("q");
    assert!(app.has_quit());
}

#[tokio::test]
async fn q_asks_once_more_while_a_run_is_on_its_way() {
    let (demo, server) = shop().await;
    let gate = demo.gate("Invoke");
    let mut app = Harness::new(&server).await;
    app.keys("i<f5><esc>q");
    assert!(!app.has_quit() && app.screen().contains("press q again"), "{}", app.screen());
    app.keys("q");
    assert!(app.has_quit());
    gate.open();
}

/// Every place the keyboard can be in: its name and the keys that lead there.
pub const PLACES: [(&str, &str); 15] = [
    ("functions", ""),
    ("configuration", "<enter>"),
    ("versions", "3"),
    ("aliases", "4"),
    ("filter", "/or"),
    ("palette", ":re"),
    ("regions", "R"),
    ("help", "?"),
    ("messages", "!"),
    ("details", "d"),
    ("copy menu", "y"),
    ("form", "e"),
    ("confirmation", "e<ctrl-u>256<enter>"),
    ("console", "i"),
    ("log", "l"),
];

#[tokio::test]
async fn ctrl_c_quits_wherever_one_is() {
    let (_, server) = shop().await;
    for (name, keys) in PLACES {
        let mut app = Harness::new(&server).await;
        app.keys(keys).idle().await;
        assert!(!app.has_quit(), "{name}");
        app.keys("<ctrl-c>");
        assert!(app.has_quit(), "{name}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn esc_leads_out_of_every_place_to_where_one_was() {
    let (_, server) = shop().await;
    for (name, keys) in PLACES {
        let mut app = Harness::new(&server).await;
        app.keys("jj").rest().await;
        let before = app.under_cursor();
        app.keys(keys).later(Duration::from_secs(1)).idle().await;
        app.keys(if name == "confirmation" { "<esc><esc>" } else { "<esc>" }).idle().await;
        assert!(title(&app).starts_with("Functions"), "{name}:\n{}", app.screen());
        assert_eq!(app.under_cursor(), before, "{name}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn enter_never_invokes_and_nothing_is_changed_by_looking() {
    let (demo, server) = shop().await;
    for (_, keys) in PLACES {
        let mut app = Harness::new(&server).await;
        app.keys(keys).later(Duration::from_secs(1)).idle().await;
        // Once: a confirmation has Cancel chosen, so even there nothing is sent.
        app.keys("<enter><enter><enter>").idle().await;
    }
    let changes: Vec<String> = demo
        .journal()
        .into_iter()
        .filter(|call| !["List", "Get", "Filter"].iter().any(|read| call.starts_with(read)))
        .collect();
    assert_eq!(changes, [""; 0]);
}

#[tokio::test]
async fn columns_scroll_sideways_and_the_name_stays() {
    let (_, server) = showcase().await;
    let mut app = Harness::new(&server).await;
    let head = |app: &Harness| app.line_with("NAME").trim().to_owned();
    assert!(head(&app).contains("STATE") && head(&app).contains("RUNTIME"));
    app.keys("<right><right><right>");
    assert!(head(&app).starts_with("NAME") && !head(&app).contains("RUNTIME"), "{}", head(&app));
    app.keys("<left><left>h");
    assert!(head(&app).contains("STATE") && head(&app).contains("RUNTIME"), "{}", head(&app));
}

#[tokio::test]
async fn s_sorts_by_the_next_column_and_capital_s_turns_it_round() {
    let (_, _server, mut app) = many().await;
    assert!(app.screen().contains("NAME ↑"));
    app.keys("s");
    assert!(app.screen().contains("RUNTIME ↑"), "{}", app.screen());
    app.keys("S");
    assert!(app.screen().contains("RUNTIME ↓"), "{}", app.screen());
}

#[tokio::test]
async fn details_lie_over_the_list_and_scroll() {
    let (_, server) = showcase().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 20).keys("/orders-api<enter>").rest().await;
    app.keys("d");
    assert!(app.screen().contains("┌ orders-api"), "{}", app.screen());
    assert!(app.screen().contains("more below"));
    app.keys("G");
    assert!(app.screen().contains(" end ") && app.screen().contains("ARN"), "{}", app.screen());
    app.keys("k");
    assert!(!app.screen().contains(" end "), "one line up from the end is seen at once:\n{}", app.screen());
    app.keys("g");
    assert!(app.screen().contains("description"), "{}", app.screen());
}

#[tokio::test]
async fn ctrl_z_asks_for_a_stop() {
    let (_, _server, mut app) = many().await;
    app.keys("<ctrl-z>");
    assert_eq!(app.demands(), [Demand::Suspend]);
}

#[tokio::test]
async fn a_pasted_text_does_nothing_to_a_list() {
    let (demo, _server, mut app) = many().await;
    demo.clear_journal();
    app.paste("q\nidD\n");
    assert!(!app.has_quit() && app.screen().contains("pasted text does nothing here"), "{}", app.screen());
    assert_eq!(title(&app), "Functions  120");
}

#[tokio::test]
async fn the_problems_and_the_calls_of_the_session_are_counted() {
    let (demo, server) = shop().await;
    let denied = lambdash::demo::Fault::Denied { action: "lambda:ListAliases".to_owned() };
    demo.fail("ListAliases", denied);
    let mut app = Harness::new(&server).await;
    // What is on its way is given up when its row goes out of sight: here all of it has come back.
    app.rest().await;
    app.keys("/orders-api<enter>4").idle().await;
    app.keys("!");
    assert_screen!(app);
    assert!(app.screen().contains("lambda:ListAliases"), "{}", app.screen());
    for (operation, sent) in demo.counts() {
        let line = app.line_with(&format!("  {operation} "));
        let shown = line.split_whitespace().find_map(|word| word.parse::<u64>().ok());
        assert_eq!(shown, Some(sent), "{operation}: {line:?}\n{}", app.screen());
    }
}
