//! The list of the invocations that a log tells of: in which order, and which of them one is at.

use std::cmp::Reverse;

use super::invocations::{Invocation, Invocations, Only, Place};
use super::rows::first_line;
use super::{Logs, Sieve};
use crate::aws::read_event;
use crate::model::Size;

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// Those that failed first, the newest of them before the others.
    Failed,
    /// Those that took longest first.
    Slowest,
    /// Those that used most memory first.
    Largest,
}

impl Order {
    /// The next one.
    pub fn next(self) -> Self {
        match self {
            Self::Newest => Self::Failed,
            Self::Failed => Self::Slowest,
            Self::Slowest => Self::Largest,
            Self::Largest => Self::Newest,
        }
    }

    /// What comes first, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Failed => "failed first",
            Self::Slowest => "slowest first",
            Self::Largest => "most memory first",
        }
    }
}

/// The list, and where one is in it.
#[derive(Debug, Default)]
pub struct Runs {
    /// What it is sorted by.
    pub order: Order,
    /// Only those that failed are listed.
    pub failed_only: bool,
    list: Vec<Place>,
    all: usize,
    failed: usize,
    /// The state of the invocations, the order, and the sources that are hidden, that it was made of.
    made_of: Option<(u64, Order, bool, u64)>,
    at: usize,
    /// The invocation that the cursor is on, as far as it was known when it was looked for last.
    which: Option<Only>,
    top: usize,
}

impl Runs {
    /// How many are listed.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// None is listed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The cursor is on the last one.
    pub fn is_at_end(&self) -> bool {
        self.at + 1 >= self.list.len()
    }

    /// How many invocations there are of the sources on show.
    pub fn all(&self) -> usize {
        self.all
    }

    /// How many of all failed.
    pub fn failed(&self) -> usize {
        self.failed
    }

    /// The invocation under the cursor.
    pub fn here<'a>(&self, invocations: &'a Invocations) -> Option<&'a Invocation> {
        invocations.get(*self.list.get(self.at)?)
    }

    /// Those on a screen of so many rows, and whether the cursor is there.
    pub fn shown<'a>(&self, invocations: &'a Invocations, rows: usize) -> Vec<(&'a Invocation, bool)> {
        let places = self.list.iter().enumerate().skip(self.top).take(rows);
        places.filter_map(|(n, place)| Some((invocations.get(*place)?, n == self.at))).collect()
    }

    /// After every message: what became known is listed, and the cursor stays on its invocation.
    ///
    /// While the log is `begun` to be read, the newest comes to the cursor; from then on nothing slides under it.
    pub fn arrange(&mut self, invocations: &Invocations, sieve: &Sieve, begun: bool, rows: usize) {
        let made_of = (invocations.state(), self.order, self.failed_only, sieve.off());
        if self.made_of != Some(made_of) {
            self.made_of = Some(made_of);
            self.list(invocations, sieve);
            self.find(invocations);
        }
        self.at = self.at.min(self.list.len().saturating_sub(1));
        if self.which.is_none() && !begun {
            self.which = self.here(invocations).map(Invocation::only);
        }
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(rows));
        self.top = self.top.min(self.list.len().saturating_sub(rows));
    }

    fn list(&mut self, invocations: &Invocations, sieve: &Sieve) {
        let mut all: Vec<(Place, &Invocation)> =
            invocations.places().filter(|(_, run)| !sieve.is_off(run.source)).collect();
        self.all = all.len();
        self.failed = all.iter().filter(|(_, run)| run.failure().is_some()).count();
        all.retain(|(_, run)| !self.failed_only || run.failure().is_some());
        let newest = |run: &Invocation| Reverse((run.at(), run.events.0));
        match self.order {
            Order::Newest => all.sort_by_key(|(_, run)| newest(run)),
            Order::Failed => all.sort_by_key(|(_, run)| (Reverse(run.failure().is_some()), newest(run))),
            Order::Slowest => all.sort_by_key(|(_, run)| (Reverse(run.duration), newest(run))),
            Order::Largest => all.sort_by_key(|(_, run)| (Reverse(run.memory.1), newest(run))),
        }
        self.list = all.into_iter().map(|(place, _)| place).collect();
    }

    /// Puts the cursor on its invocation again, whatever became known of it.
    fn find(&mut self, invocations: &Invocations) {
        let known = self.which.as_ref().and_then(|which| invocations.again(which));
        let Some(run) = known else { return };
        let is = |place: &Place| invocations.get(*place).is_some_and(|other| std::ptr::eq(other, run));
        if let Some(n) = self.list.iter().position(is) {
            // Its row stays where it is on the screen; but at the top of the list there is room for what is new.
            self.top = if self.top == 0 { 0 } else { (self.top + n).saturating_sub(self.at) };
            self.at = n;
        }
        self.which = Some(run.only());
    }

    /// Moves by so many, up if negative.
    pub fn go(&mut self, by: isize, invocations: &Invocations) {
        self.at = self.at.saturating_add_signed(by).min(self.list.len().saturating_sub(1));
        self.which = self.here(invocations).map(Invocation::only);
    }

    /// Sorts by something else, or lists only those that failed: begins at the top again.
    pub fn turn(&mut self, order: Order, failed_only: bool) {
        (self.order, self.failed_only) = (order, failed_only);
        (self.at, self.top, self.which) = (0, 0, None);
    }
}

impl Logs {
    /// How many invocations fit on a screen: a heading stands above them.
    pub fn rows(&self, size: Size) -> usize {
        self.window(size).height.saturating_sub(1)
    }

    /// After every message: what came is read in turns, and what depends on it follows.
    pub fn arrange_runs(&mut self, size: Size) {
        self.invocations.go_on(&self.store);
        for (mark, folded) in self.invocations.folds() {
            self.store.fold(mark, folded);
            if folded && !self.sieve.is_unfolded() {
                self.view.went(mark);
                self.unfind(mark);
            }
        }
        // While events pour in the list would be sorted at every turn, for nobody.
        if self.listing {
            let rows = self.rows(size);
            let begun = self.invocations.is_reading() || self.is_begun();
            self.runs.arrange(&self.invocations, &self.sieve, begun, rows);
        }
        self.arrange_asked();
        self.arrange_alone(size);
    }

    /// The invocation under the cursor: that of the list, or the one that the event belongs to.
    pub fn run(&self) -> Option<&Invocation> {
        if self.listing {
            return self.runs.here(&self.invocations);
        }
        let (event, mark) = self.event().zip(self.view.cursor())?;
        self.invocations.of(&event, mark)
    }

    /// Those in the list, in its order.
    pub fn listed(&self) -> impl Iterator<Item = &Invocation> {
        self.runs.list.iter().filter_map(|place| self.invocations.get(*place))
    }

    /// The first line of the event that tells best what went wrong with an invocation.
    pub fn wrong(&self, run: &Invocation) -> Option<String> {
        let words = read_event(self.store.marked(run.told(&self.store)?)?.message).words();
        Some(first_line(&words).trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::LogEvent;
    use crate::model::logs::store::{End, Store};

    fn told(messages: &[&str]) -> (Store, Invocations) {
        let mut store = Store::default();
        let event = |(message, at): (&&str, i64)| LogEvent::of(at, "s".into(), &at.to_string(), message);
        let events: Vec<_> = messages.iter().zip(0..).map(event).collect();
        let mut invocations = Invocations::default();
        invocations.note(store.take(0, &events, End::New).fresh);
        invocations.go_on(&store);
        (store, invocations)
    }

    fn listed(runs: &Runs, invocations: &Invocations) -> Vec<String> {
        runs.shown(invocations, 9)
            .iter()
            .map(|(run, here)| format!("{}{}", if *here { ">" } else { "" }, run.request))
            .collect()
    }

    const THREE: [&str; 6] = [
        "START RequestId: a",
        "REPORT RequestId: a Duration: 5 ms Memory Size: 9 MB Max Memory Used: 3 MB Status: error",
        "START RequestId: b",
        "REPORT RequestId: b Duration: 9 ms Memory Size: 9 MB Max Memory Used: 1 MB",
        "START RequestId: c",
        "REPORT RequestId: c Duration: 7 ms Memory Size: 9 MB Max Memory Used: 2 MB",
    ];

    #[test]
    fn the_list_is_sorted_as_one_likes() {
        let (_, invocations) = told(&THREE);
        let mut runs = Runs::default();
        let mut order = |order: Order, failed_only| {
            runs.turn(order, failed_only);
            runs.arrange(&invocations, &Sieve::default(), false, 9);
            listed(&runs, &invocations)
        };
        assert_eq!(order(Order::Newest, false), [">c", "b", "a"]);
        assert_eq!(order(Order::Failed, false), [">a", "c", "b"]);
        assert_eq!(order(Order::Slowest, false), [">b", "c", "a"]);
        assert_eq!(order(Order::Largest, false), [">a", "c", "b"]);
        assert_eq!(order(Order::Newest, true), [">a"]);
        assert_eq!((runs.failed(), Order::Largest.next()), (1, Order::Newest));
    }

    #[test]
    fn what_comes_does_not_slide_under_the_cursor_once_the_log_is_read() {
        let (_, few) = told(&THREE[..4]);
        let (_, all) = told(&THREE);
        for (begun, here) in [(true, ["> c", "  b", "  a"]), (false, ["  c", "> b", "  a"])] {
            let mut runs = Runs::default();
            runs.arrange(&few, &Sieve::default(), begun, 9);
            runs.made_of = None;
            runs.arrange(&all, &Sieve::default(), begun, 9);
            let shown = runs.shown(&all, 9);
            let told = shown.iter().map(|(run, here)| format!("{} {}", if *here { ">" } else { " " }, run.request));
            assert_eq!(told.collect::<Vec<_>>(), here);
        }
    }

    #[test]
    fn the_cursor_stays_on_its_invocation_when_others_come() {
        let (_, few) = told(&THREE[..4]);
        let (_, all) = told(&THREE);
        let mut runs = Runs::default();
        runs.arrange(&few, &Sieve::default(), false, 1);
        runs.go(1, &few);
        runs.arrange(&few, &Sieve::default(), false, 1);
        assert_eq!(listed(&runs, &few), [">a"]);
        runs.made_of = None;
        runs.arrange(&all, &Sieve::default(), false, 1);
        assert_eq!(&*runs.here(&all).unwrap().request, "a");
        assert_eq!(&*runs.shown(&all, 1)[0].0.request, "a");
        runs.go(-9, &all);
        runs.arrange(&all, &Sieve::default(), false, 1);
        assert_eq!(listed(&runs, &all)[0], ">c");
    }
}
