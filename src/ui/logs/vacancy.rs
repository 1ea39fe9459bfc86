//! A log with nothing to show: each reason says what is so and what to do.

use ratatui::layout::Rect;

use super::super::Ink;
use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::vacancy::explain;
use super::foot::{gathering, unanswered};
use crate::aws::{Kind, Problem, Text, default_log_group};
use crate::model::logs::{Logs, Reach, Source};
use crate::model::lookup::{AliasOf, Wish};
use crate::model::{Link, Model};

/// Draws what is so, and what to do.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    explain(canvas, area, picture(model), ink);
}

fn picture(model: &Model) -> (Role, String, String) {
    match &model.session.link {
        Link::Failed(problem) => return (Role::Bad, problem.what(), format!("{} r tries again.", problem.hint)),
        Link::None | Link::Connecting(_) => return (Role::Muted, "connecting …".to_owned(), String::new()),
        Link::Up(_) => {}
    }
    let logs = &model.logs;
    if logs.sources.is_empty() && !logs.aliases.is_empty() {
        return unresolved(model);
    }
    if logs.sources.is_empty() && !logs.tags.is_empty() {
        return untagged(model);
    }
    if let Some((source, problem)) = logs.problem() {
        return failed(source, problem, model);
    }
    if logs.is_begun() {
        let stops = unanswered(model).unwrap_or_else(|| "x stops".to_owned());
        return (Role::Muted, format!("reading {} …", subject(logs)), stops);
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
    nothing(logs)
}

/// The versions behind an alias are not known.
fn unresolved(model: &Model) -> (Role, String, String) {
    let aliases = &model.logs.aliases;
    if let Some((AliasOf { function, alias }, problem)) = model.lookup.aliases.refused(aliases) {
        if problem.kind == Kind::Missing {
            let advice = "4 on the function lists those it has; r looks again".to_owned();
            return (Role::Text, format!("{function} has no alias {alias}, or there is no such function"), advice);
        }
        return (Role::Bad, problem.what(), format!("{} r tries again.", problem.hint));
    }
    let names = aliases.iter().map(AliasOf::words).collect::<Vec<_>>().join(" ");
    let what = format!("looking for the versions of {names} …");
    (Role::Muted, what, "each version writes to log streams of its own".to_owned())
}

/// No function with the tag is known.
fn untagged(model: &Model) -> (Role, String, String) {
    let tags = model.logs.tags.iter().map(Wish::words).collect::<Vec<_>>().join(" ");
    match (model.lookup.tags.problem(), gathering(model)) {
        (Some(problem), _) => (Role::Bad, problem.what(), format!("{} r tries again.", problem.hint)),
        (None, Some(far)) => (Role::Muted, format!("{far} …"), "their logs are shown as they are found".to_owned()),
        (None, None) => {
            let advice = "r looks at all functions again; :logs tag: and a tab completes with the tags there are";
            let unread = model.lookup.tags.unread();
            let but = unread.map(|(name, count)| match count {
                1 => format!(" as far as is known: the tags of {name} could not be read"),
                _ => format!(" as far as is known: the tags of {name} and {} others could not be read", count - 1),
            });
            (Role::Text, format!("no function has {tags}{}", but.unwrap_or_default()), advice.to_owned())
        }
    }
}

/// What has none: the group, a version of a function, or how many logs.
fn subject(logs: &Logs) -> String {
    match logs.sources.as_slice() {
        [one] if one.subject.versions.is_empty() => one.subject.group.to_string(),
        [one] => one.subject.name.to_string(),
        all => format!("{} logs", all.len()),
    }
}

/// Some of several logs have no group yet.
fn groups_missing(logs: &Logs) -> String {
    match logs.sources.iter().filter(|source| logs.problem_of(source).is_some()).count() {
        0 => String::new(),
        1 => "; 1 has no log group yet, s says which".to_owned(),
        some => format!("; {some} have no log group yet, s says which"),
    }
}

fn nothing(logs: &Logs) -> (Role, String, String) {
    let (subject, missing) = (subject(logs), groups_missing(logs));
    let advice = match logs.reach {
        Reach::Tail | Reach::Head => {
            return (
                Role::Text,
                format!("there are no events in {subject}{missing}"),
                "Nothing was logged yet, or the events are older than the group keeps them. i on a function invokes it; \
                 what it logs shows up here by itself."
                    .to_owned(),
            );
        }
        Reach::Between { to: Some(_), .. } => "T another range; 0 looks for the newest events, however old they are",
        _ if logs.paused => "0 looks for the newest events, however old they are; space goes on asking what is new",
        _ => "0 looks for the newest events, however old they are; what comes in shows up here by itself",
    };
    let reach = logs.reach.words();
    if let Some(pattern) = &logs.pattern {
        let what = format!("no events in {subject} with {pattern} ({reach}){missing}");
        return (Role::Text, what, "p changes the pattern, empty shows all; T a longer time".to_owned());
    }
    (Role::Text, format!("no events in {subject} ({reach}){missing}"), advice.to_owned())
}

fn failed(source: &Source, problem: &Problem, model: &Model) -> (Role, String, String) {
    match problem.kind {
        Kind::Missing => missing(source, problem, model),
        Kind::Throttled => (Role::Warn, problem.what(), format!("{} r tries now.", problem.hint)),
        kind if kind.passes() => {
            (Role::Bad, problem.what(), format!("{} It is tried again by itself; r tries now.", problem.hint))
        }
        _ => (Role::Bad, problem.what(), format!("{} r tries again.", problem.hint)),
    }
}

/// A log group that is not there: its function was never invoked, or its name is wrong.
fn missing(source: &Source, problem: &Problem, model: &Model) -> (Role, String, String) {
    let group = &source.subject.group;
    if let Some(function) = &source.subject.function {
        return (
            Role::Text,
            format!("{function} has logged nothing yet: there is no log group {group}"),
            format!(
                "It is made by the first invocation, if the function's role may logs:CreateLogGroup and \
                 logs:PutLogEvents. It is looked for every 5 s; i on the function invokes it. AWS: {}",
                problem.said
            ),
        );
    }
    let groups: Vec<Text> = model.function_list().iter().map(|name| default_log_group(name)).collect();
    let near = model.lookup.groups.nearest(group, groups.iter());
    let near = near.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
    let advice = match (near.is_empty(), model.lookup.groups.problem()) {
        (false, _) => format!("Nearest: {near}. :logs and a name opens one."),
        (true, Some(problem)) => format!("Those like it are not known: {}", problem.brief()),
        (true, None) if model.lookup.groups.is_looking() => "looking for those like it …".to_owned(),
        (true, None) => "No log group has a name like it.".to_owned(),
    };
    (Role::Text, format!("there is no log group {group}"), format!("{advice} It is looked for every 5 s."))
}
