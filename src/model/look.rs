//! What is looked up on the disk while a form names a file: its folder, to complete the path, and the file itself.

use super::msg::Ticket;
use super::payloads::{PayloadAsk, PayloadTold, Place};
use crate::panes::{FileUse, SeenFile};

/// What was asked of the disk, and what it told.
#[derive(Debug, Default)]
pub struct Look {
    /// The paths in the folder that is written, each as it would be typed.
    pub paths: Vec<String>,
    /// The file, as it was found.
    pub seen: Option<SeenFile>,
    /// The part before the last name, and the question for what it holds.
    folder: Option<(String, Ticket)>,
    /// The path, and the question for what it is.
    file: Option<(String, Ticket)>,
}

impl Look {
    /// What is to be asked for a path that was not asked about yet. A place in S3 is no path.
    pub fn asks(
        &mut self,
        path: &str,
        wanted: FileUse,
        mut ticket: impl FnMut() -> Ticket,
    ) -> Vec<(PayloadAsk, Ticket)> {
        let mut asks = Vec::new();
        if path.is_empty() || path.starts_with("s3:") {
            return asks;
        }
        let folder = path.rfind('/').and_then(|end| path.get(..=end)).unwrap_or_default();
        if self.folder.as_ref().is_none_or(|(known, _)| known != folder) {
            let asked = ticket();
            self.paths.clear();
            self.folder = Some((folder.to_owned(), asked));
            let place = if folder.is_empty() { "./" } else { folder };
            asks.push((PayloadAsk::Names(Place::Folder(place.to_owned())), asked));
        }
        if self.file.as_ref().is_none_or(|(known, _)| known != path) {
            let asked = ticket();
            self.file = Some((path.to_owned(), asked));
            let ask = match wanted {
                FileUse::Zip => PayloadAsk::Zip(path.to_owned()),
                FileUse::New => PayloadAsk::Room(path.to_owned()),
            };
            asks.push((ask, asked));
        }
        asks
    }

    /// Takes an answer in; `false` if it was not asked here, or is awaited no more.
    pub fn take(&mut self, ticket: Ticket, answer: &Result<PayloadTold, String>) -> bool {
        if let Some((folder, _)) = self.folder.as_ref().filter(|(_, asked)| *asked == ticket) {
            if let Ok(PayloadTold::Names(names)) = answer {
                let end = |folder: bool| if folder { "/" } else { "" };
                self.paths = names.iter().map(|name| format!("{folder}{}{}", name.name, end(name.folder))).collect();
            }
            return true;
        }
        let Some((path, _)) = self.file.as_ref().filter(|(_, asked)| *asked == ticket) else { return false };
        let found = match answer {
            Ok(PayloadTold::Zip(file)) => Ok(Some(*file)),
            Ok(PayloadTold::Room) => Ok(None),
            Ok(_) => return true,
            Err(why) => Err(why.clone()),
        };
        self.seen = Some(SeenFile { path: path.clone(), found });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(look: &mut Look, path: &str, first: u64) -> Vec<PayloadAsk> {
        let mut next = first;
        let asks = look.asks(path, FileUse::Zip, || {
            next += 1;
            Ticket::test(next)
        });
        asks.into_iter().map(|(ask, _)| ask).collect()
    }

    #[test]
    fn a_folder_is_read_once_and_every_path_is_looked_at() {
        let mut look = Look::default();
        let folder = |name: &str| PayloadAsk::Names(Place::Folder(name.to_owned()));
        let zip = |name: &str| PayloadAsk::Zip(name.to_owned());
        assert_eq!(asked(&mut look, "a/b", 0), [folder("a/"), zip("a/b")]);
        assert_eq!(asked(&mut look, "a/bc", 2), [zip("a/bc")]);
        assert_eq!(asked(&mut look, "a/bc", 3), []);
        assert_eq!(asked(&mut look, "bc", 4), [folder("./"), zip("bc")]);
        assert_eq!(asked(&mut look, "s3://bucket/key", 6), []);
    }

    #[test]
    fn only_the_last_question_is_believed() {
        let mut look = Look::default();
        asked(&mut look, "a", 0);
        asked(&mut look, "ab", 2);
        assert!(!look.take(Ticket::test(2), &Err("there is no a".to_owned())));
        assert!(look.take(Ticket::test(3), &Err("there is no ab".to_owned())));
        assert_eq!(
            look.seen.map(|seen| (seen.path, seen.found)),
            Some(("ab".to_owned(), Err("there is no ab".to_owned())))
        );
    }
}
