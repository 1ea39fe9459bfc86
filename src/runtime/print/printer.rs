//! Reading a log and printing what was not printed yet.

use std::io::Write;
use std::time::Duration;

use chrono::Utc;
use tokio::time::{Instant, sleep};

use super::Stopped;
use super::line::Form;
use super::running::Running;
use super::seen::Seen;
use crate::aws::{self, Aws, Kind, LogEvent, LogPage, LogQuery, NEWEST_FIRST_SINCE, Problem, Text};
use crate::model::Tickets;
use crate::model::logs::filter::{Candidate, LogFilter};
use crate::model::logs::{Late, Subject, moment};

/// How often it is asked what is new.
const POLL: Duration = Duration::from_secs(2);
/// The longest wait after a failure that passes.
const LONGEST: Duration = Duration::from_mins(1);
/// What is not followed is asked for so often before it is given up: for about a minute.
const TRIES: u32 = 6;
/// The newest event of a log is looked for on so many pages, which may be empty.
const PAGES: u32 = 5;

/// Reads and prints. Moments of events are milliseconds since 1970.
pub struct Printer<W, T> {
    pub aws: Aws,
    /// Whose events are printed.
    pub subject: Subject,
    pub form: Form,
    pub filter: LogFilter,
    pub out: W,
    /// Hears what a person should know meanwhile.
    pub tell: T,
    /// It goes on with what comes.
    pub follow: bool,
    pub seen: Seen,
    pub running: Running,
    pub counts: Counts,
}

/// How many events there were.
#[derive(Debug, Default)]
pub struct Counts {
    /// Of the subject.
    came: u64,
    printed: u64,
    /// Pages that AWS gave.
    pages: u64,
}

/// What comes is followed: when it is asked for next. Moments are durations since it began.
struct Following {
    /// From when on events are wanted.
    first: i64,
    poll: Duration,
    late: Late,
    tickets: Tickets,
}

impl Following {
    fn new(first: i64) -> Self {
        Self { first, poll: POLL, late: Late::new(Duration::ZERO), tickets: Tickets::default() }
    }

    /// When something is due.
    fn due(&self) -> Duration {
        self.late.due().map_or(self.poll, |late| late.min(self.poll))
    }
}

impl<W: Write, T: Fn(&str)> Printer<W, T> {
    /// Prints from one moment to another, and then what comes if it follows.
    pub async fn run(mut self, from: i64, to: Option<i64>) -> Result<(), Stopped> {
        self.read(from, to).await?;
        if self.counts.printed == 0 {
            self.tell_nothing(from, to).await;
        }
        if self.follow { self.go_on(from).await } else { Ok(self.out.flush()?) }
    }

    /// Asks what is new, for ever.
    async fn go_on(&mut self, first: i64) -> Result<(), Stopped> {
        let (begun, mut follows) = (Instant::now(), Following::new(first));
        loop {
            sleep(follows.due().saturating_sub(begun.elapsed())).await;
            self.step(&mut follows, begun.elapsed()).await?;
        }
    }

    /// Asks what is due: what is new, or a page of what was sent late.
    async fn step(&mut self, follows: &mut Following, since: Duration) -> Result<(), Stopped> {
        let now = Utc::now().timestamp_millis();
        if follows.poll <= since {
            follows.poll = since + POLL;
            return self.read(self.seen.go_on_from(follows.first, now), None).await;
        }
        let span = (follows.first.max(self.seen.whole_from()), self.seen.newest(now).unwrap_or(now));
        let query = follows.late.ask(since, span, follows.tickets.next(), (&self.form.group, None));
        let page = self.page(&query).await?;
        let left_out = follows.late.take(&page);
        self.print(page.events)?;
        if let Some(left) = left_out {
            let (from, to) = (moment(left.start), moment(left.end));
            let sentence =
                format!("too much is logged to read it twice: events of {from} to {to} that came late may be missing");
            (self.tell)(&sentence);
        }
        Ok(())
    }

    /// Prints all pages from a moment on.
    async fn read(&mut self, from: i64, to: Option<i64>) -> Result<(), Stopped> {
        let mut query = LogQuery { to, ..LogQuery::since(self.form.group.clone(), from) };
        loop {
            let page = self.page(&query).await?;
            let (next, last) = (page.next, page.events.iter().map(|event| event.at).max());
            let full = i32::try_from(page.events.len()).is_ok_and(|count| count >= query.limit);
            self.print(page.events)?;
            self.seen.forget(Utc::now().timestamp_millis());
            query.token = next;
            if query.token.is_some() {
                continue;
            }
            // Endpoints of others end with a full page, whatever stands behind it.
            let Some(last) = last.filter(|_| full) else { return Ok(()) };
            if last <= query.from {
                (self.tell)(&format!(
                    "more than {} events are of {}, and the rest of them is not to be had",
                    query.limit,
                    moment(last)
                ));
            }
            query.from = last.max(query.from + 1);
        }
    }

    /// Prints what was not printed yet, in order.
    fn print(&mut self, events: Vec<LogEvent>) -> Result<(), Stopped> {
        let own = |event: &LogEvent| self.subject.owns(&event.stream);
        let mut fresh: Vec<LogEvent> = events.into_iter().filter(own).collect();
        fresh.retain(|event| self.seen.is_new(event));
        fresh.sort_by_key(|event| event.at);
        self.counts.came += fresh.len() as u64;
        let asks_for_request = self.form.json || self.filter.requests().next().is_some();
        for event in &fresh {
            let request = if asks_for_request { self.running.next(event) } else { None };
            let candidate = Candidate { message: &event.message, stream: &event.stream, request };
            if self.filter.keeps(candidate) {
                self.form.write(&mut self.out, event, request)?;
                self.counts.printed += 1;
            }
        }
        // Whoever reads the pipe has every page as soon as we have it.
        Ok(self.out.flush()?)
    }

    /// One page; what passes is waited out.
    async fn page(&mut self, query: &LogQuery) -> Result<LogPage, Stopped> {
        let mut failures = 0_u32;
        loop {
            let problem = match aws::log_events(self.aws.clone(), query.clone()).await {
                Ok(page) => {
                    self.counts.pages += 1;
                    return Ok(page);
                }
                Err(problem) => problem,
            };
            failures += 1;
            if !self.waits_out(&problem, failures) {
                return Err(self.in_full(problem).into());
            }
            // Once is enough: it is asked again and again.
            if failures == 1 {
                let until = if self.follow { "until an answer comes" } else { "for a minute" };
                (self.tell)(&format!("{} It is asked again {until}.", problem.what()));
            }
            sleep(Duration::from_secs(1 << failures.clamp(1, 6)).min(LONGEST)).await;
        }
    }

    fn waits_out(&self, problem: &Problem, failures: u32) -> bool {
        // A network that was never there is no network that is lost.
        let lost = problem.kind != Kind::Unreachable || self.counts.pages > 0;
        if self.follow {
            // The first event makes the log group.
            return problem.kind.passes() || problem.kind == Kind::Missing;
        }
        problem.kind.passes() && lost && failures < TRIES
    }

    /// A function that is there and has no log group never ran.
    fn in_full(&self, problem: Problem) -> Problem {
        match &self.subject.function {
            Some(function) if problem.kind == Kind::Missing => {
                let hint = format!(
                    "{function} has logged nothing yet: its first run makes the log group, if its role may write logs."
                );
                Problem { hint: Text::line(hint), ..problem }
            }
            _ => problem,
        }
    }

    /// Says that nothing was printed, and where there is something.
    async fn tell_nothing(&self, from: i64, to: Option<i64>) {
        let span = format!("from {} to {}", moment(from), to.map_or("now".to_owned(), moment));
        let name = &self.subject.name;
        if self.counts.came > 0 {
            let sentence = format!("none of the {} events of {name} {span} fits the filter", self.counts.came);
            return (self.tell)(&sentence);
        }
        let group = &self.form.group;
        let whose = if self.subject.versions.is_empty() { group.to_string() } else { format!("{name} in {group}") };
        let newest = match self.newest_before(from).await {
            Some(at) => format!("the newest event before is of {}", moment(at)),
            None => "no event before it was found".to_owned(),
        };
        let then = if self.follow { "; what comes is printed" } else { "" };
        (self.tell)(&format!("nothing was logged to {whose} {span}; {newest}{then}"));
    }

    /// The newest event of the subject before a moment, if it is soon found.
    async fn newest_before(&self, at: i64) -> Option<i64> {
        let whole = LogQuery::since(self.form.group.clone(), NEWEST_FIRST_SINCE);
        let mut query = LogQuery { to: Some(at), newest_first: true, limit: 100, ..whole };
        for _ in 0..PAGES {
            let page = aws::log_events(self.aws.clone(), query.clone()).await.ok()?;
            let own = page.events.iter().filter(|event| self.subject.owns(&event.stream));
            if let Some(newest) = own.map(|event| event.at).max() {
                return Some(newest);
            }
            query.token = Some(page.next?);
        }
        None
    }
}

#[cfg(test)]
#[path = "printer_tests.rs"]
mod tests;
