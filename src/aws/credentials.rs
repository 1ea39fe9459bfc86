//! Who signs the requests. Looked up when the first request needs it.

use std::time::Duration;

use aws_config::Region;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// How long the metadata service of a machine that may not be in AWS is waited for.
const METADATA: Duration = Duration::from_secs(1);

/// Credentials for a far end that does not look at them. Emulators know "test" as nobody in particular.
pub(super) fn nobody() -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "nobody"))
}

/// Where the credentials come from. A profile named by the person wins over the environment, as in
/// the AWS CLI; a `local` endpoint, which is not AWS, makes do without any.
pub(super) async fn provider(
    profile: Option<&str>,
    local: bool,
    region: Region,
    http: SharedHttpClient,
) -> SharedCredentialsProvider {
    let config = ProviderConfig::without_region().with_region(Some(region)).with_http_client(http);
    let mut of_profile = ProfileFileCredentialsProvider::builder().configure(&config);
    if let Some(profile) = profile {
        of_profile = of_profile.profile_name(profile);
    }
    let of_profile = of_profile.build();
    match (profile, local) {
        (Some(_), true) => {
            let chain = CredentialsProviderChain::first_try("Profile", of_profile);
            SharedCredentialsProvider::new(chain.or_else("Nobody", nobody()))
        }
        (Some(_), false) => SharedCredentialsProvider::new(of_profile),
        (None, true) => {
            let chain =
                CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new());
            SharedCredentialsProvider::new(chain.or_else("Profile", of_profile).or_else("Nobody", nobody()))
        }
        (None, false) => {
            let metadata = imds::Client::builder()
                .configure(&config)
                .max_attempts(1)
                .connect_timeout(METADATA)
                .read_timeout(METADATA)
                .operation_timeout(METADATA)
                .build();
            let chain = DefaultCredentialsChain::builder().configure(config).imds_client(metadata).build();
            SharedCredentialsProvider::new(chain.await)
        }
    }
}
