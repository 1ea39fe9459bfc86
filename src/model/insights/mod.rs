//! `CloudWatch` Logs Insights: what is asked of which log groups, and what was found.

mod ask;
mod export;
mod kept;
mod layout;
mod picks;
mod ready;
mod record;
mod results;
mod run;
mod words;

use super::editor::Editor;
use super::logs::range;
use super::msg::Ticket;
use super::offer::Offer;
use super::slot::Slot;
use super::table::TableView;
use crate::aws::insights::{Flaw, GroupSize, MOST_GROUPS, Query};
use crate::aws::{Problem, Text};
use crate::keys::{Action, Context, Insights as Key};

pub use ask::{InsightsAsk, InsightsTold, Line, Wanted};
pub use export::{csv, json};
pub use kept::{Kept, KeptAsk, KeptQueries, Whose};
pub use layout::Places;
pub use picks::{Pick, Picker, Picks, picks};
pub use ready::ready;
pub use record::Record;
pub use results::Results;
pub use run::{Run, Stage};
pub use words::{parts, place};

/// A part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// The query being edited.
    #[default]
    Query,
    /// What was found.
    Results,
}

/// Log groups to ask, and whose they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Targets {
    /// The log groups, each once.
    pub groups: Vec<Text>,
    /// The functions they are of; a group by itself is called by its own name.
    pub names: Vec<Text>,
}

impl Targets {
    /// Adds a log group, once.
    pub fn add(&mut self, name: Text, group: Text) {
        if !self.groups.contains(&group) {
            self.groups.push(group);
        }
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }
}

/// The state of the room.
#[derive(Debug)]
pub struct Insights {
    /// Whom it is about.
    pub targets: Targets,
    /// The query.
    pub editor: Editor,
    /// The range of time, as it was typed: `1h`.
    pub range: String,
    /// The part that has the keyboard.
    pub part: Part,
    /// One part fills the screen.
    pub full: bool,
    /// The query that was sent last.
    pub run: Option<Run>,
    /// The one before it, until the last one runs: what is not understood takes no results away.
    pub before: Option<Run>,
    /// A query that may cost much was to be sent, at that revision: a second press sends it.
    pub warned: Option<u64>,
    /// What AWS does not understand in the query, and of which revision of the text.
    pub flaw: Option<(u64, Flaw)>,
    /// How what was found is looked at.
    pub table: TableView,
    /// The line that is being typed.
    pub line: Option<Line>,
    /// One row in full.
    pub record: Option<Record>,
    /// How much the log groups hold.
    pub sizes: Slot<Vec<GroupSize>>,
    /// Queries that were given up before their number was known: stopped as soon as it is.
    pub given_up: Vec<Ticket>,
    /// Earlier queries.
    pub kept: KeptQueries,
}

/// The range at the beginning.
pub const FIRST_RANGE: &str = "1h";

impl Default for Insights {
    fn default() -> Self {
        Self {
            targets: Targets::default(),
            editor: Editor::default(),
            range: FIRST_RANGE.to_owned(),
            part: Part::Query,
            full: false,
            run: None,
            before: None,
            warned: None,
            flaw: None,
            table: TableView::default(),
            line: None,
            record: None,
            sizes: Slot::default(),
            given_up: Vec::new(),
            kept: KeptQueries::default(),
        }
    }
}

impl Insights {
    /// Turns to other log groups. The query stays; what was found is of those before. Gives what was asked about those
    /// before and is not needed any more.
    pub fn turn_to(&mut self, targets: Targets) -> Option<Ticket> {
        self.part = Part::Query;
        self.full = false;
        (self.line, self.record) = (None, None);
        if self.targets == targets {
            return None;
        }
        // Not before the room is opened: the first frame of the program would wait for the queries to be read.
        if let Some(first) = ready().first().filter(|_| self.targets.groups.is_empty() && self.editor.text().is_empty())
        {
            self.editor = Editor::new(first.text.clone());
        }
        self.targets = targets;
        (self.run, self.before, self.flaw) = (None, None, None);
        self.table = TableView::new(None);
        let asked = self.sizes.cancel();
        self.sizes = Slot::default();
        asked
    }

    /// Another session begins: the query stays, all that is of the other account goes.
    pub fn leave(&mut self) {
        let (editor, range) = (std::mem::take(&mut self.editor), std::mem::take(&mut self.range));
        *self = Self { editor, range, ..Self::default() };
    }

    /// Puts a query in; undo brings the old one back.
    pub fn put(&mut self, text: &str) {
        self.editor.set(text);
        self.part = Part::Query;
    }

    /// What went wrong last: with the query, or before the first one with how much the log groups hold.
    pub fn problem(&self) -> Option<&Problem> {
        match &self.run {
            Some(Run { stage: Stage::Refused(problem), .. }) => Some(problem),
            Some(run) => run.results.problem(),
            None => self.sizes.problem(),
        }
    }

    /// The flaw of the query as it stands.
    pub fn flaw(&self) -> Option<&Flaw> {
        self.flaw.as_ref().filter(|(revision, _)| *revision == self.editor.revision()).map(|(_, flaw)| flaw)
    }

    /// The query that would be sent now.
    ///
    /// # Errors
    /// In a sentence: why it cannot be sent.
    pub fn query(&self, now: chrono::DateTime<chrono::Utc>) -> Result<Query, String> {
        // A group that is known not to exist would fail the query for all others.
        let there = |group: &&Text| !self.missing().any(|missing| missing == *group);
        let some: Vec<Text> = self.targets.groups.iter().filter(there).cloned().collect();
        let groups = if some.is_empty() { self.targets.groups.clone() } else { some };
        if groups.is_empty() {
            return Err("no log group is chosen: go to a function and press Q".to_owned());
        }
        if groups.len() > MOST_GROUPS {
            return Err(format!("{} log groups are more than a query may ask: {MOST_GROUPS} at most", groups.len()));
        }
        if self.editor.text().trim().is_empty() {
            return Err("the query is empty: ctrl-o offers some that come along".to_owned());
        }
        let range = range::parse(&self.range, &now)?;
        let (from, to) = (range.from, range.to.unwrap_or(now).min(now));
        Ok(Query { groups, from: from.timestamp(), to: to.timestamp(), text: self.editor.text().to_owned() })
    }

    /// The bytes that the log groups hold; `None` while that is not known.
    pub fn stored(&self) -> Option<i64> {
        let sizes = self.sizes.answer()?;
        Some(sizes.iter().filter_map(|size| size.stored).fold(0_i64, i64::saturating_add))
    }

    /// Log groups that do not exist.
    pub fn missing(&self) -> impl Iterator<Item = &Text> {
        self.sizes.answer().into_iter().flatten().filter(|size| size.stored.is_none()).map(|size| &size.group)
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        match self.part {
            _ if self.line.is_some() => Context::Line,
            Part::Results if self.record.is_some() => Context::Record,
            Part::Results => Context::Results,
            Part::Query => Context::Query,
        }
    }

    /// How the footer offers what a key means on the rows.
    pub fn offer(&self, action: Action) -> Offer {
        let rows = self.found().is_some_and(|found| !found.rows.is_empty());
        let runs = self.run.as_ref().is_some_and(Run::goes_on);
        let offered = match action {
            Action::Insights(Key::Stop) => runs,
            Action::Open | Action::Filter | Action::Sort => rows,
            Action::Insights(Key::Save | Key::CopyRow) => rows,
            _ => true,
        };
        if offered { Offer::Open } else { Offer::Absent }
    }

    /// What was found by the last query.
    pub fn found(&self) -> Option<&Results> {
        self.run.as_ref()?.found()
    }
}

/// Whether a range can be read.
///
/// # Errors
/// In a sentence.
pub fn check_range(text: &str, now: chrono::DateTime<chrono::Utc>) -> Result<(), String> {
    range::parse(text, &now).map(drop)
}
