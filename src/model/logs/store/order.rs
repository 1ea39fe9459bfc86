//! Putting events in their places among those that are held.

use std::collections::VecDeque;

use super::{Entry, Store};

impl Store {
    /// Puts sorted entries in their places, moving whichever end is shorter.
    pub(super) fn merge(&mut self, fresh: Vec<Entry>) {
        let (Some(first), Some(last)) = (fresh.first().map(Entry::mark), fresh.last().map(Entry::mark)) else { return };
        let from = self.entries.partition_point(|entry| entry.mark() < first);
        let to = self.entries.partition_point(|entry| entry.mark() < last);
        if self.entries.len() - from <= to {
            let rest = self.entries.split_off(from);
            self.entries.extend(merged(rest, fresh));
        } else {
            // Only what is moved is touched: a page of old events comes before a million.
            let head = self.entries.drain(..to).collect();
            for entry in merged(head, fresh).into_iter().rev() {
                self.entries.push_front(entry);
            }
        }
    }
}

/// Two sorted rows as one; of equals, those held stay before the fresh ones.
fn merged(held: VecDeque<Entry>, fresh: Vec<Entry>) -> Vec<Entry> {
    let mut all = Vec::with_capacity(held.len() + fresh.len());
    let mut fresh = fresh.into_iter().peekable();
    for entry in held {
        while let Some(new) = fresh.next_if(|new| new.mark() < entry.mark()) {
            all.push(new);
        }
        all.push(entry);
    }
    all.extend(fresh);
    all
}
