//! Tasks on their way, by ticket, and how many there are.

use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;

use super::executor::Arrival;
use crate::model::Ticket;

/// What is in the air.
pub struct Flights {
    handles: HashMap<Ticket, AbortHandle>,
    count: watch::Sender<usize>,
}

/// Lowers the count when a task ends, however it ends: by its answer, by abort, by panic. It is
/// dropped after the answer was sent, so zero flights and an empty inbox really mean idle.
pub struct Landing(watch::Sender<usize>);

impl Landing {
    fn new(count: &watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count.clone())
    }
}

impl Clone for Landing {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

impl Default for Flights {
    fn default() -> Self {
        Self { handles: HashMap::new(), count: watch::channel(0).0 }
    }
}

impl Flights {
    /// Starts a task. If it panics, `panicked` says what to answer in its place: the program lives on.
    pub fn launch(
        &mut self,
        ticket: Ticket,
        inbox: &mpsc::UnboundedSender<Arrival>,
        task: impl Future<Output = Option<Arrival>> + Send + 'static,
        panicked: impl FnOnce() -> Arrival + Send + 'static,
    ) {
        let landing = self.aloft();
        let inbox = inbox.clone();
        let flight = async move {
            let _landing = landing;
            let answer = match AssertUnwindSafe(task).catch_unwind().await {
                Ok(answer) => answer,
                Err(_) => Some(panicked()),
            };
            if let Some(answer) = answer {
                // The inbox is closed only when the program is over.
                let _ = inbox.send(answer);
            }
        };
        self.handles.insert(ticket, tokio::spawn(flight).abort_handle());
        if self.handles.len() > 512 {
            self.handles.retain(|_, handle| !handle.is_finished());
        }
    }

    /// Counts something that is no flight of its own, such as work on a file, until it is dropped.
    pub fn aloft(&self) -> Landing {
        Landing::new(&self.count)
    }

    /// Drops a task; its connection closes.
    pub fn cancel(&mut self, ticket: Ticket) {
        if let Some(handle) = self.handles.remove(&ticket) {
            handle.abort();
        }
    }

    /// Drops all tasks.
    pub fn cancel_all(&mut self) {
        self.handles.drain().for_each(|(_, handle)| handle.abort());
    }

    /// How many there are, to be watched.
    pub fn count(&self) -> watch::Receiver<usize> {
        self.count.subscribe()
    }
}
