//! The log: fetching all of it, and going between its start and its tail.

use crate::model::body::View;
use crate::model::console::{Part, Progress, WholeLog};
use crate::model::text_view::Motion;
use crate::model::{Effect, Model};

/// The bytes of a log that come along with an answer: the tail of the whole log is as long.
const TAIL_BYTES: usize = 4096;

/// Asks for every log line of the run on show; once they are here, goes between their start and their tail.
pub(super) fn whole_run(model: &mut Model) -> Vec<Effect> {
    let ticket = model.tickets.next();
    let now = model.clock.now();
    let mut effects = Vec::new();
    let Some(run) = model.console.run_mut() else { return effects };
    if let WholeLog::Lines(_) = &run.whole_log {
        model.console.part = Part::Log;
        let window = model.console.window(model.size);
        if let Some(View::Text(view)) = model.console.view_mut() {
            let tail = view.lines().line_at(view.lines().text().len().saturating_sub(TAIL_BYTES));
            if view.first_line() == 0 { view.go_to_line(tail, window) } else { view.go(Motion::Top, window) }
        }
        return effects;
    }
    let request_id = match &run.progress {
        Progress::Answered(answer) => answer.request_id.clone(),
        _ => return effects,
    };
    let Some(request_id) = request_id else {
        model.notices.warn("this run has no request id: its log cannot be found", now);
        return effects;
    };
    let (log_group, since) = (run.invokee.log_group(), run.started.wall);
    effects.push(Effect::WholeRun { log_group, request_id, since, ticket });
    run.whole_log = WholeLog::Asked(ticket);
    model.console.part = Part::Log;
    effects
}
