//! How far the keys that move go: one answer for lists, texts and windows, whatever is on the screen.

use crate::keys::Action;
use crate::model::text_view::{Motion, Window};

/// How many rows a key goes down, up if negative; to an end, as far as there is to go. `None` if it does not move.
pub(super) fn rows(action: Action, page: usize, half: usize) -> Option<isize> {
    let far = |rows: usize| isize::try_from(rows).unwrap_or(isize::MAX);
    Some(match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::HalfUp => -far(half),
        Action::HalfDown => far(half),
        Action::PageUp => -far(page),
        Action::PageDown => far(page),
        Action::Top => isize::MIN,
        Action::Bottom => isize::MAX,
        _ => return None,
    })
}

/// Where a key leads from a row, not stopped by the end; `None` if it does not move.
pub(super) fn from(at: usize, action: Action, page: usize, half: usize) -> Option<usize> {
    rows(action, page, half).map(|by| at.saturating_add_signed(by))
}

/// Where a key leads in a list that is chosen from: at its ends it goes round. `None` if it does not move.
pub(super) fn round(at: usize, action: Action, last: usize, page: usize) -> Option<usize> {
    match action {
        Action::Up if at == 0 => Some(last),
        Action::Down if at == last => Some(0),
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
            from(at, action, page, page).map(|to| to.min(last))
        }
        _ => None,
    }
}

/// How a key moves the window over a text; `None` if it does not.
pub(super) fn motion(action: Action, window: Window) -> Option<Motion> {
    Some(match action {
        Action::Top => Motion::Top,
        Action::Bottom => Motion::Bottom,
        Action::Left => Motion::Left,
        Action::Right => Motion::Right,
        action => Motion::By(rows(action, window.height, (window.height / 2).max(1))?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_chosen_from_goes_round_and_its_pages_stop_at_the_ends() {
        let moves = |at, action| round(at, action, 4, 10);
        assert_eq!((moves(0, Action::Up), moves(4, Action::Down)), (Some(4), Some(0)));
        assert_eq!((moves(3, Action::Up), moves(3, Action::Down)), (Some(2), Some(4)));
        assert_eq!((moves(1, Action::PageUp), moves(1, Action::PageDown)), (Some(0), Some(4)));
        assert_eq!(moves(1, Action::Top), None);
        assert_eq!((round(0, Action::Up, 0, 10), round(0, Action::Down, 0, 10)), (Some(0), Some(0)));
    }

    #[test]
    fn a_key_goes_to_the_ends_and_no_further_than_there_are_numbers() {
        assert_eq!(from(7, Action::Top, 10, 5), Some(0));
        assert!(from(7, Action::Bottom, 10, 5).is_some_and(|to| to > 1_000_000_000));
        assert_eq!((from(7, Action::HalfUp, 10, 5), from(7, Action::PageDown, 10, 5)), (Some(2), Some(17)));
        assert_eq!((from(2, Action::PageUp, 10, 5), from(2, Action::Open, 10, 5)), (Some(0), None));
    }
}
