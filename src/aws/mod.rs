//! Lambda as we speak of it: own types, one client, one kind of error.

mod account;
mod after_event;
mod alias;
mod budget;
mod call;
mod command;
mod common;
mod concurrency;
mod concurrency_call;
mod configuration;
mod connect;
mod credentials;
mod diagnosis;
mod endpoint;
mod function;
mod function_layers;
mod gateway;
mod identity;
mod invoke;
mod invoke_errors;
mod layer;
mod layer_call;
mod layer_policy;
mod level;
mod log_tail;
mod logs;
mod mapping;
mod marker;
mod network;
mod package;
mod pages;
pub mod pattern;
mod price;
mod problem;
mod profile;
mod region;
mod report;
mod secret;
mod setting;
mod settings;
mod stream;
mod text;
mod traffic;
mod transport;
mod version;
mod zip;

#[cfg(test)]
mod far_end;

pub use account::{Account, MUST_STAY, account, count};
pub use after_event::{AfterEvent, after_event};
pub use alias::{Alias, aliases};
pub use call::{Call, Done, FunctionCall};
pub use concurrency::{Concurrency, Provisioned, concurrency};
pub use concurrency_call::{ConcurrencyCall, Whose};
pub use configuration::{Configuration, read};
pub use connect::{Aws, Patience, Ports, Target, connect};
pub use function::{Function, Health, health, list, name_in};
pub use function_layers::function_layers;
pub use identity::{Identity, identity};
pub use invoke::{Invocation, InvocationType, Outcome, invoke};
pub use invoke_errors::meaning;
pub use layer::{Layer, LayerUse, LayerVersion, layer_content, layer_versions, layers};
pub use layer_call::LayerCall;
pub use layer_policy::{Grantee, LayerPolicy, LayerStatement, layer_policy};
pub use level::{Level, readable};
pub use log_tail::{LineKind, LogTail};
pub use logs::{LogLine, whole_run};
pub use mapping::{
    Allowed, Change, EventSource, Filters, Mapping, MappingCall, MappingSetting, NewMapping, SourceKind, mapping,
    mappings,
};
pub use package::Package;
pub use price::{price, prices_as_of};
pub use problem::{Kind, Problem};
pub use profile::profiles;
pub use region::{console_host, regions};
pub use report::Report;
pub use secret::Secret;
pub use setting::{Setting, SettingValue};
pub use stream::{Piece, StreamEnd, Streamed, invoke_streaming};
pub use text::Text;
pub use traffic::{Traffic, TrafficEvent, Watch};
pub use version::{Version, versions};
