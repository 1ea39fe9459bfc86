//! The settings of a function, group by group, in AWS's own words.

use aws_sdk_lambda::operation::get_function::GetFunctionOutput;
use aws_sdk_lambda::types::{FunctionConfiguration, Layer};

use super::function::{some, time};
use super::secret::Secret;
use super::setting::{Setting, SettingValue, failure, list, number, state, words};
use super::text::Text;
use super::version::LATEST;

use SettingValue::{Bytes, Count, Mebibytes, NotSet, Seconds, Time};

/// Every setting that `GetFunction` tells.
pub(super) fn of(told: &FunctionConfiguration, answer: &GetFunctionOutput) -> Vec<Setting> {
    let mut settings = Settings(Vec::with_capacity(96));
    settings.state(told);
    settings.identity(told);
    settings.runtime(told);
    settings.code(told, answer);
    settings.image(told);
    settings.network(told);
    settings.storage(told);
    settings.environment(told);
    settings.logging(told);
    settings.concurrency(told, answer);
    settings.durability(told);
    settings.invocation(told);
    settings.tags(answer);
    settings.0
}

struct Settings(Vec<Setting>);

impl Settings {
    fn add(&mut self, group: &'static str, name: impl Into<Text>, value: SettingValue) {
        self.0.push(Setting { group, name: name.into(), value });
    }

    /// A setting that is only mentioned where it is.
    fn given(&mut self, group: &'static str, name: String, told: Option<&str>) {
        if let Some(told) = some(told) {
            self.add(group, name, SettingValue::Text(told));
        }
    }

    fn group(&mut self, group: &'static str, settings: impl IntoIterator<Item = (&'static str, SettingValue)>) {
        for (name, value) in settings {
            self.add(group, name, value);
        }
    }

    fn state(&mut self, told: &FunctionConfiguration) {
        self.group(
            "state",
            [
                ("State", state(told.state().map(aws_sdk_lambda::types::State::as_str))),
                ("StateReason", words(told.state_reason(), "")),
                (
                    "StateReasonCode",
                    words(told.state_reason_code().map(aws_sdk_lambda::types::StateReasonCode::as_str), ""),
                ),
                (
                    "LastUpdateStatus",
                    state(told.last_update_status().map(aws_sdk_lambda::types::LastUpdateStatus::as_str)),
                ),
                ("LastUpdateStatusReason", words(told.last_update_status_reason(), "")),
                (
                    "LastUpdateStatusReasonCode",
                    words(
                        told.last_update_status_reason_code()
                            .map(aws_sdk_lambda::types::LastUpdateStatusReasonCode::as_str),
                        "",
                    ),
                ),
                (
                    "LastModified",
                    told.last_modified().map_or(NotSet(""), |at| time(at).map_or_else(|| words(Some(at), ""), Time)),
                ),
                ("RevisionId", words(told.revision_id(), "")),
            ],
        );
    }

    fn identity(&mut self, told: &FunctionConfiguration) {
        self.group(
            "identity",
            [
                ("FunctionName", words(told.function_name(), "")),
                ("FunctionArn", words(told.function_arn(), "")),
                ("Version", words(told.version(), LATEST)),
                ("Description", words(told.description(), "")),
                ("Role", words(told.role(), "")),
                ("MasterArn", words(told.master_arn(), "")),
            ],
        );
    }

    fn runtime(&mut self, told: &FunctionConfiguration) {
        let version = told.runtime_version_config();
        self.group(
            "runtime",
            [
                ("Runtime", words(told.runtime().map(aws_sdk_lambda::types::Runtime::as_str), "container image")),
                ("Handler", words(told.handler(), "")),
                ("MemorySize", number(told.memory_size(), Mebibytes, "128 MB")),
                ("Timeout", number(told.timeout(), Seconds, "3 s")),
                (
                    "Architectures",
                    words(told.architectures().first().map(aws_sdk_lambda::types::Architecture::as_str), "x86_64"),
                ),
                ("RuntimeVersionArn", words(version.and_then(|version| version.runtime_version_arn()), "")),
            ],
        );
        if let Some(error) = version.and_then(|version| version.error()) {
            self.add("runtime", "RuntimeVersionConfig.Error", failure(error.error_code(), error.message()));
        }
    }

    fn code(&mut self, told: &FunctionConfiguration, answer: &GetFunctionOutput) {
        let code = answer.code();
        self.group(
            "code",
            [
                ("PackageType", words(told.package_type().map(aws_sdk_lambda::types::PackageType::as_str), "Zip")),
                ("CodeSize", Bytes(told.code_size())),
                ("CodeSha256", words(told.code_sha256(), "")),
                ("ConfigSha256", words(told.config_sha256(), "")),
                ("RepositoryType", words(code.and_then(|code| code.repository_type()), "")),
                ("ImageUri", words(code.and_then(|code| code.image_uri()), "")),
                ("ResolvedImageUri", words(code.and_then(|code| code.resolved_image_uri()), "")),
                ("SourceKMSKeyArn", words(code.and_then(|code| code.source_kms_key_arn()), "AWS's own key")),
                ("SigningProfileVersionArn", words(told.signing_profile_version_arn(), "not signed")),
                ("SigningJobArn", words(told.signing_job_arn(), "not signed")),
            ],
        );
        if let Some(object) = code.and_then(|code| code.resolved_s3_object()) {
            let place =
                format!("s3://{}/{}", object.s3_bucket().unwrap_or_default(), object.s3_key().unwrap_or_default());
            let version = object.s3_object_version().map(|version| format!(" version {version}")).unwrap_or_default();
            self.add("code", "ResolvedS3Object", words(Some(&(place + &version)), ""));
        }
        if let Some(error) = code.and_then(|code| code.error()) {
            self.add("code", "Code.Error", failure(error.error_code(), error.message()));
        }
        if told.layers().is_empty() {
            self.add("code", "Layers", NotSet("none"));
        }
        for (number, layer) in told.layers().iter().enumerate() {
            self.layer(number + 1, layer);
        }
    }

    fn layer(&mut self, number: usize, layer: &Layer) {
        self.add("code", format!("Layer {number}"), words(layer.arn(), ""));
        self.add("code", format!("Layer {number} CodeSize"), Bytes(layer.code_size()));
        self.given("code", format!("Layer {number} SigningProfileVersionArn"), layer.signing_profile_version_arn());
        self.given("code", format!("Layer {number} SigningJobArn"), layer.signing_job_arn());
    }

    fn image(&mut self, told: &FunctionConfiguration) {
        let response = told.image_config_response();
        match response.and_then(|response| response.image_config()) {
            Some(image) => self.group(
                "image",
                [
                    ("EntryPoint", list(image.entry_point(), "the image's own")),
                    ("Command", list(image.command(), "the image's own")),
                    ("WorkingDirectory", words(image.working_directory(), "the image's own")),
                ],
            ),
            None if told.package_type().is_some_and(|kind| kind.as_str() == "Image") => {
                self.add("image", "ImageConfig", NotSet("the image's own"));
            }
            None => self.add("image", "ImageConfig", NotSet("a zip package")),
        }
        if let Some(error) = response.and_then(|response| response.error()) {
            self.add("image", "ImageConfigResponse.Error", failure(error.error_code(), error.message()));
        }
    }

    fn network(&mut self, told: &FunctionConfiguration) {
        // Out of a VPC, AWS tells empty strings and lists.
        let vpc = told.vpc_config().filter(|vpc| vpc.vpc_id().is_some_and(|id| !id.is_empty()));
        let Some(vpc) = vpc else { return self.add("network", "VpcId", NotSet("not in a VPC")) };
        let dual = vpc.ipv6_allowed_for_dual_stack().map(|allowed| if allowed { "yes" } else { "no" });
        self.group(
            "network",
            [
                ("VpcId", words(vpc.vpc_id(), "")),
                ("SubnetIds", list(vpc.subnet_ids(), "none")),
                ("SecurityGroupIds", list(vpc.security_group_ids(), "none")),
                ("Ipv6AllowedForDualStack", words(dual, "no")),
            ],
        );
    }

    fn storage(&mut self, told: &FunctionConfiguration) {
        let size = told.ephemeral_storage().map(aws_sdk_lambda::types::EphemeralStorage::size);
        self.add("storage", "EphemeralStorage", number(size, Mebibytes, "512 MB"));
        if told.file_system_configs().is_empty() {
            self.add("storage", "FileSystemConfigs", NotSet("none"));
        }
        for (number, system) in told.file_system_configs().iter().enumerate() {
            let (number, path) = (number + 1, system.local_mount_path());
            self.add(
                "storage",
                format!("FileSystem {number}"),
                words(Some(&format!("{path} from {}", system.arn())), ""),
            );
            let read = system
                .s3_files_config()
                .and_then(|config| config.direct_s3_read())
                .map(aws_sdk_lambda::types::DirectS3Read::as_str);
            self.given("storage", format!("FileSystem {number} DirectS3Read"), read);
        }
    }

    fn environment(&mut self, told: &FunctionConfiguration) {
        let environment = told.environment();
        if let Some(error) = environment.and_then(|environment| environment.error()) {
            self.add("environment", "Environment.Error", failure(error.error_code(), error.message()));
        }
        let variables = environment.and_then(|environment| environment.variables());
        let mut variables: Vec<_> = variables.into_iter().flatten().collect();
        variables.sort_unstable();
        if variables.is_empty() {
            self.add("environment", "Variables", NotSet("none"));
        }
        for (name, value) in variables {
            self.add("environment", Text::line(name), SettingValue::Secret(Secret::new(value)));
        }
        self.add("environment", "KMSKeyArn", words(told.kms_key_arn(), "AWS's own key"));
    }

    fn logging(&mut self, told: &FunctionConfiguration) {
        let logging = told.logging_config();
        let format = logging.and_then(|l| l.log_format()).map(aws_sdk_lambda::types::LogFormat::as_str);
        let application =
            logging.and_then(|l| l.application_log_level()).map(aws_sdk_lambda::types::ApplicationLogLevel::as_str);
        let system = logging.and_then(|l| l.system_log_level()).map(aws_sdk_lambda::types::SystemLogLevel::as_str);
        self.add("logging", "LogFormat", words(format, "Text"));
        self.add("logging", "LogGroup", words(logging.and_then(|l| l.log_group()), "/aws/lambda/<function>"));
        // Levels choose among JSON lines; as text, every line is kept.
        let level = if format == Some("JSON") { "INFO" } else { "only with JSON" };
        self.add("logging", "ApplicationLogLevel", words(application, level));
        self.add("logging", "SystemLogLevel", words(system, level));
    }

    fn concurrency(&mut self, told: &FunctionConfiguration, answer: &GetFunctionOutput) {
        let reserved =
            answer.concurrency().and_then(aws_sdk_lambda::types::Concurrency::reserved_concurrent_executions);
        self.add("concurrency", "ReservedConcurrentExecutions", number(reserved, Count, "the account's pool"));
        let tenancy = told.tenancy_config().map(|tenancy| tenancy.tenant_isolation_mode().as_str());
        self.add("concurrency", "TenantIsolationMode", words(tenancy, "shared"));
        let on =
            told.snap_start().and_then(|snap| snap.apply_on()).map(aws_sdk_lambda::types::SnapStartApplyOn::as_str);
        let status = told
            .snap_start()
            .and_then(|snap| snap.optimization_status())
            .map(aws_sdk_lambda::types::SnapStartOptimizationStatus::as_str);
        self.add("concurrency", "SnapStart.ApplyOn", words(on, "None"));
        self.add("concurrency", "SnapStart.OptimizationStatus", words(status, ""));
        let managed =
            told.capacity_provider_config().and_then(|it| it.lambda_managed_instances_capacity_provider_config());
        let Some(managed) = managed else {
            return self.add("concurrency", "CapacityProviderArn", NotSet("Lambda's own capacity"));
        };
        let ratio = managed.execution_environment_memory_gib_per_v_cpu().map(|ratio| ratio.to_string());
        self.group(
            "concurrency",
            [
                ("CapacityProviderArn", words(Some(managed.capacity_provider_arn()), "")),
                ("ExecutionEnvironmentMemoryGiBPerVCpu", words(ratio.as_deref(), "")),
                (
                    "PerExecutionEnvironmentMaxConcurrency",
                    number(managed.per_execution_environment_max_concurrency(), Count, ""),
                ),
            ],
        );
    }

    fn durability(&mut self, told: &FunctionConfiguration) {
        let Some(durable) = told.durable_config() else {
            return self.add("durability", "DurableConfig", NotSet("not durable"));
        };
        let days = durable.retention_period_in_days().map(|days| format!("{days} days"));
        self.group(
            "durability",
            [
                ("ExecutionTimeout", number(durable.execution_timeout(), Seconds, "")),
                ("RetentionPeriodInDays", words(days.as_deref(), "30 days")),
                ("KMSKeyArn", words(durable.kms_key_arn(), "AWS's own key")),
            ],
        );
    }

    fn invocation(&mut self, told: &FunctionConfiguration) {
        let mode =
            told.tracing_config().and_then(|tracing| tracing.mode()).map(aws_sdk_lambda::types::TracingMode::as_str);
        self.add("tracing", "TracingConfig.Mode", words(mode, "PassThrough"));
        let letters = told.dead_letter_config().and_then(|letters| letters.target_arn());
        self.add("failures", "DeadLetterConfig.TargetArn", words(letters, "failed events are dropped"));
    }

    fn tags(&mut self, answer: &GetFunctionOutput) {
        if let Some(error) = answer.tags_error() {
            self.add("tags", "TagsError", failure(Some(error.error_code()), Some(error.message())));
        }
        let mut tags: Vec<_> = answer.tags().into_iter().flatten().collect();
        tags.sort_unstable();
        if tags.is_empty() && answer.tags_error().is_none() {
            self.add("tags", "Tags", NotSet("none"));
        }
        for (name, value) in tags {
            self.add("tags", Text::line(name), SettingValue::Text(Text::line(value)));
        }
    }
}
