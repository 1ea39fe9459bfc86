//! `Invoke`: what keeps a function from running, the run, and what comes back in the headers.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;

use super::super::account::{Account, missing_function};
use super::super::answer::{Refusal, Reply};
use super::super::log_source::stream_name;
use super::super::noise;
use super::super::record::{Record, function_arn};
use super::super::request::Asked;
use super::super::run_log::RunLog;
use super::behaviour::{self, Context, Outcome};
use super::versions::{executed, resolve};

/// Bytes of an event for a synchronous invocation.
const MOST_SYNCHRONOUS: usize = 6_291_456;
/// Bytes of an event for an asynchronous one.
const MOST_ASYNCHRONOUS: usize = 1_048_576;

/// Only who is slow on purpose makes the caller wait everywhere; shorter runs do in an account with latency.
pub(super) const NOTICEABLE: TimeDelta = TimeDelta::milliseconds(500);

/// `Invoke`: 200 with the result, 202 for `Event`, 204 for `DryRun`.
pub(super) fn invoke(account: &mut Account, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let kind = asked.header("x-amz-invocation-type").unwrap_or("RequestResponse");
    let Some((outcome, log)) = carry_out(account, asked, id, kind)? else {
        return Ok(Reply::of(204, Vec::new()));
    };
    let record = account.asked_record(asked)?;
    let reply = if kind == "Event" {
        Reply { headers: durable(record, asked, &log).into_iter().collect(), ..Reply::of(202, Vec::new()) }
    } else {
        result(record, asked, &log, outcome)
    };
    keep(account, asked, &log);
    Ok(reply)
}

/// Runs the function, if nothing keeps it from running; `None` for a dry run.
pub(super) fn carry_out(
    account: &mut Account,
    asked: &Asked,
    id: &str,
    kind: &str,
) -> Result<Option<(Outcome, RunLog)>, Refusal> {
    let record = account.asked_record(asked)?;
    if resolve(record, asked.qualifier.as_deref()).is_none() {
        return Err(missing_function(asked));
    }
    check_event(asked, kind)?;
    if kind == "DryRun" {
        return Ok(None);
    }
    check_state(account, asked)?;
    let record = account.asked_record(asked)?;
    check_limits(record, asked, account.at_once(asked))?;
    run(record, asked, id, account.busy.through(asked)).map(Some)
}

fn check_event(asked: &Asked, kind: &str) -> Result<(), Refusal> {
    let most = if kind == "Event" { MOST_ASYNCHRONOUS } else { MOST_SYNCHRONOUS };
    if asked.body.len() > most {
        let message = format!("Request must be smaller than {most} bytes for the InvokeFunction operation");
        return Err(Refusal::new(413, "RequestTooLargeException", message));
    }
    if !asked.body.is_empty() && serde_json::from_slice::<serde::de::IgnoredAny>(&asked.body).is_err() {
        let message = "Could not parse request body into json: Could not parse payload into json";
        return Err(Refusal::new(400, "InvalidRequestContentException", message));
    }
    Ok(())
}

/// A function that is not `Active` does not run; one that slept begins to wake.
fn check_state(account: &mut Account, asked: &Asked) -> Result<(), Refusal> {
    let record = account.asked_record(asked)?;
    let latest = account.latest(record, asked.now);
    let state = latest.get("State").and_then(|state| state.as_str()).unwrap_or("Active").to_owned();
    let arn = function_arn(&asked.region, record.name());
    match state.as_str() {
        "Active" => Ok(()),
        "Inactive" => {
            wake(account, asked);
            let message =
                "The function was inactive and its connection to the VPC is being restored. Try again in a minute.";
            Err(Refusal::new(502, "ResourceNotReadyException", message))
        }
        "ActiveNonInvocable" if asked.qualifier.as_deref().is_none_or(|qualifier| qualifier == "$LATEST") => {
            let message = format!("{arn} has no published version. Publish one and invoke that.");
            Err(Refusal::new(400, "NoPublishedVersionException", message))
        }
        "ActiveNonInvocable" => Ok(()),
        state => Err(Refusal::conflict(format!(
            "The operation cannot be performed at this time. The function is currently in the following state: {state}"
        ))),
    }
}

fn wake(account: &mut Account, asked: &Asked) {
    let Some(record) = account.record_mut(asked.name.as_deref().unwrap_or_default()) else { return };
    let restoring =
        [("State", "Pending"), ("StateReason", "The function is being restored."), ("StateReasonCode", "Restoring")];
    for (field, word) in restoring {
        record.seed.configuration.insert(field.to_owned(), word.into());
    }
    record.pending_until = Some(asked.now + TimeDelta::seconds(10));
}

fn check_limits(record: &Record, asked: &Asked, at_once: u64) -> Result<(), Refusal> {
    let reserved = record.seed.concurrency.reserved.map(u64::from);
    if reserved.is_some_and(|reserved| reserved == 0 || at_once > reserved) || record.seed.behaviour == "throttled" {
        let refusal = Refusal::throttled("ReservedFunctionConcurrentInvocationLimitExceeded", Some(1));
        return Err(Refusal { message: "Rate Exceeded.".to_owned(), ..refusal });
    }
    let has = |field: &str| record.seed.configuration.contains_key(field);
    if has("TenancyConfig") && asked.header("x-amz-tenant-id").is_none() {
        let message = "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.";
        return Err(Refusal::invalid(message));
    }
    if has("CapacityProviderConfig") && asked.header("x-amz-log-type") == Some("Tail") {
        return Err(Refusal::invalid("LogType Tail is not supported for functions that run on a capacity provider."));
    }
    Ok(())
}

fn run(record: &Record, asked: &Asked, id: &str, busy: u64) -> Result<(Outcome, RunLog), Refusal> {
    let turn = record.runs.get(&turns_of(asked)).copied().unwrap_or_default();
    let version = executed(record, asked, turn)?;
    let context =
        Context { function: record.name(), version: &version, request_id: id, timeout: record.number("Timeout") };
    let outcome = behaviour::run(&record.seed.behaviour, &asked.body, context);
    let cold = record.environments.get(&version).is_none_or(|environments| *environments < busy);
    let init = 120 + noise::below(noise::seed(record.name()), 900);
    let memory = record.number("MemorySize");
    let used = if record.seed.behaviour == "memory" { memory } else { memory.min(61 + memory / 9) };
    let log = RunLog {
        request_id: id.to_owned(),
        version,
        at: asked.now,
        duration: outcome.duration,
        init: cold.then(|| TimeDelta::milliseconds(i64::try_from(init).unwrap_or(120))),
        memory: (memory, used),
        json: record.inner_text("LoggingConfig", "LogFormat") == Some("JSON"),
        ending: outcome.ending,
        printed: outcome.printed.clone(),
    };
    Ok((outcome, log))
}

fn result(record: &Record, asked: &Asked, log: &RunLog, outcome: Outcome) -> Reply {
    let mut headers = vec![("x-amz-executed-version", log.version.clone())];
    if asked.header("x-amz-log-type") == Some("Tail") {
        headers.push(("x-amz-log-result", STANDARD.encode(log.tail())));
    }
    if let Some(error) = outcome.function_error {
        headers.push(("x-amz-function-error", error.to_owned()));
    }
    headers.extend(durable(record, asked, log));
    let (wait, effort) = times(&outcome, log);
    Reply { headers, wait, effort, ..Reply::of(200, outcome.payload) }
}

/// How long a run keeps its caller waiting, and what of that is left out where nothing takes time.
pub(super) fn times(outcome: &Outcome, log: &RunLog) -> (Duration, Duration) {
    let run = outcome.duration.to_std().unwrap_or_default();
    let start = log.init.unwrap_or_default().to_std().unwrap_or_default();
    if outcome.duration >= NOTICEABLE { (run, start) } else { (Duration::ZERO, start + run) }
}

/// The header that names the durable execution, of a function that has them.
fn durable(record: &Record, asked: &Asked, log: &RunLog) -> Option<(&'static str, String)> {
    record.seed.configuration.get("DurableConfig")?;
    let arn = function_arn(&asked.region, record.name());
    let name = asked.header("x-amz-durable-execution-name").unwrap_or(&log.request_id);
    let execution = noise::uuid(noise::seed(name));
    Some(("x-amz-durable-execution-arn", format!("{arn}:{}/durable-execution/{name}/{execution}", log.version)))
}

/// The run is on record from its beginning: it goes on even if the caller does not wait for it.
pub(super) fn keep(account: &mut Account, asked: &Asked, log: &RunLog) {
    let busy = account.busy.through(asked);
    let Some(record) = account.record_mut(asked.name.as_deref().unwrap_or_default()) else { return };
    *record.runs.entry(turns_of(asked)).or_default() += 1;
    *record.runs.entry(log.version.clone()).or_default() += 1;
    let environments = record.environments.entry(log.version.clone()).or_default();
    *environments = busy.max(*environments).max(1);
    let (group, stream) = (record.log_group(), stream_name(record, &log.version, asked.now));
    let late = account.log_quirks.late;
    account.group_mut(&group, asked.now).write_run(&stream, log, log.duration >= NOTICEABLE, late);
}

/// Where the invocations through one qualifier are counted; no version is called like this.
fn turns_of(asked: &Asked) -> String {
    format!("through {}", asked.qualifier.as_deref().unwrap_or_default())
}
