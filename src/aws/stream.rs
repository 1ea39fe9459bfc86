//! Invocation whose answer comes in pieces (`InvokeWithResponseStream`): sent once, never retried.

use std::pin::{Pin, pin};
use std::time::Duration;

use aws_sdk_lambda::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::operation::RequestId as _;
use aws_sdk_lambda::operation::invoke_with_response_stream::InvokeWithResponseStreamOutput;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types as sdk;
use aws_sdk_lambda::types::InvokeWithResponseStreamResponseEvent as Event;
use tokio::time::{Sleep, sleep};

use super::connect::{Aws, timeouts};
use super::function::{name_in, some};
use super::invoke::{Departure, Invocation, explained};
use super::log_tail::LogTail;
use super::outcome::Outcome;
use super::problem::Problem;
use super::text::Text;

/// What comes of a stream before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The answer began: the function is running, or ran.
    Begun,
    /// Bytes of the answer. They may end anywhere, within a character too.
    Bytes(Vec<u8>),
}

/// How a stream went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streamed {
    /// What the function said its bytes are: `text/plain`, `application/json`.
    pub content_type: Option<Text>,
    /// How it ended.
    pub end: StreamEnd,
}

/// How a stream ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamEnd {
    /// With `InvokeComplete`, well.
    Complete,
    /// With `InvokeComplete`, which says that the function failed, whatever it had sent before.
    Failed {
        /// `ErrorCode`: `Runtime.StreamError`.
        code: Text,
        /// `ErrorDetails`, often JSON; may be empty.
        details: Text,
    },
    /// Without `InvokeComplete`: something is missing.
    Cut {
        /// What ended it, in words.
        why: Text,
    },
}

/// Invokes a function and hands its answer on as it comes. The outcome's payload is empty: whoever
/// was handed the bytes has them. Dropping the future stops the waiting, not the function.
///
/// # Errors
/// As [`invoke()`](super::invoke()), as long as the answer has not begun. A stream that breaks off after that is
/// an outcome: what came is worth keeping.
pub async fn invoke_streaming(
    aws: Aws,
    invocation: Invocation,
    mut hand_on: impl FnMut(Piece) + Send,
) -> Result<Outcome, Problem> {
    let Invocation { function, qualifier, payload, tail, tenant, client_context, timeout, .. } = invocation;
    let mut deadline = pin!(sleep(timeout));
    let departure = Departure::default();
    let request = aws
        .invoker()
        .invoke_with_response_stream()
        .function_name(function.as_str())
        .set_qualifier(qualifier.map(|qualifier| qualifier.to_string()))
        .set_log_type(tail.then_some(sdk::LogType::Tail))
        .set_tenant_id(tenant)
        .set_client_context(client_context)
        .payload(Blob::new(payload.to_vec()))
        .customize()
        .interceptor(departure.clone())
        .config_override(aws_sdk_lambda::config::Config::builder().timeout_config(timeouts(timeout)));
    let mut answer = request.send().await.map_err(|error| {
        let problem = aws.problem(format!("invoke {}", name_in(&function)), "lambda:InvokeFunction", &error);
        explained(problem, timeout, departure.left(), &error)
    })?;
    hand_on(Piece::Begun);
    let (end, tail) = read(&mut answer, deadline.as_mut(), timeout, hand_on).await;
    let function_error = match &end {
        StreamEnd::Failed { code, .. } => Some(code.clone()),
        StreamEnd::Complete | StreamEnd::Cut { .. } => None,
    };
    Ok(Outcome {
        status: u16::try_from(answer.status_code()).unwrap_or_default(),
        executed_version: some(answer.executed_version()),
        function_error,
        tail,
        request_id: some(answer.request_id()),
        durable: None,
        payload: Vec::new(),
        streamed: Some(Streamed { content_type: some(answer.response_stream_content_type()), end }),
        cut: None,
    })
}

async fn read(
    answer: &mut InvokeWithResponseStreamOutput,
    mut deadline: Pin<&mut Sleep>,
    timeout: Duration,
    mut hand_on: impl FnMut(Piece) + Send,
) -> (StreamEnd, Option<LogTail>) {
    loop {
        let event = tokio::select! {
            biased;
            event = answer.event_stream.recv() => Ok(event),
            () = &mut deadline => Err(()),
        };
        let why = match event {
            Ok(Ok(Some(Event::PayloadChunk(chunk)))) => {
                if let Some(payload) = chunk.payload {
                    hand_on(Piece::Bytes(payload.into_inner()));
                }
                continue;
            }
            Ok(Ok(Some(Event::InvokeComplete(complete)))) => return completed(&complete),
            // A kind of event that is newer than this program.
            Ok(Ok(Some(_))) => continue,
            Ok(Ok(None)) => "the connection ended before the function did".to_owned(),
            Ok(Err(error)) => broken(&error),
            Err(()) => format!("no end within {} s", timeout.as_secs()),
        };
        return (StreamEnd::Cut { why: Text::line(why) }, None);
    }
}

fn completed(complete: &sdk::InvokeWithResponseStreamCompleteEvent) -> (StreamEnd, Option<LogTail>) {
    let end = match complete.error_code().filter(|code| !code.is_empty()) {
        None => StreamEnd::Complete,
        Some(code) => StreamEnd::Failed {
            code: Text::line(code),
            details: Text::block(complete.error_details().unwrap_or_default()),
        },
    };
    (end, complete.log_result().map(LogTail::decode))
}

/// Why a stream could not be read on, in words.
fn broken<E, R>(error: &SdkError<E, R>) -> String
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug,
{
    match error {
        SdkError::ServiceError(failure) => {
            let said = [failure.err().code(), failure.err().message()];
            said.into_iter().flatten().collect::<Vec<_>>().join(": ")
        }
        SdkError::ResponseError(_) => "a piece of it could not be understood: it was damaged on its way".to_owned(),
        SdkError::DispatchFailure(_) => "the connection was lost".to_owned(),
        error => DisplayErrorContext(error).to_string(),
    }
}
