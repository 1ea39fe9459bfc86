//! The last good lists on disk, so that the next start shows something at once.
//!
//! One file for each pane and session, mode 0600 in a folder of mode 0700. What panes keep holds no
//! environment values, no payloads and no code locations: see `Keep` in `panes::spec`. A file is a head
//! and then a row a line, in the order in which the list was shown, so that the first rows can be
//! shown before the rest is read.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::executor::Arrival;
use crate::aws::{Aws, Text};
use crate::model::{Msg, Question, Ticket};
use crate::panes::{Pane, Row, Scope};

/// Raised whenever the form of what is kept changes: old files are then not read.
const VERSION: u32 = 2;
/// So many rows are shown before the rest is read: more than any screen has.
const FIRST: usize = 200;
/// Files that are larger are not read: they are not ours.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The first line of a file; the rest is the pane's own.
#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    at: DateTime<Utc>,
    account: Option<Text>,
}

/// Where lists are kept, and for whom.
#[derive(Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    session: Mutex<Session>,
}

#[derive(Default, Clone)]
struct Session {
    name: String,
    account: Option<Text>,
    /// A list that waits for the account to be known.
    waiting: Vec<(PathBuf, Vec<u8>)>,
}

impl Cache {
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, session: Mutex::default() }
    }

    /// Lists are kept at all.
    pub fn is_on(&self) -> bool {
        self.folder.is_some()
    }

    fn session(&self) -> std::sync::MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns to another session: profile, region and endpoint name its files.
    pub fn of_session(&self, aws: &Aws) {
        let parts = [aws.profile().unwrap_or("default"), aws.region(), aws.endpoint().unwrap_or("aws")];
        let name = parts.map(harmless).join("@");
        *self.session() = Session { name, ..Session::default() };
    }

    /// The account of the session became known: what waited for it is written.
    pub fn of_account(&self, account: Text) {
        let mut session = self.session();
        session.account = Some(account.clone());
        for (path, body) in std::mem::take(&mut session.waiting) {
            write_soon(path, account.clone(), body);
        }
    }

    /// Removes the files of the session: they are of another account.
    pub fn forget(&self) {
        let Some(folder) = &self.folder else { return };
        let prefix = self.session().name.clone();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&prefix) {
                // A file that cannot be removed is caught again by the account in it.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn path(&self, question: &Question) -> Option<PathBuf> {
        // Only account-wide lists are kept: one file for each.
        (question.scope == Scope::Account).then_some(())?;
        Some(self.folder.as_ref()?.join(format!("{}@{}.json", self.session().name, question.pane)))
    }

    /// Sends a kept list, if there is one that can be read: the first rows, then all. Runs beside the
    /// real request.
    pub fn recall(&self, pane: &'static dyn Pane, question: &Question, ticket: Ticket, inbox: &mpsc::UnboundedSender<Arrival>) {
        let Some(path) = self.path(question) else { return };
        let (question, inbox) = (question.clone(), inbox.clone());
        tokio::task::spawn_blocking(move || {
            let Some(text) = read(&path) else { return };
            let mut lines = text.lines();
            let Some(head) = lines.next().and_then(head) else { return };
            let tell = |rows: Vec<Row>| {
                let (question, account) = (question.clone(), head.account.clone());
                let _ = inbox.send(Msg::Recalled { question, ticket, rows, at: head.at, account }.into());
            };
            let mut rows: Vec<Row> = lines.by_ref().take(FIRST).filter_map(|line| pane.decode(line)).collect();
            let rest = lines.clone().next().is_some();
            tell(rows.clone());
            if rest {
                rows.extend(lines.filter_map(|line| pane.decode(line)));
                tell(rows);
            }
        });
    }

    /// Keeps a whole list, once it is known whose it is.
    pub fn keep(self: &Arc<Self>, pane: &'static dyn Pane, question: &Question, rows: Vec<Row>) {
        let Some(path) = self.path(question) else { return };
        let cache = self.clone();
        tokio::task::spawn_blocking(move || {
            let body = body(pane, rows);
            let mut session = cache.session();
            match session.account.clone() {
                Some(account) => write(&path, account, &body),
                None => session.waiting.push((path, body)),
            }
        });
    }
}

fn write_soon(path: PathBuf, account: Text, body: Vec<u8>) {
    tokio::task::spawn_blocking(move || write(&path, account, &body));
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

#[cfg(unix)]
fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn private_folder(folder: &std::path::Path) -> std::io::Result<()> {
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

fn read(path: &std::path::Path) -> Option<String> {
    (std::fs::metadata(path).ok()?.len() <= LARGEST).then_some(())?;
    std::fs::read_to_string(path).ok()
}

fn head(line: &str) -> Option<Head> {
    serde_json::from_str(line).ok().filter(|head: &Head| head.version == VERSION)
}

/// A name as part of a file name.
fn harmless(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(60).collect()
}
