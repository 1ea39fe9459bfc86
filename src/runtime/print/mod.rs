//! `lambdash logs FUNCTION`: a log on standard output, without a screen. Made for pipes.

mod line;
mod seen;

use std::io::{self, Write};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use chrono::Utc;

use self::line::Form;
use self::seen::Seen;
use crate::aws::{self, Aws, Kind, LogEvent, LogQuery, Patience, Problem, Target, Text};
use crate::model::Now;
use crate::model::logs::filter::{Candidate, LogFilter};
use crate::model::logs::range::{self, Range};

/// How often it is asked what is new.
const POLL: Duration = Duration::from_secs(2);
/// The longest wait after a failure that passes.
const LONGEST: Duration = Duration::from_mins(1);

/// What is to be printed.
#[derive(Debug, Clone)]
pub struct Order {
    /// A function's name or ARN, or a log group that begins with a slash.
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
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        match problem.kind {
            Kind::NoCredentials | Kind::Expired => Self::Usage(problem.for_command()),
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
            Self::Output(error) => (1, Some(format!("Could not write the log: {error}."))),
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
        let ports = aws::Ports { http, watch: std::sync::Arc::new(|_| ()), patience: Patience::default() };
        let aws = aws::connect(target, ports).await.map_err(|problem| Stopped::Usage(problem.for_command()))?;
        let group = group(&aws, order, &tell).await?;
        let form = Form { group, json: order.json, colour: order.colour };
        Printer { aws, form, filter, out, tell, seen: Seen::default() }.run(range, order.follow).await
    })
}

fn range_of(order: &Order, now: Now) -> Result<Range, Stopped> {
    let text = match &order.until {
        Some(until) if order.follow => {
            return Err(Stopped::Usage(format!("--until {until} and --follow: what is followed has no end")));
        }
        Some(until) => format!("{}..{until}", order.since),
        None => order.since.clone(),
    };
    let range = range::parse(&text, &now.wall).map_err(|why| Stopped::Usage(format!("--since or --until: {why}")))?;
    Ok(if order.follow { Range { to: None, ..range } } else { range })
}

/// The log group of what is to be printed. Who may not read the function may still read its log.
async fn group(aws: &Aws, order: &Order, tell: &impl Fn(&str)) -> Result<Text, Stopped> {
    let of = Text::line(&order.of);
    if of.starts_with('/') {
        return Ok(of);
    }
    if let Some((name, qualifier)) = aws::name_in(&of).split_once(':') {
        tell(&format!(
            "the log of all versions of {name} is printed, not of {qualifier} alone: --filter stream:[7] is one"
        ));
    }
    match aws::read(aws.clone(), of.clone()).await {
        Ok(function) => Ok(function.log_group),
        Err(problem) if problem.kind == Kind::Denied => {
            let name = aws::name_in(&of);
            let name = name.split(':').next().unwrap_or_default();
            let group = format!("/aws/lambda/{name}");
            tell(&format!("the log group is taken to be {group}: lambda:GetFunction is not allowed"));
            Ok(group.into())
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Reads and prints.
struct Printer<W, T> {
    aws: Aws,
    form: Form,
    filter: LogFilter,
    out: W,
    tell: T,
    seen: Seen,
}

impl<W: Write, T: Fn(&str)> Printer<W, T> {
    async fn run(mut self, range: Range, follow: bool) -> Result<(), Stopped> {
        let (first, to) = (range.from.timestamp_millis(), range.to.map(|to| to.timestamp_millis()));
        let (mut from, mut failures) = (first, 0_u32);
        loop {
            let wait = match self.read(from, to).await {
                Ok(()) => {
                    failures = 0;
                    POLL
                }
                Err(Stopped::Refused(problem))
                    if follow && (problem.kind.passes() || problem.kind == Kind::Missing) =>
                {
                    failures += 1;
                    let wait = Duration::from_secs(1 << failures.clamp(1, 6)).min(LONGEST);
                    // Once is enough: it is asked again and again.
                    if failures == 1 {
                        (self.tell)(&format!("{} It is asked again until an answer comes.", problem.what()));
                    }
                    wait
                }
                Err(stopped) => return Err(stopped),
            };
            if !follow {
                return Ok(self.out.flush()?);
            }
            from = self.seen.go_on_from(first, Utc::now().timestamp_millis());
            tokio::time::sleep(wait).await;
        }
    }

    /// Prints all pages from a moment on.
    async fn read(&mut self, from: i64, to: Option<i64>) -> Result<(), Stopped> {
        let mut query = LogQuery {
            group: self.form.group.clone(),
            from,
            to,
            newest_first: false,
            pattern: None,
            limit: 10_000,
            token: None,
        };
        loop {
            let page = aws::log_events(self.aws.clone(), query.clone()).await?;
            let mut fresh: Vec<LogEvent> = page.events.into_iter().filter(|event| self.seen.is_new(event)).collect();
            fresh.sort_by_key(|event| event.at);
            for event in &fresh {
                let candidate = Candidate { message: &event.message, stream: &event.stream, request: None };
                if self.filter.keeps(candidate) {
                    self.form.write(&mut self.out, event)?;
                }
            }
            // Whoever reads the pipe has every page as soon as we have it.
            self.out.flush()?;
            query.token = page.next;
            if query.token.is_none() {
                return Ok(());
            }
        }
    }
}
