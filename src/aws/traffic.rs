//! What happens to requests: told to whoever counts them.

use std::sync::Arc;

use super::text::Text;

/// What happened to one request, for the counters and the badge in the header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traffic {
    /// AWS's name of the operation: "`ListFunctions`".
    pub operation: Text,
    /// What happened.
    pub event: TrafficEvent,
    /// We are asking more slowly than we could, because AWS complained.
    pub rate_halved: bool,
}

/// The stations of a request: sent, then at most one of the others. A retry is sent again, and
/// counted again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrafficEvent {
    /// It left.
    Sent,
    /// An answer came, good or bad, with this HTTP status; not a request to slow down.
    Answered {
        /// The HTTP status.
        status: u16,
    },
    /// The answer was a request to slow down.
    Throttled,
    /// No answer came.
    Failed,
    /// We gave it up before an answer came: nobody wants it any more, or it took too long.
    GivenUp,
}

/// Receives what happens.
pub type Watch = Arc<dyn Fn(Traffic) + Send + Sync>;

/// A request on its way. Dropped before its end, it was given up.
pub(super) struct Flight<Tell: Fn(TrafficEvent)> {
    tell: Tell,
    over: bool,
}

impl<Tell: Fn(TrafficEvent)> Flight<Tell> {
    /// It leaves.
    pub fn begin(tell: Tell) -> Self {
        tell(TrafficEvent::Sent);
        Self { tell, over: false }
    }

    /// An answer came, or there will be none. What the answer is worth is told by those who read it.
    pub fn ends(&mut self, failed: bool) {
        self.over = true;
        if failed {
            (self.tell)(TrafficEvent::Failed);
        }
    }
}

impl<Tell: Fn(TrafficEvent)> Drop for Flight<Tell> {
    fn drop(&mut self) {
        if !self.over {
            (self.tell)(TrafficEvent::GivenUp);
        }
    }
}
