//! What came of an invocation as a JSON object in a line, for programs.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::aws::{self, Outcome};
use crate::model::json;

/// One invocation, in the words of `Invoke`. What is not known is left out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    status_code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    executed_version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    durable_execution_arn: Option<&'a str>,
    /// From the call until the answer was here, in milliseconds.
    round_trip_ms: u64,
    /// Why the payload is not whole, if it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete: Option<&'a str>,
    #[serde(flatten)]
    payload: Payload,
    /// The end of the log, if it was asked for and came.
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<Vec<&'a str>>,
}

/// The answer: as JSON where it is, with its own digits and order of keys.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase", untagged)]
enum Payload {
    None {},
    Json {
        payload: Box<RawValue>,
    },
    #[serde(rename_all = "camelCase")]
    Text {
        payload_text: String,
    },
    #[serde(rename_all = "camelCase")]
    Bytes {
        payload_base64: String,
    },
}

impl Payload {
    fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::None {};
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Self::Bytes { payload_base64: BASE64_STANDARD.encode(bytes) };
        };
        match json::minify(text).and_then(|text| RawValue::from_string(text).ok()) {
            Some(payload) => Self::Json { payload },
            None => Self::Text { payload_text: text.to_owned() },
        }
    }
}

impl<'a> Told<'a> {
    /// What came of an invocation after so long.
    pub fn of(outcome: &'a Outcome, time: Duration) -> Self {
        Self {
            status_code: outcome.status,
            function_error: outcome.function_error.as_deref(),
            executed_version: outcome.executed_version.as_deref(),
            request_id: outcome.request_id.as_deref(),
            durable_execution_arn: outcome.durable.as_deref(),
            round_trip_ms: u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
            incomplete: outcome.incomplete().map(|why| &**why),
            payload: Payload::of(&outcome.payload),
            log: outcome.tail.as_ref().map(|tail| tail.lines.iter().map(|line| &*line.text).collect()),
        }
    }

    /// The object and a line end. Harmless in a terminal too.
    pub fn line(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{}\n", aws::harmless_json(&json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(payload: &[u8]) -> String {
        serde_json::to_string(&Payload::of(payload)).unwrap()
    }

    #[test]
    fn an_answer_is_json_text_or_bytes() {
        assert_eq!(
            line(b"{\"b\": 1.10,\n \"a\": 12345678901234567890123}"),
            r#"{"payload":{"b":1.10,"a":12345678901234567890123}}"#
        );
        assert_eq!(line(b"null"), r#"{"payload":null}"#);
        assert_eq!(line(b"plain {"), r#"{"payloadText":"plain {"}"#);
        assert_eq!(line(b"\xff\xfe"), r#"{"payloadBase64":"//4="}"#);
        assert_eq!(line(b""), "{}");
    }
}
