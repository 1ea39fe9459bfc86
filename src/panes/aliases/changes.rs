//! Shifting, pointing, promoting, rolling back and deleting aliases.

use super::super::field::{Answers, Field, Invalid};
use super::super::known::Remember;
use super::super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::super::value::{Tone, Value};
use super::asked::{described, differing_roles, permille, versions, weight_field};
use crate::aws::{Alias, AliasCall, Call, LATEST, Mapping, Second, Split, Text, percent};

/// What a promotion or another version replaces, remembered for the way back.
const BEFORE: &str = "version of alias";
/// What a roll back replaces, remembered apart: to have it again is no way back.
const ROLLED_BACK: &str = "rolled back version of alias";
/// What that is called.
const FORTH: &str = "undo the roll back of";
/// The panes that every change of an alias makes untrue.
const SPOILS: &[&str] = &["aliases"];
/// Shifts a share of the calls to a second version.
pub(super) const SHIFT: Operation<Alias> = Operation {
    key: "w",
    label: "shift weight",
    offered: Offered::Always,
    needs: &["versions"],
    fields: |on, _| {
        if let Some((second, share)) = on.thing.weights.first() {
            return vec![weight_field(&format!("version {second}"), percent(*share).to_string())];
        }
        let choices =
            versions(on.known, Some(&on.thing.version), |version| on.thing.version != *version && version != LATEST);
        let second = choices.first().map(|choice| Text::line(&choice.value)).unwrap_or_default();
        let hint = "who gets a share of the calls";
        vec![Field::choice("second", hint, second.to_string(), choices), weight_field("that version", "10".to_owned())]
    },
    confirm: Confirm::Ask,
    target,
    allowed: |on| match on.thing.version.as_str() {
        LATEST => {
            Err(format!("{} points to $LATEST, which shares no calls: point it to a version first", on.thing.name))
        }
        _ => Ok(()),
    },
    does: shift,
    spoils: SPOILS,
};

/// Points an alias to another version.
pub(super) const POINT: Operation<Alias> = Operation {
    key: "e",
    label: "point elsewhere",
    offered: Offered::Always,
    needs: &["versions"],
    fields: |on, _| {
        let choices = versions(on.known, Some(&on.thing.version), |_| true);
        let hint = "all calls go there then; newest first";
        vec![
            Field::choice("version", hint, on.thing.version.to_string(), choices),
            Field::line("description", "at most 256 characters", on.thing.description.to_string()),
        ]
    },
    confirm: Confirm::Ask,
    target,
    allowed: |_| Ok(()),
    does: point,
    spoils: SPOILS,
};

/// The second version becomes the only one.
pub(super) const PROMOTE: Operation<Alias> = Operation {
    key: "p",
    label: "promote",
    offered: Offered::Always,
    needs: &[],
    fields: |_, _| Vec::new(),
    confirm: Confirm::Ask,
    target,
    allowed: |on| match on.thing.weights.first() {
        Some(_) => Ok(()),
        None => Err(format!("{} has no second version to promote", on.thing.name)),
    },
    does: |on, _| {
        let second = on.thing.weights.first().map(|(version, _)| version);
        let Some(second) = second else { return Err(Invalid::new("", "there is no second version")) };
        Ok(moved(on.thing, second, BEFORE))
    },
    spoils: SPOILS,
};

/// Ends a split; without one, returns to the version before.
pub(super) const ROLL_BACK: Operation<Alias> = Operation {
    key: "b",
    label: "roll back",
    offered: Offered::Allowed,
    needs: &[],
    fields: |_, _| Vec::new(),
    confirm: Confirm::Ask,
    target,
    allowed: |on| match remembered(on, BEFORE).or(remembered(on, ROLLED_BACK)) {
        _ if !on.thing.weights.is_empty() => Ok(()),
        Some(_) => Ok(()),
        None => Err(format!("{} has no second version, and this session remembers none to go back to", on.thing.name)),
    },
    does: |on, _| match (remembered(on, BEFORE), remembered(on, ROLLED_BACK)) {
        _ if !on.thing.weights.is_empty() => Ok(changed(on.thing, None, Some(Split(None)), None)),
        (Some(version), _) => Ok(moved(on.thing, version, ROLLED_BACK)),
        (None, Some(version)) => Ok(Plan { label: Some(FORTH), ..moved(on.thing, version, BEFORE) }),
        (None, None) => Err(Invalid::new("", "there is no version to go back to")),
    },
    spoils: SPOILS,
};

/// Deletes an alias.
pub(super) const DELETE: Operation<Alias> = Operation {
    key: "D",
    label: "delete alias",
    offered: Offered::Always,
    needs: &["mappings"],
    fields: |_, _| Vec::new(),
    confirm: Confirm::TypeName,
    target,
    allowed: |_| Ok(()),
    does: |on, _| {
        let mut plan = Plan::of(Call::Alias(AliasCall::Delete { seen: on.thing.clone() }));
        plan.preview.push(("now", split(on.thing)));
        plan.warnings.push((
            Tone::Bad,
            "whoever names it fails at once: callers of its ARN, event sources, URLs; its permissions and its \
             provisioned concurrency go with it"
                .to_owned(),
        ));
        plan.warnings.push(fed(on));
        Ok(plan)
    },
    spoils: SPOILS,
};

/// The event source mappings that feed the alias, as far as they are known.
fn fed(on: &On<'_, Alias>) -> (Tone, String) {
    let feeds = |mapping: &&Mapping| mapping.function_arn == on.thing.arn;
    let sources = on.known.rows::<Mapping>("mappings").filter(feeds);
    let names: Vec<String> = sources.map(|it| format!("{} {}", it.source.kind.word(), it.source.name())).collect();
    match (names.len(), on.known.problem("mappings")) {
        (0, Some(problem)) => {
            (Tone::Warn, format!("which event source mappings feed it is not known. {}", problem.brief()))
        }
        (0, None) if !on.known.whole("mappings") => {
            (Tone::Warn, "which event source mappings feed it is being read …".to_owned())
        }
        (0, None) => (Tone::Plain, "no event source mapping feeds it".to_owned()),
        (1, _) => (Tone::Bad, format!("an event source mapping feeds it, and will fail: {}", names.concat())),
        (n, _) => (Tone::Bad, format!("{n} event source mappings feed it, and will fail: {}", names.join(", "))),
    }
}

fn target(on: &On<'_, Alias>) -> Target {
    let Alias { name, arn, .. } = on.thing;
    Target::of(name.clone(), arn.clone()).titled(format!("{name} of {}", on.scope.name()))
}

/// The version that this session moved it away from last, forth or back.
fn remembered<'a>(on: &On<'a, Alias>, way: &'static str) -> Option<&'a Text> {
    on.known.remembered(way, &on.thing.arn, &on.thing.version).filter(|version| **version != on.thing.version)
}

fn shift(on: &On<'_, Alias>, answers: &Answers) -> Result<Plan, Invalid> {
    let alias = on.thing;
    let second =
        alias.weights.first().map_or_else(|| Text::line(answers.get("second")), |(version, _)| version.clone());
    if second.is_empty() {
        let why = "there is no second version to choose; publish one, or wait until the versions are in";
        return Err(Invalid::new("second", why));
    }
    let permille = permille(answers)?;
    let now = alias.share_of(&second).unwrap_or_default();
    if (f64::from(permille) - now * 1000.0).abs() < 0.5 {
        return Err(Invalid::new("weight", format!("version {second} gets {} % already", percent(now))));
    }
    let to = (permille > 0).then(|| Second { version: second.clone(), permille });
    let mut plan = changed(alias, None, Some(Split(to)), None);
    if permille == 1000 {
        let words = format!("{} stays the main version and gets no call; p promotes {second}", alias.version);
        plan.warnings.push((Tone::Plain, words));
    }
    plan.warnings.extend(differing_roles(on.known, &alias.version, &second));
    Ok(plan)
}

fn point(on: &On<'_, Alias>, answers: &Answers) -> Result<Plan, Invalid> {
    let alias = on.thing;
    let description = described(answers)?;
    let version = Text::line(answers.get("version"));
    if version.is_empty() {
        return Err(Invalid::new("version", "the versions are still being read"));
    }
    let description = (description != alias.description.trim()).then_some(description);
    if version == alias.version {
        return match description {
            Some(_) => Ok(changed(alias, None, None, description)),
            None => Err(Invalid::new("version", format!("{} points there already", alias.name))),
        };
    }
    let mut plan =
        Plan { call: changed(alias, Some(&version), ended(alias), description).call, ..moved(alias, &version, BEFORE) };
    if let Some((second, _)) = alias.weights.first() {
        plan.warnings.push((Tone::Warn, format!("the split ends: version {second} gets nothing more")));
    }
    if version == LATEST {
        plan.warnings.push((Tone::Warn, "$LATEST changes with every deployment: callers get it at once".to_owned()));
    }
    Ok(plan)
}

/// An update of an alias, and how its calls go before and after.
fn changed(alias: &Alias, version: Option<&Text>, second: Option<Split>, description: Option<String>) -> Plan {
    let then = alias.with(version, second.as_ref());
    let routes = version.is_some() || second.is_some();
    let call = AliasCall::Update { seen: alias.clone(), version: version.cloned(), second, description };
    let mut plan = Plan::of(Call::Alias(call));
    if routes {
        plan.preview = vec![("now", split(alias)), ("then", split(&then))];
    }
    plan
}

/// The alias with all calls at one version; what it leaves is remembered, as what was before or was rolled back.
fn moved(alias: &Alias, version: &Text, what: &'static str) -> Plan {
    let remember = Remember { what, of: alias.arn.clone(), value: alias.version.clone() };
    Plan { remember: Some(remember), ..changed(alias, Some(version), ended(alias), None) }
}

/// The end of a split, where there is one.
fn ended(alias: &Alias) -> Option<Split> {
    (!alias.weights.is_empty()).then_some(Split(None))
}

fn split(alias: &Alias) -> Value {
    let second = alias.weights.first().map(|(version, share)| (version.clone(), *share));
    Value::Split(alias.version.clone(), second)
}
