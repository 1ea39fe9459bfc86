//! The history of a function: the runs of this session and, from disk, those of earlier ones, as one list.

use std::fmt;

use super::{Amount, Brief, Console, Record, Run, RunKey, Way};
use crate::aws::{Invocation, Text};
use crate::model::Pager;
use crate::model::msg::Ticket;
use crate::panes::Invokee;

/// Whose history: where it is filed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Whose {
    /// The function's ARN, which has account, region and name.
    pub arn: Text,
    /// The endpoint, if it is not AWS's own: emulators share an account number.
    pub endpoint: Option<Text>,
}

/// Something to be done with a history on disk.
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryAsk {
    /// Read it.
    Read(Whose),
    /// Add a run.
    Keep(Whose, Box<Record>),
}

/// What is on disk.
#[derive(Default)]
pub struct Past {
    /// The runs, oldest first.
    pub records: Vec<Record>,
    /// The lines that could not be read.
    pub skipped: usize,
}

impl Past {
    /// The tenants that its runs were for, the last one first.
    pub fn tenants(&self) -> impl Iterator<Item = String> {
        self.records.iter().rev().filter_map(|record| record.tenant().map(str::to_owned))
    }
}

impl fmt::Debug for Past {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Past").field("records", &self.records.len()).field("skipped", &self.skipped).finish()
    }
}

/// The list of runs while it is on the screen.
#[derive(Debug, Default)]
pub struct History {
    /// The request for what is on disk.
    pub asked: Option<Ticket>,
    /// What came of it.
    pub past: Option<Result<Past, String>>,
    /// The run under the cursor; the newest if it is `None`, or gone.
    pub chosen: Option<RunKey>,
    /// The runs that are marked for a comparison, at most two, the last one last.
    pub marks: Vec<RunKey>,
    /// The words that it is narrowed to.
    pub words: Pager,
    /// The run that another one is being chosen for, to be compared with.
    pub against: Option<Against>,
}

/// A run that another one is chosen for.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// Which.
    pub key: RunKey,
    /// It is a burst, which is compared with bursts alone; other runs with none.
    pub burst: bool,
}

impl Against {
    /// A run can be compared with it.
    fn suits(&self, brief: &Brief) -> bool {
        brief.key() != self.key && brief.is_burst() == self.burst
    }
}

/// Where a run of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is one of this session.
    Session(Ticket),
    /// The n-th of those from disk.
    Earlier(usize),
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the run is.
    pub origin: Origin,
    /// What it comes to.
    pub brief: Brief,
}

impl History {
    fn records(&self) -> &[Record] {
        match &self.past {
            Some(Ok(past)) => &past.records,
            _ => &[],
        }
    }

    /// The run of the list that is on disk.
    pub fn record(&self, n: usize) -> Option<&Record> {
        self.records().get(n)
    }

    /// Marks a run, or takes its mark away. Of three the first one is no longer marked.
    pub fn mark(&mut self, key: RunKey) {
        match self.marks.iter().position(|marked| *marked == key) {
            Some(place) => drop(self.marks.remove(place)),
            None => self.marks.push(key),
        }
        let surplus = self.marks.len().saturating_sub(2);
        self.marks.drain(..surplus);
    }

    /// The place of the cursor.
    pub fn cursor(&self, entries: &[Entry]) -> usize {
        let chosen = self.chosen.as_ref();
        entries.iter().position(|entry| Some(&entry.brief.key()) == chosen).unwrap_or(0)
    }

    /// Those of the runs that have the words it is narrowed to.
    pub fn narrowed(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let needles = self.words.needles();
        if !needles.is_empty() {
            entries.retain(|entry| entry.brief.has(&needles));
        }
        entries
    }
}

impl Console {
    /// The runs of the list, newest first, with the words that it is narrowed to.
    pub fn entries(&self, history: &History) -> Vec<Entry> {
        history.narrowed(self.all_entries(history))
    }

    /// The runs of the function, newest first; only those that suit the one that another is chosen for.
    pub fn all_entries(&self, history: &History) -> Vec<Entry> {
        let own = self.own_runs().map(|run| Entry { origin: Origin::Session(run.ticket), brief: Brief::of(run) });
        let mut entries: Vec<Entry> = own.collect();
        let ours: Vec<RunKey> = entries.iter().map(|entry| entry.brief.key()).collect();
        let earlier = history.records().iter().enumerate().rev();
        let earlier = earlier.filter(|(_, record)| !ours.contains(&record.brief.key()));
        entries.extend(earlier.map(|(n, record)| Entry { origin: Origin::Earlier(n), brief: record.brief.clone() }));
        entries.retain(|entry| history.against.as_ref().is_none_or(|against| against.suits(&entry.brief)));
        // Stable: what was sent at the same moment stays as it was filed.
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.brief.at));
        entries
    }

    /// Whom an earlier run invoked.
    pub fn invokee_at(&self, qualifier: Option<&Text>) -> Option<Invokee> {
        let here = self.invokee.as_ref()?;
        let same = here.qualifier.as_ref() == qualifier;
        Some(if same {
            here.clone()
        } else {
            Invokee { qualifier: qualifier.cloned(), timeout: None, versions: Vec::new(), ..here.clone() }
        })
    }

    /// What a run of the list sent, and to whom.
    ///
    /// # Errors
    /// In a sentence, when its payload is not here any more.
    pub fn sent_by(&self, history: &History, entry: &Entry) -> Result<(Invokee, Invocation), String> {
        const GONE: &str = "this run is not here any more";
        match entry.origin {
            Origin::Session(ticket) => {
                let run = self.own_runs().find(|run| run.ticket == ticket).ok_or(GONE)?;
                if run.invocation.payload.len() != run.sent {
                    return Err("the payload of this run is not in memory any more: too many came after it".to_owned());
                }
                Ok((run.invokee.clone(), run.invocation.clone()))
            }
            Origin::Earlier(n) => {
                let record = history.record(n).ok_or(GONE)?;
                let invokee = self.invokee_at(record.brief.qualifier.as_ref()).ok_or(GONE)?;
                let invocation = record.invocation(&invokee.function.arn)?;
                Ok((invokee, invocation))
            }
        }
    }

    /// How large a burst of the list was; `None` for other runs.
    pub fn amount_of(&self, history: &History, entry: &Entry) -> Option<Amount> {
        let tally = match entry.origin {
            Origin::Session(ticket) => self.own_runs().find(|run| run.ticket == ticket)?.burst().map(|it| &it.tally),
            Origin::Earlier(n) => history.record(n)?.tally(),
        };
        tally.map(|tally| Amount { runs: tally.runs, at_once: tally.at_once })
    }

    /// Shows a run of this session.
    pub fn show(&mut self, ticket: Ticket) {
        self.earlier = None;
        self.shown = Some(ticket);
        self.ask = None;
        if let Some(run) = self.run_mut() {
            run.unseen = false;
        }
    }

    /// Shows a run of an earlier session.
    pub fn show_earlier(&mut self, run: Run) {
        self.earlier = Some(Box::new(run));
        self.ask = None;
    }

    /// The place of the run on show among those of the session, the oldest being the first, and how many there are;
    /// nothing of the newest one.
    pub fn place(&self) -> Option<(usize, usize)> {
        let (shown, count) = (self.run()?.ticket, self.own_runs().count());
        let newer = self.own_runs().position(|run| run.ticket == shown).filter(|newer| *newer > 0)?;
        Some((count - newer, count))
    }

    /// The run on show was sent another payload than the one in the editor, as far as that is known.
    pub fn sent_other(&self) -> bool {
        let (Some(run), payload) = (self.run(), self.payload().as_bytes()) else { return false };
        let known = run.invocation.payload.len() == run.sent;
        run.sent != payload.len() || (known && *run.invocation.payload != *payload)
    }

    /// The run on show is one of an earlier session.
    pub fn shows_earlier(&self) -> bool {
        self.earlier.is_some()
    }

    /// Takes over what a run sent and how, to be edited.
    pub fn take_over(&mut self, invokee: Invokee, invocation: &Invocation, name: Text) {
        self.turn_to(invokee);
        self.load(name, &String::from_utf8_lossy(&invocation.payload));
        if let Some(request) = self.request_mut() {
            request.way = Way::of(invocation);
        }
    }
}
