//! What is known of the function in the console, from the list of functions and the second question about it.

use super::Run;
use crate::aws::{Function, LATEST};
use crate::model::{Model, Question};
use crate::panes::{self, Invokee, Row, RowKey, Scope};

impl Model {
    /// The row of the function in the console, with the list it is in.
    fn console_row(&self) -> Option<(Question, &Row)> {
        let arn = &self.console.invokee.as_ref()?.function.arn;
        let question = Question { pane: panes::functions::PANE.id, scope: Scope::Account };
        let row = self.store.rows(&question).iter().find(|row| row.key.0 == *arn)?;
        Some((question, row))
    }

    /// The row whose second question the console asks: whether the function can run now.
    pub fn console_late(&self) -> Option<(Question, RowKey)> {
        self.console_row().map(|(question, row)| (question, row.key.clone()))
    }

    /// The function without a qualifier, as `i` in the list of functions gives it.
    pub(super) fn invokee_of_function(&self) -> Option<Invokee> {
        let (question, row) = self.console_row()?;
        panes::find(question.pane).invokes(&question.scope, row)
    }

    /// Fills in what is known of an invokee by now. AWS chooses the version that an alias runs: the longest time limit
    /// of those it may be is the one to wait for. The function's own is that of `$LATEST` alone: to wait for less than a
    /// version may take would lose its answer.
    pub fn completed(&self, mut invokee: Invokee) -> Invokee {
        invokee.log_group = invokee.log_group.take().or_else(|| self.log_group_of(&invokee.function));
        let scope = Scope::Function(invokee.function.clone());
        let listed: Vec<Invokee> = panes::QUALIFIERS
            .iter()
            .flat_map(|pane| {
                let rows = self.store.rows(&Question { pane: pane.id(), scope: scope.clone() });
                rows.iter().filter_map(|row| pane.invokes(&scope, row))
            })
            .collect();
        if invokee.versions.is_empty() {
            let itself = listed.iter().find(|other| other.is_same(&invokee));
            invokee.versions = itself.map(|other| other.versions.clone()).unwrap_or_default();
        }
        let version = |other: &&Invokee| other.qualifier.as_ref().is_some_and(|it| invokee.versions.contains(it));
        let longest = listed.iter().filter(version).filter_map(|other| other.timeout).max();
        let own = self.invokee_named(&invokee.function.name).filter(|own| own.function == invokee.function);
        let latest = invokee.qualifier.as_deref().is_none_or(|it| it == LATEST);
        let own_timeout = own.as_ref().filter(|_| latest).and_then(|own| own.timeout);
        invokee.timeout = invokee.timeout.or(longest).or(own_timeout);
        invokee.architecture = invokee.architecture.take().or_else(|| own?.architecture);
        invokee
    }

    /// The function in the console as the list tells it.
    pub fn console_function(&self) -> Option<&Function> {
        let (_, row) = self.console_row()?;
        row.item.get()
    }

    /// The function keeps its tenants apart: a run must name one.
    pub fn isolates_tenants(&self) -> bool {
        self.console_function().is_some_and(|function| function.common.tenant_isolation.is_some())
    }

    /// The executions that are reserved for the function, as far as it is known.
    pub(super) fn console_reserved(&self) -> Option<i64> {
        let (question, row) = self.console_row()?;
        self.store.late(&question, &row.key).and_then(|slot| slot.answer()).and_then(panes::functions::reserved)
    }

    /// Why a run would not begin, as far as it is known.
    pub fn console_obstacles(&self) -> Vec<String> {
        let Some((question, row)) = self.console_row() else { return Vec::new() };
        let late = self.store.late(&question, &row.key).and_then(|slot| slot.answer());
        late.map(panes::functions::obstacles).unwrap_or_default()
    }

    /// The run on show met a limit of requests or of concurrency: it did not begin.
    pub fn is_throttled(&self) -> bool {
        self.console.run().is_some_and(Run::is_throttled)
    }
}
