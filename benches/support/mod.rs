//! The whole program against an account in this process, stepped by hand: no terminal, no socket.

use std::sync::Arc;
use std::time::{Duration, Instant};

use divan::Bencher;
use lambdash::demo::{Demo, FunctionSeed, http_client};
use lambdash::testing::{Chord, Model, Msg, Now, Options, Painter, Session, Size};
use lambdash::{Engine, Ports};
use ratatui::backend::TestBackend;
use tokio::runtime::Runtime;

const SIZE: Size = Size { width: 200, height: 50 };
/// The moment at which the account and the program stand still, by the wall clock.
pub const NOW: &str = "2026-11-21T12:00:00Z";

/// An account of one function, which answers at once.
pub fn account(function: FunctionSeed) -> Demo {
    let demo = Demo::empty(Arc::new(|| NOW.parse().unwrap()));
    demo.put_function(function);
    demo.latency(Duration::ZERO);
    demo
}

/// Where the program's tasks run.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// The program, its own clock going on as real ones do.
pub struct Program {
    runtime: Runtime,
    engine: Engine,
    screen: Painter<TestBackend>,
}

impl Program {
    /// The program with the functions of an account on the screen.
    pub fn of(account: Demo, options: Options) -> Self {
        let mut session = Session::default();
        session.target.region = Some("eu-west-1".to_owned());
        let (begun, wall) = (Instant::now(), NOW.parse().unwrap());
        let clock = Arc::new(move || Now { since: begun.elapsed(), wall });
        let ports = Ports { http: Some(http_client(account)), ..Ports::default() };
        let engine = Engine::new(Model::new(session, Options { cache: false, ..options }, SIZE), ports, clock);
        let screen = Painter::new(TestBackend::new(SIZE.width, SIZE.height), SIZE);
        let mut program = Self { runtime: runtime(), engine, screen };
        program.feed(Msg::Resize(SIZE));
        program.runtime.block_on(program.engine.idle());
        program
    }

    /// One message, and the frame after it.
    pub fn feed(&mut self, msg: Msg) {
        let _entered = self.runtime.enter();
        self.engine.feed(msg);
        self.draw();
    }

    /// One frame.
    pub fn draw(&mut self) {
        self.screen.show(|canvas| self.engine.draw(canvas)).unwrap();
    }

    /// Keys, and a frame after each.
    pub fn keys(&mut self, keys: &str) {
        for chord in Chord::sequence(keys).unwrap() {
            self.feed(Msg::Key(chord));
        }
    }

    /// Whether the program knows something.
    pub fn knows(&self, what: impl Fn(&Model) -> bool) -> bool {
        what(self.engine.model())
    }

    /// Goes on, as the loop of the terminal does, until the program knows what is waited for, and has drawn it.
    pub fn until(&mut self, done: impl Fn(&Model) -> bool) {
        while !self.knows(&done) {
            let wake = self.engine.wake_in().unwrap_or(Duration::from_mins(1));
            let next = self.runtime.block_on(async { tokio::time::timeout(wake, self.engine.next()).await });
            self.feed(next.unwrap_or(Msg::Tick));
        }
    }

    /// What one key after the other costs, from the first again after the last.
    pub fn each_key(&mut self, bencher: Bencher<'_, '_>, keys: &str) {
        let chords = Chord::sequence(keys).unwrap();
        let mut next = 0;
        bencher.bench_local(|| {
            self.feed(Msg::Key(chords[next % chords.len()]));
            next += 1;
        });
    }
}
