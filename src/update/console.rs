//! The invoke console: editing a payload, starting and abandoning runs.

use std::time::Duration;

use crate::aws::{InvocationType, LogLine};
use crate::keys::Action;
use crate::model::console::{Part, Progress, Refusal, WholeLog};
use crate::model::{Effect, Model, Place, Screen, TYPE_AHEAD, json};
use crate::panes::bytes;

use super::overlays;

/// The bytes of a log that come along with an answer: the tail of the whole log is as long.
const TAIL_BYTES: usize = 4096;

/// Opens the console for the row under the cursor.
pub fn open(model: &mut Model) {
    let now = model.clock.now();
    let invokee = model.row().and_then(|(question, row)| model.pane().invokes(&question.scope, row));
    match invokee {
        Some(invokee) => {
            model.console.open(invokee);
            model.views.go(Place::Console);
        }
        None => model.notices.warn("there is nothing to invoke in this row; choose a function", now),
    }
}

/// Does what a key means in the console.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Send => return send(model),
        Action::Editor => return vec![Effect::Edit(model.console.payload())],
        Action::WholeRun => return whole_run(model),
        Action::Abandon => return abandon(model),
        Action::CopyPart => return copy(model),
        Action::NextPart | Action::PreviousPart => {
            model.console.part = model.console.part.step(action == Action::NextPart);
        }
        Action::Full => model.console.full = !model.console.full,
        Action::Kind => model.console.next_kind(),
        Action::OlderRun | Action::NewerRun => model.console.step_run(action == Action::OlderRun),
        Action::Template => {
            let name = model.console.next_template();
            let now = model.clock.now();
            model.notices.say(format!("template: {name} (ctrl-u brings the old payload back)"), now);
        }
        Action::Format | Action::Minify => relay(model, action),
        Action::Back => back(model),
        _ => scroll(model, action),
    }
    Vec::new()
}

fn back(model: &mut Model) {
    if model.notices.dismiss() {
        return;
    }
    if model.console.full {
        model.console.full = false;
        return;
    }
    model.views.back();
}

/// Sends the payload, once. A second press while the run is on its way sends nothing.
fn send(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    if model.session.target.read_only && model.console.kind != InvocationType::DryRun {
        model.notices.warn("read-only: nothing is invoked; ctrl-t chooses a dry run", now);
        return Vec::new();
    }
    match model.console.invocation() {
        Ok(_) if !sure(model) => Vec::new(),
        Ok(invocation) => {
            let ticket = model.tickets.next();
            model.console.start(ticket, now);
            // What is pressed while it runs is about the run, and must not end up in the payload.
            model.console.part = Part::Response;
            vec![Effect::Invoke { invocation, ticket }]
        }
        Err(refusal) => {
            model.notices.warn(sentence(&refusal), now);
            Vec::new()
        }
    }
}

/// In production the first press says where it would run; the second one, once that could be read,
/// sends. A dry run executes nothing and needs no second press.
fn sure(model: &mut Model) -> bool {
    /// How long the warning counts.
    const COUNTS: Duration = Duration::from_secs(10);
    let now = model.clock.now();
    if !model.session.is_production() || model.console.kind == InvocationType::DryRun {
        return true;
    }
    if let Some(at) = model.console.warned.filter(|at| now.since < *at + COUNTS) {
        let read = now.since >= at + TYPE_AHEAD;
        if read {
            model.console.warned = None;
        }
        return read;
    }
    model.console.warned = Some(now.since);
    let arn = model.console.invokee.as_ref().map(|invokee| invokee.function.arn.to_string()).unwrap_or_default();
    let account = model.session.identity().map_or("account not known", |identity| &*identity.account);
    let place = format!("{} {account} · {}", model.session.profile(), model.session.region());
    model.notices.warn(format!("PROD {place}: press send again to invoke {arn}"), now);
    false
}

fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Nobody => "there is nobody to invoke: choose a function and press i".to_owned(),
        Refusal::Running => "the run is on its way: sent once; x stops waiting".to_owned(),
        Refusal::NotJson(flaw) => {
            format!("not sent: the payload is not JSON, line {} column {}: {}", flaw.line, flaw.column, flaw.why)
        }
        Refusal::TooLong { size, name, .. } => {
            let size = bytes(i64::try_from(*size).unwrap_or(i64::MAX));
            format!("not sent: the payload has {size}; the limit is {name}")
        }
    }
}

fn abandon(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    match model.console.abandon(now) {
        Some(ticket) => {
            model.notices.warn("stopped waiting; the function itself goes on until it ends", now);
            vec![Effect::Cancel(ticket)]
        }
        None => Vec::new(),
    }
}

/// Asks for every log line of the run on show; once they are here, goes between their start and their tail.
fn whole_run(model: &mut Model) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let now = model.clock.now();
    let Some(run) = model.console.run_mut() else { return Vec::new() };
    let Progress::Answered(answer) = &run.progress else { return Vec::new() };
    if let WholeLog::Lines(lines) = &run.whole_log {
        let tail = tail_of(lines);
        let line = if model.console.log_at.0 == 0 { tail } else { 0 };
        model.console.log_at = (line, 0);
        model.console.part = Part::Log;
        return Vec::new();
    }
    let Some(request_id) = answer.request_id.clone() else {
        model.notices.warn("this run has no request id: its log cannot be found", now);
        return Vec::new();
    };
    let effect =
        Effect::WholeRun { log_group: run.invokee.log_group.clone(), request_id, since: run.started.wall, ticket };
    run.whole_log = WholeLog::Asked(ticket);
    // The whole log is shown from its start, wherever the tail was scrolled to.
    model.console.log_at = (0, 0);
    model.console.part = Part::Log;
    vec![effect]
}

/// The first of the lines that a tail has room for.
fn tail_of(lines: &[LogLine]) -> usize {
    let mut room = TAIL_BYTES;
    let fits = |line: &&LogLine| match room.checked_sub(line.message.len() + 1) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    lines.len().saturating_sub(lines.iter().rev().take_while(fits).count())
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(run) = model.console.run() else { return Vec::new() };
    let Progress::Answered(answer) = &run.progress else { return Vec::new() };
    let lines: Vec<&str> = match (model.console.part, &run.whole_log) {
        (Part::Log, WholeLog::Lines(lines)) => lines.iter().map(|line| &*line.message).collect(),
        (Part::Log, _) => answer.tail.iter().flat_map(|tail| tail.lines.iter().map(|line| &*line.text)).collect(),
        _ => answer.lines.iter().map(|line| &**line).collect(),
    };
    let text = lines.join("\n");
    overlays::copy(model, "what this part shows", text)
}

/// Lays the payload out, or puts it on one line; what is not JSON stays and is complained about.
fn relay(model: &mut Model, action: Action) {
    let now = model.clock.now();
    let payload = model.console.payload();
    let text = if action == Action::Format {
        json::lay_out(&payload).map(|lines| lines.join("\n"))
    } else {
        json::minify(&payload)
    };
    match (text, json::check(&payload)) {
        (Some(text), _) => model.console.set_payload(&text),
        (None, Err(flaw)) => model.notices.warn(sentence(&Refusal::NotJson(flaw)), now),
        (None, Ok(())) => {}
    }
}

fn scroll(model: &mut Model, action: Action) {
    let page = Screen::page(model.size) / 2;
    let part = model.console.part;
    let last = model.console.length(part).saturating_sub(1);
    let (line, column) = match part {
        Part::Log => &mut model.console.log_at,
        _ => &mut model.console.response_at,
    };
    match action {
        Action::Up => *line = line.saturating_sub(1),
        Action::Down => *line = (*line + 1).min(last),
        Action::HalfUp => *line = line.saturating_sub(page.max(1)),
        Action::HalfDown => *line = (*line + page.max(1)).min(last),
        Action::Top => (*line, *column) = (0, 0),
        Action::Bottom => *line = last,
        Action::Left => *column = column.saturating_sub(8),
        Action::Right => *column += 8,
        _ => {}
    }
}

/// The editor came back. What it saved becomes the payload, JSON or not: nothing is lost.
pub fn edited(model: &mut Model, text: Result<String, String>) -> Vec<Effect> {
    let now = model.clock.now();
    match text {
        Ok(text) => {
            model.console.set_payload(&text);
            if let Err(flaw) = json::check(&text) {
                model.notices.warn(
                    format!("the payload is not JSON yet: line {} column {}: {}", flaw.line, flaw.column, flaw.why),
                    now,
                );
            }
        }
        Err(why) => model.notices.warn(why, now),
    }
    Vec::new()
}
