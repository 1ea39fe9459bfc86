//! What a key can do here and now, and why it cannot: the footer dims or leaves out by it, and a key
//! that is pressed all the same gives the reason.

use super::console::{self, Sheet};
use super::logs::Wanted;
use super::{Model, Overlay, Place, Sent};
use crate::aws::InvocationType;
use crate::keys::{Action, Console as Key, Context, Section};
use crate::panes::{self, Offered, Pane, Row, Scope, ScopeKind, Value};

/// How the footer offers a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It does something.
    Open,
    /// Not to this row, or not in this session.
    Dimmed,
    /// Nothing on the screen could take it.
    Absent,
}

/// Why a session that may change nothing does not.
pub const READ_ONLY: &str = "this session is read-only: nothing can be changed";
/// Why it sends no payload.
pub const NO_INVOKE: &str = "read-only: nothing is invoked; ctrl-t chooses a dry run";

impl Model {
    /// How the footer offers what a key means.
    pub fn offer(&self, action: Action) -> Offer {
        if let Some(Overlay::Confirm(confirm)) = self.overlays.last() {
            let no_button = action == Action::NextField && confirm.types();
            return if no_button { Offer::Absent } else { Offer::Open };
        }
        match self.context() {
            Context::Table => {}
            Context::Results => return self.insights.offer(action),
            Context::Pick
                if action == Action::Complete && matches!(self.overlays.last(), Some(Overlay::Queries(_))) =>
            {
                return Offer::Absent;
            }
            // What is tried in a read-only session goes no further.
            Context::Form | Context::Choices | Context::Lines
                if action == Action::Accept && self.session.target.read_only =>
            {
                return Offer::Absent;
            }
            _ if self.is_idle(action) => return Offer::Absent,
            _ => return if self.is_unsent(action) { Offer::Dimmed } else { Offer::Open },
        }
        let listed = self.views.table(self.pane().id()).is_some_and(|table| !table.order().is_empty());
        let offered = match action {
            Action::Back => self.notices.waits() || self.is_marked() || self.is_filtered() || self.views.can_go_back(),
            Action::Filter => listed || self.is_filtered(),
            Action::Sort => listed,
            Action::StopSending => self.calls.iter().any(Sent::can_stop),
            Action::Messages => self.notices.problems() > 0,
            Action::Operate(n) => return self.offer_operation(n, listed),
            action if self.lacks(action) => false,
            action => listed || !wants_row(action),
        };
        match self.obstacle(action) {
            _ if !offered => Offer::Absent,
            Some(_) => Offer::Dimmed,
            // The console opens, for a dry run; it is sending that is refused.
            None if action == Action::Invoke && self.session.target.read_only => Offer::Dimmed,
            None => Offer::Open,
        }
    }

    /// The keys of this screen, for its help: of what lies on top first, of what holds everywhere last. What holds
    /// elsewhere is in the help of there, and all of it in the README.
    pub fn help(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let contexts = self.contexts_below_help();
        let text = contexts.iter().any(|context| matches!(context, Context::Editor | Context::Query));
        let typed = [(contexts.iter().any(|context| context.is_line()), true), (text, false)];
        for context in contexts.into_iter().chain([Context::Everywhere]) {
            if context == Context::Everywhere {
                sections.extend(typed.into_iter().filter(|(some, _)| *some).map(|(_, line)| Section::typing(line)));
            }
            // The changes of the pane on show are keys of its list.
            if context == Context::Table {
                let open = self.operations().into_iter().enumerate().filter(|(n, _)| !self.is_barred(*n));
                let lines = open.map(|(_, head)| (head.key.to_owned(), head.label)).collect();
                sections.push(Section { title: self.pane().title().to_owned(), lines });
            }
            // Of these only the keys that do something in the pane, or for the line, on show.
            let some = matches!(context, Context::Table | Context::Yank | Context::Pick | Context::LogAsk);
            sections.push(Section::of(context, |action| !(some && self.lacks(action))));
        }
        sections.retain(|section| !section.lines.is_empty());
        sections
    }

    /// The pane on show has nothing that the key of a list could do, whatever its row.
    pub fn lacks(&self, action: Action) -> bool {
        let pane = self.pane();
        match action {
            Action::Compare => !pane.compares(),
            Action::Mark => !pane.compares() && !pane.can_invoke(),
            Action::Narrow => pane.scope() != ScopeKind::Either,
            Action::Reveal => !pane.masks(),
            Action::YankValue => pane.value().is_none(),
            Action::Actions => self.operations().is_empty(),
            Action::Invoke | Action::DryRun | Action::OpenLog | Action::OpenInsights => !pane.can_invoke(),
            Action::NextBeside | Action::PreviousBeside => panes::beside(pane).nth(1).is_none(),
            Action::Complete => self.completes_nothing(),
            _ => false,
        }
    }

    /// A key of the console that would find nothing to do.
    fn is_idle(&self, action: Action) -> bool {
        match action {
            Action::Console(Key::Copy | Key::Cut) => {
                self.console.request().is_none_or(|request| request.editor.selection().is_none())
            }
            Action::Console(Key::Concurrency) => !self.is_throttled(),
            Action::Console(Key::Unfold | Key::Search | Key::Path) => {
                self.console.run().is_some_and(|run| run.burst().is_some())
            }
            Action::Console(Key::WholeRun) => self.console.run().is_none_or(|run| !run.has_id()),
            // Where the whole log of the run can be had, that is what is offered.
            Action::OpenLog => self.console.run().is_none_or(console::Run::has_id),
            Action::Complete if self.context() == Context::LogAsk => !self.logs.completes(),
            Action::Console(Key::PutIn) => self.console.clipboard.is_empty(),
            Action::YankValue => self.lacks(action),
            _ => self.why_idle(self.context(), action).is_some(),
        }
    }

    /// The session may not send an invocation of a kind. A dry run executes nothing.
    pub fn bars(&self, kind: InvocationType) -> bool {
        self.session.target.read_only && kind != InvocationType::DryRun
    }

    /// A key of the console that would send what this session may not.
    fn is_unsent(&self, action: Action) -> bool {
        match action {
            Action::Console(Key::Send) => self.bars(self.console.way().kind),
            // Only whole answers are compared or counted: there is no dry run of them.
            Action::Console(Key::Both | Key::Burst) => self.session.target.read_only,
            _ => false,
        }
    }

    /// The run that keys are about is on its way.
    pub(super) fn is_awaited(&self) -> bool {
        let run = match self.overlays.last() {
            Some(Overlay::Console(Sheet::Pair(pair))) => self.console.run_of(pair.here()),
            _ => self.console.run(),
        };
        run.is_some_and(console::Run::is_running)
    }

    /// What the footer says of a key in place of its own word, where that hangs on what is on top.
    pub fn word(&self, action: Action) -> Option<&'static str> {
        let confirm = match self.overlays.last() {
            Some(Overlay::Confirm(confirm)) => confirm,
            Some(Overlay::Console(Sheet::Sending(sending))) => return sending.word(action),
            None if action == Action::Console(Key::Abandon) => {
                let burst = self.console.run().and_then(console::Run::burst);
                return burst.filter(|burst| burst.tally.stopped.is_none()).map(|_| "stop");
            }
            None if action == Action::Complete => {
                let columns = self.logs.ask.as_ref().is_some_and(|ask| ask.wanted == Wanted::Columns);
                return columns.then_some("complete");
            }
            _ => return None,
        };
        let over_form = matches!(self.overlays.iter().nth_back(1), Some(Overlay::Form(_)));
        match action {
            Action::Accept if confirm.ready() => Some("send it"),
            Action::Accept if confirm.types() => Some("send, once the name is typed"),
            Action::Accept if confirm.sends => Some("go on"),
            Action::Accept => Some("cancel"),
            Action::Back if over_form => Some("back to the form"),
            _ => None,
        }
    }

    /// What typing does in the field with the keyboard, where it is no text: the footer says it.
    pub fn typing(&self) -> Option<&'static str> {
        let Some(Overlay::Form(form)) = self.overlays.last() else { return None };
        form.is_list_open().then_some("find a choice")
    }

    /// An operation knows itself whether it is for a row, and for which.
    fn offer_operation(&self, n: usize, listed: bool) -> Offer {
        match self.prepare(n) {
            // Where nothing can be changed its keys are not on offer; who presses one is told why.
            _ if self.is_barred(n) => Offer::Absent,
            None => Offer::Absent,
            Some(Err(_)) if !listed || self.offered(n) == Some(Offered::Allowed) => Offer::Absent,
            Some(Ok(_)) => Offer::Open,
            Some(Err(_)) => Offer::Dimmed,
        }
    }

    fn offered(&self, n: usize) -> Option<Offered> {
        self.operations().get(n).map(|head| head.offered)
    }

    /// Nothing but a change comes of the operation, and none may be made.
    pub fn is_barred(&self, n: usize) -> bool {
        self.session.target.read_only && self.offered(n) != Some(Offered::ToTry)
    }

    /// Why what a key means cannot be done on the list on show; `None` if it can.
    pub fn obstacle(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Actions if self.session.target.read_only => return Some(READ_ONLY),
            Action::Operate(n) if self.is_barred(n) => return Some(READ_ONLY),
            Action::StopSending if !self.calls.iter().any(Sent::can_stop) => {
                return Some("no file is on its way to AWS");
            }
            _ => {}
        }
        if !wants_row(action) || !matches!(self.views.place(), Place::Pane(_)) {
            return None;
        }
        let Some((question, row)) = self.row() else {
            return Some("this key is for a row, and there is none under the cursor");
        };
        Self::unsuited(action, self.pane(), &question.scope, row)
    }

    /// Why the row under the cursor does not suit what a key means.
    fn unsuited(action: Action, pane: &dyn Pane, scope: &Scope, row: &Row) -> Option<&'static str> {
        match action {
            Action::Reveal if !has_secret(pane, row) => Some("nothing is masked in this row"),
            Action::Browse => pane.without_page(scope, row),
            Action::OpenLog if pane.invokes(scope, row).is_none() => Some("this row has no log; choose a function"),
            Action::Invoke if pane.invokes(scope, row).is_none() => {
                Some("there is nothing to invoke in this row; choose a function")
            }
            Action::OpenInsights if pane.invokes(scope, row).is_none() => {
                Some("this row has no log; choose a function")
            }
            _ => None,
        }
    }

    fn is_marked(&self) -> bool {
        self.views.table(self.pane().id()).is_some_and(|table| !table.marks().is_empty())
    }

    fn is_filtered(&self) -> bool {
        let table = self.views.table(self.pane().id());
        table.is_some_and(|table| table.problems_only || !table.filter.value().is_empty())
    }
}

/// It is done to the row under the cursor.
fn wants_row(action: Action) -> bool {
    matches!(
        action,
        Action::Open
            | Action::Detail
            | Action::Invoke
            | Action::OpenLog
            | Action::Reveal
            | Action::Yank
            | Action::YankArn
            | Action::Browse
            | Action::OpenInsights
    )
}

fn has_secret(pane: &dyn Pane, row: &Row) -> bool {
    (0..pane.columns().len()).any(|n| matches!(pane.cell(row, n), Value::Secret(_)))
}
