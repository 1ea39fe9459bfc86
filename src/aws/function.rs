//! Functions: the list, and how each of them is.

use std::collections::HashSet;
use std::sync::Arc;

use aws_sdk_lambda::types::FunctionConfiguration;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::common::Common;
use super::connect::Aws;
use super::log_groups::default_log_group;
use super::pages::{self, Page};
use super::problem::Problem;
use super::text::Text;

/// A function as `ListFunctions` tells it. Compact, for accounts with thousands of them; the values
/// of the environment are not kept. The list leaves out states: see [`health`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Function {
    /// Its name, unqualified.
    pub name: Text,
    /// Its ARN, unqualified.
    pub arn: Text,
    /// The entry point; `None` for container images.
    pub handler: Option<Text>,
    /// The ARN of its execution role.
    pub role: Text,
    /// What its owner wrote about it, may be empty.
    pub description: Text,
    /// Memory in MiB, 128 to 32,768.
    pub memory: u32,
    /// Its time limit in seconds, 1 to 900.
    pub timeout: u32,
    /// The size of its package in bytes, 0 for images.
    pub code_size: i64,
    /// The SHA-256 of its package, in base64.
    pub code_sha256: Text,
    /// Changes with every update.
    pub revision_id: Option<Text>,
    /// When it was last changed.
    pub last_modified: Option<DateTime<Utc>>,
    /// How many environment variables it has.
    pub environment: u16,
    /// The size of `/tmp` in MiB, 512 to 10,240.
    pub ephemeral_storage: u32,
    /// What others have too: kept once for all functions of a list where it is the same.
    #[serde(with = "super::common")]
    pub common: Arc<Common>,
}

impl Function {
    /// The log group its runs write to.
    pub fn log_group(&self) -> Text {
        let own = self.common.own_log_group.clone();
        own.unwrap_or_else(|| default_log_group(&self.name))
    }

    pub(super) fn of(told: &FunctionConfiguration) -> Self {
        let name = words(told.function_name());
        let common = Arc::new(Common::of(told, &name));
        let mut function = Self {
            name,
            arn: words(told.function_arn()),
            handler: some(told.handler()),
            role: words(told.role()),
            description: words(told.description()),
            memory: positive(told.memory_size(), 128),
            timeout: positive(told.timeout(), 3),
            code_size: told.code_size(),
            code_sha256: words(told.code_sha256()),
            revision_id: some(told.revision_id()),
            last_modified: told.last_modified().and_then(time),
            environment: told.environment().and_then(|env| env.variables()).map_or(0, |vars| few(vars.len())),
            ephemeral_storage: positive(
                told.ephemeral_storage().map(aws_sdk_lambda::types::EphemeralStorage::size),
                512,
            ),
            common,
        };
        function.pack();
        function
    }

    /// Its words in one piece of memory: they live and go together. The name is found in the ARN.
    fn pack(&mut self) {
        let always = [&mut self.arn, &mut self.name, &mut self.role, &mut self.description, &mut self.code_sha256];
        let perhaps = [self.handler.as_mut(), self.revision_id.as_mut()];
        Text::pack(always.into_iter().chain(perhaps.into_iter().flatten()).collect());
    }
}

/// Words of AWS; empty when it says none.
pub(super) fn words(told: Option<&str>) -> Text {
    Text::line(told.unwrap_or_default())
}

/// Words of AWS, of which none and an empty string mean the same.
pub(super) fn some(told: Option<&str>) -> Option<Text> {
    told.filter(|words| !words.is_empty()).map(Text::line)
}

fn positive(told: Option<i32>, default: u32) -> u32 {
    told.and_then(|number| u32::try_from(number).ok()).unwrap_or(default)
}

pub(super) fn few(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The name at the end of a function's ARN, with the qualifier if there is one; a name is itself.
pub fn name_in(arn: &Text) -> Text {
    arn.rsplit_once(":function:").map_or_else(|| arn.clone(), |(_, name)| Text::line(name))
}

/// A time as Lambda writes it: `2020-04-10T19:06:32.563+0000`, with or without the fraction.
pub(super) fn time(told: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_str(told, "%Y-%m-%dT%H:%M:%S%.f%z")
        .or_else(|_| DateTime::parse_from_rfc3339(told))
        .map(|time| time.to_utc())
        .ok()
}

/// Reads all functions of the account and region (`ListFunctions`), at most 50 a page, and hands on
/// each page as it comes, with where the next one begins;
/// `place` is where an earlier try broke off.
///
/// # Errors
/// As every request. The pages that came before stand, and the problem says that they are not all.
pub async fn list(
    aws: Aws,
    place: Option<Text>,
    mut on_page: impl FnMut(Vec<Function>, Option<Text>) + Send,
) -> Result<(), Problem> {
    let mut seen = HashSet::new();
    let ask = |start| {
        let page = aws.lambda().list_functions().set_marker(start).max_items(50);
        async {
            let page = page.send().await;
            let page = page.map_err(|error| aws.problem("list the functions", "lambda:ListFunctions", &error))?;
            Ok(Page { things: page.functions().iter().map(Function::of).collect(), next: page.next_marker })
        }
    };
    let on_page = |mut page: Vec<Function>, next| {
        for function in &mut page {
            Common::shared(&mut function.common, &mut seen);
        }
        on_page(page, next);
    };
    pages::from(place, "functions", ask, on_page).await
}

/// How a function is: what `ListFunctions` leaves out.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Health {
    /// `Active`, `Pending`, `Inactive`, `Failed` ...; `None` if not reported.
    pub state: Option<Text>,
    /// Why, in words.
    pub state_reason: Option<Text>,
    /// Why, as a code.
    pub state_reason_code: Option<Text>,
    /// `Successful`, `InProgress` or `Failed`; `None` if not reported.
    pub last_update_status: Option<Text>,
    /// Why, in words.
    pub last_update_status_reason: Option<Text>,
    /// Why, as a code.
    pub last_update_status_reason_code: Option<Text>,
    /// Changes with every update.
    pub revision_id: Option<Text>,
    /// Executions reserved for it; 0 stops it; `None` leaves it in the account's pool.
    pub reserved_concurrency: Option<i32>,
}

impl Health {
    /// AWS is still at it.
    pub fn unsettled(&self) -> bool {
        let state = self.state.as_deref().unwrap_or_default();
        unsettled(state, self.last_update_status.as_deref().unwrap_or_default())
    }

    pub(super) fn of(told: &FunctionConfiguration) -> Self {
        Self {
            state: some(told.state().map(aws_sdk_lambda::types::State::as_str)),
            state_reason: some(told.state_reason()),
            state_reason_code: some(told.state_reason_code().map(aws_sdk_lambda::types::StateReasonCode::as_str)),
            last_update_status: some(told.last_update_status().map(aws_sdk_lambda::types::LastUpdateStatus::as_str)),
            last_update_status_reason: some(told.last_update_status_reason()),
            last_update_status_reason_code: some(
                told.last_update_status_reason_code().map(aws_sdk_lambda::types::LastUpdateStatusReasonCode::as_str),
            ),
            revision_id: some(told.revision_id()),
            reserved_concurrency: None,
        }
    }
}

/// A state or an update that will end by itself.
pub(super) fn unsettled(state: &str, last_update_status: &str) -> bool {
    matches!(state, "Pending" | "Deactivating" | "Deleting") || last_update_status == "InProgress"
}

/// Reads how a function is (`GetFunction`; it allows 100 requests a second where
/// `GetFunctionConfiguration` allows 15). `name` may be an ARN.
///
/// # Errors
/// As every request; `Missing` when it was deleted since the list was read.
pub async fn health(aws: Aws, name: Text) -> Result<Health, Problem> {
    let answer = aws.lambda().get_function().function_name(name.as_str()).send().await;
    let answer = answer
        .map_err(|error| aws.problem(format!("read the state of {}", name_in(&name)), "lambda:GetFunction", &error))?;
    let mut health = answer.configuration().map(Health::of).unwrap_or_default();
    health.reserved_concurrency =
        answer.concurrency().and_then(aws_sdk_lambda::types::Concurrency::reserved_concurrent_executions);
    Ok(health)
}

#[cfg(test)]
#[path = "function_tests.rs"]
mod tests;
