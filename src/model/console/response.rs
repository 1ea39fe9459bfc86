//! The response of a run, ready to be shown.

use crate::aws::{LogTail, Outcome, Text};
use crate::model::json;

/// What came back, ready to be shown.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status: 200, 202 (accepted as an event), 204 (dry run).
    pub status: u16,
    /// `X-Amz-Executed-Version`.
    pub executed_version: Option<Text>,
    /// `X-Amz-Function-Error`: the call succeeded, the function did not.
    pub function_error: Option<Text>,
    /// The id of the run, by which its log is found.
    pub request_id: Option<Text>,
    /// The payload's size in bytes.
    pub size: usize,
    /// The payload is JSON, and laid out.
    pub is_json: bool,
    /// The payload's lines.
    pub lines: Vec<Text>,
    /// The last 4 KB of the log.
    pub tail: Option<LogTail>,
}

impl Answer {
    pub(super) fn of(outcome: Outcome) -> Self {
        let text = String::from_utf8_lossy(&outcome.payload);
        let laid_out = json::lay_out(&text);
        let is_json = laid_out.is_some();
        let lines = match laid_out {
            Some(lines) => lines.iter().map(Text::line).collect(),
            None => text.lines().map(Text::line).collect(),
        };
        Self {
            status: outcome.status,
            executed_version: outcome.executed_version,
            function_error: outcome.function_error,
            request_id: outcome.request_id,
            size: outcome.payload.len(),
            is_json,
            lines,
            tail: outcome.tail,
        }
    }
}
