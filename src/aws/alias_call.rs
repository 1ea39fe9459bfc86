//! Changes of aliases.

use std::collections::HashMap;
use std::fmt;

use aws_sdk_lambda::types::AliasRoutingConfiguration;
use serde_json::json;

use super::alias::{Alias, alias, percent};
use super::call::{Done, problem};
use super::command::Command;
use super::connect::Aws;
use super::function::{name_in, some};
use super::invoke::Departure;
use super::problem::{Kind, Problem};
use super::text::Text;

/// How the calls are split: a share to a second version, or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split(pub Option<Second>);

/// The share of the calls that goes to a second version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Second {
    /// The version: a number.
    pub version: Text,
    /// Its share in tenths of a percent, 0 to 1,000.
    pub permille: u16,
}

/// A change of an alias.
#[derive(Clone, PartialEq, Debug)]
pub enum AliasCall {
    /// Makes one (`CreateAlias`).
    Create {
        /// The ARN of the function.
        function: Text,
        /// The name.
        name: Text,
        /// The version it points to, `$LATEST` or a number.
        version: Text,
        /// Who gets a share of the calls besides.
        second: Option<Second>,
        /// At most 256 characters, may be empty.
        description: String,
    },
    /// Changes one (`UpdateAlias`). What is `None` stays as it is.
    Update {
        /// The alias as it was seen: its revision is sent, and AWS refuses if it is another one now.
        seen: Alias,
        /// The version it points to.
        version: Option<Text>,
        /// Who gets a share of the calls besides; `Some(None)` ends the split.
        second: Option<Split>,
        /// The description, at most 256 characters; empty removes it.
        description: Option<String>,
    },
    /// Takes one away (`DeleteAlias`). AWS takes no revision here, so the alias is read again before.
    Delete {
        /// The alias as it was seen.
        seen: Alias,
    },
}

impl AliasCall {
    pub(super) async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        match self {
            Self::Create { function, name, version, second, description } => {
                create(aws, function, name, version, second, description).await
            }
            Self::Update { seen, version, second, description } => {
                update(aws, seen, version, second, description).await
            }
            Self::Delete { seen } => delete(aws, seen).await,
        }
    }

    pub(super) fn command(&self) -> String {
        match self {
            Self::Create { function, name, version, second, description } => Command::of("create-alias")
                .with("--function-name", function)
                .with("--name", name)
                .with("--function-version", version)
                .with_some("--routing-config", second.as_ref().map(|second| spelled(Some(second))).as_ref())
                .with_some("--description", Some(description).filter(|words| !words.is_empty()))
                .line(),
            Self::Update { seen, version, second, description } => Command::of("update-alias")
                .with("--function-name", &seen.function())
                .with("--name", &seen.name)
                .with_some("--function-version", version.as_ref())
                .with_some("--routing-config", second.as_ref().map(|split| spelled(split.0.as_ref())).as_ref())
                .with_some("--description", description.as_ref())
                .with_some("--revision-id", seen.revision_id.as_ref())
                .line(),
            Self::Delete { seen } => {
                Command::of("delete-alias").with("--function-name", &seen.function()).with("--name", &seen.name).line()
            }
        }
    }
}

impl fmt::Display for AliasCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { function, name, version, second, .. } => {
                let second = second.as_ref().map(|second| (&second.version, f64::from(second.permille) / 1000.0));
                write!(f, "CreateAlias {name} of {}: {}", name_in(function), routes(version, second))
            }
            Self::Update { seen, version, second, description } => {
                write!(f, "UpdateAlias {} of {}: ", seen.name, name_in(&seen.function()))?;
                let mut changes = Vec::new();
                if version.is_some() || second.is_some() {
                    changes.push(seen.with(version.as_ref(), second.as_ref()).routes());
                }
                changes.extend(description.as_ref().map(|words| format!("description to \"{}\"", Text::line(words))));
                f.write_str(&changes.join(", "))
            }
            Self::Delete { seen } => write!(f, "DeleteAlias {} of {}", seen.name, name_in(&seen.function())),
        }
    }
}

impl Alias {
    /// The ARN of its function.
    pub fn function(&self) -> Text {
        self.arn.rsplit_once(':').map_or_else(|| self.arn.clone(), |(function, _)| Text::line(function))
    }

    /// The alias as a change would leave it.
    #[must_use]
    pub fn with(&self, version: Option<&Text>, second: Option<&Split>) -> Self {
        let mut changed = self.clone();
        if let Some(version) = version {
            changed.version = version.clone();
        }
        if let Some(Split(second)) = second {
            let share = |second: &Second| (second.version.clone(), f64::from(second.permille) / 1000.0);
            changed.weights = second.iter().filter(|second| second.permille > 0).map(share).collect();
        }
        changed
    }

    /// Who gets how much, in words: `90 % to 11, 10 % to 12`.
    pub fn routes(&self) -> String {
        let second = self.weights.first().map(|(version, share)| (version, *share));
        routes(&self.version, second)
    }

    /// What is another way now than it was, in words.
    fn changes_since(&self, seen: &Self) -> Vec<String> {
        let mut changes = Vec::new();
        if self.routes() != seen.routes() {
            changes.push(format!("calls went {}, and now go {}", seen.routes(), self.routes()));
        }
        if self.description != seen.description {
            changes.push(format!("its description was \"{}\" and is \"{}\"", seen.description, self.description));
        }
        changes
    }
}

fn routes(version: &Text, second: Option<(&Text, f64)>) -> String {
    match second.filter(|(_, share)| *share > 0.0) {
        None => format!("all to {version}"),
        Some((other, share)) => {
            format!("{} % to {version}, {} % to {other}", percent(1.0 - share), percent(share))
        }
    }
}

/// The split as AWS takes it; an empty one ends it.
fn routing(second: Option<&Second>) -> AliasRoutingConfiguration {
    let weights = second.filter(|second| second.permille > 0);
    let weights = weights.map(|second| (second.version.to_string(), f64::from(second.permille) / 1000.0));
    AliasRoutingConfiguration::builder()
        .set_additional_version_weights(Some(weights.into_iter().collect::<HashMap<_, _>>()))
        .build()
}

/// The same for the AWS CLI.
fn spelled(second: Option<&Second>) -> String {
    let second = second.filter(|second| second.permille > 0);
    let weights: serde_json::Map<_, _> = second
        .map(|second| (second.version.to_string(), json!(f64::from(second.permille) / 1000.0)))
        .into_iter()
        .collect();
    json!({"AdditionalVersionWeights": weights}).to_string()
}

async fn create(
    aws: Aws,
    function: Text,
    name: Text,
    version: Text,
    second: Option<Second>,
    description: String,
) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws
        .invoker()
        .create_alias()
        .function_name(function.as_str())
        .name(name.as_str())
        .function_version(version.as_str())
        .set_routing_config(second.as_ref().map(|second| routing(Some(second))))
        .set_description(Some(description).filter(|words| !words.is_empty()));
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| {
        let doing = format!("create the alias {name} of {}", name_in(&function));
        problem(&aws, doing, "lambda:CreateAlias", &departure, &error)
    })?;
    Ok(Done { revision_id: some(answer.revision_id()), made: Some(name), ..Done::default() })
}

async fn update(
    aws: Aws,
    seen: Alias,
    version: Option<Text>,
    second: Option<Split>,
    description: Option<String>,
) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws
        .invoker()
        .update_alias()
        .function_name(seen.function().as_str())
        .name(seen.name.as_str())
        .set_function_version(version.map(|version| version.to_string()))
        .set_routing_config(second.map(|split| routing(split.0.as_ref())))
        .set_description(description)
        .set_revision_id(seen.revision_id.as_ref().map(ToString::to_string));
    let answer = request.customize().interceptor(departure.clone()).send().await;
    match answer {
        Ok(answer) => Ok(Done { revision_id: some(answer.revision_id()), ..Done::default() }),
        Err(error) => {
            let doing = format!("change the alias {} of {}", seen.name, name_in(&seen.function()));
            let refused = problem(&aws, doing, "lambda:UpdateAlias", &departure, &error);
            let stale = refused.code.as_deref() == Some("PreconditionFailedException");
            Err(if stale { told_apart(&aws, seen, refused).await } else { refused })
        }
    }
}

/// The refusal with what somebody changed meanwhile. Nothing was overwritten.
async fn told_apart(aws: &Aws, seen: Alias, refused: Problem) -> Problem {
    match alias(aws, &seen.function(), &seen.name).await {
        Ok(now) => Problem { said: Text::line(changed(&seen, &now.changes_since(&seen))), ..refused },
        // It could not be read again: what AWS said stands.
        Err(_) => refused,
    }
}

fn changed(seen: &Alias, changes: &[String]) -> String {
    let what = if changes.is_empty() { "it looks the same again".to_owned() } else { changes.join("; ") };
    format!("somebody changed {} since it was read: {what}. Nothing was overwritten", seen.name)
}

async fn delete(aws: Aws, seen: Alias) -> Result<Done, Problem> {
    let doing = format!("delete the alias {} of {}", seen.name, name_in(&seen.function()));
    let now = match alias(&aws, &seen.function(), &seen.name).await {
        Ok(now) => now,
        Err(problem) if problem.kind == Kind::Missing => {
            let said = Some(Text::known("somebody else had deleted it already"));
            return Ok(Done { said, ..Done::default() });
        }
        Err(problem) => return Err(problem),
    };
    let changes = now.changes_since(&seen);
    if !changes.is_empty() {
        let said = format!("{} It was not deleted", changed(&seen, &changes).replace("Nothing was overwritten", ""));
        return Err(Problem::new(Kind::Conflict, doing, said, "Look at it as it is now, and decide anew."));
    }
    let departure = Departure::default();
    let request = aws.invoker().delete_alias().function_name(seen.function().as_str()).name(seen.name.as_str());
    let answer = request.customize().interceptor(departure.clone()).send().await;
    answer.map_err(|error| problem(&aws, doing, "lambda:DeleteAlias", &departure, &error))?;
    Ok(Done::default())
}

#[cfg(test)]
#[path = "alias_call_tests.rs"]
mod tests;
