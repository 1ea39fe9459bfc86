//! Questions and what came back: slots by question.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::msg::Ticket;
use super::slot::Slot;
use crate::aws::{Problem, Text};
use crate::panes::{LateRow, PaneId, Row, RowKey, Scope};

/// How many lists are remembered besides those on the screen.
const REMEMBERED: usize = 200;

/// A list somebody wants to see: which pane, of what. Answers are filed under it, so that one that
/// comes late can land only where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    /// The pane.
    pub pane: PaneId,
    /// What the list is of.
    pub scope: Scope,
}

/// The rows of a list.
#[derive(Debug, Default)]
pub struct List {
    /// The rows that are shown.
    pub rows: Vec<Row>,
    /// The rows of a refresh that is not complete yet: they replace the others at its end.
    incoming: Vec<Row>,
    /// The pages on their way replace rows that are shown.
    replacing: bool,
    /// How long the list will be, once AWS said so.
    pub total: Option<u64>,
    /// When and of which account the rows were kept, if they are from an earlier run.
    pub kept: Option<(DateTime<Utc>, Option<Text>)>,
    /// The rows are a whole list, not the first pages of one.
    pub complete: bool,
    /// AWS is still at one of the rows: look again soon.
    pub unsettled: bool,
}

/// All slots of a session. A new session gets a new store, so that every answer on its way to the
/// old one is unknown here.
#[derive(Debug, Default)]
pub struct Store {
    lists: HashMap<Question, Slot<List>>,
    /// By question and row.
    late: HashMap<Question, HashMap<RowKey, Slot<LateRow>>>,
    /// The panes whose second question was refused: it is not asked for other rows either.
    refused: HashMap<PaneId, Problem>,
    /// The questions in the order of their last use, the newest last.
    used: Vec<Question>,
}

impl Store {
    /// The slot of a list, if anybody asked.
    pub fn list(&self, question: &Question) -> Option<&Slot<List>> {
        self.lists.get(question)
    }

    /// The rows of a list.
    pub fn rows(&self, question: &Question) -> &[Row] {
        self.list(question).and_then(Slot::answer).map_or(&[], |list| list.rows.as_slice())
    }

    /// The slot of a list, made if need be, and counted as used.
    pub fn list_mut(&mut self, question: &Question) -> &mut Slot<List> {
        if self.used.last() != Some(question) {
            self.used.retain(|known| known != question);
            self.used.push(question.clone());
        }
        self.lists.entry(question.clone()).or_default()
    }

    /// The late cells of a row.
    pub fn late(&self, question: &Question, key: &RowKey) -> Option<&Slot<LateRow>> {
        self.late.get(question)?.get(key)
    }

    /// The slot of a row's late cells.
    pub fn late_mut(&mut self, question: &Question, key: &RowKey) -> &mut Slot<LateRow> {
        self.late.entry(question.clone()).or_default().entry(key.clone()).or_default()
    }

    /// All rows of a question whose second question is on its way.
    pub fn late_in_flight(&self) -> impl Iterator<Item = (&Question, &RowKey)> {
        self.late.iter().flat_map(|(question, rows)| {
            rows.iter().filter(|(_, slot)| slot.in_flight()).map(move |(key, _)| (question, key))
        })
    }

    /// All lists on their way.
    pub fn lists_in_flight(&self) -> impl Iterator<Item = &Question> {
        self.lists.iter().filter(|(_, slot)| slot.in_flight()).map(|(question, _)| question)
    }

    /// Why the second question of a pane is not asked any more.
    pub fn refused(&self, pane: PaneId) -> Option<&Problem> {
        self.refused.get(pane)
    }

    /// Stops asking the second question of a pane.
    pub fn refuse(&mut self, pane: PaneId, problem: Problem) {
        self.refused.insert(pane, problem);
    }

    /// The list and everything known of its rows no longer hold. Gives the requests disowned.
    pub fn spoil(&mut self, question: &Question) -> Vec<Ticket> {
        self.refused.remove(question.pane);
        let mut disowned: Vec<Ticket> = self.lists.get_mut(question).and_then(Slot::spoil).into_iter().collect();
        if let Some(rows) = self.late.get_mut(question) {
            disowned.extend(rows.values_mut().filter_map(Slot::spoil));
        }
        disowned
    }

    /// Spoils every list of a pane, whatever it is of.
    pub fn spoil_pane(&mut self, pane: PaneId) -> Vec<Ticket> {
        let questions: Vec<Question> = self.lists.keys().filter(|question| question.pane == pane).cloned().collect();
        questions.iter().flat_map(|question| self.spoil(question)).collect()
    }

    /// Drops rows kept from an earlier run that turn out to be of another account.
    pub fn forget_kept_of_others(&mut self, account: &Text) -> Vec<Ticket> {
        let of_others = |slot: &Slot<List>| {
            slot.answer().and_then(|list| list.kept.as_ref()).is_some_and(|(_, kept)| kept.as_ref() != Some(account))
        };
        let mut disowned = Vec::new();
        for slot in self.lists.values_mut().filter(|slot| of_others(slot)) {
            disowned.extend(slot.forget());
        }
        disowned
    }

    /// Drops what is known of rows that the list no longer has.
    pub fn prune_late(&mut self, question: &Question) -> Vec<Ticket> {
        let Some(late) = self.late.get_mut(question) else { return Vec::new() };
        let rows = self.lists.get(question).and_then(Slot::answer).map_or(&[][..], |list| &list.rows);
        let present: std::collections::HashSet<&RowKey> = rows.iter().map(|row| &row.key).collect();
        let mut dropped = Vec::new();
        late.retain(|key, slot| {
            let keep = present.contains(key);
            if !keep {
                dropped.extend(slot.cancel());
            }
            keep
        });
        dropped
    }

    /// Forgets the lists that were not used for longest, but none on its way.
    pub fn trim(&mut self) {
        while self.used.len() > REMEMBERED {
            let oldest = self.used.remove(0);
            if self.lists.get(&oldest).is_some_and(Slot::in_flight) {
                self.used.push(oldest);
                return;
            }
            self.lists.remove(&oldest);
            self.late.remove(&oldest);
        }
    }
}

impl List {
    /// Shows rows kept from an earlier run while the real ones are on their way. They displace
    /// nothing but other kept rows.
    pub fn recall(slot: &mut Option<Self>, rows: Vec<Row>, at: DateTime<Utc>, account: Option<Text>) {
        match slot {
            None if rows.is_empty() => {}
            None => *slot = Some(Self { rows, kept: Some((at, account)), replacing: true, ..Self::default() }),
            Some(list) if list.kept.is_some() => list.rows = rows,
            Some(_) => {}
        }
    }

    /// A new request for the list begins. What is shown stays until the new list is complete; what an
    /// earlier request brought but did not finish is dropped.
    pub fn begin(&mut self) {
        self.incoming.clear();
        self.replacing = !self.rows.is_empty();
    }

    /// Takes in a page: shown at once while the list loads for the first time, kept back while it
    /// replaces older rows.
    pub fn page(&mut self, mut rows: Vec<Row>, total: Option<u64>) {
        if total.is_some() {
            self.total = total;
        }
        if self.replacing {
            self.incoming.append(&mut rows);
        } else {
            self.unsettled |= rows.iter().any(|row| row.unsettled);
            self.rows.append(&mut rows);
        }
    }

    /// How many rows of the request under way have come so far.
    pub fn so_far(&self) -> usize {
        if self.replacing { self.incoming.len() } else { self.rows.len() }
    }

    /// The rows are only the first pages of a list that was not to be had as a whole.
    pub fn broke_off(&self) -> bool {
        !self.complete && self.kept.is_none() && !self.rows.is_empty()
    }

    /// The last page is in.
    pub fn complete(&mut self) {
        if self.replacing {
            self.rows = std::mem::take(&mut self.incoming);
            self.unsettled = self.rows.iter().any(|row| row.unsettled);
        }
        self.replacing = false;
        self.kept = None;
        self.complete = true;
        self.rows.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panes::Item;

    fn rows(names: &[&'static str]) -> Vec<Row> {
        let row = |name: &&'static str| Row { key: RowKey(Text::known(name)), unsettled: false, item: Item::new(()) };
        names.iter().map(row).collect()
    }

    fn shown(list: Option<&List>) -> Vec<&str> {
        list.into_iter().flat_map(|list| &list.rows).map(|row| row.key.0.as_str()).collect()
    }

    #[test]
    fn kept_rows_are_shown_until_the_real_list_is_whole() {
        let mut list = None;
        List::recall(&mut list, rows(&["old"]), DateTime::UNIX_EPOCH, None);
        let open = list.as_mut().unwrap();
        open.page(rows(&["new"]), None);
        assert_eq!((open.so_far(), open.rows.len()), (1, 1));
        List::recall(&mut list, rows(&["old", "older"]), DateTime::UNIX_EPOCH, None);
        assert_eq!(shown(list.as_ref()), ["old", "older"]);
        list.as_mut().unwrap().complete();
        assert_eq!(shown(list.as_ref()), ["new"]);
        assert!(list.as_ref().unwrap().kept.is_none());
    }

    #[test]
    fn kept_rows_never_displace_real_ones() {
        let mut list = Some(List::default());
        list.as_mut().unwrap().page(rows(&["real"]), None);
        List::recall(&mut list, rows(&["old"]), DateTime::UNIX_EPOCH, None);
        assert_eq!(shown(list.as_ref()), ["real"]);
    }

    #[test]
    fn a_refresh_swaps_in_when_it_is_complete() {
        let mut list = List::default();
        list.page(rows(&["a", "b"]), None);
        list.complete();
        list.begin();
        list.page(rows(&["c"]), None);
        assert_eq!(list.rows.len(), 2);
        list.complete();
        assert_eq!(list.rows.len(), 1);
    }
}
