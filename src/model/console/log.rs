//! The log of a run: what came along, and all of it on demand.

use std::borrow::Cow;
use std::time::Duration;

use super::super::msg::Ticket;
use crate::aws::{self, Level, LineKind, LogLine, LogTail, Reading, Report, Text};
use crate::model::body::View;
use crate::model::text_view::TextView;

/// The lines of a log, and what each of them is.
#[derive(Debug)]
pub struct LogText {
    view: View,
    /// What was logged, byte for byte: records are not shown as they are.
    logged: String,
    kinds: Vec<LineKind>,
    levels: Vec<Option<Level>>,
}

impl LogText {
    /// The lines of a tail. What Lambda wrote is left out where the run card says it.
    pub fn of_tail(tail: &LogTail) -> Self {
        let said = tail.report.is_some();
        let shown = tail.lines.iter().filter(|line| !said || line.kind.is_output());
        Self::of(shown.map(|line| (if line.partial { "…" } else { "" }, line.text.as_str())))
    }

    /// The lines of a whole log.
    pub fn of_lines(lines: &[LogLine]) -> Self {
        Self::of(lines.iter().map(|line| ("", line.message.as_str())))
    }

    /// The lines, each behind a sign of ours.
    fn of<'a>(lines: impl Iterator<Item = (&'static str, &'a str)>) -> Self {
        let (mut text, mut logged) = (String::new(), String::new());
        let (mut kinds, mut levels) = (Vec::new(), Vec::new());
        for (lead, line) in lines {
            let reading = aws::read_event(line);
            levels.push(reading.level.filter(|_| reading.kind.is_output()));
            logged.push_str(line);
            logged.push('\n');
            text.push_str(lead);
            // A line of several lines would set the kinds of those behind it wrong.
            text.push_str(&shown(line, &reading).replace('\n', " "));
            text.push('\n');
            kinds.push(reading.kind);
        }
        Self { view: View::Text(TextView::of(&Text::block(text))), logged, kinds, levels }
    }

    /// What a line is.
    pub fn kind(&self, line: usize) -> LineKind {
        self.kinds.get(line).copied().unwrap_or(LineKind::Text)
    }

    /// How bad a line is, where it says.
    pub fn level(&self, line: usize) -> Option<Level> {
        self.levels.get(line).copied().flatten()
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The lines and the window over them.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The same, to be moved.
    pub fn view_mut(&mut self) -> &mut View {
        &mut self.view
    }

    /// The lines as they were logged: those that are shown, each as it was.
    pub fn logged(&self) -> &str {
        self.logged.trim_end()
    }
}

/// A record as a person reads it: time, level, message, and the rest as it was. Other lines as they are.
fn shown<'a>(line: &'a str, reading: &Reading<'a>) -> Cow<'a, str> {
    let words = reading.words();
    if reading.kind != LineKind::Json || words == line {
        return Cow::Borrowed(line);
    }
    let time = reading.told_time().unwrap_or_default();
    // The day is the same in every line.
    let time = time.split_once('T').map_or(time, |(_, time)| time.trim_end_matches('Z'));
    let level = reading.level.map_or("", Level::word);
    Cow::Owned(format!("{time} {level:5} {words}").trim_start().to_owned())
}

/// The complete log of a run, fetched on demand and waited for: lines take some seconds to arrive.
#[derive(Debug, Default)]
pub struct WholeLog {
    /// What there is of it.
    pub lines: Option<LogText>,
    /// What the run cost, by its last REPORT: an event that failed may have been tried again.
    pub report: Option<Report>,
    /// Its last line is here.
    ended: bool,
    /// It is wanted since then, and to be asked for at that moment.
    wanted: Option<(Duration, Duration)>,
    asked: Option<Ticket>,
}

/// How an answer about a whole log left things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// All of it is here.
    Whole,
    /// Some of it may still arrive: it is asked for again.
    Waiting,
    /// It was waited for long enough.
    GivenUp,
}

impl WholeLog {
    /// How long lines are waited for.
    pub const PATIENCE: Duration = Duration::from_mins(1);
    /// How soon it is asked again.
    const AGAIN: Duration = Duration::from_secs(2);

    /// Nothing of it is here but what the run cost.
    pub fn of_report(report: Option<Report>) -> Self {
        Self { report, ..Self::default() }
    }

    /// Its last line is here: whatever is tried again writes after it.
    pub fn is_whole(&self) -> bool {
        self.ended
    }

    /// The person wants it.
    pub fn want(&mut self, now: Duration) {
        if self.wanted.is_none() {
            self.wanted = Some((now, now));
        }
    }

    /// When to ask for it, if ever.
    pub fn due(&self) -> Option<Duration> {
        self.wanted.filter(|_| self.asked.is_none()).map(|(_, due)| due)
    }

    /// Notes that it was asked for.
    pub fn ask(&mut self, ticket: Ticket) {
        self.asked = Some(ticket);
    }

    /// The answer with that number is waited for.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.asked == Some(ticket)
    }

    /// Since when it is waited for.
    pub fn since(&self) -> Option<Duration> {
        self.wanted.map(|(since, _)| since)
    }

    /// Takes an answer in.
    pub fn take(&mut self, lines: &[LogLine], now: Duration) -> Arrival {
        self.asked = None;
        let known = self.lines.as_ref().map_or(0, LogText::len);
        let log = LogText::of_lines(lines);
        // Lines arrive late and in batches: that nothing new came says nothing, only Lambda's last line does.
        let whole = log.kinds.contains(&LineKind::Report);
        if log.len() != known {
            self.lines = Some(log);
            self.report = lines.iter().rev().find_map(|line| aws::read_event(&line.message).report());
        }
        let since = self.since().unwrap_or(now);
        let over = now >= since + Self::PATIENCE;
        self.wanted = (!whole && !over).then_some((since, now + Self::AGAIN));
        self.ended = whole;
        match (whole, over) {
            (true, _) => Arrival::Whole,
            (false, false) => Arrival::Waiting,
            (false, true) => Arrival::GivenUp,
        }
    }

    /// The question failed: the person asks again.
    pub fn fail(&mut self) {
        (self.asked, self.wanted) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<LogLine> {
        texts.iter().map(|text| LogLine { at: None, message: Text::line(text) }).collect()
    }

    fn text(log: &LogText) -> String {
        match log.view() {
            View::Text(view) => view.lines().text().trim_end().to_owned(),
            _ => String::new(),
        }
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn it_is_asked_again_until_its_last_line_is_there() {
        let mut log = WholeLog::default();
        assert_eq!(log.due(), None);
        log.want(at(10));
        assert_eq!(log.due(), Some(at(10)));
        log.ask(Ticket::test(1));
        assert!(log.awaits(Ticket::test(1)) && log.due().is_none());
        assert_eq!((log.take(&[], at(11)), log.due()), (Arrival::Waiting, Some(at(13))));
        assert_eq!(log.take(&lines(&["START RequestId: a", "one"]), at(14)), Arrival::Waiting);
        assert_eq!(log.take(&lines(&["START RequestId: a", "one", "REPORT RequestId: a"]), at(16)), Arrival::Whole);
        assert_eq!((log.due(), log.lines.unwrap().len()), (None, 3));
    }

    #[test]
    fn it_is_not_waited_for_for_ever() {
        let mut log = WholeLog::default();
        log.want(at(0));
        assert_eq!(log.take(&[], at(60)), Arrival::GivenUp);
        assert_eq!((log.due(), log.lines.is_none()), (None, true));
        log.want(at(70));
        log.take(&lines(&["START RequestId: a"]), at(71));
        assert_eq!(log.take(&lines(&["START RequestId: a"]), at(73)), Arrival::Waiting, "the rest may be late");
        assert_eq!(log.take(&lines(&["START RequestId: a"]), at(130)), Arrival::GivenUp);
        assert!(!log.is_whole() && log.due().is_none());
        log.want(at(200));
        let all = lines(&["START RequestId: a", "REPORT RequestId: a"]);
        assert_eq!((log.take(&all, at(201)), log.is_whole()), (Arrival::Whole, true));
    }

    #[test]
    fn lines_have_levels_and_records_are_read() {
        let log = LogText::of_lines(&lines(&["[ERROR] no", r#"{"level":"WARN","message":"low"}"#, "plain"]));
        assert_eq!((log.level(0), log.level(1), log.level(2)), (Some(Level::Error), Some(Level::Warn), None));
        assert_eq!(text(&log), "[ERROR] no\nWARN  low\nplain");
        assert_eq!(log.logged(), "[ERROR] no\n{\"level\":\"WARN\",\"message\":\"low\"}\nplain");
    }

    #[test]
    fn a_record_is_read_as_a_line() {
        for (line, read) in [
            (
                r#"{"timestamp":"2026-11-21T12:04:31.120Z","level":"INFO","message":"received","requestId":"r","order":7}"#,
                r#"12:04:31.120 INFO  received  {"order":7}"#,
            ),
            (r#"{"msg":{"a":1}}"#, r#"{"a":1}"#),
            (r#"{"order":7}"#, r#"{"order":7}"#),
        ] {
            assert_eq!(text(&LogText::of_lines(&lines(&[line]))), read);
        }
    }
}
