//! Watches the terminal's input without reading it: says when there is something to read, and when
//! nobody is there any more.
//!
//! Reading stays with the loop, so that nobody eats keys while the terminal is lent out. crossterm's
//! `EventStream` has a thread that reads: it does not end when the stream is dropped but some time
//! after, and it notices a terminal that has gone away by reading its end over and over (crossterm #793).

use std::io;

#[cfg(unix)]
use tokio::io::{Interest, unix::AsyncFd};
#[cfg(not(unix))]
use tokio::sync::mpsc;

/// What there is to say of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Something to read has come since this was told last.
    Input,
    /// The terminal has gone away.
    Gone,
}

/// Watches. On Unix the loop itself waits for input, since a thread between the two would make every key wait for
/// both to wake; a thread of its own only sees to it that the program outlives its terminal by no more than a moment.
#[cfg(unix)]
pub struct Watch {
    input: AsyncFd<io::Stdin>,
    /// Closed with the loop, and the thread ends.
    _alive: io::PipeWriter,
}

#[cfg(unix)]
impl Watch {
    /// Starts to watch. Belongs into the runtime of the loop.
    pub fn start() -> io::Result<Self> {
        let (ended, alive) = io::pipe()?;
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || watch(&ended))?;
        #[expect(deprecated, reason = "its successor is unsafe, for descriptors that may be closed; this one never is")]
        let input = AsyncFd::with_interest(io::stdin(), Interest::READABLE)?;
        Ok(Self { input, _alive: alive })
    }

    /// The next news.
    pub async fn next(&mut self) -> News {
        // Fails only when the runtime ends, and the loop with it.
        let Ok(mut ready) = self.input.readable().await else { return News::Gone };
        let gone = ready.ready().is_read_closed();
        // Before anything is read: what comes while it is read is news again.
        ready.clear_ready();
        if gone { News::Gone } else { News::Input }
    }
}

/// Sleeps until the terminal goes away or the loop has ended.
#[cfg(unix)]
fn watch(ended: &io::PipeReader) {
    use rustix::event::{PollFd, PollFlags, poll};
    let input = io::stdin();
    loop {
        let mut watched = [PollFd::new(&input, PollFlags::empty()), PollFd::new(ended, PollFlags::IN)];
        match poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(_) => {}
        }
        let [of_input, of_loop] = watched.map(|fd| fd.revents());
        if !of_loop.is_empty() {
            return;
        }
        if of_input.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return end_with(ended);
        }
    }
}

/// Sees to it that the program ends with its terminal. The loop may be inside crossterm, which reads
/// the end of the input over and over and never comes back (crossterm #793): then this thread is the
/// only one that can.
#[cfg(unix)]
fn end_with(ended: &io::PipeReader) {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    /// The loop needs no more than this to end by itself.
    const GRACE: std::time::Duration = std::time::Duration::from_secs(1);
    let given_up = std::time::Instant::now() + GRACE;
    loop {
        let left = given_up.saturating_duration_since(std::time::Instant::now());
        if left.is_zero() {
            std::process::exit(super::terminal::VANISHED);
        }
        let left =
            Timespec { tv_sec: i64::try_from(left.as_secs()).unwrap_or(1), tv_nsec: i64::from(left.subsec_nanos()) };
        if poll(&mut [PollFd::new(ended, PollFlags::IN)], Some(&left)).is_ok_and(|events| events > 0) {
            return;
        }
    }
}

/// A thread that watches.
#[cfg(not(unix))]
pub struct Watch {
    news: mpsc::UnboundedReceiver<News>,
    bell: std::sync::mpsc::Sender<()>,
    /// The thread waits for the bell: what it told of is being read.
    told: bool,
}

#[cfg(not(unix))]
impl Watch {
    /// Starts to watch.
    pub fn start() -> io::Result<Self> {
        const LONG: std::time::Duration = std::time::Duration::from_secs(3600);
        let (bell, rung) = std::sync::mpsc::channel();
        let (tell, news) = mpsc::unbounded_channel();
        let watch = move || {
            loop {
                match crossterm::event::poll(LONG) {
                    Ok(false) => continue,
                    Ok(true) => {}
                    Err(_) => return tell.send(News::Gone).unwrap_or_default(),
                }
                if tell.send(News::Input).is_err() || rung.recv().is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("watch".to_owned()).spawn(watch)?;
        Ok(Self { news, bell, told: false })
    }

    /// The next news.
    pub async fn next(&mut self) -> News {
        if std::mem::take(&mut self.told) {
            let _ = self.bell.send(());
        }
        match self.news.recv().await {
            Some(news) => {
                self.told = true;
                news
            }
            // The thread could not go on: there is nothing to hear, but signals.
            None => std::future::pending().await,
        }
    }
}
