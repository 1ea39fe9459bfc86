//! The log of a run: what came along, and all of it on demand.

use super::super::msg::Ticket;
use crate::aws::LogLine;

/// The complete log of a run, fetched on demand.
#[derive(Debug, Default)]
pub enum WholeLog {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// On its way.
    Asked(Ticket),
    /// Here.
    Lines(Vec<LogLine>),
}
