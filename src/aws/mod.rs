//! Lambda as we speak of it: own types, one client, one kind of error.

mod account;
mod alias;
mod budget;
mod call;
mod command;
mod configuration;
mod connect;
mod credentials;
mod diagnosis;
mod endpoint;
mod function;
mod gateway;
mod identity;
mod invoke;
mod log_tail;
mod logs;
mod marker;
mod network;
mod pages;
mod problem;
mod profile;
mod region;
mod report;
mod secret;
mod setting;
mod settings;
mod text;
mod traffic;
mod transport;
mod version;

#[cfg(test)]
mod far_end;

pub use account::count;
pub use alias::{Alias, aliases};
pub use call::{Call, Done, FunctionCall};
pub use configuration::{Configuration, read};
pub use connect::{Aws, Patience, Ports, Target, connect};
pub use function::{Function, Health, health, list, name_in};
pub use identity::{Identity, identity};
pub use invoke::{Invocation, InvocationType, Outcome, invoke};
pub use log_tail::{LineKind, LogTail};
pub use logs::{LogLine, whole_run};
pub use problem::{Kind, Problem};
pub use profile::profiles;
pub use region::{console_host, regions};
pub use report::Report;
pub use secret::Secret;
pub use setting::{Setting, SettingValue};
pub use text::Text;
pub use traffic::{Traffic, TrafficEvent, Watch};
pub use version::{Version, versions};
