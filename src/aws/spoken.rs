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
/// How long a secret access key is. Any sign of base64 can be its first, `/` too.
const SECRET_KEY: usize = 40;

/// What the words before say of the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Nothing.
    Free,
    /// A secret was named: if a lone `=` or `:` comes, what follows it is the secret.
    Named,
    /// It is a secret.
    Secret,
}

/// One line of what was said, as long as a sentence, without colours and without what looks like a secret.
pub(super) fn spoken(said: &str) -> String {
    let plain = without_escapes(said);
    let mut line = String::new();
    let mut next = Next::Free;
    for word in plain.split_whitespace() {
        let word = harmless(&without_login(word), &mut next);
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

/// A word with the user and the password of its addresses hidden: `https://user:password@host`.
fn without_login(word: &str) -> String {
    let mut plain = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once("://") {
        plain.push_str(before);
        plain.push_str("://");
        let host = after.split(['/', '?', '#']).next().unwrap_or(after);
        rest = match host.rsplit_once('@') {
            Some((login, _)) => {
                plain.push_str(HIDDEN);
                after.strip_prefix(login).unwrap_or_default()
            }
            None => after,
        };
    }
    plain + rest
}

/// A word as it is, unless it is a secret, by itself or by what came before; then notes what it says of the next one.
fn harmless(word: &str, next: &mut Next) -> String {
    let lower = word.to_lowercase();
    let named = NAMES.iter().any(|name| lower.contains(name));
    let value = word.split_once(['=', ':']).filter(|(name, _)| named && !name.is_empty());
    let before = std::mem::replace(next, if named { Next::Named } else { Next::Free });
    let assigned = if before == Next::Named { word.strip_prefix(['=', ':']) } else { None };
    match (value, assigned) {
        (_, Some("")) => {
            *next = Next::Secret;
            word.to_owned()
        }
        (_, Some(_)) => HIDDEN.to_owned(),
        (Some((name, value)), _) if value.trim_matches(['"', '\'', ',']).is_empty() => {
            *next = Next::Secret;
            format!("{name}:")
        }
        (Some((name, _)), _) => {
            *next = Next::Free;
            format!("{name}={HIDDEN}")
        }
        _ if before == Next::Secret || is_key(word) => HIDDEN.to_owned(),
        _ => word.chars().take(MOST).collect(),
    }
}

/// It has an access key in it, a secret key, or a token.
fn is_key(word: &str) -> bool {
    let is_path = word.trim_start_matches(['"', '\'', '`', '(']).starts_with(['/', '~', '.']);
    let is_mixed = |run: &str| {
        let kinds = [char::is_lowercase, char::is_uppercase, |c: char| c.is_ascii_digit()];
        kinds.iter().all(|kind| run.contains(*kind))
    };
    let mut keys = word.split(|c: char| !(c.is_ascii_alphanumeric() || "+/".contains(c)));
    let mut runs = word.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=_-".contains(c)));
    keys.any(|run| run.len() == SECRET_KEY && is_mixed(run))
        || runs.any(|run| {
            let long = run.len() >= KEY && !is_path && is_mixed(run);
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
    #[test]
    fn a_secret_is_hidden_behind_a_sign_that_stands_alone() {
        for (said, told) in [
            ("password = hunter2 end", "password = [hidden] end"),
            ("token : abc end", "token : [hidden] end"),
            ("a secret =hunter2 end", "a secret [hidden] end"),
            ("\"password\" : \"hunter2\", end", "\"password\" : [hidden] end"),
            ("token of = end", "token of = end"),
        ] {
            assert_eq!(spoken(said), told);
        }
    }

    #[test]
    fn a_secret_key_is_hidden_wherever_it_begins() {
        let key = "/JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        for said in [key.to_owned(), format!("{key}."), format!("(\"{key}\")")] {
            assert_eq!(spoken(&said), HIDDEN, "{said}");
        }
    }

    #[test]
    fn the_login_of_an_address_is_hidden() {
        let said =
            "no answer from https://mira:hunter2@proxy.example:8080/a@b and http://t@[::1], not from https://host/a@b";
        let told = "no answer from https://[hidden]@proxy.example:8080/a@b and http://[hidden]@[::1], not from https://host/a@b";
        assert_eq!(spoken(said), told);
    }
}
