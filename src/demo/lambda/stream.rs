//! `InvokeWithResponseStream`: the same runs as `Invoke`, their answer in frames of an event stream.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::pieces::{Piece, Pieces, chunk, complete};
use super::super::request::Asked;
use super::super::run_log::RunLog;
use super::behaviour::Outcome;
use super::invoke::{self, NOTICEABLE};

/// In how many frames an answer goes out.
const FRAMES: usize = 2;
/// In how many those of a function that streams.
const STREAMED: usize = 24;

/// `InvokeWithResponseStream`: 200 with a stream, 204 for `DryRun`.
pub(super) fn invoke(account: &mut Account, asked: &Asked, id: &str) -> Result<Reply, Refusal> {
    let kind = asked.header("x-amz-invocation-type").unwrap_or("RequestResponse");
    if kind == "Event" {
        return Err(Refusal::invalid("The invocation type Event is not supported for response streaming."));
    }
    let Some((outcome, log)) = invoke::carry_out(account, asked, id, kind)? else {
        return Ok(Reply::of(204, Vec::new()));
    };
    let streams = account.asked_record(asked)?.seed.behaviour.starts_with("stream");
    let frames = if streams { STREAMED } else { FRAMES };
    let tail = asked.header("x-amz-log-type") == Some("Tail");
    let reply = Reply {
        headers: vec![
            ("x-amz-executed-version", log.version.clone()),
            ("content-type", "application/vnd.amazon.eventstream".to_owned()),
        ],
        // A long run takes its time piece by piece.
        effort: invoke::times(&outcome, &log).1,
        pieces: Some(pieces(&outcome, &log, frames, tail)),
        ..Reply::of(200, Vec::new())
    };
    invoke::keep(account, asked, &log);
    Ok(reply)
}

fn pieces(outcome: &Outcome, log: &RunLog, frames: usize, tail: bool) -> Pieces {
    let mut pieces = Pieces::default();
    let time = outcome.duration.to_std().unwrap_or_default();
    let between = time / u32::try_from(frames).unwrap_or(1).max(1);
    // What a failed function did not write itself is in the last frame, not in the stream.
    let payload = match (&outcome.written, outcome.function_error) {
        (Some(written), _) => written.as_bytes(),
        (None, Some(_)) => &[],
        (None, None) => &outcome.payload,
    };
    // Cut without regard to characters, as the network does.
    for part in payload.chunks(payload.len().div_ceil(frames).max(1)) {
        pieces.0.push_back(Piece::Bytes(chunk(part)));
        if outcome.duration >= NOTICEABLE && between > Duration::ZERO {
            pieces.0.push_back(Piece::Wait(between));
        }
    }
    pieces.0.push_back(Piece::Bytes(complete(&last(outcome, log, tail))));
    pieces
}

/// `InvokeComplete`.
fn last(outcome: &Outcome, log: &RunLog, tail: bool) -> Value {
    let mut event = serde_json::Map::new();
    if outcome.function_error.is_some() {
        let error: Value = serde_json::from_slice(&outcome.payload).unwrap_or_default();
        let code = error.get("errorType").and_then(Value::as_str).unwrap_or("Unhandled");
        event.insert("ErrorCode".into(), code.into());
        event.insert("ErrorDetails".into(), error.to_string().into());
    }
    if tail {
        event.insert("LogResult".into(), json!(STANDARD.encode(log.tail())));
    }
    Value::Object(event)
}
