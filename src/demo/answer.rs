//! What goes back over the wire: answers, refusals in each protocol's own shape, and what is no answer at all.

use std::time::Duration;

use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use super::pieces::Pieces;
use super::request::Service;

/// What the far end does with a request: the server or the connector acts it out.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A whole HTTP response.
    Response(Response<Vec<u8>>),
    /// A head, and a body that comes in pieces.
    Stream(Response<Pieces>),
    /// The connection is dropped without a byte.
    Reset,
    /// The head and the first half of the body, then the connection is dropped.
    Truncated(Response<Vec<u8>>),
    /// Nothing, ever.
    Hang,
}

/// The answer to an operation that was carried out.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// How long the far end works before it answers: a function that runs.
    pub wait: Duration,
    /// How long it works besides, in an account that is as slow as AWS: a start of the environment, a
    /// short run. An account without latency leaves it out.
    pub effort: Duration,
    /// The body, if it comes in pieces.
    pub pieces: Option<Pieces>,
}

impl Reply {
    /// An answer with a body and nothing special about it.
    pub fn of(status: u16, body: Vec<u8>) -> Self {
        let (wait, effort) = (Duration::ZERO, Duration::ZERO);
        Self { status, headers: Vec::new(), body, wait, effort, pieces: None }
    }

    /// What goes out, whole or in pieces, with the request id every AWS answer carries.
    pub fn into_answer(mut self, service: Service, request_id: &str) -> Answer {
        let pieces = self.pieces.take();
        let mut response = self.into_response(service, request_id);
        match pieces {
            None => Answer::Response(response),
            Some(pieces) => {
                // How long it will be is not known at its beginning.
                response.headers_mut().remove("content-length");
                Answer::Stream(response.map(|_| pieces))
            }
        }
    }

    fn into_response(self, service: Service, request_id: &str) -> Response<Vec<u8>> {
        let mut response = response(self.status, self.body, service.content_type(), request_id);
        for (name, value) in self.headers {
            set(&mut response, name, &value);
        }
        response
    }
}

impl From<Value> for Reply {
    fn from(value: Value) -> Self {
        Self::of(200, value.to_string().into_bytes())
    }
}

/// An operation that was refused: AWS's name for it, its status and its words.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub status: u16,
    pub error: String,
    pub message: String,
    /// `Reason` of `TooManyRequestsException`: which limit was met.
    pub reason: Option<&'static str>,
    /// Seconds, for the `Retry-After` header.
    pub retry_after: Option<u32>,
}

impl Refusal {
    /// A refusal by name.
    pub fn new(status: u16, error: &str, message: impl Into<String>) -> Self {
        Self { status, error: error.to_owned(), message: message.into(), reason: None, retry_after: None }
    }

    /// 404 `ResourceNotFoundException`.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::new(404, "ResourceNotFoundException", message)
    }

    /// 400 `InvalidParameterValueException`.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidParameterValueException", message)
    }

    /// 409 `ResourceConflictException`.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, "ResourceConflictException", message)
    }

    /// 403 `AccessDeniedException` that names the missing action.
    pub fn denied(action: &str) -> Self {
        let message = format!(
            "User: {} is not authorized to perform: {action} on resource: * because no identity-based policy allows the {action} action",
            super::identity::CALLER_ARN
        );
        Self::new(403, "AccessDeniedException", message)
    }

    /// 429 `TooManyRequestsException` with the limit that was met.
    pub fn throttled(reason: &'static str, retry_after: Option<u32>) -> Self {
        let refusal = Self::new(429, "TooManyRequestsException", "Rate exceeded");
        Self { reason: Some(reason), retry_after, ..refusal }
    }

    /// The response on the wire, in the shape of the service's protocol.
    pub fn into_response(self, service: Service, request_id: &str) -> Response<Vec<u8>> {
        let (status, body) = match service {
            Service::Lambda => (self.status, self.rest_json().to_string()),
            Service::Logs => (self.json_status(), self.aws_json().to_string()),
            Service::Sts => (self.status, self.xml(request_id)),
        };
        let mut response = response(status, body.into_bytes(), service.content_type(), request_id);
        if matches!(service, Service::Lambda) {
            set(&mut response, "x-amzn-errortype", &self.error);
        }
        if let Some(seconds) = self.retry_after {
            set(&mut response, "retry-after", &seconds.to_string());
        }
        response
    }

    fn rest_json(&self) -> Value {
        let fault = if self.status < 500 { "User" } else { "Service" };
        match self.reason {
            // The one error that spells its message in lower case and says why.
            Some(reason) => json!({"Reason": reason, "Type": fault, "message": self.message}),
            None => json!({"Type": fault, "Message": self.message}),
        }
    }

    /// awsJson refuses with 400 or 500 only; the name in the body decides.
    fn json_status(&self) -> u16 {
        if self.status < 500 { 400 } else { self.status }
    }

    fn aws_json(&self) -> Value {
        let error = if self.reason.is_some() { "ThrottlingException" } else { &self.error };
        json!({"__type": error, "message": self.message})
    }

    fn xml(&self, request_id: &str) -> String {
        let code = self.error.trim_end_matches("Exception");
        format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>\
             <Message>{}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>",
            xml_text(&self.message)
        )
    }
}

/// A text as the content of an XML element.
pub(super) fn xml_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A response with the three headers every one has.
pub(super) fn response(status: u16, body: Vec<u8>, content_type: &str, request_id: &str) -> Response<Vec<u8>> {
    let length = body.len().to_string();
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    set(&mut response, "content-type", content_type);
    if status != 204 {
        set(&mut response, "content-length", &length);
    }
    set(&mut response, "x-amzn-requestid", request_id);
    response
}

/// Sets a header; a value that no header may hold is left out.
fn set(response: &mut Response<Vec<u8>>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}
