//! Dotted paths into JSON: `.items[0].sku`, `.items[].sku`, `."a key".x`, `.items[-1]`.

use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into the member of that name.
    Key(String),
    /// Into the n-th member, from 0; from the end if negative.
    Nth(isize),
    /// Into every member.
    Each,
}

/// Why a text is no path, and at which character of it (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPath {
    /// The character.
    pub column: usize,
    /// What was expected.
    pub why: &'static str,
}

/// Where a path leaves the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotThere {
    /// The number of the step that leads nowhere, from 0.
    pub step: usize,
    /// What there is in its place, in words.
    pub there: String,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) if is_plain(key) => write!(f, ".{key}"),
            Self::Key(key) => write!(f, ".{}", serde_json::Value::from(key.as_str())),
            Self::Nth(n) => write!(f, "[{n}]"),
            Self::Each => f.write_str("[]"),
        }
    }
}

/// A key that needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || c.is_control() || "[].\"".contains(c))
}

/// Reads a path. A dot at its end, or nothing at all, is the whole.
///
/// # Errors
/// Where the text stops being a path.
pub fn parse(text: &str) -> Result<Vec<Step>, NoPath> {
    let mut steps = Vec::new();
    let mut rest = text.trim();
    let lead = text.len() - text.trim_start().len();
    while !rest.is_empty() {
        let at = text.trim().len() - rest.len() + lead;
        let wrong = |why| NoPath { column: text.get(..at).map_or(0, |head| head.chars().count()) + 1, why };
        let (step, after) = if let Some(inside) = rest.strip_prefix('[') {
            nth(inside).ok_or(wrong("a number, or nothing, and ]"))?
        } else {
            // The first key may stand without its dot.
            let key = rest.strip_prefix('.').or_else(|| steps.is_empty().then_some(rest));
            let key = key.ok_or(wrong("a dot or ["))?;
            if key.is_empty() || key.starts_with('[') {
                rest = key;
                continue;
            }
            name(key).ok_or(wrong("a key"))?
        };
        steps.push(step);
        rest = after;
    }
    Ok(steps)
}

/// `0]`, `-1]`, `]` or `*]`, and what follows.
fn nth(inside: &str) -> Option<(Step, &str)> {
    let (number, after) = inside.split_once(']')?;
    let step = match number.trim() {
        "" | "*" => Step::Each,
        number => Step::Nth(number.parse().ok()?),
    };
    Some((step, after))
}

/// A key with or without quotes, and what follows.
fn name(text: &str) -> Option<(Step, &str)> {
    if text.starts_with('"') {
        let end = super::json::string_end(text.as_bytes());
        let (quoted, after) = text.split_at_checked(end)?;
        return Some((Step::Key(serde_json::from_str(quoted).ok()?), after));
    }
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (key, after) = text.split_at_checked(end)?;
    (!key.is_empty()).then(|| (Step::Key(key.to_owned()), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse(text).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paths_are_read_and_shown_again() {
        for path in [".a.b[0]", ".items[].sku", ".\"a key\".x", ".a[-1]", "[3][]", ".größe"] {
            assert_eq!(shown(path), path);
        }
        assert_eq!(shown("a.b"), ".a.b");
        assert_eq!(shown(" .a[*] "), ".a[]");
        assert_eq!(shown(".[0]"), "[0]");
        assert_eq!((shown("."), shown(""), shown(".a.")), (String::new(), String::new(), ".a".to_owned()));
    }

    #[test]
    fn what_is_no_path_says_where() {
        assert_eq!(parse(".a[x]").unwrap_err(), NoPath { column: 3, why: "a number, or nothing, and ]" });
        assert_eq!(parse(".a[0]b").unwrap_err(), NoPath { column: 6, why: "a dot or [" });
        assert_eq!(parse(" ..a").unwrap_err().column, 2);
        assert_eq!(parse(".a[0").unwrap_err().column, 3);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_every_key_has_a_path(text in "\\PC*", key in "\\PC+") {
            let _ = parse(&text);
            let path = Step::Key(key.clone()).to_string();
            proptest::prop_assert_eq!(parse(&path).unwrap(), [Step::Key(key)]);
        }
    }
}
