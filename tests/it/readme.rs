//! What the README says about keys is what the program does.

use std::collections::{BTreeSet, HashSet};
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

/// The rights that a text names as `"lambda:GetAlias"`.
fn actions(text: &str) -> BTreeSet<String> {
    let quoted = text.split('"');
    let is_action = |word: &&str| {
        let known = ["lambda:", "logs:", "sts:"].into_iter().find_map(|service| word.strip_prefix(service));
        known.is_some_and(|name| name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric))
    };
    quoted.filter(is_action).map(str::to_owned).collect()
}

/// The doors to the SDK, and the service behind each.
const CLIENTS: [(&str, &str); 4] =
    [(".lambda()", "lambda"), (".invoker()", "lambda"), (".logs()", "logs"), (".sts()", "sts")];

/// Operations whose right has another name, and rights that one needs besides its own. All others are called alike.
///
/// As of 2026-11, from the reference of each operation (<https://docs.aws.amazon.com/lambda/latest/api/>) and from
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html>.
const RIGHTS: [(&str, &[&str]); 4] = [
    ("lambda:Invoke", &["lambda:InvokeFunction"]),
    ("lambda:InvokeWithResponseStream", &["lambda:InvokeFunction"]),
    ("lambda:GetLayerVersionByArn", &["lambda:GetLayerVersion"]),
    // Its tags are left out for whoever may not list them.
    ("lambda:GetFunction", &["lambda:GetFunction", "lambda:ListTags"]),
];

/// Every operation that the code has the SDK send, as `lambda:GetAlias`.
fn operations(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (client, service) in CLIENTS {
        for (place, _) in code.match_indices(client) {
            let rest = code[place + client.len()..].trim_start();
            let name = rest.strip_prefix('.').and_then(|rest| rest.split_once("()")).map(|(name, _)| name);
            let name = name.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            let name = name.unwrap_or_else(|| panic!("a client that is handed on hides what is sent: {rest:.60}"));
            let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
            found.insert(format!("{service}:{}", name.split('_').map(capital).collect::<String>()));
        }
    }
    found
}

#[test]
fn the_policies_allow_what_the_program_sends_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    sources(&root.join("src/aws"), &mut code);
    let sent = operations(&code);
    assert!(sent.len() > 40, "{sent:?}");
    let rights = |operation: &String| match RIGHTS.iter().find(|(known, _)| known == operation) {
        Some((_, rights)) => rights.iter().map(|right| (*right).to_owned()).collect(),
        None => vec![operation.clone()],
    };
    let policy = |name: &str| actions(&std::fs::read_to_string(root.join("assets/iam").join(name)).unwrap());
    let (full, reading) = (policy("full.json"), policy("read-only.json"));
    assert_eq!(full, sent.iter().flat_map(rights).collect(), "full.json, and what is sent");
    let named = actions(&code);
    assert!(named.is_subset(&full), "named when denied, and in no policy: {:?}", named.difference(&full));
    let verbs = ["Get", "List", "Filter", "Describe", "StartQuery", "StopQuery", "StartLiveTail"];
    let reads = |action: &&String| {
        let name = action.split(':').nth(1).unwrap_or_default();
        verbs.iter().any(|verb| name.starts_with(verb))
    };
    assert_eq!(reading, full.iter().filter(reads).cloned().collect(), "read-only.json");
}

#[test]
fn the_readme_leads_to_the_policies() {
    let readme = fs::read_to_string(path()).expect("README.md");
    for policy in ["assets/iam/full.json", "assets/iam/read-only.json"] {
        assert!(readme.contains(policy), "{policy}");
    }
}
