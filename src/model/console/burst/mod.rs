//! A burst: the same invocation many times, some of them at once, and what came of them in numbers.
//!
//! It is a run among the others: it belongs to its function, stands in the history as one line, and goes on while
//! other things are on the screen. No answers are kept but the messages of the first failures.

mod histogram;
mod panel;
mod plan;
mod tally;

use std::collections::HashMap;
use std::time::Duration;

use super::{Answer, Console, Live, Progress, Run, Scrolled, Site, WholeLog};
use crate::aws::{Invocation, Kind, Problem, Text};
use crate::model::msg::{Now, Ticket};
use crate::panes::Invokee;

pub use panel::panel;
pub use plan::{Amount, Plan};
pub use tally::Tally;

/// So many of the first failures keep what they said.
const FAILURES: usize = 3;

/// A burst that runs or has run.
#[derive(Debug, Default)]
pub struct Burst {
    /// What has come of it.
    pub tally: Tally,
    /// What the first failures said, each with the number of its run, from 1. Not kept on disk.
    pub failures: Vec<(u32, String)>,
    /// The histogram shows the round trips, not what Lambda reported.
    pub trips: bool,
    /// The runs on their way: their number, and when each was sent.
    flights: HashMap<Ticket, (u32, Duration)>,
}

impl Burst {
    /// One that is about to begin.
    pub fn of(amount: Amount) -> Self {
        let Amount { runs, at_once } = amount;
        Self { tally: Tally { runs, at_once, ..Tally::default() }, ..Self::default() }
    }

    /// One of an earlier session.
    pub fn past(tally: Tally) -> Self {
        Self { tally, ..Self::default() }
    }

    /// How many are on their way.
    pub fn aloft(&self) -> usize {
        self.flights.len()
    }

    /// One more is to be sent now.
    pub fn wants(&self) -> bool {
        let Tally { runs, at_once, sent, stopped, .. } = &self.tally;
        stopped.is_none() && sent < runs && self.flights.len() < usize::try_from(*at_once).unwrap_or(usize::MAX)
    }

    /// Nothing is on its way, and nothing is to be sent.
    pub fn is_over(&self) -> bool {
        self.flights.is_empty() && !self.wants()
    }

    /// Nothing more is sent from now on. The first reason stays.
    pub fn stop(&mut self, why: &str) {
        if self.tally.sent < self.tally.runs {
            self.tally.stopped.get_or_insert_with(|| Text::line(why));
        }
    }

    /// Notes that one was sent.
    pub fn send(&mut self, ticket: Ticket, now: Duration) {
        self.tally.sent += 1;
        self.flights.insert(ticket, (self.tally.sent, now));
    }

    /// Takes in what came of one. `begun`: when the burst began.
    fn take(&mut self, ticket: Ticket, answer: &Result<Box<Answer>, Problem>, begun: Duration, now: Duration) {
        let Some((number, sent)) = self.flights.remove(&ticket) else { return };
        self.tally.took = milliseconds(now.saturating_sub(begun));
        let said = match answer {
            Ok(answer) => {
                self.tally.answered(answer, now.saturating_sub(sent));
                answer.function_error.as_ref().map(|error| {
                    answer.failure.as_ref().map_or_else(|| error.to_string(), super::failure::Failure::sentence)
                })
            }
            Err(problem) => {
                self.tally.failed(problem);
                if is_hopeless(problem.kind) {
                    self.stop("AWS would refuse the others too");
                }
                (problem.kind != Kind::Throttled).then(|| problem.brief())
            }
        };
        if let Some(said) = said.filter(|_| self.failures.len() < FAILURES) {
            // One line each: the whole is in the log of the function.
            self.failures.push((number, said.lines().next().unwrap_or_default().to_owned()));
        }
    }

    /// Waits no longer for those on their way; gives their tickets.
    fn abandon(&mut self) -> Vec<Ticket> {
        self.tally.not_awaited += u32::try_from(self.flights.len()).unwrap_or(u32::MAX);
        self.flights.drain().map(|(ticket, _)| ticket).collect()
    }
}

/// What AWS says to one it would say to all: sending on would only cost.
fn is_hopeless(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Denied
            | Kind::Expired
            | Kind::NoCredentials
            | Kind::Missing
            | Kind::Invalid
            | Kind::Unsupported
            | Kind::ReadOnly
            | Kind::Panicked
    )
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Console {
    /// Notes that a burst began.
    pub fn begin_burst(&mut self, ticket: Ticket, invokee: Invokee, invocation: Invocation, amount: Amount, now: Now) {
        let burst = Progress::Burst(Box::new(Burst::of(amount)));
        let site = self.site.clone();
        self.file(Run { progress: burst, ..Run::sent(ticket, site, invokee, invocation, now) });
    }

    /// The burst with that number, and what it sends.
    pub fn burst_mut(&mut self, ticket: Ticket) -> Option<(&mut Burst, &Invocation)> {
        let run = self.runs.iter_mut().find(|run| run.ticket == ticket)?;
        match &mut run.progress {
            Progress::Burst(burst) => Some((burst, &run.invocation)),
            _ => None,
        }
    }

    /// The burst on show, of this session or an earlier one.
    pub fn burst_on_show(&mut self) -> Option<&mut Burst> {
        match &mut self.run_mut()?.progress {
            Progress::Burst(burst) => Some(burst),
            _ => None,
        }
    }

    /// Takes in what came of one run of a burst; gives the number of the burst.
    pub fn burst_answered(
        &mut self,
        ticket: Ticket,
        answer: &Result<Box<Answer>, Problem>,
        now: Now,
    ) -> Option<Ticket> {
        let holds = |run: &&mut Run| run.burst().is_some_and(|burst| burst.flights.contains_key(&ticket));
        let run = self.runs.iter_mut().find(holds)?;
        let begun = run.started.since;
        if let Progress::Burst(burst) = &mut run.progress {
            burst.take(ticket, answer, begun, now.since);
        }
        Some(run.ticket)
    }

    /// Notes the end of a burst that is over. `false`: it goes on, or had ended before.
    pub fn end_burst(&mut self, ticket: Ticket, now: Now) -> bool {
        let over =
            |run: &&mut Run| run.ticket == ticket && run.ended.is_none() && run.burst().is_some_and(Burst::is_over);
        let Some(run) = self.runs.iter_mut().find(over) else { return false };
        run.ended = Some(now);
        true
    }

    /// The burst of the function that is on its way, if any.
    pub fn burst_on_its_way(&self) -> Option<Ticket> {
        self.own_runs().find(|run| run.is_running() && run.burst().is_some()).map(|run| run.ticket)
    }

    /// Stops every burst on its way: what they would send next would go to another session.
    pub fn stop_bursts(&mut self, why: &str, now: Now) {
        let tickets: Vec<Ticket> = self.runs.iter().filter(|run| run.is_running()).map(|run| run.ticket).collect();
        for ticket in tickets {
            if let Some((burst, _)) = self.burst_mut(ticket) {
                burst.stop(why);
            }
            self.end_burst(ticket, now);
        }
    }

    /// Stops the burst on show, or, if it was stopped before, stops waiting for what is on its way. `None`: there is
    /// no burst on its way.
    pub fn halt_burst(&mut self, now: Now) -> Option<Halt> {
        let ticket = self.run().filter(|run| run.is_running() && run.burst().is_some())?.ticket;
        let (burst, _) = self.burst_mut(ticket)?;
        let again = burst.tally.stopped.is_some() || burst.tally.sent >= burst.tally.runs;
        let halt = if again {
            Halt::Abandoned(burst.abandon())
        } else {
            burst.stop("you stopped it");
            Halt::Stopped(burst.aloft())
        };
        self.end_burst(ticket, now);
        Some(halt)
    }
}

/// What became of a burst that was told to stop.
#[derive(Debug, PartialEq, Eq)]
pub enum Halt {
    /// Nothing more is sent; so many are on their way.
    Stopped(usize),
    /// Nobody waits for these any more.
    Abandoned(Vec<Ticket>),
}

impl Run {
    /// The burst that it is.
    pub fn burst(&self) -> Option<&Burst> {
        match &self.progress {
            Progress::Burst(burst) => Some(burst),
            _ => None,
        }
    }

    /// A run that was just sent.
    pub(super) fn sent(ticket: Ticket, site: Site, invokee: Invokee, invocation: Invocation, now: Now) -> Self {
        let live = (invocation.kind == crate::aws::InvocationType::ResponseStream).then(Live::default);
        Self {
            ticket,
            site,
            invokee,
            sent: invocation.payload.len(),
            invocation,
            started: now,
            ended: None,
            progress: Progress::Running,
            whole_log: WholeLog::default(),
            live,
            scrolled: Scrolled::default(),
            kept: false,
            unseen: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn failed(kind: Kind) -> Result<Box<Answer>, Problem> {
        Err(Problem::new(kind, Text::known("invoke f"), Text::known("no"), Text::known("wait")))
    }

    #[test]
    fn no_more_are_on_their_way_than_were_wanted_at_once() {
        let mut burst = Burst::of(Amount { runs: 3, at_once: 2 });
        for n in 1..=2 {
            assert!(burst.wants());
            burst.send(Ticket::test(n), at(0));
        }
        assert!(!burst.wants());
        burst.take(Ticket::test(1), &failed(Kind::Throttled), at(0), at(5));
        burst.take(Ticket::test(1), &failed(Kind::Throttled), at(0), at(5));
        assert!(burst.wants() && !burst.is_over());
        burst.send(Ticket::test(3), at(5));
        burst.take(Ticket::test(2), &failed(Kind::OutcomeUnknown), at(0), at(7));
        assert!(!burst.wants(), "all were sent");
        burst.take(Ticket::test(3), &failed(Kind::Other), at(0), at(9));
        let Tally { throttled, unknown, sent, took, .. } = burst.tally;
        assert_eq!((throttled, unknown, sent, took), (1, 1, 3, 9));
        assert_eq!(burst.failures.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn what_is_refused_once_is_not_tried_again_and_again() {
        let mut burst = Burst::of(Amount { runs: 100, at_once: 1 });
        burst.send(Ticket::test(1), at(0));
        burst.take(Ticket::test(1), &failed(Kind::Denied), at(0), at(5));
        assert!(burst.is_over() && burst.tally.stopped.is_some());
    }
}
