//! Aliases and their weights.

use aws_sdk_lambda::types::AliasConfiguration;

use super::connect::Aws;
use super::function::{name_in, some, words};
use super::pages::{self, Page};
use super::problem::Problem;
use super::text::Text;

/// An alias as `ListAliases` tells it.
#[derive(Clone, PartialEq, Debug)]
pub struct Alias {
    /// Its name.
    pub name: Text,
    /// Its ARN: what callers use.
    pub arn: Text,
    /// What its owner wrote about it, may be empty.
    pub description: Text,
    /// The version it points to.
    pub version: Text,
    /// Versions that get a share of the calls, 0.0 to 1.0 each, in order of version; the rest goes
    /// to [`Alias::version`]. Empty without a canary.
    pub weights: Vec<(Text, f64)>,
    /// Changes with every update.
    pub revision_id: Option<Text>,
}

impl Alias {
    /// The share of calls that goes to the version it points to, 0.0 to 1.0.
    pub fn main_weight(&self) -> f64 {
        (1.0 - self.weights.iter().map(|(_, weight)| weight).sum::<f64>()).clamp(0.0, 1.0)
    }

    /// The versions that get calls, each with its share of them, 0.0 to 1.0.
    pub fn versions(&self) -> Vec<(&Text, f64)> {
        let main = (&self.version, self.main_weight());
        std::iter::once(main).chain(self.weights.iter().map(|(version, share)| (version, *share))).collect()
    }

    /// The share of calls that a version gets, if it is one of its versions.
    pub fn share_of(&self, version: &Text) -> Option<f64> {
        self.versions().into_iter().find(|(own, _)| *own == version).map(|(_, share)| share)
    }

    pub(super) fn of(told: &AliasConfiguration) -> Self {
        let additional = told.routing_config().and_then(|routing| routing.additional_version_weights());
        let mut weights: Vec<(Text, f64)> =
            additional.into_iter().flatten().map(|(version, weight)| (Text::line(version), *weight)).collect();
        weights.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
        Self {
            name: words(told.name()),
            arn: words(told.alias_arn()),
            description: words(told.description()),
            version: words(told.function_version()),
            weights,
            revision_id: some(told.revision_id()),
        }
    }
}

/// A share of 0.0 to 1.0 as a percentage with at most one decimal place.
pub fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

/// Reads one alias of a function, a name or an ARN (`GetAlias`).
///
/// # Errors
/// As every request; `Missing` when there is no such alias.
pub(super) async fn alias(aws: &Aws, function: &Text, name: &Text) -> Result<Alias, Problem> {
    let answer = aws.lambda().get_alias().function_name(function.as_str()).name(name.as_str()).send().await;
    let told = answer.map_err(|error| {
        aws.problem(format!("read the alias {name} of {}", name_in(function)), "lambda:GetAlias", &error)
    })?;
    let told = AliasConfiguration::builder()
        .set_name(told.name)
        .set_alias_arn(told.alias_arn)
        .set_description(told.description)
        .set_function_version(told.function_version)
        .set_routing_config(told.routing_config)
        .set_revision_id(told.revision_id);
    Ok(Alias::of(&told.build()))
}

/// Reads which versions of a function, a name or an ARN, the calls through one of its aliases go to (`GetAlias`).
///
/// # Errors
/// As every request; `Missing` when there is no such alias.
pub async fn alias_versions(aws: Aws, function: Text, name: Text) -> Result<Vec<Text>, Problem> {
    let alias = alias(&aws, &function, &name).await?;
    Ok(alias.versions().into_iter().map(|(version, _)| version.clone()).collect())
}

/// Reads the aliases of a function, a name or an ARN (`ListAliases`), and hands on each page as it comes, with where the next one begins;
/// `place` is where an earlier try broke off.
///
/// # Errors
/// As every request. The pages that came before stand, and the problem says that they are not all.
pub async fn aliases(
    aws: Aws,
    function: Text,
    place: Option<Text>,
    on_page: impl FnMut(Vec<Alias>, Option<Text>) + Send,
) -> Result<(), Problem> {
    let ask = |start| {
        let page = aws.lambda().list_aliases().function_name(function.as_str()).set_marker(start);
        async {
            let page = page.send().await.map_err(|error| {
                aws.problem(format!("list the aliases of {}", name_in(&function)), "lambda:ListAliases", &error)
            })?;
            Ok(Page { things: page.aliases().iter().map(Alias::of).collect(), next: page.next_marker })
        }
    };
    pages::from(place, "aliases", ask, on_page).await
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    #[tokio::test]
    async fn an_alias_keeps_its_weights_in_order() {
        let far_end = FarEnd::of([Reply::json(
            r#"{"Aliases":[{"Name":"live","FunctionVersion":"7","RoutingConfig":{"AdditionalVersionWeights":{"10":0.05,"9":0.1}}},
                {"Name":"dev","FunctionVersion":"$LATEST"}]}"#,
        )]);
        let mut all = Vec::new();
        aliases(far_end.aws().await, "f".into(), None, |page, _| all.extend(page)).await.unwrap();
        let versions: Vec<&str> = all[0].weights.iter().map(|(version, _)| version.as_str()).collect();
        assert_eq!(versions, ["9", "10"]);
        assert!((all[0].main_weight() - 0.85).abs() < 1e-9);
        assert!((all[1].main_weight() - 1.0).abs() < 1e-9);
    }
}
