//! The log of a run: what came along, and all of it on demand.

use super::super::msg::Ticket;
use crate::aws::{LineKind, LogLine, LogTail, Text};
use crate::model::body::View;
use crate::model::text_view::TextView;

/// The lines of a log, and what each of them is.
#[derive(Debug)]
pub struct LogText {
    view: View,
    kinds: Vec<LineKind>,
}

impl LogText {
    /// The lines of a tail.
    pub fn of_tail(tail: &LogTail) -> Self {
        let lines = tail.lines.iter().map(|line| {
            let lead = if line.partial { "…" } else { "" };
            (line.kind, format!("{lead}{}", line.text))
        });
        Self::of(lines)
    }

    /// The lines of a whole log.
    pub fn of_lines(lines: &[LogLine]) -> Self {
        Self::of(lines.iter().map(|line| (LineKind::of(&line.message), line.message.to_string())))
    }

    fn of(lines: impl Iterator<Item = (LineKind, String)>) -> Self {
        let (mut text, mut kinds) = (String::new(), Vec::new());
        for (kind, line) in lines {
            // A line of several lines would set the kinds of those behind it wrong.
            text.push_str(&line.replace('\n', " "));
            text.push('\n');
            kinds.push(kind);
        }
        Self { view: View::Text(TextView::of(&Text::block(text))), kinds }
    }

    /// What a line is.
    pub fn kind(&self, line: usize) -> LineKind {
        self.kinds.get(line).copied().unwrap_or(LineKind::Output)
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

    /// The whole text.
    pub fn text(&self) -> String {
        match &self.view {
            View::Text(view) => view.lines().text().trim_end().to_owned(),
            _ => String::new(),
        }
    }
}

/// The complete log of a run, fetched on demand.
#[derive(Debug, Default)]
pub enum WholeLog {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// On its way.
    Asked(Ticket),
    /// Here.
    Lines(LogText),
}
