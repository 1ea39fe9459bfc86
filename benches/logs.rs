//! What reading and filtering a million log events costs: 96 MB of text, as a busy hour leaves it behind.
//!
//! `cargo bench --bench logs`. A filter's key has 16 ms to its first frame, so what a slice of 10,000 events
//! costs is what counts: the room filters what is on the screen first and goes on in slices.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start has nothing to say")]

use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use lambdash::testing::filter::{Candidate, LogFilter};
use lambdash::testing::read_event;

const MANY: usize = 1_000_000;

fn main() {
    divan::main();
}

/// A million events: what Lambda writes, what loggers write, records.
fn events() -> &'static [String] {
    static EVENTS: OnceLock<Vec<String>> = OnceLock::new();
    EVENTS.get_or_init(|| (0..MANY).map(event).collect())
}

fn event(n: usize) -> String {
    let id = format!("8f0c1e7a-0000-4000-8000-{:012}", n / 10);
    match n % 10 {
        0 => format!("START RequestId: {id} Version: $LATEST"),
        8 => format!("END RequestId: {id}"),
        9 => format!(
            "REPORT RequestId: {id} Duration: 12.34 ms Billed Duration: 13 ms Memory Size: 128 MB Max Memory Used: 65 MB"
        ),
        1..4 => format!("2026-11-21T12:04:31.120Z        {id}    INFO    order A-{n} received from the shop"),
        4 => format!("[ERROR] OrderRejected: no stock for order {n}"),
        5 => format!("order {n} found in the cache after looking into three tables"),
        _ => format!(
            r#"{{"timestamp":"2026-11-21T12:04:31.120Z","level":"INFO","message":"priced","requestId":"{id}","order":{{"id":{n}}}}}"#
        ),
    }
}

#[divan::bench(sample_count = 5)]
fn reading_a_million_events(bencher: Bencher<'_, '_>) {
    let events = events();
    bencher
        .counter(ItemsCount::new(MANY))
        .bench(|| events.iter().filter(|event| read_event(event).level.is_some()).count());
}

#[divan::bench(sample_count = 5, args = ["stock", "order !cache", r"/order \d+7 found/", "level:error", "order.id=777777", "request:8f0c1e7a-0000-4000-8000-000000077777"])]
fn filtering_a_million_events(bencher: Bencher<'_, '_>, text: &str) {
    let (events, filter) = (events(), LogFilter::parse(text).unwrap());
    let keeps =
        |message: &&String| filter.keeps(Candidate { message, stream: "2026/11/21/[$LATEST]8f0c", request: None });
    bencher.counter(ItemsCount::new(MANY)).bench(|| events.iter().filter(keeps).count());
}

#[divan::bench]
fn a_filter_being_typed(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        LogFilter::parse(divan::black_box(r#"timeout !health "no stock" /order \d+/ level:warn order.id=7"#))
    });
}
