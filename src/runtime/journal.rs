//! Files of records, a line of JSON each, that only the person can read: mode 0600 in folders of mode 0700.
//!
//! Several programs may write at once: each takes a lock first. A line that cannot be read is skipped and counted;
//! a file that grew too long is written anew with its newest records.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cache::private_folder;

/// A file is written anew when it has more records or more bytes than this.
const RECORDS: usize = 500;
pub(super) const BYTES: u64 = 8 * 1024 * 1024;
/// What is left of it then.
pub(super) const RECORDS_LEFT: usize = 250;
const BYTES_LEFT: usize = 4 * 1024 * 1024;
/// The end of a file that is longer than any of ours is all that is read of it.
const READ: u64 = 16 * 1024 * 1024;

/// What a file holds.
pub struct Found<T> {
    /// The records, oldest first.
    pub records: Vec<T>,
    /// The lines that could not be read.
    pub skipped: usize,
}

/// A folder's name for a session: every account, region and endpoint has files of its own.
pub fn session(account: &str, region: &str, endpoint: Option<&str>) -> String {
    let harmless = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '_' };
    let endpoint = endpoint.map(|endpoint| format!("@{}", endpoint.chars().map(harmless).collect::<String>()));
    format!("{account}@{region}{}", endpoint.unwrap_or_default())
}

/// Opens one that is a file, and makes it the person's alone if it is not.
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

/// The records of a file, oldest first; none where there is no file.
pub fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Found<T>> {
    match open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found { records: Vec::new(), skipped: 0 }),
        file => lines(file?).map(|(found, _)| found),
    }
}

/// The records of a file, oldest first, with the lines they stand in.
fn lines<T: DeserializeOwned>(mut file: File) -> io::Result<(Found<T>, Vec<Vec<u8>>)> {
    let length = file.metadata()?.len();
    let begins = length.saturating_sub(READ);
    file.seek(SeekFrom::Start(begins))?;
    let mut bytes = Vec::new();
    file.take(READ).read_to_end(&mut bytes)?;
    // Where reading begins in the middle, so does the first line.
    let lines = bytes.split(|byte| *byte == b'\n').skip(usize::from(begins > 0)).filter(|line| !line.is_empty());
    let (mut found, mut kept) = (Found { records: Vec::new(), skipped: 0 }, Vec::new());
    for line in lines {
        match serde_json::from_slice::<T>(line) {
            Ok(record) => {
                found.records.push(record);
                kept.push(line.to_vec());
            }
            Err(_) => found.skipped += 1,
        }
    }
    let surplus = found.records.len().saturating_sub(RECORDS);
    found.records.drain(..surplus);
    kept.drain(..surplus);
    Ok((found, kept))
}

/// Adds a record.
pub fn keep<T: Serialize + DeserializeOwned>(path: &Path, record: &T) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    private_folder(folder)?;
    let lock = private(OpenOptions::new().write(true).create(true), &folder.join(".lock"))?;
    lock.lock()?;
    match open(path) {
        Ok(file) => make_room::<T>(path, file)?,
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

/// Writes a file that grew too long anew, with its newest records, as a whole or not at all.
fn make_room<T: DeserializeOwned>(path: &Path, file: File) -> io::Result<()> {
    if file.metadata()?.len() <= BYTES && count_lines(&file) < RECORDS {
        return Ok(());
    }
    let (_, lines) = lines::<T>(file)?;
    let mut room = BYTES_LEFT;
    let fits = |line: &&Vec<u8>| {
        let left = room.checked_sub(line.len() + 1);
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut left: Vec<&Vec<u8>> = lines.iter().rev().take(RECORDS_LEFT).take_while(fits).collect();
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
