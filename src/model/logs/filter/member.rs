//! A term about a member of a record: `order.id=7`, `duration>=250`, `path=/orders/*`.

use std::cmp::Ordering;

use crate::aws::Reading;
use crate::model::json;

/// What is asked of a member.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    path: String,
    how: How,
    value: String,
    number: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Is,
    IsNot,
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// The longer signs come first: `<=` begins as `<` does.
const SIGNS: [(&str, How); 6] = [
    ("!=", How::IsNot),
    ("<=", How::AtMost),
    (">=", How::AtLeast),
    ("=", How::Is),
    ("<", How::Below),
    (">", How::Above),
];

/// Reads a word that has a sign behind a name.
pub(super) fn of_word(word: &str) -> Option<Member> {
    let at = word.find(['=', '!', '<', '>'])?;
    let (path, rest) = word.split_at_checked(at)?;
    let named = path.starts_with(|c: char| c.is_alphabetic() || "_@$".contains(c))
        && path.chars().all(|c| c.is_alphanumeric() || "_@$.-".contains(c));
    let (how, value) = SIGNS.iter().find_map(|(sign, how)| Some((*how, rest.strip_prefix(sign)?)))?;
    // `a->b` and `x==y` are words of a program.
    if !named || path.ends_with('-') || value.starts_with(['=', '<', '>']) {
        return None;
    }
    let value = value.trim_matches('"');
    Some(Member { path: path.to_owned(), how, value: value.to_owned(), number: value.parse().ok() })
}

impl Member {
    /// Whether it holds. A plain line has no members, but may say `name=value` in its words.
    pub fn holds(&self, reading: &Reading<'_>, message: &str) -> bool {
        match reading.member(&self.path) {
            Some(told) => self.fits(told),
            None if reading.is_record() => self.how == How::IsNot,
            None => self.said(message),
        }
    }

    fn fits(&self, told: &str) -> bool {
        let ordered = |wanted: &[Ordering]| {
            let (told, number) = (told.trim_matches('"').parse::<f64>().ok(), self.number);
            told.zip(number).and_then(|(told, number)| told.partial_cmp(&number)).is_some_and(|o| wanted.contains(&o))
        };
        match self.how {
            How::Is => self.is(told),
            How::IsNot => !self.is(told),
            How::Below => ordered(&[Ordering::Less]),
            How::AtMost => ordered(&[Ordering::Less, Ordering::Equal]),
            How::Above => ordered(&[Ordering::Greater]),
            How::AtLeast => ordered(&[Ordering::Greater, Ordering::Equal]),
        }
    }

    /// Nothing behind the sign: the member is there, that is enough.
    fn is(&self, told: &str) -> bool {
        let same_number = || self.number.is_some() && self.number == told.parse().ok();
        self.value.is_empty() || like(&self.value, &json::unquoted(told)) || same_number()
    }

    /// `name=value` or `name="value"` among the words of a plain line.
    fn said(&self, message: &str) -> bool {
        if !matches!(self.how, How::Is) {
            return self.how == How::IsNot;
        }
        message.match_indices(self.path.as_str()).any(|(at, path)| {
            let before = message.get(..at).unwrap_or_default();
            let starts = !before.ends_with(|c: char| c.is_alphanumeric() || "_@$.-".contains(c));
            let after = message.get(at + path.len()..).and_then(|after| after.strip_prefix('='));
            let value = after.map(|after| match after.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next().unwrap_or_default(),
                None => after.split([' ', '\n', ',', ';', '&', ')', ']', '}']).next().unwrap_or_default(),
            });
            starts && value.is_some_and(|value| self.value.is_empty() || like(&self.value, value))
        })
    }
}

/// Equal but for the case of letters; `*` stands for anything.
fn like(wanted: &str, told: &str) -> bool {
    let (wanted, told) = (wanted.to_lowercase(), told.to_lowercase());
    let Some((first, rest)) = wanted.split_once('*') else { return wanted == told };
    let Some(mut told) = told.strip_prefix(first) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return told.ends_with(part);
        }
        let Some((_, after)) = told.split_once(part) else { return false };
        told = after;
    }
    true
}
