//! The threads of the program: one draws, others run its tasks. Whatever an answer costs to read holds up no key, and
//! a key wakes nobody but the screen.

use std::cell::OnceCell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};

use super::engine::Engine;
use super::terminal::{Ended, perform};

/// How long tasks get to end when the program does.
const GOODBYE: Duration = Duration::from_millis(300);
/// Reading answers takes one thread no longer than two, and a thread's share of the memory is its own.
const THREADS: usize = 1;

/// Runs the program in the terminal until it ends; `None` if it panicked, which it has told then. The
/// terminal is given back on every way out.
///
/// # Errors
/// If the terminal cannot be set up or written to, or the tasks have no thread to run on.
pub fn run(engine: Engine, mouse: bool) -> io::Result<Option<Ended>> {
    // This thread and its timers are the loop's alone.
    let screen = Builder::new_current_thread().enable_all().build()?;
    let workers = Workers::default();
    let ended = catch_unwind(AssertUnwindSafe(|| screen.block_on(perform(engine, mouse, &workers))));
    workers.end();
    // Nothing of the screen's is worth waiting for.
    screen.shutdown_background();
    ended.ok().transpose()
}

/// The threads for tasks, started when the first frame is out.
#[derive(Default)]
pub struct Workers(OnceCell<Runtime>);

impl Workers {
    /// Starts the threads; where to run tasks.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub fn start(&self) -> io::Result<Handle> {
        let runtime = Builder::new_multi_thread().worker_threads(THREADS).thread_name("tasks").enable_all().build()?;
        Ok(self.0.get_or_init(|| runtime).handle().clone())
    }

    /// Ends the threads. Name look-ups of the system cannot be interrupted; they are left behind.
    pub fn end(self) {
        if let Some(runtime) = self.0.into_inner() {
            runtime.shutdown_timeout(GOODBYE);
        }
    }
}
