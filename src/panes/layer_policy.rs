//! Who may use one version of a layer: its policy, statement by statement.

use std::sync::Arc;

use super::cell::{fact, own};
use super::field::{Answers, Choice, Field, Invalid};
use super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::row::{RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Json, More, Names, Pages, PaneSpec, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Aws, Call, Grantee, LayerCall, LayerPolicy, LayerStatement, Problem, Text};

/// A statement, with the policy it is a part of.
#[derive(Clone)]
pub struct Entry {
    policy: Arc<LayerPolicy>,
    statement: LayerStatement,
}

/// The pane.
pub static PANE: PaneSpec<Entry> = PaneSpec {
    id: "layerpolicy",
    title: "Policy",
    rows: "statements",
    scope: ScopeKind::LayerVersion,
    tab: Tab::Behind,
    load: |aws, scope, pages| Box::pin(load(aws, scope, pages)),
    key: |entry| RowKey(entry.statement.sid.clone()),
    columns: COLUMNS,
    names: Names {
        name: |entry| entry.statement.sid.clone(),
        arn: |scope, _| Some(arn(scope)),
        command: |scope, _| match scope {
            Scope::LayerVersion(layer, version) => {
                format!("aws lambda get-layer-version-policy --layer-name {} --version-number {version}", layer.arn)
            }
            _ => String::new(),
        },
        console: |region, scope, _| match scope {
            Scope::LayerVersion(layer, version) => {
                format!("/lambda/home?region={region}#/layers/{}/versions/{version}?tab=permissions", layer.name)
            }
            _ => format!("/lambda/home?region={region}#/layers"),
        },
        json: Json::Row(|entry| entry.statement.json.to_string()),
    },
    empty: ("only this account may use this version", "n lets somebody else use it"),
    more: More {
        facts: FACTS,
        needs: &["layerpolicy"],
        operations: &[REMOVE],
        makes: &[ADD],
        made: Some(|call, seen| match call {
            Call::Layer(call) => call.made_statement(seen.all.iter().map(|entry| &entry.statement)),
            _ => None,
        }),
        ..More::NONE
    },
};

const COLUMNS: &[Column<Entry>] = &[
    own("STATEMENT", Width::Grow(16), 0, |e| Value::Name(e.statement.sid.clone())),
    own("WHO", Width::Grow(20), 1, who),
    own("EFFECT", Width::Fixed(6), 2, |e| Value::Text(e.statement.effect.clone())),
    own("MAY", Width::Grow(22), 3, |e| Value::Text(e.statement.action.clone())),
];

const FACTS: &[Fact<Entry>] = &[
    fact("statement", |e| Value::Name(e.statement.sid.clone())),
    fact("who", who),
    fact("effect", |e| Value::Text(e.statement.effect.clone())),
    fact("may", |e| Value::Text(e.statement.action.clone())),
    fact("revision", |e| Value::text(e.policy.revision_id.as_ref())),
];

async fn load(aws: Aws, scope: Scope, mut pages: Pages<Entry>) -> Result<(), Problem> {
    let Scope::LayerVersion(layer, version) = scope else { return Ok(()) };
    let policy = Arc::new(aws::layer_policy(aws, layer.asked(), version).await?);
    let entry = |statement: &LayerStatement| Entry { policy: policy.clone(), statement: statement.clone() };
    pages.push(policy.statements.iter().map(entry).collect());
    Ok(())
}

fn who(entry: &Entry) -> Value {
    let words = Text::line(entry.statement.grantee.to_string());
    match entry.statement.grantee {
        Grantee::Everyone => Value::Marked(words, Tone::Bad),
        Grantee::Other(_) => Value::Marked(words, Tone::Warn),
        _ => Value::Text(words),
    }
}

/// The ARN of the version.
fn arn(scope: &Scope) -> Text {
    match scope {
        Scope::LayerVersion(layer, version) => Text::line(format!("{}:{version}", layer.arn)),
        _ => Text::default(),
    }
}

/// Who may use it in words: what a change leads to is shown so.
fn words(statements: &[LayerStatement]) -> Value {
    if statements.is_empty() {
        return Value::Text(Text::known("only this account"));
    }
    let words = statements.iter().map(|it| format!("{} ({})", it.grantee, it.sid));
    Value::Text(Text::line(words.collect::<Vec<_>>().join(", ")))
}

/// Takes a statement out of the policy.
const REMOVE: Operation<Entry> = Operation {
    key: "D",
    label: "remove statement",
    offered: Offered::Always,
    needs: &[],
    fields: |_, _| Vec::new(),
    confirm: Confirm::TypeName,
    target: |on| {
        let sid = &on.thing.statement.sid;
        Target::of(sid.clone(), arn(on.scope)).titled(format!("{sid} of {}", on.scope.name()))
    },
    allowed: |_| Ok(()),
    does: |on, _| {
        let Scope::LayerVersion(layer, version) = on.scope else { return Err(Invalid::new("", "no version")) };
        let Entry { policy, statement } = on.thing;
        let left: Vec<_> = policy.statements.iter().filter(|it| it.sid != statement.sid).cloned().collect();
        let call = LayerCall::Unshare {
            layer: layer.arn.clone(),
            version: *version,
            sid: statement.sid.clone(),
            seen: (**policy).clone(),
        };
        let loses = format!("{} can no longer take it; functions that have it keep their copy", statement.grantee);
        Ok(Plan {
            preview: vec![("now", words(&policy.statements)), ("then", words(&left))],
            warnings: vec![(Tone::Warn, loses)],
            ..Plan::of(Call::Layer(call))
        })
    },
    spoils: &["layerpolicy", "layerversions"],
};

/// The labels of the form, and what `who` may be.
const SID: &str = "statement";
const WHO: &str = "who";
const ACCOUNT: &str = "account";
const ORGANIZATION: &str = "organisation";
const EVERYONE: &str = "everyone";

/// Puts a statement into the policy.
const ADD: Operation<Scope> = Operation {
    key: "n",
    label: "add statement",
    offered: Offered::Always,
    needs: &[],
    fields: |_, answers| {
        let choice = |value: &str, words: &str| Choice { words: words.to_owned(), ..Choice::plain(value) };
        let who = vec![
            choice(ACCOUNT, "one account"),
            choice(ORGANIZATION, "all accounts of an organisation"),
            choice(EVERYONE, "every AWS account"),
        ];
        let mut fields = vec![
            Field::line(SID, "its name: letters, digits, - and _, at most 100", ""),
            Field::choice(WHO, "may use this version", ACCOUNT, who),
        ];
        match answers.get(WHO) {
            ORGANIZATION => fields.push(Field::line(ORGANIZATION, "o-, then 10 to 32 letters and digits", "")),
            EVERYONE => {}
            _ => fields.push(Field::line(ACCOUNT, "its number, 12 digits", "")),
        }
        fields
    },
    confirm: Confirm::Ask,
    target: |on| Target::of(on.scope.name(), arn(on.scope)).titled(format!("to {}", on.scope.name())),
    allowed: |on| match on.scope {
        Scope::LayerVersion(layer, _) if !layer.ours => {
            Err("the layer is another account's: only its owner can share it".to_owned())
        }
        _ => Ok(()),
    },
    does: add,
    spoils: &["layerpolicy", "layerversions"],
};

fn add(on: &On<'_, Scope>, answers: &Answers) -> Result<Plan, Invalid> {
    let Scope::LayerVersion(layer, version) = on.scope else { return Err(Invalid::new(SID, "no version")) };
    if !on.known.whole("layerpolicy") {
        return Err(Invalid::new(SID, "the policy is not read yet"));
    }
    let seen = on.known.rows::<Entry>("layerpolicy").next().map(|entry| (*entry.policy).clone()).unwrap_or_default();
    let sid = answers.name(SID, 100)?;
    if seen.statements.iter().any(|it| it.sid == sid) {
        return Err(Invalid::new(SID, "there is a statement of this name already"));
    }
    let grantee = grantee(answers)?;
    let mut then = seen.statements.clone();
    let sid = Text::line(sid);
    then.push(LayerStatement {
        sid: sid.clone(),
        grantee: grantee.clone(),
        effect: Text::known("Allow"),
        action: Text::known("lambda:GetLayerVersion"),
        json: Text::default(),
    });
    let preview = vec![("now", words(&seen.statements)), ("then", words(&then))];
    let open = grantee == Grantee::Everyone;
    let call = LayerCall::Share { layer: layer.arn.clone(), version: *version, sid, grantee, seen };
    let warning = "every AWS account there is, whoever owns it, can download this version and use it";
    Ok(Plan {
        preview,
        warnings: if open { vec![(Tone::Bad, warning.to_owned())] } else { Vec::new() },
        confirm: open.then_some(Confirm::Warned),
        ..Plan::of(Call::Layer(call))
    })
}

fn grantee(answers: &Answers) -> Result<Grantee, Invalid> {
    match answers.get(WHO) {
        EVERYONE => Ok(Grantee::Everyone),
        ORGANIZATION => {
            let id = answers.get(ORGANIZATION);
            let body = id.strip_prefix("o-").unwrap_or_default();
            let plain = body.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            if (10..=32).contains(&body.len()) && plain {
                return Ok(Grantee::Organization(Text::line(id)));
            }
            Err(Invalid::new(ORGANIZATION, "o-, then 10 to 32 small letters and digits"))
        }
        _ => {
            let id = answers.get(ACCOUNT);
            if id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()) {
                return Ok(Grantee::Account(Text::line(id)));
            }
            Err(Invalid::new(ACCOUNT, "12 digits"))
        }
    }
}
