//! What the README says about keys is what the program does.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

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
    let readme = fs::read_to_string(path()).expect("README.md");
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

/// The text of every Rust file below a folder.
fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_promise_names_a_test_that_exists() {
    let readme = fs::read_to_string(path()).expect("README.md");
    let (_, table) = readme.split_once("| promise | test |").expect("the table of promises");
    let table = table.split("\n\n").next().unwrap_or_default();
    let root = path().parent().unwrap().to_owned();
    let mut code = String::new();
    sources(&root.join("src"), &mut code);
    sources(&root.join("tests"), &mut code);
    let promises: Vec<&str> = table.lines().skip(2).collect();
    assert!(promises.len() >= 8, "{table}");
    for promise in promises {
        let tests: Vec<&str> = promise.rsplit('|').nth(1).unwrap_or_default().split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "no test: {promise}");
        for test in tests {
            assert!(code.contains(&format!("fn {test}(")), "there is no test {test}");
        }
    }
}
