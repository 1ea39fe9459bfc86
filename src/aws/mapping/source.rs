//! What feeds a function through an event source mapping: told from its ARN, or from the addresses of brokers.

use super::super::text::Text;

/// What sort of source it is; decides which settings a mapping has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SourceKind {
    /// An Amazon SQS queue.
    Sqs,
    /// An Amazon Kinesis data stream, or a consumer of one.
    Kinesis,
    /// The stream of a `DynamoDB` table.
    DynamoDb,
    /// A topic of an Amazon MSK cluster.
    Msk,
    /// A topic of an Apache Kafka cluster outside of MSK.
    Kafka,
    /// A queue of an Amazon MQ broker.
    Mq,
    /// The change stream of an Amazon `DocumentDB` cluster.
    DocumentDb,
    /// One that this program does not know.
    Other,
}

impl SourceKind {
    /// The kinds a mapping can be made for.
    pub const ALL: [Self; 7] =
        [Self::Sqs, Self::Kinesis, Self::DynamoDb, Self::Msk, Self::Kafka, Self::Mq, Self::DocumentDb];

    /// Told from the ARN of a source. A mapping without one reads from brokers outside of AWS.
    pub fn of_arn(arn: &str) -> Self {
        match arn.split(':').nth(2) {
            Some("sqs") => Self::Sqs,
            Some("kinesis") => Self::Kinesis,
            Some("dynamodb") => Self::DynamoDb,
            Some("kafka") => Self::Msk,
            Some("mq") => Self::Mq,
            // A DocumentDB cluster's ARN is one of RDS.
            Some("rds" | "docdb-elastic") => Self::DocumentDb,
            _ => Self::Other,
        }
    }

    /// The word for it, as short as a column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqs => "sqs",
            Self::Kinesis => "kinesis",
            Self::DynamoDb => "dynamodb",
            Self::Msk => "msk",
            Self::Kafka => "kafka",
            Self::Mq => "mq",
            Self::DocumentDb => "docdb",
            Self::Other => "other",
        }
    }

    /// What it is, in full.
    pub fn words(self) -> &'static str {
        match self {
            Self::Sqs => "Amazon SQS queue",
            Self::Kinesis => "Kinesis data stream",
            Self::DynamoDb => "DynamoDB stream",
            Self::Msk => "Amazon MSK topic",
            Self::Kafka => "self-managed Kafka topic",
            Self::Mq => "Amazon MQ queue",
            Self::DocumentDb => "DocumentDB change stream",
            Self::Other => "other source",
        }
    }

    /// The kind with that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// It has a place where reading starts: it is a stream or a topic, not a queue.
    pub fn has_start(self) -> bool {
        matches!(self, Self::Kinesis | Self::DynamoDb | Self::Msk | Self::Kafka | Self::DocumentDb)
    }

    /// Lambda can leave out events by a pattern.
    pub fn takes_filters(self) -> bool {
        self != Self::DocumentDb
    }
}

/// The source of a mapping. All of it is fixed when the mapping is made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventSource {
    /// What sort it is.
    pub kind: SourceKind,
    /// Its ARN; self-managed Kafka has none.
    pub arn: Option<Text>,
    /// The addresses of the brokers of a self-managed Kafka cluster.
    pub endpoints: Vec<Text>,
    /// The topic or the queue of a broker.
    pub part: Option<Text>,
    /// Where reading started: `TRIM_HORIZON`, `LATEST`, `AT_TIMESTAMP`.
    pub start: Option<Text>,
    /// How Lambda signs in or reaches it: the type of each access and its address.
    pub access: Vec<(Text, Text)>,
    /// The consumer group of Kafka.
    pub consumer_group: Option<Text>,
    /// The schema registry of Kafka.
    pub schema_registry: Option<Text>,
    /// Database and collection of `DocumentDB`, `orders.events`; a database alone watches all of it.
    pub collection: Option<Text>,
}

impl EventSource {
    /// A source of which nothing is known but its kind.
    pub fn of_kind(kind: SourceKind) -> Self {
        Self {
            kind,
            arn: None,
            endpoints: Vec::new(),
            part: None,
            start: None,
            access: Vec::new(),
            consumer_group: None,
            schema_registry: None,
            collection: None,
        }
    }

    /// The name people know it by: the queue, the stream, the table, the cluster with its topic.
    pub fn name(&self) -> Text {
        let whole = self.arn.as_deref().map(name_in).unwrap_or_default();
        let part = self.part.as_ref().or(self.collection.as_ref());
        match (self.kind, part) {
            (SourceKind::Kafka, _) => {
                let topic = part.map_or("?", Text::as_str);
                let count = self.endpoints.len();
                Text::line(format!("{topic} ({count} broker{})", if count == 1 { "" } else { "s" }))
            }
            (_, Some(part)) => Text::line(format!("{whole}/{part}")),
            _ => Text::line(whole),
        }
    }

    /// A queue that keeps the order of its messages.
    pub fn is_fifo(&self) -> bool {
        self.kind == SourceKind::Sqs && self.arn.as_deref().is_some_and(|arn| arn.rsplit('.').next() == Some("fifo"))
    }
}

/// The name in the ARN of a source.
fn name_in(arn: &str) -> String {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or(arn);
    let mut parts = resource.split(['/', ':']);
    match (parts.next(), parts.next()) {
        (Some("stream"), Some(stream)) => {
            let consumer = resource.split_once("/consumer/").map(|(_, consumer)| consumer);
            let consumer = consumer.map(|consumer| consumer.split(':').next().unwrap_or(consumer));
            consumer.map_or_else(|| stream.to_owned(), |consumer| format!("{stream} (consumer {consumer})"))
        }
        (Some("table" | "cluster" | "broker"), Some(name)) => name.to_owned(),
        _ => resource.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(arn: &str) -> EventSource {
        EventSource { arn: Some(Text::line(arn)), ..EventSource::of_kind(SourceKind::of_arn(arn)) }
    }

    #[test]
    fn kind_and_name_come_from_the_arn() {
        for (arn, kind, name) in [
            ("arn:aws:sqs:eu-west-1:123456789012:orders.fifo", SourceKind::Sqs, "orders.fifo"),
            ("arn:aws:kinesis:eu-west-1:123456789012:stream/clicks", SourceKind::Kinesis, "clicks"),
            (
                "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:1700000000",
                SourceKind::Kinesis,
                "clicks (consumer fast)",
            ),
            (
                "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-14T08:00:00.000",
                SourceKind::DynamoDb,
                "orders",
            ),
            ("arn:aws:kafka:eu-west-1:123456789012:cluster/lake/3f1d-3", SourceKind::Msk, "lake"),
            ("arn:aws:mq:eu-west-1:123456789012:broker:stock:b-1a2b", SourceKind::Mq, "stock"),
            ("arn:aws:rds:eu-west-1:123456789012:cluster:documents", SourceKind::DocumentDb, "documents"),
            ("arn:aws:comets:eu-west-1:123456789012:halley", SourceKind::Other, "halley"),
        ] {
            assert_eq!((source(arn).kind, &*source(arn).name()), (kind, name), "{arn}");
        }
        assert!(source("arn:aws:sqs:eu-west-1:123456789012:orders.fifo").is_fifo());
    }

    #[test]
    fn a_topic_is_named_with_its_cluster_or_with_its_brokers() {
        let msk = EventSource { part: Some("clicks".into()), ..source("arn:aws:kafka:r:1:cluster/lake/3f1d-3") };
        assert_eq!(&*msk.name(), "lake/clicks");
        let endpoints = vec!["a:9092".into(), "b:9092".into()];
        let own = EventSource { kind: SourceKind::Kafka, arn: None, endpoints, ..msk };
        assert_eq!(&*own.name(), "clicks (2 brokers)");
    }

    #[test]
    fn every_kind_is_found_by_its_word() {
        for kind in SourceKind::ALL {
            assert_eq!(SourceKind::of_word(kind.word()), Some(kind));
        }
        assert_eq!(SourceKind::of_word("other"), None);
    }
}
