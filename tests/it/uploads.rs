//! A file on its way to AWS: how much of it has left, and how it is stopped.

use std::io::Write as _;
use std::time::Duration;

use lambdash::demo::{Demo, Gate};

use crate::support::server::Server;
use crate::support::{Harness, READ, changes, clock, soon, words};

/// More than the buffers between two sockets hold, in bytes.
const PADDING: usize = 24 << 20;
/// More pieces than the body of the request is read in.
const ALL: usize = 1 << 20;

/// A zip file with so many bytes between its files and its directory, which no reader minds.
fn padded() -> tempfile::NamedTempFile {
    let zip = include_bytes!("../data/two.zip");
    let directory = zip.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let end = zip.windows(4).rposition(|window| window == b"PK\x05\x06").unwrap();
    let (files, mut rest) = (&zip[..directory], zip[directory..].to_vec());
    let at = end - directory + 16;
    let start = u32::try_from(directory + PADDING).unwrap();
    rest[at..at + 4].copy_from_slice(&start.to_le_bytes());
    let mut file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    for part in [files, &vec![0; PADDING], &rest] {
        file.write_all(part).unwrap();
    }
    file
}

/// A layer being published to a server that reads a single piece of it, and waits.
async fn under_way() -> (Demo, Server, Harness, Gate) {
    let demo = Demo::empty(clock());
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    app.keys(":layers<enter>").idle().await;
    let file = padded();
    app.keys("nlarge<tab>").paste(file.path().to_str().unwrap()).idle().await;
    app.keys("<enter>").later(READ);
    assert!(app.screen().contains("PublishLayerVersion large"), "{}", app.screen());
    let gate = demo.gate("Read");
    app.keys("<tab><enter>");
    soon(gate.arrived(1)).await;
    app.later(Duration::from_secs(3)).until(" of 24.0 MB, 3 s").await;
    (demo, server, app, gate)
}

#[tokio::test]
async fn the_header_counts_the_bytes_that_have_left() {
    let (demo, _server, mut app, gate) = under_way().await;
    let sending = |app: &Harness| app.line_with("sending ").split("sending ").nth(1).map(str::to_owned);
    let first = sending(&app);
    assert!(app.screen().contains("ctrl-k stop sending"), "{}", app.screen());
    gate.let_through(400);
    while sending(&app) == first {
        app.next().await;
    }
    assert!(sending(&app).is_some_and(|more| more.contains(" of 24.0 MB")), "{}", app.screen());
    gate.let_through(ALL);
    app.idle().await;
    assert!(words(&app).contains("version 1 of large"), "{}", app.screen());
    assert!(!words(&app).contains("sending "), "{}", app.screen());
    assert_eq!(changes(&demo), ["PublishLayerVersion large"]);
}

#[tokio::test]
async fn what_has_not_left_wholly_is_stopped_and_can_be_sent_again() {
    let (demo, _server, mut app, gate) = under_way().await;
    app.keys("<ctrl-k>").idle().await;
    assert!(words(&app).contains("of 24.0 MB were sent: PublishLayerVersion large"), "{}", app.screen());
    gate.open();
    assert_eq!(changes(&demo), [""; 0], "nothing comes of a part");
    app.keys("n").idle().await;
    assert!(
        app.line_with("layer   ").contains("large") && app.line_with("zip file").contains(".zip"),
        "{}",
        app.screen()
    );
    app.keys("<esc><ctrl-k>");
    assert!(app.screen().contains("no file is on its way to AWS"), "{}", app.screen());
}

#[tokio::test]
async fn a_file_on_its_way_is_told_on_narrow_screens_too() {
    let (_demo, _server, mut app, _gate) = under_way().await;
    for (width, height) in [(80, 24), (40, 10)] {
        app.resize(width, height);
        assert!(app.line_with("of 24.0 MB").contains("MB, 3 s"), "{}", app.screen());
    }
}
