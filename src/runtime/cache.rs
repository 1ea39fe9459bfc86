//! The last good lists on disk, so that the next start shows something at once.
//!
//! One file for each pane and session, mode 0600 in a folder of mode 0700. What panes keep holds no
//! environment values, no payloads and no code locations: see `Keep` in `panes::spec`. A file is a head
//! and then a row a line, in the order in which the list was shown, so that the first rows can be
//! shown before the rest is read.

use std::collections::HashMap;
use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::executor::Arrival;
use super::flights::{Flights, Landing};
use crate::aws::{Aws, Text};
use crate::model::{Msg, Question, Ticket};
use crate::panes::{self, Pane, Row, Scope};

/// Raised whenever the form of what is kept changes: old files are then not read.
const VERSION: u32 = 3;
/// So many rows are shown before the rest is read: more than any screen has.
const FIRST: usize = 200;
/// Files that are larger are not read: they are not ours.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How much of a file is read at once, in bytes.
const BLOCK: usize = 256 * 1024;

/// The first line of a file; the rest is the pane's own.
#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    at: DateTime<Utc>,
    account: Option<Text>,
}

/// Where lists are kept, and for whom.
pub struct Cache {
    folder: Option<PathBuf>,
    session: Mutex<Arc<Session>>,
}

/// What is known of one session. Tasks hold on to the session they were started in: what they bring
/// after a switch is never filed under the next one.
#[derive(Default)]
struct Session {
    name: String,
    whose: Mutex<Whose>,
}

/// The account of a session, and what waits for it to be known: one list for each file, the newest.
#[derive(Default)]
struct Whose {
    account: Option<Text>,
    waiting: HashMap<PathBuf, Vec<u8>>,
}

/// The place of one list of one session.
pub struct Shelf {
    path: PathBuf,
    session: Arc<Session>,
}

impl Cache {
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, session: Mutex::default() }
    }

    fn session(&self) -> MutexGuard<'_, Arc<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns to another session: profile, region and endpoint name its files.
    pub fn of_session(&self, aws: &Aws) {
        let parts = [aws.profile().unwrap_or("default"), aws.region(), aws.endpoint().unwrap_or("aws")];
        *self.session() = Arc::new(Session { name: name_of(parts), whose: Mutex::default() });
    }

    /// The account of the session became known: what waited for it is written.
    pub fn of_account(&self, account: &Text, flights: &Flights) {
        let waiting = {
            let session = self.session().clone();
            let mut whose = session.whose();
            whose.account = Some(account.clone());
            std::mem::take(&mut whose.waiting)
        };
        for (path, body) in waiting {
            let account = account.clone();
            flights.work(move || write(&path, account, &body));
        }
    }

    /// Removes the files of the session: they are of another account.
    pub fn forget(&self) {
        let Some(folder) = &self.folder else { return };
        let prefix = format!("{}@", self.session().name);
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&prefix) {
                // A file that cannot be removed is caught again by the account in it.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// The place of a list, if lists are kept and this is one of those.
    pub fn shelf(&self, question: &Question) -> Option<Shelf> {
        // Only account-wide lists are kept: one file for each.
        (question.scope == Scope::Account).then_some(())?;
        let session = self.session().clone();
        let path = self.folder.as_ref()?.join(format!("{}@{}.json", session.name, question.pane));
        Some(Shelf { path, session })
    }
}

impl Session {
    fn whose(&self) -> MutexGuard<'_, Whose> {
        self.whose.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// Sends the kept list, if there is one that can be read: the first rows, then all. Runs beside the
    /// real request.
    pub fn recall(
        &self,
        question: &Question,
        ticket: Ticket,
        inbox: &mpsc::UnboundedSender<Arrival>,
        landing: Landing,
    ) {
        let (path, question, inbox) = (self.path.clone(), question.clone(), inbox.clone());
        let pane = panes::find(question.pane);
        tokio::task::spawn_blocking(move || {
            let Some(mut lines) = read(&path) else { return };
            let Some(head) = lines.next().and_then(|line| head(&line)) else { return };
            let tell = |rows: Vec<Row>| {
                let (question, account) = (question.clone(), head.account.clone());
                let _ = inbox.send(Msg::Recalled { question, ticket, rows, at: head.at, account }.into());
            };
            let mut rows: Vec<Row> = lines.by_ref().take(FIRST).filter_map(|line| pane.decode(&line)).collect();
            tell(rows.clone());
            let first = rows.len();
            rows.extend(lines.filter_map(|line| pane.decode(&line)));
            if rows.len() > first {
                tell(rows);
            }
            drop(landing);
        });
    }

    /// Keeps a whole list, once it is known whose it is.
    pub fn keep(self, pane: &'static dyn Pane, rows: Vec<Row>, landing: Landing) {
        tokio::task::spawn_blocking(move || {
            let body = body(pane, rows);
            let account = self.session.whose().account.clone();
            match account {
                Some(account) => write(&self.path, account, &body),
                None => self.wait(body),
            }
            drop(landing);
        });
    }

    /// Lets a list wait for its account. It may have become known a moment ago.
    fn wait(self, body: Vec<u8>) {
        let mut whose = self.session.whose();
        match whose.account.clone() {
            None => drop(whose.waiting.insert(self.path, body)),
            Some(account) => {
                drop(whose);
                write(&self.path, account, &body);
            }
        }
    }
}

/// The name of a session's files: readable, and no two sessions share one.
fn name_of(parts: [&str; 3]) -> String {
    let whole = parts.join("\n");
    format!("{}@{:016x}", parts.map(harmless).join("@"), fnv(&whole))
}

/// FNV-1a: the same on every machine and in every release of Rust.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Writes beside the file and renames: a reader sees the old file or the new one. What cannot be
/// written is not kept; nothing else depends on it.
fn write(path: &std::path::Path, account: Text, body: &[u8]) {
    let attempt = || -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(path);
        private_folder(folder)?;
        let mut file = tempfile::Builder::new().prefix(".keep").tempfile_in(folder)?;
        let head = Head { version: VERSION, at: Utc::now(), account: Some(account) };
        serde_json::to_writer(&mut file, &head)?;
        file.write_all(b"\n")?;
        file.write_all(body)?;
        file.persist(path)?;
        Ok(())
    };
    if let Err(error) = attempt() {
        tracing::warn!(%error, "the list was not kept");
    }
}

/// Makes a folder that only the person can look into.
#[cfg(unix)]
pub(super) fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(super) fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// The rows as lines, in the order in which the pane shows them at first.
fn body(pane: &dyn Pane, mut rows: Vec<Row>) -> Vec<u8> {
    if let Some((column, reverse)) = pane.sorted() {
        rows.sort_by_cached_key(|row| pane.cell(row, column).shown(DateTime::UNIX_EPOCH).to_lowercase());
        if reverse {
            rows.reverse();
        }
    }
    let mut body = Vec::new();
    for line in rows.iter().filter_map(|row| pane.encode(row)) {
        body.extend_from_slice(line.as_bytes());
        body.push(b'\n');
    }
    body
}

/// The lines of a file as they are asked for, up to the first that cannot be read.
fn read(path: &std::path::Path) -> Option<impl Iterator<Item = String>> {
    let file = std::fs::File::open(path).ok()?;
    (file.metadata().ok()?.len() <= LARGEST).then_some(())?;
    Some(std::io::BufReader::with_capacity(BLOCK, file).lines().map_while(Result::ok))
}

fn head(line: &str) -> Option<Head> {
    serde_json::from_str(line).ok().filter(|head: &Head| head.version == VERSION)
}

/// A name as part of a file name.
fn harmless(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_sessions_share_a_file() {
        let long = format!("http://{}", "a".repeat(80));
        let names = [
            name_of(["a.b", "eu-west-1", "aws"]),
            name_of(["a_b", "eu-west-1", "aws"]),
            name_of(["default", "eu-west-1", &format!("{long}1")]),
            name_of(["default", "eu-west-1", &format!("{long}2")]),
        ];
        let mut different = names.to_vec();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), names.len(), "{names:?}");
        assert!(names[0].starts_with("a_b@eu-west-1@aws@"), "{}", names[0]);
    }

    #[test]
    fn what_waits_for_an_account_that_never_comes_does_not_grow() {
        let session = Arc::new(Session::default());
        for n in 0..5 {
            Shelf { path: "functions.json".into(), session: session.clone() }.wait(vec![n]);
        }
        assert_eq!(session.whose().waiting.values().collect::<Vec<_>>(), [&vec![4]]);
    }
}
