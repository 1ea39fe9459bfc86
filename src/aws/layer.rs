//! Layers, their versions, and what a layer's ARN says.

use aws_sdk_lambda::operation::get_layer_version_by_arn::GetLayerVersionByArnOutput;
use aws_sdk_lambda::types::{Architecture, LayerVersionsListItem, LayersListItem, Runtime};
use chrono::{DateTime, Utc};

use super::connect::Aws;
use super::endpoint::is_aws;
use super::function::{some, time, words};
use super::pages::{self, Page};
use super::problem::Problem;
use super::text::Text;

/// A layer of this account as `ListLayers` tells it.
#[derive(Clone, PartialEq, Debug)]
pub struct Layer {
    /// Its name.
    pub name: Text,
    /// Its ARN, without a version.
    pub arn: Text,
    /// Its newest version.
    pub latest: LayerVersion,
}

/// A version of a layer as `ListLayers` and `ListLayerVersions` tell it. It never changes; it can only be deleted, and
/// its number is not given again.
#[derive(Clone, PartialEq, Debug)]
pub struct LayerVersion {
    /// Its number, from 1.
    pub version: i64,
    /// Its ARN, with the number at its end.
    pub arn: Text,
    /// What its publisher wrote about it, may be empty.
    pub description: Text,
    /// When it was published.
    pub created: Option<DateTime<Utc>>,
    /// The runtimes it is meant for, at most 15; none is "not said". Lambda does not enforce them.
    pub runtimes: Box<[Text]>,
    /// The architectures it is meant for, at most 2; none is "not said".
    pub architectures: Box<[Text]>,
    /// An SPDX name, a URL or the whole text of the license; `None` when not said.
    pub license: Option<Text>,
}

impl Layer {
    fn of(told: &LayersListItem) -> Self {
        let arn = words(told.layer_arn());
        let latest = told.latest_matching_version().map_or_else(|| LayerVersion::bare(0, &arn), LayerVersion::of);
        Self { name: words(told.layer_name()), arn, latest }
    }
}

impl LayerVersion {
    fn of(told: &LayerVersionsListItem) -> Self {
        Self {
            version: told.version(),
            arn: words(told.layer_version_arn()),
            description: words(told.description()),
            created: told.created_date().and_then(time),
            runtimes: told.compatible_runtimes().iter().map(Runtime::as_str).map(Text::line).collect(),
            architectures: told.compatible_architectures().iter().map(Architecture::as_str).map(Text::line).collect(),
            license: some(told.license_info()),
        }
    }

    /// A version of the layer `layer` (its ARN) of which nothing is known but its number.
    pub fn bare(version: i64, layer: &Text) -> Self {
        Self {
            version,
            arn: Text::line(format!("{layer}:{version}")),
            description: Text::default(),
            created: None,
            runtimes: Box::default(),
            architectures: Box::default(),
            license: None,
        }
    }
}

/// What the ARN of a layer version says: `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LayerUse {
    /// The account it is published in.
    pub account: Text,
    /// The layer's name.
    pub name: Text,
    /// The layer's ARN, without the version.
    pub layer: Text,
    /// The number of the version.
    pub version: i64,
}

impl LayerUse {
    /// Reads the ARN of a layer version; `None` when it is none.
    pub fn read(arn: &str) -> Option<Self> {
        let (layer, version) = arn.rsplit_once(':')?;
        let version = version.parse().ok().filter(|version| *version > 0)?;
        let (account, name) = owner(layer)?;
        Some(Self { account: Text::line(account), name: Text::line(name), layer: Text::line(layer), version })
    }
}

/// The account and the name in the ARN of a layer.
pub(super) fn owner(layer: &str) -> Option<(&str, &str)> {
    let mut parts = layer.split(':');
    let (scheme, service, account) = (parts.next()?, parts.nth(1)?, parts.nth(1)?);
    let (kind, name) = (parts.next()?, parts.next()?);
    (scheme == "arn" && service == "lambda" && kind == "layer" && parts.next().is_none() && !name.is_empty())
        .then_some((account, name))
}

/// A layer of our own as it is called in a change. AWS is told its ARN, which can mean no other account's layer whatever
/// has become of the credentials since it was seen; servers of others know their layers by the bare name alone.
pub(super) fn called<'a>(aws: &Aws, layer: &'a Text) -> &'a str {
    called_at(aws.endpoint(), layer)
}

fn called_at<'a>(endpoint: Option<&str>, layer: &'a str) -> &'a str {
    let name = owner(layer).map(|(_, name)| name);
    name.filter(|_| endpoint.is_some_and(|url| !is_aws(url))).unwrap_or(layer)
}

/// The name and the number at the end of a layer's ARN: `orders-common:14`; anything else is itself.
pub fn layer_in(arn: &Text) -> Text {
    arn.rsplit_once(":layer:").map_or_else(|| arn.clone(), |(_, name)| Text::line(name))
}

/// Reads the layers of the account and region (`ListLayers`), at most 50 a page, and hands on each page as it comes.
/// Layers of other accounts are not among them.
///
/// # Errors
/// As every request. The pages that came before stand, and the problem says that they are not all.
pub async fn layers(aws: Aws, mut on_page: impl FnMut(Vec<Layer>) + Send) -> Result<(), Problem> {
    let ask = |start| {
        let page = aws.lambda().list_layers().set_marker(start).max_items(50);
        async {
            let page =
                page.send().await.map_err(|error| aws.problem("list the layers", "lambda:ListLayers", &error))?;
            Ok(Page { things: page.layers().iter().map(Layer::of).collect(), next: page.next_marker })
        }
    };
    pages::each("layers", ask, |page, _| on_page(page)).await
}

/// Reads the versions of a layer (`ListLayerVersions`), at most 50 a page, newest first, and hands on each page as it
/// comes. Deleted ones are not among them. `layer` is its name if it is our own, else its ARN without a version: AWS takes
/// both for our own, servers of others the name only, and answer an empty list to an ARN.
///
/// # Errors
/// As every request; `Denied` for most layers of other accounts, even those whose versions may be used.
pub async fn layer_versions(
    aws: Aws,
    layer: Text,
    mut on_page: impl FnMut(Vec<LayerVersion>) + Send,
) -> Result<(), Problem> {
    let ask = |start| {
        let page = aws.lambda().list_layer_versions().layer_name(layer.as_str()).set_marker(start).max_items(50);
        async {
            let page = page.send().await.map_err(|error| {
                let doing = format!("list the versions of {}", layer_in(&layer));
                aws.problem(doing, "lambda:ListLayerVersions", &error)
            })?;
            Ok(Page { things: page.layer_versions().iter().map(LayerVersion::of).collect(), next: page.next_marker })
        }
    };
    pages::each("versions", ask, |page, _| on_page(page)).await
}

/// The newest versions of a layer of our own, by its name, at most 50, newest first: one page (`ListLayerVersions`).
///
/// # Errors
/// As every request.
pub(super) async fn newest_versions(aws: &Aws, layer: &Text) -> Result<Vec<LayerVersion>, Problem> {
    let page = aws.lambda().list_layer_versions().layer_name(layer.as_str()).max_items(50).send().await;
    let page =
        page.map_err(|error| aws.problem(format!("list the versions of {layer}"), "lambda:ListLayerVersions", &error))?;
    Ok(page.layer_versions().iter().map(LayerVersion::of).collect())
}

/// What only `GetLayerVersion` tells of a version.
#[derive(Clone, PartialEq, Debug)]
pub struct LayerContent {
    /// The version as lists tell it.
    pub version: LayerVersion,
    /// The size of its zip file in bytes.
    pub size: i64,
    /// The SHA-256 of its zip file, in base64.
    pub sha256: Text,
    /// The signing profile, if it is signed.
    pub signed_by: Option<Text>,
}

/// Reads one version by its ARN (`GetLayerVersionByArn`), of any account that allows it.
///
/// # Errors
/// As every request; `Missing` when it was deleted, `Denied` when its account does not share it.
pub async fn layer_content(aws: Aws, arn: Text) -> Result<LayerContent, Problem> {
    let answer = aws.lambda().get_layer_version_by_arn().arn(arn.as_str()).send().await;
    let told = answer.map_err(|error| {
        aws.problem(format!("read layer version {}", layer_in(&arn)), "lambda:GetLayerVersion", &error)
    })?;
    let content = told.content();
    Ok(LayerContent {
        size: content.map_or(0, aws_sdk_lambda::types::LayerVersionContentOutput::code_size),
        sha256: words(content.and_then(|content| content.code_sha256())),
        signed_by: some(content.and_then(|content| content.signing_profile_version_arn())),
        version: LayerVersion::of(&listed(told)),
    })
}

/// What both questions tell of a version, as a list tells it.
fn listed(told: GetLayerVersionByArnOutput) -> LayerVersionsListItem {
    let item = LayerVersionsListItem::builder().version(told.version);
    let item = item.set_layer_version_arn(told.layer_version_arn).set_description(told.description);
    let item = item.set_created_date(told.created_date).set_license_info(told.license_info);
    let item = item.set_compatible_runtimes(told.compatible_runtimes);
    item.set_compatible_architectures(told.compatible_architectures).build()
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::super::problem::Kind;
    use super::*;

    #[test]
    fn an_arn_tells_whose_layer_which_and_which_version() {
        let told = LayerUse::read("arn:aws-cn:lambda:cn-north-1:336392948345:layer:pandas:18").unwrap();
        assert_eq!((&*told.account, &*told.name, told.version), ("336392948345", "pandas", 18));
        assert_eq!(told.layer, "arn:aws-cn:lambda:cn-north-1:336392948345:layer:pandas");
        for none in [
            "",
            "pandas:18",
            "arn:aws:lambda:r:1:layer:pandas",
            "arn:aws:lambda:r:1:layer:pandas:x",
            "arn:aws:lambda:r:1:layer:pandas:0",
            "arn:aws:lambda:r:1:function:pandas:18",
            "arn:aws:lambda:r:1:layer:pandas:18:more",
            "arn:aws:lambda:r:1:layer::18",
        ] {
            assert_eq!(LayerUse::read(none), None, "{none}");
        }
    }

    #[test]
    fn aws_is_told_the_arn_of_a_layer_and_a_server_of_others_its_name() {
        let arn = "arn:aws:lambda:eu-west-1:1:layer:pandas";
        assert_eq!(called_at(None, arn), arn);
        assert_eq!(called_at(Some("https://vpce-1.lambda.eu-west-1.vpce.amazonaws.com"), arn), arn);
        assert_eq!(called_at(Some("http://localhost:4566"), arn), "pandas");
        assert_eq!(called_at(Some("http://localhost:4566"), "new"), "new");
    }

    #[tokio::test]
    async fn layers_come_page_by_page_with_their_newest_version() {
        let far_end = FarEnd::of([
            Reply::json(
                r#"{"Layers":[{"LayerName":"a","LayerArn":"arn:aws:lambda:r:1:layer:a","LatestMatchingVersion":
                {"Version":3,"LayerVersionArn":"arn:aws:lambda:r:1:layer:a:3","CreatedDate":"2026-08-15T07:12:33.145+0000",
                "CompatibleRuntimes":["python3.13","python9.9"],"LicenseInfo":""}}],"NextMarker":"m"}"#,
            ),
            Reply::json(r#"{"Layers":[{"LayerName":"b","LayerArn":"arn:aws:lambda:r:1:layer:b"}],"NextMarker":""}"#),
        ]);
        let mut all = Vec::new();
        layers(far_end.aws().await, |page| all.extend(page)).await.unwrap();
        assert_eq!((all.len(), all[0].latest.version, all[1].latest.version), (2, 3, 0));
        assert_eq!(all[0].latest.runtimes[1], "python9.9");
        assert_eq!((all[0].latest.license.clone(), all[0].latest.created.is_some()), (None, true));
        assert!(far_end.journal()[1].contains("Marker=m"), "{:?}", far_end.journal());
    }

    #[tokio::test]
    async fn a_version_is_read_by_its_arn_and_a_refusal_names_it() {
        let far_end = FarEnd::of([
            Reply::json(r#"{"Version":2,"LayerVersionArn":"x","Content":{"CodeSize":70,"CodeSha256":"h"}}"#),
            Reply::error(403, "AccessDeniedException", "no"),
        ]);
        let (aws, arn) = (far_end.aws().await, Text::known("arn:aws:lambda:r:1:layer:a:2"));
        let content = layer_content(aws.clone(), arn.clone()).await.unwrap();
        assert_eq!((content.size, &*content.sha256, content.version.version), (70, "h", 2));
        let problem = layer_content(aws, arn).await.unwrap_err();
        assert_eq!((problem.kind, &*problem.doing), (Kind::Denied, "read layer version a:2"));
    }
}
