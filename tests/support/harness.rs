//! The program stepped by hand: keys, idle, the passing of time, and the screen as text.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lambdash::demo::Demo;
use lambdash::testing::{Chord, Gesture, Model, Mouse, Msg, Now, Options, Painter, Session, Size};
use lambdash::{Demand, Engine, Ports};
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};

use super::PATIENCE;
use super::server::Server;

/// The moment at which every test begins, for the program and for the account alike.
pub const START: &str = "2026-11-21T12:00:00Z";

/// The size of the screen unless a test says otherwise.
pub const SIZE: Size = Size { width: 100, height: 30 };

/// The program at its start, and what happens to it.
pub struct Harness {
    engine: Engine,
    screen: Painter<TestBackend>,
    now: Arc<Mutex<Now>>,
    demands: Vec<Demand>,
    url: String,
}

impl Harness {
    /// The program pointed at a server, as large as usual, its first questions answered.
    pub async fn new(server: &Server) -> Self {
        Self::with(server, |_, _| {}).await
    }

    /// The same, with another session or other options.
    pub async fn with(server: &Server, change: impl FnOnce(&mut Session, &mut Options)) -> Self {
        let mut app = Self::unasked(server, change);
        app.idle().await;
        app
    }

    /// The program before its questions are answered.
    pub fn unasked(server: &Server, change: impl FnOnce(&mut Session, &mut Options)) -> Self {
        Self::cached(server, None, change)
    }

    /// The program with a folder for what it keeps between runs.
    pub fn cached(
        server: &Server,
        cache: Option<std::path::PathBuf>,
        change: impl FnOnce(&mut Session, &mut Options),
    ) -> Self {
        Self::at(&server.url, cache, change)
    }

    /// The program pointed at any endpoint.
    pub fn at(url: &str, cache: Option<std::path::PathBuf>, change: impl FnOnce(&mut Session, &mut Options)) -> Self {
        let options = Options { cache: cache.is_some(), ..Options::default() };
        let change = |session: &mut Session, options: &mut Options| {
            session.target.endpoint = Some(url.to_owned());
            change(session, options);
        };
        Self::build(url, Ports { http: None, cache, data: None, here: None }, options, change)
    }

    /// The program with a folder for what a person saves.
    pub async fn saving(server: &Server, data: std::path::PathBuf) -> Self {
        Self::saving_with(server, data, |_, _| {}).await
    }

    /// The same, with another session or other options.
    pub async fn saving_with(
        server: &Server,
        data: std::path::PathBuf,
        change: impl FnOnce(&mut Session, &mut Options),
    ) -> Self {
        let options = Options { cache: false, ..Options::default() };
        let url = server.url.clone();
        let ports = Ports { http: None, cache: None, data: Some(data), here: None };
        let change = |session: &mut Session, options: &mut Options| {
            session.target.endpoint = Some(url.clone());
            change(session, options);
        };
        let mut app = Self::build(&url, ports, options, change);
        app.idle().await;
        app
    }

    /// The program with an account behind the SDK's own connector, as `--demo` has it: no socket.
    pub fn in_process(demo: Demo, change: impl FnOnce(&mut Session, &mut Options)) -> Self {
        // Random keys may save: there is no such folder, so nothing is written.
        let here = Some("/nowhere/lambdash".into());
        let ports = Ports { http: Some(lambdash::demo::http_client(demo)), here, ..Ports::default() };
        Self::build("", ports, Options { cache: false, ..Options::default() }, change)
    }

    fn build(url: &str, ports: Ports, mut options: Options, change: impl FnOnce(&mut Session, &mut Options)) -> Self {
        let mut session = Session::default();
        session.target.region = Some("eu-west-1".to_owned());
        session.production = vec!["prod".to_owned()];
        change(&mut session, &mut options);
        let now = Arc::new(Mutex::new(Now { since: Duration::ZERO, wall: START.parse().unwrap() }));
        let told = now.clone();
        let clock = Arc::new(move || *told.lock().unwrap());
        let engine = Engine::new(Model::new(session, options, SIZE), ports, clock);
        let screen = Painter::new(TestBackend::new(SIZE.width, SIZE.height), SIZE);
        let url = url.to_owned();
        let mut app = Self { engine, screen, now, demands: Vec::new(), url };
        app.feed(Msg::Resize(SIZE));
        app
    }

    fn feed(&mut self, msg: Msg) {
        let flow = self.engine.feed(msg);
        self.demands.extend(flow.demands);
        self.draw();
    }

    fn draw(&mut self) {
        self.screen.show(|canvas| self.engine.draw(canvas)).unwrap();
    }

    /// Presses keys: `"jj<enter>/api"`. The screen is drawn after each.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for chord in Chord::sequence(keys).unwrap() {
            self.feed(Msg::Key(chord));
        }
        self
    }

    /// Pastes.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.feed(Msg::Paste(text.to_owned()));
        self
    }

    /// Clicks, or turns the wheel.
    pub fn mouse(&mut self, x: u16, y: u16, what: Gesture) -> &mut Self {
        self.feed(Msg::Mouse(Mouse { x, y, what }));
        self
    }

    /// Makes the terminal another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.screen.backend_mut().resize(width, height);
        self.screen.resize(Size { width, height });
        self.feed(Msg::Resize(Size { width, height }));
        self
    }

    /// Hands in any message.
    pub fn message(&mut self, msg: Msg) -> &mut Self {
        self.feed(msg);
        self
    }

    /// Waits until nothing is on its way and every answer is taken in.
    pub async fn idle(&mut self) -> &mut Self {
        match tokio::time::timeout(PATIENCE, self.engine.idle()).await {
            Ok(flow) => self.demands.extend(flow.demands),
            Err(late) => panic!("not idle in time ({late}):\n{}", self.screen()),
        }
        self.draw();
        self
    }

    /// Takes in the next answer, whichever it is.
    pub async fn next(&mut self) -> &mut Self {
        let msg = self.engine.next().await;
        self.feed(msg);
        self
    }

    /// Lets answers come and takes none of them in, up to one that is wanted: they lie in the inbox, until `message`
    /// hands them over.
    pub async fn hold(&mut self, wanted: impl Fn(&Msg) -> bool) -> Vec<Msg> {
        let mut held = Vec::new();
        while !held.last().is_some_and(&wanted) {
            match tokio::time::timeout(PATIENCE, self.engine.next()).await {
                Ok(msg) => held.push(msg),
                Err(late) => panic!("it did not come ({late}), but {held:?}"),
            }
        }
        held
    }

    /// Lets tasks run for a moment and takes in at most `n` of the answers that are here; never waits.
    pub async fn some(&mut self, n: usize) -> &mut Self {
        for _ in 0..24 {
            tokio::task::yield_now().await;
        }
        for _ in 0..n {
            let Some(msg) = self.engine.ready() else { break };
            self.feed(msg);
        }
        self
    }

    /// What would be named if the program ended now.
    pub fn unfinished(&self) -> Vec<String> {
        self.engine.unfinished()
    }

    /// Ends the program, as a person who quits does.
    pub async fn leave(mut self) -> Vec<String> {
        self.engine.leave().await
    }

    /// Takes in answers until the screen says something.
    pub async fn until(&mut self, text: &str) -> &mut Self {
        while !self.screen().contains(text) {
            match tokio::time::timeout(PATIENCE, self.engine.next()).await {
                Ok(msg) => self.feed(msg),
                Err(late) => panic!("the screen never said {text:?} ({late}):\n{}", self.screen()),
            }
        }
        self
    }

    /// Lets time pass for the program: no sleeping.
    pub fn later(&mut self, time: Duration) -> &mut Self {
        {
            let mut now = self.now.lock().unwrap();
            now.since += time;
            now.wall += time;
        }
        self.feed(Msg::Tick);
        self
    }

    /// Lets the cursor rest, so that what belongs to its row is asked for.
    pub async fn rest(&mut self) -> &mut Self {
        self.later(Duration::from_millis(400)).idle().await
    }

    /// When the program wants to hear the time next.
    pub fn wake_in(&self) -> Option<Duration> {
        self.engine.wake_in()
    }

    /// What the program knows.
    pub fn model(&self) -> &Model {
        self.engine.model()
    }

    /// What was demanded of the terminal's owner.
    pub fn demands(&self) -> &[Demand] {
        &self.demands
    }

    /// The program asked to end.
    pub fn has_quit(&self) -> bool {
        self.demands.contains(&Demand::Quit)
    }

    /// The cells of the screen.
    pub fn buffer(&self) -> &Buffer {
        self.screen.backend().buffer()
    }

    /// The screen as text, without the blanks at the ends of lines.
    pub fn screen(&self) -> String {
        lines(self.buffer(), |cell| cell.symbol().to_owned())
    }

    /// The screen as text, and a number that changes with any of its colours and weights.
    pub fn styled(&self) -> String {
        let styles = lines(self.buffer(), |cell| format!("{:?}{:?}{:?}", cell.fg, cell.bg, cell.modifier));
        // The port of the server is another one in every run; its place and length are not.
        let mut text = self.screen();
        if !self.url.is_empty() {
            text = text.replace(&self.url, "http://127.0.0.1:00000");
        }
        format!("{}\n[styles {:08x}]", text.trim_end(), fnv(&styles))
    }

    /// The line of the screen that says something.
    pub fn line_with(&self, text: &str) -> String {
        self.screen().lines().find(|line| line.contains(text)).unwrap_or_default().to_owned()
    }

    /// The line of the list with the cursor.
    pub fn cursor_line(&self) -> String {
        self.screen().lines().find(|line| line.starts_with('▌')).unwrap_or_default().to_owned()
    }

    /// The first word with a hyphen in the cursor's line: the name of a function.
    pub fn under_cursor(&self) -> String {
        let line = self.cursor_line();
        line.split_whitespace().find(|word| word.contains('-')).unwrap_or_default().to_owned()
    }
}

fn lines(buffer: &Buffer, text: impl Fn(&Cell) -> String) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let rows = buffer.content.chunks(width);
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        let mut skip = 0_usize;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            line.push_str(&text(cell));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// FNV-1a: the same on every machine and in every release of Rust.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Compares the screen, text and styles, with what was accepted before.
#[macro_export]
macro_rules! assert_screen {
    ($app:expr) => {
        insta::assert_snapshot!($app.styled())
    };
    // The same screen in several sizes.
    ($app:expr, $sizes:expr) => {
        for (width, height) in $sizes {
            $app.resize(width, height);
            assert_screen!($app);
        }
    };
}

/// An account at the moment when tests begin; nothing moves in it by itself.
pub fn clock() -> lambdash::demo::Clock {
    let at = START.parse().unwrap();
    Arc::new(move || at)
}

/// The account of `--demo`, near and standing still: everything is in it.
pub async fn showcase() -> (lambdash::demo::Demo, Server) {
    let demo = lambdash::demo::Demo::account(clock());
    demo.latency(Duration::ZERO);
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

/// A small shop: quick to read, with something in every pane.
pub async fn shop() -> (lambdash::demo::Demo, Server) {
    use lambdash::demo::{Demo, FunctionSeed};
    let demo = Demo::empty(clock());
    let api = FunctionSeed::named("orders-api").with("Description", "REST API of the shop: carts, orders, returns");
    let api = api.with("Runtime", "nodejs22.x").variable("TABLE", "orders").tag("team", "orders").age_minutes(184);
    demo.put_function(api.published(12).weighted_alias("live", "11", "12", 0.1).alias("staging", "12"));
    demo.put_function(FunctionSeed::named("billing-ledger").with("MemorySize", 1024).age_minutes(60));
    demo.put_function(FunctionSeed::named("orders-archive").with("Timeout", 900).age_minutes(12_960));
    demo.put_function(FunctionSeed::named("orders-export").state("Failed", "The image was deleted.", "ImageDeleted"));
    demo.put_function(FunctionSeed::named("search-index").state("Inactive", "It was idle.", "Idle"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}
