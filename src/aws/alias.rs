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

    fn of(told: &AliasConfiguration) -> Self {
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
