//! What the row of an event says: how bad it is, whose it is, its words.

use std::borrow::Cow;

use super::super::glyphs;
use super::super::theme::Role;
use super::runs::standing;
use super::title::short;
use crate::aws::{Level, LineKind, Reading, read_event};
use crate::model::logs::{Event, Invocation, Lead, Logs, Mark, rows};
use crate::panes::Tone;

/// The row of an event.
pub struct Row<'a> {
    /// The event.
    pub event: Event<'a>,
    /// What it tells.
    pub reading: Reading<'a>,
    /// How bad it is, as a colour.
    pub role: Role,
    /// The same as a word, or as a sign.
    pub sign: &'static str,
    /// What it says.
    pub words: Cow<'a, str>,
}

impl<'a> Row<'a> {
    /// Reads an event; `shown` are the members that have columns. `now` is in milliseconds since 1970.
    pub fn of(event: Event<'a>, mark: Mark, logs: &'a Logs, shown: &[&str], columns: Lead, now: i64) -> Self {
        let mut reading = read_event(event.message);
        let run = logs.invocations.of(&event, mark);
        // What a function prints carries no number: it has that of the invocation around it.
        reading.request = reading.request.or_else(|| run.map(|run| &*run.request));
        let words = rows::words(event.message, shown);
        let mut row = Self { event, reading, role: role(&reading), sign: sign(&reading), words };
        let header = |run: &&Invocation| run.header.is_some_and(|(_, header)| header == mark);
        if let Some(run) = run.filter(|_| !logs.sieve.is_unfolded()).filter(header) {
            row.head(run, columns, now);
        } else if let Some(run) = run.filter(|_| reading.kind == LineKind::Report) {
            row.report(run);
        }
        row.narrow(columns);
        row
    }

    /// It stands for its invocation.
    fn head(&mut self, run: &Invocation, columns: Lead, now: i64) {
        if self.reading.kind == LineKind::Report {
            self.report(run);
        } else {
            let about = if self.words.is_empty() { self.sign } else { &self.words };
            self.words = Cow::Owned(format!("{} · {about}", run.result(now)));
        }
        let (role, tone) = standing(run, now);
        self.sign = glyphs::of_tone(tone);
        // One that went well is not what a person looks for.
        self.role = if tone == Tone::Good { Role::Muted } else { role };
        if let Some(request) = self.reading.request.filter(|_| columns.request == 0) {
            // What became of it is read first, and on a narrow screen alone.
            self.words = Cow::Owned(format!("{} · {}", self.words, short(request)));
        }
    }

    /// A report of a text log does not say that the function raised an error; the lines before it do.
    fn report(&mut self, run: &Invocation) {
        if let Some(failure) = run.failed() {
            (self.role, self.sign) = (Role::Bad, glyphs::of_tone(Tone::Bad));
            self.words = Cow::Owned(format!("{failure} · {}", self.words));
        }
    }

    /// Where the column has room for a letter only, what is no level stands before the words.
    fn narrow(&mut self, columns: Lead) {
        if columns.level >= self.sign.len() || self.sign.is_empty() || !self.sign.is_ascii() {
            return;
        }
        if let Some(level) = self.reading.level {
            self.sign = level.word().get(..1).unwrap_or_default();
        } else {
            self.words = Cow::Owned(format!("{} {}", self.sign, self.words));
            self.sign = "";
        }
    }
}

fn role(reading: &Reading<'_>) -> Role {
    match reading.level {
        Some(Level::Error) => Role::Bad,
        Some(Level::Warn) => Role::Warn,
        Some(Level::Debug) => Role::Muted,
        _ if !reading.kind.is_output() => Role::Muted,
        _ => Role::Text,
    }
}

/// How bad an event is, or what Lambda says with it.
fn sign(reading: &Reading<'_>) -> &'static str {
    match (reading.kind, reading.level) {
        (LineKind::Start, _) => "START",
        (LineKind::End, _) => "END",
        (LineKind::Report, Some(_)) => glyphs::of_tone(Tone::Bad),
        (LineKind::Report, None) => glyphs::of_tone(Tone::Good),
        (LineKind::Init, _) => "INIT",
        (_, Some(level)) => level.word(),
        (_, None) => "",
    }
}
