//! What is on show, how each pane is looked at, and the way back.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::store::Question;
use super::table::TableView;
use crate::panes::{self, PaneId, RowKey, Scope, ScopeKind};

/// How many steps back are remembered.
const HISTORY: usize = 50;

/// What fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A pane.
    Pane(PaneId),
    /// The invoke console.
    Console,
    /// A log.
    Logs,
    /// Logs Insights.
    Insights,
}

impl Place {
    /// What a room that is no pane is called, beside the tabs.
    pub fn room(self) -> Option<&'static str> {
        match self {
            Self::Pane(_) => None,
            Self::Console => Some("Invoke"),
            Self::Logs => Some("Log"),
            Self::Insights => Some("Logs Insights"),
        }
    }
}

/// A masked value shown in clear, for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// The list it is in.
    pub question: Question,
    /// Its row.
    pub key: RowKey,
    /// When it is masked again.
    pub until: Duration,
}

/// What is on show and the state of every view.
#[derive(Debug)]
pub struct Views {
    place: Place,
    /// The pane behind the console, and the one whose tab is marked.
    pane: PaneId,
    /// The ways that led here, newest last: Esc goes back along them.
    back: Vec<Place>,
    /// The place before this one, for `-`.
    last: Option<Place>,
    tables: HashMap<PaneId, TableView>,
    /// The panes that list only the chosen function's rows, where they could list all.
    narrow: HashSet<PaneId>,
    /// What panes are about that are not about the account, by its kind.
    chosen: HashMap<ScopeKind, Scope>,
    /// The one value shown in clear.
    pub reveal: Option<Reveal>,
    /// The list has the whole width, without the facts beside it.
    pub alone: bool,
}

impl Default for Views {
    fn default() -> Self {
        let first = panes::ALL.first().map_or("", |pane| pane.id());
        let tables = panes::ALL.iter().map(|pane| (pane.id(), TableView::new(pane.sorted()))).collect();
        Self {
            place: Place::Pane(first),
            pane: first,
            back: Vec::new(),
            last: None,
            tables,
            narrow: HashSet::new(),
            chosen: HashMap::new(),
            reveal: None,
            alone: false,
        }
    }
}

impl Views {
    /// What fills the screen.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The pane on show, or behind the console.
    pub fn pane(&self) -> PaneId {
        self.pane
    }

    /// The pane whose tab is marked: the one on show, or the nearest one on the way to it that has a tab.
    pub fn tab(&self) -> PaneId {
        let shown = |pane: &PaneId| panes::find(pane).tab() == panes::Tab::Shown;
        let way = self.back.iter().rev().filter_map(|place| match place {
            Place::Pane(pane) => Some(*pane),
            Place::Console | Place::Logs | Place::Insights => None,
        });
        let first = panes::ALL.first().map_or("", |pane| pane.id());
        std::iter::once(self.pane).chain(way).find(shown).unwrap_or(first)
    }

    /// How a pane is looked at.
    pub fn table(&self, pane: PaneId) -> Option<&TableView> {
        self.tables.get(pane)
    }

    /// The same, to be changed.
    pub fn table_mut(&mut self, pane: PaneId) -> Option<&mut TableView> {
        self.tables.get_mut(pane)
    }

    /// All views.
    pub fn tables_mut(&mut self) -> impl Iterator<Item = (&PaneId, &mut TableView)> {
        self.tables.iter_mut()
    }

    /// The masked value of that row can be read on the screen.
    pub fn reveals(&self, question: &Question, key: &RowKey) -> bool {
        self.reveal.as_ref().is_some_and(|reveal| reveal.question == *question && reveal.key == *key)
    }

    /// Forgets everything looked at: another session begins.
    pub fn restart(&mut self) {
        let filters: Vec<_> = self.tables.iter().map(|(id, table)| (*id, table.filter.clone(), table.sort)).collect();
        *self = Self { place: self.place, pane: self.pane, alone: self.alone, ..Self::default() };
        for (id, filter, sort) in filters {
            if let Some(table) = self.tables.get_mut(id) {
                table.filter = filter;
                table.sort = sort;
            }
        }
        let of_one = !matches!(panes::find(self.pane).scope(), ScopeKind::Account | ScopeKind::Either);
        if of_one || !matches!(self.place, Place::Pane(_)) {
            let first = panes::ALL.first().map_or("", |pane| pane.id());
            self.show(Place::Pane(first));
        }
        // What was looked at before is of the session left behind.
        self.last = None;
    }

    /// The pane lists only the chosen function's rows, where it could list all.
    pub fn is_narrow(&self, pane: PaneId) -> bool {
        self.narrow.contains(pane)
    }

    /// Lists only the chosen function's rows from here on, or all again.
    pub fn narrow(&mut self, pane: PaneId, narrow: bool) {
        if narrow {
            self.narrow.insert(pane);
        } else {
            self.narrow.remove(pane);
        }
        if let Some(table) = self.tables.get_mut(pane) {
            table.outdated = true;
        }
    }

    /// Goes somewhere, remembering the way back.
    pub fn go(&mut self, place: Place) {
        if place == self.place {
            return;
        }
        self.back.push(self.place);
        if self.back.len() > HISTORY {
            self.back.remove(0);
        }
        self.show(place);
    }

    /// Goes to a place of the same rank: no step deeper.
    pub fn switch(&mut self, place: Place) {
        self.back.clear();
        self.show(place);
    }

    /// Goes to a place of the same depth: the way back is the same.
    pub fn replace(&mut self, place: Place) {
        self.show(place);
    }

    /// Goes back one step; `false` at the top.
    pub fn back(&mut self) -> bool {
        let first = panes::ALL.first().map_or("", |pane| pane.id());
        match self.back.pop() {
            Some(place) => self.show(place),
            None if self.place != Place::Pane(first) => self.show(Place::Pane(first)),
            None => return false,
        }
        true
    }

    /// There is a step to go back.
    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty() || Some(self.place) != panes::ALL.first().map(|pane| Place::Pane(pane.id()))
    }

    /// Goes to the place before this one.
    pub fn swap(&mut self) {
        if let Some(last) = self.last {
            self.back.clear();
            self.show(last);
        }
    }

    fn show(&mut self, place: Place) {
        if place != self.place {
            self.last = Some(self.place);
        }
        self.place = place;
        if let Place::Pane(pane) = place {
            self.pane = pane;
        }
        self.reveal = None;
    }

    /// What panes of a kind are about; those of [`ScopeKind::Either`] are about a function, if they are narrow.
    pub fn chosen(&self, kind: ScopeKind) -> Option<&Scope> {
        let kind = if kind == ScopeKind::Either { ScopeKind::Function } else { kind };
        self.chosen.get(&kind)
    }

    /// Begins to look at another function or layer: the views of its panes start at the top.
    pub fn choose(&mut self, scope: Scope) {
        let kind = scope.kind();
        if self.chosen(kind) == Some(&scope) {
            return;
        }
        self.chosen.insert(kind, scope);
        let narrow = self.narrow.clone();
        let about = |pane: &&&dyn panes::Pane| match pane.scope() {
            ScopeKind::Either => kind == ScopeKind::Function && narrow.contains(pane.id()),
            other => other == kind,
        };
        for pane in panes::ALL.iter().filter(about) {
            let sort = self.tables.get(pane.id()).and_then(|table| table.sort);
            let mut table = TableView::new(pane.sorted());
            table.sort = sort;
            self.tables.insert(pane.id(), table);
        }
    }
}
