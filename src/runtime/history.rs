//! The runs of each function on disk: `history/<account>@<region>/<function>.jsonl` in the data folder, a run a line,
//! mode 0600 in folders of mode 0700.
//!
//! Several programs may write at once: each takes a lock first. A line that cannot be read is skipped and counted;
//! a file that grew too long is written anew with its newest runs.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::cache::private_folder;
use super::executor::Arrival;
use super::flights::Flights;
use super::ports::Ports;
use crate::model::console::{HistoryAsk, Past, Record, Whose};
use crate::model::payloads::check_name;
use crate::model::{Msg, Ticket};

/// A file is written anew when it has more runs or more bytes than this.
const RUNS: usize = 500;
const BYTES: u64 = 8 * 1024 * 1024;
/// What is left of it then.
const RUNS_LEFT: usize = 250;
const BYTES_LEFT: usize = 4 * 1024 * 1024;
/// The end of a file that is longer than any of ours is all that is read of it.
const READ: u64 = 16 * 1024 * 1024;

/// Does what was asked beside everything else; the answer comes as a message.
pub fn start(
    ask: HistoryAsk,
    ticket: Ticket,
    ports: &Ports,
    inbox: &mpsc::UnboundedSender<Arrival>,
    flights: &Flights,
) {
    let (data, inbox) = (ports.data.clone(), inbox.clone());
    flights.work(move || {
        let answer = perform(&ask, data.as_deref());
        let _ = inbox.send(Msg::History { ticket, answer }.into());
    });
}

/// Does what was asked, at once: nobody is left to hear what came of it.
pub fn settle(ask: &HistoryAsk, ports: &Ports) {
    if let Err(why) = perform(ask, ports.data.as_deref()) {
        tracing::warn!(%why, "the history at the end");
    }
}

/// Does what was asked. Blocks. Without a folder there is no history.
fn perform(ask: &HistoryAsk, data: Option<&Path>) -> Result<Past, String> {
    let (HistoryAsk::Read(whose) | HistoryAsk::Keep(whose, _)) = ask;
    let Some(data) = data else { return Ok(Past::default()) };
    let path = place(data, whose)?;
    match ask {
        HistoryAsk::Read(_) => match open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Past::default()),
            file => file
                .and_then(|file| read(file).map(|(past, _)| past))
                .map_err(|error| format!("the history in {} cannot be read: {error}", path.display())),
        },
        HistoryAsk::Keep(_, record) => keep(&path, record)
            .map(|()| Past::default())
            .map_err(|error| format!("the run was not kept in {}: {error}", path.display())),
    }
}

/// Where the history of a function is. What stands in its ARN has letters, digits, `-` and `_` only; anything else is
/// no file name.
fn place(data: &Path, whose: &Whose) -> Result<PathBuf, String> {
    let no_name = || format!("{} cannot name a file for its history", whose.arn);
    let parts: Vec<&str> = whose.arn.split(':').collect();
    let [_, _, _, region, account, _, function] = parts.as_slice() else { return Err(no_name()) };
    if [region, account, function].iter().any(|name| check_name(name).is_err()) {
        return Err(no_name());
    }
    let harmless = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '_' };
    let endpoint =
        whose.endpoint.as_ref().map(|endpoint| format!("@{}", endpoint.chars().map(harmless).collect::<String>()));
    let session = format!("{account}@{region}{}", endpoint.unwrap_or_default());
    Ok(data.join("history").join(session).join(format!("{function}.jsonl")))
}

/// Opens a history that is a file, and makes it the person's alone if it is not.
fn open(path: &Path) -> io::Result<File> {
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a link to another file; remove it"));
    }
    let file = File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if about.permissions().mode() & 0o077 != 0 {
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
    }
    Ok(file)
}

/// The runs of a file, oldest first, with the lines they stand in.
fn read(mut file: File) -> io::Result<(Past, Vec<Vec<u8>>)> {
    let length = file.metadata()?.len();
    let begins = length.saturating_sub(READ);
    file.seek(SeekFrom::Start(begins))?;
    let mut bytes = Vec::new();
    file.take(READ).read_to_end(&mut bytes)?;
    // Where reading begins in the middle, so does the first line.
    let lines = bytes.split(|byte| *byte == b'\n').skip(usize::from(begins > 0)).filter(|line| !line.is_empty());
    let (mut past, mut kept) = (Past::default(), Vec::new());
    for line in lines {
        match serde_json::from_slice::<Record>(line) {
            Ok(record) => {
                past.records.push(record);
                kept.push(line.to_vec());
            }
            Err(_) => past.skipped += 1,
        }
    }
    let surplus = past.records.len().saturating_sub(RUNS);
    past.records.drain(..surplus);
    kept.drain(..surplus);
    Ok((past, kept))
}

/// Adds a run.
fn keep(path: &Path, record: &Record) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    private_folder(folder)?;
    let lock = private(OpenOptions::new().write(true).create(true), &folder.join(".lock"))?;
    lock.lock()?;
    match open(path) {
        Ok(file) => make_room(path, file)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut file = private(OpenOptions::new().read(true).append(true).create(true), path)?;
    let mut line = Vec::new();
    if !ends_a_line(&mut file)? {
        line.push(b'\n');
    }
    serde_json::to_writer(&mut line, record)?;
    line.push(b'\n');
    // The lock goes with its file.
    file.write_all(&line)
}

/// Opens a file that only the person can read from the start.
fn private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

/// Writes a file that grew too long anew, with its newest runs, as a whole or not at all.
fn make_room(path: &Path, file: File) -> io::Result<()> {
    if file.metadata()?.len() <= BYTES && count_lines(&file) < RUNS {
        return Ok(());
    }
    let (_, lines) = read(file)?;
    let mut room = BYTES_LEFT;
    let fits = |line: &&Vec<u8>| {
        let left = room.checked_sub(line.len() + 1);
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut left: Vec<&Vec<u8>> = lines.iter().rev().take(RUNS_LEFT).take_while(fits).collect();
    left.reverse();
    let mut anew = tempfile::Builder::new().prefix(".history").tempfile_in(path.parent().unwrap_or(path))?;
    for line in left {
        anew.write_all(line)?;
        anew.write_all(b"\n")?;
    }
    anew.persist(path)?;
    Ok(())
}

/// How many lines a file has. Reading starts where the file stands, and leaves it at its end.
fn count_lines(file: &File) -> usize {
    BufReader::new(file).split(b'\n').map_while(Result::ok).count()
}

/// The last line was written to its end: a program that was killed leaves half of one.
fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == [b'\n'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Text;

    const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

    fn whose() -> Whose {
        Whose { arn: Text::known(ARN), endpoint: None }
    }

    fn record(payload: &str) -> Record {
        let told = serde_json::json!({
            "at": "2026-11-21T12:00:00Z", "qualifier": null, "version": null, "kind": "RequestResponse",
            "ending": {"succeeded": 200}, "took": 12, "sent": payload.len(), "received": 2, "request_id": "r-1",
            "tail": true, "tenant": null, "execution": null, "patience": 13, "client_context": null,
            "payload": {"text": payload}, "response": {"text": "{}"}, "chunks": null, "log": null, "report": null,
        });
        serde_json::from_value(told).unwrap()
    }

    fn file(data: &Path) -> PathBuf {
        place(data, &whose()).unwrap()
    }

    fn add(data: &Path, payload: &str) {
        perform(&HistoryAsk::Keep(whose(), Box::new(record(payload))), Some(data)).unwrap();
    }

    fn past(data: &Path) -> Past {
        perform(&HistoryAsk::Read(whose()), Some(data)).unwrap()
    }

    #[test]
    fn lines_that_cannot_be_read_are_skipped_and_counted() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(past(data.path()).records.len(), 0);
        add(data.path(), "1");
        let half = std::fs::read(file(data.path())).unwrap();
        let mut damaged = half.clone();
        damaged.extend_from_slice(b"not json\n\xff\xfe\n");
        damaged.extend_from_slice(half.get(..40).unwrap());
        std::fs::write(file(data.path()), damaged).unwrap();
        add(data.path(), "2");
        let past = past(data.path());
        assert_eq!((past.records.len(), past.skipped), (2, 3));
        assert_eq!(past.records.last(), Some(&record("2")));
    }

    #[test]
    fn a_file_that_grows_keeps_its_newest_runs() {
        let data = tempfile::tempdir().unwrap();
        let large = "x".repeat(200_000);
        add(data.path(), "1");
        let grown = |payloads: &mut dyn Iterator<Item = String>| {
            let lines = payloads.map(|payload| serde_json::to_string(&record(&payload)).unwrap() + "\n");
            std::fs::write(file(data.path()), lines.collect::<String>()).unwrap();
            add(data.path(), "last");
            let past = past(data.path());
            assert_eq!(past.records.last(), Some(&record("last")));
            past.records.len()
        };
        assert_eq!(grown(&mut (0..45).map(|n| format!("{n}{large}"))), 20 + 1, "4 MB are left");
        assert_eq!(grown(&mut (0..600).map(|n| n.to_string())), RUNS_LEFT + 1);
        assert_eq!(grown(&mut (0..300).map(|n| n.to_string())), 300 + 1);
    }

    #[test]
    fn of_a_file_that_is_not_ours_only_the_end_is_read() {
        let data = tempfile::tempdir().unwrap();
        add(data.path(), "1");
        let line = std::fs::read(file(data.path())).unwrap();
        let mut huge = OpenOptions::new().write(true).open(file(data.path())).unwrap();
        huge.set_len(1024 * 1024 * 1024).unwrap();
        huge.seek(SeekFrom::End(0)).unwrap();
        huge.write_all(b"\n").unwrap();
        huge.write_all(&line).unwrap();
        let found = past(data.path());
        assert_eq!(found.records, [record("1")]);
        add(data.path(), "2");
        assert!(std::fs::metadata(file(data.path())).unwrap().len() < BYTES);
        assert_eq!(past(data.path()).records, [record("1"), record("2")]);
    }

    #[test]
    fn every_account_region_and_endpoint_has_files_of_its_own() {
        let data = Path::new("d");
        let path = |arn: &'static str, endpoint: Option<&'static str>| {
            place(data, &Whose { arn: Text::known(arn), endpoint: endpoint.map(Text::known) })
        };
        assert_eq!(path(ARN, None).unwrap(), Path::new("d/history/123456789012@eu-west-1/orders-api.jsonl"));
        let local = path(ARN, Some("http://localhost:4566/")).unwrap();
        assert_eq!(local, Path::new("d/history/123456789012@eu-west-1@http___localhost_4566_/orders-api.jsonl"));
        assert!(path("arn:aws:lambda:eu-west-1:1:function:../x", None).is_err());
        assert!(path("orders-api", None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_person_can_read_it_and_a_link_is_not_followed() {
        use std::os::unix::fs::PermissionsExt as _;
        let data = tempfile::tempdir().unwrap();
        add(data.path(), "1");
        let path = file(data.path());
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        add(data.path(), "2");
        assert_eq!(mode(&path), 0o600);
        let other = data.path().join("other");
        std::fs::rename(&path, &other).unwrap();
        std::os::unix::fs::symlink(&other, &path).unwrap();
        let before = std::fs::read(&other).unwrap();
        let refused = perform(&HistoryAsk::Keep(whose(), Box::new(record("3"))), Some(data.path())).unwrap_err();
        assert!(refused.contains("a link to another file"), "{refused}");
        assert_eq!(std::fs::read(&other).unwrap(), before);
    }

    #[test]
    fn several_may_write_at_once() {
        let data = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let data = data.path();
                scope.spawn(move || (0..25).for_each(|n| add(data, &format!("{writer}-{n}"))));
            }
        });
        let past = past(data.path());
        assert_eq!((past.records.len(), past.skipped), (200, 0));
    }
}
