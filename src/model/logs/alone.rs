//! The events of one invocation alone, and what is read around them.

use super::feed::Feed;
use super::invocations::{Invocation, Only};
use super::{LogFilter, Logs, Scene, View};
use crate::keys::Context;
use crate::model::msg::Size;

/// Where one was before only one invocation was shown.
#[derive(Debug)]
pub(super) struct Before {
    view: View,
    words: String,
    listing: bool,
}

impl Logs {
    /// Shows only the events of the invocation under the cursor; `false` if none is. Who comes from the list, which says
    /// what went wrong, is led to the event that tells it.
    pub fn isolate(&mut self, size: Size) -> bool {
        let Some(run) = self.run() else { return false };
        let (only, told) = (run.only(), run.told(&self.store).filter(|_| self.listing));
        self.show_alone(only, size);
        if let Some(told) = told {
            self.look(size, |view: &mut View, scene: &Scene<'_>| view.reveal(told, scene));
        }
        true
    }

    fn show_alone(&mut self, only: Only, size: Size) {
        let (first, wrap) = (only.events.0, self.view.wrap);
        let view = std::mem::replace(&mut self.view, View::new(false, wrap));
        let words = std::mem::take(&mut self.words);
        self.before = Some(Before { view, words, listing: self.listing });
        self.listing = false;
        // A filter would hide what led to what it found.
        self.sieve.turn_to(LogFilter::default(), &mut self.store, Some(first));
        self.sieve.isolate(Some(only), &mut self.store, Some(first));
        self.look(size, |view: &mut View, scene: &Scene<'_>| view.go_to(first, scene));
    }

    /// Shows the events of all again, as they were looked at before; `false` if they are shown.
    pub fn rejoin(&mut self) -> bool {
        let Some(Before { view, words, listing }) = self.before.take() else { return false };
        self.listing = listing;
        let wrap = self.view.wrap;
        self.view = view;
        self.view.wrap = wrap;
        self.sieve.isolate(None, &mut self.store, self.view.cursor());
        // What was a filter is one still.
        let _ = self.filter_by(&words);
        true
    }

    /// After every message: the invocation that was sought is shown alone once it is known, and one that goes on has more
    /// events.
    pub(super) fn arrange_alone(&mut self, size: Size) {
        if let Some(only) = self.found_sought() {
            self.sought = None;
            self.show_alone(only, size);
        }
        let grown = self.sieve.only().and_then(|only| {
            let run = self.invocations.again(only)?;
            (run.events != only.events || run.request != only.request).then(|| run.only())
        });
        if grown.is_some() {
            self.sieve.isolate(grown, &mut self.store, self.view.cursor());
        }
    }

    /// The invocation that is sought, if it is known by now: of one that was tried again, the first try.
    fn found_sought(&mut self) -> Option<Only> {
        // Who reads on elsewhere is not called away.
        if self.listing || !self.view.follows() || !self.words.is_empty() {
            self.sought = None;
        }
        let sought = self.sought.as_deref().filter(|_| self.context() == Context::Logs)?;
        let tries = self.invocations.iter().filter(|run| *run.request == *sought);
        tries.min_by_key(|run| run.at()).map(Invocation::only)
    }

    /// Goes on with what comes before what is shown. Nothing of an invocation comes before its beginning.
    pub fn want_older(&mut self) {
        let alone = self.sieve.only();
        if alone.and_then(|only| self.invocations.again(only)).is_some_and(|run| !run.is_headless()) {
            return;
        }
        let whose = alone.and_then(|only| Some(self.sources.get(usize::from(only.source))?.feed));
        for (feed, number) in self.feeds.iter_mut().zip(0..) {
            if whose.is_none_or(|whose| whose == number) {
                feed.want_older();
            }
        }
    }

    /// Goes on with what comes behind what is shown: a range that had an end has none any more.
    pub fn want_newer(&mut self) {
        self.feeds.iter_mut().for_each(Feed::want_newer);
        self.reach = self.reach.without_end();
    }
}
