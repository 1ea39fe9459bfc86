//! Published versions, and the aliases that point at them.

use serde_json::{Map, Value, json};

use super::super::account::{Account, missing_function};
use super::super::answer::{Refusal, Reply};
use super::super::noise;
use super::super::record::{Record, function_arn};
use super::super::request::Asked;
use super::functions::placed;

/// `ListVersionsByFunction`: `$LATEST` first, then 1 and up, with their numbers in the ARNs.
pub(super) fn list(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let latest = placed(account.latest(record, asked.now), asked, record.name(), Some("$LATEST"));
    let versions = (1..=record.seed.published)
        .map(|number| placed(record.version(number), asked, record.name(), Some(&number.to_string())));
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

/// `ListAliases`, of one version if one is asked for.
pub(super) fn list_aliases(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let only = asked.parameter("FunctionVersion");
    let aliases =
        record.seed.aliases.iter().filter(|alias| only.is_none_or(|version| text(alias, "FunctionVersion") == version));
    let aliases = aliases.map(|alias| whole(alias, record, asked));
    Ok(account.cut(asked, 50)?.answer("Aliases", aliases).into())
}

/// `GetAlias`.
pub(super) fn get_alias(account: &mut Account, asked: &Asked, _id: &str) -> Result<Reply, Refusal> {
    let record = account.asked_record(asked)?;
    let name = asked.qualifier.as_deref().unwrap_or_default();
    let alias = find_alias(record, name).ok_or_else(|| {
        Refusal::missing(format!("Cannot find alias arn: {}:{name}", function_arn(&asked.region, record.name())))
    })?;
    Ok(whole(alias, record, asked).into())
}

/// The version a qualifier stands for: `$LATEST` or a number. `None` when there is no such version or alias.
pub(super) fn resolve(record: &Record, qualifier: Option<&str>) -> Option<String> {
    match qualifier {
        None | Some("$LATEST") => Some("$LATEST".to_owned()),
        Some(name) => match name.parse::<u32>() {
            Ok(number) => (1..=record.seed.published).contains(&number).then(|| number.to_string()),
            Err(_) => find_alias(record, name).map(|alias| text(alias, "FunctionVersion").to_owned()),
        },
    }
}

/// The version that answers the `turn`th invocation of a qualifier: an alias shares them out by its weights.
pub(super) fn executed(record: &Record, asked: &Asked, turn: u64) -> Result<String, Refusal> {
    let qualifier = asked.qualifier.as_deref();
    let version = resolve(record, qualifier).ok_or_else(|| missing_function(asked))?;
    let weights = qualifier
        .and_then(|name| find_alias(record, name))
        .and_then(|alias| alias.get("RoutingConfig")?.get("AdditionalVersionWeights")?.as_object());
    // From 1: the first goes to the main version, as most do.
    let mut place = share(turn + 1);
    for (other, weight) in weights.into_iter().flatten() {
        let weight = weight.as_f64().unwrap_or_default();
        if place < weight {
            return Ok(other.clone());
        }
        place -= weight;
    }
    Ok(version)
}

/// The `turn`th member of a sequence that fills 0 to 1 evenly, so that few invocations already show the weights.
fn share(turn: u64) -> f64 {
    let golden = turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    u32::try_from(golden).map_or(0.0, f64::from) / (f64::from(u32::MAX) + 1.0)
}

fn find_alias<'a>(record: &'a Record, name: &str) -> Option<&'a Map<String, Value>> {
    record.seed.aliases.iter().find(|alias| text(alias, "Name") == name)
}

fn text<'a>(alias: &'a Map<String, Value>, field: &str) -> &'a str {
    alias.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// An alias with what the seed leaves out.
fn whole(alias: &Map<String, Value>, record: &Record, asked: &Asked) -> Value {
    let name = text(alias, "Name");
    let mut whole = alias.clone();
    whole.entry("Description").or_insert_with(|| json!(""));
    whole.insert("AliasArn".into(), format!("{}:{name}", function_arn(&asked.region, record.name())).into());
    let seed = noise::seed(record.name()) ^ noise::seed(name) ^ noise::seed(text(alias, "FunctionVersion"));
    whole.insert("RevisionId".into(), noise::uuid(seed).into());
    Value::Object(whole)
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
