//! What a function is made from: the fields AWS would answer, and how the demo lets it behave.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A function to put into the account. Whatever is not said gets AWS's default.
///
/// The JSON of `assets/demo/functions.json` and the builder methods for tests make the same thing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct FunctionSeed {
    /// `FunctionConfiguration` of `$LATEST` in AWS's own words; needs `FunctionName`.
    pub configuration: Map<String, Value>,
    /// What `GetFunction` answers beside the configuration: `Tags`, `TagsError`, fields of `Code`.
    pub beside: Map<String, Value>,
    /// How many versions are published.
    pub published: u32,
    /// `AliasConfiguration`s; ARN and revision are filled in.
    pub aliases: Vec<Map<String, Value>>,
    /// Reserved and provisioned concurrency.
    pub concurrency: Concurrency,
    /// Policy, URL and asynchronous invocation.
    pub access: Access,
    /// What an invocation does: `echo`, `fail`, `slow:5000` ... (see `lambda/behaviour.rs`).
    pub behaviour: String,
    /// When it was made and how it lives.
    pub life: Life,
}

/// Reserved and provisioned concurrency of a function.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct Concurrency {
    /// `ReservedConcurrentExecutions`; 0 stops every invocation.
    pub reserved: Option<u32>,
    /// `ProvisionedConcurrencyConfig`s, each with a `Qualifier` beside AWS's fields.
    pub provisioned: Vec<Map<String, Value>>,
}

/// Who may call a function, and how.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct Access {
    /// The statements of the resource policy; none is no policy.
    pub policy: Vec<Value>,
    /// `FunctionUrlConfig` of the unqualified function.
    pub url: Option<Map<String, Value>>,
    /// `FunctionEventInvokeConfig`.
    pub event_invoke: Option<Map<String, Value>>,
}

/// A function's times, counted from the moment the account was made.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct Life {
    /// Minutes since the last modification; 0 is one hour.
    pub age_minutes: u32,
    /// Seconds until a `Pending` function becomes `Active`; without it it stays as it is.
    pub settles_after_seconds: Option<u32>,
    /// Seconds between two invocations that nobody here asked for; without it there are none.
    pub invoked_every_seconds: Option<u32>,
    /// Every how many of these fail; without it the behaviour says how often.
    pub fails_every: Option<u32>,
}

impl FunctionSeed {
    /// A plain function.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::default().with("FunctionName", name)
    }

    /// Sets a field of the configuration in AWS's words: `.with("MemorySize", 512)`.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.configuration.insert(field.to_owned(), value.into());
        self
    }

    /// State, its reason and the reason's code.
    #[must_use]
    pub fn state(self, state: &str, reason: &str, code: &str) -> Self {
        self.with("State", state).with("StateReason", reason).with("StateReasonCode", code)
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        let environment = self.configuration.entry("Environment").or_insert_with(|| json!({"Variables": {}}));
        if let Some(variables) = environment.get_mut("Variables").and_then(Value::as_object_mut) {
            variables.insert(name.to_owned(), Value::from(value));
        }
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn tag(mut self, key: &str, value: &str) -> Self {
        if let Some(tags) = self.beside.entry("Tags").or_insert_with(|| json!({})).as_object_mut() {
            tags.insert(key.to_owned(), Value::from(value));
        }
        self
    }

    /// Versions 1 to `count`.
    #[must_use]
    pub fn published(mut self, count: u32) -> Self {
        self.published = count;
        self
    }

    /// An alias of one version.
    #[must_use]
    pub fn alias(mut self, name: &str, version: &str) -> Self {
        self.aliases.push(object(json!({"Name": name, "FunctionVersion": version})));
        self
    }

    /// An alias that sends the share `weight` (0 to 1) to another version.
    #[must_use]
    pub fn weighted_alias(mut self, name: &str, version: &str, other: &str, weight: f64) -> Self {
        let routing = json!({"AdditionalVersionWeights": {other: weight}});
        self.aliases.push(object(json!({"Name": name, "FunctionVersion": version, "RoutingConfig": routing})));
        self
    }

    /// Reserved concurrency.
    #[must_use]
    pub fn reserved(mut self, executions: u32) -> Self {
        self.concurrency.reserved = Some(executions);
        self
    }

    /// How asynchronous invocations are handled, in AWS's words.
    #[must_use]
    pub fn event_invoke(mut self, config: Value) -> Self {
        self.access.event_invoke = Some(object(config));
        self
    }

    /// What an invocation does.
    #[must_use]
    pub fn behaviour(mut self, behaviour: &str) -> Self {
        behaviour.clone_into(&mut self.behaviour);
        self
    }

    /// Minutes since the last modification.
    #[must_use]
    pub fn age_minutes(mut self, minutes: u32) -> Self {
        self.life.age_minutes = minutes;
        self
    }

    /// `FunctionName`; empty when the seed has none.
    pub(super) fn name(&self) -> &str {
        self.configuration.get("FunctionName").and_then(Value::as_str).unwrap_or_default()
    }
}

/// The members of a JSON object; of anything else, none.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
