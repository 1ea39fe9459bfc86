//! What a row's operations are told of other lists, and which lists these are.

use std::collections::HashMap;

use super::Model;
use super::list::List;
use super::overlay::Overlay;
use super::slot::Slot;
use super::store::Question;
use super::views::Place;
use crate::aws::{Problem, Text};
use crate::keys::Words;
use crate::panes::{
    self, FactLists, FunctionRef, Invokee, Known, KnownList, LateRow, PaneId, Prepared, Row, RowKey, Scope,
};

impl Model {
    /// The log group of a function, as its own row in the first pane tells it.
    pub fn log_group_of(&self, function: &FunctionRef) -> Option<Text> {
        let pane = panes::ALL.first()?;
        let question = self.question_of(*pane)?;
        let subject = Some(Scope::Function(function.clone()));
        let row = self.store.rows(&question).iter().find(|row| pane.subject(&question.scope, row) == subject)?;
        pane.invokes(&question.scope, row)?.log_group
    }

    /// What arguments of commands can be completed with now.
    pub fn words(&self) -> Words {
        Words {
            regions: crate::aws::regions(),
            profiles: self.profiles.names.clone(),
            unread: self.profiles.unread.as_ref().map(Problem::sentence),
            columns: self.pane().columns().iter().map(|column| column.title.to_string()).collect(),
            region: self.session.region().to_string(),
            profile: self.session.profile().to_string(),
            theme: self.options.theme.clone(),
            demo: self.session.demo,
            logs: self.log_names(),
            looking: self.looking(),
        }
    }

    /// Whom `i` invokes on the row of a function, by its name.
    pub fn invokee_named(&self, name: &str) -> Option<Invokee> {
        let pane = panes::ALL.first()?;
        let question = self.question_of(*pane)?;
        let row = self.store.rows(&question).iter().find(|row| *pane.name(row) == *name)?;
        pane.invokes(&question.scope, row)
    }

    /// The n-th operation of the pane on show, ready for the row under the cursor; `Err` says why it is not allowed.
    pub fn prepare(&self, n: usize) -> Option<Result<Prepared, String>> {
        let question = self.question()?;
        let (pane, row) = (self.pane(), self.row_of(self.pane(), &question));
        let known = self.known(pane.needs(), &question, row.map(|row| &row.key), None);
        let gone = row.filter(|row| self.store.is_gone(&self.source(&question), &row.key));
        let prepared = pane.prepare(n, &question.scope, row.filter(|_| gone.is_none()), &known);
        match (prepared, gone) {
            (Some(Err(_)), Some(row)) => {
                Some(Err(format!("{} was deleted: nothing can be done to it", pane.name(row))))
            }
            (prepared, _) => prepared,
        }
    }

    /// What an operation being filled in is told.
    pub fn known_to(&self, prepared: &Prepared, question: &Question) -> Known<'_> {
        let needs: Vec<PaneId> = panes::find(question.pane).needs().iter().chain(prepared.needs).copied().collect();
        self.known(&needs, question, prepared.key.as_ref(), prepared.about.as_ref())
    }

    /// The list that brings the rows of a list: itself, unless they are made of another one.
    pub fn source(&self, question: &Question) -> Question {
        let made_of = panes::find(question.pane).made_of();
        made_of.and_then(|pane| needed(pane, &question.scope, None)).unwrap_or_else(|| question.clone())
    }

    /// The slot behind a list: how it stands, how old it is and what is wrong with it.
    pub fn behind(&self, question: &Question) -> Option<&Slot<List>> {
        self.store.list(&self.source(question))
    }

    /// What the rows of a list can be joined with.
    pub fn known_to_list(&self, question: &Question) -> Known<'_> {
        self.known(panes::find(question.pane).needs(), question, None, None)
    }

    /// What the second question has brought of all rows of a list, once it has of each.
    pub fn lates(&self, question: &Question) -> Option<Vec<&LateRow>> {
        let list = self.store.list(question).and_then(Slot::answer).filter(|list| list.complete)?;
        // A frame does not look at thousands of answers only to find that some are not there yet.
        let asked = self.store.late_of(question).map_or(0, HashMap::len);
        let rows: Vec<_> = if asked < list.rows.len() { return None } else { self.store.late_rows(question).collect() };
        (rows.len() == list.rows.len()).then_some(rows)
    }

    /// The lists that the facts on the screen hang on.
    pub fn fact_questions(&self) -> Vec<Question> {
        let row = self.row().filter(|_| matches!(self.views.place(), Place::Pane(_)));
        let lists = row.map(|(_, row)| self.pane().fact_lists(row)).unwrap_or_default();
        // Most rows hang on no list: the screen is laid out for those that do.
        let shown = !lists.is_empty()
            && (matches!(self.overlays.last(), Some(Overlay::Detail(_)))
                || self.screen_of(self.pane(), self.size).is_some_and(|screen| screen.detail.width > 0));
        let lists = if shown { lists } else { Vec::new() };
        lists.into_iter().map(|(pane, scope)| Question { pane, scope }).collect()
    }

    /// What is known of the lists that the facts of a row hang on.
    pub fn fact_lists(&self, row: &Row) -> FactLists<'_> {
        let lists = self.pane().fact_lists(row).into_iter().filter_map(|(pane, scope)| {
            let question = Question { pane, scope };
            let list = self.known_list(&question)?;
            Some((question.scope, list))
        });
        FactLists(lists.collect())
    }

    /// One list, as far as it is in.
    fn known_list(&self, question: &Question) -> Option<KnownList<'_>> {
        let slot = self.store.list(question)?;
        let (list, problem) = (slot.answer(), slot.problem());
        let whole = problem.is_none() && list.is_some_and(|list| list.complete && list.kept.is_none());
        Some(KnownList { pane: question.pane, rows: list.map_or(&[], |list| &list.rows), whole, problem })
    }

    /// What is known beside a row of a list: the lists of `needs`, of the thing that the row or the list is about.
    fn known(&self, needs: &[PaneId], question: &Question, key: Option<&RowKey>, about: Option<&Scope>) -> Known<'_> {
        let lists = needs.iter().filter_map(|pane| self.known_list(&needed(pane, &question.scope, about)?));
        Known {
            lists: lists.collect(),
            // What a change of ours made untrue is not known before it is read again.
            late: key.and_then(|key| self.store.late(question, key).filter(|slot| slot.holds())?.answer()),
            memory: &self.memory,
            now: self.clock.now().wall,
            file: None,
        }
    }
}

/// The list of another pane that goes with a list: of what the row is about, or else of what the list is of or lies in.
pub fn needed(pane: PaneId, scope: &Scope, about: Option<&Scope>) -> Option<Question> {
    let kind = panes::find(pane).scope();
    let scope = about.and_then(|about| about.around(kind)).or_else(|| scope.around(kind))?;
    Some(Question { pane, scope })
}
