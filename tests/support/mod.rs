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
pub use told::{READ, arguments, asked, changes, failing_calls, handed_out, invocations, ready, words};

/// How long anything is waited for that must happen. It ends tests that hang and judges no speed: a busy machine
/// with two cores takes seconds for what is done in none elsewhere.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_mins(1);

/// Waits for something that must happen.
pub async fn soon(happens: impl Future<Output = ()>) {
    assert!(tokio::time::timeout(PATIENCE, happens).await.is_ok(), "it did not happen in time");
}
