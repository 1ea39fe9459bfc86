//! Configuration: every setting of one function, as `GetFunction` tells it.

use std::sync::Arc;

use super::cell::{fact, own};
use super::operation::Elsewhere;
use super::row::{FunctionRef, RowKey, Scope, ScopeKind};
use super::spec::{Column, Invokee, Json, More, Names, PaneSpec, Source, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Configuration, Setting, SettingValue, Text};

/// One setting, with the whole it is a part of.
#[derive(Clone)]
pub struct Entry {
    whole: Arc<Configuration>,
    setting: Setting,
}

/// The pane.
pub static PANE: PaneSpec<Entry> = PaneSpec {
    id: "configuration",
    title: "Configuration",
    rows: "settings",
    scope: ScopeKind::Function,
    tab: Tab::Shown,
    load: |aws, scope, mut pages| {
        Box::pin(async move {
            let Scope::Function(function) = scope else { return Ok(()) };
            let whole = Arc::new(aws::read(aws.clone(), function.arn).await?);
            let entry = |setting: &Setting| Entry { whole: whole.clone(), setting: setting.clone() };
            pages.push(whole.settings.iter().map(entry).collect());
            // How its layers stand takes a question for each: the settings do not wait for them.
            if !whole.layers.is_empty() {
                pages.push(aws::function_layers(aws, &whole).await.iter().map(entry).collect());
            }
            Ok(())
        })
    },
    key: |entry| RowKey(Text::line(format!("{}/{}", entry.setting.group, entry.setting.name))),
    columns: &[
        Column {
            title: "GROUP",
            width: Width::Fixed(13),
            priority: 2,
            once: true,
            value: Source::Own(|e| Value::Marked(Text::known(e.setting.group), Tone::Muted)),
        },
        own("SETTING", Width::Grow(14), 0, |e| Value::Name(e.setting.name.clone())),
        own("VALUE", Width::Grow(14), 0, |e| value(&e.setting)),
    ],
    names: Names {
        name: |entry| entry.setting.name.clone(),
        arn: |_, entry| Some(entry.whole.arn.clone()),
        command: |scope, _| format!("aws lambda get-function --function-name {}", scope.name()),
        console: |region, scope, _| format!("/lambda/home?region={region}#/functions/{}?tab=configure", scope.name()),
        json: Json::Whole(|entry| entry.whole.json.to_string()),
    },
    empty: ("this function has no configuration to show", "r asks again"),
    more: More {
        short: &["config", "cfg"],
        masks: true,
        value: Some(2),
        facts: &[
            fact("setting", |e| Value::Name(e.setting.name.clone())),
            fact("group", |e| Value::Text(Text::known(e.setting.group))),
            fact("value", |e| value(&e.setting)),
        ],
        unsettled: |entry| entry.whole.unsettled,
        elsewhere: Some(Elsewhere {
            key: "1",
            label: "edit",
            way: "e on the list of functions (1) changes memory, timeout and description",
        }),
        subject: |_, entry| {
            Some(Scope::Function(FunctionRef { name: entry.whole.name.clone(), arn: entry.whole.arn.clone() }))
        },
        invokes: Some(|scope, entry| {
            let Scope::Function(function) = scope else { return None };
            let Configuration { timeout, log_group, .. } = &*entry.whole;
            Some(Invokee {
                function: function.clone(),
                qualifier: None,
                timeout: Some(*timeout),
                architecture: None,
                log_group: Some(log_group.clone()),
                versions: Vec::new(),
            })
        }),
        ..More::NONE
    },
};

/// A setting as a cell.
pub(super) fn value(setting: &Setting) -> Value {
    match &setting.value {
        SettingValue::Text(text) => Value::text(Some(text)),
        SettingValue::Count(n) => Value::Count(*n),
        SettingValue::Mebibytes(n) => Value::Mebibytes(*n),
        SettingValue::Bytes(n) => Value::Bytes(*n),
        SettingValue::Seconds(n) => Value::Seconds(*n),
        SettingValue::Time(at) => Value::Time(*at),
        SettingValue::State(word) => Value::State(tone(word), word.clone()),
        SettingValue::Secret(secret) => Value::Secret(secret.clone()),
        SettingValue::NotSet(default) => Value::NotSet(default),
        SettingValue::Look(words) => Value::Marked(words.clone(), Tone::Warn),
        SettingValue::Error(why) => Value::Marked(why.clone(), Tone::Bad),
    }
}

fn tone(word: &str) -> Tone {
    match word {
        "Active" | "Successful" => Tone::Good,
        "Failed" => Tone::Bad,
        "Inactive" => Tone::Muted,
        _ => Tone::Warn,
    }
}
