//! An answer while it comes: should it break off, what has come of it is kept. The SDK throws it away.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::function::some;
use super::log_tail::LogTail;
use super::number::grouped;
use super::outcome::Outcome;
use super::text::Text;

/// What came of one answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Arriving(Arc<Mutex<Option<Arrived>>>);

/// The beginning of an answer.
#[derive(Debug)]
struct Arrived {
    status: u16,
    headers: Headers,
    /// Its body as far as it came, in the pieces it came in: they share their bytes with what the SDK reads.
    pieces: Vec<Bytes>,
}

impl Arrived {
    fn of(response: &HttpResponse) -> Self {
        Self { status: response.status().as_u16(), headers: response.headers().clone(), pieces: Vec::new() }
    }
}

impl Arriving {
    /// What came of an answer that began well and broke off. The function has ended by then: the headers tell how.
    pub(super) fn broken_off<E, R>(&self, error: &SdkError<E, R>) -> Option<Outcome> {
        let arrived = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let payload = arrived.pieces.concat();
        let whole: Option<usize> = arrived.headers.get("content-length").and_then(|length| length.parse().ok());
        if arrived.status >= 300 || matches!(error, SdkError::ServiceError(_)) || whole == Some(payload.len()) {
            return None;
        }
        let count = |bytes: usize| grouped(i64::try_from(bytes).unwrap_or(i64::MAX));
        let came = format!(
            "{}{} bytes",
            count(payload.len()),
            whole.map(|it| format!(" of {}", count(it))).unwrap_or_default()
        );
        let cut = match error {
            SdkError::TimeoutError(_) => format!("nothing more came after {came}"),
            _ => format!("the answer broke off after {came}"),
        };
        Some(Outcome {
            status: arrived.status,
            executed_version: some(arrived.headers.get("x-amz-executed-version")),
            function_error: some(arrived.headers.get("x-amz-function-error")),
            tail: arrived.headers.get("x-amz-log-result").map(LogTail::decode),
            request_id: some(arrived.headers.get("x-amzn-requestid")),
            durable: some(arrived.headers.get("x-amz-durable-execution-arn")),
            payload,
            streamed: None,
            cut: Some(Text::line(cut)),
        })
    }
}

#[dyn_dispatch_hint]
impl Intercept for Arriving {
    fn name(&self) -> &'static str {
        "Arriving"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arrived::of(response));
        let body = response.take_body();
        *response.body_mut() = SdkBody::from_body_1_x(Kept { body, arriving: self.clone() });
        Ok(())
    }
}

/// A body of which each piece that is read is kept.
struct Kept {
    body: SdkBody,
    arriving: Arriving,
}

impl Body for Kept {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(task);
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(piece) = frame.data_ref()
            && let Some(arrived) = &mut *self.arriving.0.lock().unwrap_or_else(PoisonError::into_inner)
        {
            arrived.pieces.push(piece.clone());
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}
