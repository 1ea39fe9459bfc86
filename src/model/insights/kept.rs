//! Earlier queries: of this session and, from disk, of those before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::aws::Text;
use crate::model::msg::Ticket;

/// Whose queries: where they are filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// The account's number; empty when it is not known.
    pub account: Text,
    /// The region.
    pub region: Text,
    /// The endpoint, if it is not AWS's own.
    pub endpoint: Option<Text>,
}

/// One query that was sent. What it found is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// When.
    pub at: DateTime<Utc>,
    /// The query.
    pub text: String,
    /// The range of time, as it was typed.
    pub range: String,
    /// Whom it was about.
    pub names: Vec<String>,
}

/// Something to be done with queries on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptAsk {
    /// Read them.
    Read(Whose),
    /// Add one.
    Keep(Whose, Kept),
}

/// Earlier queries.
#[derive(Debug, Default)]
pub struct KeptQueries {
    /// The request for those on disk.
    pub asked: Option<Ticket>,
    /// Those on disk could not be read, or kept; said once.
    pub complaint: Option<String>,
    /// Those to be handed to the disk.
    pub new: Vec<Kept>,
    /// All, oldest first.
    all: Vec<Kept>,
}

impl KeptQueries {
    /// A query was sent.
    pub fn add(&mut self, kept: Kept) {
        self.new.push(kept.clone());
        self.all.push(kept);
    }

    /// Those on disk came; the ones of this session are newer.
    pub fn fill(&mut self, mut from_disk: Vec<Kept>) {
        from_disk.retain(|kept| !self.all.contains(kept));
        from_disk.append(&mut self.all);
        self.all = from_disk;
    }

    /// Each query once, the newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Kept> {
        let mut seen = std::collections::HashSet::new();
        self.all.iter().rev().filter(move |kept| seen.insert((&kept.text, &kept.names)))
    }
}
