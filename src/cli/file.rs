//! The configuration file, read as far as it can be read: what is wrong in it costs only itself and is
//! named by its line.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::de::DeTable;

use crate::keys;

/// The configuration file: the same names as the arguments, and what has no argument.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub(super) struct File {
    pub profile: Option<String>,
    pub region: Option<String>,
    pub endpoint_url: Option<String>,
    pub read_only: Option<bool>,
    pub refresh: Option<toml::Value>,
    pub theme: Option<String>,
    pub ascii: Option<bool>,
    pub no_cache: Option<bool>,
    pub history: Option<String>,
    pub log: Option<PathBuf>,
    pub log_memory: Option<u32>,
    pub mouse: Option<bool>,
    /// Words in a profile's name that mean production.
    pub production: Option<Vec<String>>,
}

/// Every setting, and what it wants.
const SETTINGS: [(&str, &str); 13] = [
    ("profile", "a name in quotes"),
    ("region", "a name in quotes"),
    ("endpoint_url", "a URL in quotes"),
    ("read_only", "true or false"),
    ("refresh", "a number of seconds, or \"off\""),
    ("theme", "a name in quotes"),
    ("ascii", "true or false"),
    ("no_cache", "true or false"),
    ("history", "\"full\", \"no-payloads\" or \"off\""),
    ("log", "a path in quotes"),
    ("log_memory", "a number of MB"),
    ("mouse", "true or false"),
    ("production", "a list of words: [\"prod\", \"live\"]"),
];

/// What is lost with a setting that may have protected the account is not the protection.
const SAFE: &str = "; read-only, to be safe (--read-only=false allows changes)";

impl File {
    fn read_only() -> Self {
        Self { read_only: Some(true), ..Self::default() }
    }
}

/// Whether a file that is not TOML has a line that may ask for read-only mode.
fn wants_read_only(text: &str) -> bool {
    let values = text.lines().filter_map(|line| line.trim_start().strip_prefix("read_only"));
    values.map(|value| value.trim_start_matches([' ', '\t', '='])).any(|value| !value.starts_with("false"))
}

/// Reads the file. What is left out is named among the complaints, the rest holds.
pub(super) fn read(path: &Path, text: Result<String, String>, complaints: &mut Vec<String>) -> File {
    let place = path.display();
    let text = match text {
        Ok(text) => text,
        Err(error) => {
            complaints.push(format!("{place} cannot be read ({error}): started without it{SAFE}"));
            return File::read_only();
        }
    };
    let (parsed, mut kept) = match (DeTable::parse(&text), text.parse::<toml::Table>()) {
        (Ok(parsed), Ok(table)) => (parsed, table),
        (Err(error), _) | (_, Err(error)) => {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            let (file, safe) = if wants_read_only(&text) { (File::read_only(), SAFE) } else { (File::default(), "") };
            complaints.push(format!("{place}, line {line}: {}: started without the file{safe}", error.message()));
            return file;
        }
    };
    let mut wrong: Vec<(usize, String)> = Vec::new();
    for (name, value) in parsed.get_ref() {
        let told = text.get(value.span()).unwrap_or_default();
        if let Err(mut why) = check(name.get_ref(), told, &kept) {
            kept.remove(name.get_ref().as_ref());
            if name.get_ref() == "read_only" {
                kept.insert("read_only".to_owned(), true.into());
                why.push_str(SAFE);
            }
            wrong.push((line_of(&text, name.span().start), why));
        }
    }
    wrong.sort();
    complaints.extend(wrong.into_iter().map(|(line, why)| format!("{place}, line {line}: {why}")));
    File::deserialize(kept).unwrap_or_default()
}

/// Whether a setting is one, and what it wants.
fn check(name: &str, told: &str, table: &toml::Table) -> Result<(), String> {
    let Some((_, wants)) = SETTINGS.iter().find(|(known, _)| *known == name) else {
        return Err(unknown(name));
    };
    let alone: toml::Table = table.get(name).map(|value| (name.to_owned(), value.clone())).into_iter().collect();
    let short = told.chars().count() <= 40 && !told.contains('\n');
    let told = if short { format!(", not {told}") } else { String::new() };
    File::deserialize(alone).map(|_| ()).map_err(|_| format!("{name} wants {wants}{told}"))
}

fn unknown(name: &str) -> String {
    let names = || SETTINGS.iter().map(|(known, _)| *known);
    match keys::nearest(name, names()) {
        Some(near) => format!("there is no setting \"{name}\"; did you mean \"{near}\"?"),
        None => format!("there is no setting \"{name}\"; there are {}", names().collect::<Vec<_>>().join(", ")),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        read(Path::new("config.toml"), Ok(text.to_owned()), &mut complaints);
        complaints
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line_in_plain_words() {
        let text =
            "region = \"eu-west-1\"\n\nascii = 7\nregoin = \"x\"\ncolour = \"red\"\nproduction = \"live\"\n[profile]\n";
        assert_eq!(
            complaints(text),
            [
                "config.toml, line 3: ascii wants true or false, not 7",
                "config.toml, line 4: there is no setting \"regoin\"; did you mean \"region\"?",
                "config.toml, line 5: there is no setting \"colour\"; there are profile, region, endpoint_url, read_only, \
                 refresh, theme, ascii, no_cache, history, log, log_memory, mouse, production",
                "config.toml, line 6: production wants a list of words: [\"prod\", \"live\"], not \"live\"",
                "config.toml, line 7: profile wants a name in quotes, not [profile]",
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_toml_says_where() {
        let found = complaints("theme = \"dark\"\nregion = \n");
        assert!(found[0].starts_with("config.toml, line 2: ") && found.len() == 1, "{found:?}");
        assert!(found[0].ends_with(": started without the file"), "{found:?}");
    }

    #[test]
    fn what_may_have_asked_for_read_only_mode_gets_it() {
        let of = |text: Result<&str, &str>| {
            let mut complaints = Vec::new();
            let text = text.map(str::to_owned).map_err(str::to_owned);
            let file = read(Path::new("config.toml"), text, &mut complaints);
            (file.read_only, complaints.iter().any(|complaint| complaint.ends_with(SAFE)))
        };
        assert_eq!(of(Ok("read_only = \"yes\"\nregion = \"r\"")), (Some(true), true));
        assert_eq!(of(Ok("  read_only = true\nregion = ")), (Some(true), true));
        assert_eq!(of(Ok("read_only = false\nregion = ")), (None, false));
        assert_eq!(of(Ok("region = ")), (None, false));
        assert_eq!(of(Err("is a directory")), (Some(true), true));
        assert_eq!(of(Ok("read_only = false")), (Some(false), false));
    }

    #[test]
    fn every_setting_is_known_and_read() {
        let text = "profile = \"p\"\nregion = \"r\"\nendpoint_url = \"u\"\nread_only = true\nrefresh = 5\ntheme = \"dark\"\n\
                    ascii = true\nno_cache = true\nhistory = \"off\"\nlog = \"l\"\nlog_memory = 9\nmouse = false\nproduction = []\n";
        let mut complaints = Vec::new();
        let read = read(Path::new("config.toml"), Ok(text.to_owned()), &mut complaints);
        assert_eq!((complaints.len(), text.lines().count()), (0, SETTINGS.len()));
        let File { profile, region, endpoint_url, read_only, refresh, theme, ascii, no_cache, .. } = &read;
        let File { history, log, log_memory, mouse, production, .. } = &read;
        assert!(
            [profile, region, endpoint_url, theme, history].iter().copied().all(Option::is_some) && refresh.is_some()
        );
        assert!(
            [read_only, ascii, no_cache, mouse].iter().copied().all(Option::is_some)
                && log.is_some()
                && *log_memory == Some(9)
                && production.is_some()
        );
    }
}
