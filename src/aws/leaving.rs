//! A long request on its way: handed over in pieces, so that it can be told how much of it has left.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use aws_sdk_lambda::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_lambda::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_lambda::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Hears how many bytes of a file have left, and of how many. It is told at most a hundred times.
pub(super) type Leaving = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// The most bytes that are handed to the connection at once.
const PIECE: usize = 64 * 1024;

/// Sends the body of a request in pieces, and tells of them.
pub(super) struct InPieces {
    hears: Option<Leaving>,
    /// The size of the file in bytes. The body has it in base64, and says more besides.
    size: u64,
}

impl InPieces {
    /// For the body that holds a file of that size.
    pub(super) fn of(hears: Option<Leaving>, size: u64) -> Self {
        Self { hears, size }
    }
}

impl fmt::Debug for InPieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InPieces").field("size", &self.size).finish_non_exhaustive()
    }
}

#[dyn_dispatch_hint]
impl Intercept for InPieces {
    fn name(&self) -> &'static str {
        "InPieces"
    }

    // It is signed by then: what is signed is what leaves.
    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.request_mut().body_mut();
        let whole = body.bytes().filter(|bytes| bytes.len() > PIECE).map(Bytes::copy_from_slice);
        if let (Some(hears), Some(rest)) = (self.hears.clone(), whole) {
            let length = count(&rest);
            *body = SdkBody::from_body_1_x(Pieces { rest, length, size: self.size, told: 0, hears });
        }
        Ok(())
    }
}

/// A body that is handed over piece by piece.
struct Pieces {
    rest: Bytes,
    length: u64,
    size: u64,
    /// The hundredths that were told.
    told: u64,
    hears: Leaving,
}

impl Pieces {
    /// What is asked for next was preceded by what has left.
    fn tell(&mut self) {
        let left = self.length - count(&self.rest);
        let hundredths = left * 100 / self.length.max(1);
        if hundredths > self.told {
            self.told = hundredths;
            (self.hears)(left * self.size / self.length.max(1), self.size);
        }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.tell();
        let most = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(most);
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(count(&self.rest))
    }
}

fn count(bytes: &Bytes) -> u64 {
    bytes.len() as u64
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn pieces_tell_what_has_left_before_them_and_end_with_all() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        let hears: Leaving = Arc::new(move |left, of| told.lock().unwrap().push((left, of)));
        let rest = Bytes::from(vec![7; PIECE * 3 + 1]);
        let mut body = Pieces { length: count(&rest), rest, size: 300, told: 0, hears };
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut sizes = Vec::new();
        while let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut body).poll_frame(&mut context) {
            sizes.push(frame.into_data().unwrap().len());
        }
        assert_eq!(sizes, [PIECE, PIECE, PIECE, 1]);
        assert_eq!(*heard.lock().unwrap(), [(99, 300), (199, 300), (299, 300), (300, 300)]);
    }
}
