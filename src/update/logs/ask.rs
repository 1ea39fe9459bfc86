//! The lines that a log asks for: a filter, a range of time, a pattern, columns, a file.

use std::sync::Arc;

use chrono::Local;
use tui_input::InputRequest;

use super::{columns, out, step};
use crate::aws::Text;
use crate::keys::Action;
use crate::model::logs::columns::paths;
use crate::model::logs::{Ask, Logs, Reach, Wanted, Way, range};
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
    let logs = &model.logs;
    let nothing = if logs.listing { logs.runs.is_empty() } else { logs.sieve.kept(&logs.store) == 0 };
    if nothing && logs.picks.is_empty() {
        return model.notices.warn("there is nothing to save", now);
    }
    let (kind, ending) = if logs.listing { ("-invocations", "csv") } else { ("", "log") };
    let likely = format!("{}{kind}-{}.{ending}", whose(&model.logs), now.wall.format("%Y%m%d-%H%M%S"));
    model.logs.ask = Some(Ask { wanted: Wanted::File, input: likely.into(), before: String::new(), complaint: None });
}

/// Whose events are shown, as a file may be called.
fn whose(logs: &Logs) -> String {
    let only = logs.sieve.only().map(|only| only.source);
    let is_shown = |number: u8| only.map_or(!logs.sieve.is_off(number), |only| only == number);
    let mut shown = logs.sources.iter().zip(0_u8..).filter(|(_, number)| is_shown(*number));
    let name = shown.next().map_or("log", |(source, _)| source.subject.name.as_str());
    let name = name.replace(['/', ':', '$'], "-");
    match shown.count() {
        0 => name,
        more => format!("{name}-and-{more}-more"),
    }
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
    let Some(ask) = model.logs.ask.as_ref().filter(|ask| ask.complaint.is_none()) else { return Vec::new() };
    let (wanted, typed) = (ask.wanted, ask.input.value().trim().to_owned());
    if wanted == Wanted::File && !typed.is_empty() {
        // The name stays until the file is written: it can be mended, too.
        return write(model, typed);
    }
    model.logs.ask = None;
    match wanted {
        Wanted::Filter | Wanted::File => Vec::new(),
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
    }
}

/// A file was written, so its name is not needed any more.
pub fn saved(model: &mut Model) {
    model.logs.ask.take_if(|ask| ask.wanted == Wanted::File);
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
    let bytes = out::file(model, &path);
    vec![Effect::Save { path, bytes: Arc::new(bytes) }]
}
