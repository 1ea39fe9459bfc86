//! One moment as people type it: `14:00`, `yesterday 14:00`, `2026-11-20T14:00:05Z`, `2h`, `monday`.

use chrono::{
    DateTime, Datelike as _, Days, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
    Utc, Weekday,
};

/// A moment, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    at: DateTime<Utc>,
    /// The day it names, in its zone; `None` for a duration.
    date: Option<NaiveDate>,
    /// No time of the day was said.
    day: bool,
    /// The zone it names.
    zone: Option<FixedOffset>,
}

impl Moment {
    /// The moment; of a day its first.
    pub fn begin(&self) -> DateTime<Utc> {
        self.at
    }

    /// It is a whole day.
    pub fn day(&self) -> bool {
        self.day
    }

    /// The moment; of a day the one behind its last.
    pub fn end<Z: TimeZone>(&self, now: &DateTime<Z>) -> DateTime<Utc> {
        let tomorrow = self.date.and_then(|date| date.checked_add_days(Days::new(1)));
        let end = tomorrow.filter(|_| self.day).and_then(|date| placed(date.and_time(NaiveTime::MIN), self.zone, now));
        end.unwrap_or(self.at)
    }
}

/// Reads a moment.
pub(super) fn read<Z: TimeZone>(text: &str, now: &DateTime<Z>) -> Option<Moment> {
    if let Some(ago) = duration(text.trim_start_matches('-').trim_end_matches(" ago")) {
        let at = now.to_utc().checked_sub_signed(ago)?;
        return Some(Moment { at, date: None, day: false, zone: None });
    }
    if text == "now" {
        return Some(Moment { at: now.to_utc(), date: None, day: false, zone: None });
    }
    if let Some(at) = unix(text) {
        return Some(Moment { at, date: None, day: false, zone: None });
    }
    let (text, zone) = split_zone(text);
    let today = zone.map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive());
    let (date, rest) = date(text, today);
    let rest = rest.trim_start_matches('T').trim_start();
    let time = if rest.is_empty() { None } else { Some(time(rest)?) };
    let place = |date: NaiveDate| placed(date.and_time(time.unwrap_or(NaiveTime::MIN)), zone, now);
    let date = match (date, time) {
        (Some(date), _) => date,
        // A time that is still to come today was yesterday.
        (None, Some(_)) if place(today)? > now.to_utc() => today.pred_opt()?,
        (None, Some(_)) => today,
        (None, None) => return None,
    };
    Some(Moment { at: place(date)?, date: Some(date), day: time.is_none(), zone })
}

/// A time of the day as the end of what begins at `from`: on its day, or on the next when it would come
/// before it. `None` if it is no time of a day; `Some(None)` if there is no such moment.
pub(super) fn time_after<Z: TimeZone>(text: &str, from: &Moment, now: &DateTime<Z>) -> Option<DateTime<Utc>> {
    let (text, zone) = split_zone(text);
    let (time, date) = (time(text)?, from.date?);
    let zone = zone.or(from.zone);
    let place = |date: NaiveDate| placed(date.and_time(time), zone, now);
    let next = || date.succ_opt().and_then(place);
    place(date).filter(|end| *end > from.at).or_else(next)
}

/// `90s`, `1h30m`, `2d`, `1w`.
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    let mut all = TimeDelta::zero();
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
        let (number, after) = rest.split_at_checked(digits)?;
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(letters)?;
        let seconds = match unit {
            "s" | "sec" => 1,
            "m" | "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return None,
        };
        all = all.checked_add(&TimeDelta::try_seconds(number.parse::<i64>().ok()?.checked_mul(seconds)?)?)?;
        rest = after.trim_start();
    }
    (!text.is_empty()).then_some(all)
}

/// Seconds or milliseconds since 1970: ten or thirteen digits.
fn unix(text: &str) -> Option<DateTime<Utc>> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        10 => DateTime::from_timestamp(text.parse().ok()?, 0),
        13 => DateTime::from_timestamp_millis(text.parse().ok()?),
        _ => None,
    }
}

/// `14:00Z`, `14:00 UTC`, `14:00+01:00`.
fn split_zone(text: &str) -> (&str, Option<FixedOffset>) {
    let utc = FixedOffset::east_opt(0);
    for sign in ["Z", "UTC", "utc"] {
        if let Some(rest) = text.strip_suffix(sign) {
            return (rest.trim_end(), utc);
        }
    }
    // A minus is also found in dates: an offset stands behind a time.
    let from = text.find(':').unwrap_or(text.len());
    let at = text.get(from..).and_then(|after| after.find(['+', '-'])).map(|at| at + from);
    let zone = at.and_then(|at| text.split_at_checked(at)).and_then(|(rest, zone)| Some((rest, zone.parse().ok()?)));
    zone.map_or((text, None), |(rest, zone)| (rest.trim_end(), Some(zone)))
}

/// The day that a text begins with, and what follows.
fn date(text: &str, today: NaiveDate) -> (Option<NaiveDate>, &str) {
    let end = text.find([' ', 'T']).filter(|end| *end > 0).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let date = match word {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        _ => NaiveDate::parse_from_str(word, "%Y-%m-%d").ok().or_else(|| weekday(word, today)),
    };
    if date.is_some() { (date, rest) } else { (None, text) }
}

/// The last day of that name; today's name is a week ago.
fn weekday(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day: Weekday = word.parse().ok()?;
    let back = (today.weekday().num_days_from_monday() + 7 - day.num_days_from_monday()) % 7;
    today.checked_sub_days(Days::new(if back == 0 { 7 } else { u64::from(back) }))
}

fn time(text: &str) -> Option<NaiveTime> {
    ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

/// The moment at which clocks of a zone show a time. When they are put back it is there twice: the first
/// counts. When they are put forward it is not there at all: then it is an hour later.
fn placed<Z: TimeZone>(time: NaiveDateTime, zone: Option<FixedOffset>, now: &DateTime<Z>) -> Option<DateTime<Utc>> {
    fn of<Z: TimeZone>(zone: &Z, time: NaiveDateTime) -> Option<DateTime<Utc>> {
        match zone.from_local_datetime(&time) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => {
                let later = time.checked_add_signed(TimeDelta::hours(1))?;
                zone.from_local_datetime(&later).earliest().map(|at| at.to_utc())
            }
        }
    }
    match zone {
        Some(zone) => of(&zone, time),
        None => of(&now.timezone(), time),
    }
}
