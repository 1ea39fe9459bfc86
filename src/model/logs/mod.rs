//! A log: the events of one or more functions, and where one stands in them.

mod alone;
mod ask;
pub mod columns;
mod feed;
pub mod filter;
pub mod invocations;
mod layout;
mod left_out;
mod name;
mod opened;
mod picked;
pub mod range;
mod reach;
mod record;
pub mod rows;
mod runs;
mod search;
pub mod sgr;
mod sieve;
mod source;
mod stamps;
mod store;
mod sweep;
mod switches;
mod tail;
mod view;

use std::time::Duration;

use self::alone::Before;
use self::columns::Columns;
use self::store::End;
use super::lookup::{AliasOf, Wish};
use super::msg::{Now, Size, Ticket, Tickets};
use crate::aws::{Kind, LogPage, LogQuery, Problem, Text};
use crate::keys::Context;

pub use ask::{Ask, Wanted};
pub use feed::{Late, Told};
pub use filter::{LogFilter, NoFilter};
pub use invocations::{Invocation, Invocations, Only};
pub use layout::{Lead, REQUEST};
pub use name::{Name, Named, is_version};
pub use opened::Opened;
pub use picked::Picks;
pub use reach::Reach;
pub use record::{Record, moment};
pub use runs::{Order, Runs};
pub use search::{Search, Way};
pub use sieve::{Sieve, Step};
pub use source::{Source, Subject};
pub use stamps::Stamps;
pub use store::{Event, Mark, Store, WORDS};
pub use tail::{Pressed, Tail};
pub use view::{Placed, Scene, View};

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
    /// The names it was opened by, where some of them are looked up.
    pub named: String,
    /// The aliases it was opened by whose versions are not known yet.
    pub aliases: Vec<AliasOf>,
    /// The tags whose functions it is of, if it was opened by some.
    pub tags: Vec<Wish>,
    /// How many more logs were asked for than can be shown together.
    pub beyond: usize,
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
    /// The stream of each event is shown.
    pub streams: bool,
    /// The members of records that have columns of their own.
    pub columns: Columns,
    /// The colours that programs wrote are shown, and not how they wrote them.
    pub colours: bool,
    /// In the time zone of this computer, not in UTC.
    pub local: bool,
    /// The events that are marked.
    pub picks: Picks,
    /// One event over the whole screen.
    pub opened: Option<Opened>,
    /// The filter, as typed.
    pub words: String,
    /// What is looked for among what is shown.
    pub search: Option<Search>,
    /// The invocations that the events tell of.
    pub invocations: Invocations,
    /// The list of them.
    pub runs: Runs,
    /// That list is on show, not the events.
    pub listing: bool,
    /// The request whose invocation is shown alone as soon as an event tells of it.
    pub sought: Option<Text>,
    /// Where one was before only one invocation was shown.
    before: Option<Before>,
}

impl Logs {
    /// Turns to other subjects, or back to the same ones as they were left.
    pub fn open(&mut self, subjects: &[Subject], reach: Reach, now: Now) {
        let same = self.sources.iter().map(|source| &source.subject).eq(subjects);
        if !same || self.reach != reach || subjects.is_empty() {
            let labels = source::labels(subjects);
            let opened = now.wall.timestamp_millis();
            let named = subjects.iter().zip(labels);
            (self.pattern, self.tags) = (None, Vec::new());
            (self.named, self.aliases) = (String::new(), Vec::new());
            self.sources =
                named.map(|(subject, label)| Source::new(subject.clone(), label, None, reach, opened)).collect();
            (self.words, self.sieve, self.search) = (String::new(), Sieve::default(), None);
            self.restart(reach);
            self.columns.turn_to(subjects.iter().map(|subject| subject.group.clone()).collect());
            self.runs.turn(Order::default(), false);
        }
        // What was refused a while ago may be allowed by now.
        for source in self.sources.iter_mut().filter(|source| source.feed.problem().is_some()) {
            source.feed.hasten(now.since);
        }
        (self.ask, self.opened, self.listing, self.sought) = (None, None, false, None);
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

    /// The line that is typed can be completed, or turned into another.
    pub fn completes(&self) -> bool {
        self.ask.as_ref().is_some_and(|ask| matches!(ask.wanted, Wanted::Filter | Wanted::Find | Wanted::Columns))
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
        (self.reach, self.paused, self.opened, self.sought) = (reach, false, None, None);
        self.store = Store::new(self.store.cap());
        self.view = View::new(reach != Reach::Head, self.view.wrap);
        (self.invocations, self.before, self.picks) = (Invocations::default(), None, Picks::default());
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

    /// A source is being read for the first time.
    pub fn is_begun(&self) -> bool {
        self.sources.iter().any(|source| source.feed.problem().is_none() && !source.feed.has_read())
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
            Told::At(end, left_out) => Some((number, end, left_out)),
        };
        let Some((number, end, left_out)) = self.sources.iter_mut().zip(0_u8..).find_map(told) else { return };
        let Some(source) = self.sources.get_mut(usize::from(number)) else { return };
        let mut events = page.events;
        let oldest = self.store.let_go();
        // What had to go for want of room is not taken in again when it comes again.
        let stays = |at: i64| end == End::Old || oldest.is_none_or(|oldest| at > oldest);
        events.retain(|event| source.subject.owns(&event.stream) && stays(event.at));
        let (last, new) = (self.store.last(), source.feed.has_polled());
        let taken = self.store.take(number, &events, end);
        if taken.full {
            source.feed.fill();
        }
        self.came(taken.fresh, last, new);
        if let Some(left_out) = left_out {
            self.tell_left_out(number, left_out);
        }
    }

    /// A request failed; `None` when nobody waits for it, else whether it is the first time.
    pub fn fail(&mut self, ticket: Ticket, problem: &Problem, now: Duration) -> Option<bool> {
        self.sources.iter_mut().find_map(|source| {
            let before = source.feed.problem().is_some();
            source.feed.fail(ticket, problem.clone(), now).then_some(!before)
        })
    }

    /// What the screen shows.
    pub fn scene(&self, size: Size) -> Scene<'_> {
        let lead = self.lead(size.width);
        let (window, shown) = (self.window_beside(size, lead), self.columns.shown(lead.members));
        Scene { store: &self.store, sieve: &self.sieve, window, colours: self.colours, shown }
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

    /// The first problem of a source. That a group is not there yet is one only where all are so.
    pub fn problem(&self) -> Option<(&Source, &Problem)> {
        let mut all = self.sources.iter().map(|source| Some((source, source.feed.problem()?)));
        let missing = |problem: &Problem| problem.kind == Kind::Missing;
        let trouble = all.clone().flatten().find(|(_, problem)| !missing(problem));
        trouble.or_else(|| all.next()?.filter(|_| all.all(|other| other.is_some())))
    }
}
