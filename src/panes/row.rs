//! A row as the program sees it: a key to know it by, and the thing itself, unseen.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::value::Value;
use crate::aws::{Problem, Text};

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

/// The layer a question is about. The ARN tells the account it is published in.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LayerRef {
    /// The layer's name.
    pub name: Text,
    /// The ARN, without a version.
    pub arn: Text,
    /// It is published in the account of the session: only then can it be listed and changed.
    pub ours: bool,
}

impl LayerRef {
    /// What questions call it: our own by its name, which AWS and servers of others know; others by their ARN.
    pub fn asked(&self) -> Text {
        if self.ours { self.name.clone() } else { self.arn.clone() }
    }
}

/// What a list is of.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Everything in the account and region of the session.
    Account,
    /// What belongs to one function.
    Function(FunctionRef),
    /// What belongs to one layer.
    Layer(LayerRef),
    /// What belongs to one version of a layer, by its number.
    LayerVersion(LayerRef, i64),
}

/// What a list is of, without saying of which.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ScopeKind {
    /// One list for the session.
    Account,
    /// One list for each function.
    Function,
    /// One list for the session, or only the chosen function's part of it: a key switches.
    Either,
    /// One list for each layer.
    Layer,
    /// One list for each version of a layer.
    LayerVersion,
}

impl ScopeKind {
    /// What a person must choose before there is a list; empty for the account.
    pub fn word(self) -> &'static str {
        match self {
            Self::Account => "",
            Self::Function | Self::Either => "function",
            Self::Layer => "layer",
            Self::LayerVersion => "version of a layer",
        }
    }
}

impl Scope {
    /// The name of the function, the layer or its version; empty for the account.
    pub fn name(&self) -> Text {
        match self {
            Self::Account => Text::known(""),
            Self::Function(function) => function.name.clone(),
            Self::Layer(layer) => layer.name.clone(),
            Self::LayerVersion(layer, version) => Text::line(format!("{}:{version}", layer.name)),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> ScopeKind {
        match self {
            Self::Account => ScopeKind::Account,
            Self::Function(_) => ScopeKind::Function,
            Self::Layer(_) => ScopeKind::Layer,
            Self::LayerVersion(..) => ScopeKind::LayerVersion,
        }
    }

    /// The scope of another kind that this one lies in: the layer of a version, the account of anything.
    pub fn around(&self, kind: ScopeKind) -> Option<Self> {
        match (kind, self) {
            (ScopeKind::Account | ScopeKind::Either, _) => Some(Self::Account),
            (ScopeKind::Layer, Self::LayerVersion(layer, _)) => Some(Self::Layer(layer.clone())),
            _ => (self.kind() == kind).then(|| self.clone()),
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
    /// Lines of the detail box that not every row has: what, and the value.
    pub facts: Vec<(Text, Value)>,
    /// The answer itself, for the operations of the pane that asked.
    pub item: Option<Item>,
    /// Why a part of the cells could not be had: the other rows are asked for the rest only.
    pub lacks: Option<Problem>,
}

impl LateRow {
    /// The answer itself, if it is a `T`: a pane asks only for what it made itself.
    pub fn get<T: 'static>(&self) -> Option<&T> {
        self.item.as_ref()?.get()
    }
}
