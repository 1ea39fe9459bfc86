//! The runs there were, each filed under the function it was started for.

use std::sync::Arc;

use super::super::msg::{Now, Ticket};
use super::{Answer, Burst, Console, Live, LogText, Scrolled, Site, WholeLog, call_failed};
use crate::aws::{Invocation, InvocationType, Kind, Problem, Report};
use crate::panes::Invokee;

/// The most bytes of payloads that are kept for runs of before.
const KEPT: usize = 64 * 1024 * 1024;
/// How many runs are remembered.
const REMEMBERED: usize = 100;

/// How a run stands.
#[derive(Debug)]
pub enum Progress {
    /// Sent; no answer yet.
    Running,
    /// The call succeeded; the function itself may have failed.
    Answered(Box<Answer>),
    /// The call failed.
    Failed(Problem),
    /// The person stopped waiting; the function goes on.
    Abandoned,
    /// It is many runs: on their way, or ended.
    Burst(Box<Burst>),
}

/// One invocation. It belongs to the function it was started for, whatever is chosen later.
#[derive(Debug)]
pub struct Run {
    /// Its number; also the ticket of the request.
    pub ticket: Ticket,
    /// Where it was sent: the session may be another one by now.
    pub site: Site,
    /// Whom it invoked.
    pub invokee: Invokee,
    /// What was sent.
    pub invocation: Invocation,
    /// When it was sent.
    pub started: Now,
    /// When the answer came.
    pub ended: Option<Now>,
    /// How it stands.
    pub progress: Progress,
    /// Its complete log.
    pub whole_log: WholeLog,
    /// What has come of its answer, while that comes in pieces.
    pub live: Option<Live>,
    /// How far what is said of it is scrolled.
    pub scrolled: Scrolled,
    /// The bytes of its payload, which may have been forgotten since.
    pub sent: usize,
    /// It was handed over to be kept on disk.
    pub kept: bool,
    /// It ended while something else was on the screen, and was not looked at since.
    pub unseen: bool,
}

impl Console {
    /// Notes that a run was sent.
    pub fn start(&mut self, ticket: Ticket, invocation: Invocation, now: Now) {
        if let Some(invokee) = self.invokee.clone() {
            self.start_for(ticket, invokee, invocation, now);
        }
    }

    /// The same for one that is not the chosen one.
    pub fn start_for(&mut self, ticket: Ticket, invokee: Invokee, invocation: Invocation, now: Now) {
        self.file(Run::sent(ticket, self.site.clone(), invokee, invocation, now));
    }

    /// Files a run that was just sent, and shows it.
    pub(super) fn file(&mut self, run: Run) {
        if self.runs.len() >= REMEMBERED {
            let oldest = self.runs.iter().position(|run| !run.is_running());
            oldest.map(|oldest| self.runs.remove(oldest));
        }
        self.forget_payloads(run.sent);
        self.runs.push(run);
        self.earlier = None;
        self.shown = None;
        self.ask = None;
    }

    /// Forgets the oldest payloads, so that those of before and another one take no more than they may.
    fn forget_payloads(&mut self, another: usize) {
        let mut room = KEPT.saturating_sub(another);
        // What a burst goes on sending is needed.
        for run in self.runs.iter_mut().rev().filter(|run| !run.is_running()) {
            match room.checked_sub(run.invocation.payload.len()) {
                Some(left) => room = left,
                None => run.invocation.payload = Arc::default(),
            }
        }
    }

    /// The tenants that runs of the function were for, the last one first, each once.
    pub fn tenants(&self) -> Vec<String> {
        let mut tenants: Vec<String> = Vec::new();
        for tenant in self.own_runs().filter_map(|run| run.invocation.tenant.as_ref()) {
            if !tenants.contains(tenant) {
                tenants.push(tenant.clone());
            }
        }
        tenants
    }

    /// Takes in what came of a streamed answer, whatever is on the screen.
    pub fn stream(&mut self, ticket: Ticket, news: u64, shown: &[u8], now: Now) {
        let run = self.runs.iter_mut().find(|run| run.ticket == ticket && matches!(run.progress, Progress::Running));
        if let Some(live) = run.and_then(|run| run.live.as_mut()) {
            live.take(news, shown, now);
        }
    }

    /// Files an answer under its run, whatever is on the screen. `false`: no such run.
    pub fn finish(&mut self, ticket: Ticket, answer: Result<Box<Answer>, Problem>, now: Now) -> bool {
        let Some(run) = self.runs.iter_mut().find(|run| run.ticket == ticket) else { return false };
        if matches!(run.progress, Progress::Abandoned) {
            return false;
        }
        run.ended = Some(now);
        let first =
            run.live.take().and_then(|live| live.first).map(|first| first.since.saturating_sub(run.started.since));
        run.progress = match answer {
            Ok(mut answer) => {
                if let Some((_, arrived)) = &mut answer.stream {
                    arrived.first = first;
                }
                Progress::Answered(answer)
            }
            Err(problem) => Progress::Failed(problem),
        };
        self.forget_answers(ticket);
        true
    }

    /// Stops waiting for the run on show; gives its ticket.
    pub fn abandon(&mut self, now: Now) -> Option<Ticket> {
        let ticket = self.run().map(|run| run.ticket)?;
        self.abandon_run(ticket, now).then_some(ticket)
    }

    /// Stops waiting for a run; `false` if nobody does.
    pub fn abandon_run(&mut self, ticket: Ticket, now: Now) -> bool {
        let awaited = |run: &&mut Run| run.ticket == ticket && matches!(run.progress, Progress::Running);
        let Some(run) = self.runs.iter_mut().find(awaited) else { return false };
        run.progress = Progress::Abandoned;
        run.ended = Some(now);
        true
    }

    /// The run on show.
    pub fn run(&self) -> Option<&Run> {
        let newest = || self.own_runs().find(|run| self.shown.is_none_or(|shown| run.ticket == shown));
        self.earlier.as_deref().or_else(newest)
    }

    /// The run on show, to be changed.
    pub fn run_mut(&mut self) -> Option<&mut Run> {
        let ticket = self.run()?.ticket;
        self.all_runs().find(|run| run.ticket == ticket)
    }

    /// The run with that number or that log request.
    pub fn run_awaiting_log(&mut self, ticket: Ticket) -> Option<&mut Run> {
        self.all_runs().find(|run| run.whole_log.awaits(ticket))
    }

    /// The run whose event is asked about with that number.
    pub fn run_asking(&mut self, ticket: Ticket) -> Option<&mut Answer> {
        self.all_runs().find_map(|run| match &mut run.progress {
            Progress::Answered(answer) if answer.next.asked(ticket) => Some(answer.as_mut()),
            _ => None,
        })
    }

    /// Those of this session and the earlier one on show.
    fn all_runs(&mut self) -> impl Iterator<Item = &mut Run> {
        self.earlier.as_deref_mut().into_iter().chain(&mut self.runs)
    }

    /// The runs of the function on show, newest first. One of the same ARN at another endpoint is another function.
    pub fn own_runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().rev().filter(|run| self.is_own(run))
    }

    fn is_own(&self, run: &Run) -> bool {
        let arn = self.invokee.as_ref().map(|invokee| &invokee.function.arn);
        Some(&run.invokee.function.arn) == arn && run.site.endpoint == self.site.endpoint
    }

    /// Shows an older or a newer run.
    pub fn step_run(&mut self, older: bool) {
        let tickets: Vec<Ticket> = self.own_runs().map(|run| run.ticket).collect();
        let at = self.shown.and_then(|shown| tickets.iter().position(|ticket| *ticket == shown)).unwrap_or(0);
        let to = if older { (at + 1).min(tickets.len().saturating_sub(1)) } else { at.saturating_sub(1) };
        // From an earlier run the way leads to the newest one of this session.
        let to = if self.earlier.take().is_some() { 0 } else { to };
        let Some(to) = tickets.get(to) else { return };
        self.show(*to);
    }

    /// Every run on its way, of any function.
    pub fn running(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.is_running())
    }

    /// A run of exactly that is on its way.
    pub fn is_running(&self, invokee: &Invokee) -> bool {
        self.running_for(invokee).is_some()
    }

    pub(super) fn running_for(&self, invokee: &Invokee) -> Option<&Run> {
        self.running().find(|run| run.invokee.is_same(invokee))
    }
}

impl Run {
    /// What came back, if the call succeeded.
    pub(super) fn answer(&self) -> Option<&Answer> {
        match &self.progress {
            Progress::Answered(answer) => Some(answer),
            _ => None,
        }
    }

    /// The lines of its log that there are: all of them, or the tail.
    pub fn log(&self) -> Option<&LogText> {
        self.whole_log.lines.as_ref().or_else(|| self.answer()?.log.as_ref())
    }

    /// What it cost: by what came along with the answer, or by its whole log.
    pub fn report(&self) -> Option<&Report> {
        let tail = self.answer().and_then(|answer| answer.tail.as_ref());
        tail.and_then(|tail| tail.report.as_ref()).or(self.whole_log.report.as_ref())
    }

    /// The same, to be moved.
    pub fn log_mut(&mut self) -> Option<&mut LogText> {
        match (&mut self.whole_log.lines, &mut self.progress) {
            (Some(log), _) => Some(log),
            (_, Progress::Answered(answer)) => answer.log.as_mut(),
            _ => None,
        }
    }

    /// Its lines can be told from those of others.
    pub fn has_id(&self) -> bool {
        self.answer().is_some_and(|answer| answer.request_id.is_some())
    }

    /// Lambda runs it when it can, and again when it fails.
    pub fn is_event(&self) -> bool {
        self.invocation.kind == InvocationType::Event
    }

    /// It is on its way.
    pub fn is_running(&self) -> bool {
        self.ended.is_none()
    }

    /// What becomes of it when the program ends now, in a sentence.
    pub fn goes_on(&self) -> String {
        let name = &self.invokee.function.name;
        match self.burst() {
            None => format!("the run of {name} goes on in AWS"),
            Some(burst) => {
                let unsent = burst.tally.runs.saturating_sub(burst.tally.sent);
                format!("the burst of {name}: {} runs go on in AWS, {unsent} were not sent", burst.aloft())
            }
        }
    }

    /// The run failed in the function or on the way to it.
    pub fn failed(&self) -> bool {
        match &self.progress {
            Progress::Answered(answer) => answer.function_error.is_some() || answer.incomplete().is_some(),
            Progress::Failed(_) => true,
            Progress::Burst(burst) => burst.tally.bad() > 0,
            Progress::Running | Progress::Abandoned => false,
        }
    }

    /// It met a limit of requests or of concurrency: it did not begin.
    pub(super) fn is_throttled(&self) -> bool {
        matches!(&self.progress, Progress::Failed(problem) if call_failed::is_throttled(problem))
    }

    /// Nobody knows whether the function ran.
    pub fn outcome_unknown(&self) -> bool {
        matches!(&self.progress, Progress::Failed(problem) if problem.kind == Kind::OutcomeUnknown)
    }
}
