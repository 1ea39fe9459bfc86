//! What lies on top of the console: choosing, options, the question before sending.

use tui_input::InputRequest;

use crate::aws::{Invocation, Text};
use crate::keys::Action;
use crate::model::console::{Choice, Field, Listing, Options, Part, Pick, Picker, Picks, Sheet, Wish};
use crate::model::needle::agreement;
use crate::model::payloads::{FileName, PayloadAsk, PayloadTold, check_name, typed_path};
use crate::model::{Effect, Model, Overlay, Place, Ticket};
use crate::panes::Invokee;

use super::{burst, history, pair, request};
use crate::update::{overlays, steps};

/// How far a page of a list goes.
const PAGE: usize = 10;

/// Opens a list to choose from.
pub(super) fn pick(model: &mut Model, picks: Picks) {
    model.console.forget_listings();
    let source = model.console.request().and_then(|request| request.source()).filter(|_| picks == Picks::Name);
    let name = source.map(|(name, _)| name.trim_end_matches(".json").to_owned());
    // A run has no name that a file could have.
    let name = name.filter(|name| check_name(name).is_ok()).unwrap_or_default();
    model.overlays.push(Overlay::Console(Sheet::Pick(Picker::new(picks, name))));
}

/// Opens the options, at the one that wants attention.
pub(super) fn options(model: &mut Model, field: Field) {
    let isolated = model.isolates_tenants();
    let options = Options::new(model.console.way(), field, isolated, model.console.tenants());
    model.overlays.push(Overlay::Console(Sheet::Options(options)));
}

/// A key on what lies on top.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let choices =
        model.picker().map(|picker| model.picks(picker).into_iter().filter(Pick::is_choice).collect::<Vec<_>>());
    let Some(Overlay::Console(sheet)) = model.overlays.last_mut() else { return Vec::new() };
    match (sheet, action) {
        (Sheet::History(_) | Sheet::Pair(_), _) => {}
        (_, Action::Back) => drop(model.overlays.pop()),
        (Sheet::Pick(picker), Action::Up | Action::Down | Action::PageUp | Action::PageDown) => {
            let last = choices.unwrap_or_default().len().saturating_sub(1);
            let at = picker.chosen.min(last);
            picker.chosen = steps::round(at, action, last, PAGE).unwrap_or(at);
        }
        (Sheet::Pick(picker), Action::Complete) => complete(picker, &choices.unwrap_or_default()),
        (Sheet::Pick(picker), Action::Accept) if picker.waits.is_none() => {
            let chosen = picker.chosen;
            let choices = choices.unwrap_or_default();
            let choice = choices.into_iter().nth(chosen).map(|pick| (pick.name, pick.choice));
            return choice.map(|(name, choice)| take(model, name, choice)).unwrap_or_default();
        }
        (Sheet::Options(options), Action::NextField | Action::PreviousField) => {
            options.step(action == Action::NextField);
        }
        (Sheet::Plan(plan), Action::NextField | Action::PreviousField) => plan.step(),
        (Sheet::Plan(_), Action::Accept) => burst::plan(model),
        (Sheet::Options(options), Action::Accept) => match options.way.flaw(options.isolated) {
            Some((field, _)) => options.go(field),
            None => keep_options(model),
        },
        (Sheet::Sending(sending), Action::YankCommand) => {
            let wanted: Vec<Invocation> = sending.wish.invocations().into_iter().cloned().collect();
            let at = model.clock.now().wall;
            return history::copy(model, at, &wanted.iter().collect::<Vec<_>>());
        }
        (Sheet::Sending(sending), Action::NextField) => sending.sends = !sending.sends,
        (Sheet::Sending(sending), Action::Accept) => {
            let sends = sending.sends;
            if let Some(Overlay::Console(Sheet::Sending(sending))) = model.overlays.pop()
                && sends
            {
                return send(model, sending.wish);
            }
        }
        // Its end is held by those who lay it out.
        (Sheet::Sending(_), action) => return overlays::text(model, action),
        _ => {}
    }
    Vec::new()
}

/// Sends what was agreed to.
fn send(model: &mut Model, wish: Wish) -> Vec<Effect> {
    // The form that led here has done its work.
    if matches!(model.overlays.last(), Some(Overlay::Console(Sheet::Plan(_)))) {
        model.overlays.pop();
    }
    match wish {
        Wish::One(invocation) => request::start(model, invocation),
        Wish::Both(both) => pair::start(model, *both),
        Wish::Burst(invocation, amount) => burst::start(model, invocation, amount),
    }
}

/// A key that is typed into what lies on top.
pub fn input(model: &mut Model, request: InputRequest) {
    match model.overlays.last_mut() {
        Some(Overlay::Console(Sheet::Pick(picker))) => {
            let before = picker.input.value().to_owned();
            picker.input.handle(request);
            if picker.input.value() != before {
                (picker.chosen, picker.complaint) = (0, None);
            }
        }
        Some(Overlay::Console(Sheet::Options(options))) => options.type_key(request),
        Some(Overlay::Console(Sheet::Plan(plan))) => plan.type_key(request),
        Some(Overlay::Console(Sheet::History(history))) => history.words.type_key(request),
        _ => {}
    }
}

fn keep_options(model: &mut Model) {
    if let Some(Overlay::Console(Sheet::Options(options))) = model.overlays.pop()
        && let Some(request) = model.console.request_mut()
    {
        request.way = options.way;
    }
}

/// Completes a path as far as all that fits agrees; then with what the cursor is on.
fn complete(picker: &mut Picker, choices: &[Pick]) {
    let Some((folder, rest)) = typed_path(picker.input.value()) else { return };
    let names: Vec<&str> = choices.iter().map(|pick| pick.name.as_str()).collect();
    let agreed = names.iter().copied().reduce(agreement).unwrap_or_default();
    let line = match choices.get(picker.chosen).map(|pick| &pick.choice) {
        _ if agreed.len() > rest.len() && names.len() > 1 => format!("{folder}{agreed}"),
        Some(Choice::Folder(path) | Choice::File(path)) => path.clone(),
        _ => return,
    };
    picker.set(line);
}

/// Does what choosing a line does.
fn take(model: &mut Model, name: Text, choice: Choice) -> Vec<Effect> {
    let ask = match choice {
        Choice::Nothing => return Vec::new(),
        Choice::Folder(path) => {
            if let Some(Overlay::Console(Sheet::Pick(picker))) = model.overlays.last_mut() {
                picker.set(path);
            }
            return Vec::new();
        }
        Choice::Invokee(invokee) => return turn_to(model, invokee),
        Choice::Second(invokee) => {
            model.overlays.pop();
            return pair::submit(model, invokee);
        }
        Choice::Pair(runs) => {
            model.overlays.pop();
            pair::reopen(model, runs);
            return Vec::new();
        }
        Choice::Template(n) => {
            let text = crate::model::console::TEMPLATES.get(n).map_or("", |template| template.text.trim_end());
            return load(model, name, text);
        }
        Choice::Last => {
            let payload = model.console.own_runs().next().map(|run| run.invocation.payload.clone());
            let text = payload.map(|payload| String::from_utf8_lossy(&payload).into_owned()).unwrap_or_default();
            return load(model, name, &text);
        }
        Choice::File(path) => PayloadAsk::File(path),
        Choice::Event(name) => model.function_named(|function| PayloadAsk::Event { function, name }),
        Choice::Save(name) => {
            let text = model.console.payload().to_owned();
            model.function_named(|function| PayloadAsk::Save { function, name, text })
        }
    };
    // The list stays until the disk answers: a path that will not do can be mended.
    let ticket = model.tickets.next();
    if let Some(Overlay::Console(Sheet::Pick(picker))) = model.overlays.last_mut() {
        (picker.waits, picker.complaint) = (Some(ticket), None);
    }
    let arn = model.console.invokee.as_ref().map(|invokee| invokee.function.arn.clone()).unwrap_or_default();
    let revision = model.console.request().map_or(0, |request| request.editor.revision());
    model.console.reading = Some((ticket, arn, revision));
    vec![Effect::Payloads { ask, ticket }]
}

impl Model {
    /// Asks something about the events of the function in the console.
    fn function_named(&self, ask: impl FnOnce(Text) -> PayloadAsk) -> PayloadAsk {
        ask(self.console.invokee.as_ref().map(|invokee| invokee.function.name.clone()).unwrap_or_default())
    }
}

fn turn_to(model: &mut Model, invokee: Invokee) -> Vec<Effect> {
    model.overlays.pop();
    let invokee = model.completed(invokee);
    model.console.turn_to(invokee);
    Vec::new()
}

fn load(model: &mut Model, name: Text, text: &str) -> Vec<Effect> {
    model.overlays.pop();
    let now = model.clock.now();
    model.notices.say(format!("payload: {name} (ctrl-u brings the old one back)"), now);
    model.console.load(name, text);
    model.console.part = Part::Request;
    Vec::new()
}

/// What the console asks of the disk: the names that can be chosen, once each time the list is opened.
pub fn reads(model: &mut Model) -> Vec<Effect> {
    if model.views.place() != Place::Console {
        return Vec::new();
    }
    let places = model.console_places();
    let unknown = places.into_iter().filter(|place| !model.console.listings.contains_key(place));
    let mut effects = Vec::new();
    for place in unknown.collect::<Vec<_>>() {
        let ticket = model.tickets.next();
        model.console.listings.insert(place.clone(), Listing { ticket, answer: None });
        effects.push(Effect::Payloads { ask: PayloadAsk::Names(place), ticket });
    }
    effects
}

/// What came of payloads on disk.
pub fn told(model: &mut Model, ticket: Ticket, answer: Result<PayloadTold, String>) -> Vec<Effect> {
    if let Some(listing) = model.console.listings.values_mut().find(|listing| listing.ticket == ticket) {
        listing.answer = Some(answer.map(names));
        return Vec::new();
    }
    let now = model.clock.now();
    let reading = model.console.reading.take_if(|(awaited, ..)| *awaited == ticket);
    let Some((_, arn, revision)) = reading else { return Vec::new() };
    let chosen =
        |overlay: &Overlay| matches!(overlay, Overlay::Console(Sheet::Pick(picker)) if picker.waits == Some(ticket));
    let list = model.overlays.iter_mut().find(|overlay| chosen(overlay));
    if let (Err(why), Some(Overlay::Console(Sheet::Pick(picker)))) = (&answer, list) {
        (picker.waits, picker.complaint) = (None, Some(why.clone()));
        return Vec::new();
    }
    model.overlays.retain(|overlay| !chosen(overlay));
    match answer {
        Ok(PayloadTold::Text { name, text }) => {
            let name = Text::line(name);
            model.notices.say(format!("payload: {name} (ctrl-u brings the old one back)"), now);
            model.console.load_for(&arn, name, &text);
            if model.console.invokee.as_ref().is_some_and(|invokee| invokee.function.arn == arn) {
                model.console.part = Part::Request;
            }
        }
        Ok(PayloadTold::Saved { name, path }) => {
            model.console.saved_for(&arn, Text::line(name), revision);
            model.notices.say(format!("saved as {path}"), now);
        }
        Ok(PayloadTold::Names(_) | PayloadTold::Zip(_) | PayloadTold::Room) => {}
        Err(why) => model.notices.warn(why, now),
    }
    Vec::new()
}

fn names(told: PayloadTold) -> Vec<FileName> {
    match told {
        PayloadTold::Names(names) => names,
        _ => Vec::new(),
    }
}
