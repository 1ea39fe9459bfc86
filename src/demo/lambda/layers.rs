//! Layers, their versions and who may use them: what can be read.

use serde_json::{Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::layer_record::{LayerRecord, VersionRecord};
use super::super::noise;
use super::super::record::{localise, partition};
use super::super::request::Asked;

/// `ListLayers`: each of ours with its newest version that fits what is asked for.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let layers = account.layers.iter().filter(|layer| layer.ours()).filter_map(|layer| {
        let version = layer.versions.iter().rfind(|version| fits(version, asked))?;
        Some(json!({
            "LayerName": layer.name,
            "LayerArn": arn(asked, layer),
            "LatestMatchingVersion": item(version, layer, asked),
        }))
    });
    Ok(account.cut(asked, 50)?.answer("Layers", layers).into())
}

/// `ListLayerVersions`, newest first. A layer without versions has an empty list: AWS does not say whether there ever
/// was one of that name.
pub(super) fn list_versions(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:ListLayerVersions")?;
    let layer = account.layers.iter().find(|layer| layer.ours() && layer.name == asked_name(asked));
    let versions = layer.into_iter().flat_map(|layer| {
        let fitting = layer.versions.iter().rev().filter(|version| fits(version, asked));
        fitting.map(|version| item(version, layer, asked))
    });
    Ok(account.cut(asked, 50)?.answer("LayerVersions", versions).into())
}

/// `GetLayerVersion`.
pub(super) fn get_version(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:GetLayerVersion")?;
    let (layer, version) = find(account, asked)?;
    Ok(whole(version, layer, asked).into())
}

/// `GetLayerVersion` by the version's ARN, which may be of another account.
pub(super) fn get_version_by_arn(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let wanted = asked.parameter("Arn").unwrap_or_default();
    let (layer_arn, number) = wanted.rsplit_once(':').unwrap_or((wanted, ""));
    let layer = account.layers.iter().find(|layer| arn(asked, layer) == layer_arn);
    let version = layer.and_then(|layer| Some((layer, layer.version(number)?)));
    match version {
        Some((layer, version)) if layer.ours() || version.public() => Ok(whole(version, layer, asked).into()),
        // Of another account one does not learn whether it exists.
        _ if layer_arn.contains(&format!(":{ACCOUNT_ID}:")) => Err(missing()),
        _ => Err(not_shared("lambda:GetLayerVersion", wanted)),
    }
}

/// `GetLayerVersionPolicy`: the statements as a JSON text inside the JSON answer.
pub(super) fn policy(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:GetLayerVersionPolicy")?;
    let (layer, version) = find(account, asked)?;
    if version.policy.is_empty() {
        return Err(Refusal::missing("No policy is associated with the given resource."));
    }
    let statements: Vec<Value> = version.policy.iter().map(|it| statement(it, version, layer, asked)).collect();
    let policy = json!({"Version": "2012-10-17", "Id": "default", "Statement": statements});
    Ok(json!({"Policy": policy.to_string(), "RevisionId": version.revision()}).into())
}

/// A statement of a policy with what it is about.
pub(super) fn statement(told: &Value, version: &VersionRecord, layer: &LayerRecord, asked: &Asked) -> Value {
    let mut told = told.clone();
    localise(&mut told, &asked.region);
    if let Some(members) = told.as_object_mut() {
        members.entry("Effect").or_insert_with(|| "Allow".into());
        members.entry("Action").or_insert_with(|| "lambda:GetLayerVersion".into());
        members.insert("Resource".into(), format!("{}:{}", arn(asked, layer), version.number).into());
    }
    told
}

/// The version that the path names.
pub(super) fn find<'a>(account: &'a Account, asked: &Asked) -> Result<(&'a LayerRecord, &'a VersionRecord), Refusal> {
    let number = asked.qualifier.as_deref().unwrap_or_default();
    let layer = account.layers.iter().find(|layer| layer.ours() && layer.name == asked_name(asked));
    layer.and_then(|layer| Some((layer, layer.version(number)?))).ok_or_else(missing)
}

/// The same words for a layer, a version and a policy that do not exist.
pub(super) fn missing() -> Refusal {
    Refusal::missing("The resource you requested does not exist.")
}

/// Refuses what only the owner of a layer may ask.
pub(super) fn check_owner(asked: &Asked, action: &str) -> Result<(), Refusal> {
    match asked.name.as_deref() {
        Some(arn) if arn.starts_with("arn:") && !arn.contains(&format!(":{ACCOUNT_ID}:")) => {
            Err(not_shared(action, arn))
        }
        _ => Ok(()),
    }
}

fn not_shared(action: &str, arn: &str) -> Refusal {
    let message = format!(
        "User: {} is not authorized to perform: {action} on resource: {arn} because no resource-based policy allows \
         the {action} action",
        super::super::identity::CALLER_ARN
    );
    Refusal::new(403, "AccessDeniedException", message)
}

/// The name of the layer asked about, by name or by ARN.
pub(super) fn asked_name(asked: &Asked) -> &str {
    let layer = asked.name.as_deref().unwrap_or_default();
    layer.rsplit(':').next().unwrap_or(layer)
}

/// The ARN of a layer, without a version.
pub(super) fn arn(asked: &Asked, layer: &LayerRecord) -> String {
    let LayerRecord { owner, name, .. } = layer;
    format!("arn:{}:lambda:{}:{owner}:layer:{name}", partition(&asked.region), asked.region)
}

fn fits(version: &VersionRecord, asked: &Asked) -> bool {
    let has = |list: &str, wanted: &str| {
        version.told.get(list).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == wanted))
    };
    asked.parameter("CompatibleRuntime").is_none_or(|runtime| has("CompatibleRuntimes", runtime))
        && asked
            .parameter("CompatibleArchitecture")
            .is_none_or(|architecture| has("CompatibleArchitectures", architecture))
}

/// A version as lists tell it.
fn item(version: &VersionRecord, layer: &LayerRecord, asked: &Asked) -> Value {
    let mut item = Value::Object(version.told.clone());
    localise(&mut item, &asked.region);
    if let Some(members) = item.as_object_mut() {
        members.insert("LayerVersionArn".into(), format!("{}:{}", arn(asked, layer), version.number).into());
        members.insert("Version".into(), version.number.into());
    }
    item
}

/// A version with its content.
pub(super) fn whole(version: &VersionRecord, layer: &LayerRecord, asked: &Asked) -> Value {
    let mut answer = item(version, layer, asked);
    let seed = noise::seed(&layer.name) ^ version.number;
    let location = format!(
        "https://awslambda-{0}-layers.s3.{0}.amazonaws.com/snapshots/{1}/{2}-{3}?X-Amz-Expires=600&X-Amz-Signature={4}",
        asked.region,
        layer.owner,
        layer.name,
        noise::uuid(seed),
        noise::hex(seed, 64),
    );
    if let Some(members) = answer.as_object_mut() {
        members.insert("LayerArn".into(), arn(asked, layer).into());
        let content = json!({"Location": location, "CodeSha256": version.sha256, "CodeSize": version.size});
        members.insert("Content".into(), content);
    }
    answer
}
