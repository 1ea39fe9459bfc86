//! Invocations out of logs that come whole, in pieces, and in any order.

use proptest::prelude::*;

use super::*;
use crate::aws::{Failure, LogEvent};
use crate::model::logs::store::End;

fn event(at: i64, stream: &'static str, message: &str) -> LogEvent {
    let id = format!("{stream}{at}{message}");
    LogEvent::of(at, stream.into(), &id, message)
}

/// Takes pages as they come.
fn told(pages: &[Vec<LogEvent>]) -> (Store, Invocations) {
    let (mut store, mut invocations) = (Store::default(), Invocations::default());
    for page in pages {
        let taken = store.take(0, page, End::New);
        invocations.note(taken.fresh);
    }
    while invocations.is_reading() {
        invocations.go_on(&store);
    }
    (store, invocations)
}

fn lines(stream: &'static str, from: i64, messages: &[&str]) -> Vec<LogEvent> {
    messages.iter().zip(from..).map(|(message, at)| event(at, stream, message)).collect()
}

fn one(messages: &[&str]) -> Invocation {
    let (_, invocations) = told(&[lines("s", 5, messages)]);
    let mut all = invocations.iter();
    let one = all.next().unwrap().clone();
    assert!(all.next().is_none(), "{invocations:?}");
    one
}

#[test]
fn an_invocation_is_what_its_events_tell() {
    let run = one(&[
        "INIT_START Runtime Version: python:3.13",
        "loading the model",
        "START RequestId: r1 Version: 7",
        "order received",
        "[ERROR] the far end is slow",
        "[ERROR] ValueError: no\nTraceback (most recent call last):",
        "END RequestId: r1",
        "REPORT RequestId: r1\tDuration: 12.5 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB\tInit Duration: 155 ms",
    ]);
    assert_eq!((&*run.request, run.begun, run.at(), run.cold, run.over), ("r1", Some(7), 7, true, true));
    assert_eq!((run.events.0.at(), run.events.1.at()), (5, 12));
    assert_eq!((run.lines, run.errors, run.failure()), (4, 2, Some(Failure::Error)));
    assert_eq!(
        run.told.map(|(mark, end)| (mark.at(), end)),
        Some((10, true)),
        "what ended it, not what was logged before"
    );
    assert_eq!(run.duration, Some(std::time::Duration::from_micros(12_500)));
    assert_eq!(run.memory, (Some(128), Some(65)));
}

#[test]
fn records_tell_the_same() {
    let run = one(&[
        r#"{"type":"platform.initStart","record":{"phase":"init"}}"#,
        r#"{"type":"platform.start","record":{"requestId":"r1"}}"#,
        r#"{"level":"ERROR","message":"no","requestId":"r1"}"#,
        r#"{"type":"platform.report","record":{"requestId":"r1","status":"timeout","metrics":{"durationMs":3000,"memorySizeMB":128,"initDurationMs":9}}}"#,
    ]);
    assert_eq!((&*run.request, run.begun, run.cold, run.over), ("r1", Some(6), true, true));
    assert_eq!((run.lines, run.errors, run.failure()), (1, 1, Some(Failure::Timeout)));
}

#[test]
fn a_trace_in_lines_that_goes_through_the_runtime_is_a_failure() {
    let lines_of = |file: &str| {
        [
            "START RequestId: r1 Version: 7".to_owned(),
            "about to fail".to_owned(),
            "Traceback (most recent call last):".to_owned(),
            format!("  File \"{file}\", line 128, in run"),
            "    result = handler_fn(event, context)".to_owned(),
            "ValueError: bad".to_owned(),
            "second line".to_owned(),
            "END RequestId: r1".to_owned(),
            "REPORT RequestId: r1\tDuration: 15 ms".to_owned(),
        ]
    };
    for (file, failure, told) in
        [("/tmp/x/_worker.py", Some(Failure::Error), Some("ValueError: bad")), ("/tmp/x/code/app.py", None, None)]
    {
        let written = lines_of(file);
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let (store, invocations) = self::told(&[lines("s", 0, &written)]);
        let run = invocations.iter().next().unwrap();
        assert_eq!((run.failure(), run.over), (failure, true), "{file}");
        assert_eq!(
            run.told(&store)
                .and_then(|mark| store.marked(mark))
                .map(|event| event.message)
                .filter(|_| failure.is_some()),
            told,
            "{file}"
        );
    }
}

#[test]
fn the_last_error_that_was_logged_is_next_to_the_end() {
    let messages =
        ["START RequestId: r1", "[ERROR] retrying", "[ERROR] given up", "REPORT RequestId: r1\tStatus: error"];
    let (store, invocations) = told(&[lines("s", 0, &messages)]);
    let run = invocations.iter().next().unwrap();
    assert_eq!(store.marked(run.told(&store).unwrap()).unwrap().message, "[ERROR] given up");
    assert!(run.failure().is_some());
}

/// With `SystemLogLevel` at `WARN` nothing tells that an invocation began or ended.
#[test]
fn without_reports_a_record_of_an_error_at_the_end_is_a_failure() {
    let said = |request: &str| format!(r#"{{"level":"INFO","message":"x","requestId":"{request}"}}"#);
    let error = |request: &str| {
        format!(
            r#"{{"level":"ERROR","requestId":"{request}","message":{{"errorType":"E","errorMessage":"no","stackTrace":[]}}}}"#
        )
    };
    let report = |status: &str| {
        format!(r#"{{"type":"platform.report","record":{{"requestId":"d","status":"{status}","metrics":{{}}}}}}"#)
    };
    let all = [said("a"), error("a"), error("b"), said("b"), said("c"), error("d"), report("success"), said("e")];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (_, invocations) = told(&[lines("s", 0, &all)]);
    let runs: Vec<_> =
        invocations.iter().map(|run| (&*run.request, run.failure().is_some(), run.over, run.followed)).collect();
    assert_eq!(
        runs,
        [
            ("a", true, false, true),
            ("b", false, false, true),
            ("c", false, false, true),
            ("d", false, true, true),
            ("e", false, false, false)
        ]
    );
}

#[test]
fn one_after_the_other_and_again_under_the_same_number() {
    let (store, invocations) = told(&[lines(
        "s",
        0,
        &[
            "printed before all that is loaded",
            "END RequestId: r0",
            "REPORT RequestId: r0\tDuration: 1 ms",
            "START RequestId: r1",
            "a",
            "REPORT RequestId: r1\tDuration: 2 ms\tStatus: error",
            "START RequestId: r1",
            "b",
        ],
    )]);
    let all: Vec<_> =
        invocations.iter().map(|run| (&*run.request, run.begun, run.over, run.failure().is_some())).collect();
    assert_eq!(all, [("r0", None, true, false), ("r1", Some(3), true, true), ("r1", Some(6), false, false)]);
    let of = |n: usize| invocations.of(&store.get(n).unwrap(), store.mark(n).unwrap()).unwrap().at();
    assert_eq!((of(0), of(4), of(5), of(7)), (0, 3, 3, 6));
}

#[test]
fn an_environment_of_many_requests_is_told_apart_by_their_numbers() {
    let record = |request: &str, kind: &str| format!(r#"{{"type":"{kind}","record":{{"requestId":"{request}"}}}}"#);
    let said = |request: &str| format!(r#"{{"message":"x","requestId":"{request}"}}"#);
    let all = [record("a", "platform.start"), record("b", "platform.start"), said("a"), said("b"), said("a")];
    let ends = [record("a", "platform.report"), record("b", "platform.report")];
    let all: Vec<&str> = all.iter().chain(&ends).map(String::as_str).collect();
    let (store, invocations) = told(&[lines("s", 0, &all)]);
    let lines: Vec<_> = invocations.iter().map(|run| (&*run.request, run.lines)).collect();
    assert_eq!(lines, [("a", 2), ("b", 1)]);
    let of = |n: usize| &*invocations.of(&store.get(n).unwrap(), store.mark(n).unwrap()).unwrap().request;
    assert_eq!((of(2), of(3), of(4), of(6)), ("a", "b", "a", "b"));
}

#[test]
fn what_the_store_lets_go_is_forgotten() {
    let (mut store, mut invocations) = (Store::new(400), Invocations::default());
    for n in 0..100 {
        let messages = [format!("START RequestId: r{n}"), format!("REPORT RequestId: r{n}\tDuration: 1 ms")];
        let events: Vec<_> = messages.iter().zip(n * 10..).map(|(message, at)| event(at, "s", message)).collect();
        let taken = store.take(0, &events, End::New);
        invocations.note(taken.fresh);
        invocations.go_on(&store);
    }
    let oldest = store.mark(0).unwrap();
    assert!(invocations.iter().all(|run| run.events.1 >= oldest));
    assert!((1..20).contains(&invocations.iter().count()));
}

/// A log as environments write it: each takes one request after the other.
fn written() -> impl Strategy<Value = Vec<LogEvent>> {
    let run = (any::<bool>(), 0_usize..4, 0_u8..4);
    let stream = proptest::collection::vec(run, 0..6);
    proptest::collection::vec(stream, 1..4).prop_map(|streams| {
        let mut events = Vec::new();
        for (stream, runs) in ["s0", "s1", "s2"].into_iter().zip(streams) {
            let mut at = 0;
            let mut write = |message: String| {
                at += 3;
                events.push(event(at, stream, &message));
            };
            for (n, (cold, printed, end)) in runs.into_iter().enumerate() {
                if cold {
                    write("INIT_START Runtime Version: x".to_owned());
                    write("loading".to_owned());
                }
                write(format!("START RequestId: {stream}-{n} Version: 1"));
                let printing = [
                    "[INFO] line",
                    "[ERROR] line",
                    r#"{"level":"ERROR","errorType":"E","stackTrace":[],"message":"no"}"#,
                ];
                printing.iter().take(printed).for_each(|line| write((*line).to_owned()));
                if end > 0 {
                    write(format!("END RequestId: {stream}-{n}"));
                    let status = ["", "\tStatus: timeout", "\tStatus: error"][usize::from(end) - 1];
                    write(format!("REPORT RequestId: {stream}-{n}\tDuration: 7 ms{status}"));
                }
            }
        }
        events
    })
}

proptest! {
    #[test]
    fn any_order_of_pages_tells_the_same(events in written(), cuts in proptest::collection::vec(0_usize..60, 0..6), turn in any::<proptest::sample::Index>(), back in any::<bool>()) {
        let mut sorted = events;
        sorted.sort_by_key(|event| event.at);
        let bare = |invocations: &Invocations| {
            let all = invocations.iter().map(|run| {
                let marks = (run.events.0.at(), run.events.1.at(), run.told.map(|(mark, end)| (mark.at(), end)));
                (run.request.clone(), run.stream.clone(), marks, run.begun, run.cold, run.over, run.followed, run.failure(), run.errors, run.lines)
            });
            let mut all: Vec<_> = all.collect();
            all.sort_by(|a, b| (&a.1, a.2).cmp(&(&b.1, b.2)));
            all
        };
        let whole = bare(&told(std::slice::from_ref(&sorted)).1);
        let mut cuts = cuts;
        cuts.sort_unstable();
        let mut pages: Vec<Vec<LogEvent>> = Vec::new();
        let mut from = 0;
        for cut in cuts.into_iter().chain([usize::MAX]) {
            let to = cut.clamp(from, sorted.len());
            pages.push(sorted[from..to].to_vec());
            from = to;
        }
        if back {
            pages.reverse();
        }
        let turn = turn.index(pages.len());
        pages.rotate_left(turn);
        prop_assert_eq!(bare(&told(&pages).1), whole);
    }
}
