//! Changes of what is set aside for a function; here those of its reservation.

use super::super::field::{Answers, Field, Invalid};
use super::super::known::Remember;
use super::super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::super::value::{Tone, Value, grouped};
use super::provisioned::{can_remove, provision, provision_fields, remove, remove_fields};
use super::{LateRow, Share};
use crate::aws::{Account, Call, Concurrency, ConcurrencyCall, MUST_STAY, Provisioned, Text, Whose};

/// What is remembered, so that it can be put back: what was reserved when the function was stopped.
const FORMER: &str = "reserved concurrency before the stop";
/// The value of that where nothing was reserved.
const NOTHING: &str = "none";

/// All of them.
pub const ALL: &[Operation<Share>] = &[
    Operation { fields: reserve_fields, does: reserve, ..of("e", "reserve") },
    Operation { confirm: Confirm::TypeName, allowed: can_stop, does: |on, _| set(on, Some(0)), ..of("0", "stop") },
    Operation { offered: Offered::Allowed, allowed: can_put_back, does: put_back, ..of("b", "put back") },
    Operation { allowed: can_release, does: |on, _| set(on, None), ..of("u", "unreserve") },
    Operation {
        needs: &["aliases", "versions"],
        fields: provision_fields,
        allowed: |on| provisioned(on).map(drop),
        does: provision,
        ..of("n", "provision")
    },
    Operation { fields: remove_fields, allowed: can_remove, does: remove, ..of("D", "remove provisioned") },
];

/// What all of them have in common.
const fn of(key: &'static str, label: &'static str) -> Operation<Share> {
    Operation {
        key,
        label,
        offered: Offered::Always,
        needs: &[],
        fields: |_, _| Vec::new(),
        confirm: Confirm::Ask,
        target: |on| Target::of(on.thing.function.name.clone(), on.thing.function.arn.clone()),
        allowed: |on| seen(on).map(drop),
        does: |_, _| Err(Invalid::new("", "")),
        spoils: &["concurrency", "account", "configuration"],
    }
}

/// What the person sees of the row.
pub(super) fn seen<'a>(on: &On<'a, Share>) -> Result<&'a Concurrency, String> {
    let late = on.known.late.and_then(LateRow::get);
    late.ok_or_else(|| format!("what is set aside for {} is being read", on.thing.function.name))
}

pub(super) fn looked_at<'a>(on: &On<'a, Share>, field: &'static str) -> Result<&'a Concurrency, Invalid> {
    seen(on).map_err(|why| Invalid::new(field, why))
}

/// What is kept warm for the row.
pub(super) fn provisioned<'a>(on: &On<'a, Share>) -> Result<&'a [Provisioned], String> {
    let refused = "what is provisioned may not be read: lambda:ListProvisionedConcurrencyConfigs is missing";
    seen(on)?.provisioned.as_deref().ok_or_else(|| refused.to_owned())
}

pub(super) fn account<'a>(on: &On<'a, Share>) -> Option<&'a Account> {
    on.known.rows("account").next()
}

pub(super) fn whose(on: &On<'_, Share>) -> Whose {
    Whose { name: on.thing.function.name.clone(), arn: on.thing.function.arn.clone() }
}

pub(super) fn number(n: u32) -> String {
    grouped(n.into())
}

/// What is reserved, in words.
fn words(reserved: Option<u32>) -> String {
    match reserved {
        None => "unreserved".to_owned(),
        Some(0) => "0, every invocation is throttled".to_owned(),
        Some(n) => format!("{} reserved", number(n)),
    }
}

fn reserve_fields(on: &On<'_, Share>, _: &Answers) -> Vec<Field> {
    let seen = seen(on).ok();
    let own = seen.map_or(0, Concurrency::taken);
    let most = account(on).map_or(0, |account| account.headroom(own));
    let initial = seen.and_then(|seen| seen.reserved).map(|own| own.to_string()).unwrap_or_default();
    vec![Field::number("executions", &headroom(on, own), initial, (10, 0, most.into()))]
}

/// What can be reserved, and why no more.
fn headroom(on: &On<'_, Share>, own: u32) -> String {
    let Some(account) = account(on) else { return "reading the account's limits …".to_owned() };
    let (most, unreserved) = (number(account.headroom(own)), number(account.unreserved));
    let own = if own > 0 { format!(" + {} its own", number(own)) } else { String::new() };
    format!("0 to {most}: {unreserved} unreserved{own} - {MUST_STAY} that must stay; 0 stops it")
}

fn reserve(on: &On<'_, Share>, answers: &Answers) -> Result<Plan, Invalid> {
    let seen = looked_at(on, "executions")?;
    let account = account(on).ok_or_else(|| Invalid::new("executions", "the account's limits are not read yet"))?;
    let most = account.headroom(seen.taken()).max(seen.reserved.unwrap_or_default());
    let why = |_| Invalid::new("executions", headroom(on, seen.taken()));
    let executions = answers.number("executions", 0..=most.into(), "").map_err(why)?;
    let executions = u32::try_from(executions).unwrap_or(most);
    if seen.reserved == Some(executions) {
        return Err(Invalid::new("executions", "that is what it has"));
    }
    if executions > 0 && executions < seen.requested() {
        let why = format!("at least {}: so much of it is provisioned", number(seen.requested()));
        return Err(Invalid::new("executions", why));
    }
    set(on, Some(executions))
}

fn can_stop(on: &On<'_, Share>) -> Result<(), String> {
    match seen(on)?.reserved {
        Some(0) => Err(format!("{} is stopped already", on.thing.function.name)),
        _ => Ok(()),
    }
}

fn can_release(on: &On<'_, Share>) -> Result<(), String> {
    match seen(on)?.reserved {
        None => Err(format!("nothing is reserved for {}", on.thing.function.name)),
        Some(_) => Ok(()),
    }
}

/// What is reserved, as it is remembered.
fn kept(reserved: Option<u32>) -> Text {
    reserved.map_or_else(|| Text::known(NOTHING), |reserved| Text::line(reserved.to_string()))
}

/// What was reserved before this session stopped it last.
fn former(on: &On<'_, Share>) -> Result<Option<u32>, String> {
    let now = kept(seen(on)?.reserved);
    match on.known.remembered(FORMER, &on.thing.function.arn, &now) {
        Some(value) => Ok(value.parse().ok()),
        None => Err(format!("{} was not stopped in this session", on.thing.function.name)),
    }
}

fn can_put_back(on: &On<'_, Share>) -> Result<(), String> {
    let (seen, former) = (seen(on)?, former(on)?);
    if former == seen.reserved { Err(format!("it is as it was: {}", words(former))) } else { Ok(()) }
}

fn put_back(on: &On<'_, Share>, _: &Answers) -> Result<Plan, Invalid> {
    set(on, former(on).map_err(|why| Invalid::new("", why))?)
}

/// The reservation set, or given back. What a stop replaces is remembered, and no other change: whoever lets a stopped
/// function run with a little first still wants what it had before.
fn set(on: &On<'_, Share>, then: Option<u32>) -> Result<Plan, Invalid> {
    let seen = looked_at(on, "executions")?;
    let of = whose(on);
    let call = match then {
        None => ConcurrencyCall::Release { of, seen: seen.reserved },
        Some(executions) => ConcurrencyCall::Reserve { of, seen: seen.reserved, executions },
    };
    // What it takes now returns to the pool; what it takes then comes out of it.
    let left = |reserved: Option<u32>| {
        let free = account(on)?.unreserved.saturating_add(seen.taken());
        let taken = Concurrency { reserved, provisioned: seen.provisioned.clone() }.taken();
        let whom = if reserved.is_some() { "for the others" } else { "for all that have none reserved" };
        Some(format!("{}; {} left {whom}", words(reserved), number(free.saturating_sub(taken))))
    };
    let line = |reserved| Value::Text(Text::line(left(reserved).unwrap_or_else(|| words(reserved))));
    let stops = then == Some(0);
    Ok(Plan {
        preview: vec![("now", line(seen.reserved)), ("then", line(then))],
        warnings: warnings(seen, then),
        confirm: stops.then_some(Confirm::TypeName),
        remember: stops.then(|| Remember {
            what: FORMER,
            of: on.thing.function.arn.clone(),
            value: kept(seen.reserved),
        }),
        ..Plan::of(Call::Concurrency(call))
    })
}

fn warnings(seen: &Concurrency, then: Option<u32>) -> Vec<(Tone, String)> {
    let mut warnings = Vec::new();
    if then == Some(0) {
        let all = "All invocations of all versions and aliases are throttled at once. Asynchronous events wait up to 6 h, \
                   streams and queues keep what they have.";
        warnings.push((Tone::Bad, all.to_owned()));
        match (&seen.provisioned, seen.billed()) {
            (None, _) => {
                let unknown = "What is provisioned for it may not be read here: it would stay, and cost.";
                warnings.push((Tone::Warn, unknown.to_owned()));
            }
            (Some(_), 0) => {}
            (Some(_), warm) => {
                warnings.push((Tone::Warn, format!("{} provisioned environments stay, and cost.", number(warm))));
            }
        }
        warnings.push((Tone::Plain, "b puts back what it has now, in this session.".to_owned()));
    } else if seen.reserved == Some(0) {
        warnings.push((Tone::Warn, "It is stopped now: it starts to run again, with all that waited.".to_owned()));
    } else if then.is_none() {
        warnings.push((Tone::Plain, "It shares the account's pool again, and can use all of it.".to_owned()));
    }
    warnings
}
