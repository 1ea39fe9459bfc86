//! Functions as a list and one by one; the account's settings; tags.

use serde_json::{Map, Value, json};

use super::super::account::{Account, LastMarker, missing_function};
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::noise;
use super::super::paging::Cut;
use super::super::record::{Record, function_arn, localise};
use super::super::release::Release;
use super::super::request::Asked;
use super::super::seed::object;
use super::concurrency;
use super::versions::resolve;

/// What `ListFunctions` leaves out, by its documentation.
const NOT_LISTED: [&str; 7] = [
    "State",
    "StateReason",
    "StateReasonCode",
    "LastUpdateStatus",
    "LastUpdateStatusReason",
    "LastUpdateStatusReasonCode",
    "RuntimeVersionConfig",
];

/// `ListFunctions`: pages of 50, whatever `MaxItems` says.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let cut = account.cut(asked, 50)?;
    let mut rest = account.functions.range(cut.start..);
    let page = rest.by_ref().take(cut.most).map(|(_, record)| {
        let mut configuration = account.latest(record, asked.now);
        configuration.retain(|field, _| !NOT_LISTED.contains(&field.as_str()));
        placed(configuration, asked, record.name(), None)
    });
    let page: Vec<Value> = page.collect();
    let next = rest.next().map(|(number, _)| cut.marker(*number)).or_else(|| match account.last_marker? {
        LastMarker::Empty => Some(String::new()),
        LastMarker::Repeated => asked.parameter("Marker").map(str::to_owned),
    });
    Ok(Cut::close("Functions", page, next).into())
}

/// `GetFunction`: configuration, code, and for the unqualified function tags and reserved concurrency.
pub(super) fn get(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let configuration = configuration(account, record, asked)?;
    let mut answer = json!({"Configuration": configuration, "Code": code(record, asked)});
    if let (None, Some(members)) = (&asked.qualifier, answer.as_object_mut()) {
        for field in ["Tags", "TagsError"] {
            if let Some(value) = record.seed.beside.get(field) {
                members.insert(field.to_owned(), value.clone());
            }
        }
        if let Some(reserved) = record.seed.concurrency.reserved {
            members.insert("Concurrency".into(), json!({"ReservedConcurrentExecutions": reserved}));
        }
    }
    Ok(answer.into())
}

/// `GetFunctionConfiguration`.
pub(super) fn get_configuration(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    Ok(configuration(account, record, asked)?.into())
}

/// `GetAccountSettings`.
#[expect(clippy::unnecessary_wraps, reason = "every operation of the table of routes may refuse")]
pub(super) fn account_settings(account: &mut Account, _asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let records = || account.functions.values();
    let size: i64 = records()
        .map(|record| record.number("CodeSize") + record.releases.values().map(Release::code_size).sum::<i64>())
        .sum();
    Ok(json!({
        "AccountLimit": {
            "TotalCodeSize": 80_530_636_800_u64,
            "CodeSizeUnzipped": 262_144_000,
            "CodeSizeZipped": 52_428_800,
            "ConcurrentExecutions": concurrency::LIMIT,
            "UnreservedConcurrentExecutions": concurrency::unreserved(account),
        },
        "AccountUsage": {"TotalCodeSize": size, "FunctionCount": account.functions.len()},
    })
    .into())
}

/// `ListTags` of a function.
pub(super) fn tags(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    Ok(json!({"Tags": record.seed.beside.get("Tags").cloned().unwrap_or_else(|| json!({}))}).into())
}

/// The configuration of the version or alias asked about.
pub(super) fn configuration(account: &Account, record: &Record, asked: &Asked) -> Result<Value, Refusal> {
    let version = resolve(record, asked.qualifier.as_deref()).ok_or_else(|| missing_function(asked))?;
    let configuration = match version.parse() {
        Ok(number) => record.version(number, asked.now).ok_or_else(|| missing_function(asked))?,
        Err(_) => account.latest(record, asked.now),
    };
    Ok(placed(configuration, asked, record.name(), asked.qualifier.as_deref()))
}

/// A configuration in the region asked for: its own ARN, and every ARN in it.
pub(super) fn placed(configuration: Map<String, Value>, asked: &Asked, name: &str, qualifier: Option<&str>) -> Value {
    let mut value = Value::Object(configuration);
    localise(&mut value, &asked.region);
    let arn = function_arn(&asked.region, name);
    let arn = qualifier.map_or_else(|| arn.clone(), |qualifier| format!("{arn}:{qualifier}"));
    let mut members = object(value);
    members.insert("FunctionArn".into(), arn.into());
    Value::Object(members)
}

/// Where the code lies. The location of a zip is a presigned URL: whoever has it has the code.
fn code(record: &Record, asked: &Asked) -> Value {
    let mut code = if record.text("PackageType") == "Image" {
        let image = format!("{ACCOUNT_ID}.dkr.ecr.{}.amazonaws.com/{}", asked.region, record.name());
        let digest = noise::hex(noise::seed(record.name()), 64);
        json!({
            "RepositoryType": "ECR",
            "ImageUri": format!("{image}:release"),
            "ResolvedImageUri": format!("{image}@sha256:{digest}"),
        })
    } else {
        json!({"RepositoryType": "S3", "Location": location(record, asked)})
    };
    let more = record.seed.beside.get("Code").and_then(Value::as_object);
    if let (Some(members), Some(more)) = (code.as_object_mut(), more) {
        members.extend(more.clone());
    }
    localise(&mut code, &asked.region);
    code
}

fn location(record: &Record, asked: &Asked) -> String {
    let (region, name, seed) = (&asked.region, record.name(), noise::seed(record.name()));
    let date = asked.now.format("%Y%m%dT%H%M%SZ");
    let day = asked.now.format("%Y%m%d");
    format!(
        "https://awslambda-{region}-tasks.s3.{region}.amazonaws.com/snapshots/{ACCOUNT_ID}/{name}-{}?versionId={}\
         &X-Amz-Security-Token={}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={date}&X-Amz-SignedHeaders=host\
         &X-Amz-Expires=600&X-Amz-Credential=ASIADEMOEXAMPLE%2F{day}%2F{region}%2Fs3%2Faws4_request&X-Amz-Signature={}",
        noise::uuid(seed),
        noise::hex(seed ^ 8, 32),
        noise::hex(seed ^ 9, 200),
        noise::hex(seed ^ 0xa, 64),
    )
}
