//! The only place where things happen: tasks, clocks, files, the terminal.

mod cache;
mod clock;
mod editor;
mod engine;
mod executor;
mod files;
mod flights;
mod history;
mod input;
mod insights;
mod journal;
mod live_tail;
mod lookup;
mod painter;
mod payloads;
mod ports;
pub mod print;
mod queries;
mod signals;
mod stream;
mod terminal;
mod tty;
mod watch;
mod workers;

pub use clock::{Clock, system};
pub use engine::{Engine, Flow};
pub use executor::Demand;

pub use painter::Painter;
pub use ports::Ports;
pub use terminal::Ended;
pub use workers::run;
