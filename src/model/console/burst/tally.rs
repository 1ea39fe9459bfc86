//! What came of a burst, in numbers: small enough to be kept in the history.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::histogram::percentiles;
use super::panel::short;
use crate::aws::{self, Kind, Price, Problem, Text};
use crate::model::console::Answer;
use crate::panes::Value;

/// More kinds of failures than this are counted together.
const KINDS: usize = 12;

/// What came of a burst so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// How many runs were wanted.
    pub runs: u32,
    /// How many of them at once, at most.
    pub at_once: u32,
    /// How many were sent.
    pub sent: u32,
    /// The function answered.
    pub succeeded: u32,
    /// The function failed: by the type of the error.
    pub function_errors: BTreeMap<Text, u32>,
    /// AWS refused for want of concurrency: the function did not run.
    pub throttled: u32,
    /// Which limit that was, and what to do.
    pub limit: Option<Text>,
    /// Nobody knows whether the function ran.
    pub unknown: u32,
    /// The call failed otherwise: by AWS's name of the error.
    pub failed: BTreeMap<Text, u32>,
    /// They were sent, and then nobody waited for them.
    pub not_awaited: u32,
    /// How many runs had a REPORT in the log that came along.
    pub reported: u32,
    /// How many of these started cold, or from a snapshot.
    pub cold: u32,
    /// The longest such start, in microseconds.
    pub longest_start: u32,
    /// What was billed altogether, in milliseconds.
    pub billed: u64,
    /// The function's memory, in MB.
    pub memory: i64,
    /// How long each reported run took, in microseconds, as they came.
    pub ran: Vec<u32>,
    /// How long each answer took from here, in microseconds, as they came.
    pub trips: Vec<u32>,
    /// From the first one sent to the last answer, in milliseconds.
    pub took: u64,
    /// Why not all were sent.
    pub stopped: Option<Text>,
}

impl Tally {
    /// Counts an answer.
    pub(super) fn answered(&mut self, answer: &Answer, trip: Duration) {
        self.trips.push(micros(trip));
        match (&answer.function_error, answer.incomplete()) {
            (None, None) => self.succeeded += 1,
            (None, Some(_)) => count(&mut self.failed, &Text::known("answer broke off")),
            (Some(error), _) => {
                let kind = answer.failure.as_ref().and_then(|failure| failure.kind.as_ref()).unwrap_or(error);
                count(&mut self.function_errors, kind);
            }
        }
        let Some(report) = answer.tail.as_ref().and_then(|tail| tail.report.as_ref()) else { return };
        self.reported += 1;
        if let Some(start) = report.init.or(report.restore) {
            self.cold += 1;
            self.longest_start = self.longest_start.max(micros(start));
        }
        self.ran.extend(report.duration.map(micros));
        self.billed += report.billed.map_or(0, super::milliseconds);
        self.memory = report.memory.unwrap_or(self.memory);
    }

    /// Counts a call that failed.
    pub(super) fn failed(&mut self, problem: &Problem) {
        match problem.kind {
            Kind::Throttled => {
                self.throttled += 1;
                self.limit = Some(problem.hint.clone());
            }
            Kind::OutcomeUnknown => self.unknown += 1,
            kind => {
                let name = problem.code.clone().unwrap_or_else(|| Text::line(format!("{kind:?}")));
                count(&mut self.failed, &name);
            }
        }
    }

    /// How many have ended, whatever came of them.
    pub fn ended(&self) -> u32 {
        self.succeeded + self.bad() + self.not_awaited
    }

    /// How many failed, one way or another.
    pub fn bad(&self) -> u32 {
        self.function_errors.values().sum::<u32>() + self.failed.values().sum::<u32>() + self.throttled + self.unknown
    }

    /// What it is compared by: name and value.
    pub(in crate::model::console) fn figures(&self) -> Vec<(&'static str, Value)> {
        let count = |n: u32| Value::Count(n.into());
        let time = |values: &[u32], percent| {
            let found = percentiles(values, [percent]);
            found.map_or(Value::Missing, |[micros]| Value::Text(Text::line(short(micros))))
        };
        vec![
            ("runs", count(self.runs)),
            ("at once", count(self.at_once)),
            ("sent", count(self.sent)),
            ("succeeded", count(self.succeeded)),
            ("function errors", count(self.function_errors.values().sum())),
            ("throttled", count(self.throttled)),
            ("unknown", count(self.unknown)),
            ("calls failed", count(self.failed.values().sum())),
            ("cold starts", count(self.cold)),
            ("duration p50", time(&self.ran, 50)),
            ("duration p90", time(&self.ran, 90)),
            ("duration p99", time(&self.ran, 99)),
            ("duration max", time(&self.ran, 100)),
            ("round trip p50", time(&self.trips, 50)),
            ("round trip p99", time(&self.trips, 99)),
        ]
    }

    /// What it cost so far, as far as runs were reported.
    pub fn cost(&self, region: &str, architecture: Option<&str>) -> Option<Price> {
        let mean = Duration::from_millis(self.billed).checked_div(self.reported)?;
        Some(aws::price(region, architecture, mean, self.memory)?.times(self.reported))
    }

    /// The same without the words of the function.
    pub(in crate::model::console) fn nameless(&self) -> Self {
        let errors: u32 = self.function_errors.values().sum();
        let function_errors = (errors > 0).then(|| (Text::known("function error"), errors)).into_iter().collect();
        Self { function_errors, ..self.clone() }
    }
}

fn micros(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}

fn count(kinds: &mut BTreeMap<Text, u32>, kind: &Text) {
    let others = Text::known("others");
    let kind = if kinds.contains_key(kind) || kinds.len() < KINDS { kind } else { &others };
    *kinds.entry(kind.clone()).or_default() += 1;
}
