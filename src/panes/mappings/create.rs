//! Making a mapping: first the type of the source, then what that type needs.

use chrono::{DateTime, Utc};

use crate::aws::{self, Call, EventSource, MappingCall, NewMapping, SourceKind, Text, pattern};

use super::super::field::{Answers, Choice, Field, Invalid};
use super::super::known::Known;
use super::super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::super::row::Scope;
use super::super::value::Tone;
use super::edit;

/// Makes a mapping, disabled unless asked for otherwise.
pub const CREATE: Operation<Scope> = Operation {
    key: "n",
    label: "new",
    offered: Offered::Always,
    needs: &["functions", "aliases", "versions"],
    fields: |on, answers| fields(on, answers),
    confirm: Confirm::Ask,
    target: |on| match on.thing {
        Scope::Function(function) => {
            Target::of(Text::line(format!("mapping of {}", function.name)), function.arn.clone())
        }
        _ => Target::of(Text::known("mapping"), Text::known("a new one in this account and region")),
    },
    allowed: |_| Ok(()),
    does: |on, answers| make(on, answers),
    spoils: &["mappings"],
};

fn fields(on: &On<'_, Scope>, answers: &Answers) -> Vec<Field> {
    let kind = SourceKind::of_word(answers.get("type")).unwrap_or(SourceKind::Sqs);
    let kinds = SourceKind::ALL.iter().map(|kind| Choice {
        value: kind.word().to_owned(),
        words: kind.words().to_owned(),
        note: String::new(),
    });
    let mut fields = vec![
        Field::choice("type", "where the records come from", "sqs", kinds.collect()),
        super::function::field(on.known, answers, on.thing.name().to_string()),
    ];
    fields.extend(source_fields(kind, answers));
    // The settings are those of the source as far as it is told: a queue that keeps the order has others.
    let source = EventSource { kind, ..source(kind, answers, None).unwrap_or_else(|_| EventSource::of_kind(kind)) };
    fields.extend(edit::fields(&source, |_| None));
    if kind.takes_filters() {
        fields.push(Field::line("filter", "a pattern as JSON; empty lets every record through", ""));
    }
    let yes =
        Choice { value: "yes".to_owned(), words: "enabled: records flow at once".to_owned(), note: String::new() };
    let no = Choice {
        value: "no".to_owned(),
        words: "disabled: resume it when it is checked".to_owned(),
        note: String::new(),
    };
    fields.push(Field::choice("enabled", "", "no", vec![no, yes]));
    fields
}

/// What must be told of a source, and is fixed from then on.
fn source_fields(kind: SourceKind, answers: &Answers) -> Vec<Field> {
    let mut fields = match kind {
        SourceKind::Kafka => vec![Field::line("brokers", "1 to 10 addresses: host:port, host:port", "")],
        _ => vec![Field::line("source ARN", aws::example_arn(kind), "")],
    };
    match kind {
        SourceKind::Msk | SourceKind::Kafka => fields.push(Field::line("topic", "one topic", "")),
        SourceKind::Mq => fields.push(Field::line("queue", "one queue", "")),
        SourceKind::DocumentDb => {
            fields.push(Field::line("database", "1 to 63 characters", ""));
            fields.push(Field::line("collection", "empty watches the whole database", ""));
        }
        _ => {}
    }
    if matches!(kind, SourceKind::Mq | SourceKind::DocumentDb) {
        fields.push(Field::line("secret", "the ARN of the secret with user and password (BASIC_AUTH)", ""));
    }
    if kind == SourceKind::Mq {
        fields.push(Field::line("virtual host", "of RabbitMQ; empty for ActiveMQ", ""));
    }
    if kind == SourceKind::Kafka {
        let hint =
            "how to reach it: VPC_SUBNET=subnet:subnet-1, VPC_SECURITY_GROUP=security_group:sg-1, BASIC_AUTH=arn:…";
        fields.push(Field::line("access", hint, ""));
    }
    if kind.has_start() {
        let start =
            |value: &str, words: &str| Choice { value: value.to_owned(), words: words.to_owned(), note: String::new() };
        let mut starts = vec![
            start("LATEST", "what comes from now on (LATEST)"),
            start("TRIM_HORIZON", "all that the source still has (TRIM_HORIZON)"),
        ];
        if kind != SourceKind::DynamoDb {
            starts.push(start("AT_TIMESTAMP", "from a time on (AT_TIMESTAMP)"));
        }
        fields.push(Field::choice("start", "where reading starts; it cannot be changed later", "LATEST", starts));
        if answers.get("start") == "AT_TIMESTAMP" {
            fields.push(Field::line("start at", "2026-11-21T12:00:00Z, not in the future", ""));
        }
    }
    fields
}

fn make(on: &On<'_, Scope>, answers: &Answers) -> Result<Plan, Invalid> {
    let kind = SourceKind::of_word(answers.get("type")).unwrap_or(SourceKind::Sqs);
    let function = super::function::named(answers)?;
    let source = source(kind, answers, super::function::region(on.known))?;
    let settings = edit::changes(&source, |_| None, answers)?;
    let patterns = pattern::patterns(answers.get("filter")).map_err(|why| Invalid::new("filter", why))?;
    let start_at = start_at(on.known, answers)?;
    let enabled = answers.get("enabled") == "yes";
    let mut warnings = edit::warnings(&source, &settings, |_| None);
    warnings.extend(super::function::unknown(on.known, function));
    if enabled {
        warnings.push((Tone::Warn, "Records flow as soon as it is there, and every invocation is billed.".to_owned()));
    }
    let patterns = patterns.into_iter().map(|pattern| pattern.text).collect();
    let joins = format!("mapping {} {} to {}", kind.word(), source.name(), Text::line(function));
    let target = super::function::arn(on.known, function)
        .map(|arn| Target::of(Text::line(super::function::bare(function)), arn).titled(joins));
    let new = NewMapping { function: function.to_owned(), source, start_at, enabled, settings, patterns };
    Ok(Plan { warnings, target, ..Plan::of(Call::Mapping(MappingCall::Create(Box::new(new)))) })
}

/// The source as it is told so far, for a function of `region`.
fn source(kind: SourceKind, answers: &Answers, region: Option<&str>) -> Result<EventSource, Invalid> {
    let some = |label: &str| Some(answers.get(label)).filter(|text| !text.is_empty()).map(Text::line);
    let need =
        |label: &'static str, what: &str| some(label).ok_or_else(|| Invalid::new(label, format!("{what} is missing")));
    let mut source = EventSource::of_kind(kind);
    if kind == SourceKind::Kafka {
        source.endpoints = brokers(answers)?;
        source.access = access(answers)?;
    } else {
        let arn = need("source ARN", "the ARN of the source")?;
        if let Some(flaw) = aws::source_flaw(kind, &arn, region) {
            return Err(Invalid::new("source ARN", flaw));
        }
        source.arn = Some(arn);
    }
    match kind {
        SourceKind::Msk | SourceKind::Kafka => source.part = Some(need("topic", "the topic")?),
        SourceKind::Mq => source.part = Some(need("queue", "the queue")?),
        SourceKind::DocumentDb => {
            let database = need("database", "the database")?;
            let collection = some("collection").map(|name| format!(".{name}")).unwrap_or_default();
            source.collection = Some(Text::line(format!("{database}{collection}")));
        }
        _ => {}
    }
    if matches!(kind, SourceKind::Mq | SourceKind::DocumentDb) {
        let secret = need("secret", "the ARN of the secret")?;
        if let Some(flaw) = aws::secret_flaw(&secret) {
            return Err(Invalid::new("secret", flaw));
        }
        source.access.push((Text::known("BASIC_AUTH"), secret));
        source.access.extend(some("virtual host").map(|host| (Text::known("VIRTUAL_HOST"), host)));
    }
    if kind.has_start() {
        source.start = some("start").or(Some(Text::known("LATEST")));
    }
    Ok(source)
}

fn brokers(answers: &Answers) -> Result<Vec<Text>, Invalid> {
    let all: Vec<Text> =
        answers.get("brokers").split([',', ' ']).filter(|broker| !broker.is_empty()).map(Text::line).collect();
    let address = |broker: &Text| {
        broker.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok_and(|n| n > 0))
    };
    let addresses = all.iter().all(address);
    if (1..=10).contains(&all.len()) && addresses {
        return Ok(all);
    }
    Err(Invalid::new("brokers", "1 to 10 addresses with their ports: host:9092, host:9092"))
}

fn access(answers: &Answers) -> Result<Vec<(Text, Text)>, Invalid> {
    let pairs = answers.get("access").split(',').map(str::trim).filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| match pair.split_once('=') {
            Some((kind, uri)) if !kind.is_empty() && !uri.is_empty() => Ok((Text::line(kind), Text::line(uri))),
            _ => Err(Invalid::new("access", format!("{}: a type, = and an address", Text::line(pair)))),
        })
        .collect()
}

fn start_at(known: &Known<'_>, answers: &Answers) -> Result<Option<DateTime<Utc>>, Invalid> {
    if answers.get("start") != "AT_TIMESTAMP" {
        return Ok(None);
    }
    let at = answers.get("start at").parse::<DateTime<Utc>>();
    let at = at.map_err(|_| Invalid::new("start at", "a time such as 2026-11-21T12:00:00Z"))?;
    if at > known.now {
        return Err(Invalid::new("start at", "reading cannot start in the future"));
    }
    Ok(Some(at))
}
