//! What signals ask for.

use std::io;

#[cfg(unix)]
use std::time::Duration;

#[cfg(unix)]
use futures_util::FutureExt as _;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How long a job that was stopped may take to stop. One that cannot be stopped, since no shell
/// waits for it, goes on after this.
#[cfg(unix)]
const STOPPING: Duration = Duration::from_millis(250);

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To end; the number of the signal.
    End(i32),
    /// To go on after a stop.
    GoOn,
    /// To see how large the terminal is.
    Measure,
}

/// The signals that end the program, and the one that continues it.
#[cfg(unix)]
pub struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
    quit: Signal,
    cont: Signal,
    size: Signal,
}

#[cfg(unix)]
impl Signals {
    /// Registers the handlers.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            int: signal(SignalKind::interrupt())?,
            hup: signal(SignalKind::hangup())?,
            quit: signal(SignalKind::quit())?,
            cont: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
            size: signal(SignalKind::window_change())?,
        })
    }

    /// What the next one asks for.
    pub async fn next(&mut self) -> Asked {
        let number = tokio::select! {
            // A terminal that goes away sends HUP and CONT at once.
            biased;
            _ = self.term.recv() => SignalKind::terminate(),
            _ = self.int.recv() => SignalKind::interrupt(),
            _ = self.hup.recv() => SignalKind::hangup(),
            _ = self.quit.recv() => SignalKind::quit(),
            _ = self.cont.recv() => return Asked::GoOn,
            _ = self.size.recv() => return Asked::Measure,
        };
        Asked::End(number.as_raw_value())
    }

    /// The number of the next one that ends the program while the terminal is lent out. A ctrl-c or
    /// ctrl-\ pressed in the editor reaches us too, and is the editor's.
    pub async fn next_while_lent(&mut self) -> i32 {
        tokio::select! {
            _ = self.term.recv() => SignalKind::terminate().as_raw_value(),
            _ = self.hup.recv() => SignalKind::hangup().as_raw_value(),
        }
    }

    /// Forgets what came while the terminal was lent out and was not meant for us.
    pub fn forget(&mut self) {
        for signal in [&mut self.int, &mut self.quit, &mut self.cont] {
            while signal.recv().now_or_never().is_some() {}
        }
    }

    /// Stops the whole job, as ctrl-z in a cooked terminal would; returns when it is continued.
    pub async fn stop(&mut self) {
        // A process group that nobody could continue is not stopped by this.
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
        let _ = tokio::time::timeout(STOPPING, self.cont.recv()).await;
    }
}

#[cfg(not(unix))]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Registers the handlers.
    pub fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Ctrl-C from outside, the only one there is.
    pub async fn next(&mut self) -> Asked {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Asked::End(2)
    }

    /// While the terminal is lent out, ctrl-c is the editor's.
    pub async fn next_while_lent(&mut self) -> i32 {
        std::future::pending().await
    }

    /// There is nothing to forget.
    pub fn forget(&mut self) {}

    /// There is no stopping here.
    pub async fn stop(&mut self) {}
}
