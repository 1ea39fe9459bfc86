//! The account's limits: one row, of which other panes know what is left to give.

use serde_json::json;

use super::cell::{fact, own};
use super::row::{RowKey, ScopeKind};
use super::spec::{Column, Fact, Json, More, Names, PaneSpec, Tab, Width};
use super::value::Value;
use crate::aws::{self, Account, Text};

/// The pane.
pub static PANE: PaneSpec<Account> = PaneSpec {
    id: "account",
    title: "Account",
    rows: "account's limits",
    scope: ScopeKind::Account,
    tab: Tab::Behind,
    load: |aws, _, mut pages| {
        Box::pin(async move {
            pages.push(vec![aws::account(aws).await?]);
            Ok(())
        })
    },
    key: |_| RowKey(Text::known("account")),
    columns: COLUMNS,
    names: Names {
        name: |_| Text::known("limits"),
        arn: |_, _| None,
        command: |_, _| "aws lambda get-account-settings".to_owned(),
        console: |region, _, _| format!("/lambda/home?region={region}#/discover"),
        json: Json::Row(json),
    },
    empty: ("AWS told no limits", "r asks again"),
    more: More { facts: FACTS, ..More::NONE },
};

const COLUMNS: &[Column<Account>] = &[
    own("CONCURRENCY", Width::Fixed(11), 0, |a| Value::Count(a.concurrency.into())),
    own("UNRESERVED", Width::Fixed(10), 1, |a| Value::Count(a.unreserved.into())),
    own("CODE", Width::Fixed(8), 2, |a| Value::Bytes(a.code_used)),
    own("OF", Width::Fixed(8), 3, |a| Value::Bytes(a.code)),
    own("FUNCTIONS", Width::Fixed(9), 4, |a| Value::Count(i64::try_from(a.functions).unwrap_or(i64::MAX))),
];

const FACTS: &[Fact<Account>] = &[
    fact("concurrency", |a| Value::Count(a.concurrency.into())),
    fact("unreserved", |a| Value::Count(a.unreserved.into())),
    fact("taken", |a| Value::Count(a.taken().into())),
    fact("code", |a| Value::Bytes(a.code_used)),
    fact("code, most", |a| Value::Bytes(a.code)),
    fact("zip, most", |a| Value::Bytes(a.zipped)),
    fact("unzipped", |a| Value::Bytes(a.unzipped)),
];

/// The limits in AWS's words.
fn json(account: &Account) -> String {
    let whole = json!({
        "AccountLimit": {
            "TotalCodeSize": account.code,
            "CodeSizeUnzipped": account.unzipped,
            "CodeSizeZipped": account.zipped,
            "ConcurrentExecutions": account.concurrency,
            "UnreservedConcurrentExecutions": account.unreserved,
        },
        "AccountUsage": {"TotalCodeSize": account.code_used, "FunctionCount": account.functions},
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
