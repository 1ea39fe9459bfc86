//! Watches the terminal's input without reading it: says when there is something to read, and when
//! nobody is there any more.
//!
//! Reading stays with the loop, so that nobody eats keys while the terminal is lent out. crossterm's
//! `EventStream` has a thread that reads: it does not end when the stream is dropped but some time
//! after, and it notices a terminal that has gone away by reading its end over and over (crossterm #793).

use std::io;

use tokio::sync::mpsc;

/// What there is to say of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Something to read; told once until `Watch::listen`.
    Input,
    /// The terminal has gone away.
    Gone,
}

/// A thread that watches.
pub struct Watch {
    news: mpsc::UnboundedReceiver<News>,
    #[cfg(unix)]
    bell: io::PipeWriter,
    #[cfg(not(unix))]
    bell: std::sync::mpsc::Sender<()>,
}

impl Watch {
    /// The next news.
    pub async fn next(&mut self) -> News {
        match self.news.recv().await {
            Some(news) => news,
            // The thread could not go on: there is nothing to hear, but signals.
            None => std::future::pending().await,
        }
    }
}

#[cfg(unix)]
impl Watch {
    /// Starts to watch, listening.
    pub fn start() -> io::Result<Self> {
        let (told, bell) = io::pipe()?;
        let (tell, news) = mpsc::unbounded_channel();
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || watch(&told, &tell))?;
        Ok(Self { news, bell })
    }

    /// What was there has been read: wants to hear of more.
    pub fn listen(&mut self) {
        // The thread has ended only if the terminal has.
        let _ = io::Write::write(&mut self.bell, &[0]);
    }
}

/// Sleeps until something happens. A hang-up is reported even while nobody listens for input.
#[cfg(unix)]
fn watch(mut bell: &io::PipeReader, tell: &mpsc::UnboundedSender<News>) {
    use rustix::event::{PollFd, PollFlags, poll};
    let input = io::stdin();
    let mut listening = true;
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let wanted = if listening { PollFlags::IN } else { PollFlags::empty() };
        let mut watched = [PollFd::new(&input, wanted), PollFd::new(&bell, PollFlags::IN)];
        match poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(_) => {}
        }
        let [of_input, of_bell] = watched.map(|fd| fd.revents());
        if !of_bell.is_empty() {
            // The end of the pipe: the loop has ended.
            match io::Read::read(&mut bell, &mut [0; 64]) {
                Ok(1..) => listening = true,
                _ => return,
            }
        }
        if of_input.intersects(gone) {
            let _ = tell.send(News::Gone);
            return end_with(bell);
        }
        if of_input.contains(PollFlags::IN) {
            listening = false;
            let _ = tell.send(News::Input);
        }
    }
}

/// Sees to it that the program ends with its terminal. The loop may be inside crossterm, which reads
/// the end of the input over and over and never comes back (crossterm #793): then this thread is the
/// only one that can.
#[cfg(unix)]
fn end_with(mut bell: &io::PipeReader) {
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
        let mut watched = [PollFd::new(&bell, PollFlags::IN)];
        let rung = poll(&mut watched, Some(&left)).is_ok_and(|events| events > 0);
        // The end of the pipe: the loop has ended.
        if rung && !matches!(io::Read::read(&mut bell, &mut [0; 64]), Ok(1..)) {
            return;
        }
    }
}

#[cfg(not(unix))]
impl Watch {
    /// Starts to watch, listening.
    pub fn start() -> io::Result<Self> {
        const LONG: std::time::Duration = std::time::Duration::from_secs(3600);
        let (bell, told) = std::sync::mpsc::channel();
        let (tell, news) = mpsc::unbounded_channel();
        let watch = move || {
            loop {
                match crossterm::event::poll(LONG) {
                    Ok(false) => continue,
                    Ok(true) => {}
                    Err(_) => return tell.send(News::Gone).unwrap_or_default(),
                }
                if tell.send(News::Input).is_err() || told.recv().is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("watch".to_owned()).spawn(watch)?;
        Ok(Self { news, bell })
    }

    /// What was there has been read: wants to hear of more.
    pub fn listen(&mut self) {
        let _ = self.bell.send(());
    }
}
