//! A/B: the same payload to two versions or aliases at once, and both runs side by side.

use super::{Console, Progress, Run, card};
use crate::aws::Text;
use crate::model::align::{Row, align};
use crate::model::json;
use crate::model::msg::Ticket;
use crate::model::{Model, Overlay};
use crate::panes::bytes;

/// More lines of an answer are not laid out here, nor more of a line; the run itself has them.
const MOST: usize = 5_000;
const LONGEST: usize = 1_000;
/// Of an answer longer than this, in bytes, only so much is looked at: laying megabytes out would hold up a key.
const LOOKED_AT: usize = 512 * 1024;
/// From this height on a blank line stands between the cards and the answers.
const ROOMY: u16 = 20;
/// From this width on both stand side by side.
const BESIDE: u16 = 96;

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
    /// Which of them had ended when this was laid out.
    seen: [bool; 2],
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
    }

    /// How many rows differ; `None` while there is nothing to compare.
    pub fn differences(&self) -> Option<usize> {
        (self.seen == [true, true]).then(|| self.rows.iter().filter(|row| !row.same).count())
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
    let Progress::Answered(answer) = &run.progress else { return (Vec::new(), false) };
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

    /// What both runs of the last A/B of the function are called, if they are still here.
    pub fn last_pair(&self) -> Option<([Ticket; 2], String)> {
        let pair = self.pair?;
        let name = |ticket| {
            let run = self.own_runs().find(|run| run.ticket == ticket)?;
            Some(run.invokee.qualifier.clone().unwrap_or(Text::known("$LATEST")))
        };
        let [left, right] = pair.map(name);
        Some((pair, format!("{} and {}", left?, right?)))
    }
}

impl Model {
    /// How many lines of the run cards are shown: those of the longer one, as far as the answers keep most of the room.
    pub fn pair_cards(&self) -> usize {
        let lines = |ticket| self.console.run_of(ticket).map_or(0, |run| card(run, "").len());
        let most = self.pair().map_or(0, |pair| pair.runs.map(lines).into_iter().max().unwrap_or(0));
        most.min(usize::from(self.size.height) / 3)
    }

    /// How many lines stand above the answers: whom they are of, the cards, and a blank one where there is room.
    pub fn pair_head(&self) -> usize {
        1 + self.pair_cards() + usize::from(self.size.height >= ROOMY)
    }

    /// The pair that is on the screen, under whatever lies on it.
    pub fn pair(&self) -> Option<&Pair> {
        self.overlays.iter().rev().find_map(|overlay| match overlay {
            Overlay::Console(super::Sheet::Pair(pair)) => Some(pair),
            _ => None,
        })
    }
}
