//! Logs Insights: coming here, editing the query, leaving.

mod answers;
mod copy;
mod line;
mod picks;
mod record;
mod results;
mod run;

use crate::aws::Text;
use crate::keys::{self, Action, Chord, Console as C, Insights as Key};
use crate::model::insights::{Part, Picks, Places, Targets, Wanted};
use crate::model::logs::Subject;
use crate::model::lookup::AliasOf;
use crate::model::{Effect, Listed, Model, Place, Screen, TableView};
use crate::panes::Invokee;
use crate::update::logs;

pub use answers::{queries_told, told};
pub use line::{asked, saved, type_line};
pub use picks::{act as act_on_picks, typed as type_on_picks};
pub use record::act as act_on_record;
pub use run::{due, reads, stop};

/// Ranges of time that have a key, from that of the second digit on.
const RANGES: [&str; 8] = ["1m", "5m", "15m", "30m", "1h", "6h", "1d", "7d"];

/// Opens the room for the log on show, the row under the cursor, or the marked ones.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let mut targets = Targets::default();
    if model.views.place() == Place::Logs {
        for subject in model.logs.sources.iter().map(|source| &source.subject) {
            add(&mut targets, subject);
        }
        // What is looked at is what is asked about.
        if let Some(range) = model.logs.reach.as_typed() {
            model.insights.range = range;
        }
        return enter(model, targets);
    }
    for invokee in chosen(model) {
        for subject in logs::subjects(model, &invokee) {
            add(&mut targets, &subject);
        }
    }
    enter(model, targets)
}

/// A log group is asked as a whole, so it goes by the name of its function, of whichever version its log was.
fn add(targets: &mut Targets, subject: &Subject) {
    targets.add(subject.function.clone().unwrap_or_else(|| subject.name.clone()), subject.group.clone());
}

/// Opens the room for what has these names, as `:logs` reads them; for what is chosen when there are none.
pub fn open_named(model: &mut Model, names: &str) -> Vec<Effect> {
    if names.trim().is_empty() {
        return open(model);
    }
    let now = model.clock.now();
    let chosen = logs::chosen(model, names).and_then(|chosen| match chosen.tags.first() {
        Some(tag) => Err(format!("first :logs {}, then Q asks the logs of all that have the tag", tag.words())),
        None => Ok(chosen),
    });
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(why) => {
            model.notices.warn(why, now);
            return Vec::new();
        }
    };
    let mut targets = Targets::default();
    chosen.subjects.iter().for_each(|subject| add(&mut targets, subject));
    for AliasOf { function, .. } in &chosen.aliases {
        targets.add(function.clone(), logs::group_of(model, function));
    }
    let version = chosen.subjects.iter().find_map(|subject| subject.versions.first());
    if version.is_some() || !chosen.aliases.is_empty() {
        let version = version.map_or("7", Text::as_str);
        let narrower = format!("filter @logStream like '[{version}]' keeps version {version}");
        model.notices.say(format!("a query reads a whole log group: {narrower}"), now);
    }
    enter(model, targets)
}

fn enter(model: &mut Model, targets: Targets) -> Vec<Effect> {
    if targets.groups.is_empty() && model.insights.targets.groups.is_empty() {
        let now = model.clock.now();
        model.notices.warn("choose a function first: Q on its row, or :insights and its name", now);
        return Vec::new();
    }
    let mut effects = Vec::new();
    if !targets.groups.is_empty() {
        if targets != model.insights.targets {
            effects.extend(run::stop(model));
        }
        effects.extend(model.insights.turn_to(targets).map(Effect::Cancel));
    }
    model.views.go(Place::Insights);
    effects
}

/// Whom a key is about: the console's function, the marked rows, or the row under the cursor.
fn chosen(model: &Model) -> Vec<Invokee> {
    if model.views.place() == Place::Console {
        return model.console.invokee.clone().into_iter().collect();
    }
    let (pane, Some(question)) = (model.pane(), model.question()) else { return Vec::new() };
    let marks = model.views.table(pane.id()).map(TableView::marks).unwrap_or_default();
    let rows = model.store.rows(&question).iter();
    let mut found: Vec<Invokee> =
        rows.filter(|row| marks.contains(&row.key)).filter_map(|row| pane.invokes(&question.scope, row)).collect();
    if found.is_empty() {
        found.extend(model.row().and_then(|(question, row)| pane.invokes(&question.scope, row)));
    }
    found
}

/// A key while the query is edited, or on the rows.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Insights(key) => return press(model, key),
        Action::Editor => return vec![Effect::Edit(model.insights.editor.text().to_owned())],
        Action::Console(C::Undo) => drop(model.insights.editor.undo()),
        Action::Console(C::Redo) => drop(model.insights.editor.redo()),
        Action::Back => back(model),
        Action::Filter => line::ask(model, Wanted::Filter),
        Action::Open => record::open(model),
        Action::Sort | Action::SortReverse => results::sort(model, action == Action::SortReverse),
        Action::Left | Action::Right => results::scroll(model, action == Action::Right),
        action => results::step(model, action),
    }
    Vec::new()
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let room = &mut model.insights;
    match key {
        Key::Run => return run::start(model),
        Key::Stop => return run::stop_asked(model),
        Key::NextPart => room.part = if room.part == Part::Query { Part::Results } else { Part::Query },
        Key::Full => room.full = !room.full,
        Key::Ready => picks::open(model, Picks::Ready),
        Key::Earlier => picks::open(model, Picks::Earlier),
        Key::Range(n) => {
            if let Some(range) = RANGES.get(n) {
                (*range).clone_into(&mut room.range);
            }
        }
        Key::AskRange => line::ask(model, Wanted::Range),
        Key::Save => line::ask(model, Wanted::File),
        Key::CopyRow | Key::CopyRowCsv => return copy::row(model, key == Key::CopyRowCsv),
        Key::CopyAll | Key::CopyAllCsv => return copy::all(model, key == Key::CopyAllCsv),
    }
    Vec::new()
}

/// One level up: a notice, the filter, the full screen, the room. Leaving stops a query that runs: `reads` sees to it.
fn back(model: &mut Model) {
    if model.notices.dismiss() {
        return;
    }
    let room = &mut model.insights;
    if room.part == Part::Results && !room.table.filter.value().is_empty() {
        room.table.filter.reset();
        room.table.outdated = true;
    } else if room.full {
        room.full = false;
    } else {
        model.views.back();
    }
}

/// A key that is text.
pub fn type_key(model: &mut Model, chord: Chord) {
    if let Some(typing) = keys::typing(chord) {
        model.insights.editor.type_key(typing);
    }
}

/// The editor came back.
pub fn edited(model: &mut Model, text: &str) {
    model.insights.editor.set(text.trim_end());
}

/// After every message: the rows are in order, and what is typed stays on the screen.
pub fn arrange(model: &mut Model) {
    if model.views.place() != Place::Insights {
        return;
    }
    let Some(screen) = Screen::of(model.size, false) else { return };
    let now = model.clock.now().wall;
    let room = &mut model.insights;
    let places = Places::of(room, screen.body);
    let place = places.editor();
    room.editor.see(usize::from(place.height), usize::from(place.width));
    let page = usize::from(places.rows.height).max(1);
    let mut table = std::mem::take(&mut room.table);
    if table.outdated
        && let Some(found) = room.found()
    {
        let listed = Listed { rows: &found.rows, state: None };
        table.arrange(listed, &found.heads, now, &|row, n| found.cell(row, n));
    }
    table.scroll_to_cursor(page);
    room.table = table;
}
