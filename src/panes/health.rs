//! How a function or one of its versions is, as cells.

use super::value::{Tone, Value};
use crate::aws::{Health, Text};

/// Room for a glyph, a space and the longest word: `update failed`.
pub(super) const STATE: u16 = 15;

/// Its state.
pub(super) fn state(told: Option<Text>) -> Value {
    let Some(word) = told else { return Value::Missing };
    let tone = match word.as_str() {
        "Active" => Tone::Good,
        // AWS keeps the code and runs only published versions: nothing is wrong, and nothing can be invoked.
        "ActiveNonInvocable" => return Value::State(Tone::Muted, Text::known("uninvocable")),
        "Inactive" => Tone::Muted,
        "Failed" => Tone::Bad,
        _ => Tone::Warn,
    };
    Value::State(tone, spoken(&word))
}

/// What became of its last update.
pub(super) fn update(told: Option<Text>) -> Value {
    let Some(word) = told else { return Value::Missing };
    let tone = match word.as_str() {
        "Successful" => Tone::Good,
        "Failed" => Tone::Bad,
        _ => Tone::Warn,
    };
    Value::State(tone, spoken(&word))
}

/// Both in one word, for a list that has no room for two: the state, unless there is nothing wrong with it and something
/// with the last update.
pub(super) fn overall(state: &Value, update: &Value) -> Value {
    match (state, update) {
        (Value::State(Tone::Bad | Tone::Warn, _), _) => state.clone(),
        (_, Value::State(Tone::Bad, _)) => Value::State(Tone::Bad, Text::known("update failed")),
        (_, Value::State(Tone::Warn, _)) => Value::State(Tone::Warn, Text::known("updating")),
        _ => state.clone(),
    }
}

/// Why it is in that state, or why its last update failed; both if there are two.
pub(super) fn reason(health: &Health) -> Value {
    match (&health.state_reason, &health.last_update_status_reason) {
        (Some(state), Some(update)) => Value::Prose(Text::line(format!("{state}; last update: {update}"))),
        (Some(one), None) | (None, Some(one)) => Value::Prose(one.clone()),
        (None, None) => Value::Missing,
    }
}

/// AWS's word as people say it: `InProgress` as `in progress`.
fn spoken(word: &str) -> Text {
    let mut spoken = String::new();
    for c in word.chars() {
        if c.is_ascii_uppercase() && !spoken.is_empty() {
            spoken.push(' ');
        }
        spoken.push(c.to_ascii_lowercase());
    }
    Text::line(spoken)
}
