//! The values of a query: nothing, a number, words, a time; and how AWS writes them.

use std::cmp::Ordering;

use chrono::DateTime;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// The event has no such field.
    Null,
    /// Every calculation is in doubles.
    Number(f64),
    /// A count: written without a point.
    Count(u64),
    Words(String),
    /// Milliseconds since 1970.
    Time(i64),
}

impl Cell {
    /// Its number, if it is one or is written as one.
    pub fn number(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "AWS calculates in doubles")]
        match self {
            Self::Number(n) => Some(*n),
            Self::Count(n) => Some(*n as f64),
            Self::Time(at) => Some(*at as f64),
            Self::Words(words) => words.trim().parse().ok().filter(|n: &f64| n.is_finite()),
            Self::Null => None,
        }
    }

    /// What an answer says; `None` for nothing.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Number(n) => Some(double(*n)),
            Self::Count(n) => Some(n.to_string()),
            Self::Words(words) => Some(words.clone()),
            Self::Time(at) => Some(DateTime::from_timestamp_millis(*at)?.format("%Y-%m-%d %H:%M:%S%.3f").to_string()),
        }
    }

    /// Whether a filter lets it through.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Words(words) => words == "true",
            other => other.number().is_some_and(|n| n != 0.0),
        }
    }

    pub fn truth(is: bool) -> Self {
        Self::Number(f64::from(u8::from(is)))
    }

    /// Numbers by number, words by their letters; `None` where one of them is nothing.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.number(), other.number()) {
            (Some(a), Some(b)) => a.partial_cmp(&b),
            _ => Some(self.text()?.cmp(&other.text()?)),
        }
    }
}

/// A double as Java writes it, in which AWS answers: `3.0`, `12.34`, `1.28E8`.
fn double(n: f64) -> String {
    let size = n.abs();
    if n == 0.0 || (1e-3..1e7).contains(&size) {
        return if n.fract() == 0.0 { format!("{n:.1}") } else { n.to_string() };
    }
    let written = format!("{n:E}");
    match written.split_once('E') {
        Some((digits, power)) if !digits.contains('.') => format!("{digits}.0E{power}"),
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_aws_writes_them() {
        let told =
            [3.0, 12.34, 128_000_000.0, 10_000_000.0, 0.000_016_7, -0.5].map(|n| Cell::Number(n).text().unwrap());
        assert_eq!(told, ["3.0", "12.34", "1.28E8", "1.0E7", "1.67E-5", "-0.5"]);
        assert_eq!(Cell::Count(12).text().unwrap(), "12");
        assert_eq!(Cell::Time(1_500).text().unwrap(), "1970-01-01 00:00:01.500");
    }

    #[test]
    fn what_is_written_as_a_number_is_one() {
        let words = |text: &str| Cell::Words(text.to_owned());
        assert_eq!(words("10").compare(&words("9")), Some(Ordering::Greater));
        assert_eq!(words("b").compare(&Cell::Number(1.0)), Some(Ordering::Greater));
        assert_eq!(Cell::Null.compare(&words("9")), None);
    }
}
