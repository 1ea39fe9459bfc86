//! The rows whose second question is asked although nobody looks at them: a few at a time, after those on the
//! screen.

use super::store::Stamp;
use crate::panes::RowKey;

/// How many are on their way at once.
const WINDOW: usize = 8;

/// The rows of one list that are still to be asked about.
#[derive(Debug, Default)]
pub struct Rest {
    /// What it was made for: the state of the list, and of what is known of its rows.
    made_for: (Stamp, u64),
    /// Those that wait, the next one last.
    waiting: Vec<RowKey>,
    /// Those whose turn it is.
    turn: Vec<RowKey>,
}

impl Rest {
    /// Whether it was made for this state.
    pub fn is_for(&self, state: (Stamp, u64)) -> bool {
        self.made_for == state
    }

    /// The rows of a list, in the order in which they are to be asked about.
    pub fn of(state: (Stamp, u64), rows: impl DoubleEndedIterator<Item = RowKey>) -> Self {
        Self { made_for: state, waiting: rows.rev().collect(), turn: Vec::new() }
    }

    /// Those that are answered make room for the next. `open` says of a row that it is not answered.
    pub fn go_on(&mut self, open: impl Fn(&RowKey) -> bool) {
        self.turn.retain(&open);
        while self.turn.len() < WINDOW {
            let Some(next) = self.waiting.pop() else { break };
            if open(&next) {
                self.turn.push(next);
            }
        }
    }

    /// Those whose turn it is.
    pub fn turn(&self) -> &[RowKey] {
        &self.turn
    }

    /// All were asked about and have answered.
    pub fn done(&self) -> bool {
        self.turn.is_empty() && self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::aws::Text;

    fn key(n: usize) -> RowKey {
        RowKey(Text::line(n.to_string()))
    }

    #[test]
    fn rows_are_asked_about_in_order_a_few_at_a_time_until_all_have_answered() {
        let mut rest = Rest::of((None, 0), (0..20).map(key));
        let mut answered: HashSet<RowKey> = [key(1)].into();
        rest.go_on(|key| !answered.contains(key));
        assert_eq!(rest.turn().len(), WINDOW);
        assert_eq!(rest.turn().iter().take(2).collect::<Vec<_>>(), [&key(0), &key(2)], "what is known is not asked");
        answered.insert(key(2));
        rest.go_on(|key| !answered.contains(key));
        assert_eq!((rest.turn().len(), rest.turn().last()), (WINDOW, Some(&key(9))));
        rest.go_on(|_| false);
        assert!(rest.done());
    }

    #[test]
    fn it_is_made_anew_when_the_rows_or_what_is_known_of_them_changed() {
        let rest = Rest::of((Some((0, 1)), 4), std::iter::empty());
        assert!(rest.is_for((Some((0, 1)), 4)) && !rest.is_for((Some((0, 2)), 4)) && !rest.is_for((Some((0, 1)), 5)));
    }
}
