//! Payloads on disk: folders to choose from, files, saved events.
//!
//! A saved event is a plain file, `events/<function>/<name>.json` in the data folder, mode 0600 in folders of mode
//! 0700, so that it can be edited, copied and kept under version control outside of the program.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::cache::private_folder;
use crate::aws::{Text, at_home, room_for, zip_file};
use crate::model::payloads::{FileName, PayloadAsk, PayloadTold, Place, check_name};

/// No invocation takes a longer payload.
const LONGEST: u64 = 6 * 1024 * 1024;
/// A folder with more names than this is not listed to its end.
const MOST: usize = 5000;
/// The end of a saved event's name.
const JSON: &str = ".json";

/// Does what was asked. Blocks.
///
/// # Errors
/// A sentence that says what was tried and what came back.
pub fn perform(ask: PayloadAsk, data: Option<&Path>) -> Result<PayloadTold, String> {
    match ask {
        PayloadAsk::Names(Place::Folder(folder)) => {
            let path = at_home(&folder);
            names(&path).map(PayloadTold::Names).map_err(|error| format!("{folder} cannot be read: {error}"))
        }
        PayloadAsk::Names(Place::Events(function)) => events(&folder_of(data, &function)?).map(PayloadTold::Names),
        PayloadAsk::File(path) => {
            let text = text(&at_home(&path)).map_err(|why| format!("{path} was not loaded: {why}"))?;
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            Ok(PayloadTold::Text { name, text })
        }
        PayloadAsk::Zip(path) => zip_file(&path).map(PayloadTold::Zip),
        PayloadAsk::Room(path) => room_for(&path).map(|()| PayloadTold::Room),
        PayloadAsk::Event { function, name } => {
            let path = folder_of(data, &function)?.join(format!("{name}{JSON}"));
            let text = text(&path).map_err(|why| format!("the event {name} was not loaded: {why}"))?;
            Ok(PayloadTold::Text { name, text })
        }
        PayloadAsk::Save { function, name, text } => {
            check_name(&name).map_err(|why| format!("the event was not saved: {why}"))?;
            let folder = folder_of(data, &function)?;
            let path = folder.join(format!("{name}{JSON}"));
            save(&folder, &path, &text).map_err(|error| format!("the event {name} was not saved: {error}"))?;
            Ok(PayloadTold::Saved { name, path: path.display().to_string() })
        }
    }
}

/// Where the events of a function are. Its name has letters, digits, `-` and `_` only; anything else is not a folder.
fn folder_of(data: Option<&Path>, function: &Text) -> Result<PathBuf, String> {
    let data = data.ok_or("there is no folder for saved events: the home folder is not known")?;
    check_name(function).map_err(|_| format!("{function} cannot name a folder for saved events"))?;
    Ok(data.join("events").join(function.as_str()))
}

/// The names in a folder: folders first, each in order.
fn names(folder: &Path) -> std::io::Result<Vec<FileName>> {
    let mut names: Vec<FileName> = std::fs::read_dir(folder)?
        .flatten()
        .take(MOST)
        .filter_map(|entry| {
            // A link counts as what it leads to.
            let about = std::fs::metadata(entry.path()).ok()?;
            let name = entry.file_name().into_string().ok()?;
            let folder = about.is_dir();
            let size = if folder { 0 } else { about.len() };
            // What would be shown otherwise than it is could not be opened by what is shown.
            let shown = Text::line(&name);
            (*shown == *name && (folder || about.is_file())).then_some(FileName { name: shown, folder, size })
        })
        .collect();
    names.sort_by(|a, b| (!a.folder, &a.name).cmp(&(!b.folder, &b.name)));
    Ok(names)
}

fn events(folder: &Path) -> Result<Vec<FileName>, String> {
    let names = match names(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        names => names.map_err(|error| format!("the saved events in {} cannot be read: {error}", folder.display()))?,
    };
    let event = |file: FileName| {
        let name = Text::line(file.name.strip_suffix(JSON)?);
        (!file.folder).then_some(FileName { name, ..file })
    };
    Ok(names.into_iter().filter_map(event).collect())
}

/// What a file holds, byte for byte, if it can be a payload.
fn text(path: &Path) -> Result<String, String> {
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let about = file.metadata().map_err(|error| error.to_string())?;
    if !about.is_file() {
        return Err("it is not a file".to_owned());
    }
    payload(file)
}

/// What is read, byte for byte, if it can be a payload.
pub(super) fn payload(from: impl std::io::Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    // One byte more than is allowed tells what is too long, however long it says it is.
    from.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err("it has more than 6 MB, the most that an invocation takes".to_owned());
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("byte {} is not UTF-8, so it is not JSON", error.utf8_error().valid_up_to()))
}

/// Writes a file as a whole or not at all. The temporary file has mode 0600 from the start.
fn save(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    private_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(".event").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(data: &Path, ask: PayloadAsk) -> Result<PayloadTold, String> {
        perform(ask, Some(data))
    }

    fn save_as(name: &str, text: &str) -> PayloadAsk {
        PayloadAsk::Save { function: Text::known("orders-api"), name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn an_event_is_a_plain_file_that_only_the_person_can_read() {
        let folder = tempfile::tempdir().unwrap();
        ask(folder.path(), save_as("one", "{\r\n}\r\n")).unwrap();
        ask(folder.path(), save_as("one", "[1]\r\n")).unwrap();
        let path = folder.path().join("events/orders-api/one.json");
        assert_eq!(std::fs::read(&path).unwrap(), b"[1]\r\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(std::fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        }
        let function = Text::known("orders-api");
        let told = ask(folder.path(), PayloadAsk::Names(Place::Events(function.clone()))).unwrap();
        assert_eq!(told, PayloadTold::Names(vec![FileName { name: Text::known("one"), folder: false, size: 5 }]));
        let told = ask(folder.path(), PayloadAsk::Event { function, name: "one".to_owned() }).unwrap();
        assert_eq!(told, PayloadTold::Text { name: "one".to_owned(), text: "[1]\r\n".to_owned() });
    }

    #[test]
    fn nothing_is_written_or_read_outside_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["../x", "a/b", "", ".hidden"] {
            assert!(ask(folder.path(), save_as(name, "1")).is_err(), "{name}");
        }
        let function = Text::known("../other");
        assert!(ask(folder.path(), PayloadAsk::Names(Place::Events(function))).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_a_payload_is_not_loaded_and_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let load = |name: &str| {
            let path = folder.path().join(name).display().to_string();
            ask(folder.path(), PayloadAsk::File(path)).map_err(|why| why.split(": ").last().unwrap().to_owned())
        };
        std::fs::write(folder.path().join("bad"), b"{\xff}").unwrap();
        let long = std::fs::File::create(folder.path().join("long")).unwrap();
        long.set_len(LONGEST + 1).unwrap();
        assert_eq!(load("bad").unwrap_err(), "byte 1 is not UTF-8, so it is not JSON");
        assert_eq!(load("long").unwrap_err(), "it has more than 6 MB, the most that an invocation takes");
        assert_eq!(load(".").unwrap_err(), "it is not a file");
        assert!(load("none").unwrap_err().contains("No such file"));
    }
}
