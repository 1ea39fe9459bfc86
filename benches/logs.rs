//! What reading and filtering a million log events costs: 96 MB of text, as a busy hour leaves it behind. And what a key
//! costs in the room that holds them.
//!
//! `cargo bench --bench logs`. A filter's key has 16 ms to its first frame, so what a slice of 10,000 events
//! costs is what counts: the room filters what is on the screen first and goes on in slices. The slowest key of the room
//! counts, not the median. The room reads its million at 5 calls a second, which takes 20 s before its benches.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot start has nothing to say")]

mod support;

use std::cell::RefCell;
use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, Utc};
use divan::Bencher;
use divan::counter::ItemsCount;
use lambdash::demo::FunctionSeed;
use lambdash::testing::filter::{Candidate, LogFilter};
use lambdash::testing::{Chord, Msg, Options, Place, read_event};
use support::Program;

const MANY: usize = 1_000_000;
/// The room's memory for them, in MB.
const ROOM: usize = 256;

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

/// Does something with the program whose log room holds the million events; it is left as it was found.
fn in_the_room<T>(what: impl FnOnce(&mut Program) -> T) -> T {
    thread_local!(static HELD: RefCell<Option<Program>> = const { RefCell::new(None) });
    HELD.with_borrow_mut(|held| {
        let program = held.get_or_insert_with(room);
        let logs = program
            .knows(|model| model.views.place() == Place::Logs && !model.logs.listing && model.logs.words.is_empty());
        assert!(logs, "the bench before did not leave the room as it was found");
        what(program)
    })
}

/// The log of a function, all of whose events are read, looked through and put together.
fn room() -> Program {
    let account = support::account(FunctionSeed::named("busy"));
    let from: DateTime<Utc> = support::NOW.parse::<DateTime<Utc>>().unwrap() - TimeDelta::milliseconds(1_000_500);
    account
        .flood_of("/aws/lambda/busy", "2026/11/21/[$LATEST]8f0c", from, 1000, |n| event(usize::try_from(n).unwrap()));
    let mut program = Program::of(account, Options { log_memory: ROOM, ..Options::default() });
    program.keys("l6");
    program.until(|model| model.logs.store.len() >= MANY && !model.logs.invocations.is_reading());
    program
}

/// What a key costs in the room, after some keys; others lead back.
fn keys_in_the_room(bencher: Bencher<'_, '_>, before: &str, keys: &str, after: &str) {
    in_the_room(|program| {
        program.keys(before);
        program.each_key(bencher, keys);
        program.keys(after);
    });
}

#[divan::bench]
fn scrolling_in_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "", "kkkk<pageup>jg<pagedown>jG", "G");
}

#[divan::bench]
fn typing_a_filter_over_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "/", "stock 77<backspace><backspace><backspace>", "<esc>");
}

/// Nothing near the cursor is shown: what is looked through before the frame is what counts.
#[divan::bench]
fn typing_a_filter_that_lets_nothing_through(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "/", "order.id=-7<backspace>", "<esc>");
}

#[divan::bench]
fn typing_what_is_looked_for_in_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "F", "stock 77<backspace><backspace><backspace>", "<esc>");
}

/// From hit to hit; of the last words there is one in the whole million, and none, so the way to it is long.
#[divan::bench(args = ["stock", "order.id=777777", "order.id=-7"])]
fn going_to_the_next_hit_in_a_million(bencher: Bencher<'_, '_>, words: &str) {
    keys_in_the_room(bencher, &format!("F{words}<enter>"), "nnN", "<esc>G");
}

/// What stands around each event that the filter keeps: 2, 5, all, none.
#[divan::bench]
fn showing_what_surrounds_hits_in_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "/stock<enter>", "CkCkCjCj", "/<ctrl-u><enter>G");
}

#[divan::bench]
fn scrolling_in_columns_of_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "Jorder.id,level,message<enter>", "kkkk<pageup>jg<pagedown>jG", "J<ctrl-u><enter>G");
}

/// Filters by these words, and takes the key; not timed.
fn filter(program: &mut Program, words: &str) {
    program.keys(&format!("/<ctrl-u>{words}<enter>"));
}

#[divan::bench(args = ["stock", "order.id=777777"])]
fn a_key_while_a_filter_looks_at_a_million(bencher: Bencher<'_, '_>, words: &str) {
    in_the_room(|program| {
        program.keys("k");
        let (program, mut keys) = (RefCell::new(program), 0);
        let chord = Chord::sequence("k").unwrap()[0];
        // It looks on with every message, and is done after a hundred.
        let begin = || {
            if keys % 50 == 0 {
                filter(&mut program.borrow_mut(), words);
            }
            keys += 1;
        };
        bencher.with_inputs(begin).bench_local_values(|()| program.borrow_mut().feed(Msg::Key(chord)));
        program.borrow_mut().keys("<esc>G");
    });
}

#[divan::bench(args = ["stock", "order.id=777777"], sample_count = 60)]
fn a_turn_of_a_filter_and_its_frame(bencher: Bencher<'_, '_>, words: &str) {
    in_the_room(|program| {
        program.keys("k");
        filter(program, words);
        bencher.bench_local(|| program.feed(Msg::Tick));
        program.keys("<esc>G");
    });
}

#[divan::bench]
fn moving_in_the_invocations_of_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "v", "jj<pagedown>kGg", "<esc>");
}

#[divan::bench(sample_count = 20)]
fn sorting_the_invocations_of_a_million(bencher: Bencher<'_, '_>) {
    keys_in_the_room(bencher, "v", "s", "<esc>");
}
