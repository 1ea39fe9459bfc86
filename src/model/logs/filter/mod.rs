//! What a filter over log events means: `timeout !health "no stock" /order \d+/ level:warn order.id=7`.
//!
//! Words, phrases in quotes and patterns between slashes occur in the event; small letters find capitals
//! too. `level:warn` is that bad or worse, `request:8f0c` belongs to the request whose number begins so,
//! `stream:word` looks at the stream's name. `order.id=7` looks into JSON records (`!=`, `<`, `<=`, `>`,
//! `>=`; `*` stands for anything) and finds `order.id=7` in plain lines. `!` before a term turns it round.
//! All terms must hold. Any other text is a word.

mod member;
mod term;

use std::fmt;
use std::ops::Range;

use self::term::Term;
use crate::aws::{self, Reading};

/// One event that a filter looks at.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// What was logged.
    pub message: &'a str,
    /// The stream it is in.
    pub stream: &'a str,
    /// The number of the request it belongs to, where that is known from around it.
    pub request: Option<&'a str>,
}

/// A filter over log events. One without terms keeps all of them.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    terms: Vec<Term>,
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoFilter {
    /// The term that is not understood, as it was typed.
    pub term: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for NoFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.term, self.why)
    }
}

impl LogFilter {
    /// Events have to be read for it: to search their words is not enough.
    pub fn needs_reading(&self) -> bool {
        self.terms.iter().any(Term::needs_reading)
    }

    /// Reads what a person typed. What is still being typed counts as if it ended there: an open quote, an
    /// open slash, a name without its value.
    ///
    /// # Errors
    /// When a pattern between slashes is none, or a level is unknown.
    pub fn parse(text: &str) -> Result<Self, NoFilter> {
        let mut terms = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (term, after) = term::first(rest)?;
            terms.extend(term);
            rest = after.trim_start();
        }
        // What is found by looking at the text comes before what has to read it.
        terms.sort_by_key(|term: &Term| term.needs_reading());
        Ok(Self { terms })
    }

    /// Nothing is filtered out.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How the numbers of the requests begin that it asks for, in small letters.
    pub fn requests(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter_map(Term::request)
    }

    /// Whether an event stays.
    pub fn keeps(&self, event: Candidate<'_>) -> bool {
        let mut reading: Option<Reading<'_>> = None;
        self.terms.iter().all(|term| {
            let mut read = || *reading.get_or_insert_with(|| aws::read_event(event.message));
            term.holds(event, &mut read)
        })
    }

    /// Everything that this filter keeps, the other one keeps too: what that one left out need not be
    /// looked at again. So it is while a word is being typed.
    pub fn narrows(&self, before: &Self) -> bool {
        before.terms.iter().all(|old| self.terms.iter().any(|new| new.narrows(old)))
    }

    /// The byte ranges of a text that made its event stay, in order: for highlighting.
    pub fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let mut hits: Vec<Range<usize>> = self.terms.iter().flat_map(|term| term.hits(text)).collect();
        hits.sort_by_key(|hit| hit.start);
        hits
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
