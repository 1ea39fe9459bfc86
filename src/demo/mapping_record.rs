//! An event source mapping as the account keeps it, and how it changes over time.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::Demo;
use super::account::Account;
use super::noise;
use super::seed::object;

/// A mapping, and the state it is on its way to.
#[derive(Debug, Clone)]
pub(super) struct MappingRecord {
    pub uuid: String,
    /// In AWS's words, with the function's bare name, and its qualifier, as `FunctionName`.
    pub members: Map<String, Value>,
    pub modified: DateTime<Utc>,
    changing: Option<(DateTime<Utc>, Then)>,
}

/// What a mapping becomes when its change is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Enabled,
    Disabled,
    Gone,
}

impl MappingRecord {
    /// A mapping of a seed in an account made at `born`. `AgeMinutes` says when it was changed last,
    /// `SettlesAfterSeconds` when a state that passes is over; without it such a state stays.
    pub fn of(seed: Value, born: DateTime<Utc>) -> Self {
        let mut members = object(seed);
        let own = members.remove("UUID").and_then(|uuid| uuid.as_str().map(str::to_owned));
        let uuid = own.unwrap_or_else(|| noise::uuid(noise::seed(&Value::Object(members.clone()).to_string())));
        let age = members.remove("AgeMinutes").and_then(|age| age.as_i64()).unwrap_or(90);
        let after = members.remove("SettlesAfterSeconds").and_then(|seconds| seconds.as_i64());
        members.entry("State").or_insert_with(|| "Enabled".into());
        members.entry("StateTransitionReason").or_insert_with(|| "USER_INITIATED".into());
        let mut record = Self { uuid, members, modified: born - TimeDelta::minutes(age), changing: None };
        let then = match record.state() {
            "Disabling" => Then::Disabled,
            "Deleting" => Then::Gone,
            _ => Then::Enabled,
        };
        record.changing = after.map(|seconds| (born + TimeDelta::seconds(seconds), then));
        record
    }

    /// Its state.
    pub fn state(&self) -> &str {
        self.members.get("State").and_then(Value::as_str).unwrap_or_default()
    }

    /// The name of the function that is fed, without its qualifier.
    pub fn function(&self) -> &str {
        let name = self.members.get("FunctionName").and_then(Value::as_str).unwrap_or_default();
        name.split(':').next().unwrap_or(name)
    }

    /// Begins a change: the state it is in meanwhile, and what it becomes after `lasts`.
    pub fn change(&mut self, state: &str, then: Then, now: DateTime<Utc>, lasts: TimeDelta) {
        self.members.insert("State".into(), state.into());
        self.members.insert("StateTransitionReason".into(), "USER_INITIATED".into());
        self.modified = now;
        self.changing = Some((now + lasts, then));
    }

    /// `false` when it is gone by `now`.
    fn settle(&mut self, now: DateTime<Utc>) -> bool {
        let Some((_, then)) = self.changing.filter(|(until, _)| *until <= now) else { return true };
        self.changing = None;
        let state = if then == Then::Disabled { "Disabled" } else { "Enabled" };
        self.members.insert("State".into(), state.into());
        then != Then::Gone
    }
}

impl Account {
    /// Lets the changes of mappings end whose time has come.
    pub fn settle_mappings(&mut self, now: DateTime<Utc>) {
        self.mappings.retain_mut(|mapping| mapping.settle(now));
    }
}

/// What a test does to mappings behind the back of the program.
impl Demo {
    /// Puts an event source mapping in AWS's words, with the bare name of its function as `FunctionName`.
    pub fn put_mapping(&self, mapping: Value) {
        let mut account = self.lock_account();
        let record = MappingRecord::of(mapping, account.born);
        account.mappings.push(record);
    }

    /// Takes a mapping away at once; says whether there was one.
    pub fn remove_mapping(&self, uuid: &str) -> bool {
        let mut account = self.lock_account();
        let before = account.mappings.len();
        account.mappings.retain(|mapping| mapping.uuid != uuid);
        account.mappings.len() < before
    }

    /// Lays fields over a mapping, as if somebody else had changed it. Says whether there is such a mapping.
    pub fn patch_mapping(&self, uuid: &str, fields: &Value) -> bool {
        let mut account = self.lock_account();
        let Some(mapping) = account.mappings.iter_mut().find(|mapping| mapping.uuid == uuid) else { return false };
        let fields = fields.as_object().cloned().unwrap_or_default();
        mapping.members.extend(fields);
        true
    }

    /// How long a change of a mapping takes (4 s unless said).
    pub fn mapping_changes_last(&self, time: std::time::Duration) {
        self.lock_account().mapping_lasts = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
    }
}
