//! Versions: what was published of one function, the newest on top.

use std::time::Duration;

use serde_json::json;

use super::compare::{Compare, Part};
use super::configuration;
use super::row::{RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Invokee, Json, Names, Pages, PaneSpec, Source, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Aws, Problem, Text, Version};

/// The version that is not published yet.
const LATEST: &str = "$LATEST";

/// The pane.
pub static PANE: PaneSpec<Version> = PaneSpec {
    id: "versions",
    title: "Versions",
    rows: "versions",
    scope: ScopeKind::Function,
    tab: Tab::Shown,
    every: Duration::from_mins(1),
    load: |aws, scope, pages| Box::pin(load(aws, scope, pages)),
    key: |version| RowKey(version.version.clone()),
    masks: false,
    columns: COLUMNS,
    sorted: Some((0, true)),
    late: None,
    facts: FACTS,
    needs: &[],
    banner: None,
    join: None,
    operations: &[],
    makes: &[],
    compare: Some(Compare { parts }),
    unsettled: |version| version.unsettled,
    outcome: None,
    again: None,
    subject: |_, _| None,
    opens: None,
    invokes: |scope, version| invokee(scope, version),
    names: Names {
        name: |version| aws::name_in(&version.arn),
        arn: |_, version| Some(version.arn.clone()),
        command: |scope, version| {
            format!("aws lambda get-function --function-name {} --qualifier '{}'", scope.name(), version.version)
        },
        console: |region, scope, version| console(region, scope, version),
        json: Json::Row(json),
    },
    keep: None,
    empty: ("this function has no versions", "r asks again"),
};

const COLUMNS: &[Column<Version>] = &[
    own("VERSION", Width::Fixed(9), 0, |v| Value::Name(v.version.clone())),
    own("PUBLISHED", Width::Fixed(9), 1, |v| v.last_modified.map_or(Value::Missing, Value::Time)),
    own("CODE", Width::Fixed(8), 2, |v| Value::text(Some(&short(&v.code_sha256)))),
    own("RUNTIME", Width::Fixed(16), 3, |v| v.runtime.clone().map_or(Value::Missing, Value::Runtime)),
    own("MEMORY", Width::Fixed(9), 5, |v| v.memory.map_or(Value::Missing, |memory| Value::Mebibytes(memory.into()))),
    own("SIZE", Width::Fixed(7), 6, size),
    own("STATE", Width::Fixed(12), 7, |v| v.state.as_ref().map_or(Value::Missing, state)),
    own("DESCRIPTION", Width::Grow(16), 4, |v| Value::text(Some(&v.description))),
];

const FACTS: &[Fact<Version>] = &[
    fact("version", |v| Value::Name(v.version.clone())),
    fact("description", |v| Value::text(Some(&v.description))),
    fact("state", |v| v.state.as_ref().map_or(Value::Missing, state)),
    fact("runtime", |v| v.runtime.clone().map_or(Value::Text(Text::known("container image")), Value::Runtime)),
    fact("memory", |v| v.memory.map_or(Value::Missing, |memory| Value::Mebibytes(memory.into()))),
    fact("timeout", |v| v.timeout.map_or(Value::Missing, |timeout| Value::Seconds(timeout.into()))),
    fact("code size", size),
    fact("code SHA-256", |v| Value::text(Some(&v.code_sha256))),
    fact("published", |v| v.last_modified.map_or(Value::Missing, Value::Time)),
    fact("log group", |v| v.own_log_group.clone().map_or(Value::NotSet("/aws/lambda/<function>"), Value::Text)),
    fact("ARN", |v| Value::Text(v.arn.clone())),
];

const fn own(title: &'static str, width: Width, priority: u8, value: fn(&Version) -> Value) -> Column<Version> {
    Column { title, width, priority, once: false, value: Source::Own(value) }
}

const fn fact(label: &'static str, value: fn(&Version) -> Value) -> Fact<Version> {
    Fact { label, value: Source::Own(value) }
}

async fn load(aws: Aws, scope: Scope, mut pages: Pages<Version>) -> Result<(), Problem> {
    let Scope::Function(function) = scope else { return Ok(()) };
    aws::versions(aws, function.arn, pages.place(), |page, next| pages.page(page, next)).await
}

/// The first characters of a hash: enough to see which versions have the same code.
fn short(hash: &Text) -> Text {
    Text::line(hash.chars().take(8).collect::<String>())
}

/// The size of the package; container images have none.
fn size(version: &Version) -> Value {
    if version.code_size > 0 { Value::Bytes(version.code_size) } else { Value::Missing }
}

fn state(word: &Text) -> Value {
    let tone = match word.as_str() {
        "Active" | "ActiveNonInvocable" => Tone::Good,
        "Inactive" => Tone::Muted,
        "Failed" => Tone::Bad,
        _ => Tone::Warn,
    };
    Value::State(tone, Text::line(word.to_lowercase()))
}

/// What two versions can differ in: their settings, their code among them.
fn parts(version: &Version) -> Vec<Part> {
    let part = |setting: &aws::Setting| Part {
        group: setting.group,
        label: setting.name.clone(),
        value: configuration::value(setting),
    };
    version.settings.iter().map(part).collect()
}

fn invokee(scope: &Scope, version: &Version) -> Option<Invokee> {
    let Scope::Function(function) = scope else { return None };
    Some(Invokee {
        function: function.clone(),
        qualifier: Some(version.version.clone()),
        timeout: version.timeout.and_then(|timeout| u32::try_from(timeout).ok()),
        architecture: None,
        log_group: version.own_log_group.clone(),
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
