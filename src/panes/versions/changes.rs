//! Publishing a version, and deleting one.

use super::super::field::{Answers, Field, Invalid};
use super::super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::super::row::Scope;
use super::super::value::{Tone, Value, ago};
use super::{Entry, newest_first};
use crate::aws::{Call, LATEST, Problem, Text, Version, VersionCall};

/// Publishes `$LATEST`.
pub(super) const PUBLISH: Operation<Scope> = Operation {
    key: "n",
    label: "publish",
    offered: Offered::Always,
    needs: &["versions"],
    fields: |_, _| vec![Field::line("description", "at most 256 characters; empty takes that of $LATEST", "")],
    confirm: Confirm::Ask,
    target: |on| match on.thing {
        Scope::Function(function) => Target::of(function.name.clone(), function.arn.clone()),
        other => Target::of(other.name(), Text::default()),
    },
    allowed: |_| Ok(()),
    does: publish,
    spoils: &["versions"],
};

/// Deletes one version.
pub(super) const DELETE: Operation<Entry> = Operation {
    key: "D",
    label: "delete version",
    offered: Offered::Always,
    needs: &[],
    fields: |_, _| Vec::new(),
    confirm: Confirm::TypeName,
    target: |on| {
        let Version { version, arn, .. } = &on.thing.version;
        Target::of(version.clone(), arn.clone()).titled(format!("{version} of {}", on.scope.name()))
    },
    allowed: |on| deletable(on.thing),
    does: |on, _| Ok(delete(on.thing)),
    spoils: &["versions"],
};

fn publish(on: &On<'_, Scope>, answers: &Answers) -> Result<Plan, Invalid> {
    let description = answers.get("description");
    let length = description.chars().count();
    if length > 256 {
        return Err(Invalid::new("description", format!("{length} characters; AWS takes at most 256")));
    }
    let versions = newest_first(on.known);
    let Some(latest) = versions.iter().find(|version| version.version == LATEST) else {
        return Err(Invalid::new("description", "the versions are still being read"));
    };
    // Which is the newest, and so whether AWS makes one at all, is known only when all of them are.
    if !on.known.whole("versions") {
        let reading = || "the versions are still being read".to_owned();
        let why = on.known.problem("versions").map_or_else(reading, Problem::brief);
        return Err(Invalid::new("description", why));
    }
    let newest = versions.iter().copied().find(|version| version.number().is_some());
    let call = Call::Version(VersionCall::Publish {
        seen: Box::new(Version::clone(latest)),
        newest: newest.and_then(Version::number),
        description: description.to_owned(),
    });
    let mut plan = Plan::of(call);
    let told = |version: &Version| {
        let age = version.last_modified.map(|at| format!(", {}", ago(at, on.known.now))).unwrap_or_default();
        Value::Text(Text::line(format!("{}{age}", version.version)))
    };
    plan.preview.push(("newest", newest.map_or(Value::NotSet("no version yet"), told)));
    if let Some(newest) = newest.filter(|newest| newest.settings == latest.settings) {
        let newest = &newest.version;
        let words = format!("$LATEST is what version {newest} is: AWS makes no version then, and returns {newest}");
        plan.warnings.push((Tone::Warn, words));
    }
    Ok(plan)
}

fn deletable(entry: &Entry) -> Result<(), String> {
    let version = &entry.version.version;
    if entry.version.number().is_none() {
        return Err(format!("{version} goes only with the whole function"));
    }
    match entry.users.as_deref() {
        Some([(alias, _)]) => Err(format!("the alias {alias} sends calls to {version}: point it elsewhere first")),
        Some(users @ [_, ..]) => {
            let names: Vec<&str> = users.iter().map(|(alias, _)| alias.as_str()).collect();
            Err(format!("the aliases {} send calls to {version}: point them elsewhere first", names.join(", ")))
        }
        _ => Ok(()),
    }
}

fn delete(entry: &Entry) -> Plan {
    let version = &entry.version.version;
    let mut plan = Plan::of(Call::Version(VersionCall::Delete { seen: Box::new(entry.version.clone()) }));
    plan.warnings
        .push((Tone::Warn, format!("it cannot be brought back, and callers that name version {version} fail")));
    if entry.users.is_none() {
        let known = if entry.hidden.is_some() { "may not be read" } else { "are not known yet" };
        plan.warnings.push((Tone::Warn, format!("the aliases {known}: if one uses it, nothing is sent")));
    }
    plan
}
