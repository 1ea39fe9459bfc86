//! What can be said to be wrong with a target before anything is sent, and whose endpoint it is.

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::problem::{Kind, Problem};
use super::text::Text;

/// The endpoint that Lambda's client will use, if it is set anywhere: the argument, then
/// `AWS_ENDPOINT_URL_LAMBDA`, `AWS_ENDPOINT_URL`, and the same of the profile.
pub(super) fn endpoint_of(config: &SdkConfig) -> Option<String> {
    let everywhere = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return everywhere;
    }
    let key = ServiceConfigKey::builder().service_id("Lambda").env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let for_lambda = config.service_config().zip(key.ok()).and_then(|(service, key)| service.load_config(key));
    for_lambda.or(everywhere)
}

/// The URL is one of AWS's own (a private endpoint, another region), so the usual credentials apply.
pub(super) fn is_aws(url: &str) -> bool {
    let host = url.parse::<http::Uri>().ok().and_then(|uri| uri.host().map(str::to_lowercase)).unwrap_or_default();
    [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"].iter().any(|end| host.ends_with(end))
}

const CONNECTING: Text = Text::known("connect");

pub(super) fn check_endpoint(endpoint: &str) -> Result<(), Problem> {
    let uri = endpoint.parse::<http::Uri>().ok();
    // It would be on the screen, in copied commands and in file names, and is never sent.
    if uri.as_ref().and_then(http::Uri::authority).is_some_and(|authority| authority.as_str().contains('@')) {
        let said = Text::known("the URL of the endpoint has a name or a password in it");
        return Err(Problem::new(Kind::Invalid, CONNECTING, said, Text::known("Leave out what stands before the @.")));
    }
    let sound = uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some());
    if sound {
        return Ok(());
    }
    let said = format!("\"{endpoint}\" is not the URL of an endpoint");
    Err(Problem::new(Kind::Invalid, CONNECTING, said, Text::known("Write it in full: http://localhost:4566.")))
}

pub(super) fn check_region(region: &str) -> Result<(), Problem> {
    let sound = !region.is_empty() && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if sound {
        return Ok(());
    }
    let said = format!("\"{region}\" cannot be a region");
    Err(Problem::new(Kind::Invalid, CONNECTING, said, Text::known("Regions are named like eu-west-1.")))
}

pub(super) fn no_region(profile: Option<&str>) -> Problem {
    let hint = match profile {
        Some(profile) => {
            format!(
                "Press R and choose one, use --region, or run `aws configure set region eu-west-1 --profile {profile}`."
            )
        }
        None => "Press R and choose one, use --region, set AWS_REGION, or take a profile with a region (--profile)."
            .to_owned(),
    };
    Problem::new(Kind::Invalid, CONNECTING, Text::known("no region is given"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_an_endpoint_or_a_region_is_said_before_anything_is_sent() {
        assert!(check_endpoint("http://localhost:4566").is_ok());
        assert!(check_endpoint("localhost:4566").unwrap_err().hint.contains("http://"));
        assert!(check_endpoint("").is_err());
        let secret = check_endpoint("http://user:pw@localhost:4566").unwrap_err();
        assert!(secret.sentence().contains("a name or a password") && !secret.sentence().contains("pw@"));
        assert!(check_region("eu-west-1").is_ok());
        assert!(check_region("evil.example/").is_err());
        assert!(no_region(Some("dev")).sentence().contains("--profile dev"));
    }

    #[test]
    fn private_endpoints_of_aws_are_aws() {
        assert!(is_aws("https://vpce-1.lambda.eu-west-1.vpce.amazonaws.com"));
        assert!(!is_aws("http://localhost:4566"));
        assert!(!is_aws("http://amazonaws.com.evil.example"));
    }
}
