//! One function as the account keeps it, and its configuration as AWS would answer it at a given time.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::history::Deployment;
use super::identity::ACCOUNT_ID;
use super::noise;
use super::release::Release;
use super::seed::FunctionSeed;

/// A change of the configuration that takes its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Update {
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Environments being made warm for a version or an alias.
#[derive(Debug, Clone, Copy)]
pub(super) struct Warming {
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// How many were warm before.
    pub before: u64,
}

/// A function, its past and what has happened to it.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// What it was made from; the configuration is complete but for what time and region decide.
    pub seed: FunctionSeed,
    /// When `LastModified` said it was modified before any change made here.
    pub modified: DateTime<Utc>,
    /// Until when it is `Pending`; `Active` from then on.
    pub pending_until: Option<DateTime<Utc>>,
    pub update: Option<Update>,
    /// Invocations of each version since it was last changed: the first is a cold start.
    pub runs: BTreeMap<String, u64>,
    /// The execution environments of each version: as many as ever ran at once since it was last changed.
    pub environments: BTreeMap<String, u64>,
    /// Counts changes; `RevisionId` follows from it.
    pub revision: u64,
    /// The published versions that were not deleted.
    pub releases: BTreeMap<u32, Release>,
    /// The number of the last version ever published: none is given twice.
    pub last_version: u32,
    /// Counts changes of its aliases.
    pub alias_changes: u64,
    /// Changes of its provisioned concurrency made here, by version and alias.
    pub warming: BTreeMap<String, Warming>,
}

impl Record {
    /// A record of a seed in an account made at `born`.
    pub fn new(mut seed: FunctionSeed, born: DateTime<Utc>) -> Self {
        complete(&mut seed);
        let age = if seed.life.age_minutes == 0 { 60 } else { seed.life.age_minutes };
        let pending_until =
            seed.life.settles_after_seconds.map(|seconds| born + TimeDelta::seconds(i64::from(seconds)));
        let modified = born - TimeDelta::minutes(i64::from(age));
        let last_version = seed.published;
        let releases = (1..=last_version).map(|number| (number, Release::of_seed(&seed, number, modified))).collect();
        Self {
            seed,
            modified,
            pending_until,
            update: None,
            runs: BTreeMap::new(),
            environments: BTreeMap::new(),
            revision: 0,
            releases,
            last_version,
            alias_changes: 0,
            warming: BTreeMap::new(),
        }
    }

    pub fn name(&self) -> &str {
        self.seed.name()
    }

    /// A text of the configuration.
    pub fn text(&self, field: &str) -> &str {
        self.seed.configuration.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// A whole number of the configuration.
    pub fn number(&self, field: &str) -> i64 {
        self.seed.configuration.get(field).and_then(Value::as_i64).unwrap_or_default()
    }

    /// A text inside a structure of the configuration.
    pub fn inner_text(&self, field: &str, inner: &str) -> Option<&str> {
        self.seed.configuration.get(field)?.get(inner)?.as_str()
    }

    /// The log group its lines go to.
    pub fn log_group(&self) -> String {
        self.inner_text("LoggingConfig", "LogGroup")
            .map_or_else(|| format!("/aws/lambda/{}", self.name()), str::to_owned)
    }

    /// `$LATEST` at `now`, with the deployment that was the last to touch it.
    pub fn latest(&self, now: DateTime<Utc>, deployment: Option<Deployment>) -> Map<String, Value> {
        let mut configuration = self.seed.configuration.clone();
        let deployment = deployment.filter(|deployment| self.update.is_none_or(|update| deployment.at > update.at));
        let changed = deployment.map(|deployment| deployment.at).or(self.update.map(|update| update.at));
        let busy = deployment.is_some_and(|deployment| now < deployment.until)
            || self.update.is_some_and(|update| now < update.until);
        let round = deployment.map_or(0, |deployment| deployment.number);
        self.settle(&mut configuration, now);
        if changed.is_some() {
            configuration.retain(|key, _| !key.starts_with("LastUpdateStatus"));
            configuration.insert("LastUpdateStatus".into(), (if busy { "InProgress" } else { "Successful" }).into());
        }
        if busy {
            configuration.insert("LastUpdateStatusReason".into(), "The function is being updated.".into());
        }
        // A deployment that is still under way has changed nothing yet.
        let (shown, round) = if busy && deployment.is_some() { (None, 0) } else { (changed, round) };
        if round > 0 {
            configuration.insert("CodeSha256".into(), noise::digest(noise::seed(self.name()) ^ round).into());
        }
        configuration.insert("LastModified".into(), stamp(shown.unwrap_or(self.modified)).into());
        let revision = noise::seed(self.name()) ^ self.revision ^ (round << 20);
        configuration.insert("RevisionId".into(), noise::uuid(revision).into());
        configuration
    }

    /// Version `number` at `now`, if it was published and not deleted.
    pub fn version(&self, number: u32, now: DateTime<Utc>) -> Option<Map<String, Value>> {
        self.releases.get(&number).map(|release| release.at(now))
    }

    fn settle(&self, configuration: &mut Map<String, Value>, now: DateTime<Utc>) {
        if self.pending_until.is_some_and(|until| now >= until) {
            configuration.retain(|key, _| !key.starts_with("State") && !key.starts_with("LastUpdateStatus"));
            configuration.insert("State".into(), "Active".into());
            configuration.insert("LastUpdateStatus".into(), "Successful".into());
        }
    }
}

/// A time as Lambda writes it: milliseconds, and a zone without a colon.
pub(super) fn stamp(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

/// `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, in the region's partition.
pub(super) fn function_arn(region: &str, name: &str) -> String {
    format!("arn:{}:lambda:{region}:{ACCOUNT_ID}:function:{name}", partition(region))
}

/// The partition a region belongs to.
pub(super) fn partition(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        "aws"
    }
}

/// Puts the region asked for into every ARN that leaves it open: `arn:aws:sqs:{region}:...`.
pub(super) fn localise(value: &mut Value, region: &str) {
    match value {
        Value::String(text) if text.contains("{region}") => {
            let arn = text.replace("arn:aws:", &format!("arn:{}:", partition(region)));
            *text = arn.replace("{region}", region);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| localise(item, region)),
        Value::Object(members) => members.values_mut().for_each(|member| localise(member, region)),
        _ => {}
    }
}

/// Fills in what AWS fills in when a function is created with nothing but what the seed says.
fn complete(seed: &mut FunctionSeed) {
    let name = seed.name().to_owned();
    let number = noise::seed(&name);
    let configuration = &mut seed.configuration;
    let image = configuration.get("PackageType").and_then(Value::as_str) == Some("Image");
    let mut fill = |field: &str, value: Value| {
        configuration.entry(field).or_insert(value);
    };
    if !image {
        fill("Runtime", json!("python3.13"));
    }
    fill("Role", json!(format!("arn:aws:iam::{ACCOUNT_ID}:role/{}-role", name.split('-').next().unwrap_or(&name))));
    fill("CodeSize", json!(20_000 + noise::below(number, 8_000_000)));
    fill("Description", json!(""));
    fill("Timeout", json!(3));
    fill("MemorySize", json!(128));
    fill("CodeSha256", json!(noise::digest(number)));
    fill("Version", json!("$LATEST"));
    fill("TracingConfig", json!({"Mode": "PassThrough"}));
    fill("PackageType", json!("Zip"));
    fill("Architectures", json!(["x86_64"]));
    fill("EphemeralStorage", json!({"Size": 512}));
    fill("SnapStart", json!({"ApplyOn": "None", "OptimizationStatus": "Off"}));
    fill("LoggingConfig", json!({"LogFormat": "Text", "LogGroup": format!("/aws/lambda/{name}")}));
    fill("State", json!("Active"));
    fill("LastUpdateStatus", json!("Successful"));
    fill("ConfigSha256", json!(noise::hex(number ^ 5, 64)));
    if let Some(runtime) = configuration.get("Runtime").and_then(Value::as_str).map(str::to_owned) {
        configuration.entry("Handler").or_insert_with(|| json!(handler(&runtime)));
        let arn = format!("arn:aws:lambda:{{region}}::runtime:{}", noise::hex(noise::seed(&runtime), 64));
        configuration.entry("RuntimeVersionConfig").or_insert_with(|| json!({"RuntimeVersionArn": arn}));
    }
}

/// The handler people of this runtime would write.
fn handler(runtime: &str) -> &'static str {
    match runtime.split(['.', '1', '2', '3', '6', '8']).next().unwrap_or_default() {
        "nodejs" => "index.handler",
        "java" => "com.example.Handler::handleRequest",
        "dotnet" | "dotnetcore" => "Service::Service.Function::FunctionHandler",
        "ruby" => "function.handler",
        "provided" => "bootstrap",
        "go" => "main",
        _ => "app.handler",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record::new(FunctionSeed::named("orders-api").published(4).with("MemorySize", 512), DateTime::UNIX_EPOCH)
    }

    #[test]
    fn a_deployment_under_way_shows_only_as_in_progress_and_then_as_a_new_revision() {
        let (record, now) = (record(), DateTime::UNIX_EPOCH + TimeDelta::seconds(100));
        let deployment = Deployment { number: 3, at: now, until: now + TimeDelta::seconds(6) };
        let (before, during) = (record.latest(now, None), record.latest(now, Some(deployment)));
        let after = record.latest(now + TimeDelta::seconds(6), Some(deployment));
        assert_eq!(before["LastUpdateStatus"], "Successful");
        assert_eq!(during["LastUpdateStatus"], "InProgress");
        assert_eq!(after["LastUpdateStatus"], "Successful");
        assert_eq!(before["RevisionId"], during["RevisionId"]);
        assert_ne!(during["RevisionId"], after["RevisionId"]);
        assert_ne!(during["LastModified"], after["LastModified"]);
    }

    #[test]
    fn pending_ends_when_its_time_has_come() {
        let mut seed = FunctionSeed::named("orders-new").state("Pending", "The function is being created.", "Creating");
        seed.life.settles_after_seconds = Some(20);
        let record = Record::new(seed, DateTime::UNIX_EPOCH);
        let at = |seconds| record.latest(DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds), None);
        assert_eq!(at(19)["StateReasonCode"], "Creating");
        assert_eq!(at(20)["State"], "Active");
        assert!(!at(20).contains_key("StateReason"));
    }

    #[test]
    fn the_newest_version_has_the_code_of_latest_and_older_ones_do_not() {
        let record = record();
        let latest = record.latest(DateTime::UNIX_EPOCH, None);
        let version = |number| record.version(number, DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(version(4)["CodeSha256"], latest["CodeSha256"]);
        assert_ne!(version(3)["CodeSha256"], latest["CodeSha256"]);
        assert_eq!(version(1)["MemorySize"], 256);
        assert_eq!(record.version(5, DateTime::UNIX_EPOCH), None);
    }

    #[test]
    fn arns_follow_the_region_and_its_partition() {
        let mut value = json!(["arn:aws:sqs:{region}:1:q", "{nothing}"]);
        localise(&mut value, "cn-north-1");
        assert_eq!(value, json!(["arn:aws-cn:sqs:cn-north-1:1:q", "{nothing}"]));
    }
}
