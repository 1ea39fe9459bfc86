//! What becomes of an event that was queued: attempts, age, and where it goes in the end.

use std::time::Duration;

use aws_sdk_lambda::operation::get_function_event_invoke_config::GetFunctionEventInvokeConfigOutput;

use super::connect::Aws;
use super::function::{name_in, some};
use super::problem::{Kind, Problem};
use super::text::Text;

/// What Lambda does where nothing is configured (developer guide, "Asynchronous invocation").
const RETRIES: i32 = 2;
const AGE: Duration = Duration::from_hours(6);

/// What becomes of a queued event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterEvent {
    /// How often it is tried again when the function fails: 0 to 2.
    pub retries: i32,
    /// How long it may wait in the queue: 60 s to 6 h.
    pub age: Duration,
    /// Where a record of each success goes.
    pub on_success: Option<Text>,
    /// Where a record of each failure goes.
    pub on_failure: Option<Text>,
    /// Where the event itself goes after the last failure: the dead-letter queue.
    pub dead_letter: Option<Text>,
}

/// Reads what becomes of a function's events (`GetFunctionEventInvokeConfig`, `GetFunctionConfiguration`).
/// What is not configured is as Lambda has it by default.
///
/// # Errors
/// As every request.
pub async fn after_event(aws: Aws, function: Text, qualifier: Option<Text>) -> Result<AfterEvent, Problem> {
    let qualifier = qualifier.map(|qualifier| qualifier.to_string());
    let name = name_in(&function);
    let request = aws.lambda().get_function_event_invoke_config().function_name(function.as_str());
    let told = match request.set_qualifier(qualifier.clone()).send().await {
        Ok(told) => Some(told),
        Err(error) => {
            let doing = format!("read what becomes of events of {name}");
            let problem = aws.problem(doing, "lambda:GetFunctionEventInvokeConfig", &error);
            if problem.kind != Kind::Missing {
                return Err(problem);
            }
            None
        }
    };
    let request = aws.lambda().get_function_configuration().function_name(function.as_str());
    let configured = request.set_qualifier(qualifier).send().await.map_err(|error| {
        aws.problem(format!("read the configuration of {name}"), "lambda:GetFunctionConfiguration", &error)
    })?;
    let destinations = told.as_ref().and_then(|told| told.destination_config());
    let on_success = destinations.and_then(|to| some(to.on_success()?.destination()));
    let on_failure = destinations.and_then(|to| some(to.on_failure()?.destination()));
    let age = told.as_ref().and_then(|told| u64::try_from(told.maximum_event_age_in_seconds()?).ok());
    Ok(AfterEvent {
        retries: told.as_ref().and_then(GetFunctionEventInvokeConfigOutput::maximum_retry_attempts).unwrap_or(RETRIES),
        age: age.map_or(AGE, Duration::from_secs),
        on_success,
        on_failure,
        dead_letter: configured.dead_letter_config().and_then(|letters| some(letters.target_arn())),
    })
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    async fn read(script: Vec<Reply>) -> Result<AfterEvent, Problem> {
        let far_end = FarEnd::of(script);
        after_event(far_end.aws().await, "orders-api".into(), Some("live".into())).await
    }

    #[tokio::test]
    async fn what_is_configured_is_told() {
        let config = r#"{"MaximumRetryAttempts":0,"MaximumEventAgeInSeconds":60,"DestinationConfig":{"OnSuccess":{},"OnFailure":{"Destination":"arn:aws:sqs:eu-west-1:1:failed"}}}"#;
        let function = r#"{"DeadLetterConfig":{"TargetArn":"arn:aws:sns:eu-west-1:1:dead"}}"#;
        let after = read(vec![Reply::json(config), Reply::json(function)]).await.unwrap();
        assert_eq!((after.retries, after.age, after.on_success), (0, Duration::from_mins(1), None));
        assert_eq!(after.on_failure.as_deref(), Some("arn:aws:sqs:eu-west-1:1:failed"));
        assert_eq!(after.dead_letter.as_deref(), Some("arn:aws:sns:eu-west-1:1:dead"));
    }

    #[tokio::test]
    async fn what_is_not_configured_is_as_lambda_has_it() {
        let missing = Reply::error(404, "ResourceNotFoundException", "no config");
        let after = read(vec![missing, Reply::json("{}")]).await.unwrap();
        assert_eq!((after.retries, after.age, after.dead_letter), (2, Duration::from_hours(6), None));
    }

    #[tokio::test]
    async fn a_refusal_is_a_problem() {
        let denied = Reply::error(403, "AccessDeniedException", "not authorized");
        assert_eq!(read(vec![denied]).await.unwrap_err().kind, Kind::Denied);
    }
}
