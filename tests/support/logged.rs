//! An account that logs, and what a log shows of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::demo::{Clock, Demo, FunctionSeed};
use super::server::Server;
use super::{Harness, START};

/// Its log group, and one of its streams.
pub const GROUP: &str = "/aws/lambda/orders-api";
pub const STREAM: &str = "2026/11/21/[$LATEST]0a1b";

/// An account with one function, `orders-api`, whose time a test tells.
pub struct Logged {
    pub demo: Demo,
    server: Server,
    seconds: Arc<AtomicI64>,
}

impl Logged {
    /// Begins at the start of all tests.
    pub async fn new() -> Self {
        let seconds = Arc::new(AtomicI64::new(0));
        let told = seconds.clone();
        let start: DateTime<Utc> = START.parse().unwrap();
        let clock: Clock = Arc::new(move || start + TimeDelta::seconds(told.load(Ordering::Relaxed)));
        let demo = Demo::empty(clock);
        demo.put_function(FunctionSeed::named("orders-api"));
        let server = Server::start(demo.clone()).await.unwrap();
        Self { demo, server, seconds }
    }

    /// Writes a line so many seconds after the start, or before it.
    pub fn write(&self, at: i64, line: &str) -> &Self {
        self.write_to(GROUP, STREAM, at, line)
    }

    /// The same into any stream of any group.
    pub fn write_to(&self, group: &str, stream: &str, at: i64, line: &str) -> &Self {
        let now = self.seconds.swap(at, Ordering::Relaxed);
        self.demo.put_log_event(group, stream, line);
        self.seconds.store(now, Ordering::Relaxed);
        self
    }

    /// The program with its functions on the screen.
    pub async fn app(&self) -> Harness {
        let mut app = Harness::new(&self.server).await;
        app.resize(120, 30).rest().await;
        app
    }

    /// Lets time pass for the program and for the account.
    pub async fn later(&self, app: &mut Harness, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
        app.later(Duration::from_secs(seconds.unsigned_abs())).idle().await;
    }

    /// How often events were asked for.
    pub fn asked(&self) -> usize {
        usize::try_from(super::asked(&self.demo, "FilterLogEvents")).unwrap()
    }
}

/// The messages on the screen, in their order.
pub fn messages(app: &Harness) -> Vec<String> {
    let screen = app.screen();
    let is_event = |line: &&str| line.chars().nth(4) == Some(':') && line.chars().nth(10) == Some('.');
    screen.lines().filter(is_event).map(|line| line.chars().skip(34).collect()).collect()
}
