//! A run in one line of a list: when, whom, how, and how it ended.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Progress, Run, took};
use crate::aws::{InvocationType, LATEST, Problem, Text};
use crate::model::needle::Needle;
use crate::panes::Tone;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It did not yet; never on disk.
    #[serde(skip)]
    Running,
    /// With an answer, and its HTTP status: 200, 202 (queued), 204 (allowed).
    Succeeded(u16),
    /// The function failed: `Handled`, `Unhandled`.
    FunctionFailed(Text),
    /// A streamed answer broke off: why.
    BrokeOff(Text),
    /// The call failed.
    CallFailed {
        /// Nobody knows whether the function ran.
        unknown: bool,
        /// AWS's name of the error.
        code: Option<Text>,
        /// The HTTP status of the answer, if there was one.
        #[serde(default)]
        status: Option<u16>,
        /// What came back.
        said: Text,
        /// What to do.
        hint: Text,
    },
    /// The person stopped waiting.
    NotAwaited,
    /// It was a burst: how many runs were wanted, and how many succeeded.
    Burst {
        /// Wanted.
        runs: u32,
        /// Succeeded.
        succeeded: u32,
    },
}

impl Ending {
    fn words(&self) -> (Tone, String) {
        match self {
            Self::Running => (Tone::Warn, "running".to_owned()),
            // Neither tells of a success: the one may still fail, by the other nothing was run.
            Self::Succeeded(202) => (Tone::Plain, "accepted".to_owned()),
            Self::Succeeded(204) => (Tone::Muted, "allowed".to_owned()),
            Self::Succeeded(_) => (Tone::Good, "success".to_owned()),
            Self::FunctionFailed(error) => (Tone::Bad, format!("function error: {error}")),
            Self::CallFailed { unknown: true, .. } => (Tone::Bad, "outcome unknown".to_owned()),
            Self::CallFailed { code: Some(code), .. } => (Tone::Bad, code.to_string()),
            Self::CallFailed { said, .. } => (Tone::Bad, format!("call failed: {said}")),
            Self::BrokeOff(_) => (Tone::Bad, "incomplete".to_owned()),
            Self::Burst { runs, succeeded } => {
                let tone = if runs == succeeded { Tone::Good } else { Tone::Bad };
                (tone, format!("{succeeded} of {runs} succeeded"))
            }
            Self::NotAwaited => (Tone::Muted, "not awaited".to_owned()),
        }
    }
}

/// What a list of runs shows of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// A version or an alias; `None` is the function itself.
    pub qualifier: Option<Text>,
    /// The version that ran.
    pub version: Option<Text>,
    /// How it was invoked.
    pub kind: InvocationType,
    /// How it ended.
    pub ending: Ending,
    /// How long it took, from here, in milliseconds.
    pub took: u64,
    /// The bytes that were sent.
    pub sent: usize,
    /// The bytes that came back.
    pub received: u64,
    /// AWS's number of the run.
    pub request_id: Option<Text>,
    /// The type of the error that the function ended with, in its own words: `OrderRejected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Text>,
}

/// What tells a run from the others of its function.
///
/// When it was sent and to whom: two may have been sent at the same moment.
pub type RunKey = (DateTime<Utc>, Option<Text>, Option<Text>);

impl Brief {
    /// What a run comes to now.
    pub fn of(run: &Run) -> Self {
        let answer = run.answer();
        let failed_id = match &run.progress {
            Progress::Failed(problem) => problem.request_id.clone(),
            _ => None,
        };
        let took = run.ended.map_or(Duration::ZERO, |ended| ended.since.saturating_sub(run.started.since));
        Self {
            at: run.started.wall,
            qualifier: run.invocation.qualifier.clone(),
            version: answer.and_then(|answer| answer.executed_version.clone()),
            kind: run.invocation.kind,
            ending: ending(run),
            took: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            sent: run.sent,
            received: answer.map_or(0, |answer| u64::try_from(answer.size()).unwrap_or(u64::MAX)),
            request_id: answer.and_then(|answer| answer.request_id.clone()).or(failed_id),
            error: answer.and_then(|answer| answer.failure.as_ref()?.kind.clone()),
        }
    }

    /// How it ended, in a few words. AWS says of most failures that they were unhandled; their type tells them apart.
    pub fn outcome(&self) -> (Tone, String) {
        match (&self.ending, &self.error) {
            (Ending::FunctionFailed(_), Some(kind)) => (Tone::Bad, format!("{kind} (function error)")),
            (ending, _) => ending.words(),
        }
    }

    /// It was a burst: numbers of many runs.
    pub fn is_burst(&self) -> bool {
        matches!(self.ending, Ending::Burst { .. })
    }

    /// What tells it from others.
    pub fn key(&self) -> RunKey {
        (self.at, self.qualifier.clone(), self.request_id.clone())
    }

    /// How it was invoked, in one short word.
    pub fn how(&self) -> &'static str {
        match self.kind {
            _ if self.is_burst() => "burst",
            InvocationType::RequestResponse => "sync",
            InvocationType::Event => "event",
            InvocationType::DryRun => "dry run",
            InvocationType::ResponseStream => "stream",
        }
    }

    /// What a list says of it has all the words.
    pub(super) fn has(&self, needles: &[Needle]) -> bool {
        let time = self.at.format("%Y-%m-%d %H:%M:%S");
        let id = self.request_id.as_deref().unwrap_or_default();
        let took = took(Duration::from_millis(self.took));
        let said = format!("{time} {} {} {} {took} {id}", self.whom(), self.how(), self.outcome().1);
        needles.iter().all(|needle| needle.first(&said, 0).is_some())
    }

    /// `live → 8`: the qualifier, and the version that it led to. Without a qualifier AWS takes `$LATEST`.
    pub fn whom(&self) -> String {
        match (&self.qualifier, &self.version) {
            (Some(qualifier), Some(version)) if qualifier != version => format!("{qualifier} → {version}"),
            (Some(qualifier), _) => qualifier.to_string(),
            (None, Some(version)) => version.to_string(),
            (None, None) => LATEST.to_owned(),
        }
    }
}

fn ending(run: &Run) -> Ending {
    let unknown = run.outcome_unknown();
    match &run.progress {
        Progress::Burst(_) if run.is_running() => Ending::Running,
        Progress::Burst(burst) => Ending::Burst { runs: burst.tally.runs, succeeded: burst.tally.succeeded },
        Progress::Running => Ending::Running,
        Progress::Abandoned => Ending::NotAwaited,
        Progress::Answered(answer) => match (&answer.function_error, answer.incomplete()) {
            (Some(error), _) => Ending::FunctionFailed(error.clone()),
            (None, Some(why)) => Ending::BrokeOff(why.clone()),
            (None, None) => Ending::Succeeded(answer.status),
        },
        Progress::Failed(Problem { code, status, said, hint, .. }) => {
            let (code, said, hint) = (code.clone(), said.clone(), hint.clone());
            Ending::CallFailed { unknown, code, status: *status, said, hint }
        }
    }
}
