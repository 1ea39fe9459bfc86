//! The command palette: what can be typed after `:`, its completion, and the nearest match of a typo.

pub use super::commands::Command;
use super::commands::{Argument, COMMANDS};
use super::words::{Suggestion, Words};
use crate::panes;

/// The themes that come along.
pub const THEMES: [&str; 3] = ["terminal", "dark", "light"];

/// All names of a pane, its own first.
fn names_of(pane: &'static dyn panes::Pane) -> impl Iterator<Item = &'static str> + Clone {
    std::iter::once(pane.id()).chain(pane.short().iter().copied())
}

fn pane_named(name: &str) -> Option<&'static dyn panes::Pane> {
    panes::tabs().find(|pane| names_of(*pane).any(|known| known == name))
}

/// Reads a command. `Err` says what is wrong and what was perhaps meant.
pub fn parse(line: &str, words: &Words) -> Result<Command, String> {
    let line = line.trim();
    let (name, argument) = line.split_once(char::is_whitespace).map_or((line, ""), |(name, rest)| (name, rest.trim()));
    let too_much = || Err(format!("{name} takes nothing after it: {argument:?} was not understood"));
    if let Some(pane) = pane_named(name) {
        return if argument.is_empty() { Ok(Command::Pane(pane.id())) } else { too_much() };
    }
    let Some(entry) = COMMANDS.iter().find(|entry| entry.names.contains(&name)) else {
        return Err(unknown(name));
    };
    match entry.argument {
        Argument::None if !argument.is_empty() => too_much(),
        Argument::None | Argument::Text | Argument::Logs => Ok((entry.command)(argument.to_owned())),
        _ if argument.is_empty() => Err(format!("{name} wants a name after it; tab completes")),
        kind => checked(kind, argument, words).map(entry.command),
    }
}

/// An argument that must be one of those known, or look like a region.
fn checked(kind: Argument, argument: &str, words: &Words) -> Result<String, String> {
    let known = choices(kind, words);
    let lower = argument.to_lowercase();
    if let Some(found) = known.iter().find(|word| word.to_lowercase() == lower) {
        return Ok(found.clone());
    }
    if kind == Argument::Region && looks_like_a_region(argument) {
        return Ok(argument.to_owned());
    }
    // What alone is suggested is what is meant.
    if let [only] = fitting(&known, &lower).as_slice() {
        return Ok((*only).clone());
    }
    if let Some(unread) = words.unread.as_ref().filter(|_| kind == Argument::Profile) {
        return Err(unread.clone());
    }
    let near = nearest(&lower, known.iter().map(String::as_str));
    Err(format!("there is no {argument:?}{}", near.map(|near| format!(": perhaps {near}?")).unwrap_or_default()))
}

/// The choices that what is typed, in lower case, is a part of.
fn fitting<'a>(known: &'a [String], typed: &str) -> Vec<&'a String> {
    known.iter().filter(|word| word.to_lowercase().contains(typed)).collect()
}

/// New regions come faster than releases of ours: whatever has the form of one is taken.
fn looks_like_a_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let letters = |part: &&str| part.len() >= 2 && part.chars().all(|c| c.is_ascii_lowercase());
    parts.len() >= 3 && parts.last().as_ref().is_some_and(digits) && parts.iter().rev().skip(1).all(letters)
}

fn choices(kind: Argument, words: &Words) -> Vec<String> {
    match kind {
        Argument::Region => words.regions.clone(),
        Argument::Profile => words.profiles.clone(),
        Argument::Column => words.columns.iter().map(|column| column.to_lowercase()).collect(),
        Argument::Theme => THEMES.map(str::to_owned).to_vec(),
        Argument::Logs => words.logs.iter().map(|(word, _)| word.clone()).collect(),
        Argument::None | Argument::Text => Vec::new(),
    }
}

/// Words of which nothing is to be said.
fn plain(words: Vec<String>) -> Vec<(String, String)> {
    words.into_iter().map(|word| (word, String::new())).collect()
}

fn unknown(name: &str) -> String {
    let names = COMMANDS.iter().flat_map(|entry| entry.names.iter().copied()).chain(panes::tabs().flat_map(names_of));
    let near = nearest(name, names);
    format!("there is no command {name:?}{}", near.map(|near| format!(": perhaps {near}?")).unwrap_or_default())
}

/// The word that is likest to a typo, if one is like it at all.
pub fn nearest<'a>(typo: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    words
        .map(|word| (strsim::jaro_winkler(typo, word), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// The one of the choices that is in use.
fn current(kind: Argument, words: &Words) -> &str {
    match kind {
        Argument::Region => &words.region,
        Argument::Profile => &words.profile,
        Argument::Theme => &words.theme,
        Argument::None | Argument::Text | Argument::Column | Argument::Logs => "",
    }
}

/// The last of the names typed in a command that takes logs, as far as it is typed.
pub fn typed_log(line: &str) -> Option<&str> {
    let (name, names) = line.trim_start().split_once(char::is_whitespace)?;
    let entry = COMMANDS.iter().find(|entry| entry.names.contains(&name))?;
    (entry.argument == Argument::Logs).then(|| last_name(names).1)
}

/// The words of a filter or of a command that takes several names, each with the quotes that hold it together:
/// `tag:team="my team"`. A quote that is still open holds the rest.
pub fn quoted_words(text: &str) -> impl Iterator<Item = &str> {
    let mut held = false;
    let parts = text.split(move |c: char| {
        held ^= c == '"';
        c.is_whitespace() && !held
    });
    parts.filter(|word| !word.is_empty())
}

/// What stands before the name that is still typed, and as much of that as there is.
fn last_name(names: &str) -> (&str, &str) {
    let typed = if names.ends_with(char::is_whitespace) && names.matches('"').count().is_multiple_of(2) {
        ""
    } else {
        quoted_words(names).last().unwrap_or_default()
    };
    names.split_at_checked(names.len() - typed.len()).unwrap_or(("", names))
}

/// Why nothing can be suggested for a command that wants a choice; `None` where something can be, or
/// where nothing is wanted.
pub fn no_choice(line: &str, words: &Words) -> Option<String> {
    let (name, argument) = line.trim_start().split_once(char::is_whitespace)?;
    let entry = COMMANDS.iter().find(|entry| entry.names.contains(&name))?;
    let known = choices(entry.argument, words);
    if matches!(entry.argument, Argument::None | Argument::Text) || !suggest(line, words).is_empty() {
        return None;
    }
    if entry.argument == Argument::Logs {
        return Some(words.looking.clone()).filter(|said| !said.is_empty());
    }
    Some(match entry.argument {
        Argument::Profile if words.demo => {
            "the demo is one account in memory and has no profiles; start without --demo to choose one".to_owned()
        }
        Argument::Profile if words.unread.is_some() => words.unread.clone().unwrap_or_default(),
        Argument::Profile if known.is_empty() => {
            "there are no profiles in ~/.aws/config and ~/.aws/credentials; aws configure sso makes one".to_owned()
        }
        Argument::Region if looks_like_a_region(argument.trim()) => {
            "not a region this program knows; enter goes there all the same".to_owned()
        }
        _ => format!("nothing fits {:?}", argument.trim()),
    })
}

/// The one of several names that begins with what is typed; the first, if none does.
fn begins(mut names: impl Iterator<Item = &'static str> + Clone, typed: &str) -> &'static str {
    let first = names.clone().next().unwrap_or_default();
    names.find(|name| name.starts_with(typed)).unwrap_or(first)
}

/// What could be meant by what is typed so far, best first.
pub fn suggest(line: &str, words: &Words) -> Vec<Suggestion> {
    let typed = line.trim_start();
    if let Some((name, argument)) = typed.split_once(char::is_whitespace) {
        let Some(entry) = COMMANDS.iter().find(|entry| entry.names.contains(&name)) else { return Vec::new() };
        // Of several names the last one is still typed.
        let several = entry.argument == Argument::Logs;
        let (kept, argument) = if several { last_name(argument) } else { ("", argument) };
        // Whether the quotes that hold a name together are typed yet or not.
        let bare = |word: &str| word.trim().replace('"', "").to_lowercase();
        let argument = bare(argument);
        let fits = |(word, _): &(String, String)| bare(word).contains(&argument);
        let all = if several { words.logs.clone() } else { plain(choices(entry.argument, words)) };
        let mut fitting: Vec<(String, String)> = all.into_iter().filter(fits).collect();
        let current = current(entry.argument, words);
        // What is in use stands first, so that it is seen however many there are.
        fitting.sort_by_key(|(word, _)| (!bare(word).starts_with(&argument), word != current));
        let help = |word: &str, said: String| if word == current { "in use".to_owned() } else { said };
        return fitting
            .into_iter()
            .map(|(word, said)| Suggestion { help: help(&word, said), line: format!("{name} {kept}{word}") })
            .collect();
    }
    let mut all: Vec<Suggestion> = panes::tabs()
        .map(|pane| Suggestion {
            line: begins(names_of(pane), typed).to_owned(),
            help: format!("the {} pane", pane.title().to_lowercase()),
        })
        .collect();
    all.extend(COMMANDS.iter().map(|entry| {
        let name = begins(entry.names.iter().copied(), typed);
        let space = if entry.argument == Argument::None { "" } else { " " };
        Suggestion { line: format!("{name}{space}"), help: entry.help.to_owned() }
    }));
    all.retain(|suggestion| suggestion.line.contains(typed));
    all.sort_by_key(|suggestion| !suggestion.line.starts_with(typed));
    all
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;

    fn words() -> Words {
        Words {
            regions: vec!["eu-west-1".into(), "us-east-1".into()],
            profiles: vec!["default".into(), "acme-prod".into()],
            unread: None,
            columns: vec!["NAME".into(), "MEMORY".into()],
            region: "us-east-1".into(),
            profile: "default".into(),
            ..Words::default()
        }
    }

    #[test]
    fn commands_mean_what_keys_mean() {
        assert_eq!(parse("q!", &words()), Ok(Command::Do(Action::Quit)));
        assert_eq!(parse(" fn ", &words()), Ok(Command::Pane("functions")));
        assert_eq!(parse("sort memory", &words()), Ok(Command::Sort("memory".into())));
        assert_eq!(parse("region  eu-west-1 ", &words()), Ok(Command::Region("eu-west-1".into())));
    }

    #[test]
    fn a_region_newer_than_this_program_is_taken() {
        assert_eq!(parse("region xx-north-12", &words()), Ok(Command::Region("xx-north-12".into())));
        assert!(parse("region nowhere", &words()).is_err());
    }

    #[test]
    fn every_name_that_a_pane_or_a_command_has_is_understood_and_suggested() {
        for (name, pane) in [("fn", "functions"), ("esm", "mappings"), ("cfg", "configuration")] {
            assert_eq!(parse(name, &words()), Ok(Command::Pane(pane)));
            assert!(suggest(name, &words()).iter().any(|suggestion| suggestion.line == name), "{name}");
        }
        assert_eq!(parse("w", &words()), Ok(Command::Save));
    }

    #[test]
    fn what_alone_is_suggested_is_taken() {
        assert_eq!(parse("sort mem", &words()), Ok(Command::Sort("memory".into())));
        assert_eq!(parse("profile acme", &words()), Ok(Command::Profile("acme-prod".into())));
        assert!(parse("sort m", &words()).is_err(), "name and memory both have it");
    }

    #[test]
    fn a_typo_names_its_nearest_match() {
        assert_eq!(parse("regoin", &words()).unwrap_err(), "there is no command \"regoin\": perhaps region?");
        assert_eq!(parse("profile acme-prd", &words()).unwrap_err(), "there is no \"acme-prd\": perhaps acme-prod?");
        assert!(parse("xyzzy", &words()).unwrap_err().ends_with("\"xyzzy\""));
        assert!(parse("fn orders", &words()).unwrap_err().contains("takes nothing after it"));
        assert!(parse("", &words()).is_err());
        assert!(parse("region", &words()).unwrap_err().contains("wants"));
    }

    #[test]
    fn what_is_in_use_stands_first_and_is_marked() {
        let told = |line| -> Vec<(String, String)> {
            suggest(line, &words()).into_iter().map(|suggestion| (suggestion.line, suggestion.help)).collect()
        };
        let pair = |line: &str, help: &str| (line.to_owned(), help.to_owned());
        assert_eq!(told("region "), [pair("region us-east-1", "in use"), pair("region eu-west-1", "")]);
        assert_eq!(told("ctx "), [pair("ctx default", "in use"), pair("ctx acme-prod", "")]);
    }

    #[test]
    fn where_there_is_nothing_to_choose_a_sentence_says_so() {
        let none = Words { profiles: Vec::new(), ..words() };
        assert!(no_choice("profile ", &none).unwrap().contains("~/.aws/config"));
        assert!(no_choice("profile ", &Words { demo: true, ..none }).unwrap().contains("--demo"));
        assert_eq!(no_choice("profile x", &words()).unwrap(), "nothing fits \"x\"");
        assert!(no_choice("region xx-north-12", &words()).unwrap().contains("enter goes there"));
        assert_eq!(
            [no_choice("region eu", &words()), no_choice("filter x", &words()), no_choice("so", &words())],
            [const { None }; 3]
        );
    }

    #[test]
    fn completion_offers_what_begins_so_first() {
        let lines: Vec<String> = suggest("re", &words()).into_iter().map(|suggestion| suggestion.line).collect();
        assert_eq!(lines, ["region ", "refresh", "concurrency"]);
        let regions = suggest("region us", &words());
        assert_eq!(regions.first().map(|suggestion| suggestion.line.as_str()), Some("region us-east-1"));
    }
}
