//! `CloudWatch` Logs Insights: starting a query, following it, stopping it, and one record in full.

mod results;
#[cfg(test)]
mod tests;

use aws_sdk_cloudwatchlogs::operation::start_query::StartQueryError;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::retry::RetryConfig;

use super::connect::Aws;
use super::problem::{Kind, Problem};
use super::text::Text;

#[cfg(test)]
pub use results::QueryRow;
pub use results::{QueryColumn, QueryResults, QueryStatus, Scanned};

/// The most log groups of one query (`StartQuery`, `logGroupNames`).
pub const MOST_GROUPS: usize = 50;
/// The most rows that one answer brings (`GetQueryResults`).
pub const MOST_ROWS: i32 = 10_000;

/// A query as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The names of the log groups, at most [`MOST_GROUPS`].
    pub groups: Vec<Text>,
    /// The first second looked at, since 1970.
    pub from: i64,
    /// The last second looked at.
    pub to: i64,
    /// What is asked, in the language of Logs Insights.
    pub text: String,
}

/// What AWS made of a query that was to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// It runs, under this number.
    Running(Text),
    /// It does not understand the query; nothing runs and nothing is paid.
    Malformed(Flaw),
}

/// Why a query is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// AWS's words.
    pub said: Text,
    /// From which character of the query to which, from 0; `None` when AWS did not say where.
    pub at: Option<(usize, usize)>,
}

/// What a log group holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSize {
    /// Its name.
    pub group: Text,
    /// Bytes stored, as AWS counts them some hours late; `None` when there is no such group.
    pub stored: Option<i64>,
}

/// Starts a query (`StartQuery`), once: sent again it would be paid twice.
///
/// # Errors
/// As every request. A query that is not understood is no error, but [`Started::Malformed`].
pub async fn start_query(aws: Aws, query: Query) -> Result<Started, Problem> {
    let names = query.groups.iter().map(Text::to_string).collect();
    let request = aws.logs().start_query().set_log_group_names(Some(names)).start_time(query.from).end_time(query.to);
    let once = aws_sdk_cloudwatchlogs::config::Builder::new().retry_config(RetryConfig::disabled());
    let answer = request.query_string(query.text).limit(MOST_ROWS).customize().config_override(once).send().await;
    match answer {
        Ok(answer) => Ok(Started::Running(Text::line(answer.query_id().unwrap_or_default()))),
        Err(SdkError::ServiceError(failure)) if failure.err().is_malformed_query_exception() => {
            Ok(Started::Malformed(flaw(failure.err())))
        }
        Err(error) => Err(advised(aws.problem("start the query", "logs:StartQuery", &error))),
    }
}

/// What stands in the way of a query, in words that fit it.
fn advised(problem: Problem) -> Problem {
    let hint = match (problem.kind, problem.code.as_deref()) {
        (_, Some("LimitExceededException")) => {
            "An account runs 100 queries at once, dashboards included: wait for one to end, then press f5 again."
        }
        (Kind::Missing, _) => {
            "A function that never ran has no log group, and a group may have been deleted: run it once, or choose others."
        }
        (Kind::Throttled, _) => "AWS starts few queries a second: press f5 again.",
        _ => return problem,
    };
    Problem { hint: hint.into(), ..problem }
}

fn flaw(error: &StartQueryError) -> Flaw {
    let StartQueryError::MalformedQueryException(malformed) = error else {
        return Flaw { said: Text::line(error.to_string()), at: None };
    };
    let compile = malformed.query_compile_error();
    let said = compile.and_then(|compile| compile.message()).or(malformed.message());
    let location = compile.and_then(|compile| compile.location());
    let place = |offset: Option<i32>| offset.and_then(|offset| usize::try_from(offset).ok());
    let at =
        location.and_then(|location| Some((place(location.start_char_offset())?, place(location.end_char_offset())?)));
    Flaw { said: Text::line(said.unwrap_or("the query is not understood")), at }
}

/// How a query stands, and what it found so far (`GetQueryResults`).
///
/// # Errors
/// As every request.
pub async fn query_results(aws: Aws, id: Text) -> Result<QueryResults, Problem> {
    let answer = aws.logs().get_query_results().query_id(id.as_str()).send().await;
    let answer =
        answer.map_err(|error| aws.problem("read the results of the query", "logs:GetQueryResults", &error))?;
    Ok(QueryResults::of(answer))
}

/// Stops a query (`StopQuery`): what it would still have read is not paid. One that has ended meanwhile is no error.
///
/// # Errors
/// As every request.
pub async fn stop_query(aws: Aws, id: Text) -> Result<(), Problem> {
    let answer = aws.logs().stop_query().query_id(id.as_str()).send().await;
    let problem = match answer {
        Ok(_) => return Ok(()),
        Err(error) => aws.problem("stop the query", "logs:StopQuery", &error),
    };
    let over = matches!(problem.code.as_deref(), Some("InvalidParameterException" | "ResourceNotFoundException"));
    if over { Ok(()) } else { Err(problem) }
}

/// All fields of one log event that a query found (`GetLogRecord`), by name.
///
/// # Errors
/// As every request.
pub async fn log_record(aws: Aws, pointer: Text) -> Result<Vec<(Text, Text)>, Problem> {
    let answer = aws.logs().get_log_record().log_record_pointer(pointer.as_str()).send().await;
    let answer = answer.map_err(|error| aws.problem("read the log record", "logs:GetLogRecord", &error))?;
    let fields = answer.log_record.unwrap_or_default().into_iter();
    let mut fields: Vec<(Text, Text)> =
        fields.map(|(name, value)| (Text::line(name), Text::block(value.trim_end()))).collect();
    fields.sort();
    Ok(fields)
}

/// What each log group holds (`DescribeLogGroups`, one request a group), in the order asked.
///
/// # Errors
/// As every request; the first one speaks for all.
pub async fn group_sizes(aws: Aws, groups: Vec<Text>) -> Result<Vec<GroupSize>, Problem> {
    let mut sizes = Vec::with_capacity(groups.len());
    for group in groups {
        let request = aws.logs().describe_log_groups().log_group_name_prefix(group.as_str());
        let answer = request.send().await;
        let answer = answer
            .map_err(|error| aws.problem(format!("look at the log group {group}"), "logs:DescribeLogGroups", &error))?;
        // The group itself stands first among those that begin with its name.
        let found = answer.log_groups().iter().find(|found| found.log_group_name() == Some(group.as_str()));
        sizes.push(GroupSize { group, stored: found.map(|found| found.stored_bytes().unwrap_or_default()) });
    }
    Ok(sizes)
}
