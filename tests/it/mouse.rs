//! The mouse: wheel, rows, tabs, headings; and off.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::Demo;
use lambdash::testing::Gesture::{Click, WheelDown, WheelUp};

use crate::support::server::Server;
use crate::support::{Harness, changes, clock, ready, showcase};

async fn many() -> (Server, Harness) {
    let server = Server::start(Demo::with_functions(clock(), 120)).await.unwrap();
    let app = Harness::new(&server).await;
    (server, app)
}

/// The cell where a text begins.
fn cell_of(app: &Harness, text: &str) -> (u16, u16) {
    let screen = app.screen();
    let (y, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
    let x = line.split(text).next().unwrap().chars().count();
    (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
}

fn place(app: &Harness) -> usize {
    app.model().views.table("functions").unwrap().position()
}

#[tokio::test]
async fn the_wheel_moves_three_rows_and_scrolls_help() {
    let (_server, mut app) = many().await;
    app.mouse(10, 10, WheelDown).mouse(10, 10, WheelDown);
    assert_eq!(place(&app), 6);
    app.mouse(10, 10, WheelUp);
    assert_eq!(place(&app), 3);
    app.resize(80, 20).keys("?");
    let before = app.screen();
    app.mouse(10, 10, WheelDown);
    assert_ne!(app.screen(), before);
    assert_eq!(place(&app), 3, "what lies under the help does not move");
}

#[tokio::test]
async fn a_click_chooses_a_row_a_tab_and_a_column_to_sort_by() {
    let (_server, mut app) = many().await;
    app.mouse(20, 9, Click);
    assert_eq!(place(&app), 4);
    let (x, y) = cell_of(&app, "MEMORY");
    app.mouse(x, y, Click);
    assert!(app.screen().contains("MEMORY ↑"), "{}", app.screen());
    let (x, y) = cell_of(&app, "MEMORY");
    app.mouse(x, y, Click);
    assert!(app.screen().contains("MEMORY ↓"), "{}", app.screen());
    for (tab, title) in [("Versions", "› Versions"), ("Aliases", "› Aliases"), ("Functions", " Functions  120")] {
        let (x, _) = cell_of(&app, &format!(" {tab}"));
        app.mouse(x + 1, 1, Click).idle().await;
        assert!(app.screen().contains(title), "{tab}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn clicks_beside_everything_do_nothing() {
    let (_server, mut app) = many().await;
    let before = app.screen();
    for (x, y) in [(0, 0), (99, 0), (99, 29), (50, 29), (500, 500), (u16::MAX, u16::MAX), (98, 1)] {
        app.mouse(x, y, Click);
        assert_eq!(app.screen(), before, "{x}, {y}");
    }
    app.keys("/zzz");
    app.mouse(20, 9, Click).mouse(20, 9, WheelDown);
    assert!(app.screen().contains("no functions fit the filter"), "{}", app.screen());
}

#[tokio::test]
async fn the_wheel_turns_whatever_can_be_chosen_or_scrolled() {
    let (_server, mut app) = many().await;
    for way in [":", "i<ctrl-o>", "?", "d"] {
        app.resize(80, 12).keys(way).idle().await;
        let before = app.styled();
        app.mouse(40, 6, WheelDown);
        assert_ne!(app.styled(), before, "{way}: {}", app.screen());
        app.mouse(40, 6, WheelUp).keys("<esc><esc><esc>");
    }
    app.resize(40, 10).keys("e<ctrl-u>2048<enter>");
    let before = app.screen();
    app.mouse(20, 5, WheelDown);
    assert_ne!(app.screen(), before, "a confirmation scrolls");
    ready(&mut app).keys("<esc>");
    let form = app.screen();
    app.mouse(20, 5, WheelDown);
    assert_eq!(app.screen(), form, "a field is not left, and a number not changed");
}

/// Clicks on the first cell of a text.
async fn click(app: &mut Harness, text: &str) {
    let (x, y) = cell_of(app, text);
    app.mouse(x, y, Click).idle().await;
}

/// The line of a list with the mark of the chosen one.
fn chosen(app: &Harness) -> String {
    app.screen().lines().rfind(|line| line.contains('▌')).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_click_chooses_in_what_lies_on_top_and_another_one_takes_it() {
    let (_server, mut app) = many().await;
    app.resize(120, 40).keys(":");
    click(&mut app, "the layers pane").await;
    assert!(chosen(&app).contains("layers") && app.screen().contains("Functions  120"), "{}", app.screen());
    click(&mut app, "the aliases pane").await;
    assert!(chosen(&app).contains("aliases"), "{}", app.screen());
    click(&mut app, "the aliases pane").await;
    assert!(app.screen().contains("› Aliases"), "{}", app.screen());
    app.keys("1x").idle().await;
    click(&mut app, "e  edit").await;
    assert!(app.screen().contains("┌ edit"), "the form is opened: {}", app.screen());
    app.keys("<esc>i<ctrl-o>").idle().await;
    let other = app.screen().lines().rfind(|line| line.contains("S3") || line.contains("s3")).map(str::to_owned);
    let name = other.unwrap().split_whitespace().find(|word| word.to_lowercase().contains("s3")).unwrap().to_owned();
    click(&mut app, &name).await;
    assert!(chosen(&app).contains(&name), "{}", app.screen());
    click(&mut app, &name).await;
    assert!(app.screen().contains("payload: ") && app.screen().contains("Records"), "{}", app.screen());
}

#[tokio::test]
async fn a_click_chooses_a_counterpart_and_a_ready_query_and_another_one_takes_it() {
    let (_, server) = showcase().await;
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("/orders-api<enter>3").rest().await;
    app.keys("j=");
    click(&mut app, "live: 11").await;
    assert!(chosen(&app).contains("live: 11"), "{}", app.screen());
    click(&mut app, "live: 11").await;
    assert!(app.screen().contains("orders-api:11 compared with orders-api:12"), "{}", app.screen());
    app.keys("<esc>1Q").rest().await;
    app.keys("<ctrl-o>");
    click(&mut app, "Memory headroom").await;
    assert!(chosen(&app).contains("Memory headroom"), "{}", app.screen());
    click(&mut app, "Memory headroom").await;
    assert!(app.screen().contains("Memory headroom") && !app.screen().contains("words"), "{}", app.screen());
}

#[tokio::test]
async fn a_click_chooses_a_run_of_the_history_and_another_one_shows_it() {
    let (_server, mut app) = many().await;
    app.resize(120, 30).keys("i<f5>").idle().await;
    app.later(Duration::from_mins(1)).keys("<shift-tab><ctrl-t><f5>").idle().await;
    assert!(!app.screen().contains("billed"), "{}", app.screen());
    app.keys("H").idle().await;
    assert!(chosen(&app).contains("12:01:00"), "{}", app.screen());
    click(&mut app, "11-21 12:00:00").await;
    assert!(chosen(&app).contains("12:00:00") && app.screen().contains("runs of"), "{}", app.screen());
    click(&mut app, "11-21 12:00:00").await;
    assert!(app.screen().contains("billed") && !app.screen().contains("runs of"), "{}", app.screen());
}

#[tokio::test]
async fn nothing_is_sent_or_agreed_to_by_a_click() {
    let demo = Demo::empty(clock());
    demo.put_function(lambdash::demo::FunctionSeed::named("orders-api").published(3).alias("live", "2"));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("i<f8>").idle().await;
    for _ in 0..3 {
        click(&mut app, "live").await;
    }
    assert!(chosen(&app).contains("live") && app.screen().contains("A/B"), "{}", app.screen());
    app.keys("<esc><esc>e<ctrl-u>2048<enter>");
    ready(&mut app).keys("<tab>");
    for (x, y) in (0..30).flat_map(|y| (0..120).step_by(3).map(move |x| (x, y))) {
        app.mouse(x, y, Click);
    }
    app.idle().await;
    assert!(app.screen().contains("Send it"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn the_mouse_can_be_switched_off() {
    let (_server, mut app) = many().await;
    app.keys("M");
    assert_eq!(app.demands(), [Demand::Mouse(false)]);
    assert!(app.screen().contains("mouse off: the terminal selects text"), "{}", app.screen());
    app.mouse(20, 9, Click).mouse(20, 9, WheelDown);
    assert_eq!(place(&app), 0);
    app.keys("M").mouse(20, 9, Click);
    assert_eq!(app.demands().last(), Some(&Demand::Mouse(true)));
    assert_eq!(place(&app), 4);
}

#[tokio::test]
async fn the_marked_tab_is_on_every_screen_and_its_neighbours_are_clicked() {
    let (_server, mut app) = many().await;
    for (width, height) in [(200, 60), (80, 24), (40, 20), (40, 10)] {
        app.resize(width, height);
        for title in ["Functions", "Configuration", "Versions", "Aliases", "Layers", "Concurrency", "Mappings"] {
            assert!(app.screen().lines().take(2).any(|line| line.contains(title)), "{title}:\n{}", app.screen());
            app.keys("<tab>").idle().await;
        }
    }
    app.resize(40, 20).keys("4").idle().await;
    assert_eq!(app.line_with("Aliases").trim(), "‹ 4/7 Aliases ›");
    let (x, y) = cell_of(&app, "›");
    app.mouse(x, y, Click).idle().await;
    assert_eq!(app.screen().lines().nth(1).map(str::trim), Some("‹ 5/7 Layers ›"));
    app.mouse(0, 1, Click).idle().await;
    app.mouse(0, 1, Click).idle().await;
    assert_eq!(app.screen().lines().nth(1).map(str::trim), Some("‹ 3/7 Versions ›"));
    app.resize(80, 24).keys("7").idle().await;
    let before = app.screen();
    assert!(before.lines().nth(1).is_some_and(|line| line.starts_with('‹') && line.contains("7 Mappings")), "{before}");
    let (x, y) = cell_of(&app, "6 Concurrency");
    app.mouse(x + 3, y, Click).idle().await;
    assert!(app.line_with("Concurrency  120").len() > 1, "{}", app.screen());
}
