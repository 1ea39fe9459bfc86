//! What is known of the function in the console, from the list of functions and the second question about it.

use super::Progress;
use crate::aws::Function;
use crate::model::{Model, Question};
use crate::panes::{self, Invokee, Row, RowKey, Scope};

/// AWS's name for every limit of requests and of concurrency.
const THROTTLED: &str = "TooManyRequestsException";

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
        let progress = self.console.run().map(|run| &run.progress);
        matches!(progress, Some(Progress::Failed(problem)) if problem.code.as_deref() == Some(THROTTLED))
    }
}
