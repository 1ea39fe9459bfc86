//! A setting, its value, and how AWS's answers become one.

use chrono::{DateTime, Utc};

use super::function::some;
use super::secret::Secret;
use super::text::Text;

/// One setting.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    /// The group it belongs to: "runtime", "network" ...
    pub group: &'static str,
    /// AWS's name for it, or the name of a variable or a tag. Unique in its group.
    pub name: Text,
    /// Its value.
    pub value: SettingValue,
}

/// The value of a setting.
#[derive(Clone, PartialEq, Debug)]
pub enum SettingValue {
    /// Words.
    Text(Text),
    /// A number.
    Count(i64),
    /// A size in MiB.
    Mebibytes(i64),
    /// A size in bytes.
    Bytes(i64),
    /// A duration in seconds.
    Seconds(i64),
    /// A point in time.
    Time(DateTime<Utc>),
    /// AWS's word for a state.
    State(Text),
    /// The value of an environment variable.
    Secret(Secret),
    /// Not set; what AWS takes instead, empty if nothing.
    NotSet(&'static str),
    /// Words that deserve a look.
    Look(Text),
    /// An error inside a good answer.
    Error(Text),
}

/// Words, or what takes their place.
pub(super) fn words(told: Option<&str>, default: &'static str) -> SettingValue {
    some(told).map_or(SettingValue::NotSet(default), SettingValue::Text)
}

/// A word for a state.
pub(super) fn state(told: Option<&str>) -> SettingValue {
    some(told).map_or(SettingValue::NotSet(""), SettingValue::State)
}

/// A number with a unit, or what takes its place.
pub(super) fn number(told: Option<i32>, unit: fn(i64) -> SettingValue, default: &'static str) -> SettingValue {
    told.map_or(SettingValue::NotSet(default), |number| unit(number.into()))
}

pub(super) fn list(told: &[String], default: &'static str) -> SettingValue {
    words(Some(&told.join(", ")), default)
}

pub(super) fn failure(code: Option<&str>, message: Option<&str>) -> SettingValue {
    let (code, message) = (code.unwrap_or_default(), message.unwrap_or_default());
    SettingValue::Error(Text::line(
        [code, message].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(": "),
    ))
}
