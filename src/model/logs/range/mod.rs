//! Ranges of time as people type them: `2h`, `yesterday 14:00..15:00`, `2026-11-20T14:00Z..+15m`.
//!
//! A duration reaches back from now. A moment is open towards now; a day is that whole day. `A..B` goes
//! from one to the other: the end takes its day from the beginning, `+15m` counts from there, and an end
//! that is left out is open. Times are of the zone that is told, unless they say `Z`, `UTC` or `+01:00`.

mod moment;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use self::moment::Moment;

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The moment behind its last; `None` while it goes on.
    pub to: Option<DateTime<Utc>>,
}

/// What can be typed, in one line.
pub const EXAMPLES: &str = "2h · 30m · 14:00..15:00 · yesterday 14:00..+15m · 2026-11-20 · 2026-11-20T14:00Z..";

/// Reads a range. `now` also tells the zone that times are of.
///
/// # Errors
/// A sentence that names what is not understood, or why there is no time in it.
pub fn parse<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Result<Range, String> {
    let text = text.trim().trim_start_matches("last ").trim();
    let Some((from, to)) = text.split_once("..") else { return alone(text, now) };
    let (from, to) = (from.trim(), to.trim());
    let from = if from.is_empty() { None } else { Some(read(from, now)?) };
    let begin = from.map_or(DateTime::UNIX_EPOCH, |from| from.begin());
    let to = match to {
        "" | "now" => None,
        to => Some(end(to, from.as_ref(), now)?),
    };
    checked(begin, to, now)
}

/// One moment, day or duration.
fn alone<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Result<Range, String> {
    let moment = read(text, now)?;
    let whole_day = moment.day().then(|| moment.end(now)).filter(|end| *end <= now.to_utc());
    checked(moment.begin(), whole_day, now)
}

/// The end of a range: of its own, or counted from its beginning.
fn end<Z: TimeZone>(text: &str, from: Option<&Moment>, now: &DateTime<Z>) -> Result<DateTime<Utc>, String> {
    if let (Some(from), Some(time)) = (from, text.strip_prefix('+').and_then(moment::duration)) {
        return from.begin().checked_add_signed(time).ok_or_else(|| format!("{text:?} is beyond all time"));
    }
    match from.and_then(|from| moment::time_after(text, from, now)) {
        Some(end) => Ok(end),
        None => Ok(read(text, now)?.end(now)),
    }
}

fn read<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Result<Moment, String> {
    if text.is_empty() {
        return Err(format!("a range is wanted: {EXAMPLES}"));
    }
    moment::read(text, now).ok_or_else(|| format!("{text:?} is no time: {EXAMPLES}"))
}

fn checked<Z: TimeZone>(from: DateTime<Utc>, to: Option<DateTime<Utc>>, now: &DateTime<Z>) -> Result<Range, String> {
    if to.is_some_and(|to| to <= from) {
        return Err("it ends before it begins".to_owned());
    }
    // Clocks differ a little; a day does not.
    if from.signed_duration_since(now.to_utc()) > TimeDelta::minutes(5) {
        return Err("it begins in the future".to_owned());
    }
    Ok(Range { from, to })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
