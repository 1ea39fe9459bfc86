//! The requests behind the changes of a mapping.

use std::error::Error;

use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::types::{
    DestinationConfig, DocumentDbEventSourceConfig, EndPointType, EventSourceMappingLoggingConfig,
    EventSourceMappingSystemLogLevel, EventSourcePosition, Filter, FilterCriteria, FunctionResponseType, OnFailure,
    ProvisionedPollerConfig, ScalingConfig, SelfManagedEventSource, SourceAccessConfiguration, SourceAccessType,
};
use aws_smithy_types::DateTime;
use tokio::io::AsyncWriteExt as _;

use super::super::answered::Answered;
use super::super::call::{Done, problem};
use super::super::connect::Aws;
use super::super::home::{at_home, room_for};
use super::super::invoke::Departure;
use super::super::problem::{Kind, Problem};
use super::super::text::Text;
use super::call::{Change, NewMapping};
use super::{EventSource, Mapping, MappingSetting as S, SourceKind};

/// Settings as the SDK takes them; what is `None` is left out of the request.
#[derive(Default)]
struct Wire {
    batch_size: Option<i32>,
    window: Option<i32>,
    parallelization: Option<i32>,
    retries: Option<i32>,
    record_age: Option<i32>,
    tumbling: Option<i32>,
    bisect: Option<bool>,
    item_failures: Option<Vec<FunctionResponseType>>,
    scaling: Option<ScalingConfig>,
    pollers: Option<ProvisionedPollerConfig>,
    destination: Option<DestinationConfig>,
    logging: Option<EventSourceMappingLoggingConfig>,
}

/// The settings in a request. A macro, for the requests that make and change a mapping have no type in common.
macro_rules! with_settings {
    ($request:expr, $changes:expr) => {{
        let wire = Wire::of($changes);
        $request
            .set_batch_size(wire.batch_size)
            .set_maximum_batching_window_in_seconds(wire.window)
            .set_parallelization_factor(wire.parallelization)
            .set_maximum_retry_attempts(wire.retries)
            .set_maximum_record_age_in_seconds(wire.record_age)
            .set_tumbling_window_in_seconds(wire.tumbling)
            .set_bisect_batch_on_function_error(wire.bisect)
            .set_function_response_types(wire.item_failures)
            .set_scaling_config(wire.scaling)
            .set_provisioned_poller_config(wire.pollers)
            .set_destination_config(wire.destination)
            .set_logging_config(wire.logging)
    }};
}

impl Wire {
    fn of(changes: &[Change]) -> Self {
        let mut wire = Self::default();
        for Change { setting, to, .. } in changes {
            let number = to.parse().ok();
            match setting {
                S::BatchSize => wire.batch_size = number,
                S::Window => wire.window = number,
                S::Parallelization => wire.parallelization = number,
                S::Retries => wire.retries = number,
                S::RecordAge => wire.record_age = number,
                S::Tumbling => wire.tumbling = number,
                S::Bisect => wire.bisect = Some(to == "on"),
                S::ItemFailures => {
                    let on = (to == "on").then_some(FunctionResponseType::ReportBatchItemFailures);
                    wire.item_failures = Some(on.into_iter().collect());
                }
                // Without a number the group is empty, and AWS takes the limit away.
                S::Concurrency => {
                    wire.scaling = Some(ScalingConfig::builder().set_maximum_concurrency(number).build());
                }
                S::MinimumPollers => wire.pollers.get_or_insert_with(none).minimum_pollers = number,
                S::MaximumPollers => wire.pollers.get_or_insert_with(none).maximum_pollers = number,
                S::OnFailure => {
                    let place = OnFailure::builder().destination(to).build();
                    wire.destination = Some(DestinationConfig::builder().on_failure(place).build());
                }
                S::LogLevel => {
                    let level = EventSourceMappingSystemLogLevel::from(to.as_str());
                    let config = EventSourceMappingLoggingConfig::builder().system_log_level(level);
                    wire.logging = Some(config.build());
                }
            }
        }
        wire
    }
}

fn none() -> ProvisionedPollerConfig {
    ProvisionedPollerConfig::builder().build()
}

fn filters(patterns: &[String]) -> FilterCriteria {
    let filters: Vec<Filter> = patterns.iter().map(|pattern| Filter::builder().pattern(pattern).build()).collect();
    FilterCriteria::builder().set_filters((!filters.is_empty()).then_some(filters)).build()
}

fn done(state: Option<&str>) -> Done {
    let in_progress = state.is_some_and(|state| !matches!(state, "Enabled" | "Disabled"));
    Done { in_progress, ..Done::default() }
}

const UPDATE: &str = "lambda:UpdateEventSourceMapping";

/// What went wrong with a change of a mapping.
fn failed<E>(aws: &Aws, seen: &Mapping, action: &'static str, departure: &Departure, error: &SdkError<E>) -> Problem
where
    E: ProvideErrorMetadata + Error + 'static,
{
    problem(aws, format!("change the mapping {}", seen.short()), action, departure, error)
}

pub(super) async fn switch(aws: &Aws, seen: &Mapping, on: bool) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws.invoker().update_event_source_mapping().uuid(seen.uuid.as_str()).enabled(on);
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| failed(aws, seen, UPDATE, &departure, &error))?;
    Ok(done(answer.state()))
}

pub(super) async fn filter(aws: &Aws, seen: &Mapping, patterns: &[String]) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws.invoker().update_event_source_mapping().uuid(seen.uuid.as_str());
    let request = request.filter_criteria(filters(patterns));
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| failed(aws, seen, UPDATE, &departure, &error))?;
    Ok(done(answer.state()))
}

pub(super) async fn edit(
    aws: &Aws,
    seen: &Mapping,
    changes: &[Change],
    function: Option<&str>,
) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws.invoker().update_event_source_mapping().uuid(seen.uuid.as_str());
    let request = with_settings!(request.set_function_name(function.map(str::to_owned)), changes);
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| failed(aws, seen, UPDATE, &departure, &error))?;
    Ok(done(answer.state()))
}

pub(super) async fn delete(aws: &Aws, seen: &Mapping) -> Result<Done, Problem> {
    let departure = Departure::default();
    let request = aws.invoker().delete_event_source_mapping().uuid(seen.uuid.as_str());
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| {
        let doing = format!("delete the mapping {}", seen.short());
        problem(aws, doing, "lambda:DeleteEventSourceMapping", &departure, &error)
    })?;
    Ok(done(answer.state()))
}

pub(super) async fn create(aws: &Aws, new: &NewMapping) -> Result<Done, Problem> {
    let departure = Departure::default();
    let source = &new.source;
    let part = source.part.as_ref().map(|part| vec![part.to_string()]);
    let (queues, topics) = if source.kind == SourceKind::Mq { (part, None) } else { (None, part) };
    let request = aws
        .invoker()
        .create_event_source_mapping()
        .function_name(&new.function)
        .set_event_source_arn(source.arn.as_ref().map(ToString::to_string))
        .set_self_managed_event_source(brokers(source))
        .set_topics(topics)
        .set_queues(queues)
        .set_starting_position(source.start.as_deref().map(EventSourcePosition::from))
        .set_starting_position_timestamp(new.start_at.map(|at| DateTime::from_secs(at.timestamp())))
        .set_source_access_configurations(access(source))
        .set_document_db_event_source_config(documents(source))
        .enabled(new.enabled)
        .set_filter_criteria((!new.patterns.is_empty()).then(|| filters(&new.patterns)));
    let request = with_settings!(request, &new.settings);
    let answer = request.customize().interceptor(departure.clone()).send().await;
    let answer = answer.map_err(|error| {
        let doing = format!("make a mapping from {} to {}", source.name(), Text::line(&new.function));
        problem(aws, doing, "lambda:CreateEventSourceMapping", &departure, &error)
    })?;
    let made = answer.uuid().map(Text::line);
    let said = made.as_ref().map(|uuid| Text::line(format!("its UUID is {uuid}")));
    Ok(Done { said, made, ..done(answer.state()) })
}

fn brokers(source: &EventSource) -> Option<SelfManagedEventSource> {
    let endpoints: Vec<String> = source.endpoints.iter().map(ToString::to_string).collect();
    let brokers = SelfManagedEventSource::builder().endpoints(EndPointType::KafkaBootstrapServers, endpoints.clone());
    (!endpoints.is_empty()).then(|| brokers.build())
}

fn access(source: &EventSource) -> Option<Vec<SourceAccessConfiguration>> {
    let one = |(kind, uri): &(Text, Text)| {
        let kind = SourceAccessType::from(kind.as_str());
        SourceAccessConfiguration::builder().r#type(kind).uri(uri.as_str()).build()
    };
    let all: Vec<SourceAccessConfiguration> = source.access.iter().map(one).collect();
    (!all.is_empty()).then_some(all)
}

fn documents(source: &EventSource) -> Option<DocumentDbEventSourceConfig> {
    let (database, collection) = match source.collection.as_deref()?.split_once('.') {
        Some((database, collection)) => (database, Some(collection.to_owned())),
        None => (source.collection.as_deref()?, None),
    };
    Some(DocumentDbEventSourceConfig::builder().database_name(database).set_collection_name(collection).build())
}

/// Writes the mapping to a new file, as AWS tells it.
pub(super) async fn save(aws: &Aws, seen: &Mapping, path: &str) -> Result<(), Problem> {
    let answered = Answered::masked(|_| {});
    let request = aws.lambda().get_event_source_mapping().uuid(seen.uuid.as_str());
    let answer = request.customize().interceptor(answered.clone()).send().await;
    answer.map_err(|error| {
        aws.problem(format!("read the mapping {}", seen.short()), "lambda:GetEventSourceMapping", &error)
    })?;
    let pretty = serde_json::to_string_pretty(&answered.document()).unwrap_or_default();
    write_new(path, &format!("{pretty}\n")).await.map_err(|error| {
        Problem::new(
            Kind::Invalid,
            format!("save the mapping to {path}"),
            room_for(path).err().unwrap_or_else(|| error.to_string()),
            Text::known("Nothing was deleted. Name another file, or none."),
        )
    })
}

/// A file that only its owner reads. One that is there is left alone.
async fn write_new(path: &str, text: &str) -> std::io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(at_home(path)).await?;
    file.write_all(text.as_bytes()).await?;
    file.sync_all().await
}
