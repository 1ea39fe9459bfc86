//! Changes as data: what to ask, one pure step from the answers to a call, and how to confirm it.

use std::fmt;
use std::sync::Arc;

use super::row::{PaneId, Scope};
use crate::aws::{Call, Text};

/// How sure a person must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confirm {
    /// A dialog with Cancel as the default.
    Ask,
    /// The name of the thing must be typed.
    TypeName,
}

/// One field of an operation's form.
pub struct Field<T: 'static> {
    /// What is asked.
    pub label: &'static str,
    /// What is allowed, with units and range.
    pub hint: &'static str,
    /// What stands in it at first.
    pub initial: fn(&T) -> String,
}

/// Why an answer will not do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invalid {
    /// The number of the field.
    pub field: usize,
    /// What is wrong, and what would do.
    pub why: String,
}

/// The pure step from a row and answers to the exact call, or to a complaint.
pub type Does<T> = fn(&Scope, &T, &[String]) -> Result<Call, Invalid>;

/// One thing that can be done to a row.
pub struct Operation<T: 'static> {
    /// The key, checked against all bindings by a test.
    pub key: &'static str,
    /// What it does, for the footer and the help: "edit".
    pub label: &'static str,
    /// What to ask; empty asks nothing.
    pub fields: &'static [Field<T>],
    /// How to confirm.
    pub confirm: Confirm,
    /// The name to type, and to show in the title.
    pub target: fn(&Scope, &T) -> Target,
    /// `Err` says why it is not allowed on this row now.
    pub allowed: fn(&T) -> Result<(), &'static str>,
    /// From the answers to the call.
    pub does: Does<T>,
    /// The panes whose rows it makes untrue.
    pub spoils: &'static [PaneId],
}

/// What a change is aimed at, fixed when its dialog opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The name.
    pub name: Text,
    /// The ARN.
    pub arn: Text,
}

/// An operation as key handling, footer and help see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The key.
    pub key: &'static str,
    /// What it does.
    pub label: &'static str,
}

/// The pure step with its row fixed: only the answers are left open.
type Fixed = Arc<dyn Fn(&[String]) -> Result<Call, Invalid> + Send + Sync>;

/// An operation on one row, ready to be filled in: its target and its row are fixed from here on.
#[derive(Clone)]
pub struct Prepared {
    /// What it does.
    pub label: &'static str,
    /// Label, hint and first content of each field.
    pub fields: Vec<(&'static str, &'static str, String)>,
    /// How to confirm.
    pub confirm: Confirm,
    /// What it is aimed at.
    pub target: Target,
    /// The panes it makes untrue.
    pub spoils: &'static [PaneId],
    does: Fixed,
}

impl Prepared {
    /// The call that these answers mean, or the complaint.
    pub fn call(&self, answers: &[String]) -> Result<Call, Invalid> {
        (self.does)(answers)
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
        Head { key: self.key, label: self.label }
    }

    /// Fixes the operation on one row.
    pub fn prepare(&self, scope: &Scope, thing: &T) -> Result<Prepared, &'static str> {
        (self.allowed)(thing)?;
        let fields = self.fields.iter().map(|field| (field.label, field.hint, (field.initial)(thing)));
        let (does, scope, owned) = (self.does, scope.clone(), thing.clone());
        Ok(Prepared {
            label: self.label,
            fields: fields.collect(),
            confirm: self.confirm,
            target: (self.target)(&scope, thing),
            spoils: self.spoils,
            does: Arc::new(move |answers| does(&scope, &owned, answers)),
        })
    }
}
