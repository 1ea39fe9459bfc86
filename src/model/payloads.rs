//! Payloads on disk: what is asked of the folders and files, and what they tell.

use std::fmt;

use crate::aws::{Text, ZipFile};

/// Names that can be chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// What a folder holds, as it was typed: `~/` is the person's own.
    Folder(String),
    /// The saved events of a function.
    Events(Text),
}

/// Something to be done with payloads on disk.
#[derive(Clone, PartialEq, Eq)]
pub enum PayloadAsk {
    /// List a place.
    Names(Place),
    /// Read a file.
    File(String),
    /// Look whether a file is a zip file that can be sent.
    Zip(String),
    /// Look whether a file can be made.
    Room(String),
    /// Read a saved event.
    Event {
        /// Whose.
        function: Text,
        /// Its name.
        name: String,
    },
    /// Save an event, in place of one with the same name.
    Save {
        /// Whose.
        function: Text,
        /// Its name.
        name: String,
        /// The payload.
        text: String,
    },
}

impl fmt::Debug for PayloadAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Names(place) => f.debug_tuple("Names").field(place).finish(),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Zip(path) => f.debug_tuple("Zip").field(path).finish(),
            Self::Room(path) => f.debug_tuple("Room").field(path).finish(),
            Self::Event { function, name } => f.debug_tuple("Event").field(function).field(name).finish(),
            // What is in it is nobody's business.
            Self::Save { function, name, text } => {
                f.debug_tuple("Save").field(function).field(name).field(&text.len()).finish()
            }
        }
    }
}

/// What came of it.
#[derive(Clone, PartialEq, Eq)]
pub enum PayloadTold {
    /// The names of a place, in order.
    Names(Vec<FileName>),
    /// A payload, and what it is called.
    Text {
        /// Its name.
        name: String,
        /// The payload, as it stands on disk.
        text: String,
    },
    /// It was saved.
    Saved {
        /// Under this name.
        name: String,
        /// As this file.
        path: String,
    },
    /// It is a zip file.
    Zip(ZipFile),
    /// There is none yet, and one can be made.
    Room,
}

impl fmt::Debug for PayloadTold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Names(names) => f.debug_tuple("Names").field(&names.len()).finish(),
            Self::Text { name, text } => f.debug_tuple("Text").field(name).field(&text.len()).finish(),
            Self::Saved { path, .. } => f.debug_tuple("Saved").field(path).finish(),
            Self::Zip(file) => f.debug_tuple("Zip").field(file).finish(),
            Self::Room => f.write_str("Room"),
        }
    }
}

/// One name of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// The name, harmless.
    pub name: Text,
    /// It is a folder.
    pub folder: bool,
    /// Its size in bytes; 0 for folders.
    pub size: u64,
}

/// Whether a name will do for a saved event: it becomes a file's name.
///
/// # Errors
/// A sentence that says what would do.
pub fn check_name(name: &str) -> Result<(), String> {
    let fits = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-');
    let why = match (name, name.chars().find(|c| !fits(c))) {
        ("", _) => "give it a name".to_owned(),
        (_, Some(c)) => format!("a name has no {c:?}: letters, digits, spaces and . _ - will do"),
        _ if name.starts_with(['.', ' ']) || name.ends_with(' ') => {
            "a name begins with a letter, a digit, - or _".to_owned()
        }
        _ if name.len() > 100 => "a name has at most 100 bytes".to_owned(),
        _ => return Ok(()),
    };
    Err(why)
}

/// The folder part of a path that is typed, and what follows it; `None` for what is no path.
pub fn typed_path(text: &str) -> Option<(String, String)> {
    match text {
        "~" | "." | ".." => return Some((format!("{text}/"), String::new())),
        _ if !(text.starts_with(['/', '~']) || text.starts_with("./") || text.starts_with("../")) => return None,
        _ => {}
    }
    let (folder, rest) = text.rsplit_once('/')?;
    Some((format!("{folder}/"), rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_files_and_nothing_else() {
        for name in ["order", "2 orders", "a.b_c-d", "übung"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for name in ["", ".x", "..", "a/b", "a\\b", " a", "a\n", &"x".repeat(101)] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn paths_are_told_from_words() {
        let path = |text: &str| typed_path(text);
        assert_eq!(path("/etc/ho"), Some(("/etc/".to_owned(), "ho".to_owned())));
        assert_eq!(path("~"), Some(("~/".to_owned(), String::new())));
        assert_eq!(path("./x"), Some(("./".to_owned(), "x".to_owned())));
        assert_eq!(path("sqs"), None);
        assert_eq!(path("~x"), None);
    }
}
