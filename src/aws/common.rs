//! What functions of an account have in common, kept once for all of them.

use std::collections::HashSet;
use std::sync::Arc;

use aws_sdk_lambda::types::{
    Architecture, FunctionConfiguration, LogFormat, PackageType, Runtime, SnapStartApplyOn, TracingMode,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::function::{few, some, words};
use super::text::Text;
use super::version::LATEST;

/// The part of a function that is the same for many of an account: how its team builds and runs them.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Common {
    /// Its runtime; `None` for container images.
    pub runtime: Option<Text>,
    /// `$LATEST`.
    pub version: Text,
    /// `x86_64` or `arm64`.
    pub architecture: Text,
    /// `Zip` or `Image`.
    pub package_type: Text,
    /// The ARNs of its layer versions, in the order they are merged.
    pub layers: Box<[Text]>,
    /// Its VPC, if it is in one.
    pub vpc_id: Option<Text>,
    /// How many subnets it is in.
    pub subnets: u16,
    /// How many security groups it has.
    pub security_groups: u16,
    /// How many file systems it mounts.
    pub file_systems: u16,
    /// `Active` or `PassThrough`.
    pub tracing: Option<Text>,
    /// `Text` or `JSON`.
    pub log_format: Text,
    /// Its log group, where that is not the default; see [`super::Function::log_group`].
    pub own_log_group: Option<Text>,
    /// The key for its environment and code, where that is not AWS's own.
    pub kms_key_arn: Option<Text>,
    /// Where asynchronous events go that failed.
    pub dead_letter: Option<Text>,
    /// `PublishedVersions`, if `SnapStart` is on.
    pub snap_start: Option<Text>,
    /// It runs durable executions.
    pub durable: bool,
    /// `PER_TENANT`, if invocations must name a tenant.
    pub tenant_isolation: Option<Text>,
    /// The ARN of the capacity provider of a function on managed instances.
    pub capacity_provider: Option<Text>,
    /// The function this one is an edge replica of.
    pub master_arn: Option<Text>,
}

impl Common {
    /// `name` is the function's.
    pub(super) fn of(told: &FunctionConfiguration, name: &str) -> Self {
        let vpc = told.vpc_config().filter(|vpc| vpc.vpc_id().is_some_and(|id| !id.is_empty()));
        let logging = told.logging_config();
        Self {
            runtime: some(told.runtime().map(Runtime::as_str)),
            version: known(told.version(), LATEST),
            architecture: known(told.architectures().first().map(Architecture::as_str), "x86_64"),
            package_type: known(told.package_type().map(PackageType::as_str), "Zip"),
            layers: told.layers().iter().map(|layer| words(layer.arn())).collect(),
            vpc_id: vpc.and_then(|vpc| some(vpc.vpc_id())),
            subnets: vpc.map_or(0, |vpc| few(vpc.subnet_ids().len())),
            security_groups: vpc.map_or(0, |vpc| few(vpc.security_group_ids().len())),
            file_systems: few(told.file_system_configs().len()),
            tracing: word(told.tracing_config().and_then(|it| it.mode()).map(TracingMode::as_str)),
            log_format: known(logging.and_then(|it| it.log_format()).map(LogFormat::as_str), "Text"),
            own_log_group: logging.and_then(|it| some(it.log_group())).filter(|group| !is_default(group, name)),
            kms_key_arn: some(told.kms_key_arn()),
            dead_letter: told.dead_letter_config().and_then(|letters| some(letters.target_arn())),
            snap_start: snap_start(told),
            durable: told.durable_config().is_some(),
            tenant_isolation: told.tenancy_config().map(|it| Text::line(it.tenant_isolation_mode().as_str())),
            capacity_provider: capacity_provider(told),
            master_arn: some(told.master_arn()),
        }
    }

    /// The same as one of those `seen`, where there is one.
    pub(super) fn shared(this: &mut Arc<Self>, seen: &mut HashSet<Arc<Self>>) {
        match seen.get(this) {
            Some(known) => *this = known.clone(),
            None => drop(seen.insert(this.clone())),
        }
    }
}

fn snap_start(told: &FunctionConfiguration) -> Option<Text> {
    word(told.snap_start()?.apply_on().map(SnapStartApplyOn::as_str).filter(|on| *on != "None"))
}

fn capacity_provider(told: &FunctionConfiguration) -> Option<Text> {
    let managed = told.capacity_provider_config()?.lambda_managed_instances_capacity_provider_config()?;
    Some(Text::line(managed.capacity_provider_arn()))
}

fn is_default(group: &str, name: &str) -> bool {
    group.strip_prefix("/aws/lambda/") == Some(name)
}

/// A word that thousands of functions share: not kept once for each.
fn known(told: Option<&str>, default: &'static str) -> Text {
    word(told).unwrap_or(Text::known(default))
}

fn word(told: Option<&str>) -> Option<Text> {
    const WORDS: [&str; 10] =
        ["$LATEST", "x86_64", "arm64", "Zip", "Image", "Active", "PassThrough", "Text", "JSON", "PublishedVersions"];
    let word = told?;
    Some(WORDS.iter().find(|known| **known == word).map_or_else(|| Text::line(word), |known| Text::known(known)))
}

/// As the thing itself, for `serde`.
pub(super) fn serialize<S: Serializer>(common: &Arc<Common>, serializer: S) -> Result<S::Ok, S::Error> {
    common.as_ref().serialize(serializer)
}

/// Its own, not shared with others: what is read from a file is soon replaced by what AWS tells.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Common>, D::Error> {
    Common::deserialize(deserializer).map(Arc::new)
}
