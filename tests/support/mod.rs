//! What every test stands on: a program without a terminal, and an account to point it at.

mod harness;
pub mod server;
pub mod svg;

use super::demo;

pub use harness::{Harness, clock, shop, showcase};
