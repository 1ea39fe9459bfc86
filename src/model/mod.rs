//! Everything the program knows, and nothing it does.

mod age;
pub mod align;
mod asked;
pub mod body;
mod cells;
mod clock;
mod columns;
mod confirm;
pub mod console;
pub mod csv;
mod diff;
pub mod editor;
mod field;
mod filter;
mod follow;
mod form;
mod gone;
pub mod hex_view;
mod idle;
pub mod insights;
pub mod json;
pub mod json_path;
pub mod json_tree;
mod known;
mod list;
pub mod logs;
mod look;
pub mod lookup;
mod lost;
mod map;
mod msg;
pub mod needle;
mod notices;
mod offer;
mod options;
mod outage;
mod overlay;
mod pager;
pub mod payloads;
mod question;
mod rest;
mod screen;
mod sent;
mod session;
mod slot;
mod store;
mod table;
mod tabs;
pub mod text_view;
mod traffic;
pub mod tree_view;
mod views;
mod wrap;

use std::time::Duration;

pub use cells::Cells;
pub use clock::Clock;
pub use columns::{GAP, Placed, columns_at, place as place_columns, scrolled as scrolled_columns};
pub use confirm::Confirm;
pub use console::{Console, Remember};
pub use diff::{Change, Counterparts, Diff, Pair};
pub use field::{Entry, Filled};
pub use filter::Filter;
pub use follow::{Follow, PATIENCE};
pub use form::Form;
pub use gone::LINGERS;
pub use idle::{NO_TEXT, NO_TREE, ONE_VIEW};
pub use insights::Insights;
pub use known::needed;
pub use list::List;
pub use logs::Logs;
pub use lookup::Lookup;
pub use lost::{GRACE, Lost};
pub use msg::{Connection, Effect, Gesture, Mouse, Msg, Now, Size, Ticket, Tickets};
pub use notices::{Message, Notice, Notices};
pub use offer::{NO_INVOKE, Offer, READ_ONLY};
pub use options::{Colours, Options, Refresh};
pub use overlay::{Before, Menu, Overlay, Palette, Scroll, TYPE_AHEAD};
pub use pager::Pager;
pub use screen::{READABLE, Screen, Spot, WIDE};
pub use sent::{SLOW, Sent};
pub use session::{Link, Profiles, Session, Site, Who, is_production};
pub use slot::{Slot, State, UNSETTLED};
pub use store::{Question, Stamp, Store};
pub use table::{ByLate, Listed, Sort, TableView};
pub use tabs::{PlacedTab, TabPart, tab_number};
pub use traffic::{Calls, Meter};
pub use views::{Place, Reveal, Views};
pub use wrap::{enough, wrap};

use crate::keys::Context;
use crate::panes::{self, FunctionRef, Head, Memory, Pane, Row, Scope, ScopeKind};

/// The whole state of the program. One owner, changed only by `update`.
#[derive(Debug, Default)]
pub struct Model {
    /// Account, region, profile, read-only.
    pub session: Session,
    /// What we asked and what came back.
    pub store: Store,
    /// What is on show, and how it is looked at.
    pub views: Views,
    /// What lies on top; the last one has the keyboard.
    pub overlays: Vec<Overlay>,
    /// The invoke console.
    pub console: Console,
    /// The log on show.
    pub logs: Logs,
    /// Logs Insights.
    pub insights: Insights,
    /// Log groups and tags that are looked up.
    pub lookup: Lookup,
    /// What to tell the person.
    pub notices: Notices,
    /// Calls made.
    pub meter: Meter,
    /// The time.
    pub clock: Clock,
    /// The terminal's size.
    pub size: Size,
    /// What was chosen at the start.
    pub options: Options,
    /// Words the palette completes with.
    pub profiles: Profiles,
    /// Gives out the next ticket.
    pub tickets: Tickets,
    /// Changes on their way.
    pub calls: Vec<Sent>,
    /// What was filled in for a change that was refused, until its operation begins again.
    pub draft: Option<Box<Form>>,
    /// Changes that AWS accepted and goes on with.
    pub follows: Vec<Follow>,
    /// Changes whose answers were lost.
    pub lost: Vec<Lost>,
    /// Values that changes of this session replaced.
    pub memory: Memory,
}

impl Model {
    /// The state at the start.
    pub fn new(session: Session, options: Options, size: Size) -> Self {
        let mut model = Self { session, size, options, ..Self::default() };
        model.logs.store = logs::Store::new(model.options.log_memory << 20);
        model
    }

    /// The pane on show.
    pub fn pane(&self) -> &'static dyn Pane {
        panes::find(self.views.pane())
    }

    /// What a pane lists now; `None` when it is about something that is not chosen yet.
    pub fn question_of(&self, pane: &dyn Pane) -> Option<Question> {
        let scope = match pane.scope() {
            ScopeKind::Account => Scope::Account,
            ScopeKind::Either if !self.views.is_narrow(pane.id()) => Scope::Account,
            kind => self.views.chosen(kind)?.clone(),
        };
        Some(Question { pane: pane.id(), scope })
    }

    /// What the pane on show lists.
    pub fn question(&self) -> Option<Question> {
        self.question_of(self.pane())
    }

    /// The function that function-scoped panes are about.
    pub fn chosen_function(&self) -> Option<FunctionRef> {
        match self.views.chosen(ScopeKind::Function)? {
            Scope::Function(function) => Some(function.clone()),
            _ => None,
        }
    }

    /// The row under the cursor of a pane.
    pub fn row_of<'a>(&'a self, pane: &dyn Pane, question: &Question) -> Option<&'a Row> {
        self.views.table(pane.id())?.row(self.store.rows(question))
    }

    /// The row under the cursor of the pane on show, with what it is a row of.
    pub fn row(&self) -> Option<(Question, &Row)> {
        let question = self.question()?;
        let row = self.row_of(self.pane(), &question)?;
        Some((question, row))
    }

    /// Whether a new session, or who we are in it, is what is waited for: not that of a session left behind.
    pub fn awaits(&self, msg: &Msg) -> bool {
        match (msg, &self.session) {
            (Msg::Connected { ticket, .. }, Session { link: Link::Connecting(awaited), .. })
            | (Msg::Identified { ticket, .. }, Session { who: Who::Asked(awaited), .. }) => awaited == ticket,
            (Msg::Connected { ticket, .. }, session) => session.renewal == Some(*ticket),
            _ => false,
        }
    }

    /// Where everything is, for the list of a pane; `None` when the terminal is too small.
    pub fn screen_of(&self, pane: &dyn Pane, size: Size) -> Option<Screen> {
        let screen = Screen::of(size, self.views.alone)?;
        let screen = if pane.has_banner() { screen.with_banner() } else { screen };
        // Why a list is not what it should be is worth more than its last row.
        let failed = self
            .question_of(pane)
            .is_some_and(|question| self.behind(&question).is_some_and(|slot| slot.problem().is_some()));
        Some(if failed { screen.with_remark() } else { screen })
    }

    /// How many rows of the pane on show are on the screen.
    pub fn page(&self) -> usize {
        self.screen_of(self.pane(), self.size).map_or(1, |screen| usize::from(screen.rows.height).max(1))
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        self.overlays.last().map_or_else(|| self.room().0, Overlay::context)
    }

    /// Where keys go with nothing on top, and, if that is a line that is asked for, where they go behind it.
    pub fn room(&self) -> (Context, Option<Context>) {
        match self.views.place() {
            Place::Pane(_) => (Context::Table, None),
            Place::Console => {
                let part = match self.console.part {
                    console::Part::Request => Context::Editor,
                    console::Part::Response | console::Part::Log => Context::Console,
                };
                if self.console.ask.is_some() { (Context::Ask, Some(part)) } else { (part, None) }
            }
            Place::Logs => (self.logs.context(), None),
            Place::Insights => (self.insights.context(), None),
        }
    }

    /// Where keys go when the help is closed, then where they go when what lies there is closed, down to the room and its
    /// other parts.
    pub fn contexts_below_help(&self) -> Vec<Context> {
        let on_top = self.overlays.iter().rev().filter(|overlay| !matches!(overlay, Overlay::Help(_)));
        let (room, behind) = self.room();
        let mut contexts: Vec<Context> = Vec::new();
        let parts: &[Context] = match self.views.place() {
            Place::Pane(_) => &[Context::Table, Context::Filter],
            Place::Console => &[Context::Editor, Context::Console],
            Place::Logs => &[],
            Place::Insights => &[Context::Query, Context::Results],
        };
        for context in on_top.map(Overlay::context).chain([room]).chain(behind).chain(parts.iter().copied()) {
            if !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        contexts
    }

    /// What can be done to rows of the pane on show, allowed or not.
    pub fn operations(&self) -> Vec<Head> {
        self.pane().operations()
    }

    /// How old a pane's list may get, `None` when only the person refreshes.
    pub fn every(&self, pane: &dyn Pane) -> Option<Duration> {
        match self.options.refresh {
            Refresh::AsPanesSay => Some(pane.every()),
            Refresh::Every(every) => Some(every),
            Refresh::Off => None,
        }
    }
}
