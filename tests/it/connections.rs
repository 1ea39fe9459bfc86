//! The connections of the program as the system sees them.

use lambdash::demo::{Demo, FunctionSeed};

use crate::support::server::Server;
use crate::support::{Harness, clock};

/// The kernel's timer of each established connection to a port of loopback: what it is for, and in how many hundredths
/// of a second (proc(5), `/proc/net/tcp`).
fn timers(port: &str) -> Vec<(String, u64)> {
    let port = format!(":{:04X}", port.parse::<u16>().unwrap());
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let fields = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let ours = fields.filter(|fields| fields[2].ends_with(&port) && fields[3] == "01");
    let timer = ours.map(|fields| fields[5].split_once(':').unwrap());
    timer.map(|(what, left)| (what.to_owned(), u64::from_str_radix(left, 16).unwrap())).collect()
}

#[tokio::test]
async fn a_silent_connection_is_asked_every_minute_whether_it_stands() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo).await.unwrap();
    let app = Harness::new(&server).await;
    let timers = timers(server.url.rsplit(':').next().unwrap());
    assert!(!timers.is_empty(), "no connection stands:\n{}", app.screen());
    for (what, left) in timers {
        assert!(what == "02" && left <= 6000, "02 is the timer that keeps it alive: {what}:{left}");
    }
}
