//! The rows of a list: pages as they come, refreshes that swap in whole, rows that are gone.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::gone::Gone;
use super::map::Set;
use super::store::Stamp;
use crate::aws::Text;
use crate::panes::{Piece, Row, RowKey};

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
    /// Where the page after those that came begins.
    next: Option<Text>,
    /// Where the last try broke off; the pages before it came and stay.
    broken: Option<Text>,
    /// AWS is still at one of the rows: look again soon.
    pub unsettled: bool,
    /// Goes up whenever the rows change.
    pub revision: u64,
    /// What the rows were joined with: this list, then the others.
    pub joined: Vec<Stamp>,
    /// Rows that are shown although the list has them no more.
    gone: Gone,
    /// The keys of the rows that came since the list was begun, until it is complete. A page that is sent twice, or a row
    /// that moves to the next page meanwhile, is shown once all the same: the cursor holds on to keys.
    met: Set<RowKey>,
}

impl List {
    /// Shows rows kept from an earlier run while the real ones are on their way. They displace
    /// nothing but other kept rows.
    pub fn recall(slot: &mut Option<Self>, rows: Vec<Row>, at: DateTime<Utc>, account: Option<Text>) {
        match slot {
            None if rows.is_empty() => {}
            None => {
                let kept = Some((at, account));
                *slot = Some(Self { rows, kept, replacing: true, revision: 1, ..Self::default() });
            }
            Some(list) if list.kept.is_some() => {
                list.rows = rows;
                list.revision += 1;
            }
            Some(_) => {}
        }
    }

    /// A new request for the list begins. Where the last one broke off, it goes on from the place given;
    /// else what is shown stays until the new list is complete, and what an earlier request brought but did
    /// not finish is dropped.
    pub fn begin(&mut self) -> Option<Text> {
        self.next = self.broken.take();
        if self.next.is_none() {
            self.incoming.clear();
            self.met.clear();
            self.replacing = !self.rows.is_empty();
        }
        self.next.clone()
    }

    /// The request failed. Where it can be `taken_up`, the next one goes on from the page that failed.
    pub fn break_off(&mut self, taken_up: bool) {
        self.broken = self.next.take().filter(|_| taken_up);
    }

    /// The next request is for the whole list, whatever came of this one: what came may hold no longer.
    pub fn start_over(&mut self) {
        self.broken = None;
    }

    /// Takes in a page: shown at once while the list loads for the first time, kept back while it
    /// replaces older rows.
    pub fn page(&mut self, mut rows: Vec<Row>, piece: Piece) {
        match piece {
            Piece::Page(next) => self.next = next,
            Piece::Total(total) => self.total = Some(total),
        }
        rows.retain(|row| self.met.insert(row.key.clone()));
        if self.replacing {
            self.incoming.append(&mut rows);
        } else {
            self.unsettled |= rows.iter().any(|row| row.unsettled);
            self.revision += 1;
            self.rows.append(&mut rows);
        }
    }

    /// Puts rows that were joined in place of what they were made of.
    pub fn rejoin(&mut self, rows: Vec<Row>) {
        self.unsettled = rows.iter().any(|row| row.unsettled);
        self.rows = rows;
        self.revision += 1;
    }

    /// How many rows of the request under way have come so far.
    pub fn so_far(&self) -> usize {
        if self.replacing { self.incoming.len() } else { self.rows.len() }
    }

    /// The rows are only the first pages of a list that was not to be had as a whole.
    pub fn broke_off(&self) -> bool {
        !self.complete && self.kept.is_none() && !self.rows.is_empty()
    }

    /// The last page is in. Gives the rows of the list before that this one lacks, with their places;
    /// those of a list that was not whole, or of another run, say nothing.
    pub fn complete(&mut self) -> Vec<(usize, Row)> {
        let mut missing = Vec::new();
        if self.replacing {
            let before = std::mem::replace(&mut self.rows, std::mem::take(&mut self.incoming));
            self.unsettled = self.rows.iter().any(|row| row.unsettled);
            if self.complete && self.kept.is_none() {
                missing = Gone::missing(before, &self.rows);
            }
        }
        self.met = Set::default();
        self.revision += 1;
        self.replacing = false;
        self.kept = None;
        self.complete = true;
        self.rows.shrink_to_fit();
        missing
    }

    /// Puts rows that are gone back to their places, to be shown as such until `until`. One that has
    /// been gone for a while leaves when it was to leave.
    pub fn linger(&mut self, rows: Vec<(usize, Row)>, until: Duration) {
        self.revision += 1;
        self.gone.keep(rows.iter().map(|(_, row)| &row.key), until);
        for (place, row) in rows {
            self.rows.insert(place.min(self.rows.len()), Row { unsettled: false, ..row });
        }
    }

    /// A row that is gone stays in its place, to be shown as such until `until`.
    pub fn linger_one(&mut self, place: usize, row: Row, until: Duration) {
        self.revision += 1;
        self.gone.add(row.key.clone(), until);
        self.rows.insert(place.min(self.rows.len()), Row { unsettled: false, ..row });
    }

    /// A row was read again by itself: it is another one now, or gone. Gives the row that is gone, with
    /// its place.
    pub fn again(&mut self, key: &RowKey, row: Option<Row>) -> Option<(usize, Row)> {
        let place = self.rows.iter().position(|known| known.key == *key)?;
        self.revision += 1;
        let gone = match (row, self.rows.get_mut(place)) {
            (Some(row), Some(known)) => {
                *known = row;
                None
            }
            _ => Some((place, self.rows.remove(place))),
        };
        self.unsettled = self.rows.iter().any(|row| row.unsettled);
        gone
    }

    /// The row is one that somebody deleted while it was shown.
    pub fn is_gone(&self, key: &RowKey) -> bool {
        self.gone.has(key)
    }

    /// How many rows the list has, those that are gone not counted.
    pub fn count(&self) -> usize {
        self.rows.len().saturating_sub(self.gone.count())
    }

    /// When the next row that is gone leaves.
    pub fn next_leave(&self) -> Option<Duration> {
        self.gone.next()
    }

    /// The rows whose time as gone ones is over leave.
    pub fn leave(&mut self, now: Duration) {
        let gone = self.gone.leave(now);
        self.revision += u64::from(!gone.is_empty());
        self.rows.retain(|row| !gone.contains(&row.key));
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
        open.page(rows(&["new"]), Piece::Page(None));
        assert_eq!((open.so_far(), open.rows.len()), (1, 1));
        List::recall(&mut list, rows(&["old", "older"]), DateTime::UNIX_EPOCH, None);
        assert_eq!(shown(list.as_ref()), ["old", "older"]);
        list.as_mut().unwrap().complete();
        assert_eq!(shown(list.as_ref()), ["new"]);
        assert!(list.as_ref().unwrap().kept.is_none());
    }

    #[test]
    fn a_row_that_a_refresh_lacks_stays_in_its_place_for_a_while() {
        let mut list = List::default();
        list.page(rows(&["a", "b", "c"]), Piece::Page(None));
        assert!(list.complete().is_empty());
        let refreshed = |list: &mut List, names: &[&'static str], until| {
            list.begin();
            list.page(rows(names), Piece::Page(None));
            let missing = list.complete();
            list.linger(missing, Duration::from_secs(until));
        };
        refreshed(&mut list, &["a", "c"], 5);
        assert_eq!((shown(Some(&list)), list.count()), (vec!["a", "b", "c"], 2));
        // Another refresh does not give it more time.
        refreshed(&mut list, &["a", "c"], 9);
        assert_eq!(list.next_leave(), Some(Duration::from_secs(5)));
        list.leave(Duration::from_secs(5));
        assert_eq!((shown(Some(&list)), list.next_leave()), (vec!["a", "c"], None));
        // One that comes back is not gone.
        refreshed(&mut list, &["c"], 12);
        refreshed(&mut list, &["a", "c"], 14);
        assert!(!list.is_gone(&RowKey(Text::known("a"))) && list.count() == 2);
    }

    #[test]
    fn a_page_that_is_sent_twice_is_shown_once() {
        let mut list = List::default();
        for page in [&["b", "a"][..], &["b", "a"], &["a", "c"]] {
            list.page(rows(page), Piece::Page(None));
        }
        assert_eq!((shown(Some(&list)), list.count()), (vec!["b", "a", "c"], 3), "also before it is complete");
        list.complete();
        list.begin();
        list.page(rows(&["c", "c", "b"]), Piece::Page(None));
        list.complete();
        assert_eq!(shown(Some(&list)), ["c", "b"]);
    }

    #[test]
    fn a_list_that_was_not_whole_says_nothing_about_deletions() {
        let mut list = List::default();
        list.page(rows(&["a", "b"]), Piece::Page(None));
        list.begin();
        list.page(rows(&["a"]), Piece::Page(None));
        assert!(list.complete().is_empty());
    }

    #[test]
    fn kept_rows_never_displace_real_ones() {
        let mut list = Some(List::default());
        list.as_mut().unwrap().page(rows(&["real"]), Piece::Page(None));
        List::recall(&mut list, rows(&["old"]), DateTime::UNIX_EPOCH, None);
        assert_eq!(shown(list.as_ref()), ["real"]);
    }

    #[test]
    fn a_refresh_swaps_in_when_it_is_complete() {
        let mut list = List::default();
        list.page(rows(&["a", "b"]), Piece::Page(None));
        list.complete();
        list.begin();
        list.page(rows(&["c"]), Piece::Page(None));
        assert_eq!(list.rows.len(), 2);
        list.complete();
        assert_eq!(list.rows.len(), 1);
    }

    #[test]
    fn a_list_that_broke_off_goes_on_from_there_unless_it_is_to_start_over() {
        let next = |name| Piece::Page(Some(Text::known(name)));
        let mut list = List::default();
        assert_eq!(list.begin(), None);
        list.page(rows(&["a"]), next("2"));
        list.break_off(true);
        assert_eq!(list.begin().as_deref(), Some("2"));
        // The page failed again: the place is the same.
        list.break_off(true);
        assert_eq!(list.begin().as_deref(), Some("2"));
        list.page(rows(&["b"]), Piece::Page(None));
        list.complete();
        assert_eq!(shown(Some(&list)), ["a", "b"]);
        // A refresh that broke off keeps what it brought back.
        assert_eq!(list.begin(), None);
        list.page(rows(&["a"]), next("2"));
        list.break_off(true);
        assert_eq!((list.begin().as_deref(), shown(Some(&list))), (Some("2"), vec!["a", "b"]));
        list.page(rows(&["c"]), Piece::Page(None));
        list.complete();
        assert_eq!(shown(Some(&list)), ["a", "c"]);
        for start_over in [|list: &mut List| list.break_off(false), List::start_over] {
            list.begin();
            list.page(rows(&["a"]), next("2"));
            list.break_off(true);
            start_over(&mut list);
            assert_eq!(list.begin(), None);
        }
    }
}
