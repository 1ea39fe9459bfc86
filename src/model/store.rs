//! Questions and what came back: slots by question.

use std::collections::HashSet;
use std::time::Duration;

use super::list::List;
use super::map::Map;
use super::msg::Ticket;
use super::outage::Outage;
pub use super::question::{Question, Stamp};
use super::rest::Rest;
use super::slot::Slot;
use crate::aws::{Problem, Text};
use crate::panes::{LateRow, PaneId, Row, RowKey};

/// How many lists are remembered besides those on the screen.
const REMEMBERED: usize = 200;

/// All slots of a session. A new session gets a new store, so that every answer on its way to the
/// old one is unknown here.
#[derive(Debug, Default)]
pub struct Store {
    lists: Map<Question, Slot<List>>,
    /// By question and row.
    late: Map<Question, Map<RowKey, Slot<LateRow>>>,
    /// The rows whose second question may be on its way: a few, where `late` has every row that was ever seen.
    asked: Vec<(Question, RowKey)>,
    /// Single rows read again while AWS is at them.
    again: Map<Question, Map<RowKey, Slot<()>>>,
    /// The panes whose second question was refused: it is not asked for other rows either.
    refused: Map<PaneId, Problem>,
    /// The panes of whose second question a part was refused: only the rest is asked for other rows.
    lacking: Map<PaneId, Problem>,
    /// The rows that a change of ours was about, and until when their going is no news.
    ours: Map<(PaneId, RowKey), Duration>,
    /// The questions in the order of their last use, the newest last.
    used: Vec<Question>,
    /// Whether anybody answers.
    pub outage: Outage,
    /// The rows that are asked about behind those on the screen.
    rest: Map<Question, Rest>,
    /// Goes up whenever what is known of rows was spoiled.
    spoils: u64,
    /// Goes up whenever lists were forgotten, so that what comes after cannot be taken for what was.
    age: u64,
}

impl Store {
    /// An empty store, for what comes after this one: none of its lists can be taken for one of these.
    pub fn after(&self) -> Self {
        Self { age: self.age + 1, ..Self::default() }
    }

    /// The slot of a list, if anybody asked.
    pub fn list(&self, question: &Question) -> Option<&Slot<List>> {
        self.lists.get(question)
    }

    /// The rows of a list.
    pub fn rows(&self, question: &Question) -> &[Row] {
        self.list(question).and_then(Slot::answer).map_or(&[], |list| list.rows.as_slice())
    }

    /// The state of a list's rows.
    pub fn stamp(&self, question: &Question) -> Stamp {
        let slot = self.list(question)?;
        let failed = u64::from(slot.problem().is_some());
        match slot.answer() {
            Some(list) => Some((self.age, 2 * list.revision + failed)),
            // Rows that hang on it are to say that it is not to be had.
            None => (failed > 0).then_some((self.age, u64::MAX)),
        }
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
        self.late_of(question)?.get(key)
    }

    /// What is known of the rows of a list by their second question: for who asks about many.
    pub fn late_of(&self, question: &Question) -> Option<&Map<RowKey, Slot<LateRow>>> {
        self.late.get(question)
    }

    /// The slot of a row's late cells.
    pub fn late_mut(&mut self, question: &Question, key: &RowKey) -> &mut Slot<LateRow> {
        self.late.entry(question.clone()).or_default().entry(key.clone()).or_default()
    }

    /// Notes that a row's second question was asked, and gives the request that this one displaces.
    pub fn ask_late(&mut self, question: &Question, key: &RowKey, ticket: Ticket, now: Duration) -> Option<Ticket> {
        let displaced = self.late_mut(question, key).ask(ticket, now);
        if displaced.is_none() {
            self.asked.push((question.clone(), key.clone()));
        }
        displaced
    }

    /// The slot of a row that is read again by itself.
    pub fn again(&self, question: &Question, key: &RowKey) -> Option<&Slot<()>> {
        self.again.get(question)?.get(key)
    }

    /// The same, made if need be.
    pub fn again_mut(&mut self, question: &Question, key: &RowKey) -> &mut Slot<()> {
        self.again.entry(question.clone()).or_default().entry(key.clone()).or_default()
    }

    /// All rows that are being read again.
    pub fn again_in_flight(&self) -> impl Iterator<Item = (&Question, &RowKey)> {
        self.again.iter().flat_map(|(question, rows)| {
            rows.iter().filter(|(_, slot)| slot.in_flight()).map(move |(key, _)| (question, key))
        })
    }

    /// Nothing is read again by itself any more: the whole list is. Gives the requests disowned.
    pub fn forget_again(&mut self, question: &Question) -> Vec<Ticket> {
        self.again.remove(question).into_iter().flatten().filter_map(|(_, mut slot)| slot.cancel()).collect()
    }

    /// The row is one that somebody deleted while it was shown.
    pub fn is_gone(&self, question: &Question, key: &RowKey) -> bool {
        self.list(question).and_then(Slot::answer).is_some_and(|list| list.is_gone(key))
    }

    /// A change of ours was about the row: that it goes is no news until `until`.
    pub fn ours(&mut self, pane: PaneId, key: RowKey, until: Duration) {
        self.ours.insert((pane, key), until);
    }

    /// A change of ours was about the row, not long ago.
    pub fn is_ours(&self, pane: PaneId, key: &RowKey, now: Duration) -> bool {
        self.ours.iter().any(|((of, row), until)| *of == pane && row == key && *until > now)
    }

    /// When the next row that is gone leaves the screen.
    pub fn next_leave(&self) -> Option<Duration> {
        self.lists.values().filter_map(|slot| slot.answer()?.next_leave()).min()
    }

    /// Takes away the rows whose time on the screen as gone ones is over, and names their lists.
    pub fn leave(&mut self, now: Duration) -> Vec<Question> {
        let due = |slot: &Slot<List>| slot.answer().and_then(List::next_leave).is_some_and(|next| next <= now);
        let mut left = Vec::new();
        for (question, slot) in self.lists.iter_mut().filter(|(_, slot)| due(slot)) {
            slot.mend(|list| list.leave(now));
            left.push(question.clone());
        }
        left
    }

    /// All rows whose second question is on its way.
    pub fn late_in_flight(&self) -> impl Iterator<Item = (&Question, &RowKey)> {
        let asked = self.asked.iter().map(|(question, key)| (question, key));
        asked.filter(|(question, key)| self.late(question, key).is_some_and(Slot::in_flight))
    }

    /// All lists on their way.
    pub fn lists_in_flight(&self) -> impl Iterator<Item = &Question> {
        self.lists.iter().filter(|(_, slot)| slot.in_flight()).map(|(question, _)| question)
    }

    /// The rows of a list whose turn it is to be asked about although they are not on the screen.
    pub fn turn(&self, question: &Question) -> &[RowKey] {
        self.rest.get(question).map_or(&[], Rest::turn)
    }

    /// Goes on with the rows that are not on the screen, in the order in which the list is shown if all of it is.
    pub fn go_on(&mut self, question: &Question, order: &[usize]) {
        let state = (self.stamp(question), self.spoils);
        if self.rest.get(question).is_none_or(|rest| !rest.is_for(state)) {
            let rows = self.rows(question);
            let all: Vec<usize> = if order.len() == rows.len() { order.to_vec() } else { (0..rows.len()).collect() };
            let rest = Rest::of(state, all.into_iter().filter_map(|index| rows.get(index)).map(|row| row.key.clone()));
            self.rest.insert(question.clone(), rest);
        }
        let late = self.late.get(question);
        if let Some(rest) = self.rest.get_mut(question) {
            rest.go_on(|key| late.and_then(|rows| rows.get(key)).is_none_or(Slot::is_open));
        }
    }

    /// How many rows of a list have answered, while not all have.
    pub fn answered(&self, question: &Question) -> Option<usize> {
        if self.rest.get(question)?.done() || self.refused.contains_key(question.pane) {
            return None;
        }
        let late = self.late.get(question);
        Some(late.map_or(0, |rows| rows.values().filter(|slot| !slot.is_open()).count()))
    }

    /// Why the second question of a pane is not asked any more.
    pub fn refused(&self, pane: PaneId) -> Option<&Problem> {
        self.refused.get(pane)
    }

    /// Stops asking the second question of a pane.
    pub fn refuse(&mut self, pane: PaneId, problem: Problem) {
        self.refused.insert(pane, problem);
    }

    /// Why a part of a pane's second question cannot be had, if so.
    pub fn lacking(&self, pane: PaneId) -> Option<&Problem> {
        self.lacking.get(pane)
    }

    /// A part of a pane's second question was refused. `false` when that is known already.
    pub fn lack(&mut self, pane: PaneId, problem: Problem) -> bool {
        self.lacking.insert(pane, problem).is_none()
    }

    /// What the second question has brought of the rows of a list, in no order.
    pub fn late_rows(&self, question: &Question) -> impl Iterator<Item = &LateRow> {
        self.late.get(question).into_iter().flatten().filter_map(|(_, slot)| slot.answer())
    }

    /// The list and everything known of its rows no longer hold. Gives the requests disowned.
    pub fn spoil(&mut self, question: &Question) -> Vec<Ticket> {
        if let Some(slot) = self.lists.get_mut(question) {
            slot.mend(List::start_over);
        }
        self.ask_again(question)
    }

    /// The person wants it new: a list that broke off goes on from there. Gives the requests disowned.
    pub fn ask_again(&mut self, question: &Question) -> Vec<Ticket> {
        self.refused.remove(question.pane);
        self.lacking.remove(question.pane);
        self.spoils += 1;
        let mut disowned: Vec<Ticket> = self.lists.get_mut(question).and_then(Slot::spoil).into_iter().collect();
        if let Some(rows) = self.late.get_mut(question) {
            disowned.extend(rows.values_mut().filter_map(Slot::spoil));
        }
        disowned.extend(self.forget_again(question));
        disowned
    }

    /// What is known of one row no longer holds. Gives the request disowned.
    pub fn spoil_row(&mut self, question: &Question, key: &RowKey) -> Option<Ticket> {
        self.spoils += 1;
        self.late.get_mut(question)?.get_mut(key).and_then(Slot::spoil)
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
        self.age += 1;
        for slot in self.lists.values_mut().filter(|slot| of_others(slot)) {
            disowned.extend(slot.forget());
        }
        disowned
    }

    /// Drops what is known of rows that the list no longer has.
    pub fn prune_late(&mut self, question: &Question) -> Vec<Ticket> {
        let Some(late) = self.late.get_mut(question) else { return Vec::new() };
        let rows = self.lists.get(question).and_then(Slot::answer).map_or(&[][..], |list| &list.rows);
        let present: HashSet<&RowKey> = rows.iter().map(|row| &row.key).collect();
        let gone = late.extract_if(|key, _| !present.contains(key));
        gone.filter_map(|(_, mut slot)| slot.cancel()).collect()
    }

    /// Forgets what is on its way no more, and the lists that were not used for longest, but none on its way.
    pub fn trim(&mut self) {
        let mut asked = std::mem::take(&mut self.asked);
        asked.retain(|(question, key)| self.late(question, key).is_some_and(Slot::in_flight));
        self.asked = asked;
        while self.used.len() > REMEMBERED {
            let oldest = self.used.remove(0);
            if self.lists.get(&oldest).is_some_and(Slot::in_flight) {
                self.used.push(oldest);
                return;
            }
            self.age += 1;
            self.lists.remove(&oldest);
            self.late.remove(&oldest);
            self.rest.remove(&oldest);
            self.again.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::panes::{Item, Piece, Scope};

    fn rows(names: &[&'static str]) -> Vec<Row> {
        let row = |name: &&'static str| Row { key: RowKey(Text::known(name)), unsettled: false, item: Item::new(()) };
        names.iter().map(row).collect()
    }

    #[test]
    fn equal_stamps_are_equal_rows() {
        let question = Question { pane: "functions", scope: Scope::Account };
        let mut store = Store::default();
        assert_eq!(store.stamp(&question), None);
        store.list_mut(&question).made().page(rows(&["a"]), Piece::Page(None));
        let first = store.stamp(&question);
        store.list_mut(&question).made().begin();
        store.list_mut(&question).made().page(rows(&["b"]), Piece::Page(None));
        assert_eq!(store.stamp(&question), first, "what is kept back is not shown yet");
        store.list_mut(&question).made().complete();
        let second = store.stamp(&question);
        assert_ne!(second, first);
        store.list_mut(&question).made().rejoin(rows(&["c"]));
        assert_ne!(store.stamp(&question), second);
    }

    #[test]
    fn a_row_is_on_its_way_until_it_is_here_or_given_up() {
        let question = Question { pane: "functions", scope: Scope::Account };
        let (key, now) = (RowKey(Text::known("a")), Duration::ZERO);
        let mut store = Store::default();
        let on_their_way = |store: &mut Store| {
            let before = store.late_in_flight().count();
            store.trim();
            (before, store.late_in_flight().count(), store.asked.len())
        };
        assert_eq!(store.ask_late(&question, &key, Ticket::test(1), now), None);
        assert_eq!(store.ask_late(&question, &key, Ticket::test(2), now), Some(Ticket::test(1)));
        assert_eq!(on_their_way(&mut store), (1, 1, 1));
        assert!(store.late_mut(&question, &key).accept(Ticket::test(2), Ok(LateRow::default()), now));
        assert_eq!(on_their_way(&mut store), (0, 0, 0));
        store.ask_late(&question, &key, Ticket::test(3), now);
        store.late_mut(&question, &key).cancel();
        assert_eq!(on_their_way(&mut store), (0, 0, 0));
    }

    #[test]
    fn what_comes_after_a_list_was_forgotten_is_never_taken_for_it() {
        let question = Question { pane: "functions", scope: Scope::Account };
        let mut store = Store::default();
        let mut kept = None;
        List::recall(&mut kept, rows(&["of another account"]), DateTime::UNIX_EPOCH, Some("1".into()));
        *store.list_mut(&question).made() = kept.unwrap();
        let before = store.stamp(&question);
        store.forget_kept_of_others(&"2".into());
        store.list_mut(&question).made().page(rows(&["ours"]), Piece::Page(None));
        let ours = store.stamp(&question);
        assert_ne!(ours, before);
        let mut store = store.after();
        store.list_mut(&question).made().page(rows(&["of another region"]), Piece::Page(None));
        assert_ne!(store.stamp(&question), ours);
    }
}
