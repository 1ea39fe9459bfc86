//! Changes of layers: publish and delete a version, let others use it and no longer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::identity::ACCOUNT_ID;
use super::super::layer_record::LayerRecord;
use super::super::noise;
use super::super::record::stamp;
use super::super::request::Asked;
use super::layers::{asked_name, check_owner, find, missing, statement, whole};

/// The most that one request may carry, `ZipFile` in base64 among it.
const REQUEST: usize = 70_167_211;
/// The most bytes that the files of a layer may have, unpacked.
const UNPACKED: u64 = 262_144_000;
/// The most bytes a policy may have.
const POLICY: usize = 20_480;

/// `PublishLayerVersion`: the next version, of a new layer if there is none of that name.
pub(super) fn publish(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:PublishLayerVersion")?;
    if asked.body.len() > REQUEST {
        let message = format!("Request must be smaller than {REQUEST} bytes for the PublishLayerVersion operation");
        return Err(Refusal::new(413, "RequestTooLargeException", message));
    }
    let body = asked.json();
    check_lists(&body)?;
    let content = body.get("Content");
    let (size, sha256) = match content.and_then(|content| content.get("ZipFile")).and_then(Value::as_str) {
        Some(zip) => unpack(zip)?,
        None => object(content)?,
    };
    let mut told = Map::new();
    for field in ["Description", "CompatibleRuntimes", "CompatibleArchitectures", "LicenseInfo"] {
        if let Some(value) = body.get(field).filter(|value| !value.is_null()) {
            told.insert(field.to_owned(), value.clone());
        }
    }
    told.entry("Description").or_insert_with(|| "".into());
    told.insert("CreatedDate".into(), stamp(asked.now).into());
    let name = asked_name(asked);
    let place = account.layers.iter().position(|layer| layer.ours() && layer.name == name);
    let place = place.unwrap_or_else(|| {
        account.layers.push(LayerRecord::named(name));
        account.layers.len() - 1
    });
    let layer = account.layers.get_mut(place).ok_or_else(missing)?;
    layer.publish(told, size, sha256, Vec::new());
    let version = layer.versions.last().ok_or_else(missing)?;
    Ok(Reply { status: 201, ..whole(version, layer, asked).into() })
}

/// `DeleteLayerVersion`: gone, whether it was there or not. Functions that have it keep it.
pub(super) fn delete_version(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:DeleteLayerVersion")?;
    let (name, number) = (asked_name(asked), asked.qualifier.as_deref().unwrap_or_default());
    for layer in account.layers.iter_mut().filter(|layer| layer.ours() && layer.name == name) {
        layer.versions.retain(|version| version.number.to_string() != number);
    }
    Ok(Reply::of(204, Vec::new()))
}

/// `AddLayerVersionPermission`.
pub(super) fn add_permission(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:AddLayerVersionPermission")?;
    check_revision(account, asked)?;
    let body = asked.json();
    let text = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default();
    let (sid, principal, organization) = (text("StatementId"), text("Principal"), text("OrganizationId"));
    let made = made(sid, text("Action"), principal, organization)?;
    let (layer, version) = find(account, asked)?;
    if version.policy.iter().any(|known| known.get("Sid").is_some_and(|known| known == sid)) {
        return Err(Refusal::conflict(format!(
            "The statement id ({sid}) provided already exists. Please provide a new statement id, or remove the existing statement."
        )));
    }
    let told = statement(&made, version, layer, asked);
    let size = Value::from(version.policy.clone()).to_string().len() + told.to_string().len();
    if size > POLICY {
        let message = format!("The final policy size ({size}) is bigger than the limit ({POLICY}).");
        return Err(Refusal::new(400, "PolicyLengthExceededException", message));
    }
    let revision = change_policy(account, asked, |policy| policy.push(made))?;
    Ok(Reply { status: 201, ..json!({"Statement": told.to_string(), "RevisionId": revision}).into() })
}

/// `RemoveLayerVersionPermission`.
pub(super) fn remove_permission(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    check_owner(asked, "lambda:RemoveLayerVersionPermission")?;
    let (_, version) = find(account, asked)?;
    let sid = asked.third.as_deref().unwrap_or_default();
    if version.policy.is_empty() {
        return Err(Refusal::missing("No policy is associated with the given resource."));
    }
    let is_it = |statement: &Value| statement.get("Sid").is_some_and(|known| known == sid);
    if !version.policy.iter().any(is_it) {
        return Err(Refusal::missing(format!("Statement {sid} is not found in resource policy.")));
    }
    check_revision(account, asked)?;
    change_policy(account, asked, |policy| policy.retain(|statement| !is_it(statement)))?;
    Ok(Reply::of(204, Vec::new()))
}

fn change_policy(
    account: &mut Account,
    asked: &Asked,
    change: impl FnOnce(&mut Vec<Value>),
) -> Result<String, Refusal> {
    let (name, number) = (asked_name(asked), asked.qualifier.as_deref().unwrap_or_default());
    let layer = account.layers.iter_mut().find(|layer| layer.ours() && layer.name == name).ok_or_else(missing)?;
    let version = layer.version_mut(number).ok_or_else(missing)?;
    change(&mut version.policy);
    version.policy_changes += 1;
    Ok(version.revision())
}

/// A revision that is given must be the policy's own; without a policy there is none that could be.
fn check_revision(account: &Account, asked: &Asked) -> Result<(), Refusal> {
    let (_, version) = find(account, asked)?;
    match asked.parameter("RevisionId") {
        Some(revision) if version.policy.is_empty() || revision != version.revision() => Err(Refusal::new(
            412,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetLayerVersionPolicy API to retrieve the latest Revision Id",
        )),
        _ => Ok(()),
    }
}

/// The statement that these words make.
fn made(sid: &str, action: &str, principal: &str, organization: &str) -> Result<Value, Refusal> {
    let complain = |field: &str, value: &str, pattern: &str| {
        let rule = "failed to satisfy constraint: Member must satisfy regular expression pattern:";
        let message = format!("1 validation error detected: Value '{value}' at '{field}' {rule} {pattern}");
        Err(Refusal::new(400, "ValidationException", message))
    };
    let word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if sid.is_empty() || sid.len() > 100 || !word(sid) {
        return complain("statementId", sid, "([a-zA-Z0-9-_]+)");
    }
    if action != "lambda:GetLayerVersion" {
        return complain("action", action, "lambda:GetLayerVersion");
    }
    let number =
        principal.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_suffix(":root")).unwrap_or(principal);
    let is_account = number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit());
    if principal != "*" && !is_account {
        return complain("principal", principal, r"\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root");
    }
    let body = organization.strip_prefix("o-").unwrap_or_default();
    let is_organization = (10..=32).contains(&body.len()) && body.bytes().all(|b| b.is_ascii_alphanumeric());
    if !(organization.is_empty() || is_organization) {
        return complain("organizationId", organization, "o-[a-z0-9]{10,32}");
    }
    if !organization.is_empty() && principal != "*" {
        return Err(Refusal::invalid("OrganizationId can be specified only if Principal is *."));
    }
    let who = if principal == "*" { json!("*") } else { json!({"AWS": format!("arn:aws:iam::{number}:root")}) };
    let mut made = json!({"Sid": sid, "Effect": "Allow", "Principal": who, "Action": action});
    if let (false, Some(members)) = (organization.is_empty(), made.as_object_mut()) {
        members.insert("Condition".into(), json!({"StringEquals": {"aws:PrincipalOrgID": organization}}));
    }
    Ok(made)
}

fn check_lists(body: &Value) -> Result<(), Refusal> {
    for (field, spelled, most) in
        [("CompatibleRuntimes", "compatibleRuntimes", 15), ("CompatibleArchitectures", "compatibleArchitectures", 2)]
    {
        let length = body.get(field).and_then(Value::as_array).map_or(0, Vec::len);
        if length > most {
            let rule = format!("Member must have length less than or equal to {most}");
            let message =
                format!("1 validation error detected: Value at '{spelled}' failed to satisfy constraint: {rule}");
            return Err(Refusal::new(400, "ValidationException", message));
        }
    }
    Ok(())
}

/// Size and hash of a zip file that came with the request.
fn unpack(zip: &str) -> Result<(u64, String), Refusal> {
    let broken =
        || Refusal::invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
    let bytes = STANDARD.decode(zip).map_err(|_| broken())?;
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return Err(broken());
    }
    if bytes.starts_with(b"PK\x05\x06") {
        return Err(Refusal::invalid("Uploaded file must be a non-empty zip"));
    }
    if unpacked(&bytes) > UNPACKED {
        return Err(Refusal::invalid(format!("Unzipped size must be smaller than {UNPACKED} bytes")));
    }
    let size = bytes.len() as u64;
    let hash = bytes.iter().fold(size, |hash, byte| noise::mix(hash ^ u64::from(*byte)));
    Ok((size, noise::digest(hash)))
}

/// The sum of the unpacked sizes that the central directory tells.
fn unpacked(bytes: &[u8]) -> u64 {
    let heads = bytes.windows(28).filter(|window| window.starts_with(b"PK\x01\x02"));
    let size = |head: &[u8]| head.get(24..28).and_then(|field| field.try_into().ok()).map_or(0, u32::from_le_bytes);
    heads.map(|head| u64::from(size(head))).sum()
}

/// Size and hash of an object in S3. The buckets of this account are those that begin with its number.
fn object(content: Option<&Value>) -> Result<(u64, String), Refusal> {
    let text = |field: &str| content.and_then(|content| content.get(field)).and_then(Value::as_str).unwrap_or_default();
    let (bucket, key) = (text("S3Bucket"), text("S3Key"));
    if bucket.is_empty() || key.is_empty() {
        return Err(Refusal::invalid("Either Zip file or S3 object should be provided."));
    }
    if !bucket.starts_with(ACCOUNT_ID) {
        return Err(Refusal::invalid(
            "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist",
        ));
    }
    let seed = noise::seed(bucket) ^ noise::seed(key);
    Ok((50_000 + noise::below(seed, 200_000_000), noise::digest(seed)))
}
