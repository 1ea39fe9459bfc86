//! One event over the whole screen; of an invocation's header, all that Lambda wrote about it.

use super::store::{Event, Mark};
use super::{Logs, Only};
use crate::model::body::Body;

/// An event over the whole screen, as it was when it was opened: what comes in meanwhile changes nothing of it.
#[derive(Debug)]
pub struct Opened {
    mark: Mark,
    /// What it says.
    pub body: Body,
}

impl Logs {
    /// Shows the event under the cursor over the whole screen: JSON as a tree. Who reads it follows the log no longer, so it
    /// is still under the cursor when it is closed.
    pub fn open_event(&mut self) {
        let opened = self.view.cursor().zip(self.event_text());
        self.opened = opened.map(|(mark, text)| Opened { mark, body: Body::of(text.into_bytes()) });
        if self.opened.is_some() {
            self.view.hold();
        }
    }

    /// The event that is over the whole screen, if it is still held.
    pub fn opened_event(&self) -> Option<Event<'_>> {
        self.store.marked(self.opened.as_ref()?.mark)
    }

    /// What the event under the cursor stands for: its message, and of a header what is folded into it too.
    pub fn event_text(&self) -> Option<String> {
        let all = self.stands_for(self.view.cursor()?);
        let lines: Vec<&str> = all.into_iter().filter_map(|n| Some(self.store.get(n)?.message)).collect();
        match lines.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            // Records are told as one list, that they make a tree.
            [first, ..] if first.starts_with('{') => Some(format!("[{}]", lines.join(",\n"))),
            _ => Some(lines.join("\n")),
        }
    }

    /// Where what a row stands for is, oldest first: its event, and where it is the header of an invocation, the lines of
    /// Lambda that are folded into it. Nothing if the event is not held any more.
    pub(super) fn stands_for(&self, mark: Mark) -> Vec<usize> {
        let Ok(n) = self.store.place(mark) else { return Vec::new() };
        let run = self.store.get(n).and_then(|event| self.invocations.of(&event, mark));
        let head = run.filter(|run| run.header.is_some_and(|(_, header)| header == mark));
        match head.filter(|_| !self.sieve.is_unfolded()) {
            Some(run) => {
                let only = run.only();
                self.events_of(&only).filter(|other| *other == n || self.store.is_folded(*other)).collect()
            }
            None => vec![n],
        }
    }

    /// Where all events of an invocation are, oldest first.
    pub fn events_of(&self, only: &Only) -> impl Iterator<Item = usize> {
        let place = |mark| self.store.place(mark).unwrap_or_else(|n| n);
        let all = place(only.events.0)..=place(only.events.1);
        all.filter(|n| {
            let event = self.store.get(*n).zip(self.store.mark(*n));
            event.is_some_and(|(event, mark)| only.owns(&event, mark))
        })
    }
}
