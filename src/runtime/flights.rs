//! Tasks on their way, by ticket, and how many there are.

use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;

use super::executor::Arrival;
use crate::model::Ticket;

/// What is in the air.
pub struct Flights {
    handles: HashMap<Ticket, AbortHandle>,
    count: watch::Sender<usize>,
    /// Where they fly; `None` is where the program itself runs.
    workers: Option<Handle>,
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
        Self { handles: HashMap::new(), count: watch::channel(0).0, workers: None }
    }
}

impl Flights {
    /// Lets everything from now on fly elsewhere.
    pub fn fly_at(&mut self, workers: Handle) {
        self.workers = Some(workers);
    }

    /// Starts a task. If it panics, `panicked` says what to answer in its place: the program lives on.
    pub fn launch(
        &mut self,
        ticket: Ticket,
        inbox: &mpsc::UnboundedSender<Arrival>,
        task: impl Future<Output = Option<Arrival>> + Send + 'static,
        panicked: impl FnOnce() -> Arrival + Send + 'static,
    ) {
        let landing = Some(self.aloft());
        self.fly(ticket, landing, inbox, task, panicked);
    }

    /// The same for what goes on until it is cancelled: it is not counted, so the program is idle beside it.
    pub fn listen(
        &mut self,
        ticket: Ticket,
        inbox: &mpsc::UnboundedSender<Arrival>,
        task: impl Future<Output = Option<Arrival>> + Send + 'static,
        panicked: impl FnOnce() -> Arrival + Send + 'static,
    ) {
        self.fly(ticket, None, inbox, task, panicked);
    }

    fn fly(
        &mut self,
        ticket: Ticket,
        landing: Option<Landing>,
        inbox: &mpsc::UnboundedSender<Arrival>,
        task: impl Future<Output = Option<Arrival>> + Send + 'static,
        panicked: impl FnOnce() -> Arrival + Send + 'static,
    ) {
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
        self.handles.insert(ticket, self.start(flight));
        if self.handles.len() > 512 {
            self.handles.retain(|_, handle| !handle.is_finished());
        }
    }

    /// Starts what nobody waits for: it is not counted.
    pub fn start(&self, task: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        match &self.workers {
            Some(workers) => workers.spawn(task).abort_handle(),
            None => tokio::spawn(task).abort_handle(),
        }
    }

    /// Does work that blocks, such as on a file, where it holds up nobody; counted until it is done.
    pub fn work(&self, work: impl FnOnce() + Send + 'static) {
        let landing = self.aloft();
        let work = move || {
            work();
            drop(landing);
        };
        match &self.workers {
            Some(workers) => drop(workers.spawn_blocking(work)),
            None => drop(tokio::task::spawn_blocking(work)),
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
