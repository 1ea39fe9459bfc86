//! The list of invocations: moving in it, sorting it, and going to one of them.

use super::alone::{isolate, nobody};
use super::{press, refresh};
use crate::keys::{Action, Logs as Key};
use crate::model::{Effect, Model};
use crate::update::{overlays, steps};

/// Does what a key means in the list of invocations.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let page = model.logs.rows(model.size).max(1);
    let half = (page / 2).max(1);
    let by = match action {
        Action::Open => {
            isolate(model);
            return Vec::new();
        }
        Action::Back => {
            back(model);
            return Vec::new();
        }
        Action::Refresh => return refresh(model),
        Action::Logs(key) => return turn(model, key),
        action => match steps::rows(action, page, half) {
            Some(by) => by,
            None => return Vec::new(),
        },
    };
    model.logs.runs.go(by, &model.logs.invocations);
    if by > 0 && model.logs.runs.is_at_end() {
        // Where the newest come first, what follows is older.
        model.logs.want_older();
    }
    Vec::new()
}

fn turn(model: &mut Model, key: Key) -> Vec<Effect> {
    let runs = &mut model.logs.runs;
    match key {
        Key::Order => runs.turn(runs.order.next(), runs.failed_only),
        Key::FailedOnly => runs.turn(runs.order, !runs.failed_only),
        Key::Invocations => model.logs.listing = false,
        Key::Copy => {
            let Some(request) = model.logs.run().map(|run| run.request.to_string()) else {
                nobody(model);
                return Vec::new();
            };
            return overlays::copy(model, "the request's number", request);
        }
        key => return press(model, key),
    }
    Vec::new()
}

fn back(model: &mut Model) {
    if !model.notices.dismiss() {
        model.logs.listing = false;
    }
}
