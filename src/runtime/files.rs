//! Files that the person asked for: new ones, and theirs alone.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::aws::at_home;

/// Writes a new file of mode 0600 and gives its full name; never writes over one that is there.
///
/// # Errors
/// In a sentence: what was tried, what came back, what to do.
pub fn save(here: Option<&Path>, path: &str, bytes: &[u8]) -> Result<String, String> {
    put(here, path, |file| file.write_all(bytes))
}

/// The same with what is in another file.
///
/// # Errors
/// As [`save`].
pub fn copy(here: Option<&Path>, path: &str, from: &str) -> Result<String, String> {
    let mut from = File::open(from).map_err(|error| format!("not saved: {from} could not be read ({error})"))?;
    put(here, path, |file| std::io::copy(&mut from, file).map(drop))
}

fn put(
    here: Option<&Path>,
    path: &str,
    write: impl FnOnce(&mut File) -> std::io::Result<()>,
) -> Result<String, String> {
    let path = at_home(path);
    let path = here.map_or(path.clone(), |here| here.join(&path));
    let name = path.display().to_string();
    let mut file = new(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("not saved: there is a file {name} already; choose another name"),
        ErrorKind::NotFound => format!("not saved: there is no folder for {name}; make it, or choose another name"),
        _ => format!("not saved: {name} could not be made ({error})"),
    })?;
    if let Err(error) = write(&mut file) {
        // Half a file is worse than none; that it could be removed is not sure either.
        let _ = std::fs::remove_file(&path);
        return Err(format!("not saved: {name} could not be written ({error})"));
    }
    Ok(path.canonicalize().unwrap_or(path).display().to_string())
}

fn new(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_is_the_persons_alone_and_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answer.json");
        let path = path.to_str().unwrap();
        let saved = save(None, path, b"{}").unwrap();
        assert_eq!(std::fs::read(&saved).unwrap(), b"{}");
        assert_eq!(std::fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(save(None, path, b"other").unwrap_err().contains("already; choose another name"));
        assert_eq!(std::fs::read(&saved).unwrap(), b"{}");
        let nowhere = save(None, &format!("{path}/x"), b"").unwrap_err();
        assert!(nowhere.starts_with("not saved: "), "{nowhere}");
    }
}
