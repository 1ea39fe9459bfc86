//! Filter patterns of `CloudWatch` Logs: terms, regular expressions between `%`, and conditions on the fields of JSON
//! events ("Filter pattern syntax" in its user guide). Patterns for space-delimited events are refused.

use regex::Regex;

use super::super::answer::Refusal;
use super::bad;
use super::condition::Condition;

/// Which events are let through.
#[derive(Debug, Clone)]
pub(super) enum Pattern {
    /// Terms that must all be there, terms of which one must (where they stand alone), terms that must not.
    Terms { all: Vec<Term>, any: Vec<Term>, none: Vec<Term> },
    /// What must be true of a JSON event; other events are not let through.
    Json(Condition),
}

/// One thing to look for.
#[derive(Debug, Clone)]
pub(super) enum Term {
    Phrase(String),
    Regex(Regex),
}

impl Term {
    fn is_in(&self, message: &str) -> bool {
        match self {
            Self::Phrase(phrase) => message.contains(phrase.as_str()),
            Self::Regex(regex) => regex.is_match(message),
        }
    }
}

impl Pattern {
    /// Reads a pattern; an empty one lets everything through.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if let Some(inner) = text.strip_prefix('{') {
            let inner = inner.strip_suffix('}').ok_or_else(|| bad("Invalid filter pattern: '}' expected"))?;
            return Condition::read(inner).map(Self::Json);
        }
        if text.starts_with('[') {
            return Err(bad("Invalid filter pattern: the demo account does not read space-delimited events"));
        }
        let (mut all, mut any, mut none) = (Vec::new(), Vec::new(), Vec::new());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (list, tail) = match first {
                '?' => (&mut any, rest.strip_prefix('?')),
                '-' => (&mut none, rest.strip_prefix('-')),
                _ => (&mut all, None),
            };
            let (term, tail) = term(tail.unwrap_or(rest))?;
            list.push(term);
            rest = tail.trim_start();
        }
        Ok(Self::Terms { all, any, none })
    }

    /// The event is let through.
    pub fn finds(&self, message: &str) -> bool {
        let has = |term: &Term| term.is_in(message);
        match self {
            // "You can't combine the ? with other patterns: it is ignored then."
            Self::Terms { all, any, none } if all.is_empty() && none.is_empty() => {
                any.is_empty() || any.iter().any(has)
            }
            Self::Terms { all, none, .. } => all.iter().all(has) && !none.iter().any(has),
            Self::Json(condition) => serde_json::from_str(message).is_ok_and(|event| condition.holds(&event)),
        }
    }
}

/// The first term of a text, and what follows it.
fn term(text: &str) -> Result<(Term, &str), Refusal> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (phrase, tail) =
            quoted.split_once('"').ok_or_else(|| bad("Invalid filter pattern: unclosed quotation mark"))?;
        return Ok((Term::Phrase(phrase.to_owned()), tail));
    }
    if let Some(regex) = text.strip_prefix('%') {
        let (regex, tail) = regex.split_once('%').ok_or_else(|| bad("Invalid filter pattern: unclosed regex"))?;
        return Ok((Term::Regex(self::regex(regex)?), tail));
    }
    let (term, tail) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if term.is_empty() || !term.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return Err(bad(&format!("Invalid character(s) in term '{term}'")));
    }
    Ok((Term::Phrase(term.to_owned()), tail))
}

/// A regular expression, if it is one.
pub(super) fn regex(text: &str) -> Result<Regex, Refusal> {
    Regex::new(text).map_err(|_| bad("Invalid filter pattern: invalid regular expression"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, message: &str) -> bool {
        Pattern::read(pattern).unwrap().finds(message)
    }

    #[test]
    fn a_pattern_finds_phrases_alternatives_and_leaves_out() {
        assert!(finds("\"order 42\" done", "order 42 is done"));
        assert!(!finds("\"order 42\"", "order 7 and 42"));
        assert!(finds("?ERROR ?WARN", "[WARN] late"));
        assert!(!finds("?ERROR ?WARN", "[INFO] in time"));
        assert!(!finds("order -done", "order 42 is done"));
        assert!(finds("%order \\d+$%", "this is order 42"));
        assert!(finds("", "anything"));
    }

    #[test]
    fn what_aws_refuses_is_refused() {
        for pattern in ["\"open", "order-42", "%(%", "%open", "[a, b]", "{ $.level = ", "{ level = 1 }", "{ }", "-"] {
            assert!(Pattern::read(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_json_pattern_looks_at_fields() {
        let event = r#"{"level":"ERROR","at":{"ms":412},"tags":["a","b"],"gone":null,"ok":false}"#;
        for pattern in [
            "{ $.level = \"ERROR\" }",
            "{$.level=ERR*}",
            "{ $.level = %^ERR% }",
            "{ $.at.ms > 400 && $.at.ms <= 412 }",
            "{ $.level = \"INFO\" || ($.ok IS FALSE && $.gone IS NULL) }",
            "{ $.nobody NOT EXISTS }",
            "{ $.tags[1] = \"b\" }",
            "{ $.level != \"INFO\" }",
        ] {
            assert!(finds(pattern, event), "{pattern}");
        }
        for pattern in ["{ $.level = \"INFO\" }", "{ $.at.ms < 400 }", "{ $.nobody != 1 }", "{ $.ok IS TRUE }"] {
            assert!(!finds(pattern, event), "{pattern}");
        }
        assert!(!finds("{ $.level = \"ERROR\" }", "level ERROR, but no JSON"));
    }
}
