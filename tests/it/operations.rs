//! What all changes have in common: the menu, the form, the confirmation at its level, one request.

use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, READ, changes, clock};

async fn shop() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

#[tokio::test]
async fn the_menu_shows_what_can_be_done_and_begins_it() {
    let (demo, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("x");
    assert_screen!(app);
    app.keys("e");
    assert!(app.screen().contains("memory"), "{}", app.screen());
    app.keys("<esc>x<enter><right><enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["UpdateFunctionConfiguration orders-api"]);
}

#[tokio::test]
async fn a_read_only_session_has_no_menu_and_says_why() {
    let (demo, server) = shop().await;
    let mut app = Harness::with(&server, |session, _| session.target.read_only = true).await;
    app.keys("x");
    assert!(app.screen().contains("this session is read-only: nothing can be changed"), "{}", app.screen());
    app.keys("e<right><enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn what_is_not_on_the_screen_is_neither_meant_nor_agreed_to() {
    let (demo, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("e<ctrl-u>2048<enter>").later(READ);
    for (width, height) in [(39, 10), (40, 9), (20, 5)] {
        app.resize(width, height).keys("<tab><enter><tab>").idle().await;
        assert_eq!(changes(&demo), [""; 0], "{width}x{height}");
    }
    app.resize(60, 9).keys("<tab><enter>");
    assert!(app.screen().contains("nothing is sent: the terminal must be 40x10"), "{}", app.screen());
    // Nothing at all is drawn.
    app.resize(19, 4).keys("<enter><esc><esc>i<f5>").paste("x").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    app.resize(40, 10).keys("<enter>").idle().await;
    assert_eq!(changes(&demo), ["UpdateFunctionConfiguration orders-api"]);
    app.resize(19, 4).keys("<ctrl-c>");
    assert!(app.has_quit());
}

#[tokio::test]
async fn numbers_are_stepped_with_the_arrows() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("e<right><right><left>");
    assert!(app.line_with("memory").contains("192"), "{}", app.screen());
    assert!(app.screen().contains("UpdateFunctionConfiguration orders-api: memory to 192 MB"), "{}", app.screen());
}

#[tokio::test]
async fn a_fresh_form_complains_only_when_a_person_wants_to_go_on() {
    let (demo, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(40, 10).keys("e");
    assert_screen!(app);
    app.keys("<enter>");
    assert_screen!(app);
    app.keys("<enter><enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
}

/// The first and the last line of the box on the screen.
fn edges(app: &Harness) -> (Option<usize>, Option<usize>) {
    let at = |corner: char| app.screen().lines().position(|line| line.contains(corner));
    (at('┌'), at('└'))
}

#[tokio::test]
async fn a_form_keeps_its_size_while_the_keyboard_goes_through_its_fields() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(12).alias("live", "11"));
    let server = Server::start(demo).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(100, 40).keys("/orders-api<enter>4").rest().await.keys("n").idle().await;
    let first = edges(&app);
    for _ in 0..5 {
        // The name is missing: left empty, it is complained about.
        app.keys("<tab>");
        assert_eq!(edges(&app), first, "{}", app.screen());
    }
    assert!(first.0.is_some() && first.1.is_some(), "{}", app.screen());
}

#[tokio::test]
async fn the_smallest_screen_shows_the_field_with_the_keyboard() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(20, 5).keys("e<right>");
    assert!(app.line_with("memory").contains("192"), "{}", app.screen());
    app.keys("<tab>");
    assert!(app.line_with("timeout").contains('3'), "{}", app.screen());
}

#[tokio::test]
async fn letters_scroll_a_confirmation_that_asks_for_no_name() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(40, 10).keys("e<right><enter>").later(READ);
    let top = app.screen();
    app.keys("jj");
    assert_ne!(app.screen(), top);
    app.keys("kk");
    assert_eq!(app.screen(), top);
}

#[tokio::test]
async fn esc_in_a_confirmation_leads_back_to_the_form_as_it_was() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("e<right><enter>").later(READ);
    assert!(app.screen().contains("Send it"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("Send it") && app.line_with("memory").contains("192"), "{}", app.screen());
}
