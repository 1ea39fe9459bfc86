//! Concurrency: how the account's executions are shared out, function by function.

mod operations;
mod provisioned;

use serde_json::json;

use super::cell::{fact, late_fact, own, told_late};
use super::known::Known;
use super::row::{FunctionRef, Item, LateRow, RowKey, Scope, ScopeKind};
use super::spec::{Banner, Column, Fact, Invokee, Join, Json, Late, Lates, More, Names, PaneSpec, Tab, Width};
use super::value::{Tone, Value, grouped};
use crate::aws::{self, Account, Call, Concurrency, Function, MUST_STAY, Provisioned, Text};

/// The numbers of the late cells: there is no list of what is set aside, only a question for each function.
mod late {
    pub const RESERVED: usize = 0;
    pub const PROVISIONED: usize = 1;
    pub const STATUS: usize = 2;
    pub const WORDS: usize = 3;
    pub const TOTAL: usize = 4;
}

/// What the list of functions tells of one.
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    function: FunctionRef,
    /// In MiB.
    memory: u32,
    architecture: Text,
    /// In seconds.
    timeout: u32,
    log_group: Option<Text>,
}

/// The pane.
pub static PANE: PaneSpec<Share> = PaneSpec {
    id: "concurrency",
    title: "Concurrency",
    rows: "functions",
    scope: ScopeKind::Account,
    tab: Tab::Shown,
    load: |_, _, _| Box::pin(async { Ok(()) }),
    key: |share| RowKey(share.function.arn.clone()),
    columns: COLUMNS,
    names: Names {
        name: |share| share.function.name.clone(),
        arn: |_, share| Some(share.function.arn.clone()),
        command: |_, share| format!("aws lambda get-function-concurrency --function-name {}", share.function.name),
        console: |region, _, share| {
            format!("/lambda/home?region={region}#/functions/{}?tab=configuration", share.function.name)
        },
        json: Json::Row(json),
    },
    empty: ("no functions in this account and region", "R chooses another region, P another profile"),
    more: More {
        sorted: Some((0, false)),
        late: Some(Late {
            all: true,
            load: |aws, _, key| {
                Box::pin(async move {
                    let (concurrency, lacks) = aws::concurrency(aws, key.0).await?;
                    Ok(LateRow { lacks, ..told(concurrency) })
                })
            },
            rest: Some(|aws, _, key| {
                Box::pin(async move {
                    let reserved = aws::reservation(aws, key.0).await?;
                    Ok(told(Concurrency { reserved, provisioned: None }))
                })
            }),
        }),
        facts: FACTS,
        needs: &["functions", "account"],
        banner: Some(banner),
        join: Some(Join { fill: |_, _, known| known.rows("functions").map(share).collect(), from: Some("functions") }),
        operations: operations::ALL,
        outcome: Some(|share, late, named| outcome(late.and_then(LateRow::get), qualifier(share, named))),
        made: Some(|call, seen| match call {
            Call::Concurrency(call) => call.made(seen.late?.get()?),
            _ => None,
        }),
        subject: |_, share| Some(Scope::Function(share.function.clone())),
        opens: Some("configuration"),
        invokes: Some(|_, share| Some(invokee(share))),
        ..More::NONE
    },
};

const COLUMNS: &[Column<Share>] = &[
    own("FUNCTION", Width::Grow(20), 0, |share| Value::Name(share.function.name.clone())),
    told_late("RESERVED", Width::Fixed(10), 1, late::RESERVED),
    told_late("PROVISIONED", Width::Grow(22), 3, late::PROVISIONED),
    told_late("STATUS", Width::Fixed(13), 2, late::STATUS),
];

const FACTS: &[Fact<Share>] = &[
    late_fact("reserved", late::WORDS),
    late_fact("status", late::STATUS),
    fact("memory", |share| Value::Mebibytes(share.memory.into())),
    fact("ARN", |share| Value::Text(share.function.arn.clone())),
    late_fact("provisioned", late::TOTAL),
];

fn share(function: &Function) -> Share {
    Share {
        function: FunctionRef { name: function.name.clone(), arn: function.arn.clone() },
        memory: function.memory,
        architecture: function.common.architecture.clone(),
        timeout: function.timeout,
        log_group: function.common.own_log_group.clone(),
    }
}

fn invokee(share: &Share) -> Invokee {
    let log_group = share.log_group.clone();
    Invokee {
        function: share.function.clone(),
        qualifier: None,
        timeout: Some(share.timeout),
        architecture: None,
        log_group,
        versions: Vec::new(),
    }
}

/// The account's executions: how many are left, first, and what the bar beneath is made of.
fn banner(known: &Known<'_>, lates: Lates<'_>) -> Banner {
    let Some(account) = known.rows::<Account>("account").next() else {
        let words = known
            .problem("account")
            .map_or_else(|| Text::known("reading the account's limits …"), |problem| Text::line(problem.brief()));
        return Banner { words: vec![words], parts: Vec::new() };
    };
    let number = |n: u32| grouped(n.into());
    let (unreserved, all) = (number(account.unreserved), number(account.concurrency));
    let taken = number(account.taken());
    let [long, short] = match pooled(lates) {
        None if account.taken() == 0 => ["0 reserved"; 2].map(str::to_owned),
        None => [format!("{taken} reserved or provisioned"), format!("{taken} taken")],
        Some(0) => [format!("{taken} reserved"), format!("{taken} taken")],
        Some(warm) => {
            let (reserved, warm) = (number(account.taken().saturating_sub(warm)), number(warm));
            [
                format!("{reserved} reserved · {warm} provisioned beside that"),
                format!("{reserved} reserved + {warm} provisioned"),
            ]
        }
    };
    let left = format!("{unreserved} of {all} unreserved");
    let stay = format!("{MUST_STAY} must stay");
    let words = [
        format!("{left} · {long} · {stay}"),
        format!("{left} · {short} · {stay}"),
        format!("{left} · {taken} taken · {stay}"),
        format!("{left} · {stay}"),
        left,
    ];
    let part = |n: u32| f64::from(n) / f64::from(account.concurrency.max(1));
    let stays = account.unreserved.min(MUST_STAY);
    let parts = vec![
        (part(account.taken()), Tone::Plain),
        (part(account.unreserved - stays), Tone::Muted),
        (part(stays), Tone::Warn),
    ];
    Banner { words: words.map(Text::line).to_vec(), parts }
}

/// What is kept warm for functions without a reservation, which takes it out of the account's pool; `None` until that is
/// known of all functions. AWS tells it only in one sum with what is reserved.
fn pooled(lates: Lates<'_>) -> Option<u32> {
    let of = |row: &&LateRow| {
        let concurrency = row.get::<Concurrency>()?;
        concurrency.provisioned.as_ref()?;
        Some(if concurrency.reserved.is_none() { concurrency.requested() } else { 0 })
    };
    lates?.iter().map(of).sum()
}

/// The late cells of a function. Absent is unreserved and 0 is stopped: they never look alike.
fn told(concurrency: Concurrency) -> LateRow {
    let parts = concurrency.parts();
    let (reserved, words) = match concurrency.reserved {
        None => (
            Value::Marked(Text::known("unreserved"), Tone::Muted),
            Value::Marked(Text::known("nothing: it shares the account's pool"), Tone::Muted),
        ),
        Some(0) => (
            Value::Marked(Text::known("0 STOPPED"), Tone::Bad),
            Value::Marked(Text::known("0: every invocation is throttled"), Tone::Bad),
        ),
        Some(n) => (Value::Count(n.into()), Value::Text(Text::line(format!("{} for itself alone", grouped(n.into()))))),
    };
    let facts = parts.iter().map(|part| (part.qualifier.clone(), Value::State(tone(part), sentence(part))));
    LateRow {
        cells: vec![reserved, summary(&concurrency), status(&concurrency), words, total(&concurrency)],
        unsettled: concurrency.unsettled(),
        facts: facts.collect(),
        item: Some(Item::new(concurrency)),
        lacks: None,
    }
}

/// All that is kept warm in one cell: the one that needs a look first, and how many more there are.
fn summary(concurrency: &Concurrency) -> Value {
    let Some(parts) = &concurrency.provisioned else { return Value::Unknown };
    let rank = |part: &&Provisioned| match tone(part) {
        Tone::Bad => 2,
        Tone::Warn => 1,
        _ => 0,
    };
    let Some(first) = parts.iter().rev().max_by_key(rank) else { return Value::Missing };
    let more = if parts.len() > 1 { format!("  +{}", parts.len() - 1) } else { String::new() };
    let Provisioned { qualifier, requested, allocated, available, .. } = first;
    Value::Text(Text::line(format!("{qualifier}  {allocated} of {requested} · {available} free{more}")))
}

/// How much is kept warm in all: its parts stand below, each for itself.
fn total(concurrency: &Concurrency) -> Value {
    match concurrency.provisioned.as_deref() {
        None => Value::Unknown,
        Some([]) => Value::Missing,
        Some([_]) => Value::Text(Text::line(format!("{} asked in all", grouped(concurrency.requested().into())))),
        Some(parts) => Value::Text(Text::line(format!(
            "{} asked in all, for {} versions and aliases",
            grouped(concurrency.requested().into()),
            parts.len()
        ))),
    }
}

fn status(concurrency: &Concurrency) -> Value {
    let parts = concurrency.parts();
    let any = |wanted: Tone| parts.iter().any(|part| tone(part) == wanted);
    match concurrency.reserved {
        Some(0) => Value::State(Tone::Bad, Text::known("throttled")),
        _ if any(Tone::Bad) => Value::State(Tone::Bad, Text::known("failed")),
        _ if any(Tone::Warn) => Value::State(Tone::Warn, Text::known("in progress")),
        _ if concurrency.provisioned.is_none() => Value::Unknown,
        _ if parts.is_empty() => Value::Missing,
        _ => Value::State(Tone::Good, Text::known("ready")),
    }
}

fn tone(part: &Provisioned) -> Tone {
    match part.status.as_str() {
        "READY" => Tone::Good,
        "FAILED" => Tone::Bad,
        _ => Tone::Warn,
    }
}

/// One part in words: `50 asked · 20 allocated · 13 free`, and why it failed.
fn sentence(part: &Provisioned) -> Text {
    let Provisioned { requested, allocated, available, .. } = part;
    let how = match (tone(part), &part.reason) {
        (Tone::Bad, Some(reason)) => format!("failed: {reason}"),
        (Tone::Bad, None) => "failed".to_owned(),
        (Tone::Good, _) => "ready".to_owned(),
        _ => "in progress".to_owned(),
    };
    Text::line(format!("{how} · {requested} asked · {allocated} allocated · {available} free"))
}

/// The version or alias in the name of what is kept warm: `live` of `orders-api:live`.
fn qualifier<'a>(share: &Share, named: &'a str) -> &'a str {
    let rest = named.strip_prefix(share.function.name.as_str()).and_then(|rest| rest.strip_prefix(':'));
    rest.unwrap_or_default()
}

/// What has become of what is kept warm for one version or alias. How the others are is no part of it.
fn outcome(concurrency: Option<&Concurrency>, qualifier: &str) -> (Tone, Text) {
    match concurrency.and_then(|concurrency| concurrency.of(qualifier)) {
        Some(part) => (tone(part), Text::line(format!("provisioned concurrency of {qualifier}: {}", sentence(part)))),
        None => (Tone::Good, Text::line(format!("nothing is provisioned for {qualifier}"))),
    }
}

fn json(share: &Share) -> String {
    let whole = json!({"FunctionName": share.function.name, "FunctionArn": share.function.arn});
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

#[cfg(test)]
mod tests;
