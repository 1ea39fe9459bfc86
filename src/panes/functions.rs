//! Functions: all of the account and region, with how each of them is.

mod configure;
mod standing;

use std::pin::pin;
use std::sync::{Mutex, PoisonError};

use futures_channel::oneshot;
use futures_util::future::{self, Either};

use super::cell::{fact, late_fact, own, told_late};
use super::function_layers;
use super::health;
use super::row::{FunctionRef, LateRow, RowKey, Scope, ScopeKind};
use super::spec::{Column, Fact, Invokee, Json, Keep, Late, More, Names, Pages, PaneSpec, Source, Tab, Width};
use super::value::{Tone, Value};
use crate::aws::{self, Aws, Call, Function, Health, Problem, Text};

pub use standing::{obstacles, reserved};

/// The numbers of the late cells: what `ListFunctions` leaves out and `GetFunction` tells.
mod late {
    pub const STATE: usize = 0;
    pub const UPDATE: usize = 1;
    pub const REASON: usize = 2;
    pub const RESERVED: usize = 3;
    /// The state, or what is worse: its last update.
    pub const HEALTH: usize = 4;
}

/// The pane.
pub static PANE: PaneSpec<Function> = PaneSpec {
    id: "functions",
    title: "Functions",
    rows: "functions",
    scope: ScopeKind::Account,
    tab: Tab::Shown,
    load: |aws, _, pages| Box::pin(load(aws, pages)),
    key: |function| RowKey(function.arn.clone()),
    columns: COLUMNS,
    names: Names {
        name: |function| function.name.clone(),
        arn: |_, function| Some(function.arn.clone()),
        command: |_, function| format!("aws lambda get-function --function-name {}", function.name),
        console: |region, _, function| format!("/lambda/home?region={region}#/functions/{}", function.name),
        json: Json::Row(json),
    },
    empty: ("no functions in this account and region", "R chooses another region, P another profile"),
    more: More {
        short: &["fn"],
        sorted: Some((1, false)),
        late: Some(Late {
            all: false,
            rest: None,
            load: |aws, _, key| Box::pin(async move { aws::health(aws, key.0).await.map(told) }),
        }),
        facts: FACTS,
        fact_lists: function_layers::lists,
        operations: &[configure::CONFIGURE],
        outcome: Some(|_, late, _| outcome(late)),
        made: Some(|call, seen| if let Call::Function(call) = call { Some(call.made(seen.row?)) } else { None }),
        subject: |_, function| Some(Scope::Function(reference(function))),
        opens: Some("configuration"),
        invokes: Some(|_, function| Some(invokee(function))),
        keep: Some(Keep::JSON),
        ..More::NONE
    },
};

/// Room for a glyph, a space and the longest word: `in progress`.
const UPDATE: u16 = 13;

const COLUMNS: &[Column<Function>] = &[
    told_late("STATE", Width::Fixed(health::STATE), 1, late::HEALTH),
    own("NAME", Width::Rather(20, 28), 0, |f| Value::Name(f.name.clone())),
    own("RUNTIME", Width::Fixed(15), 2, runtime),
    own("MEMORY", Width::Fixed(9), 4, |f| Value::Mebibytes(f.memory.into())),
    own("TIMEOUT", Width::Fixed(7), 5, |f| Value::Seconds(f.timeout.into())),
    own("AGE", Width::Fixed(6), 3, |f| f.last_modified.map_or(Value::Missing, Value::Time)),
    own("SIZE", Width::Fixed(7), 6, |f| if f.code_size > 0 { Value::Bytes(f.code_size) } else { Value::Missing }),
    own("ARCH", Width::Fixed(6), 8, |f| Value::Text(f.common.architecture.clone())),
    own("TYPE", Width::Fixed(5), 9, |f| Value::Text(f.common.package_type.clone())),
    told_late("UPDATE", Width::Fixed(UPDATE), 10, late::UPDATE),
    own("DESCRIPTION", Width::Grow(20), 7, |f| Value::text(Some(&f.description))),
    own("HANDLER", Width::Grow(15), 11, |f| Value::text(f.handler.as_ref())),
    own("ROLE", Width::Grow(14), 12, |f| Value::Text(f.role.behind_last('/'))),
    own("LAYERS", Width::Fixed(6), 13, |f| Value::count(f.common.layers.len())),
    own("LOGS", Width::Fixed(4), 14, |f| Value::Text(f.common.log_format.clone())),
];

const FACTS: &[Fact<Function>] = &[
    late_fact("state", late::STATE),
    late_fact("last update", late::UPDATE),
    late_fact("reason", late::REASON),
    fact("description", |f| Value::text(Some(&f.description))),
    fact("runtime", |f| f.common.runtime.clone().map_or(Value::Text(Text::known("container image")), Value::Runtime)),
    fact("handler", |f| Value::text(f.handler.as_ref())),
    fact("architecture", |f| Value::Text(f.common.architecture.clone())),
    fact("package", |f| Value::Text(f.common.package_type.clone())),
    fact("code size", |f| if f.code_size > 0 { Value::Bytes(f.code_size) } else { Value::Missing }),
    fact("memory", |f| Value::Mebibytes(f.memory.into())),
    fact("timeout", |f| Value::Seconds(f.timeout.into())),
    fact("/tmp", |f| Value::Mebibytes(f.ephemeral_storage.into())),
    late_fact("reserved", late::RESERVED),
    fact("modified", |f| f.last_modified.map_or(Value::Missing, Value::Time)),
    fact("role", |f| Value::Text(f.role.behind_last('/'))),
    fact("network", network),
    fact("environment", |f| Value::Text(Text::line(format!("{} variables (enter shows them, masked)", f.environment)))),
    fact("logs", |f| Value::Text(Text::line(format!("{} · {}", f.common.log_format, f.log_group())))),
    Fact { label: "layers", value: Source::Told(function_layers::lines) },
    fact("tracing", |f| f.common.tracing.clone().map_or(Value::NotSet("PassThrough"), Value::Text)),
    fact("dead letters", |f| f.common.dead_letter.clone().map_or(Value::NotSet(""), Value::Text)),
    fact("file systems", |f| Value::Count(f.common.file_systems.into())),
    fact("snap start", |f| f.common.snap_start.clone().map_or(Value::NotSet("off"), Value::Text)),
    fact("durable", |f| if f.common.durable { Value::Text(Text::known("yes")) } else { Value::NotSet("off") }),
    fact("tenancy", |f| f.common.tenant_isolation.clone().map_or(Value::NotSet("shared"), Value::Text)),
    fact("key", |f| f.common.kms_key_arn.clone().map_or(Value::NotSet("AWS's own"), Value::Text)),
    fact("capacity", |f| f.common.capacity_provider.clone().map_or(Value::NotSet("Lambda's own"), Value::Text)),
    fact("ARN", |f| Value::Text(f.arn.clone())),
];

/// Lists; once the first page says that there are more, asks how many functions there are, so that
/// progress has an end. A list of one page asks nothing more.
async fn load(aws: Aws, pages: Pages<Function>) -> Result<(), Problem> {
    let pages = Mutex::new(pages);
    let (many, tell) = oneshot::channel();
    // Taken up where it broke off, the list has been counted already.
    let place = with(&pages, |pages| pages.place());
    let mut many = Some(many).filter(|_| place.is_none());
    let listing = aws::list(aws.clone(), place, |page, next| {
        let more = next.is_some();
        with(&pages, |pages| pages.page(page, next));
        if let Some(many) = many.take().filter(|_| more) {
            // The other side is gone only if the whole load is.
            let _ = many.send(());
        }
    });
    let counting = async {
        // Without the count progress has no end, and nothing else is amiss.
        if tell.await.is_ok()
            && let Ok(total) = aws::count(aws).await
        {
            with(&pages, |pages| pages.total(total));
        }
        future::pending::<()>().await;
    };
    match future::select(pin!(listing), pin!(counting)).await {
        Either::Left((listed, _)) => listed,
        Either::Right(((), _)) => Ok(()),
    }
}

/// Both halves of a load run in one task; the lock is never waited for.
fn with<T, R>(pages: &Mutex<Pages<T>>, change: impl FnOnce(&mut Pages<T>) -> R) -> R {
    change(&mut pages.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The late cells of a function.
fn told(health: Health) -> LateRow {
    let unsettled = health.unsettled();
    let reason = health::reason(&health);
    let reserved = match health.reserved_concurrency {
        None => Value::NotSet("the account's pool"),
        Some(0) => Value::Marked(Text::known("0: every invocation is throttled"), Tone::Bad),
        Some(n) => Value::Count(n.into()),
    };
    let (state, update) = (health::state(health.state), health::update(health.last_update_status));
    let overall = health::overall(&state, &update);
    let cells = vec![state, update, reason, reserved, overall];
    LateRow { cells, unsettled, ..LateRow::default() }
}

/// What has become of an update that took its time.
fn outcome(late: Option<&LateRow>) -> (Tone, Text) {
    let cell = |n: usize| late.and_then(|late| late.cells.get(n));
    let reason = match cell(late::REASON) {
        Some(Value::Text(reason)) => format!(": {reason}"),
        _ => String::new(),
    };
    match cell(late::UPDATE) {
        Some(Value::State(Tone::Bad, word)) => (Tone::Bad, Text::line(format!("the update {word}{reason}"))),
        _ => (Tone::Good, Text::known("updated")),
    }
}

/// A container image brings its own runtime, of which AWS knows nothing.
fn runtime(function: &Function) -> Value {
    match &function.common.runtime {
        Some(runtime) => Value::Runtime(runtime.clone()),
        None if function.common.package_type.as_str() == "Image" => Value::Text(Text::known("image")),
        None => Value::Missing,
    }
}

fn reference(function: &Function) -> FunctionRef {
    FunctionRef { name: function.name.clone(), arn: function.arn.clone() }
}

fn invokee(function: &Function) -> Invokee {
    Invokee {
        function: reference(function),
        qualifier: None,
        timeout: Some(function.timeout),
        architecture: Some(function.common.architecture.clone()),
        log_group: Some(function.log_group()),
        versions: Vec::new(),
    }
}

fn network(function: &Function) -> Value {
    match &function.common.vpc_id {
        None => Value::NotSet("no VPC"),
        Some(vpc) => {
            let number = |n: u16, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            let (subnets, groups) =
                (number(function.common.subnets, "subnet"), number(function.common.security_groups, "security group"));
            Value::Text(Text::line(format!("{vpc} · {subnets} · {groups}")))
        }
    }
}

/// All that is kept of a function, side by side: what it shares with others is its own all the same.
fn json(function: &Function) -> String {
    let mut told = serde_json::to_value(function).unwrap_or_default();
    if let Some(members) = told.as_object_mut()
        && let Some(serde_json::Value::Object(common)) = members.remove("common")
    {
        members.extend(common);
    }
    serde_json::to_string_pretty(&told).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::super::health::{STATE, overall, state, update};
    use super::*;

    pub(in super::super) fn function() -> Function {
        serde_json::from_value(serde_json::json!({
            "name": "orders-api", "arn": "arn:aws:lambda:eu-west-1:1:function:orders-api", "handler": "app.handler",
            "role": "arn:aws:iam::1:role/service/orders", "description": "d", "memory": 512, "timeout": 30, "code_size": 1, "code_sha256": "x",
            "revision_id": "r1", "last_modified": null, "environment": 2, "ephemeral_storage": 512,
            "common": {
                "runtime": "python3.13", "version": "$LATEST", "architecture": "arm64", "package_type": "Zip",
                "layers": ["arn:aws:lambda:eu-west-1:1:layer:powertools:79"], "vpc_id": null, "subnets": 0, "security_groups": 0,
                "file_systems": 0, "tracing": null, "log_format": "Text", "own_log_group": null, "kms_key_arn": null, "dead_letter": null,
                "snap_start": null, "durable": false, "tenant_isolation": null, "capacity_provider": null, "master_arn": null
            }
        }))
        .unwrap()
    }

    #[test]
    fn a_state_has_a_tone_and_a_word() {
        assert_eq!(state(None), Value::Missing);
        assert_eq!(state(Some(Text::known("Active"))), Value::State(Tone::Good, Text::known("active")));
        assert_eq!(state(Some(Text::known("Melting"))), Value::State(Tone::Warn, Text::known("melting")));
        assert_eq!(update(Some(Text::known("InProgress"))), Value::State(Tone::Warn, Text::known("in progress")));
    }

    #[test]
    fn a_function_that_works_but_was_not_updated_does_not_stand_as_active() {
        let told = |of: &'static str, last: &'static str| {
            overall(&state(Some(Text::known(of))), &update(Some(Text::known(last))))
        };
        let said = |of, last| {
            let Value::State(tone, word) = told(of, last) else { panic!("no state") };
            (tone, word.as_str().to_owned())
        };
        assert_eq!(said("Active", "Successful"), (Tone::Good, "active".to_owned()));
        assert_eq!(said("Active", "Failed"), (Tone::Bad, "update failed".to_owned()));
        assert_eq!(said("Inactive", "InProgress"), (Tone::Warn, "updating".to_owned()));
        assert_eq!(said("Failed", "Failed"), (Tone::Bad, "failed".to_owned()));
        assert_eq!(said("Pending", "InProgress"), (Tone::Warn, "pending".to_owned()));
        assert_eq!(overall(&state(None), &update(None)), Value::Missing);
        let Value::State(_, longest) = told("Active", "Failed") else { panic!("no state") };
        assert_eq!(longest.chars().count() + 2, usize::from(STATE));
    }

    #[test]
    fn known_states_differ_in_the_room_of_their_column() {
        let known = [
            "Active",
            "Pending",
            "Inactive",
            "Failed",
            "Deactivating",
            "Deactivated",
            "ActiveNonInvocable",
            "Deleting",
        ];
        let cut = |value: Value, width: u16| {
            let Value::State(_, word) = value else { panic!("no state") };
            // Two cells are the glyph and a space.
            assert!(word.chars().count() <= usize::from(width) - 2, "{word} is cut");
            word.chars().take(usize::from(width) - 2).collect::<String>()
        };
        let states: HashSet<_> = known.iter().map(|word| cut(state(Some(Text::known(word))), STATE)).collect();
        assert_eq!(states.len(), known.len());
        let updates = ["Successful", "Failed", "InProgress"].map(|word| cut(update(Some(Text::known(word))), UPDATE));
        assert_eq!(HashSet::from(updates).len(), 3);
    }

    #[test]
    fn an_image_is_called_so_where_a_runtime_would_stand() {
        let mut zip = function();
        Arc::make_mut(&mut zip.common).runtime = None;
        assert_eq!(runtime(&zip), Value::Missing);
        let mut image = zip;
        Arc::make_mut(&mut image.common).package_type = Text::known("Image");
        assert_eq!(runtime(&image), Value::Text(Text::known("image")));
        assert_eq!(runtime(&function()), Value::Runtime(Text::known("python3.13")));
    }

    #[test]
    fn the_json_of_a_function_has_all_of_it_side_by_side() {
        let told: serde_json::Value = serde_json::from_str(&json(&function())).unwrap();
        assert_eq!((&told["name"], &told["runtime"]), (&"orders-api".into(), &"python3.13".into()));
        assert!(told.get("common").is_none());
    }

    #[test]
    fn names_are_short_where_the_arn_is_long() {
        assert_eq!(&*function().role.behind_last('/'), "orders");
    }
}
