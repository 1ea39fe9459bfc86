//! The only clock of the program.

use std::sync::Arc;
use std::time::Instant;

use chrono::Utc;

use crate::model::Now;

/// Tells the time. Tests tell their own.
pub type Clock = Arc<dyn Fn() -> Now + Send + Sync>;

/// The time of the machine, counted from now.
pub fn system() -> Clock {
    let start = Instant::now();
    Arc::new(move || Now { since: start.elapsed(), wall: Utc::now() })
}
