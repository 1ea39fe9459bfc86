//! What a filter means: words that must occur, `!` must not, `column:` looks there, for numbers by their size too, `~`
//! is fuzzy, quotes hold words together.

use std::cmp::Ordering;
use std::ops::Range;

use chrono::{DateTime, Utc};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use regex::{Regex, RegexBuilder};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::keys;
use crate::panes::{ColumnHead, Quantity, Value};

/// A filter read from what a person typed. All terms must hold.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    terms: Vec<Term>,
    stranger: Option<Stranger>,
}

/// What stands before a colon and is no column: the whole is taken for a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// As it was typed.
    pub name: String,
    /// The word must not occur, which hides nothing.
    pub not: bool,
}

#[derive(Debug, Clone)]
struct Term {
    /// The term must not hold.
    not: bool,
    /// Look only in this column.
    column: Option<usize>,
    /// What is looked for, as it was typed.
    word: String,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// Occurs somewhere, whatever the case.
    Contains(Regex),
    /// A number is so much; or, where it is only typed, occurs.
    Amount(Quantity, Option<Regex>),
    /// Its letters occur in this order.
    Fuzzy(Pattern),
}

impl Filter {
    /// Reads `orders !archive runtime:python ~ordarc description:"back office"`. Any text is a filter: what is no column before
    /// a colon is part of the word.
    pub fn parse(text: &str, columns: &[ColumnHead]) -> Self {
        let words: Vec<String> = keys::quoted_words(text).map(|word| word.replace('"', "")).collect();
        let stranger = words.iter().find_map(|word| Stranger::in_word(word, columns));
        Self { terms: words.iter().filter_map(|word| Term::parse(word, columns)).collect(), stranger }
    }

    /// What is compared in a column and is no number, as it was typed: `>many`.
    pub fn wordy(&self) -> Option<&str> {
        let compares = |term: &&Term| term.column.is_some() && term.word.starts_with(['<', '>']);
        let mut compared = self.terms.iter().filter(compares);
        compared.find(|term| matches!(term.what, What::Contains(_))).map(|term| &*term.word)
    }

    /// The first name before a colon that is no column's.
    pub fn stranger(&self) -> Option<&Stranger> {
        self.stranger.as_ref()
    }

    /// Nothing is filtered out.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// A term looks into that column by name.
    pub fn names(&self, column: usize) -> bool {
        self.terms.iter().any(|term| term.column == Some(column))
    }

    /// Whether a row stays; `cell` gives its n-th cell.
    pub fn keeps(&self, matcher: &mut Fuzzy, cells: usize, now: DateTime<Utc>, cell: impl Fn(usize) -> Value) -> bool {
        self.terms.iter().all(|term| term.holds(matcher, cells, now, &cell).is_some_and(|holds| holds != term.not))
    }

    /// The byte ranges of `text`, shown in `column`, that made the row stay: for highlighting.
    pub fn hits(&self, column: usize, text: &str) -> Vec<Range<usize>> {
        let mut hits: Vec<Range<usize>> = self
            .terms
            .iter()
            .filter(|term| !term.not && term.column.is_none_or(|only| only == column))
            .flat_map(|term| match &term.what {
                What::Contains(pattern) => all(pattern, text),
                // A number need not look like what was typed for it.
                What::Amount(_, words) => {
                    let found = words.as_ref().map(|pattern| all(pattern, text)).unwrap_or_default();
                    if found.is_empty() { std::iter::once(0..text.len()).collect() } else { found }
                }
                What::Fuzzy(pattern) => fuzzy_hits(pattern, text),
            })
            .collect();
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(Ordering::Equal));
        hits
    }
}

/// The working memory of fuzzy matching, made once for a whole list.
pub struct Fuzzy {
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Default for Fuzzy {
    fn default() -> Self {
        Self { matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }
}

/// All places where a word occurs.
fn all(pattern: &Regex, text: &str) -> Vec<Range<usize>> {
    pattern.find_iter(text).map(|found| found.range()).collect()
}

/// The column of that name.
fn named(columns: &[ColumnHead], name: &str) -> Option<usize> {
    columns.iter().position(|column| column.title.eq_ignore_ascii_case(name))
}

/// Whether a word must not occur, and the word.
fn turned(word: &str) -> (bool, &str) {
    word.strip_prefix('!').map_or((false, word), |rest| (true, rest))
}

impl Stranger {
    fn in_word(word: &str, columns: &[ColumnHead]) -> Option<Self> {
        let (not, word) = turned(word);
        let (name, rest) = word.split_once(':')?;
        let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
        (is_name && !rest.is_empty() && named(columns, name).is_none()).then(|| Self { name: name.to_owned(), not })
    }
}

impl Term {
    fn parse(word: &str, columns: &[ColumnHead]) -> Option<Self> {
        let (not, word) = turned(word);
        let (column, word) = match word.split_once(':').map(|(name, rest)| (named(columns, name), rest)) {
            Some((Some(column), rest)) => (Some(column), rest),
            _ => (None, word),
        };
        let contains = || RegexBuilder::new(&regex::escape(word)).case_insensitive(true).build().ok();
        let what = match word.strip_prefix('~') {
            Some("") => return None,
            Some(fuzzy) => What::Fuzzy(Pattern::parse(fuzzy, CaseMatching::Ignore, Normalization::Smart)),
            None if word.is_empty() => return None,
            None => match Quantity::parse(word).filter(|_| column.is_some()) {
                Some(quantity) if quantity.compares => What::Amount(quantity, None),
                Some(quantity) => What::Amount(quantity, contains()),
                None => What::Contains(contains()?),
            },
        };
        Some(Self { not, column, word: word.to_owned(), what })
    }

    /// Whether it holds for a row; nobody knows as long as the cell that it names is not known.
    fn holds(
        &self,
        fuzzy: &mut Fuzzy,
        cells: usize,
        now: DateTime<Utc>,
        cell: &impl Fn(usize) -> Value,
    ) -> Option<bool> {
        Some(match self.column.map(cell) {
            Some(Value::Pending | Value::Unknown) => return None,
            // A named column is searched as it is shown, numbers and ages too.
            Some(value) => {
                matches!(&self.what, What::Amount(quantity, _) if quantity.fits(&value, now))
                    || self.found(fuzzy, &value.shown(now))
            }
            None => (0..cells).any(|n| cell(n).words().is_some_and(|words| self.found(fuzzy, words))),
        })
    }

    fn found(&self, fuzzy: &mut Fuzzy, text: &str) -> bool {
        match &self.what {
            What::Contains(pattern) => pattern.is_match(text),
            // While it is typed, the digits of a number that is shown in groups fit too.
            What::Amount(_, Some(pattern)) => pattern.is_match(text) || pattern.is_match(&text.replace(',', "")),
            What::Amount(_, None) => false,
            What::Fuzzy(pattern) => {
                let Fuzzy { matcher, buffer } = fuzzy;
                pattern.score(Utf32Str::new(text, buffer), matcher).is_some()
            }
        }
    }
}

/// Where the letters of a fuzzy match stand, in bytes.
fn fuzzy_hits(pattern: &Pattern, text: &str) -> Vec<Range<usize>> {
    let Fuzzy { mut matcher, mut buffer } = Fuzzy::default();
    let mut letters = Vec::new();
    if pattern.indices(Utf32Str::new(text, &mut buffer), &mut matcher, &mut letters).is_none() {
        return Vec::new();
    }
    // The matcher counts graphemes, or bytes in plain ASCII; both are counted out here.
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    letters.iter().filter_map(|n| graphemes.get(*n as usize)).map(|(at, grapheme)| *at..at + grapheme.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Text;
    use crate::panes::{Tone, Width};

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn columns() -> Vec<ColumnHead> {
        ["NAME", "RUNTIME", "MEMORY"]
            .map(|title| ColumnHead {
                title: Text::known(title),
                width: Width::Grow(8),
                priority: 0,
                once: false,
                late: None,
            })
            .to_vec()
    }

    fn keeps(filter: &str, name: &'static str, runtime: &'static str, memory: i64) -> bool {
        let cells = [
            Value::Name(Text::known(name)),
            Value::Marked(Text::known(runtime), Tone::Plain),
            Value::Mebibytes(memory),
        ];
        Filter::parse(filter, &columns()).keeps(&mut Fuzzy::default(), 3, NOW, |n| cells[n].clone())
    }

    #[test]
    fn words_occur_whatever_their_case() {
        assert!(keeps("ORDERS", "orders-api", "python3.13", 512));
        assert!(keeps("api python", "orders-api", "python3.13", 512));
        assert!(!keeps("billing", "orders-api", "python3.13", 512));
        assert!(keeps("", "orders-api", "python3.13", 512));
        assert!(keeps("   ", "orders-api", "python3.13", 512));
    }

    #[test]
    fn quotes_hold_words_together() {
        assert!(keeps("name:\"back office\"", "The back office", "python3.13", 512));
        assert!(keeps("!name:\"back office\"", "office at the back", "python3.13", 512));
        assert!(keeps("\"back off", "The back office", "python3.13", 512), "while it is typed");
        assert!(!keeps("\"back python\"", "back", "python", 512) && keeps("back python", "back", "python", 512));
    }

    #[test]
    fn of_a_cell_that_is_not_known_neither_a_word_nor_its_opposite_holds() {
        let keeps = |filter, cell: Value| {
            Filter::parse(filter, &columns()).keeps(&mut Fuzzy::default(), 3, NOW, |_| cell.clone())
        };
        for cell in [Value::Pending, Value::Unknown] {
            assert!(!keeps("runtime:python", cell.clone()) && !keeps("!runtime:python", cell.clone()));
            assert!(keeps("!python", cell), "that is about what is there");
        }
        assert!(keeps("!runtime:python", Value::Missing));
    }

    #[test]
    fn what_is_compared_and_is_no_number_is_told() {
        let wordy = |filter| Filter::parse(filter, &columns()).wordy().map(str::to_owned);
        assert_eq!((wordy("memory:>abc"), wordy("memory:>")), (Some(">abc".into()), Some(">".into())));
        assert_eq!((wordy("memory:>512"), wordy(">abc"), wordy("memory:abc")), (None, None, None));
    }

    #[test]
    fn a_bang_turns_a_word_round() {
        assert!(!keeps("!api", "orders-api", "python3.13", 512));
        assert!(keeps("orders !archive", "orders-api", "python3.13", 512));
    }

    #[test]
    fn a_column_is_searched_as_it_is_shown() {
        assert!(keeps("runtime:python", "orders-api", "python3.13", 512));
        assert!(!keeps("name:python", "orders-api", "python3.13", 512));
        assert!(keeps("memory:512", "orders-api", "python3.13", 512));
        assert!(keeps("!runtime:node", "orders-api", "python3.13", 512));
    }

    #[test]
    fn a_number_in_a_column_is_known_by_its_size() {
        let memory = |filter| keeps(filter, "orders-api", "python3.13", 1024);
        assert!(["memory:1024", "memory:1,024", "memory:102", "memory:>512", "memory:1gb"].into_iter().all(memory));
        assert!(!["memory:>1024", "memory:=102", "!memory:1024", "memory:512"].into_iter().any(memory));
        let hits = |filter, text| {
            let hits = Filter::parse(filter, &columns()).hits(2, text);
            hits.into_iter().map(|hit| (hit.start, hit.end)).collect::<Vec<_>>()
        };
        assert_eq!(hits("memory:512", "512 MB"), [(0, 3)]);
        assert_eq!((hits("memory:1024", "1,024 MB"), hits("memory:>1", "8 MB")), (vec![(0, 8)], vec![(0, 4)]));
    }

    #[test]
    fn what_is_no_column_is_named() {
        let stranger = |filter| Filter::parse(filter, &columns()).stranger().map(|s| (s.name.clone(), s.not));
        assert_eq!(stranger("api foo:bar"), Some(("foo".to_owned(), false)));
        assert_eq!(stranger("!mem:512"), Some(("mem".to_owned(), true)));
        assert_eq!([stranger("memory:512"), stranger("12:30"), stranger("foo:"), stranger(":x")], [const { None }; 4]);
    }

    #[test]
    fn a_colon_without_a_column_is_text() {
        assert!(keeps("arn:aws", "arn:aws:lambda", "x", 1));
    }

    #[test]
    fn a_tilde_is_fuzzy() {
        assert!(keeps("~odapi", "orders-api", "python3.13", 512));
        assert!(!keeps("~zq", "orders-api", "python3.13", 512));
    }

    #[test]
    fn metacharacters_are_letters() {
        assert!(!keeps(".*", "orders-api", "python3x13", 512));
        assert!(keeps("[a]", "x[a]", "", 1));
    }

    #[test]
    fn hits_are_byte_ranges() {
        let filter = Filter::parse("é ~oa", &columns());
        assert_eq!(filter.hits(0, "coéoa"), [2..4, 4..5, 5..6]);
    }
}
