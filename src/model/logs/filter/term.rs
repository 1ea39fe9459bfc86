//! One term of a filter over log events.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::member::{self, Member};
use super::{Candidate, NoFilter};
use crate::aws::{Level, Reading};

/// A pattern may take so many bytes of memory: it is made anew with every key.
const PATTERN: usize = 1 << 20;

/// One thing that must hold, or must not.
#[derive(Debug, Clone)]
pub(super) struct Term {
    not: bool,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// Occurs in the event; the words, unless it is a pattern.
    Occurs(Regex, Option<String>),
    /// That bad or worse.
    Level(Level),
    /// The number of the request begins so.
    Request(String),
    /// Occurs in the stream's name.
    Stream(Regex),
    /// A member of a record.
    Member(Member),
}

/// The first term of a text that begins with one, and what follows. A lone `!` or `"` is none yet.
pub(super) fn first(text: &str) -> Result<(Option<Term>, &str), NoFilter> {
    let (not, body) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let (what, after) = if let Some(inside) = body.strip_prefix('/') {
        let (pattern, after) = between_slashes(inside);
        (occurs_pattern(pattern)?, after)
    } else if let Some(inside) = body.strip_prefix('"') {
        let (phrase, after) = inside.split_once('"').unwrap_or((inside, ""));
        (occurs(phrase), after)
    } else {
        let (word, after) = word(body);
        (of_word(word)?, after)
    };
    Ok((what.map(|what| Term { not, what }), after))
}

/// A word ends at a space that stands in no quotes: `user="a b"` is one.
fn word(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""))
}

/// A pattern ends at a slash with a space or nothing behind it; one that is still open, with the text.
fn between_slashes(text: &str) -> (&str, &str) {
    let closes = |(at, _): &(usize, &str)| {
        let (before, after) = text.split_at_checked(*at).unwrap_or((text, ""));
        let after = after.strip_prefix('/').unwrap_or_default();
        !before.ends_with('\\') && (after.is_empty() || after.starts_with(char::is_whitespace))
    };
    match text.match_indices('/').find(closes).and_then(|(at, _)| text.split_at_checked(at)) {
        Some((pattern, after)) => (pattern, after.strip_prefix('/').unwrap_or(after)),
        None => (text, ""),
    }
}

fn of_word(word: &str) -> Result<Option<What>, NoFilter> {
    match word.split_once(':') {
        Some(("level" | "request" | "stream", "")) => return Ok(None),
        Some(("level", name)) => return level(name).map(Some),
        Some(("request", number)) => return Ok(Some(What::Request(number.to_ascii_lowercase()))),
        Some(("stream", name)) => return Ok(literal(name).map(What::Stream)),
        _ => {}
    }
    Ok(member::of_word(word).map(What::Member).or_else(|| occurs(word)))
}

/// A level by its name, or by the beginning of one: it is still being typed.
fn level(name: &str) -> Result<What, NoFilter> {
    let levels = [Level::Debug, Level::Info, Level::Warn, Level::Error];
    let name = name.to_ascii_uppercase();
    let fits = |level: &&Level| level.word().starts_with(&name) || name.starts_with(level.word());
    levels.iter().find(fits).map(|level| What::Level(*level)).ok_or_else(|| NoFilter {
        term: format!("level:{}", name.to_ascii_lowercase()),
        why: "levels are debug, info, warn, error".to_owned(),
    })
}

fn occurs(words: &str) -> Option<What> {
    literal(words).map(|pattern| What::Occurs(pattern, Some(words.to_owned())))
}

/// Words as they are; `None` when there are none, and for words longer than a person types.
fn literal(words: &str) -> Option<Regex> {
    if words.is_empty() { None } else { pattern(&regex::escape(words), any_case(words)).ok() }
}

fn occurs_pattern(text: &str) -> Result<Option<What>, NoFilter> {
    if text.is_empty() {
        return Ok(None);
    }
    // A capital behind a backslash is no letter that is meant: `\S`, `\W`.
    let mut escaped = false;
    let letters: String = text
        .chars()
        .filter(|c| {
            let kept = !escaped;
            escaped = *c == '\\' && !escaped;
            kept
        })
        .collect();
    let wrong = |error: &regex::Error| NoFilter { term: format!("/{text}/"), why: why(error) };
    Ok(Some(What::Occurs(pattern(text, any_case(&letters)).map_err(|error| wrong(&error))?, None)))
}

/// Small letters find capitals too; a word with a capital is meant as it stands.
fn any_case(words: &str) -> bool {
    !words.chars().any(char::is_uppercase)
}

fn pattern(text: &str, any_case: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).case_insensitive(any_case).multi_line(true).size_limit(PATTERN).build()
}

/// What is wrong with a pattern, without the drawing that comes with it.
fn why(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "the pattern is too big".to_owned(),
        error => {
            let told = error.to_string();
            let last = told.lines().last().unwrap_or_default();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    }
}

impl Term {
    /// The event has to be read for it.
    pub fn needs_reading(&self) -> bool {
        !matches!(self.what, What::Occurs(..) | What::Stream(_))
    }

    /// How the number of the request begins that it asks for, if it does.
    pub fn request(&self) -> Option<&str> {
        if let What::Request(start) = &self.what { Some(start) } else { None }
    }

    /// Whether it holds of an event; `read` reads that once.
    pub fn holds<'a>(&self, event: Candidate<'a>, read: &mut dyn FnMut() -> Reading<'a>) -> bool {
        let found = match &self.what {
            What::Occurs(pattern, _) => pattern.is_match(event.message),
            What::Stream(pattern) => pattern.is_match(event.stream),
            What::Level(level) => read().level.is_some_and(|told| told >= *level),
            What::Request(start) => event
                .request
                .or_else(|| read().request)
                .and_then(|number| number.get(..start.len()))
                .is_some_and(|number| number.eq_ignore_ascii_case(start)),
            What::Member(member) => member.holds(&read(), event.message),
        };
        found != self.not
    }

    /// What it lets through, the other one lets through too.
    pub fn narrows(&self, other: &Self) -> bool {
        match (&self.what, &other.what) {
            _ if self.not != other.not => false,
            (What::Occurs(new, None), What::Occurs(old, None)) => new.as_str() == old.as_str(),
            (What::Occurs(_, Some(new)), What::Occurs(_, Some(old))) if self.not => new == old,
            // A word with a capital finds less than the same word without.
            (What::Occurs(_, Some(new)), What::Occurs(_, Some(old))) if any_case(old) => {
                new.to_lowercase().contains(&old.to_lowercase())
            }
            (What::Occurs(_, Some(new)), What::Occurs(_, Some(old))) => new.contains(old),
            (What::Level(new), What::Level(old)) => {
                if self.not {
                    new <= old
                } else {
                    new >= old
                }
            }
            (What::Request(new), What::Request(old)) => new == old || (!self.not && new.starts_with(old)),
            (What::Stream(new), What::Stream(old)) => new.as_str() == old.as_str(),
            (What::Member(new), What::Member(old)) => new == old,
            _ => false,
        }
    }

    /// Where it occurs in a text.
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        match &self.what {
            What::Occurs(pattern, _) if !self.not => {
                pattern.find_iter(text).map(|found| found.range()).filter(|hit| !hit.is_empty()).collect()
            }
            _ => Vec::new(),
        }
    }
}
