//! The only way the model changes: take the message in, then reconcile what is visible with what is known.

mod again;
mod answers;
mod browse;
mod called;
mod compare;
mod console;
mod follow;
mod haste;
mod insights;
mod join;
mod logs;
mod lookup;
mod lost;
mod mouse;
mod operate;
mod overlays;
mod palette;
mod reconcile;
mod session;
mod sight;
mod steps;
mod wake;

pub use wake::wake_at;

use crate::keys::{self, Action, Chord, Context};
use crate::model::console::Sheet;
use crate::model::{Cells, Effect, Listed, Model, Msg, Now, Overlay, Place, TYPE_AHEAD, TableView};
use crate::panes::{self, Row};

/// Takes one message in and says what is to be done. Pure: no clock, no task, no terminal.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    model.clock.tell(now);
    model.notices.expire(now.since);
    model.meter.expire(now.since);
    for question in model.store.leave(now.since) {
        answers::outdate(model, &question);
    }
    model.views.reveal = model.views.reveal.take().filter(|reveal| reveal.until > now.since);
    let mut effects = take(model, msg);
    effects.extend(join::join(model));
    lost::settle(model);
    follow::settle(model);
    arrange(model);
    operate::arrange(model);
    console::arrange(model);
    logs::arrange(model);
    insights::arrange(model);
    effects.extend(reconcile::reconcile(model));
    effects
}

/// The program ends: what is to be written down before. Pure, as [`update`].
pub fn leave(model: &mut Model, now: Now) -> Vec<Effect> {
    model.clock.tell(now);
    let mut effects = insights::stop(model);
    effects.extend(console::leave(model));
    effects
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(chord) => key(model, chord),
        Msg::Hasty(chord) => haste::key(model, chord),
        Msg::Paste(_) | Msg::Mouse(_) | Msg::Pointed(_) if sight::is_blind(model) => Vec::new(),
        Msg::Paste(text) => overlays::paste(model, &text),
        Msg::Mouse(event) => mouse::mouse(model, event),
        Msg::Pointed(steps) => mouse::pointed(model, steps),
        Msg::Resize(size) => {
            model.size = size;
            browse::keep_in_sight(model);
            Vec::new()
        }
        Msg::Focus(has_it) => {
            if !has_it {
                model.views.reveal = None;
            }
            Vec::new()
        }
        Msg::Tick | Msg::Resumed => Vec::new(),
        Msg::TextEnds(end) => {
            if let Some(overlay) = model.overlays.last_mut() {
                overlay.hold(end);
            }
            Vec::new()
        }
        Msg::Edited(text) => edited(model, text),
        Msg::Saved(outcome) => {
            let now = model.clock.now();
            match outcome {
                Ok(name) => {
                    console::saved(model);
                    logs::saved(model);
                    insights::saved(model);
                    model.notices.say(format!("saved {name}"), now);
                }
                Err(why) => model.notices.warn(why, now),
            }
            Vec::new()
        }
        Msg::Browsed(outcome) => {
            match outcome {
                Ok(url) => model.notices.say(format!("opened {url}"), model.clock.now()),
                Err(why) => model.notices.warn(why, model.clock.now()),
            }
            Vec::new()
        }
        answer => answers::take(model, answer),
    }
}

/// The editor came back: the text goes where it came from.
fn edited(model: &mut Model, text: Result<String, String>) -> Vec<Effect> {
    let now = model.clock.now();
    match (text, model.overlays.last_mut()) {
        (Ok(text), Some(Overlay::Form(form))) => form.set_lines(&text),
        (Err(why), _) => model.notices.warn(why, now),
        (Ok(text), _) if model.views.place() == Place::Insights => insights::edited(model, &text),
        (Ok(text), _) => console::edited(model, &text),
    }
    Vec::new()
}

/// A key: what it means here, and if it means nothing, what it types.
fn key(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let context = model.context();
    if too_early(model, chord) {
        return Vec::new();
    }
    match keys::resolve(context, &model.operations(), chord) {
        action if sight::is_blind(model) && !matches!(action, Some(Action::Quit | Action::Suspend)) => Vec::new(),
        Some(action) => act(model, context, action),
        None => overlays::type_key(model, context, chord),
    }
}

/// What was typed before a confirmation could be read was not meant for it.
fn too_early(model: &Model, chord: Chord) -> bool {
    let opened = match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.opened,
        Some(Overlay::Console(Sheet::Sending(sending))) => sending.opened,
        _ => return false,
    };
    let fresh = model.clock.now().since < opened + TYPE_AHEAD;
    fresh && keys::resolve(Context::Confirm, &[], chord) != Some(Action::Quit)
}

/// What has the keyboard lies on top of the console.
fn on_console(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Console(_)))
}

/// Does what a key, a click or a command means.
fn act(model: &mut Model, context: Context, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Help | Action::Palette | Action::Messages | Action::PickRegion | Action::PickProfile => {
            return overlays::open(model, action);
        }
        Action::Mouse => return mouse::toggle(model),
        _ => {}
    }
    let why = sight::unread(model, context, action).or_else(|| model.why_idle(context, action).map(str::to_owned));
    if let Some(why) = why {
        let now = model.clock.now();
        model.notices.warn(why, now);
        return Vec::new();
    }
    if action == Action::Refresh
        && let Some(renewal) = session::renew(model)
    {
        return vec![renewal];
    }
    match context {
        Context::Table | Context::Everywhere => browse::act(model, action),
        Context::Palette => palette::act(model, action),
        Context::Text => overlays::text(model, action),
        Context::Filter | Context::History | Context::Counterparts if on_console(model) => {
            console::act_on_history(model, action)
        }
        Context::Filter => overlays::filter(model, action),
        Context::Counterparts => compare::counterparts(model, action),
        Context::Diff => compare::act(model, action),
        Context::Yank => overlays::yank(model, action),
        Context::Actions => operate::menu(model, action),
        Context::Form | Context::Confirm | Context::Pick if on_console(model) => console::act_on_sheet(model, action),
        Context::Form | Context::Choices | Context::Lines => operate::form(model, action),
        Context::Confirm => operate::confirm(model, action),
        Context::Pair => console::act_on_pair(model, action),
        Context::Pick => insights::act_on_picks(model, action),
        Context::History => Vec::new(),
        Context::Editor | Context::Console => console::act(model, action),
        Context::Ask => console::asked(model, action),
        Context::Logs => logs::act(model, action),
        Context::Event => logs::act_on_event(model, action),
        Context::Runs => logs::act_on_runs(model, action),
        Context::Sources => logs::act_on_sources(model, action),
        Context::LogAsk => logs::asked(model, action),
        Context::Query | Context::Results => insights::act(model, action),
        Context::Record => insights::act_on_record(model, action),
        Context::Line => insights::asked(model, action),
    }
}

/// Puts the rows of the pane on show in order again, if anything that orders them changed.
fn arrange(model: &mut Model) {
    let Some(question) = model.question() else { return };
    let pane = panes::find(question.pane);
    let columns = pane.columns();
    let Now { since, wall: now } = model.clock.now();
    let due = |table: &&mut TableView| table.outdated || table.settles.is_some_and(|at| at <= since);
    let Some(mut table) = model.views.table_mut(pane.id()).filter(due).map(std::mem::take) else { return };
    let cells: Cells<'_> = model.cells(&question, &columns);
    let listed = Listed { rows: model.store.rows(&question), state: Some((&question, model.store.stamp(&question))) };
    table.arrange(listed, &columns, now, &|row: &Row, n| cells.get(row, n));
    table.scroll_to_cursor(model.page());
    let hidden = table.hides_made(listed.rows).map(|row| pane.name(row));
    if let Some(place) = model.views.table_mut(pane.id()) {
        *place = table;
    }
    if let Some(name) = hidden {
        let now = model.clock.now();
        model.notices.warn(format!("{name} is there, and hidden by the filter: esc shows all"), now);
    }
}
