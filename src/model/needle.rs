//! What is searched for in a long text: words as they are typed, whatever their case.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// The beginning that two names share.
pub fn agreement<'a>(a: &'a str, b: &str) -> &'a str {
    let end = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((at, _), _)| at);
    a.get(..end.unwrap_or(a.len().min(b.len()))).unwrap_or(a)
}

/// Words to look for. Small letters find capitals too; a word with a capital is meant as it stands.
#[derive(Debug, Clone)]
pub struct Needle {
    words: String,
    pattern: Regex,
}

impl Needle {
    /// The words to look for; `None` when there are none.
    pub fn of(words: &str) -> Option<Self> {
        if words.is_empty() {
            return None;
        }
        let any_case = !words.chars().any(char::is_uppercase);
        let pattern = RegexBuilder::new(&regex::escape(words)).case_insensitive(any_case).build().ok()?;
        Some(Self { words: words.to_owned(), pattern })
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The first place at or behind a byte.
    pub fn first(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let from = text.ceil_char_boundary(from);
        self.pattern.find_at(text, from.min(text.len())).map(|found| found.range())
    }

    /// The last place that begins before a byte. Looks near first: the text may be long.
    pub fn last(&self, text: &str, before: usize) -> Option<Range<usize>> {
        /// How far back is looked at once, at first.
        const NEAR: usize = 64 * 1024;
        let before = before.min(text.len());
        let (mut from, mut reach) = (before, NEAR);
        while from > 0 {
            from = text.floor_char_boundary(before.saturating_sub(reach));
            reach = reach.saturating_mul(4);
            let found = self.pattern.find_iter(text.get(from..)?).map(|found| found.start() + from..found.end() + from);
            if let Some(last) = found.take_while(|found| found.start < before).last() {
                return Some(last);
            }
        }
        None
    }

    /// All places in a short text, for highlighting.
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        self.pattern.find_iter(text).map(|found| found.range()).collect()
    }

    /// In how many places the words stand, counted up to `most`.
    pub fn count(&self, text: &str, most: usize) -> usize {
        self.pattern.find_iter(text).take(most).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_find_any_case_and_a_capital_only_itself() {
        let text = "Error error ERROR";
        assert_eq!(Needle::of("error").unwrap().count(text, 10), 3);
        assert_eq!(Needle::of("Error").unwrap().count(text, 10), 1);
        assert!(Needle::of("").is_none());
    }

    #[test]
    fn it_is_found_forwards_and_backwards() {
        let text = format!("ab{}ab{}", "é".repeat(70_000), "x".repeat(70_000));
        let needle = Needle::of("ab").unwrap();
        assert_eq!(needle.first(&text, 0), Some(0..2));
        assert_eq!(needle.first(&text, 1), Some(140_002..140_004));
        assert_eq!(needle.last(&text, text.len()), Some(140_002..140_004));
        assert_eq!(needle.last(&text, 140_002), Some(0..2));
        assert_eq!((needle.last(&text, 0), needle.first(&text, 140_003)), (None, None));
    }

    #[test]
    fn words_are_no_pattern() {
        assert_eq!(Needle::of("a.c").unwrap().hits("abc a.c").first(), Some(&(4..7)));
    }
}
