//! The request of the console: the payload of each function, and what is checked before it is sent.

use std::time::Duration;

use ratatui_textarea::TextArea;

use super::Console;
use crate::aws::{Invocation, InvocationType};
use crate::keys::Chord;
use crate::model::json;

/// The most bytes of a payload: 6 MB for an answer that is waited for, 1 MB for an event
/// (Lambda quotas, "Invocation payload").
const LIMIT_SYNC: usize = 6 * 1024 * 1024;
const LIMIT_EVENT: usize = 1024 * 1024;
/// The longest time limit of a function, in seconds.
const LONGEST: u32 = 900;
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
    /// The payload editor of the function.
    pub fn draft(&self) -> Option<&TextArea<'static>> {
        self.drafts.get(&self.invokee.as_ref()?.function.arn)
    }

    fn draft_mut(&mut self) -> Option<&mut TextArea<'static>> {
        self.drafts.get_mut(&self.invokee.as_ref()?.function.arn)
    }

    /// The payload as it stands.
    pub fn payload(&self) -> String {
        self.draft().map(|draft| draft.lines().join("\n")).unwrap_or_default()
    }

    /// Replaces the payload; undo brings the old one back.
    pub fn set_payload(&mut self, text: &str) {
        if let Some(draft) = self.draft_mut() {
            draft.select_all();
            draft.cut();
            draft.insert_str(text.trim_end_matches('\n'));
            draft.move_cursor(ratatui_textarea::CursorMove::Top);
        }
    }

    /// Types a key into the payload.
    pub fn type_key(&mut self, chord: Chord) {
        if let Some(draft) = self.draft_mut() {
            draft.input(chord.event());
        }
    }

    /// Pastes into the payload: line ends become ours, other controls go.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        if let Some(draft) = self.draft_mut() {
            draft.insert_str(clean);
        }
    }

    /// Puts the next template in and gives its name.
    pub fn next_template(&mut self) -> &'static str {
        self.template = (self.template + 1) % TEMPLATES.len().max(1);
        let (name, text) = TEMPLATES.get(self.template).copied().unwrap_or(("empty", "{}"));
        self.set_payload(text);
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
        if !payload.trim().is_empty() {
            json::check(&payload).map_err(Refusal::NotJson)?;
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
            payload: payload.into_bytes(),
            kind: self.kind,
            timeout: Duration::from_secs(u64::from(invokee.timeout.unwrap_or(LONGEST).clamp(1, LONGEST)) + 10),
        })
    }
}

fn editor(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.trim_end().lines().map(str::to_owned).collect());
    area.set_cursor_line_style(ratatui::style::Style::default());
    area.set_tab_length(2);
    area.set_max_histories(200);
    area
}

/// The editor of a function that has not been invoked yet.
pub(super) fn first() -> TextArea<'static> {
    editor(TEMPLATES.first().map_or("{}", |(_, text)| text))
}
