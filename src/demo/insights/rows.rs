//! Log events as rows of fields: those that AWS finds by itself, and those that a query makes.

use std::cell::OnceCell;

use serde_json::Value;

use super::super::identity::ACCOUNT_ID;
use super::super::log_group::Event;
use super::cell::Cell;

/// A log event and the group it is in.
#[derive(Debug)]
pub(super) struct Source {
    pub event: Event,
    pub group: String,
    /// The message, if it is JSON.
    json: OnceCell<Option<Value>>,
}

impl Source {
    pub fn new(event: Event, group: &str) -> Self {
        Self { event, group: group.to_owned(), json: OnceCell::new() }
    }

    /// A field that AWS finds by itself.
    pub fn get(&self, name: &str) -> Cell {
        let words = |text: &str| Cell::Words(text.to_owned());
        match name {
            "@timestamp" => Cell::Time(self.event.at),
            "@ingestionTime" => Cell::Time(self.event.ingested),
            "@message" => words(&self.event.message),
            "@logStream" => words(&self.event.stream),
            "@log" => Cell::Words(format!("{ACCOUNT_ID}:{}", self.group)),
            "@type" => self.kind().map_or(Cell::Null, words),
            "@requestId" => self.request_id().map_or(Cell::Null, words),
            "@duration" => self.report("Duration: ", " ms", 1.0),
            "@billedDuration" => self.report("Billed Duration: ", " ms", 1.0),
            "@initDuration" => self.report("Init Duration: ", " ms", 1.0),
            "@memorySize" => self.report("Memory Size: ", " MB", 1e6),
            "@maxMemoryUsed" => self.report("Max Memory Used: ", " MB", 1e6),
            name => self.member(name),
        }
    }

    /// `START`, `END` or `REPORT`: the lines that Lambda writes itself.
    fn kind(&self) -> Option<&'static str> {
        ["START", "END", "REPORT"]
            .into_iter()
            .find(|kind| self.event.message.strip_prefix(kind).is_some_and(|rest| rest.starts_with(" RequestId: ")))
    }

    fn request_id(&self) -> Option<&str> {
        let message = &self.event.message;
        if self.kind().is_some() {
            let rest = message.split("RequestId: ").nth(1)?;
            return rest.split_whitespace().next();
        }
        // `2026-11-21T12:00:00.000Z <id> Task timed out`, and what the Node.js runtime puts before each line.
        let second = message.split_whitespace().nth(1)?;
        let dashes = second.match_indices('-').map(|(at, _)| at);
        (second.len() == 36 && dashes.eq([8, 13, 18, 23])).then_some(second)
    }

    /// A figure of a REPORT line; memory is counted in bytes, a million to the MB.
    fn report(&self, label: &str, unit: &str, times: f64) -> Cell {
        if self.kind() != Some("REPORT") {
            return Cell::Null;
        }
        let found = self.event.message.split('\t').find_map(|part| part.trim().strip_prefix(label));
        let figure = found.and_then(|rest| rest.strip_suffix(unit)?.parse::<f64>().ok());
        figure.map_or(Cell::Null, |figure| Cell::Number(figure * times))
    }

    /// A member of a message that is JSON, by its path: `record.metrics.durationMs`.
    fn member(&self, path: &str) -> Cell {
        let read = || serde_json::from_str(&self.event.message).ok().filter(Value::is_object);
        let Some(json) = self.json.get_or_init(read) else { return Cell::Null };
        let mut at = json;
        for step in path.split('.') {
            let next = at.get(step).or_else(|| step.parse::<usize>().ok().and_then(|n| at.get(n)));
            let Some(next) = next else { return Cell::Null };
            at = next;
        }
        match at {
            Value::Null => Cell::Null,
            Value::String(text) => Cell::Words(text.clone()),
            Value::Number(n) => n.as_f64().map_or(Cell::Null, Cell::Number),
            other => Cell::Words(other.to_string()),
        }
    }

    /// Every field of the event, for `GetLogRecord`.
    pub fn all(&self) -> Vec<(String, String)> {
        const FOUND: [&str; 12] = [
            "@timestamp",
            "@ingestionTime",
            "@message",
            "@logStream",
            "@log",
            "@type",
            "@requestId",
            "@duration",
            "@billedDuration",
            "@initDuration",
            "@memorySize",
            "@maxMemoryUsed",
        ];
        let text = |name: &str| {
            // Times stand in a record as numbers.
            let text = match self.get(name) {
                Cell::Time(at) => at.to_string(),
                other => other.text()?,
            };
            Some((name.to_owned(), text))
        };
        let mut all: Vec<(String, String)> = FOUND.iter().filter_map(|name| text(name)).collect();
        if let Ok(json @ Value::Object(_)) = serde_json::from_str(&self.event.message) {
            let mut paths = Vec::new();
            leaves(&json, "", &mut paths);
            all.extend(paths.iter().filter_map(|path| text(path)));
        }
        all
    }
}

/// The paths of everything in JSON that holds nothing else.
fn leaves(json: &Value, path: &str, found: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(value, &format!("{path}{dot}{name}"), found);
            }
        }
        Value::Array(items) => {
            for (n, value) in items.iter().enumerate() {
                leaves(value, &format!("{path}.{n}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// A row on its way through a query: an event with what was made of it, or a sum of several.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub source: Option<&'a Source>,
    pub made: Vec<(String, Cell)>,
}

impl<'a> Row<'a> {
    pub fn of(source: &'a Source) -> Self {
        Self { source: Some(source), made: Vec::new() }
    }

    /// A field: what the query made, or what the event has.
    pub fn get(&self, name: &str) -> Cell {
        let made = self.made.iter().rev().find(|(made, _)| made == name);
        match (made, self.source) {
            (Some((_, cell)), _) => cell.clone(),
            (None, Some(source)) => source.get(name),
            (None, None) => Cell::Null,
        }
    }

    /// Gives a value a name.
    pub fn make(&mut self, name: &str, cell: Cell) {
        self.made.push((name.to_owned(), cell));
    }
}
