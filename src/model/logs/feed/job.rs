//! Reading a log group in one direction, page by page.

use std::time::Duration;

use super::super::super::msg::Ticket;
use crate::aws::{LogPage, LogQuery, Text};

/// The most events a call gives.
pub(super) const PAGE: i32 = 10_000;
/// Where nobody says from when, one page need not be the longest.
pub(super) const SOME: i32 = 1_000;

/// Reading in one direction, page by page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    pub from: i64,
    pub to: Option<i64>,
    pub newest_first: bool,
    /// To its end, and not only until something came.
    pub whole: bool,
    pub limit: i32,
    pub token: Option<Text>,
    pub asked: Option<Ticket>,
    /// When the last request of it left.
    pub since: Duration,
    pub pages: u32,
    /// The newest moment of the page before, to see which way the pages go.
    pub before: Option<i64>,
}

impl Job {
    /// All that was written from a moment on.
    pub fn since(from: i64) -> Self {
        let (to, token, asked, before) = (None, None, None, None);
        let since = Duration::ZERO;
        Self { from, to, newest_first: false, whole: true, limit: PAGE, token, asked, since, pages: 0, before }
    }

    /// What is asked next.
    pub fn query(&self, group: &Text, pattern: Option<&Text>) -> LogQuery {
        LogQuery {
            group: group.clone(),
            from: self.from,
            to: self.to,
            newest_first: self.newest_first,
            pattern: pattern.cloned(),
            limit: self.limit,
            token: self.token.clone(),
        }
    }

    /// Takes a page in; `true` when the job is done.
    pub fn take(&mut self, page: &LogPage) -> bool {
        self.asked = None;
        self.pages += 1;
        self.token.clone_from(&page.next);
        let (first, last) = (page.events.first().map(|e| e.at), page.events.last().map(|e| e.at));
        let newest = first.max(last);
        // Endpoints that know only the other direction begin at the wrong end: there it takes all pages to come to
        // the newest events.
        let wrong_way = self.newest_first && first < last && self.before.is_none_or(|before| newest > Some(before));
        self.before = newest.or(self.before);
        page.next.is_none() || (!self.whole && !page.events.is_empty() && !wrong_way)
    }

    /// The same way, newest first, until something came and no longer.
    pub fn some(&self) -> Self {
        Self { whole: false, limit: SOME, newest_first: true, ..self.clone() }
    }
}
