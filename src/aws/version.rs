//! Published versions of a function.

use std::sync::Arc;

use aws_sdk_lambda::operation::get_function::GetFunctionOutput;
use aws_sdk_lambda::types::FunctionConfiguration;
use chrono::{DateTime, Utc};

use super::connect::Aws;
use super::function::{name_in, some, time, unsettled, words};
use super::pages::{self, Page};
use super::problem::Problem;
use super::setting::{Setting, SettingValue};
use super::settings;
use super::text::Text;

/// The version that is not published yet.
pub const LATEST: &str = "$LATEST";

/// A version as `ListVersionsByFunction` tells it.
#[derive(Clone, PartialEq, Debug)]
pub struct Version {
    /// [`LATEST`] or a number.
    pub version: Text,
    /// Its qualified ARN.
    pub arn: Text,
    /// What its publisher wrote about it, may be empty.
    pub description: Text,
    /// Its runtime; `None` for container images.
    pub runtime: Option<Text>,
    /// Memory in MiB.
    pub memory: Option<i32>,
    /// Its time limit in seconds.
    pub timeout: Option<i32>,
    /// The size of its package in bytes.
    pub code_size: i64,
    /// The SHA-256 of its package, in base64: equal codes have equal ones.
    pub code_sha256: Text,
    /// Changes with every update; that of a published version stays.
    pub revision_id: Option<Text>,
    /// When it was published; for `$LATEST`, changed.
    pub last_modified: Option<DateTime<Utc>>,
    /// Its state, where it is reported.
    pub state: Option<Text>,
    /// AWS is still at it.
    pub unsettled: bool,
    /// The log group its runs write to, if it is not the one named after the function.
    pub own_log_group: Option<Text>,
    /// Everything that is set in it, by group: what two versions are compared by. What names the version or moves by
    /// itself is not among it.
    pub settings: Arc<[Setting]>,
}

impl Version {
    fn of(told: &FunctionConfiguration) -> Self {
        let state = told.state().map(aws_sdk_lambda::types::State::as_str).unwrap_or_default();
        let update = told.last_update_status().map(aws_sdk_lambda::types::LastUpdateStatus::as_str).unwrap_or_default();
        Self {
            version: words(told.version()),
            arn: words(told.function_arn()),
            description: words(told.description()),
            runtime: some(told.runtime().map(aws_sdk_lambda::types::Runtime::as_str)),
            memory: told.memory_size(),
            timeout: told.timeout(),
            code_size: told.code_size(),
            code_sha256: words(told.code_sha256()),
            revision_id: some(told.revision_id()),
            last_modified: told.last_modified().and_then(time),
            state: some(Some(state)),
            unsettled: unsettled(state, update),
            own_log_group: some(told.logging_config().and_then(|logging| logging.log_group())),
            settings: compared(told),
        }
    }
}

/// What two versions of one function can differ in.
fn compared(told: &FunctionConfiguration) -> Arc<[Setting]> {
    // The last three are told by GetFunction alone, or change by themselves.
    const OWN: [&str; 7] = [
        "FunctionName",
        "FunctionArn",
        "Version",
        "MasterArn",
        "RuntimeVersionArn",
        "RuntimeVersionConfig.Error",
        "SnapStart.OptimizationStatus",
    ];
    let mut settings = settings::of(told, &GetFunctionOutput::builder().build());
    settings.retain(|setting| {
        let own = setting.group == "state" || OWN.contains(&setting.name.as_str());
        !own && !matches!(setting.value, SettingValue::NotSet(_))
    });
    settings.into()
}

/// Reads one version, a qualified ARN (`GetFunction`).
///
/// # Errors
/// As every request; `Missing` when there is no such version.
pub(super) async fn version(aws: &Aws, arn: &Text) -> Result<Version, Problem> {
    let answer = aws.lambda().get_function().function_name(arn.as_str()).send().await;
    let answer = answer.map_err(|error| aws.problem(format!("read {}", name_in(arn)), "lambda:GetFunction", &error))?;
    Ok(answer.configuration().map_or_else(|| Version::of(&FunctionConfiguration::builder().build()), Version::of))
}

/// Reads the versions of a function, a name or an ARN (`ListVersionsByFunction`), at most 50 a page, oldest first,
/// and hands on each page as it comes, with where the next one begins;
/// `place` is where an earlier try broke off.
///
/// # Errors
/// As every request. The pages that came before stand, and the problem says that they are not all.
pub async fn versions(
    aws: Aws,
    function: Text,
    place: Option<Text>,
    on_page: impl FnMut(Vec<Version>, Option<Text>) + Send,
) -> Result<(), Problem> {
    let ask = |start| {
        let page = aws.lambda().list_versions_by_function().function_name(function.as_str()).set_marker(start);
        async {
            let page = page.send().await.map_err(|error| {
                aws.problem(
                    format!("list the versions of {}", name_in(&function)),
                    "lambda:ListVersionsByFunction",
                    &error,
                )
            })?;
            Ok(Page { things: page.versions().iter().map(Version::of).collect(), next: page.next_marker })
        }
    };
    pages::from(place, "versions", ask, on_page).await
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    #[tokio::test]
    async fn all_pages_of_versions_are_read() {
        let far_end = FarEnd::of([
            Reply::json(r#"{"Versions":[{"Version":"$LATEST","State":"Pending"}],"NextMarker":"m"}"#),
            Reply::json(
                r#"{"Versions":[{"Version":"7","CodeSha256":"s","Environment":{"Variables":{"KEY":"hunter2"}}}],"NextMarker":""}"#,
            ),
        ]);
        let mut all = Vec::new();
        versions(far_end.aws().await, "f".into(), None, |page, _| all.extend(page)).await.unwrap();
        assert_eq!((all.len(), all[0].unsettled, all[1].version.as_str()), (2, true, "7"));
        assert!(far_end.journal()[1].contains("Marker=m"));
        let settings: Vec<String> = all[1].settings.iter().map(|it| format!("{} {:?}", it.name, it.value)).collect();
        assert!(settings.contains(&"KEY Secret(********)".to_owned()), "{settings:?}");
        assert!(!settings.iter().any(|it| it.starts_with("Version ")), "{settings:?}");
    }
}
