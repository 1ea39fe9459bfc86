//! The whole program, driven as a person drives it: keys in, screen out, the real SDK in between, and
//! an AWS account of ours at the other end of a real socket.
//!
//! One binary: each further one would link the SDK once more.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests speak by panicking"
)]

use lambdash::demo;

#[path = "../support/mod.rs"]
mod support;

mod alias_changes;
mod aliases;
mod architecture;
mod burst;
mod cache;
mod compare;
mod concurrency;
mod configuration;
#[cfg(target_os = "linux")]
mod connections;
mod console_said;
mod deleted;
mod editing;
mod errors;
mod every_key;
mod functions;
mod hints;
mod history;
mod inbox;
mod insights;
mod invoke;
mod invoke_errors;
mod invoked;
mod layers;
mod live_tail;
mod log_choice;
mod log_folding;
mod log_invocations;
mod log_late;
mod log_reading;
mod log_search;
mod logs;
mod mappings;
mod mouse;
mod navigation;
mod operations;
mod overlays;
mod pair;
mod piped;
mod printed;
mod properties;
mod races;
mod readme;
mod refresh;
mod refused;
mod request;
mod response;
mod run_log;
mod screenshots;
mod sessions;
mod sizes;
mod streams;
#[cfg(unix)]
mod terminal;
mod third_party;
mod uploads;
mod version_changes;
mod versions;
