//! Numbers as people type them behind a column's name, and whether a cell's value is so much.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::value::Value;

/// A number with what it is compared for: `1024`, `1,024`, `>512`, `<=30s`, `>4.2MB`, `<2h`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// How the value may stand to it.
    stands: &'static [Ordering],
    amount: f64,
    /// Lower case; empty if none was typed.
    unit: String,
    /// `<`, `>` or `=` was typed: it is meant as a number and not as part of one.
    pub compares: bool,
}

const SIGNS: [(&str, &[Ordering]); 5] = [
    (">=", &[Ordering::Greater, Ordering::Equal]),
    ("<=", &[Ordering::Less, Ordering::Equal]),
    (">", &[Ordering::Greater]),
    ("<", &[Ordering::Less]),
    ("=", &[Ordering::Equal]),
];

/// What units are worth of the one that a bare number counts in, the first one.
type Units = &'static [(&'static str, f64)];

const NONE: Units = &[("", 1.0)];
const PERCENT: Units = &[("%", 0.01), ("", 0.01)];
const BYTES: Units =
    &[("", 1.0), ("b", 1.0), ("kb", 1024.0), ("mb", 1_048_576.0), ("gb", 1_073_741_824.0), ("tb", 1_099_511_627_776.0)];
const MEBIBYTES: Units = &[("", 1.0), ("mb", 1.0), ("gb", 1024.0)];
const SECONDS: Units = &[
    ("", 1.0),
    ("ms", 0.001),
    ("s", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("h", 3600.0),
    ("d", 86_400.0),
    ("y", 31_536_000.0),
];

impl Quantity {
    /// Reads a number; `None` if it is a word.
    pub fn parse(text: &str) -> Option<Self> {
        let sign = SIGNS.iter().find_map(|(sign, stands)| Some((text.strip_prefix(sign)?, *stands)));
        let (rest, stands) = sign.unwrap_or((text, &[Ordering::Equal]));
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let (number, unit) = rest.split_at_checked(end)?;
        let amount = number.replace(',', "").parse().ok()?;
        Some(Self { stands, amount, unit: unit.to_ascii_lowercase(), compares: sign.is_some() })
    }

    /// Whether a value is so much, at the time `now`. What is no number, or of other units, is not.
    pub fn fits(&self, value: &Value, now: DateTime<Utc>) -> bool {
        let Some((size, units)) = measure(value, now) else { return false };
        let Some((_, worth)) = units.iter().find(|(unit, _)| *unit == self.unit) else { return false };
        size.partial_cmp(&(self.amount * worth)).is_some_and(|order| self.stands.contains(&order))
    }
}

/// How much a value is, and the units it may be told in.
fn measure(value: &Value, now: DateTime<Utc>) -> Option<(f64, Units)> {
    #[expect(clippy::cast_precision_loss, reason = "what people type has fewer digits than a f64")]
    let whole = |n: i64| n as f64;
    Some(match value {
        Value::Count(n) | Value::Graded(n, _) => (whole(*n), NONE),
        Value::Number(n) => (*n, NONE),
        Value::Bytes(n) => (whole(*n), BYTES),
        Value::Mebibytes(n) => (whole(*n), MEBIBYTES),
        Value::Seconds(n) => (whole(*n), SECONDS),
        Value::Time(at) => (whole(now.signed_duration_since(at).num_seconds()), SECONDS),
        Value::Share(part) => (*part, PERCENT),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn fits(typed: &str, value: &Value) -> bool {
        Quantity::parse(typed).is_some_and(|quantity| quantity.fits(value, NOW))
    }

    #[test]
    fn a_number_is_compared_in_the_units_of_the_cell() {
        let memory = Value::Mebibytes(1024);
        assert!(
            ["1024", "1,024", "=1024", ">512", "<=1gb", "1GB", ">=1024mb"].iter().all(|typed| fits(typed, &memory))
        );
        assert!(["512", ">1024", "<1gb", ">1s", "1024kb"].iter().all(|typed| !fits(typed, &memory)));
        let timeout = Value::Seconds(900);
        assert!(fits("15min", &timeout) && fits(">=900", &timeout) && !fits(">15m", &timeout));
        assert!(fits(">4mb", &Value::Bytes(5_000_000)) && !fits(">5mb", &Value::Bytes(5_000_000)));
        let hour_ago = Value::Time(NOW - chrono::TimeDelta::hours(1));
        assert!(fits("<2h", &hour_ago) && !fits("<30min", &hour_ago));
        assert!(fits(">10%", &Value::Share(0.25)) && fits(">10", &Value::Share(0.25)));
    }

    #[test]
    fn words_are_no_numbers_and_what_has_none_is_never_so_much() {
        for word in ["python", ">", "x64", "", "1.2.3", ">mb"] {
            assert_eq!(Quantity::parse(word), None, "{word}");
        }
        assert!(!fits("<9", &Value::Missing) && !fits("<9", &Value::Pending));
    }
}
