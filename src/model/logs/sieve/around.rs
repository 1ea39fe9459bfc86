//! Events around those that the filter keeps.

use super::{Sieve, Step};
use crate::model::logs::store::Store;

/// How many events around each: a key goes through them. The last one shows all.
const CHOICES: [usize; 4] = [0, 2, 5, usize::MAX];
/// So many events that may not be shown at all are passed over to find one around another.
const REACH: usize = 1_000;

impl Sieve {
    /// How many events around each that the filter keeps are shown; all, if there is no end to them.
    pub fn around(&self) -> usize {
        if self.surrounds() { self.around } else { 0 }
    }

    /// Shows the next number of events around.
    pub fn turn_around(&mut self) {
        let next = CHOICES.iter().position(|choice| *choice == self.around).map_or(0, |n| n + 1);
        self.around = CHOICES.get(next).copied().unwrap_or_default();
        self.state += 1;
    }

    /// Something around what the filter keeps is shown.
    pub(super) fn surrounds(&self) -> bool {
        self.around > 0 && !self.filter.is_empty()
    }

    /// The event is shown only because of one near it.
    pub fn is_around(&self, store: &Store, n: usize) -> bool {
        self.surrounds() && !self.keeps(store, n)
    }

    /// Events before this one are left out: another group begins.
    pub fn begins_group(&self, store: &Store, n: usize) -> bool {
        let before = || self.beside(store, n, false);
        self.surrounds() && self.around < usize::MAX && before().is_some_and(|before| !self.shows(store, before))
    }

    /// Whether an event is shown as soon as the filter keeps one near it.
    pub(super) fn could_show(&self, store: &Store, n: usize) -> bool {
        let open = || store.get(n).is_some_and(|event| self.is_open_to(&event, store.mark(n)));
        (self.unfolded || !store.is_folded(n)) && open()
    }

    /// The filter keeps an event near this one.
    pub(super) fn is_near(&self, store: &Store, n: usize) -> bool {
        self.around == usize::MAX || [true, false].into_iter().any(|newer| self.keeps_within(store, n, newer))
    }

    fn keeps_within(&self, store: &Store, n: usize, newer: bool) -> bool {
        let steps = std::iter::successors(self.beside(store, n, newer), |n| self.beside(store, *n, newer));
        steps.take(self.around).any(|n| self.keeps(store, n))
    }

    /// The next event that could be shown.
    fn beside(&self, store: &Store, n: usize, newer: bool) -> Option<usize> {
        let on = |n: &usize| if newer { Some(n + 1).filter(|n| *n < store.len()) } else { n.checked_sub(1) };
        std::iter::successors(on(&n), on).take(REACH).find(|n| self.could_show(store, *n))
    }

    /// The next event that is shown, from the n-th on and with it.
    pub(super) fn next_around(&self, store: &Store, n: usize, newer: bool) -> Step {
        let first = self.walk(store, n, newer, |n| self.could_show(store, n));
        let Step::To(first) = first else { return first };
        if self.shows(store, first) {
            return Step::To(first);
        }
        let kept = self.next_kept(store, first, newer);
        let Step::To(kept) = kept else { return kept };
        // The way back from what is kept ends before the first one: that is not near it.
        let back = std::iter::successors(Some(kept), |n| self.beside(store, *n, !newer)).take(self.around + 1);
        Step::To(back.last().unwrap_or(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::filter::LogFilter;
    use super::*;
    use crate::aws::{LogEvent, Text};
    use crate::model::logs::store::End;

    /// A log of two sources by turns; the marked places say `found`.
    fn store(lines: usize, found: &[usize]) -> Store {
        let mut store = Store::default();
        for n in 0..lines {
            let (stream, id) = (Text::known("s"), n.to_string().into());
            let message = Text::line(if found.contains(&n) { "found" } else { "other" });
            let event = LogEvent { at: i64::try_from(n).unwrap(), stream, id, message, ..LogEvent::default() };
            store.take(u8::from(n % 2 == 1), &[event], End::New);
        }
        store
    }

    fn sieve(store: &mut Store, around: usize) -> Sieve {
        let mut sieve = Sieve { around, ..Sieve::default() };
        sieve.turn_to(LogFilter::parse("found").unwrap(), store, None);
        sieve
    }

    fn walked(sieve: &Sieve, store: &Store, newer: bool) -> Vec<usize> {
        let mut at = if newer { Some(0) } else { store.len().checked_sub(1) };
        let mut all = Vec::new();
        while let Some(Step::To(n)) = at.map(|n| sieve.next(store, n, newer)) {
            all.push(n);
            at = if newer { Some(n + 1) } else { n.checked_sub(1) };
        }
        all
    }

    #[test]
    fn as_many_as_are_wanted_stand_before_and_behind() {
        let mut store = store(30, &[0, 9, 12, 29]);
        let sieve = sieve(&mut store, 2);
        assert_eq!(walked(&sieve, &store, true), [0, 1, 2, 7, 8, 9, 10, 11, 12, 13, 14, 27, 28, 29]);
        let groups: Vec<usize> =
            (0..30).filter(|n| sieve.shows(&store, *n) && sieve.begins_group(&store, *n)).collect();
        assert_eq!(groups, [7, 27]);
        assert!(sieve.is_around(&store, 8) && !sieve.is_around(&store, 9));
    }

    #[test]
    fn a_source_that_is_off_stands_around_nothing() {
        let mut store = store(30, &[10]);
        let mut sieve = sieve(&mut store, 2);
        sieve.alone(0, &mut store, None);
        assert_eq!(walked(&sieve, &store, true), [6, 8, 10, 12, 14]);
    }

    #[test]
    fn all_are_shown_around_and_none_at_the_end_of_the_choices() {
        let mut store = store(9, &[4]);
        let mut sieve = sieve(&mut store, 0);
        let lengths: Vec<usize> = (0..4)
            .map(|_| {
                sieve.turn_around();
                walked(&sieve, &store, true).len()
            })
            .collect();
        assert_eq!(lengths, [5, 9, 9, 1]);
    }

    proptest::proptest! {
        #[test]
        fn either_way_shows_the_same_and_what_is_shown_is_near(
            found in proptest::collection::vec(0_usize..40, 0..6),
            around in 1_usize..6,
        ) {
            let mut store = store(40, &found);
            let sieve = sieve(&mut store, around);
            let (there, mut back) = (walked(&sieve, &store, true), walked(&sieve, &store, false));
            back.reverse();
            let near = |n: &usize| found.iter().any(|hit| hit.abs_diff(*n) <= around);
            proptest::prop_assert_eq!(&there, &(0..40).filter(near).collect::<Vec<_>>());
            proptest::prop_assert_eq!(there, back);
        }
    }
}
