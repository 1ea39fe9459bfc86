//! Layers and their versions.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::noise;
use super::super::record::{localise, partition};
use super::super::request::Asked;

/// `ListLayers`: each with its newest version that fits what is asked for.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let layers = account.layers.iter().filter_map(|layer| {
        let (version, number) = versions(layer).filter(|(version, _)| fits(version, asked)).last()?;
        let name = name(layer);
        Some(json!({
            "LayerName": name,
            "LayerArn": arn(asked, name),
            "LatestMatchingVersion": item(version, number, name, asked),
        }))
    });
    Ok(account.cut(asked, 50)?.answer("Layers", layers).into())
}

/// `ListLayerVersions`, newest first.
pub(super) fn list_versions(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let layer = find(account, asked)?;
    let mut items: Vec<Value> = versions(layer)
        .filter(|(version, _)| fits(version, asked))
        .map(|(version, number)| item(version, number, name(layer), asked))
        .collect();
    items.reverse();
    Ok(account.cut(asked, 50)?.answer("LayerVersions", items).into())
}

/// `GetLayerVersion`.
pub(super) fn get_version(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let number = asked.qualifier.as_deref().unwrap_or_default();
    one(account, asked, bare(asked.name.as_deref().unwrap_or_default()), number)
}

/// `GetLayerVersion` by the version's ARN.
pub(super) fn get_version_by_arn(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let arn = asked.parameter("Arn").unwrap_or_default();
    if !arn.contains(&format!(":{ACCOUNT_ID}:")) {
        return Err(Refusal::denied("lambda:GetLayerVersion"));
    }
    let (name, number) = arn.rsplit_once(':').unwrap_or((arn, ""));
    one(account, asked, bare(name), number)
}

fn one(account: &Account, asked: &Asked, layer_name: &str, number: &str) -> Result<Reply, Refusal> {
    let missing = || Refusal::missing(format!("Layer version {}:{number} does not exist.", arn(asked, layer_name)));
    let layer = account.layers.iter().find(|layer| name(layer) == layer_name).ok_or_else(missing)?;
    let (version, number) = versions(layer).find(|(_, n)| n.to_string() == number).ok_or_else(missing)?;
    let mut answer = item(version, number, layer_name, asked);
    let seed = noise::seed(layer_name) ^ number;
    let location = format!(
        "https://awslambda-{0}-layers.s3.{0}.amazonaws.com/snapshots/{ACCOUNT_ID}/{layer_name}-{1}?X-Amz-Expires=600&X-Amz-Signature={2}",
        asked.region,
        noise::uuid(seed),
        noise::hex(seed, 64),
    );
    let size = 50_000 + noise::below(seed, 40_000_000);
    if let Some(members) = answer.as_object_mut() {
        members.insert("LayerArn".into(), arn(asked, layer_name).into());
        let content = json!({"Location": location, "CodeSha256": noise::digest(seed), "CodeSize": size});
        members.insert("Content".into(), content);
    }
    Ok(answer.into())
}

fn find<'a>(account: &'a Account, asked: &Asked) -> Result<&'a Map<String, Value>, Refusal> {
    let layer_name = bare(asked.name.as_deref().unwrap_or_default());
    let layer = account.layers.iter().find(|layer| name(layer) == layer_name);
    layer.ok_or_else(|| Refusal::missing(format!("Layer {} does not exist.", arn(asked, layer_name))))
}

/// The name in a layer's ARN; a name is its own.
fn bare(layer: &str) -> &str {
    layer.rsplit(':').next().unwrap_or(layer)
}

fn name(layer: &Map<String, Value>) -> &str {
    layer.get("LayerName").and_then(Value::as_str).unwrap_or_default()
}

fn arn(asked: &Asked, layer: &str) -> String {
    format!("arn:{}:lambda:{}:{ACCOUNT_ID}:layer:{layer}", partition(&asked.region), asked.region)
}

/// The versions with their numbers: the one they give, else their place in the list.
fn versions(layer: &Map<String, Value>) -> impl Iterator<Item = (&Map<String, Value>, u64)> {
    let versions = layer.get("Versions").and_then(Value::as_array).into_iter().flatten();
    versions
        .filter_map(Value::as_object)
        .zip(1..)
        .map(|(version, place)| (version, version.get("Version").and_then(Value::as_u64).unwrap_or(place)))
}

fn fits(version: &Map<String, Value>, asked: &Asked) -> bool {
    let has = |list: &str, wanted: &str| {
        version.get(list).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == wanted))
    };
    asked.parameter("CompatibleRuntime").is_none_or(|runtime| has("CompatibleRuntimes", runtime))
        && asked
            .parameter("CompatibleArchitecture")
            .is_none_or(|architecture| has("CompatibleArchitectures", architecture))
}

fn item(version: &Map<String, Value>, number: u64, layer: &str, asked: &Asked) -> Value {
    let mut item = Value::Object(version.clone());
    localise(&mut item, &asked.region);
    if let Some(members) = item.as_object_mut() {
        members.insert("LayerVersionArn".into(), format!("{}:{number}", arn(asked, layer)).into());
        members.insert("Version".into(), number.into());
    }
    item
}
