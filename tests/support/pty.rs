//! The binary in a pseudo-terminal: bytes in, bytes out, the screen they make, and what they leave behind.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::PATIENCE;

/// The end of every frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// How the program is to be started.
pub struct Start {
    command: Vec<String>,
    env: Vec<(String, String)>,
    size: (u16, u16),
    home: tempfile::TempDir,
}

impl Start {
    /// The program with these arguments, in an empty home without any settings of AWS.
    pub fn with(arguments: &[&str]) -> Self {
        let command = [program()].into_iter().chain(arguments.iter().map(ToString::to_string)).collect();
        let env = [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("PATH", "/usr/local/bin:/usr/bin:/bin"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { command, env, size: (100, 30), home: tempfile::tempdir().unwrap() }
    }

    /// On the account in memory.
    pub fn demo() -> Self {
        Self::with(&["--demo"])
    }

    /// On a server.
    pub fn at(url: &str) -> Self {
        let start = Self::with(&[]).env("AWS_ENDPOINT_URL", url).env("AWS_REGION", "eu-west-1");
        start.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test")
    }

    /// A script of the shell, which finds the program in `$LAMBDASH`.
    pub fn script(script: &str) -> Self {
        let mut start = Self::with(&[]).env("LAMBDASH", &program());
        start.command = ["/bin/sh", "-c", script].map(str::to_owned).to_vec();
        start
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.size = (width, height);
        self
    }

    /// The folder that is the program's home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A file in the home, with a text that is a program.
    pub fn executable(&self, name: &str, text: &str) -> String {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }

    pub fn go(self) -> Pty {
        Pty::spawn(self)
    }
}

/// The program that is tested.
pub fn program() -> String {
    env!("CARGO_BIN_EXE_lambdash").to_owned()
}

/// What the terminal has got so far.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// The reader is to let go of the terminal.
    closing: bool,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// The time between two presses of a person who is fast.
const APART: Duration = Duration::from_millis(30);

/// The program and its terminal.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<JoinHandle<()>>,
    /// Our own handle on the program's side, to read its modes.
    slave: std::fs::File,
    before: String,
    shared: Shared,
    pid: Pid,
    status: Receiver<ExitStatus>,
    home: tempfile::TempDir,
}

impl Pty {
    fn spawn(start: Start) -> Self {
        /// A child started between the opening of another test's terminal and the moment when its
        /// handles are marked close-on-exec would inherit them, and that terminal could never go away.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let (width, height) = start.size;
        let pair = native_pty_system().openpty(cells(width, height)).unwrap();
        let slave = std::fs::File::open(pair.master.tty_name().unwrap()).unwrap();
        let before = modes(&slave);
        let mut command = CommandBuilder::from_argv(start.command.iter().map(Into::into).collect());
        command.env_clear();
        command.env("HOME", start.home.path());
        command.cwd(start.home.path());
        start.env.iter().for_each(|(name, value)| command.env(name, value));
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        let (tell, status) = channel();
        std::thread::spawn(move || tell.send(child.wait().unwrap()));
        let seen = Seen { parser: vt100::Parser::new(some(height), some(width), 0), bytes: Vec::new(), closing: false };
        let shared: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let (from, to) = (pair.master.try_clone_reader().unwrap(), shared.clone());
        let reader = Some(std::thread::spawn(move || read(from, &to)));
        let writer = Some(pair.master.take_writer().unwrap());
        Self { master: Some(pair.master), writer, reader, slave, before, shared, pid, status, home: start.home }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something is true of what the terminal got.
    fn wait(&self, what: &str, mut fits: impl FnMut(&Seen) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen();
        // What is on the screen in the midst of a frame was never meant to be seen.
        while is_on(&seen.bytes, "2026") || !fits(&seen) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}; the screen:\n{}", seen.parser.screen().contents());
            seen = self.shared.1.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until the screen says something.
    pub fn until(&self, text: &str) -> &Self {
        self.wait(&format!("{text:?}"), |seen| seen.parser.screen().contents().contains(text));
        self
    }

    /// Waits until the screen does not say it any more.
    pub fn until_gone(&self, text: &str) -> &Self {
        self.wait(&format!("the end of {text:?}"), |seen| !seen.parser.screen().contents().contains(text));
        self
    }

    /// Waits until the bytes written since a mark have these among them.
    pub fn until_bytes(&self, mark: usize, bytes: &[u8]) {
        let what = String::from_utf8_lossy(bytes).escape_debug().to_string();
        self.wait(&what, |seen| seen.bytes[mark..].windows(bytes.len()).any(|window| window == bytes));
    }

    /// Waits until the terminal was taken again since a mark, and a whole frame drawn.
    pub fn until_taken_again(&self, mark: usize) -> &Self {
        self.wait("a frame on the other screen", |seen| {
            let since = String::from_utf8_lossy(&seen.bytes[mark..]);
            since.split_once("\x1b[?1049h").is_some_and(|(_, after)| after.contains("\x1b[?2026l"))
        });
        self
    }

    /// How many bytes were written so far.
    pub fn mark(&self) -> usize {
        self.seen().bytes.len()
    }

    /// All that was written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    pub fn screen(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// The line with the cursor of the list.
    pub fn cursor_line(&self) -> String {
        self.wait("a cursor", |seen| seen.parser.screen().contents().contains('▌'));
        self.screen().lines().find(|line| line.starts_with('▌')).unwrap_or_default().to_owned()
    }

    /// Sends what keys send, all at once, and apart from those before: what comes within 15 ms of them is taken for a
    /// part of a paste, and no person is as fast.
    pub fn keys(&mut self, keys: &str) -> &Self {
        std::thread::sleep(APART);
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        self
    }

    /// Makes the terminal another size and waits for a frame.
    pub fn resize(&self, width: u16, height: u16) {
        let mark = self.mark();
        self.resize_unseen(width, height);
        // Where there are no cells, nothing is drawn.
        if width > 0 && height > 0 {
            self.until_bytes(mark, FRAME_END);
        }
    }

    /// Makes the terminal another size while nobody draws.
    pub fn resize_unseen(&self, width: u16, height: u16) {
        self.seen().parser.screen_mut().set_size(some(height), some(width));
        self.master.as_ref().unwrap().resize(cells(width, height)).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// The folder that is the program's home.
    pub fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// Waits for the end; the exit code, and how long it took.
    pub fn ended(&mut self) -> (u32, Duration) {
        let asked = Instant::now();
        match self.status.recv_timeout(PATIENCE) {
            Ok(status) => (status.exit_code(), asked.elapsed()),
            Err(late) => panic!("the program does not end ({late}); the screen:\n{}", self.screen()),
        }
    }

    /// The terminal is as it was before the program.
    pub fn assert_sane(&self) {
        self.wait("the usual screen with its cursor", |seen| {
            let screen = seen.parser.screen();
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        let seen = self.seen();
        let screen = seen.parser.screen();
        assert!(!screen.bracketed_paste(), "bracketed paste");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!is_on(&seen.bytes, "1004"), "focus");
        assert!(!is_on(&seen.bytes, "2026"), "synchronized update");
        drop(seen);
        assert_eq!(modes(&self.slave), self.before);
    }

    /// The terminal is the program's.
    pub fn assert_taken(&self) {
        let seen = self.seen();
        let screen = seen.parser.screen();
        assert!(screen.alternate_screen() && screen.bracketed_paste() && is_on(&seen.bytes, "1004"));
        assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        drop(seen);
        assert_ne!(modes(&self.slave), self.before, "raw mode");
    }

    /// The window is closed: nobody holds the other side of the terminal any more.
    pub fn vanish(&mut self) {
        self.seen().closing = true;
        // The reader sits in a read until something is drawn.
        self.master.as_ref().unwrap().resize(cells(70, 20)).unwrap();
        self.reader.take().unwrap().join().unwrap();
        self.writer = None;
        self.master = None;
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It has ended, unless the test failed.
        if self.status.try_recv().is_err() && std::thread::panicking() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn read(mut from: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        let mut seen = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.bytes.extend_from_slice(&buffer[..count]);
        seen.parser.process(&buffer[..count]);
        shared.1.notify_all();
        if seen.closing {
            return;
        }
    }
}

/// The least that the emulator can be; a terminal can tell of 0 lines.
fn some(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}

fn cells(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A private mode was last switched on.
fn is_on(bytes: &[u8], mode: &str) -> bool {
    let last = |end: char| {
        let sequence = format!("\x1b[?{mode}{end}");
        bytes.windows(sequence.len()).rposition(|window| window == sequence.as_bytes())
    };
    last('h') > last('l')
}

/// The modes of a terminal, in words.
fn modes(slave: &std::fs::File) -> String {
    let modes = rustix::termios::tcgetattr(slave).unwrap();
    format!("{:?} {:?} {:?} {:?}", modes.input_modes, modes.output_modes, modes.control_modes, modes.local_modes)
}
