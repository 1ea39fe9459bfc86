//! The versions of one layer: which is used by how many functions, who else may use it, how large it is.

use std::time::Duration;

use serde_json::json;

use super::cell::{fact, late_fact, own, told_late};
use super::layer_publish::PUBLISH_NEXT;
use super::layer_usage::{self, FUNCTIONS};
use super::layers::{OF_OTHERS, list};
use super::operation::{Confirm, Elsewhere, Offered, Operation, Plan, Target};
use super::row::{LateRow, RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Join, Json, Late, More, Names, Pages, PaneSpec, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Aws, Call, Grantee, Kind, LayerCall, LayerPolicy, LayerUse, LayerVersion, Problem, Text};

/// The numbers of the late cells: what only questions about one version tell.
mod late {
    pub const SHARED: usize = 0;
    pub const SIZE: usize = 1;
    pub const SHA: usize = 2;
    pub const SIGNED: usize = 3;
}

/// A version, and how it stands among the others.
#[derive(Clone)]
pub struct Entry {
    version: LayerVersion,
    /// It is the newest; `None` until all versions are known.
    newest: Option<bool>,
    /// How many functions use it; `None` until all functions are known.
    users: Option<usize>,
}

/// The pane.
pub static PANE: PaneSpec<Entry> = PaneSpec {
    id: "layerversions",
    title: "Versions",
    rows: "versions",
    scope: ScopeKind::Layer,
    tab: Tab::Behind,
    load: |aws, scope, pages| Box::pin(load(aws, scope, pages)),
    key: |entry| RowKey(entry.version.arn.clone()),
    columns: COLUMNS,
    names: Names {
        name: |entry| name(&entry.version),
        arn: |_, entry| Some(entry.version.arn.clone()),
        command: |_, entry| format!("aws lambda get-layer-version-by-arn --arn {}", entry.version.arn),
        console: |region, scope, entry| {
            format!("/lambda/home?region={region}#/layers/{}/versions/{}", scope.name(), entry.version.version)
        },
        json: Json::Row(|entry| serde_json::to_string_pretty(&told(&entry.version)).unwrap_or_default()),
    },
    empty: ("no versions to list: all deleted, or the layer is another account's", "] shows who uses it here"),
    more: More {
        every: Duration::from_mins(5),
        sorted: Some((0, true)),
        late: Some(Late { all: false, rest: None, load: |aws, scope, key| Box::pin(ask(aws, scope, key.0)) }),
        facts: FACTS,
        needs: &[FUNCTIONS],
        join: Some(Join { fill: |scope, entries, known| fill(scope, entries, known), from: None }),
        operations: &[DELETE],
        makes: &[PUBLISH_NEXT],
        elsewhere: Some(Elsewhere {
            key: "enter",
            label: "share",
            way: "enter shows with whom the version is shared; n there shares it with more",
        }),
        subject: |scope, entry| match scope {
            Scope::Layer(layer) => Some(Scope::LayerVersion(layer.clone(), entry.version.version)),
            _ => None,
        },
        opens: Some("layerpolicy"),
        without_page: |scope, _| match scope {
            Scope::Layer(layer) if !layer.ours => Some(OF_OTHERS),
            _ => None,
        },
        made: Some(|call, seen| match call {
            Call::Layer(call) => call.made_version(seen.all.iter().map(|entry| &entry.version)),
            _ => None,
        }),
        ..More::NONE
    },
};

const COLUMNS: &[Column<Entry>] = &[
    own("VERSION", Width::Fixed(9), 0, |e| Value::Name(Text::line(e.version.version.to_string()))),
    own("STATE", Width::Fixed(9), 2, |e| match e.newest {
        Some(true) => Value::State(Tone::Good, Text::known("newest")),
        Some(false) => Value::State(Tone::Muted, Text::known("older")),
        None => Value::Pending,
    }),
    own("USED BY", Width::Fixed(7), 1, users),
    told_late("SHARED WITH", Width::Grow(16), 3, late::SHARED),
    own("AGE", Width::Fixed(6), 4, |e| e.version.created.map_or(Value::Missing, Value::Time)),
    told_late("SIZE", Width::Fixed(7), 5, late::SIZE),
    own("RUNTIMES", Width::Grow(18), 6, |e| list(Some(&e.version.runtimes))),
    own("ARCH", Width::Fixed(14), 7, |e| list(Some(&e.version.architectures))),
    own("LICENSE", Width::Grow(10), 9, |e| Value::text(e.version.license.as_ref())),
    own("DESCRIPTION", Width::Grow(20), 8, |e| Value::text(Some(&e.version.description))),
];

const FACTS: &[Fact<Entry>] = &[
    fact("version", |e| Value::Name(Text::line(e.version.version.to_string()))),
    fact("description", |e| Value::text(Some(&e.version.description))),
    fact("used by", |e| match e.users {
        None => Value::Pending,
        Some(0) => Value::Text(Text::known("no function")),
        Some(1) => Value::Text(Text::known("1 function; ] names it")),
        Some(n) => Value::Text(Text::line(format!("{n} functions; ] names them"))),
    }),
    late_fact("shared with", late::SHARED),
    fact("published", |e| e.version.created.map_or(Value::Missing, Value::Time)),
    late_fact("size", late::SIZE),
    late_fact("code SHA-256", late::SHA),
    late_fact("signed by", late::SIGNED),
    fact("runtimes", |e| list(Some(&e.version.runtimes))),
    fact("architecture", |e| list(Some(&e.version.architectures))),
    fact("license", |e| Value::text(e.version.license.as_ref())),
    fact("ARN", |e| Value::Text(e.version.arn.clone())),
];

/// AWS lists the versions of a layer only to its owner; that others are refused is no news.
async fn load(aws: Aws, scope: Scope, mut pages: Pages<Entry>) -> Result<(), Problem> {
    let Scope::Layer(layer) = scope else { return Ok(()) };
    let entry = |version| Entry { version, newest: None, users: None };
    let loaded =
        aws::layer_versions(aws, layer.asked(), |page| pages.push(page.into_iter().map(entry).collect())).await;
    match loaded {
        Err(problem) if problem.kind == Kind::Denied && !layer.ours => Ok(()),
        loaded => loaded,
    }
}

fn fill(scope: &Scope, entries: Vec<Entry>, known: &super::known::Known<'_>) -> Vec<Entry> {
    let newest = entries.iter().map(|entry| entry.version.version).max();
    let usage = if let Scope::Layer(layer) = scope { layer_usage::of(known, &layer.arn) } else { None };
    let entries = entries.into_iter().map(|entry| Entry {
        newest: Some(Some(entry.version.version) == newest),
        users: usage.as_ref().map(|usage| usage.of(entry.version.version)),
        ..entry
    });
    entries.collect()
}

/// Size and policy of one version. What cannot be told of one says nothing of the others.
async fn ask(aws: Aws, scope: Scope, arn: Text) -> Result<LateRow, Problem> {
    let content = aws::layer_content(aws.clone(), arn.clone()).await?;
    let used = LayerUse::read(&arn);
    let shared = match (scope, used) {
        (Scope::Layer(layer), Some(used)) if layer.ours => {
            aws::layer_policy(aws, layer.asked(), used.version).await.map_or(Value::Unknown, |policy| shared(&policy))
        }
        _ => Value::Missing,
    };
    let signed = content.signed_by.map_or(Value::Text(Text::known("nobody")), Value::Text);
    let cells = vec![shared, Value::Bytes(content.size), Value::text(Some(&content.sha256)), signed];
    Ok(LateRow { cells, ..LateRow::default() })
}

/// With whom a version is shared, the widest first.
pub(super) fn shared(policy: &LayerPolicy) -> Value {
    let all = &policy.statements;
    if all.is_empty() {
        return Value::Text(Text::known("nobody else"));
    }
    if all.iter().any(|it| it.grantee == Grantee::Everyone) {
        return Value::Marked(Text::known("every AWS account"), Tone::Bad);
    }
    let words = all.iter().map(|it| match &it.grantee {
        Grantee::Organization(organization) => organization.to_string(),
        Grantee::Account(account) => account.to_string(),
        other => other.to_string(),
    });
    Value::Text(Text::line(words.collect::<Vec<_>>().join(", ")))
}

fn users(entry: &Entry) -> Value {
    match (entry.users, entry.newest) {
        (None, _) => Value::Pending,
        (Some(n), Some(false)) if n > 0 => Value::Graded(i64::try_from(n).unwrap_or(i64::MAX), Tone::Warn),
        (Some(n), _) => Value::count(n),
    }
}

/// Its number.
pub(super) fn number(entry: &Entry) -> i64 {
    entry.version.version
}

/// `orders-common:14`.
fn name(version: &LayerVersion) -> Text {
    version.arn.rsplit_once(":layer:").map_or_else(|| version.arn.clone(), |(_, name)| Text::line(name))
}

/// A version in AWS's words.
pub(super) fn told(version: &LayerVersion) -> serde_json::Value {
    json!({
        "LayerVersionArn": version.arn,
        "Version": version.version,
        "Description": version.description,
        "CreatedDate": version.created,
        "CompatibleRuntimes": version.runtimes,
        "CompatibleArchitectures": version.architectures,
        "LicenseInfo": version.license,
    })
}

/// Deletes a version. Functions that have it keep a copy.
const DELETE: Operation<Entry> = Operation {
    key: "D",
    label: "delete version",
    offered: Offered::Always,
    needs: &[],
    fields: |_, _| Vec::new(),
    confirm: Confirm::TypeName,
    target: |on| Target::of(name(&on.thing.version), on.thing.version.arn.clone()),
    allowed: |on| match on.scope {
        Scope::Layer(layer) if layer.ours => Ok(()),
        _ => Err("the layer is another account's: only its owner can delete a version".to_owned()),
    },
    does: |on, _| {
        let layer = LayerUse::read(&on.thing.version.arn).map(|used| used.layer).unwrap_or_default();
        let version = on.thing.version.version;
        let mut plan = Plan::of(Call::Layer(LayerCall::Delete { layer, version }));
        match on.thing.users {
            Some(0) => plan.preview.push(("used by", Value::Text(Text::known("no function of this region")))),
            Some(n) => {
                let who =
                    if n == 1 { "1 function uses it: it keeps" } else { &*format!("{n} functions use it: they keep") };
                let words = format!("{who} a copy, and nobody can take this version again");
                plan.warnings.push((Tone::Warn, words));
            }
            None => plan
                .warnings
                .push((Tone::Warn, "the functions are not all read yet: who uses it is not known".to_owned())),
        }
        if on.thing.newest == Some(true) {
            plan.warnings.push((Tone::Warn, "it is the newest version; its number is not given again".to_owned()));
        }
        Ok(plan)
    },
    spoils: &["ownlayers", "layerversions"],
};

#[cfg(test)]
impl Entry {
    /// A version of which its number alone matters.
    pub(super) fn test(version: i64) -> Self {
        let told = crate::aws::LayerVersion {
            version,
            arn: Text::default(),
            description: Text::default(),
            created: None,
            runtimes: Box::default(),
            architectures: Box::default(),
            license: None,
        };
        Self { version: told, newest: None, users: None }
    }
}
