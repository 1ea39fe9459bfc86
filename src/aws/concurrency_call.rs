//! Changes of reserved and provisioned concurrency. None of them takes a revision: what is about to change
//! is read again just before, and a difference to what the person saw stops the change.

use std::fmt;

use super::call::{Done, problem};
use super::command::Command;
use super::concurrency::{requested, reserved};
use super::connect::Aws;
use super::invoke::Departure;
use super::number::grouped;
use super::problem::{Kind, Problem};
use super::text::Text;

/// A change of the concurrency of a function. Each carries what the person saw.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConcurrencyCall {
    /// Reserve executions (`PutFunctionConcurrency`); 0 stops the function.
    Reserve {
        /// The function.
        of: Whose,
        /// What was reserved when the person looked.
        seen: Option<u32>,
        /// How many.
        executions: u32,
    },
    /// Give the reservation back to the account's pool (`DeleteFunctionConcurrency`).
    Release {
        /// The function.
        of: Whose,
        /// What was reserved when the person looked.
        seen: Option<u32>,
    },
    /// Keep environments warm (`PutProvisionedConcurrencyConfig`).
    Provision {
        /// The function.
        of: Whose,
        /// Its version or alias.
        qualifier: Text,
        /// What was asked for when the person looked.
        seen: Option<u32>,
        /// How many, at least 1.
        executions: u32,
    },
    /// Keep none warm any more (`DeleteProvisionedConcurrencyConfig`).
    Unprovision {
        /// The function.
        of: Whose,
        /// Its version or alias.
        qualifier: Text,
        /// What was asked for when the person looked.
        seen: Option<u32>,
    },
}

/// A function: its name to show, its ARN to send, which cannot mean another account's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whose {
    /// Its name.
    pub name: Text,
    /// Its ARN.
    pub arn: Text,
}

impl ConcurrencyCall {
    pub(super) async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        self.unchanged(&aws).await?;
        let departure = Departure::default();
        match self {
            Self::Reserve { of, executions, .. } => reserve(&aws, &departure, &of, executions).await,
            Self::Release { of, .. } => release(&aws, &departure, &of).await,
            Self::Provision { of, qualifier, executions, .. } => {
                provision(&aws, &departure, &of, &qualifier, executions).await
            }
            Self::Unprovision { of, qualifier, .. } => unprovision(&aws, &departure, &of, &qualifier).await,
        }
    }

    /// Reads again what is about to change; a difference to what was seen is a conflict.
    async fn unchanged(&self, aws: &Aws) -> Result<(), Problem> {
        let (what, seen, now) = match self {
            Self::Reserve { of, seen, .. } | Self::Release { of, seen } => {
                ("reserved concurrency", *seen, reserved(aws, &of.arn).await?)
            }
            Self::Provision { of, qualifier, seen, .. } | Self::Unprovision { of, qualifier, seen } => {
                ("provisioned concurrency", *seen, requested(aws, &of.arn, qualifier).await?)
            }
        };
        if seen == now {
            return Ok(());
        }
        let word = |n: Option<u32>| n.map_or_else(|| "none".to_owned(), |n| grouped(n.into()));
        let said = format!("the {what} is {} by now, and was {} when you looked", word(now), word(seen));
        let hint = Text::known("Nothing was sent. It is read again now: look, and decide anew.");
        Err(Problem::new(Kind::Conflict, self.doing(), Text::line(said), hint))
    }

    /// What is done, to follow "could not".
    fn doing(&self) -> String {
        match self {
            Self::Reserve { of, executions: 0, .. } => format!("stop {}", of.name),
            Self::Reserve { of, .. } => format!("reserve concurrency for {}", of.name),
            Self::Release { of, .. } => format!("remove the reservation of {}", of.name),
            Self::Provision { of, qualifier, .. } => format!("provision concurrency for {}:{qualifier}", of.name),
            Self::Unprovision { of, qualifier, .. } => {
                format!("remove the provisioned concurrency of {}:{qualifier}", of.name)
            }
        }
    }

    /// The same as a line for a shell.
    pub(super) fn command(&self) -> String {
        let of = |operation: &str, of: &Whose| Command::of(operation).with("--function-name", &of.arn);
        let command = match self {
            Self::Reserve { of: whose, executions, .. } => {
                of("put-function-concurrency", whose).with("--reserved-concurrent-executions", executions)
            }
            Self::Release { of: whose, .. } => of("delete-function-concurrency", whose),
            Self::Provision { of: whose, qualifier, executions, .. } => of("put-provisioned-concurrency-config", whose)
                .with("--qualifier", qualifier)
                .with("--provisioned-concurrent-executions", executions),
            Self::Unprovision { of: whose, qualifier, .. } => {
                of("delete-provisioned-concurrency-config", whose).with("--qualifier", qualifier)
            }
        };
        command.line()
    }
}

async fn reserve(aws: &Aws, departure: &Departure, of: &Whose, executions: u32) -> Result<Done, Problem> {
    let count = i32::try_from(executions).unwrap_or(i32::MAX);
    let request = aws.invoker().put_function_concurrency().function_name(of.arn.as_str());
    let request = request.reserved_concurrent_executions(count).customize().interceptor(departure.clone());
    let doing = if executions == 0 { "stop" } else { "reserve concurrency for" };
    let doing = format!("{doing} {}", of.name);
    let sent = request.send().await;
    sent.map_err(|error| problem(aws, doing, "lambda:PutFunctionConcurrency", departure, &error))?;
    Ok(Done::default())
}

async fn release(aws: &Aws, departure: &Departure, of: &Whose) -> Result<Done, Problem> {
    let request = aws.invoker().delete_function_concurrency().function_name(of.arn.as_str());
    let sent = request.customize().interceptor(departure.clone()).send().await;
    let doing = format!("remove the reservation of {}", of.name);
    sent.map_err(|error| problem(aws, doing, "lambda:DeleteFunctionConcurrency", departure, &error))?;
    Ok(Done::default())
}

async fn provision(
    aws: &Aws,
    departure: &Departure,
    of: &Whose,
    qualifier: &Text,
    executions: u32,
) -> Result<Done, Problem> {
    let count = i32::try_from(executions).unwrap_or(i32::MAX);
    let request = aws.invoker().put_provisioned_concurrency_config().function_name(of.arn.as_str());
    let request = request.qualifier(qualifier.as_str()).provisioned_concurrent_executions(count);
    let sent = request.customize().interceptor(departure.clone()).send().await;
    let doing = format!("provision concurrency for {}:{qualifier}", of.name);
    let answer =
        sent.map_err(|error| problem(aws, doing, "lambda:PutProvisionedConcurrencyConfig", departure, &error))?;
    let in_progress = answer.status().is_some_and(|status| status.as_str() == "IN_PROGRESS");
    Ok(Done { in_progress, ..Done::default() })
}

async fn unprovision(aws: &Aws, departure: &Departure, of: &Whose, qualifier: &Text) -> Result<Done, Problem> {
    let request = aws.invoker().delete_provisioned_concurrency_config().function_name(of.arn.as_str());
    let request = request.qualifier(qualifier.as_str()).customize().interceptor(departure.clone());
    let doing = format!("remove the provisioned concurrency of {}:{qualifier}", of.name);
    let sent = request.send().await;
    sent.map_err(|error| problem(aws, doing, "lambda:DeleteProvisionedConcurrencyConfig", departure, &error))?;
    Ok(Done::default())
}

impl fmt::Display for ConcurrencyCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reserve { of, executions: 0, .. } => {
                write!(f, "PutFunctionConcurrency {}: 0, every invocation is throttled", of.name)
            }
            Self::Reserve { of, executions, .. } => {
                write!(f, "PutFunctionConcurrency {}: reserve {}", of.name, grouped((*executions).into()))
            }
            Self::Release { of, .. } => write!(f, "DeleteFunctionConcurrency {}: back to the account's pool", of.name),
            Self::Provision { of, qualifier, executions, .. } => {
                let executions = grouped((*executions).into());
                write!(f, "PutProvisionedConcurrencyConfig {}:{qualifier}: keep {executions} warm", of.name)
            }
            Self::Unprovision { of, qualifier, .. } => {
                write!(f, "DeleteProvisionedConcurrencyConfig {}:{qualifier}: keep none warm", of.name)
            }
        }
    }
}

#[cfg(test)]
#[path = "concurrency_call_tests.rs"]
mod tests;
