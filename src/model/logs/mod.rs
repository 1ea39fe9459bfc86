//! A log: the events of one or more functions, and where one stands in them.

mod ask;
mod feed;
pub mod filter;
pub mod invocations;
pub mod range;
mod reach;
pub mod rows;
mod runs;
mod sieve;
mod source;
mod stamps;
mod store;
mod tail;
mod view;

use std::time::Duration;

use self::runs::Before;
use super::body::View as Opened;
use super::msg::{Now, Size, Ticket, Tickets};
use super::screen::Screen;
use super::text_view::{TextView, Window};
use super::tree_view::TreeView;
use crate::aws::{LogPage, LogQuery, Problem, Text};
use crate::keys::Context;

pub use ask::{Ask, Wanted};
pub use feed::Told;
pub use filter::{LogFilter, NoFilter};
pub use invocations::{Invocation, Invocations};
pub use reach::Reach;
pub use runs::{Order, Runs};
pub use sieve::Sieve;
pub use source::{Source, Subject};
pub use stamps::Stamps;
pub use store::{Event, Store, WORDS};
pub use tail::{Pressed, Tail};
pub use view::{Placed, Scene, View};

/// A screen of so many lines has one for what is to be said of the log.
const TALL: u16 = 12;
/// Cells of a moment: `12:04:31.120`, and of one with its day.
const TIME: usize = 12;
const DAY: usize = 6;
/// The longest label of a source, in cells.
const LABEL: usize = 12;
/// Cells of a level, and of the beginning of a request's number.
pub const LEVEL: usize = 6;
pub const REQUEST: usize = 8;
/// From this width on there is room for a level, and for a request.
const ROOM_FOR_LEVEL: u16 = 60;
const ROOM_FOR_REQUEST: u16 = 100;

/// The columns before a message, in cells; 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// The moment.
    pub stamp: usize,
    /// The label of the source.
    pub label: usize,
    /// The beginning of the request's number.
    pub request: usize,
    /// How bad it is, or what Lambda says with it.
    pub level: usize,
}

impl Lead {
    /// All of them, with the cursor before and the space between.
    pub fn cells(self) -> usize {
        let columns = [self.stamp, self.label, self.request, self.level];
        2 + columns.into_iter().filter(|cells| *cells > 0).map(|cells| cells + 2).sum::<usize>()
    }
}

/// The log on show.
#[derive(Debug, Default)]
pub struct Logs {
    /// Whose events there are, in the order of their numbers.
    pub sources: Vec<Source>,
    /// The events.
    pub store: Store,
    /// Which of them are shown.
    pub sieve: Sieve,
    /// Where one stands.
    pub view: View,
    /// What time is shown.
    pub reach: Reach,
    /// The filter pattern that `CloudWatch` Logs searches with; `None` asks for all events.
    pub pattern: Option<Text>,
    /// It is not asked what is new.
    pub paused: bool,
    /// The live tail, if somebody wants one.
    pub tail: Tail,
    /// The line that is being typed.
    pub ask: Option<Ask>,
    /// How moments are shown.
    pub stamps: Stamps,
    /// In the time zone of this computer, not in UTC.
    pub local: bool,
    /// One event over the whole screen.
    pub opened: Option<Opened>,
    /// The filter, as typed.
    pub words: String,
    /// The invocations that the events tell of.
    pub invocations: Invocations,
    /// The list of them.
    pub runs: Runs,
    /// That list is on show, not the events.
    pub listing: bool,
    /// Where one was before only one invocation was shown.
    before: Option<Before>,
}

impl Logs {
    /// Turns to other subjects, or back to the same ones as they were left.
    pub fn open(&mut self, subjects: &[Subject], reach: Reach, now: Now) {
        let same = self.sources.iter().map(|source| &source.subject).eq(subjects);
        if !same || self.reach != reach {
            let labels = source::labels(subjects);
            let opened = now.wall.timestamp_millis();
            let named = subjects.iter().zip(labels);
            self.pattern = None;
            self.sources =
                named.map(|(subject, label)| Source::new(subject.clone(), label, None, reach, opened)).collect();
            (self.words, self.sieve) = (String::new(), Sieve::default());
            self.restart(reach);
            self.runs.turn(Order::default(), false);
        }
        (self.ask, self.opened, self.listing) = (None, None, false);
    }

    /// Shows the source of the event under the cursor alone, or all of them again.
    pub fn alone(&mut self) {
        let from = self.view.cursor();
        if let Some(source) = self.event().map(|event| event.source).filter(|_| self.sources.len() > 1) {
            self.sieve.alone(source, &mut self.store, from);
        }
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        match (&self.ask, &self.opened) {
            (Some(_), _) => Context::LogAsk,
            (None, Some(_)) => Context::Event,
            (None, None) if self.listing => Context::Runs,
            (None, None) => Context::Logs,
        }
    }

    /// Shows another time of the same sources. The filter stays.
    pub fn turn_to(&mut self, reach: Reach, now: Now) -> Vec<Ticket> {
        let given_up = self.cancel();
        let opened = now.wall.timestamp_millis();
        for source in &mut self.sources {
            source.begin(self.pattern.clone(), reach, opened);
        }
        self.restart(reach);
        given_up
    }

    fn restart(&mut self, reach: Reach) {
        (self.reach, self.paused, self.opened) = (reach, false, None);
        self.store = Store::default();
        self.view = View::new(reach != Reach::Head, self.view.wrap);
        (self.invocations, self.before) = (Invocations::default(), None);
        self.sieve.isolate(None, &mut self.store, None);
    }

    /// Filters by these words.
    ///
    /// # Errors
    /// When they are no filter; then the one before stays.
    pub fn filter_by(&mut self, words: &str) -> Result<(), NoFilter> {
        let filter = LogFilter::parse(words)?;
        words.trim().clone_into(&mut self.words);
        let from = self.view.cursor();
        self.sieve.turn_to(filter, &mut self.store, from);
        Ok(())
    }

    /// It is asked what is new.
    pub fn follows(&self) -> bool {
        !self.paused
    }

    /// When a source wants to ask something, if ever.
    pub fn due(&self) -> Option<Duration> {
        self.sources.iter().filter_map(|source| source.feed.due(self.follows())).min()
    }

    /// What is due now.
    pub fn queries(&mut self, now: Now, tickets: &mut Tickets) -> Vec<(LogQuery, Ticket)> {
        let follows = self.follows();
        let (store, within) = (&self.store, self.sources.len().saturating_mul(10_000));
        let each = self.sources.iter_mut().zip(0_u8..).flat_map(|(source, number)| {
            source.feed.ask(now, follows, tickets, |n| store.nth_newest(number, n, within))
        });
        each.collect()
    }

    /// Gives up all requests on their way; what was read stays.
    pub fn cancel(&mut self) -> Vec<Ticket> {
        self.sources.iter_mut().flat_map(|source| source.feed.cancel()).collect()
    }

    /// Takes a page in.
    pub fn take(&mut self, ticket: Ticket, page: LogPage) {
        let told = |(source, number): (&mut Source, u8)| match source.feed.take(ticket, &page) {
            Told::Nobody => None,
            Told::At(end) => Some((number, end)),
        };
        let Some((number, end)) = self.sources.iter_mut().zip(0_u8..).find_map(told) else { return };
        let Some(source) = self.sources.get_mut(usize::from(number)) else { return };
        let mut events = page.events;
        events.retain(|event| source.subject.owns(&event.stream));
        let last = self.store.last();
        let taken = self.store.take(number, &events, end);
        if taken.full {
            source.feed.fill();
        }
        self.came(taken.fresh, last);
    }

    /// A request failed; `None` when nobody waits for it, else whether it is the first time.
    pub fn fail(&mut self, ticket: Ticket, problem: &Problem, now: Duration) -> Option<bool> {
        self.sources.iter_mut().find_map(|source| {
            let before = source.feed.problem().is_some();
            source.feed.fail(ticket, problem.clone(), now).then_some(!before)
        })
    }

    /// The room there is for messages.
    pub fn window(&self, size: Size) -> Window {
        let Some(screen) = Screen::of(size, false) else { return Window::default() };
        let around = if size.height >= TALL { 2 } else { 1 };
        Window {
            width: usize::from(screen.body.width).saturating_sub(self.lead(size.width).cells()),
            height: usize::from(screen.body.height).saturating_sub(around),
        }
    }

    /// The room there is for an event that is opened.
    pub fn opened_window(&self, size: Size) -> Window {
        let Some(screen) = Screen::of(size, false) else { return Window::default() };
        let height = usize::from(screen.body.height).saturating_sub(1);
        Window { width: usize::from(screen.body.width).saturating_sub(1), height }
    }

    /// What stands before a message on a screen of that width.
    pub fn lead(&self, width: u16) -> Lead {
        let stamp = match self.stamps {
            Stamps::Time => TIME,
            Stamps::Day => TIME + DAY,
            Stamps::None => 0,
        };
        let level = if width >= ROOM_FOR_LEVEL { LEVEL } else { 0 };
        let request = if width >= ROOM_FOR_REQUEST { REQUEST } else { 0 };
        Lead { stamp, label: self.label_width(), request, level }
    }

    /// How wide the labels of the sources are; 0 where there is but one.
    pub fn label_width(&self) -> usize {
        let widths = self.sources.iter().map(|source| source.label.chars().count());
        if self.sources.len() > 1 { widths.max().unwrap_or_default().min(LABEL) } else { 0 }
    }

    /// What the screen shows.
    pub fn scene(&self, size: Size) -> Scene<'_> {
        Scene { store: &self.store, sieve: &self.sieve, window: self.window(size) }
    }

    /// Does something with where one stands.
    pub fn look<T>(&mut self, size: Size, change: impl FnOnce(&mut View, &Scene<'_>) -> T) -> T {
        let mut view = std::mem::take(&mut self.view);
        let done = change(&mut view, &self.scene(size));
        self.view = view;
        done
    }

    /// The event under the cursor.
    pub fn event(&self) -> Option<Event<'_>> {
        self.store.marked(self.view.cursor()?)
    }

    /// Shows the event under the cursor over the whole screen: JSON as a tree.
    pub fn open_event(&mut self) {
        let Some(event) = self.event() else { return };
        let text = event.message.to_owned();
        let tree = if text.trim_start().starts_with(['{', '[']) { TreeView::read(&text.clone().into()) } else { None };
        let words = || Opened::Text(TextView::of(&Text::block(&text)).wrapped());
        self.opened = Some(tree.map_or_else(words, Opened::Tree));
    }

    /// The first problem of a source.
    pub fn problem(&self) -> Option<(&Source, &Problem)> {
        self.sources.iter().find_map(|source| Some((source, source.feed.problem()?)))
    }
}
