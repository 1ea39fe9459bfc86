//! The loop between terminal and engine; lending the terminal.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use tokio::time::Instant;

use super::editor::Editing;
use super::engine::{Engine, Flow};
use super::executor::Demand;
use super::input::{Reader, Target};
use super::painter::Painter;
use super::signals::{Asked, Signals};
use super::tty::{self, Guard, Outlet};
use super::watch::{News, Watch};
use super::workers::Workers;
use crate::keys::{self, Action};
use crate::model::{Msg, Size};

/// The shortest time between two frames while messages pour in.
const FRAME: Duration = Duration::from_millis(16);
/// After a pause so many frames may follow each other at once: a start has some before its first rows.
const BURST: u32 = 8;
/// The most events taken in before the screen is drawn.
const AT_ONCE: usize = 4096;

type Screen = Painter<CrosstermBackend<Outlet>>;

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

/// Takes the terminal, plays the program in it, and gives it back on every way out.
pub async fn perform(engine: Engine, mouse: bool, workers: &Workers) -> io::Result<Ended> {
    // Handlers before raw mode: a signal in between would leave the terminal raw.
    let signals = Signals::new()?;
    let guard = Guard::new(mouse)?;
    // The model is in it: it is not to be moved about with every step.
    let ended = Box::pin(Loop::new(engine, signals)?.run(workers)).await;
    drop(guard);
    ended
}

/// What ends the loop.
#[derive(Debug, Clone, Copy)]
enum Cause {
    /// The person wants it.
    Quit,
    /// A signal, by number.
    Signal(i32),
    /// The terminal went away.
    Vanished,
}

/// The exit code of a program whose terminal has gone away, as if by SIGHUP.
pub const VANISHED: i32 = 129;

/// The loop's state.
struct Loop {
    engine: Engine,
    signals: Signals,
    screen: Screen,
    /// Keys and the like that were taken in together and not acted on yet.
    waiting: VecDeque<Msg>,
    reader: Reader,
    /// The program is to end.
    cause: Option<Cause>,
    /// Something changed since the last frame.
    dirty: bool,
    /// When the next frame may be drawn that no key asked for.
    free_at: Instant,
}

impl Loop {
    fn new(engine: Engine, signals: Signals) -> io::Result<Self> {
        let now = Instant::now();
        Ok(Self {
            engine,
            signals,
            screen: Painter::new(CrosstermBackend::new(Outlet::default()), size()?),
            waiting: VecDeque::new(),
            reader: Reader::default(),
            cause: None,
            dirty: false,
            free_at: now.checked_sub(FRAME * BURST).unwrap_or(now),
        })
    }

    async fn run(mut self, workers: &Workers) -> io::Result<Ended> {
        let lived = self.live(workers).await;
        tty::give_back();
        match lived {
            Ok(cause) => Ok(self.end(cause).await),
            // Whoever notices first that nobody is there: the watch, or a write.
            Err(error) if tty::is_gone(&error) => Ok(self.end(Cause::Vanished).await),
            Err(error) => Err(error),
        }
    }

    async fn live(&mut self, workers: &Workers) -> io::Result<Cause> {
        // The first frame is drawn before there are threads, and before the SDK is touched.
        self.draw()?;
        self.engine.run_tasks_at(workers.start()?);
        let mut watch = Watch::start()?;
        self.measure().await?;
        while self.cause.is_none() {
            let frame = self.free_at;
            if self.dirty && Instant::now() >= frame {
                self.draw()?;
            }
            let wake = self.engine.wake_in();
            tokio::select! {
                // Answers before input, so that a key acts on what is known.
                biased;
                asked = self.signals.next() => match asked {
                    Asked::End(signal) => self.cause = Some(Cause::Signal(signal)),
                    Asked::GoOn => self.retake()?,
                    Asked::Measure => {
                        // Also where it has its old size again: it may have dropped what had no room meanwhile.
                        self.screen.forget();
                        self.measure().await?;
                    }
                },
                msg = self.engine.next() => self.feed(msg).await?,
                news = watch.next() => match news {
                    News::Input => self.input().await?,
                    News::Gone => self.cause = Some(Cause::Vanished),
                },
                () = tokio::time::sleep_until(frame), if self.dirty => {}
                () = sleep(wake) => self.feed(Msg::Tick).await?,
            }
        }
        Ok(self.cause.unwrap_or(Cause::Quit))
    }

    /// The terminal may have another size.
    async fn measure(&mut self) -> io::Result<()> {
        self.feed(Msg::Resize(size()?)).await
    }

    /// Takes in all events that are there, then draws once: held keys cost one frame.
    async fn input(&mut self) -> io::Result<()> {
        if !tty::has_events()? {
            // Nothing helps against a loop around what cannot be read but to go round it slowly.
            tokio::time::sleep(FRAME).await;
        }
        while tty::has_events()? {
            let mut events = vec![crossterm::event::read()?];
            while events.len() < AT_ONCE && crossterm::event::poll(Duration::ZERO)? {
                events.push(crossterm::event::read()?);
            }
            let model = self.engine.model();
            let (context, operations) = (model.context(), model.operations());
            let begins_line = |chord| keys::resolve(context, &operations, chord).is_some_and(Action::begins_line);
            let target = Target { types: context.types(), begins_line: &begins_line };
            self.waiting.extend(self.reader.read(events, target, std::time::Instant::now()));
            while let Some(msg) = self.waiting.pop_front() {
                self.feed(msg).await?;
                if self.cause.is_some() {
                    return Ok(());
                }
            }
            // A key is answered at once, whenever the last frame was.
            self.draw()?;
            self.reader.done(std::time::Instant::now());
        }
        Ok(())
    }

    async fn feed(&mut self, msg: Msg) -> io::Result<()> {
        if let Msg::Resize(size) = msg {
            self.screen.resize(size);
        }
        let mut flow: Flow = self.engine.feed(msg);
        self.dirty = true;
        for _ in 0..256 {
            let Some(msg) = self.engine.ready() else { break };
            flow.demands.extend(self.engine.feed(msg).demands);
        }
        for demand in flow.demands {
            match demand {
                Demand::Quit => self.cause = Some(Cause::Quit),
                Demand::Copy(text) => execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?,
                Demand::Browse(url) => self.engine.browse(url),
                Demand::Mouse(on) => tty::capture_mouse(on)?,
                Demand::Edit(text) => self.edit(&text).await?,
                Demand::Suspend => self.suspend().await?,
            }
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        queue!(self.screen.backend_mut(), BeginSynchronizedUpdate)?;
        self.screen.show(|canvas| self.engine.draw(canvas))?;
        execute!(self.screen.backend_mut(), EndSynchronizedUpdate)?;
        self.dirty = false;
        let now = Instant::now();
        self.free_at = self.free_at.max(now.checked_sub(FRAME * BURST).unwrap_or(now)) + FRAME;
        Ok(())
    }

    /// Lends the terminal to the editor, until it ends or the program is to.
    async fn edit(&mut self, text: &str) -> io::Result<()> {
        tty::give_back();
        let edited = match Editing::start(text) {
            Err(why) => Err(why),
            Ok(mut editing) => {
                let ended = tokio::select! {
                    edited = editing.saved() => Ok(edited),
                    signal = self.signals.next_while_lent() => Err(signal),
                };
                match ended {
                    Ok(edited) => edited,
                    Err(signal) => {
                        editing.end().await;
                        self.cause = Some(Cause::Signal(signal));
                        return Ok(());
                    }
                }
            }
        };
        self.signals.forget();
        self.come_back()?;
        self.engine.feed(Msg::Edited(edited));
        Ok(())
    }

    /// Stops the program as ctrl-z does; comes back with `fg`.
    async fn suspend(&mut self) -> io::Result<()> {
        tty::give_back();
        self.signals.stop().await;
        self.come_back()?;
        self.engine.feed(Msg::Resumed);
        Ok(())
    }

    /// Somebody else stopped and continued us, and had the terminal meanwhile.
    fn retake(&mut self) -> io::Result<()> {
        tty::give_back();
        self.come_back()?;
        self.engine.feed(Msg::Resumed);
        Ok(())
    }

    /// Takes the terminal again, as large as it is now, and draws everything anew.
    fn come_back(&mut self) -> io::Result<()> {
        tty::take()?;
        self.waiting.clear();
        tty::forget_keys();
        // Not `clear`: that asks the terminal for its cursor, and one that does not answer ends us.
        let size = size()?;
        self.screen.resize(size);
        self.screen.forget();
        self.engine.feed(Msg::Resize(size));
        self.dirty = true;
        Ok(())
    }

    async fn end(mut self, cause: Cause) -> Ended {
        let unfinished = self.engine.leave().await;
        let signal = if let Cause::Signal(number) = cause { Some(number) } else { None };
        Ended { signal, vanished: matches!(cause, Cause::Vanished), unfinished }
    }
}

/// How large the terminal is now.
fn size() -> io::Result<Size> {
    crossterm::terminal::size().map(|(width, height)| Size { width, height })
}

async fn sleep(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}
