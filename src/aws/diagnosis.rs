//! From an error of the SDK to a problem a person can act on. Decides by name first, by status after.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::advice::advice;
use super::connect::Aws;
use super::gateway::Refused;
use super::network;
use super::problem::{Brief, Kind, Problem};
use super::text::Text;

/// What AWS, or whoever stood in its place, answered.
#[derive(Default, Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub code: Option<String>,
    pub message: String,
    pub request_id: Option<String>,
    /// The body is a web page.
    pub page: bool,
}

/// Whom we asked, for what: all that the advice needs to know.
pub(super) struct Question<'a> {
    /// "list the functions".
    pub doing: Text,
    /// The IAM action the request needs: "lambda:ListFunctions".
    pub action: &'static str,
    pub profile: Option<&'a str>,
    pub region: &'a str,
    /// The endpoint, if it is not AWS's own.
    pub endpoint: Option<&'a str>,
    /// The profile wants an MFA code.
    pub mfa: bool,
}

impl Aws {
    /// The problem behind an error of the SDK.
    pub(super) fn problem<E>(
        &self,
        doing: impl Into<Text>,
        action: &'static str,
        error: &SdkError<E, HttpResponse>,
    ) -> Problem
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let question = Question {
            doing: doing.into(),
            action,
            profile: self.profile(),
            region: self.region(),
            endpoint: self.endpoint_for(action),
            mfa: self.wants_mfa(),
        };
        let mut problem = match error {
            SdkError::ServiceError(failure) => service(&question, answer(failure.raw(), Some(failure.err().meta()))),
            SdkError::ResponseError(failure) => broken(&question, &answer(failure.raw(), None), error),
            SdkError::TimeoutError(_) => network::no_answer(&question),
            _ => unsent(&question, error),
        };
        problem.action = Some(action);
        tracing::warn!(problem = %problem.sentence(), request_id = ?problem.request_id, "request failed");
        problem
    }
}

/// A failure without an answer: refused by ourselves, no credentials, or the network.
fn unsent(question: &Question<'_>, error: &(dyn Error + 'static)) -> Problem {
    if let Some(refused) = network::find::<Refused>(error) {
        let hint = "Start without --read-only to allow changes.";
        return Problem::new(Kind::ReadOnly, question.doing.clone(), refused.to_string(), hint);
    }
    network::problem(question, error)
}

fn answer(raw: &HttpResponse, meta: Option<&aws_smithy_types::error::ErrorMetadata>) -> Answer {
    let header = |name| raw.headers().get(name).map(str::to_owned);
    let body = raw.body().bytes().unwrap_or_default();
    Answer {
        status: raw.status().as_u16(),
        code: meta.and_then(|meta| meta.code()).map(str::to_owned),
        message: meta.and_then(|meta| meta.message()).unwrap_or_default().to_owned(),
        request_id: header("x-amzn-requestid").or_else(|| header("x-amz-request-id")),
        page: header("content-type").is_some_and(|kind| kind.contains("text/html"))
            || body.trim_ascii_start().starts_with(b"<"),
    }
}

/// An answer in which the SDK recognised an error, or at least that it was one.
pub(super) fn service(question: &Question<'_>, answer: Answer) -> Problem {
    // The SDK files a good answer that it cannot read under errors of the service.
    let unreadable = answer.status < 300 && answer.code.is_none();
    if answer.page || unreadable || lacks(&answer) {
        return garbled(question, &answer);
    }
    let code = answer.code.as_deref().unwrap_or_default();
    // AWS has one name for "Alias already exists" and for "An update is in progress".
    let exists = answer.message.contains("already exist");
    let kind = named(code, answer.status);
    let kind = if kind == Kind::Conflict && exists { Kind::Exists } else { kind };
    let said = match answer.message.trim() {
        "" if code.is_empty() => format!("HTTP {} without a reason", answer.status),
        message => message.to_owned(),
    };
    let (hint, brief) = advice(kind, code, &answer, question);
    let mut problem = Problem::new(kind, question.doing.clone(), said, hint);
    problem.brief = brief;
    problem.code = answer.code.map(Text::line);
    problem.status = Some(answer.status);
    problem.request_id = answer.request_id.map(Text::line);
    problem
}

/// What the names of errors mean.
const NAMES: [(Kind, &[&str]); 5] = [
    (
        Kind::Throttled,
        &[
            "TooManyRequestsException",
            "ThrottlingException",
            "Throttling",
            "ThrottledException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
        ],
    ),
    (
        Kind::Denied,
        &[
            "AccessDeniedException",
            "AccessDenied",
            "NotAuthorized",
            "UnauthorizedOperation",
            "OptInRequired",
            "OptInRequiredException",
            "AuthorizationError",
        ],
    ),
    (
        Kind::Expired,
        &[
            "ExpiredToken",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "MissingAuthenticationToken",
            "InvalidAccessKeyId",
        ],
    ),
    (
        Kind::Conflict,
        &[
            "ResourceConflictException",
            "ResourceInUseException",
            "PreconditionFailedException",
            "DurableExecutionAlreadyStartedException",
            "SnapStartNotReadyException",
            "ResourceNotReadyException",
        ],
    ),
    (
        Kind::Invalid,
        &[
            "RequestTooLargeException",
            "RequestEntityTooLargeException",
            "UnsupportedMediaTypeException",
            "SerializationException",
            "MalformedHttpRequestException",
        ],
    ),
];

/// What the name of an error means; its status only where there is no name.
fn named(code: &str, status: u16) -> Kind {
    if let Some((kind, _)) = NAMES.iter().find(|(_, names)| names.contains(&code)) {
        return *kind;
    }
    match code {
        "" => by_status(status),
        // A key of KMS that is not found is the function's affair; the function is there.
        _ if code.ends_with("NotFoundException") && !code.starts_with("KMS") => Kind::Missing,
        _ if status < 500 && (code.starts_with("Invalid") || code.starts_with("Validation")) => Kind::Invalid,
        _ => Kind::Other,
    }
}

fn by_status(status: u16) -> Kind {
    match status {
        401 | 403 => Kind::Denied,
        404 => Kind::Missing,
        409 | 412 => Kind::Conflict,
        429 => Kind::Throttled,
        400..=499 => Kind::Invalid,
        _ => Kind::Other,
    }
}

/// The operation itself is unknown where we asked: not the same as a thing that does not exist.
fn lacks(answer: &Answer) -> bool {
    let code = answer.code.as_deref().unwrap_or_default();
    // Emulators answer a path they do not know as if it were the name of a function:
    // "Function not found: /2025-11-30/capacity-providers".
    let path_for_name = answer.message.contains(": /20");
    matches!(code, "UnknownOperationException" | "NotImplemented" | "NotImplementedException" | "InvalidAction")
        || matches!(answer.status, 405 | 501)
        || (answer.status == 404 && (code.is_empty() || path_for_name))
}

/// An answer that began and could not be read: the connection broke off in the middle of it, or nobody can read it.
fn broken(question: &Question<'_>, answer: &Answer, error: &(dyn Error + 'static)) -> Problem {
    let Some(problem) = network::broken_off(question, error) else { return garbled(question, answer) };
    let request_id = answer.request_id.as_deref().map(Text::line);
    Problem { status: Some(answer.status), request_id, ..problem }
}

/// An answer that is not in the language of AWS, or not about what was asked.
fn garbled(question: &Question<'_>, answer: &Answer) -> Problem {
    let status = answer.status;
    let (kind, said, hint, brief) = match (answer.page, question.endpoint) {
        _ if lacks(answer) || (answer.page && matches!(status, 400 | 404)) => (
            Kind::Unsupported,
            format!("this endpoint does not offer it (HTTP {status})"),
            "Other panes are not affected. A newer endpoint, or AWS itself, may have the operation.",
            ("this endpoint does not offer it", "other panes are not affected"),
        ),
        (true, None) if status < 400 => (
            Kind::Unreachable,
            "a web page came instead of an answer from AWS".to_owned(),
            "A login page of this network or a proxy stands between; open a browser and sign in, then press r.",
            ("a web page came", "sign in with a browser, then r"),
        ),
        (true, _) => (
            Kind::Other,
            format!("a web page came instead of an answer (HTTP {status})"),
            "Check the endpoint and any proxy, then press r to ask again.",
            ("a web page came", "check endpoint and proxy"),
        ),
        (false, _) => (
            Kind::Other,
            format!("the answer could not be understood (HTTP {status})"),
            "Press r to ask again; a proxy or an emulator may have cut or changed the answer.",
            ("answer not understood", "r asks again"),
        ),
    };
    let mut problem = Problem::new(kind, question.doing.clone(), said, hint).in_brief(Brief::new(brief.0, brief.1));
    problem.status = Some(status);
    problem.request_id = answer.request_id.as_deref().map(Text::line);
    problem
}

#[cfg(test)]
#[path = "diagnosis_tests.rs"]
mod tests;
