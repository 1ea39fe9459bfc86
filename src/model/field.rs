//! One field being filled in: typed, stepped, chosen or written.

use ratatui_textarea::TextArea;
use tui_input::{Input, InputRequest};

use crate::keys::{self, Chord};
use crate::panes::{Choice, Field, FieldKind, Invalid, grouped};

/// A field with what stands in it.
#[derive(Debug)]
pub struct Filled {
    /// What is asked.
    pub field: Field,
    /// What stands in it.
    pub entry: Entry,
    /// The person changed it.
    pub touched: bool,
    /// The keyboard was here and went on.
    pub visited: bool,
    /// The paths that a file can have, as far as its folder is read.
    pub paths: Vec<String>,
}

/// What stands in a field.
#[derive(Debug)]
pub enum Entry {
    /// A line.
    Line(Input),
    /// What is chosen, and what was typed to find it.
    Choice { value: String, search: String },
    /// Lines.
    Lines(Box<TextArea<'static>>),
}

impl Entry {
    fn of(field: &Field) -> Self {
        match &field.kind {
            FieldKind::Line | FieldKind::Offered(_) | FieldKind::File(_) | FieldKind::Number { .. } => {
                Self::Line(Input::new(field.initial.clone()))
            }
            FieldKind::Choice(choices) => {
                let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
                let known = choices.iter().any(|choice| choice.value == field.initial);
                Self::Choice { value: if known { field.initial.clone() } else { first }, search: String::new() }
            }
            FieldKind::Lines => Self::Lines(Box::new(TextArea::from(field.initial.lines()))),
        }
    }

    /// The answer it gives.
    pub fn answer(&self) -> String {
        match self {
            Self::Line(input) => input.value().to_owned(),
            Self::Choice { value, .. } => value.clone(),
            Self::Lines(area) => area.lines().join("\n"),
        }
    }

    fn fits(&self, kind: &FieldKind) -> bool {
        matches!(
            (self, kind),
            (Self::Line(_), FieldKind::Line | FieldKind::Offered(_) | FieldKind::File(_) | FieldKind::Number { .. })
                | (Self::Choice { .. }, FieldKind::Choice(_))
                | (Self::Lines(_), FieldKind::Lines)
        )
    }
}

impl Filled {
    /// The field with its first content.
    pub fn new(field: Field) -> Self {
        Self { entry: Entry::of(&field), field, touched: false, visited: false, paths: Vec::new() }
    }

    /// Takes the field as it is asked now; what a person wrote or chose stays.
    pub fn asked(self, field: Field) -> Self {
        let keep = self.touched && self.entry.fits(&field.kind);
        let same = self.field == field;
        if keep || same { Self { field, ..self } } else { Self::new(field) }
    }

    /// What is chosen counts as the person's choice from here on.
    pub fn settle(&mut self) {
        self.touched |= matches!(&self.entry, Entry::Choice { value, .. } if !value.is_empty());
    }

    /// What was chosen and cannot be any more: nothing else is sent in its place.
    pub fn gone(&self) -> Option<Invalid> {
        let (_, None) = self.choices()? else { return None };
        let answer = self.entry.answer();
        let why = || format!("{answer} is not there any more: choose another");
        (!answer.is_empty()).then(|| Invalid::new(self.field.label, why()))
    }

    /// The things to choose from, and the place of the chosen one; `None` where it is not there any more.
    pub fn choices(&self) -> Option<(&[Choice], Option<usize>)> {
        let (FieldKind::Choice(choices), Entry::Choice { value, .. }) = (&self.field.kind, &self.entry) else {
            return None;
        };
        Some((choices, choices.iter().position(|choice| choice.value == *value)))
    }

    /// Goes through the choices.
    pub fn step(&mut self, to: impl Fn(usize, usize) -> Option<usize>) {
        let next = self.choices().and_then(|(choices, at)| match at {
            Some(at) => choices.get(to(at, choices.len().checked_sub(1)?)?),
            None => choices.first(),
        });
        let Some(next) = next.map(|choice| choice.value.clone()) else { return };
        if let Entry::Choice { value, search } = &mut self.entry {
            self.touched |= *value != next;
            *value = next;
            search.clear();
        }
    }

    /// The keyboard goes on to another field: what is typed in this one later is a new search.
    pub fn leave(&mut self) {
        self.visited = true;
        if let Entry::Choice { search, .. } = &mut self.entry {
            search.clear();
        }
    }

    /// What it may be by what is typed so far: what goes on with it first.
    pub fn offers(&self) -> Vec<&str> {
        let (words, Entry::Line(input)) = (self.words(), &self.entry) else { return Vec::new() };
        let typed = input.value().to_lowercase();
        let (ahead, inside) = words.iter().partition::<Vec<_>, _>(|word| word.to_lowercase().starts_with(&typed));
        let inside = inside.into_iter().filter(|word| word.to_lowercase().contains(&typed));
        ahead.into_iter().chain(inside).map(String::as_str).filter(|word| *word != input.value()).collect()
    }

    /// What the right key adds at the end of the line.
    pub fn rest(&self) -> Option<&str> {
        let Entry::Line(input) = &self.entry else { return None };
        let at_end = !input.value().is_empty() && input.cursor() == input.value().chars().count();
        let goes_on = |word: &&str| word.len() > input.value().len() && word.starts_with(input.value());
        let word = at_end.then(|| self.offers().into_iter().find(goes_on)).flatten()?;
        word.get(input.value().len()..)
    }

    /// What is typed is the beginning of a path that is there: it is on its way, and no mistake.
    pub fn is_on_its_way(&self) -> bool {
        let Entry::Line(input) = &self.entry else { return false };
        let goes_on = |path: &String| path.len() > input.value().len() && path.starts_with(input.value());
        matches!(self.field.kind, FieldKind::File(_)) && self.paths.iter().any(goes_on)
    }

    fn words(&self) -> &[String] {
        match &self.field.kind {
            FieldKind::Offered(words) => words,
            FieldKind::File(_) => &self.paths,
            _ => &[],
        }
    }

    /// A key that means nothing but to a field.
    pub fn type_key(&mut self, chord: Chord) {
        let before = self.entry.answer();
        let rest = self.rest().map(str::to_owned);
        match (&mut self.entry, &self.field.kind) {
            (Entry::Line(input), kind) => match (keys::edit(chord), kind) {
                (Some(InputRequest::GoToNextChar), FieldKind::Offered(_) | FieldKind::File(_)) if rest.is_some() => {
                    *input = Input::new(format!("{before}{}", rest.unwrap_or_default()));
                }
                (Some(InputRequest::GoToPrevChar), FieldKind::Number { step, least, most, .. }) => {
                    *input = stepped(input.value(), -step, *least, *most);
                }
                (Some(InputRequest::GoToNextChar), FieldKind::Number { step, least, most, .. }) => {
                    *input = stepped(input.value(), *step, *least, *most);
                }
                // A number that was only offered is replaced by the first digit typed, not made ten times as large.
                (Some(request @ InputRequest::InsertChar(_)), FieldKind::Number { .. }) if !self.touched => {
                    *input = Input::default();
                    input.handle(request);
                }
                (Some(request), _) => drop(input.handle(request)),
                (None, _) => {}
            },
            (Entry::Choice { value, search }, FieldKind::Choice(choices)) => {
                choose(value, search, choices, keys::edit(chord));
            }
            (Entry::Lines(area), _) => drop(area.input(chord.event())),
            _ => {}
        }
        self.touched |= self.entry.answer() != before;
    }

    /// What the number means that stands in it, where it has a meaning of its own.
    pub fn meaning(&self) -> Option<&'static str> {
        let FieldKind::Number { special, .. } = &self.field.kind else { return None };
        special.filter(|(number, _)| self.entry.answer().trim() == number.to_string()).map(|(_, meaning)| meaning)
    }

    /// An answer as a person reads it.
    pub fn said(&self, answer: &str) -> String {
        let words = |choices: &[Choice]| choices.iter().find(|it| it.value == answer).map(|it| it.words.clone());
        match &self.field.kind {
            FieldKind::Choice(choices) => words(choices).unwrap_or_else(|| answer.to_owned()),
            FieldKind::Number { special, .. } => match (answer.trim().parse::<i64>(), special) {
                (Ok(number), Some((other, meaning))) if number == *other => (*meaning).to_owned(),
                (Ok(number), _) => grouped(number),
                (Err(_), _) => answer.to_owned(),
            },
            _ => answer.to_owned(),
        }
    }

    /// Puts a text in place of what was written.
    pub fn set_lines(&mut self, text: &str) {
        if let Entry::Lines(area) = &mut self.entry {
            **area = TextArea::from(text.lines());
            self.touched = true;
        }
    }

    /// Pasted text; what is chosen takes none.
    pub fn paste(&mut self, text: &str) {
        match &mut self.entry {
            Entry::Line(input) => {
                // A paste ends in no key press: a trailing line end never submits.
                for c in text.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }) {
                    input.handle(InputRequest::InsertChar(c));
                }
            }
            Entry::Lines(area) => drop(area.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"))),
            Entry::Choice { .. } => return,
        }
        self.touched = true;
    }
}

/// The number a step away, held in its range; what is no number begins at the least.
fn stepped(text: &str, by: i64, least: i64, most: i64) -> Input {
    let number = text.trim().parse::<i64>().map_or(least, |n| n.saturating_add(by)).clamp(least, most);
    Input::new(number.to_string())
}

/// Goes to the choice that fits best what is typed so far; where none does, stays.
fn choose(value: &mut String, search: &mut String, choices: &[Choice], request: Option<InputRequest>) {
    match request {
        Some(InputRequest::DeletePrevChar) => drop(search.pop()),
        Some(InputRequest::InsertChar(c)) => search.push(c),
        _ => return,
    }
    if let Some(found) = found(choices, &search.to_lowercase()) {
        value.clone_from(&found.value);
    }
}

/// What is called so or is sent so, else what begins so, else what has it inside: who types 2 means version 2, not 12.
fn found<'a>(choices: &'a [Choice], wanted: &str) -> Option<&'a Choice> {
    let rank = |choice: &Choice| {
        let names = [choice.value.to_lowercase(), choice.words.to_lowercase()];
        let any = |fits: &dyn Fn(&str) -> bool| names.iter().any(|name| fits(name));
        let nearness =
            [any(&|name| name == wanted), any(&|name| name.starts_with(wanted)), any(&|name| name.contains(wanted))];
        nearness.iter().position(|fits| *fits)
    };
    let ranked = choices.iter().filter_map(|choice| Some((rank(choice)?, choice)));
    ranked.filter(|_| !wanted.is_empty()).min_by_key(|(rank, _)| *rank).map(|(_, choice)| choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> String {
        let choices = ["$LATEST", "15", "12", "10", "2", "1"].map(Choice::plain).to_vec();
        let mut filled = Filled::new(Field::choice("version", "", "$LATEST", choices));
        keys.split(' ').for_each(|key| filled.type_key(key.parse().unwrap()));
        filled.entry.answer()
    }

    #[test]
    fn what_is_called_as_typed_comes_before_what_begins_so_and_that_before_what_has_it_inside() {
        assert_eq!([typed("2"), typed("1"), typed("1 2"), typed("5"), typed("l")], ["2", "1", "12", "15", "$LATEST"]);
        assert_eq!([typed("1 5 backspace"), typed("1 0 backspace backspace"), typed("9")], ["1", "1", "$LATEST"]);
    }

    #[test]
    fn what_is_typed_after_the_keyboard_was_elsewhere_is_a_new_search() {
        let mut filled = Filled::new(Field::choice("version", "", "1", ["21", "2", "1"].map(Choice::plain).to_vec()));
        filled.type_key("2".parse().unwrap());
        filled.leave();
        filled.type_key("1".parse().unwrap());
        assert_eq!(filled.entry.answer(), "1");
    }
}
