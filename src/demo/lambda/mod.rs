//! AWS Lambda's operations, answered from the account.

mod access;
pub(super) mod aliases;
mod behaviour;
mod concurrency;
mod configure;
mod functions;
mod invoke;
mod layer_changes;
mod layers;
mod mapping_changes;
mod mappings;
pub(super) mod routes;
mod stream;
mod versions;
