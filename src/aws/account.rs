//! The account's limits in this region, and what of them is used.

use super::connect::Aws;
use super::problem::Problem;

/// Limits and usage of Lambda in one account and region.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct AccountSettings {
    /// How many functions there are.
    pub function_count: u64,
    /// Bytes of code kept, all functions, versions and layers together.
    pub code_size: i64,
    /// Bytes of code that may be kept.
    pub code_size_limit: i64,
    /// Bytes a package may have, unzipped.
    pub unzipped_limit: i64,
    /// Bytes a package may have when it is uploaded directly.
    pub zipped_limit: i64,
    /// Executions at once, in all.
    pub concurrency_limit: i32,
    /// Executions at once that no function has reserved.
    pub unreserved_concurrency: Option<i32>,
}

/// Reads limits and usage (`GetAccountSettings`).
///
/// # Errors
/// As every request.
pub async fn account_settings(aws: Aws) -> Result<AccountSettings, Problem> {
    let answer = aws.lambda().get_account_settings().send().await;
    let answer =
        answer.map_err(|error| aws.problem("read the account's limits", "lambda:GetAccountSettings", &error))?;
    let (limit, usage) = (answer.account_limit(), answer.account_usage());
    Ok(AccountSettings {
        function_count: usage.and_then(|usage| u64::try_from(usage.function_count()).ok()).unwrap_or_default(),
        code_size: usage.map(|usage| usage.total_code_size()).unwrap_or_default(),
        code_size_limit: limit.map(|limit| limit.total_code_size()).unwrap_or_default(),
        unzipped_limit: limit.map(|limit| limit.code_size_unzipped()).unwrap_or_default(),
        zipped_limit: limit.map(|limit| limit.code_size_zipped()).unwrap_or_default(),
        concurrency_limit: limit.map(|limit| limit.concurrent_executions()).unwrap_or_default(),
        unreserved_concurrency: limit.and_then(|limit| limit.unreserved_concurrent_executions()),
    })
}

/// How many functions there are, so that progress can be shown while they are listed.
///
/// # Errors
/// As every request.
pub async fn count(aws: Aws) -> Result<u64, Problem> {
    account_settings(aws).await.map(|settings| settings.function_count)
}
