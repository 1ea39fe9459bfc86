//! The history: keeping runs, listing them, running them again.

use chrono::{DateTime, Utc};

use crate::aws::{Invocation, InvocationType, Text, name_in};
use crate::keys::{Action, Console as Key};
use crate::model::console::{
    Against, Brief, Console, Entry, History, HistoryAsk, Origin, Part, Past, RunKey, Sheet, Side, Whose, contrast,
};
use crate::model::{Effect, Model, Overlay, Place, Remember, Ticket};
use crate::panes::Invokee;

use super::{burst, request};
use crate::update::overlays;

/// How far a page of the list goes.
const PAGE: usize = 10;
/// A command with a longer payload is not one that a person pastes.
const PASTED: usize = 32 * 1024;

/// Opens the list of runs.
pub(super) fn open(model: &mut Model) {
    let chosen = model.console.run().map(|run| Brief::of(run).key());
    model.overlays.push(Overlay::Console(Sheet::History(History { chosen, ..History::default() })));
}

/// Opens the list of runs to choose one that the run on show is compared with.
pub(super) fn compare_with(model: &mut Model) {
    let now = model.clock.now();
    let side = model.console.run().map(|run| (Side::of(run), Brief::of(run).key(), run.burst().is_some()));
    match side {
        None => model.notices.warn("there is no run yet to compare: f5 sends the payload", now),
        Some((Err(why), ..)) => model.notices.warn(why, now),
        Some((Ok(_), key, burst)) => {
            let history = History { against: Some(Against { key, burst }), ..History::default() };
            model.overlays.push(Overlay::Console(Sheet::History(history)));
        }
    }
}

/// What the list of runs asks of the disk, once each time it is opened.
pub fn reads(model: &mut Model) -> Vec<Effect> {
    if model.options.history == Remember::Off || model.views.place() != Place::Console {
        return Vec::new();
    }
    let Console { invokee, site, .. } = &model.console;
    let Some(arn) = invokee.as_ref().map(|invokee| invokee.function.arn.clone()) else { return Vec::new() };
    let whose = Whose { arn, endpoint: site.endpoint.clone() };
    let Some(asked) = unasked(&mut model.overlays) else { return Vec::new() };
    let ticket = model.tickets.next();
    *asked = Some(ticket);
    vec![Effect::History { ask: HistoryAsk::Read(whose), ticket }]
}

/// Where the number of the request goes, if what is on top wants the runs on disk and has not asked: the list of runs,
/// and the options for the tenants that earlier runs were for.
fn unasked(overlays: &mut [Overlay]) -> Option<&mut Option<Ticket>> {
    let asked = overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Console(Sheet::History(history)) => Some(&mut history.asked),
        Overlay::Console(Sheet::Options(options)) if options.isolated => Some(&mut options.asked),
        _ => None,
    });
    asked.filter(|asked| asked.is_none())
}

/// The program ends: what nobody waits for any more goes to the disk as such.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now();
    model.console.abandon_all(now);
    keep(model)
}

/// Hands the runs that ended to the disk, each once.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let remember = model.options.history;
    if remember == Remember::Off {
        return Vec::new();
    }
    let ended = model.console.newly_ended(remember == Remember::Full);
    let keeping = ended.into_iter().map(|(whose, record)| {
        let ask = HistoryAsk::Keep(whose, Box::new(record));
        Effect::History { ask, ticket: model.tickets.next() }
    });
    keeping.collect()
}

/// The list of runs, wherever it lies.
fn opened(overlays: &mut [Overlay]) -> Option<&mut History> {
    overlays.iter_mut().find_map(|overlay| match overlay {
        Overlay::Console(Sheet::History(history)) => Some(history),
        _ => None,
    })
}

/// What came of the runs on disk.
pub fn told(model: &mut Model, ticket: Ticket, answer: Result<Past, String>) -> Vec<Effect> {
    if let Some(history) = opened(&mut model.overlays).filter(|history| history.asked == Some(ticket)) {
        history.past = Some(answer);
        return Vec::new();
    }
    if let Some(Overlay::Console(Sheet::Options(options))) = model.overlays.last_mut()
        && options.asked == Some(ticket)
    {
        // Without them the id is typed: no more is lost.
        options.remember(answer.iter().flat_map(Past::tenants));
        return Vec::new();
    }
    // A disk that is full or write-protected is news once.
    if let Err(why) = answer
        && !std::mem::replace(&mut model.console.unkept, true)
    {
        let now = model.clock.now();
        model.notices.warn(why, now);
    }
    Vec::new()
}

/// A key on the list of runs.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(Overlay::Console(Sheet::History(history))) = model.overlays.last_mut() else { return Vec::new() };
    let entries = model.console.entries(history);
    let (at, last) = (history.cursor(&entries), entries.len().saturating_sub(1));
    let to = match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => at + 1,
        Action::PageUp => at.saturating_sub(PAGE),
        Action::PageDown => at + PAGE,
        Action::Top => 0,
        Action::Bottom => last,
        Action::Filter => {
            history.words.ask();
            return Vec::new();
        }
        Action::Accept if history.words.types() => {
            history.words.keep();
            return Vec::new();
        }
        Action::Back => {
            if !history.words.back() {
                model.overlays.pop();
            }
            return Vec::new();
        }
        action => return with_entry(model, entries.get(at), action),
    };
    history.chosen = entries.get(to.min(last)).map(|entry| entry.brief.key());
    Vec::new()
}

/// A key that is about the run under the cursor.
fn with_entry(model: &mut Model, entry: Option<&Entry>, action: Action) -> Vec<Effect> {
    let now = model.clock.now();
    let Some(entry) = entry else { return Vec::new() };
    let Some(Overlay::Console(Sheet::History(history))) = model.overlays.last_mut() else { return Vec::new() };
    match action {
        Action::Mark => {
            history.mark(entry.brief.key());
            return Vec::new();
        }
        Action::Accept | Action::Compare => {
            let done = match (history.against.clone(), action) {
                (Some(against), _) => compare(model, &against.key, entry),
                (None, Action::Accept) => show(model, entry),
                (None, _) => compare_marked(model, entry),
            };
            done.unwrap_or_else(|why| model.notices.warn(why, now));
            return Vec::new();
        }
        _ => {}
    }
    let Some(Overlay::Console(Sheet::History(history))) = model.overlays.last() else { return Vec::new() };
    let amount = model.console.amount_of(history, entry);
    let sent = model.console.sent_by(history, entry);
    match (action, sent.map(|(invokee, invocation)| (model.completed(invokee), invocation))) {
        (_, Err(why)) => model.notices.warn(why, now),
        (Action::Console(Key::Again), Ok((invokee, invocation))) if amount.is_some() => {
            model.overlays.pop();
            model.console.take_over(invokee, &invocation, name_of(&entry.brief));
            burst::open_with(model, amount.unwrap_or_default());
        }
        (Action::Console(Key::Again), Ok((invokee, invocation))) => return again(model, invokee, invocation),
        (Action::Console(Key::EditAgain), Ok((invokee, invocation))) => {
            model.overlays.pop();
            let name = name_of(&entry.brief);
            model.notices.say(format!("payload and options: {name} (ctrl-u brings the old payload back)"), now);
            model.console.take_over(invokee, &invocation, name);
            model.console.part = Part::Request;
        }
        (Action::YankCommand, Ok((_, invocation))) => return copy(model, entry.brief.at, &[&invocation]),
        _ => {}
    }
    Vec::new()
}

/// Compares the two marked runs, or the marked one with that under the cursor.
fn compare_marked(model: &mut Model, entry: &Entry) -> Result<(), String> {
    let Some(Overlay::Console(Sheet::History(history))) = model.overlays.last() else { return Ok(()) };
    let here = entry.brief.key();
    match history.marks.as_slice() {
        [] => Err("m marks a run; = on another one compares the two".to_owned()),
        [marked] if *marked == here => Err("this is the marked run: go to another one and press = there".to_owned()),
        [marked] => compare(model, &marked.clone(), entry),
        [first, second, ..] => {
            let (first, second) = (first.clone(), second.clone());
            let other = model.console.all_entries(history).into_iter().find(|entry| entry.brief.key() == second);
            compare(model, &first, &other.ok_or("a marked run is not here any more")?)
        }
    }
}

/// Compares two runs of the list.
fn compare(model: &mut Model, key: &RunKey, entry: &Entry) -> Result<(), String> {
    let Some(Overlay::Console(Sheet::History(history))) = model.overlays.last() else { return Ok(()) };
    if entry.brief.key() == *key {
        return Err("this is the run itself: go to another one".to_owned());
    }
    let entries = model.console.all_entries(history);
    let one = entries.iter().find(|entry| entry.brief.key() == *key);
    // A run that is on show may be on disk only, and the disk not read yet.
    let one = match (one, model.console.run()) {
        (Some(one), _) => model.console.side(history, one)?,
        (None, Some(run)) if Brief::of(run).key() == *key => Side::of(run)?,
        _ => return Err("the marked run is not here any more".to_owned()),
    };
    let other = model.console.side(history, entry)?;
    let diff = contrast(one, other)?;
    model.overlays.push(Overlay::Diff(Box::new(diff)));
    Ok(())
}

/// What a run is called among others.
fn name_of(brief: &Brief) -> Text {
    Text::line(format!("run of {} UTC", brief.at.format("%Y-%m-%d %H:%M:%S")))
}

/// Shows a run in the console.
fn show(model: &mut Model, entry: &Entry) -> Result<(), String> {
    let Some(Overlay::Console(Sheet::History(history))) = model.overlays.last() else { return Ok(()) };
    match entry.origin {
        Origin::Session(ticket) => model.console.show(ticket),
        Origin::Earlier(n) => {
            let invokee = model.console.invokee_at(entry.brief.qualifier.as_ref());
            let (Some(record), Some(invokee)) = (history.record(n), invokee) else { return Ok(()) };
            let run = record.run(model.tickets.next(), model.console.site.clone(), invokee)?;
            model.console.show_earlier(run);
        }
    }
    model.overlays.pop();
    model.console.part = Part::Response;
    Ok(())
}

/// Runs it again, as a press of the key that sends would: with the same questions before.
fn again(model: &mut Model, invokee: Invokee, invocation: Invocation) -> Vec<Effect> {
    if let Some(why) = request::refusal(model, &invokee, &invocation) {
        let now = model.clock.now();
        model.notices.warn(why, now);
        return Vec::new();
    }
    model.overlays.pop();
    model.console.turn_to(invokee);
    request::submit(model, invocation)
}

/// Copies the commands that do the same, one a line. What all of them send goes to a file that they read if it is too
/// long for a line, or if no line can hold it: a shell's words are text without a zero.
pub(super) fn copy(model: &mut Model, at: DateTime<Utc>, invocations: &[&Invocation]) -> Vec<Effect> {
    let Some(Invocation { function, payload, .. }) = invocations.first() else { return Vec::new() };
    let streams = invocations.iter().any(|one| one.kind == InvocationType::ResponseStream);
    let what = match invocations {
        [_] if streams => {
            "the AWS CLI command that does the same, but for the stream: the CLI waits for the whole answer"
        }
        [_] => "the AWS CLI command that does the same",
        _ if streams => "the AWS CLI commands that do the same, but for the stream: the CLI waits for the whole answer",
        _ => "the AWS CLI commands that do the same",
    };
    let text = std::str::from_utf8(payload).is_ok_and(|text| !text.contains('\0'));
    let path = format!("{}-{}.payload.json", name_in(function), at.format("%Y%m%d-%H%M%S%.3f"));
    let pasted = text && payload.len() <= PASTED;
    let command = |one: &&Invocation| if pasted { one.command() } else { one.command_with_file(&path) };
    let commands = invocations.iter().map(|one| model.session.as_command(&command(one)));
    let commands = commands.collect::<Vec<_>>().join("\n");
    if pasted {
        return overlays::copy(model, what, commands);
    }
    let mut effects = vec![Effect::Save { path: path.clone(), bytes: payload.to_vec().into() }];
    let what = format!("{what}; its payload goes to {path}, in the folder you are in");
    effects.extend(overlays::copy(model, &what, commands));
    effects
}
