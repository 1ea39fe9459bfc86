//! Who may use a version of a layer: its policy, statement by statement.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::connect::Aws;
use super::function::some;
use super::layer::layer_in;
use super::problem::{Kind, Problem};
use super::text::Text;

/// The policy of one layer version. One without statements has no policy at all.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LayerPolicy {
    /// Its statements, in AWS's order.
    pub statements: Vec<LayerStatement>,
    /// Changes with every change of the policy; `None` without a policy.
    pub revision_id: Option<Text>,
}

/// One statement of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayerStatement {
    /// Its name, unique in the policy.
    pub sid: Text,
    /// Who.
    pub grantee: Grantee,
    /// `Allow`, or what AWS may say one day.
    pub effect: Text,
    /// What; for layers always `lambda:GetLayerVersion`.
    pub action: Text,
    /// The statement as AWS tells it.
    pub json: Text,
}

/// Whom a statement lets in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Grantee {
    /// Every AWS account there is.
    Everyone,
    /// All accounts of an organisation: `o-...`.
    Organization(Text),
    /// One account: its number.
    Account(Text),
    /// Anything else, in AWS's words.
    Other(Text),
}

impl LayerPolicy {
    /// Reads the JSON text of a policy. What is no policy has no statements.
    fn of(text: &str, revision_id: Option<Text>) -> Self {
        let policy: Value = serde_json::from_str(text).unwrap_or_default();
        let statements = match policy.get("Statement") {
            Some(Value::Array(statements)) => statements.iter().map(LayerStatement::of).collect(),
            Some(one @ Value::Object(_)) => vec![LayerStatement::of(one)],
            _ => Vec::new(),
        };
        Self { statements, revision_id }
    }

    /// What is different from the policy that was seen before, in words.
    pub(super) fn differences(&self, seen: &Self) -> String {
        let by_sid = |policy: &'_ Self| -> BTreeMap<Text, LayerStatement> {
            policy.statements.iter().map(|statement| (statement.sid.clone(), statement.clone())).collect()
        };
        let (before, after) = (by_sid(seen), by_sid(self));
        let came = after.values().filter(|it| !before.contains_key(&it.sid));
        let came = came.map(|it| format!("{} came ({})", it.sid, it.grantee));
        let went = before.values().filter(|it| !after.contains_key(&it.sid));
        let went = went.map(|it| format!("{} went ({})", it.sid, it.grantee));
        let other = after.values().filter(|it| before.get(&it.sid).is_some_and(|known| known != *it));
        let other = other.map(|it| format!("{} is another now ({})", it.sid, it.grantee));
        let words: Vec<String> = came.chain(went).chain(other).collect();
        if words.is_empty() { "it has another revision with the same statements".to_owned() } else { words.join(", ") }
    }
}

impl LayerStatement {
    fn of(told: &Value) -> Self {
        let word = |field: &str| Text::line(told.get(field).map(plain).unwrap_or_default());
        Self {
            sid: word("Sid"),
            grantee: Grantee::of(told),
            effect: word("Effect"),
            action: word("Action"),
            json: Text::block(serde_json::to_string_pretty(told).unwrap_or_default()),
        }
    }
}

impl Grantee {
    fn of(statement: &Value) -> Self {
        let principal = statement.get("Principal");
        let who = principal.and_then(|who| who.get("AWS")).or(principal).map(plain).unwrap_or_default();
        let organization = statement
            .get("Condition")
            .and_then(|condition| condition.get("StringEquals"))
            .and_then(|equals| equals.get("aws:PrincipalOrgID"))
            .map(plain);
        let digits = who.strip_suffix(":root").and_then(|arn| arn.rsplit(':').next()).unwrap_or(&who);
        match organization {
            Some(organization) if who == "*" => Self::Organization(Text::line(organization)),
            // A condition that we do not know may narrow it down: only what is surely open is called so.
            None if who == "*" && statement.get("Condition").is_none() => Self::Everyone,
            None if digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                Self::Account(Text::line(digits))
            }
            _ => Self::Other(Text::line(who)),
        }
    }
}

impl fmt::Display for Grantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("every AWS account"),
            Self::Organization(organization) => write!(f, "all accounts of organisation {organization}"),
            Self::Account(account) => write!(f, "account {account}"),
            Self::Other(other) => other.fmt(f),
        }
    }
}

/// A string as it is, several with commas, anything else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Reads the policy of a layer version (`GetLayerVersionPolicy`); one that has none has an empty one. `layer` is its
/// name if it is our own, else its ARN without a version: servers of others know no ARN here.
///
/// # Errors
/// As every request.
pub async fn layer_policy(aws: Aws, layer: Text, version: i64) -> Result<LayerPolicy, Problem> {
    let asked = aws.lambda().get_layer_version_policy().layer_name(layer.as_str()).version_number(version);
    match asked.send().await {
        Ok(told) => Ok(LayerPolicy::of(told.policy().unwrap_or_default(), some(told.revision_id()))),
        Err(error) => {
            let doing = format!("read the policy of {}:{version}", layer_in(&layer));
            let problem = aws.problem(doing, "lambda:GetLayerVersionPolicy", &error);
            if problem.kind == Kind::Missing { Ok(LayerPolicy::default()) } else { Err(problem) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    #[test]
    fn a_statement_says_whom_it_lets_in() {
        let grantee = |principal: &str, condition: &str| {
            let text =
                format!(r#"{{"Statement":[{{"Sid":"s","Effect":"Allow","Principal":{principal}{condition}}}]}}"#);
            LayerPolicy::of(&text, None).statements[0].grantee.clone()
        };
        assert_eq!(grantee(r#""*""#, ""), Grantee::Everyone);
        assert_eq!(grantee(r#"{"AWS":"*"}"#, ""), Grantee::Everyone);
        assert_eq!(grantee(r#"{"AWS":"arn:aws:iam::111122223333:root"}"#, ""), Grantee::Account("111122223333".into()));
        assert_eq!(grantee(r#"{"AWS":"111122223333"}"#, ""), Grantee::Account("111122223333".into()));
        let of_one = r#","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-t194hfs8cz"}}"#;
        assert_eq!(grantee(r#""*""#, of_one), Grantee::Organization("o-t194hfs8cz".into()));
        let unknown = r#","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"#;
        assert_eq!(grantee(r#""*""#, unknown), Grantee::Other("*".into()));
        let role = r#"{"AWS":["arn:aws:iam::111122223333:role/x","arn:aws:iam::1:role/y"]}"#;
        assert_eq!(grantee(role, ""), Grantee::Other("arn:aws:iam::111122223333:role/x, arn:aws:iam::1:role/y".into()));
    }

    #[test]
    fn what_is_no_policy_has_no_statements() {
        for text in ["", "{", "[]", r#"{"Statement":"x"}"#, r#"{"Statement":[]}"#] {
            assert_eq!(LayerPolicy::of(text, None).statements, [], "{text}");
        }
        assert_eq!(LayerPolicy::of(r#"{"Statement":{"Sid":"one"}}"#, None).statements.len(), 1);
    }

    #[tokio::test]
    async fn no_policy_is_an_answer_and_a_refusal_is_not() {
        let far_end = FarEnd::of([
            Reply::error(404, "ResourceNotFoundException", "No policy is associated with the given resource."),
            Reply::error(403, "AccessDeniedException", "no"),
        ]);
        let (aws, layer) = (far_end.aws().await, Text::known("arn:aws:lambda:r:1:layer:a"));
        assert_eq!(layer_policy(aws.clone(), layer.clone(), 2).await, Ok(LayerPolicy::default()));
        assert_eq!(layer_policy(aws, layer, 2).await.unwrap_err().kind, Kind::Denied);
    }
}
