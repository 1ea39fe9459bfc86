//! JSON laid out from its own bytes: key order, number digits and escapes stay as they were written.
//!
//! The text is never parsed into values and written again: that would change big numbers, drop
//! duplicate keys and stop at a nesting depth. One pass over the bytes, no recursion.

use std::fmt;

/// What is wrong with a text that is not JSON, and where (both from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
    /// What was expected or found.
    pub why: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}: {}", self.line, self.column, self.why)
    }
}

/// Checks that a text is one JSON value.
pub fn check(text: &str) -> Result<(), Flaw> {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) else { return Ok(()) };
    // The parser stops at 128 levels; Lambda takes deeper ones, so depth is no flaw of the text.
    if error.to_string().starts_with("recursion limit") {
        return Ok(());
    }
    // The parser counts the bytes of a line; a person counts characters.
    let above: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let read = text.get(..text.floor_char_boundary(above + error.column())).unwrap_or_default();
    let before = read.get(above..).unwrap_or_default();
    let told = error.to_string();
    let closed = read.strip_suffix(['}', ']']).map(str::trim_end);
    let why = match told.split(" at line ").next().unwrap_or_default() {
        "expected value" | "key must be a string" if closed.is_some_and(|read| read.ends_with(',')) => {
            "a comma too many"
        }
        told => plainly(told),
    };
    let why = why.to_owned();
    Err(Flaw { line: error.line(), column: before.chars().count(), why })
}

/// What the parser says and what a person reads, in few words: they stand beside the payload.
const PLAINLY: [(&str, &str); 15] = [
    ("EOF while parsing a list", "a ] is missing"),
    ("EOF while parsing an object", "a } is missing"),
    ("EOF while parsing a string", "a \" is missing"),
    ("EOF while parsing a value", "a value is missing"),
    ("expected `:`", "a : is missing"),
    ("expected `,` or `]`", "a , or ] is missing"),
    ("expected `,` or `}`", "a , or } is missing"),
    ("expected `\"`", "a \" is missing"),
    ("expected ident", "neither true, false nor null"),
    ("expected value", "this is no JSON value"),
    ("key must be a string", "a name in double quotes is missing"),
    ("trailing characters", "text behind the end"),
    ("invalid number", "this is no JSON number"),
    ("invalid escape", "JSON has no such escape"),
    ("control character", "a control character within a string"),
];

/// The parser's words in plain ones; as they are where it has learned new ones.
fn plainly(told: &str) -> &str {
    PLAINLY.iter().find(|(words, _)| told.starts_with(words)).map_or(told, |(_, plain)| plain)
}

/// The text laid out with two spaces a level, as lines. `None` when it is not JSON.
pub fn lay_out(text: &str) -> Option<Vec<String>> {
    check(text).ok()?;
    let mut lines = vec![String::new()];
    let mut depth = 0_usize;
    let mut tokens = tokens(text).peekable();
    while let Some(token) = tokens.next() {
        let closes = matches!(tokens.peek(), Some(&("}" | "]")));
        match token {
            "{" | "[" => {
                append(&mut lines, token);
                if !closes {
                    depth += 1;
                    lines.push("  ".repeat(depth));
                } else if let Some(close) = tokens.next() {
                    append(&mut lines, close);
                }
            }
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                lines.push("  ".repeat(depth));
                append(&mut lines, token);
            }
            "," => {
                append(&mut lines, token);
                lines.push("  ".repeat(depth));
            }
            ":" => append(&mut lines, ": "),
            word => append(&mut lines, word),
        }
    }
    Some(lines)
}

/// The text without any space between its parts. `None` when it is not JSON.
pub fn minify(text: &str) -> Option<String> {
    check(text).ok()?;
    Some(tokens(text).collect())
}

fn append(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// What a piece of a laid-out line is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A key.
    Key,
    /// A string.
    String,
    /// A number, `true`, `false` or `null`.
    Word,
    /// Brackets, commas, spaces.
    Punctuation,
}

/// Cuts one laid-out line into pieces. A line that is not JSON comes out as it is.
pub fn parts(line: &str) -> Vec<(Part, &str)> {
    let mut rest = line;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (piece, after) = next_piece(rest);
        let part = match piece.as_bytes().first() {
            Some(b'"') if after.trim_start().starts_with(':') => Part::Key,
            Some(b'"') => Part::String,
            Some(c) if c.is_ascii_alphanumeric() || *c == b'-' => Part::Word,
            _ => Part::Punctuation,
        };
        parts.push((part, piece));
        rest = after;
    }
    parts
}

/// The first string, word, space or sign of a text, and what follows.
fn next_piece(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let end = match bytes.first() {
        Some(b'"') => string_end(bytes),
        Some(c) if c.is_ascii_whitespace() => run(bytes, |c| c.is_ascii_whitespace()),
        Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => 1,
        _ => run(bytes, |c| !c.is_ascii_whitespace() && !b"{}[],:\"".contains(&c)).max(1),
    };
    // Every end lies behind an ASCII byte or before one, so it is a character boundary; the fallback
    // keeps a text that is not JSON whole.
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn run(bytes: &[u8], of: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|c| !of(*c)).unwrap_or(bytes.len())
}

/// Where the string ends that a text begins with, its closing quote included.
pub fn string_end(bytes: &[u8]) -> usize {
    let mut escaped = false;
    for (at, c) in bytes.iter().enumerate().skip(1) {
        match c {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

/// What a string in quotes says; one that is none is taken as it is.
pub fn unquoted(quoted: &str) -> String {
    match quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => plain.to_owned(),
        _ => serde_json::from_str(quoted).unwrap_or_else(|_| quoted.to_owned()),
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = next_piece(rest);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_stays_as_it_was_written() {
        let text = r#"{"b":1.000000000000000000000000001e400,"a":"\u00e9\"","a":[ ],"c":{}}"#;
        let lines = lay_out(text).unwrap();
        assert_eq!(
            lines,
            [
                "{",
                r#"  "b": 1.000000000000000000000000001e400,"#,
                r#"  "a": "\u00e9\"","#,
                r#"  "a": [],"#,
                r#"  "c": {}"#,
                "}"
            ]
        );
        assert_eq!(minify(&lines.join("\n")).unwrap(), text.replace("[ ]", "[]"));
    }

    #[test]
    fn any_json_is_laid_out() {
        for text in ["null", " 1 ", "\"x\"", "true", "[1,[2,[]]]"] {
            assert!(lay_out(text).is_some(), "{text}");
        }
        assert!(lay_out("").is_none());
        assert!(lay_out("{,}").is_none());
    }

    #[test]
    fn depth_is_no_flaw() {
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        assert!(check(&deep).is_ok());
        assert_eq!(lay_out(&deep).unwrap().len(), 9_999);
    }

    #[test]
    fn a_flaw_has_a_place() {
        let flaw = check("{\n  \"a\": 1,\n}").unwrap_err();
        assert_eq!((flaw.line, flaw.column), (3, 1));
        assert_eq!(flaw.why, "a comma too many");
        assert_eq!(check("[\"日本語\", x]").unwrap_err().column, 9);
    }

    #[test]
    fn a_flaw_is_told_in_plain_words() {
        let why = |text: &str| check(text).unwrap_err().why;
        for (text, words) in [
            ("[1", "a ] is missing"),
            ("{\"a\": 1", "a } is missing"),
            ("\"a", "a \" is missing"),
            ("\"a,]", "a \" is missing"),
            ("{\"a\":", "a value is missing"),
            ("{\"a\" 1}", "a : is missing"),
            ("[1 2]", "a , or ] is missing"),
            ("{\"a\": 1 \"b\": 2}", "a , or } is missing"),
            ("tru", "a value is missing"),
            ("trve", "neither true, false nor null"),
            ("['a']", "this is no JSON value"),
            ("{a: 1}", "a name in double quotes is missing"),
            ("[1,]", "a comma too many"),
            ("{} {}", "text behind the end"),
            ("1.", "this is no JSON number"),
            ("01", "this is no JSON number"),
            (r#""\x""#, "JSON has no such escape"),
            (r#""\u12x""#, "JSON has no such escape"),
            ("\"a\tb\"", "a control character within a string"),
        ] {
            assert_eq!(why(text), words, "{text}");
        }
    }

    #[test]
    fn pieces_know_what_they_are() {
        let kinds: Vec<Part> = parts(r#"  "k": "v","#).into_iter().map(|(part, _)| part).collect();
        assert_eq!(
            kinds,
            [Part::Punctuation, Part::Key, Part::Punctuation, Part::Punctuation, Part::String, Part::Punctuation]
        );
        assert_eq!(parts("é→ x").iter().map(|(_, piece)| *piece).collect::<String>(), "é→ x");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_pieces_join_to_the_whole(text in "\\PC*") {
            let _ = lay_out(&text);
            let joined: String = parts(&text).into_iter().map(|(_, piece)| piece).collect();
            proptest::prop_assert_eq!(joined, text);
        }
    }
}
