//! The log: opening it, moving in it, filtering, and what it reads by itself.

mod alone;
mod ask;
mod columns;
mod event;
mod find;
mod named;
mod out;
mod reads;
mod runs;
mod sources;
mod tail;

use crate::aws::Text;
use crate::keys::{Action, Logs as Key};
use crate::model::logs::{Feed, Reach, Scene, Subject, View};
use crate::model::{Effect, Model, Place, Ticket};
use crate::panes::Invokee;
use crate::update::steps;

/// So many logs are shown in one.
const MOST: usize = 32;

pub use alone::open_run;
pub use ask::{asked, saved, type_ask};
pub use event::act as act_on_event;
pub use named::{chosen, gather, group_of, open_named, resolve};
pub use reads::{due, reads, told};
pub use runs::act as act_on_runs;
pub use sources::act as act_on_sources;
pub use tail::{ended as tail_ended, heard};

/// Opens the log of the row under the cursor, or of all that are marked.
pub fn open(model: &mut Model) {
    let now = model.clock.now();
    let subjects: Vec<Subject> = invokees(model).iter().flat_map(|invokee| subjects(model, invokee)).collect();
    if subjects.is_empty() {
        return model.notices.warn("this row has no log; choose a function", now);
    }
    show(model, &subjects, Reach::default());
}

/// Whom the marked rows invoke, in the order of the list; without marks, the row under the cursor.
fn invokees(model: &Model) -> Vec<Invokee> {
    let Some((question, row)) = model.row() else { return Vec::new() };
    let (pane, table) = (model.pane(), model.views.table(question.pane));
    let marks = table.map_or(&[][..], |table| table.marks());
    let marked = model.store.rows(&question).iter().filter(|row| marks.contains(&row.key));
    let marked: Vec<Invokee> = marked.filter_map(|row| pane.invokes(&question.scope, row)).collect();
    if marked.is_empty() { pane.invokes(&question.scope, row).into_iter().collect() } else { marked }
}

/// Shows a log of as many subjects as one can show.
pub fn show(model: &mut Model, subjects: &[Subject], reach: Reach) {
    let now = model.clock.now();
    let (shown, beyond) = subjects.split_at_checked(MOST).unwrap_or((subjects, &[]));
    model.logs.open(shown, reach, now);
    leave_out(model, beyond.len());
    model.views.go(Place::Logs);
}

/// Notes how many logs there is no room for, and says so when it turns out.
fn leave_out(model: &mut Model, logs: usize) {
    let before = std::mem::replace(&mut model.logs.beyond, logs);
    if before == 0 && logs > 0 {
        let now = model.clock.now();
        model.notices.warn(format!("{MOST} logs are shown together at most: {logs} more are left out"), now);
    }
}

/// Whose events the runs of a function write.
pub fn subjects(model: &Model, invokee: &Invokee) -> Vec<Subject> {
    let group = invokee.log_group.clone().or_else(|| model.log_group_of(&invokee.function));
    let group = group.unwrap_or_else(|| invokee.log_group());
    subjects_of(&group, &invokee.function.name, invokee.qualifier.as_ref(), &invokee.versions)
}

/// The events of a function, or of some of its versions: those of one version are in streams of their own, and of an
/// alias that sends calls to two there are two.
fn subjects_of(group: &Text, function: &Text, qualifier: Option<&Text>, versions: &[Text]) -> Vec<Subject> {
    let whole = |qualifier: &Text| Text::line(format!("{function}:{qualifier}"));
    let subject = |name: Text, versions: &[Text]| Subject {
        name,
        group: group.clone(),
        function: Some(function.clone()),
        versions: versions.to_vec(),
    };
    if let [_, _, ..] = versions {
        return versions.iter().map(|version| subject(whole(version), std::slice::from_ref(version))).collect();
    }
    vec![subject(qualifier.map_or_else(|| function.clone(), whole), versions)]
}

/// Does what a key means in a log.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Logs(key) => return press(model, key),
        Action::Open => model.logs.open_event(),
        Action::Filter => ask::filter(model),
        Action::Refresh => return refresh(model),
        Action::Browse => return browse(model),
        Action::OpenInsights => return super::insights::open(model),
        Action::Back => back(model),
        action => step(model, action),
    }
    Vec::new()
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let now = model.clock.now();
    match key {
        Key::Reach(n) => {
            let reach = Reach::CHOICES.get(n).copied().unwrap_or_default();
            return model.logs.turn_to(reach, now).into_iter().map(Effect::Cancel).collect();
        }
        Key::AskReach => ask::reach(model),
        Key::AskPattern => ask::pattern(model),
        Key::AskColumns => columns::ask(model),
        Key::Pause => pause(model),
        Key::Live => return tail::press(model),
        Key::Follow => follow(model),
        Key::Stop => return stop(model),
        Key::Find => ask::find(model),
        Key::NextHit | Key::PreviousHit => find::step(model, key == Key::NextHit),
        Key::Around => find::turn_around(model),
        Key::Wrap => {
            model.logs.view.wrap = !model.logs.view.wrap;
            model.logs.view.left = 0;
        }
        Key::Unfold => model.logs.sieve.unfold(!model.logs.sieve.is_unfolded()),
        Key::Source => sources::alone(model),
        Key::Sources => sources::open(model),
        Key::Stamps => model.logs.stamps = model.logs.stamps.next(),
        Key::Streams => model.logs.streams = !model.logs.streams,
        Key::Colours => model.logs.colours = !model.logs.colours,
        Key::Zone => model.logs.local = !model.logs.local,
        Key::Copy => return out::copy(model),
        Key::CopyRun => return out::copy_run(model),
        Key::Pick => model.logs.pick(),
        Key::Save => ask::save(model),
        Key::Invocations => model.logs.listing = true,
        Key::Isolate => alone::isolate(model),
        Key::AllSources => model.logs.all_sources(),
        Key::UnfoldAll | Key::NextEvent | Key::PreviousEvent | Key::Order | Key::FailedOnly => {}
    }
    Vec::new()
}

/// Moves the cursor; at either end more is read.
pub fn step(model: &mut Model, action: Action) {
    let size = model.size;
    let page = model.logs.window(size).height.max(1);
    let by = match action {
        Action::Top => return model.logs.look(size, View::top),
        // What is behind a range that has an end is read by who goes past it.
        Action::Bottom if !model.logs.reach.follows() => return model.logs.view.follow(),
        Action::Bottom => return follow(model),
        Action::Left | Action::Right => return aside(model, action == Action::Right),
        action => steps::rows(action, page, (page / 2).max(1)),
    };
    let Some(by) = by else { return };
    let moved = model.logs.look(
        size,
        |view: &mut View, scene: &Scene<'_>| {
            if by.unsigned_abs() == 1 { view.go(by, scene) } else { view.page(by, scene) }
        },
    );
    if !moved && by < 0 {
        older(model);
    } else if !moved {
        model.logs.want_newer();
        model.logs.view.follow();
    }
}

/// Above the first event: what is older is read.
fn older(model: &mut Model) {
    let now = model.clock.now();
    model.logs.want_older();
    if model.logs.feeds.iter().any(Feed::is_full) {
        let held = model.options.log_memory;
        let why = format!("no more older events are read: the memory for this log ({held} MB) is full");
        model.notices.warn(why, now);
    }
}

/// How far one press goes sideways, in cells.
const ASIDE: usize = 16;

fn aside(model: &mut Model, right: bool) {
    let left = model.logs.view.left;
    model.logs.view.left = if right { left + ASIDE } else { left.saturating_sub(ASIDE) };
}

/// Goes to the newest event, and asks for newer ones again.
fn follow(model: &mut Model) {
    model.logs.paused = false;
    model.logs.want_newer();
    model.logs.view.follow();
}

fn pause(model: &mut Model) {
    model.logs.paused = !model.logs.paused;
}

fn stop(model: &mut Model) -> Vec<Effect> {
    model.logs.feeds.iter_mut().filter_map(Feed::stop).map(Effect::Cancel).collect()
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now().since;
    let given_up: Vec<Ticket> = model.logs.feeds.iter_mut().flat_map(|feed| feed.retry(now)).collect();
    model.lookup.groups.retry();
    model.lookup.aliases.retry();
    if !model.logs.tags.is_empty() {
        model.lookup.tags.forget();
    }
    given_up.into_iter().map(Effect::Cancel).collect()
}

/// One level up: a notice, what is waited for, the search, the marks, the filter, the invocation that alone is shown, the room.
fn back(model: &mut Model) {
    if model.notices.dismiss() {
        return;
    }
    let logs = &mut model.logs;
    if logs.sought.take().is_some() || logs.search.take().is_some() || logs.unpick() {
        return;
    }
    if !model.logs.words.is_empty() {
        // What was found stays under the cursor, among what surrounds it.
        if model.logs.view.cursor() != model.logs.store.last() {
            model.logs.view.hold();
        }
        // No words are a filter.
        let _ = model.logs.filter_by("");
        return;
    }
    if !model.logs.rejoin() {
        model.views.back();
    }
}

/// The page of the log group in the web console, with the same range of time.
fn browse(model: &mut Model) -> Vec<Effect> {
    let region = model.session.region();
    let group = model.logs.event().and_then(|event| model.logs.sources.get(usize::from(event.source)));
    let Some(source) = group.or(model.logs.sources.first()) else { return Vec::new() };
    // The page takes its path encoded twice, with `$` in place of `%`.
    let group = source.subject.group.replace('/', "$252F").replace('#', "$2523");
    let span = model.logs.reach.as_query().map(|span| format!("/log-events$3F{span}")).unwrap_or_default();
    let path = format!("/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{group}{span}");
    vec![Effect::Browse(format!("https://{}{path}", crate::aws::console_host(&region)))]
}

/// After every message: what came is looked at in turns, and the cursor is on an event that is shown.
pub fn arrange(model: &mut Model) {
    if model.views.place() != Place::Logs {
        return;
    }
    let logs = &mut model.logs;
    logs.sieve.go_on(&mut logs.store);
    logs.arrange_runs(model.size);
    logs.arrange_search(model.size);
    logs.look(model.size, View::arrange);
    if logs.arrange_columns(model.size) {
        // Narrower messages may take more rows.
        logs.look(model.size, View::arrange);
    }
}
