//! What AWS and the disk answered.

use crate::aws::insights::{QueryResults, Started};
use crate::aws::{Kind, Problem};
use crate::model::insights::{InsightsAsk, InsightsTold, Kept, Part, Results, Stage};
use crate::model::{Effect, Model, TableView, Ticket};

/// Takes an answer in.
pub fn told(model: &mut Model, ticket: Ticket, told: InsightsTold) -> Vec<Effect> {
    let now = model.clock.now();
    match told {
        InsightsTold::Started(answer) => return started(model, ticket, answer),
        InsightsTold::Results(answer) => results(model, ticket, answer),
        InsightsTold::Stopped(Err(problem)) => model.notices.fail(&problem, now),
        InsightsTold::Stopped(Ok(())) => {}
        InsightsTold::Record(answer) => {
            let record = model.insights.record.as_mut().filter(|record| record.asked == Some(ticket));
            match (record, answer) {
                (Some(record), Ok(fields)) => record.fill(&fields),
                (Some(record), Err(problem)) => {
                    record.problem = Some(problem.clone());
                    model.notices.remember(&problem, now);
                }
                (None, _) => {}
            }
        }
        InsightsTold::Sizes(answer) => {
            let problem = answer.as_ref().err().cloned();
            if model.insights.sizes.accept(ticket, answer, now.since)
                && let Some(problem) = problem
            {
                model.notices.remember(&problem, now);
            }
        }
    }
    Vec::new()
}

fn started(model: &mut Model, ticket: Ticket, answer: Result<Started, Problem>) -> Vec<Effect> {
    let now = model.clock.now();
    let room = &mut model.insights;
    if let Some(place) = room.given_up.iter().position(|given_up| *given_up == ticket) {
        room.given_up.remove(place);
        let Ok(Started::Running(id)) = answer else { return Vec::new() };
        return vec![Effect::Insights { ask: InsightsAsk::Stop(id), ticket: model.tickets.next() }];
    }
    let Some(run) = room.run.as_mut().filter(|run| run.stage == Stage::Starting(ticket)) else { return Vec::new() };
    match answer {
        Ok(Started::Running(id)) => {
            run.stage = Stage::Going(id);
            room.before = None;
            // The rows of another query are looked at anew.
            room.table = TableView::new(None);
        }
        Ok(Started::Malformed(flaw)) => {
            room.flaw = Some((run.revision, flaw));
            room.run = room.before.take();
            room.part = Part::Query;
        }
        Err(problem) => {
            run.end(Stage::Refused(problem.clone()), now);
            room.before = None;
            model.notices.remember(&problem, now);
        }
    }
    Vec::new()
}

fn results(model: &mut Model, ticket: Ticket, answer: Result<QueryResults, Problem>) {
    let now = model.clock.now();
    let room = &mut model.insights;
    let Some(run) = &mut room.run else { return };
    let problem = answer.as_ref().err().cloned();
    let status = answer.as_ref().ok().map(|answer| answer.status);
    if !run.results.accept(ticket, answer.map(Results::of), now.since) {
        return;
    }
    room.table.outdated = true;
    if let Some(status) = status.filter(|status| !status.goes_on()) {
        run.end(Stage::Over(status), now);
    }
    if let Some(problem) = problem {
        // These do not mend themselves; the others are asked again after a while.
        if matches!(problem.kind, Kind::Denied | Kind::Missing | Kind::Invalid | Kind::Unsupported | Kind::Expired) {
            run.end(Stage::Refused(problem.clone()), now);
        }
        model.notices.remember(&problem, now);
    }
}

/// What came of earlier queries on disk.
pub fn queries_told(model: &mut Model, ticket: Ticket, answer: Result<Vec<Kept>, String>) -> Vec<Effect> {
    let now = model.clock.now();
    let kept = &mut model.insights.kept;
    match answer {
        Ok(from_disk) if kept.asked == Some(ticket) => kept.fill(from_disk),
        Ok(_) => {}
        // A disk that is full or write-protected is news once.
        Err(why) => {
            if kept.complaint.replace(why.clone()).is_none() {
                model.notices.warn(why, now);
            }
        }
    }
    Vec::new()
}
