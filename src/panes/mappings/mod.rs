//! Event source mappings: what feeds which function, how, and whether it goes well.

mod changes;
mod create;
mod edit;
mod filters;
mod function;

use std::time::Duration;

use super::cell::{fact, own, perhaps};
use super::row::{FunctionRef, RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Invokee, Json, More, Names, Pages, PaneSpec, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Aws, Call, Filters, Mapping, MappingSetting, Problem, Text};

/// The pane.
pub static PANE: PaneSpec<Mapping> = PaneSpec {
    id: "mappings",
    title: "Mappings",
    rows: "event source mappings",
    scope: ScopeKind::Either,
    tab: Tab::Shown,
    load: |aws, scope, pages| Box::pin(load(aws, scope, pages)),
    key: |mapping| RowKey(mapping.uuid.clone()),
    columns: COLUMNS,
    names: Names {
        name: |mapping| Text::line(mapping.joins()),
        arn: |_, mapping| Some(mapping.arn.clone()),
        command: |_, mapping| format!("aws lambda get-event-source-mapping --uuid {}", mapping.uuid),
        console: |region, _, mapping| {
            format!("/lambda/home?region={region}#/functions/{}?tab=configure", aws::name_in(&mapping.unqualified()))
        },
        json: Json::Row(Mapping::json),
    },
    empty: ("nothing feeds a function here", "n makes an event source mapping"),
    more: More {
        short: &["esm"],
        every: Duration::from_secs(30),
        sorted: Some((2, false)),
        facts: FACTS,
        operations: &[changes::SWITCH, edit::EDIT, filters::FILTER, changes::DELETE],
        makes: &[create::CREATE],
        unsettled: Mapping::is_settling,
        outcome: Some(|mapping, _, _| outcome(mapping)),
        made: Some(|call, seen| if let Call::Mapping(call) = call { call.made(&seen.all) } else { None }),
        again: Some(|aws, _, key| Box::pin(async move { aws::mapping(&aws, &key.0).await })),
        subject: |_, mapping| Some(Scope::Function(reference(mapping))),
        invokes: Some(|_, mapping| Some(invokee(mapping))),
        ..More::NONE
    },
};

/// Room for a glyph, a space and the longest word: `disabling`.
const STATE: u16 = 11;

const COLUMNS: &[Column<Mapping>] = &[
    own("STATE", Width::Fixed(STATE), 1, state),
    own("TYPE", Width::Fixed(8), 3, |m| Value::Text(Text::known(m.source.kind.word()))),
    own("SOURCE", Width::Rather(9, 14), 0, |m| Value::Name(m.source.name())),
    own("FUNCTION", Width::Rather(12, 16), 2, |m| Value::Text(m.function())),
    own("BATCH", Width::Fixed(6), 6, |m| cell(m, MappingSetting::BatchSize)),
    own("WINDOW", Width::Fixed(6), 7, |m| cell(m, MappingSetting::Window)),
    own("LAST RESULT", Width::Grow(12), 4, result),
    own("CHANGED", Width::Fixed(7), 5, |m| m.last_modified.map_or(Value::Missing, Value::Time)),
    own("FILTERS", Width::Fixed(7), 8, |m| match &m.filters {
        Filters::None => Value::Marked(Text::known("none"), Tone::Muted),
        Filters::Hidden => Value::Marked(Text::known("hidden"), Tone::Warn),
        Filters::Patterns(patterns) => Value::Count(patterns.len().try_into().unwrap_or(i64::MAX)),
    }),
    own("MAX CONC", Width::Fixed(8), 9, |m| cell(m, MappingSetting::Concurrency)),
    own("UUID", Width::Fixed(36), 10, |m| Value::Text(m.uuid.clone())),
];

const FACTS: &[Fact<Mapping>] = &[
    fact("source", |m| Value::Text(Text::known(m.source.kind.words()))),
    fact("name", |m| Value::Name(m.source.name())),
    fact("function", |m| Value::Text(m.function())),
    fact("state", state),
    perhaps("reason", |m| m.state_reason.clone().map(reason)),
    fact("last result", result),
    fact("changed", |m| m.last_modified.map_or(Value::Missing, Value::Time)),
    perhaps("batch size", |m| shown(m, MappingSetting::BatchSize)),
    perhaps("window", |m| shown(m, MappingSetting::Window)),
    perhaps("parallel", |m| shown(m, MappingSetting::Parallelization)),
    perhaps("concurrency", |m| shown(m, MappingSetting::Concurrency)),
    perhaps("min pollers", |m| shown(m, MappingSetting::MinimumPollers)),
    perhaps("max pollers", |m| shown(m, MappingSetting::MaximumPollers)),
    perhaps("retries", |m| shown(m, MappingSetting::Retries)),
    perhaps("record age", |m| shown(m, MappingSetting::RecordAge)),
    perhaps("bisect", |m| shown(m, MappingSetting::Bisect)),
    perhaps("tumbling", |m| shown(m, MappingSetting::Tumbling)),
    perhaps("item reports", |m| shown(m, MappingSetting::ItemFailures)),
    perhaps("on failure", |m| shown(m, MappingSetting::OnFailure)),
    perhaps("log level", |m| shown(m, MappingSetting::LogLevel)),
    perhaps("filters", filters_fact),
    perhaps("filter error", |m| m.filter_error.clone().map(|error| Value::Marked(error, Tone::Bad))),
    perhaps("start", |m| m.source.start.clone().map(Value::Text)),
    perhaps("brokers", |m| list(m.source.endpoints.iter().map(ToString::to_string))),
    perhaps("access", |m| list(m.source.access.iter().map(|(kind, uri)| format!("{kind} {uri}")))),
    perhaps("group", |m| m.source.consumer_group.clone().map(Value::Text)),
    perhaps("registry", |m| m.source.schema_registry.clone().map(Value::Text)),
    perhaps("metrics", |m| list(m.metrics.iter().map(ToString::to_string))),
    perhaps("key", |m| m.kms_key_arn.clone().map(Value::Text)),
    perhaps("source ARN", |m| m.source.arn.clone().map(Value::Text)),
    fact("UUID", |m| Value::Text(m.uuid.clone())),
    fact("ARN", |m| Value::Text(m.arn.clone())),
];

async fn load(aws: Aws, scope: Scope, mut pages: Pages<Mapping>) -> Result<(), Problem> {
    let function = if let Scope::Function(function) = scope { Some(function.arn) } else { None };
    aws::mappings(aws, function, |page| pages.push(page)).await
}

fn state(mapping: &Mapping) -> Value {
    let tone = match mapping.state.as_str() {
        _ if mapping.is_troubled() => Tone::Bad,
        "Enabled" => Tone::Good,
        "Disabled" => Tone::Muted,
        _ => Tone::Warn,
    };
    Value::State(tone, Text::line(mapping.state.to_lowercase()))
}

/// What has become of a change: whether the records flow now, and what is wrong if something is.
fn outcome(mapping: &Mapping) -> (Tone, Text) {
    let state = mapping.state.to_lowercase();
    let by_hand = mapping.state_reason.as_deref().is_none_or(is_by_hand);
    match (&mapping.filter_error, &mapping.state_reason) {
        (Some(error), _) => (Tone::Bad, Text::line(format!("{state}, but its filters do not work: {error}"))),
        (None, Some(reason)) if !by_hand => (Tone::Warn, Text::line(format!("{state}: {reason}"))),
        _ => (Tone::Good, Text::line(state)),
    }
}

/// A person brought the state about, in the words of either time.
fn is_by_hand(reason: &str) -> bool {
    matches!(reason, "USER_INITIATED" | "User action")
}

/// Who brought the state about; anything but a person deserves a look.
fn reason(reason: Text) -> Value {
    if is_by_hand(&reason) { Value::Text(reason) } else { Value::Marked(reason, Tone::Warn) }
}

fn result(mapping: &Mapping) -> Value {
    match &mapping.last_result {
        None => Value::Missing,
        Some(result) if mapping.is_troubled() => Value::Marked(result.clone(), Tone::Bad),
        Some(result) => Value::Text(result.clone()),
    }
}

/// A setting in a column.
fn cell(mapping: &Mapping, setting: MappingSetting) -> Value {
    if !setting.is_of(&mapping.source) {
        return Value::Missing;
    }
    match (setting, mapping.setting(setting)) {
        (MappingSetting::Window, None) if setting.default(&mapping.source).is_empty() => {
            Value::Text(Text::known("500 ms"))
        }
        (MappingSetting::Window, None) => Value::Seconds(0),
        (MappingSetting::Window, Some(word)) => word.parse().map_or_else(|_| Value::Text(word.clone()), Value::Seconds),
        (_, Some(word)) => word.parse().map_or_else(|_| Value::Text(word.clone()), Value::Count),
        (_, None) => Value::Missing,
    }
}

/// A setting as a fact, with what its special values mean; `None` when the source has no such setting.
fn shown(mapping: &Mapping, setting: MappingSetting) -> Option<Value> {
    if !setting.is_of(&mapping.source) {
        return None;
    }
    let word = mapping.setting(setting);
    Some(match (setting, word.map(Text::as_str)) {
        (MappingSetting::Window, None) if setting.default(&mapping.source).is_empty() => Value::NotSet("500 ms"),
        (MappingSetting::Window, None) => Value::NotSet("0 s"),
        (MappingSetting::Retries, Some("-1")) => Value::Text(Text::known("until the record expires")),
        (MappingSetting::Retries, None) => Value::NotSet("until the record expires"),
        (MappingSetting::RecordAge, None) => Value::NotSet("no limit"),
        (MappingSetting::RecordAge, Some("-1")) => Value::Text(Text::known("no limit")),
        (MappingSetting::Tumbling, Some("0")) => Value::NotSet("none"),
        (MappingSetting::Window | MappingSetting::RecordAge | MappingSetting::Tumbling, Some(word)) => {
            word.parse().map_or(Value::Missing, Value::Seconds)
        }
        (_, Some(word)) => word.parse().map_or_else(|_| Value::Text(Text::line(word)), Value::Count),
        (MappingSetting::Concurrency, None) => Value::NotSet("as far as the queue and the account allow"),
        (MappingSetting::MinimumPollers | MappingSetting::MaximumPollers, None) => Value::NotSet("on demand"),
        (MappingSetting::OnFailure, None) => Value::NotSet("records that are given up are lost"),
        (_, None) => Value::NotSet(setting.default(&mapping.source)),
    })
}

fn filters_fact(mapping: &Mapping) -> Option<Value> {
    mapping.source.kind.takes_filters().then(|| match &mapping.filters {
        Filters::None => Value::NotSet("every record reaches the function"),
        Filters::Hidden => {
            Value::Marked(Text::known("not known: they are encrypted, and lists do not tell them"), Tone::Warn)
        }
        Filters::Patterns(patterns) => {
            Value::Text(Text::line(patterns.iter().map(Text::as_str).collect::<Vec<_>>().join(" or ")))
        }
    })
}

fn list(items: impl Iterator<Item = String>) -> Option<Value> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| Value::Text(Text::line(items.join(", "))))
}

fn reference(mapping: &Mapping) -> FunctionRef {
    let arn = mapping.unqualified();
    FunctionRef { name: aws::name_in(&arn), arn }
}

/// The function as the mapping calls it; its own time limit is not known here.
fn invokee(mapping: &Mapping) -> Invokee {
    let function = reference(mapping);
    let qualifier = mapping.function_arn.splitn(8, ':').nth(7).map(Text::line);
    Invokee { function, qualifier, timeout: None, architecture: None, log_group: None, versions: Vec::new() }
}
