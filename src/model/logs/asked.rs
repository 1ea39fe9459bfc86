//! The invocations that a filter or a search asks for by their requests: what a function prints within one carries no
//! number.

use std::collections::HashMap;

use super::Logs;
use super::invocations::{Invocations, Only};
use super::store::{Event, Mark};
use crate::aws::Text;

/// So many that begin before an event are looked through: an environment that takes several requests at once.
const AT_ONCE: usize = 16;

/// Invocations by the stream that they are in, oldest first.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Asked {
    runs: HashMap<(u8, Text), Vec<Only>>,
}

impl Asked {
    /// Those whose requests begin so, one way or another.
    fn of(starts: &[String], invocations: &Invocations) -> Self {
        let mut runs: HashMap<(u8, Text), Vec<Only>> = HashMap::new();
        for run in invocations.iter() {
            let begins =
                |start: &String| run.request.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
            if starts.iter().any(begins) {
                runs.entry((run.source, run.stream.clone())).or_default().push(run.only());
            }
        }
        Self { runs }
    }

    /// The request that an event belongs to, if it is one of these.
    pub fn request(&self, event: &Event<'_>, mark: Mark) -> Option<&str> {
        if self.runs.is_empty() {
            return None;
        }
        let runs = self.runs.get(&(event.source, event.stream.clone()))?;
        let end = runs.partition_point(|run| run.events.0 <= mark);
        let before = runs.get(..end)?.iter().rev().take(AT_ONCE);
        before.into_iter().find(|run| run.owns(event, mark)).map(|run| &*run.request)
    }
}

impl Logs {
    /// After every message: what became known of the invocations that are asked for.
    pub(super) fn arrange_asked(&mut self) {
        let searched = self.search.iter().flat_map(|search| search.what().requests());
        let starts: Vec<String> = self.sieve.filter().requests().chain(searched).map(str::to_owned).collect();
        let state = if starts.is_empty() { 0 } else { self.invocations.state() };
        if self.asked.0 == state && self.asked.1 == starts {
            return;
        }
        let asked = Asked::of(&starts, &self.invocations);
        self.asked = (state, starts);
        self.sieve.ask_for(asked, &mut self.store, self.view.cursor());
    }
}
