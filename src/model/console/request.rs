//! The request of the console: the payload of each function, and what is checked before it is sent.

use std::time::Duration;

use unicode_width::UnicodeWidthStr as _;

use super::options::{Field, Way};
use super::{Console, TEMPLATES};
use crate::aws::{Invocation, InvocationType, Text};
use crate::model::editor::Editor;
use crate::model::json;
use crate::panes::{Invokee, bytes, grouped};

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

/// What is to be sent to one function.
#[derive(Debug, Default)]
pub struct Request {
    /// The payload, byte for byte.
    pub editor: Editor,
    /// How it is sent.
    pub way: Way,
    /// The words that are looked for in the payload; empty when none are.
    pub words: String,
    /// Where the payload came from: the name of a template, an event, a file or a run.
    source: Option<Source>,
    /// What was found in the payload, and of which revision.
    verdict: Option<(u64, Verdict)>,
    /// The revision last seen, and when it was new.
    seen: (u64, Duration),
}

/// Where a payload came from.
#[derive(Debug)]
struct Source {
    name: Text,
    /// The revision of the text as it came; with another one it was edited since.
    revision: u64,
    /// The origin of the text as it came; with another one it is another text.
    origin: u64,
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
        let text = TEMPLATES.first().map_or("{}", |template| template.text);
        Self { editor: Editor::new(text.trim_end().to_owned()), ..Self::default() }
    }

    /// The name of what the payload came from, and whether it was edited since; none once all of it was typed over.
    pub fn source(&self) -> Option<(&Text, bool)> {
        let source = self.source.as_ref().filter(|source| source.origin == self.editor.origin())?;
        Some((&source.name, source.revision != self.editor.revision()))
    }

    /// The size of the payload, with its unit.
    pub fn size(&self) -> String {
        bytes(i64::try_from(self.editor.text().len()).unwrap_or(i64::MAX))
    }

    /// What follows the name of what the payload came from.
    pub fn edited(&self) -> &'static str {
        if self.source().is_some_and(|(_, edited)| edited) { ", edited" } else { "" }
    }

    /// How many cells the name and the size of the payload take, with what stands between them.
    pub(super) fn named_cells(&self) -> usize {
        let name = self.source().map_or(0, |(name, _)| name.width() + self.edited().len() + 2);
        name + self.size().len() + 2
    }

    /// Notes where a revision of the payload came from.
    fn came_from(&mut self, name: Text, revision: u64) {
        self.source = Some(Source { name, revision, origin: self.editor.origin() });
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

    /// What keeps a payload from being JSON.
    pub fn flaw_of(payload: &[u8]) -> Option<json::Flaw> {
        match Verdict::of(&String::from_utf8_lossy(payload)) {
            Verdict::Flawed(flaw) => Some(flaw),
            Verdict::Empty | Verdict::Json => None,
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
    /// An option will not do, and why.
    Option(Field, String),
    /// Too long: the limit's name and size in bytes.
    TooLong { size: usize, limit: usize, name: &'static str },
}

impl Refusal {
    /// The same in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Nobody => "there is nobody to invoke: choose a function and press i".to_owned(),
            Self::Running => "the run is on its way: sent once; x stops waiting".to_owned(),
            Self::Option(field, why) => format!("not sent: {}: {why}", field.label()),
            Self::TooLong { size, limit, name } => {
                let count = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
                format!("not sent: the payload has {} bytes; the limit is {}: {name}", count(*size), count(*limit))
            }
        }
    }
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

    /// Puts a payload in that has a name.
    pub fn load(&mut self, name: Text, text: &str) {
        if let Some(arn) = self.invokee.as_ref().map(|invokee| invokee.function.arn.clone()) {
            self.load_for(&arn, name, text);
        }
    }

    /// Puts a payload in for a function that may have been left meanwhile.
    pub fn load_for(&mut self, arn: &Text, name: Text, text: &str) {
        if let Some(request) = self.requests.get_mut(arn) {
            request.editor.set(text);
            request.came_from(name, request.editor.revision());
        }
    }

    /// Notes that a revision of the payload of a function was saved under a name.
    pub fn saved_for(&mut self, arn: &Text, name: Text, revision: u64) {
        if let Some(request) = self.requests.get_mut(arn) {
            request.came_from(name, revision);
        }
    }

    /// How the payload is sent.
    pub fn way(&self) -> Way {
        self.request().map(|request| request.way.clone()).unwrap_or_default()
    }

    /// Goes on to the next kind of invocation.
    pub fn next_kind(&mut self) {
        if let Some(request) = self.request_mut() {
            request.way.kind = request.way.kind.step(true);
        }
    }

    /// The invocation that the console means now, or why it is not sent. What is not JSON is no reason: see
    /// the flaw that was found. `isolated`: the function keeps its tenants apart.
    pub fn invocation(&self, isolated: bool) -> Result<Invocation, Refusal> {
        self.invocation_for(self.invokee.as_ref().ok_or(Refusal::Nobody)?, isolated)
    }

    /// The same for another version or alias of the function.
    pub fn invocation_for(&self, invokee: &Invokee, isolated: bool) -> Result<Invocation, Refusal> {
        if self.running_for(invokee).is_some() {
            return Err(Refusal::Running);
        }
        let to = (invokee.function.arn.clone(), invokee.qualifier.clone());
        self.way().invocation(to, self.payload().as_bytes(), invokee.timeout, isolated)
    }
}

impl Way {
    /// The invocation of a function, or of its version or alias, or why it is not sent. `timeout`: the function's own
    /// limit in seconds, if it is known. `isolated`: the function keeps its tenants apart.
    ///
    /// # Errors
    /// When an option will not do or the payload is too long. What is not JSON is no reason: see [`Request::flaw_of`].
    pub fn invocation(
        &self,
        (function, qualifier): (Text, Option<Text>),
        payload: &[u8],
        timeout: Option<u32>,
        isolated: bool,
    ) -> Result<Invocation, Refusal> {
        if let Some((field, why)) = self.flaw(isolated) {
            return Err(Refusal::Option(field, why));
        }
        let (limit, name) = match self.kind {
            InvocationType::Event => (LIMIT_EVENT, "1 MB for an asynchronous invocation"),
            _ => (LIMIT_SYNC, "6 MB for a synchronous invocation"),
        };
        if payload.len() > limit {
            return Err(Refusal::TooLong { size: payload.len(), limit, name });
        }
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Invocation {
            function,
            qualifier,
            payload: payload.into(),
            kind: self.kind,
            tail: self.tail,
            tenant: some(&self.tenant),
            client_context: self.encoded_context(),
            execution: some(&self.execution),
            timeout: Duration::from_secs(u64::from(timeout.unwrap_or(LONGEST).clamp(1, LONGEST)) + 10),
        })
    }
}
