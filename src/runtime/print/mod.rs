//! `lambdash logs` and `lambdash invoke`: a log, or the answer of a function, on standard output. Made for pipes.

mod invoke;
mod line;
mod printer;
mod running;
mod seen;
mod told;
mod whose;

use std::io::{self, Write};

use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use self::invoke::{Invoked, Invoking, invoke};
use self::line::Form;
use self::printer::{Counts, Printer};
use self::running::Running;
use self::seen::Seen;
use crate::aws::{self, Aws, Kind, Patience, Problem, Target};
use crate::model::Now;
use crate::model::logs::filter::LogFilter;
use crate::model::logs::range::{self, Range};

/// What is to be printed.
#[derive(Debug, Clone)]
pub struct Order {
    /// A function, one of its versions or aliases, or a log group, by name or by ARN.
    pub of: String,
    /// From when: a duration, a moment or a range.
    pub since: String,
    /// Until when; `None` is up to now.
    pub until: Option<String>,
    /// Goes on with what comes.
    pub follow: bool,
    /// Prints only what this lets through.
    pub filter: String,
    /// One JSON object a line.
    pub json: bool,
    /// Colours levels.
    pub colour: bool,
}

/// Why nothing more is printed.
#[derive(Debug)]
pub enum Stopped {
    /// The order or the configuration is not right; the sentence says how.
    Usage(String),
    /// AWS refused, or could not be reached.
    Refused(Problem),
    /// What is printed cannot be written; whoever read it may have gone.
    Output(io::Error),
    /// An answer broke off: what had come is printed, and why is told.
    Cut,
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        match problem.kind {
            Kind::NoCredentials | Kind::Expired | Kind::ReadOnly => Self::Usage(problem.for_command()),
            _ => Self::Refused(problem),
        }
    }
}

impl Stopped {
    /// What the process tells whoever started it, and the sentence for a person.
    pub fn code(&self) -> (u8, Option<String>) {
        match self {
            Self::Usage(sentence) => (2, Some(sentence.clone())),
            Self::Refused(problem) => (1, Some(problem.for_command())),
            // As for a program that ends by the signal for it.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => (141, None),
            Self::Output(error) => (1, Some(format!("Could not write to standard output: {error}."))),
            Self::Cut => (1, None),
        }
    }
}

/// Prints a log until its end, or for ever. `tell` hears what a person should know meanwhile.
///
/// # Errors
/// Whatever ends it too early.
pub fn print(
    target: &Target,
    http: Option<SharedHttpClient>,
    order: &Order,
    now: Now,
    out: impl Write,
    tell: impl Fn(&str),
) -> Result<(), Stopped> {
    let filter = LogFilter::parse(&order.filter).map_err(|wrong| Stopped::Usage(format!("--filter: {wrong}")))?;
    let range = range_of(order, now)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let aws = connect(target, http).await?;
        let subject = whose::whose(&aws, &order.of, &tell).await?;
        let form = Form { group: subject.group.clone(), json: order.json, colour: order.colour };
        let (follow, seen, running, counts) = (order.follow, Seen::default(), Running::default(), Counts::default());
        let printer = Printer { aws, subject, form, filter, out, tell, follow, seen, running, counts };
        printer.run(range.from.timestamp_millis(), range.to.map(|to| to.timestamp_millis())).await
    })
}

/// A session. What keeps one from being had is the configuration's fault.
async fn connect(target: &Target, http: Option<SharedHttpClient>) -> Result<Aws, Stopped> {
    let ports = aws::Ports { http, watch: std::sync::Arc::new(|_| ()), patience: Patience::default() };
    aws::connect(target, ports).await.map_err(|problem| Stopped::Usage(problem.for_command()))
}

/// From when to when. An end is said once, and what is followed has none.
fn range_of(order: &Order, now: Now) -> Result<Range, Stopped> {
    let (since, until) = (&order.since, order.until.as_deref());
    let wrong = |why: String| Err(Stopped::Usage(why));
    let text = match until {
        Some(until) if order.follow => {
            return wrong(format!("--until {until} and --follow: what is followed has no end"));
        }
        None if order.follow && since.contains("..") && !since.ends_with("..") => {
            return wrong(format!("--since {since} and --follow: what is followed has no end"));
        }
        Some(until) if since.contains("..") => {
            return wrong(format!("--since {since} has an end of its own: leave out --until {until}"));
        }
        Some(until) => format!("{since}..{until}"),
        None => since.clone(),
    };
    let range = range::parse(&text, &now.wall).or_else(|why| wrong(format!("--since or --until: {why}")))?;
    // A day that is followed begins there, and goes on.
    Ok(if order.follow { Range { to: None, ..range } } else { range })
}
