//! What leaves the log: events and invocations, for a file or the clipboard.

use std::time::Duration;

use serde_json::json;

use crate::model::logs::{Invocation, Logs, Record, WORDS, moment};
use crate::model::{Effect, Model, csv};
use crate::update::overlays;

/// What a file of that name is to hold: the invocations of the list, or the marked events, or all that are shown. The
/// ending says how: `.jsonl` is one JSON object a line.
pub(super) fn file(model: &Model, path: &str) -> Vec<u8> {
    let (logs, json) = (&model.logs, path.to_lowercase().ends_with(".jsonl"));
    if logs.listing {
        let now = model.clock.now().wall.timestamp_millis();
        return if json { runs_as_json(logs, now) } else { runs_as_csv(logs, now) };
    }
    if logs.picks.is_empty() {
        let shown = (0..logs.store.len()).filter(|n| logs.sieve.keeps(&logs.store, *n));
        return if json { as_json(logs, shown) } else { as_text(logs, shown).into_bytes() };
    }
    let picked = logs.picked().into_iter();
    if json { as_json(logs, picked) } else { as_text(logs, picked).into_bytes() }
}

/// Copies the marked events with their moments; the one under the cursor when none is.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let logs = &model.logs;
    if logs.picks.is_empty() {
        return super::event::copy(model);
    }
    let (what, text) = (marked(logs.picks.len()), as_text(logs, logs.picked().into_iter()));
    overlays::copy_or(model, &what, text, "S saves them to a file")
}

fn marked(count: usize) -> String {
    if count == 1 { "the marked event".to_owned() } else { format!("the {count} marked events") }
}

/// Copies all events of the invocation under the cursor, with their moments.
pub(super) fn copy_run(model: &mut Model) -> Vec<Effect> {
    let logs = &model.logs;
    let Some(run) = logs.run() else {
        super::alone::nobody(model);
        return Vec::new();
    };
    let (what, text) = (format!("the invocation {}", run.request), as_text(logs, logs.events_of(&run.only())));
    overlays::copy_or(model, &what, text, "i shows it alone, and S then saves it to a file")
}

/// An event after the other: the moment in UTC, the source where there are several, the message.
fn as_text(logs: &Logs, events: impl Iterator<Item = usize>) -> String {
    let mut out = String::new();
    for event in events.filter_map(|n| logs.store.get(n)) {
        out.push_str(&moment(event.at));
        if let Some(source) = logs.sources.get(usize::from(event.source)).filter(|_| logs.sources.len() > 1) {
            out.push(' ');
            out.push_str(&source.subject.name);
        }
        out.push(' ');
        out.push_str(event.message);
        out.push('\n');
    }
    out
}

/// The same, a JSON object in each line.
fn as_json(logs: &Logs, events: impl Iterator<Item = usize>) -> Vec<u8> {
    let own =
        events.filter_map(|n| logs.store.get(n).zip(logs.store.mark(n))).filter(|(event, _)| event.source != WORDS);
    let record = |(event, mark)| {
        let around = logs.invocations.of(&event, mark).map(|run| &*run.request).filter(|request| !request.is_empty());
        Record::of_held(event, group(logs, event.source), around).line().into_bytes()
    };
    own.flat_map(record).collect()
}

/// The invocations of the list, a line for each below a line of headings. Times are in milliseconds, memory in MB.
fn runs_as_csv(logs: &Logs, now: i64) -> Vec<u8> {
    const HEADINGS: [&str; 12] = [
        "time",
        "requestId",
        "logGroup",
        "logStreamName",
        "result",
        "durationMs",
        "billedMs",
        "initMs",
        "memoryMb",
        "peakMb",
        "errors",
        "whatWentWrong",
    ];
    let mut out = String::new();
    csv::line(&mut out, HEADINGS.into_iter());
    for run in logs.listed() {
        let time = |time: Option<Duration>| time.map(|time| milliseconds(time).to_string()).unwrap_or_default();
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let cells = [
            moment(run.at()),
            run.request.to_string(),
            group(logs, run.source).to_owned(),
            run.stream.to_string(),
            run.result(now).to_owned(),
            time(run.duration),
            time(run.billed),
            time(run.init),
            number(run.memory.0),
            number(run.memory.1),
            run.errors.to_string(),
            logs.wrong(run).unwrap_or_default(),
        ];
        csv::line(&mut out, cells.iter().map(String::as_str));
    }
    out.into_bytes()
}

/// The same, a JSON object in each line; what is not known is `null`.
fn runs_as_json(logs: &Logs, now: i64) -> Vec<u8> {
    let record = |run: &Invocation| {
        json!({
            "timestamp": run.at(), "time": moment(run.at()), "requestId": &*run.request,
            "logGroup": group(logs, run.source), "logStreamName": run.stream.as_str(), "result": run.result(now),
            "durationMs": run.duration.map(milliseconds), "billedMs": run.billed.map(milliseconds),
            "initMs": run.init.map(milliseconds), "memoryMb": run.memory.0, "peakMb": run.memory.1,
            "errors": run.errors, "whatWentWrong": logs.wrong(run),
        })
    };
    logs.listed().flat_map(|run| format!("{}\n", record(run)).into_bytes()).collect()
}

fn group(logs: &Logs, source: u8) -> &str {
    logs.sources.get(usize::from(source)).map_or("", |source| source.subject.group.as_str())
}

/// To a hundredth, as a report has it.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}
