//! The log: fetching all of it, and going between its start and its tail.

use crate::model::Model;
use crate::model::body::View;
use crate::model::console::Part;
use crate::model::text_view::Motion;

/// The bytes of a log that come along with an answer: the tail of the whole log is as long.
const TAIL_BYTES: usize = 4096;

/// Wants every log line of the run on show; once the last one is here, goes between their start and their tail.
pub(super) fn whole_run(model: &mut Model) {
    let now = model.clock.now();
    let Some(run) = model.console.run_mut() else { return };
    if !run.has_id() {
        let yet = if run.is_running() { " yet" } else { "" };
        model.notices.warn(format!("this run has no request id{yet}: l opens the log around it"), now);
        return;
    }
    // What is tried again later writes behind the end of an event's log.
    if !run.whole_log.is_whole() || run.is_event() {
        run.whole_log.want(now.since);
        model.console.part = Part::Log;
        return;
    }
    model.console.part = Part::Log;
    let window = model.console_window();
    if let Some(View::Text(view)) = model.console.view_mut() {
        let tail = view.lines().line_at(view.lines().text().len().saturating_sub(TAIL_BYTES));
        if view.first_line() == 0 { view.go_to_line(tail, window) } else { view.go(Motion::Top, window) }
    }
}
