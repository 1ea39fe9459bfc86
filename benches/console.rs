//! What the invoke console costs: from the key to the answer on the screen, beside the bare call, and keys in
//! megabytes.
//!
//! `cargo bench --bench console`. Both go to the same account in this process, so their difference is this program.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot start has nothing to say")]

mod support;

use aws_sdk_lambda::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_lambda::primitives::Blob;
use divan::{Bencher, counter::BytesCount};
use lambdash::demo::{Demo, FunctionSeed, http_client};
use lambdash::testing::{Msg, Options};
use support::{Program, runtime};

/// An answer of 6 MB on one line: as much as Lambda allows.
const LARGEST: &str = "huge:56000";

fn main() {
    divan::main();
}

fn account(behaviour: &str) -> Demo {
    support::account(FunctionSeed::named("orders-api").behaviour(behaviour))
}

/// With the function's console open.
fn console_of(behaviour: &str) -> Program {
    let mut program = Program::of(account(behaviour), Options::default());
    program.keys("i");
    program
}

/// Sends the payload, and draws the answer when it is here.
fn invoke(program: &mut Program) {
    program.keys("<f5>");
    program.until(|model| model.console.running().next().is_none());
}

/// The SDK alone, as small a program as can be: the floor.
fn bare(bencher: Bencher<'_, '_>, behaviour: &str) {
    let (runtime, demo) = (runtime(), account(behaviour));
    let config = aws_sdk_lambda::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("demo", "demo", None, None, "bench"))
        .http_client(http_client(demo))
        .build();
    let client = aws_sdk_lambda::Client::from_conf(config);
    bencher.bench_local(|| {
        let call = client.invoke().function_name("orders-api").payload(Blob::new("{}"));
        runtime.block_on(call.send()).unwrap()
    });
}

#[divan::bench]
fn a_bare_invocation(bencher: Bencher<'_, '_>) {
    bare(bencher, "echo");
}

#[divan::bench]
fn an_invocation_from_the_key_to_the_screen(bencher: Bencher<'_, '_>) {
    let mut program = console_of("echo");
    bencher.bench_local(|| invoke(&mut program));
}

#[divan::bench(sample_count = 20)]
fn a_bare_invocation_that_answers_6_mb(bencher: Bencher<'_, '_>) {
    bare(bencher, LARGEST);
}

#[divan::bench(sample_count = 20)]
fn an_answer_of_6_mb_from_the_key_to_the_screen(bencher: Bencher<'_, '_>) {
    let mut program = console_of(LARGEST);
    bencher.bench_local(|| invoke(&mut program));
}

/// What a key costs in an answer of 6 MB on one line.
fn keys_in_6_mb(bencher: Bencher<'_, '_>, before: &str, keys: &str) {
    let mut program = console_of(LARGEST);
    invoke(&mut program);
    program.keys(before);
    program.each_key(bencher, keys);
}

#[divan::bench]
fn moving_in_the_tree_of_6_mb(bencher: Bencher<'_, '_>) {
    keys_in_6_mb(bencher, "", "jj<pagedown>kG<pageup>g");
}

#[divan::bench]
fn moving_in_the_text_of_6_mb_on_one_line(bencher: Bencher<'_, '_>) {
    keys_in_6_mb(bencher, "t", "llljhG<pageup>g");
}

#[divan::bench]
fn moving_in_the_wrapped_text_of_6_mb_on_one_line(bencher: Bencher<'_, '_>) {
    keys_in_6_mb(bencher, "tw", "jjjk<pagedown>G<pageup>g");
}

#[divan::bench(sample_count = 30)]
fn typing_words_to_be_found_in_6_mb(bencher: Bencher<'_, '_>) {
    keys_in_6_mb(bencher, "/", "row 55999<backspace><backspace><backspace>");
}

#[divan::bench(sample_count = 30)]
fn folding_all_of_6_mb_and_opening_it(bencher: Bencher<'_, '_>) {
    keys_in_6_mb(bencher, "", "z");
}

#[divan::bench(sample_count = 30)]
fn pasting_5_mb_into_the_payload(bencher: Bencher<'_, '_>) {
    let long = format!("[{}0]", "1234567,".repeat(640 * 1024));
    bencher
        .counter(BytesCount::of_str(&long))
        .with_inputs(|| {
            let mut program = console_of("echo");
            program.keys("<ctrl-a><backspace>");
            (program, long.clone())
        })
        .bench_local_refs(|(program, long)| program.feed(Msg::Paste(std::mem::take(long))));
}
