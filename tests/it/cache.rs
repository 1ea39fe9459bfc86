//! The lists kept on disk: shown at once at the next start, and nobody else's business.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lambdash::demo::{Demo, FunctionSeed};

use crate::support::server::Server;
use crate::support::{Harness, clock, soon};

fn account() -> Demo {
    let demo = Demo::empty(clock());
    for name in ["billing-ledger", "orders-api"] {
        demo.put_function(FunctionSeed::named(name).variable("TOKEN", "canary-in-a-variable"));
    }
    demo
}

/// One run of the program that keeps its lists in a folder.
async fn run(server: &Server, folder: &Path) {
    Harness::cached(server, Some(folder.to_owned()), |_, _| {}).rest().await;
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

#[tokio::test]
async fn the_second_start_shows_the_rows_at_once_and_replaces_them_in_place() {
    let demo = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(&server, folder.path()).await;
    demo.remove_function("billing-ledger");
    demo.put_function(FunctionSeed::named("search-index"));
    let gate = demo.gate("ListFunctions");
    let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, _| {});
    app.until("kept").await;
    assert!(app.screen().contains("billing-ledger") && app.screen().contains("orders-api"), "{}", app.screen());
    app.keys("j");
    assert_eq!(app.under_cursor(), "orders-api");
    gate.open();
    app.idle().await;
    assert!(!app.screen().contains("kept") && !app.screen().contains("billing-ledger"), "{}", app.screen());
    assert_eq!(app.under_cursor(), "orders-api", "{}", app.screen());
}

#[tokio::test]
async fn the_age_of_kept_rows_goes_on_while_nobody_answers() {
    let demo = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(&server, folder.path()).await;
    let _gate = demo.gate("ListFunctions");
    let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, _| {});
    app.until("kept from <5 s ago · asking …").await;
    for told in ["5+ s", "10+ s", "20+ s", "30+ s"] {
        let wake = app.wake_in().unwrap();
        assert!(wake <= Duration::from_secs(10), "{told} would come only after {wake:?}");
        app.later(wake);
        while !app.screen().contains(&format!("kept from {told} ago")) {
            let wake = app.wake_in().unwrap();
            assert!(wake <= Duration::from_secs(10), "{}", app.screen());
            app.later(wake);
        }
    }
    app.resize(40, 10);
    assert!(app.screen().contains("eu-west-1") && !app.screen().contains("asking"), "{}", app.screen());
}

#[tokio::test]
async fn rows_kept_from_another_account_are_dropped_and_their_file_too() {
    let demo = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(&server, folder.path()).await;
    let other = Demo::with_functions(clock(), 60);
    other.account_number("999999999999");
    let port = server.url.rsplit(':').next().unwrap().parse().unwrap();
    server.stop().await;
    let server = Server::start_at(other.clone(), port).await.unwrap();
    let gate = other.gate("ListFunctions");
    let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, _| {});
    app.until("kept").await;
    assert!(app.screen().contains("billing-ledger"), "{}", app.screen());
    gate.let_through(1);
    app.until("999999999999").await;
    assert!(!app.screen().contains("billing-ledger"), "{}", app.screen());
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("Functions  60"), "{}", app.screen());
    let kept = std::fs::read_to_string(files(folder.path()).first().unwrap()).unwrap();
    assert!(kept.contains("999999999999") && !kept.contains("billing-ledger"));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::start(account()).await.unwrap();
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("lambdash").join("lists");
    run(&server, &folder).await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files = files(&folder);
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(mode(&files[0]), 0o600);
}

#[tokio::test]
async fn what_is_kept_holds_no_values_of_variables_and_no_places_of_code() {
    let demo = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, _| {});
    app.idle().await.keys("<enter>").rest().await.keys("<esc>r").idle().await;
    let kept: String = files(folder.path()).iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    assert!(kept.contains("billing-ledger"));
    for canary in ["canary-in-a-variable", "TOKEN", "X-Amz-", "awslambda-"] {
        assert!(!kept.contains(canary), "{canary}");
    }
}

#[tokio::test]
async fn without_a_cache_nothing_is_written() {
    let server = Server::start(account()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, options| options.cache = false);
    app.rest().await;
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_damaged_file_is_ignored_and_replaced() {
    let server = Server::start(account()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(&server, folder.path()).await;
    let file = files(folder.path()).remove(0);
    let whole = std::fs::read(&file).unwrap();
    let half = &whole[..whole.len() / 2];
    let future = String::from_utf8_lossy(&whole).replacen("\"version\":1", "\"version\":99", 1).into_bytes();
    for damaged in [b"".as_slice(), b"\xff\xfe\n[]", b"{}\n[]", half, &future] {
        std::fs::write(&file, damaged).unwrap();
        let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, _| {});
        while !app.screen().contains("Functions  2") {
            assert!(!app.screen().contains("kept"), "{}", app.screen());
            app.next().await;
        }
        app.idle().await;
        assert_eq!(std::fs::read(&file).unwrap().len(), whole.len(), "it is whole again");
    }
}

#[tokio::test]
async fn without_sts_nobody_knows_whose_the_rows_are_and_nothing_is_kept() {
    let demo = account();
    let fault = lambdash::demo::Fault::Status { code: 400, error: "InvalidAction".to_owned(), message: String::new() };
    demo.fail("GetCallerIdentity", fault);
    let server = Server::start(demo).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(&server, folder.path()).await;
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn an_identity_of_the_session_left_behind_does_not_sign_the_rows_of_the_next() {
    let demo = account();
    let server = Server::start(demo.clone()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let gate = demo.gate("GetCallerIdentity");
    let mut app = Harness::cached(&server, Some(folder.path().to_owned()), |_, _| {});
    app.until("Functions  2").await;
    soon(gate.arrived(1)).await;
    demo.account_number("999999999999");
    app.keys(":region us-east-1<enter>");
    app.until("Functions  2").await;
    soon(gate.arrived(2)).await;
    gate.open();
    app.idle().await;
    let files = files(folder.path());
    let kept: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    assert_eq!(kept.len(), 1, "{files:?}");
    assert!(kept[0].contains("\"account\":\"999999999999\"") && kept[0].contains("us-east-1"), "{}", kept[0]);
}
