//! Every change of a mapping. None of them has a revision to send: what is about to change is read again just
//! before, and a difference stops it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::call::Done;
use super::super::command::Command;
use super::super::connect::Aws;
use super::super::problem::{Kind, Problem};
use super::super::text::Text;
use super::json::{changed, criteria, options, settings};
use super::{EventSource, Filters, Mapping, MappingSetting, mapping, send};

/// A change of a mapping.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MappingCall {
    /// Pauses or resumes it (`UpdateEventSourceMapping`). Its place in the source is kept.
    Switch {
        /// As it was seen.
        seen: Box<Mapping>,
        /// Resumes it.
        on: bool,
    },
    /// Changes settings (`UpdateEventSourceMapping`).
    Edit {
        /// As it was seen.
        seen: Box<Mapping>,
        /// What is changed.
        changes: Vec<Change>,
        /// Another function, version or alias to feed: a name or an ARN.
        function: Option<String>,
    },
    /// Puts other filters in place (`UpdateEventSourceMapping`).
    Filter {
        /// As it was seen.
        seen: Box<Mapping>,
        /// The patterns, each JSON; none lets every record through.
        patterns: Vec<String>,
    },
    /// Makes one (`CreateEventSourceMapping`).
    Create(Box<NewMapping>),
    /// Deletes it (`DeleteEventSourceMapping`). Its place in the source is lost.
    Delete {
        /// As it was seen.
        seen: Box<Mapping>,
        /// The file that gets its configuration first, as AWS tells it; there must be none of that name.
        save: Option<String>,
    },
}

/// One setting and what it is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Which.
    pub setting: MappingSetting,
    /// What it was, in words; empty when it was not made.
    pub from: String,
    /// What it is to be: a number, `on`, `off`, an ARN; empty takes it back.
    pub to: String,
}

/// A mapping to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewMapping {
    /// The function, version or alias to feed: a name or an ARN.
    pub function: String,
    /// The source.
    pub source: EventSource,
    /// When reading starts, where it starts at a time.
    pub start_at: Option<DateTime<Utc>>,
    /// Records flow at once.
    pub enabled: bool,
    /// Its settings; those left out have AWS's defaults.
    pub settings: Vec<Change>,
    /// Its filters, each JSON.
    pub patterns: Vec<String>,
}

impl NewMapping {
    /// The body of the request, in AWS's words.
    fn body(&self) -> Map<String, Value> {
        let source = &self.source;
        let mut body = Map::from_iter([("FunctionName".to_owned(), json!(self.function))]);
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        if let Some(arn) = &source.arn {
            put("EventSourceArn", json!(arn));
        }
        if !source.endpoints.is_empty() {
            put("SelfManagedEventSource", json!({"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": source.endpoints}}));
        }
        if let Some(part) = &source.part {
            put(if source.kind == super::SourceKind::Mq { "Queues" } else { "Topics" }, json!([part]));
        }
        if let Some(start) = &source.start {
            put("StartingPosition", json!(start));
        }
        if let Some(at) = self.start_at {
            put("StartingPositionTimestamp", json!(at.timestamp()));
        }
        if !source.access.is_empty() {
            let access: Vec<Value> =
                source.access.iter().map(|(kind, uri)| json!({"Type": kind, "URI": uri})).collect();
            put("SourceAccessConfigurations", json!(access));
        }
        if let Some(collection) = &source.collection {
            let (database, collection) = collection.split_once('.').unwrap_or((collection, ""));
            let mut config = json!({"DatabaseName": database});
            if let (false, Some(config)) = (collection.is_empty(), config.as_object_mut()) {
                config.insert("CollectionName".to_owned(), json!(collection));
            }
            put("DocumentDBEventSourceConfig", config);
        }
        put("Enabled", json!(self.enabled));
        body.extend(settings(self.settings.iter().map(|change| (change.setting, change.to.as_str()))));
        if !self.patterns.is_empty() {
            body.insert("FilterCriteria".to_owned(), criteria(self.patterns.iter()));
        }
        body
    }
}

impl MappingCall {
    /// Makes the change, once, if what it is about is still as it was seen.
    pub(in super::super) async fn perform(self, aws: Aws) -> Result<Done, Problem> {
        if let Some(seen) = self.seen() {
            let doing = format!("change the mapping {}", seen.short());
            let now = mapping(&aws, &seen.uuid).await?.ok_or_else(|| gone(&doing))?;
            self.check(seen, &now, &doing)?;
        }
        match &self {
            Self::Create(new) => send::create(&aws, new).await,
            Self::Delete { seen, save } => {
                if let Some(path) = save {
                    send::save(&aws, seen, path).await?;
                }
                send::delete(&aws, seen).await
            }
            Self::Switch { seen, on } => send::switch(&aws, seen, *on).await,
            Self::Edit { seen, changes, function } => send::edit(&aws, seen, changes, function.as_deref()).await,
            Self::Filter { seen, patterns } => send::filter(&aws, seen, patterns).await,
        }
    }

    /// The mapping as it was seen, if there was one.
    fn seen(&self) -> Option<&Mapping> {
        match self {
            Self::Switch { seen, .. }
            | Self::Edit { seen, .. }
            | Self::Filter { seen, .. }
            | Self::Delete { seen, .. } => Some(seen),
            Self::Create(_) => None,
        }
    }

    /// Nothing that this change is about may have changed since it was seen.
    fn check(&self, seen: &Mapping, now: &Mapping, doing: &str) -> Result<(), Problem> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, before: &str, after: &str| {
            if before != after {
                let words = |word: &str| if word.is_empty() { "not set".to_owned() } else { word.to_owned() };
                differences.push(format!("{what} was {}, is {}", words(before), words(after)));
            }
        };
        let settings = match self {
            Self::Switch { .. } => {
                compare("the state", &seen.state, &now.state);
                Vec::new()
            }
            Self::Edit { changes, function, .. } => {
                if function.is_some() {
                    compare("the function", &seen.function(), &now.function());
                }
                changes.iter().map(|change| change.setting).collect()
            }
            Self::Delete { .. } => {
                compare("the state", &seen.state, &now.state);
                compare("the function", &seen.function(), &now.function());
                MappingSetting::ALL.to_vec()
            }
            Self::Filter { .. } | Self::Create(_) => Vec::new(),
        };
        for setting in settings {
            let word = |mapping: &Mapping| mapping.setting(setting).map(ToString::to_string).unwrap_or_default();
            compare(setting.label(), &word(seen), &word(now));
        }
        if matches!(self, Self::Filter { .. } | Self::Delete { .. }) && seen.filters != Filters::Hidden {
            compare("the filters", &said(&seen.filters), &said(&now.filters));
        }
        if differences.is_empty() { Ok(()) } else { Err(changed_meanwhile(doing, &differences)) }
    }

    /// The same as a line for a shell.
    pub(in super::super) fn command(&self) -> String {
        let update = |seen: &Mapping| Command::of("update-event-source-mapping").with("--uuid", &seen.uuid);
        match self {
            Self::Switch { seen, on } => update(seen).flag(if *on { "--enabled" } else { "--no-enabled" }).line(),
            Self::Edit { seen, changes, function } => {
                let named = function.iter().map(|name| ("FunctionName".to_owned(), json!(name)));
                let body = named.chain(changed(changes));
                options(update(seen), body).line()
            }
            Self::Filter { seen, patterns } => {
                update(seen).with("--filter-criteria", &criteria(patterns.iter())).line()
            }
            Self::Create(new) => options(Command::of("create-event-source-mapping"), new.body().into_iter()).line(),
            Self::Delete { seen, .. } => Command::of("delete-event-source-mapping").with("--uuid", &seen.uuid).line(),
        }
    }
}

fn said(filters: &Filters) -> String {
    match filters {
        Filters::None => String::new(),
        Filters::Hidden => "hidden".to_owned(),
        Filters::Patterns(patterns) => patterns.iter().map(Text::as_str).collect::<Vec<_>>().join(" or "),
    }
}

fn gone(doing: &str) -> Problem {
    let hint = Text::known("Somebody deleted it; nothing was sent.");
    Problem::new(Kind::Missing, doing.to_owned(), Text::known("it is not there any more"), hint)
}

fn changed_meanwhile(doing: &str, differences: &[String]) -> Problem {
    let said = format!("it changed since you looked: {}", differences.join("; "));
    let hint = Text::known("Nothing was sent. Look at it as it is now, then try again.");
    Problem::new(Kind::Conflict, doing.to_owned(), said, hint)
}

impl fmt::Display for MappingCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch { seen, on } => {
                let what = if *on { "resume" } else { "pause" };
                write!(f, "UpdateEventSourceMapping {}: {what} {} (Enabled {on})", seen.short(), seen.joins())
            }
            Self::Edit { seen, changes, function } => {
                let to = |change: &Change| {
                    let setting = change.setting;
                    match change.to.as_str() {
                        "" => format!("{} to nothing", setting.label()),
                        word => format!("{} to {}", setting.label(), setting.spoken(word, &seen.source)),
                    }
                };
                let function = function.iter().map(|name| format!("function to {}", Text::line(name)));
                let all: Vec<String> = function.chain(changes.iter().map(to)).collect();
                write!(f, "UpdateEventSourceMapping {}: {}", seen.short(), all.join(", "))
            }
            Self::Filter { seen, patterns } if patterns.is_empty() => {
                write!(f, "UpdateEventSourceMapping {}: no filter", seen.short())
            }
            Self::Filter { seen, patterns } => {
                let patterns: Vec<Text> = patterns.iter().map(Text::line).collect();
                let patterns: Vec<&str> = patterns.iter().map(Text::as_str).collect();
                write!(f, "UpdateEventSourceMapping {}: filter {}", seen.short(), patterns.join(" or "))
            }
            Self::Create(new) => {
                let (kind, name) = (new.source.kind.word(), new.source.name());
                let state = if new.enabled { "enabled" } else { "disabled" };
                write!(f, "CreateEventSourceMapping {kind} {name} to {}, {state}", Text::line(&new.function))
            }
            Self::Delete { seen, save } => {
                write!(f, "DeleteEventSourceMapping {}: {}", seen.short(), seen.joins())?;
                save.iter().try_for_each(|path| write!(f, ", saved to {} first", Text::line(path)))
            }
        }
    }
}
