//! Versions: what was published of one function, the newest on top.

mod changes;

use std::cmp::Reverse;
use std::collections::HashMap;

use serde_json::json;

use super::cell::{fact, late_fact, own, told_late};
use super::compare::{Compare, Counterpart, Part};
use super::health;
use super::known::Known;
use super::operation::On;
use super::row::{Item, LateRow, RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Invokee, Join, Json, Late, More, Names, Pages, PaneSpec, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Alias, Aws, Call, Health, LATEST, Problem, Text, Version};

/// How many versions with the same code are named.
const TWINS: usize = 8;

/// A version, with what other lists know of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The version.
    pub version: Version,
    /// The aliases that send calls to it, each with its share of them, above 0.0 and up to 1.0; `None` while the aliases are not in.
    pub users: Option<Vec<(Text, f64)>>,
    /// Why the aliases are not to be had, if so.
    pub hidden: Option<Text>,
    /// The versions that have the same code, a few of them.
    pub twins: Vec<Text>,
}

/// The pane.
pub static PANE: PaneSpec<Entry> = PaneSpec {
    id: "versions",
    title: "Versions",
    rows: "versions",
    scope: ScopeKind::Function,
    tab: Tab::Shown,
    load: |aws, scope, pages| Box::pin(load(aws, scope, pages)),
    key: |entry| RowKey(entry.version.version.clone()),
    columns: COLUMNS,
    names: Names {
        name: |entry| aws::name_in(&entry.version.arn),
        arn: |_, entry| Some(entry.version.arn.clone()),
        command: |scope, entry| {
            let (function, version) = (scope.name(), &entry.version.version);
            format!("aws lambda get-function --function-name {function} --qualifier '{version}'")
        },
        console: |region, scope, entry| console(region, scope, &entry.version),
        json: Json::Row(|entry| json(&entry.version)),
    },
    empty: ("this function has no versions", "r asks again"),
    more: More {
        sorted: Some((0, true)),
        late: Some(Late { load: |aws, scope, key| Box::pin(late(aws, scope, key)), all: false, rest: None }),
        facts: FACTS,
        needs: &["aliases"],
        join: Some(Join { fill: |_, entries, known| join(entries, known), from: None }),
        operations: &[changes::DELETE],
        makes: &[changes::PUBLISH],
        compare: Some(Compare { parts: |on| Ok(parts(&on.thing.version)), with: counterparts }),
        unsettled: |entry| entry.version.unsettled,
        outcome: Some(|_, late, _| outcome(late.and_then(LateRow::get))),
        invokes: Some(|scope, entry| invokee(scope, &entry.version)),
        made: Some(|call, seen| {
            let Call::Version(call) = call else { return None };
            call.made(&seen.all.iter().map(|entry| &entry.version).collect::<Vec<_>>())
        }),
        ..More::NONE
    },
};

const COLUMNS: &[Column<Entry>] = &[
    own("VERSION", Width::Fixed(9), 0, |e| Value::Name(e.version.version.clone())),
    own("ALIASES", Width::Rather(13, 18), 1, aliases),
    told_late("STATE", Width::Fixed(health::STATE), 3, 0),
    own("MODIFIED", Width::Fixed(8), 2, |e| e.version.last_modified.map_or(Value::Missing, Value::Time)),
    own("CODE", Width::Fixed(8), 4, code),
    own("RUNTIME", Width::Fixed(16), 6, |e| e.version.runtime.clone().map_or(Value::Missing, Value::Runtime)),
    own("MEMORY", Width::Fixed(9), 7, memory),
    own("SIZE", Width::Fixed(7), 8, size),
    own("DESCRIPTION", Width::Grow(16), 4, |e| Value::text(Some(&e.version.description))),
];

const FACTS: &[Fact<Entry>] = &[
    fact("version", |e| Value::Name(e.version.version.clone())),
    fact("aliases", |e| match &e.hidden {
        Some(why) => Value::Marked(why.clone(), Tone::Warn),
        None => aliases(e),
    }),
    fact("description", |e| Value::text(Some(&e.version.description))),
    late_fact("state", 0),
    late_fact("reason", 1),
    fact("runtime", |e| e.version.runtime.clone().map_or(Value::Text(Text::known("container image")), Value::Runtime)),
    fact("memory", memory),
    fact("timeout", |e| e.version.timeout.map_or(Value::Missing, |timeout| Value::Seconds(timeout.into()))),
    fact("code size", size),
    fact("code SHA-256", |e| Value::text(Some(&e.version.code_sha256))),
    fact("same code as", same_code),
    fact("modified", |e| e.version.last_modified.map_or(Value::Missing, Value::Time)),
    fact("log group", |e| e.version.own_log_group.clone().map_or(Value::NotSet("/aws/lambda/<function>"), Value::Text)),
    fact("ARN", |e| Value::Text(e.version.arn.clone())),
];

async fn load(aws: Aws, scope: Scope, mut pages: Pages<Entry>) -> Result<(), Problem> {
    let Scope::Function(function) = scope else { return Ok(()) };
    let entry = |version| Entry { version, users: None, hidden: None, twins: Vec::new() };
    let place = pages.place();
    let pushed = |page: Vec<Version>, next| pages.page(page.into_iter().map(entry).collect(), next);
    aws::versions(aws, function.arn, place, pushed).await
}

/// The list of versions leaves out how they are.
async fn late(aws: Aws, scope: Scope, key: RowKey) -> Result<LateRow, Problem> {
    let Scope::Function(function) = scope else { return Ok(LateRow::default()) };
    let health = aws::health(aws, Text::line(format!("{}:{}", function.arn, key.0))).await?;
    Ok(told(health))
}

fn told(health: Health) -> LateRow {
    let (unsettled, reason) = (health.unsettled(), health::reason(&health));
    let state = health::state(health.state.clone());
    let cells = vec![health::overall(&state, &health::update(health.last_update_status.clone())), reason];
    LateRow { cells, unsettled, item: Some(Item::new(health)), ..LateRow::default() }
}

/// What has become of a version that was published.
fn outcome(health: Option<&Health>) -> (Tone, Text) {
    let state = health.and_then(|health| health.state.as_deref());
    let reason = health.and_then(|health| health.state_reason.as_ref()).map(|reason| format!(": {reason}"));
    match state {
        Some("Failed") => (Tone::Bad, Text::line(format!("it failed{}", reason.unwrap_or_default()))),
        Some(word) => (Tone::Good, Text::line(format!("it is {}", word.to_lowercase()))),
        None => (Tone::Good, Text::known("it is there")),
    }
}

/// Which aliases send calls to each version, and which versions have the same code.
fn join(mut entries: Vec<Entry>, known: &Known<'_>) -> Vec<Entry> {
    let aliases: Vec<&Alias> = known.rows("aliases").collect();
    let whole = known.whole("aliases");
    let hidden = known.problem("aliases").filter(|_| aliases.is_empty()).map(|problem| Text::line(problem.brief()));
    let mut codes: HashMap<Text, Vec<Text>> = HashMap::new();
    for entry in &entries {
        let same = codes.entry(entry.version.code_sha256.clone()).or_default();
        same.push(entry.version.version.clone());
    }
    for entry in &mut entries {
        let version = &entry.version;
        let users = aliases.iter().filter_map(|alias| Some((alias.name.clone(), alias.share_of(&version.version)?)));
        entry.users = (whole || !aliases.is_empty()).then(|| users.collect());
        entry.hidden.clone_from(&hidden);
        let same = codes.get(&version.code_sha256).into_iter().flatten();
        entry.twins = same.filter(|other| **other != version.version).take(TWINS).cloned().collect();
    }
    entries
}

/// The aliases that send calls to it, with their shares where these are not all.
fn aliases(entry: &Entry) -> Value {
    let Some(users) = &entry.users else {
        return if entry.hidden.is_some() { Value::Unknown } else { Value::Pending };
    };
    let told = |(alias, share): &(Text, f64)| match aws::percent(*share) {
        percent if *share < 1.0 => format!("{alias} {percent} %"),
        _ => alias.to_string(),
    };
    let told = users.iter().map(told).collect::<Vec<_>>().join(", ");
    if told.is_empty() { Value::Missing } else { Value::Marked(Text::line(told), Tone::Good) }
}

/// The beginning of the hash: enough to see which versions have the same code.
fn code(entry: &Entry) -> Value {
    let short = short(&entry.version.code_sha256);
    if entry.twins.is_empty() { Value::text(Some(&short)) } else { Value::Marked(short, Tone::Good) }
}

fn same_code(entry: &Entry) -> Value {
    match (entry.twins.as_slice(), entry.version.number()) {
        ([], None) => Value::Marked(Text::known("no version: it is not published yet"), Tone::Warn),
        ([], Some(_)) => Value::NotSet("no other version has it"),
        (twins, _) => Value::Text(Text::line(twins.iter().map(Text::as_str).collect::<Vec<_>>().join(", "))),
    }
}

fn memory(entry: &Entry) -> Value {
    entry.version.memory.map_or(Value::Missing, |memory| Value::Mebibytes(memory.into()))
}

/// The first characters of a hash: enough to see which versions have the same code.
fn short(hash: &Text) -> Text {
    Text::line(hash.chars().take(8).collect::<String>())
}

/// The size of the package; container images have none.
fn size(entry: &Entry) -> Value {
    if entry.version.code_size > 0 { Value::Bytes(entry.version.code_size) } else { Value::Missing }
}

/// The versions that are known, the newest first; what is not published yet is the newest of all.
pub(super) fn newest_first<'a>(known: &Known<'a>) -> Vec<&'a Version> {
    let mut versions: Vec<_> = known.rows::<Entry>(PANE.id).map(|entry| &entry.version).collect();
    versions.sort_by_key(|version| Reverse(version.number().unwrap_or(u64::MAX)));
    versions
}

/// A version, if it is known.
pub(super) fn find<'a>(known: &Known<'a>, version: &str) -> Option<&'a Version> {
    known.rows::<Entry>(PANE.id).map(|entry| &entry.version).find(|known| &*known.version == version)
}

/// What two versions can differ in: their settings, their code among them.
pub(super) fn parts(version: &Version) -> Vec<Part> {
    version.settings.iter().map(Part::of).collect()
}

/// The version before it, `$LATEST`, and what the aliases send calls to.
fn counterparts(on: &On<'_, Entry>, all: &[&Entry]) -> Vec<Counterpart> {
    let own = &on.thing.version;
    let find = |version: &Text| all.iter().map(|entry| &entry.version).find(|other| other.version == *version);
    let counterpart = |words: String, version: &Version| Counterpart {
        words,
        name: aws::name_in(&version.arn),
        parts: parts(version),
    };
    let older = |other: &&Version| other.number().is_some_and(|n| own.number().is_none_or(|own| n < own));
    let before = all.iter().map(|entry| &entry.version).filter(older).max_by_key(|version| version.number());
    let latest = find(&Text::known(LATEST)).filter(|_| own.version != LATEST);
    let aliases = on.known.rows::<Alias>("aliases").flat_map(|alias| {
        let versions = alias.versions().into_iter().filter(|(version, _)| **version != own.version);
        versions.filter_map(|(version, share)| {
            let words = format!("{}: {version}, {} % of its calls", alias.name, aws::percent(share));
            Some(counterpart(words, find(version)?))
        })
    });
    let before = before.map(|version| counterpart(format!("{}: the version before", version.version), version));
    let latest = latest.map(|version| counterpart(format!("{LATEST}: not published yet"), version));
    before.into_iter().chain(latest).chain(aliases).collect()
}

fn invokee(scope: &Scope, version: &Version) -> Option<Invokee> {
    let Scope::Function(function) = scope else { return None };
    Some(Invokee {
        function: function.clone(),
        qualifier: Some(version.version.clone()),
        timeout: version.timeout.and_then(|timeout| u32::try_from(timeout).ok()),
        architecture: None,
        log_group: version.own_log_group.clone(),
        versions: vec![version.version.clone()],
    })
}

fn console(region: &str, scope: &Scope, version: &Version) -> String {
    let function = format!("/lambda/home?region={region}#/functions/{}", scope.name());
    if version.version == LATEST { function } else { format!("{function}/versions/{}", version.version) }
}

/// The version in AWS's words.
fn json(version: &Version) -> String {
    let whole = json!({
        "Version": version.version,
        "FunctionArn": version.arn,
        "Description": version.description,
        "Runtime": version.runtime,
        "MemorySize": version.memory,
        "Timeout": version.timeout,
        "CodeSize": version.code_size,
        "CodeSha256": version.code_sha256,
        "LastModified": version.last_modified,
        "State": version.state,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
