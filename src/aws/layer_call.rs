//! Changes of layers: publish and delete a version, let others use it and no longer.

use std::fmt;

use aws_sdk_lambda::types::{Architecture, Runtime};

use super::call::{Done, problem};
use super::command::Command;
use super::connect::Aws;
use super::function::some;
use super::invoke::Departure;
use super::layer::{called, layer_content, layer_in};
use super::layer_policy::{Grantee, LayerPolicy, layer_policy};
use super::leaving::InPieces;
use super::package::Package;
use super::problem::{Kind, Problem};
use super::text::Text;

/// What one may be allowed to do with a version of a layer: AWS knows nothing else.
const ACTION: &str = "lambda:GetLayerVersion";

/// A change of a layer. Layers are named by their ARNs, without a version: a name alone could mean another account's
/// after a switch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LayerCall {
    /// Others may use a version (`AddLayerVersionPermission`).
    Share {
        /// The layer's ARN.
        layer: Text,
        /// The version.
        version: i64,
        /// The name of the new statement, 1 to 100 letters, digits, `-` and `_`.
        sid: Text,
        /// Who.
        grantee: Grantee,
        /// The policy that was seen: AWS refuses if it has changed since, and so do we where there was none.
        seen: LayerPolicy,
    },
    /// They may no longer (`RemoveLayerVersionPermission`).
    Unshare {
        /// The layer's ARN.
        layer: Text,
        /// The version.
        version: i64,
        /// The name of the statement.
        sid: Text,
        /// The policy that was seen.
        seen: LayerPolicy,
    },
    /// A version goes (`DeleteLayerVersion`).
    Delete {
        /// The layer's ARN.
        layer: Text,
        /// The version.
        version: i64,
    },
    /// A new version comes (`PublishLayerVersion`), with a new layer if there is none of that name.
    Publish {
        /// The layer's ARN, or the name of a new one.
        layer: Text,
        /// Where its files are.
        package: Package,
        /// The newest version that was seen; `None` of a new layer.
        newest: Option<i64>,
        /// At most 256 characters, may be empty.
        description: String,
        /// At most 15 runtimes; none is "not said".
        runtimes: Vec<String>,
        /// `x86_64`, `arm64`; none is "not said".
        architectures: Vec<String>,
        /// At most 512 characters, may be empty.
        license: String,
    },
}

impl LayerCall {
    /// Makes the change, once.
    ///
    /// # Errors
    /// `Conflict` when it was changed since it was seen, `Missing` when it is gone, `Invalid` when a package is not
    /// fit to be sent: nothing is sent then. `OutcomeUnknown` when the request left and no answer came.
    pub async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        match self {
            Self::Share { layer, version, sid, grantee, seen } => {
                share(&aws, &layer, version, &sid, &grantee, seen).await
            }
            Self::Unshare { layer, version, sid, seen } => unshare(&aws, &layer, version, &sid, seen).await,
            Self::Delete { layer, version } => delete(&aws, &layer, version).await,
            Self::Publish { .. } => publish(&aws, self).await,
        }
    }

    /// The same as a line for a shell, with the AWS CLI.
    pub fn command(&self) -> String {
        let of = |operation: &str, layer: &Text, version: &i64| {
            Command::of(operation).with("--layer-name", layer).with("--version-number", version)
        };
        match self {
            Self::Share { layer, version, sid, grantee, seen } => {
                let (principal, organization) = grantee.asked();
                let command = of("add-layer-version-permission", layer, version).with("--statement-id", sid);
                let command = command.with("--action", &ACTION).with("--principal", &principal);
                let command = command.with_some("--organization-id", organization.as_ref());
                command.with_some("--revision-id", seen.revision_id.as_ref()).line()
            }
            Self::Unshare { layer, version, sid, seen } => {
                let command = of("remove-layer-version-permission", layer, version).with("--statement-id", sid);
                command.with_some("--revision-id", seen.revision_id.as_ref()).line()
            }
            Self::Delete { layer, version } => of("delete-layer-version", layer, version).line(),
            Self::Publish { layer, package, description, runtimes, architectures, license, .. } => {
                let (option, value) = package.option();
                let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
                let command = Command::of("publish-layer-version").with("--layer-name", layer).with(option, &value);
                let command = command.with_some("--description", said(description).as_ref());
                let command = command.with_some("--license-info", said(license).as_ref());
                let command = command.with_all("--compatible-runtimes", runtimes);
                command.with_all("--compatible-architectures", architectures).line()
            }
        }
    }
}

impl fmt::Display for LayerCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share { layer, version, sid, grantee, .. } => {
                write!(f, "AddLayerVersionPermission {}:{version}: {sid}, {grantee} may use it", layer_in(layer))
            }
            Self::Unshare { layer, version, sid, .. } => {
                write!(f, "RemoveLayerVersionPermission {}:{version}: {sid}", layer_in(layer))
            }
            Self::Delete { layer, version } => write!(f, "DeleteLayerVersion {}:{version}", layer_in(layer)),
            Self::Publish { layer, package, .. } => {
                write!(f, "PublishLayerVersion {}: from {package}", layer_in(layer))
            }
        }
    }
}

impl Grantee {
    /// Principal and organisation as AWS is asked for them.
    fn asked(&self) -> (String, Option<String>) {
        match self {
            Self::Everyone => ("*".to_owned(), None),
            Self::Organization(organization) => ("*".to_owned(), Some(organization.to_string())),
            Self::Account(account) => (account.to_string(), None),
            Self::Other(other) => (other.to_string(), None),
        }
    }
}

async fn share(
    aws: &Aws,
    layer: &Text,
    version: i64,
    sid: &Text,
    grantee: &Grantee,
    seen: LayerPolicy,
) -> Result<Done, Problem> {
    let doing = format!("share {}:{version}", layer_in(layer));
    // Without a policy there is no revision that could be sent along.
    if seen.revision_id.is_none() {
        let now = layer_policy(aws.clone(), Text::line(called(aws, layer)), version).await?;
        if now != seen {
            return Err(changed(doing, &seen, &now, "nothing was sent"));
        }
    }
    let (principal, organization) = grantee.asked();
    let departure = Departure::default();
    let request = aws.invoker().add_layer_version_permission().layer_name(called(aws, layer)).version_number(version);
    let request = request.statement_id(sid.as_str()).action(ACTION).principal(principal);
    let request =
        request.set_organization_id(organization).set_revision_id(seen.revision_id.as_ref().map(ToString::to_string));
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| problem(aws, doing, "lambda:AddLayerVersionPermission", &departure, &error));
    let done = answer.map(|answer| {
        let (revision_id, made) = (some(answer.revision_id()), Some(sid.clone()));
        Done { revision_id, made, ..Done::default() }
    });
    explained(aws, done, layer, version, &seen).await
}

async fn unshare(aws: &Aws, layer: &Text, version: i64, sid: &Text, seen: LayerPolicy) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request =
        aws.invoker().remove_layer_version_permission().layer_name(called(aws, layer)).version_number(version);
    let request =
        request.statement_id(sid.as_str()).set_revision_id(seen.revision_id.as_ref().map(ToString::to_string));
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let done = answer.map(|_| Done::default()).map_err(|error| {
        let doing = format!("remove {sid} from the policy of {}:{version}", layer_in(layer));
        problem(aws, doing, "lambda:RemoveLayerVersionPermission", &departure, &error)
    });
    explained(aws, done, layer, version, &seen).await
}

/// A conflict with what is different now; anything else as it is.
async fn explained(
    aws: &Aws,
    done: Result<Done, Problem>,
    layer: &Text,
    version: i64,
    seen: &LayerPolicy,
) -> Result<Done, Problem> {
    match done {
        Err(problem) if matches!(problem.kind, Kind::Conflict | Kind::Missing) => {
            match layer_policy(aws.clone(), Text::line(called(aws, layer)), version).await {
                Ok(now) if now != *seen => {
                    Err(changed(problem.doing, seen, &now, "AWS refused it, and nothing was changed"))
                }
                _ => Err(problem),
            }
        }
        done => done,
    }
}

fn changed(doing: impl Into<Text>, seen: &LayerPolicy, now: &LayerPolicy, how: &str) -> Problem {
    Problem::new(
        Kind::Conflict,
        doing,
        Text::line(format!("the policy has changed since you saw it: {}; {how}", now.differences(seen))),
        "Look at it as it is now, then decide again.",
    )
}

/// A deletion that finds nothing is answered like any other, so what is about to go is read first.
async fn delete(aws: &Aws, layer: &Text, version: i64) -> Result<Done, Problem> {
    let doing = format!("delete layer version {}:{version}", layer_in(layer));
    let found = layer_content(aws.clone(), Text::line(format!("{layer}:{version}"))).await;
    if let Err(mut problem) = found {
        if problem.kind == Kind::Missing {
            problem.doing = Text::line(&doing);
            problem.hint = "Somebody else has deleted it; nothing was sent.".into();
        }
        return Err(problem);
    }
    let departure = Departure::default();
    let request = aws.invoker().delete_layer_version().layer_name(called(aws, layer)).version_number(version);
    let answer = request.customize().interceptor(departure.clone()).send().await;
    answer
        .map(|_| Done::default())
        .map_err(|error| problem(aws, doing, "lambda:DeleteLayerVersion", &departure, &error))
}

async fn publish(aws: &Aws, call: LayerCall) -> Result<Done, Problem> {
    let LayerCall::Publish { layer, package, description, runtimes, architectures, license, .. } = call else {
        return Ok(Done::default());
    };
    let doing = format!("publish {}", layer_in(&layer));
    let told = |text: String| Some(text).filter(|text| !text.is_empty());
    let (content, within, size) = package.read(&doing).await?;
    let departure = Departure::default();
    let answer = aws
        .invoker()
        .publish_layer_version()
        .layer_name(called(aws, &layer))
        .content(content)
        .set_description(told(description))
        .set_license_info(told(license))
        .set_compatible_runtimes(some_of::<Runtime>(&runtimes))
        .set_compatible_architectures(some_of::<Architecture>(&architectures))
        .customize()
        .interceptor(departure.clone())
        .interceptor(InPieces::of(aws.leaving(), size))
        .config_override(aws_sdk_lambda::config::Config::builder().timeout_config(super::connect::timeouts(within)))
        .send()
        .await;
    let answer = answer.map_err(|error| problem(aws, doing, "lambda:PublishLayerVersion", &departure, &error))?;
    let size = answer.content().map_or(0, aws_sdk_lambda::types::LayerVersionContentOutput::code_size);
    let said = format!("version {} of {}, {} bytes", answer.version(), layer_in(&layer), super::number::grouped(size));
    // Asked for from the list of its versions, it is one of these; else a layer.
    let made = if layer.starts_with("arn:") { answer.layer_version_arn() } else { answer.layer_arn() };
    Ok(Done { said: Some(Text::line(said)), made: some(made), ..Done::default() })
}

/// A list that is said, or nothing.
fn some_of<'a, T: From<&'a str>>(words: &'a [String]) -> Option<Vec<T>> {
    (!words.is_empty()).then(|| words.iter().map(|word| T::from(word)).collect())
}

/// Whether a runtime is one of those that were known when this program was made. AWS may know more by now.
pub fn is_known_runtime(word: &str) -> bool {
    Runtime::values().contains(&word)
}

#[cfg(test)]
#[path = "layer_call_tests.rs"]
mod tests;
