//! What one key and one frame cost with 20,000 functions, without terminal and network.
//!
//! `cargo bench --bench core`. The ratio that counts is to `a_frame_of_an_empty_list` in the same run.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot start has nothing to say")]

use std::sync::Arc;
use std::time::Duration;

use divan::Bencher;
use lambdash::testing::{ALL, Chord, Model, Msg, Now, Options, Painter, Session, Size};
use lambdash::{Engine, Ports};
use ratatui::backend::TestBackend;

const SIZE: Size = Size { width: 200, height: 50 };

fn main() {
    divan::main();
}

/// A program with `n` functions on the screen; nothing answers.
fn program(n: usize) -> (tokio::runtime::Runtime, Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let mut session = Session::default();
    session.target.region = Some("eu-west-1".to_owned());
    session.target.endpoint = Some("http://127.0.0.1:9".to_owned());
    let clock = Arc::new(|| Now { since: Duration::from_secs(1), wall: "2026-11-21T12:00:00Z".parse().unwrap() });
    let mut engine = Engine::new(Model::new(session, Options::default(), SIZE), Ports::default(), clock);
    let rows = (0..n).map(|n| ALL[0].decode(&function(n).to_string()).unwrap()).collect();
    runtime.block_on(async {
        engine.feed(Msg::Resize(SIZE));
        loop {
            match engine.next().await {
                // Nobody listens there: in place of the failure comes the list, as if kept from the last run.
                Msg::Loaded { question, ticket, .. } => {
                    let at = "2026-11-21T00:00:00Z".parse().unwrap();
                    engine.feed(Msg::Recalled { question, ticket, rows, at, account: None });
                    break;
                }
                msg => drop(engine.feed(msg)),
            }
        }
    });
    (runtime, engine)
}

fn function(n: usize) -> serde_json::Value {
    let name = format!("{}-service-{n:05}", ["orders", "billing", "search", "media", "data"][n % 5]);
    serde_json::json!({
        "name": name, "arn": format!("arn:aws:lambda:eu-west-1:123456789012:function:{name}"), "handler": "app.handler",
        "role": format!("arn:aws:iam::123456789012:role/{name}-role"), "description": "serves what it is asked for", "memory": 512, "timeout": 30,
        "code_size": 4_194_304, "code_sha256": "x", "revision_id": "r", "last_modified": "2026-11-01T00:00:00Z", "environment": 3,
        "ephemeral_storage": 512,
        "common": {
            "runtime": "python3.13", "version": "$LATEST", "architecture": "arm64", "package_type": "Zip", "layers": [], "vpc_id": null,
            "subnets": 0, "security_groups": 0, "file_systems": 0, "tracing": null, "log_format": "Text", "own_log_group": null,
            "kms_key_arn": null, "dead_letter": null, "snap_start": null, "durable": false, "tenant_isolation": null,
            "capacity_provider": null, "master_arn": null
        }
    })
}

fn frame(bencher: Bencher<'_, '_>, n: usize) {
    let (_runtime, engine) = program(n);
    let mut screen = Painter::new(TestBackend::new(SIZE.width, SIZE.height), SIZE);
    bencher.bench_local(|| {
        screen.show(|canvas| engine.draw(canvas)).unwrap();
    });
}

#[divan::bench]
fn a_frame_of_an_empty_list(bencher: Bencher<'_, '_>) {
    frame(bencher, 0);
}

#[divan::bench]
fn a_frame_with_20_000_functions(bencher: Bencher<'_, '_>) {
    frame(bencher, 20_000);
}

fn keys(bencher: Bencher<'_, '_>, n: usize, keys: &str) {
    keys_after(bencher, n, Vec::new(), keys);
}

/// What a key costs after some messages.
fn keys_after(bencher: Bencher<'_, '_>, n: usize, before: Vec<Msg>, keys: &str) {
    let (runtime, mut engine) = program(n);
    let _entered = runtime.enter();
    for msg in before {
        engine.feed(msg);
    }
    let mut screen = Painter::new(TestBackend::new(SIZE.width, SIZE.height), SIZE);
    let chords = Chord::sequence(keys).unwrap();
    let mut next = 0;
    bencher.bench_local(|| {
        engine.feed(Msg::Key(chords[next % chords.len()]));
        next += 1;
        screen.show(|canvas| engine.draw(canvas)).unwrap();
    });
}

#[divan::bench]
fn moving_the_cursor_with_20_000_functions(bencher: Bencher<'_, '_>) {
    keys(bencher, 20_000, "jjjjk");
}

#[divan::bench]
fn typing_a_filter_with_20_000_functions(bencher: Bencher<'_, '_>) {
    keys(bencher, 20_000, "/orders<backspace><backspace><backspace><esc>");
}

#[divan::bench]
fn sorting_20_000_functions(bencher: Bencher<'_, '_>) {
    keys(bencher, 20_000, "S");
}

/// The console of a function, its payload replaced by another one.
fn payload(text: String) -> Vec<Msg> {
    let keys = Chord::sequence("i<ctrl-a><backspace>").unwrap().into_iter().map(Msg::Key);
    keys.chain([Msg::Paste(text)]).collect()
}

#[divan::bench]
fn typing_into_a_payload_of_5_mb_on_one_line(bencher: Bencher<'_, '_>) {
    let long = format!("[{}0]", "1234567,".repeat(640 * 1024));
    keys_after(bencher, 1, payload(long), "1<left><backspace><right><home><right>");
}

#[divan::bench]
fn typing_into_a_payload_of_5_mb_on_many_lines(bencher: Bencher<'_, '_>) {
    let long = format!("[\n{}0\n]", "  \"a line of thirty characters\",\n".repeat(150_000));
    keys_after(bencher, 1, payload(long), "1<ctrl-home><down>2<pagedown><backspace><ctrl-end><left>");
}
