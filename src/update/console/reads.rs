//! What the console reads by itself: the whole log of a run once it is wanted, and what becomes of a
//! queued event. Asked for by `reconcile`, as all reads.

use std::time::Duration;

use crate::model::console::{Progress, Run};
use crate::model::{Effect, Model, Place};

/// When the console wants something read, if ever.
pub fn run_due(model: &Model) -> Option<Duration> {
    if model.views.place() != Place::Console {
        return None;
    }
    let run = model.console.run()?;
    [run.whole_log.due(), next_due(run)].into_iter().flatten().min()
}

/// What is due now.
pub fn run_reads(model: &mut Model) -> Vec<Effect> {
    let now = model.clock.now().since;
    let mut effects = Vec::new();
    if run_due(model).is_none_or(|due| due > now) {
        return effects;
    }
    let (for_log, for_next) = (model.tickets.next(), model.tickets.next());
    let Some(run) = model.console.run_mut() else { return effects };
    let (function, qualifier) = (run.invokee.function.arn.clone(), run.invokee.qualifier.clone());
    let (log_group, since) = (run.invokee.log_group(), run.started.wall);
    let wants_next = next_due(run).is_some_and(|due| due <= now);
    let Progress::Answered(answer) = &mut run.progress else { return effects };
    if let Some(request_id) = answer.request_id.clone().filter(|_| run.whole_log.due().is_some_and(|due| due <= now)) {
        run.whole_log.ask(for_log);
        effects.push(Effect::WholeRun { log_group, request_id, since, ticket: for_log });
    }
    if wants_next {
        effects.extend(answer.next.ask(for_next, now).map(Effect::Cancel));
        effects.push(Effect::AfterEvent { function, qualifier, ticket: for_next });
    }
    effects
}

/// When it should be asked what becomes of a run's event, if ever.
fn next_due(run: &Run) -> Option<Duration> {
    match &run.progress {
        Progress::Answered(answer) if answer.status == 202 => answer.next.due(None, false),
        _ => None,
    }
}
