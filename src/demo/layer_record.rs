//! A layer as the account keeps it: its versions, who may use them, and the number that comes next.

use serde_json::{Map, Value};

use super::identity::ACCOUNT_ID;
use super::noise;

/// A layer.
#[derive(Debug)]
pub(super) struct LayerRecord {
    pub name: String,
    /// The account it is published in: ours, or one whose layers only can be read by their ARN.
    pub owner: String,
    /// Oldest first.
    pub versions: Vec<VersionRecord>,
    /// The newest number that was ever given: a deleted one does not come back.
    last: u64,
}

/// A version of a layer.
#[derive(Debug)]
pub(super) struct VersionRecord {
    pub number: u64,
    /// What lists tell of it, but for number and ARN.
    pub told: Map<String, Value>,
    /// The statements of its policy; none is no policy.
    pub policy: Vec<Value>,
    /// How often its policy was changed.
    pub policy_changes: u64,
    /// The size of its zip file in bytes.
    pub size: u64,
    pub sha256: String,
}

impl LayerRecord {
    /// A layer of our own without versions.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), owner: ACCOUNT_ID.to_owned(), versions: Vec::new(), last: 0 }
    }

    /// `LayerName`, `Owner` if it is not ours, and `Versions` in AWS's words, oldest first: each with its own number or
    /// the one of its place, and with `Policy`, a list of statements, if others may use it.
    pub fn of(seed: &Map<String, Value>) -> Self {
        let text = |field: &str| seed.get(field).and_then(Value::as_str);
        let mut layer = Self::named(text("LayerName").unwrap_or_default());
        if let Some(owner) = text("Owner") {
            owner.clone_into(&mut layer.owner);
        }
        let versions = seed.get("Versions").and_then(Value::as_array).into_iter().flatten();
        for version in versions.filter_map(Value::as_object) {
            if let Some(number) = version.get("Version").and_then(Value::as_u64) {
                layer.last = number.saturating_sub(1);
            }
            let mut told = version.clone();
            let policy = told.remove("Policy").and_then(|policy| policy.as_array().cloned()).unwrap_or_default();
            let seed = noise::seed(&layer.name) ^ (layer.last + 1);
            let size = 50_000 + noise::below(seed, 40_000_000);
            layer.publish(told, size, noise::digest(seed), policy);
        }
        layer
    }

    /// Adds the next version.
    pub fn publish(&mut self, mut told: Map<String, Value>, size: u64, sha256: String, policy: Vec<Value>) {
        told.remove("Version");
        self.last += 1;
        self.versions.push(VersionRecord { number: self.last, told, policy, policy_changes: 0, size, sha256 });
    }

    /// The version of that number, as the path of a request spells it.
    pub fn version(&self, number: &str) -> Option<&VersionRecord> {
        self.versions.iter().find(|version| version.number.to_string() == number)
    }

    /// The same, to be changed.
    pub fn version_mut(&mut self, number: &str) -> Option<&mut VersionRecord> {
        self.versions.iter_mut().find(|version| version.number.to_string() == number)
    }

    /// It is published in this account.
    pub fn ours(&self) -> bool {
        self.owner == ACCOUNT_ID
    }
}

impl VersionRecord {
    /// The revision of its policy.
    pub fn revision(&self) -> String {
        noise::uuid(noise::seed(&self.sha256) ^ (self.policy_changes << 8) ^ 0x11)
    }

    /// Anybody may use it.
    pub fn public(&self) -> bool {
        let open = |statement: &Value| statement.get("Principal").is_some_and(|who| who == "*");
        self.policy.iter().any(|statement| open(statement) && statement.get("Condition").is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::object;
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_follow_those_that_were_given_and_never_come_back() {
        let seed = object(json!({"LayerName": "a", "Versions": [{"Version": 39}, {}, {"Version": 50}]}));
        let mut layer = LayerRecord::of(&seed);
        let numbers: Vec<u64> = layer.versions.iter().map(|version| version.number).collect();
        assert_eq!(numbers, [39, 40, 50]);
        layer.versions.clear();
        layer.publish(Map::new(), 1, String::new(), Vec::new());
        assert_eq!(layer.versions[0].number, 51);
    }
}
