//! A full answer, a bare one, and what must not come out of either.

use std::collections::HashSet;

use super::super::SettingValue;
use super::super::far_end::{FarEnd, Reply};
use super::*;

const FULL: &str = r#"{"Configuration":{"FunctionName":"orders-api","FunctionArn":"arn:f","Runtime":"python3.13","Role":"arn:role",
    "Handler":"app.main","CodeSize":123,"Description":"d","Timeout":30,"MemorySize":512,"LastModified":"2026-04-10T19:06:32.563+0000",
    "CodeSha256":"sha","ConfigSha256":"sha2","Version":"$LATEST","State":"Pending","StateReason":"is being made","StateReasonCode":"Creating",
    "LastUpdateStatus":"InProgress","VpcConfig":{"SubnetIds":["s1","s2"],"SecurityGroupIds":["g"],"VpcId":"vpc-1","Ipv6AllowedForDualStack":true},
    "DeadLetterConfig":{"TargetArn":"arn:dlq"},
    "Environment":{"Variables":{"B_KEY":"canary-b","A_KEY":"canary-a\u001b[2J"},"Error":{"ErrorCode":"AccessDeniedException","Message":"no kms"}},
    "TracingConfig":{"Mode":"Active"},"RevisionId":"rev","Layers":[{"Arn":"arn:layer:1","CodeSize":1,"SigningJobArn":"arn:job"}],
    "FileSystemConfigs":[{"Arn":"arn:fs","LocalMountPath":"/mnt/x"}],"PackageType":"Image","Architectures":["arm64"],
    "ImageConfigResponse":{"ImageConfig":{"Command":["a","b"]},"Error":{"ErrorCode":"X","Message":"image gone"}},
    "RuntimeVersionConfig":{"RuntimeVersionArn":"arn:rt","Error":{"ErrorCode":"Y","Message":"old"}},
    "EphemeralStorage":{"Size":1024},"SnapStart":{"ApplyOn":"PublishedVersions","OptimizationStatus":"Off"},
    "LoggingConfig":{"LogFormat":"JSON","LogGroup":"/my/group","ApplicationLogLevel":"INFO","SystemLogLevel":"WARN"},
    "DurableConfig":{"RetentionPeriodInDays":3,"ExecutionTimeout":900},"TenancyConfig":{"TenantIsolationMode":"PER_TENANT"},
    "CapacityProviderConfig":{"LambdaManagedInstancesCapacityProviderConfig":{"CapacityProviderArn":"arn:cp",
    "ExecutionEnvironmentMemoryGiBPerVCpu":2.5,"PerExecutionEnvironmentMaxConcurrency":8}},"FieldOfTheFuture":{"a":1}},
    "Code":{"RepositoryType":"ECR","Location":"https://signed.example/?X-Amz-Signature=canary","ImageUri":"img:1"},
    "Tags":{"team":"orders"},"TagsError":{"ErrorCode":"Z","Message":"some tags are missing"},"Concurrency":{"ReservedConcurrentExecutions":0}}"#;

async fn configuration(body: &str) -> Configuration {
    read(FarEnd::of([Reply::json(body)]).aws().await, "orders-api".into()).await.unwrap()
}

fn value<'a>(whole: &'a Configuration, group: &str, name: &str) -> &'a SettingValue {
    let found = whole.settings.iter().find(|setting| setting.group == group && setting.name == *name);
    &found.unwrap_or_else(|| panic!("no {group}/{name}")).value
}

#[tokio::test]
async fn every_field_has_its_place() {
    let whole = configuration(FULL).await;
    assert_eq!(
        (whole.name.as_str(), whole.arn.as_str(), whole.timeout, whole.log_group.as_str()),
        ("orders-api", "arn:f", 30, "/my/group")
    );
    assert!(whole.unsettled);
    let text = |words: &'static str| SettingValue::Text(words.into());
    let table = [
        ("state", "State", SettingValue::State("Pending".into())),
        ("state", "StateReasonCode", text("Creating")),
        ("runtime", "MemorySize", SettingValue::Mebibytes(512)),
        ("runtime", "Timeout", SettingValue::Seconds(30)),
        ("code", "Layer 1", text("arn:layer:1")),
        ("code", "Layer 1 SigningJobArn", text("arn:job")),
        ("code", "ImageUri", text("img:1")),
        ("image", "Command", text("a, b")),
        ("network", "SubnetIds", text("s1, s2")),
        ("network", "Ipv6AllowedForDualStack", text("yes")),
        ("storage", "EphemeralStorage", SettingValue::Mebibytes(1024)),
        ("storage", "FileSystem 1", text("/mnt/x from arn:fs")),
        ("logging", "SystemLogLevel", text("WARN")),
        ("concurrency", "ReservedConcurrentExecutions", SettingValue::Count(0)),
        ("concurrency", "ExecutionEnvironmentMemoryGiBPerVCpu", text("2.5")),
        ("durability", "ExecutionTimeout", SettingValue::Seconds(900)),
        ("durability", "RetentionPeriodInDays", text("3 days")),
        ("tracing", "TracingConfig.Mode", text("Active")),
        ("failures", "DeadLetterConfig.TargetArn", text("arn:dlq")),
        ("tags", "team", text("orders")),
    ];
    for (group, name, expected) in table {
        assert_eq!(value(&whole, group, name), &expected, "{group}/{name}");
    }
}

#[tokio::test]
async fn errors_inside_a_good_answer_stand_where_they_belong() {
    let whole = configuration(FULL).await;
    let error = |words: &'static str| SettingValue::Error(words.into());
    assert_eq!(value(&whole, "environment", "Environment.Error"), &error("AccessDeniedException: no kms"));
    assert_eq!(value(&whole, "image", "ImageConfigResponse.Error"), &error("X: image gone"));
    assert_eq!(value(&whole, "runtime", "RuntimeVersionConfig.Error"), &error("Y: old"));
    assert_eq!(value(&whole, "tags", "TagsError"), &error("Z: some tags are missing"));
}

#[tokio::test]
async fn secrets_and_the_link_to_the_code_come_out_nowhere() {
    let whole = configuration(FULL).await;
    let printed = format!("{whole:?}");
    assert!(!printed.contains("canary") && !whole.json.contains("canary"), "{printed}");
    assert!(!whole.json.contains("Location") && whole.json.contains(r#""A_KEY": "********""#));
    assert!(whole.json.contains("FieldOfTheFuture"), "what we do not know is shown as AWS said it");
    let SettingValue::Secret(secret) = value(&whole, "environment", "A_KEY") else { panic!("not a secret") };
    assert_eq!(secret.reveal(), "canary-a^[[2J");
}

#[tokio::test]
async fn what_is_absent_is_not_set_and_says_the_default() {
    let whole =
        configuration(r#"{"Configuration":{"FunctionName":"bare","VpcConfig":{"VpcId":"","SubnetIds":[]}}}"#).await;
    assert_eq!(value(&whole, "network", "VpcId"), &SettingValue::NotSet("not in a VPC"));
    assert_eq!(value(&whole, "storage", "EphemeralStorage"), &SettingValue::NotSet("512 MB"));
    assert_eq!(
        value(&whole, "concurrency", "ReservedConcurrentExecutions"),
        &SettingValue::NotSet("the account's pool")
    );
    assert_eq!(whole.log_group, "/aws/lambda/bare");
    assert!(!whole.unsettled);
    assert!(configuration("{}").await.settings.len() > 20);
}

#[tokio::test]
async fn every_field_is_listed_although_aws_tells_none() {
    let whole = configuration("{}").await;
    let listed: HashSet<&str> = whole.settings.iter().map(|setting| setting.name.as_str()).collect();
    // The fields of FunctionConfiguration, those of the answers of GetFunction, and the first of those that are groups.
    let fields = "State StateReason StateReasonCode LastUpdateStatus LastUpdateStatusReason LastUpdateStatusReasonCode \
        LastModified RevisionId FunctionName FunctionArn Version Description Role MasterArn Runtime Handler MemorySize Timeout \
        Architectures RuntimeVersionArn PackageType CodeSize CodeSha256 ConfigSha256 SigningProfileVersionArn SigningJobArn \
        Layers ImageConfig VpcId EphemeralStorage FileSystemConfigs Variables KMSKeyArn LogFormat LogGroup ApplicationLogLevel \
        SystemLogLevel ReservedConcurrentExecutions TenantIsolationMode SnapStart.ApplyOn SnapStart.OptimizationStatus \
        CapacityProviderArn DurableConfig TracingConfig.Mode DeadLetterConfig.TargetArn Tags";
    let missing: Vec<&str> = fields.split_whitespace().filter(|field| !listed.contains(field)).collect();
    assert_eq!(missing, [""; 0]);
}

#[tokio::test]
async fn levels_of_logging_have_a_default_only_where_they_count() {
    for (format, default) in [("JSON", "INFO"), ("Text", "only with JSON")] {
        let body = format!(r#"{{"Configuration":{{"LoggingConfig":{{"LogFormat":"{format}"}}}}}}"#);
        let whole = configuration(&body).await;
        assert_eq!(value(&whole, "logging", "SystemLogLevel"), &SettingValue::NotSet(default), "{format}");
    }
}

#[tokio::test]
async fn no_two_settings_of_a_group_have_one_name() {
    for body in [FULL, "{}"] {
        let whole = configuration(body).await;
        let names: HashSet<_> = whole.settings.iter().map(|setting| (setting.group, setting.name.clone())).collect();
        assert_eq!(names.len(), whole.settings.len());
    }
}
