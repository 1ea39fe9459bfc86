//! Logs: events of one or more sources, and how a person narrows them down.

pub mod filter;
pub mod range;
