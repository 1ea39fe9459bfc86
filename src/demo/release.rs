//! A published version: what `$LATEST` was when it was published, for ever.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::noise;
use super::record::stamp;
use super::seed::FunctionSeed;

/// What moves by itself, or says which version it is: no change that would be worth a version.
const NOT_COMPARED: [&str; 5] = ["Version", "LastModified", "RevisionId", "FunctionArn", "CodeSize"];

/// One published version.
#[derive(Debug, Clone)]
pub(super) struct Release {
    configuration: Map<String, Value>,
    /// Stands for code and settings of the `$LATEST` it was made of: equal ones are not published twice.
    pub made_of: u64,
    /// Until when it is `Pending`; `Active` from then on.
    pending_until: Option<DateTime<Utc>>,
}

impl Release {
    /// Version `number` of the seed, the last of which is what `$LATEST` is: each older one has other code, a little
    /// smaller, and from the middle on other settings too.
    pub fn of_seed(seed: &FunctionSeed, number: u32, modified: DateTime<Utc>) -> Self {
        let name = noise::seed(seed.name()) ^ (u64::from(number) << 32);
        let before = i64::from(seed.published.saturating_sub(number));
        let mut configuration = seed.configuration.clone();
        let made_of = if before == 0 { fingerprint(&configuration) } else { name };
        if before > 0 {
            let size = configuration.get("CodeSize").and_then(Value::as_i64).unwrap_or_default();
            configuration.insert("CodeSha256".into(), noise::digest(name).into());
            configuration.insert("CodeSize".into(), (size * 20 / (20 + before)).into());
        }
        if before > i64::from(seed.published / 2) {
            age(&mut configuration);
        }
        // State and last update were those of $LATEST.
        configuration.retain(|field, _| !is_state(field));
        let at = modified - TimeDelta::hours(before * 31);
        Self { configuration: signed(configuration, number, name, at), made_of, pending_until: None }
    }

    /// Version `number`, published now from `latest`; it is ready at `ready`.
    pub fn publish(
        latest: &Map<String, Value>,
        number: u32,
        description: Option<&str>,
        (now, ready): (DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        let name = latest.get("FunctionName").and_then(Value::as_str).unwrap_or_default();
        let id = noise::seed(name) ^ (u64::from(number) << 32) ^ now.timestamp_millis().unsigned_abs();
        let mut configuration = latest.clone();
        configuration.retain(|field, _| !is_state(field));
        if let Some(description) = description {
            configuration.insert("Description".into(), description.into());
        }
        let made_of = fingerprint(latest);
        Self { configuration: signed(configuration, number, id, now), made_of, pending_until: Some(ready) }
    }

    /// How it is answered at `now`.
    pub fn at(&self, now: DateTime<Utc>) -> Map<String, Value> {
        let mut configuration = self.configuration.clone();
        let pending = self.pending_until.is_some_and(|until| now < until);
        if pending {
            configuration.insert("State".into(), "Pending".into());
            configuration.insert("StateReason".into(), "The function is being created.".into());
            configuration.insert("StateReasonCode".into(), "Creating".into());
        } else {
            configuration.insert("State".into(), "Active".into());
        }
        configuration.insert("LastUpdateStatus".into(), "Successful".into());
        let snapshots = configuration.get("SnapStart").and_then(|snap| snap.get("ApplyOn"));
        if snapshots.is_some_and(|on| on == "PublishedVersions") {
            let status = if pending { "Off" } else { "On" };
            let snap_start = json!({"ApplyOn": "PublishedVersions", "OptimizationStatus": status});
            configuration.insert("SnapStart".into(), snap_start);
        }
        configuration
    }

    /// The size of its package in bytes.
    pub fn code_size(&self) -> i64 {
        self.configuration.get("CodeSize").and_then(Value::as_i64).unwrap_or_default()
    }
}

/// A number that is another one for other code or other settings.
pub(super) fn fingerprint(latest: &Map<String, Value>) -> u64 {
    let told: Map<String, Value> = latest
        .iter()
        .filter(|(field, _)| !is_state(field) && !NOT_COMPARED.contains(&field.as_str()))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect();
    noise::seed(&Value::Object(told).to_string())
}

fn is_state(field: &str) -> bool {
    field.starts_with("State") || field.starts_with("LastUpdateStatus")
}

fn signed(mut configuration: Map<String, Value>, number: u32, id: u64, at: DateTime<Utc>) -> Map<String, Value> {
    configuration.insert("Version".into(), number.to_string().into());
    configuration.insert("RevisionId".into(), noise::uuid(id).into());
    configuration.insert("LastModified".into(), stamp(at).into());
    configuration
}

/// Half the memory, one variable less, and another value in the first one.
fn age(configuration: &mut Map<String, Value>) {
    let memory = configuration.get("MemorySize").and_then(Value::as_i64).unwrap_or(128);
    configuration.insert("MemorySize".into(), (memory / 2).max(128).into());
    if let Some(Value::String(sha256)) = configuration.get_mut("ConfigSha256") {
        *sha256 = noise::hex(noise::seed(sha256), 64);
    }
    let variables = configuration.get_mut("Environment").and_then(|environment| environment.get_mut("Variables"));
    let Some(variables) = variables.and_then(Value::as_object_mut) else { return };
    if let Some(last) = variables.keys().next_back().cloned().filter(|_| variables.len() > 1) {
        variables.shift_remove(&last);
    }
    if let Some(first) = variables.values_mut().next() {
        *first = format!("{}-before", first.as_str().unwrap_or_default()).into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_pending_until_it_is_ready_and_then_stays_as_it_is() {
        let latest: Map<String, Value> = serde_json::from_value(json!({
            "FunctionName": "a", "Version": "$LATEST", "MemorySize": 512, "State": "Active", "Description": "d",
        }))
        .unwrap();
        let (now, ready) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + TimeDelta::seconds(3));
        let release = Release::publish(&latest, 3, Some("the third"), (now, ready));
        assert_eq!(release.at(now)["StateReasonCode"], "Creating");
        let settled = release.at(ready);
        assert_eq!((&settled["State"], &settled["Version"]), (&json!("Active"), &json!("3")));
        assert_eq!(settled["Description"], "the third");
        assert!(!settled.contains_key("StateReason"));
    }

    #[test]
    fn only_code_and_settings_make_a_version_another_one() {
        let latest = |memory: u32, revision: &str| -> Map<String, Value> {
            serde_json::from_value(json!({"MemorySize": memory, "RevisionId": revision, "State": "Active"})).unwrap()
        };
        assert_eq!(fingerprint(&latest(512, "a")), fingerprint(&latest(512, "b")));
        assert_ne!(fingerprint(&latest(512, "a")), fingerprint(&latest(256, "a")));
    }
}
