//! Changes of versions.

use std::fmt;

use super::alias::Alias;
use super::call::{Done, problem};
use super::command::Command;
use super::connect::Aws;
use super::function::{name_in, some, words};
use super::invoke::Departure;
use super::problem::{Kind, Problem};
use super::setting::Setting;
use super::text::Text;
use super::version::{Version, version};

/// A change of a function's versions.
#[derive(Clone, PartialEq, Debug)]
pub enum VersionCall {
    /// Publishes `$LATEST` (`PublishVersion`). AWS makes nothing if nothing changed, and returns the last version.
    Publish {
        /// `$LATEST` as it was seen: its code and its revision are sent, and AWS refuses if they are others now.
        seen: Box<Version>,
        /// The number of the newest version that was seen: one that is not newer is no new one.
        newest: Option<u64>,
        /// At most 256 characters; empty leaves that of `$LATEST`.
        description: String,
    },
    /// Takes one version away (`DeleteFunction` with its number). AWS takes no revision here, so the version and the
    /// aliases that use it are read again before.
    Delete {
        /// The version as it was seen.
        seen: Box<Version>,
    },
}

impl VersionCall {
    pub(super) async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        match self {
            Self::Publish { seen, newest, description } => publish(aws, *seen, newest, description).await,
            Self::Delete { seen } => delete(aws, *seen).await,
        }
    }

    pub(super) fn command(&self) -> String {
        match self {
            Self::Publish { seen, description, .. } => Command::of("publish-version")
                .with("--function-name", &seen.function())
                .with_some("--code-sha256", Some(&seen.code_sha256).filter(|hash| !hash.is_empty()))
                .with_some("--description", Some(description).filter(|words| !words.is_empty()))
                .with_some("--revision-id", seen.revision_id.as_ref())
                .line(),
            Self::Delete { seen } => Command::of("delete-function")
                .with("--function-name", &seen.function())
                .with("--qualifier", &seen.version)
                .line(),
        }
    }
}

impl fmt::Display for VersionCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Publish { seen, description, .. } => {
                write!(f, "PublishVersion {}", name_in(&seen.function()))?;
                if description.is_empty() { Ok(()) } else { write!(f, ": \"{}\"", Text::line(description)) }
            }
            Self::Delete { seen } => {
                write!(f, "DeleteFunction {}: version {} alone", name_in(&seen.function()), seen.version)
            }
        }
    }
}

impl Version {
    /// The ARN of its function.
    pub fn function(&self) -> Text {
        let qualifier = format!(":{}", self.version);
        self.arn.strip_suffix(&qualifier).map_or_else(|| self.arn.clone(), Text::line)
    }

    /// Its number; `$LATEST` has none.
    pub fn number(&self) -> Option<u64> {
        self.version.parse().ok()
    }

    /// What is another way now than it was, in words.
    fn changes_since(&self, seen: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        if self.code_sha256 != seen.code_sha256 {
            changes.push("it has other code".to_owned());
        }
        let at = |version: &Self| version.last_modified.map(|at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string());
        if let (Some(before), Some(now)) = (at(seen), at(self).filter(|now| Some(now) != at(seen).as_ref())) {
            changes.push(format!("it was of {before} and is of {now}"));
        }
        changes
    }

    /// The names of the settings that are others now than they were.
    fn settings_changed_since(&self, seen: &Self) -> Vec<String> {
        let changed = |setting: &&Setting| !seen.settings.contains(setting) && setting.group != "code";
        self.settings.iter().filter(changed).map(|setting| setting.name.to_string()).collect()
    }
}

async fn publish(aws: Aws, seen: Version, newest: Option<u64>, description: String) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws
        .invoker()
        .publish_version()
        .function_name(seen.function().as_str())
        .set_code_sha256(some(Some(&seen.code_sha256)).map(|hash| hash.to_string()))
        .set_description(Some(description).filter(|words| !words.is_empty()))
        .set_revision_id(seen.revision_id.as_ref().map(ToString::to_string));
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            let doing = format!("publish a version of {}", name_in(&seen.function()));
            let refused = problem(&aws, doing, "lambda:PublishVersion", &departure, &error);
            let stale = refused.code.as_deref() == Some("PreconditionFailedException");
            return Err(if stale { told_apart(&aws, &seen, refused).await } else { refused });
        }
    };
    let number = words(answer.version());
    let old = number.parse().is_ok_and(|number: u64| newest.is_some_and(|newest| number <= newest));
    let said = if old {
        format!("nothing had changed since version {number}: AWS returned that one and made none")
    } else {
        format!("it is version {number}")
    };
    let in_progress = answer.state().is_some_and(|state| state.as_str() == "Pending");
    let made = (!old).then_some(number);
    Ok(Done { revision_id: some(answer.revision_id()), in_progress, said: Some(Text::line(said)), made })
}

/// The refusal with what somebody changed meanwhile. Nothing was published.
async fn told_apart(aws: &Aws, seen: &Version, refused: Problem) -> Problem {
    let Ok(now) = version(aws, &seen.arn).await else { return refused };
    let mut changes = now.changes_since(seen);
    let settings = now.settings_changed_since(seen);
    if !settings.is_empty() {
        changes.push(format!("other values in {}", settings.join(", ")));
    }
    let what = if changes.is_empty() { "it looks the same again".to_owned() } else { changes.join("; ") };
    let said = format!("somebody changed $LATEST since it was read: {what}. Nothing was published");
    Problem { said: Text::line(said), ..refused }
}

async fn delete(aws: Aws, seen: Version) -> Result<Done, Problem> {
    let name = name_in(&seen.arn);
    let doing = format!("delete the version {name}");
    let refuse = |said: String| Problem::new(Kind::Conflict, doing.clone(), said, "Nothing was deleted.");
    // Without a number the request would take the whole function away.
    if seen.number().is_none() {
        return Err(refuse(format!("{} is no published version", seen.version)));
    }
    match version(&aws, &seen.arn).await {
        Ok(now) => {
            let changes = now.changes_since(&seen);
            if !changes.is_empty() {
                return Err(refuse(format!("{name} is not the version that was seen: {}", changes.join("; "))));
            }
        }
        Err(problem) if problem.kind == Kind::Missing => {
            let said = Some(Text::known("somebody else had deleted it already"));
            return Ok(Done { said, ..Done::default() });
        }
        Err(problem) => return Err(problem),
    }
    let users = users(&aws, &seen).await?;
    if !users.is_empty() {
        return Err(refuse(format!("aliases send calls to {name}: {}", users.join(", "))));
    }
    let departure = Departure::default();
    let request =
        aws.invoker().delete_function().function_name(seen.function().as_str()).qualifier(seen.version.as_str());
    let answer = request.customize().interceptor(departure.clone()).send().await;
    answer.map_err(|error| problem(&aws, doing, "lambda:DeleteFunction", &departure, &error))?;
    Ok(Done::default())
}

/// The aliases that send calls to a version; one page tells whether there are any. Each is looked at:
/// a server that looks like AWS may answer with all aliases, whatever version was asked about.
async fn users(aws: &Aws, seen: &Version) -> Result<Vec<String>, Problem> {
    let request = aws.lambda().list_aliases().function_name(seen.function().as_str());
    let answer = request.function_version(seen.version.as_str()).send().await.map_err(|error| {
        aws.problem(format!("see which aliases use {}", name_in(&seen.arn)), "lambda:ListAliases", &error)
    })?;
    let aliases = answer.aliases().iter().map(Alias::of);
    Ok(aliases.filter(|alias| alias.share_of(&seen.version).is_some()).map(|alias| alias.name.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

    fn configuration(version: &str, hash: &str) -> String {
        format!(
            r#"{{"FunctionName":"orders-api","FunctionArn":"{ARN}:{version}","Version":"{version}","CodeSha256":"{hash}","RevisionId":"rev-1"}}"#
        )
    }

    fn told(version: &str, hash: &str) -> Reply {
        Reply::json(&format!(r#"{{"Configuration":{}}}"#, configuration(version, hash)))
    }

    async fn seen(number: &str) -> Box<Version> {
        Box::new(version(&FarEnd::of([told(number, "abc=")]).aws().await, &ARN.into()).await.unwrap())
    }

    async fn publish() -> Call {
        let seen = seen("$LATEST").await;
        Call::Version(VersionCall::Publish { seen, newest: Some(12), description: "release 7".to_owned() })
    }

    #[tokio::test]
    async fn a_version_is_published_with_both_guards_and_a_new_one_is_told_from_an_old_one() {
        for (number, said) in [("13", "it is version 13"), ("12", "nothing had changed since version 12")] {
            let far_end = FarEnd::of([Reply::json(&configuration(number, "abc="))]);
            let done = publish().await.perform(far_end.aws().await).await.unwrap();
            assert!(done.said.as_deref().is_some_and(|words| words.starts_with(said)), "{done:?}");
            let journal = far_end.journal();
            assert!(journal[0].starts_with("POST /2015-03-31/functions/arn") && journal[0].contains("/versions "));
            for part in [r#""CodeSha256":"abc=""#, r#""RevisionId":"rev-1""#, r#""Description":"release 7""#] {
                assert!(journal[0].contains(part), "{part} is not in {journal:?}");
            }
        }
    }

    #[tokio::test]
    async fn sentences_and_commands_say_the_same() {
        assert_eq!(publish().await.to_string(), "PublishVersion orders-api: \"release 7\"");
        assert_eq!(
            publish().await.command(),
            format!(
                "aws lambda publish-version --function-name {ARN} --code-sha256 abc= --description 'release 7' --revision-id rev-1"
            )
        );
        let delete = Call::Version(VersionCall::Delete { seen: seen("7").await });
        assert_eq!(delete.to_string(), "DeleteFunction orders-api: version 7 alone");
        assert_eq!(delete.command(), format!("aws lambda delete-function --function-name {ARN} --qualifier 7"));
    }

    #[tokio::test]
    async fn a_stale_revision_says_what_changed_and_publishes_nothing() {
        let stale = Reply::error(412, "PreconditionFailedException", "The Revision Id provided does not match");
        let far_end = FarEnd::of([stale, told("$LATEST", "xyz=")]);
        let problem = publish().await.perform(far_end.aws().await).await.unwrap_err();
        assert!(problem.said.contains("it has other code. Nothing was published"), "{problem}");
    }

    #[tokio::test]
    async fn a_version_is_deleted_by_its_number_after_another_look() {
        let none = Reply::json(r#"{"Aliases":[{"Name":"live","FunctionVersion":"8"}]}"#);
        let far_end = FarEnd::of([told("7", "abc="), none, Reply::Answer(204, vec![], String::new())]);
        let call = Call::Version(VersionCall::Delete { seen: seen("7").await });
        call.perform(far_end.aws().await).await.unwrap();
        let journal = far_end.journal();
        assert_eq!(journal.len(), 3);
        assert!(journal[2].starts_with("DELETE ") && journal[2].contains("Qualifier=7"), "{journal:?}");
    }

    #[tokio::test]
    async fn a_version_in_use_or_another_one_is_not_deleted() {
        let used = Reply::json(r#"{"Aliases":[{"Name":"live","FunctionVersion":"7"}]}"#);
        let weighted = r#"{"Aliases":[{"Name":"next","FunctionVersion":"6","RoutingConfig":{"AdditionalVersionWeights":{"7":0.1}}}]}"#;
        for (script, said) in [
            (vec![told("7", "abc="), used], "aliases send calls to orders-api:7: live"),
            (vec![told("7", "abc="), Reply::json(weighted)], "aliases send calls to orders-api:7: next"),
            (vec![told("7", "xyz=")], "it has other code"),
        ] {
            let far_end = FarEnd::of(script);
            let call = Call::Version(VersionCall::Delete { seen: seen("7").await });
            let problem = call.perform(far_end.aws().await).await.unwrap_err();
            assert!(problem.kind == Kind::Conflict && problem.said.contains(said), "{problem}");
            assert!(far_end.journal().iter().all(|line| line.starts_with("GET")), "{:?}", far_end.journal());
        }
        let far_end = FarEnd::of([Reply::Silence]);
        let call = Call::Version(VersionCall::Delete { seen: seen("$LATEST").await });
        assert_eq!(call.perform(far_end.aws().await).await.unwrap_err().kind, Kind::Conflict);
        assert_eq!(far_end.journal(), [""; 0], "the whole function is never deleted from here");
    }
}
