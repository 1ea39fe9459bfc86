//! The functions that use a layer, with the version each has: who is behind, and by how much.

use std::collections::BTreeSet;

use serde_json::json;

use super::cell::{fact, own};
use super::known::Known;
use super::layer_usage::{self, FUNCTIONS};
use super::layer_versions;
use super::row::{FunctionRef, RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Invokee, Join, Json, More, Names, PaneSpec, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{Function, Layer, Text};

/// How the version that a function has stands among those there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    /// It is the newest.
    Newest,
    /// So many newer ones exist.
    Behind(usize),
    /// It was deleted; the function has a copy.
    Deleted,
    /// The newest that functions here use; of layers of others AWS tells no more.
    NewestHere,
    /// Functions here use a newer one.
    BehindHere,
    /// The versions are not all known yet.
    Pending,
}

/// A function and the version of the layer that it uses.
#[derive(Clone)]
pub struct Entry {
    function: Function,
    version: i64,
    standing: Standing,
}

/// The pane.
pub static PANE: PaneSpec<Entry> = PaneSpec {
    id: "layerusers",
    title: "Used by",
    rows: "functions",
    scope: ScopeKind::Layer,
    tab: Tab::Behind,
    load: |_, _, _| Box::pin(async { Ok(()) }),
    key: |entry| RowKey(entry.function.arn.clone()),
    columns: COLUMNS,
    names: Names {
        name: |entry| entry.function.name.clone(),
        arn: |_, entry| Some(entry.function.arn.clone()),
        command: |_, entry| format!("aws lambda get-function --function-name {}", entry.function.name),
        console: |region, _, entry| format!("/lambda/home?region={region}#/functions/{}", entry.function.name),
        json: Json::Row(|entry| {
            let whole = json!({"FunctionArn": entry.function.arn, "Layers": entry.function.common.layers});
            serde_json::to_string_pretty(&whole).unwrap_or_default()
        }),
    },
    empty: (
        "no function of this account and region uses this layer",
        "published versions of functions may: AWS lists only $LATEST",
    ),
    more: More {
        sorted: Some((1, false)),
        facts: FACTS,
        needs: &[FUNCTIONS, "layerversions", "ownlayers"],
        join: Some(Join { fill: |scope, _, known| fill(scope, known), from: Some(FUNCTIONS) }),
        subject: |_, entry| Some(Scope::Function(reference(entry))),
        opens: Some("configuration"),
        invokes: Some(|_, entry| {
            Some(Invokee {
                function: reference(entry),
                qualifier: None,
                timeout: Some(entry.function.timeout),
                architecture: None,
                log_group: Some(entry.function.log_group()),
                versions: Vec::new(),
            })
        }),
        ..More::NONE
    },
};

const COLUMNS: &[Column<Entry>] = &[
    own("FUNCTION", Width::Grow(20), 0, |e| Value::Name(e.function.name.clone())),
    own("VERSION", Width::Fixed(7), 1, |e| Value::Count(e.version)),
    own("STANDING", Width::Fixed(16), 2, standing),
    own("RUNTIME", Width::Fixed(16), 3, |e| e.function.common.runtime.clone().map_or(Value::Missing, Value::Runtime)),
    own("MODIFIED", Width::Fixed(8), 4, |e| e.function.last_modified.map_or(Value::Missing, Value::Time)),
    own("ARCH", Width::Fixed(6), 5, |e| Value::Text(e.function.common.architecture.clone())),
    own("DESCRIPTION", Width::Grow(20), 6, |e| Value::text(Some(&e.function.description))),
];

const FACTS: &[Fact<Entry>] = &[
    fact("function", |e| Value::Name(e.function.name.clone())),
    fact("version", |e| Value::Count(e.version)),
    fact("standing", standing),
    fact("description", |e| Value::text(Some(&e.function.description))),
    fact("runtime", |e| e.function.common.runtime.clone().map_or(Value::Missing, Value::Runtime)),
    fact("architecture", |e| Value::Text(e.function.common.architecture.clone())),
    fact("modified", |e| e.function.last_modified.map_or(Value::Missing, Value::Time)),
    fact("all layers", |e| {
        let names = e.function.common.layers.iter().map(|arn| arn.splitn(7, ':').last().unwrap_or_default());
        Value::Text(Text::line(names.collect::<Vec<_>>().join(", ")))
    }),
    fact("ARN", |e| Value::Text(e.function.arn.clone())),
];

fn reference(entry: &Entry) -> FunctionRef {
    FunctionRef { name: entry.function.name.clone(), arn: entry.function.arn.clone() }
}

fn fill(scope: &Scope, known: &Known<'_>) -> Vec<Entry> {
    let Scope::Layer(layer) = scope else { return Vec::new() };
    let users = layer_usage::users(known, &layer.arn);
    let listed = known.rows::<layer_versions::Entry>("layerversions").map(layer_versions::number);
    // The list of layers names the newest too: what either list has is there.
    let own = known.rows::<Layer>("ownlayers").filter(|own| own.arn == layer.arn).map(|own| own.latest.version);
    let versions: BTreeSet<i64> = listed.chain(own).collect();
    let newest_here = users.iter().map(|(_, version)| *version).max();
    let standing = |version: i64| match known.whole("layerversions") {
        _ if !layer.ours && Some(version) == newest_here => Standing::NewestHere,
        _ if !layer.ours => Standing::BehindHere,
        false => Standing::Pending,
        true if !versions.contains(&version) => Standing::Deleted,
        true => match versions.range(version + 1..).count() {
            0 => Standing::Newest,
            newer => Standing::Behind(newer),
        },
    };
    let entries = users.into_iter();
    entries
        .map(|(function, version)| Entry { function: function.clone(), version, standing: standing(version) })
        .collect()
}

fn standing(entry: &Entry) -> Value {
    match entry.standing {
        Standing::Newest => Value::State(Tone::Good, Text::known("newest")),
        Standing::Behind(newer) => Value::State(Tone::Warn, Text::line(format!("{newer} behind"))),
        Standing::Deleted => Value::State(Tone::Bad, Text::known("deleted")),
        Standing::NewestHere => Value::State(Tone::Muted, Text::known("newest here")),
        Standing::BehindHere => Value::State(Tone::Warn, Text::known("behind others")),
        Standing::Pending => Value::Pending,
    }
}
