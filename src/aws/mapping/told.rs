//! From the SDK's words to ours.

use aws_sdk_lambda::operation::get_event_source_mapping::GetEventSourceMappingOutput;
use aws_sdk_lambda::types::{EventSourceMappingConfiguration, SelfManagedEventSource};
use chrono::DateTime;

use super::super::function::{some, words};
use super::super::pattern;
use super::super::text::Text;
use super::{EventSource, Filters, Mapping, MappingSetting, SourceKind};

impl Mapping {
    /// As a list tells it.
    pub(super) fn of(told: &EventSourceMappingConfiguration) -> Self {
        let uuid = words(told.uuid());
        let function_arn = words(told.function_arn());
        let error = told.filter_criteria_error().map(|error| {
            let code = error.error_code().unwrap_or_default();
            Text::line(format!("{code}: {}", error.message().unwrap_or_default()))
        });
        Self {
            arn: some(told.event_source_mapping_arn()).unwrap_or_else(|| made_arn(&function_arn, &uuid)),
            uuid,
            function_arn,
            source: source(told),
            state: words(told.state()),
            state_reason: some(told.state_transition_reason()),
            last_result: some(told.last_processing_result()),
            last_modified: told.last_modified().and_then(|at| DateTime::from_timestamp(at.secs(), at.subsec_nanos())),
            settings: settings(told),
            filters: filters(told),
            filter_error: error,
            kms_key_arn: some(told.kms_key_arn()),
            metrics: told
                .metrics_config()
                .map(|config| config.metrics().iter().map(|metric| Text::line(metric.as_str())).collect())
                .unwrap_or_default(),
        }
    }
}

/// The ARN that older endpoints leave out: the function's, with another end.
fn made_arn(function_arn: &str, uuid: &str) -> Text {
    let head: Vec<&str> = function_arn.split(':').take(5).collect();
    Text::line(format!("{}:event-source-mapping:{uuid}", head.join(":")))
}

fn source(told: &EventSourceMappingConfiguration) -> EventSource {
    let arn = some(told.event_source_arn());
    let own = told.self_managed_event_source();
    let kafka = told.amazon_managed_kafka_event_source_config();
    let own_kafka = told.self_managed_kafka_event_source_config();
    let registry = kafka
        .and_then(|kafka| kafka.schema_registry_config())
        .or_else(|| own_kafka.and_then(|kafka| kafka.schema_registry_config()));
    let documents = told.document_db_event_source_config();
    EventSource {
        kind: match &arn {
            Some(arn) => SourceKind::of_arn(arn),
            None if own.is_some() => SourceKind::Kafka,
            None => SourceKind::Other,
        },
        arn,
        endpoints: own.map(endpoints).unwrap_or_default(),
        part: told.topics().first().or_else(|| told.queues().first()).map(Text::line),
        start: told.starting_position().map(|start| Text::line(start.as_str())),
        access: told
            .source_access_configurations()
            .iter()
            .map(|access| {
                let kind = access.r#type().map(aws_sdk_lambda::types::SourceAccessType::as_str).unwrap_or_default();
                (Text::line(kind), words(access.uri()))
            })
            .collect(),
        consumer_group: some(kafka.and_then(|kafka| kafka.consumer_group_id()))
            .or_else(|| some(own_kafka.and_then(|kafka| kafka.consumer_group_id()))),
        schema_registry: some(registry.and_then(|registry| registry.schema_registry_uri())),
        collection: documents.map(|config| {
            let parts = [config.database_name(), config.collection_name()];
            Text::line(parts.into_iter().flatten().collect::<Vec<_>>().join("."))
        }),
    }
}

fn endpoints(source: &SelfManagedEventSource) -> Vec<Text> {
    let mut all: Vec<Text> =
        source.endpoints().into_iter().flat_map(|lists| lists.values().flatten()).map(Text::line).collect();
    all.sort();
    all
}

fn settings(told: &EventSourceMappingConfiguration) -> Vec<(MappingSetting, Text)> {
    use MappingSetting as S;
    let number = |n: Option<i32>| n.map(|n| n.to_string());
    let switch = |on: bool| Some(if on { "on" } else { "off" }.to_owned());
    let pollers = told.provisioned_poller_config();
    let destination = told.destination_config().and_then(|config| config.on_failure()?.destination());
    let level = told.logging_config().and_then(|config| config.system_log_level());
    let all = [
        (S::BatchSize, number(told.batch_size())),
        (S::Window, number(told.maximum_batching_window_in_seconds())),
        (S::Parallelization, number(told.parallelization_factor())),
        (
            S::Concurrency,
            number(told.scaling_config().and_then(aws_sdk_lambda::types::ScalingConfig::maximum_concurrency)),
        ),
        (S::MinimumPollers, number(pollers.and_then(aws_sdk_lambda::types::ProvisionedPollerConfig::minimum_pollers))),
        (S::MaximumPollers, number(pollers.and_then(aws_sdk_lambda::types::ProvisionedPollerConfig::maximum_pollers))),
        (S::Retries, number(told.maximum_retry_attempts())),
        (S::RecordAge, number(told.maximum_record_age_in_seconds())),
        (S::Bisect, told.bisect_batch_on_function_error().and_then(switch)),
        (S::Tumbling, number(told.tumbling_window_in_seconds())),
        (S::ItemFailures, switch(!told.function_response_types().is_empty())),
        (S::OnFailure, destination.filter(|arn| !arn.is_empty()).map(str::to_owned)),
        (S::LogLevel, level.map(|level| level.as_str().to_owned())),
    ];
    let source = source(told);
    all.into_iter()
        .filter(|(setting, _)| setting.is_of(&source))
        .filter_map(|(setting, word)| Some((setting, Text::line(word?))))
        .collect()
}

/// What is absent and encrypted is hidden, not none.
fn filters(told: &EventSourceMappingConfiguration) -> Filters {
    let patterns: Vec<Text> = told
        .filter_criteria()
        .map(|criteria| criteria.filters().iter().filter_map(|filter| filter.pattern()).map(pattern::ascii).collect())
        .unwrap_or_default();
    match patterns {
        patterns if !patterns.is_empty() => Filters::Patterns(patterns),
        _ if told.filter_criteria().is_none() && told.kms_key_arn().is_some_and(|key| !key.is_empty()) => {
            Filters::Hidden
        }
        _ => Filters::None,
    }
}

/// The SDK has a type of its own for the same answer of each operation.
pub(super) fn configuration(told: GetEventSourceMappingOutput) -> EventSourceMappingConfiguration {
    EventSourceMappingConfiguration::builder()
        .set_uuid(told.uuid)
        .set_event_source_mapping_arn(told.event_source_mapping_arn)
        .set_function_arn(told.function_arn)
        .set_event_source_arn(told.event_source_arn)
        .set_self_managed_event_source(told.self_managed_event_source)
        .set_topics(told.topics)
        .set_queues(told.queues)
        .set_starting_position(told.starting_position)
        .set_starting_position_timestamp(told.starting_position_timestamp)
        .set_source_access_configurations(told.source_access_configurations)
        .set_amazon_managed_kafka_event_source_config(told.amazon_managed_kafka_event_source_config)
        .set_self_managed_kafka_event_source_config(told.self_managed_kafka_event_source_config)
        .set_document_db_event_source_config(told.document_db_event_source_config)
        .set_state(told.state)
        .set_state_transition_reason(told.state_transition_reason)
        .set_last_processing_result(told.last_processing_result)
        .set_last_modified(told.last_modified)
        .set_batch_size(told.batch_size)
        .set_maximum_batching_window_in_seconds(told.maximum_batching_window_in_seconds)
        .set_parallelization_factor(told.parallelization_factor)
        .set_scaling_config(told.scaling_config)
        .set_provisioned_poller_config(told.provisioned_poller_config)
        .set_maximum_retry_attempts(told.maximum_retry_attempts)
        .set_maximum_record_age_in_seconds(told.maximum_record_age_in_seconds)
        .set_bisect_batch_on_function_error(told.bisect_batch_on_function_error)
        .set_tumbling_window_in_seconds(told.tumbling_window_in_seconds)
        .set_function_response_types(told.function_response_types)
        .set_destination_config(told.destination_config)
        .set_logging_config(told.logging_config)
        .set_metrics_config(told.metrics_config)
        .set_filter_criteria(told.filter_criteria)
        .set_filter_criteria_error(told.filter_criteria_error)
        .set_kms_key_arn(told.kms_key_arn)
        .build()
}
