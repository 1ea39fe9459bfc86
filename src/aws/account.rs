//! What of the account and region is asked besides its lists.

use aws_sdk_lambda::types::{AccountLimit, AccountUsage};

use super::connect::Aws;
use super::problem::Problem;

/// The limits of the account in the region, and how much of them is used (`GetAccountSettings`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Executions at once, all functions together.
    pub concurrency: u32,
    /// How many of them no function has for itself.
    pub unreserved: u32,
    /// Bytes of code of all functions, versions and layers; at most.
    pub code: i64,
    /// Bytes of code in use.
    pub code_used: i64,
    /// Bytes of one package with its layers, unpacked; at most.
    pub unzipped: i64,
    /// Bytes of one zip file sent with the request itself; at most.
    pub zipped: i64,
    /// How many functions there are.
    pub functions: u64,
}

/// Executions that AWS keeps for functions without a reservation: nothing can take them.
pub const MUST_STAY: u32 = 100;

impl Account {
    /// Executions that functions have for themselves: those that are reserved, and those that are kept warm for functions
    /// without a reservation ("Configuring provisioned concurrency": it counts against the account's unreserved pool).
    pub fn taken(&self) -> u32 {
        self.concurrency.saturating_sub(self.unreserved)
    }

    /// The most that one function can have, when it takes `own` already.
    pub fn headroom(&self, own: u32) -> u32 {
        self.unreserved.saturating_add(own).saturating_sub(MUST_STAY)
    }
}

/// Reads the limits of the account and their use (`GetAccountSettings`).
///
/// # Errors
/// As every request.
pub async fn account(aws: Aws) -> Result<Account, Problem> {
    let answer = aws.lambda().get_account_settings().send().await;
    let answer =
        answer.map_err(|error| aws.problem("read the account's limits", "lambda:GetAccountSettings", &error))?;
    let (limit, usage) = (answer.account_limit(), answer.account_usage());
    let executions = |told: Option<i32>| told.and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    Ok(Account {
        concurrency: executions(limit.map(AccountLimit::concurrent_executions)),
        unreserved: executions(limit.and_then(AccountLimit::unreserved_concurrent_executions)),
        code: limit.map_or(0, AccountLimit::total_code_size),
        code_used: usage.map_or(0, AccountUsage::total_code_size),
        unzipped: limit.map_or(0, AccountLimit::code_size_unzipped),
        zipped: limit.map_or(0, AccountLimit::code_size_zipped),
        functions: usage.and_then(|usage| u64::try_from(usage.function_count()).ok()).unwrap_or_default(),
    })
}

/// How many functions there are (`GetAccountSettings`), so that progress can be shown while they are
/// listed.
///
/// # Errors
/// As every request.
pub async fn count(aws: Aws) -> Result<u64, Problem> {
    account(aws).await.map(|account| account.functions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_must_stay_whatever_a_function_asks_for() {
        let account =
            Account { concurrency: 1000, unreserved: 380, code: 0, code_used: 0, unzipped: 0, zipped: 0, functions: 0 };
        assert_eq!((account.taken(), account.headroom(0), account.headroom(200)), (620, 280, 480));
        let young = Account { concurrency: 10, unreserved: 10, ..account };
        assert_eq!(young.headroom(0), 0);
    }
}
