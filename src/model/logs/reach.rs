//! What time of a log is on show.

use crate::aws::NEWEST_FIRST_SINCE;

/// From when to when. Moments are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The newest events, however old they are.
    Tail,
    /// The oldest ones.
    Head,
    /// The last so many minutes.
    Last(u32),
    /// From a moment on, and up to another one or to the newest.
    Between {
        /// The first moment.
        from: i64,
        /// The moment behind the last one.
        to: Option<i64>,
    },
}

impl Default for Reach {
    fn default() -> Self {
        Self::Last(15)
    }
}

impl Reach {
    /// What the digits choose, from `0` on.
    pub const CHOICES: [Self; 7] =
        [Self::Tail, Self::Head, Self::Last(1), Self::Last(5), Self::Last(15), Self::Last(30), Self::Last(60)];

    /// Its first moment, if it is chosen now.
    pub fn from(self, now: i64) -> i64 {
        match self {
            Self::Tail => NEWEST_FIRST_SINCE,
            Self::Head => 0,
            Self::Last(minutes) => now.saturating_sub(i64::from(minutes) * 60_000),
            Self::Between { from, .. } => from,
        }
    }

    /// It goes on with the newest events.
    pub fn follows(self) -> bool {
        matches!(self, Self::Tail | Self::Last(_) | Self::Between { to: None, .. })
    }

    /// The same and all that came after it.
    #[must_use]
    pub fn without_end(self) -> Self {
        match self {
            Self::Between { from, .. } => Self::Between { from, to: None },
            other => other,
        }
    }

    /// As the page of a log group in the web console takes it, encoded as the rest of its path; `None` without moments.
    pub fn as_query(self) -> Option<String> {
        match self {
            Self::Tail | Self::Head => None,
            Self::Last(minutes) => Some(format!("start$3D-{}", i64::from(minutes) * 60_000)),
            Self::Between { from, to: None } => Some(format!("start$3D{from}")),
            Self::Between { from, to: Some(to) } => Some(format!("start$3D{from}$26end$3D{to}")),
        }
    }

    /// As it would be typed; `None` without moments.
    pub fn as_typed(self) -> Option<String> {
        let moment =
            |at: i64| Some(chrono::DateTime::from_timestamp_millis(at)?.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        match self {
            Self::Tail | Self::Head => None,
            Self::Last(minutes) if minutes % 60 == 0 => Some(format!("{}h", minutes / 60)),
            Self::Last(minutes) => Some(format!("{minutes}m")),
            Self::Between { from, to: None } => Some(format!("{}..", moment(from)?)),
            // Seconds are all that is typed: the last one is taken in whole.
            Self::Between { from, to: Some(to) } => {
                Some(format!("{}..{}", moment(from)?, moment(to.saturating_add(999))?))
            }
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Tail => "newest".to_owned(),
            Self::Head => "from the beginning".to_owned(),
            Self::Last(minutes) if minutes % 60 == 0 => format!("last {} h", minutes / 60),
            Self::Last(minutes) => format!("last {minutes} m"),
            Self::Between { from, to } => format!("{} – {}", moment(from), to.map_or("now".to_owned(), moment)),
        }
    }
}

fn moment(at: i64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(at);
    time.map_or_else(|| at.to_string(), |time| time.format("%m-%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::logs::range;

    #[test]
    fn what_is_typed_for_it_reads_as_the_same_time() {
        let now = chrono::DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let read = |reach: Reach| {
            let range = range::parse(&reach.as_typed().unwrap(), &now).unwrap();
            (range.from.timestamp_millis(), range.to.map(|to| to.timestamp_millis()))
        };
        let (from, to) = (1_799_990_000_250, 1_799_991_000_250);
        assert_eq!(read(Reach::Between { from, to: Some(to) }), (1_799_990_000_000, Some(1_799_991_001_000)));
        assert_eq!(read(Reach::Between { from, to: None }), (1_799_990_000_000, None));
        assert_eq!(read(Reach::Last(15)), (Reach::Last(15).from(1_800_000_000_000), None));
        assert_eq!((Reach::Last(60).as_typed().as_deref(), Reach::Tail.as_typed()), (Some("1h"), None));
    }
}
