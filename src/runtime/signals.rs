//! Signals, and the terminal that goes away without one.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that end the program.
#[cfg(unix)]
pub struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
    quit: Signal,
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
        })
    }

    /// The number of the next one.
    pub async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.term.recv() => SignalKind::terminate().as_raw_value(),
            _ = self.int.recv() => SignalKind::interrupt().as_raw_value(),
            _ = self.hup.recv() => SignalKind::hangup().as_raw_value(),
            _ = self.quit.recv() => SignalKind::quit().as_raw_value(),
        }
    }
}

/// Stops the whole job, as ctrl-z in a cooked terminal would; returns when it is continued.
#[cfg(unix)]
pub fn stop() {
    // A job that cannot be stopped (no job control) goes on at once.
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
}

/// Ends when the terminal has gone away. The event stream does not notice: it reads the end of the
/// file over and over (crossterm #793). Poll reports a hang-up without being asked for anything
/// else, so this thread sleeps until then.
#[cfg(unix)]
pub async fn vanished() {
    use rustix::event::{PollFd, PollFlags, poll};
    let (tell, told) = tokio::sync::oneshot::channel();
    let watch = move || {
        let input = io::stdin();
        loop {
            let mut watched = [PollFd::new(&input, PollFlags::empty())];
            let outcome = poll(&mut watched, None);
            let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            if watched.iter().any(|fd| fd.revents().intersects(gone)) {
                break;
            }
            match outcome {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
        let _ = tell.send(());
    };
    let started = std::thread::Builder::new().name("hang-up".to_owned()).spawn(watch).is_ok();
    if !started || told.await.is_err() {
        std::future::pending::<()>().await;
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
    pub async fn next(&mut self) -> i32 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        2
    }
}

#[cfg(not(unix))]
pub fn stop() {}

#[cfg(not(unix))]
pub async fn vanished() {
    std::future::pending::<()>().await;
}
