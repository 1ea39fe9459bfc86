//! Looking for words in a text.

use std::ops::Range;

/// Looks for words, without regard to case unless they have upper case, round the end of the text.
pub(super) fn search(text: &str, words: &str, from: usize, forward: bool, here: bool) -> Option<Range<usize>> {
    if words.is_empty() {
        return None;
    }
    let pattern = pattern(words)?;
    let next = if here { from } else { text.ceil_char_boundary(from + 1) };
    let found = if forward {
        pattern.find_at(text, next.min(text.len())).or_else(|| pattern.find(text))
    } else {
        let last = |text: &str| pattern.find_iter(text).last().map(|found| found.range());
        return last(text.get(..from).unwrap_or(text)).or_else(|| last(text));
    };
    found.map(|found| found.range())
}

/// What finds words: without regard to case unless they have upper case.
pub fn pattern(words: &str) -> Option<regex::Regex> {
    let lower = !words.chars().any(char::is_uppercase);
    regex::RegexBuilder::new(&regex::escape(words)).case_insensitive(lower).build().ok()
}
