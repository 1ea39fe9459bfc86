//! The invoke console: editing a payload, starting and abandoning runs.

mod answers;
mod burst;
mod clipboard;
mod find;
mod history;
mod log;
mod mouse;
mod pair;
mod reads;
mod request;
mod response;
mod runs;
mod sheet;

use crate::keys::{self, Action, Chord, Console as Key};
use crate::model::console::{Field, Part, Picks, Places};
use crate::model::{Effect, Model, Place, Screen};
use crate::panes::{self, RowKey};

pub use answers::{after_event, answered, whole_run};
pub use burst::burst_answered;
pub use history::{act as act_on_history, keep, leave, reads as history_reads, told as history_told};
pub use mouse::mouse;
pub use pair::act as act_on_pair;
pub use reads::{run_due, run_reads};
pub use request::edited;
pub use response::{asked, saved, type_ask};
pub use sheet::{act as act_on_sheet, input as type_on_sheet, reads, told};

/// Opens the console for the row under the cursor.
pub fn open(model: &mut Model) {
    let now = model.clock.now();
    let invokee = model.row().and_then(|(question, row)| model.pane().invokes(&question.scope, row));
    match invokee {
        Some(invokee) => {
            let invokee = model.completed(invokee);
            model.console.open(model.session.site(), invokee);
            model.views.go(Place::Console);
        }
        None => model.notices.warn("there is nothing to invoke in this row; choose a function", now),
    }
}

/// Opens the console for the row under the cursor and tries at once whether it may be invoked.
pub fn dry_run(model: &mut Model) -> Vec<Effect> {
    open(model);
    if model.views.place() == Place::Console { request::dry_run(model) } else { Vec::new() }
}

/// Does what a key means in the console.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Console(key) => return press(model, key),
        Action::Compare => history::compare_with(model),
        Action::Editor => return vec![Effect::Edit(model.console.payload().to_owned())],
        Action::OpenLog => super::logs::open_run(model),
        Action::OpenInsights => return super::insights::open(model),
        Action::Back => back(model),
        _ => response::scroll(model, action),
    }
    Vec::new()
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match key {
        Key::Send => return request::send(model),
        Key::DryRun => return request::dry_run(model),
        Key::Concurrency => concurrency(model),
        Key::WholeRun => log::whole_run(model),
        Key::History => history::open(model),
        Key::Abandon => return runs::abandon(model),
        Key::Both => pair::open(model),
        Key::Burst => burst::open(model),
        Key::NextView if burst::turn(model) => {}
        Key::CopyPart => return response::copy(model),
        Key::CopyValue => return response::copy_value(model),
        Key::NextPart | Key::PreviousPart => model.console.part = model.console.part.step(key == Key::NextPart),
        Key::Full => full(model),
        Key::Kind => model.console.next_kind(),
        Key::OlderRun | Key::NewerRun => model.console.step_run(key == Key::OlderRun),
        Key::Open => sheet::pick(model, Picks::Payload),
        Key::Keep => sheet::pick(model, Picks::Name),
        Key::Qualifier => sheet::pick(model, Picks::Qualifier),
        Key::Options => sheet::options(model, Field::Kind),
        Key::Left => model.console.borders.shift(-1, 0),
        Key::Right => model.console.borders.shift(1, 0),
        Key::Up => model.console.borders.shift(0, -1),
        Key::Down => model.console.borders.shift(0, 1),
        Key::Format | Key::Minify => request::relay(model, key),
        Key::Search if model.console.part == Part::Request => find::open(model),
        Key::NextHit | Key::PreviousHit => step_hit(model, key == Key::NextHit),
        Key::Undo | Key::Redo => request::undo(model, key),
        Key::Copy | Key::Cut => return clipboard::copy(model, key == Key::Cut),
        Key::PutIn => clipboard::put_in(model),
        key => response::press(model, key),
    }
    Vec::new()
}

/// Shows one part over the whole screen, or all of them again.
fn full(model: &mut Model) {
    model.console.full = !model.console.full;
}

/// Shows the function among those that share the account's concurrency.
fn concurrency(model: &mut Model) {
    let Some(arn) = model.console.invokee.as_ref().map(|invokee| invokee.function.arn.clone()) else { return };
    let pane = panes::concurrency::PANE.id;
    if let Some(table) = model.views.table_mut(pane) {
        // A filter may hide the one row that is looked for.
        table.filter.reset();
        (table.problems_only, table.outdated) = (false, true);
        table.aim(RowKey(arn));
    }
    model.views.go(Place::Pane(pane));
}

/// A key that is text.
pub fn type_key(model: &mut Model, chord: Chord) {
    if let (Some(typing), Some(editor)) = (keys::typing(chord), model.console.editor()) {
        editor.type_key(typing);
    }
}

/// After every message: what was typed is checked, and stays on the screen.
pub fn arrange(model: &mut Model) {
    pair::arrange(model);
    if model.views.place() != Place::Console {
        return;
    }
    let (now, size) = (model.clock.now().since, model.size);
    let Some(screen) = Screen::of(size, false) else { return };
    if let Some(request) = model.console.request_mut() {
        request.judge(now);
    }
    // What is wrong with the payload may take lines of its room.
    let place = Places::of(&model.console, screen.body).editor(&model.console);
    if let Some(request) = model.console.request_mut() {
        request.editor.see(usize::from(place.height), usize::from(place.width));
    }
}

/// Goes to the next or the previous place of the words that are looked for.
fn step_hit(model: &mut Model, forward: bool) {
    if model.console.part == Part::Request { find::step(model, forward) } else { response::next_hit(model, forward) }
}

fn back(model: &mut Model) {
    if model.notices.dismiss() || response::close(model) || find::close(model) {
        return;
    }
    if std::mem::take(&mut model.console.full) && model.holds_all_parts() {
        return;
    }
    model.views.back();
}
