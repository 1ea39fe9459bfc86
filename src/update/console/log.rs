//! The log: fetching all of it, and going between its start and its tail.

use crate::aws::LogLine;
use crate::model::console::{Part, Progress, WholeLog};
use crate::model::{Effect, Model};

/// The bytes of a log that come along with an answer: the tail of the whole log is as long.
const TAIL_BYTES: usize = 4096;

/// Asks for every log line of the run on show; once they are here, goes between their start and their tail.
pub(super) fn whole_run(model: &mut Model) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let now = model.clock.now();
    let Some(run) = model.console.run_mut() else { return Vec::new() };
    let Progress::Answered(answer) = &run.progress else { return Vec::new() };
    if let WholeLog::Lines(lines) = &run.whole_log {
        let tail = tail_of(lines);
        let line = if model.console.log_at.0 == 0 { tail } else { 0 };
        model.console.log_at = (line, 0);
        model.console.part = Part::Log;
        return Vec::new();
    }
    let Some(request_id) = answer.request_id.clone() else {
        model.notices.warn("this run has no request id: its log cannot be found", now);
        return Vec::new();
    };
    let effect =
        Effect::WholeRun { log_group: run.invokee.log_group.clone(), request_id, since: run.started.wall, ticket };
    run.whole_log = WholeLog::Asked(ticket);
    // The whole log is shown from its start, wherever the tail was scrolled to.
    model.console.log_at = (0, 0);
    model.console.part = Part::Log;
    vec![effect]
}

/// The first of the lines that a tail has room for.
fn tail_of(lines: &[LogLine]) -> usize {
    let mut room = TAIL_BYTES;
    let fits = |line: &&LogLine| match room.checked_sub(line.message.len() + 1) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    lines.len().saturating_sub(lines.iter().rev().take_while(fits).count())
}
