//! Every change we can ask for, as a value that prints as its own sentence.

use std::error::Error;
use std::fmt;

use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};

use super::alias_call::AliasCall;
use super::command::Command;
use super::concurrency_call::ConcurrencyCall;
use super::connect::Aws;
use super::function::some;
use super::invoke::Departure;
use super::layer_call::LayerCall;
use super::mapping::MappingCall;
use super::network;
use super::number::grouped;
use super::problem::{Kind, Problem};
use super::text::Text;
use super::version_call::VersionCall;

/// A change. `Display` is the sentence a person confirms, and the log keeps.
#[derive(Clone, PartialEq, Debug)]
pub enum Call {
    /// Of a function.
    Function(FunctionCall),
    /// Of a layer.
    Layer(LayerCall),
    /// Of an event source mapping.
    Mapping(MappingCall),
    /// Of what is set aside for a function.
    Concurrency(ConcurrencyCall),
    /// Of a function's versions.
    Version(VersionCall),
    /// Of an alias.
    Alias(AliasCall),
}

/// A change of a function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FunctionCall {
    /// Of its settings (`UpdateFunctionConfiguration`). What is `None` stays as it is.
    Configure {
        /// Its name, to show.
        name: Text,
        /// Its ARN, to send: a name alone could mean another account's function after a switch.
        arn: Text,
        /// The revision that was seen; AWS refuses if it has changed since.
        revision_id: Option<Text>,
        /// Memory in MB, 128 to 32,768.
        memory: Option<i32>,
        /// The time limit in seconds, 1 to 900.
        timeout: Option<i32>,
        /// The description, at most 256 characters; empty removes it.
        description: Option<String>,
    },
}

/// What a change left behind.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Done {
    /// The new revision.
    pub revision_id: Option<Text>,
    /// AWS goes on with it in the background (`InProgress`).
    pub in_progress: bool,
    /// What a person should know of it beyond that it was done.
    pub said: Option<Text>,
    /// What was made by it: its list knows the new thing by this.
    pub made: Option<Text>,
}

impl Call {
    /// Makes the change, once: whatever comes back, it is never sent again by itself. A 429 is an answer like any other
    /// then: it was not accepted, and the person decides whether to send it again.
    ///
    /// # Errors
    /// `Conflict` when it was changed since it was seen; `Throttled` when AWS did not accept it; `OutcomeUnknown` when the
    /// request left and no answer came.
    pub async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        let done = match self {
            Self::Function(call) => call.perform(aws).await,
            Self::Layer(call) => call.perform(aws).await,
            Self::Mapping(call) => call.perform(aws).await,
            Self::Concurrency(call) => call.perform(aws).await,
            Self::Version(call) => call.perform(aws).await,
            Self::Alias(call) => call.perform(aws).await,
        };
        done.map_err(|problem| match problem.kind {
            Kind::Throttled => Problem { hint: Text::known(NOT_ACCEPTED), ..problem },
            _ => problem,
        })
    }

    /// The same as a line for a shell, with the AWS CLI.
    pub fn command(&self) -> String {
        match self {
            Self::Function(call) => call.command(),
            Self::Layer(call) => call.command(),
            Self::Mapping(call) => call.command(),
            Self::Concurrency(call) => call.command(),
            Self::Version(call) => call.command(),
            Self::Alias(call) => call.command(),
        }
    }
}

impl FunctionCall {
    async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        let Self::Configure { name, arn, revision_id, memory, timeout, description } = self;
        let departure = Departure::default();
        let answer = aws
            .invoker()
            .update_function_configuration()
            .function_name(arn.as_str())
            .set_revision_id(revision_id.map(|revision| revision.to_string()))
            .set_memory_size(memory)
            .set_timeout(timeout)
            .set_description(description)
            .customize()
            .interceptor(departure.clone())
            .send()
            .await;
        let answer = answer.map_err(|error| {
            problem(&aws, format!("change {name}"), "lambda:UpdateFunctionConfiguration", &departure, &error)
        })?;
        let in_progress = answer.last_update_status().is_some_and(|status| status.as_str() == "InProgress");
        Ok(Done { revision_id: some(answer.revision_id()), in_progress, ..Done::default() })
    }

    fn command(&self) -> String {
        let Self::Configure { arn, revision_id, memory, timeout, description, .. } = self;
        Command::of("update-function-configuration")
            .with("--function-name", arn)
            .with_some("--memory-size", memory.as_ref())
            .with_some("--timeout", timeout.as_ref())
            .with_some("--description", description.as_ref())
            .with_some("--revision-id", revision_id.as_ref())
            .line()
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(call) => call.fmt(f),
            Self::Layer(call) => call.fmt(f),
            Self::Mapping(call) => call.fmt(f),
            Self::Concurrency(call) => call.fmt(f),
            Self::Version(call) => call.fmt(f),
            Self::Alias(call) => call.fmt(f),
        }
    }
}

impl fmt::Display for FunctionCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Configure { name, memory, timeout, description, .. } = self;
        let changes = [
            memory.map(|memory| format!("memory to {} MB", grouped(memory.into()))),
            timeout.map(|timeout| format!("timeout to {timeout} s")),
            description.as_ref().map(|description| format!("description to \"{}\"", Text::line(description))),
        ];
        let changes: Vec<String> = changes.into_iter().flatten().collect();
        write!(f, "UpdateFunctionConfiguration {name}: {}", changes.join(", "))
    }
}

/// What to do about a change for which AWS had no room.
const NOT_ACCEPTED: &str = "AWS did not accept it: nothing was changed, and it is not sent again by itself. Wait a moment, then use the same key.";

/// The problem behind a change that failed. One that left without an answer may have been made.
pub(super) fn problem<E>(
    aws: &Aws,
    doing: String,
    action: &'static str,
    departure: &Departure,
    error: &SdkError<E>,
) -> Problem
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let mut problem = aws.problem(doing, action, error);
    let answered = matches!(error, SdkError::ServiceError(_));
    if let SdkError::ServiceError(answer) = error
        && answer.raw().status().as_u16() >= 500
    {
        problem.hint = Text::known(
            "The fault is on AWS's side, and it may have been done. Press r and look before you try again.",
        );
    }
    if departure.left() && !answered && !network::never_connected(error) && problem.kind != Kind::ReadOnly {
        problem.kind = Kind::OutcomeUnknown;
        problem.hint =
            Text::known("The request had left: it may have been done. Press r and look before you try again.");
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    fn call() -> Call {
        Call::Function(FunctionCall::Configure {
            name: "orders-api".into(),
            arn: "arn:aws:lambda:eu-west-1:123456789012:function:orders-api".into(),
            revision_id: Some("rev-1".into()),
            memory: Some(1024),
            timeout: None,
            description: Some("it's\u{1b} here".to_owned()),
        })
    }

    #[test]
    fn a_call_prints_as_a_sentence_and_as_a_command() {
        assert_eq!(
            call().to_string(),
            "UpdateFunctionConfiguration orders-api: memory to 1,024 MB, description to \"it's^[ here\""
        );
        assert_eq!(
            call().command(),
            "aws lambda update-function-configuration --function-name arn:aws:lambda:eu-west-1:123456789012:function:orders-api \
             --memory-size 1024 --description $'it\\'s\\x1b here' --revision-id rev-1"
        );
    }

    #[tokio::test]
    async fn only_what_changes_is_sent_with_the_revision_that_was_seen() {
        let far_end = FarEnd::of([Reply::json(r#"{"RevisionId":"rev-2","LastUpdateStatus":"InProgress"}"#)]);
        let done = call().perform(far_end.aws().await).await.unwrap();
        assert_eq!(done, Done { revision_id: Some("rev-2".into()), in_progress: true, ..Done::default() });
        let journal = far_end.journal();
        assert!(journal[0].starts_with("PUT /2015-03-31/functions/arn"), "{journal:?}");
        assert!(journal[0].contains(r#""RevisionId":"rev-1""#) && !journal[0].contains("Timeout"), "{journal:?}");
    }

    #[tokio::test]
    async fn a_change_is_sent_once_and_a_conflict_says_what_to_do() {
        for (reply, kind) in [
            (Reply::error(412, "PreconditionFailedException", "revision"), Kind::Conflict),
            (Reply::error(500, "ServiceException", "x"), Kind::Other),
            (Reply::error(429, "TooManyRequestsException", "x"), Kind::Throttled),
            (Reply::Reset, Kind::OutcomeUnknown),
            (Reply::Refused, Kind::Unreachable),
        ] {
            let far_end = FarEnd::of([reply]);
            assert_eq!(call().perform(far_end.aws().await).await.unwrap_err().kind, kind);
            assert_eq!(far_end.journal().len(), 1);
        }
    }

    #[tokio::test]
    async fn what_was_not_accepted_is_told_from_what_may_have_been_done() {
        let hint = async |reply| call().perform(FarEnd::of([reply]).aws().await).await.unwrap_err().hint.to_string();
        let throttled = hint(Reply::error(429, "TooManyRequestsException", "x")).await;
        assert!(throttled.contains("nothing was changed") && throttled.contains("the same key"), "{throttled}");
        let broken = hint(Reply::error(500, "ServiceException", "x")).await;
        assert!(broken.contains("it may have been done"), "{broken}");
    }

    #[tokio::test]
    async fn a_read_only_session_makes_no_change() {
        let far_end = FarEnd::of([Reply::json("{}")]);
        let problem = call().perform(far_end.read_only().await).await.unwrap_err();
        assert_eq!((problem.kind, far_end.journal().len()), (Kind::ReadOnly, 0));
        assert!(problem.said.contains("UpdateFunctionConfiguration changes the account"), "{problem}");
    }
}
