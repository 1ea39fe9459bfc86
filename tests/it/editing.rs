//! The payload under mouse and clipboard: selecting, cutting, putting in, scrolling, and which part has the keyboard.

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};
use lambdash::testing::Gesture::{Click, Drag, WheelDown, WheelUp};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock};

async fn console(width: u16, height: u16) -> (Harness, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("a-echo"));
    let server = Server::start(demo).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(width, height).keys("i");
    (app, server)
}

/// The cell where a text begins.
fn cell_of(app: &Harness, text: &str) -> (u16, u16) {
    let screen = app.screen();
    let (y, line) =
        screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| panic!("{screen}"));
    let x = line.split(text).next().unwrap_or_default().chars().count();
    (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
}

fn copied(app: &Harness) -> Vec<&str> {
    let copies = app.demands().iter().filter_map(|demand| match demand {
        Demand::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copies.collect()
}

#[tokio::test]
async fn what_is_selected_is_copied_cut_and_put_in_again() {
    let (mut app, _server) = console(130, 34).await;
    assert!(!app.screen().contains("alt-c copy"), "{}", app.screen());
    app.keys("<ctrl-a>").paste("[1, 22, 333]").keys("<home><right><ctrl-shift-right>");
    assert_screen!(app);
    app.keys("<alt-c><end><left>").paste(", ").keys("<ctrl-v>");
    assert!(app.screen().contains("[1, 22, 333, 1]"), "{}", app.screen());
    app.keys("<ctrl-a><alt-x>");
    assert!(app.screen().contains("0 B  empty") && app.screen().contains("ctrl-v paste"), "{}", app.screen());
    app.keys("<ctrl-v><ctrl-v><ctrl-u>");
    assert!(app.screen().contains("  1 [1, 22, 333, 1] "), "one step of undo: {}", app.screen());
    assert_eq!(copied(&app), ["1", "[1, 22, 333, 1]"]);
    app.keys("<alt-c>");
    assert!(app.screen().contains("nothing is selected"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_pasted_takes_the_place_of_what_is_selected() {
    let (mut app, _server) = console(130, 34).await;
    app.keys("<ctrl-a>").paste("{\"n\": 1}").keys("<left><shift-left>").paste("[2, 3]");
    assert!(app.screen().contains("{\"n\": [2, 3]}"), "{}", app.screen());
    app.keys("<ctrl-u>");
    assert!(app.screen().contains("{\"n\": 1}"), "{}", app.screen());
}

#[tokio::test]
async fn more_than_a_terminal_takes_is_kept_in_the_program() {
    let (mut app, _server) = console(130, 34).await;
    let long = format!("[{}1]", "1,".repeat(50_000));
    app.keys("<ctrl-a>").paste(&long).keys("<ctrl-a><alt-x>");
    assert!(app.screen().contains("kept 100003 characters") && copied(&app).is_empty(), "{}", app.screen());
    app.keys("<ctrl-v>");
    assert!(app.screen().contains("97.7 KB"), "{}", app.screen());
}

#[tokio::test]
async fn nothing_was_copied_says_which_key_pastes_what_others_copied() {
    let (mut app, _server) = console(130, 34).await;
    app.keys("<ctrl-v>");
    assert!(app.screen().contains("nothing was copied here yet"), "{}", app.screen());
}

#[tokio::test]
async fn a_click_puts_the_cursor_and_dragging_selects() {
    let (mut app, _server) = console(130, 34).await;
    let (x, y) = cell_of(&app, "world");
    app.mouse(x, y, Click).keys("X");
    assert!(app.screen().contains("\"Xworld\""), "{}", app.screen());
    app.mouse(x, y, Click).mouse(x + 6, y, Drag).keys("moon");
    assert!(app.screen().contains("\"moon\""), "{}", app.screen());
    // Beyond the last line and left of the payload: to its end, and to the beginning of the line.
    app.mouse(x, y + 9, Click).mouse(0, y, Drag).keys("<alt-x>");
    assert_eq!(copied(&app), ["  \"name\": \"moon\",\n  \"greeting\": \"hello\"\n}"]);
}

#[tokio::test]
async fn a_press_elsewhere_selects_nothing_in_the_payload() {
    let (mut app, _server) = console(130, 34).await;
    let (x, y) = cell_of(&app, "world");
    let (far, _) = cell_of(&app, "Response");
    app.mouse(far, y, Click).mouse(x, y, Drag).keys("<shift-tab>z");
    assert!(app.screen().contains("z{"), "the cursor is where it was: {}", app.screen());
}

#[tokio::test]
async fn the_wheel_scrolls_what_is_under_it_and_the_keyboard_stays() {
    let (mut app, _server) = console(130, 34).await;
    let lines: Vec<String> = (1..=60).map(|n| format!("\"line {n:02}\"")).collect();
    app.keys("<ctrl-a>").paste(&format!("[\n{}\n]", lines.join(",\n"))).keys("<ctrl-home><f5>").idle().await;
    let (x, y) = cell_of(&app, "\"line 03\"");
    app.mouse(x, y, WheelDown).mouse(x, y, WheelDown);
    let left = |app: &Harness| app.screen().lines().nth(usize::from(y) - 3).unwrap_or_default()[..30].to_owned();
    assert!(left(&app).contains("\"line 06\""), "{}", app.screen());
    app.mouse(100, y, WheelDown);
    assert!(left(&app).contains("\"line 06\""), "{}", app.screen());
    app.mouse(x, y, WheelUp).mouse(x, y, WheelUp);
    assert!(app.screen().contains("   1 ["), "{}", app.screen());
    // The keyboard is still the response's.
    app.keys("G");
    assert!(app.line_with("▌").contains('}'), "{}", app.screen());
}

#[tokio::test]
async fn a_click_chooses_a_part_and_a_row_of_the_tree_and_folds_it() {
    let (mut app, _server) = console(130, 34).await;
    app.keys("<f5>").idle().await;
    let (x, y) = cell_of(&app, "\"event\": {");
    app.mouse(x, y, Click);
    assert!(app.line_with("▌").contains("\"event\""), "{}", app.screen());
    app.mouse(x, y, Click);
    assert!(app.line_with("▌").contains('▸'), "{}", app.screen());
    let (x, y) = cell_of(&app, "\"greeting\"");
    app.mouse(x, y, Click).keys("z");
    assert!(app.screen().contains("\"greezting\"") || app.screen().contains("z\"greeting\""), "{}", app.screen());
    let (x, y) = cell_of(&app, "[INFO] done");
    app.mouse(x, y, Click).keys("/done");
    assert!(app.line_with(" /done").starts_with(" /"), "the log is searched: {}", app.screen());
}

#[tokio::test]
async fn where_one_part_fits_its_name_is_clicked() {
    let (mut app, _server) = console(80, 24).await;
    app.keys("<f5>").idle().await;
    for part in ["log", "request", "response"] {
        let (x, y) = cell_of(&app, &format!(" {part}"));
        app.mouse(x + 1, y, Click);
        assert!(app.screen().contains(&format!("▌ {part}")), "{}", app.screen());
    }
}
