//! Raw mode and back, whatever happens.

use std::backtrace::Backtrace;
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};

/// The terminal is ours: it must be given back before anything else is printed.
static OURS: AtomicBool = AtomicBool::new(false);
/// The mouse is captured, as far as the program wants it.
static MOUSE: AtomicBool = AtomicBool::new(true);
static UI_THREAD: OnceLock<ThreadId> = OnceLock::new();

/// Takes the terminal; gives it back when dropped.
pub struct Guard;

impl Guard {
    /// Takes the terminal for this thread, with the mouse or without.
    pub fn new(mouse: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::Relaxed);
        let _ = UI_THREAD.set(std::thread::current().id());
        std::panic::set_hook(Box::new(on_panic));
        take().inspect_err(|_| give_back())?;
        Ok(Self)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Makes the terminal ours: raw, on a screen of its own, telling of pastes, focus and mouse.
pub fn take() -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)?;
    if MOUSE.load(Ordering::Relaxed) {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Undoes everything `take` does, once, as far as the terminal still answers.
pub fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        leave();
        let _ = disable_raw_mode();
    }
}

/// Tells the terminal to be as a shell wants it.
fn leave() {
    let _ = execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
}

/// How the terminal is while another program is to have it.
pub struct Lent {
    #[cfg(unix)]
    modes: Option<rustix::termios::Termios>,
}

impl Lent {
    /// Notes how it is now.
    pub fn new() -> Self {
        Self {
            #[cfg(unix)]
            modes: rustix::termios::tcgetattr(io::stdin()).ok(),
        }
    }

    /// Makes it so again: not every program does by itself, least of all one that was told to end. vim leaves it raw.
    pub fn take_back(&self, was_ended: bool) {
        #[cfg(unix)]
        if let Some(modes) = &self.modes {
            let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, modes);
        }
        if was_ended {
            leave();
        }
    }
}

/// Switches the capture of the mouse, now and whenever the terminal is taken again.
pub fn capture_mouse(on: bool) -> io::Result<()> {
    MOUSE.store(on, Ordering::Relaxed);
    if on { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
}

/// There are events to read. crossterm waits for an edge: for news since it last looked, and forgets
/// one that comes together with a change of size, or what is beyond its buffer (1 KB). Setting the
/// modes as they are makes another edge.
pub fn has_events() -> io::Result<bool> {
    if crossterm::event::poll(Duration::ZERO)? {
        return Ok(true);
    }
    #[cfg(unix)]
    {
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
        let input = io::stdin();
        let waiting = rustix::io::ioctl_fionread(&input).is_ok_and(|bytes| bytes > 0);
        if waiting && let Ok(modes) = tcgetattr(&input) {
            tcsetattr(&input, OptionalActions::Now, &modes)?;
            return crossterm::event::poll(Duration::ZERO);
        }
    }
    Ok(false)
}

/// Forgets keys that were pressed while the terminal was somebody else's: they were not meant for us.
pub fn forget_keys() {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    while matches!(crossterm::event::poll(Duration::ZERO), Ok(true)) {
        if crossterm::event::read().is_err() {
            break;
        }
    }
}

/// The error of a terminal that is not there any more.
pub fn is_gone(error: &io::Error) -> bool {
    #[cfg(unix)]
    let hung_up = [rustix::io::Errno::IO, rustix::io::Errno::NXIO, rustix::io::Errno::NODEV]
        .iter()
        .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()));
    #[cfg(not(unix))]
    let hung_up = false;
    hung_up || matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
}

/// A panic of the screen's own thread gives the terminal back before it is told. A panic in a task
/// does not: the program lives on, and its pane says what happened. What a panic says may hold a
/// payload (slicing quotes the whole text), so only its place is told.
fn on_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let on_screen = UI_THREAD.get() == Some(&std::thread::current().id());
    if on_screen {
        give_back();
    }
    tracing::error!(%place, on_screen, backtrace = %Backtrace::force_capture(), "panic");
    if on_screen {
        // Nobody to tell is no reason to panic once more.
        let _ = writeln!(
            io::stderr(),
            "lambdash: ended by a bug of its own, at {place}. Start it with --log FILE to keep a trace, and report it."
        );
    }
}

/// Collects a frame and writes it in one piece: the frame is in the terminal whole or not at all,
/// and a panic in the middle of one leaves nothing of it behind.
#[derive(Debug, Default)]
pub struct Outlet {
    waiting: Vec<u8>,
}

/// What encloses a frame (synchronized update): terminals that know it show the frame at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

impl Outlet {
    fn in_a_frame(&self) -> bool {
        self.waiting.starts_with(BEGIN) && !self.waiting.ends_with(END)
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Writes what waits, but never a part of a frame: ratatui flushes where it clears the screen. A terminal that is
    /// not ours gets nothing.
    fn flush(&mut self) -> io::Result<()> {
        if self.in_a_frame() {
            return Ok(());
        }
        if !OURS.load(Ordering::SeqCst) {
            self.waiting.clear();
            return Ok(());
        }
        // A frame in which nothing changed is nothing to be told.
        if self.waiting.len() == BEGIN.len() + END.len() && self.waiting.starts_with(BEGIN) {
            self.waiting.clear();
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let written = out.write_all(&self.waiting);
        self.waiting.clear();
        written.and_then(|()| out.flush())
    }
}

#[cfg(test)]
mod tests {
    use crossterm::queue;
    use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};

    use super::*;

    #[test]
    fn a_frame_is_whole_or_not_at_all() {
        let mut outlet = Outlet::default();
        queue!(outlet, BeginSynchronizedUpdate).unwrap();
        assert!(outlet.in_a_frame());
        outlet.write_all(b"text").unwrap();
        outlet.flush().unwrap();
        assert!(outlet.waiting.ends_with(b"text"));
        queue!(outlet, EndSynchronizedUpdate).unwrap();
        assert!(!outlet.in_a_frame());
    }
}
