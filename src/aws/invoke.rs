//! Invocation: sent once, never retried, never assumed harmless.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use aws_sdk_lambda::error::SdkError;
use aws_sdk_lambda::operation::RequestId as _;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types as sdk;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde::{Deserialize, Serialize};

use super::arriving::Arriving;
use super::command::Command;
use super::connect::{Aws, timeouts};
use super::function::{name_in, some};
use super::invoke_errors::{meaning, throttle_hint};
use super::log_tail::LogTail;
use super::network;
use super::outcome::Outcome;
use super::problem::{Kind, Problem};
use super::text::Text;

/// How to invoke.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum InvocationType {
    /// Wait for the answer.
    #[default]
    RequestResponse,
    /// Put it into the function's queue.
    Event,
    /// Only check whether it would be allowed.
    DryRun,
    /// Wait for the answer and take it as it comes: `InvokeWithResponseStream`.
    ResponseStream,
}

impl InvocationType {
    /// All of them, in the order of choosing.
    pub const ALL: [Self; 4] = [Self::RequestResponse, Self::Event, Self::DryRun, Self::ResponseStream];

    /// The next one, or the previous one.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        let count = Self::ALL.len();
        let at = Self::ALL.iter().position(|kind| *kind == self).unwrap_or(0);
        let to = if forward { at + 1 } else { at + count - 1 } % count;
        Self::ALL.get(to).copied().unwrap_or_default()
    }

    /// AWS's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::RequestResponse => "RequestResponse",
            Self::Event => "Event",
            Self::DryRun => "DryRun",
            Self::ResponseStream => "ResponseStream",
        }
    }
}

/// One invocation, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The function's name or ARN.
    pub function: Text,
    /// A version or an alias; `None` leaves it to AWS, which takes `$LATEST`.
    pub qualifier: Option<Text>,
    /// What the function gets, byte for byte. At most 6 MB, 1 MB for `Event`.
    pub payload: Arc<[u8]>,
    /// How.
    pub kind: InvocationType,
    /// The last 4 KB of the log come along, if the answer is waited for.
    pub tail: bool,
    /// The tenant the run is for, 1 to 256 characters: needed by functions that keep their tenants apart.
    pub tenant: Option<String>,
    /// What the function finds in its client context: JSON in base64, at most 3,583 bytes.
    pub client_context: Option<String>,
    /// The name of a durable execution, 1 to 64 characters: one that ran is not run again.
    pub execution: Option<String>,
    /// How long to wait for the answer: the function's own limit and some, at most 910 s.
    pub timeout: Duration,
}

impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation")
            .field("function", &self.function)
            .field("qualifier", &self.qualifier)
            // What is in it is nobody's business but the function's.
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .field("kind", &self.kind)
            .field("tail", &self.tail)
            .field("tenant", &self.tenant.is_some())
            .field("client_context", &self.client_context.is_some())
            .field("execution", &self.execution)
            .field("timeout", &self.timeout)
            .finish()
    }
}

impl Invocation {
    /// The AWS CLI command that does the same; the answer goes to the terminal. The payload stands in it as it is. As
    /// we do, it sends once, and waits for a run of 15 minutes: the CLI by itself gives up after one, and sends again.
    pub fn command(&self) -> String {
        let payload = String::from_utf8_lossy(&self.payload);
        self.command_sending(Some(&*payload).filter(|payload| !payload.is_empty()), None)
    }

    /// The same, with the payload in a file of that name.
    pub fn command_with_file(&self, path: &str) -> String {
        self.command_sending(None, Some(&format!("fileb://{path}")))
    }

    fn command_sending(&self, raw: Option<&str>, file: Option<&str>) -> String {
        // The CLI does not take answers as they come; it can only wait for the whole.
        let streams = self.kind == InvocationType::ResponseStream;
        let kind = if streams { InvocationType::RequestResponse } else { self.kind };
        let tail = self.tail && kind == InvocationType::RequestResponse;
        Command::of("invoke")
            .after("AWS_MAX_ATTEMPTS=1")
            .with("--function-name", &self.function)
            .with_some("--qualifier", self.qualifier.as_ref())
            .with("--invocation-type", &kind.word())
            .with_some("--log-type", tail.then_some(&"Tail"))
            .with_some("--tenant-id", self.tenant.as_ref())
            .with_some("--client-context", self.client_context.as_ref())
            .with_some("--durable-execution-name", self.execution.as_ref())
            .with_some("--cli-binary-format", raw.map(|_| &"raw-in-base64-out"))
            .with_some("--payload", raw.as_ref())
            .with_some("--payload", file.as_ref())
            .with("--cli-read-timeout", &0)
            .flag("/dev/stdout")
            .line()
    }
}

/// Notes that a request was handed to the network: from then on nobody knows what became of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Departure(Arc<AtomicBool>);

impl Departure {
    pub(super) fn left(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[dyn_dispatch_hint]
impl Intercept for Departure {
    fn name(&self) -> &'static str {
        "Departure"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Invokes a function (`Invoke`), once. Dropping the future stops the waiting, not the function.
///
/// # Errors
/// `OutcomeUnknown` when the request left and no answer came: the function may have run.
pub async fn invoke(aws: Aws, invocation: Invocation) -> Result<Outcome, Problem> {
    let Invocation { function, qualifier, payload, kind, tail, tenant, client_context, execution, timeout } =
        invocation;
    let tail = tail && kind == InvocationType::RequestResponse;
    let (departure, arriving) = (Departure::default(), Arriving::default());
    let request = aws
        .invoker()
        .invoke()
        .function_name(function.as_str())
        .set_qualifier(qualifier.map(|qualifier| qualifier.to_string()))
        .invocation_type(sdk::InvocationType::from(kind.word()))
        .set_log_type(tail.then_some(sdk::LogType::Tail))
        .set_tenant_id(tenant)
        .set_client_context(client_context)
        .set_durable_execution_name(execution)
        .payload(Blob::new(payload.to_vec()))
        .customize()
        .interceptor(departure.clone())
        .interceptor(arriving.clone())
        .config_override(aws_sdk_lambda::config::Config::builder().timeout_config(timeouts(timeout)));
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) => {
            return arriving.broken_off(&error).ok_or_else(|| {
                let problem = aws.problem(format!("invoke {}", name_in(&function)), "lambda:InvokeFunction", &error);
                explained(problem, timeout, departure.left(), &error)
            });
        }
    };
    Ok(Outcome {
        status: u16::try_from(answer.status_code()).unwrap_or_default(),
        executed_version: some(answer.executed_version()),
        function_error: some(answer.function_error()),
        tail: answer.log_result().map(LogTail::decode),
        request_id: some(answer.request_id()),
        durable: some(answer.durable_execution_arn()),
        payload: answer.payload.map(Blob::into_inner).unwrap_or_default(),
        streamed: None,
        cut: None,
    })
}

/// The problem with what is known of invocations: whether the function may have run, which limit was
/// met, and what each of the documented errors means.
pub(super) fn explained<E>(mut problem: Problem, waited: Duration, left: bool, error: &SdkError<E>) -> Problem
where
    E: std::error::Error + 'static,
{
    match error {
        SdkError::ServiceError(failure) => {
            if problem.code.as_deref() == Some("TooManyRequestsException") {
                let reason = reason(failure.raw());
                problem.hint = throttle_hint(&reason);
                if !reason.is_empty() {
                    problem.said = Text::line(format!("{} ({reason})", problem.said.trim_end_matches('.')));
                }
            } else if failure.raw().status().as_u16() >= 500
                && problem.code.as_deref().is_none_or(|code| code == "ServiceException")
            {
                problem.hint = Text::known("The function may or may not have run; its log knows.");
            } else if let Some(meaning) = problem.code.as_deref().and_then(meaning) {
                problem.hint = Text::line(format!("{} {}", meaning.sentence, meaning.hint));
            }
        }
        _ if left && !network::never_connected(error) && problem.kind != Kind::ReadOnly => {
            problem.kind = Kind::OutcomeUnknown;
            problem.hint = Text::known(
                "The request had left: the function may have run. Look into its log (l) before you send it again.",
            );
            if matches!(error, SdkError::TimeoutError(_)) {
                problem.said = Text::line(format!("no answer within {} s", waited.as_secs()));
            }
        }
        _ => {}
    }
    problem
}

/// `Reason` in the body of a refusal: which limit was met.
fn reason(raw: &HttpResponse) -> String {
    let body = raw.body().bytes().unwrap_or_default();
    let told: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    told.get("Reason").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
#[path = "invoke_tests.rs"]
mod tests;
