//! What can be done without a screen, as arguments.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::aws::InvocationType;

/// What can be done without a screen.
#[derive(Subcommand, Debug, Clone)]
pub enum Command {
    /// Print the log of a function, oldest first: made for pipes
    Logs(LogsArguments),
    /// Invoke a function, once, and print its answer as it is: made for pipes
    ///
    /// Ends with 0 if the function answered, was queued or may be invoked; 3 if it failed; 1 if AWS refused or was not
    /// reached, the answer is not whole, or nobody knows what came of the call; 2 if nothing was tried.
    Invoke(InvokeArguments),
}

/// What of a log is to be printed.
#[derive(Args, Debug, Clone)]
pub struct LogsArguments {
    /// Function, FUNCTION:ALIAS, FUNCTION:VERSION, an ARN of these, or a log group or its ARN
    pub function: String,
    /// From when: 2h, 14:00, yesterday, 2026-11-20T14:00Z, or a range A..B (times are UTC)
    #[arg(long, default_value = "15m", value_name = "TIME")]
    pub since: String,
    /// Until when [default: now]
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Go on with what comes, until ctrl-c
    #[arg(long, short)]
    pub follow: bool,
    /// Only what this lets through: words, "a phrase", !without, /pattern/, level:warn, request:8f0c, order.id=7
    #[arg(long, default_value = "", hide_default_value = true, value_name = "FILTER")]
    pub filter: String,
    /// One JSON object a line, with the message as it was written. Without it, tabs are spaces and control characters
    /// are spelled out
    #[arg(long)]
    pub json: bool,
}

/// What is to be invoked, with what, and how.
#[derive(Args, Debug, Clone)]
pub struct InvokeArguments {
    /// Function, FUNCTION:ALIAS, FUNCTION:VERSION, or an ARN of these
    pub function: String,
    /// What the function gets [default: {}]
    #[arg(long, short, value_name = "JSON", conflicts_with = "payload_file")]
    pub payload: Option<String>,
    /// The same from a file; "-" is standard input
    #[arg(long, value_name = "FILE")]
    pub payload_file: Option<PathBuf>,
    /// How: `RequestResponse`, `Event`, `DryRun` or `ResponseStream`
    #[arg(long = "type", default_value = "RequestResponse", value_name = "TYPE", value_parser = kind)]
    pub kind: InvocationType,
    /// Print the end of the log on standard error, or with --json among the rest
    #[arg(long)]
    pub tail: bool,
    /// The tenant the run is for
    #[arg(long, default_value = "", hide_default_value = true, value_name = "ID")]
    pub tenant_id: String,
    /// JSON that the function finds in its client context
    #[arg(long, default_value = "", hide_default_value = true, value_name = "JSON")]
    pub client_context: String,
    /// The name of a durable execution: one that ran is not run again
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME")]
    pub durable_execution_name: String,
    /// One JSON object: the answer and all that is known of the run
    #[arg(long)]
    pub json: bool,
    /// Invoke with a production profile too
    #[arg(long)]
    pub yes: bool,
}

/// One of AWS's words, however it is spelled: `dry-run` is `DryRun`.
fn kind(text: &str) -> Result<InvocationType, String> {
    let plain = |word: &str| word.replace(['-', '_'], "").to_lowercase();
    let found = InvocationType::ALL.into_iter().find(|kind| plain(kind.word()) == plain(text));
    found.ok_or_else(|| format!("{} are there", InvocationType::ALL.map(InvocationType::word).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_known_however_it_is_spelled() {
        assert_eq!(kind("dry-run"), Ok(InvocationType::DryRun));
        assert_eq!(kind("requestresponse"), Ok(InvocationType::RequestResponse));
        assert_eq!(kind("later").unwrap_err(), "RequestResponse, Event, DryRun, ResponseStream are there");
    }
}
