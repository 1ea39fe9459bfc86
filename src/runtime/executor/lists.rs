//! The questions of panes: lists page by page, second questions about a row, rows read again.

use tokio::sync::mpsc;

use super::Executor;
use crate::aws::{Aws, Problem, Text};
use crate::model::{Msg, Question, Ticket};
use crate::panes::{self, Row, RowKey};
use crate::runtime::cache::Shelf;

impl Executor {
    /// Loads a list page by page, from the cache first where it is to be recalled.
    pub(super) fn load(
        &mut self,
        aws: Aws,
        (question, place): (Question, Option<Text>),
        ticket: Ticket,
        recall: bool,
        shelf: Option<Shelf>,
    ) {
        let pane = panes::find(question.pane);
        let inbox = self.inbox.clone();
        let mut rows: Vec<Row> = Vec::new();
        let (keeps, landing) = (shelf.is_some(), self.flights.aloft());
        let panicked = {
            let question = question.clone();
            move || Msg::Loaded { question, ticket, answer: Err(Problem::panicked(pane.rows())) }.into()
        };
        let task = async move {
            if let Some(shelf) = shelf.as_ref().filter(|_| recall) {
                shelf.recall(&question, ticket, &inbox, landing.clone());
            }
            let (tell, asked) = (inbox.clone(), question.clone());
            let (page_sink, mut pages) = mpsc::unbounded_channel();
            let sink = Box::new(move |page: Vec<Row>, piece| {
                if keeps {
                    let _ = page_sink.send(page.clone());
                }
                let _ = tell.send(Msg::Page { question: asked.clone(), ticket, rows: page, piece }.into());
            });
            let answer = pane.load(aws, question.scope.clone(), place, sink).await;
            if let Some(shelf) = shelf.filter(|_| answer.is_ok()) {
                while let Ok(page) = pages.try_recv() {
                    rows.extend(page);
                }
                shelf.keep(pane, rows, landing);
            }
            Some(Msg::Loaded { question, ticket, answer }.into())
        };
        self.flights.launch(ticket, &self.inbox, task, panicked);
    }

    /// Asks the second question about a row, only for the `rest` of it if so, and before that of all others if `first`.
    pub(super) fn load_late(
        &mut self,
        aws: Aws,
        (question, key): (Question, RowKey),
        ticket: Ticket,
        (rest, first): (bool, bool),
    ) {
        let pane = panes::find(question.pane);
        let aws = if first { aws } else { aws.behind() };
        let Some(request) = pane.load_late(aws, question.scope.clone(), key.clone(), rest) else { return };
        let msg = move |answer| Msg::Late { question: question.clone(), key: key.clone(), ticket, answer };
        let few = Some(self.few.clone()).filter(|_| !first);
        let waiting = async move {
            // The semaphore is never closed; without a permit the request would be one too many, no more.
            let _permit = match few {
                Some(few) => few.acquire_owned().await.ok(),
                None => None,
            };
            request.await
        };
        self.answer(ticket, "read the row", waiting, msg);
    }

    /// Reads a row again.
    pub(super) fn again(&mut self, aws: Aws, question: Question, key: RowKey, ticket: Ticket) {
        let pane = panes::find(question.pane);
        let Some(request) = pane.again(aws, question.scope.clone(), key.clone()) else { return };
        let msg = move |answer| Msg::Again { question: question.clone(), key: key.clone(), ticket, answer };
        self.answer(ticket, "read the row again", request, msg);
    }
}
