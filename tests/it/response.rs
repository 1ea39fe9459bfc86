//! What came back from a run: as a tree, as text, as bytes; folded, searched, cut to a path, copied, saved.

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock};

/// The console after a run of a function of that behaviour, and what keeps the account alive.
async fn ran(behaviour: &str) -> (Harness, Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").behaviour(behaviour));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<f5>").idle().await;
    (app, demo, server)
}

#[tokio::test]
async fn json_folds_and_unfolds() {
    let (mut app, ..) = ran("http").await;
    app.keys("jj<enter>");
    assert_screen!(app);
    app.keys("<enter>z");
    assert!(app.screen().contains("▸ \"headers\": { 1 },"), "{}", app.screen());
    app.keys("z");
    assert!(app.screen().contains("\"content-type\""), "{}", app.screen());
}

#[tokio::test]
async fn json_fits_small_screens() {
    let (mut app, ..) = ran("fail").await;
    assert_screen!(app, [(80, 24), (40, 10)]);
}

#[tokio::test]
async fn words_are_found_as_they_are_typed_and_gone_to_in_turn() {
    let (mut app, ..) = ran("huge").await;
    app.keys("/row 39999 ");
    assert!(app.screen().contains("\"row 39999 zzz"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("/row 39999  1 ·"), "{}", app.screen());
    app.keys("/<ctrl-u>\"id\": 7");
    assert!(app.screen().contains("! not found"), "in the text there is no space: {}", app.screen());
    app.keys("<ctrl-u>\"id\":1<enter>");
    assert!(app.screen().contains("/\"id\":1 10000 and more"), "{}", app.screen());
    app.keys("nN<esc>");
    assert!(!app.screen().contains("/\"id\":1"), "{}", app.screen());
}

#[tokio::test]
async fn a_path_cuts_the_tree_and_says_where_it_ends() {
    let (mut app, ..) = ran("huge").await;
    app.keys(".rows[39998].id<enter>");
    assert!(app.screen().contains("▌  39998"), "{}", app.screen());
    assert!(app.screen().contains(".rows[39998].id · esc shows all"), "{}", app.screen());
    app.keys(".<ctrl-u>.rows[0].price");
    assert!(app.screen().contains("! no .price: there are id, text"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("\"rows\": ["), "{}", app.screen());
    app.keys("y");
    let said = app.screen();
    assert!(
        said.contains("all of it, laid out: 5.28 MB is more than") && said.contains("S saves it to a file"),
        "{said}"
    );
    app.keys("..rows[1].id");
    let line = app.line_with(" path ");
    assert!(line.contains(" path .rows[1].id▌") && !line.contains("▌ !"), "{}", app.screen());
}

#[tokio::test]
async fn the_body_of_an_http_answer_is_a_view_of_its_own() {
    let (mut app, ..) = ran("http").await;
    assert!(app.screen().contains("· its body: JSON, 72 bytes"), "{}", app.screen());
    app.keys("ttt");
    assert_screen!(app);
    app.keys("t");
    assert!(app.screen().contains("[body as text]"), "{}", app.screen());
}

#[tokio::test]
async fn bytes_are_named_and_shown_as_bytes() {
    let (app, ..) = ran("binary").await;
    assert_screen!(app);
    let (mut app, ..) = ran("image").await;
    assert!(app.screen().contains("its body: PNG image, 70 bytes"), "{}", app.screen());
    app.keys("ttt");
    assert!(app.screen().contains("89 50 4e 47"), "{}", app.screen());
}

#[tokio::test]
async fn a_string_is_opened_by_itself_and_closed_again() {
    let (mut app, ..) = ran("fail").await;
    app.keys("jjjjj<enter>");
    assert!(app.screen().contains(".stackTrace[0] · esc closes"), "{}", app.screen());
    assert!(app.screen().lines().any(|line| line.trim_end().ends_with("    return place(order)")), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("\"errorMessage\": "), "{}", app.screen());
}

#[tokio::test]
async fn what_is_copied_is_what_is_shown() {
    let (mut app, ..) = ran("http").await;
    app.keys("j");
    app.keys("Y");
    assert_eq!(app.demands().last(), Some(&Demand::Copy("200".to_owned())));
    app.keys(".headers<enter>y");
    let laid_out = "{\n  \"content-type\": \"application/json\"\n}\n".to_owned();
    assert_eq!(app.demands().last(), Some(&Demand::Copy(laid_out)));
}

#[tokio::test]
async fn an_answer_is_saved_byte_for_byte_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.bin");
    let (mut app, ..) = ran("binary").await;
    app.keys("S");
    assert!(app.screen().contains("save as orders-api-20261121-120000.bin"), "{}", app.screen());
    app.keys("<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
    assert!(app.screen().contains("saved "), "{}", app.screen());
    assert_eq!(std::fs::read(&path).unwrap(), (0..=255).collect::<Vec<u8>>());
    app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
    assert!(app.screen().contains("answer.bin already"), "{}", app.screen());
    assert!(app.screen().contains("save as "), "the name can be mended: {}", app.screen());
    app.keys(".2<enter>").idle().await;
    assert!(app.screen().contains("answer.bin.2") && !app.screen().contains("save as "), "{}", app.screen());
}

#[tokio::test]
async fn any_key_at_any_size_is_harmless() {
    for behaviour in ["deep", "binary", "null", "empty", "escapes", "too-huge"] {
        let (mut app, ..) = ran(behaviour).await;
        for (width, height) in [(200, 60), (80, 24), (40, 10), (21, 6)] {
            app.resize(width, height)
                .keys("jGk<enter>zzt/a<enter>nNwhlg<ctrl-d><ctrl-u>.a<esc><tab>jG/b<esc>w<shift-tab>");
            assert!(app.buffer().content.iter().all(|cell| !cell.symbol().chars().any(char::is_control)));
        }
    }
}
