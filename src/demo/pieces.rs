//! An answer that comes in pieces: an event stream, and how it is held up, damaged or cut short.

use std::collections::VecDeque;
use std::io::{Error, ErrorKind};
use std::time::Duration;

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;
use futures_util::Stream;

use super::Demo;
use super::gate::Gate;
use super::logs::{Flaws, LiveTail};

/// What happens next in an answer that comes in pieces.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// These bytes go out.
    Bytes(Vec<u8>),
    /// Nothing, for so long.
    Wait(Duration),
    /// Nothing, until the gate lets it through.
    Hold(Gate),
    /// The connection is dropped.
    Break,
    /// Nothing, ever.
    Silence,
    /// What comes, for as long as it comes.
    Live(Box<LiveTail>),
}

/// The pieces of one answer.
#[derive(Debug, Clone, Default)]
pub struct Pieces(pub(super) VecDeque<Piece>);

impl Pieces {
    /// Half of them, and then the connection is dropped.
    pub(super) fn truncated(mut self) -> Self {
        self.0.truncate(self.0.len() / 2);
        self.0.push_back(Piece::Break);
        self
    }

    /// Half of them, and then nothing.
    pub(super) fn silent(mut self) -> Self {
        self.0.truncate(self.0.len() / 2);
        self.0.push_back(Piece::Silence);
        self
    }

    /// One of the bytes in the middle is another one.
    pub(super) fn damaged(mut self) -> Self {
        let middle = self.0.len() / 2;
        if let Some(Piece::Bytes(bytes)) = self.0.iter_mut().skip(middle).find(|piece| matches!(piece, Piece::Bytes(_)))
            && let Some(last) = bytes.last_mut()
        {
            *last ^= 0xff;
        }
        self
    }

    /// Each frame but the first one waits at the gates.
    pub(super) fn held(mut self, gates: &[Gate]) -> Self {
        let pieces = std::mem::take(&mut self.0);
        for (n, piece) in pieces.into_iter().enumerate() {
            if n > 0 && matches!(piece, Piece::Bytes(_)) {
                self.0.extend(gates.iter().cloned().map(Piece::Hold));
            }
            self.0.push_back(piece);
        }
        self
    }

    /// What comes by itself is told of the account it comes from.
    pub(super) fn fed_by(mut self, demo: &Demo) -> Self {
        self.live().for_each(|live| live.listen(demo));
        self
    }

    /// What comes by itself goes wrong.
    pub(super) fn flawed(mut self, flaws: Flaws) -> Self {
        self.live().for_each(|live| live.flaws = flaws);
        self
    }

    fn live(&mut self) -> impl Iterator<Item = &mut LiveTail> {
        self.0.iter_mut().filter_map(|piece| match piece {
            Piece::Live(live) => Some(live.as_mut()),
            _ => None,
        })
    }

    /// The bytes as they go out; an error drops the connection.
    pub fn stream(self) -> impl Stream<Item = Result<Bytes, Error>> + Send + 'static {
        futures_util::stream::unfold(self.0, |mut pieces| async move {
            loop {
                match pieces.pop_front()? {
                    Piece::Bytes(bytes) => return Some((Ok(Bytes::from(bytes)), pieces)),
                    Piece::Wait(time) => tokio::time::sleep(time).await,
                    Piece::Hold(gate) => gate.pass().await,
                    Piece::Break => {
                        // What was given out before goes over the wire when the body makes it wait once.
                        tokio::task::yield_now().await;
                        return Some((Err(ErrorKind::ConnectionReset.into()), VecDeque::new()));
                    }
                    Piece::Silence => std::future::pending().await,
                    Piece::Live(live) => {
                        let bytes = live.next(&mut pieces).await?;
                        return Some((Ok(Bytes::from(bytes)), pieces));
                    }
                }
            }
        })
    }
}

/// A frame of an event stream with bytes of the answer.
pub(super) fn chunk(payload: &[u8]) -> Vec<u8> {
    frame("PayloadChunk", "application/octet-stream", payload.to_vec())
}

/// The last frame: `InvokeComplete`.
pub(super) fn complete(event: &serde_json::Value) -> Vec<u8> {
    frame("InvokeComplete", "application/json", event.to_string().into_bytes())
}

/// A frame of an event stream of the awsJson protocol.
pub(super) fn event(name: &'static str, event: &serde_json::Value) -> Vec<u8> {
    frame(name, "application/x-amz-json-1.1", event.to_string().into_bytes())
}

/// A frame that ends an event stream with an error.
pub(super) fn exception(name: &'static str, message: &str) -> Vec<u8> {
    let payload = serde_json::json!({"message": message}).to_string().into_bytes();
    message_of(["exception", ":exception-type", name], "application/x-amz-json-1.1", payload)
}

fn frame(event: &'static str, content_type: &'static str, payload: Vec<u8>) -> Vec<u8> {
    message_of(["event", ":event-type", event], content_type, payload)
}

fn message_of([kind, of, name]: [&'static str; 3], content_type: &'static str, payload: Vec<u8>) -> Vec<u8> {
    let header = |name: &'static str, value: &'static str| Header::new(name, HeaderValue::String(value.into()));
    let message = Message::new(payload)
        .add_header(header(":message-type", kind))
        .add_header(header(of, name))
        .add_header(header(":content-type", content_type));
    let mut bytes = Vec::new();
    // Only headers of more than 64 KB cannot be written.
    let _ = write_message_to(&message, &mut bytes);
    bytes
}
