//! What the footer offers, why a key does nothing, and notices over the screen.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::Msg;

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock, shop, showcase};

fn footer(app: &Harness) -> String {
    app.screen().lines().last().unwrap_or_default().to_owned()
}

fn offers(app: &Harness, hint: &str) -> bool {
    footer(app).split("  ").any(|offered| offered.trim() == hint)
}

/// Whether the key of a hint is drawn dim.
fn is_dim(app: &Harness, hint: &str) -> bool {
    let line = footer(app);
    let at = u16::try_from(line[..line.find(hint).unwrap()].chars().count()).unwrap();
    let buffer = app.buffer();
    let end = at + u16::try_from(hint.len()).unwrap() - 1;
    buffer[(at, buffer.area.height - 1)].style() == buffer[(end, buffer.area.height - 1)].style()
}

#[tokio::test]
async fn where_there_is_no_row_the_footer_leaves_out_what_wants_one_and_the_key_says_why() {
    let empty = Demo::empty(clock());
    let denied = Demo::empty(clock());
    denied.fail("ListFunctions", Fault::Denied { action: "lambda:ListFunctions".to_owned() });
    for demo in [empty, denied] {
        let server = Server::start(demo).await.unwrap();
        let mut app = Harness::new(&server).await;
        for hint in ["enter open", "i invoke", "/ filter", "e edit", "d details", "y copy", "s sort"] {
            assert!(!offers(&app, hint), "{hint}: {}", footer(&app));
        }
        for hint in ["? help", "r refresh", "R region", "P profile"] {
            assert!(offers(&app, hint), "{hint}: {}", footer(&app));
        }
        for key in ["i", "<enter>", "v", "y", "o"] {
            app.keys(key);
            assert!(app.screen().contains("this key is for a row"), "{key}:\n{}", app.screen());
            app.later(Duration::from_secs(10));
        }
    }
}

#[tokio::test]
async fn revealing_is_offered_where_something_is_masked_and_dim_on_other_rows() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    assert!(!offers(&app, "v reveal"), "{}", footer(&app));
    app.keys("/orders-api<enter><enter>").idle().await;
    assert!(offers(&app, "v reveal") && is_dim(&app, "v reveal"), "{}", app.screen());
    app.keys("v");
    assert!(app.screen().contains("nothing is masked in this row"), "{}", app.screen());
    app.keys("/TABLE<enter>");
    assert!(app.cursor_line().contains("********"), "{}", app.screen());
    assert!(!is_dim(&app, "v reveal"), "{}", app.screen());
}

#[tokio::test]
async fn esc_is_offered_where_it_leads_somewhere() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    assert!(!offers(&app, "esc back"), "{}", footer(&app));
    app.keys("<enter>").idle().await;
    assert!(offers(&app, "esc back"), "{}", footer(&app));
    app.keys("<esc>").idle().await;
    assert!(!offers(&app, "esc back"), "{}", footer(&app));
    app.keys("/api<enter>");
    assert!(offers(&app, "esc back"), "{}", footer(&app));
}

#[tokio::test]
async fn the_list_takes_the_whole_width_and_gives_it_back() {
    let (_, server) = showcase().await;
    let mut app = Harness::new(&server).await;
    app.resize(200, 30).rest().await;
    assert_screen!(app);
    let beside = app.screen();
    app.keys("<ctrl-w>");
    for column in ["UPDATE", "DESCRIPTION", "HANDLER", "ROLE", "LAYERS", "LOGS"] {
        assert!(app.line_with("NAME ↑").contains(column), "{column}: {}", app.line_with("NAME ↑"));
    }
    app.keys("<ctrl-w>");
    assert_eq!(app.screen(), beside);
    app.resize(100, 30).keys("<ctrl-w>");
    assert!(app.screen().contains("from 120 columns on"), "{}", app.screen());
}

#[tokio::test]
async fn only_a_runtime_that_has_ended_is_a_problem() {
    let demo = Demo::empty(clock());
    for (name, runtime) in [("a-new", "python3.13"), ("b-soon", "nodejs22.x"), ("c-ended", "python3.8")] {
        demo.put_function(FunctionSeed::named(name).with("Runtime", runtime));
    }
    let server = Server::start(demo).await.unwrap();
    let mut app = Harness::new(&server).await;
    assert!(app.line_with("b-soon").contains("nodejs22.x !"), "{}", app.screen());
    assert!(app.line_with("c-ended").contains("python3.8 ✖"), "{}", app.screen());
    app.keys("f").idle().await;
    assert!(app.screen().contains("1 of 3") && app.cursor_line().contains("c-ended"), "{}", app.screen());
}

const LONG: &str = "the browser could not be started: no program is set to open links; set BROWSER to one, or copy this link: \
                    https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders-api";

#[tokio::test]
async fn notices_are_one_box_that_never_covers_the_cursor() {
    let (_, server) = showcase().await;
    for (width, height) in [(120, 30), (80, 24), (60, 15), (40, 10)] {
        let mut app = Harness::new(&server).await;
        app.resize(width, height).rest().await;
        app.message(Msg::Browsed(Err(LONG.to_owned()))).keys("Y");
        assert_screen!(app);
        for _ in 0..height {
            app.keys("j");
            assert!(app.cursor_line().contains('-'), "at {width}x{height} the cursor is covered:\n{}", app.screen());
            assert!(app.screen().contains("copied the ARN"), "at {width}x{height}:\n{}", app.screen());
        }
    }
}

#[tokio::test]
async fn notices_never_cover_what_is_typed_into() {
    let (_, server) = showcase().await;
    for keys in ["", "<ctrl-o>", "<ctrl-p><tab><tab>", "<ctrl-f>", "<ctrl-s>"] {
        let mut app = Harness::new(&server).await;
        app.resize(40, 10).keys("i<ctrl-a>").keys(&"{<enter>".repeat(20)).keys("here").keys(keys).idle().await;
        let sign = if keys.is_empty() { "here" } else { "▌" };
        let typed = |screen: &str| {
            let line = screen.lines().enumerate().filter(|(_, line)| line.contains(sign)).last();
            line.map(|(y, line)| (y, line.to_owned()))
        };
        let before = app.screen();
        assert!(typed(&before).is_some(), "{keys}: {before}");
        app.message(Msg::Browsed(Err(LONG.to_owned())));
        let after = app.screen();
        assert!(after.contains("the browser could not be"), "{keys}: {after}");
        assert_eq!(typed(&after), typed(&before), "{keys}:\n{before}\n{after}");
    }
}

#[tokio::test]
async fn the_help_of_a_pane_names_only_keys_that_do_something_there() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(200, 200).keys("?");
    let has = |app: &Harness, key: &str| {
        let screen = app.screen();
        let lists = screen.split("Lists").nth(1).and_then(|rest| rest.split("Everywhere").next()).unwrap_or_default();
        lists.lines().any(|line| line.trim_start_matches([' ', '│']).starts_with(&format!("{key}  ")))
    };
    assert!(has(&app, "i") && has(&app, "m") && has(&app, "x"), "{}", app.screen());
    assert!(!["=", "a", "v"].iter().any(|key| has(&app, key)), "{}", app.screen());
    app.keys("<esc>3").idle().await;
    app.keys("?");
    assert!(has(&app, "=") && !has(&app, "a"), "{}", app.screen());
    app.keys("<esc>7").idle().await;
    app.keys("?");
    assert!(has(&app, "a"), "{}", app.screen());
}

#[tokio::test]
async fn a_read_only_session_dims_what_it_would_refuse_and_advises_no_change() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo).await.unwrap();
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    assert!(is_dim(&app, "i invoke") && !is_dim(&app, "l log"), "{}", app.screen());
    app.keys("5").idle().await;
    assert!(app.screen().contains("no layers") && !app.screen().contains("n publishes one"), "{}", app.screen());
    assert!(app.screen().contains("this session is read-only"), "{}", app.screen());
}

#[tokio::test]
async fn the_console_of_a_read_only_session_dims_what_it_would_not_send() {
    let (_, server) = shop().await;
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys("i").idle().await;
    assert!(is_dim(&app, "f5 send") && !is_dim(&app, "ctrl-t type"), "{}", app.screen());
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.resize(120, 30).keys("<ctrl-t><ctrl-t>");
    assert!(app.screen().contains("dry run: nothing is executed") && !is_dim(&app, "f5 send"), "{}", app.screen());
    assert!(app.screen().contains("f5 sends the payload"), "{}", app.screen());
}
