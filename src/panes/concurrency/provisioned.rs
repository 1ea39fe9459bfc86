//! Changes of what is kept warm for a version or an alias.

use super::super::field::{Answers, Choice, Field, Invalid};
use super::super::operation::{On, Plan, Target};
use super::super::value::{Tone, Value};
use super::super::versions::{find, newest_first};
use super::Share;
use super::operations::{account, looked_at, number, provisioned, seen, whose};
use crate::aws::{Alias, Call, Concurrency, ConcurrencyCall, LATEST, Provisioned, Text};

/// What a GB kept warm for a second costs in $: list prices of us-east-1, x86 and arm.
const PRICES: [f64; 2] = [0.000_004_166_7, 0.000_003_333_4];
/// Seconds of a month of 730 hours.
const MONTH: f64 = 2_628_000.0;

/// The versions and aliases that can be kept warm, the newest version first: `$LATEST` cannot.
fn places(on: &On<'_, Share>) -> Vec<Choice> {
    let warm = |qualifier: &str| match seen(on).ok().and_then(|seen| seen.of(qualifier)) {
        Some(part) => format!("{} provisioned", number(part.requested)),
        None => String::new(),
    };
    let aliases = on.known.rows::<Alias>("aliases").filter(|alias| &*alias.version != LATEST);
    let aliases = aliases.map(|alias| Choice {
        value: alias.name.to_string(),
        words: format!("{} → {}", alias.name, alias.version),
        note: warm(&alias.name),
    });
    let versions = newest_first(on.known).into_iter().filter(|version| version.number().is_some());
    let versions = versions.map(|version| Choice {
        value: version.version.to_string(),
        words: format!("version {}", version.version),
        note: warm(&version.version),
    });
    aliases.chain(versions).collect()
}

pub(super) fn provision_fields(on: &On<'_, Share>, answers: &Answers) -> Vec<Field> {
    let places = places(on);
    let first = places.first().map(|place| place.value.clone()).unwrap_or_default();
    let chosen = if answers.get("version").is_empty() { first.clone() } else { answers.get("version").to_owned() };
    let now = seen(on).ok().and_then(|seen| seen.of(&chosen)).map(|part| part.requested);
    let most = room(on, &chosen).unwrap_or_default();
    let hint = format!("1 to {}, billed while they are kept, used or not", number(most));
    vec![
        Field::choice("version", "a published version, or an alias of one", first, places),
        Field::number("environments", &hint, now.unwrap_or(1).to_string(), (1, 1, most.into())),
    ]
}

/// How many can be kept warm for a version or alias: what is reserved for the function, or what the account has
/// left, less what its other versions take.
fn room(on: &On<'_, Share>, qualifier: &str) -> Option<u32> {
    let seen = seen(on).ok()?;
    let own = seen.of(qualifier).map_or(0, |part| part.requested);
    match seen.reserved {
        Some(reserved) => Some(reserved.saturating_sub(seen.requested() - own)),
        None => Some(account(on)?.headroom(own)),
    }
}

pub(super) fn provision(on: &On<'_, Share>, answers: &Answers) -> Result<Plan, Invalid> {
    let seen = looked_at(on, "version")?;
    let qualifier = answers.get("version");
    if qualifier.is_empty() {
        let why = if on.known.whole("aliases") && on.known.whole("versions") {
            "nothing to provision: publish a version first, $LATEST cannot be provisioned"
        } else {
            "the versions are not read yet"
        };
        return Err(Invalid::new("version", why));
    }
    let most = room(on, qualifier).ok_or_else(|| Invalid::new("environments", "the limits are not read yet"))?;
    let executions = answers.number("environments", 1..=most.max(1).into(), "")?;
    let executions = u32::try_from(executions).unwrap_or(most);
    if executions > most {
        return Err(Invalid::new("environments", "nothing is left to be provisioned: see what is reserved"));
    }
    let now = seen.of(qualifier).map(|part| part.requested);
    if now == Some(executions) {
        return Err(Invalid::new("environments", "that is what it has"));
    }
    let warm = |n: Option<u32>| n.map_or_else(|| "none".to_owned(), |n| format!("{} kept warm", number(n)));
    let call = ConcurrencyCall::Provision { of: whose(on), qualifier: Text::line(qualifier), seen: now, executions };
    Ok(Plan {
        preview: vec![
            ("now", Value::Text(Text::line(warm(now)))),
            ("then", Value::Text(Text::line(warm(Some(executions))))),
        ],
        warnings: vec![(Tone::Warn, cost(on, qualifier, executions))],
        target: Some(qualified(on, qualifier)),
        ..Plan::of(Call::Concurrency(call))
    })
}

/// The version or alias that is kept warm.
fn qualified(on: &On<'_, Share>, qualifier: &str) -> Target {
    let of = |whose: &Text| Text::line(format!("{whose}:{qualifier}"));
    Target::of(of(&on.thing.function.name), of(&on.thing.function.arn))
}

/// What keeping them warm costs, as far as list prices tell.
fn cost(on: &On<'_, Share>, qualifier: &str, executions: u32) -> String {
    let version = on.known.rows::<Alias>("aliases").find(|alias| &*alias.name == qualifier);
    let version = version.map_or(qualifier, |alias| alias.version.as_str());
    let memory =
        find(on.known, version).and_then(|version| version.memory).map_or(f64::from(on.thing.memory), f64::from);
    let [x86, arm] = PRICES;
    let price = if &*on.thing.architecture == "arm64" { arm } else { x86 };
    let month = f64::from(executions) * memory / 1024.0 * MONTH * price;
    format!(
        "Billed while they are kept, used or not: about ${month:.0} a month for {} × {memory:.0} MB at the list price of \
         us-east-1.",
        number(executions)
    )
}

pub(super) fn can_remove(on: &On<'_, Share>) -> Result<(), String> {
    if provisioned(on)?.is_empty() {
        Err(format!("nothing is provisioned for {}", on.thing.function.name))
    } else {
        Ok(())
    }
}

/// Only one to remove needs no asking.
pub(super) fn remove_fields(on: &On<'_, Share>, _: &Answers) -> Vec<Field> {
    let parts = seen(on).map_or(&[][..], Concurrency::parts);
    let choice = |part: &Provisioned| Choice {
        note: format!("{} provisioned", number(part.requested)),
        ..Choice::plain(&part.qualifier)
    };
    match parts {
        [] | [_] => Vec::new(),
        [first, ..] => {
            let choices = parts.iter().map(choice).collect();
            vec![Field::choice("version", "the version or alias to keep warm no longer", &*first.qualifier, choices)]
        }
    }
}

pub(super) fn remove(on: &On<'_, Share>, answers: &Answers) -> Result<Plan, Invalid> {
    let seen = looked_at(on, "version")?;
    let chosen = answers.get("version");
    let part = if chosen.is_empty() { seen.parts().first() } else { seen.of(chosen) };
    let part = part.ok_or_else(|| Invalid::new("version", "nothing is provisioned there any more"))?;
    let (of, qualifier, requested) = (whose(on), part.qualifier.clone(), Some(part.requested));
    let target = Some(qualified(on, &part.qualifier));
    let call = ConcurrencyCall::Unprovision { of, qualifier, seen: requested };
    let ends = if part.failed() { "It failed, and costs nothing." } else { "Its cost ends, and cold starts return." };
    let now = format!("{}: {} kept warm", part.qualifier, number(part.requested));
    Ok(Plan {
        preview: vec![("now", Value::Text(Text::line(now))), ("then", Value::Text(Text::known("none")))],
        warnings: vec![(Tone::Warn, ends.to_owned())],
        target,
        ..Plan::of(Call::Concurrency(call))
    })
}
