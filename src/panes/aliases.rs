//! Aliases: the names that callers use, and how their calls are shared out.

mod asked;
mod changes;
mod create;

use serde_json::{Map, json};

use super::cell::{fact, own};
use super::compare::{Compare, Counterpart, Part};
use super::operation::On;
use super::row::{RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Invokee, Json, More, Names, Pages, PaneSpec, Tab, Width};
use super::value::Value;
use super::versions;
use crate::aws::{self, Alias, Aws, Call, LATEST, Problem, Text};

/// The pane.
pub static PANE: PaneSpec<Alias> = PaneSpec {
    id: "aliases",
    title: "Aliases",
    rows: "aliases",
    scope: ScopeKind::Function,
    tab: Tab::Shown,
    load: |aws, scope, pages| Box::pin(load(aws, scope, pages)),
    key: |alias| RowKey(alias.name.clone()),
    columns: COLUMNS,
    names: Names {
        name: |alias| aws::name_in(&alias.arn),
        arn: |_, alias| Some(alias.arn.clone()),
        command: |scope, alias| format!("aws lambda get-alias --function-name {} --name {}", scope.name(), alias.name),
        console: |region, scope, alias| {
            format!("/lambda/home?region={region}#/functions/{}/aliases/{}", scope.name(), alias.name)
        },
        json: Json::Row(json),
    },
    empty: ("this function has no aliases", "callers name the function itself, which is $LATEST, or a version"),
    more: More {
        sorted: Some((0, false)),
        facts: FACTS,
        needs: &["versions"],
        operations: &[changes::SHIFT, changes::PROMOTE, changes::ROLL_BACK, changes::POINT, changes::DELETE],
        makes: &[create::CREATE],
        compare: Some(Compare { parts, with: counterparts }),
        invokes: Some(invokee),
        made: Some(|call, seen| if let Call::Alias(call) = call { Some(call.made(&seen.all)) } else { None }),
        ..More::NONE
    },
};

const COLUMNS: &[Column<Alias>] = &[
    own("NAME", Width::Grow(7), 0, |a| Value::Name(a.name.clone())),
    own("VERSION", Width::Fixed(8), 1, |a| Value::Text(a.version.clone())),
    own("WEIGHT", Width::Upto(7, 24), 3, |a| Value::Share(a.main_weight())),
    own("SHIFTED TO", Width::Fixed(10), 2, |a| Value::text(Some(&shifted(a)))),
    own("DESCRIPTION", Width::Grow(16), 5, |a| Value::text(Some(&a.description))),
];

const FACTS: &[Fact<Alias>] = &[
    fact("alias", |a| Value::Name(a.name.clone())),
    fact("description", |a| Value::text(Some(&a.description))),
    fact("version", |a| Value::Text(a.version.clone())),
    fact("shifted to", |a| {
        if a.weights.is_empty() { Value::NotSet("all calls go to one version") } else { Value::Text(shifted(a)) }
    }),
    fact("calls", |a| Value::Text(routes(a))),
    fact("revision", |a| Value::text(a.revision_id.as_ref())),
    fact("ARN", |a| Value::Text(a.arn.clone())),
];

async fn load(aws: Aws, scope: Scope, mut pages: Pages<Alias>) -> Result<(), Problem> {
    let Scope::Function(function) = scope else { return Ok(()) };
    aws::aliases(aws, function.arn, pages.place(), |page, next| pages.page(page, next)).await
}

/// The versions that get a share of the calls, empty without a canary. AWS allows one, and may allow more.
fn shifted(alias: &Alias) -> Text {
    Text::line(alias.weights.iter().map(|(version, _)| version.as_str()).collect::<Vec<_>>().join(", "))
}

/// Who gets how much, in words: `90 % to 11, 10 % to 12`.
fn routes(alias: &Alias) -> Text {
    let part = |(version, share): &(&Text, f64)| format!("{} % to {version}", aws::percent(*share));
    Text::line(alias.versions().iter().map(part).collect::<Vec<_>>().join(", "))
}

/// What two aliases can differ in: where they send calls, and what is set in the version they point to.
fn parts(on: &On<'_, Alias>) -> Result<Vec<Part>, String> {
    let alias = on.thing;
    let version = versions::find(on.known, &alias.version)
        .ok_or_else(|| format!("version {} is not among the versions that are in", alias.version))?;
    let own = [
        ("FunctionVersion", Value::Text(alias.version.clone())),
        ("Calls", Value::Text(routes(alias))),
        ("Alias description", Value::text(Some(&alias.description))),
    ];
    let own = own.map(|(label, value)| Part { group: "alias", label: Text::known(label), value });
    Ok(own.into_iter().chain(versions::parts(version)).collect())
}

/// The second version, `$LATEST`, and the other aliases.
fn counterparts(on: &On<'_, Alias>, all: &[&Alias]) -> Vec<Counterpart> {
    let own = on.thing;
    let counterpart = |words: String, version: &Text| {
        let version = versions::find(on.known, version)?;
        Some(Counterpart { words, name: aws::name_in(&version.arn), parts: versions::parts(version) })
    };
    let latest = Text::known(LATEST);
    let seconds = own.weights.iter().filter_map(|(version, share)| {
        counterpart(format!("{version}: gets {} % of its calls", aws::percent(*share)), version)
    });
    let latest = (own.version != latest).then(|| counterpart(format!("{LATEST}: not published yet"), &latest));
    let others = all.iter().filter(|other| other.name != own.name).filter_map(|other| {
        let parts = parts(&On { scope: on.scope, thing: *other, known: on.known }).ok()?;
        let words = format!("{}: {}", other.name, routes(other));
        Some(Counterpart { words, name: aws::name_in(&other.arn), parts })
    });
    seconds.chain(latest.flatten()).chain(others).collect()
}

/// The version is chosen by AWS, call by call, so its time limit is not known here; its log group is taken
/// to be the function's.
fn invokee(scope: &Scope, alias: &Alias) -> Option<Invokee> {
    let Scope::Function(function) = scope else { return None };
    Some(Invokee {
        function: function.clone(),
        qualifier: Some(alias.name.clone()),
        timeout: None,
        architecture: None,
        log_group: None,
        versions: alias.versions().into_iter().map(|(version, _)| version.clone()).collect(),
    })
}

/// The alias in AWS's words.
fn json(alias: &Alias) -> String {
    let weights: Map<_, _> =
        alias.weights.iter().map(|(version, weight)| (version.to_string(), json!(weight))).collect();
    let whole = json!({
        "AliasArn": alias.arn,
        "Name": alias.name,
        "FunctionVersion": alias.version,
        "Description": alias.description,
        "RoutingConfig": {"AdditionalVersionWeights": weights},
        "RevisionId": alias.revision_id,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
