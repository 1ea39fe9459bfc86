//! A log: the events of one or more functions, and where one stands in them.

mod alone;
mod ask;
mod asked;
pub mod columns;
mod feed;
mod feeds;
pub mod filter;
pub mod invocations;
mod layout;
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
use super::lookup::{AliasOf, Wish};
use super::msg::{Now, Size, Ticket};
use crate::aws::Text;
use crate::keys::Context;

pub use ask::{Ask, Wanted};
pub use feed::{Feed, Late};
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
    /// What reads their log groups, each of them once.
    pub feeds: Vec<Feed>,
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
    /// How the requests begin that are asked for, and the state of the invocations, when that was looked at.
    asked: (u64, Vec<String>),
}

impl Logs {
    /// The time zone of what is shown, in a word.
    pub fn zone(&self) -> &'static str {
        if self.local { "local" } else { "UTC" }
    }

    /// Turns to other subjects, or back to the same ones as they were left.
    pub fn open(&mut self, subjects: &[Subject], reach: Reach, now: Now) {
        let same = self.sources.iter().map(|source| &source.subject).eq(subjects);
        if !same || self.reach != reach || subjects.is_empty() {
            (self.pattern, self.tags) = (None, Vec::new());
            (self.named, self.aliases) = (String::new(), Vec::new());
            (self.words, self.sieve, self.search) = (String::new(), Sieve::default(), None);
            self.restart(reach);
            self.begin(subjects, now);
            self.columns.turn_to(subjects.iter().map(|subject| subject.group.clone()).collect());
            self.runs.turn(Order::default(), false);
        }
        // What was refused a while ago may be allowed by now.
        for feed in self.feeds.iter_mut().filter(|feed| feed.problem().is_some()) {
            feed.hasten(now.since);
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
        self.restart(reach);
        self.begin_again(now)
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
        self.feeds.iter().any(|feed| feed.problem().is_none() && !feed.has_read())
    }

    /// When a source wants to ask something, if ever.
    pub fn due(&self) -> Option<Duration> {
        self.feeds.iter().filter_map(|feed| feed.due(self.follows())).min()
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
}
