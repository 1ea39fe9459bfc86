//! The response: copying what is shown.

use crate::model::console::{Part, Progress, WholeLog};
use crate::model::{Effect, Model};
use crate::update::overlays;

pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(run) = model.console.run() else { return Vec::new() };
    let Progress::Answered(answer) = &run.progress else { return Vec::new() };
    let lines: Vec<&str> = match (model.console.part, &run.whole_log) {
        (Part::Log, WholeLog::Lines(lines)) => lines.iter().map(|line| &*line.message).collect(),
        (Part::Log, _) => answer.tail.iter().flat_map(|tail| tail.lines.iter().map(|line| &*line.text)).collect(),
        _ => answer.lines.iter().map(|line| &**line).collect(),
    };
    let text = lines.join("\n");
    overlays::copy(model, "what this part shows", text)
}
