//! Published versions: the list, publishing, deleting, and which of them a qualifier stands for.

use serde_json::{Map, Value};

use super::super::account::{Account, missing_function};
use super::super::answer::{Refusal, Reply};
use super::super::record::{Record, function_arn};
use super::super::release::{Release, fingerprint};
use super::super::request::Asked;
use super::configure::{check_description, check_revision, check_settled};
use super::functions::placed;
use super::{aliases, concurrency};

/// `ListVersionsByFunction`: `$LATEST` first, then 1 and up, with their numbers in the ARNs.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let latest = placed(account.latest(record, asked.now), asked, record.name(), Some("$LATEST"));
    let versions = record
        .releases
        .iter()
        .map(|(number, release)| placed(release.at(asked.now), asked, record.name(), Some(&number.to_string())));
    // Like ListFunctions, the list does not say how a version is doing.
    let versions = std::iter::once(latest).chain(versions).map(|mut version| {
        if let Some(members) = version.as_object_mut() {
            members.retain(|field, _| {
                !field.starts_with("State") && !field.starts_with("LastUpdateStatus") && field != "RuntimeVersionConfig"
            });
        }
        version
    });
    Ok(account.cut(asked, 50)?.answer("Versions", versions).into())
}

/// `PublishVersion`: a copy of `$LATEST`, or the last version if nothing changed since.
pub(super) fn publish(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let body = asked.json();
    let said = body.as_object().cloned().unwrap_or_default();
    let latest = account.latest(record, asked.now);
    check_revision(&said, &latest)?;
    check_settled(&latest, &function_arn(&asked.region, record.name()))?;
    check_code(&said, &latest)?;
    check_description(&said)?;
    let (name, unchanged) = (record.name().to_owned(), fingerprint(&latest));
    let last = record.releases.last_key_value();
    let number = match last.filter(|(_, release)| release.made_of == unchanged) {
        Some((number, _)) => *number,
        None => record.last_version + 1,
    };
    let times = (asked.now, asked.now + account.update_lasts);
    if let Some(record) = account.record_mut(&name)
        && !record.releases.contains_key(&number)
    {
        let release = Release::publish(&latest, number, text_of(&said, "Description"), times);
        record.releases.insert(number, release);
        record.last_version = number;
    }
    let record = account.asked_record(asked)?;
    let version = record.version(number, asked.now).ok_or_else(|| missing_function(asked))?;
    Ok(created(&placed(version, asked, record.name(), Some(&number.to_string()))))
}

fn check_code(said: &Map<String, Value>, latest: &Map<String, Value>) -> Result<(), Refusal> {
    let (wanted, found) = (text_of(said, "CodeSha256"), text_of(latest, "CodeSha256"));
    match wanted.filter(|wanted| !wanted.is_empty() && Some(*wanted) != found) {
        Some(wanted) => Err(Refusal::invalid(format!(
            "CodeSHA256 ({wanted}) is different from current CodeSHA256 in $LATEST ({}). Please try again with the CodeSHA256 in $LATEST.",
            found.unwrap_or_default()
        ))),
        None => Ok(()),
    }
}

/// `DeleteFunction`: one version, or without a qualifier the whole function.
pub(super) fn delete(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let name = record.name().to_owned();
    let number = match asked.qualifier.as_deref() {
        None => {
            account.remove(&name, asked.now);
            return Ok(Reply::of(204, Vec::new()));
        }
        Some("$LATEST") => {
            return Err(Refusal::invalid("$LATEST version cannot be deleted without deleting the function."));
        }
        Some(qualifier) => qualifier.parse::<u32>(),
    };
    let number = number.map_err(|_| Refusal::invalid("Deletion of aliases is not currently supported."))?;
    let users = aliases::of_version(record, &number.to_string());
    if !users.is_empty() {
        let users = users.join(", ");
        let message = format!("Unable to delete version because the following aliases reference it: [{users}]");
        return Err(Refusal::conflict(message));
    }
    // A version that is not there is as good as deleted, and AWS says so.
    if let Some(record) = account.record_mut(&name) {
        record.releases.remove(&number);
        concurrency::forget(record, &number.to_string());
    }
    Ok(Reply::of(204, Vec::new()))
}

/// The version a qualifier stands for: `$LATEST` or a number. `None` when there is no such version or alias.
pub(super) fn resolve(record: &Record, qualifier: Option<&str>) -> Option<String> {
    match qualifier {
        None | Some("$LATEST") => Some("$LATEST".to_owned()),
        Some(name) => match name.parse::<u32>() {
            Ok(number) => record.releases.contains_key(&number).then(|| number.to_string()),
            Err(_) => {
                aliases::find(record, name).and_then(|alias| text_of(alias, "FunctionVersion")).map(str::to_owned)
            }
        },
    }
}

/// The version that answers the `turn`th invocation of a qualifier.
pub(super) fn executed(record: &Record, asked: &Asked, turn: u64) -> Result<String, Refusal> {
    let qualifier = asked.qualifier.as_deref();
    let version = resolve(record, qualifier).ok_or_else(|| missing_function(asked))?;
    let alias = qualifier.and_then(|name| aliases::find(record, name));
    Ok(alias.and_then(|alias| aliases::behind(alias, turn)).map_or(version, str::to_owned))
}

/// 201 with what was made.
pub(super) fn created(value: &Value) -> Reply {
    Reply::of(201, value.to_string().into_bytes())
}

/// A text among the members of an object.
pub(super) fn text_of<'a>(members: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    members.get(field).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::super::seed::FunctionSeed;
    use super::*;
    use chrono::DateTime;

    #[test]
    fn an_alias_shares_invocations_out_by_its_weights() {
        let seed = FunctionSeed::named("orders-api").published(8).weighted_alias("live", "7", "8", 0.1);
        let record = Record::new(seed, DateTime::UNIX_EPOCH);
        let request =
            http::Request::post("/2015-03-31/functions/orders-api:live/invocations").body(Vec::new()).unwrap();
        let asked = Asked::read(request, DateTime::UNIX_EPOCH);
        let new = (0..100).filter(|turn| executed(&record, &asked, *turn).unwrap() == "8").count();
        assert!((9..=11).contains(&new), "{new} of 100");
    }

    #[test]
    fn a_qualifier_is_latest_a_published_number_or_an_alias() {
        let record = Record::new(FunctionSeed::named("a").published(2).alias("live", "2"), DateTime::UNIX_EPOCH);
        let resolved =
            [None, Some("$LATEST"), Some("1"), Some("3"), Some("live"), Some("dev")].map(|name| resolve(&record, name));
        let expected = [Some("$LATEST"), Some("$LATEST"), Some("1"), None, Some("2"), None];
        assert_eq!(resolved, expected.map(|version| version.map(str::to_owned)));
    }
}
