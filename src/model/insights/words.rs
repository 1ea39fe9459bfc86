//! What the words of a query are, for their colours, and where a place in it is.

use crate::model::json::Part;

/// Words that begin a command, and those that join conditions.
const WORDS: [&str; 24] = [
    "fields",
    "filter",
    "stats",
    "sort",
    "limit",
    "parse",
    "display",
    "dedup",
    "pattern",
    "unmask",
    "diff",
    "anomaly",
    "by",
    "as",
    "and",
    "or",
    "not",
    "like",
    "in",
    "asc",
    "desc",
    "SOURCE",
    "filterIndex",
    "unnest",
];

/// Cuts a line of a query into pieces: words of the language, texts and patterns, numbers, and all else.
pub fn parts(line: &str) -> Vec<(Part, &str)> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut before = "";
    while let Some(first) = rest.chars().next() {
        let (part, length) = match first {
            '#' => (Part::Punctuation, rest.len()),
            '"' | '\'' | '`' => (Part::String, enclosed(rest, first)),
            '/' if matches!(before, "like" | "=~" | "parse") => (Part::String, enclosed(rest, first)),
            c if c.is_ascii_digit() => (Part::Word, run(rest, |c| c.is_ascii_alphanumeric() || c == '.')),
            c if is_name(c) => {
                let length = run(rest, |c| is_name(c) || c.is_ascii_digit() || c == '.');
                let word = rest.get(..length).unwrap_or(rest);
                let known = WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
                (if known { Part::Key } else { Part::Punctuation }, length)
            }
            c => (Part::Punctuation, c.len_utf8()),
        };
        let (piece, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        // Behind `parse @message` stands a pattern too.
        let field_of_parse = before == "parse" && part == Part::Punctuation;
        if !piece.trim().is_empty() && !field_of_parse {
            before = piece;
        }
        parts.push((part, piece));
        rest = tail;
    }
    parts
}

fn is_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '@'
}

fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

/// The bytes up to the sign that closes; all if none does.
fn enclosed(text: &str, mark: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == mark && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |(at, c)| at + c.len_utf8())
}

/// Line and column, both from 1, of the n-th character of a text.
pub fn place(text: &str, n: usize) -> (usize, usize) {
    let (mut line, mut column) = (1, 1);
    for c in text.chars().take(n) {
        if c == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pieces_are_the_line_again() {
        let line = r#"filter a like /x\/"y/ and b = "é" # note"#;
        let told = parts(line);
        assert_eq!(told.iter().map(|(_, text)| *text).collect::<String>(), line);
        let of = |part| told.iter().filter(|(found, _)| *found == part).map(|(_, text)| *text).collect::<Vec<_>>();
        assert_eq!(of(Part::Key), ["filter", "like", "and"]);
        assert_eq!(of(Part::String), [r#"/x\/"y/"#, "\"é\""]);
        assert_eq!(
            parts("parse @message /a/ | fields b/2").iter().filter(|(part, _)| *part == Part::String).count(),
            1
        );
    }

    #[test]
    fn a_place_is_found_across_lines() {
        assert_eq!([place("ab\nc", 0), place("ab\nc", 3), place("ab\nc", 9)], [(1, 1), (2, 1), (2, 2)]);
    }
}
