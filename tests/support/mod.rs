//! What every test stands on: a program without a terminal, and an account to point it at.

mod harness;
pub mod logged;
#[cfg(unix)]
pub mod pty;
pub mod server;
pub mod svg;
mod told;

use super::demo;

pub use harness::{Harness, START, clock, shop, showcase};
pub use told::{READ, arguments, changes, handed_out, invocations, ready, words};

/// Waits for something that must happen soon.
pub async fn soon(happens: impl Future<Output = ()>) {
    let deadline = std::time::Duration::from_secs(5);
    assert!(tokio::time::timeout(deadline, happens).await.is_ok(), "it did not happen in time");
}
