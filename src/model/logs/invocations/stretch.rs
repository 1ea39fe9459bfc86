//! The invocations of one stream, as far as it is loaded: an environment takes one after the other.

use std::collections::VecDeque;

use super::run::Invocation;
use crate::aws::{LineKind, Reading, Text};
use crate::model::logs::store::Mark;

/// An environment that takes several requests at once takes so many.
const AT_ONCE: usize = 16;

/// A part of a stream without a gap, and the invocations in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    source: u8,
    stream: Text,
    /// Its first event and its last.
    pub span: (Mark, Mark),
    /// Oldest first.
    pub runs: VecDeque<Invocation>,
    /// Lines of Lambda that others stand for, until somebody takes them.
    pub folded: Vec<Mark>,
}

impl Stretch {
    /// Begins with an event.
    pub fn new(source: u8, stream: &Text, mark: Mark, reading: &Reading<'_>) -> Self {
        let mut stretch =
            Self { source, stream: stream.clone(), span: (mark, mark), runs: VecDeque::new(), folded: Vec::new() };
        stretch.add(mark, reading);
        stretch
    }

    /// Takes the next event in.
    pub fn add(&mut self, mark: Mark, reading: &Reading<'_>) {
        self.span.1 = mark;
        let begins = matches!(reading.kind, LineKind::Start | LineKind::Init);
        let owner = match reading.request {
            _ if begins => self.runs.back_mut().filter(|last| last.awaits(reading.kind)),
            // What a function prints carries no number: it belongs to whoever is running.
            None => self.runs.back_mut(),
            Some(request) => self.runs.iter_mut().rev().take(AT_ONCE).find(|run| run.answers_to(request)),
        };
        if let Some(owner) = owner {
            return self.folded.extend(owner.add(mark, reading));
        }
        let mut run = Invocation::new(self.source, &self.stream, mark, reading.request.unwrap_or_default());
        self.folded.extend(run.add(mark, reading));
        self.begin(run);
    }

    /// Its environment takes the next one: those before it of which nothing is told since are over.
    fn begin(&mut self, run: Invocation) {
        for before in self.runs.iter_mut().rev().take(AT_ONCE) {
            before.followed |= before.events.1 < run.events.0;
        }
        self.runs.push_back(run);
    }

    /// Takes in what follows this part of the stream.
    pub fn join(&mut self, next: Self) {
        self.span.1 = next.span.1;
        self.folded.extend(next.folded);
        let (known, mut rest) = (self.runs.len(), next.runs);
        while let Some(run) = rest.pop_front() {
            // Only what began before the seam can go on behind it.
            let named = |old: &&mut Invocation| !run.is_unnamed() && run.is_headless() && old.request == run.request;
            let at_seam = self.runs.len() == known;
            let last = self.runs.back().is_some_and(|last| at_seam && last.goes_on_in(&run));
            let owner = if last {
                self.runs.back_mut()
            } else {
                self.runs.iter_mut().take(known).rev().take(AT_ONCE).find(named)
            };
            match owner {
                Some(owner) => self.folded.extend(owner.join(run)),
                None => self.begin(run),
            }
        }
    }
}
