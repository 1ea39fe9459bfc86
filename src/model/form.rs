//! An operation being filled in.

use super::field::{Entry, Filled};
use super::look::Look;
use super::store::Question;
use crate::aws::Problem;
use crate::keys::Chord;
use crate::panes::{Answers, FieldKind, FileUse, Invalid, Known, Plan, Prepared};

/// How many times the fields are worked out anew before it is taken that they will not settle: each
/// answer may bring a field whose first content brings another.
const ROUNDS: usize = 4;

/// An operation whose fields are being filled in. Its target was fixed when it opened.
#[derive(Debug)]
pub struct Form {
    /// The operation.
    pub prepared: Prepared,
    /// The list it was started from.
    pub question: Question,
    /// The fields, as the answers so far ask for them.
    pub fields: Vec<Filled>,
    /// The field that has the keyboard.
    pub focus: usize,
    /// What the answers come to: the exact call, or what is wrong with which field.
    pub plan: Result<Plan, Invalid>,
    /// The person wanted to go on: from then on every complaint is shown.
    pub tried: bool,
    /// What was found on the disk for the field that names a file.
    pub look: Look,
    /// Why AWS did not take what is filled in, when it was sent last. Of anything else it says nothing.
    pub refusal: Option<Problem>,
}

impl Form {
    /// The form of an operation, with its first contents.
    pub fn new(prepared: Prepared, question: Question, known: &Known<'_>) -> Self {
        let plan = Err(Invalid::new("", ""));
        let (fields, look) = (Vec::new(), Look::default());
        let mut form = Self { prepared, question, fields, focus: 0, plan, tried: false, look, refusal: None };
        form.arrange(known, &[]);
        form
    }

    /// What it does, and to what.
    pub fn title(&self) -> String {
        format!("{} {}", self.prepared.label, self.prepared.target.title)
    }

    /// The same operation on the same thing of the same list.
    pub fn is_of(&self, prepared: &Prepared, question: &Question) -> bool {
        let same = self.prepared.label == prepared.label && self.prepared.target == prepared.target;
        same && self.prepared.key == prepared.key && self.question == *question
    }

    /// The same form once more, for the thing as it is now: what was chosen in it was meant, also where it was only
    /// left as it was offered.
    pub fn again(mut self, prepared: Prepared) -> Self {
        self.fields.iter_mut().for_each(Filled::settle);
        Self { prepared, ..self }
    }

    /// The answers so far.
    pub fn answers(&self) -> Answers {
        self.fields.iter().map(|filled| (filled.field.label, filled.entry.answer())).collect()
    }

    /// Works out the fields and what they come to: after each key, and when what is known changed. `paths` are what is
    /// offered where a file is named.
    pub fn arrange(&mut self, known: &Known<'_>, paths: &[String]) {
        for _ in 0..ROUNDS {
            let asked = self.prepared.fields(known, &self.answers());
            let same = asked.len() == self.fields.len()
                && asked.iter().zip(&self.fields).all(|(asked, filled)| *asked == filled.field);
            if same {
                break;
            }
            let mut before = std::mem::take(&mut self.fields);
            self.fields = asked
                .into_iter()
                .map(|field| match before.iter().position(|filled| filled.field.label == field.label) {
                    Some(place) => before.swap_remove(place).asked(field),
                    None => Filled::new(field),
                })
                .collect();
        }
        self.focus = self.focus.min(self.fields.len().saturating_sub(1));
        if let Some(about) = self.fields.iter().find_map(|filled| filled.field.about.clone()) {
            self.prepared.about = Some(about);
        }
        for filled in self.fields.iter_mut().filter(|filled| matches!(filled.field.kind, FieldKind::File(_))) {
            filled.paths = paths.to_vec();
        }
        let gone = self.fields.iter().find_map(Filled::gone);
        self.plan = gone.map_or_else(|| self.prepared.plan(known, &self.answers()), Err);
    }

    /// What stands in the field that names a file, if there is one, and what the file is wanted for.
    pub fn file(&self) -> Option<(String, FileUse)> {
        self.fields.iter().find_map(|filled| match filled.field.kind {
            FieldKind::File(wanted) => Some((filled.entry.answer().trim().to_owned(), wanted)),
            _ => None,
        })
    }

    /// The next field, or the previous one.
    pub fn move_focus(&mut self, forward: bool) {
        let count = self.fields.len().max(1);
        if let Some(filled) = self.fields.get_mut(self.focus) {
            filled.leave();
        }
        self.focus = if forward { (self.focus + 1) % count } else { (self.focus + count - 1) % count };
    }

    /// Goes to the field that is complained about.
    pub fn show_complaint(&mut self) {
        self.tried = true;
        let Err(invalid) = &self.plan else { return };
        if let Some(place) = self.fields.iter().position(|filled| filled.field.label == invalid.field) {
            self.focus = place;
        }
    }

    /// What is wrong with a field.
    pub fn flaw(&self, filled: &Filled) -> Option<&str> {
        let invalid = self.plan.as_ref().err().filter(|invalid| invalid.field == filled.field.label)?;
        Some(&invalid.why)
    }

    /// What is wrong with a field, once it is the person's doing: nobody is blamed for what they did not come to yet.
    pub fn complaint(&self, filled: &Filled) -> Option<&str> {
        let flaw = self.flaw(filled)?;
        let has_keyboard = self.fields.get(self.focus).is_some_and(|focused| std::ptr::eq(focused, filled));
        if has_keyboard && !self.tried && filled.is_on_its_way() {
            return None;
        }
        // What stands in it may go with another field no more.
        let spoiled = || !filled.entry.answer().is_empty() && self.fields.iter().any(|filled| filled.touched);
        (self.tried || filled.touched || filled.visited || spoiled()).then_some(flaw)
    }

    /// What is wrong that no field is to blame for.
    pub fn obstacle(&self) -> Option<&str> {
        let invalid = self.plan.as_ref().err()?;
        let of_a_field = self.fields.iter().any(|filled| filled.field.label == invalid.field);
        (!of_a_field).then_some(&invalid.why)
    }

    /// The field with the keyboard takes several lines.
    pub fn takes_lines(&self) -> bool {
        self.fields.get(self.focus).is_some_and(|filled| matches!(filled.entry, Entry::Lines(_)))
    }

    /// The field with the keyboard shows a list to choose from.
    pub fn is_list_open(&self) -> bool {
        let choices = self.fields.get(self.focus).and_then(Filled::choices);
        choices.is_some_and(|(choices, _)| choices.len() > 1)
    }

    /// Goes through the choices of the field with the keyboard: `to` tells where from one and the last of them.
    pub fn step(&mut self, to: impl Fn(usize, usize) -> Option<usize>) {
        self.change(|filled| filled.step(to));
    }

    /// A key that is text.
    pub fn type_key(&mut self, chord: Chord) {
        self.change(|filled| filled.type_key(chord));
    }

    /// Pasted text.
    pub fn paste(&mut self, text: &str) {
        self.change(|filled| filled.paste(text));
    }

    /// The text of the field with the keyboard, where it takes several lines.
    pub fn lines(&self) -> Option<String> {
        self.fields.get(self.focus).filter(|_| self.takes_lines()).map(|filled| filled.entry.answer())
    }

    /// Puts a text in place of that.
    pub fn set_lines(&mut self, text: &str) {
        self.change(|filled| filled.set_lines(text));
    }

    /// Changes the field with the keyboard. Another answer was not refused yet.
    fn change(&mut self, change: impl FnOnce(&mut Filled)) {
        let Some(filled) = self.fields.get_mut(self.focus) else { return };
        let before = filled.entry.answer();
        change(filled);
        if filled.entry.answer() != before {
            self.refusal = None;
        }
    }

    /// What the person changed: label, what stood there, what stands there now. Of what is new, all that was answered:
    /// nothing stood there.
    pub fn changes(&self) -> Vec<(&'static str, Option<String>, String)> {
        let new = self.is_for_new();
        let told = self.fields.iter().filter(|filled| {
            let answer = filled.entry.answer();
            if new { !answer.is_empty() } else { answer != filled.field.initial }
        });
        told.map(|filled| {
            let before = (!new).then(|| filled.said(&filled.field.initial));
            (filled.field.label, before, filled.said(&filled.entry.answer()))
        })
        .collect()
    }

    /// It is about no row: what it asks for is made anew.
    pub fn is_for_new(&self) -> bool {
        self.prepared.key.is_none()
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
