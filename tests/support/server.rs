//! Serves a demo account over a real socket, and acts its faults out on the wire.
//!
//! Whoever includes this file brings `demo` into scope beside it: `use lambdash::demo;`.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

use super::demo::{Answer, Demo};

/// An HTTP server on loopback. It stops when it is dropped.
pub struct Server {
    /// `http://127.0.0.1:PORT`; it stays the same when the server is stopped and started again.
    pub url: String,
    demo: Demo,
    port: u16,
    running: Mutex<Option<JoinHandle<()>>>,
    /// Keeps the port while nobody listens, so that no other program gets it. Not every system permits that.
    _held: Option<TcpSocket>,
}

impl Server {
    /// Serves the account on a free port.
    pub async fn start(demo: Demo) -> std::io::Result<Self> {
        Self::start_at(demo, 0).await
    }

    /// Serves the account on this port; 0 is any free one.
    #[expect(clippy::unused_async, reason = "a socket needs a runtime: whoever awaits is in one")]
    pub async fn start_at(demo: Demo, port: u16) -> std::io::Result<Self> {
        let first = bound(port)?;
        let port = first.local_addr()?.port();
        // Before the first one listens: where one listens, no other may be bound any more.
        let held = bound(port).ok();
        let server =
            Self { url: format!("http://127.0.0.1:{port}"), demo, port, running: Mutex::default(), _held: held };
        server.serve(first)?;
        Ok(server)
    }

    /// Pulls the server away: nobody listens on the port any more and every connection is dropped.
    pub async fn stop(&self) {
        let running = self.running().take();
        if let Some(running) = running {
            running.abort();
            // Only now the port is closed; the task cannot end in any other way than by the abort.
            let _ = running.await;
        }
    }

    /// Brings the server back on its port, with the same account.
    pub async fn restart(&self) -> std::io::Result<()> {
        self.stop().await;
        self.serve(bound(self.port)?)
    }

    fn serve(&self, socket: TcpSocket) -> std::io::Result<()> {
        let listener = socket.listen(1024)?;
        *self.running() = Some(tokio::spawn(accept(listener, self.demo.clone())));
        Ok(())
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<JoinHandle<()>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running().take() {
            running.abort();
        }
    }
}

/// A socket bound to a port of loopback; 0 is any free one. Connections that are being closed do not keep it from that.
fn bound(port: u16) -> std::io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], port)))?;
    Ok(socket)
}

/// The connections live in this task's set, so aborting the task drops them all.
async fn accept(listener: TcpListener, demo: Demo) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, demo.clone()));
                }
                // The system has no room for one more: it has when another one ends.
                Err(_) => drop(connections.join_next().await),
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Serves one connection until its end, or until an answer says to drop it.
async fn serve(stream: TcpStream, demo: Demo) {
    // Answers are small and must not wait for each other.
    let _ = stream.set_nodelay(true);
    let dropped = Arc::new(Notify::new());
    let service = service_fn(|request| answer(request, demo.clone(), dropped.clone()));
    let mut connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = &mut connection => return,
        () = dropped.notified() => {}
    }
    // Without lingering the system sends a reset and not an orderly end: a connection that died.
    let stream = connection.into_parts().io.into_inner();
    let _ = stream.set_zero_linger();
}

async fn answer(
    request: hyper::Request<Incoming>,
    demo: Demo,
    dropped: Arc<Notify>,
) -> Result<hyper::Response<Outgoing>, Infallible> {
    let (parts, mut body) = request.into_parts();
    let mut read = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return std::future::pending().await };
        read.extend(frame.into_data().unwrap_or_default());
        demo.may_read().await;
    }
    if parts.uri.path() == "/_journal" {
        return Ok(journal(&demo));
    }
    let request = hyper::Request::from_parts(parts, read);
    match demo.handle(request).await {
        Answer::Response(response) => Ok(response.map(|body| Part::whole(body).boxed_unsync())),
        Answer::Truncated(response) => Ok(response.map(|body| Part::half(body).boxed_unsync())),
        Answer::Stream(stream) => {
            Ok(stream.map(|pieces| StreamBody::new(pieces.stream().map_ok(Frame::data)).boxed_unsync()))
        }
        Answer::Reset => {
            dropped.notify_one();
            std::future::pending().await
        }
        Answer::Hang => std::future::pending().await,
    }
}

/// `GET /_journal`: how often each operation was asked for, as JSON. It is not in the journal itself.
fn journal(demo: &Demo) -> hyper::Response<Outgoing> {
    let mut counts = demo.counts();
    counts.insert("throttled".to_owned(), demo.throttled());
    hyper::Response::new(Part::whole(serde_json::to_vec(&counts).unwrap_or_default()).boxed_unsync())
}

/// What goes out, whole or in pieces.
type Outgoing = UnsyncBoxBody<Bytes, std::io::Error>;

/// A body in one piece, or the first half of one that breaks off.
struct Part {
    piece: Option<Bytes>,
    promised: u64,
    breaks: bool,
    /// The piece is on its way: hyper writes it out when the body makes it wait once.
    flushed: bool,
}

impl Part {
    fn whole(body: Vec<u8>) -> Self {
        Self { promised: body.len() as u64, piece: Some(body.into()), breaks: false, flushed: false }
    }

    fn half(mut body: Vec<u8>) -> Self {
        let promised = body.len() as u64;
        body.truncate(body.len() / 2);
        Self { promised, piece: Some(body.into()), breaks: true, flushed: false }
    }
}

impl Body for Part {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.piece.take() {
            Some(piece) if !piece.is_empty() => Poll::Ready(Some(Ok(Frame::data(piece)))),
            _ if self.breaks && !self.flushed => {
                self.flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            _ if self.breaks => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into()))),
            _ => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        !self.breaks && self.piece.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}
