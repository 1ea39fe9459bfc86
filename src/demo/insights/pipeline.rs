//! A query at work: events through its commands, one after the other.

use std::cmp::Ordering;

use super::cell::Cell;
use super::expr;
use super::rows::{Row, Source};
use super::stats::stats;
use super::syntax::{Command, Expr, Named};

/// What a query found.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// The fields to be shown, in order.
    pub shown: Vec<String>,
    pub rows: Vec<Row<'a>>,
    /// Events that its filters let through.
    pub matched: usize,
}

/// Sends events through a query; newest first unless it sorts, and at most so many.
pub(super) fn run<'a>(commands: &[Command], sources: &'a [Source], most: usize) -> Found<'a> {
    let mut rows: Vec<Row<'a>> = sources.iter().map(Row::of).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.source.map(|source| (source.event.at, source.event.serial))));
    let mut found = Found { shown: Vec::new(), rows, matched: 0 };
    let (mut most, mut summed) = (most, false);
    for command in commands {
        match command {
            Command::Limit(limit) => most = most.min(*limit),
            Command::Stats(..) | Command::Pattern(_) if !summed => {
                summed = true;
                found.matched = found.rows.len();
                found.take(command);
            }
            command => found.take(command),
        }
    }
    if !summed {
        found.matched = found.rows.len();
    }
    found.rows.truncate(most);
    if found.shown.is_empty() {
        found.shown = ["@timestamp", "@message"].map(str::to_owned).to_vec();
    }
    found
}

impl Found<'_> {
    fn take(&mut self, command: &Command) {
        match command {
            Command::Fields(list) => self.fields(list),
            Command::Display(list) => {
                self.shown.clear();
                self.fields(list);
            }
            Command::Filter(filter) => self.rows.retain(|row| expr::value(filter, row).is_true()),
            Command::Stats(sums, keys) => {
                self.rows = stats(&self.rows, sums, keys);
                self.shown = keys.iter().chain(sums).map(|named| named.name.clone()).collect();
            }
            Command::Sort(by) => self.rows.sort_by(|a, b| compare(by, a, b)),
            Command::Parse(from, pattern, names) => {
                for row in &mut self.rows {
                    let text = expr::value(from, row).text().unwrap_or_default();
                    let Some(captures) = pattern.captures(&text) else { continue };
                    for (n, name) in names.iter().enumerate() {
                        let part = captures.name(name).or_else(|| captures.get(n + 1));
                        row.make(name, part.map_or(Cell::Null, |part| Cell::Words(part.as_str().to_owned())));
                    }
                }
                self.show(names.iter());
            }
            Command::Dedup(by) => {
                let mut seen = std::collections::HashSet::new();
                self.rows.retain(|row| {
                    seen.insert(by.iter().map(|of| format!("{:?}", expr::value(of, row))).collect::<String>())
                });
            }
            Command::Pattern(of) => self.pattern(of),
            Command::Limit(_) => {}
        }
    }

    fn fields(&mut self, list: &[Named]) {
        for named in list.iter().filter(|named| !matches!(&named.value, Expr::Field(name) if *name == named.name)) {
            for row in &mut self.rows {
                let cell = expr::value(&named.value, row);
                row.make(&named.name, cell);
            }
        }
        self.show(list.iter().map(|named| &named.name));
    }

    fn show<'n>(&mut self, names: impl Iterator<Item = &'n String>) {
        for name in names {
            if !self.shown.contains(name) {
                self.shown.push(name.clone());
            }
        }
    }

    /// Puts together what differs only in words with digits in them, most frequent first.
    fn pattern(&mut self, of: &Expr) {
        let mut patterns: Vec<(String, u64)> = Vec::new();
        for row in &self.rows {
            let text = expr::value(of, row).text().unwrap_or_default();
            let variable = |word: &str| word.contains(|c: char| c.is_ascii_digit());
            let words = text.split_whitespace().map(|word| if variable(word) { "<*>" } else { word });
            let pattern = words.collect::<Vec<_>>().join(" ");
            match patterns.iter_mut().find(|(known, _)| *known == pattern) {
                Some((_, count)) => *count += 1,
                None => patterns.push((pattern, 1)),
            }
        }
        patterns.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        #[expect(clippy::cast_precision_loss, reason = "counts of log events")]
        let ratio = |count: u64| count as f64 / self.rows.len().max(1) as f64;
        let rows = patterns.iter().map(|(pattern, count)| {
            let severity = ["ERROR", "WARN", "INFO"].into_iter().find(|word| pattern.to_uppercase().contains(word));
            let made = [
                ("@pattern", Cell::Words(pattern.clone())),
                ("@ratio", Cell::Number(ratio(*count))),
                ("@sampleCount", Cell::Count(*count)),
                ("@severityLabel", Cell::Words(severity.unwrap_or("").to_owned())),
            ];
            Row { source: None, made: made.map(|(name, cell)| (name.to_owned(), cell)).to_vec() }
        });
        self.rows = rows.collect();
        self.shown = ["@pattern", "@ratio", "@sampleCount", "@severityLabel"].map(str::to_owned).to_vec();
    }
}

/// The order of two rows; nothing comes last, whichever way it is sorted.
fn compare(by: &[(Expr, bool)], a: &Row<'_>, b: &Row<'_>) -> Ordering {
    for (of, largest_first) in by {
        let (x, y) = (expr::value(of, a), expr::value(of, b));
        let order = match (x.compare(&y), &x, &y) {
            (Some(order), _, _) if *largest_first => order.reverse(),
            (Some(order), _, _) => order,
            (None, Cell::Null, Cell::Null) => Ordering::Equal,
            (None, Cell::Null, _) => Ordering::Greater,
            (None, _, _) => Ordering::Less,
        };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}
