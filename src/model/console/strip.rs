//! The last runs of the function in one line: which of them have room, and where they stand.

use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr as _;

use super::{Brief, Part, Places, Run};
use crate::aws::{InvocationType, LATEST};
use crate::keys::{self, Action, Console as Key, Context};
use crate::model::{Model, Offer, Ticket};
use crate::panes::Tone;

/// What can be done with runs, the most telling first.
const WAYS: [(Action, &str); 4] = [
    (Action::Compare, "diff with…"),
    (Action::Console(Key::Both), "A/B"),
    (Action::Console(Key::Burst), "burst"),
    (Action::Console(Key::History), "history"),
];
/// The cells before the runs: their heading.
const LEAD: usize = 7;
/// The cells of a sign before a run, and of the gap behind it; so many a sign takes that there are more runs.
const SIGN: usize = 2;

/// The line.
#[derive(Debug, Default)]
pub struct Strip {
    /// The runs that have room, the newest first, the one on show among them.
    pub runs: Vec<Shown>,
    /// There are newer ones to the left, older ones to the right.
    pub more: (bool, bool),
    /// Keys and words of what can be done with them, at the right, and whether it can be now.
    pub ways: Vec<(&'static str, &'static str, bool)>,
}

/// A run of the line.
#[derive(Debug)]
pub struct Shown {
    /// Which.
    pub ticket: Ticket,
    /// The first cell of its sign, from the left edge of the line.
    pub x: usize,
    /// The cells it takes with its sign, without the gap behind it.
    pub width: usize,
    /// How it ended.
    pub tone: Tone,
    /// When and whom.
    pub words: String,
    /// It is the one on show.
    pub on_show: bool,
}

impl Model {
    /// The line in so many cells.
    pub fn strip(&self, width: u16) -> Strip {
        let context = if self.console.part == Part::Request { Context::Editor } else { Context::Console };
        let ways = WAYS.into_iter().filter_map(|(action, word)| {
            let open = self.offer(action) == Offer::Open;
            Some((keys::key_for(context, action)?, word, open))
        });
        let ways: Vec<_> = ways.collect();
        let taken: usize = ways.iter().map(|(key, word, _)| key.width() + word.width() + 3).sum();
        let room = usize::from(width).saturating_sub(taken + LEAD + 2);
        let runs: Vec<&Run> = self.console.own_runs().collect();
        let shown = self.console.run().map(|run| run.ticket);
        let at = runs.iter().position(|run| Some(run.ticket) == shown).unwrap_or(0);
        let words: Vec<String> = (0..runs.len()).map(|n| words(&runs, n)).collect();
        let widths: Vec<usize> = words.iter().map(|words| words.width() + 2 * SIGN).collect();
        let (first, count) = window(&widths, at, room);
        let more = (first > 0, first + count < runs.len());
        let mut x = LEAD + if more.0 { SIGN } else { 0 };
        let place = |(n, (run, words)): (usize, (&&Run, String))| {
            let (tone, _) = Brief::of(run).outcome();
            let (start, width) = (x, words.width() + SIGN);
            x += width + SIGN;
            Shown { ticket: run.ticket, x: start, width, tone, words, on_show: n == at && shown == Some(run.ticket) }
        };
        let runs = runs.iter().zip(words).enumerate().skip(first).take(count).map(place).collect();
        Strip { runs, more, ways }
    }

    /// The run of the line that is at a cell of the screen.
    pub fn run_in_strip(&self, places: &Places, x: u16, y: u16) -> Option<Ticket> {
        let line = places.runs.contains(Position { x, y }).then_some(places.runs)?;
        let x = usize::from(x - line.x);
        let run = self.strip(line.width).runs.into_iter().find(|run| (run.x..run.x + run.width).contains(&x));
        run.map(|run| run.ticket)
    }
}

/// When a run was sent, and whom it invoked; with seconds where another run was sent in the same minute.
fn words(runs: &[&Run], n: usize) -> String {
    let Some(run) = runs.get(n) else { return String::new() };
    let minute = |run: &Run| run.started.wall.timestamp().div_euclid(60);
    let beside = [n.checked_sub(1), n.checked_add(1)].into_iter().flatten().filter_map(|n| runs.get(n));
    let crowded = beside.into_iter().any(|other| minute(other) == minute(run));
    let brief = Brief::of(run);
    let whom = brief.qualifier.as_deref().or(brief.version.as_deref()).unwrap_or(LATEST);
    let what = match (run.burst(), brief.kind) {
        (Some(_), _) => " burst",
        (None, InvocationType::Event) => " event",
        (None, InvocationType::DryRun) => " dry run",
        (None, InvocationType::RequestResponse | InvocationType::ResponseStream) => "",
    };
    format!("{} {whom}{what}", brief.at.format(if crowded { "%H:%M:%S" } else { "%H:%M" }))
}

/// The first of those with these widths that is shown, and how many are: the one on show is among them, and as many
/// newer ones as there is room for.
fn window(widths: &[usize], at: usize, room: usize) -> (usize, usize) {
    let counted = |first: usize| {
        let rest = widths.get(first..).unwrap_or_default();
        let room = room.saturating_sub(if first > 0 { SIGN } else { 0 });
        let fitting = |room: usize| {
            let ends = rest.iter().scan(0, |end, width| {
                *end += width;
                Some(*end)
            });
            ends.take_while(|end| *end <= room).count()
        };
        // The sign that there are older ones needs room too.
        if fitting(room) == rest.len() { rest.len() } else { fitting(room.saturating_sub(SIGN)) }
    };
    let first = (0..=at).find(|first| first + counted(*first) > at).unwrap_or(at);
    (first, counted(first))
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_run_on_show_has_room_with_as_many_newer_ones_as_there_can_be() {
        let widths = [10; 6];
        assert_eq!(window(&widths, 0, 60), (0, 6));
        assert_eq!(window(&widths, 5, 60), (0, 6));
        assert_eq!(window(&widths, 0, 40), (0, 3), "the fourth would leave no room for the sign of more");
        assert_eq!(window(&widths, 3, 40), (1, 3));
        assert_eq!(window(&widths, 5, 40), (3, 3));
        assert_eq!(window(&widths, 5, 5), (5, 0));
        assert_eq!(window(&[], 0, 40), (0, 0));
    }
}
