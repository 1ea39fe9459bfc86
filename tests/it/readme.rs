//! What the README says about keys is what the program does.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use lambdash::testing::{Chord, reference};

const START: &str = "<!-- keys:start -->";
const END: &str = "<!-- keys:end -->";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// All keys as Markdown tables, one for each place.
fn tables() -> String {
    let mut out = String::new();
    for section in reference() {
        write!(out, "\n### {}\n\n| Key | What it does |\n|---|---|\n", section.title).unwrap();
        for (keys, what) in section.lines {
            let keys: Vec<String> = keys.split(", ").map(|key| format!("`{key}`")).collect();
            writeln!(out, "| {} | {} |", keys.join(" "), what.replace('|', "\\|")).unwrap();
        }
    }
    out.push('\n');
    out
}

/// Compares the README's block of keys; with `UPDATE=1` it is written anew.
#[test]
fn the_keys_of_the_readme_are_those_of_the_program() {
    let Ok(readme) = fs::read_to_string(path()) else {
        // The README is written last; until then there is nothing that could be wrong.
        assert!(std::env::var_os("UPDATE").is_none(), "there is no README.md to update");
        return;
    };
    let (head, rest) = readme.split_once(START).expect("README.md has no keys:start");
    let (block, tail) = rest.split_once(END).expect("README.md has no keys:end");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path(), format!("{head}{START}\n{}{END}{tail}", tables())).unwrap();
        return;
    }
    assert!(block.trim() == tables().trim(), "the keys in README.md are old: run the tests with UPDATE=1");
}

#[test]
fn every_key_of_the_tables_is_one_and_explained() {
    let mut titles = HashSet::new();
    for section in reference() {
        assert!(titles.insert(section.title.clone()), "{} stands there twice", section.title);
        assert!(!section.lines.is_empty(), "{} has no keys", section.title);
        for (keys, what) in &section.lines {
            assert!(!what.is_empty(), "{keys} in {}", section.title);
            for key in keys.split(", ") {
                assert!(key.parse::<Chord>().is_ok(), "{key} in {}", section.title);
            }
        }
    }
}
