//! The settings of a mapping: which source has which, what is allowed, and what each is called.

use std::ops::RangeInclusive;

use super::super::number::grouped;
use super::super::text::Text;
use super::source::{EventSource, SourceKind};

/// One setting that can be changed after the mapping was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum MappingSetting {
    /// How many records go into one invocation at most.
    BatchSize,
    /// How long records are gathered before an invocation.
    Window,
    /// How many batches of one shard run at once.
    Parallelization,
    /// How many invocations run at once.
    Concurrency,
    /// The fewest pollers that are kept ready.
    MinimumPollers,
    /// The most pollers.
    MaximumPollers,
    /// How often a batch that failed is tried again.
    Retries,
    /// Older records are given up.
    RecordAge,
    /// A batch that failed is split in two.
    Bisect,
    /// The length of a window over which a function aggregates.
    Tumbling,
    /// The function says which records of a batch failed.
    ItemFailures,
    /// Where records go that were given up.
    OnFailure,
    /// What the pollers write to `CloudWatch` Logs.
    LogLevel,
}

/// What may stand in a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Allowed {
    /// A whole number in the range, or one other that means something of its own.
    Number {
        /// From and to.
        range: RangeInclusive<i64>,
        /// `records`, `s`.
        unit: &'static str,
        /// A number outside of the range, and what it means.
        special: Option<(i64, &'static str)>,
        /// Nothing may stand there: the setting is not made.
        optional: bool,
    },
    /// On or off.
    Switch,
    /// One of these words; the first is the default.
    Words(&'static [&'static str]),
    /// An ARN or a topic, or nothing.
    Address,
}

use MappingSetting as S;
use SourceKind::{DocumentDb, DynamoDb, Kafka, Kinesis, Mq, Msk, Sqs};

impl MappingSetting {
    /// All of them, in the order of forms and facts.
    pub const ALL: [Self; 13] = [
        Self::BatchSize,
        Self::Window,
        Self::Parallelization,
        Self::Concurrency,
        Self::MinimumPollers,
        Self::MaximumPollers,
        Self::Retries,
        Self::RecordAge,
        Self::Bisect,
        Self::Tumbling,
        Self::ItemFailures,
        Self::OnFailure,
        Self::LogLevel,
    ];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            S::BatchSize => "batch size",
            S::Window => "window",
            S::Parallelization => "parallel",
            S::Concurrency => "concurrency",
            S::MinimumPollers => "min pollers",
            S::MaximumPollers => "max pollers",
            S::Retries => "retries",
            S::RecordAge => "record age",
            S::Bisect => "bisect",
            S::Tumbling => "tumbling",
            S::ItemFailures => "item reports",
            S::OnFailure => "on failure",
            S::LogLevel => "log level",
        }
    }

    /// The unit of its number, with a blank before it.
    pub fn unit(self) -> &'static str {
        if matches!(self, S::Window | S::RecordAge | S::Tumbling) { " s" } else { "" }
    }

    /// A word of it as people read it: `1,000`, `300 s`, `no limit`.
    pub fn spoken(self, word: &str, source: &EventSource) -> String {
        let Ok(number) = word.parse::<i64>() else { return Text::line(word).to_string() };
        match self.allowed(source) {
            Allowed::Number { special: Some((special, meaning)), .. } if special == number => meaning.to_owned(),
            _ => format!("{}{}", grouped(number), self.unit()),
        }
    }

    /// What AWS calls it.
    pub fn name(self) -> &'static str {
        match self {
            S::BatchSize => "BatchSize",
            S::Window => "MaximumBatchingWindowInSeconds",
            S::Parallelization => "ParallelizationFactor",
            S::Concurrency => "ScalingConfig.MaximumConcurrency",
            S::MinimumPollers => "ProvisionedPollerConfig.MinimumPollers",
            S::MaximumPollers => "ProvisionedPollerConfig.MaximumPollers",
            S::Retries => "MaximumRetryAttempts",
            S::RecordAge => "MaximumRecordAgeInSeconds",
            S::Bisect => "BisectBatchOnFunctionError",
            S::Tumbling => "TumblingWindowInSeconds",
            S::ItemFailures => "FunctionResponseTypes",
            S::OnFailure => "DestinationConfig.OnFailure.Destination",
            S::LogLevel => "LoggingConfig.SystemLogLevel",
        }
    }

    /// The mappings of this source have the setting.
    pub fn is_of(self, source: &EventSource) -> bool {
        match self {
            S::BatchSize => true,
            // A queue that keeps the order takes no window.
            S::Window => !source.is_fifo(),
            S::Parallelization | S::Tumbling => matches!(source.kind, Kinesis | DynamoDb),
            S::Concurrency => source.kind == Sqs,
            S::MinimumPollers | S::MaximumPollers => matches!(source.kind, Sqs | Msk | Kafka),
            S::Retries | S::RecordAge | S::Bisect | S::OnFailure => {
                matches!(source.kind, Kinesis | DynamoDb | Msk | Kafka)
            }
            S::ItemFailures => matches!(source.kind, Kinesis | DynamoDb | Msk | Kafka | Sqs),
            S::LogLevel => matches!(source.kind, Msk | Kafka),
        }
    }

    /// What may stand in it for this source.
    pub fn allowed(self, source: &EventSource) -> Allowed {
        let number = |range, unit, special, optional| Allowed::Number { range, unit, special, optional };
        let sqs = source.kind == Sqs;
        match self {
            S::BatchSize if source.is_fifo() => number(1..=10, "records", None, false),
            S::BatchSize => number(1..=10_000, "records", None, false),
            S::Window => number(0..=300, "s", None, default_window(source.kind).is_none()),
            S::Parallelization => number(1..=10, "batches a shard", None, false),
            S::Concurrency => number(2..=1000, "invocations at once", None, true),
            S::MinimumPollers => number(if sqs { 2..=200 } else { 1..=200 }, "pollers", None, true),
            S::MaximumPollers => number(if sqs { 2..=2000 } else { 1..=2000 }, "pollers", None, true),
            S::Retries => number(0..=10_000, "times", Some((-1, "until the record expires")), false),
            S::RecordAge => number(60..=604_800, "s", Some((-1, "no limit")), false),
            S::Bisect | S::ItemFailures => Allowed::Switch,
            S::Tumbling => number(1..=900, "s", Some((0, "none")), false),
            S::OnFailure => Allowed::Address,
            S::LogLevel => Allowed::Words(&["INFO", "WARN", "DEBUG"]),
        }
    }

    /// What AWS takes when a mapping does not say.
    pub fn default(self, source: &EventSource) -> &'static str {
        match self {
            S::BatchSize if source.kind == Sqs => "10",
            S::BatchSize => "100",
            S::Window => default_window(source.kind).unwrap_or(""),
            S::Parallelization => "1",
            S::Retries | S::RecordAge => "-1",
            S::Bisect | S::ItemFailures => "off",
            S::Tumbling => "0",
            S::LogLevel => "INFO",
            S::Concurrency | S::MinimumPollers | S::MaximumPollers | S::OnFailure => "",
        }
    }
}

/// The window of a mapping that does not say, in seconds. `None` is half a second, which no number of
/// seconds says: it cannot be had back once another one was set.
fn default_window(kind: SourceKind) -> Option<&'static str> {
    (!matches!(kind, Msk | Kafka | Mq | DocumentDb)).then_some("0")
}
