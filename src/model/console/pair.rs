//! A/B: the same payload to two versions or aliases at once, and both runs side by side.

use super::{Console, Line, Progress, Run, card};
use crate::aws::{LATEST, Text};
use crate::model::align::{Row, align};
use crate::model::json;
use crate::model::msg::Ticket;
use crate::model::{Model, Overlay};
use crate::panes::{bytes, grouped};

/// More lines of an answer are not laid out here, nor more of a line; the run itself has them.
const MOST: usize = 5_000;
const LONGEST: usize = 1_000;
/// Of an answer longer than this, in bytes, only so much is looked at: laying megabytes out would hold up a key.
const LOOKED_AT: usize = 512 * 1024;
/// From this height on a blank line stands between the cards and the answers.
const ROOMY: u16 = 20;
/// From this width on both stand side by side.
const BESIDE: u16 = 96;
/// The cells of a column that its card leaves blank, with the line between the two.
const MARGIN: usize = 4;

/// Two runs side by side. Each is a run like any other, too.
#[derive(Debug)]
pub struct Pair {
    /// The runs.
    pub runs: [Ticket; 2],
    /// The one that keys are about, 0 or 1; where there is room for one, it is that one.
    pub side: usize,
    /// The first line of the answers that is shown.
    pub scroll: usize,
    /// The answers, line beside line.
    pub rows: Vec<Row>,
    /// The lines of each.
    pub lines: [Vec<String>; 2],
    /// There is more to an answer than these lines.
    pub cut: bool,
    /// How they compare; `None` while one of them is on its way.
    pub likeness: Option<Likeness>,
    /// Which of them had ended when this was laid out.
    seen: [bool; 2],
}

/// How two answers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Byte for byte the same.
    Same,
    /// So many lines differ.
    Lines(usize),
    /// No line of those that are laid out differs, the bytes do: there is more to them, or they are laid out the same.
    Bytes,
    /// As far as they are in memory they are the same.
    SoFar,
    /// One has no answer, or it is not kept.
    NoAnswer,
}

impl Likeness {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Same => "the answers are the same".to_owned(),
            Self::Lines(1) => "1 line differs".to_owned(),
            Self::Lines(n) => format!("{} lines differ", grouped(i64::try_from(n).unwrap_or(i64::MAX))),
            Self::Bytes => "the answers differ, but not in what is shown".to_owned(),
            Self::SoFar => "no difference in what is kept".to_owned(),
            Self::NoAnswer => "there are no two answers to compare".to_owned(),
        }
    }
}

impl Pair {
    /// Two runs that were just sent.
    pub fn of(runs: [Ticket; 2]) -> Self {
        Self {
            runs,
            side: 0,
            scroll: 0,
            rows: Vec::new(),
            lines: [Vec::new(), Vec::new()],
            cut: false,
            likeness: None,
            seen: [false; 2],
        }
    }

    /// The run that keys are about.
    pub fn here(&self) -> Ticket {
        let [left, right] = self.runs;
        if self.side == 0 { left } else { right }
    }

    /// Lays the answers side by side, once each time one of them came.
    pub fn arrange(&mut self, console: &Console) {
        let ended = self.runs.map(|ticket| console.run_of(ticket).is_some_and(|run| !run.is_running()));
        if ended == self.seen {
            return;
        }
        self.seen = ended;
        let laid_out = self.runs.map(|ticket| console.run_of(ticket).map(lines).unwrap_or_default());
        let [(left, left_cut), (right, right_cut)] = laid_out;
        self.cut = left_cut || right_cut;
        self.lines = [left, right];
        let [left, right] = &self.lines;
        self.rows = if ended == [true, true] { align(left, right) } else { alone(left, right) };
        let differ = self.rows.iter().filter(|row| !row.same).count();
        self.likeness = (ended == [true, true]).then(|| console.likeness(self.runs, differ));
    }

    /// Both stand side by side in so many cells.
    pub fn is_beside(width: u16) -> bool {
        width >= BESIDE
    }
}

/// One answer while the other one is on its way: nothing differs yet.
fn alone(left: &[String], right: &[String]) -> Vec<Row> {
    let nth = |n: usize, lines: &[String]| (n < lines.len()).then_some(n);
    let most = left.len().max(right.len());
    (0..most).map(|n| Row { left: nth(n, left), right: nth(n, right), same: true }).collect()
}

/// What came back, in lines, and whether more came: JSON laid out, text as it is, of anything else the size.
fn lines(run: &Run) -> (Vec<String>, bool) {
    let Some(answer) = run.answer() else { return (Vec::new(), false) };
    let body = answer.body.bytes();
    let Ok(text) = std::str::from_utf8(body) else {
        let size = bytes(i64::try_from(body.len()).unwrap_or(i64::MAX));
        return (vec![format!("{}, {size}", answer.body.what())], true);
    };
    let seen = text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or(text);
    let lines = json::lay_out(seen).unwrap_or_else(|| seen.lines().map(str::to_owned).collect());
    let long = |line: &String| line.chars().nth(LONGEST).is_some();
    let cut = seen.len() < text.len() || lines.len() > MOST || lines.iter().any(long);
    let shown = lines.iter().take(MOST).map(|line| line.chars().take(LONGEST).collect::<String>());
    (shown.map(|line| Text::line(line).to_string()).collect(), cut)
}

impl Console {
    /// A run of this session by its number.
    pub fn run_of(&self, ticket: Ticket) -> Option<&Run> {
        self.runs.iter().find(|run| run.ticket == ticket)
    }

    /// How the answers of two runs compare, of which so many lines differ.
    fn likeness(&self, runs: [Ticket; 2], differ: usize) -> Likeness {
        let answers = runs.map(|ticket| match &self.run_of(ticket)?.progress {
            Progress::Answered(answer) if answer.forgotten.is_none() => Some(answer),
            _ => None,
        });
        let [Some(left), Some(right)] = answers else { return Likeness::NoAnswer };
        match differ {
            0 if left.size() != right.size() || left.body.bytes() != right.body.bytes() => Likeness::Bytes,
            0 if left.spill().or(right.spill()).is_some() => Likeness::SoFar,
            0 => Likeness::Same,
            differ => Likeness::Lines(differ),
        }
    }

    /// What both runs of the last A/B of the function are called, if they are still here.
    pub fn last_pair(&self) -> Option<([Ticket; 2], String)> {
        let pair = self.pair?;
        let name = |ticket| {
            let run = self.own_runs().find(|run| run.ticket == ticket)?;
            Some(run.invokee.qualifier.clone().unwrap_or(Text::known(LATEST)))
        };
        let [left, right] = pair.map(name);
        Some((pair, format!("{} and {}", left?, right?)))
    }
}

impl Model {
    /// The run cards above the answers, as far as these keep most of the room.
    pub fn pair_cards(&self) -> [Vec<Line>; 2] {
        let width = self.size.width / if Pair::is_beside(self.size.width) { 2 } else { 1 };
        let width = usize::from(width).saturating_sub(MARGIN);
        let most = usize::from(self.size.height) / 3;
        let lines = |ticket| {
            let mut lines = self.console.run_of(ticket).map(|run| card(run, width)).unwrap_or_default();
            lines.truncate(most);
            lines
        };
        self.pair().map(|pair| pair.runs.map(lines)).unwrap_or_default()
    }

    /// How many lines stand above the answers: whom they are of, the cards, and a blank one where there is room.
    pub fn pair_head(&self, cards: &[Vec<Line>; 2]) -> usize {
        let longest = cards.iter().map(Vec::len).max().unwrap_or(0);
        1 + longest + usize::from(self.size.height >= ROOMY)
    }

    /// The pair that is on the screen, under whatever lies on it.
    pub fn pair(&self) -> Option<&Pair> {
        self.overlays.iter().rev().find_map(|overlay| match overlay {
            Overlay::Console(super::Sheet::Pair(pair)) => Some(pair),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::tests::{console, run};
    use super::*;

    #[test]
    fn all_bytes_are_compared_however_much_is_laid_out() {
        let mut console = console();
        for (number, size) in [(1, 2 * LOOKED_AT), (2, 2 * LOOKED_AT), (3, 2 * LOOKED_AT + 1)] {
            run(&mut console, number, size);
        }
        let likeness = |left, right| {
            let mut pair = Pair::of([Ticket::test(left), Ticket::test(right)]);
            pair.arrange(&console);
            (pair.likeness, pair.cut)
        };
        assert_eq!(likeness(1, 2), (Some(Likeness::Same), true));
        assert_eq!(likeness(1, 3), (Some(Likeness::Bytes), true));
        assert_eq!(likeness(1, 9), (None, true), "one of them is not here");
    }
}
