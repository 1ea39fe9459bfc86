//! A message in rows of the screen, where long lines go on in the next one.

use std::borrow::Cow;
use std::time::Duration;

use unicode_width::UnicodeWidthChar as _;

use crate::aws::{self, Report};
use crate::panes::grouped;

/// A longer message is shown as it is: reading it for every frame would hold up the screen.
const READ: usize = 64 * 1024;

/// What is shown of a message: what no column before it says, nor one of those `shown` that a person chose.
pub fn words<'a>(message: &'a str, shown: &[&str]) -> Cow<'a, str> {
    if message.len() > READ {
        return Cow::Borrowed(message);
    }
    let reading = aws::read_event(message);
    match (reading.report(), reading.version()) {
        (Some(report), _) => Cow::Owned(cost(&report)),
        (None, Some(version)) => Cow::Owned(format!("version {version}")),
        (None, None) => reading.words_beside(shown),
    }
}

/// The first line that says something.
pub fn first_line(message: &str) -> &str {
    message.split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default()
}

/// What an invocation cost: `214 ms · 161/512 MB · cold 412 ms`.
fn cost(report: &Report) -> String {
    let parts = [
        report.duration.map(time_in_words),
        memory(report.memory, report.peak),
        report.init.map(|init| format!("cold {}", time_in_words(init))),
        report.restore.map(|restore| format!("restored in {}", time_in_words(restore))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What of a function's memory was used, in MB.
pub fn memory(size: Option<i64>, peak: Option<i64>) -> Option<String> {
    let size = size?;
    Some(peak.map_or_else(|| format!("{size} MB"), |peak| format!("{peak}/{size} MB")))
}

/// `214 ms`, `12.3 s`.
pub fn time_in_words(time: Duration) -> String {
    if time >= Duration::from_secs(10) {
        return format!("{:.1} s", time.as_secs_f64());
    }
    let rounded = (time.as_micros() + 500) / 1000;
    if rounded == 0 && !time.is_zero() {
        return "< 1 ms".to_owned();
    }
    format!("{} ms", grouped(i64::try_from(rounded).unwrap_or(i64::MAX)))
}

/// An event takes no more rows than this; Enter shows it whole.
const MOST: usize = 40;

/// The rows of a message, each at most so many cells wide.
pub fn cut(message: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut lines = message.split('\n');
    let mut rest = lines.next();
    let width = width.max(2);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = end_of_row(line, width);
        let (row, left) = line.split_at_checked(end).unwrap_or((line, ""));
        rest = if left.is_empty() { lines.next() } else { Some(left) };
        Some(row)
    })
    .take(MOST)
}

/// How many rows a message takes.
pub fn count(message: &str, width: usize) -> usize {
    cut(message, width).count().max(1)
}

fn end_of_row(line: &str, width: usize) -> usize {
    if line.len() <= width {
        return line.len();
    }
    let mut cells = 0;
    for (at, c) in line.char_indices() {
        cells += c.width().unwrap_or(0);
        if cells > width {
            return at;
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let words = |micros| time_in_words(Duration::from_micros(micros));
        let told = [400, 12_500, 1_234_000, 12_340_000].map(words);
        assert_eq!(told, ["< 1 ms", "13 ms", "1,234 ms", "12.3 s"]);
    }

    #[test]
    fn a_report_is_said_in_short() {
        let line =
            "REPORT RequestId: r Duration: 7.5 ms Memory Size: 128 MB Max Memory Used: 65 MB Init Duration: 155 ms";
        assert_eq!(words(line, &[]), "8 ms · 65/128 MB · cold 155 ms");
    }

    #[test]
    fn rows_lose_nothing_and_are_no_wider_than_asked() {
        assert_eq!(cut("abcdef\ng", 4).collect::<Vec<_>>(), ["abcd", "ef", "g"]);
        assert_eq!(cut("日本語", 4).collect::<Vec<_>>(), ["日本", "語"]);
        assert_eq!((count("", 4), count("\n", 4), count(&"x".repeat(9999), 4)), (1, 2, MOST));
    }
}
