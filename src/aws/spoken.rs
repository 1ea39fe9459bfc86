//! What programs of others say when they give no credentials: a sentence of it, and no secret.

/// No more than this of it is told, in characters: a process may write pages.
const MOST: usize = 200;
/// A run of letters and digits from this length on, of all kinds, is a key or a token and no word.
const KEY: usize = 32;
/// How the numbers of access keys begin (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>).
const NUMBERS: [&str; 2] = ["AKIA", "ASIA"];
/// What stands behind such a name is nobody's business.
const NAMES: [&str; 4] = ["secret", "token", "password", "passphrase"];
const HIDDEN: &str = "[hidden]";

/// One line of what was said, as long as a sentence, without colours and without what looks like a secret.
pub(super) fn spoken(said: &str) -> String {
    let plain = without_escapes(said);
    let mut line = String::new();
    let mut hides = false;
    for word in plain.split_whitespace() {
        let word = harmless(word, &mut hides);
        if line.chars().count() + word.chars().count() >= MOST {
            line.push_str(" …");
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    line
}

/// Without the sequences that colour a terminal; what else is no text is made visible later, by `Text`.
fn without_escapes(said: &str) -> String {
    let mut plain = String::new();
    let mut rest = said;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';' || c == '?');
        rest = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    }
    plain + rest
}

/// A word as it is, unless it is a secret or `hides` says that one is due; then notes whether the next one is.
fn harmless(word: &str, hides: &mut bool) -> String {
    let lower = word.to_lowercase();
    let named = NAMES.iter().any(|name| lower.contains(name));
    let value = word.split_once(['=', ':']).filter(|(name, _)| named && !name.is_empty());
    let due = std::mem::take(hides);
    match value {
        Some((name, value)) if value.trim_matches(['"', '\'', ',']).is_empty() => {
            *hides = true;
            format!("{name}:")
        }
        Some((name, _)) => format!("{name}={HIDDEN}"),
        None if due => HIDDEN.to_owned(),
        None if is_key(word) => HIDDEN.to_owned(),
        None => word.chars().take(MOST).collect(),
    }
}

/// It has an access key in it, a secret key, or a token.
fn is_key(word: &str) -> bool {
    let is_path = word.trim_start_matches(['"', '\'', '`', '(']).starts_with(['/', '~', '.']);
    let mut runs = word.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=_-".contains(c)));
    runs.any(|run| {
        let mixed = [char::is_lowercase, char::is_uppercase, |c: char| c.is_ascii_digit()];
        let long = run.len() >= KEY && !is_path && mixed.iter().all(|kind| run.contains(*kind));
        long || NUMBERS.iter().any(|number| run.starts_with(number) && run.len() == 20)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stays_what_it_is() {
        for said in [
            "error retrieving credentials: external process exited with code exit status: 1. Stderr: log in first",
            "the SSO session has expired: https://d-1234567890.awsapps.com/start",
            "no such file: /home/mira/.aws/sso/cache/Some-Very-Long-Name-Of-A-File-2026.json",
        ] {
            assert_eq!(spoken(said), said);
        }
    }

    #[test]
    fn secrets_colours_and_pages_are_left_out() {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let said = format!(
            "\u{1b}[31mfailed\u{1b}[0m with AKIAIOSFODNN7EXAMPLE and {secret} password=hunter2 \"SessionToken\": \"abc\" end"
        );
        let told = spoken(&said);
        assert_eq!(told, "failed with [hidden] and [hidden] password=[hidden] \"SessionToken\": [hidden] end");
        let long = spoken(&"words and ".repeat(1000));
        assert!(long.chars().count() < 210 && long.ends_with(" …"), "{long}");
        assert!(spoken(&"x".repeat(10_000)).chars().count() < 210);
    }
}
