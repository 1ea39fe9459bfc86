//! What can be scripted: latency, a rate limit, gates and faults; and the journal of what was asked.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::gate::Gate;
use super::logs::TailEnd;

/// How many lines the journal keeps: enough for every test, and an end to what `--demo` remembers.
const JOURNAL_LINES: usize = 100_000;

/// How many bodies are kept beside it.
const BODIES: usize = 200;

/// How an operation goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A refusal with any status and name.
    Status {
        /// The HTTP status.
        code: u16,
        /// AWS's name of the error.
        error: String,
        /// AWS's words.
        message: String,
    },
    /// 403 `AccessDeniedException` that names the action, for example `lambda:GetFunction`.
    Denied {
        /// The IAM action that is not allowed.
        action: String,
    },
    /// 429 `TooManyRequestsException`.
    Throttled {
        /// Seconds, for the `Retry-After` header.
        retry_after: Option<u32>,
    },
    /// 200 with JSON that ends in the middle.
    BrokenJson,
    /// 200 with the login page of a proxy.
    HtmlBody,
    /// The connection is dropped before the operation is carried out.
    Reset,
    /// The operation is carried out, and the connection dropped in place of an answer.
    ResetAfter,
    /// The operation is carried out, and half of the answer is sent.
    Truncated,
    /// The operation is carried out, and a byte in the middle of a streamed answer is another one.
    Damaged,
    /// The operation is carried out, and half of a streamed answer is sent, and then nothing.
    Silence,
    /// A live tail ends after so many updates that had events.
    TailEnds {
        /// How many come before it ends.
        after: usize,
        /// How.
        how: TailEnd,
    },
    /// A live tail leaves every other event out, and says so.
    Sampled,
    /// No answer, ever; the operation is not carried out.
    Hang,
}

/// Requests per second, and how many at once: a token bucket on the account's own clock.
#[derive(Debug)]
struct RateLimit {
    per_second: f64,
    burst: f64,
    tokens: f64,
    at: Option<DateTime<Utc>>,
}

impl RateLimit {
    fn admits(&mut self, now: DateTime<Utc>) -> bool {
        let since = self.at.map_or(0.0, |at| (now - at).as_seconds_f64().max(0.0));
        self.at = Some(now);
        self.tokens = (self.tokens + since * self.per_second).min(self.burst);
        let admitted = self.tokens >= 1.0;
        if admitted {
            self.tokens -= 1.0;
        }
        admitted
    }
}

#[derive(Debug)]
struct Scripted {
    key: String,
    fault: Fault,
    /// How many more times; `None` is until cleared.
    left: Option<usize>,
}

/// What is to be done with one request, decided when it arrives.
#[derive(Debug)]
pub(super) struct Plan {
    pub latency: Duration,
    pub gates: Vec<Gate>,
    pub fault: Option<Fault>,
    /// The request is so many-th of its operation.
    pub count: u64,
}

/// The script and the journal.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub latency: Duration,
    gates: BTreeMap<String, Gate>,
    faults: Vec<Scripted>,
    limit: Option<RateLimit>,
    journal: VecDeque<String>,
    bodies: VecDeque<(String, Value)>,
    counts: BTreeMap<String, u64>,
    throttled: u64,
}

impl Script {
    /// Notes the request in the journal and says what is to be done with it.
    pub fn arrive(&mut self, operation: &str, line: String, body: Value, now: DateTime<Utc>) -> Plan {
        let gates = self.gates(&line);
        let fault = self.take_fault(&line).or_else(|| self.over_the_limit(operation, now));
        let count = self.counts.entry(operation.to_owned()).or_default();
        *count += 1;
        let count = *count;
        self.journal.push_back(line);
        if self.journal.len() > JOURNAL_LINES {
            self.journal.pop_front();
        }
        if !body.is_null() {
            self.bodies.push_back((operation.to_owned(), body));
            if self.bodies.len() > BODIES {
                self.bodies.pop_front();
            }
        }
        Plan { latency: self.latency, gates, fault, count }
    }

    /// The gates in front of what a line of the journal means.
    pub fn gates(&self, line: &str) -> Vec<Gate> {
        self.gates.iter().filter(|(key, _)| means(key, line)).map(|(_, gate)| gate.clone()).collect()
    }

    pub fn gate(&mut self, key: &str) -> Gate {
        let gate = Gate::closed();
        if let Some(former) = self.gates.insert(key.to_owned(), gate.clone()) {
            former.open();
        }
        gate
    }

    pub fn fail(&mut self, key: &str, left: Option<usize>, fault: Fault) {
        self.faults.push(Scripted { key: key.to_owned(), fault, left });
    }

    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// Sets or lifts the limit; the bucket starts full.
    pub fn rate_limit(&mut self, per_second: Option<f64>, burst: u32) {
        let burst = f64::from(burst);
        self.limit = per_second.map(|per_second| RateLimit { per_second, burst, tokens: burst, at: None });
    }

    pub fn journal(&self) -> Vec<String> {
        self.journal.iter().cloned().collect()
    }

    pub fn bodies(&self, operation: &str) -> Vec<Value> {
        self.bodies.iter().filter(|(of, _)| of == operation).map(|(_, body)| body.clone()).collect()
    }

    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.counts.clone()
    }

    pub fn clear_journal(&mut self) {
        self.journal.clear();
        self.bodies.clear();
        self.counts.clear();
    }

    fn take_fault(&mut self, line: &str) -> Option<Fault> {
        let scripted =
            self.faults.iter_mut().find(|scripted| scripted.left != Some(0) && means(&scripted.key, line))?;
        if let Some(left) = &mut scripted.left {
            *left -= 1;
        }
        Some(scripted.fault.clone())
    }

    /// What has a limit of its own does not share this one: `Invoke`, `GetFunction` (100/s) and the
    /// other services (Lambda quotas, "API requests").
    fn over_the_limit(&mut self, operation: &str, now: DateTime<Utc>) -> Option<Fault> {
        const APART: [&str; 8] = [
            "Invoke",
            "InvokeWithResponseStream",
            "GetFunction",
            "GetCallerIdentity",
            "FilterLogEvents",
            "GetLogEvents",
            "DescribeLogGroups",
            "StartLiveTail",
        ];
        let limit = self.limit.as_mut().filter(|_| !APART.contains(&operation))?;
        if limit.admits(now) {
            return None;
        }
        self.throttled += 1;
        Some(Fault::Throttled { retry_after: Some(1) })
    }

    /// How many requests were over the limit.
    pub fn throttled(&self) -> u64 {
        self.throttled
    }
}

/// Whether `key` (an operation, or the beginning of a journal line) means the request of `line`.
fn means(key: &str, line: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn arrive(script: &mut Script, line: &str, now: DateTime<Utc>) -> Option<Fault> {
        let operation = line.split(' ').next().unwrap_or(line);
        script.arrive(operation, line.to_owned(), Value::Null, now).fault
    }

    #[test]
    fn a_key_is_an_operation_or_the_beginning_of_a_line() {
        assert!(means("GetFunction", "GetFunction orders-api"));
        assert!(means("GetFunction orders-api", "GetFunction orders-api:live"));
        assert!(!means("GetFunction", "GetFunctionConcurrency orders-api"));
        assert!(!means("GetFunction orders", "GetFunction orders-api"));
    }

    #[test]
    fn a_fault_with_a_number_runs_out() {
        let mut script = Script::default();
        script.fail("ListFunctions", Some(2), Fault::Reset);
        let now = DateTime::UNIX_EPOCH;
        let faults: Vec<_> = (0..3).map(|_| arrive(&mut script, "ListFunctions", now)).collect();
        assert_eq!(faults, [Some(Fault::Reset), Some(Fault::Reset), None]);
    }

    #[test]
    fn the_limit_refills_with_the_clock_and_leaves_invocations_alone() {
        let mut script = Script::default();
        script.rate_limit(Some(2.0), 2);
        let now = DateTime::UNIX_EPOCH;
        let throttled = Some(Fault::Throttled { retry_after: Some(1) });
        assert_eq!(arrive(&mut script, "ListAliases a", now), None);
        assert_eq!(arrive(&mut script, "ListAliases a", now), None);
        assert_eq!(arrive(&mut script, "ListAliases a", now), throttled);
        assert_eq!(arrive(&mut script, "Invoke a Event", now), None);
        assert_eq!(arrive(&mut script, "ListAliases a", now + TimeDelta::milliseconds(500)), None);
        assert_eq!(script.counts().get("ListAliases"), Some(&4));
    }
}
