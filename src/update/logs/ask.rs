//! The lines that a log asks for: a filter, a range of time, a pattern, columns, a file.

use std::sync::Arc;

use chrono::Local;
use tui_input::InputRequest;

use super::{columns, step};
use crate::aws::Text;
use crate::keys::Action;
use crate::model::logs::columns::paths;
use crate::model::logs::{Ask, Logs, Reach, WORDS, Wanted, Way, range};
use crate::model::{Effect, Model, Now};

/// Asks for words to filter by.
pub(super) fn filter(model: &mut Model) {
    let before = model.logs.words.clone();
    model.logs.ask = Some(Ask { wanted: Wanted::Filter, input: before.as_str().into(), before, complaint: None });
}

/// Asks for words to look for.
pub(super) fn find(model: &mut Model) {
    let before = model.logs.search.as_ref().map(|search| search.words().to_owned()).unwrap_or_default();
    model.logs.ask = Some(Ask { wanted: Wanted::Find, input: before.as_str().into(), before, complaint: None });
}

/// A filter that is typed becomes a search, and a search a filter.
fn swap(model: &mut Model) {
    let Some(ask) = model.logs.ask.take() else { return };
    let typed = ask.input.value().to_owned();
    undo(model, &ask);
    match ask.wanted {
        Wanted::Filter => find(model),
        Wanted::Find => filter(model),
        _ => {
            model.logs.ask = Some(ask);
            return;
        }
    }
    if let Some(ask) = &mut model.logs.ask {
        ask.input = typed.into();
    }
    take_effect(model);
}

/// Brings back what was before a line was typed.
fn undo(model: &mut Model, ask: &Ask) {
    // What was understood before is still.
    match ask.wanted {
        Wanted::Filter => drop(model.logs.filter_by(&ask.before)),
        Wanted::Find => drop(model.logs.find(&ask.before)),
        _ => {}
    }
}

/// Asks for a range of time.
pub(super) fn reach(model: &mut Model) {
    model.logs.ask = Some(Ask { wanted: Wanted::Reach, input: "".into(), before: String::new(), complaint: None });
}

/// Asks what `CloudWatch` Logs is to search for.
pub(super) fn pattern(model: &mut Model) {
    let before = model.logs.pattern.as_deref().unwrap_or_default().to_owned();
    model.logs.ask = Some(Ask { wanted: Wanted::Pattern, input: before.as_str().into(), before, complaint: None });
}

/// Asks for the name of a file.
pub(super) fn save(model: &mut Model) {
    let now = model.clock.now();
    if model.logs.sieve.kept(&model.logs.store) == 0 {
        return model.notices.warn("there is nothing to save", now);
    }
    let name = model.logs.sources.first().map_or("log", |source| source.subject.name.as_str());
    let name = name.replace(['/', ':', '$'], "-");
    let likely = format!("{name}-{}.log", now.wall.format("%Y%m%d-%H%M%S"));
    model.logs.ask = Some(Ask { wanted: Wanted::File, input: likely.into(), before: String::new(), complaint: None });
}

/// A key that is text.
pub fn type_ask(model: &mut Model, request: Option<InputRequest>) {
    let (Some(request), Some(ask)) = (request, &mut model.logs.ask) else { return };
    ask.input.handle(request);
    take_effect(model);
}

/// A filter and a search work while they are typed; of the others it is said what is wrong.
fn take_effect(model: &mut Model) {
    let now = model.clock.now();
    let Some(ask) = &model.logs.ask else { return };
    let typed = ask.input.value().to_owned();
    let complaint = match ask.wanted {
        Wanted::Filter => model.logs.filter_by(&typed).err().map(|why| why.to_string()),
        Wanted::Find => model.logs.find(&typed).err().map(|why| why.to_string()),
        Wanted::Columns => paths(&typed).err(),
        Wanted::Reach if !typed.trim().is_empty() => read_reach(&model.logs, &typed, now).err(),
        _ => None,
    };
    if let Some(ask) = &mut model.logs.ask {
        ask.complaint = complaint;
    }
}

/// A key that ends the line, or moves in the log behind it.
pub fn asked(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Accept => return accept(model),
        Action::Back => {
            if let Some(ask) = model.logs.ask.take() {
                undo(model, &ask);
            }
        }
        Action::Complete if model.logs.ask.as_ref().is_some_and(|ask| ask.wanted == Wanted::Columns) => {
            columns::complete(model);
        }
        Action::Complete => swap(model),
        action => step(model, action),
    }
    Vec::new()
}

fn accept(model: &mut Model) -> Vec<Effect> {
    // A line with a complaint stays: it can be mended.
    let Some(ask) = model.logs.ask.take_if(|ask| ask.complaint.is_none()) else { return Vec::new() };
    let typed = ask.input.value().trim().to_owned();
    match ask.wanted {
        Wanted::Filter => Vec::new(),
        Wanted::Find => {
            model.logs.seek(Way::Nearest);
            Vec::new()
        }
        Wanted::Pattern => search(model, &typed),
        Wanted::Columns => {
            columns::choose(model, &typed);
            Vec::new()
        }
        _ if typed.is_empty() => Vec::new(),
        Wanted::Reach => turn(model, &typed),
        Wanted::File => write(model, typed),
    }
}

/// A range as it was typed, in the zone on show.
fn read_reach(logs: &Logs, typed: &str, now: Now) -> Result<Reach, String> {
    let read =
        if logs.local { range::parse(typed, &now.wall.with_timezone(&Local)) } else { range::parse(typed, &now.wall) };
    let range = read?;
    Ok(Reach::Between { from: range.from.timestamp_millis(), to: range.to.map(|to| to.timestamp_millis()) })
}

fn turn(model: &mut Model, typed: &str) -> Vec<Effect> {
    let now = model.clock.now();
    match read_reach(&model.logs, typed, now) {
        Ok(reach) => model.logs.turn_to(reach, now).into_iter().map(Effect::Cancel).collect(),
        Err(why) => {
            model.notices.warn(why, now);
            Vec::new()
        }
    }
}

/// Reads the same time again, with another pattern.
fn search(model: &mut Model, typed: &str) -> Vec<Effect> {
    let now = model.clock.now();
    let pattern = (!typed.is_empty()).then(|| Text::line(typed));
    if pattern == model.logs.pattern {
        return Vec::new();
    }
    model.logs.pattern = pattern;
    let live = model.logs.tail.rest(now.since);
    model.logs.turn_to(model.logs.reach, now).into_iter().chain(live).map(Effect::Cancel).collect()
}

fn write(model: &Model, path: String) -> Vec<Effect> {
    let lines = path.to_lowercase().ends_with(".jsonl");
    let bytes = if lines { as_json(&model.logs) } else { as_text(&model.logs) };
    vec![Effect::Save { path, bytes: Arc::new(bytes) }]
}

/// What is shown and what is folded into it, an event after the other: the moment in UTC, the source where there are several, the message.
fn as_text(logs: &Logs) -> Vec<u8> {
    let mut out = String::new();
    for event in shown(logs) {
        out.push_str(&moment(event.at));
        if let Some(source) = logs.sources.get(usize::from(event.source)).filter(|_| logs.sources.len() > 1) {
            out.push(' ');
            out.push_str(&source.subject.name);
        }
        out.push(' ');
        out.push_str(event.message);
        out.push('\n');
    }
    out.into_bytes()
}

/// The same, a JSON object in each line.
fn as_json(logs: &Logs) -> Vec<u8> {
    let mut out = Vec::new();
    for event in shown(logs).filter(|event| event.source != WORDS) {
        let group = logs.sources.get(usize::from(event.source)).map(|source| source.subject.group.as_str());
        let record = serde_json::json!({
            "timestamp": event.at, "time": moment(event.at), "logGroup": group, "logStream": event.stream.as_str(),
            "message": event.message,
        });
        out.extend_from_slice(record.to_string().as_bytes());
        out.push(b'\n');
    }
    out
}

fn shown(logs: &Logs) -> impl Iterator<Item = crate::model::logs::Event<'_>> {
    let all = 0..logs.store.len();
    all.filter(|n| logs.sieve.keeps(&logs.store, *n)).filter_map(|n| logs.store.get(n))
}

fn moment(at: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(at);
    time.map_or_else(|| at.to_string(), |time| time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}
