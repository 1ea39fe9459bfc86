//! Raw mode and back, whatever happens; the loop between terminal and engine; lending the terminal.

use std::io::{self, BufWriter, Stdout, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::thread::ThreadId;
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture, Event, EventStream, MouseButton, MouseEvent, MouseEventKind,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use futures_util::StreamExt as _;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use tokio::time::Instant;

use super::editor;
use super::engine::{Engine, Flow};
use super::executor::Demand;
use super::signals::{Signals, vanished};
use crate::keys::Chord;
use crate::model::{Gesture, Mouse, Msg, Size};

/// The shortest time between two frames while messages pour in.
const FRAME: Duration = Duration::from_millis(16);

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// How the program ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// The signal that ended it, by number.
    pub signal: Option<i32>,
    /// The terminal went away.
    pub vanished: bool,
    /// What was on its way and could not be awaited.
    pub unfinished: Vec<String>,
}

/// The terminal is ours: it must be given back before anything else is printed.
static OURS: AtomicBool = AtomicBool::new(false);
/// The mouse is captured, as far as the program wants it.
static MOUSE: AtomicBool = AtomicBool::new(true);
static UI_THREAD: OnceLock<ThreadId> = OnceLock::new();

/// Runs the program in the terminal until it ends. The terminal is given back on every way out.
///
/// # Errors
/// If the terminal cannot be set up or written to.
pub async fn run(engine: Engine, mouse: bool) -> io::Result<Ended> {
    MOUSE.store(mouse, Ordering::Relaxed);
    let _ = UI_THREAD.set(std::thread::current().id());
    restore_on_panic();
    // Handlers before raw mode: a signal in between would leave the terminal raw.
    let signals = Signals::new()?;
    let guard = Guard::new()?;
    let ended = Loop::new(engine, signals)?.run().await;
    drop(guard);
    ended
}

/// Takes the terminal; gives it back when dropped.
struct Guard;

impl Guard {
    fn new() -> io::Result<Self> {
        take().inspect_err(|_| give_back())?;
        Ok(Self)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, cursor::Hide)?;
    if MOUSE.load(Ordering::Relaxed) {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Undoes everything `take` does, once, as far as the terminal still answers.
fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            io::stdout(),
            DisableMouseCapture,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// A panic of the screen's own thread gives the terminal back before it is told. A panic in a task
/// does not: the program lives on, and its pane says what happened.
fn restore_on_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!(%panic, "panic");
        if UI_THREAD.get() == Some(&std::thread::current().id()) {
            give_back();
            before(panic);
        }
    }));
}

/// The loop's state.
struct Loop {
    engine: Engine,
    signals: Signals,
    screen: Screen,
    /// `None` while the terminal is lent out.
    events: Option<EventStream>,
    /// Something changed since the last frame.
    dirty: bool,
    drawn: Instant,
}

impl Loop {
    fn new(engine: Engine, signals: Signals) -> io::Result<Self> {
        let screen = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))?;
        Ok(Self { engine, signals, screen, events: Some(EventStream::new()), dirty: false, drawn: Instant::now() })
    }

    async fn run(mut self) -> io::Result<Ended> {
        // The first frame is drawn before the first effect runs: before the SDK is touched.
        self.draw()?;
        let size = self.screen.size()?;
        self.feed(Msg::Resize(Size { width: size.width, height: size.height })).await?;
        let mut lost = std::pin::pin!(vanished());
        loop {
            let frame = self.drawn + FRAME;
            if self.dirty && Instant::now() >= frame {
                self.draw()?;
            }
            let wake = self.engine.wake_in();
            let flow = tokio::select! {
                // Answers before input, so that a key acts on what is known.
                biased;
                signal = self.signals.next() => return Ok(self.end(Some(signal), false)),
                () = &mut lost => return Ok(self.end(None, true)),
                msg = self.engine.next() => self.feed(msg).await?,
                event = next_event(&mut self.events) => match event {
                    Some(Ok(event)) => self.events_in(event).await?,
                    Some(Err(error)) => return Err(error),
                    None => return Ok(self.end(None, true)),
                },
                () = tokio::time::sleep_until(frame), if self.dirty => Flow::default(),
                () = sleep(wake) => self.feed(Msg::Tick).await?,
            };
            if flow.quits() {
                return Ok(self.end(None, false));
            }
        }
    }

    /// Takes an event and all that wait behind it, then draws once: held keys cost one frame.
    async fn events_in(&mut self, first: Event) -> io::Result<Flow> {
        let mut next = Some(first);
        let mut flow = Flow::default();
        while let Some(event) = next.take() {
            if let Some(msg) = message(event) {
                flow.demands.extend(self.feed(msg).await?.demands);
            }
            if flow.quits() {
                return Ok(flow);
            }
            next = event_here(&mut self.events).await;
        }
        // A key is answered at once, whenever the last frame was.
        self.draw()?;
        Ok(flow)
    }

    async fn feed(&mut self, msg: Msg) -> io::Result<Flow> {
        let mut flow = self.engine.feed(msg);
        self.dirty = true;
        for _ in 0..256 {
            let Some(msg) = self.engine.ready() else { break };
            flow.demands.extend(self.engine.feed(msg).demands);
        }
        for demand in std::mem::take(&mut flow.demands) {
            match demand {
                Demand::Quit => flow.demands.push(Demand::Quit),
                Demand::Copy(text) => execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?,
                Demand::Browse(url) => self.engine.browse(url),
                Demand::Mouse(on) => capture_mouse(on)?,
                Demand::Edit(text) => self.edit(&text).await?,
                Demand::Suspend => self.suspend()?,
            }
        }
        Ok(flow)
    }

    fn draw(&mut self) -> io::Result<()> {
        queue!(self.screen.backend_mut(), BeginSynchronizedUpdate)?;
        self.screen.draw(|frame| self.engine.draw(frame))?;
        execute!(self.screen.backend_mut(), EndSynchronizedUpdate)?;
        self.dirty = false;
        self.drawn = Instant::now();
        Ok(())
    }

    /// Lends the terminal to the editor. The event stream is dropped first: one that is merely not
    /// polled still eats keys.
    async fn edit(&mut self, text: &str) -> io::Result<()> {
        self.events = None;
        give_back();
        let edited = editor::edit(text).await;
        self.come_back()?;
        self.engine.feed(Msg::Edited(edited));
        Ok(())
    }

    /// Stops the program as ctrl-z does; comes back with `fg`.
    fn suspend(&mut self) -> io::Result<()> {
        self.events = None;
        give_back();
        super::signals::stop();
        self.come_back()?;
        self.engine.feed(Msg::Resumed);
        Ok(())
    }

    /// Takes the terminal again, as large as it is now, and draws everything anew.
    fn come_back(&mut self) -> io::Result<()> {
        take()?;
        self.events = Some(EventStream::new());
        self.screen.clear()?;
        let size = self.screen.size()?;
        self.engine.feed(Msg::Resize(Size { width: size.width, height: size.height }));
        self.dirty = true;
        Ok(())
    }

    fn end(mut self, signal: Option<i32>, vanished: bool) -> Ended {
        let unfinished = self.engine.unfinished();
        self.engine.abandon();
        let _ = self.screen.backend_mut().flush();
        Ended { signal, vanished, unfinished }
    }
}

fn capture_mouse(on: bool) -> io::Result<()> {
    MOUSE.store(on, Ordering::Relaxed);
    if on { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
}

async fn next_event(events: &mut Option<EventStream>) -> Option<io::Result<Event>> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}

/// An event that is already here. The stream must be polled with this task's own waker: it keeps the
/// first one it is given until it has something to say (so `now_or_never` would deafen it).
async fn event_here(events: &mut Option<EventStream>) -> Option<Event> {
    std::future::poll_fn(|context| {
        let polled = events.as_mut().map(|events| events.poll_next_unpin(context));
        Poll::Ready(match polled {
            Some(Poll::Ready(Some(Ok(event)))) => Some(event),
            _ => None,
        })
    })
    .await
}

async fn sleep(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}

/// What a terminal event says to the program, if anything.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => Chord::of(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(Size { width, height })),
        Event::FocusGained => Some(Msg::Focus(true)),
        Event::FocusLost => Some(Msg::Focus(false)),
        Event::Mouse(MouseEvent { kind, column, row, .. }) => {
            let what = match kind {
                MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
                MouseEventKind::ScrollUp => Gesture::WheelUp,
                MouseEventKind::ScrollDown => Gesture::WheelDown,
                _ => return None,
            };
            Some(Msg::Mouse(Mouse { x: column, y: row, what }))
        }
    }
}
