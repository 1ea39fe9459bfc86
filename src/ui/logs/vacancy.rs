//! A log with nothing to show: each reason says what is so and what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::Ink;
use super::super::theme::Role;
use super::super::vacancy::explain;
use crate::aws::{Kind, Problem};
use crate::model::logs::{Logs, Reach, Source};
use crate::model::{Link, Model};

/// Draws what is so, and what to do.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, ink: &Ink) {
    explain(buffer, area, picture(model), ink);
}

fn picture(model: &Model) -> (Role, String, String) {
    match &model.session.link {
        Link::Failed(problem) => return (Role::Bad, problem.what(), format!("{} r tries again.", problem.hint)),
        Link::None | Link::Connecting(_) => return (Role::Muted, "connecting …".to_owned(), String::new()),
        Link::Up(_) => {}
    }
    let logs = &model.logs;
    if let Some((source, problem)) = logs.problem() {
        return failed(source, problem);
    }
    let group = logs.sources.first().map_or("", |source| source.feed.group());
    if logs.sources.iter().any(|source| !source.feed.has_read()) {
        return (Role::Muted, format!("reading {group} …"), "x stops".to_owned());
    }
    if !logs.store.is_empty() && logs.shown_sources() == 0 {
        return (Role::Muted, "all sources are hidden".to_owned(), "s lists them, a there shows all".to_owned());
    }
    if !logs.store.is_empty() {
        let folded = logs.sieve.folded(&logs.store);
        if folded > 0 {
            let what = "only lines of Lambda that are folded away fit".to_owned();
            return (Role::Muted, what, "u shows them; esc clears the filter".to_owned());
        }
        let more = if logs.sieve.is_looking() { "still looking …" } else { "no event fits the filter" };
        let longer = if logs.sieve.only().is_some() { "" } else { "; 6 reads the last hour, T a longer time" };
        return (Role::Muted, more.to_owned(), format!("esc clears the filter{longer}"));
    }
    nothing(logs, group)
}

fn nothing(logs: &Logs, group: &str) -> (Role, String, String) {
    let advice = match logs.reach {
        Reach::Tail | Reach::Head => {
            return (
                Role::Text,
                format!("{group} holds no events"),
                "The function has logged nothing yet, or the events are older than the group keeps them. i on the \
                 function invokes it; what it logs shows up here by itself."
                    .to_owned(),
            );
        }
        _ if logs.paused => "0 looks for the newest events, however old they are; space goes on asking what is new",
        _ => "0 looks for the newest events, however old they are; what comes in shows up here by itself",
    };
    if let Some(pattern) = &logs.pattern {
        let what = format!("{group} has no events with {pattern} ({})", logs.reach.words());
        return (Role::Text, what, "p changes the pattern, empty shows all; T a longer time".to_owned());
    }
    (Role::Text, format!("no events in {} ({})", group, logs.reach.words()), advice.to_owned())
}

fn failed(source: &Source, problem: &Problem) -> (Role, String, String) {
    let group = source.feed.group();
    let about_key = problem.said.contains("KMS") || problem.said.contains("kms:");
    match problem.kind {
        Kind::Missing => (
            Role::Text,
            format!("there is no log group {group}"),
            format!(
                "It is made by the first invocation, if the function's role may logs:CreateLogGroup and \
                 logs:PutLogEvents. It is looked for every 5 s. AWS: {}",
                problem.said
            ),
        ),
        _ if about_key => (
            Role::Bad,
            format!("{group} is encrypted with a key that may not be used: {}", problem.said),
            "The identity needs kms:Decrypt for the key of the log group, and the key must be enabled. r tries again."
                .to_owned(),
        ),
        Kind::Throttled => (Role::Warn, problem.what(), format!("{} r tries now.", problem.hint)),
        kind if kind.passes() => {
            (Role::Bad, problem.what(), format!("{} It is tried again by itself; r tries now.", problem.hint))
        }
        _ => (Role::Bad, problem.what(), format!("{} r tries again.", problem.hint)),
    }
}
