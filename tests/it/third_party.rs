//! The same program against a server that nobody here wrote: ministack, started by `scripts/ministack.sh`
//! and filled by `scripts/seed_account.py`. `LAMBDASH_THIRD_PARTY` says where it is; CI sets it.

#[path = "third_party/runs.rs"]
mod runs;

use std::path::PathBuf;
use std::time::Duration;

use crate::support::{Harness, READ, words};

async fn program() -> Harness {
    let url = std::env::var("LAMBDASH_THIRD_PARTY").expect("LAMBDASH_THIRD_PARTY: the URL of a seeded ministack");
    let mut app = Harness::at(&url, None::<PathBuf>, |session, _| session.target.region = Some("us-east-1".to_owned()));
    app.idle().await.rest().await;
    app.resize(130, 40).rest().await;
    app
}

/// A name that no earlier run against the same server has used.
fn fresh(name: &str) -> String {
    format!("{name}-{}", std::process::id())
}

/// Confirms with the button that is not chosen at first.
async fn confirm(app: &mut Harness) -> &mut Harness {
    app.later(READ).keys("<tab><enter>").idle().await
}

/// Puts the cursor on the row of this name in a list whose order is not told here.
fn on<'a>(app: &'a mut Harness, name: &str) -> &'a mut Harness {
    app.keys("<home>");
    for _ in 0..20 {
        if app.cursor_line().contains(name) {
            break;
        }
        app.keys("j");
    }
    assert!(app.cursor_line().contains(name), "{}", app.screen());
    app
}

/// The row under the cursor says so in the end; the server takes its own time.
async fn settles(app: &mut Harness, says: &str) {
    for _ in 0..200 {
        if app.cursor_line().contains(says) {
            return;
        }
        app.later(Duration::from_secs(3)).idle().await;
    }
    panic!("{says} never came:\n{}", app.screen());
}

/// Changes the timeout of the function under the cursor: what did not change is not published.
async fn change(app: &mut Harness) {
    let now = app.line_with("timeout   ");
    let now: u32 = now.split_whitespace().rev().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    let wanted = if now == 41 { 42 } else { 41 };
    app.keys("e<tab>").keys(&"<backspace>".repeat(4)).keys(&format!("{wanted}<enter>"));
    confirm(app).await;
    settles(app, "active").await;
    assert!(app.line_with("timeout   ").contains(&format!("{wanted} s")), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn two_hundred_functions_are_listed_with_their_states() {
    let app = program().await;
    let screen = app.screen();
    let title = app.line_with(" Functions  2");
    let count: u32 = title.split_whitespace().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    assert!(count >= 200, "{screen}");
    assert!(screen.contains("● active"), "{screen}");
    assert!(!app.line_with("▌").contains('…'), "{screen}");
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_function_is_read_in_full() {
    let mut app = program().await;
    app.keys("/seed-hello<enter><enter>").rest().await;
    let screen = app.screen();
    assert!(screen.contains("seed-hello › Configuration") && screen.contains("FunctionArn"), "{screen}");
    app.keys("/runtime<enter>");
    assert!(app.screen().contains("python3"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_python_handler_runs_and_its_printed_line_is_in_the_tail() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>i<f5>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("✔ success"), "{screen}");
    assert!(screen.contains("hello from seed-hello"), "{screen}");
    assert!(screen.contains("\"ok\": true"), "{screen}");
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn one_payload_goes_to_two_aliases_at_once() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>i<ctrl-q>live").idle().await;
    app.keys("<enter><f8>").idle().await;
    app.keys("stage<enter>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("A/B") && screen.matches("✔ success").count() == 2, "{screen}");
    app.keys("d");
    assert!(words(&app).contains("live") && words(&app).contains("compared with"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_burst_runs_as_often_as_was_said() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>i<f9><end><backspace><backspace><backspace>12<tab><end><backspace><backspace>3");
    app.idle().await.keys("<enter>");
    confirm(&mut app).await;
    let screen = app.screen();
    // The server sometimes loses the first workers of a handler, and says so: each run has one outcome all the same.
    let of = |sign: char| {
        let mut parts = screen.lines().filter_map(|line| line.rsplit('│').next());
        let line = parts.find(|part| part.trim_start().starts_with(sign)).unwrap_or_default();
        line.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(0)
    };
    assert!(screen.contains("12 of 12") && of('✔') > 0, "{screen}");
    assert_eq!(of('✔') + of('✖'), 12, "{screen}");
    assert!(screen.contains("round trip (no REPORT came along)"), "{screen}");
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_handler_that_raises_is_a_function_error() {
    let mut app = program().await;
    app.keys("/seed-raises<enter>i<f5>").idle().await;
    assert!(app.screen().contains("✖ function error: Unhandled"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_change_is_made_and_read_back() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>").rest().await;
    // Another value than it has: the server may have been used before.
    let wanted = if app.line_with("timeout   ").contains("77 s") { "78" } else { "77" };
    app.keys("e<tab>").keys(&"<backspace>".repeat(4)).keys(&format!("{wanted}<enter>"));
    app.later(Duration::from_secs(1)).keys("<tab><enter>").idle().await;
    assert!(app.screen().contains("accepted: UpdateFunctionConfiguration seed-hello"), "{}", app.screen());
    app.rest().await;
    assert!(app.line_with("timeout   ").contains(&format!("{wanted} s")), "{}", app.screen());
}

/// It keeps the log of a run under ids of its own, and other operations it lacks altogether: what
/// cannot be had is said, and everything else goes on.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn what_the_server_lacks_costs_nothing_else() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>i<f5>").idle().await;
    app.keys("L").idle().await;
    app.keys("<esc><esc><esc>").rest().await;
    assert!(app.screen().contains("● active"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_mapping_is_resumed_and_paused() {
    let mut app = program().await;
    app.resize(200, 40).keys(":mappings<enter>/sqs<enter>").rest().await;
    assert!(app.cursor_line().contains("seed-orders"), "{}", app.screen());
    for _ in 0..2 {
        let was_on = app.cursor_line().contains("enabled");
        app.keys("<space>").later(Duration::from_secs(1));
        app.keys("<tab><enter>").idle().await;
        assert!(app.screen().contains("done: UpdateEventSourceMapping"), "{}", app.screen());
        app.later(Duration::from_secs(3)).idle().await.later(Duration::from_secs(3)).idle().await;
        assert_ne!(app.cursor_line().contains("enabled"), was_on, "{}", app.screen());
    }
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_version_is_published_gets_a_tenth_is_promoted_rolled_back_and_deleted() {
    let mut app = program().await;
    let (alias, release) = (fresh("canary"), fresh("release"));
    app.keys("/orders-nightly-prod<enter>").rest().await;
    change(&mut app).await;
    app.keys("3").rest().await.keys("j");
    let newest = |app: &Harness| app.cursor_line().split_whitespace().nth(1).and_then(|text| text.parse::<u32>().ok());
    let old = newest(&app).unwrap_or_else(|| panic!("no version:\n{}", app.screen()));
    app.keys("n")
        .idle()
        .await
        .keys(&format!("{release}<enter>"))
        .later(READ)
        .keys("<tab><enter>")
        .idle()
        .await
        .rest()
        .await;
    let new = app.line_with(&format!(" {release} ")).split_whitespace().find_map(|text| text.parse::<u32>().ok());
    let new = new.unwrap_or_else(|| panic!("no new version:\n{}", app.screen()));
    assert!(new > old, "{}", app.screen());

    app.keys("4").rest().await.keys("n").idle().await;
    app.keys(&format!("{alias}<tab>{old}<enter>")).later(READ).keys("<tab><enter>").idle().await.rest().await;
    assert!(on(&mut app, &alias).cursor_line().contains(&format!(" {old} ")), "{}", app.screen());
    app.keys("w").idle().await.keys("<tab><ctrl-u>10<enter>");
    confirm(&mut app).await;
    assert!(words(&app).contains(&format!("90 % to {old}, 10 % to {new}")), "{}", app.screen());
    let line = app.cursor_line();
    assert!(line.contains("90 %") && line.contains("10 %"), "{}", app.screen());
    app.keys("p");
    confirm(&mut app).await;
    let line = app.cursor_line();
    assert!(line.contains(&format!(" {new} ")) && line.contains("100 %"), "{}", app.screen());
    app.keys("b");
    confirm(&mut app).await;
    let line = app.cursor_line();
    assert!(line.contains(&format!(" {old} ")) && line.contains("100 %"), "{}", app.screen());
    app.keys("D").later(READ).keys(&format!("{alias}<enter>")).idle().await;
    app.later(Duration::from_secs(6)).idle().await;
    assert!(!app.screen().contains(&alias), "{}", app.screen());

    app.keys("3").rest().await;
    on(&mut app, &release).keys("D").later(READ).keys(&format!("{new}<enter>")).idle().await;
    app.later(Duration::from_secs(6)).idle().await;
    assert!(!app.screen().contains(&release), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_function_gets_a_reservation_is_stopped_put_back_and_unreserved() {
    let mut app = program().await;
    app.keys(":concurrency<enter>/orders-import-prod<enter>").idle().await;
    assert!(app.cursor_line().contains("orders-import-prod"), "{}", app.screen());
    app.keys("e<ctrl-u>7<enter>");
    confirm(&mut app).await;
    assert!(app.cursor_line().contains(" 7 "), "{}", app.screen());
    app.keys("0").later(READ).keys("orders-import-prod<enter>").idle().await;
    assert!(app.cursor_line().contains("0 STOPPED"), "{}", app.screen());
    app.keys("b");
    confirm(&mut app).await;
    assert!(app.cursor_line().contains(" 7 "), "{}", app.screen());
    app.keys("u");
    confirm(&mut app).await;
    assert!(app.cursor_line().contains("unreserved"), "{}", app.screen());
    // What the server itself says, not what this program remembers.
    app.keys("r").idle().await;
    assert!(app.cursor_line().contains("unreserved"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_layer_is_published_and_published_again() {
    let mut app = program().await;
    let layer = fresh("shared");
    let zip = format!("{}/tests/data/two.zip", env!("CARGO_MANIFEST_DIR"));
    app.keys(":layers<enter>").rest().await;
    for version in ["1", "2"] {
        // The file is looked at before anything goes on.
        app.keys(&format!("n{layer}<tab>")).paste(&zip).idle().await.keys("<enter>");
        confirm(&mut app).await.rest().await;
        assert!(words(&app).contains(&format!("version {version} of {layer}")), "{}", app.screen());
        app.keys(&format!("/<ctrl-u>{layer}<enter>")).rest().await;
        let line = app.cursor_line();
        assert!(line.contains(&layer) && line.split_whitespace().any(|word| word == version), "{}", app.screen());
    }
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_layer_is_shared_kept_to_oneself_again_and_deleted() {
    let mut app = program().await;
    let layer = fresh("lent");
    let zip = format!("{}/tests/data/two.zip", env!("CARGO_MANIFEST_DIR"));
    app.keys(":layers<enter>").rest().await;
    app.keys(&format!("n{layer}<tab>")).paste(&zip).idle().await.keys("<enter>");
    confirm(&mut app).await.rest().await;
    app.keys(&format!("/<ctrl-u>{layer}<enter>")).rest().await;
    app.keys("<enter>").rest().await;
    assert!(app.cursor_line().contains("nobody else"), "{}", app.screen());

    app.keys("<enter>").rest().await.keys("npartner<tab><tab>210987654321<enter>");
    confirm(&mut app).await.rest().await;
    assert!(app.screen().contains("done: AddLayerVersionPermission"), "{}", app.screen());
    assert!(app.cursor_line().contains("partner") && app.cursor_line().contains("210987654321"), "{}", app.screen());
    app.keys("<esc>").rest().await;
    assert!(app.cursor_line().contains("210987654321"), "{}", app.screen());
    app.keys("<enter>").rest().await.keys("D").later(READ).keys("partner<enter>").idle().await;
    assert!(app.screen().contains("done: RemoveLayerVersionPermission"), "{}", app.screen());
    app.later(Duration::from_secs(6)).idle().await.keys("r").idle().await;
    assert!(app.screen().contains("only this account may use this version"), "{}", app.screen());

    app.keys("<esc>").rest().await.keys("D").idle().await.later(READ).keys(&format!("{layer}:1<enter>")).idle().await;
    assert!(app.screen().contains("done: DeleteLayerVersion"), "{}", app.screen());
    app.later(Duration::from_secs(6)).idle().await.keys("r").idle().await;
    assert!(app.screen().contains("no versions to list"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn every_function_on_an_old_version_of_a_layer_is_found() {
    let mut app = program().await;
    app.keys(":layers<enter>/seed-layer<enter>").rest().await;
    let line = app.cursor_line();
    assert!(line.contains("seed-layer") && line.split_whitespace().any(|word| word == "2"), "{}", app.screen());
    app.keys("<enter>").rest().await;
    assert!(
        app.cursor_line().contains("2          ● newest") && app.screen().contains("1          ○ older"),
        "{}",
        app.screen()
    );
    app.keys("]").rest().await;
    assert!(on(&mut app, "seed-layer-newest").cursor_line().contains("● newest"), "{}", app.screen());
    assert!(on(&mut app, "seed-layer-behind").cursor_line().contains("1 behind"), "{}", app.screen());
    app.keys("<enter>").rest().await;
    app.keys("/layer<enter>").rest().await;
    assert!(app.screen().contains("1 behind; 2 is the newest"), "{}", app.screen());
    assert!(!app.screen().contains("deleted"), "{}", app.screen());
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn an_alias_is_invoked_with_a_payload_that_was_typed() {
    let mut app = program().await;
    app.keys("/seed-hello<enter>4").rest().await;
    on(&mut app, "stage").keys("i").idle().await;
    app.keys("<ctrl-a>").paste("{\"order\": 4711}").keys("<f5>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("✔ success") && screen.contains("hello from seed-hello"), "{screen}");
    assert!(screen.matches("4711").count() >= 2, "what was sent comes back:\n{screen}");
}

#[tokio::test]
#[ignore = "needs the third-party server"]
async fn a_mapping_is_made_edited_and_deleted() {
    let mut app = program().await;
    app.resize(200, 40).keys(":mappings<enter>").rest().await;
    // A queue that no earlier run has used: one mapping is allowed for a queue and a function.
    let queue = fresh("queue");
    let source = format!("arn:aws:sqs:us-east-1:000000000000:{queue}");
    app.keys("n").idle().await;
    app.keys(&format!("<tab>seed-hello<tab>{source}<tab><enter>"));
    confirm(&mut app).await.rest().await;
    app.keys(&format!("/<ctrl-u>{queue}<enter>")).rest().await;
    settles(&mut app, "disabled").await;
    app.keys("e<ctrl-u>7<enter>");
    confirm(&mut app).await.rest().await;
    assert!(app.line_with("batch size").contains(" 7"), "{}", app.screen());
    let line = app.line_with("UUID  ");
    let block = line.split_whitespace().last().and_then(|uuid| uuid.split('-').next()).unwrap_or_default().to_owned();
    app.keys("D").idle().await.keys("<enter>").later(READ).keys(&format!("{block}<enter>")).idle().await;
    app.later(Duration::from_secs(6)).idle().await.keys("r").idle().await;
    assert!(app.screen().contains("no event source mappings fit"), "{}", app.screen());
}

/// It keeps what is asked for, and has no list of it: a question for all of a function is taken for one about nothing.
#[tokio::test]
#[ignore = "needs the third-party server"]
async fn an_alias_is_kept_warm() {
    let mut app = program().await;
    app.keys(":concurrency<enter>/seed-hello<enter>").idle().await;
    app.keys("n").idle().await.keys("stage<tab><ctrl-u>2<enter>");
    confirm(&mut app).await;
    assert!(
        app.screen().contains("done: PutProvisionedConcurrencyConfig seed-hello:stage: keep 2 warm"),
        "{}",
        app.screen()
    );
}
