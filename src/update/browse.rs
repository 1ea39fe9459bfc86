//! Moving, sorting, filtering, changing panes.

use crate::aws::Kind;
use crate::keys::Action;
use crate::model::{
    Before, Effect, Link, Model, Overlay, Pager, Place, Reveal, Sort, TableView, WIDE, needed, scrolled_columns,
};
use crate::panes::{self, Pane, ScopeKind, Tab};

use super::{called, compare, console, insights, logs, operate, overlays, steps};

/// How long a revealed value stays in clear.
const REVEAL: std::time::Duration = std::time::Duration::from_secs(30);

/// Does what a key means on a list, or says why it cannot be done.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(why) = model.obstacle(action) {
        let now = model.clock.now();
        model.notices.warn(why, now);
        return Vec::new();
    }
    if means_row(action) {
        hold(model);
    }
    match action {
        Action::Open => open(model),
        Action::Detail => push_detail(model),
        Action::NextPane | Action::PreviousPane => step_pane(model, action == Action::NextPane),
        Action::NextBeside | Action::PreviousBeside => step_beside(model, action == Action::NextBeside),
        Action::Pane(n) => show_tab(model, n),
        Action::LastView => model.views.swap(),
        Action::Back => back(model),
        Action::Leave => return leave(model),
        Action::Filter => start_filter(model),
        Action::ProblemsOnly => problems_only(model),
        Action::Sort | Action::SortReverse => sort(model, action == Action::SortReverse),
        Action::Left | Action::Right => scroll_columns(model, action == Action::Right),
        Action::Alone => alone(model),
        Action::Refresh => return refresh(model),
        Action::Narrow => narrow(model),
        Action::Reveal => reveal(model),
        Action::Yank | Action::Actions => return overlays::open(model, action),
        Action::Mark => compare::mark(model),
        Action::Compare => compare::compare(model),
        Action::YankArn => return overlays::yank(model, action),
        Action::Browse => return overlays::browse(model),
        Action::Invoke => console::open(model),
        Action::OpenLog => logs::open(model),
        Action::DryRun => return console::dry_run(model),
        Action::OpenInsights => return insights::open(model),
        Action::StopSending => return called::stop(model),
        Action::Operate(n) => operate::start(model, n),
        _ => step(model, action),
    }
    Vec::new()
}

/// Something is done with the row under the cursor: that one is meant.
fn means_row(action: Action) -> bool {
    use Action as A;
    let looks = matches!(action, A::Open | A::Detail | A::Yank | A::YankArn | A::Browse | A::Reveal);
    let works = matches!(action, A::Actions | A::Operate(_) | A::Mark | A::Compare | A::Invoke | A::DryRun);
    looks || works || matches!(action, A::OpenLog | A::OpenInsights)
}

/// The row under the cursor keeps it.
pub fn hold(model: &mut Model) {
    if let Some(table) = model.views.table_mut(model.views.pane()) {
        table.hold();
    }
}

/// Moves the cursor of the list on show.
pub fn step(model: &mut Model, action: Action) {
    let Some(table) = model.views.table(model.views.pane()) else { return };
    let page = model.page();
    let at = table.position();
    let Some(to) = steps::from(at, action, page, page.div_ceil(2)) else { return };
    go(model, to);
}

/// Puts the cursor on a line of the order.
pub fn go(model: &mut Model, to: usize) {
    let Some(question) = model.question() else { return };
    let page = model.page();
    let rows = model.store.rows(&question);
    if let Some(table) = model.views.table_mut(question.pane) {
        table.go(to, rows, page);
    }
    model.clock.moved();
}

/// After a resize the cursor is still among the lines on the screen.
pub fn keep_in_sight(model: &mut Model) {
    for pane in panes::ALL {
        let rows = model.screen_of(*pane, model.size).map_or(1, |screen| usize::from(screen.rows.height));
        if let Some(table) = model.views.table_mut(pane.id()) {
            table.scroll_to_cursor(rows);
        }
    }
}

/// Drills into the row: the pane that shows more of it, or its facts.
fn open(model: &mut Model) {
    match model.pane().opens().map(panes::find) {
        Some(opened) if opened.scope() == ScopeKind::Account || choose_row(model, opened.scope()) => {
            model.views.go(Place::Pane(opened.id()));
        }
        _ => push_detail(model),
    }
}

fn push_detail(model: &mut Model) {
    if model.row().is_some() {
        model.overlays.push(Overlay::Detail(Pager::default()));
    }
}

/// Makes what is under the cursor the thing that panes of this kind are about, if it is one of that kind.
fn choose_row(model: &mut Model, kind: ScopeKind) -> bool {
    let subject = model.row().and_then(|(question, row)| model.pane().subject(&question.scope, row));
    let kind = if kind == ScopeKind::Either { ScopeKind::Function } else { kind };
    let subject = subject.filter(|subject| subject.kind() == kind);
    let found = subject.is_some();
    if let Some(subject) = subject {
        model.views.choose(subject);
    }
    found
}

fn step_pane(model: &mut Model, forward: bool) {
    let count = panes::tabs().count();
    let marked = model.views.tab();
    let at = panes::tabs().position(|pane| pane.id() == marked).unwrap_or(0);
    show_tab(model, if forward { at + 1 } else { at + count - 1 } % count.max(1));
}

/// The next pane about the same thing; the way back stays what it was.
fn step_beside(model: &mut Model, forward: bool) {
    let panes: Vec<_> = panes::beside(model.pane()).collect();
    let at = panes.iter().position(|pane| pane.id() == model.views.pane()).unwrap_or(0);
    let count = panes.len().max(1);
    if let Some(pane) = panes.get(if forward { at + 1 } else { at + count - 1 } % count) {
        model.views.replace(Place::Pane(pane.id()));
    }
}

/// Shows the pane of the n-th tab.
fn show_tab(model: &mut Model, n: usize) {
    if let Some(pane) = panes::tabs().nth(n) {
        return show_pane(model, pane);
    }
    let now = model.clock.now();
    model.notices.warn(format!("there are {} panes", panes::tabs().count()), now);
}

/// Shows a pane; one about a function takes the function under the cursor.
pub fn show_pane(model: &mut Model, pane: &'static dyn Pane) {
    // A list of all that could be the function's alone offers that for the function under the cursor.
    let kind = pane.scope();
    let chosen = kind != ScopeKind::Account && pane.id() != model.views.pane() && choose_row(model, kind);
    if !matches!(kind, ScopeKind::Account | ScopeKind::Either) && !chosen && model.views.chosen(kind).is_none() {
        let (now, thing) = (model.clock.now(), kind.word());
        return model.notices.warn(format!("choose a {thing} first: {} is about one", pane.title()), now);
    }
    model.views.switch(Place::Pane(pane.id()));
}

/// Lists only the chosen function's rows, or all again; with no function chosen, those of the row's.
fn narrow(model: &mut Model) {
    let pane = model.pane();
    let now = model.clock.now();
    if pane.scope() != ScopeKind::Either {
        return model.notices.warn(format!("{} are listed in one way only", pane.title()), now);
    }
    let narrow = !model.views.is_narrow(pane.id());
    if narrow && model.views.chosen(ScopeKind::Function).is_none() && !choose_row(model, ScopeKind::Function) {
        return model.notices.warn("choose a function first: on its row, or in the list of functions", now);
    }
    model.views.narrow(pane.id(), narrow);
}

/// One level up: a notice, the marks, the filter, the view.
fn back(model: &mut Model) {
    if model.notices.dismiss() {
        return;
    }
    if model.views.table_mut(model.views.pane()).is_some_and(TableView::unmark) {
        return;
    }
    if let Some(table) = model.views.table_mut(model.views.pane())
        && (!table.filter.value().is_empty() || table.problems_only)
    {
        table.filter.reset();
        table.problems_only = false;
        table.outdated = true;
        return;
    }
    model.views.back();
}

/// One level up, and out at the top; a run on its way asks for a second press.
fn leave(model: &mut Model) -> Vec<Effect> {
    if model.views.back() {
        return Vec::new();
    }
    let running = model.console.running().count() + model.calls.len();
    let now = model.clock.now();
    if running > 0 && !model.notices.shown().any(|notice| notice.text.contains("q again")) {
        model.notices.warn(format!("{running} on the way to AWS: press q again to quit without the answer"), now);
        return Vec::new();
    }
    vec![Effect::Quit]
}

fn start_filter(model: &mut Model) {
    let Some(table) = model.views.table(model.views.pane()) else { return };
    let before = Before { filter: table.filter.value().to_owned(), cursor: table.cursor().cloned() };
    model.overlays.push(Overlay::Filter(before));
}

fn problems_only(model: &mut Model) {
    if let Some(table) = model.views.table_mut(model.views.pane()) {
        table.problems_only = !table.problems_only;
        table.outdated = true;
    }
}

fn sort(model: &mut Model, reverse: bool) {
    let columns = model.pane().columns().len();
    let Some(table) = model.views.table_mut(model.views.pane()) else { return };
    table.sort = match (table.sort, reverse) {
        (None, true) => Some(Sort { column: 0, reverse: true }),
        (None, false) => Some(Sort { column: 0, reverse: false }),
        (Some(sort), true) => Some(Sort { reverse: !sort.reverse, ..sort }),
        (Some(sort), false) => Some(Sort { column: (sort.column + 1) % columns.max(1), reverse: false }),
    };
    table.outdated = true;
}

/// Sorts by a column, the other way round if it sorts already.
pub fn sort_by(model: &mut Model, column: usize) {
    let Some(table) = model.views.table_mut(model.views.pane()) else { return };
    let again = table.sort.is_some_and(|sort| sort.column == column && !sort.reverse);
    table.sort = Some(Sort { column, reverse: again });
    table.outdated = true;
}

fn scroll_columns(model: &mut Model, right: bool) {
    let columns = model.pane().columns();
    let width = model.screen_of(model.pane(), model.size).map_or(0, |screen| screen.rows.width);
    let Some(table) = model.views.table_mut(model.views.pane()) else { return };
    table.scrolled = scrolled_columns(&columns, width, table.scrolled, right);
}

/// Gives the list the whole width, or the facts their place beside it.
fn alone(model: &mut Model) {
    model.views.alone = !model.views.alone;
    if model.size.width < WIDE {
        let now = model.clock.now();
        model.notices.warn(format!("the details stand beside the list from {WIDE} columns on; d opens them"), now);
    }
}

/// Asks again now, also for what was denied or failed; a failed session is tried again.
fn refresh(model: &mut Model) -> Vec<Effect> {
    if let Link::Failed(_) = model.session.link {
        let target = model.session.target.clone();
        return super::session::switch(model, target);
    }
    if let crate::model::Who::Unknown { problem, .. } = &model.session.who
        && problem.kind != Kind::Unsupported
    {
        model.session.who = crate::model::Who::NotAsked;
    }
    let Some(question) = model.question() else { return Vec::new() };
    // Lists without a tab have no other way to be asked again, and those that failed leave cells empty here.
    let needs = model.pane().needs().iter().filter_map(|pane| needed(pane, &question.scope, None));
    let failed =
        |question: &crate::model::Question| model.store.list(question).is_some_and(|slot| slot.problem().is_some());
    let behind = needs.filter(|question| panes::find(question.pane).tab() == Tab::Behind || failed(question));
    let mut spoiled = vec![question.clone(), model.source(&question)];
    spoiled.extend(behind);
    spoiled.iter().flat_map(|question| model.store.ask_again(question)).map(Effect::Cancel).collect()
}

/// Shows the masked value under the cursor in clear for half a minute, or hides it.
fn reveal(model: &mut Model) {
    let now = model.clock.now();
    let Some((question, row)) = model.row() else { return };
    let key = row.key.clone();
    let shown = model.views.reveals(&question, &key);
    model.views.reveal = (!shown).then(|| Reveal { question, key, until: now.since + REVEAL });
}
