//! What a cell holds. Order, text, alignment and tone follow from the value, once, for all panes.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::figures::{age, shares};
pub use super::figures::{ago, bytes, bytes_of, figure, grouped};
use crate::aws::{Secret, Text};

/// How good a thing is, as a word. The theme makes colours of it; colour never stands alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing to say about it.
    Plain,
    /// As it should be.
    Good,
    /// Look at it some time, or it is on its way.
    Warn,
    /// Broken.
    Bad,
    /// Present, but of no weight now.
    Muted,
}

/// The content of one cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// The answer to a late column's question is not in yet: `…`.
    Pending,
    /// AWS does not report it: `–`.
    Missing,
    /// The question for this cell failed (denied, throttled ...): `?`.
    Unknown,
    /// Words.
    Text(Text),
    /// Sentences: shown whole where there is room.
    Prose(Text),
    /// The word that names the row.
    Name(Text),
    /// A word that deserves a look, with the reason.
    Marked(Text, Tone),
    /// A runtime's identifier; marked when AWS gives it up.
    Runtime(Text),
    /// A state: glyph, word and tone.
    State(Tone, Text),
    /// A plain number.
    Count(i64),
    /// A number that may have a fraction.
    Number(f64),
    /// A plain number that deserves a look.
    Graded(i64, Tone),
    /// A size in bytes, shown in one unit.
    Bytes(i64),
    /// A size in MiB.
    Mebibytes(i64),
    /// A duration in seconds.
    Seconds(i64),
    /// A point in time, shown as an age.
    Time(DateTime<Utc>),
    /// The part of a whole that goes one way, 0.0 to 1.0; the rest goes another way.
    Share(f64),
    /// Who gets the calls of an alias: its version, and a second one with its share, 0.0 to 1.0.
    Split(Text, Option<(Text, f64)>),
    /// What must not be read over a shoulder: masked until revealed.
    Secret(Secret),
    /// Not set; AWS's default in words, empty if it has none.
    NotSet(&'static str),
}

/// What a masked value looks like, whatever its length.
pub const MASK: &str = "********";

impl Value {
    /// Text that may be absent.
    pub fn text(text: Option<&Text>) -> Self {
        text.filter(|t| !t.is_empty()).map_or(Self::Missing, |t| Self::Text(t.clone()))
    }

    /// How many there are of something.
    pub fn count(n: usize) -> Self {
        Self::Count(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// A number or age is read from its right end, words from their left.
    pub fn right_aligned(&self) -> bool {
        matches!(
            self,
            Self::Count(_)
                | Self::Number(_)
                | Self::Graded(..)
                | Self::Bytes(_)
                | Self::Mebibytes(_)
                | Self::Seconds(_)
                | Self::Time(_)
        )
    }

    /// The tone to show it in, at the time `now`.
    pub fn tone(&self, now: DateTime<Utc>) -> Tone {
        match self {
            Self::Runtime(id) => super::runtimes::grade(id, now).unwrap_or(Tone::Plain),
            Self::Marked(_, tone) | Self::State(tone, _) | Self::Graded(_, tone) => *tone,
            Self::Pending | Self::Missing | Self::NotSet(_) | Self::Secret(_) => Tone::Muted,
            Self::Unknown => Tone::Warn,
            _ => Tone::Plain,
        }
    }

    /// Whether its row has a problem, at the time `now`. A runtime that AWS gives up some day is none
    /// yet, and what could not be asked says nothing.
    pub fn is_problem(&self, now: DateTime<Utc>) -> bool {
        match (self, self.tone(now)) {
            (Self::Unknown, _) | (Self::Runtime(_), Tone::Warn) => false,
            (_, tone) => matches!(tone, Tone::Warn | Tone::Bad),
        }
    }

    /// The words in it that a filter searches without formatting anything.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Prose(text) | Self::Name(text) | Self::Runtime(text) => Some(text),
            Self::Marked(text, _) | Self::State(_, text) => Some(text),
            _ => None,
        }
    }

    /// What the cell says, at the time `now`.
    pub fn shown(&self, now: DateTime<Utc>) -> Cow<'_, str> {
        match self {
            Self::Pending => "…".into(),
            Self::Missing => "–".into(),
            Self::Unknown => "?".into(),
            Self::Text(text) | Self::Prose(text) | Self::Name(text) | Self::Marked(text, _) | Self::State(_, text) => {
                Cow::Borrowed(text)
            }
            Self::Runtime(id) => match self.tone(now) {
                Tone::Plain => Cow::Borrowed(id),
                Tone::Bad => format!("{id} ✖").into(),
                _ => format!("{id} !").into(),
            },
            Self::Count(n) | Self::Graded(n, _) => grouped(*n).into(),
            Self::Number(n) => figure(*n).into(),
            Self::Bytes(n) => bytes(*n).into(),
            Self::Mebibytes(n) => format!("{} MB", grouped(*n)).into(),
            Self::Seconds(n) => format!("{n} s").into(),
            Self::Time(at) => age(*at, now).into(),
            Self::Share(part) => shares(*part).into(),
            Self::Split(main, None) => format!("{main} {}", shares(1.0)).into(),
            Self::Split(main, Some((second, part))) => format!("{main} {} {second}", shares(1.0 - part)).into(),
            Self::Secret(_) => MASK.into(),
            Self::NotSet("") => "not set".into(),
            Self::NotSet(default) => format!("not set ({default})").into(),
        }
    }

    /// What the cell says where there is no room for all of it: a part that tells as much, if there is one.
    pub fn brief(&self) -> Option<String> {
        match self {
            Self::Share(part) => Some(format!("{} %", crate::aws::percent(*part))),
            _ => None,
        }
    }

    /// What there is to say about it beyond its text, at the time `now`.
    pub fn remark(&self, now: DateTime<Utc>) -> Option<String> {
        match self {
            Self::Runtime(id) => super::runtimes::verdict(id, now),
            _ => None,
        }
    }

    /// The order of a column: numbers by number, times newest first, words by word without regard
    /// to case; what is not known comes last.
    pub fn order(&self, other: &Self) -> Ordering {
        use Value::{
            Bytes, Count, Graded, Marked, Mebibytes, Name, Number, Prose, Runtime, Seconds, Share, State, Text, Time,
        };
        match (self, other) {
            (Count(a) | Graded(a, _), Count(b) | Graded(b, _)) => a.cmp(b),
            (Bytes(a), Bytes(b)) | (Mebibytes(a), Mebibytes(b)) | (Seconds(a), Seconds(b)) => a.cmp(b),
            (Time(a), Time(b)) => b.cmp(a),
            (Share(a), Share(b)) | (Number(a), Number(b)) => a.total_cmp(b),
            (State(a, x), State(b, y)) => b.cmp(a).then_with(|| words(x, y)),
            (
                Text(a) | Prose(a) | Name(a) | Marked(a, _) | Runtime(a),
                Text(b) | Prose(b) | Name(b) | Marked(b, _) | Runtime(b),
            ) => words(a, b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    /// Where values of different kinds stand to each other: each kind by itself, or the order would not
    /// be one where a column mixes them; known before unknown.
    fn rank(&self) -> u8 {
        match self {
            Self::Text(_) | Self::Prose(_) | Self::Name(_) | Self::Marked(..) | Self::Runtime(_) => 0,
            Self::State(..) => 1,
            Self::Share(_) | Self::Split(..) => 2,
            Self::Count(_) | Self::Graded(..) => 3,
            Self::Number(_) => 4,
            Self::Bytes(_) => 5,
            Self::Mebibytes(_) => 6,
            Self::Seconds(_) => 7,
            Self::Time(_) => 8,
            Self::Secret(_) => 9,
            Self::Missing | Self::NotSet(_) => 10,
            Self::Unknown => 11,
            Self::Pending => 12,
        }
    }
}

/// Compares words as people do: case does not matter, `fn-2` stands before `fn-10`, and a number
/// before anything else, so that `$LATEST` follows the versions that have one. Byte by byte: in UTF-8 that is the order
/// of characters, and a list of 20,000 is sorted by 300,000 of these.
fn words(a: &str, b: &str) -> Ordering {
    let (x, y) = (a.as_bytes(), b.as_bytes());
    let same = alike(x, y);
    let (mut x, mut y) = (x.get(same..).unwrap_or_default(), y.get(same..).unwrap_or_default());
    loop {
        let order = match (x, y) {
            ([p, ..], [q, ..]) if p.is_ascii_digit() && q.is_ascii_digit() => number(&mut x).cmp(&number(&mut y)),
            ([p, rest_x @ ..], [q, rest_y @ ..]) => {
                (x, y) = (rest_x, rest_y);
                let number_first = q.is_ascii_digit().cmp(&p.is_ascii_digit());
                number_first.then_with(|| p.to_ascii_lowercase().cmp(&q.to_ascii_lowercase()))
            }
            (left, right) => return left.len().cmp(&right.len()).then_with(|| a.cmp(b)),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// How many bytes two words begin with alike, as far as no number is cut in two: names of one team share most of theirs.
fn alike(a: &[u8], b: &[u8]) -> usize {
    let ((a8, _), (b8, _)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let eights = 8 * a8.iter().zip(b8).take_while(|(x, y)| x == y).count();
    let ones = a.iter().zip(b).skip(eights).take_while(|(x, y)| x == y).count();
    let same = a.get(..eights + ones).unwrap_or_default();
    same.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1)
}

/// The number at the head of `bytes`, which go on behind it; longer runs saturate, which is order enough.
fn number(bytes: &mut &[u8]) -> u64 {
    let mut value = 0_u64;
    while let [digit @ b'0'..=b'9', rest @ ..] = *bytes {
        value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
        *bytes = rest;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn values_of_all_kinds_have_one_order() {
        let text = |words: &'static str| Value::Text(Text::known(words));
        let values = [
            text("b2"),
            text("B10"),
            text("7"),
            text(""),
            Value::State(Tone::Bad, Text::known("a")),
            Value::State(Tone::Good, Text::known("z")),
            Value::Count(2),
            Value::Count(1),
            Value::Graded(1, Tone::Warn),
            Value::Number(1.5),
            Value::Number(f64::NAN),
            Value::Bytes(2),
            Value::Mebibytes(3),
            Value::Seconds(1),
            Value::Share(0.5),
            Value::Share(f64::NAN),
            Value::Time(time("2026-11-21T12:00:00Z")),
            Value::Missing,
            Value::NotSet("x"),
            Value::Unknown,
            Value::Pending,
        ];
        for a in &values {
            for b in &values {
                assert_eq!(a.order(b), b.order(a).reverse(), "{a:?} {b:?}");
                for c in values.iter().filter(|c| a.order(b).is_le() && b.order(c).is_le()) {
                    assert!(a.order(c).is_le(), "{a:?} {b:?} {c:?}");
                }
            }
        }
    }

    #[test]
    fn numbers_in_words_count_as_numbers() {
        let mut names = ["fn-10", "Fn-2", "fn-1", "api"];
        names.sort_by(|a, b| words(a, b));
        assert_eq!(names, ["api", "fn-1", "Fn-2", "fn-10"]);
        let mut names = ["orders-service-100", "orders-service-99", "orders-service-0100", "orders-service-1-b"];
        names.sort_by(|a, b| words(a, b));
        assert_eq!(names, ["orders-service-1-b", "orders-service-99", "orders-service-0100", "orders-service-100"]);
    }

    proptest::proptest! {
        /// What words begin with alike is passed over, and changes nothing.
        #[test]
        fn a_common_beginning_does_not_change_the_order(head in "[a-cA-C0-2é-]{0,20}", a in "[a-c0-3é-]{0,4}", b in "[A-c0-3é-]{0,4}") {
            let cut = head.trim_end_matches(|c: char| c.is_ascii_digit());
            let tail = |end: &str| head.get(cut.len()..).unwrap_or_default().to_owned() + end;
            let whole = words(&format!("{head}{a}"), &format!("{head}{b}"));
            proptest::prop_assert_eq!(whole, words(&tail(&a), &tail(&b)));
        }
    }

    #[test]
    fn the_newest_version_is_the_one_without_a_number() {
        let mut versions = ["2", "$LATEST", "10", "1"];
        versions.sort_by(|a, b| words(b, a));
        assert_eq!(versions, ["$LATEST", "10", "2", "1"]);
    }

    #[test]
    fn what_is_not_known_comes_last() {
        let mut column = [Value::Pending, Value::Count(7), Value::Missing, Value::Count(3), Value::Unknown];
        column.sort_by(Value::order);
        assert_eq!(column, [Value::Count(3), Value::Count(7), Value::Missing, Value::Unknown, Value::Pending]);
    }

    #[test]
    fn the_newest_time_comes_first() {
        let (old, new) = (Value::Time(time("2024-01-01T00:00:00Z")), Value::Time(time("2026-01-01T00:00:00Z")));
        assert_eq!(new.order(&old), Ordering::Less);
    }

    #[test]
    fn a_runtime_that_ends_soon_and_one_that_has_ended_differ_in_shape_and_only_the_latter_is_a_problem() {
        let now = time("2026-11-21T12:00:00Z");
        let runtime = |id: &'static str| Value::Runtime(Text::known(id));
        let told = |id| (runtime(id).shown(now).into_owned(), runtime(id).is_problem(now));
        assert_eq!(told("python3.13"), ("python3.13".to_owned(), false));
        assert_eq!(told("nodejs22.x"), ("nodejs22.x !".to_owned(), false));
        assert_eq!(told("python3.8"), ("python3.8 ✖".to_owned(), true));
        assert!(!Value::Unknown.is_problem(now));
        assert!(Value::State(Tone::Warn, Text::known("pending")).is_problem(now));
    }
}
