//! The runs: no longer waiting for one.

use crate::model::{Effect, Model};

pub(super) fn abandon(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = super::burst::halt(model) {
        return effects;
    }
    let now = model.clock.now();
    match model.console.abandon(now) {
        Some(ticket) => {
            model.notices.warn("stopped waiting; the function itself goes on until it ends", now);
            vec![Effect::Cancel(ticket)]
        }
        None => Vec::new(),
    }
}
