//! Changes as data: what to ask, one pure step from the answers to a call, and how to confirm it.

use std::fmt;
use std::sync::Arc;

use super::field::{Answers, Field, Invalid};
use super::known::{Known, Remember};
use super::row::{PaneId, RowKey, Scope};
use super::value::{Tone, Value};
use crate::aws::{Call, Text};

/// How sure a person must be. In a production profile one step more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Confirm {
    /// A dialog with Cancel as the default.
    Ask,
    /// The name of the thing must be typed.
    TypeName,
    /// A page of warnings first, then the name must be typed.
    Warned,
}

impl Confirm {
    /// One step surer.
    pub fn raised(self) -> Self {
        match self {
            Self::Ask => Self::TypeName,
            Self::TypeName | Self::Warned => Self::Warned,
        }
    }
}

/// What every part of an operation is told: the thing it is for, and what is known beside it.
pub struct On<'a, T> {
    /// What the list is of.
    pub scope: &'a Scope,
    /// The thing as it was when the form opened.
    pub thing: &'a T,
    /// What is known beside it now.
    pub known: &'a Known<'a>,
}

/// What the answers come to: the call, and what to know before it is sent.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The exact call.
    pub call: Call,
    /// What it does in a word, where the row decides: `pause` of `pause/resume`.
    pub label: Option<&'static str>,
    /// How things are and how they will be: `now`, `then`.
    pub preview: Vec<(&'static str, Value)>,
    /// What speaks for thinking twice.
    pub warnings: Vec<(Tone, String)>,
    /// How to confirm, where the answers ask for more than the operation does.
    pub confirm: Option<Confirm>,
    /// What the change replaces, to be remembered once it was made.
    pub remember: Option<Remember>,
    /// What it is aimed at, where the answers choose that.
    pub target: Option<Target>,
}

impl Plan {
    /// A call without more to say.
    pub fn of(call: Call) -> Self {
        Self {
            call,
            label: None,
            preview: Vec::new(),
            warnings: Vec::new(),
            confirm: None,
            remember: None,
            target: None,
        }
    }
}

/// What a change is aimed at, fixed when its dialog opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The name: what is typed where that is asked.
    pub name: Text,
    /// What titles call it: its name, with what it is of where that alone tells too little.
    pub title: Text,
    /// The ARN.
    pub arn: Text,
}

impl Target {
    /// A thing whose name says enough.
    pub fn of(name: Text, arn: Text) -> Self {
        Self { title: name.clone(), name, arn }
    }

    /// The same, called so in titles.
    pub fn titled(self, title: String) -> Self {
        Self { title: Text::line(title), ..self }
    }
}

/// Where a key is on offer before anybody presses it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Offered {
    /// On every row; dim where it is not allowed.
    Always,
    /// Only where it is allowed: what puts something back is no use before there is something.
    Allowed,
    /// On every row, and in a read-only session too: its form tells something without anything being sent.
    ToTry,
}

/// One thing that can be done to a row, or with `T` = [`Scope`] to the list's owner.
pub struct Operation<T: 'static> {
    /// The key, checked against all bindings by a test.
    pub key: &'static str,
    /// What it does, for the footer and the help: "edit".
    pub label: &'static str,
    /// Where the footer has it.
    pub offered: Offered,
    /// Lists that are loaded while its form is open, besides those the pane needs.
    pub needs: &'static [PaneId],
    /// What to ask, given the answers so far; nothing goes straight to the confirmation.
    pub fields: fn(&On<'_, T>, &Answers) -> Vec<Field>,
    /// How to confirm.
    pub confirm: Confirm,
    /// The name to type, and to show in the title.
    pub target: fn(&On<'_, T>) -> Target,
    /// `Err` says why it is not allowed on this row now.
    pub allowed: fn(&On<'_, T>) -> Result<(), String>,
    /// From the answers to the call, or to a complaint.
    pub does: fn(&On<'_, T>, &Answers) -> Result<Plan, Invalid>,
    /// The panes whose rows it makes untrue.
    pub spoils: &'static [PaneId],
}

/// What is changed of a row on another pane: who looks for it among the changes of this one is told where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Elsewhere {
    /// The key that leads there.
    pub key: &'static str,
    /// What is done there, in a word or two.
    pub label: &'static str,
    /// The way, in a sentence.
    pub way: &'static str,
}

impl Elsewhere {
    /// As it stands among the changes of a row.
    pub fn head(&self) -> Head {
        Head { key: self.key, label: self.label, offered: Offered::Always }
    }
}

/// An operation as key handling, footer and help see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The key.
    pub key: &'static str,
    /// What it does.
    pub label: &'static str,
    /// Where the footer has it.
    pub offered: Offered,
}

type Asks = Arc<dyn Fn(&Known<'_>, &Answers) -> Vec<Field> + Send + Sync>;
type Does = Arc<dyn Fn(&Known<'_>, &Answers) -> Result<Plan, Invalid> + Send + Sync>;

/// An operation on one row, ready to be filled in: its target and its row are fixed from here on.
#[derive(Clone)]
pub struct Prepared {
    /// What it does.
    pub label: &'static str,
    /// How to confirm.
    pub confirm: Confirm,
    /// What it is aimed at.
    pub target: Target,
    /// The row; `None` when it is for the whole list.
    pub key: Option<RowKey>,
    /// What the row stands for, for lists that are its own.
    pub about: Option<Scope>,
    /// Lists that are loaded while it is filled in.
    pub needs: &'static [PaneId],
    /// The panes it makes untrue.
    pub spoils: &'static [PaneId],
    asks: Asks,
    does: Does,
}

impl Prepared {
    /// What to ask, given the answers so far.
    pub fn fields(&self, known: &Known<'_>, answers: &Answers) -> Vec<Field> {
        (self.asks)(known, answers)
    }

    /// What these answers come to.
    ///
    /// # Errors
    /// The complaint about the first answer that will not do.
    pub fn plan(&self, known: &Known<'_>, answers: &Answers) -> Result<Plan, Invalid> {
        (self.does)(known, answers)
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("label", &self.label).field("target", &self.target).finish_non_exhaustive()
    }
}

impl<T: Clone + Send + Sync + 'static> Operation<T> {
    /// What the rest of the program sees of it before it is used.
    pub fn head(&self) -> Head {
        Head { key: self.key, label: self.label, offered: self.offered }
    }

    /// Fixes the operation on one row.
    ///
    /// # Errors
    /// Why it is not allowed on this row now.
    pub fn prepare(
        &'static self,
        scope: &Scope,
        thing: &T,
        key: Option<RowKey>,
        about: Option<Scope>,
        known: &Known<'_>,
    ) -> Result<Prepared, String> {
        let on = On { scope, thing, known };
        (self.allowed)(&on)?;
        let (fields, does) = (self.fields, self.does);
        let fixed = Arc::new((scope.clone(), thing.clone()));
        let same = fixed.clone();
        Ok(Prepared {
            label: self.label,
            confirm: self.confirm,
            target: (self.target)(&on),
            key,
            about,
            needs: self.needs,
            spoils: self.spoils,
            asks: Arc::new(move |known, answers| fields(&On { scope: &fixed.0, thing: &fixed.1, known }, answers)),
            does: Arc::new(move |known, answers| does(&On { scope: &same.0, thing: &same.1, known }, answers)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_production_profile_asks_for_one_step_more() {
        assert_eq!(Confirm::Ask.raised(), Confirm::TypeName);
        assert_eq!(Confirm::TypeName.raised(), Confirm::Warned);
        assert_eq!(Confirm::Warned.raised(), Confirm::Warned);
        assert!(Confirm::Warned > Confirm::TypeName && Confirm::TypeName > Confirm::Ask);
    }
}
