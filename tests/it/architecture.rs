//! The rules of the house, read from the sources: which room may look into which, who may use which
//! crate, who may ask what time it is, and how long a file may get.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, and the rooms that each may look into. `lib.rs` and `main.rs` may look into all.
const ROOMS: [(&str, &[&str]); 9] = [
    ("aws", &[]),
    ("panes", &["aws"]),
    ("keys", &["panes"]),
    ("model", &["aws", "panes", "keys"]),
    ("update", &["aws", "panes", "keys", "model"]),
    ("ui", &["aws", "panes", "keys", "model"]),
    ("runtime", &["aws", "panes", "keys", "model", "update", "ui"]),
    ("demo", &[]),
    ("cli", &["aws", "keys", "model"]),
];

/// What only some may name: how its name begins, and the folders and files where it may stand.
const KEPT: [(&str, &[&str]); 10] = [
    ("aws_sdk_", &["aws/"]),
    ("aws_config", &["aws/"]),
    ("aws_credential_types", &["aws/"]),
    ("aws_types", &["aws/"]),
    ("aws_smithy_", &["aws/", "demo/", "runtime/"]),
    ("ratatui", &["ui/", "runtime/", "model/screen.rs", "model/console/", "model/insights/"]),
    ("ratatui_textarea", &["model/console/", "model/field.rs"]),
    ("crossterm", &["keys/chord.rs", "keys/mod.rs", "runtime/"]),
    ("crokey", &["keys/chord.rs", "keys/mod.rs"]),
    ("tokio", &["aws/", "demo/", "runtime/", "main.rs", "lib_tests.rs"]),
];

/// Who may ask a clock. The budget of requests counts by tokio's own, which tests can stop.
const CLOCKS: [&str; 3] = ["runtime/", "aws/budget.rs", "aws/function_tests.rs"];

/// The client that asks AWS: screens and handlers must not have it in their hands.
const CLIENT: [&str; 4] = ["aws/", "panes/", "runtime/", "lib.rs"];

/// Files that are longer than the rule allows, each for a reason.
const LONG: [(&str, &str); 4] = [
    ("aws/settings.rs", "a table: every field of FunctionConfiguration, group by group"),
    ("demo/mod.rs", "all that can be asked of the account, and scripted in it, stands in one place"),
    ("runtime/terminal.rs", "taking the terminal and giving it back is one story"),
    ("panes/spec.rs", "a pane and the same without its type are read side by side"),
];

/// The most lines of a file, its tests and its data not counted.
const LINES: usize = 300;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                None => folders.push(path),
                Some(kind) if kind == "rs" => found.push((inside(&root, &path), fs::read_to_string(&path).unwrap())),
                Some(_) => {}
            }
        }
    }
    found.sort();
    found
}

fn inside(root: &Path, path: &Path) -> String {
    let parts: PathBuf = path.strip_prefix(root).unwrap().into();
    parts.to_string_lossy().replace('\\', "/")
}

/// The code without comments and strings: words in them are no paths.
fn code(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut rest = line;
        let mut plain = String::new();
        // Strings first, so that `//` inside one is no comment. What spans lines is data, not code.
        while let Some((before, after)) = rest.split_once('"') {
            if before.contains("//") {
                break;
            }
            plain.push_str(before);
            let mut escaped = false;
            let end = after.char_indices().find(|(_, c)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            rest = end.map_or("", |(at, _)| &after[at + 1..]);
        }
        plain.push_str(rest);
        out.push_str(plain.split("//").next().unwrap_or_default());
        out.push('\n');
    }
    out
}

/// The paths of a file: each chain of names joined by `::`, groups in braces opened once.
fn paths(code: &str) -> Vec<String> {
    let squeezed = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let chains = squeezed.split(|c: char| !word(c)).filter(|chain| chain.contains("::")).map(str::to_owned);
    let mut all: Vec<String> = chains.collect();
    // `use crate::{aws::Text, model::Model}` and `use super::super::{aws, keys}`.
    for (at, _) in squeezed.match_indices("::{") {
        let head: String =
            squeezed[..at].chars().rev().take_while(|c| word(*c)).collect::<Vec<_>>().into_iter().rev().collect();
        if head == "crate" || head.ends_with("super") {
            let group = squeezed[at + 3..].split(['}', ';']).next().unwrap_or_default();
            all.extend(group.split([',', '{']).map(|name| format!("{head}::{}", name.trim())));
        }
    }
    all
}

/// The first name behind `crate::`, or behind as many `super::` as lead out of the room.
fn room_of(path: &str, file: &str) -> Option<String> {
    let names: Vec<&str> = path.split("::").collect();
    if names.first() == Some(&"crate") {
        return names.get(1).map(|name| (*name).to_owned());
    }
    let up = names.iter().take_while(|name| **name == "super").count();
    let depth = file.trim_end_matches("/mod.rs").trim_end_matches(".rs").split('/').count();
    (up > 0 && up >= depth).then(|| names.get(up).map(|name| (*name).to_owned())).flatten()
}

/// What breaks the rules in one file, in sentences.
fn broken(file: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let mut found = Vec::new();
    let own = file.split(['/', '.']).next().unwrap_or_default();
    let allowed = ROOMS.iter().find(|(room, _)| *room == own).map(|(_, allowed)| *allowed);
    let stands = |places: &[&str]| {
        places.iter().any(|place| file == *place || (place.ends_with('/') && file.starts_with(place)))
    };
    for path in paths(&code) {
        if let (Some(allowed), Some(room)) = (allowed, room_of(&path, file)) {
            let known = ROOMS.iter().any(|(name, _)| *name == room);
            if known && room != own && !allowed.contains(&room.as_str()) {
                found.push(format!("{file}: `{path}`: {own} may not look into {room}"));
            }
        }
        let kept = |names: &(&str, &[&str])| {
            let (name, places) = *names;
            let first = path.split("::").next().unwrap_or_default();
            let hit =
                if name.ends_with('_') { first.starts_with(name) } else { path.split("::").any(|part| part == name) };
            hit && !stands(places)
        };
        if let Some((name, places)) = KEPT.iter().find(|names| kept(names)) {
            found.push(format!("{file}: `{path}`: {name} may stand only in {}", places.join(", ")));
        }
        let asks =
            ["Instant::now", "SystemTime::now", "Utc::now", "Local::now"].iter().any(|clock| path.ends_with(clock));
        if asks && !stands(&CLOCKS) {
            found.push(format!("{file}: `{path}`: the time is told in messages; only {} may ask", CLOCKS.join(", ")));
        }
    }
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    if words.into_iter().any(|word| word == "Aws") && !stands(&CLIENT) {
        found.push(format!("{file}: the client `Aws` may stand only in {}", CLIENT.join(", ")));
    }
    found
}

#[test]
fn no_room_looks_where_it_may_not() {
    let sources = sources();
    assert!(sources.len() > 60, "only {} files were read", sources.len());
    let found: Vec<String> = sources.iter().flat_map(|(file, text)| broken(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_folder_is_a_room_with_rules() {
    for (file, _) in sources() {
        let own = file.split(['/', '.']).next().unwrap_or_default();
        let known = ROOMS.iter().any(|(room, _)| *room == own) || ["main", "lib", "lib_tests"].contains(&own);
        assert!(known, "{file} stands in a room that has no rules");
    }
}

#[test]
fn a_planted_edge_is_found() {
    let planted = [
        ("panes/x.rs", "use crate::model::Model;"),
        ("panes/x.rs", "use crate::{aws::Text, ui::draw};"),
        ("panes/x.rs", "use super::super::update::update;"),
        ("update/x/deep.rs", "use super::super::super::runtime;"),
        ("ui/x.rs", "fn f() { crate::update::update(model); }"),
        ("ui/x.rs", "use crate::aws::{Kind, Aws};"),
        ("demo/x.rs", "use crate::aws::Text;"),
        ("model/x.rs", "use ratatui::layout::Rect;"),
        ("model/x.rs", "let now = std::time::Instant::now();"),
        ("panes/x.rs", "use aws_sdk_lambda::types::Runtime;"),
        ("update/x.rs", "use crokey::crossterm::event::KeyCode;"),
        ("keys/command.rs", "use tokio::sync::mpsc;"),
    ];
    for (file, text) in planted {
        assert_eq!(broken(file, text).len().min(1), 1, "nobody minds {text:?} in {file}");
    }
    let harmless = [
        ("panes/x.rs", "// use crate::model::Model;"),
        ("panes/x.rs", "let help = \"crate::model::Model // is not looked into\";"),
        ("aws/x.rs", "mod tests { use super::super::far_end::FarEnd; }"),
        ("model/screen.rs", "use ratatui::layout::Rect;"),
        ("runtime/clock.rs", "let now = Instant::now();"),
    ];
    for (file, text) in harmless {
        assert_eq!(broken(file, text), [""; 0], "{text:?} in {file}");
    }
}

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let too_long = |(file, text): &(String, String)| {
        let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
        let excused = LONG.iter().any(|(name, _)| name == file);
        (lines > LINES && !excused && !file.contains("tests")).then(|| format!("{file}: {lines} lines"))
    };
    let found: Vec<String> = sources().iter().filter_map(too_long).collect();
    assert!(found.is_empty(), "longer than {LINES} lines without their tests:\n{}", found.join("\n"));
}
