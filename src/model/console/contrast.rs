//! Two runs compared: what they were, what they cost, and what came back.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::card::{cost, milliseconds, start};
use super::stream::took;
use super::{Brief, Console, Ending, Entry, History, Origin, Progress, Run, Tally};
use crate::aws::{InvocationType, Report, Text};
use crate::model::Diff;
use crate::model::align::align;
use crate::model::json_tree::JsonTree;
use crate::panes::{Part, Tone, Value, bytes, grouped};

/// More values or lines of an answer are not compared.
const MOST: usize = 20_000;
/// A value longer than this many characters is shown from a little before its first difference on.
const LONGEST: usize = 300;
/// How many characters are shown before it.
const BEFORE: usize = 40;

/// The headings of a comparison.
const RUN: &str = "run";
const RESPONSE: &str = "response";

const BURST: &str = "burst";

/// Why the answers of a burst are not compared.
const NO_ANSWERS: &str = "a burst keeps no answers";

/// One of two runs that are compared.
#[derive(Debug)]
pub struct Side {
    brief: Brief,
    report: Option<Report>,
    architecture: Option<Text>,
    /// The region decides the prices.
    region: Text,
    /// What came of it, if it was a burst: name and value.
    figures: Vec<(&'static str, Value)>,
    /// What came back, or why it is not here.
    body: Result<Arc<Vec<u8>>, String>,
}

impl Side {
    /// A run of this session, or one that is on show.
    ///
    /// # Errors
    /// In a sentence, while it is on its way.
    pub fn of(run: &Run) -> Result<Self, String> {
        let body = match &run.progress {
            _ if run.is_running() => return Err("this run is on its way: there is no answer to compare yet".to_owned()),
            Progress::Running | Progress::Abandoned => Err("it was not awaited".to_owned()),
            Progress::Burst(_) => Err(NO_ANSWERS.to_owned()),
            Progress::Failed(_) => Ok(Arc::default()),
            Progress::Answered(answer) => answer.came_back(),
        };
        let report = run.report().cloned();
        let figures = run.burst().map(|burst| burst.tally.figures()).unwrap_or_default();
        let (architecture, region) = (run.invokee.architecture.clone(), run.site.region.clone());
        Ok(Self { brief: Brief::of(run), report, architecture, region, figures, body })
    }

    /// What it is called beside the other one: when, and whom; with the day if they were not on the same one.
    fn name(&self, other: &Self) -> Text {
        let same_day = self.brief.at.date_naive() == other.brief.at.date_naive();
        let format = if same_day { "%H:%M:%S" } else { "%m-%d %H:%M:%S" };
        Text::line(format!("{} {}", self.brief.at.format(format), self.brief.whom()))
    }

    /// The run card.
    fn card(&self) -> Vec<Part> {
        let Brief { ending, version, kind, took: trip, sent, received, .. } = &self.brief;
        let (tone, outcome) = self.brief.outcome();
        let said = match ending {
            Ending::CallFailed { said, .. } | Ending::BrokeOff(said) => Some(said),
            _ => None,
        };
        let report = self.report.as_ref();
        let told = |words: Option<String>| words.map_or(Value::Missing, |words| Value::Text(Text::line(words)));
        let time = |of: fn(&Report) -> Option<Duration>| told(report.and_then(of).map(milliseconds));
        let architecture = self.architecture.as_deref();
        let size = |n: u64| Value::Bytes(i64::try_from(n).unwrap_or(i64::MAX));
        // What was deleted, or never asked for, has no size.
        let answered = matches!(ending, Ending::Succeeded(_) | Ending::FunctionFailed(_) | Ending::BrokeOff(_));
        let parts = [
            ("outcome", Value::State(if tone == Tone::Plain { Tone::Muted } else { tone }, Text::line(outcome))),
            ("what came back in its place", Value::text(said)),
            ("status", told(report.and_then(|report| report.status.as_ref()).map(ToString::to_string))),
            ("version", Value::text(version.as_ref())),
            ("type", Value::Text(Text::known(InvocationType::word(*kind)))),
            ("ran", time(|report| report.duration)),
            ("billed", time(|report| report.billed)),
            ("start", told(report.map(start))),
            ("memory used", report.and_then(|report| report.peak).map_or(Value::Missing, Value::Mebibytes)),
            ("memory", report.and_then(|report| report.memory).map_or(Value::Missing, Value::Mebibytes)),
            ("cost", told(report.and_then(|report| cost(report, architecture, &self.region)))),
            ("round trip", told(Some(took(Duration::from_millis(*trip))))),
            ("sent", size(u64::try_from(*sent).unwrap_or(u64::MAX))),
            ("came back", if answered { size(*received) } else { Value::Missing }),
        ];
        let part = |group: &'static str| move |(label, value)| Part { group, label: Text::known(label), value };
        parts.into_iter().map(part(RUN)).chain(self.figures.iter().cloned().map(part(BURST))).collect()
    }
}

impl Console {
    /// A run of the list, to be compared with another one.
    ///
    /// # Errors
    /// In a sentence, while it is on its way.
    pub fn side(&self, history: &History, entry: &Entry) -> Result<Side, String> {
        const GONE: &str = "this run is not here any more";
        match entry.origin {
            Origin::Session(ticket) => Side::of(self.own_runs().find(|run| run.ticket == ticket).ok_or(GONE)?),
            Origin::Earlier(n) => {
                let record = history.record(n).ok_or(GONE)?;
                let body = match entry.brief.ending {
                    Ending::Burst { .. } => Err(NO_ANSWERS.to_owned()),
                    Ending::CallFailed { .. } => Ok(Arc::default()),
                    Ending::NotAwaited => Err("it was not awaited".to_owned()),
                    _ => record.answer().map(Arc::new),
                };
                let architecture = self.invokee.as_ref().and_then(|invokee| invokee.architecture.clone());
                let figures = record.tally().map(Tally::figures).unwrap_or_default();
                let (brief, report, region) = (entry.brief.clone(), record.report().cloned(), self.site.region.clone());
                Ok(Side { brief, report, architecture, region, figures, body })
            }
        }
    }
}

/// Compares two runs: the earlier one stands on the left.
///
/// # Errors
/// In a sentence, if one of them is a burst and the other is not: numbers of many runs stand beside no answer.
pub fn contrast(one: Side, other: Side) -> Result<Diff, String> {
    if one.brief.is_burst() != other.brief.is_burst() {
        return Err("a burst is compared with another burst: it has numbers of many runs and no answer".to_owned());
    }
    let (left, right) = if one.brief.at <= other.brief.at { (one, other) } else { (other, one) };
    let names = (left.name(&right), right.name(&left));
    let (mut left_parts, mut right_parts) = (left.card(), right.card());
    let mut remarks = Vec::new();
    match (&left.body, &right.body) {
        (Ok(a), Ok(b)) => {
            let (a, b) = bodies(a, b, &mut remarks);
            left_parts.extend(a);
            right_parts.extend(b);
        }
        (a, b) => {
            let missing = [(&names.0, a), (&names.1, b)];
            let missing = missing.into_iter().filter_map(|(name, body)| Some((name, body.as_ref().err()?)));
            remarks.extend(missing.map(|(name, why)| format!("the responses are not compared: {name}: {why}")));
        }
    }
    Ok(Diff { remarks, ..Diff::of((names.0, left_parts), (names.1, right_parts)) })
}

/// The fields of two answers: by path if both are JSON, else line by line; bytes that are no text only as a whole.
fn bodies(left: &[u8], right: &[u8], remarks: &mut Vec<String>) -> (Vec<Part>, Vec<Part>) {
    let (Ok(left_text), Ok(right_text)) = (std::str::from_utf8(left), std::str::from_utf8(right)) else {
        return binary(left, right);
    };
    let tree = |text: &str| JsonTree::read(&Arc::new(text.to_owned()));
    if let (Some(left), Some(right)) = (tree(left_text), tree(right_text)) {
        return fields(&left, &right, remarks);
    }
    lines(left_text, right_text, remarks)
}

fn binary(left: &[u8], right: &[u8]) -> (Vec<Part>, Vec<Part>) {
    let differs = left.iter().zip(right).position(|(a, b)| a != b);
    let differs = differs.unwrap_or_else(|| left.len().min(right.len()));
    let size = |body: &[u8]| bytes(i64::try_from(body.len()).unwrap_or(i64::MAX));
    let note = if left == right { String::new() } else { format!(", others from byte {differs} on") };
    (vec![part("bytes", size(left))], vec![part("bytes", format!("{}{note}", size(right)))])
}

fn part(label: &str, value: impl Into<String>) -> Part {
    Part { group: RESPONSE, label: Text::line(label), value: Value::Text(Text::line(value.into())) }
}

/// By path, digits and escapes as they were written.
fn fields(left: &JsonTree, right: &JsonTree, remarks: &mut Vec<String>) -> (Vec<Part>, Vec<Part>) {
    let (left, right) = (left.leaves(MOST), right.leaves(MOST));
    if left.len().max(right.len()) >= MOST {
        let most = grouped(i64::try_from(MOST).unwrap_or(i64::MAX));
        remarks.push(format!("only the first {most} values of each response are compared"));
    }
    let value_of = |leaves: &[(String, &str)]| -> HashMap<String, String> {
        leaves.iter().map(|(path, value)| (path.clone(), (*value).to_owned())).collect()
    };
    let (in_left, in_right) = (value_of(&left), value_of(&right));
    let parts = |leaves: &[(String, &str)], others: &HashMap<String, String>| {
        let other = |path: &str| others.get(path).map(String::as_str);
        leaves.iter().map(|(path, value)| part(path, shortened(value, other(path)))).collect()
    };
    (parts(&left, &in_right), parts(&right, &in_left))
}

/// Line by line: what is the same meets, and a line that was replaced stands beside the one that replaced it.
fn lines(left: &str, right: &str, remarks: &mut Vec<String>) -> (Vec<Part>, Vec<Part>) {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().take(MOST).collect(), right.lines().take(MOST).collect());
    if left.len().max(right.len()) >= MOST {
        let most = grouped(i64::try_from(MOST).unwrap_or(i64::MAX));
        remarks.push(format!("only the first {most} lines of each response are compared"));
    }
    let (mut left_parts, mut right_parts) = (Vec::new(), Vec::new());
    for row in align(&left, &right) {
        let of = |lines: &[&'_ str], n: Option<usize>| n.and_then(|n| lines.get(n).map(|line| (*line).to_owned()));
        let (a, b) = (of(&left, row.left), of(&right, row.right));
        let label = match (row.left, row.right) {
            (Some(l), Some(r)) if l != r => format!("line {} → {}", l + 1, r + 1),
            (Some(l), _) => format!("line {}", l + 1),
            (None, Some(r)) => format!("line → {}", r + 1),
            (None, None) => continue,
        };
        left_parts.extend(a.as_deref().map(|line| part(&label, shortened(line, b.as_deref()))));
        right_parts.extend(b.as_deref().map(|line| part(&label, shortened(line, a.as_deref()))));
    }
    (left_parts, right_parts)
}

/// A long value from a little before the place on where it differs from the other one.
fn shortened(value: &str, other: Option<&str>) -> String {
    let long = |text: &str| text.len() > LONGEST && text.chars().nth(LONGEST).is_some();
    if !long(value) && !other.is_some_and(long) {
        return value.to_owned();
    }
    let other = other.unwrap_or(value);
    let same = value.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    // Of two that are the same the beginning is as good as any other part.
    let from = if value == other { 0 } else { same.saturating_sub(BEFORE) };
    let shown: String = value.chars().skip(from).take(LONGEST).collect();
    let (before, after) =
        (if from > 0 { "…" } else { "" }, if value.chars().nth(from + LONGEST).is_some() { "…" } else { "" });
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Change;

    fn told(left: &str, right: &str) -> Vec<String> {
        let (left, right) = bodies(left.as_bytes(), right.as_bytes(), &mut Vec::new());
        let diff = Diff::of((Text::known("a"), left), (Text::known("b"), right));
        let differing = diff.groups.iter().flat_map(|group| &group.pairs).filter(|pair| pair.change != Change::Same);
        let now = chrono::DateTime::UNIX_EPOCH;
        differing.map(|pair| format!("{} {} {}", pair.label, pair.left.shown(now), pair.right.shown(now))).collect()
    }

    #[test]
    fn json_is_compared_by_path_whatever_its_layout_and_order() {
        let left = r#"{"a": 1, "b": {"c": [1, 2]}, "e": "x"}"#;
        assert_eq!(told(left, "{\"e\": \"x\",\n\"b\": {\"c\": [1, 2]}, \"a\": 1}"), [""; 0]);
        let right = r#"{"a": 1.0, "b": {"c": [1, 2, 3]}, "f": {}}"#;
        assert_eq!(told(left, right), [".a 1 1.0", ".b.c[2] – 3", ".f – {}", ".e \"x\" –"]);
    }

    #[test]
    fn text_is_compared_line_by_line_and_an_added_line_moves_nothing() {
        assert_eq!(
            told("one\ntwo\nthree", "one\nand a half\ntwo\nthree!"),
            ["line → 2 – and a half", "line 3 → 4 three three!"]
        );
    }

    #[test]
    fn a_long_value_is_shown_where_it_differs() {
        let long = |end: &str| format!("\"{}{end}\"", "x".repeat(5_000));
        let told = told(&long("a"), &long("b"));
        let [line] = told.as_slice() else { panic!("{told:?}") };
        assert!(line.contains("xa\"") && line.contains("xb\"") && line.len() < 200, "{line}");
    }

    #[test]
    fn bytes_that_are_no_text_are_compared_as_a_whole() {
        let told = |left: &[u8], right: &[u8]| {
            let (left, right) = bodies(left, right, &mut Vec::new());
            Diff::of((Text::known("a"), left), (Text::known("b"), right)).counts()
        };
        assert_eq!(told(&[0xff, 0, 1], &[0xff, 0, 1]), (0, 1));
        assert_eq!(told(&[0xff, 0, 1], &[0xff, 0, 2]), (1, 0));
    }
}
