//! What of the account and region is asked besides its lists.

use super::connect::Aws;
use super::problem::Problem;

/// How many functions there are (`GetAccountSettings`), so that progress can be shown while they are
/// listed.
///
/// # Errors
/// As every request.
pub async fn count(aws: Aws) -> Result<u64, Problem> {
    let answer = aws.lambda().get_account_settings().send().await;
    let answer =
        answer.map_err(|error| aws.problem("read the account's limits", "lambda:GetAccountSettings", &error))?;
    let count = answer.account_usage().and_then(|usage| u64::try_from(usage.function_count()).ok());
    Ok(count.unwrap_or_default())
}
