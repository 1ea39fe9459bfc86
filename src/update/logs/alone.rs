//! One invocation alone: that of a run of the console, or of the event under the cursor.

use chrono::TimeDelta;

use super::{show, subjects};
use crate::model::Model;
use crate::model::console::Progress;
use crate::model::logs::Reach;

/// So much of the log before and behind a run is read.
const AROUND: TimeDelta = TimeDelta::seconds(10);

/// Opens the log of the function around a run of the console. What the run wrote is shown alone as soon as it is there.
pub fn open_run(model: &mut Model) {
    let now = model.clock.now();
    let Some(run) = model.console.run() else {
        return model.notices.warn("there is no run yet; esc, then l on the function opens its log", now);
    };
    let from = run.started.wall - AROUND;
    // The end of a run arrives some seconds after it.
    let to = run.ended.map(|ended| ended.wall + AROUND).filter(|to| *to < now.wall - AROUND);
    let reach = Reach::Between { from: from.timestamp_millis(), to: to.map(|to| to.timestamp_millis()) };
    let request = match &run.progress {
        Progress::Answered(answer) => answer.request_id.clone(),
        _ => None,
    };
    let subjects = subjects(model, &run.invokee.clone());
    show(model, &subjects, reach);
    // It may be shown alone since it was opened before.
    let alone = model.logs.sieve.only().is_some_and(|only| request.as_deref() == Some(&*only.request));
    model.logs.sought = request.filter(|_| !alone);
}

/// Shows only the events of the invocation under the cursor.
pub(super) fn isolate(model: &mut Model) {
    let here = model.logs.sieve.only().is_none();
    if here && !model.logs.isolate(model.size) {
        nobody(model);
    }
}

/// Says that there is no invocation under the cursor.
pub(super) fn nobody(model: &mut Model) {
    let now = model.clock.now();
    let why = if model.logs.listing { "no invocation is listed" } else { "this event belongs to no invocation" };
    model.notices.warn(why, now);
}
