//! The moments of events, as they are shown.

/// How moments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stamps {
    /// The time of the day.
    #[default]
    Time,
    /// With the day.
    Day,
    /// Not at all.
    None,
}

impl Stamps {
    /// The next way.
    pub fn next(self) -> Self {
        match self {
            Self::Time => Self::Day,
            Self::Day => Self::None,
            Self::None => Self::Time,
        }
    }
}
