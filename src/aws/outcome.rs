//! What comes back from an invocation.

use std::fmt;

use super::log_tail::LogTail;
use super::stream::{StreamEnd, Streamed};
use super::text::Text;

/// What came back. A function that failed is an outcome, not a problem: the call succeeded.
#[derive(Clone, PartialEq)]
pub struct Outcome {
    /// 200 for an answer, 202 for queued, 204 for allowed.
    pub status: u16,
    /// The version that ran: with a weighted alias it tells which.
    pub executed_version: Option<Text>,
    /// `Handled` or `Unhandled`, if the function failed. Whatever it says, it failed.
    pub function_error: Option<Text>,
    /// The answer, byte for byte. May be empty, not JSON, not text.
    pub payload: Vec<u8>,
    /// The end of the log.
    pub tail: Option<LogTail>,
    /// AWS's number of the run: log lines carry it.
    pub request_id: Option<Text>,
    /// The ARN of the durable execution that it began, or went on with.
    pub durable: Option<Text>,
    /// How the stream went, if the answer came as one.
    pub streamed: Option<Streamed>,
    /// Why the payload is not whole, if the answer broke off.
    pub cut: Option<Text>,
}

impl Outcome {
    /// Why the answer is not whole, if it broke off.
    pub fn incomplete(&self) -> Option<&Text> {
        match &self.streamed {
            Some(Streamed { end: StreamEnd::Cut { why }, .. }) => Some(why),
            _ => self.cut.as_ref(),
        }
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("status", &self.status)
            .field("executed_version", &self.executed_version)
            .field("function_error", &self.function_error)
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .field("tail", &self.tail.as_ref().map(|tail| tail.lines.len()))
            .field("request_id", &self.request_id)
            .field("streamed", &self.streamed)
            .finish_non_exhaustive()
    }
}
