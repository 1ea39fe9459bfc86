//! The invoke console: whom to invoke, with what, and the runs there were.

use std::collections::HashMap;
use std::time::Duration;

use ratatui_textarea::TextArea;

use super::json;
use super::msg::{Now, Ticket};
use crate::aws::{Invocation, InvocationType, Kind, LogLine, LogTail, Outcome, Problem, Text};
use crate::keys::Chord;
use crate::panes::Invokee;

/// The most bytes of a payload: 6 MB for an answer that is waited for, 1 MB for an event
/// (Lambda quotas, "Invocation payload").
const LIMIT_SYNC: usize = 6 * 1024 * 1024;
const LIMIT_EVENT: usize = 1024 * 1024;
/// The longest time limit of a function, in seconds.
const LONGEST: u32 = 900;
/// How many runs are remembered.
const REMEMBERED: usize = 100;

/// Payload templates that come along: name and text.
pub static TEMPLATES: &[(&str, &str)] = &[
    ("hello", include_str!("../../assets/payloads/hello.json")),
    ("sqs", include_str!("../../assets/payloads/sqs.json")),
    ("sns", include_str!("../../assets/payloads/sns.json")),
    ("s3-put", include_str!("../../assets/payloads/s3-put.json")),
    ("apigateway-v1", include_str!("../../assets/payloads/apigateway-v1.json")),
    ("apigateway-v2", include_str!("../../assets/payloads/apigateway-v2.json")),
    ("alb", include_str!("../../assets/payloads/alb.json")),
    ("function-url", include_str!("../../assets/payloads/function-url.json")),
    ("eventbridge", include_str!("../../assets/payloads/eventbridge.json")),
    ("scheduled", include_str!("../../assets/payloads/scheduled.json")),
    ("dynamodb-stream", include_str!("../../assets/payloads/dynamodb-stream.json")),
    ("kinesis-stream", include_str!("../../assets/payloads/kinesis-stream.json")),
    ("cloudwatch-logs", include_str!("../../assets/payloads/cloudwatch-logs.json")),
    ("cognito-pre-signup", include_str!("../../assets/payloads/cognito-pre-signup.json")),
    ("step-functions", include_str!("../../assets/payloads/step-functions.json")),
];

/// A part of the console's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// The payload.
    #[default]
    Request,
    /// What the function answered.
    Response,
    /// What the run logged.
    Log,
}

impl Part {
    /// All of them, in the order of tab.
    pub const ALL: [Self; 3] = [Self::Request, Self::Response, Self::Log];

    /// The next one, or the previous one.
    pub fn step(self, forward: bool) -> Self {
        match (self, forward) {
            (Self::Request, true) | (Self::Log, false) => Self::Response,
            (Self::Response, true) | (Self::Request, false) => Self::Log,
            (Self::Log, true) | (Self::Response, false) => Self::Request,
        }
    }
}

/// How a run stands.
#[derive(Debug)]
pub enum Progress {
    /// Sent; no answer yet.
    Running,
    /// The call succeeded; the function itself may have failed.
    Answered(Answer),
    /// The call failed.
    Failed(Problem),
    /// The person stopped waiting; the function goes on.
    Abandoned,
}

/// What came back, ready to be shown.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status: 200, 202 (accepted as an event), 204 (dry run).
    pub status: u16,
    /// `X-Amz-Executed-Version`.
    pub executed_version: Option<Text>,
    /// `X-Amz-Function-Error`: the call succeeded, the function did not.
    pub function_error: Option<Text>,
    /// The id of the run, by which its log is found.
    pub request_id: Option<Text>,
    /// The payload's size in bytes.
    pub size: usize,
    /// The payload is JSON, and laid out.
    pub is_json: bool,
    /// The payload's lines.
    pub lines: Vec<Text>,
    /// The last 4 KB of the log.
    pub tail: Option<LogTail>,
}

/// The complete log of a run, fetched on demand.
#[derive(Debug, Default)]
pub enum WholeLog {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// On its way.
    Asked(Ticket),
    /// Here.
    Lines(Vec<LogLine>),
}

/// One invocation. It belongs to the function it was started for, whatever is chosen later.
#[derive(Debug)]
pub struct Run {
    /// Its number; also the ticket of the request.
    pub ticket: Ticket,
    /// Whom it invoked.
    pub invokee: Invokee,
    /// How.
    pub kind: InvocationType,
    /// When it was sent.
    pub started: Now,
    /// When the answer came.
    pub ended: Option<Now>,
    /// How it stands.
    pub progress: Progress,
    /// Its complete log.
    pub whole_log: WholeLog,
}

/// The state of the console.
#[derive(Debug, Default)]
pub struct Console {
    /// Whom the payload is for.
    pub invokee: Option<Invokee>,
    /// The part that has the keyboard.
    pub part: Part,
    /// One part fills the screen.
    pub full: bool,
    /// How to invoke.
    pub kind: InvocationType,
    /// First lines and columns shown of response and log.
    pub response_at: (usize, usize),
    /// The same for the log.
    pub log_at: (usize, usize),
    /// When the person was told that the next press invokes in production.
    pub warned: Option<Duration>,
    /// The number of the template last put in.
    template: usize,
    /// The payload for each function, kept while the program runs.
    drafts: HashMap<Text, TextArea<'static>>,
    runs: Vec<Run>,
    /// The run on show; `None` shows the newest of the function.
    shown: Option<Ticket>,
}

/// Why a payload is not sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody to invoke.
    Nobody,
    /// A run of this function is on its way.
    Running,
    /// Not JSON: where and why.
    NotJson(json::Flaw),
    /// Too long: the limit's name and size in bytes.
    TooLong { size: usize, limit: usize, name: &'static str },
}

impl Console {
    /// Turns to a function. Its payload and its runs are as they were left.
    pub fn open(&mut self, invokee: Invokee) {
        let same = self.invokee.as_ref() == Some(&invokee);
        let key = invokee.function.arn.clone();
        self.invokee = Some(invokee);
        self.part = Part::Request;
        self.full = false;
        self.warned = None;
        if !same {
            self.shown = None;
            self.response_at = (0, 0);
            self.log_at = (0, 0);
        }
        self.drafts.entry(key).or_insert_with(|| editor(TEMPLATES.first().map_or("{}", |(_, text)| text)));
    }

    /// The payload editor of the function.
    pub fn draft(&self) -> Option<&TextArea<'static>> {
        self.drafts.get(&self.invokee.as_ref()?.function.arn)
    }

    fn draft_mut(&mut self) -> Option<&mut TextArea<'static>> {
        self.drafts.get_mut(&self.invokee.as_ref()?.function.arn)
    }

    /// The payload as it stands.
    pub fn payload(&self) -> String {
        self.draft().map(|draft| draft.lines().join("\n")).unwrap_or_default()
    }

    /// Replaces the payload; undo brings the old one back.
    pub fn set_payload(&mut self, text: &str) {
        if let Some(draft) = self.draft_mut() {
            draft.select_all();
            draft.cut();
            draft.insert_str(text.trim_end_matches('\n'));
            draft.move_cursor(ratatui_textarea::CursorMove::Top);
        }
    }

    /// Types a key into the payload.
    pub fn type_key(&mut self, chord: Chord) {
        if let Some(draft) = self.draft_mut() {
            draft.input(chord.event());
        }
    }

    /// Pastes into the payload: line ends become ours, other controls go.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        if let Some(draft) = self.draft_mut() {
            draft.insert_str(clean);
        }
    }

    /// Puts the next template in and gives its name.
    pub fn next_template(&mut self) -> &'static str {
        self.template = (self.template + 1) % TEMPLATES.len().max(1);
        let (name, text) = TEMPLATES.get(self.template).copied().unwrap_or(("empty", "{}"));
        self.set_payload(text);
        name
    }

    /// Goes on to the next kind of invocation.
    pub fn next_kind(&mut self) {
        self.kind = match self.kind {
            InvocationType::RequestResponse => InvocationType::Event,
            InvocationType::Event => InvocationType::DryRun,
            InvocationType::DryRun => InvocationType::RequestResponse,
        };
    }

    /// The invocation that the console means now, or why it is not sent.
    pub fn invocation(&self) -> Result<Invocation, Refusal> {
        let invokee = self.invokee.as_ref().ok_or(Refusal::Nobody)?;
        if self.running_for(invokee).is_some() {
            return Err(Refusal::Running);
        }
        let payload = self.payload();
        if !payload.trim().is_empty() {
            json::check(&payload).map_err(Refusal::NotJson)?;
        }
        let (limit, name) = match self.kind {
            InvocationType::Event => (LIMIT_EVENT, "1 MB for an asynchronous invocation"),
            _ => (LIMIT_SYNC, "6 MB for a synchronous invocation"),
        };
        if payload.len() > limit {
            return Err(Refusal::TooLong { size: payload.len(), limit, name });
        }
        Ok(Invocation {
            function: invokee.function.arn.clone(),
            qualifier: invokee.qualifier.clone(),
            payload: payload.into_bytes(),
            kind: self.kind,
            timeout: Duration::from_secs(u64::from(invokee.timeout.unwrap_or(LONGEST).clamp(1, LONGEST)) + 10),
        })
    }

    /// Notes that a run was sent.
    pub fn start(&mut self, ticket: Ticket, now: Now) {
        let Some(invokee) = self.invokee.clone() else { return };
        if self.runs.len() >= REMEMBERED {
            let oldest = self.runs.iter().position(|run| !matches!(run.progress, Progress::Running));
            oldest.map(|oldest| self.runs.remove(oldest));
        }
        let (kind, progress) = (self.kind, Progress::Running);
        self.runs.push(Run {
            ticket,
            invokee,
            kind,
            started: now,
            ended: None,
            progress,
            whole_log: WholeLog::NotAsked,
        });
        self.shown = None;
        self.response_at = (0, 0);
        self.log_at = (0, 0);
    }

    /// Files an answer under its run, whatever is on the screen. `false`: no such run.
    pub fn finish(&mut self, ticket: Ticket, answer: Result<Outcome, Problem>, now: Now) -> bool {
        let Some(run) = self.runs.iter_mut().find(|run| run.ticket == ticket) else { return false };
        if matches!(run.progress, Progress::Abandoned) {
            return false;
        }
        run.ended = Some(now);
        run.progress = match answer {
            Ok(outcome) => Progress::Answered(Answer::of(outcome)),
            Err(problem) => Progress::Failed(problem),
        };
        true
    }

    /// The name of a run's function, and whether the run failed.
    pub fn finished(&self, ticket: Ticket) -> Option<(Text, bool)> {
        let run = self.runs.iter().find(|run| run.ticket == ticket)?;
        Some((run.invokee.function.name.clone(), run.failed()))
    }

    /// Stops waiting for the run on show; gives its ticket.
    pub fn abandon(&mut self, now: Now) -> Option<Ticket> {
        let ticket = self.run().map(|run| run.ticket)?;
        let run = self.runs.iter_mut().find(|run| run.ticket == ticket && matches!(run.progress, Progress::Running))?;
        run.progress = Progress::Abandoned;
        run.ended = Some(now);
        Some(ticket)
    }

    /// The run on show.
    pub fn run(&self) -> Option<&Run> {
        self.own_runs().find(|run| self.shown.is_none_or(|shown| run.ticket == shown))
    }

    /// The run on show, to be changed.
    pub fn run_mut(&mut self) -> Option<&mut Run> {
        let ticket = self.run()?.ticket;
        self.runs.iter_mut().find(|run| run.ticket == ticket)
    }

    /// The run with that number or that log request.
    pub fn run_awaiting_log(&mut self, ticket: Ticket) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| matches!(run.whole_log, WholeLog::Asked(asked) if asked == ticket))
    }

    /// The runs of the function on show, newest first.
    pub fn own_runs(&self) -> impl Iterator<Item = &Run> {
        let arn = self.invokee.as_ref().map(|invokee| &invokee.function.arn);
        self.runs.iter().rev().filter(move |run| Some(&run.invokee.function.arn) == arn)
    }

    /// Shows an older or a newer run.
    pub fn step_run(&mut self, older: bool) {
        let tickets: Vec<Ticket> = self.own_runs().map(|run| run.ticket).collect();
        let at = self.shown.and_then(|shown| tickets.iter().position(|ticket| *ticket == shown)).unwrap_or(0);
        let to = if older { (at + 1).min(tickets.len().saturating_sub(1)) } else { at.saturating_sub(1) };
        self.shown = tickets.get(to).copied();
        self.response_at = (0, 0);
        self.log_at = (0, 0);
    }

    /// Every run on its way, of any function.
    pub fn running(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| matches!(run.progress, Progress::Running))
    }

    fn running_for(&self, invokee: &Invokee) -> Option<&Run> {
        self.running().find(|run| run.invokee == *invokee)
    }

    /// How many lines the part on show has.
    pub fn length(&self, part: Part) -> usize {
        let Some(run) = self.run() else { return 0 };
        match (part, &run.progress) {
            (Part::Request, _) => 0,
            (Part::Response, Progress::Answered(answer)) => answer.lines.len(),
            (Part::Log, Progress::Answered(answer)) => match &run.whole_log {
                WholeLog::Lines(lines) => lines.len(),
                _ => answer.tail.as_ref().map_or(0, |tail| tail.lines.len()),
            },
            _ => 0,
        }
    }
}

impl Answer {
    fn of(outcome: Outcome) -> Self {
        let text = String::from_utf8_lossy(&outcome.payload);
        let laid_out = json::lay_out(&text);
        let is_json = laid_out.is_some();
        let lines = match laid_out {
            Some(lines) => lines.iter().map(Text::line).collect(),
            None => text.lines().map(Text::line).collect(),
        };
        Self {
            status: outcome.status,
            executed_version: outcome.executed_version,
            function_error: outcome.function_error,
            request_id: outcome.request_id,
            size: outcome.payload.len(),
            is_json,
            lines,
            tail: outcome.tail,
        }
    }
}

impl Run {
    /// The run failed in the function or on the way to it.
    pub fn failed(&self) -> bool {
        match &self.progress {
            Progress::Answered(answer) => answer.function_error.is_some(),
            Progress::Failed(_) => true,
            Progress::Running | Progress::Abandoned => false,
        }
    }

    /// Nobody knows whether the function ran.
    pub fn outcome_unknown(&self) -> bool {
        matches!(&self.progress, Progress::Failed(problem) if problem.kind == Kind::OutcomeUnknown)
    }
}

fn editor(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.trim_end().lines().map(str::to_owned).collect());
    area.set_cursor_line_style(ratatui::style::Style::default());
    area.set_tab_length(2);
    area.set_max_histories(200);
    area
}
