//! Our own HTTP client: rustls with ring, proxies, `AWS_CA_BUNDLE`; reads no certificate before it needs one.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_smithy_http_client::pool::{self, ConnectionPool};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::ConfigBag;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// A connection on which nothing is said for so long is asked whether it still stands. An invocation may take 15 minutes
/// without a byte, and what lies in between (NAT, firewalls, VPNs) forgets a silent connection, some after 350 s.
const ASKED_AFTER: Duration = Duration::from_mins(1);

/// A client whose connection pools live as long as it does.
pub(super) fn client() -> SharedHttpClient {
    SharedHttpClient::new(Client::default())
}

#[derive(Debug, Default)]
struct Client {
    pools: Arc<Pools>,
}

impl HttpClient for Client {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let pools = Arc::clone(&self.pools);
        SharedHttpConnector::new(Lazy { pools, settings: settings.clone(), components: components.clone() })
    }
}

/// A pool of connections, or why there is none.
type Made = Result<pool::Client, String>;

/// Each is made when the first request shows that it is needed. Reading the certificates of a system takes longer than
/// the rest of the start, and a plain endpoint needs none.
#[derive(Debug, Default)]
struct Pools {
    plain: OnceLock<Made>,
    secure: OnceLock<Made>,
}

impl Pools {
    fn of(&self, uri: &str) -> &Made {
        // A proxy may itself be spoken to over TLS, whatever lies behind it.
        if uri.starts_with("http://") && !behind_a_proxy() {
            self.plain.get_or_init(|| make(TrustStore::empty()))
        } else {
            self.secure.get_or_init(|| make(trusted()?))
        }
    }
}

/// Sends requests of one kind through the pool that fits.
#[derive(Debug)]
struct Lazy {
    pools: Arc<Pools>,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl HttpConnector for Lazy {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match self.pools.of(request.uri()) {
            Ok(client) => client.http_connector(&self.settings, &self.components).call(request),
            Err(why) => HttpConnectorFuture::ready(Err(ConnectorError::user(why.clone().into()).never_connected())),
        }
    }
}

fn behind_a_proxy() -> bool {
    ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].iter().any(|name| std::env::var_os(name).is_some())
}

fn make(roots: TrustStore) -> Made {
    // The client's crate panics on a certificate that is well-formed PEM but no certificate.
    let made = catch_unwind(AssertUnwindSafe(|| {
        let context = TlsContext::builder().with_trust_store(roots).build().map_err(|error| error.to_string())?;
        let pool = ConnectionPool::builder()
            .proxy_config(ProxyConfig::from_env())
            .tcp_keepalive(ASKED_AFTER)
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(context)
            .build_https()
            .map_err(|error| error.to_string())?;
        let client = pool::Client::new(&pool).map_err(|error| error.to_string())?;
        // Else the certificates would be read, and the panic come, with the first connection.
        let whole = client.validate_base_client_config(&RuntimeComponentsBuilder::new("transport"), &ConfigBag::base());
        whole.map(|()| client).map_err(|error| error.to_string())
    }));
    made.unwrap_or_else(|_| {
        Err("the trusted certificates cannot be used (AWS_CA_BUNDLE, or the system's own)".to_owned())
    })
}

/// The certificates to trust: the system's, and those in `AWS_CA_BUNDLE`, which the SDK does not read.
fn trusted() -> Result<TrustStore, String> {
    match std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()).map(PathBuf::from) {
        Some(path) => Ok(TrustStore::default().with_pem_certificate(bundle(&path)?)),
        None => Ok(TrustStore::default()),
    }
}

/// The bundle's bytes, if each of its certificates at least decodes.
fn bundle(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = fs::read(path).map_err(|error| format!("AWS_CA_BUNDLE: {}: {error}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut bodies = text.split("-----BEGIN CERTIFICATE-----").skip(1).peekable();
    let sound = bodies.peek().is_some()
        && bodies.all(|rest| {
            rest.split_once("-----END CERTIFICATE-----").is_some_and(|(body, _)| {
                let body: String = body.split_whitespace().collect();
                BASE64_STANDARD.decode(body).is_ok_and(|der| der.first() == Some(&0x30))
            })
        });
    if sound { Ok(bytes) } else { Err(format!("AWS_CA_BUNDLE: {}: not a file of PEM certificates", path.display())) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn bundle_of(content: &str) -> Result<Vec<u8>, String> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content.as_bytes()).unwrap();
        bundle(file.path())
    }

    #[test]
    fn a_bundle_that_is_none_is_named_and_never_reaches_the_tls_stack() {
        assert!(bundle(Path::new("/nowhere/ca.pem")).unwrap_err().starts_with("AWS_CA_BUNDLE: /nowhere/ca.pem"));
        for content in [
            "",
            "hello",
            "-----BEGIN CERTIFICATE-----\nAAAA\n",
            "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----",
        ] {
            assert!(bundle_of(content).unwrap_err().contains("not a file of PEM"), "{content}");
        }
        assert!(bundle_of("# ours\n-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----\n").is_ok());
    }

    #[test]
    fn a_certificate_that_cannot_be_parsed_is_an_error_not_a_panic() {
        let roots = TrustStore::empty()
            .with_pem_certificate(b"-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----\n".to_vec());
        assert!(make(roots).unwrap_err().contains("AWS_CA_BUNDLE"));
    }

    #[test]
    fn a_plain_endpoint_needs_no_certificates() {
        let pools = Pools::default();
        assert!(pools.of("http://127.0.0.1:4566/").is_ok());
        assert!(pools.secure.get().is_none() || behind_a_proxy());
    }
}
