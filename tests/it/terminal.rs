//! The binary in a pseudo-terminal: what it draws there, what it writes, and how it leaves.

mod bytes;
mod leaving;
mod lending;
mod starting;
