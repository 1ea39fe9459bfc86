//! Profile, region, endpoint and credentials, and the clients made of them. Nothing is sent here.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_config::identity::IdentityCache;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use super::budget::Asker;
use super::credentials;
use super::endpoint::{check_endpoint, check_region, endpoint_of, is_aws, no_region};
use super::gateway::{Gate, GateInterceptor, GatedClient};
use super::leaving::Leaving;
use super::problem::Problem;
use super::profile::{self, Profiles};
use super::region;
use super::traffic::Watch;
use super::transport;

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_millis(3100);

/// How long an answer is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// A read in all, retries and waiting for the rate budget included.
    pub read: Duration,
    /// A change.
    pub change: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { read: Duration::from_secs(15), change: Duration::from_secs(30) }
    }
}

/// What to connect to, as the person said. What is `None` comes from the environment and the
/// AWS configuration files, as the AWS CLI would have it.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Target {
    /// The profile's name.
    pub profile: Option<String>,
    /// The region's name.
    pub region: Option<String>,
    /// A URL to use in place of AWS's own.
    pub endpoint: Option<String>,
    /// Refuse whatever would change the account.
    pub read_only: bool,
}

/// Where requests go in the end, and who hears of them.
#[derive(Clone)]
pub struct Ports {
    /// Answers requests in place of the network. Then nothing is read from the environment or from
    /// files: no profile, no credentials, no endpoint.
    pub http: Option<SharedHttpClient>,
    /// Hears of every request.
    pub watch: Watch,
    /// How long answers are waited for.
    pub patience: Patience,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").field("http", &self.http.is_some()).finish_non_exhaustive()
    }
}

/// A session with AWS: one profile, one region, its clients. Cheap to clone.
#[derive(Clone)]
pub struct Aws {
    session: Arc<Session>,
    leaving: Option<Leaving>,
    /// It reads what may wait longest.
    behind: bool,
}

struct Session {
    lambda: aws_sdk_lambda::Client,
    behind: aws_sdk_lambda::Client,
    invoker: aws_sdk_lambda::Client,
    logs: aws_sdk_cloudwatchlogs::Client,
    sts: aws_sdk_sts::Client,
    profile: Option<String>,
    region: String,
    endpoint: Option<String>,
    /// The endpoint for all other services, if that is not AWS's own.
    others: Option<String>,
    read_only: bool,
    /// The profile wants an MFA code, which nobody can be asked for here.
    mfa: bool,
}

impl Aws {
    /// The same, for one request of which somebody hears how it leaves.
    #[must_use]
    pub fn telling(&self, leaving: Leaving) -> Self {
        Self { leaving: Some(leaving), ..self.clone() }
    }

    /// The same, for what may wait until all other requests have gone.
    #[must_use]
    pub fn behind(self) -> Self {
        Self { behind: true, ..self }
    }

    pub(super) fn leaving(&self) -> Option<Leaving> {
        self.leaving.clone()
    }
}

impl fmt::Debug for Aws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aws")
            .field("profile", &self.session.profile)
            .field("region", &self.session.region)
            .field("endpoint", &self.session.endpoint)
            .field("read_only", &self.session.read_only)
            .finish_non_exhaustive()
    }
}

impl Aws {
    /// For reads: retried.
    pub(super) fn lambda(&self) -> &aws_sdk_lambda::Client {
        if self.behind { &self.session.behind } else { &self.session.lambda }
    }

    /// For invocations and changes: sent once and never again.
    pub(super) fn invoker(&self) -> &aws_sdk_lambda::Client {
        &self.session.invoker
    }

    pub(super) fn logs(&self) -> &aws_sdk_cloudwatchlogs::Client {
        &self.session.logs
    }

    pub(super) fn sts(&self) -> &aws_sdk_sts::Client {
        &self.session.sts
    }

    /// The profile that gives the credentials; `None` when none was named.
    pub fn profile(&self) -> Option<&str> {
        self.session.profile.as_deref()
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.session.region
    }

    /// The endpoint for Lambda, if it is not AWS's own.
    pub fn endpoint(&self) -> Option<&str> {
        self.session.endpoint.as_deref()
    }

    /// The endpoint that an IAM action is asked of, if it is not AWS's own.
    pub(super) fn endpoint_for(&self, action: &str) -> Option<&str> {
        if action.starts_with("lambda:") { self.endpoint() } else { self.session.others.as_deref() }
    }

    /// Changes are refused.
    pub fn read_only(&self) -> bool {
        self.session.read_only
    }

    /// The profile wants an MFA code, which nobody can be asked for here.
    pub(super) fn wants_mfa(&self) -> bool {
        self.session.mfa
    }

    /// The part of AWS the region belongs to, as in ARNs: `aws`, `aws-cn`, `aws-us-gov` ...
    pub fn partition(&self) -> &'static str {
        region::partition(&self.session.region)
    }
}

/// Makes a session. An endpoint that is not AWS's makes do without credentials, and without a region
/// too (`us-east-1` then). Reads the AWS configuration files, but neither resolves credentials nor sends
/// anything: that is left to the first request.
///
/// # Errors
/// When the profile is unknown, no region is given, or region or endpoint cannot be one.
pub async fn connect(target: &Target, ports: Ports) -> Result<Aws, Problem> {
    let (config, base, mfa) = match ports.http {
        Some(http) => (detached(target)?, http, false),
        None => attached(target, transport::client()).await?,
    };
    let gate = Arc::new(Gate::new(target.read_only, ports.watch));
    let patience = ports.patience;
    let session = Session { mfa, ..session(target, &config, base, &gate, patience) };
    Ok(Aws { session: Arc::new(session), leaving: None, behind: false })
}

/// The configuration for a far end in this very process.
fn detached(target: &Target) -> Result<SdkConfig, Problem> {
    let region = target.region.clone().unwrap_or_else(|| "us-east-1".to_owned());
    check_region(&region)?;
    let builder = SdkConfig::builder().behavior_version(BehaviorVersion::v2026_01_12()).region(Region::new(region));
    Ok(builder.credentials_provider(credentials::nobody()).build())
}

/// The configuration from the environment and files, and whether the profile wants an MFA code.
async fn attached(target: &Target, http: SharedHttpClient) -> Result<(SdkConfig, SharedHttpClient, bool), Problem> {
    let profiles = Profiles::load(target.profile.as_deref()).await?;
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(http.clone())
        .identity_cache(IdentityCache::lazy().load_timeout(Patience::default().change).build());
    if let Some(profile) = &target.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = &target.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    let named = target.region.clone().or_else(|| profiles.region());
    // Without a region the loader would ask the metadata service for one, and wait for it.
    let guess = named.clone().unwrap_or_else(|| "us-east-1".to_owned());
    check_region(&guess)?;
    let region = Region::new(guess);
    // Stands in until the endpoint is known, and keeps the loader from building a chain of its own.
    let config = loader.region(region.clone()).credentials_provider(credentials::nobody()).load().await;
    let endpoint = endpoint_of(&config);
    // Whoever set it: argument, environment or profile.
    endpoint.as_deref().into_iter().chain(config.endpoint_url()).try_for_each(check_endpoint)?;
    let local = endpoint.is_some_and(|url| !is_aws(&url));
    if named.is_none() && !local {
        return Err(no_region(target.profile.as_deref()));
    }
    let provider = credentials::provider(target.profile.as_deref(), local, region, http.clone()).await;
    Ok((config.into_builder().credentials_provider(provider).build(), http, profiles.wants_mfa()))
}

/// Makes the clients.
fn session(
    target: &Target,
    config: &SdkConfig,
    base: SharedHttpClient,
    gate: &Arc<Gate>,
    patience: Patience,
) -> Session {
    let http = SharedHttpClient::new(GatedClient::new(base, Arc::clone(gate)));
    let interceptor = GateInterceptor::new(gate, Asker::Program);
    let mut config = config.to_builder().http_client(http);
    config.set_app_name(AppName::new("lambdash").ok());
    let config = config.build();
    let lambda = |retry: RetryConfig, within: Duration, reader: Asker| {
        let builder = aws_sdk_lambda::config::Builder::from(&config).interceptor(GateInterceptor::new(gate, reader));
        aws_sdk_lambda::Client::from_conf(builder.retry_config(retry).timeout_config(timeouts(within)).build())
    };
    let logs = aws_sdk_cloudwatchlogs::config::Builder::from(&config).interceptor(interceptor.clone());
    let sts = aws_sdk_sts::config::Builder::from(&config).interceptor(interceptor.clone());
    Session {
        lambda: lambda(retries(), patience.read, Asker::Program),
        behind: lambda(retries(), patience.read, Asker::Behind),
        invoker: lambda(RetryConfig::disabled(), patience.change, Asker::Program),
        logs: aws_sdk_cloudwatchlogs::Client::from_conf(
            logs.retry_config(retries()).timeout_config(timeouts(patience.read)).build(),
        ),
        sts: aws_sdk_sts::Client::from_conf(
            sts.retry_config(retries()).timeout_config(timeouts(patience.read)).build(),
        ),
        profile: target.profile.clone().or_else(profile::from_environment),
        region: config.region().map(ToString::to_string).unwrap_or_default(),
        endpoint: endpoint_of(&config),
        others: config.endpoint_url().map(str::to_owned),
        read_only: target.read_only,
        mfa: false,
    }
}

/// Sent again soon: the rate budget, not the back-off, is what spares AWS.
fn retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(4)
        .with_initial_backoff(Duration::from_millis(100))
        .with_max_backoff(Duration::from_secs(2))
}

pub(super) fn timeouts(within: Duration) -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT).operation_timeout(within).build()
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::super::{Kind, identity};
    use super::*;

    #[test]
    fn a_read_is_waited_for_a_quarter_of_a_minute_and_a_change_for_half() {
        let patience = Patience::default();
        assert_eq!((patience.read.as_secs(), patience.change.as_secs()), (15, 30));
        assert_eq!(timeouts(patience.read).operation_timeout(), Some(patience.read));
        assert_eq!(timeouts(patience.read).connect_timeout(), Some(CONNECT));
    }

    #[tokio::test]
    async fn a_far_end_that_never_answers_ends_in_a_sentence() {
        let far_end = FarEnd::of([Reply::Silence]);
        let patience = Patience { read: Duration::from_millis(50), change: Duration::from_millis(50) };
        let problem = identity(far_end.impatient(patience).await).await.unwrap_err();
        let said = "no answer came in time from sts.eu-west-1.amazonaws.com";
        assert_eq!((problem.kind, problem.said.as_str()), (Kind::TimedOut, said));
        assert!(!problem.hint.contains("ress r"), "a list is asked for again by itself: {problem}");
        assert_eq!(far_end.journal().len(), 1, "what takes the whole time is not sent again");
    }
}
