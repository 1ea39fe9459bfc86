//! One event over the whole screen; of an invocation's header, all that Lambda wrote about it.

use super::Logs;
use crate::aws::read_event;
use crate::model::body::Body;

impl Logs {
    /// Shows the event under the cursor over the whole screen: JSON as a tree.
    pub fn open_event(&mut self) {
        self.opened = self.event_text().map(|text| Body::of(text.into_bytes()));
    }

    /// What the event under the cursor stands for: its message, and of a header what is folded into it too.
    pub fn event_text(&self) -> Option<String> {
        let event = self.event()?;
        let lines = self.folded_into_it().unwrap_or_default();
        match lines.as_slice() {
            [] | [_] => Some(event.message.to_owned()),
            // Records are told as one list, that they make a tree.
            [first, ..] if first.starts_with('{') => Some(format!("[{}]", lines.join(",\n"))),
            _ => Some(lines.join("\n")),
        }
    }

    /// The lines of Lambda about the invocation that the event under the cursor is the header of, oldest first.
    fn folded_into_it(&self) -> Option<Vec<&str>> {
        let mark = self.view.cursor().filter(|_| !self.sieve.is_unfolded())?;
        let event = self.store.marked(mark)?;
        let run = self.invocations.of(&event, mark)?;
        run.header.filter(|(_, header)| *header == mark)?;
        let place = |mark| self.store.place(mark).unwrap_or_else(|n| n);
        let all = (place(run.events.0)..=place(run.events.1)).filter_map(|n| Some((self.store.mark(n)?, n)));
        let own = all.filter(|(other, n)| *other == mark || self.store.is_folded(*n)).filter_map(|(other, n)| {
            let event = self.store.get(n)?;
            let here = event.source == run.source && *event.stream == run.stream;
            (here && run.owns(other, read_event(event.message).request)).then_some(event.message)
        });
        Some(own.collect())
    }
}
