//! The request of the console: the payload of each function, and what is checked before it is sent.

use std::time::Duration;

use super::Console;
use crate::aws::{Invocation, InvocationType};
use crate::model::editor::Editor;
use crate::model::json;

/// The most bytes of a payload: 6 MB for an answer that is waited for, 1 MB for an event
/// (Lambda quotas, "Invocation payload").
const LIMIT_SYNC: usize = 6 * 1024 * 1024;
const LIMIT_EVENT: usize = 1024 * 1024;
/// The longest time limit of a function, in seconds.
const LONGEST: u32 = 900;
/// A payload up to this size is checked after every key; a longer one once the keys rest.
const AT_ONCE: usize = 256 * 1024;
/// How long keys rest before a long payload is checked.
const REST: Duration = Duration::from_millis(200);

/// Payload templates that come along: name and text.
pub static TEMPLATES: &[(&str, &str)] = &[
    ("hello", include_str!("../../../assets/payloads/hello.json")),
    ("sqs", include_str!("../../../assets/payloads/sqs.json")),
    ("sns", include_str!("../../../assets/payloads/sns.json")),
    ("s3-put", include_str!("../../../assets/payloads/s3-put.json")),
    ("apigateway-v1", include_str!("../../../assets/payloads/apigateway-v1.json")),
    ("apigateway-v2", include_str!("../../../assets/payloads/apigateway-v2.json")),
    ("alb", include_str!("../../../assets/payloads/alb.json")),
    ("function-url", include_str!("../../../assets/payloads/function-url.json")),
    ("eventbridge", include_str!("../../../assets/payloads/eventbridge.json")),
    ("scheduled", include_str!("../../../assets/payloads/scheduled.json")),
    ("dynamodb-stream", include_str!("../../../assets/payloads/dynamodb-stream.json")),
    ("kinesis-stream", include_str!("../../../assets/payloads/kinesis-stream.json")),
    ("cloudwatch-logs", include_str!("../../../assets/payloads/cloudwatch-logs.json")),
    ("cognito-pre-signup", include_str!("../../../assets/payloads/cognito-pre-signup.json")),
    ("step-functions", include_str!("../../../assets/payloads/step-functions.json")),
];

/// What is to be sent to one function.
#[derive(Debug, Default)]
pub struct Request {
    /// The payload, byte for byte.
    pub editor: Editor,
    /// What was found in the payload, and of which revision.
    verdict: Option<(u64, Verdict)>,
    /// The revision last seen, and when it was new.
    seen: (u64, Duration),
}

/// What a payload is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing, which is allowed.
    Empty,
    /// One JSON value.
    Json,
    /// Not JSON: where and why.
    Flawed(json::Flaw),
}

impl Verdict {
    fn of(text: &str) -> Self {
        match json::check(text) {
            Ok(()) => Self::Json,
            Err(_) if text.trim().is_empty() => Self::Empty,
            Err(flaw) => Self::Flawed(flaw),
        }
    }
}

impl Request {
    /// The request of a function that has not been invoked yet.
    pub(super) fn first() -> Self {
        let text = TEMPLATES.first().map_or("{}", |(_, text)| text);
        Self { editor: Editor::new(text.trim_end().to_owned()), ..Self::default() }
    }

    /// What the payload is; `None` while it has not been checked since its last change.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref().filter(|(revision, _)| *revision == self.editor.revision()).map(|(_, verdict)| verdict)
    }

    /// Checks the payload if it is short or the keys rest.
    pub fn judge(&mut self, now: Duration) {
        let revision = self.editor.revision();
        if self.seen.0 != revision {
            self.seen = (revision, now);
        }
        if self.verdict().is_none() && (self.editor.text().len() <= AT_ONCE || now >= self.seen.1 + REST) {
            self.verdict = Some((revision, Verdict::of(self.editor.text())));
        }
    }

    /// When it wants to be checked.
    pub fn judged_at(&self) -> Option<Duration> {
        self.verdict().is_none().then_some(self.seen.1 + REST)
    }
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
    /// What is to be sent to the function.
    pub fn request(&self) -> Option<&Request> {
        self.requests.get(&self.invokee.as_ref()?.function.arn)
    }

    /// The same, to be changed.
    pub fn request_mut(&mut self) -> Option<&mut Request> {
        self.requests.get_mut(&self.invokee.as_ref()?.function.arn)
    }

    /// The payload as it stands.
    pub fn payload(&self) -> &str {
        self.request().map(|request| request.editor.text()).unwrap_or_default()
    }

    /// The payload's editor, to be changed.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        self.request_mut().map(|request| &mut request.editor)
    }

    /// Replaces the payload; undo brings the old one back.
    pub fn set_payload(&mut self, text: &str) {
        if let Some(editor) = self.editor() {
            editor.set(text);
        }
    }

    /// Puts the next template in and gives its name.
    pub fn next_template(&mut self) -> &'static str {
        self.template = (self.template + 1) % TEMPLATES.len().max(1);
        let (name, text) = TEMPLATES.get(self.template).copied().unwrap_or(("empty", "{}"));
        self.set_payload(text.trim_end());
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
        if let Verdict::Flawed(flaw) = Verdict::of(payload) {
            return Err(Refusal::NotJson(flaw));
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
            payload: payload.as_bytes().to_vec(),
            kind: self.kind,
            timeout: Duration::from_secs(u64::from(invokee.timeout.unwrap_or(LONGEST).clamp(1, LONGEST)) + 10),
        })
    }
}
