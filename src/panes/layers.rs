//! Layers: the account's, with who uses them and who is behind; and those of others that functions use.

use serde_json::json;

use super::cell::{fact, own};
use super::known::Known;
use super::layer_publish::PUBLISH_NEW;
use super::layer_usage::{self, FUNCTIONS, Usage};
use super::row::{LayerRef, RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Join, Json, More, Names, PaneSpec, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Call, Layer, LayerVersion, Text};

/// The list as AWS tells it: what the pane is made of.
pub static OWN: PaneSpec<Layer> = PaneSpec {
    id: "ownlayers",
    title: "Own layers",
    rows: "layers",
    scope: ScopeKind::Account,
    tab: Tab::Behind,
    load: |aws, _, mut pages| Box::pin(async move { aws::layers(aws, |page| pages.push(page)).await }),
    key: |layer| RowKey(layer.arn.clone()),
    columns: &[own("NAME", Width::Grow(20), 0, |layer| Value::Name(layer.name.clone()))],
    names: Names {
        name: |layer| layer.name.clone(),
        arn: |_, layer| Some(layer.arn.clone()),
        command: |_, _| "aws lambda list-layers".to_owned(),
        console: |region, _, _| format!("/lambda/home?region={region}#/layers"),
        json: Json::Row(|layer| layer.name.to_string()),
    },
    empty: EMPTY,
    more: More {
        sorted: Some((0, false)),
        subject: |_, layer| {
            Some(Scope::Layer(LayerRef { name: layer.name.clone(), arn: layer.arn.clone(), ours: true }))
        },
        opens: Some("layerversions"),
        ..More::NONE
    },
};

/// Why `o` does nothing on a layer of another account.
pub(super) const OF_OTHERS: &str =
    "another account's layer: the web console shows an account its own layers alone; Y copies the ARN";

const EMPTY: (&str, &str) = ("no layers in this account and region", "n publishes one");

/// A layer, and who uses it.
#[derive(Clone)]
pub struct Entry {
    layer: LayerRef,
    /// Its newest version; `None` for layers of others, which AWS does not list, and for deleted ones.
    latest: Option<LayerVersion>,
    /// Who uses it; `None` until all functions are known.
    usage: Option<Usage>,
}

/// The pane.
pub static PANE: PaneSpec<Entry> = PaneSpec {
    id: "layers",
    title: "Layers",
    rows: "layers",
    scope: ScopeKind::Account,
    tab: Tab::Shown,
    load: |_, _, _| Box::pin(async { Ok(()) }),
    key: |entry| RowKey(entry.layer.arn.clone()),
    columns: COLUMNS,
    names: Names {
        name: |entry| entry.layer.name.clone(),
        arn: |_, entry| Some(entry.layer.arn.clone()),
        command: |_, entry| command(entry),
        console: |region, _, entry| format!("/lambda/home?region={region}#/layers/{}", entry.layer.name),
        json: Json::Row(json),
    },
    empty: EMPTY,
    more: More {
        sorted: Some((0, false)),
        facts: FACTS,
        needs: &["ownlayers", FUNCTIONS],
        join: Some(Join { fill: |_, _, known| fill(known), from: Some("ownlayers") }),
        makes: &[PUBLISH_NEW],
        made: Some(|call, seen| {
            let Call::Layer(call) = call else { return None };
            let versions = seen.all.iter().filter(|entry| call.is_of(&entry.layer.name));
            call.made_version(versions.filter_map(|entry| entry.latest.as_ref()))
        }),
        subject: |_, entry| Some(Scope::Layer(entry.layer.clone())),
        opens: Some("layerversions"),
        without_page: |_, entry| match entry.latest {
            _ if !entry.layer.ours => Some(OF_OTHERS),
            None => Some("the layer is deleted: the web console has no page of it any more"),
            Some(_) => None,
        },
        ..More::NONE
    },
};

const COLUMNS: &[Column<Entry>] = &[
    own("NAME", Width::Grow(20), 0, |e| Value::Name(e.layer.name.clone())),
    own("LATEST", Width::Fixed(7), 1, latest),
    own("USED BY", Width::Fixed(7), 3, |e| {
        e.usage.as_ref().map_or(Value::Pending, |usage| Value::count(usage.functions()))
    }),
    own("BEHIND", Width::Fixed(6), 2, behind),
    own("AGE", Width::Fixed(6), 4, |e| {
        e.latest.as_ref().and_then(|latest| latest.created).map_or(Value::Missing, Value::Time)
    }),
    own("OWNER", Width::Fixed(12), 6, owner),
    own("RUNTIMES", Width::Grow(18), 5, |e| list(e.latest.as_ref().map(|latest| &*latest.runtimes))),
    own("ARCH", Width::Fixed(14), 7, |e| list(e.latest.as_ref().map(|latest| &*latest.architectures))),
    own("LICENSE", Width::Grow(10), 8, |e| Value::text(e.latest.as_ref().and_then(|latest| latest.license.as_ref()))),
    own("DESCRIPTION", Width::Grow(20), 9, |e| Value::text(e.latest.as_ref().map(|latest| &latest.description))),
];

const FACTS: &[Fact<Entry>] = &[
    fact("layer", |e| Value::Name(e.layer.name.clone())),
    fact("newest", latest),
    fact("description", |e| Value::text(e.latest.as_ref().map(|latest| &latest.description))),
    fact("published", |e| e.latest.as_ref().and_then(|latest| latest.created).map_or(Value::Missing, Value::Time)),
    fact("used by", |e| match &e.usage {
        None => Value::Pending,
        Some(usage) if usage.functions() == 0 => Value::Text(Text::known("no function")),
        Some(usage) => Value::Text(usage.words()),
    }),
    fact("behind", behind_words),
    fact("runtimes", |e| list(e.latest.as_ref().map(|latest| &*latest.runtimes))),
    fact("architecture", |e| list(e.latest.as_ref().map(|latest| &*latest.architectures))),
    fact("license", |e| Value::text(e.latest.as_ref().and_then(|latest| latest.license.as_ref()))),
    fact("owner", owner),
    fact("ARN", |e| Value::Text(e.layer.arn.clone())),
];

/// Our layers, then those that functions use and AWS does not list.
fn fill(known: &Known<'_>) -> Vec<Entry> {
    let mut used = layer_usage::all(known);
    let own = known.rows::<Layer>("ownlayers").map(|layer| Entry {
        layer: LayerRef { name: layer.name.clone(), arn: layer.arn.clone(), ours: true },
        latest: Some(layer.latest.clone()),
        usage: used.as_mut().map(|used| used.remove(&layer.arn).map(|(_, usage)| usage).unwrap_or_default()),
    });
    let mut entries: Vec<Entry> = own.collect();
    if known.whole("ownlayers") {
        let others = used.into_iter().flatten();
        entries.extend(others.map(|(_, (layer, usage))| Entry { layer, latest: None, usage: Some(usage) }));
    }
    // A map has no order of its own; rows must not change places by chance.
    entries.sort_by(|a, b| a.layer.arn.cmp(&b.layer.arn));
    entries
}

/// Another account lets us read single versions, and its list seldom.
fn command(entry: &Entry) -> String {
    let arn = &entry.layer.arn;
    match entry.usage.as_ref().and_then(Usage::newest) {
        Some(newest) if !entry.layer.ours => format!("aws lambda get-layer-version-by-arn --arn {arn}:{newest}"),
        _ => format!("aws lambda list-layer-versions --layer-name {arn}"),
    }
}

fn latest(entry: &Entry) -> Value {
    match &entry.latest {
        Some(latest) => Value::Count(latest.version),
        None if entry.layer.ours => Value::Marked(Text::known("deleted"), Tone::Bad),
        None => Value::Missing,
    }
}

/// The version that others are measured by: the newest there is, or for layers of others the newest in use.
fn measure(entry: &Entry) -> Option<i64> {
    entry.latest.as_ref().map(|latest| latest.version).or_else(|| entry.usage.as_ref()?.newest())
}

fn behind(entry: &Entry) -> Value {
    match (&entry.usage, measure(entry)) {
        (None, _) => Value::Pending,
        (Some(_), _) if entry.latest.is_none() && entry.layer.ours => Value::Missing,
        (Some(usage), Some(newest)) if usage.behind(newest) > 0 => {
            Value::Graded(i64::try_from(usage.behind(newest)).unwrap_or(i64::MAX), Tone::Warn)
        }
        (Some(_), _) => Value::Count(0),
    }
}

fn behind_words(entry: &Entry) -> Value {
    let (Some(usage), Some(newest)) = (&entry.usage, measure(entry)) else {
        return if entry.usage.is_none() { Value::Pending } else { Value::Text(Text::known("nobody")) };
    };
    if entry.latest.is_none() && entry.layer.ours {
        return Value::Marked(Text::known("the layer is deleted; functions keep a copy"), Tone::Bad);
    }
    let of = if entry.latest.is_some() { "" } else { ", the newest in use here" };
    match usage.behind(newest) {
        0 => Value::Text(Text::known("nobody")),
        behind => {
            Value::Marked(Text::line(format!("{behind} not on {newest}{of}; enter, then ], names them")), Tone::Warn)
        }
    }
}

fn owner(entry: &Entry) -> Value {
    if entry.layer.ours {
        return Value::Marked(Text::known("this account"), Tone::Muted);
    }
    Value::Text(Text::line(layer_usage::account(&entry.layer.arn)))
}

/// Words with commas; none is "not said".
pub(super) fn list(words: Option<&[Text]>) -> Value {
    let words: Vec<&str> = words.into_iter().flatten().map(Text::as_str).collect();
    if words.is_empty() { Value::Missing } else { Value::Text(Text::line(words.join(", "))) }
}

/// The layer in AWS's words.
fn json(entry: &Entry) -> String {
    let latest = entry.latest.as_ref().map(super::layer_versions::told);
    let whole = json!({
        "LayerName": entry.layer.name,
        "LayerArn": entry.layer.arn,
        "LatestMatchingVersion": latest,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
