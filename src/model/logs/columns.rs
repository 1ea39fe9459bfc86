//! The columns that a person chose: members of records, by their paths, before the message.

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr as _;

use super::{Logs, WORDS};
use crate::aws::{Reading, Text, read_event};
use crate::model::json;
use crate::model::msg::Size;
use crate::model::needle::agreement;

/// So many columns at most: more would leave the message no room on any screen.
pub const MOST: usize = 6;
/// No column is wider, in cells.
const WIDEST: usize = 24;
/// A path makes its column no wider than this, in cells; values do.
const HEADING: usize = 12;
/// A column cut to fewer cells would tell nothing.
const NARROWEST: usize = 4;
/// The message keeps half of what the other columns leave, and no less than this, in cells.
const MESSAGE: usize = 28;
/// So many bytes of a value are read: more than a column shows.
const READ: usize = 1024;
/// So many paths are offered at most.
const OFFERED: usize = 100;

/// A column of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The way to the member, as it was typed: `order.id`.
    pub path: String,
    /// The widest that was on the screen, in cells. It only grows: messages that move while one scrolls are hard to read.
    width: usize,
}

impl Column {
    /// What an event tells there, on one line; nothing where it does not, and in a plain line.
    pub fn of(&self, reading: &Reading<'_>) -> Text {
        let told = reading.member(&self.path).unwrap_or_default();
        let head = told.get(..told.floor_char_boundary(READ)).unwrap_or(told);
        Text::line(json::unquoted(head))
    }
}

/// The chosen columns of every log that was on show.
#[derive(Debug, Default)]
pub struct Columns {
    /// Those of the log on show.
    chosen: Vec<Column>,
    /// The log groups of that log.
    groups: Vec<Text>,
    /// Those of the other logs, by their log groups.
    others: HashMap<Vec<Text>, Vec<Column>>,
}

impl Columns {
    /// Those of the log on show.
    pub fn chosen(&self) -> &[Column] {
        &self.chosen
    }

    /// The paths of those that have room; `cells` is how wide each is.
    pub fn shown(&self, cells: [usize; MOST]) -> Vec<&str> {
        let shown = self.chosen.iter().zip(cells).filter(|(_, cells)| *cells > 0);
        shown.map(|(column, _)| column.path.as_str()).collect()
    }

    /// Turns to the log of other groups.
    pub(super) fn turn_to(&mut self, groups: Vec<Text>) {
        let chosen = self.others.remove(&groups).unwrap_or_default();
        let groups = std::mem::replace(&mut self.groups, groups);
        self.others.insert(groups, std::mem::replace(&mut self.chosen, chosen));
    }

    /// Chooses other columns.
    pub fn choose(&mut self, paths: Vec<String>) {
        let column = |path: String| Column { width: path.width().min(HEADING), path };
        self.chosen = paths.into_iter().map(column).collect();
    }

    /// How wide each is where so many cells are left by the others, with a gap behind each. Where not all have room, each
    /// gets no more than an even share; the last ones get none before a share tells nothing.
    pub(super) fn shares(&self, room: usize, gap: usize) -> [usize; MOST] {
        let chosen = &self.chosen;
        let left = room.saturating_sub(MESSAGE.max(room / 2));
        let whole = chosen.iter().map(|column| column.width + gap).sum::<usize>() <= left;
        let shown = if whole { chosen.len() } else { chosen.len().min(left / (NARROWEST + gap)) };
        let even = if whole { WIDEST } else { left.checked_div(shown).unwrap_or_default().saturating_sub(gap) };
        let mut shares = [0; MOST];
        for (share, column) in shares.iter_mut().zip(chosen.iter().take(shown)) {
            *share = column.width.min(even);
        }
        shares
    }

    /// Makes them as wide as their values; `true` if one has grown.
    fn grow(&mut self, widths: &[usize]) -> bool {
        let mut grown = false;
        for (column, width) in self.chosen.iter_mut().zip(widths) {
            let width = column.width.max(*width).min(WIDEST);
            grown |= width > column.width;
            column.width = width;
        }
        grown
    }
}

/// The paths of a line, which stand apart by commas or spaces. `$.` before one, as a filter pattern has it, is left out.
///
/// # Errors
/// When there are more than [`MOST`].
pub fn paths(typed: &str) -> Result<Vec<String>, String> {
    let mut paths: Vec<String> = Vec::new();
    for path in typed.split(is_between).map(|path| path.strip_prefix("$.").unwrap_or(path)) {
        if !path.is_empty() && !paths.iter().any(|known| known == path) {
            paths.push(path.to_owned());
        }
    }
    if paths.len() > MOST { Err(format!("{MOST} columns at most")) } else { Ok(paths) }
}

fn is_between(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

/// A line with its last path completed: as far as all that is offered agrees, else with the first offer.
pub fn completed(typed: &str, offers: &[String]) -> Option<String> {
    let first = offers.first()?;
    let (before, word) = last_path(typed);
    let agreed = offers.iter().fold(first.as_str(), |agreed, offer| agreement(agreed, offer));
    Some(format!("{before}{}", if agreed.len() > word.len() { agreed } else { first }))
}

/// What stands before the path that is being typed, and what there is of it.
fn last_path(typed: &str) -> (&str, &str) {
    let at = typed.char_indices().rev().find(|(_, c)| is_between(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    typed.split_at_checked(at).unwrap_or(("", typed))
}

impl Logs {
    /// After every message: the columns have room for what is on the screen. `true` if one has grown.
    pub fn arrange_columns(&mut self, size: Size) -> bool {
        let columns = self.columns.chosen();
        if columns.is_empty() {
            return false;
        }
        let mut widths = vec![0; columns.len()];
        for reading in self.readings(size) {
            for (width, column) in widths.iter_mut().zip(columns) {
                *width = column.of(&reading).width().max(*width);
            }
        }
        self.columns.grow(&widths)
    }

    /// The first of these paths that no event on the screen has.
    pub fn missing<'p>(&self, paths: &'p [String], size: Size) -> Option<&'p String> {
        paths.iter().find(|path| self.readings(size).all(|reading| reading.member(path).is_none()))
    }

    /// The paths of the events on the screen that the line being typed could go on with. Those that begin as its last
    /// path does come first, then those that have it elsewhere.
    pub fn offers(&self, typed: &str, size: Size) -> Vec<String> {
        let (before, word) = last_path(typed);
        let (taken, word) = (paths(before).unwrap_or_default(), word.to_lowercase());
        let mut offers: Vec<String> = Vec::new();
        for path in self.readings(size).flat_map(|reading| reading.paths()) {
            if offers.len() == OFFERED {
                break;
            }
            let small = path.to_lowercase();
            let fits = small.contains(&word) && small != word && !path.contains(is_between);
            if fits && !taken.contains(&path) && !offers.contains(&path) {
                offers.push(path);
            }
        }
        offers.sort_by_key(|path| !path.to_lowercase().starts_with(&word));
        offers
    }

    /// What the events on the screen tell.
    fn readings(&self, size: Size) -> impl Iterator<Item = Reading<'_>> {
        let placed = self.view.placed(&self.scene(size));
        let events = placed.into_iter().filter_map(|placed| self.store.get(placed.event));
        events.filter(|event| event.source != WORDS).map(|event| read_event(event.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(widths: &[usize]) -> Columns {
        let mut columns = Columns::default();
        columns.choose((0..widths.len()).map(|n| n.to_string()).collect());
        columns.grow(widths);
        columns
    }

    #[test]
    fn paths_stand_apart_by_commas_or_spaces_and_count_once() {
        assert_eq!(paths(" order.id,$.user.id  x ,, x").unwrap(), ["order.id", "user.id", "x"]);
        assert_eq!(paths(" , ").unwrap(), [""; 0]);
        assert_eq!(paths("a b c d e f g").unwrap_err(), "6 columns at most");
    }

    #[test]
    fn a_line_is_completed_as_far_as_all_offers_agree() {
        let offers = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(completed("a, or", &offers(&["order.id", "order.total"])).unwrap(), "a, order.");
        assert_eq!(completed("order.", &offers(&["order.id", "order.total"])).unwrap(), "order.id");
        assert_eq!(completed("dur", &offers(&["record.durationMs"])).unwrap(), "record.durationMs");
        assert_eq!(completed("é,ü", &offers(&["ü日", "ü本"])).unwrap(), "é,ü日");
        assert_eq!(completed("x", &[]), None);
    }

    #[test]
    fn the_message_keeps_its_room_and_the_last_columns_give_way() {
        assert_eq!(columns(&[7, 90]).shares(100, 2), [7, WIDEST, 0, 0, 0, 0]);
        assert_eq!(columns(&[24, 7]).shares(56, 2), [12, 7, 0, 0, 0, 0], "even shares");
        assert_eq!(columns(&[7, 20, 2]).shares(40, 2), [4, 4, 0, 0, 0, 0], "the last one has none");
        assert_eq!(columns(&[7]).shares(27, 1), [0; MOST]);
    }

    #[test]
    fn a_column_only_grows() {
        let mut columns = columns(&[7, 3]);
        assert!(!columns.grow(&[5, 3]) && columns.grow(&[5, 4]));
        assert_eq!(columns.shares(100, 2), [7, 4, 0, 0, 0, 0]);
    }

    #[test]
    fn each_log_keeps_its_own() {
        let mut columns = columns(&[7]);
        columns.turn_to(vec![Text::known("/other")]);
        assert!(columns.chosen().is_empty());
        columns.turn_to(Vec::new());
        assert_eq!(columns.chosen().len(), 1);
    }
}
