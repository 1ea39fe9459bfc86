//! Numbers, sizes and ages as people read them.

use chrono::{DateTime, Utc};

pub use crate::aws::grouped;

/// Two parts of a whole as a bar between their percentages; the whole as a full bar.
pub(super) fn shares(part: f64) -> String {
    const CELLS: usize = 10;
    let percent = |share: f64| format!("{} %", (share * 1000.0).round() / 10.0);
    let part = part.clamp(0.0, 1.0);
    // What is not nothing shows, and what is not all leaves something.
    let full = (1..=CELLS).filter(|n| part * 10.0 + 0.5 >= f64::from(u8::try_from(*n).unwrap_or(u8::MAX))).count();
    let full = full.clamp(usize::from(part > 0.0), if part < 1.0 { CELLS - 1 } else { CELLS });
    let bar = format!("{}{}", "█".repeat(full), "░".repeat(CELLS - full));
    if part < 1.0 {
        format!("{:>6} {bar} {}", percent(part), percent(1.0 - part))
    } else {
        format!("{:>6} {bar}", percent(part))
    }
}

/// So many bytes of so many: `12.4 of 48.0 MB`.
pub fn bytes_of(part: u64, whole: u64) -> String {
    let [part, whole] = [part, whole].map(|n| bytes(i64::try_from(n).unwrap_or(i64::MAX)));
    let unit = |size: &str| size.rsplit(' ').next().map(str::to_owned);
    let number = part.split(' ').next().filter(|_| unit(&part) == unit(&whole));
    format!("{} of {whole}", number.unwrap_or(&part))
}

/// A size in the largest unit that leaves a whole part, at most three significant digits.
pub fn bytes(n: i64) -> String {
    const UNITS: [(u128, &str); 5] = [(1, "B"), (1 << 10, "KB"), (1 << 20, "MB"), (1 << 30, "GB"), (1 << 40, "TB")];
    let n = u128::from(u64::try_from(n).unwrap_or(0));
    // Of whole numbers, rounded as a fraction is: writing a fraction takes ten times as long, and a screen is full of
    // these. A unit is too small if its number, rounded, had four digits.
    let fits = |(unit, _): &&(u128, &str)| 2 * n < 1999 * unit;
    let (unit, name) = UNITS.iter().find(fits).or(UNITS.last()).copied().unwrap_or((1, ""));
    let rounded = |n: u128| {
        let (whole, rest) = (n / unit, 2 * (n % unit));
        whole + u128::from(rest > unit || (rest == unit && whole % 2 == 1))
    };
    if unit == 1 || 2 * n >= 199 * unit {
        format!("{} {name}", rounded(n))
    } else if 20 * n >= 199 * unit {
        format!("{}.{} {name}", rounded(10 * n) / 10, rounded(10 * n) % 10)
    } else {
        format!("{}.{:02} {name}", rounded(100 * n) / 100, rounded(100 * n) % 100)
    }
}

/// How long ago, in one unit: `3 s`, `5 min`, `2 h`, `9 d`, `2 y`. A time to come says `now`.
pub fn age(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = now.signed_duration_since(at).num_seconds().max(0);
    match seconds {
        0 => "now".to_owned(),
        1..=59 => format!("{seconds} s"),
        60..=3599 => format!("{} min", seconds / 60),
        3600..=86_399 => format!("{} h", seconds / 3600),
        86_400..=63_071_999 => format!("{} d", seconds / 86_400),
        _ => format!("{} y", seconds / 31_536_000),
    }
}

/// How long ago, as a phrase of its own: `now`, `3 s ago`.
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match age(at, now) {
        age if age == "now" => age,
        age => format!("{age} ago"),
    }
}

/// A number with what matters of its fraction: `1,234.5`, `12.35`, `0.0000167`.
pub fn figure(n: f64) -> String {
    if !n.is_finite() {
        return n.to_string();
    }
    let size = n.abs();
    // Three digits that count, and no fraction of a thousand.
    let places = match size {
        0.0 => 0,
        1000.0.. => 1,
        1.0.. => 2,
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
        _ => (2.0 - size.log10().floor()).min(12.0) as usize,
    };
    let written = format!("{n:.places$}");
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = match whole.parse::<i64>() {
        Ok(0) if n < 0.0 && !fraction.is_empty() => "-0".to_owned(),
        Ok(whole) => grouped(whole),
        Err(_) => whole.to_owned(),
    };
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_part_of_a_size_has_its_unit_once() {
        assert_eq!(bytes_of(13_002_343, 50_331_648), "12.4 of 48.0 MB");
        assert_eq!(bytes_of(2_048, 50_331_648), "2.00 KB of 48.0 MB");
        assert_eq!(bytes_of(0, 0), "0 of 0 B");
    }

    #[test]
    fn of_a_fraction_three_digits_count() {
        let told = [0.0, 12.0, 12.3456, 1234.56, 0.000_016_67, -0.5, 1e18, 128_000_000.0].map(figure);
        let wanted = ["0", "12", "12.35", "1,234.6", "0.0000167", "-0.5", "1,000,000,000,000,000,000", "128,000,000"];
        assert_eq!(told, wanted);
    }

    #[test]
    fn two_shares_make_a_whole() {
        assert_eq!(shares(1.0), " 100 % ██████████");
        assert_eq!(shares(0.9), "  90 % █████████░ 10 %");
        assert_eq!(shares(0.999), "99.9 % █████████░ 0.1 %");
        assert_eq!(shares(0.001), " 0.1 % █░░░░░░░░░ 99.9 %");
        assert_eq!(shares(0.0), "   0 % ░░░░░░░░░░ 100 %");
    }

    #[test]
    fn sizes_show_three_digits() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1_023), "1.00 KB");
        assert_eq!(bytes(4_404_019), "4.20 MB");
        assert_eq!(bytes(52_428_800), "50.0 MB");
        assert_eq!(bytes(-1), "0 B");
    }

    proptest::proptest! {
        #[test]
        fn a_size_is_rounded_as_a_fraction_is(n in 0_i64..1 << 52, shift in 0_u32..52) {
            let n = n >> shift;
            let (mut size, mut power) = (f64::from(u32::try_from(n >> 20).unwrap()) * 1_048_576.0 + f64::from(u32::try_from(n % (1 << 20)).unwrap()), 0);
            while size >= 999.5 && power < 4 {
                (size, power) = (size / 1024.0, power + 1);
            }
            let digits = if power == 0 || size >= 99.5 { 0 } else if size >= 9.95 { 1 } else { 2 };
            proptest::prop_assert_eq!(bytes(n), format!("{size:.digits$} {}", ["B", "KB", "MB", "GB", "TB"][power]));
        }
    }

    #[test]
    fn ages_use_one_unit() {
        let now = time("2026-11-21T12:00:00Z");
        assert_eq!(age(time("2026-11-21T11:59:57Z"), now), "3 s");
        assert_eq!(age(time("2026-11-21T10:00:00Z"), now), "2 h");
        assert_eq!(age(time("2024-11-01T00:00:00Z"), now), "2 y");
        assert_eq!(age(time("2030-01-01T00:00:00Z"), now), "now");
    }

    #[test]
    fn groups_of_three() {
        assert_eq!(grouped(12_480), "12,480");
        assert_eq!(grouped(-1_000), "-1,000");
        assert_eq!(grouped(999), "999");
    }
}
