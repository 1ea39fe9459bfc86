//! Gates: a latch in front of an operation, so that a test decides which answer comes first.

use std::sync::Arc;

use tokio::sync::{Semaphore, watch};

/// Holds every answer of an operation back until the gate is opened. Cheap to clone.
///
/// A semaphore and not a notification: what is let through before anybody waits is not forgotten.
#[derive(Debug, Clone)]
pub struct Gate {
    permits: Arc<Semaphore>,
    arrived: watch::Sender<usize>,
    gone: watch::Sender<usize>,
}

/// Somebody who waits at the gate: counted among the gone when they give up.
struct Waiting<'a>(&'a Gate);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.gone.send_modify(|count| *count += 1);
    }
}

impl Gate {
    pub(super) fn closed() -> Self {
        Self { permits: Arc::new(Semaphore::new(0)), arrived: watch::Sender::new(0), gone: watch::Sender::new(0) }
    }

    /// Lets everybody through, now and from now on.
    pub fn open(&self) {
        self.permits.close();
    }

    /// Lets the next `n` answers through, those that wait first.
    pub fn let_through(&self, n: usize) {
        self.permits.add_permits(n);
    }

    /// Returns as soon as `n` requests, counted from the making of the gate, have come to it.
    pub async fn arrived(&self, n: usize) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.arrived.subscribe().wait_for(|count| *count >= n).await;
    }

    /// Returns as soon as `n` of those that came have gone away without an answer: whoever asked hung up.
    pub async fn gone(&self, n: usize) {
        let _ = self.gone.subscribe().wait_for(|count| *count >= n).await;
    }

    /// How many requests have come to the gate so far.
    #[must_use]
    pub fn count(&self) -> usize {
        *self.arrived.borrow()
    }

    pub(super) async fn pass(&self) {
        self.arrived.send_modify(|count| *count += 1);
        let waiting = Waiting(self);
        if let Ok(permit) = self.permits.acquire().await {
            permit.forget();
        }
        std::mem::forget(waiting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_let_through_early_is_not_forgotten() {
        let gate = Gate::closed();
        gate.let_through(1);
        gate.pass().await;
        assert_eq!(gate.count(), 1);
    }

    #[tokio::test]
    async fn an_open_gate_holds_nobody() {
        let gate = Gate::closed();
        let waiting = tokio::spawn({
            let gate = gate.clone();
            async move { gate.pass().await }
        });
        gate.arrived(1).await;
        gate.open();
        waiting.await.unwrap();
        gate.pass().await;
    }
}
