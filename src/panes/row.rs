//! A row as the program sees it: a key to know it by, and the thing itself, unseen.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::value::Value;
use crate::aws::Text;

/// What a row is known by, whatever its position: an ARN, a version number, a setting's name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RowKey(pub Text);

/// A pane's name: in settings, tests, commands and the README. Unique over all panes.
pub type PaneId = &'static str;

/// The function a question is about. The ARN travels along: a name alone could mean another
/// account's function after a switch.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FunctionRef {
    /// The function's name, unqualified.
    pub name: Text,
    /// The unqualified ARN.
    pub arn: Text,
}

/// What a list is of.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Everything in the account and region of the session.
    Account,
    /// What belongs to one function.
    Function(FunctionRef),
}

impl Scope {
    /// The function's name, empty for the account.
    pub fn name(&self) -> Text {
        match self {
            Self::Account => Text::known(""),
            Self::Function(function) => function.name.clone(),
        }
    }
}

/// The thing a row was made of. Only the pane that made it looks into it again.
#[derive(Clone)]
pub struct Item(Arc<dyn Any + Send + Sync>);

impl Item {
    /// Wraps a thing.
    pub fn new<T: Send + Sync + 'static>(thing: T) -> Self {
        Self(Arc::new(thing))
    }

    /// The thing, if it is a `T`: a pane asks only for what it made itself.
    pub fn get<T: 'static>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The thing may hold what must not be printed.
        f.write_str("Item")
    }
}

/// One row of a list. Its cells are made when they are looked at: with thousands of rows most never
/// are, and kept they would be a third of the list's memory.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the row is known by.
    pub key: RowKey,
    /// AWS is still at it (Pending, `InProgress`, ...): look again soon.
    pub unsettled: bool,
    /// The thing itself.
    pub item: Item,
}

/// What a second question about one row brought: the late columns of that row.
#[derive(Clone, Debug, Default)]
pub struct LateRow {
    /// A value for each late column, in the order of the numbers in `Source::Late`.
    pub cells: Vec<Value>,
    /// AWS is still at it.
    pub unsettled: bool,
}
