//! A run as it is kept between runs of the program: a line of JSON.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::{Answer, Arrived, Brief, Burst, Console, Ending, Gone, Progress, Run, Scrolled, Site, Tally, WholeLog};
use crate::aws::{Invocation, Kind, LogTail, Outcome, Problem, Report, StreamEnd, Streamed, Text};
use crate::model::msg::{Now, Ticket};
use crate::panes::Invokee;

/// A payload or an answer of more bytes is not kept, only its size.
const LONGEST: usize = 256 * 1024;

/// Why a payload or an answer cannot be shown.
const UNKEPT: &str = "payloads are off, or it has over 256 KB";

/// What is kept of runs on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Remember {
    /// Everything up to 256 KB: payload, answer, the end of the log.
    #[default]
    Full,
    /// When, whom, how and how it ended: nothing of what was sent, answered or logged.
    NoPayloads,
    /// Nothing.
    Off,
}

impl Remember {
    /// All of them, each with its word in the configuration.
    pub const ALL: [(&str, Self); 3] = [("full", Self::Full), ("no-payloads", Self::NoPayloads), ("off", Self::Off)];
}

/// Bytes in JSON: as text if they are UTF-8.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// As they are.
    Text(String),
    /// Encoded.
    Base64(String),
}

impl Kept {
    fn of(bytes: &[u8]) -> Option<Self> {
        let kept = || match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(BASE64_STANDARD.encode(bytes)),
        };
        (bytes.len() <= LONGEST).then(kept)
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.clone().into_bytes()),
            Self::Base64(text) => BASE64_STANDARD.decode(text).ok(),
        }
    }
}

/// One line of a history.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What a list shows of it.
    #[serde(flatten)]
    pub brief: Brief,
    tail: bool,
    tenant: Option<String>,
    execution: Option<String>,
    /// The longest it was waited for, in seconds.
    patience: u64,
    client_context: Option<String>,
    payload: Option<Kept>,
    response: Option<Kept>,
    /// The ARN of its durable execution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    durable: Option<Text>,
    /// The pieces that the answer came in, if it was streamed.
    chunks: Option<u64>,
    log: Option<KeptLog>,
    report: Option<Report>,
    /// What came of it in numbers, if it was a burst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    burst: Option<Tally>,
}

/// The end of a log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeptLog {
    text: String,
    cut: bool,
}

/// What came back, unless only its beginning is here.
fn whole_answer(answer: &Answer) -> Option<Kept> {
    let spilled = answer.stream.as_ref().is_some_and(|(_, arrived)| arrived.file.is_some());
    (!spilled).then(|| Kept::of(answer.body.bytes())).flatten()
}

fn tail_of(run: &Run) -> Option<&LogTail> {
    run.answer()?.tail.as_ref()
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What was sent and answered is nobody's business.
        f.debug_struct("Record").field("brief", &self.brief).finish_non_exhaustive()
    }
}

impl Record {
    /// What is kept of a run; `payloads`: also what was sent, answered and logged.
    pub fn of(run: &Run, payloads: bool) -> Self {
        let Invocation { tail, tenant, execution, timeout, client_context, payload, .. } = &run.invocation;
        let answer = run.answer().filter(|_| payloads);
        let whole = payloads && payload.len() == run.sent;
        Self {
            brief: if payloads { Brief::of(run) } else { Brief { error: None, ..Brief::of(run) } },
            tail: *tail,
            tenant: tenant.clone(),
            execution: execution.clone(),
            patience: timeout.as_secs(),
            client_context: client_context.clone().filter(|_| payloads),
            payload: whole.then(|| Kept::of(payload)).flatten(),
            response: answer.and_then(whole_answer),
            durable: run.answer().and_then(|answer| answer.durable.clone()),
            chunks: answer.and_then(|answer| Some(answer.stream.as_ref()?.1.chunks)),
            burst: run.burst().map(|burst| if payloads { burst.tally.clone() } else { burst.tally.nameless() }),
            report: tail_of(run).and_then(|tail| tail.report.clone()),
            log: tail_of(run).filter(|_| payloads).map(|tail| KeptLog {
                text: tail.lines.iter().map(|line| format!("{}\n", line.text)).collect(),
                cut: tail.cut,
            }),
        }
    }

    /// The tenant that it was for.
    pub(super) fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// The invocation that it was, for a function.
    ///
    /// # Errors
    /// In a sentence, when its payload was not kept.
    pub fn invocation(&self, function: &Text) -> Result<Invocation, String> {
        let payload = self.payload.as_ref().and_then(Kept::bytes);
        let payload = payload.ok_or_else(|| format!("the payload of this run was not kept: {UNKEPT}"))?;
        Ok(Invocation {
            function: function.clone(),
            qualifier: self.brief.qualifier.clone(),
            payload: payload.into(),
            kind: self.brief.kind,
            tail: self.tail,
            tenant: self.tenant.clone(),
            client_context: self.client_context.clone(),
            execution: self.execution.clone(),
            timeout: Duration::from_secs(self.patience),
        })
    }

    /// What came of it, if it was a burst.
    pub(super) fn tally(&self) -> Option<&Tally> {
        self.burst.as_ref()
    }

    /// What it cost, where the log told.
    pub(super) fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// What came back.
    ///
    /// # Errors
    /// In a sentence, when it was not kept.
    pub(super) fn answer(&self) -> Result<Vec<u8>, String> {
        let kept = self.response.as_ref().and_then(Kept::bytes);
        kept.ok_or_else(|| format!("the answer of this run is not kept: {UNKEPT}"))
    }

    /// The run as it was, to be shown again.
    ///
    /// # Errors
    /// In a sentence, when it was a burst whose numbers were not kept.
    pub fn run(&self, ticket: Ticket, site: Site, invokee: Invokee) -> Result<Run, String> {
        let Brief { at, qualifier, took, sent, .. } = &self.brief;
        let progress = self.progress(&invokee)?;
        // Of what was sent, the run shows nothing: a payload that was not kept is no reason not to show the rest.
        let invocation = self.invocation(&invokee.function.arn).unwrap_or_else(|_| Invocation {
            function: invokee.function.arn.clone(),
            qualifier: qualifier.clone(),
            payload: [].into(),
            kind: self.brief.kind,
            tail: self.tail,
            tenant: None,
            client_context: None,
            execution: None,
            timeout: Duration::from_secs(self.patience),
        });
        let took = Duration::from_millis(*took);
        let ended = Now { since: took, wall: *at + took };
        Ok(Run {
            ticket,
            site,
            invokee,
            invocation,
            started: Now { since: Duration::ZERO, wall: *at },
            ended: Some(ended),
            progress,
            whole_log: WholeLog::of_report(self.report.clone()),
            live: None,
            scrolled: Scrolled::default(),
            sent: *sent,
            kept: true,
            unseen: false,
        })
    }

    /// How the stream ended, if it was one.
    fn stream(&self) -> Option<Streamed> {
        self.chunks?;
        let end = match &self.brief.ending {
            Ending::BrokeOff(why) => StreamEnd::Cut { why: why.clone() },
            Ending::FunctionFailed(code) => StreamEnd::Failed { code: code.clone(), details: Text::default() },
            _ => StreamEnd::Complete,
        };
        Some(Streamed { content_type: None, end })
    }

    fn progress(&self, invokee: &Invokee) -> Result<Progress, String> {
        let Brief { ending, version, request_id, .. } = &self.brief;
        let (status, function_error) = match ending {
            Ending::Running | Ending::NotAwaited => return Ok(Progress::Abandoned),
            Ending::Burst { .. } => {
                let tally = self.burst.clone().ok_or("the numbers of this burst were not kept")?;
                return Ok(Progress::Burst(Box::new(Burst::past(tally))));
            }
            Ending::CallFailed { unknown, code, status, said, hint } => {
                let kind = if *unknown { Kind::OutcomeUnknown } else { Kind::Other };
                let doing = Text::line(format!("invoke {}", invokee.function.name));
                let problem = Problem::new(kind, doing, said.clone(), hint.clone());
                let (code, request_id) = (code.clone(), request_id.clone());
                return Ok(Progress::Failed(Problem { code, status: *status, request_id, ..problem }));
            }
            Ending::Succeeded(status) => (*status, None),
            Ending::FunctionFailed(error) => (200, Some(error.clone())),
            Ending::BrokeOff(_) => (200, None),
        };
        let payload = self.answer().ok();
        // The card, the version and the times are kept all the same.
        let size = usize::try_from(self.brief.received).unwrap_or(usize::MAX);
        let gone = payload.is_none().then(|| Gone { size, why: UNKEPT.to_owned() });
        let payload = payload.unwrap_or_default();
        let tail = self.log.as_ref().map(|log| LogTail::again(&log.text, log.cut, self.report.clone()));
        let (executed_version, request_id) = (version.clone(), request_id.clone());
        let streamed = self.stream();
        let cut = match ending {
            Ending::BrokeOff(why) if streamed.is_none() => Some(why.clone()),
            _ => None,
        };
        let durable = self.durable.clone();
        let outcome =
            Outcome { status, executed_version, function_error, payload, tail, request_id, durable, streamed, cut };
        let answer = match self.chunks {
            None => Answer::of(outcome),
            Some(chunks) => {
                let payload = outcome.payload.clone();
                let arrived = Arrived { payload, bytes: self.brief.received, chunks, ..Arrived::default() };
                Answer::of_stream(outcome, arrived)
            }
        };
        Ok(Progress::Answered(Answer { forgotten: gone, ..answer }.into()))
    }
}

impl Console {
    /// The program ends: nobody waits for the runs on their way any more.
    pub fn abandon_all(&mut self, now: Now) {
        for run in self.runs.iter_mut().filter(|run| matches!(run.progress, Progress::Running)) {
            run.progress = Progress::Abandoned;
            run.ended = Some(now);
        }
    }
}
