//! What an operation asks: its fields, how they are filled in, and the answers.

use super::row::Scope;
use super::value::grouped;

/// One field of an operation's form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// What is asked; answers are known by it.
    pub label: &'static str,
    /// What is allowed, with units and range.
    pub hint: String,
    /// What stands in it at first.
    pub initial: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What the lists of the operation are about from then on, where the answer names it: the versions of that function.
    pub about: Option<Scope>,
}

/// How a field is filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// One line of text; these are offered while it is typed.
    Offered(Vec<String>),
    /// The path of a file on this machine, or something that is no path; what its folder holds is offered.
    File(FileUse),
    /// A number: typed, or stepped with the left and right keys.
    Number {
        /// The size of a step.
        step: i64,
        /// The smallest number that stepping reaches.
        least: i64,
        /// The largest.
        most: i64,
        /// A number that means something of its own, and what.
        special: Option<(i64, &'static str)>,
    },
    /// One of these.
    Choice(Vec<Choice>),
    /// Text of several lines.
    Lines,
}

/// What a file is wanted for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileUse {
    /// It is a zip file to be sent.
    Zip,
    /// It is to be written, and must not be there yet.
    New,
}

/// One thing to choose.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// What the answer is then.
    pub value: String,
    /// What it is called.
    pub words: String,
    /// What helps to choose: an age, a remark.
    pub note: String,
}

impl Choice {
    /// A choice that is called what it is.
    pub fn plain(value: &str) -> Self {
        Self { value: value.to_owned(), words: value.to_owned(), note: String::new() }
    }
}

impl Field {
    /// A field of one line.
    pub fn line(label: &'static str, hint: &str, initial: impl Into<String>) -> Self {
        Self { label, hint: hint.to_owned(), initial: initial.into(), kind: FieldKind::Line, about: None }
    }

    /// A field of one line for which words are offered.
    pub fn offered(label: &'static str, hint: &str, initial: impl Into<String>, words: Vec<String>) -> Self {
        Self { kind: FieldKind::Offered(words), ..Self::line(label, hint, initial) }
    }

    /// A field for the path of a file.
    pub fn file(label: &'static str, hint: &str, wanted: FileUse) -> Self {
        Self { kind: FieldKind::File(wanted), ..Self::line(label, hint, "") }
    }

    /// What the lists of the operation are about from then on.
    pub fn about(self, about: Option<Scope>) -> Self {
        Self { about, ..self }
    }

    /// What one of the numbers means.
    pub fn means(mut self, meaning: Option<(i64, &'static str)>) -> Self {
        if let FieldKind::Number { special, .. } = &mut self.kind {
            *special = meaning;
        }
        self
    }

    /// A field for a whole number that can be stepped through.
    pub fn number(label: &'static str, hint: &str, initial: impl Into<String>, steps: (i64, i64, i64)) -> Self {
        let (step, least, most) = steps;
        let kind = FieldKind::Number { step, least, most, special: None };
        Self { kind, ..Self::line(label, hint, initial) }
    }

    /// A field with things to choose from.
    pub fn choice(label: &'static str, hint: &str, initial: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { kind: FieldKind::Choice(choices), ..Self::line(label, hint, initial) }
    }

    /// A field of several lines.
    pub fn lines(label: &'static str, hint: &str, initial: impl Into<String>) -> Self {
        Self { kind: FieldKind::Lines, ..Self::line(label, hint, initial) }
    }
}

/// The answers so far, by the labels of their fields.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers(Vec<(&'static str, String)>);

impl Answers {
    /// What stands in a field, without blanks around it; empty when there is no such field yet.
    pub fn get(&self, label: &str) -> &str {
        self.raw(label).trim()
    }

    /// What stands in a field, blanks and all.
    pub fn raw(&self, label: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == label).map_or("", |(_, answer)| answer)
    }

    /// The whole number in a field, if it is in the range; the complaint names the range and the unit.
    ///
    /// # Errors
    /// When it is no whole number or out of range.
    pub fn number(
        &self,
        label: &'static str,
        range: std::ops::RangeInclusive<i64>,
        unit: &str,
    ) -> Result<i64, Invalid> {
        let why = || {
            format!(
                "{} to {}{}{unit}, whole",
                grouped(*range.start()),
                grouped(*range.end()),
                if unit.is_empty() { "" } else { " " }
            )
        };
        self.get(label).parse().ok().filter(|n| range.contains(n)).ok_or_else(|| Invalid::new(label, why()))
    }

    /// The name in a field: 1 to `most` letters, digits, hyphens and underscores, as Lambda has it for what it names.
    ///
    /// # Errors
    /// When it is empty, too long or has something else in it.
    pub fn name(&self, label: &'static str, most: usize) -> Result<&str, Invalid> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let name = self.get(label);
        let fits = !name.is_empty() && name.len() <= most && name.chars().all(plain);
        fits.then_some(name).ok_or_else(|| Invalid::new(label, format!("1 to {most} letters, digits, - and _")))
    }
}

impl FromIterator<(&'static str, String)> for Answers {
    fn from_iter<I: IntoIterator<Item = (&'static str, String)>>(answers: I) -> Self {
        Self(answers.into_iter().collect())
    }
}

/// Why an answer will not do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invalid {
    /// The label of the field.
    pub field: &'static str,
    /// What is wrong, and what would do.
    pub why: String,
}

impl Invalid {
    /// A complaint about a field.
    pub fn new(field: &'static str, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_known_by_their_labels() {
        let answers: Answers = [("memory", " 512 ".to_owned())].into_iter().collect();
        assert_eq!((answers.get("memory"), answers.raw("memory"), answers.get("timeout")), ("512", " 512 ", ""));
        assert_eq!(answers.number("memory", 128..=1024, "MB"), Ok(512));
        assert_eq!(answers.number("timeout", 1..=900, "s").unwrap_err().why, "1 to 900 s, whole");
    }
}
